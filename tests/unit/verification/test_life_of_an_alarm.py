"""Administrators, the subject and the clockwork, in any order, twice, late and cut short: an alarm is never in force by
one person, never before an answer or ten days, never for longer than 24 months, and history only grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, DomainError, Retryable
from chalicelib.verification.alarm_service import AlarmService
from chalicelib.verification.alarms import OVER, TRANSITIONS, Alarm
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmRaised,
    AlarmWithdrawn,
)
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from tests.support.verification_fakes import (
    FakeAlarmStore,
    FakeDocuments,
    FakeSubjects,
    SetClock,
    administrator,
    freelancer,
    profile_claim,
)

PERSON, OWNER = Subject("profile", "profile-1"), freelancer(1)
#: The fourth is a colleague of the person whom the alarms are about; the fifth reports one.
ADMINISTRATORS = [administrator(number) for number in (1, 2, 3, 4, 5)]
COLLEAGUE, REPORTER = administrator(4), administrator(5)
TEN_DAYS = timedelta(days=10)

WHO = st.sampled_from(ADMINISTRATORS)
TIMES = st.sampled_from(
    [timedelta(minutes=6), timedelta(days=1), timedelta(days=9), timedelta(days=10), timedelta(days=31)]
)


def acts(alarm: Alarm) -> list[tuple[str, str, str]]:
    return [(ruling.act, ruling.by, ruling.at) for ruling in alarm.rulings]


class DiesAtTimes(FakeAlarmStore):
    """The function is killed right after a write, or finds that somebody wrote right before it."""

    def __init__(self) -> None:
        super().__init__()
        self.fate = "lives"

    def save(self, before: Alarm, after: Alarm, fact: Fact, now: datetime) -> None:
        fate, self.fate = self.fate, "lives"
        if fate == "is late":
            raise Conflict
        super().save(before, after, fact, now)
        if fate == "dies":
            raise Retryable("killed")


class LifeOfAnAlarm(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock, self.store = SetClock(), DiesAtTimes()
        self.subjects = FakeSubjects(profile_claim(1))
        self.subjects.colleagues["profile-1"] = frozenset({COLLEAGUE.sub})
        self.documents = FakeDocuments()
        self.service = AlarmService(self.store, self.subjects, self.documents, self.clock)
        self.ids: list[str] = []
        self.seen: list[tuple[str, Fact, int]] = []
        self.reads: dict[str, Alarm] = {}
        #: When each fact was seen first.
        self.moments: list[datetime] = []

    @initialize(who=WHO)
    def one_is_raised(self, who: Actor) -> None:
        self.prepare(who)
        for other in ADMINISTRATORS:
            self.raise_at("alarm-0", other)

    @rule(who=WHO)
    def prepare(self, who: Actor) -> None:
        alarm_id = f"alarm-{len(self.ids)}"
        made = self.attempt(
            lambda: self.service.prepare(who, alarm_id, PERSON, "confidentiality_breach", "signed_report", REPORTER.sub)
        )
        if made is not None:
            self.ids.append(alarm_id)
            self.documents.there[alarm_id, "file"] = alarm_id

    @rule(data=st.data(), who=WHO)
    def raise_(self, data: st.DataObject, who: Actor) -> None:
        self.raise_at(self.some(data), who)

    def raise_at(self, alarm_id: str, who: Actor) -> None:
        self.attempt(lambda: self.service.raise_(who, alarm_id, "Le texte a circulé.", [(alarm_id, "file")]))

    @rule(data=st.data(), text=st.sampled_from(["Non.", "Ce n’était pas moi.", " "]))
    def answer(self, data: st.DataObject, text: str) -> None:
        self.attempt(lambda: self.service.answer(OWNER, self.some(data), text))

    @rule(data=st.data(), text=st.sampled_from(["Je conteste.", ""]))
    def appeal(self, data: st.DataObject, text: str) -> None:
        self.attempt(lambda: self.service.appeal(OWNER, self.some(data), text))

    @rule(
        data=st.data(), who=WHO, act=st.sampled_from(["put_in_force"] * 3 + ["dismiss", "withdraw", "uphold", "lift"])
    )
    def rule_on_it(self, data: st.DataObject, who: Actor, act: str) -> None:
        said = ("Pour la raison que voici.",) if act in ("put_in_force", "uphold") else ()
        self.attempt(lambda: getattr(self.service, act)(who, self.some(data), *said))

    @rule(data=st.data(), order=st.permutations(ADMINISTRATORS), answered=st.booleans())
    def it_goes_its_way(self, data: st.DataObject, order: list[Actor], answered: bool) -> None:
        """What mostly happens, so that what comes after is met often."""
        alarm_id = self.some(data)
        for who in order:
            self.raise_at(alarm_id, who)
        if answered:
            self.attempt(lambda: self.service.answer(OWNER, alarm_id, "Non."))
        for who in order:
            self.attempt(lambda who=who: self.service.put_in_force(who, alarm_id, "Rien ne l’explique."))  # type: ignore[misc]

    @rule(time=TIMES)
    def time_passes(self, time: timedelta) -> None:
        self.clock.pass_(time)

    @rule(data=st.data(), late=st.booleans())
    def two_years_pass(self, data: st.DataObject, late: bool) -> None:
        alarm = self.store.alarm(self.some(data))
        if alarm is not None and alarm.until is not None:
            ends = datetime.fromisoformat(alarm.until)
            self.clock.now = max(self.clock.now, ends if late else ends - timedelta(milliseconds=1))

    @rule()
    def the_sweep_comes(self) -> None:
        for alarm_id in [*self.service.due(), *self.ids[:1]]:
            self.attempt(lambda alarm_id=alarm_id: self.service.settle(alarm_id))  # type: ignore[misc]

    @rule(fate=st.sampled_from(["dies", "is late"]))
    def the_next_write_goes_wrong(self, fate: str) -> None:
        self.store.fate = fate

    # ---- what must hold

    @invariant()
    def history_only_grows(self) -> None:
        told = self.store.facts_told
        assert told[: len(self.seen)] == self.seen
        self.moments += [self.clock()] * (len(told) - len(self.seen))
        self.seen = list(told)
        for alarm_id in self.ids:
            versions = [version for of, _, version in told if of == alarm_id]
            assert versions == list(range(1, self.read(alarm_id).version + 1)), "each change tells one fact"

    @invariant()
    def it_follows_the_table_and_keeps_what_was_ruled(self) -> None:
        legal = {(before, after) for (before, _), after in TRANSITIONS.items()}
        for alarm_id in self.ids:
            alarm, before = self.read(alarm_id), self.reads.get(alarm_id)
            if before is not None:
                assert acts(alarm)[: len(before.rulings)] == acts(before)
                assert alarm.version >= before.version
                if alarm.version == before.version + 1:
                    assert (before.state, alarm.state) in legal
                if before.state in OVER:
                    assert alarm == before
            self.reads[alarm_id] = alarm

    @invariant()
    def never_in_force_by_one_person_nor_by_who_has_a_stake(self) -> None:
        for alarm_id in self.ids:
            facts = self.facts_of(alarm_id)
            raised = [fact.raised_by for fact, _ in facts if isinstance(fact, AlarmRaised)]
            put = [fact for fact, _ in facts if isinstance(fact, AlarmConfirmed)]
            assert len(raised) <= 1
            assert len(put) <= len(raised)
            for fact in put:
                assert fact.raised_by == raised[0]
                assert fact.decided_by not in (raised[0], COLLEAGUE.sub, REPORTER.sub)
            for fact, _ in facts:
                if isinstance(fact, AlarmAppealRejected | AlarmLifted):
                    assert fact.decided_by not in (raised[0], put[0].decided_by, COLLEAGUE.sub, REPORTER.sub)
            assert not self.read(alarm_id).holds(self.clock()) or put

    @invariant()
    def never_before_an_answer_or_ten_days(self) -> None:
        for alarm_id in self.ids:
            answered, raised_at = False, None
            for fact, moment in self.facts_of(alarm_id):
                answered |= isinstance(fact, AlarmAnswered)
                if isinstance(fact, AlarmRaised):
                    raised_at = moment
                if isinstance(fact, AlarmConfirmed | AlarmDismissed):
                    assert raised_at is not None
                    assert answered or moment >= raised_at + TEN_DAYS

    @invariant()
    def never_beyond_24_months(self) -> None:
        for alarm_id in self.ids:
            put = [moment for fact, moment in self.facts_of(alarm_id) if isinstance(fact, AlarmConfirmed)]
            if put:
                assert len(put) == 1
                ends = put[0].replace(year=put[0].year + 2, day=min(put[0].day, 28))
                if self.clock() >= ends + timedelta(days=3):
                    assert not self.read(alarm_id).holds(self.clock())
                assert str(self.read(alarm_id).until) <= stamp(ends + timedelta(days=3))

    @invariant()
    def it_ends_once_and_its_words_go_then(self) -> None:
        ends = AlarmDismissed | AlarmWithdrawn | AlarmLifted | AlarmExpired
        for alarm_id in self.ids:
            alarm = self.read(alarm_id)
            ended = sum(isinstance(fact, ends) for fact, _ in self.facts_of(alarm_id))
            assert ended == (alarm.state in OVER)
            if alarm.state in OVER:
                assert alarm.text is None
                assert alarm.appeal_text is None
                assert alarm.reply is None or alarm.reply.text is None
                assert all(ruling.text is None for ruling in alarm.rulings)
                assert alarm.owed_at is None
            else:
                assert alarm.owed_at is not None, "the clockwork looks at it some day"

    def teardown(self) -> None:
        """However it went, three years later nothing is left of it."""
        self.store.fate = "lives"
        self.clock.pass_(timedelta(days=3 * 366))
        for alarm_id in self.service.due():
            self.service.settle(alarm_id)
        assert all(self.read(alarm_id).state in OVER for alarm_id in self.ids)

    # ---- props

    def attempt(self, act: Callable[[], object]) -> object:
        """Does it; what the rules refuse is refused, and leaves everything as it was."""
        told = len(self.store.facts_told)
        try:
            return act()
        except (DomainError, Conflict):
            assert len(self.store.facts_told) == told
            return None
        except Retryable:
            return None

    def some(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([*self.ids, self.ids[-1]])) if self.ids else "none yet"

    def read(self, alarm_id: str) -> Alarm:
        alarm = self.store.alarm(alarm_id)
        assert alarm is not None
        return alarm

    def facts_of(self, alarm_id: str) -> list[tuple[Fact, datetime]]:
        told = zip(self.store.facts_told, self.moments, strict=True)
        return [(fact, moment) for (of, fact, _), moment in told if of == alarm_id]


TestLifeOfAnAlarm = LifeOfAnAlarm.TestCase
TestLifeOfAnAlarm.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
