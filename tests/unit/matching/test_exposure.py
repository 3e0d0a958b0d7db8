"""Who is shown against who could have been: each project counted once, people never shown counted too."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.exposure import Report, gini, gini_by_lot, report
from chalicelib.matching.models import Exposure, ShownSeat
from tests.support.matching_fakes import Matchmaker
from tests.unit.matching.examples import brief, junior, person


def seat(profile_id: str, level: str = "senior", region: str = "bretagne", why: str = "rank") -> ShownSeat:
    return ShownSeat(profile_id, level, region, why)


def shown(
    *seats: ShownSeat, brief_id: str = "b1", day: str = "2026-11-02", considered: int = 40, **levels: int
) -> Exposure:
    """A project's exposure on a day; the eligible people by level, half of them in Bretagne and half anywhere."""
    levels = levels or {"senior": 10, "junior": 10}
    half = sum(levels.values()) // 2
    return Exposure(
        brief_id=brief_id,
        day=day,
        run_id=f"run-{day}",
        considered=considered,
        eligible={"level": levels, "region": {"bretagne": half, "none": sum(levels.values()) - half}},
        seats=seats,
    )


def level(found: Report, name: str) -> tuple[int, float, int]:
    [group] = [group for group in found.levels if group.id == name]
    return group.seats, round(group.expected, 9), group.eligible


def test_seats_stand_beside_those_that_a_lot_among_the_eligible_would_have_given() -> None:
    found = report([shown(seat("a"), seat("b"), seat("c"), seat("d", "junior", "none", "junior_seat"))])
    assert (found.projects, found.seats, found.people_shown) == (1, 4, 4)
    assert level(found, "senior") == (3, 2.0, 10)
    assert level(found, "junior") == (1, 2.0, 10)
    assert [(group.id, group.seats, group.expected) for group in found.regions] == [
        ("bretagne", 3, 2.0),
        ("none", 1, 2.0),
    ]


def test_a_project_with_many_eligible_people_weighs_no_more_than_one_with_few() -> None:
    found = report(
        [
            shown(seat("a"), seat("b"), brief_id="b1", senior=1_000, junior=1_000),
            shown(seat("c"), seat("d"), brief_id="b2", senior=4, junior=0),
        ]
    )
    assert level(found, "senior") == (4, 1.0 + 2.0, 1_004)
    assert level(found, "junior") == (0, 1.0, 1_000)


def test_a_person_counts_once_per_project_however_many_days_they_stay() -> None:
    found = report(
        [
            shown(seat("a"), seat("b"), day="2026-11-02"),
            shown(seat("b"), seat("c", "junior"), day="2026-11-03", senior=5, junior=15),
            shown(seat("b"), seat("c", "junior"), day="2026-11-04", senior=10, junior=10),
            shown(seat("b"), brief_id="b2"),
        ]
    )
    assert (found.projects, found.seats, found.people_shown) == (2, 4, 3)
    # Two seats at even odds on the first day, one at one in four on the second, none new on the third; one more brief.
    assert level(found, "senior") == (3, 1.0 + 0.25 + 0.5, 10 + 10)
    assert level(found, "junior") == (1, 1.0 + 0.75 + 0.5, 15 + 10)


def test_the_most_shown_are_ten_people_and_their_seats() -> None:
    found = report(
        shown(*(seat(f"p{number}") for number in range(12) if number + project < 12), brief_id=f"b{project}")
        for project in range(3)
    )
    # p0 to p9 sit three times, p10 twice, p11 once.
    assert (found.seats, found.most_shown) == (33, 30)


def test_juniors_are_counted_by_why_they_sit_and_projects_without_any_to_propose_apart() -> None:
    found = report(
        [
            shown(seat("a"), seat("j1", "junior", why="junior_seat"), brief_id="b1"),
            shown(seat("j2", "junior"), seat("j3", "junior", why="rotation"), brief_id="b2"),
            shown(seat("a"), brief_id="b3"),
            shown(seat("a"), brief_id="b4", senior=3),
        ]
    )
    assert (found.juniors.projects, found.juniors.projects_showing_one) == (3, 2)
    assert found.juniors.by_why == {"junior_seat": 1, "rank": 1, "rotation": 1}


def test_people_who_were_never_shown_count_in_the_concentration_within_bounds() -> None:
    found = report([shown(seat("a"), seat("b"), brief_id=name, considered=40) for name in ("b1", "b2")])
    assert found.at_least and found.at_most
    # Two people with two seats each: 18 of 20 have none, or 38 of 40.
    assert (found.at_least.people, found.at_most.people) == (20, 40)
    assert found.at_least.gini == pytest.approx(18 / 20)
    assert found.at_most.gini == pytest.approx(38 / 40)
    assert found.at_least.gini > found.at_least.gini_by_lot


def test_more_people_shown_than_eligible_at_once_are_all_counted() -> None:
    found = report(
        shown(seat(f"p{number}"), brief_id=f"b{number}", considered=2, senior=2, junior=0) for number in range(5)
    )
    assert found.at_least and found.at_most
    assert (found.at_least.people, found.at_most.people) == (5, 5)
    assert found.at_least.gini == 0.0


