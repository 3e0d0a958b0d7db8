"""What notifications ask of their store, kept by the fake and by DynamoDB alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.notifications.errors import AlreadyPlanned, TakenMeanwhile
from chalicelib.notifications.models import PATIENCE, Email, Gathering, State, claimed, ended, plan
from chalicelib.notifications.repository import KEPT, NotificationRepository
from chalicelib.notifications.service import EmailStore
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp
from tests.support.environment import aws
from tests.support.notification_fakes import FakeEmailStore
from tests.support.tables import rows

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TABLE = "NotificationsTable"


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[EmailStore]:
    if request.param == "fake":
        yield FakeEmailStore()
        return
    with aws():
        yield NotificationRepository(Table(TABLE))


@pytest.fixture
def repository(aws: None) -> NotificationRepository:
    return NotificationRepository(Table(TABLE))


def an_email(key: str = "shortlist/brief-1/1", **changes: object) -> Email:
    return replace(plan(key, "shortlist", "brief-1", 1, NOW), **changes)  # type: ignore[arg-type]


def a_gathering(brief_id: str = "brief-1", **changes: object) -> Gathering:
    gathering = Gathering(brief_id, 1, 1, ("a", "b"), stamp(NOW), "shortlist/brief-1/1", None, 0)
    return replace(gathering, **changes)  # type: ignore[arg-type]


def planned(store: EmailStore, email: Email, brief_id: str = "brief-1") -> Email:
    store.plan(email, store.gathering(brief_id), a_gathering(brief_id))
    found = store.email(email.dedup_key)
    assert found is not None
    return found


def test_an_e_mail_and_its_gathering_come_back_as_they_were_planned(store: EmailStore) -> None:
    email = an_email(newcomers=("c", "d"))
    store.plan(email, None, a_gathering(due_at=stamp(NOW)))
    assert store.email(email.dedup_key) == email
    assert store.gathering("brief-1") == a_gathering(due_at=stamp(NOW), version=1)


def test_what_was_never_planned_is_not_there(store: EmailStore) -> None:
    assert store.email("shortlist/brief-1/1") is None
    assert store.gathering("brief-1") is None
    assert list(store.due_emails(NOW + timedelta(days=1))) == []
    assert list(store.due_gatherings(NOW + timedelta(days=1))) == []


def test_a_second_e_mail_with_the_same_key_is_refused_and_changes_nothing(store: EmailStore) -> None:
    email = planned(store, an_email())
    with pytest.raises(AlreadyPlanned):
        store.plan(an_email(attempts=7), store.gathering("brief-1"), a_gathering(told=("z",)))
    assert store.email(email.dedup_key) == email
    assert store.gathering("brief-1") == a_gathering(version=1)


def test_an_e_mail_planned_on_a_gathering_that_somebody_else_changed_is_not_planned(store: EmailStore) -> None:
    planned(store, an_email())
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, told=("c",)))
    with pytest.raises(TakenMeanwhile):
        store.plan(an_email("changes/brief-1/1/2"), read, a_gathering())
    assert store.email("changes/brief-1/1/2") is None
    with pytest.raises(TakenMeanwhile):
        store.plan(an_email("changes/brief-1/1/3"), None, a_gathering())


def test_a_gathering_changes_from_what_was_read_only(store: EmailStore) -> None:
    planned(store, an_email())
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, due_at=stamp(NOW)))
    with pytest.raises(TakenMeanwhile):
        store.gather(read, replace(read, told=()))
    after = store.gathering("brief-1")
    assert after is not None
    assert (after.due_at, after.told, after.version) == (stamp(NOW), ("a", "b"), 2)


def test_an_e_mail_is_claimed_by_one(store: EmailStore) -> None:
    email = planned(store, an_email())
    mine = claimed(email, NOW + timedelta(seconds=1))
    store.change(email, mine)
    with pytest.raises(TakenMeanwhile):
        store.change(email, claimed(email, NOW + timedelta(seconds=2)))
    assert store.email(email.dedup_key) == mine


def test_an_e_mail_is_claimed_by_one_even_within_the_same_millisecond(store: EmailStore) -> None:
    email = planned(store, an_email())
    store.change(email, claimed(email, NOW))
    with pytest.raises(TakenMeanwhile):
        store.change(email, claimed(email, NOW))


def test_an_e_mail_that_is_not_there_cannot_be_changed(store: EmailStore) -> None:
    with pytest.raises(TakenMeanwhile):
        store.change(an_email(), claimed(an_email(), NOW))


def test_e_mails_are_due_once_their_patience_is_over_and_the_longest_waiting_first(store: EmailStore) -> None:
    late = planned(store, an_email("shortlist/brief-1/2", due_at=stamp(NOW + timedelta(minutes=9))))
    early = planned(store, an_email())
    assert list(store.due_emails(NOW + PATIENCE - timedelta(milliseconds=1))) == []
    assert list(store.due_emails(NOW + PATIENCE)) == [early.dedup_key]
    assert list(store.due_emails(NOW + timedelta(hours=1))) == [early.dedup_key, late.dedup_key]


@pytest.mark.parametrize("state", ["sent", "refused", "cancelled", "given_up"])
def test_an_e_mail_that_is_over_is_never_due(store: EmailStore, state: State) -> None:
    email = planned(store, an_email())
    store.change(email, ended(email, state, NOW, ses_message_id="m-1" if state == "sent" else None))
    assert list(store.due_emails(NOW + timedelta(days=30))) == []


def test_a_gathering_is_due_while_there_is_something_to_tell(store: EmailStore) -> None:
    planned(store, an_email())
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, due_at=stamp(NOW + timedelta(minutes=15))))
    assert list(store.due_gatherings(NOW)) == []
    assert list(store.due_gatherings(NOW + timedelta(minutes=15))) == ["brief-1"]
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, due_at=None))
    assert list(store.due_gatherings(NOW + timedelta(days=1))) == []


def test_e_mails_in_a_state_come_page_by_page_with_the_last_changed_first(store: EmailStore) -> None:
    for number in range(1, 6):
        email = planned(store, an_email(f"shortlist/brief-{number}/1"), f"brief-{number}")
        store.change(email, ended(email, "refused", NOW + timedelta(minutes=number), error_code="message_rejected"))
    planned(store, an_email("shortlist/brief-9/1"), "brief-9")
    seen: list[str] = []
    position = None
    for _ in range(3):
        emails, position = store.in_state("refused", 2, position)
        assert all(email.state == "refused" and email.error_code == "message_rejected" for email in emails)
        seen += [email.dedup_key for email in emails]
    assert seen == [f"shortlist/brief-{number}/1" for number in (5, 4, 3, 2, 1)]
    assert position is None
    assert [email.dedup_key for email in store.in_state("planned", 50, None)[0]] == ["shortlist/brief-9/1"]


def test_an_item_has_no_attribute_without_a_value_so_that_indexes_hold_what_they_should(
    repository: NotificationRepository,
) -> None:
    email = planned(repository, an_email())
    repository.change(email, ended(email, "sent", NOW, ses_message_id="m-1"))
    for item in rows(TABLE):
        assert None not in item.values()
        assert "due_at" not in item
        assert "due_pk" not in item


def test_the_trace_of_an_e_mail_that_is_over_expires_and_of_one_under_way_does_not(
    repository: NotificationRepository,
) -> None:
    email = planned(repository, an_email())
    assert "expires_at" not in rows(TABLE)[0]
    repository.change(email, ended(email, "sent", NOW, ses_message_id="m-1"))
    assert rows(TABLE)[0]["expires_at"] == int((NOW + KEPT).timestamp())
