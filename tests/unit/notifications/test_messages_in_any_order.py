"""The messages of a conversation, whatever is repeated, lost, delayed or reordered: one e-mail an hour at most, none
twice, and nobody left untold."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.conversations.events import MessageSent
from chalicelib.notifications.contacts import Contact
from chalicelib.notifications.models import MESSAGES_GATHERED_FOR
from chalicelib.vocabulary.clock import stamp
from tests.support.contact_files import BRIEF, PROFILE, THREAD, after
from tests.support.notification_fakes import PostOffice


class Messages(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.office = PostOffice()
        self.facts: list[tuple[MessageSent, int, str]] = []
        self.contact: Contact | None = None
        self.version = 3

    def _stands(self, *, mine: bool) -> None:
        """One more message, from either side."""
        self.version += 1
        self.contact = after(
            "message",
            "producer",
            messages=self.contact.messages + 1 if self.contact else 1,
            last_message_at=stamp(self.office.now),
            last_message_from_me=mine,
        )
        self.office.sources.contacts[THREAD, "producer"] = self.contact

    @rule()
    def a_message_comes(self) -> None:
        self._stands(mine=False)
        fact = MessageSent(
            thread_id=THREAD,
            brief_id=BRIEF,
            profile_id=PROFILE,
            message_id=f"message-{self.version}",
            sender="freelancer",
        )
        self.facts.append((fact, self.version, stamp(self.office.now)))

    @precondition(lambda self: self.contact is not None)
    @rule()
    def its_reader_answers(self) -> None:
        self._stands(mine=True)

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def some_news_is_delivered(self, data: st.DataObject) -> None:
        self.office.service.conversation_moved(*data.draw(st.sampled_from(self.facts)))

    @precondition(lambda self: self.office.queue.waiting)
    @rule(data=st.data(), again=st.booleans())
    def a_task_is_taken(self, data: st.DataObject, again: bool) -> None:
        key = data.draw(st.sampled_from(self.office.queue.waiting))
        self.office.service.send(key)
        if not again:
            self.office.queue.waiting.remove(key)

    @precondition(lambda self: self.office.queue.waiting)
    @rule()
    def a_task_is_lost(self) -> None:
        self.office.queue.waiting.pop()

    @rule()
    def the_tick_comes(self) -> None:
        self.office.sweep()

    @rule(minutes=st.integers(0, 50))
    def time_passes(self, minutes: int) -> None:
        self.office.later(minutes=minutes)

    @rule(mood=st.sampled_from(["accepts", "busy"]))
    def the_post_changes_its_mood(self, mood: str) -> None:
        self.office.post.mood = mood

    @invariant()
    def no_e_mail_goes_twice(self) -> None:
        assert len(self.office.post.keys) == len(set(self.office.post.keys))

    @invariant()
    def there_is_an_hour_between_two(self) -> None:
        sent = sorted(
            datetime.fromisoformat(email.sent_at)
            for email in self.office.store.emails.values()
            if email.sent_at is not None
        )
        assert all(then - before >= MESSAGES_GATHERED_FOR for before, then in pairwise(sent))

    def teardown(self) -> None:
        if self.contact is None:
            return
        self.office.post.mood = "accepts"
        for fact in self.facts:
            self.office.service.conversation_moved(*fact)
        self.office.pass_time(300)
        told = self.office.store.told("thread-1", "producer")
        if not self.contact.last_message_from_me:
            assert told is not None and told.messages == self.contact.messages, "nobody is left untold"
            assert told.dedup_key in self.office.post.keys
        self.no_e_mail_goes_twice()
        self.there_is_an_hour_between_two()


Messages.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestMessages = Messages.TestCase
