"""Everything around the matching service, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from chalicelib.matching.arrays import Arrays
from chalicelib.matching.candidates import ERASED
from chalicelib.matching.documents import prepare
from chalicelib.matching.events import ProjectFits, ShortlistComputed
from chalicelib.matching.models import Exposure, Fitting, Run, Shortlist
from chalicelib.matching.population import Segment
from chalicelib.matching.questions import Mine, Questions
from chalicelib.matching.repository import AlreadyDone
from chalicelib.matching.service import CurrentProfile, LiveBrief, MatchingService, Wanted
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, Retryable
from chalicelib.vocabulary.taxonomy import taxonomy


class FakeShortlistStore:
    def __init__(self) -> None:
        self.shortlists: dict[str, Shortlist] = {}
        self.runs: dict[tuple[str, str], Run] = {}
        self.shown: dict[tuple[str, str], Exposure] = {}
        self.facts: list[ShortlistComputed] = []
        self.fittings: dict[tuple[str, str], Fitting] = {}
        self.fits: list[ProjectFits] = []
        self._proposed: dict[str, set[str]] = {}

    def shortlist(self, brief_id: str) -> Shortlist | None:
        return self.shortlists.get(brief_id)

    def has_run(self, brief_id: str, run_id: str) -> bool:
        return (brief_id, run_id) in self.runs

    def first_seats(self, brief_id: str) -> tuple[str, ...]:
        own = sorted((run_id, run) for (brief, run_id), run in self.runs.items() if brief == brief_id)
        first = next((run for _, run in own if run.cause != "profile"), None)
        return tuple(seat["profile_id"] for seat in first.seats) if first else ()

    def briefs_proposing(self, profile_id: str) -> Iterator[str]:
        yield from (brief_id for brief_id, people in self._proposed.items() if profile_id in people)

    def replace(
        self,
        before: Shortlist | None,
        after: Shortlist,
        run: Run,
        exposure: Exposure,
        fact: ShortlistComputed | None,
        now: datetime,
    ) -> None:
        if self.has_run(after.brief_id, run.run_id):
            raise AlreadyDone
        standing = self.shortlists.get(after.brief_id)
        if (standing.version if standing else None) != (before.version if before else None):
            raise Retryable("shortlist_changed_meanwhile")
        self.shortlists[after.brief_id] = after
        self.runs[after.brief_id, run.run_id] = run
        self.shown[exposure.day, exposure.brief_id] = exposure
        self._proposed.setdefault(after.brief_id, set()).update(after.people)
        if fact is not None:
            self.facts.append(fact)

    def has_named(self, brief_id: str, run_id: str) -> bool:
        return (brief_id, run_id) in self.fittings

    def named_among(self, brief_id: str, profile_ids: Sequence[str]) -> set[str]:
        return {one for one in profile_ids if brief_id in self.named_for(one)}

    def named_for(self, profile_id: str) -> set[str]:
        return {brief_id for (brief_id, _), fitting in self.fittings.items() if profile_id in fitting.named}

    def name(self, fitting: Fitting, fact: ProjectFits | None, now: datetime) -> None:
        if self.has_named(fitting.brief_id, fitting.run_id):
            raise AlreadyDone
        if self.named_among(fitting.brief_id, fitting.named):
            raise Retryable("named_meanwhile")
        self.fittings[fitting.brief_id, fitting.run_id] = fitting
        if fact is not None:
            self.fits.append(fact)

    def exposures(self, first: date, last: date) -> Iterator[Exposure]:
        for (day, _), exposure in sorted(self.shown.items()):
            if first.isoformat() <= day <= last.isoformat():
                yield exposure


class FakeCandidateStore:
    def __init__(self) -> None:
        self._known: dict[str, tuple[int, CandidateSnapshot | None, tuple[str, ...]]] = {}

    def all(self) -> Iterator[tuple[int, CandidateSnapshot]]:
        for version, snapshot, _ in list(self._known.values()):
            if snapshot is not None:
                yield version, snapshot

    def snapshots(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, CandidateSnapshot]]:
        wanted = set(profile_ids)
        return {one.profile_id: (version, one) for version, one in self.all() if one.profile_id in wanted}

    def segments(self) -> list[Segment]:
        """The index that is never behind."""
        people = ((one.profile_id, version, prepare(one)) for version, one in self.all())
        return [Segment(Arrays.of(people))]

    def roles_of(self, profile_id: str) -> tuple[str, ...]:
        return self._known[profile_id][2] if profile_id in self._known else ()

    def put(self, snapshot: CandidateSnapshot, version: int, roles: Iterable[str]) -> None:
        self._newer(snapshot.profile_id, version, snapshot, roles)

    def erase(self, profile_id: str) -> bool:
        known = self._known.get(profile_id)
        self.remove(profile_id, ERASED, self.roles_of(profile_id))
        return known is not None and known[1] is not None

    def remove(self, profile_id: str, version: int, roles: Iterable[str]) -> None:
        self._newer(profile_id, version, None, roles)

    def _newer(self, profile_id: str, version: int, snapshot: CandidateSnapshot | None, roles: Iterable[str]) -> None:
        if profile_id not in self._known or self._known[profile_id][0] < version:
            self._known[profile_id] = (version, snapshot, tuple(roles))


@dataclass
class FakeBriefs:
    """`company` owns them all; a brief that is not in `live` is over or a draft."""

    live: dict[str, LiveBrief] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)
    ended: dict[str, BriefSnapshot] = field(default_factory=dict)
    owner: str = "sub-producer"

    def live_brief(self, brief_id: str) -> LiveBrief | None:
        return self.live.get(brief_id)

    def live_briefs(self, role: str) -> Iterator[str]:
        yield from (brief_id for brief_id, brief in self.live.items() if brief.snapshot.role == role)

    def wanted(self, actor: Actor, brief_id: str) -> Wanted:
        if actor.sub != self.owner or (brief_id not in self.live and brief_id not in self.over):
            raise NotFound
        if brief_id in self.over:
            return Wanted(self.over[brief_id], None)
        return Wanted(self.live[brief_id].snapshot.role, self.live[brief_id].snapshot.version)

    def asked(self, actor: Actor, brief_id: str) -> BriefSnapshot:
        self.wanted(actor, brief_id)
        return self.live[brief_id].snapshot if brief_id in self.live else self.ended[brief_id]

    def card(self, project_id: str) -> BriefSnapshot:
        """Of a brief whose every field is on the card, but for the company and the day of the deadline."""
        if project_id not in self.live:
            raise NotFound
        return replace(self.live[project_id].snapshot, companies=())


@dataclass
class FakeProfiles:
    """`owners` maps an account to its profile as it is, verified or not."""

    now: dict[str, CurrentProfile] = field(default_factory=dict)
    owners: dict[str, CandidateSnapshot] = field(default_factory=dict)

    def mine(self, actor: Actor) -> Mine:
        if actor.sub not in self.owners:
            raise NotFound
        return Mine(1, self.owners[actor.sub])

    def with_levels(self, candidate: CandidateSnapshot) -> CandidateSnapshot:
        """Senior with three verified credits, intermediate with two."""
        proven = sum(credit.verified for credit in candidate.credits)
        level = "senior" if proven > 2 else "mid" if proven == 2 else "junior"
        return replace(candidate, levels=dict.fromkeys(candidate.roles, level))

    def current(self, profile_id: str) -> CurrentProfile | None:
        return self.now.get(profile_id)

    def summary(self, profile_id: str, role: str) -> dict[str, Any] | None:
        profile = self.now.get(profile_id)
        if profile is None or profile.snapshot is None:
            return None
        return {"profile_id": profile_id, "level": profile.snapshot.level(role)}


@dataclass
class FakeProposals:
    """Every brief is of the one company; others have been proposed nobody."""

    store: FakeShortlistStore
    owner: str

    def proposed_to(self, actor: Actor, profile_id: str) -> bool:
        return actor.sub == self.owner and any(True for _ in self.store.briefs_proposing(profile_id))


@dataclass
class FakeBlocks:
    """Every brief is of the one company, which these people keep away."""

    away: set[str] = field(default_factory=set)

    def kept_out(self, brief_id: str) -> frozenset[str]:
        return frozenset(self.away)

    def kept_out_of(self, company_id: str) -> frozenset[str]:
        return frozenset(self.away)


@dataclass
class FakeViews:
    """Who was given by name, each time."""

    given: list[tuple[str, str]] = field(default_factory=list)

    def listed(self, brief_id: str, profile_ids: Iterable[str]) -> None:
        self.given += [(brief_id, one) for one in profile_ids]


class Matchmaker:
    """The services among their fakes, with a clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.store = FakeShortlistStore()
        self.candidates = FakeCandidateStore()
        self.briefs = FakeBriefs()
        self.profiles = FakeProfiles()
        self.blocks, self.views = FakeBlocks(), FakeViews()
        self.service = MatchingService(
            self.store,
            self.candidates,
            self.candidates,
            self.briefs,
            self.profiles,
            self.blocks,
            self.views,
            weights,
            taxonomy,
            lambda: self.now,
        )
        self.questions = Questions(
            self.store,
            self.candidates,
            self.candidates,
            self.briefs,
            self.profiles,
            FakeProposals(self.store, self.briefs.owner),
            self.blocks,
            self.views,
            weights,
            taxonomy,
            lambda: self.now,
        )
        self._events = 0

    def publish(self, snapshot: BriefSnapshot, *, publication_no: int = 1) -> str:
        """The brief goes live (or another version of it does); returns the id of the event that says so."""
        self.briefs.live[snapshot.brief_id] = LiveBrief(snapshot, publication_no)
        return self._event()

    def close(self, brief_id: str) -> None:
        self.briefs.ended[brief_id] = self.briefs.live.pop(brief_id).snapshot
        self.briefs.over[brief_id] = self.briefs.ended[brief_id].role

    def save(self, snapshot: CandidateSnapshot) -> str:
        """The profile, verified, is now so; returns the id of the event that says so."""
        self.profiles.now[snapshot.profile_id] = CurrentProfile(self._version(snapshot.profile_id), snapshot)
        return self._event()

    def withdraw(self, profile_id: str) -> str:
        """The profile may no longer be proposed; returns the id of the event that says so."""
        self.profiles.now[profile_id] = CurrentProfile(self._version(profile_id), None)
        return self._event()

    def people(self, *snapshots: CandidateSnapshot) -> None:
        """Verified profiles that matching knows of already."""
        for snapshot in snapshots:
            self.service.profile_changed(snapshot.profile_id, self.save(snapshot))

    def seats(self, brief_id: str) -> list[str]:
        shortlist = self.store.shortlists[brief_id]
        return [match.profile_id for match in shortlist.matches]

    def _version(self, profile_id: str) -> int:
        known = self.profiles.now.get(profile_id)
        return known.version + 1 if known else 1

    def _event(self) -> str:
        self._events += 1
        return f"event-{self._events}"
