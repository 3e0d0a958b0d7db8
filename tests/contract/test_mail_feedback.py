"""The state of an e-mail is what was reported of it, whatever the order and however often; on both stores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.notifications.models import (
    WENT,
    Email,
    Feedback,
    Report,
    address_id,
    claimed,
    ended,
    merged,
    plan,
    released,
)
from chalicelib.notifications.postmaster import Postmaster
from chalicelib.notifications.repository import NotificationRepository
from chalicelib.platform.table import Table
from tests.support.environment import aws
from tests.support.notification_fakes import ADDRESS, FakeEmailStore
from tests.support.tables import rows

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
REPORTS: tuple[Report, ...] = ("sent", "soft_bounced", "delivered", "bounced", "complained")


@contextmanager
def a_store(kind: str) -> Iterator[Any]:
    if kind == "fake":
        yield FakeEmailStore()
    else:
        with aws():
            yield NotificationRepository(Table("NotificationsTable"))


def begun(store: Any, key: str) -> Email:
    """An e-mail that is being sent."""
    from chalicelib.notifications.models import Gathering

    email = plan(key, "shortlist", key.split("/")[1], 1, NOW)
    gathering = Gathering(key.split("/")[1], 1, 1, (), "2026-11-23T08:00:00.000Z", key, None, 0)
    store.plan(email, None, gathering)
    mine = claimed(email, NOW)
    store.change(email, mine)
    return mine


def feedback(report: Report, key: str) -> Feedback:
    return Feedback(report, "message-1", key, "2026-11-23T08:00:01.000Z", None if report == "sent" else ADDRESS)


def outcome(store: Any, key: str) -> tuple[Any, ...]:
    """What is left of a sequence of reports, without its times."""
    email = store.email(key)
    suppression = store.suppression(address_id(ADDRESS))
    notices, _ = store.notices("open", 50, None)
    soft = store.soft_bounces(address_id(ADDRESS))
    told = sorted(one.reason for one in notices if one.dedup_key == key)
    reason = suppression.reason if suppression else None
    return email.state, email.due_at, email.ses_message_id, reason, told, key in (soft.keys if soft else ())


def expected(reports: set[Report]) -> tuple[Any, ...]:
    state = max(reports, key=REPORTS.index)
    bad: list[Report] = [report for report in REPORTS if report in reports and report in ("bounced", "complained")]
    names = {"bounced": "hard_bounce", "complained": "complaint"}
    told = sorted(names[report] for report in bad)
    return state, None, "message-1", names[bad[-1]] if bad else None, told, state == "soft_bounced"


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_every_order_and_repetition_of_reports_gives_the_same_state_on_the_fake(data: st.DataObject) -> None:
    reports = data.draw(st.lists(st.sampled_from(REPORTS), min_size=1, max_size=9))
    store = FakeEmailStore()
    key = "shortlist/brief-1/1"
    begun(store, key)
    postmaster = Postmaster(store, lambda: NOW)
    for report in reports:
        postmaster.take(feedback(report, key))
    assert outcome(store, key) == expected(set(reports))


def every_order(kinds: tuple[Report, ...]) -> list[tuple[Report, ...]]:
    """Every order of these, alone and together, with each of them once more at the end."""
    orders = [order for size in range(1, len(kinds) + 1) for order in permutations(kinds, size)]
    return [(*order, repeated) for order in orders for repeated in order]


@pytest.mark.parametrize(
    ("kind", "orders"),
    [
        ("fake", every_order(("soft_bounced", "delivered", "bounced", "complained"))),
        ("dynamodb", every_order(("delivered", "bounced", "complained"))),
    ],
    ids=["fake", "dynamodb"],
)
def test_every_order_and_repetition_of_delivery_bounce_and_complaint_gives_the_same_state(
    kind: str, orders: list[tuple[Report, ...]]
) -> None:
    assert len(orders) in (3 + 6 * 2 + 6 * 3, 4 + 12 * 2 + 24 * 3 + 24 * 4)
    for orders_of_one in (orders[start : start + 8] for start in range(0, len(orders), 8)):
        with a_store(kind) as store:
            postmaster = Postmaster(store, lambda: NOW)
            for number, order in enumerate(orders_of_one):
                key = f"shortlist/brief-{number}/1"
                begun(store, key)
                for report in order:
                    postmaster.take(feedback(report, key))
                assert outcome(store, key) == expected(set(order)), order
                if store.suppression(address_id(ADDRESS)) is not None:
                    postmaster.lift(address_id(ADDRESS), None)


@pytest.mark.parametrize("kind", ["fake", "dynamodb"])
@pytest.mark.parametrize("report", REPORTS)
def test_feedback_that_overtakes_our_own_mark_stands_and_the_mark_is_refused(kind: str, report: Report) -> None:
    from chalicelib.notifications.errors import TakenMeanwhile

    with a_store(kind) as store:
        mine = begun(store, "shortlist/brief-1/1")
        Postmaster(store, lambda: NOW).take(feedback(report, mine.dedup_key))
        with pytest.raises(TakenMeanwhile):
            store.change(mine, ended(mine, "sent", NOW, ses_message_id="message-1"))
        assert store.email(mine.dedup_key).state == report
        assert list(store.due_emails(NOW + timedelta(days=1))) == []


@pytest.mark.parametrize("kind", ["fake", "dynamodb"])
def test_a_report_without_our_tag_is_found_by_the_message_s_id(kind: str) -> None:
    with a_store(kind) as store:
        mine = begun(store, "shortlist/brief-1/1")
        store.change(mine, ended(mine, "sent", NOW, ses_message_id="message-1"))
        untagged = Feedback("bounced", "message-1", None, "2026-11-23T08:00:01.000Z", ADDRESS)
        Postmaster(store, lambda: NOW).take(untagged)
        assert store.email(mine.dedup_key).state == "bounced"


def test_what_is_kept_of_a_bounce_holds_no_address() -> None:
    with a_store("dynamodb") as store:
        mine = begun(store, "shortlist/brief-1/1")
        Postmaster(store, lambda: NOW).take(feedback("bounced", mine.dedup_key))
        kept = repr(rows("NotificationsTable"))
        assert ADDRESS not in kept
        assert "claire" not in kept
        assert address_id(ADDRESS) in kept


def variants() -> list[Email]:
    """An e-mail in each state that something other than a report can give it."""
    email = plan("shortlist/brief-1/1", "shortlist", "brief-1", 1, NOW)
    mine = claimed(email, NOW)
    outcomes = ("refused", "cancelled", "given_up", "suppressed", "unwanted", "digested")
    return [email, mine, released(mine, "ses_busy", NOW), *(ended(mine, state, NOW) for state in outcomes)]  # type: ignore[arg-type]


@given(
    email=st.sampled_from(variants()),
    reports=st.lists(st.sampled_from(REPORTS), min_size=1, max_size=6),
    data=st.data(),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_merging_is_commutative_associative_and_idempotent_from_every_state(
    email: Email, reports: list[Report], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(reports))

    def after(order: list[Report]) -> Email:
        found = email
        for report in order:
            found = merged(found, feedback(report, email.dedup_key), NOW)
        return found

    once, otherwise = after(reports), after(shuffled + reports)
    assert once.state == otherwise.state == max(reports, key=WENT.index)
    assert (once.due_at, once.error_code, once.ses_message_id) == (None, None, "message-1")
    assert after(reports + reports) == once
