"""What every store of conversations promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from chalicelib.conversations.errors import TooManyMessages
from chalicelib.conversations.events import ConversationReported, ReportSettled
from chalicelib.conversations.models import PER_HOUR, Attachment, Message, PreparedAnswer, Report, Thread
from chalicelib.conversations.repository import ConversationRepository
from chalicelib.conversations.service import ConversationStore
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.ids import new_id
from tests.support.conversation_fakes import NOW, FakeConversationStore

AnyStore = FakeConversationStore | ConversationRepository


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> AnyStore:
    if request.param == "memory":
        return FakeConversationStore()
    request.getfixturevalue("aws")
    return ConversationRepository(Table("ConversationsTable"))


def begun(profile_id: str = "profile-ines", brief_id: str = "brief-1") -> Thread:
    return Thread.begin(brief_id, "company-1", profile_id, f"sub-of-{profile_id}", 1, NOW)


def interested(store: ConversationStore, profile_id: str = "profile-ines", brief_id: str = "brief-1") -> Thread:
    changed = begun(profile_id, brief_id).show_interest(NOW + timedelta(days=7), NOW)
    assert changed is not None
    store.save(*changed, NOW)
    return changed[0]


def test_a_conversation_comes_back_as_it_was_kept(store: ConversationStore) -> None:
    thread = interested(store)
    assert store.get(thread.thread_id) == thread
    assert store.get(new_id(NOW)) is None


def test_it_is_begun_once(store: ConversationStore) -> None:
    interested(store)
    with pytest.raises(Conflict):
        interested(store)


def test_of_two_changes_of_one_version_one_stands(store: ConversationStore) -> None:
    thread = interested(store)
    first, second = thread.agree_to_reveal("producer", NOW), thread.agree_to_reveal("freelancer", NOW)
    assert first is not None
    assert second is not None
    store.save(*first, NOW)
    with pytest.raises(Conflict):
        store.save(*second, NOW)
    assert store.get(thread.thread_id) == first[0]


def test_a_message_is_kept_with_its_conversation_or_not_at_all(store: ConversationStore) -> None:
    thread = interested(store)
    message = Message(message_id=new_id(NOW), sender="freelancer", sender_sub="s", text="Bonjour", sent_at=stamp(NOW))
    said = thread.say(message.message_id, "freelancer", NOW)
    store.save(*said, NOW, message=message)
    assert store.message(thread.thread_id, message.message_id) == message
    with pytest.raises(Conflict):
        store.save(*said[0].say(message.message_id, "freelancer", NOW), NOW, message=message)
    stale = message.model_copy(update={"message_id": new_id(NOW)})
    with pytest.raises(Conflict):
        store.save(*said, NOW, message=stale)
    assert store.message(thread.thread_id, stale.message_id) is None


def test_messages_are_read_page_by_page_the_latest_first(store: ConversationStore) -> None:
    thread = interested(store)
    for number in range(5):
        moment = NOW + timedelta(seconds=number)
        message = Message(
            message_id=new_id(moment), sender="producer", sender_sub="s", text=str(number), sent_at=stamp(moment)
        )
        thread, fact = thread.say(message.message_id, "producer", moment)
        store.save(thread, fact, moment, message=message)
    read: list[str] = []
    position = None
    while True:
        page, position = store.messages(thread.thread_id, 2, position)
        read += [one.text for one in page]
        if position is None:
            break
    assert read == ["4", "3", "2", "1", "0"]


def test_there_are_so_many_in_an_hour_and_the_one_too_many_leaves_nothing(store: ConversationStore) -> None:
    thread = interested(store)
    for _ in range(PER_HOUR["report"]):
        report = _report(thread)
        store.file(report, _reported(report), 1, NOW)
    report = _report(thread)
    with pytest.raises(TooManyMessages):
        store.file(report, _reported(report), 1, NOW)
    assert store.report(report.report_id) is None
    later = NOW + timedelta(hours=1)
    store.file(report, _reported(report), 1, later)
    assert store.report(report.report_id) == report


def test_lists_are_the_right_persons(store: ConversationStore) -> None:
    one, other = interested(store), interested(store, "profile-noe")
    elsewhere = interested(store, "profile-ines", "brief-2")
    assert {t.thread_id for t in store.of_brief("brief-1")} == {one.thread_id, other.thread_id}
    assert {t.thread_id for t in store.of_company("company-1", 10, None)[0]} == {
        one.thread_id,
        other.thread_id,
        elsewhere.thread_id,
    }
    assert store.of_company("company-2", 10, None) == ([], None)
    assert {t.thread_id for t in store.of_freelancer("sub-of-profile-ines", 10, None)[0]} == {
        one.thread_id,
        elsewhere.thread_id,
    }


def test_those_of_a_company_with_one_person_are_read_the_last_changed_first(aws: None) -> None:
    store = ConversationRepository(Table("ConversationsTable"))
    first, _other = interested(store), interested(store, "profile-noe")
    second = interested(store, "profile-ines", "brief-2")
    asked = second.ask_sooner(NOW, NOW + timedelta(hours=1))
    assert asked is not None
    store.put_off(asked)
    found = store.of_company_with("company-1", "profile-ines")
    assert [one.thread_id for one in found] == [second.thread_id, first.thread_id]
    assert store.of_company_with("company-2", "profile-ines") == []


def test_whoever_declined_unasked_is_on_no_list_of_the_company(store: ConversationStore) -> None:
    changed = begun().decline(NOW)
    assert changed is not None
    store.save(*changed, NOW)
    assert list(store.of_brief("brief-1")) == []
    assert store.of_company("company-1", 10, None)[0] == []
    assert len(store.of_freelancer("sub-of-profile-ines", 10, None)[0]) == 1


def test_an_answer_is_owed_until_it_is_given(store: ConversationStore) -> None:
    thread = interested(store)
    due = NOW + timedelta(days=7)
    assert list(store.due(NOW + timedelta(days=5))) == []
    assert list(store.due(NOW + timedelta(days=6))) == [thread.thread_id]
    assert store.overdue("company-1", due - timedelta(seconds=1)) == []
    assert store.overdue("company-1", due) == [thread]
    assert store.overdue("company-2", due) == []
    reminded = thread.remind(NOW + timedelta(days=6))
    assert reminded is not None
    store.save(*reminded, NOW)
    assert list(store.due(NOW + timedelta(days=6))) == []
    sooner = reminded[0].ask_sooner(NOW + timedelta(days=1), NOW)
    assert sooner is not None
    store.put_off(sooner)
    with pytest.raises(Conflict):
        store.put_off(sooner)
    assert store.overdue("company-1", NOW + timedelta(days=1)) == [sooner]
    answered = sooner.answer("retained", "to_meet", None, "sub-claire", NOW)
    assert answered is not None
    store.save(*answered, NOW)
    assert store.overdue("company-1", due + timedelta(days=30)) == []
    assert list(store.due(due + timedelta(days=30))) == []
    store.forgive(thread.thread_id)


def test_what_was_prepared_last_is_what_is_said(store: ConversationStore) -> None:
    assert store.prepared("brief-1") == {}
    first = PreparedAnswer(thread_id="t-1", reason="other_dates", text="Merci.")
    store.prepare("brief-1", [first, PreparedAnswer(thread_id="t-2", reason="other_budget")])
    assert set(store.prepared("brief-1")) == {"t-1", "t-2"}
    store.prepare("brief-1", [first])
    assert store.prepared("brief-1") == {"t-1": first}


def test_reports_wait_in_order_until_they_are_settled_once(store: ConversationStore) -> None:
    thread = interested(store)
    first, second = _report(thread), _report(thread, NOW + timedelta(minutes=1))
    for report in (first, second, first):
        store.file(report, _reported(report), 1, NOW)
    assert [one.report_id for one in store.reports(False, 10, None)[0]] == [first.report_id, second.report_id]
    settled = first.model_copy(update={"settled_at": stamp(NOW), "ruling": "Vu.", "version": 2})
    fact = ReportSettled(**_ids(thread), report_id=first.report_id)
    store.settle(settled, fact, NOW)
    with pytest.raises(Conflict):
        store.settle(settled, fact, NOW)
    assert [one.report_id for one in store.reports(False, 10, None)[0]] == [second.report_id]
    assert store.reports(True, 10, None)[0] == [settled]
    assert store.report(first.report_id) == settled


def _report(thread: Thread, moment: datetime = NOW) -> Report:
    return Report(
        report_id=new_id(moment),
        **_ids(thread),
        by="freelancer",
        reporter_sub="sub-ines",
        reason="fraud",
        reported_at=stamp(moment),
    )


def _reported(report: Report) -> ConversationReported:
    return ConversationReported(
        thread_id=report.thread_id,
        brief_id=report.brief_id,
        profile_id=report.profile_id,
        report_id=report.report_id,
        by=report.by,
    )


def _ids(thread: Thread) -> dict[str, str]:
    return {"thread_id": thread.thread_id, "brief_id": thread.brief_id, "profile_id": thread.profile_id}


def test_what_is_left_of_an_hour_is_told_before_an_act_of_several_steps(store: ConversationStore) -> None:
    thread = interested(store)
    sub, most = "sub-ines", PER_HOUR["message"]
    store.allow(sub, {"message": most, "invitation": PER_HOUR["invitation"], "report": 0}, NOW)
    for number in range(3):
        thread, fact = thread.say(new_id(NOW), "freelancer", NOW)
        message = Message(
            message_id=f"m-{number}", sender="freelancer", sender_sub=sub, text="Bonjour", sent_at=stamp(NOW)
        )
        store.save(thread, fact, NOW, message=message, pace=(sub, "message"))
    store.allow(sub, {"message": most - 3, "interest": 1}, NOW)
    store.allow("sub-noe", {"message": most}, NOW)
    with pytest.raises(TooManyMessages):
        store.allow(sub, {"interest": 1, "message": most - 2}, NOW)
    store.allow(sub, {"message": most}, NOW + timedelta(hours=1))


# ---- files


def revealed(store: ConversationStore) -> Thread:
    thread = interested(store)
    for party in ("producer", "freelancer"):
        agreed = thread.agree_to_reveal(party, NOW)  # type: ignore[arg-type]
        assert agreed is not None
        store.save(*agreed, NOW)
        thread = agreed[0]
    return thread


def a_place(thread: Thread, one: str = "file-1", sub: str = "sub-claire") -> Attachment:
    return Attachment.offered(one, thread.thread_id, "producer", sub, "bible.pdf", "application/pdf", 100, NOW)


def added(store: AnyStore, thread: Thread, one: str = "file-1") -> tuple[Thread, Attachment]:
    attachment = a_place(thread, one)
    store.offer(attachment, NOW)
    after, fact = thread.add_file(one, f"message-{one}", "producer", NOW)
    attachment = attachment.added(f"message-{one}", 100, "abc", NOW)
    message = Message(
        message_id=f"message-{one}",
        sender="producer",
        sender_sub="sub-claire",
        text="",
        sent_at=stamp(NOW),
        attachment_id=one,
    )
    store.save(after, fact, NOW, message=message, attachment=attachment)
    return after, attachment


def test_a_place_for_a_file_is_made_once_and_counts(store: AnyStore) -> None:
    thread = revealed(store)
    attachment = a_place(thread)
    store.offer(attachment, NOW)
    assert store.attachment(thread.thread_id, "file-1") == attachment
    with pytest.raises(Conflict):
        store.offer(attachment, NOW)
    for number in range(1, PER_HOUR["file"]):
        store.offer(a_place(thread, f"more-{number:02}"), NOW)
    with pytest.raises(TooManyMessages):
        store.offer(a_place(thread, "too-many"), NOW)
    assert store.attachment(thread.thread_id, "too-many") is None
    store.offer(a_place(thread, "another-account", "sub-marc"), NOW)


def test_a_file_is_added_with_its_conversation_and_its_message_or_not_at_all(store: AnyStore) -> None:
    thread = revealed(store)
    after, attachment = added(store, thread)
    assert (store.get(thread.thread_id), store.attachment(thread.thread_id, "file-1")) == (after, attachment)
    assert store.attachments(thread.thread_id, ["file-1", "none"]) == {"file-1": attachment}
    stale = a_place(thread).added("again", 100, "abc", NOW)  # as it was before
    with pytest.raises(Conflict):
        store.save(*after.add_file("file-1", "again", "producer", NOW), NOW, attachment=stale)
    assert store.get(thread.thread_id) == after
    assert store.every_attachment(thread.thread_id) == [attachment]


def test_a_file_is_changed_and_dropped_as_it_was_read(store: AnyStore) -> None:
    thread = revealed(store)
    place = a_place(thread)
    store.offer(place, NOW)
    store.change_attachment(place.refused("damaged", NOW))
    for late in (place.refused("empty", NOW), place.ended("withdrawn", NOW)):
        with pytest.raises(Conflict):
            store.change_attachment(late)
    with pytest.raises(Conflict):
        store.drop_attachment(place)
    store.drop_attachment(place.refused("damaged", NOW))
    assert store.attachment(thread.thread_id, "file-1") is None
    with pytest.raises(Conflict):
        store.drop_attachment(place)


def test_files_are_due_while_something_is_owed_for_them_and_with_the_end_of_their_conversation(store: AnyStore) -> None:
    thread, attachment = added(store, revealed(store))
    soon, late = NOW + timedelta(hours=1), NOW + timedelta(days=31)
    assert list(store.due_files(NOW)) == []
    assert list(store.due_files(soon)) == [(thread.thread_id, "file-1")]
    store.change_attachment(attachment.cleared())
    assert list(store.due_files(late)) == []
    declined = thread.decline(NOW)
    assert declined is not None
    store.save(*declined, NOW)
    assert list(store.due_files(NOW + timedelta(days=29))) == []
    assert list(store.due_files(late)) == [(thread.thread_id, None)]
    again = declined[0].show_interest(NOW + timedelta(days=7), NOW)
    assert again is not None
    store.save(*again, NOW)
    assert list(store.due_files(late)) == []
    over = again[0].decline(NOW)
    assert over is not None
    store.save(*over, NOW)
    gone = attachment.cleared().ended("deleted", NOW)
    store.save(*over[0].lose_file("file-1", NOW), NOW, attachment=gone)
    assert list(store.due_files(late)) == [(thread.thread_id, "file-1")]
    store.change_attachment(gone.cleared())
    assert list(store.due_files(NOW + timedelta(days=500))) == []
