"""Every route, for an account that is suspended: turned away, but for what is listed here on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.moderation.models import Measure, Subject
from chalicelib.moderation.repository import ModerationRepository
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_access import PEOPLE, ROUTES, groups, split
from tests.support.api import FREELANCER, NEWCOMER, PRODUCER, Api, Person
from tests.support.environment import aws

#: Reading one's own data, what one is owed (replies and appeals), and what one receives. A new route is closed until it
#: says otherwise; whoever opens one adds it here.
OPEN = {
    "GET /me",
    "GET /me/export",
    "DELETE /me",
    "GET /me/erasure",
    "GET /me/preferences",
    "PUT /me/preferences",
    "GET /companies/mine",
    "GET /companies/mine/members",
    "GET /briefs",
    "GET /briefs/{brief_id}",
    "GET /briefs/{brief_id}/calendar",
    "GET /briefs/{brief_id}/outreach",
    "GET /briefs/{brief_id}/conversations",
    "GET /briefs/{brief_id}/answers",
    "GET /profiles/mine",
    "GET /conversations",
    "GET /conversations/{conversation_id}",
    "GET /conversations/{conversation_id}/messages",
    "GET /verification/mine",
    "GET /verification/mine/badges",
    "GET /verification/mine/{case_id}",
    "GET /verification/mine/{case_id}/evidence",
    "GET /verification/mine/{case_id}/attestations",
    "POST /verification/mine/{case_id}/answer",
    "POST /verification/mine/{case_id}/appeal",
    "POST /verification/mine/{case_id}/withdraw",
    "GET /verification/mine/alarms",
    "GET /verification/mine/alarms/{alarm_id}",
    "POST /verification/mine/alarms/{alarm_id}/answer",
    "POST /verification/mine/alarms/{alarm_id}/appeal",
    "GET /reports",
    "GET /moderation/mine",
    "GET /moderation/mine/{measure_id}",
    "POST /moderation/mine/{measure_id}/reply",
    "POST /moderation/mine/{measure_id}/appeal",
}
#: Whoever is signed in, of either side.
THEIRS = [route for route, who in ROUTES.items() if who not in ("public", "admins")]


@pytest.fixture(scope="module")
def held() -> Iterator[Api]:
    """An account on which a freelancer and a producer are suspended, and nothing else is there."""
    with aws(quick=True):
        now = utc_now()
        repository = ModerationRepository(Table("ModerationTable"))
        for person in (FREELANCER, PRODUCER, NEWCOMER):
            made = Measure.suspend(
                f"measure-{person.sub}",
                Subject(kind="user", id=person.sub),
                "misleading",
                "Vu.",
                None,
                now + timedelta(days=2),
                None,
                "sub-admin",
                False,
                now,
            )
            repository.impose(*made, now)
        yield Api()


def asking(route: str) -> list[Person]:
    if ROUTES[route] == "signed in":
        return [NEWCOMER]
    return [PEOPLE[group] for group in groups(route)]


@pytest.mark.parametrize("route", sorted(set(THEIRS) - OPEN))
def test_a_suspended_account_is_turned_away_and_told_where_to_contest(route: str, held: Api) -> None:
    method, path = split(route)
    for person in asking(route):
        answer = held.call(method, path, {} if method != "GET" else None, person=person)
        assert (answer.status, answer.json["code"]) == (403, "account_suspended"), person
        assert "/moderation/mine" in answer.json["title"]


#: Not done here: it would close the accounts that the others are tried with.
_LEAVING = {"DELETE /me"}


@pytest.mark.parametrize("route", sorted(OPEN - _LEAVING))
def test_what_is_one_s_own_stays_open(route: str, held: Api) -> None:
    method, path = split(route)
    for person in asking(route):
        answer = held.call(method, path, {} if method != "GET" else None, person=person)
        assert answer.status in (200, 404, 409, 422), (answer.status, answer.content)


def test_the_list_holds_routes_that_exist_and_each_says_so_itself(held: Api) -> None:
    assert set(THEIRS) >= OPEN
    said = {f"{method} {path}" for method, path, view in held.routes() if view.operation.while_suspended}
    assert said == OPEN
