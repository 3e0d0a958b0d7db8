"""Keys of the verification table:

CASE#id / CASE                  the case; index due while something runs out: DUE#shard / due_at;
                                index queue while it is somebody's to look at: QUEUE / queue_at, by when; while its
                                subject was asked something: ASKED / queue_at, until when they may answer;
                                afterwards by when it was decided: DECIDED#month / queue_at
CASE#id / STEP#name             a step (`credit#<credit_id>`: one per credit); index due until it has ended
CASE#id / EVENT#ulid            what happened, each fact chained to the one before
CASE#id / CHAIN                 the last of them (`platform/chain.py`)
SUBJECT#kind#id / OPEN          the one open case of a profile, a credit or a company
OWNER#id / CASE#id              every case that a profile (its credits' too) or a company ever had
PROFILE#id / CREDIT#credit_id   the three facts of a credit; index due until they are to be checked anew: DUE#facts
PROFILE#id / JUNIOR_PATH        that the background of somebody at the beginning is confirmed
PRINT#digest / PROFILE#id       who carries this name and work, address, number in a catalogue of people, or SIREN: to
                                find one person under two profiles
PROFILE#id / PRINT#digest       the same, by whose it is, so that it goes once it is no longer so
SUBJECT#kind#id / ALARM#id      an alarm about a subject, and while it is in force from when until when: see
                                `alarm_repository`, which writes it
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.platform.chain import write_chained
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import EVENT_PREFIX, event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table
from chalicelib.verification.errors import CaseAlreadyOpen, StepSettledMeanwhile
from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.junior_path import JuniorPath
from chalicelib.verification.models import Case, Step
from chalicelib.verification.states import DECIDED, IN_QUEUE, OPEN
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

#: Partitions of the due index: enough that no tick reads one that is hot.
DUE_SHARDS = 4

#: What has its history here → what its partitions begin with. What happens to the files of an alarm lies on its shelf,
#: which is where that of a case lies.
HISTORIES = {"case": ("CASE#",), "alarm": ("ALARM#", "CASE#")}

_QUEUE = "QUEUE"
_ASKED = "ASKED"
_DUE_FACTS = "DUE#facts"


class VerificationRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    # ---- cases

    def case(self, case_id: str) -> Case | None:
        item = self._table.get(_pk(case_id), "CASE")
        return _case(item) if item else None

    def open_case_of(self, subject: Subject) -> str | None:
        """The id of the subject's open case."""
        item = self._table.get(_subject_pk(subject), "OPEN")
        return str(item["case_id"]) if item else None

    def cases_of(self, owner_id: str, limit: int, position: Item | None) -> tuple[list[Case], Item | None]:
        """Those of a profile, its credits' too, or of a company, the latest opened first, and the position to go on
        from."""
        page = self._table.query(_owner_pk(owner_id), prefix="CASE#", forward=False, limit=limit, position=position)
        ids = [str(item["case_id"]) for item in page.items]
        found = {case.case_id: case for case in map(_case, self._table.get_many([(_pk(one), "CASE") for one in ids]))}
        return [found[one] for one in ids if one in found], page.position

    def create(self, case: Case, fact: Fact, now: datetime) -> None:
        """Raises CaseAlreadyOpen; Conflict when there is a case of this id."""
        try:
            write_chained(
                self._table,
                Put(_case_item(case), condition=NEW),
                _claim(case),
                _event(case, fact, now),
                Put({"pk": _owner_pk(case.subject.owner_id), "sk": f"CASE#{case.case_id}", "case_id": case.case_id}),
            )
        except ConditionFailed as refused:
            raise (Conflict if 0 in refused.failed else CaseAlreadyOpen) from None

    def save(
        self,
        before: Case,
        after: Case,
        facts: Sequence[Fact],
        now: datetime,
        *,
        planned: Sequence[Step] = (),
        ended: Step | None = None,
        credits: Sequence[CreditFacts] = (),
        junior_path: JuniorPath | None = None,
        junior_path_lost: bool = False,
    ) -> None:
        """The case, what happened, and what goes with it, in one transaction: steps that are planned, a step that ends
        with the change, facts of credits that are established or taken away.

        Raises Conflict unless the case, the step and the facts are still as they were read; CaseAlreadyOpen when the
        subject has another open case by now.
        """
        actions: list[Action] = [
            Put(
                _case_item(after),
                condition="#v = :before",
                names={"#v": "version"},
                values={":before": before.version},
            )
        ]
        claims = before.state not in OPEN and after.state in OPEN
        if claims:
            actions.append(_claim(after))
        elif before.state in OPEN and after.state not in OPEN:
            actions.append(
                Delete(
                    _subject_pk(after.subject),
                    "OPEN",
                    condition="attribute_not_exists(pk) OR case_id = :mine",
                    values={":mine": after.case_id},
                )
            )
        actions += [Put(_step_item(step), condition=NEW) for step in planned]
        if ended is not None:
            actions.append(_under_way(ended, _step_item(ended)))
        actions += [_facts_put(facts_of_credit) for facts_of_credit in credits]
        if junior_path is not None:
            pk = f"PROFILE#{after.subject.owner_id}"
            actions.append(Put({"pk": pk, "sk": "JUNIOR_PATH", **junior_path.model_dump(mode="json")}))
        if junior_path_lost:
            actions.append(Delete(f"PROFILE#{after.subject.owner_id}", "JUNIOR_PATH"))
        actions += [_event(after, fact, now) for fact in facts]
        try:
            write_chained(self._table, *actions)
        except ConditionFailed as refused:
            raise (CaseAlreadyOpen if claims and refused.failed == (1,) else Conflict) from None

    def amend(self, before: Case, after: Case) -> None:
        """The case in the place of itself, without something that nobody need be told of. Raises Conflict."""
        unchanged = {"condition": "#v = :v", "names": {"#v": "version"}, "values": {":v": before.version}}
        try:
            self._table.write(Put(_case_item(after), **unchanged))  # type: ignore[arg-type]
        except ConditionFailed:
            raise Conflict from None

    def history(self, case_id: str) -> list[Item]:
        """What happened, as event items, oldest first."""
        return list(self._table.query_all(_pk(case_id), prefix=EVENT_PREFIX))

    # ---- steps

    def step(self, case_id: str, name: str) -> Step | None:
        item = self._table.get(_pk(case_id), f"STEP#{name}")
        return Step.model_validate(item) if item else None

    def steps(self, case_id: str) -> list[Step]:
        """In the order of their names."""
        return [Step.model_validate(item) for item in self._table.query_all(_pk(case_id), prefix="STEP#")]

    def end_step(self, case: Case, step: Step, fact: Fact, now: datetime) -> None:
        """The result of an attempt. Raises StepSettledMeanwhile when the step has ended or a later attempt is under
        way."""
        try:
            write_chained(self._table, _under_way(step, _step_item(step)), _event(case, fact, now))
        except ConditionFailed:
            raise StepSettledMeanwhile from None

    def change_step(self, before: Step, after: Step) -> None:
        """Another attempt, another time. Raises StepSettledMeanwhile unless the step is as it was read."""
        try:
            self._table.write(_as_read(before, after))
        except ConditionFailed:
            raise StepSettledMeanwhile from None

    def renew_steps(self, case: Case, changes: Sequence[tuple[Step, Step]], fact: Fact, now: datetime) -> None:
        """All of them and the fact, in one transaction. Raises StepSettledMeanwhile unless each is as it was read."""
        try:
            write_chained(self._table, *[_as_read(*change) for change in changes], _event(case, fact, now))
        except ConditionFailed:
            raise StepSettledMeanwhile from None

    # ---- what runs out

    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        """(case id, name of the step or None for the case itself) for everything whose time has come."""
        for shard in range(DUE_SHARDS):
            for item in self._table.query_all(
                f"DUE#{shard}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
            ):
                sk = str(item["sk"])
                yield str(item["pk"]).removeprefix("CASE#"), sk.removeprefix("STEP#") if sk != "CASE" else None

    # ---- the administrators' lists

    def queue(
        self, where: dict[str, Any], limit: int, position: Item | None, due_by: datetime | None = None
    ) -> tuple[list[Case], Item | None]:
        """Cases for administrators, the soonest due first, and the position to go on from. `where`: attributes of the
        case with the values that they must have; pages of a filtered list may be short. `due_by`: those alone that are
        due by then. Cases that wait for their subject are there when that state is asked for, and not otherwise."""
        page = self._table.query(
            _ASKED if where.get("state") == "information_requested" else _QUEUE,
            index="queue",
            hash_key="queue_pk",
            range_key="queue_at",
            up_to=stamp(due_by) if due_by else None,
            where=where or None,
            limit=limit,
            position=position,
        )
        return [_case(item) for item in page.items], page.position

    def waiting(self) -> Iterator[Case]:
        """Every case that is an administrator's to look at, the soonest due first."""
        for item in self._table.query_all(_QUEUE, index="queue", hash_key="queue_pk", range_key="queue_at"):
            yield _case(item)

    def decided(self, since: datetime, until: datetime) -> Iterator[Case]:
        """Cases decided between two instants, the earliest first, as they are now."""
        month, last = since.astimezone(UTC).replace(day=1), until.astimezone(UTC)
        while (month.year, month.month) <= (last.year, last.month):
            for item in self._table.query_all(
                f"DECIDED#{month:%Y-%m}",
                index="queue",
                hash_key="queue_pk",
                range_key="queue_at",
                since=stamp(since),
                up_to=stamp(until),
            ):
                yield _case(item)
            month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)

    # ---- facts of credits

    def facts(self, profile_id: str) -> dict[str, CreditFacts]:
        """By credit id, those that anything was ever established of."""
        items = self._table.query_all(f"PROFILE#{profile_id}", prefix="CREDIT#")
        found = (CreditFacts.model_validate(item) for item in items)
        return {one.credit_id: one for one in found}

    def due_facts(self, now: datetime) -> Iterator[tuple[str, str]]:
        """(profile id, credit id) of the facts that are to be checked anew by now."""
        for item in self._table.query_all(
            _DUE_FACTS, index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
        ):
            yield str(item["pk"]).removeprefix("PROFILE#"), str(item["sk"]).removeprefix("CREDIT#")

    def change_facts(self, after: CreditFacts) -> None:
        """Raises Conflict unless the facts are as they were read."""
        try:
            self._table.write(_facts_put(after))
        except ConditionFailed:
            raise Conflict from None

    def junior_path(self, profile_id: str) -> JuniorPath | None:
        item = self._table.get(f"PROFILE#{profile_id}", "JUNIOR_PATH")
        return JuniorPath.model_validate(item) if item else None

    # ---- who is who

    def leave_prints(self, profile_id: str, digests: Sequence[str]) -> dict[str, list[str]]:
        """Leaves the prints of a profile in the place of those that it left before, and says which other profiles left
        the same: digest → their ids. Whoever comes second sees the first; of two at once, at least one sees the other.
        """
        left = {
            str(item["sk"]).removeprefix("PRINT#")
            for item in self._table.query_all(f"PROFILE#{profile_id}", prefix="PRINT#")
        }
        for digest in digests:
            if digest not in left:
                self._table.write(*(Put({"pk": pk, "sk": sk}) for pk, sk in _print_keys(profile_id, digest)))
        self.forget_prints(profile_id, sorted(left.difference(digests)))
        return {
            digest: others
            for digest in digests
            if (
                others := [
                    other
                    for item in self._table.query_all(f"PRINT#{digest}", prefix="PROFILE#")
                    if (other := str(item["sk"]).removeprefix("PROFILE#")) != profile_id
                ]
            )
        }

    def forget_prints(self, profile_id: str, digests: Sequence[str]) -> None:
        """Takes these prints of a profile away; those that are gone stay so."""
        for digest in digests:
            self._table.write(*(Delete(pk, sk) for pk, sk in _print_keys(profile_id, digest)))

    def alarms(self, subject: Subject, now: datetime) -> list[str]:
        """Ids of the alarms in force about a subject."""
        items = self._table.query_all(_subject_pk(subject), prefix="ALARM#")
        return [
            str(item["alarm_id"])
            for item in items
            if "until" in item and str(item["in_force_from"]) <= stamp(now) < str(item["until"])
        ]


