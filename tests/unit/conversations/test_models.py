"""What the facts of a conversation say of themselves: whoever counts them asks for nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.conversations.events import AnswerAwaited, Answered, Engaged, InterestShown
from chalicelib.conversations.models import Thread

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUE = NOW + timedelta(days=7)
LATE = DUE + timedelta(milliseconds=1)


def step(made: tuple[Thread, Any] | None) -> tuple[Thread, Any]:
    assert made is not None
    return made


def begun(publication_no: int = 2) -> Thread:
    return Thread.begin("brief-1", "company-1", "profile-1", "sub-1", publication_no, NOW)


def interested() -> Thread:
    return step(begun().show_interest(DUE, NOW))[0]


def revealed() -> Thread:
    thread = step(interested().agree_to_reveal("producer", NOW))[0]
    return step(thread.agree_to_reveal("freelancer", NOW))[0]


def test_interest_says_whether_it_had_been_asked_for() -> None:
    _, unasked = step(begun().show_interest(DUE, NOW))
    thread, _ = step(begun().invite("member-1", date(2026, 12, 8), NOW))
    _, asked = step(thread.show_interest(DUE, NOW))
    assert isinstance(unasked, InterestShown) and isinstance(asked, InterestShown)
    assert (unasked.invited, asked.invited) == (False, True)


@pytest.mark.parametrize(("moment", "overdue"), [(NOW, False), (DUE, True), (LATE, True)])
def test_an_answer_a_reminder_and_an_engagement_say_whether_they_are_late_and_in_which_round(
    moment: datetime, overdue: bool
) -> None:
    _, answered = step(interested().answer("retained", "to_meet", None, "member-1", moment))
    _, awaited = step(interested().remind(moment))
    thread, _ = step(revealed().confirm_engagement("producer", moment))
    _, engaged = step(thread.confirm_engagement("freelancer", moment))
    for fact, kind in ((answered, Answered), (awaited, AnswerAwaited), (engaged, Engaged)):
        assert isinstance(fact, kind)
        assert (fact.round, fact.overdue) == (2, overdue)


def test_what_follows_an_answer_in_time_is_never_late() -> None:
    thread, _ = step(revealed().answer("retained", "to_meet", None, "member-1", NOW))
    _, changed = step(thread.answer("not_retained", "other_dates", None, "member-1", LATE))
    thread, _ = step(thread.confirm_engagement("producer", LATE))
    _, engaged = step(thread.confirm_engagement("freelancer", LATE))
    assert not changed.overdue
    assert not engaged.overdue
