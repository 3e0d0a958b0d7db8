"""Both directions: a project goes live and everyone is ranked; a profile changes and live projects are looked at."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.events import ShortlistComputed
from chalicelib.matching.models import Shortlist, computed, marks_of
from chalicelib.matching.service import LiveBrief
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, Retryable
from tests.support.matching_fakes import Matchmaker
from tests.unit.matching.examples import ROLE, brief, credit, distant_credit, junior, person

PRODUCER = Actor("sub-producer", frozenset({"producers"}), "claire@falaise-films.test")
BRIEF = "brief-1"


def a_crowd() -> list:
    near = [person(f"near-{n}", credits=(credit(f"n{n}", year=2025 - n),)) for n in range(5)]
    far = [person(f"far-{n}", credits=(distant_credit(f"f{n}", year=2020 - n),)) for n in range(6)]
    return [*near, *far, junior("young")]


@pytest.fixture
def matchmaker() -> Matchmaker:
    return Matchmaker()


def test_a_project_that_goes_live_gets_its_shortlist_with_a_run_and_one_fact(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=3)), "published")
    shortlist = matchmaker.store.shortlists[BRIEF]
    assert (shortlist.version, shortlist.brief_version, shortlist.publication_no) == (1, 3, 1)
    assert (shortlist.eligible, shortlist.considered, len(shortlist.matches)) == (12, 12, 8)
    [fact] = matchmaker.store.facts
    assert (fact.brief_version, fact.shortlist_version, fact.cause, fact.seats, fact.changed) == (
        3,
        1,
        "published",
        8,
        True,
    )
    run = matchmaker.store.runs[BRIEF, shortlist.run_id]
    assert [seat["profile_id"] for seat in run.seats] == matchmaker.seats(BRIEF)
    assert len(run.ranked) == 12
    assert (run.candidates, run.as_of, run.cause) == (12, "2026-11-23", "published")


def test_seats_are_numbered_from_one_and_say_why_and_add_up(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    matches = matchmaker.store.shortlists[BRIEF].matches
    assert [match.position for match in matches] == list(range(1, 9))
    assert len({match.rank for match in matches}) == 8
    assert all(match.why in ("rank", "junior_seat", "rotation") for match in matches)
    assert all(match.rank == match.position for match in matches if match.why == "rank")
    assert any(match.level == "junior" for match in matches)
    assert all(sum(part["points"] for part in match.contributions) == match.score for match in matches)
    assert all(match.reasons and all(match.reasons[0]["text"][tongue] for tongue in ("fr", "en")) for match in matches)


def test_a_brief_that_keeps_more_seats_for_juniors_gives_them_and_changes_nobodys_points(
    matchmaker: Matchmaker,
) -> None:
    beginners = [junior(f"young-{n}") for n in range(4)]
    matchmaker.people(*a_crowd(), *beginners)
    for wanted in (1, 3):
        matchmaker.service.match_brief(
            f"b{wanted}", matchmaker.publish(brief(brief_id=f"b{wanted}", junior_seats=wanted)), "published"
        )
    levels = {
        wanted: [match.level for match in matchmaker.store.shortlists[f"b{wanted}"].matches].count("junior")
        for wanted in (1, 3)
    }
    assert levels == {1: 1, 3: 3}
    points = [
        {
            one["profile_id"]: one["score"]
            for run in matchmaker.store.runs.values()
            if run.brief_id == brief_id
            for one in run.ranked
        }
        for brief_id in ("b1", "b3")
    ]
    assert len(points[0]) == 16 and points[0] == points[1]


@pytest.mark.parametrize("kept", [1, 8])
def test_juniors_whom_nothing_separates_are_all_in_the_draw_however_many_and_far_down(
    matchmaker: Matchmaker, kept: int
) -> None:
    better = [person(f"p{n}", credits=(credit(year=2026 - n // 4),)) for n in range(120)]
    equal = [junior(f"young-{n}", credits=(distant_credit(year=2025 - n % 2),)) for n in range(20)]
    matchmaker.people(*better, *equal)
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(junior_seats=kept)), "published")
    run = matchmaker.store.runs[BRIEF, matchmaker.store.shortlists[BRIEF].run_id]
    assert run.junior_rotation is not None
    assert set(run.junior_rotation["pool"]) == {one.profile_id for one in equal}
    young = [match for match in matchmaker.store.shortlists[BRIEF].matches if match.level == "junior"]
    assert len(young) == kept
    assert all(120 < match.rank <= 140 for match in young)


def test_the_same_event_twice_computes_once(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    event = matchmaker.publish(brief())
    for _ in range(3):
        matchmaker.service.match_brief(BRIEF, event, "published")
    assert matchmaker.store.shortlists[BRIEF].version == 1
    assert len(matchmaker.store.runs) == len(matchmaker.store.facts) == 1


def test_the_same_profile_event_twice_computes_once(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    event = matchmaker.save(person("a"))
    for _ in range(3):
        matchmaker.service.profile_changed("a", event)
    assert matchmaker.store.shortlists[BRIEF].version == 2
    assert len(matchmaker.store.facts) == 2


def test_a_brief_that_is_not_live_is_left_alone(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    event = matchmaker.publish(brief())
    matchmaker.close(BRIEF)
    matchmaker.service.match_brief(BRIEF, event, "published")
    matchmaker.service.match_brief("brief-unknown", "event-x", "published")
    assert matchmaker.store.runs == {}
    assert matchmaker.store.facts == []


def test_a_live_project_for_which_nobody_is_there_gets_an_empty_shortlist_and_a_fact(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    assert matchmaker.seats(BRIEF) == []
    assert [(fact.seats, fact.changed) for fact in matchmaker.store.facts] == [(0, True)]


def test_a_newly_verified_profile_joins_the_live_projects_of_its_roles_and_no_other(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    other = brief(brief_id="brief-2", role="script-doctor")
    matchmaker.service.match_brief("brief-2", matchmaker.publish(other), "published")
    matchmaker.service.profile_changed("a", matchmaker.save(person("a")))
    assert matchmaker.seats(BRIEF) == ["a"]
    assert matchmaker.store.shortlists["brief-2"].version == 1
    assert (matchmaker.store.facts[-1].cause, matchmaker.store.facts[-1].changed) == ("profile", True)


def test_a_profile_that_is_not_verified_takes_part_in_nothing(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    matchmaker.service.profile_changed("a", matchmaker.withdraw("a"))
    matchmaker.service.profile_changed("nobody", "event-x")
    assert list(matchmaker.candidates.all()) == []
    assert matchmaker.store.shortlists[BRIEF].version == 1


def test_a_profile_whose_verification_is_withdrawn_leaves_the_shortlist(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"), person("b"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    matchmaker.service.profile_changed("a", matchmaker.withdraw("a"))
    assert matchmaker.seats(BRIEF) == ["b"]
    assert [snapshot.profile_id for _, snapshot in matchmaker.candidates.all()] == ["b"]
    assert matchmaker.store.facts[-1].changed


def test_a_profile_that_changes_its_role_leaves_the_projects_of_the_old_one(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    changed = person("a", roles=("script-doctor",))
    matchmaker.service.profile_changed("a", matchmaker.save(changed))
    assert matchmaker.seats(BRIEF) == []


@pytest.mark.parametrize("what", ["withdrawn", "another role"])
def test_an_event_cut_short_by_a_conflict_is_taken_up_again_where_it_matters(matchmaker: Matchmaker, what: str) -> None:
    matchmaker.people(person("a"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    replace_it = matchmaker.store.replace

    def conflict(*given: object) -> None:
        matchmaker.store.replace = replace_it  # type: ignore[method-assign]
        raise Retryable("shortlist_changed_meanwhile")

    matchmaker.store.replace = conflict  # type: ignore[method-assign]
    elsewhere = person("a", roles=("script-doctor",))
    event = matchmaker.withdraw("a") if what == "withdrawn" else matchmaker.save(elsewhere)
    with pytest.raises(Retryable):
        matchmaker.service.profile_changed("a", event)
    matchmaker.service.profile_changed("a", event)
    assert matchmaker.seats(BRIEF) == []


def test_a_profile_that_changes_nobody_s_seat_leaves_a_run_and_tells_nothing(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"), person("b"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    event = matchmaker.save(person("a", bio={"fr": "Une autre vie."}))
    matchmaker.service.profile_changed("a", event)
    assert (BRIEF, event) in matchmaker.store.runs
    assert matchmaker.store.shortlists[BRIEF].version == 2
    assert [fact.cause for fact in matchmaker.store.facts] == ["published"]


def test_people_who_change_places_are_news_that_says_why_though_the_same_people_sit(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"), person("b", credits=(distant_credit(),)))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    assert matchmaker.seats(BRIEF) == ["a", "b"]
    matchmaker.service.profile_changed("a", matchmaker.save(person("a", credits=(distant_credit(),))))
    matchmaker.service.profile_changed("b", matchmaker.save(person("b")))
    assert matchmaker.seats(BRIEF) == ["b", "a"]
    last = matchmaker.store.facts[-1]
    assert (last.cause, last.changed, last.reordered) == ("profile", False, True)


@settings(max_examples=40, deadline=None)
@given(
    before=st.permutations("abcdef").map(lambda people: people[:4]),
    after=st.permutations("abcdef").map(lambda people: people[:4]),
)
def test_every_difference_between_two_shortlists_is_in_the_fact(before: list[str], after: list[str]) -> None:
    matchmaker = Matchmaker()
    matchmaker.people(person("a"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    shown = matchmaker.store.shortlists[BRIEF]
    [match] = shown.matches

    def seated(people: list[str]) -> Shortlist:
        return replace(shown, matches=tuple(replace(match, profile_id=one) for one in people))

    fact = computed(seated(before), seated(after), "profile")
    assert fact.changed == (set(before) != set(after))
    assert (fact.changed or fact.reordered) == (before != after)
    assert computed(None, seated(after), "published").changed


def test_a_fact_from_before_orders_were_told_is_still_read() -> None:
    old = {
        "brief_id": BRIEF,
        "brief_version": 1,
        "publication_no": 1,
        "shortlist_version": 1,
        "cause": "profile",
        "seats": 1,
        "changed": True,
    }
    assert not ShortlistComputed.model_validate(old).reordered


def test_a_shortlist_says_why_and_when_it_was_computed(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    assert matchmaker.store.shortlists[BRIEF].cause == "published"
    matchmaker.now = matchmaker.now.replace(hour=12)
    matchmaker.people(person("a"))
    shortlist = matchmaker.store.shortlists[BRIEF]
    assert (shortlist.cause, shortlist.computed_at) == ("profile", "2026-11-23T12:00:00.000Z")


def test_an_edited_project_tells_of_its_run_even_when_nobody_moves_for_the_brief_waits_for_it(
    matchmaker: Matchmaker,
) -> None:
    matchmaker.people(person("a"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=1)), "published")
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=2)), "revised")
    last = matchmaker.store.facts[-1]
    assert (last.brief_version, last.cause, last.changed) == (2, "revised", False)


def test_a_project_that_comes_back_shows_its_first_shortlist_in_its_order_before_anybody_else(
    matchmaker: Matchmaker,
) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=1)), "published")
    first = matchmaker.seats(BRIEF)
    matchmaker.people(*(person(f"new-{n}", credits=(credit(f"x{n}", year=2026),) * 2) for n in range(8)))
    assert matchmaker.seats(BRIEF) != first
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=2)), "resumed")
    assert matchmaker.seats(BRIEF) == first
    shortlist = matchmaker.store.shortlists[BRIEF]
    assert {match.why for match in shortlist.matches} == {"again"}
    assert shortlist.cause == "resumed"


def test_whoever_of_the_first_shortlist_is_gone_leaves_their_seat_to_the_next(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=1)), "published")
    first = matchmaker.seats(BRIEF)
    matchmaker.people(person(first[0], verification="draft"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=2)), "resumed")
    seats = matchmaker.seats(BRIEF)
    assert seats[:7] == first[1:]
    assert len(seats) == 8
    assert first[0] not in seats


def test_a_person_keeps_the_day_they_were_first_proposed_until_they_leave(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    first = matchmaker.store.shortlists[BRIEF].matches[0].proposed_at
    matchmaker.now = matchmaker.now.replace(hour=12)
    matchmaker.people(person("b"))
    days = {match.profile_id: match.proposed_at for match in matchmaker.store.shortlists[BRIEF].matches}
    assert days == {"a": first, "b": "2026-11-23T12:00:00.000Z"}


def test_the_same_inputs_give_the_same_run_to_the_byte() -> None:
    runs = []
    for _ in range(2):
        matchmaker = Matchmaker()
        matchmaker.people(*a_crowd())
        matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
        [run] = [run for (brief_id, _), run in matchmaker.store.runs.items() if brief_id == BRIEF]
        shortlist = matchmaker.store.shortlists[BRIEF]
        runs.append(json.dumps([asdict(run), asdict(shortlist)], sort_keys=True).encode())
    assert runs[0] == runs[1]


def test_the_order_in_which_people_came_changes_no_seat() -> None:
    seats = set()
    for crowd in (a_crowd(), a_crowd()[::-1]):
        matchmaker = Matchmaker()
        matchmaker.people(*crowd)
        matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
        run = next(iter(matchmaker.store.runs.values()))
        seats.add(json.dumps([run.seats, run.ranked, run.candidates_digest]))
    assert len(seats) == 1


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(6)), repeated=st.lists(st.integers(0, 5), max_size=4))
def test_events_in_any_order_and_repeated_end_in_the_same_shortlist(order: list[int], repeated: list[int]) -> None:
    matchmaker = Matchmaker()
    # Everything has already happened by the time the first event is heard of.
    happened = [
        ("brief", BRIEF, matchmaker.publish(brief(version=2))),
        ("profile", "a", matchmaker.save(person("a"))),
        ("profile", "a", matchmaker.save(person("a", credits=(distant_credit(),)))),
        ("profile", "b", matchmaker.save(person("b"))),
        ("profile", "b", matchmaker.withdraw("b")),
        ("brief", BRIEF, matchmaker.publish(brief(version=3, genres=("thriller",)))),
    ]
    for index in [*order, *repeated]:
        kind, identity, event = happened[index]
        if kind == "brief":
            matchmaker.service.match_brief(identity, event, "revised")
        else:
            matchmaker.service.profile_changed(identity, event)
    assert matchmaker.seats(BRIEF) == ["a"]
    assert matchmaker.store.shortlists[BRIEF].brief_version == 3
    [(version, snapshot)] = list(matchmaker.candidates.all())
    assert (version, snapshot.credits[0].credit_id) == (2, "far")


def test_a_shortlist_made_from_older_inputs_never_takes_the_place_of_a_newer_one(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    old = matchmaker.publish(brief(version=2))
    read = matchmaker.briefs.live_brief

    def overtaken(brief_id: str) -> LiveBrief | None:
        """While this run holds version 2 in its hands, another function matches version 3."""
        matchmaker.briefs.live_brief = read  # type: ignore[method-assign]
        held = read(brief_id)
        newer = matchmaker.publish(brief(version=3))
        matchmaker.service.match_brief(brief_id, newer, "revised")
        return held

    matchmaker.briefs.live_brief = overtaken  # type: ignore[method-assign]
    with pytest.raises(Retryable):
        matchmaker.service.match_brief(BRIEF, old, "published")
    matchmaker.service.match_brief(BRIEF, old, "published")
    assert matchmaker.store.shortlists[BRIEF].brief_version == 3


def test_a_candidate_who_arrives_while_a_project_is_being_ranked_is_not_lost(matchmaker: Matchmaker) -> None:
    event = matchmaker.publish(brief())
    read = matchmaker.candidates.all

    def overtaken() -> list:
        matchmaker.candidates.all = read  # type: ignore[method-assign]
        nobody = list(read())
        matchmaker.service.profile_changed("a", matchmaker.save(person("a")))
        return nobody

    matchmaker.candidates.all = overtaken  # type: ignore[method-assign,assignment]
    with pytest.raises(Retryable):
        matchmaker.service.match_brief(BRIEF, event, "published")
    matchmaker.service.match_brief(BRIEF, event, "published")
    assert matchmaker.seats(BRIEF) == ["a"]


def test_who_keeps_the_company_away_is_kept_out_and_the_run_says_whom_it_left_out(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    before = matchmaker.store.shortlists[BRIEF]
    first, *rest = before.matches
    matchmaker.blocks.away = {first.profile_id}
    matchmaker.service.block_changed(first.profile_id, matchmaker._event())
    after = matchmaker.store.shortlists[BRIEF]
    assert (after.eligible, after.considered) == (before.eligible - 1, before.considered)
    assert matchmaker.store.runs[BRIEF, after.run_id].kept_out == after.kept_out == marks_of(BRIEF, [first.profile_id])
    assert first.profile_id not in json.dumps(asdict(matchmaker.store.runs[BRIEF, after.run_id]))
    # Nobody else's points move.
    kept = {match.profile_id: match.score for match in after.matches}
    assert all(kept[match.profile_id] == match.score for match in rest if match.profile_id in kept)
    matchmaker.blocks.away = set()
    matchmaker.service.block_changed(first.profile_id, matchmaker._event())
    assert matchmaker.seats(BRIEF) == [match.profile_id for match in before.matches]


def test_a_block_looks_again_only_where_it_makes_a_difference_and_names_nobody(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    before, named = matchmaker.store.shortlists[BRIEF], list(matchmaker.store.fits)
    # Of another company: no difference here.
    matchmaker.service.block_changed("near-0", matchmaker._event())
    assert matchmaker.store.shortlists[BRIEF] == before
    matchmaker.blocks.away = {"near-0"}
    event = matchmaker._event()
    for _ in range(2):
        matchmaker.service.block_changed("near-0", event)
    assert matchmaker.store.shortlists[BRIEF].version == before.version + 1
    assert matchmaker.store.fits == named


@pytest.mark.parametrize("first", ["the ranking", "the block"])
def test_a_block_and_a_ranking_at_once_end_without_the_person_whichever_is_first(
    matchmaker: Matchmaker, first: str
) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    asked, replace_in_store = matchmaker.publish(brief(version=2)), matchmaker.store.replace
    block = matchmaker._event()

    def at_once(*given: object) -> None:
        matchmaker.store.replace = replace_in_store  # type: ignore[method-assign]
        matchmaker.blocks.away = {"near-0"}
        if first == "the block":
            matchmaker.service.block_changed("near-0", block)
        replace_in_store(*given)  # type: ignore[arg-type]

    matchmaker.store.replace = at_once  # type: ignore[method-assign]
    if first == "the block":
        with pytest.raises(Retryable):
            matchmaker.service.match_brief(BRIEF, asked, "revised")
        matchmaker.service.match_brief(BRIEF, asked, "revised")
    else:
        matchmaker.service.match_brief(BRIEF, asked, "revised")
        assert "near-0" in matchmaker.seats(BRIEF)
        matchmaker.service.block_changed("near-0", block)
    assert "near-0" not in matchmaker.seats(BRIEF)
    assert matchmaker.store.shortlists[BRIEF].kept_out == marks_of(BRIEF, ["near-0"])


def test_whom_the_shortlist_shows_is_told_that_they_were_read_and_nobody_else(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    assert matchmaker.views.given == []
    matchmaker.blocks.away = {matchmaker.seats(BRIEF)[0]}
    matchmaker.service.shortlist(PRODUCER, BRIEF)
    assert matchmaker.views.given == [(BRIEF, one) for one in matchmaker.seats(BRIEF)[1:]]


def test_a_producer_reads_the_shortlist_of_their_own_project_and_of_no_other(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"))
    event = matchmaker.publish(brief())
    assert matchmaker.service.shortlist(PRODUCER, BRIEF).shortlist is None
    matchmaker.service.match_brief(BRIEF, event, "published")
    shown = matchmaker.service.shortlist(PRODUCER, BRIEF)
    assert [match.profile_id for match, _ in shown.people] == ["a"]
    assert not shown.updating
    with pytest.raises(NotFound):
        matchmaker.service.shortlist(replace(PRODUCER, sub="sub-rival"), BRIEF)


def test_a_shortlist_says_that_it_is_being_updated_while_its_project_is_newer(matchmaker: Matchmaker) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(version=2)), "published")
    matchmaker.publish(brief(version=3))
    assert matchmaker.service.shortlist(PRODUCER, BRIEF).updating
    matchmaker.close(BRIEF)
    assert not matchmaker.service.shortlist(PRODUCER, BRIEF).updating


def test_somebody_who_may_no_longer_be_proposed_is_left_out_at_once(matchmaker: Matchmaker) -> None:
    matchmaker.people(person("a"), person("b"))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    matchmaker.withdraw("a")
    assert [match.profile_id for match, _ in matchmaker.service.shortlist(PRODUCER, BRIEF).people] == ["b"]


def test_a_run_holds_ids_versions_and_points_and_nothing_that_a_person_wrote(matchmaker: Matchmaker) -> None:
    matchmaker.people(*a_crowd())
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    [run] = matchmaker.store.runs.values()
    written = json.dumps(asdict(run), ensure_ascii=False)
    assert "Naufrageurs" not in written
    assert "gendarme" not in written
    assert ROLE not in written