def _pk(case_id: str) -> str:
    return f"CASE#{case_id}"


def _owner_pk(owner_id: str) -> str:
    return f"OWNER#{owner_id}"


def _print_keys(profile_id: str, digest: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"PRINT#{digest}", f"PROFILE#{profile_id}"), (f"PROFILE#{profile_id}", f"PRINT#{digest}")


def _subject_pk(subject: Subject) -> str:
    return f"SUBJECT#{subject.kind}#{subject.subject_id}"


def _claim(case: Case) -> Put:
    return Put({"pk": _subject_pk(case.subject), "sk": "OPEN", "case_id": case.case_id}, condition=NEW)


def _event(case: Case, fact: Fact, now: datetime) -> Put:
    return event_item(_pk(case.case_id), fact, aggregate_version=case.version, now=now)


def _due_pk(case_id: str) -> str:
    return f"DUE#{zlib.crc32(case_id.encode()) % DUE_SHARDS}"


def _case_item(case: Case) -> Item:
    item = {"pk": _pk(case.case_id), "sk": "CASE", **case.model_dump(mode="json", exclude={"due_at"})}
    # In this table `due_at` is when the clockwork looks at something; by when people must is `answer_due_at`.
    if case.due_at is not None:
        item["answer_due_at"] = case.due_at
    if case.owed_at is not None:
        item |= {"due_pk": _due_pk(case.case_id), "due_at": case.owed_at}
    if case.state in IN_QUEUE:
        item |= {"queue_pk": _QUEUE, "queue_at": case.due_at}
        if case.held_by is not None:
            item["held_by"] = case.held_by
    elif case.state == "information_requested":
        item |= {"queue_pk": _ASKED, "queue_at": case.owed_at}
    elif case.decided_at is not None and case.state in DECIDED | {"final"}:
        item |= {"queue_pk": f"DECIDED#{case.decided_at[:7]}", "queue_at": case.decided_at}
    return item


