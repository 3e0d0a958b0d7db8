"""The shortlist: eight seats, one for a junior, and a draw between those whom nothing separates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.matching.scoring import Ranking, Scored
from chalicelib.matching.seats import JUNIOR_SEAT, RANK, ROTATION, allocate, rotation_seed
from chalicelib.matching.weights import Weights, weights


def ranking(scores, juniors=()):
    """People named by their rank from 1, with these scores."""
    return Ranking(
        tuple(Scored(str(rank), score, (), None) for rank, score in enumerate(scores, start=1)),
        (),
        frozenset(str(rank) for rank in juniors),
    )


def with_parameters(**changes):
    current = weights()
    return Weights(current.version, current.criteria, {**current.parameters, **changes})


def seated(shortlist):
    return [(seat.scored.profile_id, seat.why) for seat in shortlist.seats]


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

    assert {shortlist.seats[-1].scored.profile_id for shortlist in drawn.values()} == {"8", "9", "10"}
    for seed, shortlist in drawn.items():
        assert shortlist.rotation is not None
        assert shortlist.rotation.pool == ("8", "9", "10")
        assert shortlist.rotation.drawn == (shortlist.seats[-1].scored.profile_id,)
        assert shortlist.seats[-1].why == (RANK if shortlist.seats[-1].rank == 8 else ROTATION)
        assert allocate(ranking(scores), weights=weights(), seed=seed) == shortlist


@pytest.mark.parametrize("juniors", [(), (8,), (14,)])
def test_everybody_equal_means_everybody_has_a_turn(juniors):
    people = ranking([5000] * 14, juniors)
    seen = {
        seat.scored.profile_id
        for seed in range(60)
        for seat in allocate(people, weights=weights(), seed=str(seed)).seats
    }

    assert len(seen) == 14


@settings(max_examples=60, deadline=None)
@given(
    scores=st.lists(st.integers(0, 10_000), max_size=30).map(lambda values: sorted(values, reverse=True)),
    juniors=st.sets(st.integers(1, 30), max_size=6),
    seed=st.text(max_size=5),
)
def test_whatever_the_scores_a_junior_sits_and_nobody_clearly_better_gives_way(scores, juniors, seed):
    juniors = {rank for rank in juniors if rank <= len(scores)}
    shortlist = allocate(ranking(scores, juniors), weights=weights(), seed=seed)
    ranks = [seat.rank for seat in shortlist.seats]

    assert len(ranks) == min(8, len(scores)) == len(set(ranks)) and ranks == sorted(ranks)
    if juniors:
        assert min(juniors) in ranks
    left_out = [rank for rank in range(1, len(scores) + 1) if rank not in ranks]
    for seat in shortlist.seats:
        if seat.why == RANK:
            assert seat.rank <= 8
        if seat.why == JUNIOR_SEAT:
            assert seat.rank == min(juniors) > 8
        if seat.why == ROTATION:
            near = weights().parameters["near_tie_percent"]
            better = [rank for rank in left_out if rank < seat.rank]
            assert all(seat.scored.score * 100 >= scores[rank - 1] * (100 - near) for rank in better)


def test_publishing_again_draws_again_and_a_change_of_weights_too():
    assert rotation_seed("b", 1, weights()) != rotation_seed("b", 2, weights())
    assert weights().version in rotation_seed("b", 1, weights())


def test_a_shortlist_is_stored_whole():
    stored = allocate(ranking([5000] * 9), weights=weights(), seed="s").to_item()

    assert len(stored["seats"]) == 8 and stored["seats"][0]["scored"]["score"] == 5000
    assert stored["rotation"]["seed"] == "s" and len(stored["rotation"]["pool"]) == 9
