"""What every store of profiles promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Put, Table
from chalicelib.profiles.models import ExternalIds, Profile
from chalicelib.profiles.repository import ProfileRepository
from chalicelib.profiles.service import CREDIT_LIMIT, ProfileStore
from chalicelib.vocabulary.clock import PARIS
from chalicelib.vocabulary.ids import new_id
from tests.support.drafts import NOW, credit_content, decided, profile, profile_content, waiting
from tests.support.fakes import FakeProfileStore
from tests.support.tables import events

LATER = NOW + timedelta(hours=1)


class Kept:
    def __init__(self, store: ProfileStore, happened: Callable[[], list[str]]) -> None:
        self.store = store
        self.happened = happened

    def profile(self, sub: str = "sub-1", minutes: int = 0) -> Profile:
        now = NOW + timedelta(minutes=minutes)
        made, fact = Profile.create(new_id(now), sub, profile_content(), now)
        self.store.create(made, fact, now)
        return made

    def submitted(self, sub: str = "sub-1", minutes: int = 0) -> Profile:
        now = NOW + timedelta(minutes=minutes)
        changed, fact = waiting(self.profile(sub, minutes), now)
        self.store.save(changed, fact, now)
        return changed


@pytest.fixture(params=["memory", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "memory":
        fake = FakeProfileStore()
        return Kept(fake, lambda: [fact.event_type for fact, _ in fake.facts])
    request.getfixturevalue("aws")
    store = ProfileRepository(Table("ProfilesTable"))
    return Kept(store, lambda: [item["event_type"] for item in events("ProfilesTable")])


def test_a_profile_comes_back_to_its_owner_as_it_was_kept(kept: Kept) -> None:
    made = kept.profile()
    assert kept.store.get(made.profile_id) == made
    assert kept.store.owned_by("sub-1") == made
    assert kept.store.owned_by("sub-2") is None
    assert kept.store.get(new_id(NOW)) is None
    assert kept.store.credits(made.profile_id) == []
    assert kept.happened() == ["profile.saved"]


def test_an_account_has_one_profile_and_a_second_leaves_no_trace(kept: Kept) -> None:
    first = kept.profile()
    second = profile()
    with pytest.raises(Conflict):
        kept.store.create(second, waiting(second, NOW)[1], NOW)
    assert kept.store.owned_by("sub-1") == first
    assert kept.store.get(second.profile_id) is None
    assert len(kept.happened()) == 1


def test_the_numbers_of_a_person_and_of_a_work_come_back(kept: Kept) -> None:
    made = kept.profile()
    ids = ExternalIds(isni="9999999900000010", bnf="ark:/12148/cb900000229")
    revised, fact = made.revise(profile_content(external_ids=ids), NOW)
    kept.store.save(revised, fact, NOW)
    changed, credit, fact = revised.with_credit(new_id(NOW), credit_content(isan="FFFF-0001-0000-0000-Y"), NOW)
    kept.store.save(changed, fact, NOW, credits=[credit])
    assert kept.store.get(made.profile_id) == changed
    assert kept.store.credits(made.profile_id) == [credit]


def test_credits_come_back_in_the_order_they_were_added(kept: Kept) -> None:
    made = kept.profile()
    added = []
    for number in range(3):
        now = NOW + timedelta(minutes=number)
        made, credit, fact = made.with_credit(new_id(now), credit_content(title=f"Œuvre {number}"), now)
        kept.store.save(made, fact, now, credits=[credit])
        added.append(credit)
    assert kept.store.credits(made.profile_id) == added
    assert kept.store.get(made.profile_id) == made


def test_a_credit_is_corrected_in_its_place_and_removed_alone(kept: Kept) -> None:
    made = kept.profile()
    for credit_id in ("01A", "01B"):
        made, credit, fact = made.with_credit(credit_id, credit_content(), NOW)
        kept.store.save(made, fact, NOW, credits=[credit])
    made, corrected, fact = made.with_credit("01A", credit_content(title="Autre"), LATER)
    kept.store.save(made, fact, LATER, credits=[corrected])
    assert [credit.content.title for credit in kept.store.credits(made.profile_id)] == [
        "Autre",
        "Marée de quatre heures",
    ]
    made, fact = made.without_credit(LATER)
    kept.store.save(made, fact, LATER, removed_credit="01A")
    assert [credit.credit_id for credit in kept.store.credits(made.profile_id)] == ["01B"]


def test_a_change_that_comes_second_is_refused_whole_credits_included(kept: Kept) -> None:
    made = kept.profile()
    kept.store.save(*made.revise(profile_content(region="corse"), LATER), LATER)
    late, credit, fact = made.with_credit("01A", credit_content(), LATER)
    with pytest.raises(Conflict):
        kept.store.save(late, fact, LATER, credits=[credit])
    assert kept.store.credits(made.profile_id) == []
    assert len(kept.happened()) == 2


def test_the_administrators_list_has_the_submitted_longest_waiting_first(kept: Kept) -> None:
    profiles = [kept.submitted(f"sub-{number}", minutes=number) for number in range(3)]
    kept.profile("sub-9")
    assert kept.store.submitted() == profiles
    kept.store.save(*decided(profiles[0], "verified", LATER), LATER)
    kept.store.save(*decided(profiles[1], "returned", LATER), LATER)
    assert kept.store.submitted() == profiles[2:]


def test_the_longest_career_fits_one_decision(kept: Kept) -> None:
    made = kept.profile()
    credits = [
        made.with_credit(f"01{number:03d}", credit_content(), NOW)[1].model_copy(update={"level": 2})
        for number in range(CREDIT_LIMIT)
    ]
    changed, fact = waiting(made, LATER)
    kept.store.save(changed, fact, LATER, credits=credits)
    assert [credit.level for credit in kept.store.credits(made.profile_id)] == [2] * CREDIT_LIMIT


def test_what_was_kept_before_there_were_numbers_has_none(aws: None) -> None:
    made, (_, credit, _) = profile(), profile().with_credit(new_id(NOW), credit_content(), NOW)
    table = Table("ProfilesTable")
    items = made.model_dump(mode="json"), credit.model_dump(mode="json")
    del items[0]["content"]["external_ids"], items[1]["content"]["isan"]
    pk = f"PROFILE#{made.profile_id}"
    table.write(Put({"pk": pk, "sk": "PROFILE", **items[0]}))
    table.write(Put({"pk": pk, "sk": f"CREDIT#{credit.credit_id}", **items[1]}))
    assert ProfileRepository(table).get(made.profile_id) == made
    assert ProfileRepository(table).credits(made.profile_id) == [credit]


def test_a_pause_with_an_end_is_due_on_its_day_in_paris_until_it_is_over(kept: Kept) -> None:
    made, other = kept.profile(), kept.profile("sub-2", minutes=1)
    end = (NOW + timedelta(days=3)).date()
    for one in (made, other):
        paused = one.be_paused(end, NOW)
        assert paused is not None
        kept.store.save(*paused, NOW, pause_changed=True)
    midnight = datetime.combine(end, time(), PARIS)
    assert list(kept.store.due(midnight - timedelta(seconds=1))) == []
    assert set(kept.store.due(midnight)) == {made.profile_id, other.profile_id}
    standing = kept.store.get(made.profile_id)
    assert standing is not None
    assert standing.back_on == end
    # What else is saved leaves it as it is; another end takes its place, and no end takes it away.
    revised, fact = standing.revise(profile_content(display_name="Inès K."), NOW)
    kept.store.save(revised, fact, NOW)
    assert made.profile_id in set(kept.store.due(midnight))
    longer = revised.be_paused(end + timedelta(days=1), NOW)
    assert longer is not None
    kept.store.save(*longer, NOW, pause_changed=True)
    assert list(kept.store.due(midnight)) == [other.profile_id]
    resumed = longer[0].resume(NOW)
    assert resumed is not None
    kept.store.save(*resumed, NOW, pause_changed=True)
    kept.store.forgive(other.profile_id)
    assert list(kept.store.due(midnight + timedelta(days=30))) == []
