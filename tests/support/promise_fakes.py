"""What is promised, kept in memory; the facts that count, made by hand; and a recount of them that shares nothing with
the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.briefs.events import BriefPublished
from chalicelib.conversations.events import AnswerAwaited, Answered, Engaged, InterestShown, Revealed
from chalicelib.matching.events import ShortlistComputed
from chalicelib.platform.outbox import Envelope
from chalicelib.promise.models import AnswerFacts, ProjectFacts, Shown, Stage
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_at

NOW = datetime(2026, 11, 29, 15, 30, tzinfo=UTC)


class FakePromiseStore:
    def __init__(self) -> None:
        self._projects: dict[str, ProjectFacts] = {}
        self._answers: dict[str, AnswerFacts] = {}
        self._order: dict[tuple[str, str], tuple[str, str]] = {}

    def reached(self, brief_id: str, stage: Stage, moment: str, event_id: str, *, shown: Shown | None = None) -> None:
        if self._is_earlier(brief_id, stage, moment, event_id):
            before = self._projects.get(brief_id, ProjectFacts())
            with_it: dict[str, Any] = {stage: moment} | ({"shown": shown} if shown is not None else {})
            self._projects[brief_id] = replace(before, **with_it)

    def settled(self, digest: str, moment: str, event_id: str, *, late: bool) -> None:
        before = self._answers.get(digest, AnswerFacts(moment, late))
        settled = moment if self._is_earlier(digest, "settled", moment, event_id) else before.settled
        self._answers[digest] = AnswerFacts(settled, before.late or late)

    def projects(self) -> Iterator[ProjectFacts]:
        return (project for project in self._projects.values() if project.published is not None)

    def answers(self) -> Iterator[AnswerFacts]:
        return iter(self._answers.values())

    def _is_earlier(self, of: str, what: str, moment: str, event_id: str) -> bool:
        before = self._order.get((of, what))
        if before is not None and before <= (moment, event_id):
            return False
        self._order[of, what] = (moment, event_id)
        return True


def told(fact: Fact, at: datetime) -> Envelope:
    """As it comes from the topic; the same fact at the same time is the same event."""
    return Envelope(
        event_id=id_at(at, fact.event_type, fact.model_dump_json()),
        event_type=fact.event_type,
        schema_version=1,
        aggregate_id=fact.aggregate_id,
        aggregate_version=1,
        occurred_at=stamp(at),
        correlation_id="test",
        payload=fact.model_dump(mode="json"),
    )


def published(brief: str, at: datetime, number: int = 1) -> Envelope:
    return told(BriefPublished(brief_id=brief, publication_no=number, resumed=number > 1), at)


def shortlist(brief: str, at: datetime, seats: int = 5, juniors: int = 1) -> Envelope:
    ids: dict[str, Any] = {"brief_id": brief, "brief_version": 1, "publication_no": 1, "shortlist_version": 1}
    return told(ShortlistComputed(**ids, cause="published", seats=seats, changed=True, juniors=juniors), at)


def _between(brief: str, person: str) -> dict[str, Any]:
    return {"thread_id": f"{brief}/{person}", "brief_id": brief, "profile_id": person}


def interest(brief: str, person: str, at: datetime, *, invited: bool = False) -> Envelope:
    return told(InterestShown(**_between(brief, person), invited=invited), at)


def revealed(brief: str, person: str, at: datetime) -> Envelope:
    return told(Revealed(**_between(brief, person)), at)


def answer(
    brief: str, person: str, at: datetime, decision: str = "retained", *, overdue: bool = False, number: int = 1
) -> Envelope:
    between = _between(brief, person)
    return told(Answered(**between, decision=decision, ground="to_meet", round=number, overdue=overdue), at)


def awaited(brief: str, person: str, at: datetime, *, overdue: bool = True, number: int = 1) -> Envelope:
    return told(AnswerAwaited(**_between(brief, person), reminder=2, overdue=overdue, round=number), at)


def engaged(brief: str, person: str, at: datetime, *, overdue: bool = False, number: int = 1) -> Envelope:
    return told(Engaged(**_between(brief, person), round=number, overdue=overdue), at)


# ---- the recount: the events as they lie, one question at a time, in floats and loops


def recount(events: Iterable[Envelope], since: datetime | None, until: datetime, *, fewest: int = 10) -> dict[str, Any]:
    """What is to be published of the period: per figure the numbers, or None where fewer than ten stand behind it."""
    known = {event.event_id: event for event in events}
    by_time = sorted(known.values(), key=lambda event: (event.occurred_at, event.event_id))
    first_online: dict[str, datetime] = {}
    first_seats: dict[str, tuple[datetime, int, int]] = {}
    first_mutual: dict[str, datetime] = {}
    first_engaged: dict[str, datetime] = {}
    settled: dict[tuple[str, int], datetime] = {}
    late: set[tuple[str, int]] = set()
    for event in by_time:
        at, said = datetime.fromisoformat(event.occurred_at), event.payload
        match event.event_type:
            case "brief.published":
                first_online.setdefault(said["brief_id"], at)
            case "matching.shortlist_computed" if said["seats"]:
                first_seats.setdefault(said["brief_id"], (at, said["seats"], said["juniors"]))
            case "conversation.interest_shown" if said["invited"]:
                first_mutual.setdefault(said["brief_id"], at)
            case "conversation.revealed":
                first_mutual.setdefault(said["brief_id"], at)
            case "conversation.answered" if said["decision"] == "retained":
                first_mutual.setdefault(said["brief_id"], at)
            case "conversation.engaged":
                first_mutual.setdefault(said["brief_id"], at)
                first_engaged.setdefault(said["brief_id"], at)
        answers = event.event_type in ("conversation.answered", "conversation.engaged")
        if answers or (event.event_type == "conversation.answer_awaited" and said["overdue"]):
            owed = (said["thread_id"], said["round"])
            settled.setdefault(owed, at)
            if said["overdue"]:
                late.add(owed)

    def inside(at: datetime) -> bool:
        return (since is None or at >= since) and at < until

    def delay(ends: dict[str, datetime]) -> tuple[int, int, int] | None:
        lasted = sorted(
            max(0.0, (end - first_online[brief]).total_seconds())
            for brief, end in ends.items()
            if brief in first_online and inside(end)
        )
        if len(lasted) < fewest:
            return None

        def within(tenths: int) -> float:
            return next(one for one in lasted if 10 * sum(other <= one for other in lasted) >= tenths * len(lasted))

        return felt(within(5)), felt(within(9)), len(lasted)

    def share(parts: list[tuple[int, int]]) -> tuple[int, int] | None:
        if len(parts) < fewest:
            return None
        part, whole = (sum(column) for column in zip(*parts, strict=True))
        return int(100 * part / whole + 0.5), len(parts)

    online = sum(inside(at) for at in first_online.values())
    return {
        "published": online if online >= fewest else None,
        "proposed": delay({brief: at for brief, (at, _, _) in first_seats.items()}),
        "mutual": delay(first_mutual),
        "engaged": delay(first_engaged),
        "answered_in_time": share([(int(owed not in late), 1) for owed, at in settled.items() if inside(at)]),
        "juniors": share(
            [
                (juniors, seats)
                for brief, (at, seats, juniors) in first_seats.items()
                if juniors >= 0 and brief in first_online and inside(at)
            ]
        ),
    }


def felt(seconds: float) -> int:
    for least, step in ((864_000, 86_400), (7_200, 3_600), (120, 60)):
        if seconds >= least:
            return int(seconds / step + 0.5) * step
    return int(seconds + 0.5)


def days(number: float) -> timedelta:
    return timedelta(days=number)
