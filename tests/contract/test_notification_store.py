"""What notifications ask of their store, kept by the fake and by DynamoDB alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.notifications.errors import AlreadyPlanned, TakenMeanwhile
from chalicelib.notifications.events import AddressSuppressed, NoticeSettled, SuppressionLifted
from chalicelib.notifications.models import (
    FINAL,
    PATIENCE,
    Channels,
    Email,
    Entry,
    Gathering,
    Notice,
    Preferences,
    SoftBounces,
    State,
    Suppression,
    claimed,
    counted,
    done,
    ended,
    held,
    notice,
    plan,
    plan_digest,
    plan_fitting,
    plan_invitation,
    plan_of_case,
    plan_of_contact,
    plan_of_deadline,
    told_again,
    with_entry,
)
from chalicelib.notifications.repository import KEPT, NotificationRepository
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp
from tests.support.environment import aws
from tests.support.notification_fakes import FakeEmailStore
from tests.support.tables import rows

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TABLE = "NotificationsTable"


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
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


def planned(store: Any, email: Email, brief_id: str = "brief-1") -> Email:
    store.plan(email, store.gathering(brief_id), a_gathering(brief_id))
    found = store.email(email.dedup_key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "letter",
    [
        plan_of_case("case-1", "appeal_decided", 9, stamp(NOW), NOW),
        plan_invitation("case-1", "ask-1", NOW),
    ],
    ids=["case", "invitation"],
)
def test_a_letter_comes_back_as_it_was_planned_is_owed_and_is_planned_once(store: Any, letter: Email) -> None:
    store.plan_letter(letter)
    assert store.email(letter.dedup_key) == letter
    with pytest.raises(AlreadyPlanned):
        store.plan_letter(replace(letter, attempts=3))
    assert store.email(letter.dedup_key) == letter
    assert list(store.due_emails(NOW + PATIENCE)) == [letter.dedup_key]


def test_a_digest_keeps_what_it_tells_of_a_case(store: Any) -> None:
    letter = plan_of_case("case-1", "decided", 7, stamp(NOW), NOW)
    store.plan_letter(letter)
    digest = with_entry(a_digest(), Entry.of(letter), NOW)
    gone = ended(letter, "digested", NOW)
    store.hand_over(letter, gone, None, digest)
    assert store.email(digest.dedup_key) == digest
    assert with_entry(digest, Entry.of(letter), NOW) == digest, "told once"


def test_an_e_mail_and_its_gathering_come_back_as_they_were_planned(store: Any) -> None:
    email = an_email(newcomers=("c", "d"))
    store.plan(email, None, a_gathering(due_at=stamp(NOW)))
    assert store.email(email.dedup_key) == email
    assert store.gathering("brief-1") == a_gathering(due_at=stamp(NOW), version=1)


def test_what_was_never_planned_is_not_there(store: Any) -> None:
    assert store.email("shortlist/brief-1/1") is None
    assert store.gathering("brief-1") is None
    assert list(store.due_emails(NOW + timedelta(days=1))) == []
    assert list(store.due_gatherings(NOW + timedelta(days=1))) == []


def test_a_second_e_mail_with_the_same_key_is_refused_and_changes_nothing(store: Any) -> None:
    email = planned(store, an_email())
    with pytest.raises(AlreadyPlanned):
        store.plan(an_email(attempts=7), store.gathering("brief-1"), a_gathering(told=("z",)))
    assert store.email(email.dedup_key) == email
    assert store.gathering("brief-1") == a_gathering(version=1)


def test_an_e_mail_planned_on_a_gathering_that_somebody_else_changed_is_not_planned(store: Any) -> None:
    planned(store, an_email())
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, told=("c",)))
    with pytest.raises(TakenMeanwhile):
        store.plan(an_email("changes/brief-1/1/2"), read, a_gathering())
    assert store.email("changes/brief-1/1/2") is None
    with pytest.raises(TakenMeanwhile):
        store.plan(an_email("changes/brief-1/1/3"), None, a_gathering())


def test_a_gathering_changes_from_what_was_read_only(store: Any) -> None:
    planned(store, an_email())
    read = store.gathering("brief-1")
    assert read is not None
    store.gather(read, replace(read, due_at=stamp(NOW)))
    with pytest.raises(TakenMeanwhile):
        store.gather(read, replace(read, told=()))
    after = store.gathering("brief-1")
    assert after is not None
    assert (after.due_at, after.told, after.version) == (stamp(NOW), ("a", "b"), 2)


def test_an_e_mail_is_claimed_by_one(store: Any) -> None:
    email = planned(store, an_email())
    mine = claimed(email, NOW + timedelta(seconds=1))
    store.change(email, mine)
    with pytest.raises(TakenMeanwhile):
        store.change(email, claimed(email, NOW + timedelta(seconds=2)))
    assert store.email(email.dedup_key) == mine


def test_an_e_mail_is_claimed_by_one_even_within_the_same_millisecond(store: Any) -> None:
    email = planned(store, an_email())
    store.change(email, claimed(email, NOW))
    with pytest.raises(TakenMeanwhile):
        store.change(email, claimed(email, NOW))


def test_an_e_mail_that_is_not_there_cannot_be_changed(store: Any) -> None:
    with pytest.raises(TakenMeanwhile):
        store.change(an_email(), claimed(an_email(), NOW))


def test_e_mails_are_due_once_their_patience_is_over_and_the_longest_waiting_first(store: Any) -> None:
    late = planned(store, an_email("shortlist/brief-1/2", due_at=stamp(NOW + timedelta(minutes=9))))
    early = planned(store, an_email())
    assert list(store.due_emails(NOW + PATIENCE - timedelta(milliseconds=1))) == []
    assert list(store.due_emails(NOW + PATIENCE)) == [early.dedup_key]
    assert list(store.due_emails(NOW + timedelta(hours=1))) == [early.dedup_key, late.dedup_key]


@pytest.mark.parametrize("state", FINAL)
def test_an_e_mail_that_is_over_is_never_due(store: Any, state: State) -> None:
    email = planned(store, an_email())
    store.change(email, ended(email, state, NOW, ses_message_id="m-1" if state == "sent" else None))
    assert list(store.due_emails(NOW + timedelta(days=30))) == []


def test_a_gathering_is_due_while_there_is_something_to_tell(store: Any) -> None:
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


def test_e_mails_in_a_state_come_page_by_page_with_the_last_changed_first(store: Any) -> None:
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


# What an e-mail is held back for, and the digest


def a_digest(entry: Entry | None = None) -> Email:
    news = entry or Entry("shortlist_changes", "brief-1", 1, ("c",))
    return plan_digest("sub-producer", "2026-11-24", NOW + timedelta(days=1), news, NOW)


def test_a_held_e_mail_is_due_at_its_hour_and_says_why_it_waits(store: Any) -> None:
    mine = claimed(planned(store, an_email()), NOW)
    store.change(an_email(), mine)
    store.change(mine, held(mine, "quiet_hours", NOW + timedelta(hours=9), NOW))
    found = store.email(mine.dedup_key)
    assert (found.state, found.held_for) == ("planned", "quiet_hours")
    assert list(store.due_emails(NOW + timedelta(hours=8))) == []
    assert list(store.due_emails(NOW + timedelta(hours=9))) == [mine.dedup_key]


def test_an_e_mail_goes_over_into_a_digest_that_comes_back_as_it_was_written(store: Any) -> None:
    mine = planned(store, an_email())
    gone = ended(mine, "digested", NOW)
    store.hand_over(mine, gone, None, a_digest())
    assert store.email(mine.dedup_key) == gone
    assert store.email(a_digest().dedup_key) == a_digest()
    assert list(store.due_emails(NOW + timedelta(days=1))) == [a_digest().dedup_key]


def test_of_an_e_mail_and_its_digest_both_are_written_or_neither(store: Any) -> None:
    first, second = planned(store, an_email()), planned(store, an_email("shortlist/brief-2/1"), "brief-2")
    store.hand_over(first, ended(first, "digested", NOW), None, a_digest())
    with pytest.raises(TakenMeanwhile):  # somebody else has begun the digest
        store.hand_over(second, ended(second, "digested", NOW), None, a_digest())
    assert store.email(second.dedup_key) == second
    more = with_entry(a_digest(), Entry("shortlist", "brief-2", 1), NOW)
    with pytest.raises(TakenMeanwhile):  # somebody else has ended the e-mail
        store.hand_over(first, ended(first, "digested", NOW), a_digest(), more)
    assert store.email(a_digest().dedup_key) == a_digest()
    store.hand_over(second, ended(second, "digested", NOW), a_digest(), more)
    assert store.email(a_digest().dedup_key) == more


def test_a_day_has_as_many_places_as_its_ceiling_and_an_e_mail_takes_one(store: Any) -> None:
    day = NOW.date()

    def takes(key: str, sub: str = "sub-producer") -> bool:
        taken: bool = store.take_place(sub, day, key, 2, NOW)
        return taken

    assert [takes("changes/a/1/1"), takes("changes/a/1/1"), takes("changes/b/1/1")] == [True, True, True]
    assert [takes("changes/c/1/1"), takes("changes/a/1/1")] == [False, True]
    assert takes("changes/c/1/1", "sub-other")
    assert store.take_place("sub-producer", day + timedelta(days=1), "changes/c/1/1", 2, NOW)


def test_a_place_taken_by_another_function_meanwhile_is_counted(repository: NotificationRepository) -> None:
    table = repository._table
    read, others = table.get, ["changes/x/1/1", "changes/y/1/1"]

    def crossed(pk: str, sk: str) -> Any:
        item = read(pk, sk)
        if others:
            other = NotificationRepository(Table(TABLE))
            assert other.take_place("sub-producer", NOW.date(), others.pop(), 2, NOW)
        return item

    table.get = crossed  # type: ignore[method-assign]
    assert repository.take_place("sub-producer", NOW.date(), "changes/a/1/1", 2, NOW) is False


def test_the_count_of_a_day_expires(repository: NotificationRepository) -> None:
    repository.take_place("sub-producer", NOW.date(), "changes/a/1/1", 2, NOW)
    assert rows(TABLE)[0]["expires_at"] == int((NOW + timedelta(days=2)).timestamp())


# What a person wants to receive


def test_preferences_are_the_defaults_until_they_are_set(store: Any) -> None:
    assert store.preferences("sub-producer") == Preferences("sub-producer", None, {}, 0)
    chosen = Preferences("sub-producer", "en", {"shortlist": Channels(email=False, digest=True)})
    saved = store.save_preferences(store.preferences("sub-producer"), chosen)
    assert store.preferences("sub-producer") == saved == replace(chosen, version=1)
    assert store.preferences("sub-other").version == 0


def test_preferences_change_from_what_was_read_only(store: Any) -> None:
    read = store.preferences("sub-producer")
    saved = store.save_preferences(read, replace(read, language="en"))
    for stale in (read, replace(saved, version=7)):
        with pytest.raises(TakenMeanwhile):
            store.save_preferences(stale, replace(stale, language="fr"))
    assert store.preferences("sub-producer").language == "en"
    assert store.save_preferences(saved, replace(saved, language=None)).version == 2
    assert store.preferences("sub-producer").language is None


# Addresses that get nothing

KEPT_AWAY = AddressSuppressed(suppression_id="f" * 64)
LET_IN = SuppressionLifted(suppression_id="f" * 64)
SEEN_TO = NoticeSettled(notice_id="01JDNOTICE0000000000000000")


def a_suppression(number: int = 1, **changes: Any) -> Suppression:
    since = stamp(NOW + timedelta(minutes=number))
    return replace(Suppression(f"{number:064x}", "hard_bounce", since, dedup_key="shortlist/brief-1/1"), **changes)


def test_an_address_is_suppressed_and_let_in_again_as_it_was_read(store: Any) -> None:
    assert store.suppression(a_suppression().address_id) is None
    store.suppress(None, a_suppression(), KEPT_AWAY, NOW)
    assert store.suppression(a_suppression().address_id) == a_suppression()
    with pytest.raises(TakenMeanwhile):
        store.suppress(None, a_suppression(reason="complaint"), KEPT_AWAY, NOW)
    graver = a_suppression(reason="complaint", version=2)
    store.suppress(a_suppression(), graver, KEPT_AWAY, NOW)
    with pytest.raises(TakenMeanwhile):
        store.lift(a_suppression(), LET_IN, NOW)
    store.lift(graver, LET_IN, NOW)
    assert store.suppression(a_suppression().address_id) is None
    with pytest.raises(TakenMeanwhile):
        store.lift(graver, LET_IN, NOW)


def test_what_administrators_do_about_an_address_is_kept_with_it_and_goes_with_whose_it_was(
    repository: NotificationRepository,
) -> None:
    address = a_suppression().address_id
    repository.suppress(None, a_suppression(), KEPT_AWAY, NOW)
    repository.lift(a_suppression(), LET_IN, NOW + timedelta(minutes=1))
    with pytest.raises(TakenMeanwhile):
        repository.lift(a_suppression(), LET_IN, NOW)
    told = [row["event_type"] for row in rows(TABLE) if row["pk"] == f"ADDRESS#{address}"]
    assert told == ["mail.address_suppressed", "mail.suppression_lifted"]
    assert repository.forget_address(address, NOW + timedelta(days=1)) == (2, None)
    assert [row for row in rows(TABLE) if row["pk"] == f"ADDRESS#{address}"] == []


def test_suppressed_addresses_come_page_by_page_with_the_latest_first(store: Any) -> None:
    for number in range(1, 6):
        store.suppress(None, a_suppression(number), KEPT_AWAY, NOW)
    store.lift(a_suppression(4), LET_IN, NOW)
    first, position = store.suppressions(3, None)
    second, position = store.suppressions(3, position)
    assert [*first, *second] == [a_suppression(number) for number in (5, 3, 2, 1)]
    assert position is None


# What reports change


def test_what_a_report_changes_is_written_together_or_not_at_all(store: Any) -> None:
    email = planned(store, an_email())
    bounced = ended(email, "bounced", NOW)
    address = a_suppression().address_id
    told = notice("hard_bounce", email.dedup_key, address, NOW)
    count = counted(None, address, email.dedup_key, NOW)
    store.take_feedback((email, bounced), told, (None, a_suppression()), (None, count))
    assert store.email(email.dedup_key) == bounced
    assert store.notice(told.notice_id) == told
    assert store.suppression(address) == a_suppression()
    assert store.soft_bounces(address) == SoftBounces(address, (email.dedup_key,), stamp(NOW))
    complained = ended(bounced, "complained", NOW)
    for again in (
        ((bounced, complained), told, None, None),  # the notice is there already
        ((bounced, complained), None, (None, a_suppression()), None),
        ((bounced, complained), None, None, (None, count)),
        ((email, complained), None, None, None),
    ):
        with pytest.raises(TakenMeanwhile):
            store.take_feedback(*again)
    assert store.email(email.dedup_key) == bounced
    store.take_feedback((bounced, bounced))
    assert store.email(email.dedup_key) == bounced


def test_letting_an_address_in_again_forgets_what_it_turned_back(store: Any) -> None:
    email = planned(store, an_email())
    count = counted(None, a_suppression().address_id, email.dedup_key, NOW)
    store.take_feedback((email, ended(email, "soft_bounced", NOW)), None, (None, a_suppression()), (None, count))
    store.lift(a_suppression(), LET_IN, NOW)
    assert store.soft_bounces(a_suppression().address_id) is None


def test_an_e_mail_is_found_by_the_id_that_the_mail_service_gave_it(store: Any) -> None:
    email = planned(store, an_email())
    sent = ended(email, "sent", NOW, ses_message_id="message-1")
    store.change(email, sent)
    assert store.by_message("message-1") == sent
    assert store.by_message("message-2") is None


def a_notice(number: int) -> Notice:
    return notice("complaint", f"shortlist/brief-{number}/1", "f" * 64, NOW + timedelta(minutes=number))


def test_notices_come_page_by_page_and_leave_the_open_ones_when_they_are_done(store: Any) -> None:
    email = planned(store, an_email())
    for number in range(1, 5):
        store.take_feedback((email, email), a_notice(number))
    finished = done(a_notice(2), "sub-admin", NOW + timedelta(hours=1))
    store.change_notice(a_notice(2), finished, SEEN_TO, NOW)
    with pytest.raises(TakenMeanwhile):
        store.change_notice(a_notice(2), finished, SEEN_TO, NOW)
    first, position = store.notices("open", 2, None)
    second, position = store.notices("open", 2, position)
    assert [*first, *second] == [a_notice(number) for number in (4, 3, 1)]
    assert position is None
    assert store.notices("done", 50, None)[0] == [finished]
    assert store.notice(finished.notice_id) == finished
    assert store.notice("01JDNEVERWAS000000000000AA") is None


def test_a_notice_that_is_done_expires_and_an_open_one_does_not(repository: NotificationRepository) -> None:
    email = planned(repository, an_email())
    repository.take_feedback((email, email), a_notice(1))
    repository.take_feedback((email, email), a_notice(2))
    repository.change_notice(a_notice(2), done(a_notice(2), "sub-admin", NOW), SEEN_TO, NOW)
    expiring = {row["state_pk"]: "expires_at" in row for row in rows(TABLE) if row["sk"] == "NOTICE"}
    assert expiring == {"NOTICE#open": False, "NOTICE#done": True}


@pytest.mark.parametrize(
    "letter",
    [
        plan_of_contact("thread-1", "reveal_asked", "producer", 4, stamp(NOW), NOW),
        plan_fitting("brief-1", 2, "profile-1", NOW, at_once=False),
        plan_of_deadline("brief-1", 2, "renewal_notice", 14, NOW),
    ],
    ids=["conversation", "project that fits", "date"],
)
def test_an_e_mail_of_a_conversation_a_project_or_a_date_comes_back_whole_and_so_does_its_place_in_a_digest(
    store: Any, letter: Email
) -> None:
    store.plan_letter(letter)
    assert store.email(letter.dedup_key) == letter
    with pytest.raises(AlreadyPlanned):
        store.plan_letter(letter)
    digest = with_entry(a_digest(), Entry.of(letter), NOW)
    store.hand_over(letter, ended(letter, "digested", NOW), None, digest)
    assert store.email(digest.dedup_key) == digest
    assert with_entry(digest, Entry.of(letter), NOW) == digest, "told once"


def test_an_e_mail_that_its_conversation_holds_says_so(store: Any) -> None:
    letter = plan_of_contact("thread-1", "message", "producer", 4, stamp(NOW), NOW)
    store.plan_letter(letter)
    waiting = held(claimed(letter, NOW), "gathering", NOW + timedelta(hours=1), NOW)
    store.change(letter, replace(waiting, version=letter.version + 1))
    found = store.email(letter.dedup_key)
    assert (found.held_for, found.due_at) == ("gathering", stamp(NOW + timedelta(hours=1)))


def test_what_a_side_was_told_of_a_conversation_s_messages_is_kept_by_side_and_written_by_one_at_a_time(
    store: Any,
) -> None:
    letter = plan_of_contact("thread-1", "message", "producer", 4, stamp(NOW), NOW)
    assert store.told("thread-1", "producer") is None
    first = told_again(None, letter, 3, NOW)
    store.tell(None, first)
    assert store.told("thread-1", "producer") == first
    assert store.told("thread-1", "freelancer") is None
    with pytest.raises(TakenMeanwhile):
        store.tell(None, told_again(None, letter, 4, NOW))
    second = told_again(first, letter, 5, NOW)
    store.tell(first, second)
    with pytest.raises(TakenMeanwhile):
        store.tell(first, second)
    assert store.told("thread-1", "producer") == second


def test_what_was_told_of_messages_is_forgotten(repository: NotificationRepository) -> None:
    letter = plan_of_contact("thread-1", "message", "producer", 4, stamp(NOW), NOW)
    repository.tell(None, told_again(None, letter, 3, NOW))
    [row] = rows(TABLE)
    assert row["expires_at"] == int((NOW + timedelta(days=2)).timestamp())
