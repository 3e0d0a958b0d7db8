"""What both sides ask: every rank that is told is the one that ranking everyone gives, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.changes import brief_changes, profile_changes
from chalicelib.matching.documents import prepare
from chalicelib.matching.eligibility import obstacle
from chalicelib.matching.questions import MOST_TOLD, MOST_TRIED, OTHER_REGIONS, _tries, _Variants
from chalicelib.matching.ranking import rank
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, Retryable
from chalicelib.vocabulary.limits import MOST_ENTRIES
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.support.matching_fakes import Matchmaker
from tests.unit.matching import examples
from tests.unit.matching.examples import ROLE, TODAY, brief, credit, distant_credit, junior, person

PRODUCER = Actor("sub-producer", frozenset({"producers"}), "claire@falaise-films.test")
RIVAL = Actor("sub-rival", frozenset({"producers"}), "paul@autre-rive.test")
INES = Actor("sub-ines", frozenset({"freelancers"}), "ines@courriel.test")
BRIEF = "brief-1"


def crowd() -> list[CandidateSnapshot]:
    """Nine who are near, the one called `light` but for the tone, and a beginner."""
    near = [person(f"near-{n}", credits=(credit(f"n{n}", year=2025 - n),)) for n in range(8)]
    light = person("light", credits=(credit("l1", tones=("light",), genres=("romantic-comedy",)),))
    return [*near, light, junior("young")]


def published(*people: CandidateSnapshot, **changes: Any) -> Matchmaker:
    """A project that is live, with its shortlist made among these people."""
    matchmaker = Matchmaker()
    matchmaker.people(*people)
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(**changes)), "published")
    return matchmaker


def really(matchmaker: Matchmaker, project: BriefSnapshot, profile_id: str) -> int | None:
    """The rank that ranking everyone for that brief gives."""
    ranking = rank(
        project,
        matchmaker.candidates.segments(),
        weights=weights(),
        taxonomy=taxonomy(),
        today=TODAY,
        also=[profile_id],
    )
    placed = ranking.of(profile_id)
    return None if placed is None else placed.rank


def proposed_before(matchmaker: Matchmaker, profile_id: str) -> None:
    """The person was once proposed for another project of the company."""
    matchmaker.store._proposed["brief-of-last-year"] = {profile_id}


def different(one: BriefSnapshot, other: BriefSnapshot) -> list[str]:
    return [name for name in BriefSnapshot.__slots__ if getattr(one, name) != getattr(other, name)]


# ---- a producer


def test_somebody_seated_is_told_as_on_the_list() -> None:
    matchmaker = published(*crowd())
    why = matchmaker.questions.why(PRODUCER, BRIEF, "near-0")
    assert why.match == matchmaker.store.shortlists[BRIEF].matches[0]
    assert why.standing is not None
    assert (why.standing.rank, why.standing.eligible) == (1, 10)
    assert why.standing.scored.score == why.match.score
    assert (why.obstacle, why.decided) == (None, None)


def test_somebody_who_does_not_sit_hears_the_criterion_that_decided_with_both_figures() -> None:
    matchmaker = published(*crowd())
    proposed_before(matchmaker, "light")
    why = matchmaker.questions.why(PRODUCER, BRIEF, "light")
    assert why.match is None and why.standing is not None and why.decided is not None
    last = matchmaker.store.shortlists[BRIEF].matches[-2]
    assert last.why != "junior_seat"
    theirs = {part.criterion: part.points for part in why.standing.scored.contributions}
    others = {part["criterion"]: part["points"] for part in last.contributions}
    lost = {name: others[name] - theirs[name] for name in theirs}
    assert why.decided.criterion == "genre"
    assert lost["genre"] == max(lost.values()) > 0
    assert (why.decided.points, why.decided.points_of_last) == (theirs["genre"], others["genre"])


def test_when_only_the_draw_separates_them_that_is_what_is_said() -> None:
    same = [person(f"same-{n}", credits=(credit(f"s{n}"),)) for n in range(12)]
    matchmaker = published(*same)
    left_out = next(one.profile_id for one in same if one.profile_id not in matchmaker.seats(BRIEF))
    proposed_before(matchmaker, left_out)
    why = matchmaker.questions.why(PRODUCER, BRIEF, left_out)
    assert why.decided is not None and why.decided.criterion is None
    assert why.decided.points == why.decided.points_of_last == same_score(why)


def same_score(why: Any) -> int:
    return int(why.standing.scored.score)


def test_every_counterfactual_of_a_brief_is_what_ranking_everyone_with_it_gives() -> None:
    matchmaker = published(*crowd())
    proposed_before(matchmaker, "light")
    effects = matchmaker.questions.why(PRODUCER, BRIEF, "light").effects
    assert 0 < len(effects) <= MOST_TOLD
    before = really(matchmaker, brief(), "light")
    for effect in effects:
        assert effect.before == before
        assert effect.after == really(matchmaker, effect.change.after, "light")
        assert effect.after < effect.before  # some change helps, so only those that help are told
        changed = [
            name for name in BriefSnapshot.__slots__ if getattr(effect.change.after, name) != getattr(brief(), name)
        ]
        assert changed == [effect.change.field]
    assert [effect.after for effect in effects] == sorted(effect.after for effect in effects)


def test_a_counterfactual_reads_as_one_sentence_in_both_languages() -> None:
    matchmaker = published(*crowd())
    proposed_before(matchmaker, "light")
    effects = matchmaker.questions.why(PRODUCER, BRIEF, "light").effects
    [told] = [one for one in effects if (one.change.field, one.change.entry) == ("genres", "genres/romantic-comedy")]
    assert told.text.fr.replace("\u00a0", " ") == (
        "Avec le genre « comédie romantique » au lieu de « polar régional », "
        "cette personne passerait du 9e au 1er rang."
    )
    assert (
        told.text.en
        == "With the genre “romantic comedy” instead of “regional crime”, they would be 1st instead of 9th."
    )


def test_when_nothing_moves_somebody_up_what_moves_them_down_is_told() -> None:
    people = [*crowd(), person("other", credits=(distant_credit(),), work_modes=("on-site", "remote"))]
    matchmaker = published(*people, tones=("dark", "light"), genres=("regional-crime", "romantic-comedy"))
    first = matchmaker.seats(BRIEF)[0]
    effects = matchmaker.questions.why(PRODUCER, BRIEF, first).effects
    assert all(effect.before == 1 for effect in effects)
    assert all(effect.after > 1 for effect in effects)
    assert [effect.after for effect in effects] == sorted((effect.after for effect in effects), reverse=True)


def test_whom_a_language_keeps_out_hears_so_and_what_would_let_them_in() -> None:
    matchmaker = published(*crowd(), person("french-only"), languages=("fr", "en"))
    assert matchmaker.seats(BRIEF) == []
    proposed_before(matchmaker, "near-0")
    why = matchmaker.questions.why(PRODUCER, BRIEF, "near-0")
    assert why.obstacle is not None and why.obstacle.code == "language"
    assert (why.standing, why.decided, why.match) == (None, None, None)
    [effect] = why.effects
    assert (effect.change.field, effect.change.action, effect.change.entry) == ("languages", "remove", "languages/en")
    assert effect.before is None
    assert effect.after == really(matchmaker, brief(languages=("fr",)), "near-0")
    assert effect.text.fr.replace("\u00a0", " ") == (
        f"Sans la langue de travail « anglais », cette personne pourrait être proposée, au {effect.after}er rang."
    )
    assert effect.text.en == "Without the working language “English”, they could be proposed, and would be 1st."


def test_who_was_never_proposed_to_the_company_is_not_found_and_neither_is_who_does_not_exist() -> None:
    matchmaker = published(*crowd())
    for actor, brief_id, profile_id in (
        (PRODUCER, BRIEF, "light"),
        (PRODUCER, BRIEF, "nobody"),
        (PRODUCER, "brief-unknown", "near-0"),
        (RIVAL, BRIEF, "near-0"),
    ):
        with pytest.raises(NotFound):
            matchmaker.questions.why(actor, brief_id, profile_id)


def test_who_may_no_longer_be_proposed_is_in_no_answer() -> None:
    matchmaker = published(*crowd())
    event = matchmaker.withdraw("near-0")
    with pytest.raises(NotFound):
        matchmaker.questions.why(PRODUCER, BRIEF, "near-0")
    matchmaker.service.profile_changed("near-0", event)
    with pytest.raises(NotFound):
        matchmaker.questions.why(PRODUCER, BRIEF, "near-0")


def test_a_project_that_is_over_still_answers() -> None:
    matchmaker = published(*crowd())
    matchmaker.close(BRIEF)
    why = matchmaker.questions.why(PRODUCER, BRIEF, "near-0")
    assert why.standing is not None and why.standing.rank == 1


def test_somebody_who_changes_at_each_reading_is_asked_about_again_later() -> None:
    matchmaker = published(*crowd())
    segments = matchmaker.candidates.segments()
    for _ in range(2):
        matchmaker.service.profile_changed("near-0", matchmaker.save(person("near-0", region="corse")))
    matchmaker.candidates.segments = lambda: segments  # type: ignore[method-assign]  # an index that stays behind
    with pytest.raises(Retryable):
        matchmaker.questions.why(PRODUCER, BRIEF, "near-0")


@settings(max_examples=25, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_a_brief_changes_in_one_field_and_stays_publishable(project: BriefSnapshot, someone: CandidateSnapshot) -> None:
    for change in brief_changes(project, someone, taxonomy()):
        assert different(change.after, project) == [change.field]
        value = getattr(change.after, change.field)
        assert value
        if change.field in MOST_ENTRIES:
            assert len(value) == len(set(value)) <= max(MOST_ENTRIES[change.field], len(getattr(project, change.field)))
        if change.action != "remove":
            assert change.entry is not None
            dimension, _, entry = change.entry.partition("/")
            assert taxonomy().knows(dimension, entry)
            assert entry in (value if isinstance(value, tuple) else (value,))
        if project.region is None:
            assert change.after.working_mode in (project.working_mode, "remote")
        for text in (change.condition.fr, change.condition.en):
            assert text and not text.endswith(".")


# ---- a freelancer


def asking(matchmaker: Matchmaker, someone: CandidateSnapshot, *, known: bool = True) -> None:
    """Inès's profile; `known`: verified, so that matching knows it too."""
    matchmaker.profiles.owners[INES.sub] = someone
    if known:
        matchmaker.people(someone)


