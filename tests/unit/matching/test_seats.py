"""The shortlist: eight seats, one for a junior, and a draw between those whom nothing separates."""

import hashlib
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.ranking import Placed, Pool, Ranking
from chalicelib.matching.seats import JUNIOR_SEAT, RANK, ROTATION, allocate, rotation_seed
from chalicelib.matching.weights import Weights, weights


def ranking(scores, juniors=()):
    """People named by their rank from 1, with these scores."""
    placed = tuple(
        Placed(str(rank), 1, rank, score, "junior" if rank in juniors else "senior", None, 0, rank)
        for rank, score in enumerate(scores, start=1)
    )
    return Ranking(placed, len(placed), Pool(len(placed)), len(placed), "", None, (), None)


def with_parameters(**changes):
    current = weights()
    return Weights(current.version, current.criteria, {**current.parameters, **changes})


def seated(shortlist):
    return [(seat.placed.profile_id, seat.why) for seat in shortlist.seats]


FAR_APART = [9000 - 700 * step for step in range(12)]


def test_the_eight_best_sit_in_order_when_points_separate_them():
    shortlist = allocate(ranking(FAR_APART), weights=weights(), seed="s")

    assert seated(shortlist) == [(str(rank), RANK) for rank in range(1, 9)]
    assert [seat.position for seat in shortlist.seats] == list(range(1, 9))
    assert shortlist.rotation is None


def test_fewer_people_than_seats_all_sit_and_nobody_is_an_empty_list():
    assert len(allocate(ranking([5, 4, 3]), weights=weights(), seed="s").seats) == 3
    assert allocate(ranking([]), weights=weights(), seed="s").seats == ()


def test_the_best_ranked_junior_takes_the_last_seat_when_none_is_among_the_best():
    shortlist = allocate(ranking(FAR_APART, juniors=(11, 12)), weights=weights(), seed="s")

    assert seated(shortlist) == [*((str(rank), RANK) for rank in range(1, 8)), ("11", JUNIOR_SEAT)]
    assert shortlist.seats[-1].rank == 11 and shortlist.seats[-1].position == 8


def test_a_junior_who_ranks_among_the_best_needs_no_reserved_seat():
    shortlist = allocate(ranking(FAR_APART, juniors=(8, 12)), weights=weights(), seed="s")

    assert seated(shortlist) == [(str(rank), RANK) for rank in range(1, 9)]


def test_more_junior_seats_can_be_set():
    shortlist = allocate(ranking(FAR_APART, juniors=(10, 12)), weights=with_parameters(junior_seats=2), seed="s")

    assert seated(shortlist)[-2:] == [("10", JUNIOR_SEAT), ("12", JUNIOR_SEAT)]


def test_near_ties_at_the_edge_are_drawn_and_the_draw_is_logged():
    scores = [9000, 8500, 8000, 7500, 7000, 6500, 6000, 5000, 4990, 4980, 3000]
    drawn = {seed: allocate(ranking(scores), weights=weights(), seed=seed) for seed in map(str, range(40))}

    assert {shortlist.seats[-1].placed.profile_id for shortlist in drawn.values()} == {"8", "9", "10"}
    for seed, shortlist in drawn.items():
        assert shortlist.rotation is not None
        assert shortlist.rotation.pool == ("8", "9", "10")
        assert shortlist.rotation.drawn == (shortlist.seats[-1].placed.profile_id,)
        assert shortlist.seats[-1].why == (RANK if shortlist.seats[-1].rank == 8 else ROTATION)
        assert allocate(ranking(scores), weights=weights(), seed=seed) == shortlist


@pytest.mark.parametrize("juniors", [(), (8,), (14,)])
def test_everybody_equal_means_everybody_has_a_turn(juniors):
    people = ranking([5000] * 14, juniors)
    seen = {
        seat.placed.profile_id
        for seed in range(60)
        for seat in allocate(people, weights=weights(), seed=str(seed)).seats
    }

    assert len(seen) == 14


rankings = st.lists(st.integers(0, 10_000), max_size=30).map(lambda values: sorted(values, reverse=True))
# As scores are for most projects: many people close to each other at the edge.
close_rankings = st.lists(st.integers(4_800, 5_200), max_size=30).map(lambda values: sorted(values, reverse=True))


@settings(max_examples=120, deadline=None)
@given(
    scores=rankings | close_rankings,
    juniors=st.sets(st.integers(1, 30), max_size=12),
    wanted=st.integers(1, 8),
    seed=st.text(max_size=5),
)
def test_whatever_the_scores_juniors_sit_and_nobody_clearly_better_gives_way(scores, juniors, wanted, seed):
    juniors = {rank for rank in juniors if rank <= len(scores)}
    people = ranking(scores, juniors)
    shortlist = allocate(people, weights=weights(), seed=seed, junior_seats=wanted)
    ranks = [seat.rank for seat in shortlist.seats]

    assert allocate(people, weights=weights(), seed=seed, junior_seats=wanted) == shortlist
    assert len(ranks) == min(8, len(scores)) == len(set(ranks)) and ranks == sorted(ranks)
    assert len(juniors & set(ranks)) >= min(wanted, len(juniors))
    left_out = [rank for rank in range(1, len(scores) + 1) if rank not in ranks]
    near = weights().parameters["near_tie_percent"]

    def near_or_above(rank, others):
        return all(scores[rank - 1] * 100 >= scores[other - 1] * (100 - near) for other in others if other < rank)

    for seat in shortlist.seats:
        if seat.why == RANK:
            assert seat.rank <= 8
        if seat.why == JUNIOR_SEAT:
            # Only juniors give way to a junior's seat's draw; whom the seat itself displaces is what it is for.
            assert seat.rank > 8 and seat.rank in juniors
            assert near_or_above(seat.rank, juniors & set(left_out))
        if seat.why == ROTATION:
            assert near_or_above(seat.rank, left_out)
    # No more seats are taken from better ranked people than were asked for.
    assert [seat.why for seat in shortlist.seats].count(JUNIOR_SEAT) <= wanted


