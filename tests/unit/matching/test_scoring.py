"""The score: it adds up, depends on nothing it should not, and prefers what a producer would prefer."""

import json
import random
from dataclasses import asdict, replace
from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.scoring import Scorer
from chalicelib.matching.weights import CRITERIA, TOTAL, weights
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.matching import examples
from tests.unit.matching.examples import (
    ROLE,
    TODAY,
    brief,
    credit,
    distant_credit,
    junior,
    person,
    ranked,
    scored,
    segment,
)


def order(project, people, **changes):
    return [one.profile_id for one in ranked(project, people, **changes).placed]


def maximum(project, criterion):
    parts = scored(project, person()).contributions
    return next(part.maximum for part in parts if part.criterion == criterion)


@settings(max_examples=20, deadline=None)
@given(project=examples.briefs, someone=examples.people)
def test_contributions_are_whole_points_within_their_maximum_and_add_up_to_the_score(project, someone):
    result = scored(project, someone)

    assert [part.criterion for part in result.contributions] == list(CRITERIA)
    assert sum(part.points for part in result.contributions) == result.score
    assert all(type(part.points) is int and 0 <= part.points <= part.maximum for part in result.contributions)
    assert sum(part.maximum for part in result.contributions) in (0, TOTAL)


@settings(max_examples=15, deadline=None)
@given(
    project=examples.briefs,
    someone=examples.people,
    others=st.lists(examples.people, max_size=3, unique_by=lambda one: one.profile_id),
    seed=st.randoms(use_true_random=False),
)
def test_no_order_of_people_credits_or_ids_changes_one_byte_of_a_ranking(project, someone, others, seed):
    def shuffle(values):
        values = list(values)
        seed.shuffle(values)
        return tuple(values)

    lists = ("genres", "tones", "universes", "stakes", "tasks")
    shuffled = [
        replace(
            one,
            credits=shuffle(
                replace(work, **{name: shuffle(getattr(work, name)) for name in lists}) for work in one.credits
            ),
            languages=shuffle(one.languages),
            work_modes=shuffle(one.work_modes),
            availability=shuffle(one.availability),
        )
        for one in shuffle([someone, *others])
    ]
    project_shuffled = replace(project, **{name: shuffle(getattr(project, name)) for name in (*lists, "levels")})

    def run(wanted, people):
        ids = {one.profile_id: one.verified_ids for one in people}
        ranking = ranked(wanted, people, everyone=True)
        explained = [asdict(ranking.explain(one, ids[one.profile_id])) for one in ranking.placed]
        return json.dumps([[one.rank for one in ranking.placed], explained])

    assert run(project, [someone, *others]) == run(project_shuffled, shuffled)


@settings(max_examples=20, deadline=None)
@given(project=examples.briefs, someone=examples.people, another=examples.credits)
def test_one_more_verified_credit_never_lowers_what_the_works_give(project, someone, another):
    longer = replace(someone, profile_id="longer", credits=(*someone.credits, replace(another, verification=2)))
    everyone = (someone, longer)

    before, after = (scored(project, one, everyone) for one in everyone)
    for same in ("level", "working_mode"):
        assert abs(before.points(same) - after.points(same)) <= 1  # rounded together with the works
    assert after.score >= before.score


@settings(max_examples=15, deadline=None)
@given(project=examples.briefs, someone=examples.people, another=examples.credits)
def test_a_credit_that_nobody_has_checked_changes_nothing(project, someone, another):
    longer = replace(someone, credits=(*someone.credits, replace(another, verification=0)))

    assert scored(project, longer) == scored(project, someone)


@given(works=st.floats(0, 8_000), share=st.floats(0, 1))
def test_nobody_gains_more_by_what_they_declare_than_is_said_of_those_who_have_as_much(works, share):
    scorer = Scorer(brief(), [segment(person())], weights=weights(), taxonomy=taxonomy(), today=TODAY)
    declared = share * scorer.most_declared
    together = float(scorer.pooled(np.array([works]), np.array([declared]))[0])
    assert together - works <= scorer.most_added(together)
    assert scorer.most_added(together) <= scorer.most_declared
    most = float(scorer.pooled(np.array([works]), np.array([scorer.most_declared]))[0])
    if works > 1_000:  # less is lost in rounding
        assert abs(scorer.most_added(most) - (most - works)) < 1


