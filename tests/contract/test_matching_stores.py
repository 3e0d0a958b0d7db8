"""What matching asks of its two stores, kept by the fakes and by DynamoDB alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.matching.candidates import CandidateRepository
from chalicelib.matching.events import ProjectFits
from chalicelib.matching.models import Exposure, Fitting, Match, Run, Shortlist, ShownSeat, computed
from chalicelib.matching.repository import EXPOSURE_KEPT, AlreadyDone, MatchingRepository
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import Table, Update
from tests.support.environment import aws
from tests.support.index_fakes import Clock, PlainDocuments
from tests.support.matching_fakes import FakeCandidateStore, FakeShortlistStore
from tests.support.tables import events, rows
from tests.unit.matching.examples import ROLE, credit, person

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
BRIEF = "brief-1"


def candidate_repository() -> CandidateRepository:
    return CandidateRepository(Table("CandidatesTable"), PlainDocuments(), Clock())


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeShortlistStore()
        return
    with aws():
        yield MatchingRepository(Table("MatchingTable"))


@pytest.fixture(params=["fake", "dynamodb"])
def candidates(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeCandidateStore()
        return
    with aws():
        yield candidate_repository()


@pytest.fixture
def repository(aws: None) -> MatchingRepository:
    return MatchingRepository(Table("MatchingTable"))


def seat(profile_id: str, position: int) -> Match:
    return Match(
        profile_id=profile_id,
        position=position,
        rank=position,
        why="rank",
        score=8_000 - position,
        level="senior",
        contributions=[{"criterion": "genres", "points": 8_000 - position, "maximum": 9_000}],
        reasons=[{"code": "genre", "text": {"fr": "Un fait.", "en": "A fact."}, "facts": {"count": 1, "year": None}}],
        summary={"fr": "Le rang tient à une œuvre.", "en": "One work decided."},
        deciding=[],
        proposed_at="2026-11-23T08:00:00.000Z",
    )


def shortlist(*people: str, version: int = 1, brief_id: str = BRIEF) -> Shortlist:
    return Shortlist(
        brief_id=brief_id,
        version=version,
        brief_version=2,
        publication_no=1,
        run_id=f"run-{version}",
        computed_at="2026-11-23T08:00:00.000Z",
        weights_version="w1",
        eligible=len(people),
        considered=20,
        matches=tuple(seat(profile_id, position) for position, profile_id in enumerate(people, 1)),
        cause="published",
        kept_out=("profile-away",),
    )


def run_of(after: Shortlist) -> Run:
    return Run(
        run_id=after.run_id,
        cause="published",
        brief_id=after.brief_id,
        brief_version=after.brief_version,
        weights_version="w1",
        taxonomy_version="t1",
        as_of="2026-11-23",
        candidates=20,
        candidates_digest="0" * 64,
        seats=[{"profile_id": one.profile_id, "score": one.score, "why": one.why} for one in after.matches],
        ranked=[],
        rotation=None,
        junior_rotation=None,
    )


def exposure_of(after: Shortlist, day: str = "2026-11-23") -> Exposure:
    return Exposure(
        brief_id=after.brief_id,
        day=day,
        run_id=after.run_id,
        considered=20,
        eligible={"level": {"senior": 12, "junior": 3}, "region": {"bretagne": 14, "none": 1}},
        seats=tuple(ShownSeat(profile_id, "senior", "bretagne", "rank") for profile_id in after.people),
    )


def shown(store: Any, first: date, last: date) -> dict[tuple[str, str], list[str]]:
    """Who was shown, by day and brief."""
    return {(one.day, one.brief_id): [seat.profile_id for seat in one.seats] for one in store.exposures(first, last)}


def put(store: Any, before: Shortlist | None, after: Shortlist, told: bool = True) -> None:
    fact = computed(before, after, "published") if told else None
    store.replace(before, after, run_of(after), exposure_of(after), fact, NOW)


def test_a_shortlist_comes_back_as_it_was_put_in_force(store: Any) -> None:
    assert store.shortlist(BRIEF) is None
    put(store, None, shortlist("a", "b"))
    assert store.shortlist(BRIEF) == shortlist("a", "b")
    assert store.has_run(BRIEF, "run-1")
    assert not store.has_run(BRIEF, "run-2")
    assert not store.has_run("brief-2", "run-1")


def test_the_first_seats_are_those_of_the_publication_whatever_came_since_or_of_profiles_before(store: Any) -> None:
    assert store.first_seats(BRIEF) == ()
    before: Shortlist | None = None
    for number, (cause, people) in enumerate(
        (("profile", ("z",)), ("published", ("a", "b")), ("revised", ("c",)), ("profile", ("d",))), 1
    ):
        after = replace(shortlist(*people, version=number), cause=cause)
        store.replace(before, after, replace(run_of(after), cause=cause), exposure_of(after), None, NOW)
        before = after
    assert store.first_seats(BRIEF) == ("a", "b")
    assert store.first_seats("brief-2") == ()


def test_an_empty_shortlist_is_a_shortlist(store: Any) -> None:
    put(store, None, shortlist())
    assert store.shortlist(BRIEF) == shortlist()


def test_seats_come_in_the_order_of_their_positions(store: Any) -> None:
    put(store, None, shortlist(*"hgfedcba"))
    assert "".join(store.shortlist(BRIEF).people) == "hgfedcba"


def test_a_run_that_exists_is_done_already_and_nothing_changes(store: Any) -> None:
    put(store, None, shortlist("a"))
    with pytest.raises(AlreadyDone):
        late = shortlist("z", version=2)
        store.replace(shortlist("a"), late, replace(run_of(late), run_id="run-1"), exposure_of(late), None, NOW)
    assert store.shortlist(BRIEF) == shortlist("a")
    assert shown(store, NOW.date(), NOW.date()) == {("2026-11-23", BRIEF): ["a"]}


def test_a_shortlist_made_from_what_is_no_longer_in_force_is_refused_for_now(store: Any) -> None:
    put(store, None, shortlist("a"))
    put(store, shortlist("a"), shortlist("b", version=2))
    late = replace(shortlist("c", version=2), run_id="run-late")
    with pytest.raises(Retryable):
        put(store, shortlist("a"), late)
    with pytest.raises(Retryable):
        put(store, None, replace(late, version=1))
    assert store.shortlist(BRIEF).people == ("b",)
    assert not store.has_run(BRIEF, "run-late")


def test_a_run_that_is_done_counts_as_done_even_when_the_shortlist_has_moved_on(store: Any) -> None:
    put(store, None, shortlist("a"))
    put(store, shortlist("a"), shortlist("b", version=2))
    with pytest.raises(AlreadyDone):
        put(store, None, shortlist("a"))


def test_who_was_proposed_once_is_remembered_after_losing_the_seat(store: Any) -> None:
    put(store, None, shortlist("a", "b"))
    put(store, shortlist("a", "b"), shortlist("b", version=2))
    assert store.shortlist(BRIEF).people == ("b",)
    put(store, None, shortlist("a", brief_id="brief-2"))
    assert sorted(store.briefs_proposing("a")) == [BRIEF, "brief-2"]
    assert list(store.briefs_proposing("z")) == []


def test_exposure_comes_back_as_it_was_put(store: Any) -> None:
    put(store, None, shortlist("a", "b"))
    assert list(store.exposures(date(2026, 11, 23), date(2026, 11, 23))) == [exposure_of(shortlist("a", "b"))]


def test_of_a_brief_that_is_computed_often_in_a_day_the_last_shortlist_is_its_exposure(store: Any) -> None:
    before = None
    for version, people in enumerate(("a", "ab", "bc"), 1):
        after = shortlist(*people, version=version)
        put(store, before, after, told=False)
        before = after
    assert shown(store, date(2026, 11, 1), date(2026, 11, 30)) == {("2026-11-23", BRIEF): ["b", "c"]}


def test_a_refused_shortlist_exposes_nobody(store: Any) -> None:
    put(store, None, shortlist("a"))
    with pytest.raises(Retryable):
        put(store, None, replace(shortlist("z"), run_id="run-late"))
    assert shown(store, date(2026, 11, 1), date(2026, 11, 30)) == {("2026-11-23", BRIEF): ["a"]}


def test_exposures_of_a_period_are_those_of_its_days_over_months_and_years(store: Any) -> None:
    days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"]
    for number, day in enumerate(days):
        after = shortlist("a", brief_id=f"brief-{number}")
        store.replace(None, after, run_of(after), exposure_of(after, day), None, NOW)

    def found(first: str, last: str) -> list[str]:
        return [one.day for one in store.exposures(date.fromisoformat(first), date.fromisoformat(last))]

    assert found("2025-12-31", "2026-03-01") == days
    assert found("2026-01-01", "2026-01-31") == days[1:3]
    assert found("2026-01-31", "2026-02-27") == days[2:4]
    assert found("2026-02-02", "2026-02-27") == []
    assert found("2027-01-01", "2027-12-31") == []


def test_exposure_lasts_thirteen_months_and_a_shortlist_as_long_as_its_brief(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a"))
    expiring = {row["sk"]: row["expires_at"] for row in rows("MatchingTable") if "expires_at" in row}
    assert expiring == {f"2026-11-23#BRIEF#{BRIEF}": int((NOW + EXPOSURE_KEPT).timestamp())}
    assert timedelta(days=395) < EXPOSURE_KEPT < timedelta(days=400)


def test_the_fact_is_written_with_the_shortlist_and_carries_ids_and_counts(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a", "b"))
    [event] = events("MatchingTable")
    assert event["event_type"] == "matching.shortlist_computed"
    assert (event["pk"], event["aggregate_id"], event["aggregate_version"]) == (f"BRIEF#{BRIEF}", BRIEF, 1)
    assert event["payload"] == {
        "brief_id": BRIEF,
        "brief_version": 2,
        "publication_no": 1,
        "shortlist_version": 1,
        "cause": "published",
        "reordered": False,
        "juniors": 0,
        "seats": 2,
        "changed": True,
    }


def test_a_shortlist_kept_before_causes_were_noted_is_still_read(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a"))
    Table("MatchingTable").write(Update(f"BRIEF#{BRIEF}", "SHORTLIST", "REMOVE cause"))
    assert repository.shortlist(BRIEF) == replace(shortlist("a"), cause=None)


def test_a_shortlist_without_news_writes_no_event(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a"), told=False)
    assert events("MatchingTable") == []


def test_a_refused_shortlist_leaves_no_trace(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a"))
    before = rows("MatchingTable")
    with pytest.raises(Retryable):
        put(repository, None, replace(shortlist("z"), run_id="run-late"))
    assert rows("MatchingTable") == before


def test_a_former_seat_says_so_and_a_regained_one_is_a_seat_again(repository: MatchingRepository) -> None:
    put(repository, None, shortlist("a"))
    put(repository, shortlist("a"), shortlist(version=2))
    assert _seat_of("a")["seated"] is False
    put(repository, shortlist(version=2), shortlist("a", version=3))
    assert _seat_of("a")["seated"] is True


def _seat_of(profile_id: str) -> dict[str, Any]:
    [item] = [item for item in rows("MatchingTable") if item["sk"] == f"MATCH#{profile_id}"]
    return item


def known(candidates: Any) -> dict[str, int]:
    return {snapshot.profile_id: version for version, snapshot in candidates.all()}


def test_a_candidate_comes_back_as_put_with_its_version_and_roles(candidates: Any) -> None:
    someone = person("p1", credits=(credit(synopsis="L’île, l'été : un secret 🌊"),))
    candidates.put(someone, 4, [ROLE])
    assert list(candidates.all()) == [(4, someone)]
    assert candidates.roles_of("p1") == (ROLE,)
    assert candidates.roles_of("p2") == ()


def test_many_candidates_all_come_back(candidates: Any) -> None:
    for number in range(30):
        candidates.put(person(f"p{number}"), 1, [ROLE])
    assert len(known(candidates)) == 30


def test_older_news_of_a_candidate_changes_nothing(candidates: Any) -> None:
    candidates.put(person("p1", region="corse"), 5, [ROLE])
    candidates.put(person("p1", region="normandie"), 4, [ROLE])
    candidates.put(person("p1", region="normandie"), 5, [ROLE])
    candidates.remove("p1", 5, [ROLE])
    assert [(version, one.region) for version, one in candidates.all()] == [(5, "corse")]
    candidates.put(person("p1", region="normandie"), 6, [ROLE])
    assert [(version, one.region) for version, one in candidates.all()] == [(6, "normandie")]


def test_a_removal_is_not_undone_by_older_news_and_keeps_the_roles(candidates: Any) -> None:
    candidates.put(person("p1"), 3, [ROLE])
    candidates.remove("p1", 5, [ROLE, "script-doctor"])
    candidates.put(person("p1"), 4, [ROLE])
    assert known(candidates) == {}
    assert candidates.roles_of("p1") == (ROLE, "script-doctor")
    candidates.put(person("p1"), 6, [ROLE])
    assert known(candidates) == {"p1": 6}


def test_somebody_removed_before_they_were_ever_known_stays_out_of_older_news(candidates: Any) -> None:
    candidates.remove("p1", 5, [])
    candidates.put(person("p1"), 4, [ROLE])
    assert known(candidates) == {}


def test_a_removed_candidate_leaves_nothing_of_theirs_behind(aws: None) -> None:
    candidates = candidate_repository()
    candidates.put(person("p1"), 1, [ROLE])
    candidates.remove("p1", 2, [ROLE])
    [tombstone] = [item for item in rows("CandidatesTable") if item["pk"] != "INDEX"]
    assert set(tombstone) == {"pk", "sk", "version", "removed", "roles"}
    deltas = [item for item in rows("CandidatesTable") if item["pk"] == "INDEX"]
    for delta in deltas:
        assert set(delta) == {"pk", "sk", "at", "profile_id", "version", "removed", "expires_at"}


def test_a_candidate_read_again_at_the_same_version_is_the_same_object(aws: None) -> None:
    candidates = candidate_repository()
    candidates.put(person("p1"), 1, [ROLE])
    [(_, first)] = list(candidates.all())
    [(_, second)] = list(candidates.all())
    assert first is second
    candidates.put(person("p1", region="corse"), 2, [ROLE])
    [(_, third)] = list(candidates.all())
    assert third.region == "corse"


def fitting(*people: str, run_id: str = "run-1", named: tuple[str, ...] | None = None) -> Fitting:
    return Fitting(
        run_id=run_id,
        cause="published",
        brief_id=BRIEF,
        publication_no=1,
        weights_version="w1",
        taxonomy_version="t1",
        as_of="2026-11-23",
        candidates=20,
        candidates_digest="0" * 16,
        fitting=people,
        named=people if named is None else named,
    )


def name(store: Any, found: Fitting) -> None:
    fact = ProjectFits(brief_id=BRIEF, publication_no=1, cause="published", profile_ids=found.named)
    store.name(found, fact if found.named else None, NOW)


def test_who_was_named_for_a_project_is_known_by_person_and_by_run(store: Any) -> None:
    assert not store.has_named(BRIEF, "run-1")
    assert store.named_for("a") == set()
    name(store, fitting("a", "b"))
    assert store.has_named(BRIEF, "run-1")
    assert not store.has_named(BRIEF, "run-2")
    assert store.named_among(BRIEF, ("b", "c")) == {"b"}
    assert store.named_among("brief-2", ("a", "b")) == set()
    assert store.named_for("a") == {BRIEF}


def test_a_run_names_once_and_nobody_is_named_twice_by_two(store: Any) -> None:
    name(store, fitting("a"))
    with pytest.raises(AlreadyDone):
        name(store, fitting("c"))
    with pytest.raises(Retryable):
        name(store, fitting("a", "b", run_id="run-2"))
    assert store.named_for("b") == set()
    name(store, fitting("a", "b", run_id="run-2", named=("b",)))
    assert store.named_for("b") == {BRIEF}


def test_a_run_that_names_nobody_is_kept_and_tells_nothing(repository: MatchingRepository) -> None:
    name(repository, fitting("a"))
    name(repository, fitting("a", run_id="run-2", named=()))
    assert repository.has_named(BRIEF, "run-2")
    [item] = events("MatchingTable")
    assert (item["event_type"], item["payload"]["profile_ids"]) == ("matching.project_fits", ["a"])


def test_being_named_is_not_being_proposed(store: Any) -> None:
    """A producer reads whoever was on a shortlist, and nobody because a project fits them."""
    name(store, fitting("a"))
    assert list(store.briefs_proposing("a")) == []
