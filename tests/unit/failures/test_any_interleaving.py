"""Two administrators, messages that come twice, ticks, and death between any two lines: for one request the consumer
runs at most once, and no failure is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.failures.models import Filter
from chalicelib.platform.auth import Actor
from tests.support.failure_fakes import BASILE, SALOME, Mood, Player, Stage, Verdict

#: Mostly things go well.
VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(["go", "go", "die before", "die after"])
#: Calls of collaborators; nobody makes more than seven.
STEPS = st.sampled_from([9, 0, 1, 2, 3, 4, 5])
OF_A_KIND = Filter(consumer="plan_emails")
MOODS = st.sampled_from(["mended", "broken", "out", "crashes", "silent", "closed"])
ADMINISTRATORS = st.sampled_from([SALOME, BASILE])


class AnyInterleaving(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage()
        self.workers: dict[Player, tuple[str, str]] = {}

    @initialize()
    def a_record_is_parked(self) -> None:
        self.failure_id = self.stage.park()

    @rule(who=ADMINISTRATORS, steps=STEPS)
    def an_administrator_clicks(self, who: Actor, steps: int) -> None:
        self.goes_on(self.stage.enter(lambda: self.stage.ask(who, self.failure_id)), steps)

    @rule(who=ADMINISTRATORS, steps=STEPS)
    def an_administrator_asks_for_all_of_a_kind(self, who: Actor, steps: int) -> None:
        self.goes_on(self.stage.enter(lambda: self.stage.service.ask_all(who, OF_A_KIND)), steps)

    @rule(who=ADMINISTRATORS, steps=STEPS)
    def an_administrator_dismisses_it(self, who: Actor, steps: int) -> None:
        self.goes_on(self.stage.enter(lambda: self.stage.service.dismiss(who, self.failure_id, "Vu.")), steps)

    @precondition(lambda self: self.stage.replays.waiting)
    @rule(data=st.data(), steps=STEPS)
    def a_message_is_delivered_perhaps_while_it_is_being_worked_on(self, data: st.DataObject, steps: int) -> None:
        message = data.draw(st.sampled_from(self.stage.replays.waiting))
        worker = self.stage.enter(lambda: self.stage.run(message))
        self.workers[worker] = message
        self.goes_on(worker, steps)

    @precondition(lambda self: self.stage.replays.waiting)
    @rule()
    def a_message_is_lost(self) -> None:
        self.stage.replays.waiting.pop()

    @rule(steps=STEPS)
    def the_tick_comes(self, steps: int) -> None:
        self.goes_on(self.stage.enter(self.stage.sweep), steps)

    @rule()
    def the_record_comes_once_more_by_itself_and_fails(self) -> None:
        self.stage.park()

    @precondition(lambda self: self.stage.players)
    @rule(data=st.data(), steps=STEPS, verdict=VERDICTS)
    def somebody_goes_on_perhaps_to_their_death(self, data: st.DataObject, steps: int, verdict: Verdict) -> None:
        self.goes_on(data.draw(st.sampled_from(self.stage.players)), steps, verdict)

    def goes_on(self, player: Player, steps: int, verdict: Verdict = "go") -> None:
        """So many calls; the last one perhaps its last."""
        for left in range(steps - 1, -1, -1):
            if not player.over:
                self.stage.step(player, "go" if left else verdict)
        message = self.workers.get(player)
        if player.finished and message in self.stage.replays.waiting:
            self.stage.replays.waiting.remove(message)

    @rule(mood=MOODS)
    def the_consumer_is_mended_or_breaks(self, mood: Mood) -> None:
        self.stage.consumers.mood = mood

    @rule(out=st.booleans())
    def the_queue_comes_and_goes(self, out: bool) -> None:
        self.stage.replays.out = out

    @rule(minutes=st.integers(2, 10))
    def time_passes_in_which_no_function_lives(self, minutes: int) -> None:
        self.stage.power_cut()
        self.stage.later(minutes=minutes)

    @invariant()
    def the_consumer_runs_at_most_once_for_a_request(self) -> None:
        counted = Counter(self.stage.consumers.ran)
        assert "" not in counted
        assert not [request for request, times in counted.items() if times > 1]

    @invariant()
    def what_is_called_replayed_was_used_after_it_last_failed(self) -> None:
        failure = self.stage.store.failures.get(getattr(self, "failure_id", ""))
        if failure is not None and failure.status == "replayed":
            since = self.stage.consumers.told[::-1]
            assert "mended" in since[: since.index("parked")]

    def teardown(self) -> None:
        if not hasattr(self, "failure_id"):
            return
        # The world calms down: everybody is gone, the queue works, the ticks go on.
        self.stage.power_cut()
        self.stage.replays.out = False
        self.stage.consumers.mood = "mended"
        self.stage.pass_time(30)
        failure = self.stage.failure(self.failure_id)
        assert failure.status in ("parked", "replayed", "dismissed")
        assert failure.due_at is None
        self.the_consumer_runs_at_most_once_for_a_request()
        self.what_is_called_replayed_was_used_after_it_last_failed()
        if failure.status == "parked":
            # Whatever happened to it, one click is enough.
            self.stage.ask(SALOME, self.failure_id)
            self.stage.pass_time(15)
            assert self.stage.failure(self.failure_id).status == "replayed"


AnyInterleaving.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestAnyInterleaving = AnyInterleaving.TestCase


# ---- every schedule of the meetings that matter, one by one


def schedules(first: int, second: int) -> Iterator[list[bool]]:
    """Every order in which one player makes `first` calls and another `second`: True is the first one's turn."""
    for turns in combinations(range(first + second), first):
        yield [number in turns for number in range(first + second)]