def _case(item: Item) -> Case:
    return Case.model_validate({**item, "due_at": item.get("answer_due_at")})


def _step_item(step: Step) -> Item:
    item = {"pk": _pk(step.case_id), "sk": f"STEP#{step.name}", **step.model_dump(mode="json")}
    if step.owed_at is not None:
        item |= {"due_pk": _due_pk(step.case_id), "due_at": step.owed_at}
    return item


def _as_read(before: Step, after: Step) -> Put:
    """In place of the step exactly as it was read; of one that has ended, status and attempt say it all."""
    condition = "#s = :status AND attempt = :attempt"
    values: dict[str, Any] = {":status": before.status, ":attempt": before.attempt}
    if before.owed_at is not None:
        condition += " AND owed_at = :owed"
        values[":owed"] = before.owed_at
    return Put(_step_item(after), condition=condition, names={"#s": "status"}, values=values)


def _under_way(step: Step, item: Item) -> Put:
    """In place of this very attempt, unless it has ended."""
    return Put(
        item,
        condition="#s = :pending AND attempt = :attempt",
        names={"#s": "status"},
        values={":pending": "pending", ":attempt": step.attempt},
    )


def _facts_put(facts: CreditFacts) -> Put:
    item = {
        "pk": f"PROFILE#{facts.profile_id}",
        "sk": f"CREDIT#{facts.credit_id}",
        **facts.model_dump(mode="json"),
    }
    if facts.recheck_at is not None:
        item |= {"due_pk": _DUE_FACTS, "due_at": facts.recheck_at}
    if facts.version == 1:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": facts.version - 1})