def test_the_perfect_person_has_every_point():
    project = brief(pitch=examples.LOGLINE)
    works = tuple(credit(f"c{number}", year=2026, synopsis=examples.LOGLINE["fr"] * 3) for number in range(60))
    someone = person(credits=works, specialities={"development_stages": ("treatment",)})
    far = (credit(f"far-{n}", language="en", title="Sale", synopsis="A dog.", genres=("comedy",)) for n in range(4_000))
    crowd = (someone, *(person(one.credit_id, credits=(one,)) for one in far))

    result = scored(project, someone, crowd)

    assert [part.criterion for part in result.contributions if part.points < part.maximum * 0.75] == []
    assert result.score > TOTAL * 0.95


def test_one_very_close_work_beats_any_number_of_vaguely_similar_ones():
    specialist = person("specialist", credits=(credit(),))
    busy = person(
        "busy",
        credits=tuple(
            distant_credit(f"b{number}", genres=("thriller",), format="series-52", source_material="original")
            for number in range(300)
        ),
    )

    assert order(brief(), [busy, specialist]) == ["specialist", "busy"]


def test_a_second_close_work_adds_to_the_first():
    one = person(credits=(credit("a"),))
    two = person(credits=(credit("a"), credit("b")))

    assert scored(brief(), two).points("other_works") > scored(brief(), one).points("other_works") == 0
    assert scored(brief(), two).deciding == ("a", "b")


def test_a_neighbouring_genre_counts_less_than_the_genre_and_more_than_another():
    points = [
        scored(brief(), person(credits=(credit(genres=(genre,)),))).points("genre")
        for genre in ("regional-crime", "whodunit", "romantic-comedy")
    ]

    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 3 and points[2] == 0


def test_evidence_tells_shared_entries_from_related_ones_and_shows_words_of_the_project():
    result = scored(brief(), person(credits=(credit(genres=("whodunit",)),)))
    parts = {part.criterion: part.evidence for part in result.contributions}

    assert parts["genre"].related == (("genres/regional-crime", "genres/whodunit"),)
    assert parts["universe"].shared == ("universes/seaside",)
    assert parts["format"].shared == ("formats/single-90",)
    assert parts["genre"].credit_ids == ("c1",)
    assert {"gendarme", "port", "marin"} <= {word.fr for word in parts["text"].terms}
    assert result.closest_credit_id == "c1"


def test_of_the_words_in_common_those_that_say_nothing_count_and_are_not_listed():
    both = "Le gendarme avait quitté le port trop tôt."
    result = scored(brief(logline={"fr": both}), person(credits=(credit(synopsis=both),)))
    words = next(part.evidence for part in result.contributions if part.criterion == "text").terms

    assert {word.fr for word in words} == {"gendarme", "port"}


def test_listing_every_genre_is_worth_less_than_being_precise():
    precise = person(credits=(credit(),))
    everything = person(credits=(credit(genres=tuple(taxonomy().dimensions["genres"].entries)),))

    assert scored(brief(), everything).points("genre") < scored(brief(), precise).points("genre")


def test_a_rare_world_counts_more_than_one_that_every_work_shares():
    project = brief(universes=("contemporary", "seaside"))
    crowd = tuple(
        person(f"p{number}", credits=(credit(f"c{number}", universes=("contemporary",)),)) for number in range(20)
    )
    at_sea = person("sea", credits=(credit("sea", universes=("seaside",)),))

    assert scored(project, at_sea, (*crowd, at_sea)).points("universe") > scored(
        project, crowd[0], (*crowd, at_sea)
    ).points("universe")


def test_the_same_work_counts_more_when_recent_better_checked_or_done_in_the_role_wanted():
    best = scored(brief(), person()).score

    assert scored(brief(), person(credits=(credit(year=2014),))).score < best
    assert scored(brief(), person(credits=(credit(verification=1),))).score < best
    assert scored(brief(), person(credits=(credit(function="artistic-producer"),))).score < best
    assert (
        scored(brief(), person(credits=(credit(function="script-consultant"),))).score
        > scored(brief(), person(credits=(credit(function="artistic-producer"),))).score
    )


def test_half_of_the_points_for_recency_are_left_after_its_half_life():
    now = scored(brief(), person(credits=(credit(year=TODAY.year),))).points("recency")
    before = TODAY.year - weights().parameters["half_life_years"]
    then = scored(brief(), person(credits=(credit(year=before),))).points("recency")

    assert abs(2 * then - now) <= 1


def test_a_work_dated_in_the_future_is_as_recent_as_one_of_this_year():
    assert scored(brief(), person(credits=(credit(year=2030),))) == scored(
        brief(), person(credits=(credit(year=TODAY.year),))
    )


