"""The life of a report and of a request to know who is behind a brief."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.moderation.errors import (
    AnotherPersonNeeded,
    HeldBySomebody,
    IdentityNotReadable,
    IdentityRequestOver,
    OwnMeasure,
    OwnReport,
    ReportIsDecided,
)
from chalicelib.moderation.grounds import OUTCOMES, REPORT_REASONS
from chalicelib.moderation.models import (
    AGREE_WITHIN,
    LEASE,
    READABLE_FOR,
    REPORT_WITHIN,
    IdentityRequest,
    Report,
    Subject,
    Thing,
)
from chalicelib.platform.errors import Invalid
from chalicelib.vocabulary.clock import stamp
from tests.support.moderation_fakes import NOW, later

SALOME, BASILE, NADIR, INES = "admin-1", "admin-2", "admin-3", "sub-ines"
THING = Thing(
    about="brief", id="brief-1", brief_id="brief-1", by="freelancer", subject=Subject(kind="company", id="company-1")
)


def report() -> Report:
    return Report.file(INES, THING, "fraud", "Les dates ne tiennent pas.", NOW)[0]


def test_a_report_is_due_within_a_day_and_is_the_same_for_the_same_person_and_thing() -> None:
    first, again = report(), Report.file(INES, THING, "other", None, later(days=1))[0]
    assert first.due_at == stamp(NOW + REPORT_WITHIN)
    assert timedelta(hours=24) == REPORT_WITHIN
    assert first.report_id == again.report_id
    assert Report.file("sub-noe", THING, "fraud", None, NOW)[0].report_id != first.report_id


def test_whoever_takes_it_has_it_for_a_while() -> None:
    taken = report().claim(SALOME, False, NOW)[0]
    for act in (
        lambda: taken.claim(BASILE, False, NOW),
        lambda: taken.decide(BASILE, False, "no_breach", "Rien.", None, NOW),
    ):
        with pytest.raises(HeldBySomebody):
            act()
    assert taken.claim(SALOME, False, later(minutes=20))[0].claimed_until == stamp(later(minutes=20) + LEASE)
    assert taken.claim(BASILE, False, NOW + LEASE)[0].claimed_by == BASILE
    released = taken.release(SALOME)
    assert released is not None
    assert released[0].claimed_by is None
    assert taken.release(BASILE) is None


def test_it_is_decided_once_and_by_nobody_whom_it_concerns() -> None:
    decided, fact = report().decide(SALOME, False, "reminder", "Rappelé.", "Un essai se paie.", NOW)
    assert fact.model_dump()["reminded"] is True
    for act in (
        lambda: decided.decide(BASILE, False, "no_breach", "Rien.", None, NOW),
        lambda: decided.claim(BASILE, False, NOW),
    ):
        with pytest.raises(ReportIsDecided):
            act()
    assert decided.release(SALOME) is None
    for who, concerned in ((SALOME, True), (INES, False)):
        with pytest.raises(OwnReport):
            report().decide(who, concerned, "no_breach", "Rien.", None, NOW)


@pytest.mark.parametrize(("outcome", "reminder"), [("reminder", None), ("no_breach", "Attention.")])
def test_a_reminder_has_words_and_nothing_else_has(outcome: Any, reminder: str | None) -> None:
    with pytest.raises(Invalid):
        report().decide(SALOME, False, outcome, "Vu.", reminder, NOW)


def test_every_word_of_the_closed_lists_is_in_both_languages() -> None:
    for words in (*REPORT_REASONS.values(), *OUTCOMES.values()):
        assert words.fr
        assert words.en


# ---- who is behind a brief


def asked() -> IdentityRequest:
    return IdentityRequest.ask("r-1", "brief-1", "Tribunal", "L5332-2", "12", SALOME, False, NOW)[0]


def test_nobody_alone_gets_it_and_only_the_two_for_a_day() -> None:
    with pytest.raises(AnotherPersonNeeded):
        asked().grant(SALOME, False, NOW)
    with pytest.raises(IdentityNotReadable):
        asked().show(SALOME, NOW)
    granted = asked().grant(BASILE, False, NOW)[0]
    last = NOW + READABLE_FOR - timedelta(seconds=1)
    assert {granted.show(who, last).model_dump()["reader"] for who in (SALOME, BASILE)} == {SALOME, BASILE}
    for who, moment in ((NADIR, NOW), (SALOME, NOW + READABLE_FOR)):
        with pytest.raises(IdentityNotReadable):
            granted.show(who, moment)


def test_a_request_is_settled_once_and_lapses_after_a_week() -> None:
    refused = asked().refuse(BASILE, NOW)[0]
    for act in (lambda: refused.grant(NADIR, False, NOW), lambda: refused.refuse(NADIR, NOW)):
        with pytest.raises(IdentityRequestOver):
            act()
    with pytest.raises(IdentityRequestOver):
        asked().grant(BASILE, False, NOW + AGREE_WITHIN)
    assert asked().lapse(NOW + AGREE_WITHIN - timedelta(seconds=1)) is None
    lapsed = asked().lapse(NOW + AGREE_WITHIN)
    assert lapsed is not None
    assert lapsed[0].state == "refused"
    assert refused.lapse(later(days=30)) is None


def test_nobody_asks_or_agrees_about_their_own_company() -> None:
    with pytest.raises(OwnMeasure):
        IdentityRequest.ask("r-1", "brief-1", "Tribunal", "L5332-2", "12", SALOME, True, NOW)
    with pytest.raises(OwnMeasure):
        asked().grant(BASILE, True, NOW)