def test_a_verified_profile_hears_its_rank_its_score_and_what_decided() -> None:
    matchmaker = published(*crowd())
    mine = person("ines", credits=(credit("i1", year=2025), credit("i2", year=2010, tones=("light",))))
    asking(matchmaker, mine)
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert fit.obstacles == ()
    assert (fit.standing.rank, fit.standing.eligible) == (really(matchmaker, brief(), "ines"), 11)
    assert fit.standing.scored.deciding == ("i1", "i2")
    assert sum(part.points for part in fit.standing.scored.contributions) == fit.standing.scored.score
    assert "Les Naufrageurs" in fit.standing.summary.fr


def test_company_affinity_is_not_even_named() -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines"))
    parts = matchmaker.questions.fit(INES, BRIEF).standing.scored.contributions
    assert "company" not in {part.criterion for part in parts}


def test_a_profile_that_matching_does_not_know_yet_is_placed_as_if_it_were_verified() -> None:
    matchmaker = published(*crowd())
    unchecked = person(
        "ines", verification="submitted", levels={ROLE: "junior"}, credits=(credit("i1", verification=0),)
    )
    asking(matchmaker, unchecked, known=False)
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert [one.code for one in fit.obstacles] == ["verification"]
    assert fit.standing.eligible == 11
    verified = fit.effects[0]
    assert (verified.change.field, verified.change.credit_id) == ("credits/verification", "i1")
    assert verified.change.facts == {"level": 1}
    assert verified.before == fit.standing.rank > verified.after