@pytest.mark.parametrize("percent", [0, 3, 10])
@settings(max_examples=40, deadline=None)
@given(
    # Each at most 85 % of the one before.
    scores=st.sets(st.integers(0, 29)).map(lambda steps: [int(10_000 * 0.85**step) for step in sorted(steps)]),
    juniors=st.sets(st.integers(1, 30), max_size=6),
    seed=st.text(max_size=3),
)
def test_people_apart_by_more_than_a_near_tie_never_swap_whatever_the_seed(percent, scores, juniors, seed):
    people = ranking(scores, {rank for rank in juniors if rank <= len(scores)})
    chosen = with_parameters(near_tie_percent=percent)
    shortlist = allocate(people, weights=chosen, seed=seed)

    assert shortlist.rotation is None and shortlist.junior_rotation is None
    assert allocate(people, weights=chosen, seed=seed + "!") == shortlist


def test_two_juniors_sit_where_three_are_asked_for_and_there_are_two():
    shortlist = allocate(ranking(FAR_APART, juniors=(9, 12)), weights=weights(), seed="s", junior_seats=3)

    assert seated(shortlist) == [
        *((str(rank), RANK) for rank in range(1, 7)),
        ("9", JUNIOR_SEAT),
        ("12", JUNIOR_SEAT),
    ]


def test_a_brief_raises_what_the_weights_keep_for_juniors_and_never_lowers_it():
    people = ranking(FAR_APART, juniors=(9, 10, 11, 12))

    def juniors(weights_, **asked):
        return [seat.why for seat in allocate(people, weights=weights_, seed="s", **asked).seats].count(JUNIOR_SEAT)

    assert juniors(weights()) == 1
    assert juniors(weights(), junior_seats=4) == 4
    assert juniors(with_parameters(junior_seats=3), junior_seats=2) == 3
    assert juniors(with_parameters(seats=2), junior_seats=8) == 2
    for none in (0, -1):
        with pytest.raises(ValueError, match="junior_seats"):
            allocate(people, weights=weights(), seed="s", junior_seats=none)


def test_juniors_whom_nothing_separates_have_their_turn_at_the_seat_that_is_kept_for_one():
    scores = [9000, 8500, 8000, 7500, 7000, 6500, 6000, 5500, 3010, 3005, 3000, 2000]
    people = ranking(scores, juniors=(9, 11, 12))
    drawn = {seed: allocate(people, weights=weights(), seed=seed) for seed in map(str, range(40))}

    assert {shortlist.seats[-1].placed.profile_id for shortlist in drawn.values()} == {"9", "11"}
    for seed, shortlist in drawn.items():
        assert shortlist.seats[-1].why == JUNIOR_SEAT
        assert shortlist.rotation is None
        assert shortlist.junior_rotation.to_item() | {"pool_digest": ""} == {
            "seed": f"{seed}:juniors",
            "pool": ["9", "11"],
            "pool_size": 2,
            "pool_digest": "",
            "drawn": [shortlist.seats[-1].placed.profile_id],
        }


def test_a_junior_among_the_eight_is_not_drawn_away():
    people = ranking([5000] * 3 + [4990] * 9, juniors=(2, 12))
    assert all("2" in dict(seated(allocate(people, weights=weights(), seed=str(seed)))) for seed in range(30))


def test_over_many_projects_near_tied_people_get_about_as_many_seats_each():
    # Five are clearly better, and nothing separates the eleven after them, two of whom are juniors.
    people = ranking([9000 - 300 * step for step in range(5)] + [5000 - step for step in range(11)], juniors=(10, 16))
    briefs = 3_000
    times = Counter(
        seat.placed.profile_id
        for number in range(briefs)
        for seat in allocate(people, weights=weights(), seed=rotation_seed(f"b{number}", 1, weights())).seats
    )

    assert all(times[str(rank)] == briefs for rank in range(1, 6))
    # One seat is a junior's, by lot between the two; the other two go to the ten that are left, by lot.
    shares = {rank: times[str(rank)] / briefs for rank in range(6, 17)}
    for rank, share in shares.items():
        expected = 0.5 + 0.5 * 0.2 if rank in (10, 16) else 0.2
        assert share == pytest.approx(expected, abs=0.035), rank


def test_a_crowd_that_nothing_separates_is_drawn_whole_and_logged_short():
    crowd = ranking([5000] * 20_000)
    rotation = allocate(crowd, weights=weights(), seed="s").rotation
    logged = rotation.to_item()

    assert len(rotation.pool) == logged["pool_size"] == 20_000
    assert logged["pool"] == list(rotation.pool[:100])
    assert len(logged["drawn"]) == 8 and len(json.dumps(logged)) < 5_000
    ids = "\n".join(one.profile_id for one in crowd.placed)
    assert logged["pool_digest"] == hashlib.sha256(ids.encode()).hexdigest()


def test_publishing_again_draws_again_and_a_change_of_weights_too():
    assert rotation_seed("b", 1, weights()) != rotation_seed("b", 2, weights())
    assert weights().version in rotation_seed("b", 1, weights())