def test_a_level_asked_gives_points_a_neighbouring_one_some_and_none_is_an_obstacle():
    points = [
        scored(brief(levels=("senior",)), person(levels={ROLE: level})).points("level")
        for level in ("senior", "mid", "junior")
    ]

    assert points[0] == maximum(brief(), "level")
    assert points[0] > points[1] > points[2] == 0


def test_place_matters_only_when_the_project_asks_for_presence():
    remote, on_site = brief(working_mode="remote"), brief(working_mode="on-site")
    anywhere = {"work_modes": ("remote", "on-site")}

    def points(project, region):
        return scored(project, person(region=region, **anywhere)).points("working_mode")

    assert points(remote, "corse") == points(remote, "bretagne")
    assert points(on_site, "bretagne") > points(on_site, "corse") > 0


def test_juniors_without_verified_work_are_ranked_by_what_they_declare_and_below_who_has_done_it():
    close = junior("close", specialities={"genres": ("regional-crime",), "universes": ("seaside",)})
    wordy = junior("wordy", bio={"fr": "J’aime les ports, les marins et les secrets de famille."})
    silent = junior("silent")

    assert order(brief(), [silent, wordy, close, person("done")]) == ["done", "close", "wordy", "silent"]
    assert scored(brief(), close).closest_credit_id is None


def test_french_and_english_wordings_of_a_project_propose_the_same_people():
    draw = random.Random(7)
    entries = {name: list(taxonomy().dimensions[name].entries) for name in ("genres", "tones", "universes", "stakes")}
    crowd = [
        person(
            f"p{number}",
            credits=tuple(
                credit(
                    f"{number}-{work}",
                    synopsis="Une famille cache un secret dans un port de pêche, une gendarme enquête."
                    if number % 9 == 0
                    else "Une avocate défend un ouvrier contre son usine.",
                    **{name: tuple(draw.sample(ids, 2)) for name, ids in entries.items()},
                )
                for work in range(3)
            ),
        )
        for number in range(60)
    ]
    english = (
        "In a Breton fishing harbour, a police officer uncovers a family secret while investigating a disappearance."
    )

    first = order(brief(), crowd)[:8]
    second = order(brief(logline={"fr": "", "en": english}), crowd)[:8]

    assert len(set(first) & set(second)) >= 6


def test_an_english_pitch_finds_a_french_work_through_the_meaning_of_its_words():
    english = brief(logline={"en": "A family secret in a harbour."}, stakes=())
    result = scored(english, person(credits=(credit(synopsis="Un lourd secret de famille.", title="Sillage"),)))

    text = next(part for part in result.contributions if part.criterion == "text")
    assert text.points > 0
    assert {word.en for word in text.evidence.terms} == {"family", "secret"}, "as the project writes them"


def test_a_project_that_says_nothing_scores_nobody_and_breaks_nothing():
    silent = brief(
        levels=(), genres=(), tones=(), universes=(), stakes=(), format=None, development_stage=None, tasks=(),
        source_material=None, working_mode=None, logline={}, languages=(),
    )  # fmt: skip

    assert scored(silent, person()).score == 0


def test_three_hundred_credits_a_million_characters_and_unknown_ids_are_scored_like_any_other():
    vast = person(
        credits=tuple(
            credit(f"c{number}", synopsis="port " * 100 if number else "x " * 500_000, genres=("no-such-genre",))
            for number in range(300)
        )
    )
    result = scored(brief(genres=("no-such-genre", "regional-crime"), format="no-such-format"), vast)

    assert 0 < result.points("genre") < maximum(brief(), "genre")
    assert 0 < result.score <= TOTAL


def test_equal_scores_are_not_ordered_by_who_signed_up_first():
    twins = [person(f"{number:03}") for number in range(30)]

    first, second = (order(brief(brief_id=name), twins) for name in ("one", "two"))

    assert first != sorted(first) and second != sorted(second)
    assert first != second


def test_those_who_cannot_be_proposed_are_considered_and_left_out():
    people = [person("ok"), junior("young"), person("b", languages=()), person("a", verification="draft")]
    ranking = ranked(brief(), people)

    assert [(one.profile_id, one.level) for one in ranking.placed] == [("ok", "senior"), ("young", "junior")]
    assert (ranking.considered, ranking.pool.people) == (4, 2)
    assert ranking.pool.levels == {"junior": 1, "senior": 1}
    assert sum(ranking.pool.regions.values()) == 2


def test_nobody_at_all_gives_an_empty_ranking():
    assert order(brief(), []) == []


def test_the_day_of_the_year_does_not_matter_only_the_year_does():
    def on(day):
        return ranked(brief(), [person()], today=day).placed

    assert on(date(2026, 1, 2)) == on(date(2026, 12, 30))
