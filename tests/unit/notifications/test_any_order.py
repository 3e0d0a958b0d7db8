"""Whatever is repeated, lost, delayed or reordered: no e-mail twice, none too soon, and nobody untold."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.matching.events import ShortlistComputed
from chalicelib.platform.errors import Retryable
from tests.support.notification_fakes import BRIEF, EVERY, PostOffice

PEOPLE = st.lists(st.sampled_from("abcde"), unique=True, max_size=4)


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.office = PostOffice()
        self.told: list[ShortlistComputed] = []

    @initialize(people=PEOPLE)
    def goes_live(self, people: list[str]) -> None:
        self.told.append(self.office.publish(*people))

    @rule(people=PEOPLE)
    def shortlist_is_computed_again(self, people: list[str]) -> None:
        self.told.append(self.office.compute(*people))

    @precondition(lambda self: self.office.sources.current.publication_no < 3)
    @rule(people=PEOPLE)
    def is_reopened(self, people: list[str]) -> None:
        self.told.append(self.office.publish(*people))

    @rule(data=st.data())
    def some_news_is_delivered(self, data: st.DataObject) -> None:
        self.office.hear(data.draw(st.sampled_from(self.told)))

    @rule(data=st.data(), again=st.booleans())
    def a_message_is_taken(self, data: st.DataObject, again: bool) -> None:
        if self.office.queue.waiting:
            key = data.draw(st.sampled_from(self.office.queue.waiting))
            self.office.service.send(key)
            if not again:
                self.office.queue.waiting.remove(key)

    @precondition(lambda self: self.office.queue.waiting)
    @rule()
    def a_message_is_lost(self) -> None:
        self.office.queue.waiting.pop()

    @rule()
    def the_tick_comes(self) -> None:
        self.office.sweep()

    @rule(minutes=st.integers(0, 20))
    def time_passes(self, minutes: int) -> None:
        self.office.later(minutes=minutes)

    @rule(mood=st.sampled_from(["accepts", "busy"]))
    def the_post_changes_its_mood(self, mood: str) -> None:
        self.office.post.mood = mood

    @invariant()
    def no_e_mail_goes_twice(self) -> None:
        assert len(self.office.post.keys) == len(set(self.office.post.keys))

    @invariant()
    def one_e_mail_per_publication(self) -> None:
        kinds = [
            (email.kind, email.publication_no)
            for email in self.office.store.emails.values()
            if email.kind == "shortlist"
        ]
        assert len(kinds) == len(set(kinds))

    @invariant()
    def changes_keep_their_distance(self) -> None:
        sent = sorted(
            (email.publication_no, datetime.fromisoformat(email.updated_at), email.kind)
            for email in self.office.store.emails.values()
            if email.state == "sent"
        )
        for (number, before, _), (next_number, then, kind) in pairwise(sent):
            if kind == "shortlist_changes" and number == next_number:
                assert then - before >= EVERY

    def teardown(self) -> None:
        if not self.told:
            return
        # The world calms down: everything is delivered at last, the post works, the ticks go on.
        self.office.post.mood = "accepts"
        for fact in self.told:
            for _ in range(3):
                try:
                    self.office.hear(fact)
                    break
                except Retryable:
                    continue
        self.office.pass_time(180)
        number = self.told[-1].publication_no
        assert f"shortlist/{BRIEF}/{number}" in self.office.post.keys
        gathering = self.office.store.gatherings[BRIEF]
        assert set(self.office.sources.people) <= set(gathering.told)
        assert gathering.due_at is None
        self.no_e_mail_goes_twice()


AnyOrder.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestAnyOrder = AnyOrder.TestCase