def test_a_rank_told_to_a_freelancer_is_what_saving_that_change_gives() -> None:
    graded = [person(f"g{n}", credits=(credit(f"g{n}", year=2024 - n, tones=()),)) for n in range(30)]
    matchmaker = published(*graded)
    mine = person(
        "ines",
        work_modes=("on-site",),
        credits=(credit("i1", tones=(), verification=1, title="L’Écluse"), credit("i2", year=2009, verification=0)),
    )
    asking(matchmaker, mine)
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert len(fit.effects) == MOST_TOLD
    for effect in fit.effects:
        matchmaker.people(effect.change.after)
        assert effect.after == really(matchmaker, brief(), "ines") < effect.before == fit.standing.rank
    fields = {effect.change.field for effect in fit.effects}
    assert fields >= {"work_modes", "credits/tones", "credits/verification"}
    [told] = [effect for effect in fit.effects if effect.change.field == "credits/tones"]
    assert told.text.fr.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Si c’est vrai de « L’Écluse » (2024) : avec le ton « sombre » indiqué sur ce crédit, une fois vérifié de "
        f"nouveau, votre profil passerait du {told.before}e au 1er rang."
    )
    assert told.after == 1
    assert told.text.en.startswith("If it is true of “L’Écluse” (2024): with the tone “dark” told on that credit, ")


