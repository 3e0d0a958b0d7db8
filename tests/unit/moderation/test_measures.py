"""The life of a decision against somebody: what may happen to it, by whom, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.moderation.errors import (
    AnotherPersonNeeded,
    MeasureNotInThatState,
    OwnMeasure,
    TooLateToContest,
    TooLateToReply,
)
from chalicelib.moderation.grounds import EFFECTS, GROUND_IDS, GROUNDS
from chalicelib.moderation.models import (
    APPEAL_WITHIN,
    CONFIRM_WITHIN,
    OVER,
    REPLY_WITHIN,
    TRANSITIONS,
    Measure,
    Subject,
)
from chalicelib.platform.errors import DomainError, Invalid
from tests.support.moderation_fakes import NOW, later

SALOME, BASILE, NADIR, INES = "admin-1", "admin-2", "admin-3", "sub-ines"
ACCOUNT = Subject(kind="user", id=INES)

#: What each act does: by somebody who took no part, unless the rules ask for somebody else.
ACTS: dict[str, Any] = {
    "confirm": lambda one, now: one.confirm(BASILE, False, now),
    "decline": lambda one, now: one.decline(BASILE, False, now),
    "answer": lambda one, now: one.answer(INES, "Non.", now),
    "appeal": lambda one, now: one.contest(INES, "Non.", now),
    "uphold": lambda one, now: one.uphold(NADIR, "Si.", False, now),
    "lift": lambda one, now: one.lift(NADIR, False, now),
    "expire": lambda one, _now: one.lapse(later(days=400)),
}


def suspended(days: float | None = 3, last: datetime | None = None, ground: Any = "misleading") -> Measure:
    until = NOW + timedelta(days=days) if days is not None else None
    ended = last.isoformat().replace("+00:00", "Z") if last else None
    return Measure.suspend("m-1", ACCOUNT, ground, "Vu.", None, until, ended, SALOME, False, NOW)[0]


def in_state(state: str) -> Measure:
    if state == "proposed":
        return suspended(None)
    measure = suspended()
    if state in ("in_force", "appealed"):
        return measure if state == "in_force" else ACTS["appeal"](measure, NOW)[0]
    if state == "declined":
        return ACTS["decline"](suspended(None), NOW)[0]
    return ACTS["lift" if state == "lifted" else "expire"](measure, NOW)[0]


@pytest.mark.parametrize("state", ["proposed", "in_force", "appealed", "declined", "lifted", "expired"])
@pytest.mark.parametrize("act", sorted(ACTS))
def test_what_the_table_does_not_have_cannot_happen_and_what_it_has_ends_where_it_says(state: str, act: str) -> None:
    before = in_state(state)
    assert before.state == state
    allowed = TRANSITIONS.get((state, act))  # type: ignore[call-overload]
    if act == "expire":
        lapsed = before.lapse(later(days=400))
        expected = "declined" if state == "proposed" else allowed
        assert (lapsed[0].state if lapsed else None) == expected
        return
    if allowed is None:
        with pytest.raises(MeasureNotInThatState):
            ACTS[act](before, NOW)
        return
    after, fact = ACTS[act](before, NOW)
    assert (after.state, after.version, fact.aggregate_id) == (allowed, before.version + 1, "m-1")
    assert (after.ended_at is not None) == (after.state in OVER)


@pytest.mark.parametrize(
    ("days", "last", "state"),
    [
        (7, None, "in_force"),
        (7.01, None, "proposed"),
        (None, None, "proposed"),
        (1, NOW - timedelta(days=29), "proposed"),
        (1, NOW - timedelta(days=31), "in_force"),
    ],
)
def test_one_decides_up_to_a_week_once_a_month(days: float | None, last: datetime | None, state: str) -> None:
    assert suspended(days, last).state == state


def test_what_ends_within_the_hour_or_has_ended_is_no_suspension() -> None:
    for days in (-1, 0, 0.01):
        with pytest.raises(Invalid):
            suspended(days)


def test_a_suspension_holds_until_its_time_whatever_was_recorded() -> None:
    measure = suspended(3)
    assert measure.holds(later(days=2, hours=23))
    assert not measure.holds(later(days=3))
    assert measure.state == "in_force"
    assert measure.lapse(later(days=2)) is None
    assert not suspended(None).holds(NOW)


def test_nobody_confirms_what_they_proposed_nor_decides_an_appeal_against_themselves() -> None:
    proposed = suspended(None)
    with pytest.raises(AnotherPersonNeeded):
        proposed.confirm(SALOME, False, NOW)
    assert proposed.decline(SALOME, False, NOW)[0].state == "declined", "one may take back one's own"
    contested = ACTS["appeal"](proposed.confirm(BASILE, False, NOW)[0], NOW)[0]
    for administrator in (SALOME, BASILE):
        for act in (
            lambda who: contested.uphold(who, "Si.", False, NOW),
            lambda who: contested.lift(who, False, NOW),
        ):
            with pytest.raises(AnotherPersonNeeded):
                act(administrator)
    assert contested.took_part == {SALOME, BASILE}


def test_nobody_who_is_concerned_decides_anything() -> None:
    with pytest.raises(OwnMeasure):
        Measure.suspend("m-1", ACCOUNT, "misleading", "Vu.", None, None, None, SALOME, True, NOW)
    with pytest.raises(OwnMeasure):
        Measure.return_brief("m-1", "b", "c", 1, "misleading", "Vu.", None, SALOME, True, NOW)
    measure = suspended()
    for act in (lambda: measure.lift(SALOME, True, NOW), lambda: suspended(None).confirm(BASILE, True, NOW)):
        with pytest.raises(OwnMeasure):
            act()


def test_one_replies_once_within_a_fortnight_and_contests_once_within_six_months() -> None:
    measure = Measure.return_brief("m-1", "b", "c", 1, "misleading", "Vu.", None, SALOME, False, NOW)[0]
    replied = measure.answer(INES, "Non.", NOW + REPLY_WITHIN - timedelta(seconds=1))[0]
    contested = replied.contest(INES, "Non.", NOW + APPEAL_WITHIN - timedelta(seconds=1))[0]
    for again, refusal, moment in (
        (lambda now: measure.answer(INES, "Non.", now), TooLateToReply, NOW + REPLY_WITHIN),
        (lambda now: measure.contest(INES, "Non.", now), TooLateToContest, NOW + APPEAL_WITHIN),
        (lambda now: replied.answer(INES, "Oui.", now), MeasureNotInThatState, NOW),
        (lambda now: contested.contest(INES, "Oui.", now), MeasureNotInThatState, NOW),
    ):
        refused: type[DomainError] = refusal
        with pytest.raises(refused):
            again(moment)
    upheld = contested.uphold(BASILE, "Si.", False, NOW)[0]
    assert upheld.appeal_until is None
    with pytest.raises(MeasureNotInThatState):
        upheld.contest(INES, "Encore.", NOW)


def test_a_proposal_lapses_after_a_week_and_cannot_be_confirmed_once_its_time_is_over() -> None:
    proposed = suspended(8)
    assert proposed.lapse(NOW + CONFIRM_WITHIN - timedelta(seconds=1)) is None
    lapsed = proposed.lapse(NOW + CONFIRM_WITHIN)
    assert lapsed is not None
    assert (lapsed[0].state, lapsed[1].model_dump()["declined_by"]) == ("declined", "")
    with pytest.raises(Invalid):
        proposed.confirm(BASILE, False, later(days=9))


@pytest.mark.parametrize("ground", GROUND_IDS)
def test_each_ground_has_its_rule_in_both_languages_and_counts_against_what_it_says(ground: Any) -> None:
    rule = GROUNDS[ground]
    for words in (rule.label, rule.rule):
        assert words.fr
        assert words.en
        assert words.fr != words.en
    if "user" in rule.against:
        assert suspended(ground=ground).ground == ground
    else:
        with pytest.raises(Invalid):
            suspended(ground=ground)
    assert set(rule.against) <= set(EFFECTS)