def test_a_period_without_a_shortlist_says_so_and_one_with_empty_shortlists_too() -> None:
    nothing = report([])
    assert (nothing.projects, nothing.seats, nothing.levels, nothing.at_least, nothing.at_most) == (
        0,
        0,
        (),
        None,
        None,
    )
    empty = report([Exposure("b1", "2026-11-02", "r", 12, {"level": {}, "region": {}}, ())])
    assert (empty.projects, empty.seats, empty.at_least, empty.juniors.projects) == (1, 0, None, 0)


def test_gini_knows_the_two_extremes_and_refuses_what_has_no_answer() -> None:
    assert gini([3, 3, 3], 3) == 0.0
    assert gini([9], 100) == pytest.approx(0.99)
    assert gini([1, 2, 3, 4], 4) == pytest.approx(0.25)
    for counts, people in (([], 3), ([0, 0], 3), ([1, 1], 1)):
        with pytest.raises(ValueError, match="Gini"):
            gini(counts, people)
    for seats, people in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="nothing to draw"):
            gini_by_lot(seats, people)


@settings(max_examples=60, deadline=None)
@given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=30).filter(any), zeros=st.integers(0, 30))
def test_gini_is_half_the_relative_mean_difference_and_more_people_without_any_never_lower_it(
    counts: list[int], zeros: int
) -> None:
    everyone = [*counts, *[0] * zeros]
    differences = sum(abs(one - other) for one in everyone for other in everyone)
    assert gini(counts, len(everyone)) == pytest.approx(differences / (2 * len(everyone) * sum(counts)))
    assert gini(counts, len(everyone) + 1) >= gini(counts, len(everyone))


@pytest.mark.parametrize(("seats", "people"), [(80, 1_000), (480, 300), (5_000, 250)])
def test_gini_by_lot_is_what_drawing_lots_gives(seats: int, people: int) -> None:
    draw = random.Random(f"{seats}/{people}")
    drawn = [gini(Counter(draw.randrange(people) for _ in range(seats)).values(), people) for _ in range(40)]
    assert gini_by_lot(seats, people) == pytest.approx(sum(drawn) / len(drawn), abs=0.01)


exposures = st.lists(
    st.builds(
        lambda name, day, people, juniors: shown(
            *(seat(f"p{number}", "junior" if number < juniors else "senior") for number in people),
            brief_id=name,
            day=(date(2026, 11, 1) + timedelta(days=day)).isoformat(),
        ),
        name=st.sampled_from("abc"),
        day=st.integers(0, 3),
        people=st.lists(st.integers(0, 20), unique=True, max_size=8),
        juniors=st.integers(0, 5),
    ),
    max_size=10,
    unique_by=lambda one: (one.brief_id, one.day),
)


@settings(max_examples=60, deadline=None)
@given(found=exposures, seed=st.randoms(use_true_random=False))
def test_whatever_the_shortlists_seats_add_up_and_their_order_does_not_matter(found, seed) -> None:
    told = report(found)
    for groups in (told.levels, told.regions):
        assert sum(group.seats for group in groups) == told.seats
        assert sum(group.expected for group in groups) == pytest.approx(told.seats)
    assert told.people_shown <= told.seats
    assert told.most_shown <= told.seats
    if told.at_least and told.at_most:
        assert 0 <= told.at_least.gini <= told.at_most.gini < 1
    shuffled = list(found)
    seed.shuffle(shuffled)
    assert report(shuffled) == told


# What a computation records ------------------------------------------------------------------------------------------


def test_a_shortlist_records_whom_it_shows_against_everyone_who_could_have_been() -> None:
    matchmaker = Matchmaker()
    matchmaker.people(
        *(person(f"s{number}", region="bretagne") for number in range(10)),
        *(junior(f"j{number}", region=None) for number in range(3)),
        person("elsewhere", roles=("script-reader",)),
    )
    matchmaker.service.match_brief("b1", matchmaker.publish(brief(brief_id="b1")), "published")
    [exposure] = matchmaker.store.shown.values()
    assert (exposure.brief_id, exposure.day, exposure.considered) == ("b1", "2026-11-23", 14)
    assert exposure.eligible == {"level": {"senior": 10, "junior": 3}, "region": {"bretagne": 10, "none": 3}}
    assert [one.profile_id for one in exposure.seats] == matchmaker.seats("b1")
    assert Counter((one.level, one.region) for one in exposure.seats) == {
        ("senior", "bretagne"): 7,
        ("junior", "none"): 1,
    }
    told = matchmaker.service.exposure(date(2026, 11, 23), date(2026, 11, 23))
    assert (told.projects, told.seats, told.juniors.projects_showing_one) == (1, 8, 1)
    assert told.juniors.by_why == {"junior_seat": 1}
    assert matchmaker.service.exposure(date(2026, 11, 24), date(2026, 12, 24)).projects == 0


def test_forty_computations_of_a_day_count_once_and_the_day_is_that_of_paris() -> None:
    matchmaker = Matchmaker()
    matchmaker.people(person("a"))
    matchmaker.now = matchmaker.now.replace(hour=23, minute=30)
    matchmaker.service.match_brief("b1", matchmaker.publish(brief(brief_id="b1")), "published")
    for number in range(40):
        matchmaker.people(person(f"p{number}"))
    [exposure] = matchmaker.store.shown.values()
    assert (exposure.day, exposure.eligible["level"], len(exposure.seats)) == ("2026-11-24", {"senior": 41}, 8)
