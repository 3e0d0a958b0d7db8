"""A profile: drafted, submitted, decided upon; its credits, each declared until someone has checked it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.platform.errors import Invalid
from chalicelib.profiles.errors import AlreadySubmitted, Incomplete, NotSubmitted
from chalicelib.profiles.events import ProfileSaved, ProfileSubmitted, ProfileVerificationDecided
from chalicelib.profiles.models import Availability, DayRate, Profile, Texts, judged
from tests.support.drafts import NOW, credit_content, profile, profile_content

LATER = NOW + timedelta(hours=1)


def decided(decision: str) -> Profile:
    submitted, _ = profile().submit(NOW)
    return submitted.decide(decision, "Vu.", "admin-1", NOW)[0]  # type: ignore[arg-type]


def test_a_profile_goes_from_draft_to_submitted_to_verified() -> None:
    made = profile()
    assert (made.status, made.version) == ("draft", 1)
    submitted, fact = made.submit(LATER)
    assert (submitted.status, submitted.version) == ("submitted", 2)
    assert fact == ProfileSubmitted(profile_id=made.profile_id)
    verified, fact = submitted.decide("verified", "Vu.", "admin-1", LATER)
    assert (verified.status, verified.version, verified.decision_reason) == ("verified", 3, "Vu.")
    assert fact == ProfileVerificationDecided(profile_id=made.profile_id, decision="verified", decided_by="admin-1")


def test_a_profile_that_is_returned_is_a_draft_again_with_the_reason_and_may_be_submitted_again() -> None:
    returned = decided("returned")
    assert (returned.status, returned.decision_reason) == ("draft", "Vu.")
    assert returned.submit(LATER)[0].status == "submitted"


@pytest.mark.parametrize("decision", ["verified", "partly_verified"])
def test_what_is_verified_is_not_submitted_again(decision: str) -> None:
    with pytest.raises(AlreadySubmitted):
        decided(decision).submit(LATER)
    with pytest.raises(AlreadySubmitted):
        profile().submit(NOW)[0].submit(LATER)


@pytest.mark.parametrize("decision", ["verified", "partly_verified", "returned"])
def test_a_draft_waits_for_its_owner_and_no_administrator_decides_on_it(decision: str) -> None:
    with pytest.raises(NotSubmitted):
        profile().decide(decision, "Vu.", "admin-1", NOW)  # type: ignore[arg-type]


def test_submitting_lists_every_field_that_is_missing() -> None:
    bare = profile(bio=Texts(en="Script editor."), languages=(), work_modes=(), region=None)
    with pytest.raises(Incomplete) as refused:
        bare.submit(NOW)
    assert {error.pointer for error in refused.value.fields} == {"/languages", "/work_modes", "/region", "/bio/fr"}


def test_a_verified_profile_stays_verified_when_its_owner_edits_it_or_adds_a_credit() -> None:
    verified = decided("verified")
    assert verified.revise(profile_content(region="corse"), LATER)[0].status == "verified"
    changed, credit, fact = verified.with_credit("c-1", credit_content(), LATER)
    assert changed.status == "verified"
    assert credit.level == 0
    assert fact == ProfileSaved(profile_id=verified.profile_id, what="credit")


def test_a_corrected_credit_is_declared_again_and_keeps_its_date() -> None:
    _, credit, _ = profile().with_credit("c-1", credit_content(), LATER, added_at="2026-01-01T00:00:00.000Z")
    assert (credit.level, credit.added_at) == (0, "2026-01-01T00:00:00.000Z")


@pytest.mark.parametrize(
    ("year", "started", "expected"),
    [
        (2027, None, {"/year": "in_the_future"}),
        (2024, 2025, {"/year": "end_before_start"}),
        (2026, 2026, {}),
    ],
)
def test_the_years_of_a_credit_are_possible_ones(year: int, started: int | None, expected: dict[str, str]) -> None:
    problems = credit_content(year=year, started_year=started).contradictions(date(2026, 11, 23))
    assert {error.pointer: error.code for error in problems} == expected


def test_availability_that_ends_before_it_starts_and_an_inverted_rate_are_refused_by_name() -> None:
    windows = (
        Availability(from_=date(2026, 12, 1), until=date(2026, 12, 1)),
        Availability(from_=date(2026, 12, 2), until=date(2026, 12, 1)),
        Availability(from_=date(2026, 12, 2), until=None),
    )
    with pytest.raises(Invalid) as refused:
        profile(availability=windows, day_rate=DayRate(min=2, max=1))
    expected = {"/availability/1/until": "end_before_start", "/day_rate/max": "inverted"}
    assert {error.pointer: error.code for error in refused.value.fields} == expected


def test_judging_changes_only_the_levels_that_differ_and_refuses_a_credit_of_another() -> None:
    credits = [profile().with_credit(f"c-{number}", credit_content(), NOW)[1] for number in range(3)]
    changed = judged(credits, {"c-0": 3, "c-1": 0})
    assert [(credit.credit_id, credit.level) for credit in changed] == [("c-0", 3)]
    with pytest.raises(Invalid) as refused:
        judged(credits, {"c-0": 1, "elsewhere": 2})
    assert [error.pointer for error in refused.value.fields] == ["/credits/1/credit_id"]