def play(stage: Stage, turns: list[bool], one: Callable[[], object], other: Callable[[], object]) -> None:
    """Both act in that order, and then whatever they have left."""
    players = {True: stage.enter(one), False: stage.enter(other)}
    for turn in [*turns, *[True] * 9, *[False] * 9]:
        if not players[turn].over:
            stage.step(players[turn])


def on_stage(mood: Mood = "mended") -> tuple[Stage, str]:
    stage = Stage()
    stage.consumers.mood = mood
    return stage, stage.park()


@pytest.mark.parametrize("mood", ["mended", "broken", "out"])
def test_in_every_order_a_message_delivered_twice_at_once_runs_the_consumer_once(mood: Mood) -> None:
    for turns in schedules(5, 5):
        stage, failure_id = on_stage(mood)
        stage.ask(SALOME, failure_id)
        [message] = stage.replays.waiting
        play(stage, turns, lambda s=stage, m=message: s.run(m), lambda s=stage, m=message: s.run(m))  # type: ignore[misc]
        assert len(stage.consumers.ran) == 1
        assert stage.failure(failure_id).status == ("replayed" if mood == "mended" else "parked")


def test_in_every_order_of_two_clicks_one_replay_is_asked_for() -> None:
    for turns in schedules(3, 3):
        stage, failure_id = on_stage()
        play(
            stage,
            turns,
            lambda s=stage, f=failure_id: s.ask(SALOME, f),  # type: ignore[misc]
            lambda s=stage: s.service.ask_all(BASILE, OF_A_KIND),  # type: ignore[misc]
        )
        stage.pass_time(15)
        assert len(stage.consumers.ran) == 1
        assert stage.failure(failure_id).status == "replayed"


def test_in_every_order_a_record_that_fails_by_itself_during_its_replay_stays_open() -> None:
    for calls in range(6):
        stage, failure_id = on_stage()
        stage.ask(SALOME, failure_id)
        worker = stage.enter(lambda s=stage: s.run(s.replays.waiting[0]))  # type: ignore[misc]
        for _ in range(calls):
            if not worker.over:
                stage.step(worker)
        stage.park()
        while not worker.over:
            stage.step(worker)
        assert stage.failure(failure_id).status == "parked"
        assert len(stage.consumers.ran) <= 1


@pytest.mark.parametrize("verdict", ["die before", "die after"])
def test_killed_at_any_call_the_click_leaves_nothing_half_done(verdict: Verdict) -> None:
    for fatal in range(3):
        stage, failure_id = on_stage()
        clicking = stage.enter(lambda s=stage, f=failure_id: s.ask(SALOME, f))  # type: ignore[misc]
        for _ in range(fatal):
            stage.step(clicking)
        stage.step(clicking, verdict)
        done = fatal + (verdict == "die after")
        asked = stage.failure(failure_id).status == "replaying"
        assert asked == (done >= 2)  # from the write on
        stage.pass_time(15)
        assert len(stage.consumers.ran) == asked
        assert stage.failure(failure_id).status == ("replayed" if asked else "parked")


@pytest.mark.parametrize("verdict", ["die before", "die after"])
def test_killed_at_any_call_the_replay_runs_at_most_once_and_comes_back_to_somebody(verdict: Verdict) -> None:
    for fatal in range(5):
        stage, failure_id = on_stage()
        stage.ask(SALOME, failure_id)
        worker = stage.enter(lambda s=stage: s.run(s.replays.waiting[0]))  # type: ignore[misc]
        for _ in range(fatal):
            stage.step(worker)
        stage.step(worker, verdict)
        stage.pass_time(30)
        done = fatal + (verdict == "die after")
        begun, ran, noted = done >= 3, done >= 4, done >= 5
        assert len(stage.consumers.ran) == (ran or not begun)
        assert stage.failure(failure_id).status == ("parked" if begun and not noted else "replayed")
        if begun and not noted:
            assert stage.failure(failure_id).reason == "replay_interrupted"
            stage.ask(BASILE, failure_id)
            stage.pass_time(15)
            assert stage.failure(failure_id).status == "replayed"
