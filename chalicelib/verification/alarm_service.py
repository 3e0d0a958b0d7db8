"""What administrators do with alarms, and what those whom they are about do. The rules are in `alarms.py`.

Each act done again by the same person is the act done once. Two at once: one of them is told that somebody was faster.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed, Retryable
from chalicelib.platform.table import Item
from chalicelib.verification.alarms import MOST_DOCUMENTS, OVER, Act, Alarm, Document, Origin, Reason, State
from chalicelib.verification.errors import ALREADY_RELIED_ON, NO_DOCUMENT, OwnAlarm
from chalicelib.verification.subjects import Claim, Kind, Subject
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.facts import Fact

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFilter:
    """What an administrator wants to see of the alarms; None: everything. `over`: those that are over, else those that
    are not, and `due`: of these, those alone about which there is something to do by now."""

    state: State | None = None
    kind: Kind | None = None
    due: bool = False
    over: bool = False

    @property
    def where(self) -> dict[str, Any]:
        """Attributes of an alarm with the values that they must have."""
        named: dict[str, Any] = {"state": self.state, "kind": self.kind}
        return {name: value for name, value in named.items() if value is not None}


class AlarmStore(Protocol):
    def alarm(self, alarm_id: str) -> Alarm | None: ...

    def about(self, subject: Subject) -> list[Alarm]:
        """Every alarm about exactly this subject, in the order of their ids, those that are over among them."""

    def create(self, alarm: Alarm, fact: Fact, now: datetime) -> None:
        """Raises Conflict when there is an alarm of this id."""

    def save(self, before: Alarm, after: Alarm, fact: Fact, now: datetime) -> None:
        """With the fact, in one transaction. Raises Conflict unless the alarm is as it was read."""

    def open(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Alarm], Item | None]:
        """Those that are not over, the soonest to be looked at first, and the position to go on from. `where`: values
        that their attributes must have, which may make a page short; `due_by`: those to be looked at by then."""

    def over(self, where: dict[str, Any], limit: int, position: Item | None) -> tuple[list[Alarm], Item | None]:
        """Those that are over, the latest ended first, and the position to go on from. `where`: as in `open`."""

    def history(self, alarm_id: str) -> list[Item]:
        """What happened, as event items, oldest first."""

    def due(self, now: datetime) -> Iterator[str]:
        """Ids of those whose time has come."""


class Documents(Protocol):
    def kept(self, alarm: Alarm, case_id: str, evidence_id: str) -> Document | None:
        """A file that was checked and accepted, on the alarm's own shelf, where one of a case of its subject is copied.
        None for any other. Raises Conflict, Retryable."""


class Subjects(Protocol):
    """What alarms ask of profiles and companies."""

    def claim(self, subject: Subject) -> Claim | None: ...
    def owned_by(self, sub: str, kind: Kind) -> str | None: ...
    def parties(self, subject: Subject) -> frozenset[str]: ...


class AlarmService:
    def __init__(self, store: AlarmStore, subjects: Subjects, documents: Documents, clock: Clock) -> None:
        self._store = store
        self._subjects = subjects
        self._documents = documents
        self._clock = clock

    # ---- administrators

    def prepare(
        self,
        administrator: Actor,
        alarm_id: str,
        subject: Subject,
        reason: Reason,
        origin: Origin,
        reporter: str | None = None,
    ) -> Alarm:
        """An alarm in preparation, whose shelf of files bears its id. Raises NotFound when there is no such subject,
        Invalid, OwnAlarm, Conflict when the id is another alarm's."""
        now = self._clock()
        if self._subjects.claim(subject) is None:
            raise NotFound
        parties = self._subjects.parties(subject)
        alarm, fact = Alarm.prepare(alarm_id, subject, reason, origin, reporter, administrator.sub, parties, now)
        try:
            self._store.create(alarm, fact, now)
        except Conflict:
            standing = self._existing(alarm_id)
            same = (standing.subject, standing.reason, standing.prepared_by) == (subject, reason, administrator.sub)
            if not same:
                raise
            return standing
        return alarm

    def raise_(self, administrator: Actor, alarm_id: str, text: str, evidence: Sequence[tuple[str, str]]) -> Alarm:
        """Tells the subject, who has ten days. `evidence`: (case id, evidence id) of the files it rests on; `text`: one
        or two sentences. Raises NotFound, Invalid, AlarmNotInThatState, OwnAlarmDecision, Conflict."""
        alarm = self._existing(alarm_id)
        if alarm.state == "raised" and alarm.prepared_by == administrator.sub:
            return alarm
        documents = self._found(alarm, evidence) if alarm.state == "draft" else ()
        return self._change(alarm, lambda now: alarm.raise_(administrator.sub, text, documents, now))

    def withdraw(self, administrator: Actor, alarm_id: str) -> Alarm:
        """Raises NotFound, AlarmNotInThatState, OwnAlarmDecision, Conflict."""
        alarm = self._existing(alarm_id)
        if _done(alarm, "withdraw", administrator.sub):
            return alarm
        return self._change(alarm, lambda now: alarm.withdraw(administrator.sub, now))

    def put_in_force(self, administrator: Actor, alarm_id: str, text: str, expected: int | None = None) -> Alarm:
        """`text`: why, for its subject; `expected`: the version that was read, so that an answer which came since is
        read first. Raises NotFound, PreconditionFailed, AlarmNotInThatState, OwnAlarm, OwnAlarmDecision, ReplyAwaited,
        Invalid, Conflict."""

        def ruling(alarm: Alarm, parties: frozenset[str], now: datetime) -> tuple[Alarm, Fact]:
            return alarm.put_in_force(administrator.sub, text, parties, now)

        return self._rule(administrator, alarm_id, "put_in_force", expected, ruling)

    def dismiss(self, administrator: Actor, alarm_id: str, expected: int | None = None) -> Alarm:
        """Raises as `put_in_force`, but for Invalid."""

        def ruling(alarm: Alarm, parties: frozenset[str], now: datetime) -> tuple[Alarm, Fact]:
            return alarm.dismiss(administrator.sub, parties, now)

        return self._rule(administrator, alarm_id, "dismiss", expected, ruling)

    def uphold(self, administrator: Actor, alarm_id: str, text: str, expected: int | None = None) -> Alarm:
        """`text` and `expected` as for `put_in_force`. Raises NotFound, PreconditionFailed, AlarmNotInThatState,
        OwnAlarm, OwnAlarmDecision, Invalid, Conflict."""

        def ruling(alarm: Alarm, parties: frozenset[str], now: datetime) -> tuple[Alarm, Fact]:
            return alarm.uphold(administrator.sub, text, parties, now)

        return self._rule(administrator, alarm_id, "uphold", expected, ruling)

    def lift(self, administrator: Actor, alarm_id: str, expected: int | None = None) -> Alarm:
        """Raises as `uphold`, but for Invalid."""

        def ruling(alarm: Alarm, parties: frozenset[str], now: datetime) -> tuple[Alarm, Fact]:
            return alarm.lift(administrator.sub, parties, now)

        return self._rule(administrator, alarm_id, "lift", expected, ruling)

    def read(self, administrator: Actor, alarm_id: str) -> tuple[Alarm, list[Item]]:
        """An alarm and what happened to it. Raises NotFound, OwnAlarm."""
        alarm = self._existing(alarm_id)
        if alarm.concerns(administrator.sub, self._subjects.parties(alarm.subject)):
            raise OwnAlarm
        return alarm, self._store.history(alarm_id)

    def listed(self, wanted: AlarmFilter, position: Item | None) -> tuple[list[Alarm], Item | None]:
        """Those that are not over, the soonest to be looked at first; or those that are, the latest ended first. And
        the position to go on from."""
        if wanted.over:
            return self._store.over(wanted.where, PAGE, position)
        return self._store.open(wanted.where, PAGE, position, self._clock() if wanted.due else None)

    def about(self, subject: Subject) -> list[Alarm]:
        return self._store.about(subject)

    # ---- whom it is about

    def mine(self, actor: Actor) -> list[Alarm]:
        """Alarms about the actor's own profile or company that were raised: what is only prepared is nobody's news."""
        found: list[Alarm] = []
        kinds: tuple[Kind, ...] = ("profile", "company")
        for kind in kinds:
            owner_id = self._subjects.owned_by(actor.sub, kind)
            found += self._store.about(Subject(kind, owner_id)) if owner_id else []
        return [alarm for alarm in found if alarm.raised_at is not None]

    def theirs(self, actor: Actor, alarm_id: str) -> Alarm:
        """One of them. Raises NotFound for any other."""
        alarm = self._store.alarm(alarm_id)
        owner_id = self._subjects.owned_by(actor.sub, alarm.kind) if alarm is not None else None
        if alarm is None or alarm.raised_at is None or owner_id != alarm.subject_id:
            raise NotFound
        return alarm

    def answer(self, actor: Actor, alarm_id: str, text: str) -> Alarm:
        """Once. Raises NotFound, AlarmNotInThatState, Invalid, Conflict."""
        alarm = self.theirs(actor, alarm_id)
        reply = alarm.reply
        if reply is not None and (reply.replied_by, reply.text) == (actor.sub, text.strip()):
            return alarm
        return self._change(alarm, lambda now: alarm.answer(actor.sub, text, now))

    def appeal(self, actor: Actor, alarm_id: str, text: str) -> Alarm:
        """Once, within thirty days of its effect. Raises NotFound, AlarmNotInThatState, TooLateToAppeal, Invalid,
        Conflict."""
        alarm = self.theirs(actor, alarm_id)
        if alarm.state == "appealed" and alarm.appeal_text == text.strip():
            return alarm
        return self._change(alarm, lambda now: alarm.contest(text, now))

    # ---- whose files they are

    def evidence_from(self, alarm_id: str) -> str | None:
        """The account that may add files to an alarm's own shelf: who prepares it, until it is raised."""
        alarm = self._store.alarm(alarm_id)
        return alarm.prepared_by if alarm is not None and alarm.state == "draft" else None

    def may_read(self, sub: str, alarm_id: str) -> bool:
        """Whether an administrator may open the files that an alarm rests on: not about themselves or a colleague, and
        not once it is over."""
        alarm = self._store.alarm(alarm_id)
        return (
            alarm is not None
            and alarm.state not in OVER
            and not alarm.concerns(sub, self._subjects.parties(alarm.subject))
        )

    # ---- the sweep

    def due(self) -> list[str]:
        return list(self._store.due(self._clock()))

    def settle(self, alarm_id: str) -> None:
        """Ends what ran out. Raises Retryable."""
        alarm, now = self._store.alarm(alarm_id), self._clock()
        lapsed = alarm.lapse(now) if alarm is not None else None
        if alarm is None or lapsed is None:
            return
        try:
            self._store.save(alarm, *lapsed, now)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    # ---- behind them

    def _rule(
        self,
        administrator: Actor,
        alarm_id: str,
        act: Act,
        expected: int | None,
        ruling: Callable[[Alarm, frozenset[str], datetime], tuple[Alarm, Fact]],
    ) -> Alarm:
        alarm = self._existing(alarm_id)
        if _done(alarm, act, administrator.sub):
            return alarm
        if expected not in (None, alarm.version):
            raise PreconditionFailed
        parties = self._subjects.parties(alarm.subject)
        return self._change(alarm, lambda now: ruling(alarm, parties, now))

    def _found(self, alarm: Alarm, evidence: Sequence[tuple[str, str]]) -> tuple[Document, ...]:
        """The files, once each. Raises Invalid naming one that is not kept, or on which another alarm about the same
        subject rested: no alarm is made to last by raising it again."""
        used = {
            document.sha256
            for other in self._store.about(alarm.subject)
            if other.alarm_id != alarm.alarm_id and other.state != "withdrawn"
            for document in other.documents
        }
        documents, problems = [], []
        for index, (case_id, evidence_id) in enumerate(dict.fromkeys(evidence)):
            document = self._documents.kept(alarm, case_id, evidence_id)
            if document is None:
                problems.append(NO_DOCUMENT.broken_at(f"/documents/{index}", most=MOST_DOCUMENTS))
            elif document.sha256 in used:
                problems.append(ALREADY_RELIED_ON.broken_at(f"/documents/{index}"))
            else:
                documents.append(document)
        if problems:
            raise Invalid(problems)
        return tuple(documents)

    def _change(self, alarm: Alarm, act: Callable[[datetime], tuple[Alarm, Fact]]) -> Alarm:
        now = self._clock()
        after, fact = act(now)
        self._store.save(alarm, after, fact, now)
        return after

    def _existing(self, alarm_id: str) -> Alarm:
        alarm = self._store.alarm(alarm_id)
        if alarm is None:
            raise NotFound
        return alarm


_LEADS_TO: dict[Act, State] = {
    "withdraw": "withdrawn",
    "put_in_force": "in_force",
    "dismiss": "dismissed",
    "uphold": "in_force",
    "lift": "lifted",
}


def _done(alarm: Alarm, act: Act, administrator: str) -> bool:
    """Whether this very act, by this person, is what the alarm is since."""
    last = alarm.rulings[-1] if alarm.rulings else None
    return last is not None and (last.act, last.by) == (act, administrator) and alarm.state == _LEADS_TO[act]