def test_one_more_verified_credit_counts_with_the_level_it_proves() -> None:
    """Two verified credits make an intermediate of this fake: the rank told has that, too."""
    matchmaker = published(*crowd(), levels=("mid",))
    mine = junior("ines", credits=(credit("i1", year=2006), credit("i2", verification=0)))
    asking(matchmaker, mine)
    effects = matchmaker.questions.fit(INES, BRIEF).effects
    [further] = [one for one in effects if one.change.credit_id == "i2"]
    assert further.change.after.level(ROLE) == "mid"
    matchmaker.people(further.change.after)
    assert further.after == really(matchmaker, brief(levels=("mid",)), "ines")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"roles": ("script-reader",)}, "role", "roles"),
        ({"languages": ("en",)}, "language", "languages"),
        ({"availability": ((date(2028, 1, 1), None),)}, "availability", "availability"),
        ({"availability": ()}, "availability", "availability"),
    ],
)
def test_whoever_cannot_be_proposed_hears_why_and_the_one_change_that_lets_them_in(
    changes: dict[str, Any], code: str, field: str
) -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines", **changes))
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert [one.code for one in fit.obstacles] == [code]
    [effect] = fit.effects
    assert (effect.change.field, effect.before, effect.after) == (field, None, fit.standing.rank)
    assert obstacle(brief(), effect.change.after, TODAY) is None
    matchmaker.people(effect.change.after)
    assert effect.after == really(matchmaker, brief(), "ines")
    assert "votre profil pourrait être proposé" in effect.text.fr
    assert "you could be proposed" in effect.text.en


def test_two_obstacles_are_both_told_and_no_single_change_is_promised() -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines", languages=("en",), availability=()))
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert [one.code for one in fit.obstacles] == ["language", "availability"]
    assert fit.effects == []
    assert fit.standing.eligible == 11


def test_without_a_profile_or_a_project_there_is_no_answer() -> None:
    matchmaker = published(*crowd())
    with pytest.raises(NotFound):
        matchmaker.questions.fit(INES, BRIEF)
    asking(matchmaker, person("ines"))
    with pytest.raises(NotFound):
        matchmaker.questions.fit(INES, "project-unknown")


def test_asking_changes_nothing() -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines"))
    before = (dict(matchmaker.store.shortlists), len(matchmaker.store.runs), len(matchmaker.store.facts))
    first, second = (matchmaker.questions.fit(INES, BRIEF) for _ in range(2))
    assert first == second
    matchmaker.questions.why(PRODUCER, BRIEF, "near-0")
    assert before == (dict(matchmaker.store.shortlists), len(matchmaker.store.runs), len(matchmaker.store.facts))


