"""Files of a conversation on stores in memory: who may send what and when, and what is left when anything is cut."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.conversations.attachment_formats import ENDINGS
from chalicelib.conversations.errors import (
    AttachmentGone,
    AttachmentNotArrived,
    AttachmentTimedOut,
    NoFilesYet,
    NotOpen,
    TooManyAttachments,
    TooManyMessages,
)
from chalicelib.conversations.models import (
    MOST_FILES,
    PER_HOUR,
    SETTLED_AFTER,
    UPLOAD_SECONDS,
    Attachment,
    Thread,
    thread_id_of,
)
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Invalid, NotFound, Retryable
from chalicelib.vocabulary.retention import ATTACHMENTS_AFTER_THE_END, ATTACHMENTS_AT_MOST
from tests.support.conversation_fakes import COLLEAGUE, FREELANCER, OTHER, PRODUCER, RIVAL, FakeHouse
from tests.support.evidence_fakes import a_pdf, a_png

THREAD = thread_id_of("brief-1", "profile-ines")
PDF = "application/pdf"
#: From when on nothing of an upload can arrive.
OVER = timedelta(seconds=UPLOAD_SECONDS) + SETTLED_AFTER


@pytest.fixture
def house() -> FakeHouse:
    """In which the two know each other."""
    house = FakeHouse()
    house.service.show_interest(FREELANCER, "brief-1", None, ())
    house.service.agree_to_reveal(PRODUCER, THREAD)
    house.service.agree_to_reveal(FREELANCER, THREAD)
    return house


def offered(house: FakeHouse, actor: Actor = PRODUCER, name: str = "bible.pdf", one: str = "file-1") -> Attachment:
    attachment, _ = house.attachments.offer(actor, THREAD, one, name, PDF, len(a_pdf()))
    return attachment


def sent(house: FakeHouse, actor: Actor = PRODUCER, content: bytes | None = None, one: str = "file-1") -> Attachment:
    attachment = offered(house, actor, one=one)
    house.bucket.held[attachment.upload_key] = a_pdf() if content is None else content
    return attachment


def added(house: FakeHouse, actor: Actor = PRODUCER, one: str = "file-1") -> Attachment:
    sent(house, actor, one=one)
    return house.attachments.confirm(actor, THREAD, one)


def thread(house: FakeHouse) -> Thread:
    found = house.store.get(THREAD)
    assert found is not None
    return found


def files(house: FakeHouse) -> list[str]:
    return [fact.removeprefix("file_") for fact in house.happened() if fact.startswith("file_")]


def test_a_file_that_is_sent_and_confirmed_stands_in_the_conversation_for_both(house: FakeHouse) -> None:
    attachment = added(house)
    assert (attachment.status, attachment.size, attachment.sender) == ("added", len(a_pdf()), "producer")
    assert house.bucket.held == {attachment.key: a_pdf()}
    for actor, mine in ((PRODUCER, True), (FREELANCER, False)):
        [said], _ = house.service.messages(actor, THREAD, None)
        assert (said.attachment, said.mine, said.text) == (attachment, mine, "")
        side, reading = house.attachments.open(actor, THREAD, "file-1")
        assert (side == "producer", reading.url.split("?")[0]) == (mine, f"https://attachments.test/{attachment.key}")
    assert (thread(house).messages, thread(house).files, files(house)) == (1, 1, ["added"])


@pytest.mark.parametrize("side", [PRODUCER, FREELANCER])
def test_before_the_reveal_nothing_of_a_file_is_taken(side: Actor) -> None:
    house = FakeHouse()
    house.service.show_interest(FREELANCER, "brief-1", None, ())
    for agreeing in (None, PRODUCER):
        if agreeing is not None:
            house.service.agree_to_reveal(agreeing, THREAD)
        with pytest.raises(NoFilesYet):
            offered(house, side)
    assert house.store.every_attachment(THREAD) == []


@pytest.mark.parametrize(
    "end",
    [
        lambda house: house.service.decline(FREELANCER, "brief-1"),
        lambda house: house.service.answer(PRODUCER, THREAD, "not_retained", "other_dates", None),
    ],
)
def test_once_it_is_over_nothing_is_added_and_nothing_confirmed(
    house: FakeHouse, end: Callable[[FakeHouse], Any]
) -> None:
    sent(house)
    end(house)
    with pytest.raises(NotOpen):
        house.attachments.confirm(PRODUCER, THREAD, "file-1")
    with pytest.raises(NotOpen):
        offered(house, one="file-2")
    assert files(house) == []


@pytest.mark.parametrize("stranger", [OTHER, RIVAL])
def test_who_is_not_in_it_finds_nothing(house: FakeHouse, stranger: Actor) -> None:
    added(house)
    for act in (house.attachments.confirm, house.attachments.open, house.attachments.withdraw):
        with pytest.raises(NotFound):
            act(stranger, THREAD, "file-1")
    with pytest.raises(NotFound):
        offered(house, stranger, one="file-2")


def test_what_the_other_side_has_not_confirmed_is_not_there(house: FakeHouse) -> None:
    sent(house)
    for act in (house.attachments.confirm, house.attachments.open, house.attachments.withdraw):
        with pytest.raises(NotFound):
            act(FREELANCER, THREAD, "file-1")
    with pytest.raises(AttachmentGone):
        house.attachments.open(PRODUCER, THREAD, "file-1")


def test_one_side_takes_back_its_own_and_not_the_others(house: FakeHouse) -> None:
    added(house)
    with pytest.raises(NotFound):
        house.attachments.withdraw(FREELANCER, THREAD, "file-1")
    for _ in range(2):
        gone = house.attachments.withdraw(COLLEAGUE, THREAD, "file-1")
        assert (gone.status, gone.name, gone.sha256) == ("withdrawn", None, None)
    assert (house.bucket.held, thread(house).files, files(house)) == ({}, 0, ["added", "withdrawn"])
    with pytest.raises(AttachmentGone):
        house.attachments.open(FREELANCER, THREAD, "file-1")
    [said], _ = house.service.messages(FREELANCER, THREAD, None)
    assert said.attachment is not None
    assert said.attachment.status == "withdrawn"


def test_a_file_may_be_taken_back_after_the_end(house: FakeHouse) -> None:
    added(house)
    house.service.decline(FREELANCER, "brief-1")
    assert house.attachments.withdraw(PRODUCER, THREAD, "file-1").status == "withdrawn"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (a_png(), "another_type"),
        (b"<html>", "unknown_type"),
        (a_pdf() + b"\n", "another_size"),
        (a_pdf("<< /S /JavaScript /JS (app.alert\\(1\\)) >>"), "script"),
        (b"", "empty"),
    ],
)
def test_what_is_not_what_it_was_said_to_be_is_refused_with_the_reason_and_told_to_nobody(
    house: FakeHouse, content: bytes, reason: str
) -> None:
    sent(house, content=content)
    for _ in range(2):
        refused = house.attachments.confirm(PRODUCER, THREAD, "file-1")
        assert (refused.status, refused.refusal) == ("refused", reason)
    assert (house.bucket.held, files(house), thread(house).messages) == ({}, [], 0)
    with pytest.raises(NotFound):
        house.attachments.open(FREELANCER, THREAD, "file-1")
    house.now += OVER
    house.sweep()
    assert house.store.every_attachment(THREAD) == []


def test_confirming_before_it_arrives_says_so_and_after_its_time_is_too_late(house: FakeHouse) -> None:
    attachment = offered(house)
    with pytest.raises(AttachmentNotArrived):
        house.attachments.confirm(PRODUCER, THREAD, "file-1")
    house.now += timedelta(seconds=UPLOAD_SECONDS)
    with pytest.raises(AttachmentTimedOut):
        offered(house)
    house.bucket.held[attachment.upload_key] = a_pdf()
    house.now += SETTLED_AFTER
    with pytest.raises(AttachmentTimedOut):
        house.attachments.confirm(PRODUCER, THREAD, "file-1")
    house.sweep()
    assert (house.bucket.held, house.store.every_attachment(THREAD), files(house)) == ({}, [], [])


def test_the_same_request_gives_the_same_place(house: FakeHouse) -> None:
    first, form = house.attachments.offer(PRODUCER, THREAD, "file-1", "bible.pdf", PDF, 100)
    house.now += timedelta(minutes=4)
    again, later = house.attachments.offer(PRODUCER, THREAD, "file-1", "bible.pdf", PDF, 100)
    assert (again, later.url, later.until) == (first, form.url, form.until)
    assert int(later.fields["seconds"]) < int(form.fields["seconds"])
    assert form.fields["bytes"] == "100"


def test_confirming_twice_adds_once(house: FakeHouse) -> None:
    first = added(house)
    assert house.attachments.confirm(PRODUCER, THREAD, "file-1") == first
    assert (files(house), thread(house).messages) == (["added"], 1)


@pytest.mark.parametrize("media_type", ENDINGS)
def test_a_name_ends_as_those_of_its_type(house: FakeHouse, media_type: str) -> None:
    with pytest.raises(Invalid) as refused:
        house.attachments.offer(PRODUCER, THREAD, "file-1", "page.html", media_type, 100)
    assert [(one.pointer, one.code) for one in refused.value.fields] == [("/name", "wrong_ending")]
    ending = ENDINGS[media_type][-1]
    assert house.attachments.offer(PRODUCER, THREAD, "file-1", f"Séquencier{ending.upper()}", media_type, 100)


def test_a_conversation_holds_twenty_files_and_an_account_offers_as_many_an_hour(house: FakeHouse) -> None:
    for number in range(MOST_FILES):
        added(house, one=f"file-{number:02}")
    with pytest.raises(TooManyAttachments):
        offered(house, one="one-more")
    house.attachments.withdraw(PRODUCER, THREAD, "file-00")
    assert PER_HOUR["file"] == MOST_FILES
    with pytest.raises(TooManyMessages):
        offered(house, one="one-more")
    sent(house, FREELANCER, one="theirs")
    offered(house, COLLEAGUE, one="one-more")
    assert house.attachments.confirm(FREELANCER, THREAD, "theirs").status == "added"
    house.bucket.held[f"quarantine/{THREAD}/one-more"] = a_pdf()
    with pytest.raises(TooManyAttachments):
        house.attachments.confirm(COLLEAGUE, THREAD, "one-more")
    assert thread(house).files == MOST_FILES
    house.now += OVER
    house.sweep()
    assert len(house.bucket.held) == MOST_FILES


# ---- how long they are kept


def test_thirty_days_after_the_end_they_are_gone_and_not_before(house: FakeHouse) -> None:
    added(house)
    added(house, FREELANCER, "file-2")
    house.service.decline(FREELANCER, "brief-1")
    house.now += ATTACHMENTS_AFTER_THE_END - timedelta(minutes=1)
    house.sweep()
    assert len(house.bucket.held) == 2
    house.now += timedelta(minutes=2)
    house.sweep()
    assert (house.bucket.held, thread(house).files, files(house)) == ({}, 0, ["added", "added", "deleted", "deleted"])
    assert {(one.status, one.name, one.due_at) for one in house.store.every_attachment(THREAD)} == {
        ("deleted", None, None)
    }
    assert house.attachments.due() == []


def test_a_conversation_that_begins_again_keeps_them(house: FakeHouse) -> None:
    added(house)
    house.service.decline(FREELANCER, "brief-1")
    house.service.show_interest(FREELANCER, "brief-1", None, ())
    house.now += ATTACHMENTS_AFTER_THE_END * 2
    house.sweep()
    assert len(house.bucket.held) == 1


def test_in_one_that_never_ends_they_are_kept_a_year(house: FakeHouse) -> None:
    for one in (PRODUCER, FREELANCER):
        house.service.confirm_engagement(one, THREAD)
    added(house)
    house.now += ATTACHMENTS_AT_MOST - timedelta(days=1)
    house.sweep()
    assert len(house.bucket.held) == 1
    house.now += timedelta(days=2)
    house.sweep()
    assert (house.bucket.held, thread(house).files) == ({}, 0)


# ---- cut short, at once, and out of order


class Cut(Exception):
    """The function ends here."""


class Cutting:
    """Everything that is called on it works, up to one call."""

    def __init__(self, behind: Any, left: list[int]) -> None:
        self._behind, self._left = behind, left

    def __getattr__(self, name: str) -> Any:
        called = getattr(self._behind, name)
        if not callable(called):
            return called

        def cut(*arguments: Any, **more: Any) -> Any:
            self._left[0] -= 1
            if self._left[0] == 0:
                raise Cut
            found = called(*arguments, **more)
            self._left[0] -= 1
            if self._left[0] == 0:
                raise Cut
            return found

        return cut


def _cut(house: FakeHouse, after: int, act: Callable[[], object]) -> bool:
    """Runs it up to that many halves of calls; whether it was cut."""
    left = [after]
    kept = house.attachments._store, house.attachments._files
    house.attachments._store, house.attachments._files = Cutting(kept[0], left), Cutting(kept[1], left)
    try:
        act()
    except Cut:
        return True
    finally:
        house.attachments._store, house.attachments._files = kept
    return False


def _consistent(house: FakeHouse) -> None:
    """Whatever happened: the conversation counts the files that can be read, and they alone lie in the bucket once
    nothing is under way."""
    readable = [one for one in house.store.every_attachment(THREAD) if one.status == "added"]
    assert thread(house).files == len(readable)
    assert set(house.bucket.held) == {one.key for one in readable}
    assert files(house).count("added") == thread(house).messages
    shown = {one.attachment_id for one in house.store.every_attachment(THREAD)}
    said, _ = house.service.messages(PRODUCER, THREAD, None)
    assert {one.message.attachment_id for one in said} <= shown
    assert house.attachments.due() == [] or readable


@pytest.mark.parametrize("act", ["offer", "confirm", "refuse", "withdraw", "withdraw unsent", "end", "forget"])
@pytest.mark.parametrize("again", [True, False])
def test_cut_short_anywhere_and_done_again_or_never_nothing_is_half(act: str, again: bool) -> None:
    after, ended = 0, False
    while not ended:
        after += 1
        house = FakeHouse()
        house.service.show_interest(FREELANCER, "brief-1", None, ())
        house.service.agree_to_reveal(PRODUCER, THREAD)
        house.service.agree_to_reveal(FREELANCER, THREAD)
        if act in ("confirm", "withdraw unsent"):
            sent(house)
        elif act == "refuse":
            sent(house, content=a_png())
        elif act != "offer":
            added(house)
        if act == "end":
            house.service.decline(FREELANCER, "brief-1")
            house.now += ATTACHMENTS_AFTER_THE_END + timedelta(hours=1)
        known = house.store.attachment(THREAD, "file-1")
        doing: dict[str, Callable[[], object]] = {
            "offer": lambda house=house: offered(house),
            "confirm": lambda house=house: house.attachments.confirm(PRODUCER, THREAD, "file-1"),
            "refuse": lambda house=house: house.attachments.confirm(PRODUCER, THREAD, "file-1"),
            "withdraw": lambda house=house: house.attachments.withdraw(PRODUCER, THREAD, "file-1"),
            "withdraw unsent": lambda house=house: house.attachments.withdraw(PRODUCER, THREAD, "file-1"),
            "end": lambda house=house: house.attachments.attend((THREAD, None)),
            "forget": lambda house=house, known=known: house.attachments.forget(known),
        }
        ended = not _cut(house, after, doing[act])
        if again:
            doing[act]()
        for _ in range(2):
            house.now += OVER
            house.sweep()
        _consistent(house)
        if again or ended:
            expected = {"confirm": 1}.get(act, 0)
            assert thread(house).files == expected, after
    assert after > 3


def test_while_the_bucket_is_away_nothing_is_lost(house: FakeHouse) -> None:
    sent(house)
    house.bucket.broken = True
    with pytest.raises(Retryable):
        house.attachments.confirm(PRODUCER, THREAD, "file-1")
    house.bucket.broken = False
    assert house.attachments.confirm(PRODUCER, THREAD, "file-1").status == "added"
    house.bucket.broken = True
    assert house.attachments.withdraw(PRODUCER, THREAD, "file-1").status == "withdrawn"
    house.now += OVER
    house.sweep()
    house.bucket.broken = False
    house.sweep()
    _consistent(house)


def test_two_confirmations_of_different_bytes_keep_one(house: FakeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second upload under the same form comes between the reading and the writing of the first confirmation."""
    attachment = sent(house)
    other = a_pdf("<< /Length 5 >>")
    put, raced = house.bucket.put, []

    def put_while_another_confirms(key: str, content: bytes, media_type: str | None = None) -> None:
        put(key, content, media_type)
        if not raced:
            raced.append(True)
            house.bucket.held[attachment.upload_key] = other.ljust(len(a_pdf()))[: len(a_pdf())]
            house.attachments.confirm(COLLEAGUE, THREAD, "file-1")

    monkeypatch.setattr(house.bucket, "put", put_while_another_confirms)
    house.attachments.confirm(PRODUCER, THREAD, "file-1")
    house.now += OVER
    house.sweep()
    assert raced
    assert thread(house).files <= 1
    assert len(house.bucket.held) == thread(house).files


def test_an_act_between_the_check_and_the_conversation_is_no_conflict(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(house)
    save, met = house.store.save, []

    def save_after_a_message(*arguments: Any, **more: Any) -> None:
        if not met:
            met.append(True)
            house.service.say(FREELANCER, THREAD, "Bien reçu.", None, "01M842S0RBNNSS9DXA8NAVEFTT")
        save(*arguments, **more)

    monkeypatch.setattr(house.store, "save", save_after_a_message)
    assert house.attachments.confirm(PRODUCER, THREAD, "file-1").status == "added"
    assert (thread(house).messages, thread(house).files) == (2, 1)
