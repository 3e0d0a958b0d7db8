"""Moderation in memory, and what others ask of it, moved by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from chalicelib.briefs.service import ReturnOrder
from chalicelib.moderation.errors import AlreadyDecided, TooManyReports
from chalicelib.moderation.grounds import Kind
from chalicelib.moderation.models import (
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
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)


class Suspensions:
    """Who is suspended."""

    def __init__(self, *accounts: str, companies: Sequence[str] = ()) -> None:
        self.accounts, self.companies = set(accounts), set(companies)

    def company_is_suspended(self, company_id: str) -> bool:
        return company_id in self.companies

    def account_is_suspended(self, sub: str) -> bool:
        return sub in self.accounts


class Orders:
    """What was decided of briefs."""

    def __init__(self) -> None:
        self.given: dict[str, ReturnOrder] = {}

    def returned(self, brief_id: str) -> ReturnOrder | None:
        return self.given.get(brief_id)


class FakeModerationStore:
    def __init__(self) -> None:
        self.facts: list[tuple[str, Fact, int]] = []
        self._reports: dict[str, Report] = {}
        self._measures: dict[str, Measure] = {}
        self._standings: dict[tuple[str, str], Standing] = {}
        self._effects: dict[str, tuple[datetime, datetime]] = {}
        self._identities: dict[str, IdentityRequest] = {}
        self._paces: Counter[tuple[str, str]] = Counter()

    # ---- reports

    def report(self, report_id: str) -> Report | None:
        return self._reports.get(report_id)

    def file(self, report: Report, fact: Fact, now: datetime) -> None:
        if report.report_id in self._reports:
            raise Conflict
        hour = (report.reporter_sub, now.strftime("%Y-%m-%dT%H"))
        if self._paces[hour] >= REPORTS_PER_HOUR:
            raise TooManyReports(3600 - now.minute * 60 - now.second)
        self._paces[hour] += 1
        self._reports[report.report_id] = report
        self._happened(report.report_id, fact, 1)

    def save_report(self, report: Report, fact: Fact, now: datetime) -> None:
        _expect(self._reports.get(report.report_id), report)
        self._reports[report.report_id] = report
        self._happened(report.report_id, fact, report.version)

    def reports(
        self, decided: bool, where: Item, limit: int, position: Item | None
    ) -> tuple[list[Report], Item | None]:
        found = [one for one in self._reports.values() if one.is_decided == decided]
        found.sort(key=lambda one: one.decided_at or one.due_at, reverse=decided)
        start = position["at"] if position else 0
        page = [one for one in found[start : start + limit] if where.get("about") in (None, one.thing.about)]
        return page, {"at": start + limit} if start + limit < len(found) else None

    def reports_by(self, sub: str) -> list[Report]:
        return sorted((one for one in self._reports.values() if one.reporter_sub == sub), key=lambda one: one.report_id)

    # ---- decisions

    def measure(self, measure_id: str) -> Measure | None:
        return self._measures.get(measure_id)

    def standing(self, kind: Kind, subject_id: str) -> Standing | None:
        return self._standings.get((kind, subject_id))

    def standings(self, subjects: Sequence[Subject]) -> list[Standing]:
        found = (self._standings.get((one.kind, one.id)) for one in subjects)
        return [one for one in found if one is not None]

    def impose(self, measure: Measure, fact: Fact, now: datetime) -> None:
        if measure.measure_id in self._measures:
            raise Conflict
        last = self._standings.get((measure.kind, measure.subject_id))
        earlier = last is not None and last.publication_no is not None and measure.publication_no is not None
        later = earlier and (last.publication_no or 0) < (measure.publication_no or 0)  # type: ignore[union-attr]
        if last is not None and last.ended_at is None and not later:
            raise AlreadyDecided
        self._measures[measure.measure_id] = measure
        self._standings[measure.kind, measure.subject_id] = Standing.of(measure)
        self._take_effect(measure, now)
        self._happened(measure.measure_id, fact, 1)

    def save_measure(self, before: Measure, after: Measure, fact: Fact, now: datetime) -> None:
        _expect(self._measures.get(after.measure_id), after)
        self._measures[after.measure_id] = after
        if (before.state in IN_FORCE) != (after.state in IN_FORCE):
            self._take_effect(after, now)
        key = (after.kind, after.subject_id)
        if self._standings[key].measure_id == after.measure_id:
            self._standings[key] = Standing.of(after)
        self._happened(after.measure_id, fact, after.version)

    def measures(self, over: bool, where: Item, limit: int, position: Item | None) -> tuple[list[Measure], Item | None]:
        found = [one for one in self._measures.values() if (one.state in OVER) == over]
        found.sort(key=lambda one: (one.ended_at or one.updated_at) if over else one.look_at, reverse=over)
        fitting = [one for one in found if all(getattr(one, name) == value for name, value in where.items())]
        return fitting[:limit], None

    def measures_of(self, owner: Subject) -> list[Measure]:
        found = [one for one in self._measures.values() if one.owner == owner and one.in_force_from is not None]
        return sorted(found, key=lambda one: one.decided_at, reverse=True)

    def followed(self, measure_id: str) -> None:
        self._effects.pop(measure_id, None)

    def effect_owed_since(self, measure_id: str) -> datetime | None:
        owed = self._effects.get(measure_id)
        return owed[0] if owed else None

    def ask_again(self, measure: Measure, since: datetime, fact: Fact, now: datetime) -> None:
        self._effects[measure.measure_id] = (since, now + FOLLOWED_WITHIN)
        self._happened(measure.measure_id, fact, measure.version)

    # ---- who is behind a brief

    def identity_request(self, request_id: str) -> IdentityRequest | None:
        return self._identities.get(request_id)

    def ask_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        if request.request_id in self._identities:
            raise Conflict
        self._identities[request.request_id] = request
        self._happened(request.request_id, fact, 1)

    def save_identity(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        _expect(self._identities.get(request.request_id), request)
        self._identities[request.request_id] = request
        self._happened(request.request_id, fact, request.version)

    def note_shown(self, request: IdentityRequest, fact: Fact, now: datetime) -> None:
        self._happened(request.request_id, fact, request.version)

    def identity_requests(self, limit: int, position: Item | None) -> tuple[list[IdentityRequest], Item | None]:
        return sorted(self._identities.values(), key=lambda one: one.asked_at, reverse=True)[:limit], None

    # ---- all of them

    def history(self, kind: str, identifier: str) -> list[Item]:
        return [{"event_type": fact.event_type} for about, fact, _ in self.facts if about == identifier]

    def due_measures(self, now: datetime) -> Iterator[str]:
        for one in list(self._measures.values()):
            if one.owed_at is not None and one.owed_at <= stamp(now):
                yield one.measure_id

    def due_effects(self, now: datetime) -> Iterator[str]:
        yield from [name for name, (_, due) in self._effects.items() if due <= now]

    def due_identities(self, now: datetime) -> Iterator[str]:
        for one in list(self._identities.values()):
            if one.owed_at is not None and one.owed_at <= stamp(now):
                yield one.request_id

    def _take_effect(self, measure: Measure, now: datetime) -> None:
        if measure.in_force_from is not None:
            self._effects[measure.measure_id] = (now, now + FOLLOWED_WITHIN)

    def _happened(self, about: str, fact: Fact, version: int) -> None:
        self.facts.append((about, fact, version))


def _expect(standing: Report | Measure | IdentityRequest | None, after: Report | Measure | IdentityRequest) -> None:
    if standing is None or standing.version != after.version - 1:
        raise Conflict


def later(**more: int) -> datetime:
    return NOW + timedelta(**more)