@settings(max_examples=40, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_a_changed_person_is_prepared_as_from_scratch(project: BriefSnapshot, someone: CandidateSnapshot) -> None:
    variants = _Variants(someone, 1, taxonomy())
    for after in [
        someone,
        *(change.after for change in profile_changes(someone, project, (), lambda one: one, taxonomy())),
    ]:
        assert variants.document(after).to_bytes() == prepare(after).to_bytes()


@settings(max_examples=40, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_nothing_is_asked_of_a_profile_that_its_credits_already_tell(
    project: BriefSnapshot, someone: CandidateSnapshot
) -> None:
    credits = {one.credit_id: one for one in someone.credits}
    for change in profile_changes(someone, project, (), lambda one: one, taxonomy()):
        if change.field.startswith("credits/") and change.field != "credits/verification":
            told = credits[str(change.credit_id)]
            assert told.verified
            assert not getattr(told, change.field.removeprefix("credits/"))


@settings(max_examples=40, deadline=None)
@given(cards=st.lists(examples.briefs, min_size=1, max_size=4), someone=examples.people, known=st.booleans())
def test_the_scores_that_order_projects_are_those_that_each_of_them_tells_by_itself(
    cards: list[BriefSnapshot], someone: CandidateSnapshot, known: bool
) -> None:
    matchmaker = Matchmaker()
    matchmaker.people(*(one for one in crowd() if one.profile_id != someone.profile_id))
    asking(matchmaker, someone, known=known)
    cards = [replace(card, brief_id=f"brief-{number}", companies=()) for number, card in enumerate(cards)]
    for card in cards:
        matchmaker.publish(card)
    told = [matchmaker.questions.fit(INES, card.brief_id) for card in cards]
    assert [(one.proposable, one.score) for one in matchmaker.questions.fits(INES, cards)] == [
        (not one.obstacles, one.standing.scored.score) for one in told
    ]


def test_of_no_projects_there_are_no_scores_and_without_a_profile_no_answer() -> None:
    matchmaker = published(*crowd())
    with pytest.raises(NotFound):
        matchmaker.questions.fits(INES, [brief()])
    asking(matchmaker, person("ines"))
    assert matchmaker.questions.fits(INES, []) == []


# ---- a draft


def test_an_estimate_counts_who_could_be_proposed_and_whom_each_rule_takes_out() -> None:
    matchmaker = Matchmaker()
    matchmaker.people(
        *(person(f"breton-{n}") for n in range(3)),
        person("corsican", region="corse"),
        junior("nowhere", region=None),
        person("reader", roles=("script-reader",)),
        person("english", languages=("en",)),
        person("busy", availability=((date(2028, 1, 1), None),)),
        person("busy-too", availability=((date(2020, 1, 1), date(2020, 2, 1)),)),
    )
    estimate = matchmaker.questions.estimate(None, brief())
    assert estimate.eligible == 5
    assert estimate.levels == {"junior": 1, "senior": 4}
    assert estimate.regions == {"bretagne": 3, OTHER_REGIONS: 2}
    assert estimate.left_out == {"role": 1, "language": 1, "availability": 2}


@settings(max_examples=25, deadline=None)
@given(
    people=st.lists(examples.people, max_size=6, unique_by=lambda one: one.profile_id),
    roles=st.lists(st.sampled_from((ROLE, "script-reader")), min_size=6, max_size=6),
    languages=st.lists(st.sampled_from((("fr",), ("en",), ("fr", "en"))), min_size=6, max_size=6),
)
def test_an_estimate_adds_up_to_everyone_and_agrees_with_the_rules_one_by_one(
    people: list[CandidateSnapshot], roles: list[str], languages: list[tuple[str, ...]]
) -> None:
    everyone = [
        replace(one, roles=(role,), languages=spoken)
        for one, role, spoken in zip(people, roles, languages, strict=False)
    ]
    matchmaker = Matchmaker()
    matchmaker.people(*everyone)
    estimate = matchmaker.questions.estimate(None, brief())
    codes = [found.code if (found := obstacle(brief(), one, TODAY)) else None for one in everyone]
    assert estimate.eligible == codes.count(None)
    assert estimate.left_out == {rule: codes.count(rule) for rule in ("role", "language", "availability")}
    assert sum(estimate.levels.values()) == sum(estimate.regions.values()) == estimate.eligible
    assert all(people >= 3 for region, people in estimate.regions.items() if region != OTHER_REGIONS)


@settings(max_examples=20, deadline=None)
@given(
    away=st.sets(st.integers(0, 5)),
    languages=st.lists(st.sampled_from((("fr",), ("en",))), min_size=6, max_size=6),
    roles=st.lists(st.sampled_from((ROLE, "script-reader")), min_size=6, max_size=6),
)
def test_who_keeps_a_company_away_is_in_no_count_of_it_and_every_sum_stays_what_it_was(
    away: set[int], languages: list[tuple[str, ...]], roles: list[str]
) -> None:
    matchmaker = Matchmaker()
    everyone = [
        person(f"p-{n}", languages=spoken, roles=(role,))
        for n, (spoken, role) in enumerate(zip(languages, roles, strict=True))
    ]
    matchmaker.people(*everyone)
    matchmaker.blocks.away = {f"p-{n}" for n in away}
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    estimate, shortlist = matchmaker.questions.estimate("company", brief()), matchmaker.store.shortlists[BRIEF]
    able = [one for one in everyone if obstacle(brief(), one, TODAY) is None]
    left = {one.profile_id for one in able} - matchmaker.blocks.away
    assert set(matchmaker.seats(BRIEF)) == left
    assert estimate.eligible == shortlist.eligible == len(left)
    assert estimate.eligible + sum(estimate.left_out.values()) == shortlist.considered == len(everyone)
    without = matchmaker.questions.estimate(None, brief())
    assert without.eligible == len(able)


def test_a_ranking_for_a_company_and_what_would_change_it_leave_out_who_keeps_it_away() -> None:
    matchmaker = published(*crowd())
    before = matchmaker.questions.why(PRODUCER, BRIEF, matchmaker.seats(BRIEF)[2])
    assert before.standing is not None
    matchmaker.blocks.away = {matchmaker.seats(BRIEF)[0]}
    why = matchmaker.questions.why(PRODUCER, BRIEF, matchmaker.seats(BRIEF)[2])
    assert why.standing is not None
    assert (why.standing.rank, why.standing.eligible) == (before.standing.rank - 1, before.standing.eligible - 1)
    assert why.standing.scored == before.standing.scored
    with pytest.raises(NotFound):
        matchmaker.questions.why(PRODUCER, BRIEF, matchmaker.seats(BRIEF)[0])
    assert set(matchmaker.views.given) == {(BRIEF, matchmaker.seats(BRIEF)[2])}


def test_nothing_that_a_freelancer_asks_looks_at_blocks() -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines"))
    before = matchmaker.questions.fit(INES, BRIEF), matchmaker.questions.fits(INES, [brief()])
    matchmaker.blocks.away = {"ines", *matchmaker.seats(BRIEF)}
    assert (matchmaker.questions.fit(INES, BRIEF), matchmaker.questions.fits(INES, [brief()])) == before


def test_whoever_paused_hears_so_and_is_placed_as_if_they_had_not() -> None:
    matchmaker = published(*crowd())
    asking(matchmaker, person("ines"))
    before = matchmaker.questions.fit(INES, BRIEF)
    asking(matchmaker, person("ines", paused=True))
    fit = matchmaker.questions.fit(INES, BRIEF)
    assert [one.code for one in fit.obstacles] == ["paused"]
    assert (fit.standing, fit.effects) == (before.standing, before.effects)


def test_nobody_can_be_counted_before_anyone_is_there() -> None:
    estimate = Matchmaker().questions.estimate(None, brief())
    assert (estimate.eligible, estimate.levels, estimate.regions) == (0, {}, {})


def test_of_more_people_fewer_changes_are_tried_and_never_none() -> None:
    assert _tries(0) == _tries(1_000) == MOST_TRIED
    tries = [_tries(people) for people in (40_000, 60_000, 100_000, 200_000, 5_000_000)]
    assert tries == sorted(tries, reverse=True)
    assert tries[-1] > 0
