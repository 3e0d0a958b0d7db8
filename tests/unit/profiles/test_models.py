"""A profile: drafted, submitted, decided upon; its credits, each declared until someone has checked it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.platform.errors import Invalid
from chalicelib.profiles.events import ProfileSaved, ProfileSubmitted, ProfileVerificationDecided
from chalicelib.profiles.models import Availability, Credit, DayRate, Decided, Standing, Texts
from chalicelib.vocabulary.clock import stamp
from tests.support.drafts import NOW, credit_content, decided, profile, profile_content, waiting

LATER = NOW + timedelta(hours=1)


def test_a_profile_goes_from_draft_to_submitted_to_verified() -> None:
    made = profile()
    assert (made.status, made.version) == ("draft", 1)
    submitted, fact = waiting(made, LATER)
    assert (submitted.status, submitted.version) == ("submitted", 2)
    assert fact == ProfileSubmitted(profile_id=made.profile_id)
    verified, fact = decided(submitted, "verified", LATER)
    assert (verified.status, verified.version, verified.decision_reason) == ("verified", 3, "Vu.")
    assert fact == ProfileVerificationDecided(profile_id=made.profile_id, decision="verified", decided_by="admin-1")


def test_a_profile_that_is_returned_is_a_draft_again_with_the_reason_and_may_be_submitted_again() -> None:
    returned = decided(waiting(profile(), NOW)[0], "returned", NOW)[0]
    assert (returned.status, returned.decision_reason) == ("draft", "Vu.")
    again = returned.follow(
        Standing(Decided("returned", "Vu.", "admin-1", stamp(NOW), still_claimed=True), under_way=True), LATER
    )
    assert again is not None
    assert again[0].status == "submitted"


def test_a_profile_that_lacks_what_verification_needs_does_not_wait_for_it() -> None:
    bare = profile(bio=Texts(en="Script editor."), languages=(), work_modes=(), region=None)
    assert bare.follow(Standing(None, under_way=True), LATER) is None
    assert {error.pointer for error in bare.content.missing()} == {"/languages", "/work_modes", "/region", "/bio/fr"}


def test_a_verified_profile_stays_verified_when_its_owner_edits_it_or_adds_a_credit() -> None:
    verified = decided(profile(), "verified", NOW)[0]
    assert verified.revise(profile_content(region="corse"), LATER)[0].status == "verified"
    changed, credit, fact = verified.with_credit("c-1", credit_content(), LATER)
    assert changed.status == "verified"
    assert credit.level == 0
    assert fact == ProfileSaved(profile_id=verified.profile_id, what="credit")


def test_a_corrected_credit_is_declared_again_and_keeps_its_date() -> None:
    before = Credit(credit_id="c-1", added_at="2026-01-01T00:00:00.000Z", content=credit_content())
    _, credit, _ = profile().with_credit("c-1", credit_content(title="Les Marées hautes"), LATER, before)
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
