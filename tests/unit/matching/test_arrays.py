"""People in flat arrays: the same bytes for the same people, refused when damaged, right in however many pieces."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.arrays import Arrays, Damaged, decode, encode
from chalicelib.matching.documents import Document, company_term, document, prepare
from chalicelib.matching.eligibility import obstacle
from chalicelib.matching.entries import Entry
from chalicelib.matching.index import LiveIndex
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import Ranking, count, rank
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.matching import examples
from tests.unit.matching.examples import ROLE, TODAY, brief, credit, distant_credit, junior, person, segment

crowds = st.lists(examples.people, max_size=6, unique_by=lambda one: one.profile_id)


def packed(people: list[CandidateSnapshot], version: int = 1) -> bytes:
    return encode(Entry(one.profile_id, version, document(one)) for one in people)


def ranking_of(project: BriefSnapshot, segments: list[Segment], depth: int = 100) -> Ranking:
    return rank(project, segments, weights=weights(), taxonomy=taxonomy(), today=TODAY, depth=depth)


def told(project: BriefSnapshot, segments: list[Segment], people: list[CandidateSnapshot]) -> str:
    """Everything a ranking says, as text."""
    ranking = ranking_of(project, segments)
    ids = {one.profile_id: one.verified_ids for one in people}
    return json.dumps(
        {
            "placed": [
                [one.profile_id, one.version, one.rank, one.score, one.level, one.region] for one in ranking.placed
            ],
            "explained": [asdict(ranking.explain(one, ids[one.profile_id])) for one in ranking.placed],
            "pool": asdict(ranking.pool),
            "considered": ranking.considered,
            "digest": ranking.digest,
        }
    )


@settings(max_examples=25, deadline=None)
@given(someone=examples.people)
def test_a_document_comes_back_as_it_was_kept(someone: CandidateSnapshot) -> None:
    kept = prepare(someone)
    back = Document.from_bytes(kept.to_bytes())
    assert back.to_bytes() == kept.to_bytes()
    assert [work.credit_id for work in back.works] == someone.verified_ids
    assert (back.terms.tolist(), back.counts.tolist()) == (kept.terms.tolist(), kept.counts.tolist())


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda data: data[:-1], lambda data: data + b"!", lambda _: b"x" * 40]
)
def test_what_is_not_a_document_is_refused(damage) -> None:
    with pytest.raises(ValueError, match="document"):
        Document.from_bytes(damage(document(person())))


@settings(max_examples=25, deadline=None)
@given(people=crowds, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_people_come_changes_no_byte(people: list[CandidateSnapshot], seed) -> None:
    shuffled = list(people)
    seed.shuffle(shuffled)
    assert packed(shuffled) == packed(people)


@settings(max_examples=25, deadline=None)
@given(project=examples.briefs, people=crowds)
def test_what_was_packed_ranks_as_what_was_not(project: BriefSnapshot, people: list[CandidateSnapshot]) -> None:
    assert told(project, [Segment(decode(packed(people)))], people) == told(project, [segment(*people)], people)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_bytes_are_refused_or_mean_the_same(data: st.DataObject) -> None:
    """Whatever is cut, added or changed: never another error. (What a flipped bit means is the checksum's business.)"""
    whole = packed([person("a"), junior("b")])
    kind = data.draw(st.sampled_from(["cut", "longer", "changed"]))
    place = data.draw(st.integers(0, len(whole) - 1))
    if kind == "cut":
        with pytest.raises(Damaged):
            decode(whole[:place])
    elif kind == "longer":
        with pytest.raises(Damaged):
            decode(whole + b"\0" * (place + 1))
    else:
        changed = bytearray(whole)
        changed[place] ^= 1 << data.draw(st.integers(0, 7))
        with suppress(Damaged):
            decode(bytes(changed))


def test_a_table_of_no_known_kind_is_damaged() -> None:
    whole = packed([person("a"), junior("b")])
    assert b'"<u4"' in whole
    for kind in (b'",u4"', b'"<f4"', b'"O,O"'):
        with pytest.raises(Damaged):
            decode(whole.replace(b'"<u4"', kind, 1))


def test_an_empty_index_has_nobody_for_anything() -> None:
    nobody = [Segment(decode(packed([])))]
    assert ranking_of(brief(), nobody).placed == ()
    assert count(brief(), nobody, today=TODAY).people == 0
    assert ranking_of(brief(), []).placed == ()


@settings(max_examples=40, deadline=None)
@given(
    project=examples.briefs,
    people=st.lists(examples.people, min_size=1, max_size=6, unique_by=lambda one: one.profile_id),
    before=st.lists(examples.people, max_size=6),
    data=st.data(),
)
def test_a_snapshot_with_what_changed_since_says_what_one_built_now_says(
    project: BriefSnapshot, people: list[CandidateSnapshot], before: list[CandidateSnapshot], data: st.DataObject
) -> None:
    """Everyone of now: some as in the snapshot, some changed since (the snapshot has them otherwise), some new since;
    and some of the snapshot are gone."""
    how = {one.profile_id: data.draw(st.sampled_from(["as before", "changed", "new"])) for one in people}
    gone = [replace(one, profile_id=f"gone-{number}") for number, one in enumerate(before)]
    kept = [one for one in people if how[one.profile_id] == "as before"]
    otherwise = [
        replace(brief_life(one), profile_id=one.profile_id) for one in people if how[one.profile_id] == "changed"
    ]
    old = [Entry(one.profile_id, 2, document(one)) for one in kept]
    old += [Entry(one.profile_id, 1, document(one)) for one in (*otherwise, *gone)]
    changed = {one.profile_id: (2, document(one)) for one in people if how[one.profile_id] != "as before"}
    stored = Stored(decode(encode(old)), {**changed, **{one.profile_id: None for one in gone}})
    now = [Segment(Arrays.of((one.profile_id, 2, prepare(one)) for one in people))]
    assert told(project, list(LiveIndex(stored).segments()), people) == told(project, now, people)


def brief_life(someone: CandidateSnapshot) -> CandidateSnapshot:
    """The same person when they had done something else."""
    return replace(
        someone, credits=(credit("before", title="Bien avant"), *someone.credits[:1]), languages=("fr", "it")
    )


class Stored:
    def __init__(self, base: Arrays | None, overlay: dict) -> None:
        self.base, self.overlay = base, overlay

    def refresh(self) -> Stored:
        return self


def test_without_a_snapshot_everyone_is_what_changed() -> None:
    people = [person("a"), junior("b")]
    stored = Stored(None, {one.profile_id: (1, document(one)) for one in people})
    assert told(brief(), list(LiveIndex(stored).segments()), people) == told(brief(), [segment(*people)], people)


@settings(max_examples=40, deadline=None)
@given(project=examples.briefs, people=crowds)
def test_the_hard_rules_for_many_at_once_are_the_hard_rules_one_by_one(
    project: BriefSnapshot, people: list[CandidateSnapshot]
) -> None:
    able = {one.profile_id for one in people if obstacle(project, one, TODAY) is None}
    ranking = ranking_of(project, [segment(*people)])
    assert {one.profile_id for one in ranking.placed} == able
    assert ranking.pool.people == count(project, [segment(*people)], today=TODAY).people == len(able)
    assert sum(ranking.pool.levels.values()) == sum(ranking.pool.regions.values()) == len(able)


def test_the_first_are_the_first_of_everyone_however_few_are_asked_for() -> None:
    people = [
        person(
            f"p{number:03}", credits=tuple(credit(f"c{work}", year=2024 - number % 17) for work in range(number % 4))
        )
        for number in range(900)
    ]
    people += [junior(f"j{number}") for number in range(20)]
    whole = ranking_of(brief(), [segment(*people)], depth=len(people))
    few = ranking_of(brief(), [segment(*people)], depth=10)
    assert [one.profile_id for one in few.in_order] == [one.profile_id for one in whole.placed[:10]]
    assert [one.rank for one in few.in_order] == list(range(1, 11))
    young = [one.profile_id for one in whole.placed if one.level == "junior"][:8]
    assert [one.profile_id for one in few.placed if one.level == "junior"] == young


def test_a_pair_says_both_combinations_of_each_work() -> None:
    works = [(credit, distant_credit)[number % 3 == 0](f"c{number}") for number in range(40)]
    arrays = segment(person(credits=tuple(works))).arrays
    assert len(arrays.joined) == 3
    for one, other, pairs in arrays.joined:
        size = len(set(arrays.tables[other].tolist()))
        assert pairs.tolist() == [
            first * size + second
            for first, second in zip(arrays.tables[one].tolist(), arrays.tables[other].tolist(), strict=True)
        ]
    few = segment(person(credits=tuple(works[:4]))).arrays
    assert few.joined == []


def test_whoever_is_asked_about_has_the_rank_that_putting_everyone_in_order_gives() -> None:
    same = [person(f"same-{n}") for n in range(150)]  # the lot alone orders them
    declared = [
        junior(f"declared-{n}", specialities={"genres": tuple(list(taxonomy().dimensions["genres"].entries)[: n % 5])})
        for n in range(60)
    ]
    busy = [
        person(f"busy-{n}", credits=tuple(distant_credit(f"c{w}", year=2026 - w % 5) for w in range(n % 40)))
        for n in range(60)
    ]
    segments = [segment(*same[:90], *busy), segment(*declared, *same[90:])]
    everyone = ranking_of(brief(), segments, depth=270)
    assert [one.rank for one in everyone.placed] == list(range(1, 271))
    for one in everyone.placed[::3]:
        ranking = rank(
            brief(),
            segments,
            weights=weights(),
            taxonomy=taxonomy(),
            today=TODAY,
            depth=20,
            also=[one.profile_id],
        )
        assert ranking.of(one.profile_id).rank == one.rank
        assert len(ranking.in_order) == 20


def test_people_are_found_by_the_role_wanted_alone() -> None:
    people = [person("reader", roles=("script-reader",)), person("both", roles=("script-reader", ROLE)), person("own")]
    assert {one.profile_id for one in ranking_of(brief(), [segment(*people)]).placed} == {"both", "own"}
    assert {one.profile_id for one in ranking_of(brief(role="script-reader"), [segment(*people)]).placed} == {
        "reader",
        "both",
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Falaise Productions SAS", "FALAISE", True),
        ("Les Films du Ressac", "Films du Ressac", True),
        ("Écluse & Fils", "Ecluse et Fils", False),
        ("Studio Varech", "Varech Studio", False),
        ("", "   ", True),
    ],
)
def test_a_company_is_the_same_under_the_names_people_give_it(one: str, other: str, same: bool) -> None:
    assert (company_term(one) == company_term(other)) is same


def test_having_worked_together_counts_where_it_is_asked_and_nowhere_else() -> None:
    known = person("known", credits=(distant_credit("k", company="Falaise Films"),))
    people = [known, person("stranger", credits=(distant_credit("s", company="Autre Rive"),))]
    asked = brief(companies=("FALAISE FILMS SAS",))

    def points(project: BriefSnapshot) -> dict[str, int]:
        ranking = ranking_of(project, [segment(*people)])
        return {
            one.profile_id: ranking.explain(
                one, next(p for p in people if p.profile_id == one.profile_id).verified_ids
            ).points("company")
            for one in ranking.placed
        }

    assert points(asked)["known"] > points(asked)["stranger"] == 0
    assert set(points(brief()).values()) == {0}
    assert ranking_of(asked, [segment(*people)]).placed[0].profile_id == "known"
