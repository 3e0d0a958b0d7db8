"""Keys of the moderation table:

REPORT#id / REPORT            a report; index queue: REPORTS / due_at while it waits, REPORTED / decided_at after
REPORT#id / EVENT#ulid        what happened to it
REPORTER#sub / REPORT#id      that this account made it
AGAINST#kind#id / REPORT#id   that this account or company answers for what it is about
PACE#sub / report#hour        how many reports an account made in an hour; gone a day later
MEASURE#id / MEASURE          a decision; index queue: MEASURES / when to look at it, MEASURES#OVER / its end;
                              index due until it is over: DUE#measures / due_at
MEASURE#id / EFFECT           what follows from it is to be looked for; index due: DUE#effects / due_at
MEASURE#id / EVENT#ulid       what happened to it
OWNER#kind#id / MEASURE#id    decisions about an account, or about a company and its briefs; goes when the decision does
SUBJECT#kind#id / STANDING    the latest decision about an account, a company or a brief; read at every act
IDENTITY#id / REQUEST         who is behind a brief, asked for an authority; index queue: IDENTITIES / asked_at;
                              index due until it is settled: DUE#identities / due_at
IDENTITY#id / EVENT#ulid      what happened to it

What is over goes five years later (TTL), when no claim can rest on it any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.moderation.errors import AlreadyDecided, TooManyReports
from chalicelib.moderation.grounds import Kind
from chalicelib.moderation.models import (
    ASKED_AGAIN_FOR,
    FOLLOWED_WITHIN,
    IN_FORCE,
    OVER,
    REPORTS_PER_HOUR,
    IdentityRequest,
    Measure,
    Report,
    Standing,
    Subject,
)
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import EVENT_PREFIX, event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table, Update
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.retention import SETTLED_MODERATION

#: What has its history here → what its partition begins with.
HISTORIES = {"report": ("REPORT#",), "measure": ("MEASURE#",), "identity": ("IDENTITY#",)}

_COUNT_KEPT = timedelta(days=1)
_WAITING, _DECIDED = "REPORTS", "REPORTED"
_MEASURES, _OVER = "MEASURES", "MEASURES#OVER"
_IDENTITIES = "IDENTITIES"
_DUE_MEASURES, _DUE_EFFECTS, _DUE_IDENTITIES = "DUE#measures", "DUE#effects", "DUE#identities"


class ModerationRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    # ---- reports

    def report(self, report_id: str) -> Report | None:
        item = self._table.get(_report_pk(report_id), "REPORT")
        return _report(item) if item else None

    def file(self, report: Report, fact: Fact, now: datetime) -> None:
        """Raises Conflict when there is this report already, TooManyReports."""
        try:
            self._table.write(
                Put(_report_item(report), condition=NEW),
                *_report_pointers(report),
                _event(_report_pk(report.report_id), fact, 1, now),
                _counted(report.reporter_sub, now),
            )
        except ConditionFailed as refused:
            if 0 in refused.failed:
                raise Conflict from None
            raise TooManyReports(3600 - now.minute * 60 - now.second) from None

    def save_report(self, report: Report, fact: Fact, now: datetime) -> None:
        """Raises Conflict when somebody else changed it since it was read."""
        try:
            self._table.write(
                Put(_report_item(report), **_unless_changed(report.version)),
                *_report_pointers(report),
                _event(_report_pk(report.report_id), fact, report.version, now),
            )
        except ConditionFailed:
            raise Conflict from None

    def reports(
        self, decided: bool, where: Item, limit: int, position: Item | None
    ) -> tuple[list[Report], Item | None]:
        """Those that wait, the soonest due first; those decided, the latest first. `where`: values that their
        attributes must have, which may make a page short."""
        page = self._table.query(
            _DECIDED if decided else _WAITING,
            index="queue",
            hash_key="queue_pk",
            forward=not decided,
            where=where or None,
            limit=limit,
            position=position,
        )
        return [_report(item) for item in page.items], page.position

    def reports_by(self, sub: str) -> list[Report]:
        """Those that an account made, in the order of their ids."""
        return self._listed(_reporter(sub))

    def reports_against(self, subject: Subject) -> list[Report]:
        """Those that this account or company answers for, in the order of their ids."""
        return self._listed(_against(subject))

    def amend_report(self, report: Report) -> None:
        """Takes words away, which nobody is told of. Raises Conflict when somebody changed it since it was read."""
        self._amend(_report_item(report), report.version, *_report_pointers(report))

    def forget_report(self, report: Report) -> None:
        pk = _report_pk(report.report_id)
        self._table.write(
            Delete(pk, "REPORT"),
            Delete(_reporter(report.reporter_sub), pk),
            Delete(_against(report.thing.subject), pk),
        )

    def forget_pace(self, sub: str) -> int:
        """How many counts of what an account did went."""
        counts = list(self._table.query_all(f"PACE#{sub}"))
        for item in counts:
            self._table.write(Delete(str(item["pk"]), str(item["sk"])))
        return len(counts)

    def _listed(self, partition: str) -> list[Report]:
        keys = [(str(item["sk"]), "REPORT") for item in self._table.query_all(partition)]
        return sorted(map(_report, self._table.get_many(keys)), key=lambda one: one.report_id)

    def _amend(self, item: Item, version: int, *beside: Put) -> None:
        same = {"condition": "#v = :same", "names": {"#v": "version"}, "values": {":same": version}}
        try:
            self._table.write(Put(item, **same), *beside)  # type: ignore[arg-type]  # each has the form of its field
        except ConditionFailed:
            raise Conflict from None

    # ---- decisions

    def measure(self, measure_id: str) -> Measure | None:
        item = self._table.get(_measure_pk(measure_id), "MEASURE")
        return _measure(item) if item else None

    def standing(self, kind: Kind, subject_id: str) -> Standing | None:
        """The latest decision about it."""
        item = self._table.get(_subject(kind, subject_id), "STANDING")
        return Standing.model_validate(item) if item else None

    def standings(self, subjects: Sequence[Subject]) -> list[Standing]:
        """The latest decision about each of these, of those about which there was any."""
        if len(subjects) == 1:
            found = self.standing(subjects[0].kind, subjects[0].id)
            return [found] if found else []
        keys = [(_subject(one.kind, one.id), "STANDING") for one in subjects]
        return [Standing.model_validate(item) for item in self._table.get_many(keys)]

    def impose(self, measure: Measure, fact: Fact, now: datetime) -> None:
        """A new decision, unless one about the same is proposed or in force: of a brief, about that publication. Raises
        AlreadyDecided; Conflict when there is one of this id."""
        condition = "attribute_not_exists(pk) OR attribute_exists(ended_at)"
        values: Item = {}
        if measure.publication_no is not None:
            condition += " OR publication_no < :number"
            values[":number"] = measure.publication_no
        standing = Put(_standing_item(measure), condition=condition, values=values)
        try:
            self._table.write(
                Put(_measure_item(measure), condition=NEW),
                standing,
                _event(_measure_pk(measure.measure_id), fact, 1, now),
                _pointer(measure),
                *_in_force(measure, now),
            )
        except ConditionFailed as refused:
            if 0 in refused.failed:
                raise Conflict from None
            raise AlreadyDecided from None

    def save_measure(self, before: Measure, after: Measure, fact: Fact, now: datetime) -> None:
        """Raises Conflict when somebody else changed it since it was read."""
        actions: list[Action] = [
            Put(_measure_item(after), **_unless_changed(after.version)),
            _event(_measure_pk(after.measure_id), fact, after.version, now),
            _pointer(after),
        ]
        if (before.state in IN_FORCE) != (after.state in IN_FORCE):
            actions += _in_force(after, now)
        standing = self.standing(after.kind, after.subject_id)
        if standing is not None and standing.measure_id == after.measure_id:
            # A later decision about the same brief keeps its place.
            values = {":mine": after.measure_id}
            actions.append(Put(_standing_item(after), condition="measure_id = :mine", values=values))
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise Conflict from None

    def measures(self, over: bool, where: Item, limit: int, position: Item | None) -> tuple[list[Measure], Item | None]:
        """Those that are not over, the soonest to be looked at first; those that are, the latest first."""
        page = self._table.query(
            _OVER if over else _MEASURES,
            index="queue",
            hash_key="queue_pk",
            forward=not over,
            where=where or None,
            limit=limit,
            position=position,
        )
        return [_measure(item) for item in page.items], page.position

    def measures_of(self, owner: Subject) -> list[Measure]:
        """Those that this account or company may read, which took effect, the latest first."""
        return [one for one in self.measures_about(owner) if one.in_force_from is not None]

    def measures_about(self, owner: Subject) -> list[Measure]:
        """Those, and the ones that were proposed and never took effect."""
        found = self._table.query_all(_owner(owner), prefix="MEASURE#")
        measures = map(_measure, self._table.get_many([(str(item["sk"]), "MEASURE") for item in found]))
        return sorted(measures, key=lambda one: one.decided_at, reverse=True)

    def amend_measure(self, measure: Measure) -> None:
        """Takes words away, which nobody is told of. Raises Conflict when somebody changed it since it was read."""
        standing = self.standing(measure.kind, measure.subject_id)
        in_place = standing is not None and standing.measure_id == measure.measure_id
        self._amend(
            _measure_item(measure),
            measure.version,
            _pointer(measure),
            *([Put(_standing_item(measure))] if in_place else []),
        )

    def forget_measure(self, measure: Measure) -> None:
        """With what leads to it; a later decision about the same keeps its place."""
        standing = self.standing(measure.kind, measure.subject_id)
        pk = _measure_pk(measure.measure_id)
        actions: list[Action] = [Delete(pk, "MEASURE"), Delete(pk, "EFFECT"), Delete(_owner(measure.owner), pk)]
        if standing is not None and standing.measure_id == measure.measure_id:
            actions.append(Delete(_subject(measure.kind, measure.subject_id), "STANDING"))
        self._table.write(*actions)

    def followed(self, measure_id: str) -> None:
        """What follows from it was seen: it is no longer looked for."""
        self._table.write(Delete(_measure_pk(measure_id), "EFFECT"))

    def effect_owed_since(self, measure_id: str) -> datetime | None:
        item = self._table.get(_measure_pk(measure_id), "EFFECT")
        return datetime.fromisoformat(item["since"]) if item else None

    def ask_again(self, measure: Measure, since: datetime, fact: Fact, now: datetime) -> None:
        """Publishes that it is overdue, and looks again later."""
        self._table.write(
            _event(_measure_pk(measure.measure_id), fact, measure.version, now), _effect_owed(measure, since, now)
        )

    # ---- who is behind a brief

    def identity_request(self, request_id: str) -> IdentityRequest | None:
        item = self._table.get(_identity_pk(request_id), "REQUEST")
        return _identity(item) if item else None

    def ask_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        """Raises Conflict when there is one of this id."""
        try:
            self._table.write(
                Put(_identity_item(request), condition=NEW), _event(_identity_pk(request.request_id), fact, 1, now)
            )
        except ConditionFailed:
            raise Conflict from None

    def save_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        """Raises Conflict when somebody else changed it since it was read."""
        try:
            self._table.write(
                Put(_identity_item(request), **_unless_changed(request.version)),
                _event(_identity_pk(request.request_id), fact, request.version, now),
            )
        except ConditionFailed:
            raise Conflict from None

    def note_shown(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        """That it was read, before it is."""
        self._table.write(_event(_identity_pk(request.request_id), fact, request.version, now))

    def identity_requests(self, limit: int, position: Item | None) -> tuple[list[IdentityRequest], Item | None]:
        """The latest first."""
        page = self._table.query(
            _IDENTITIES, index="queue", hash_key="queue_pk", forward=False, limit=limit, position=position
        )
        return [_identity(item) for item in page.items], page.position

    # ---- all of them

    def history(self, kind: str, identifier: str) -> list[Item]:
        """What happened, as event items, oldest first."""
        [prefix] = HISTORIES[kind]
        return list(self._table.query_all(f"{prefix}{identifier}", prefix=EVENT_PREFIX))

    def due_measures(self, now: datetime) -> Iterator[str]:
        return self._due(_DUE_MEASURES, now)

    def due_effects(self, now: datetime) -> Iterator[str]:
        return self._due(_DUE_EFFECTS, now)

    def due_identities(self, now: datetime) -> Iterator[str]:
        return self._due(_DUE_IDENTITIES, now)

    def _due(self, what: str, now: datetime) -> Iterator[str]:
        for item in self._table.query_all(what, index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)):
            yield str(item["pk"]).partition("#")[2]


def _report_pk(report_id: str) -> str:
    return f"REPORT#{report_id}"


def _reporter(sub: str) -> str:
    return f"REPORTER#{sub}"


def _against(subject: Subject) -> str:
    return f"AGAINST#{subject.kind}#{subject.id}"


def _measure_pk(measure_id: str) -> str:
    return f"MEASURE#{measure_id}"


def _identity_pk(request_id: str) -> str:
    return f"IDENTITY#{request_id}"


def _subject(kind: str, subject_id: str) -> str:
    return f"SUBJECT#{kind}#{subject_id}"


def _owner(owner: Subject) -> str:
    return f"OWNER#{owner.kind}#{owner.id}"


def _report_item(report: Report) -> Item:
    item = {
        "pk": _report_pk(report.report_id),
        "sk": "REPORT",
        # What lists are filtered by lies at the top.
        "about": report.thing.about,
        "queue_pk": _DECIDED if report.is_decided else _WAITING,
        "queue_at": report.decided_at or report.due_at,
        **report.model_dump(mode="json"),
    }
    return _kept_until(item, report.decided_at, report.held_until)


def _report(item: Item) -> Report:
    return Report.model_validate(item)


def _measure_item(measure: Measure) -> Item:
    item = {"pk": _measure_pk(measure.measure_id), "sk": "MEASURE", **measure.model_dump(mode="json")}
    over = measure.state in OVER
    item |= {
        "queue_pk": _OVER if over else _MEASURES,
        "queue_at": measure.ended_at or measure.updated_at if over else measure.look_at,
    }
    if measure.owed_at is not None:
        item |= {"due_pk": _DUE_MEASURES, "due_at": measure.owed_at}
    return _kept_until(item, measure.ended_at, measure.held_until)


def _measure(item: Item) -> Measure:
    return Measure.model_validate(item)


def _standing_item(measure: Measure) -> Item:
    standing = Standing.of(measure).model_dump(mode="json", exclude_none=True)
    item = {"pk": _subject(measure.kind, measure.subject_id), "sk": "STANDING", **standing}
    return _kept_until(item, measure.ended_at, measure.held_until)


def _pointer(measure: Measure) -> Put:
    """How it is found by whom it concerns; it goes with the decision."""
    pointer = {"pk": _owner(measure.owner), "sk": _measure_pk(measure.measure_id)}
    return Put(_kept_until(pointer, measure.ended_at, measure.held_until))


def _report_pointers(report: Report) -> list[Put]:
    """How it is found by its author and by whom it is about; they go with the report."""
    sk = _report_pk(report.report_id)
    return [
        Put(_kept_until({"pk": pk, "sk": sk}, report.decided_at, report.held_until))
        for pk in (_reporter(report.reporter_sub), _against(report.thing.subject))
    ]


def _in_force(measure: Measure, now: datetime) -> list[Action]:
    """What comes with a decision that takes effect, or whose effect ends: what follows is looked for. Nothing for one
    that never took effect."""
    return [_effect_owed(measure, now, now)] if measure.in_force_from is not None else []


def _effect_owed(measure: Measure, since: datetime, now: datetime) -> Put:
    return Put(
        {
            "pk": _measure_pk(measure.measure_id),
            "sk": "EFFECT",
            "since": stamp(since),
            "due_pk": _DUE_EFFECTS,
            "due_at": stamp(now + FOLLOWED_WITHIN),
            "expires_at": _seconds(since + 2 * ASKED_AGAIN_FOR),
        }
    )


def _identity_item(request: IdentityRequest) -> Item:
    item = {
        "pk": _identity_pk(request.request_id),
        "sk": "REQUEST",
        "queue_pk": _IDENTITIES,
        "queue_at": request.asked_at,
        **request.model_dump(mode="json"),
    }
    if request.owed_at is not None:
        item |= {"due_pk": _DUE_IDENTITIES, "due_at": request.owed_at}
    return _kept_until(item, request.settled_at)


def _identity(item: Item) -> IdentityRequest:
    return IdentityRequest.model_validate(item)


def _kept_until(item: Item, over_at: str | None, at_most: str | None = None) -> Item:
    """With when it goes: so long after it is over, or at that time if that comes first."""
    ends = [datetime.fromisoformat(at_most)] if at_most is not None else []
    ends += [datetime.fromisoformat(over_at) + SETTLED_MODERATION] if over_at is not None else []
    return {**item, "expires_at": _seconds(min(ends))} if ends else item


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _unless_changed(version: int) -> dict[str, Any]:
    return {"condition": "#v = :before", "names": {"#v": "version"}, "values": {":before": version - 1}}


def _event(pk: str, fact: Fact, version: int, now: datetime) -> Put:
    return event_item(pk, fact, aggregate_version=version, now=now)


def _counted(sub: str, now: datetime) -> Update:
    """One more report in this hour, unless there were too many."""
    return Update(
        f"PACE#{sub}",
        f"report#{now.astimezone(UTC):%Y-%m-%dT%H}",
        "SET expires_at = :gone ADD #n :one",
        condition="attribute_not_exists(#n) OR #n < :most",
        names={"#n": "times"},
        values={":gone": _seconds(now + _COUNT_KEPT), ":one": 1, ":most": REPORTS_PER_HOUR},
    )
