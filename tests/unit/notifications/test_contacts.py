"""What both sides are told of a conversation, of a project that fits and of a date that comes near: once, in its hour,
and only while it is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from chalicelib.briefs.events import BriefDeadlineNear
from chalicelib.conversations.events import (
    AnswerAwaited,
    Answered,
    Declined,
    Engaged,
    EngagementProposed,
    InterestShown,
    Interrupted,
    Invited,
    MessageSent,
    MissionBroken,
    Party,
    RevealAsked,
    Revealed,
)
from chalicelib.matching.events import Cause, ProjectFits
from chalicelib.notifications.contacts import Consent, Contact
from chalicelib.notifications.models import Channels, ContactStep, Kind, Preferences, Side, Suppression, address_id
from chalicelib.notifications.occasions import ContactFact
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.vocabulary.clock import PARIS, stamp
from tests.support.contact_files import (
    AT,
    BRIEF,
    CLAIRE,
    INES,
    PROFILE,
    THREAD,
    TOLD,
    after,
    contact,
    fitting,
    near,
)
from tests.support.notification_fakes import PostOffice

IDS: dict[str, Any] = {"thread_id": THREAD, "brief_id": BRIEF, "profile_id": PROFILE}
TOMORROW = "2026-11-24"

ONLY_DIGEST = Channels(email=False, digest=True)
ONLY_AT_ONCE = Channels(email=True, digest=False)
NOTHING = Channels(email=False, digest=False)

#: What each step is made known by, when it was done by the other side of whoever reads of it.
FACTS: dict[ContactStep, Callable[[Party], ContactFact]] = {
    "invited": lambda _: Invited(**IDS),
    "interest_shown": lambda _: InterestShown(**IDS),
    "declined": lambda _: Declined(**IDS, invited=True),
    "message": lambda by: MessageSent(**IDS, message_id="message-1", sender=by),
    "reveal_asked": lambda by: RevealAsked(**IDS, by=by),
    "revealed": lambda _: Revealed(**IDS),
    "answered": lambda _: Answered(**IDS, decision="not_retained", ground="other_dates"),
    "engagement_proposed": lambda by: EngagementProposed(**IDS, by=by),
    "engaged": lambda _: Engaged(**IDS, round=1),
    "broken": lambda by: MissionBroken(**IDS, by=by),
    "interrupted": lambda _: Interrupted(**IDS),
    "answer_due": lambda _: AnswerAwaited(**IDS, reminder=1, overdue=False),
    "answer_overdue": lambda _: AnswerAwaited(**IDS, reminder=2, overdue=True),
}


@pytest.fixture
def office() -> PostOffice:
    """Quiet hours from 21 to 7, three e-mails a day. It is nine in the morning in Paris."""
    return PostOffice(Rhythm())


def opposite(side: Side) -> Side:
    return "producer" if side == "freelancer" else "freelancer"


def stands(office: PostOffice, *contacts: Contact) -> None:
    for one in contacts:
        office.sources.contacts[one.thread_id, one.reader] = one


def tell(office: PostOffice, step: ContactStep, reader: Side, version: int = 4, at: str = AT) -> None:
    office.service.conversation_moved(FACTS[step](opposite(reader)), version, at)


def told(office: PostOffice) -> list[str]:
    office.work_off()
    return [message.subject for _, _, message in office.post.accepted]


def to(office: PostOffice) -> list[str]:
    return [recipient.sub for _, recipient, _ in office.post.accepted]


def states(office: PostOffice) -> dict[str, int]:
    found: dict[str, int] = {}
    for email in office.store.emails.values():
        found[email.state] = found.get(email.state, 0) + 1
    return found


def wishes(office: PostOffice, sub: str, **kinds: Channels) -> None:
    chosen: dict[Kind, Channels] = dict(kinds)  # type: ignore[arg-type]
    office.store.wishes[sub] = Preferences(sub, None, chosen, 1)


def paris(office: PostOffice, text: str) -> None:
    office.now = datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def fits(*profile_ids: str, brief_id: str = BRIEF, cause: Cause = "published") -> ProjectFits:
    return ProjectFits(brief_id=brief_id, publication_no=1, cause=cause, profile_ids=profile_ids)


def digest_of(office: PostOffice, sub: str) -> str:
    """What the digest of tomorrow says, once its hour has come."""
    paris(office, f"{TOMORROW}T08:31")
    office.sweep()
    office.work_off()
    return next(message.html for key, _, message in office.post.accepted if key == f"digest/{sub}/{TOMORROW}")


# What is told, to whom


@pytest.mark.parametrize(("step", "reader"), TOLD)
def test_each_step_is_told_once_to_its_reader_whatever_is_repeated(
    office: PostOffice, step: ContactStep, reader: Side
) -> None:
    stands(office, after(step, reader))
    for _ in range(3):
        tell(office, step, reader)
        office.work_off()
    office.pass_time(60)
    recipient = CLAIRE if reader == "producer" else INES
    assert told(office) == [f"{step} fr {THREAD}"]
    assert to(office) == [recipient.sub]


@pytest.mark.parametrize("step", ["revealed", "engaged"])
def test_what_both_brought_about_is_told_to_both(office: PostOffice, step: ContactStep) -> None:
    stands(office, after(step, "producer"), after(step, "freelancer"))
    tell(office, step, "producer")
    told(office)
    assert sorted(to(office)) == sorted([CLAIRE.sub, INES.sub])


def test_whoever_turned_away_unasked_is_not_told_of(office: PostOffice) -> None:
    stands(office, after("declined", "producer"))
    office.service.conversation_moved(Declined(**IDS, invited=False), 2, AT)
    assert told(office) == [] and office.store.emails == {}


@pytest.mark.parametrize(("step", "reader"), [(step, reader) for step, reader in TOLD if step != "message"])
def test_what_a_conversation_has_left_behind_is_not_told(office: PostOffice, step: ContactStep, reader: Side) -> None:
    """It came to this point again, at another instant, or went on from it."""
    stands(office, contact(reader, state="lapsed", talking=False))
    tell(office, step, reader)
    assert told(office) == [] and set(states(office)) == {"cancelled"}


@pytest.mark.parametrize(
    ("step", "reader"),
    [(step, reader) for step, reader in TOLD if step not in ("message", "answer_due", "answer_overdue")],
)
def test_the_same_step_taken_anew_is_told_for_the_new_time_alone(
    office: PostOffice, step: ContactStep, reader: Side
) -> None:
    stands(office, after(step, reader))
    tell(office, step, reader, version=2, at="2026-11-20T08:00:00.000Z")
    tell(office, step, reader, version=6)
    assert told(office) == [f"{step} fr {THREAD}"]
    assert set(states(office)) == {"cancelled", "sent"}


def test_an_invitation_to_a_project_that_is_over_is_not_told(office: PostOffice) -> None:
    stands(office, after("invited", "freelancer", live=False))
    tell(office, "invited", "freelancer")
    assert told(office) == []


def test_a_consent_that_its_reader_has_given_meanwhile_is_not_asked_for(office: PostOffice) -> None:
    stands(office, after("reveal_asked", "producer", reveal=Consent(AT, AT, AT), state="revealed"))
    tell(office, "reveal_asked", "producer")
    stands(office, after("engagement_proposed", "freelancer", engagement=Consent(AT, AT, AT), state="engaged"))
    tell(office, "engagement_proposed", "freelancer")
    assert told(office) == []


def test_somebody_without_an_address_is_not_written_to_and_administrators_see_it(office: PostOffice) -> None:
    stands(office, after("invited", "freelancer", recipient=None))
    tell(office, "invited", "freelancer")
    assert told(office) == []
    [email] = office.store.emails.values()
    assert (email.state, email.error_code) == ("refused", "no_recipient")


def test_steps_come_in_any_order_and_each_is_told_as_long_as_it_is_true() -> None:
    steps: list[tuple[ContactStep, Side, int]] = [
        ("invited", "freelancer", 1),
        ("interest_shown", "producer", 2),
        ("reveal_asked", "producer", 3),
    ]
    for order in permutations(steps):
        office = PostOffice(Rhythm())
        stands(
            office,
            after("reveal_asked", "freelancer", interested_at=AT, invited_at=AT),
            after("reveal_asked", "producer", interested_at=AT, invited_at=AT),
        )
        for step, reader, version in order:
            tell(office, step, reader, version)
        assert sorted(told(office)) == [f"interest_shown fr {THREAD}", f"reveal_asked fr {THREAD}"]


# The messages of a conversation


def written(office: PostOffice, number: int, reader: Side = "producer", **changes: Any) -> None:
    """One more message to that reader, now; the planner hears of it."""
    at = stamp(office.now)
    stands(office, after("message", reader, messages=number, last_message_at=at, **changes))
    tell(office, "message", reader, version=10 + number, at=at)


def test_a_message_is_told_at_once_and_those_of_the_next_hour_together(office: PostOffice) -> None:
    written(office, 1)
    assert len(told(office)) == 1
    for number in range(2, 6):
        office.later(minutes=10)
        written(office, number)
        assert len(told(office)) == 1
    waiting = [email for email in office.store.emails.values() if email.state == "planned"]
    assert {(email.held_for, email.due_at) for email in waiting} == {("gathering", "2026-11-23T09:00:00.000Z")}
    office.pass_time(15)
    assert len(told(office)) == 1
    office.pass_time(10)
    assert len(told(office)) == 2
    assert states(office) == {"sent": 2, "cancelled": 3}
    office.pass_time(180)
    assert len(told(office)) == 2


def test_what_the_reader_has_answered_meanwhile_is_not_told(office: PostOffice) -> None:
    written(office, 1)
    told(office)
    office.later(minutes=10)
    written(office, 2)
    stands(office, after("message", "producer", messages=3, last_message_from_me=True))
    office.pass_time(120)
    assert len(told(office)) == 1


def test_two_conversations_do_not_wait_for_each_other_and_the_two_sides_neither(office: PostOffice) -> None:
    written(office, 1)
    stands(office, after("message", "producer", thread_id="thread-2"))
    office.service.conversation_moved(
        MessageSent(**{**IDS, "thread_id": "thread-2"}, message_id="m", sender="freelancer"), 3, AT
    )
    written(office, 2, reader="freelancer")
    assert len(told(office)) == 3


def test_what_is_written_with_an_invitation_or_an_interest_is_told_with_it(office: PostOffice) -> None:
    soon = "2026-11-23T08:00:00.400Z"
    for step, reader in (("invited", "freelancer"), ("interest_shown", "producer")):
        stands(office, after(step, reader, messages=3, last_message_at=soon))  # type: ignore[arg-type]
        for version in (5, 6, 7):
            tell(office, "message", reader, version=version, at=soon)  # type: ignore[arg-type]
        tell(office, step, reader, version=4)  # type: ignore[arg-type]
    assert told(office) == [f"invited fr {THREAD}", f"interest_shown fr {THREAD}"]


def test_a_night_of_messages_is_one_e_mail_in_the_morning(office: PostOffice) -> None:
    paris(office, "2026-11-23T22:00")
    for number in range(1, 7):
        written(office, number)
        office.work_off()
        office.pass_time(80)
    assert told(office) == [], "it is not yet seven"
    paris(office, f"{TOMORROW}T07:00")
    office.pass_time(180)
    assert len(told(office)) == 1


def test_a_busy_post_neither_loses_a_message_nor_tells_it_twice(office: PostOffice) -> None:
    office.post.mood = "busy"
    written(office, 1)
    office.work_off()
    office.later(minutes=1)
    written(office, 2)
    office.work_off()
    office.post.mood = "accepts"
    office.pass_time(180)
    assert len(told(office)) == 1


# Preferences, hours, the day's ceiling


def test_what_is_turned_off_is_not_told_and_other_kinds_are(office: PostOffice) -> None:
    wishes(office, INES.sub, contacts=NOTHING)
    stands(office, after("invited", "freelancer"))
    tell(office, "invited", "freelancer")
    stands(office, after("answered", "freelancer"))
    tell(office, "answered", "freelancer", version=9)
    assert told(office) == [f"answered fr {THREAD}"]


@pytest.mark.parametrize(
    ("step", "reader", "kind"),
    [
        ("invited", "freelancer", "contacts"),
        ("message", "producer", "contacts"),
        ("answered", "freelancer", "answers"),
        ("answer_due", "producer", "answers"),
    ],
)
def test_each_carries_the_link_that_turns_its_kind_off(
    office: PostOffice, step: ContactStep, reader: Side, kind: str
) -> None:
    stands(office, after(step, reader))
    tell(office, step, reader)
    told(office)
    [(_, recipient, message)] = office.post.accepted
    assert message.unsubscribe is not None and message.unsubscribe.endswith(f"/{recipient.sub}.{kind}")


def test_an_overdue_answer_is_asked_for_whatever_its_producer_wants_and_has_no_link(office: PostOffice) -> None:
    wishes(office, CLAIRE.sub, answers=NOTHING, contacts=NOTHING)
    for number, step in enumerate(("answer_due", "answer_overdue")):
        stands(office, after(step, "producer"))  # type: ignore[arg-type]
        tell(office, step, "producer", version=number + 4)  # type: ignore[arg-type]
        office.work_off()
    [(_, _, message)] = office.post.accepted
    assert (message.subject, message.unsubscribe) == (f"answer_overdue fr {THREAD}", None)


def test_an_overdue_answer_neither_wakes_anybody_nor_goes_to_an_address_that_takes_nothing(
    office: PostOffice,
) -> None:
    paris(office, "2026-11-23T23:00")
    stands(office, after("answer_overdue", "producer"))
    tell(office, "answer_overdue", "producer")
    assert told(office) == []
    digest = address_id(CLAIRE.email)
    office.store.suppressed[digest] = Suppression(digest, "hard_bounce", AT)
    office.pass_time(9 * 60)
    assert states(office) == {"suppressed": 1}


def test_an_answer_that_stays_overdue_is_asked_for_ever_more_seldom(office: PostOffice) -> None:
    stands(office, after("answer_overdue", "producer"))
    told_at = []
    for reminder in range(1, 40):
        before = len(office.post.accepted)
        office.service.conversation_moved(
            AnswerAwaited(**IDS, reminder=reminder, overdue=True), 10 + reminder, stamp(office.now)
        )
        office.work_off()
        if len(office.post.accepted) > before:
            told_at.append(reminder)
        office.later(days=2)
    assert told_at == [1, 2, 3, 5, 9, 17, 33]


def test_a_fourth_of_the_day_joins_the_digest_and_an_answer_waits_whole_for_the_next_morning(
    office: PostOffice,
) -> None:
    stands(office, after("reveal_asked", "freelancer"))
    for version in (1, 2, 3):
        tell(office, "reveal_asked", "freelancer", version)
    assert len(told(office)) == 3
    tell(office, "reveal_asked", "freelancer", 4)
    stands(office, after("answered", "freelancer", thread_id="thread-2"))
    office.service.conversation_moved(
        Answered(**{**IDS, "thread_id": "thread-2"}, decision="not_retained", ground="other_dates"), 9, AT
    )
    assert len(told(office)) == 3
    held = [email.held_for for email in office.store.emails.values() if email.kind == "answers"]
    assert held == ["daily_ceiling"]
    assert digest_of(office, INES.sub) == f"{THREAD}:reveal_asked"
    assert "answered fr thread-2" in told(office)


def test_at_night_everything_waits_for_seven(office: PostOffice) -> None:
    paris(office, "2026-11-23T21:30")
    stands(office, after("invited", "freelancer"))
    tell(office, "invited", "freelancer")
    office.sources.fits[BRIEF, PROFILE] = fitting(urgent=True)
    office.service.project_fits(fits(PROFILE))
    assert told(office) == []
    office.pass_time(9 * 60)
    assert told(office) == []
    office.pass_time(45)
    assert len(told(office)) == 2


def test_who_wants_the_digest_alone_reads_there_what_is_still_true(office: PostOffice) -> None:
    wishes(office, INES.sub, contacts=ONLY_DIGEST, answers=ONLY_DIGEST)
    stands(office, after("reveal_asked", "freelancer"))
    stands(office, after("invited", "freelancer", thread_id="thread-2"))
    tell(office, "reveal_asked", "freelancer")
    office.service.conversation_moved(Invited(**{**IDS, "thread_id": "thread-2"}), 1, AT)
    assert told(office) == []
    stands(office, contact("freelancer", thread_id="thread-2", state="declined"))
    assert digest_of(office, INES.sub) == f"{THREAD}:reveal_asked"


def test_of_many_messages_a_digest_tells_once(office: PostOffice) -> None:
    wishes(office, CLAIRE.sub, contacts=ONLY_DIGEST)
    for number in range(1, 5):
        written(office, number)
        office.work_off()
        office.later(minutes=30)
    assert digest_of(office, CLAIRE.sub) == f"{THREAD}:message"


# Projects that fit


def test_a_project_that_fits_waits_for_the_digest_of_half_past_eight(office: PostOffice) -> None:
    for number in range(3):
        office.sources.fits[f"brief-{number}", PROFILE] = fitting(brief_id=f"brief-{number}")
        office.service.project_fits(fits(PROFILE, brief_id=f"brief-{number}"))
    assert told(office) == []
    digest = office.store.emails[f"digest/{INES.sub}/{TOMORROW}"]
    assert digest.due_at == f"{TOMORROW}T07:30:00.000Z"
    assert digest_of(office, INES.sub) == "brief-0:fits;brief-1:fits;brief-2:fits"


def test_an_urgent_one_goes_at_once_three_times_a_day_and_then_joins_the_digest(office: PostOffice) -> None:
    for number in range(5):
        office.sources.fits[f"brief-{number}", PROFILE] = fitting(brief_id=f"brief-{number}", urgent=True)
        office.service.project_fits(fits(PROFILE, brief_id=f"brief-{number}"))
    assert told(office) == [f"fits fr brief-{number}" for number in range(3)]
    assert digest_of(office, INES.sub) == "brief-3:fits;brief-4:fits"


def test_whoever_changed_their_own_profile_reads_even_of_an_urgent_one_in_the_digest(office: PostOffice) -> None:
    office.sources.fits[BRIEF, PROFILE] = fitting(urgent=True)
    office.service.project_fits(fits(PROFILE, cause="profile"))
    assert told(office) == []
    assert digest_of(office, INES.sub) == f"{BRIEF}:fits"


def test_who_wants_no_digest_gets_each_at_once_and_who_wants_nothing_gets_nothing(office: PostOffice) -> None:
    office.sources.fits[BRIEF, PROFILE] = fitting()
    wishes(office, INES.sub, projects=ONLY_AT_ONCE)
    office.service.project_fits(fits(PROFILE))
    assert told(office) == [f"fits fr {BRIEF}"]
    office.sources.fits["brief-2", PROFILE] = fitting(brief_id="brief-2")
    wishes(office, INES.sub, projects=NOTHING)
    office.service.project_fits(fits(PROFILE, brief_id="brief-2"))
    assert len(told(office)) == 1


def test_a_project_is_told_to_a_person_once_ever_however_often_it_comes_back(office: PostOffice) -> None:
    office.sources.fits[BRIEF, PROFILE] = fitting(urgent=True)
    for cause in ("published", "published", "resumed", "profile"):
        office.service.project_fits(fits(PROFILE, cause=cause))  # type: ignore[arg-type]
        office.work_off()
    assert told(office) == [f"fits fr {BRIEF}"]


def test_a_project_that_is_over_or_that_the_person_knows_already_is_not_told_of(office: PostOffice) -> None:
    office.sources.fits[BRIEF, PROFILE] = fitting(urgent=True, open_to_them=False)
    office.service.project_fits(fits(PROFILE, "profile-gone"))
    assert told(office) == []
    assert states(office) == {"cancelled": 2}


def test_what_waits_in_a_digest_and_is_over_in_the_morning_is_not_told_of(office: PostOffice) -> None:
    for number in range(2):
        office.sources.fits[f"brief-{number}", PROFILE] = fitting(brief_id=f"brief-{number}")
        office.service.project_fits(fits(PROFILE, brief_id=f"brief-{number}"))
    told(office)
    office.sources.fits["brief-0", PROFILE] = fitting(brief_id="brief-0", open_to_them=False)
    assert digest_of(office, INES.sub) == "brief-1:fits"


# Dates that come near


def reminder(days_left: int = 7, publication_no: int = 1) -> BriefDeadlineNear:
    return BriefDeadlineNear(brief_id=BRIEF, which="option_end", days_left=days_left, publication_no=publication_no)


def test_each_reminder_goes_once_to_who_published_the_project(office: PostOffice) -> None:
    office.sources.near[BRIEF, 1, "option_end"] = near()
    for days_left in (14, 7, 7, 14):
        office.service.deadline_near(reminder(days_left))
    assert told(office) == [f"option_end fr {BRIEF}"] * 2
    assert to(office) == [CLAIRE.sub] * 2


def test_a_date_that_no_longer_binds_is_not_told_of(office: PostOffice) -> None:
    office.sources.near[BRIEF, 1, "option_end"] = near(binds=False)
    office.service.deadline_near(reminder())
    office.service.deadline_near(reminder(publication_no=2))
    assert told(office) == [] and states(office) == {"cancelled": 2}


def test_a_reminder_beyond_the_day_s_ceiling_waits_whole_for_the_next_morning(office: PostOffice) -> None:
    office.sources.near[BRIEF, 1, "option_end"] = near()
    for days_left in (30, 14, 7, 2):
        office.service.deadline_near(reminder(days_left))
    assert len(told(office)) == 3
    office.now += timedelta(days=1)
    office.sweep()
    assert len(told(office)) == 4


def test_who_wants_reminders_in_the_digest_reads_them_there_beside_the_shortlist_of_the_same_project(
    office: PostOffice,
) -> None:
    wishes(office, CLAIRE.sub, deadlines=ONLY_DIGEST, shortlist=ONLY_DIGEST)
    office.sources.near[BRIEF, 1, "option_end"] = near()
    office.hear(office.publish("a"))
    office.service.deadline_near(reminder())
    assert told(office) == []
    assert sorted(digest_of(office, CLAIRE.sub).split(";")) == [f"{BRIEF}:a", f"{BRIEF}:option_end"]
