"""What the product says of itself is counted and not claimed, and what was decided cannot be rewritten unseen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from chalicelib.platform.chain import examine, read_head
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.table import Put, Table
from chalicelib.promise.handlers import follow_promise
from infra import audit as audit_command
from tests.app.test_conversations import Story, story
from tests.app.test_verification_routes import NADIR, REFUSED, SALOME, Office, office, people
from tests.support import promise_fakes as made
from tests.support.api import ADMIN, FREELANCER, Api
from tests.support.environment import at
from tests.support.promise_fakes import NOW, days, recount
from tests.support.records import CONTEXT, envelope, queue_event
from tests.support.tables import events, rows
from tests.support.world import done

__all__ = ["office", "people", "story"]

VERIFICATION = "VerificationTable"


def tell(*envelopes: Envelope) -> None:
    """To the promise, the last first and everything twice."""
    for one in (*reversed(envelopes), *envelopes):
        assert follow_promise(queue_event(one.to_json()), CONTEXT) == {"batchItemFailures": []}


def happened() -> Iterator[Envelope]:
    """Every fact of the product that tells of projects and conversations."""
    for table in ("BriefsTable", "MatchingTable", "ConversationsTable"):
        yield from (Envelope.from_json(envelope(item)) for item in events(table))


# 4. Statistics from ten on ----------------------------------------------------------------------------------------


def test_row_4_no_public_figure_rests_on_fewer_than_ten(api: Api) -> None:
    with at(NOW):
        for number in range(1, 11):
            brief, there = f"brief-{number}", NOW - days(number)
            tell(
                made.published(brief, there),
                made.shortlist(brief, there),
                made.answer(brief, "person", there + timedelta(hours=2)),
                made.engaged(brief, "person", there + timedelta(hours=3)),
            )
            promised = _figures(number, api)
            assert [figure["n"] for figure in promised] == [None if number < 10 else 10] * len(promised)


def _figures(number: int, api: Api) -> list[dict[str, Any]]:
    """As of that moment: nothing is kept from the time before."""
    with at(NOW + timedelta(minutes=6 * number)):
        told = done(api.get("/metrics"))
    found = [
        value
        for period in (told["last_twelve_months"], told["since_the_start"])
        for value in period.values()
        if isinstance(value, dict)
    ]
    assert len(found) == 10
    for figure in found:
        numbers = [figure.get(name) for name in ("median_seconds", "p90_seconds", "percent", "n") if name in figure]
        assert (figure["withheld"] is None) == all(one is not None for one in numbers)
        assert (figure["withheld"] is not None) == all(one is None for one in numbers)
    return found


def test_row_4_no_public_figure_is_told_by_company_person_or_project(api: Api) -> None:
    told = done(api.get("/metrics"))
    figures = {"first_proposal", "first_mutual_interest", "engagement", "answered_in_time", "junior_seats"}
    for period in (told["last_twelve_months"], told["since_the_start"]):
        assert set(period) == {"since", "projects", *figures}
        for name in figures:
            assert set(period[name]) - {"label", "withheld", "n"} <= {"median_seconds", "p90_seconds", "percent"}


# 7. Ids only ------------------------------------------------------------------------------------------------------


def test_row_7_what_is_counted_and_what_is_chained_holds_no_person(story: Story) -> None:
    thread_id = story.engage()
    tell(*happened())
    kept = json.dumps(rows("PromiseTable"), default=str)
    for value in (thread_id, story.profile["profile_id"], FREELANCER.sub, FREELANCER.email, "Inès"):
        assert value not in kept


def test_row_7_forgetting_what_a_fact_says_of_somebody_breaks_no_chain(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    items = list(Table(VERIFICATION).query_all(f"CASE#{case_id}", prefix="EVENT#"))
    for item in items:
        Table(VERIFICATION).write(Put({**item, "payload": {}}))
    (chain,) = done(office.api.get(f"/admin/audit/chain?case_id={case_id}", SALOME))["chains"]
    assert (chain["sound"], chain["position"]) == (True, len(items))


# 8. Each decision can be traced -----------------------------------------------------------------------------------


def test_row_8_no_act_of_a_decision_is_taken_away_or_put_on_another_unseen(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    done(office.act(case_id, "decision", SALOME, **REFUSED))
    done(office.act(case_id, "second-decision", NADIR, confirms=True))
    pk, table = f"CASE#{case_id}", Table(VERIFICATION)
    assert audit_command.main(["verify", "--table", VERIFICATION, "--case", case_id]) == 0
    items = list(table.query_all(pk, prefix="EVENT#"))
    head = read_head(table, pk)
    for place, item in enumerate(items):
        assert examine(pk, head, [*items[:place], *items[place + 1 :]]).findings
        assert examine(pk, head, [*items[:place], {**item, "actor_sub": "somebody"}, *items[place + 1 :]]).findings
    table.write(Put({**items[-1], "actor_sub": SALOME.sub}))
    assert audit_command.main(["verify", "--table", VERIFICATION, "--case", case_id]) == 1


# 9. What is published is true -------------------------------------------------------------------------------------


def test_row_9_the_figures_are_those_of_a_recount_of_what_happened(story: Story) -> None:
    story.engage()
    facts = list(happened())
    tell(*facts)
    week = done(story.api.get("/admin/metrics", ADMIN))["weeks"][-1]
    recounted = recount(facts, None, NOW + days(36_500), fewest=1)
    assert week["projects"] == recounted["published"] == 1
    for name, figure in (
        ("first_proposal", "proposed"),
        ("first_mutual_interest", "mutual"),
        ("engagement", "engaged"),
    ):
        assert (week[name]["median_seconds"], week[name]["p90_seconds"], week[name]["n"]) == recounted[figure]
    for name, figure in {"answered_in_time": "answered_in_time", "junior_seats": "juniors"}.items():
        assert (week[name]["percent"], week[name]["n"]) == recounted[figure]
