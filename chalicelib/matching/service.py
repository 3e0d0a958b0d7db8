"""Matching in both directions: a project goes live or changes, and everyone is ranked for it; a profile is
verified or changes, and every live project of its roles is looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.matching.errors import AlreadyDone
from chalicelib.matching.events import Cause, ProjectFits, ShortlistComputed
from chalicelib.matching.exposure import Report, report
from chalicelib.matching.index import CandidateIndex
from chalicelib.matching.models import (
    JUNIOR,
    LEVEL,
    NO_REGION,
    REGION,
    Exposure,
    Fitting,
    Match,
    Run,
    Shortlist,
    ShownSeat,
    computed,
    mark_of,
    marks_of,
    proposed_at,
)
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import DEPTH, JUNIORS, Placed, Ranking, rank
from chalicelib.matching.reasons import reasons, summary
from chalicelib.matching.seats import Allocation, Seat, allocate, kept_for_juniors, rotation_seed, seat_again
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import Weights
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, Retryable
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock, paris_day, stamp
from chalicelib.vocabulary.taxonomy import Taxonomy

#: How much of a ranking is kept in its run beyond the seats: enough to say who came near.
LOGGED_RANKS = 100

#: How many of the first are read again from the table before any of them is shown.
READ_AGAIN = 50
#: By how much deeper people are ranked when nothing separates the last of them from those seated.
_DEEPER = 10
#: How often everyone is ranked again because one of these changed meanwhile.
_READINGS = 3


#: How many people hear of a project because it fits them: three times the seats of a shortlist, so that those whom its
#: producer turns to after the first have read it, and few enough that nobody is written to about most projects.
FITTING = 24
#: The best-ranked juniors hear of it whatever their rank, as many as a shortlist has seats: they are looked for least.
FITTING_JUNIORS = 8

#: What names people for a project: that it goes live (again), or that what should have followed is late. A revision
#: names nobody: whoever the project came to fit meanwhile is named when it is next published, or their profile changes.
_NAMING: tuple[Cause, ...] = ("published", "resumed", "overdue")


@dataclass(frozen=True, slots=True)
class LiveBrief:
    """A live project as matching receives it."""

    snapshot: BriefSnapshot
    publication_no: int


@dataclass(frozen=True, slots=True)
class CurrentProfile:
    """A profile as matching receives it; `snapshot` None when it may not be proposed."""

    version: int
    snapshot: CandidateSnapshot | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The role a brief wants, and the version that its shortlist should answer to (None once it is not live)."""

    role: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A shortlist as its producer reads it: each seat with what may be read of the person now. `updating`: the
    brief has changed, and its new shortlist is on its way."""

    shortlist: Shortlist | None
    people: list[tuple[Match, dict[str, Any]]]
    updating: bool


class Briefs(Protocol):
    """What matching asks of briefs."""

    def live_brief(self, brief_id: str) -> LiveBrief | None: ...
    def live_briefs(self, role: str) -> Iterator[str]: ...
    def card(self, project_id: str) -> BriefSnapshot:
        """A live project as freelancers read it, and nothing else of it. Raises NotFound."""

    def wanted(self, actor: Actor, brief_id: str) -> Wanted:
        """What a brief of the actor's company asks for. Raises NotFound for any other brief."""


class Profiles(Protocol):
    """What matching asks of profiles."""

    def current(self, profile_id: str) -> CurrentProfile | None: ...
    def summary(self, profile_id: str, role: str) -> dict[str, Any] | None:
        """What a producer may read of a proposed person now; None when they may no longer be proposed."""


class Blocks(Protocol):
    """What matching asks of visibility."""

    def kept_out(self, brief_id: str) -> frozenset[str]:
        """The profiles that are not to be shown to the company behind a brief: their owners keep it away. Raises
        Retryable."""


class Views(Protocol):
    """What matching tells visibility."""

    def listed(self, brief_id: str, profile_ids: Sequence[str]) -> None:
        """That these people were given to the company behind a brief, by name. Never fails."""


class ShortlistStore(Protocol):
    def shortlist(self, brief_id: str) -> Shortlist | None: ...
    def has_run(self, brief_id: str, run_id: str) -> bool: ...
    def first_seats(self, brief_id: str) -> tuple[str, ...]: ...
    def replace(
        self,
        before: Shortlist | None,
        after: Shortlist,
        run: Run,
        exposure: Exposure,
        fact: ShortlistComputed | None,
        now: datetime,
    ) -> None: ...
    def exposures(self, first: date, last: date) -> Iterator[Exposure]: ...
    def has_named(self, brief_id: str, run_id: str) -> bool: ...
    def named_among(self, brief_id: str, profile_ids: Sequence[str]) -> set[str]: ...
    def named_for(self, profile_id: str) -> set[str]: ...
    def name(self, fitting: Fitting, fact: ProjectFits | None, now: datetime) -> None: ...


class CandidateStore(Protocol):
    def snapshots(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, CandidateSnapshot]]:
        """Those of these people who may be proposed now, each with a version."""

    def roles_of(self, profile_id: str) -> tuple[str, ...]: ...
    def put(self, snapshot: CandidateSnapshot, version: int, roles: Iterable[str]) -> None: ...
    def remove(self, profile_id: str, version: int, roles: Iterable[str]) -> None: ...
    def erase(self, profile_id: str) -> bool: ...


class MatchingService:
    def __init__(
        self,
        store: ShortlistStore,
        candidates: CandidateStore,
        index: CandidateIndex,
        briefs: Briefs,
        profiles: Profiles,
        blocks: Blocks,
        views: Views,
        weights: Callable[[], Weights],
        taxonomy: Callable[[], Taxonomy],
        clock: Clock,
    ) -> None:
        """`taxonomy`: the one in force at the moment of asking. It is asked for once the shortlist to replace was read:
        none is replaced by one made with older words."""
        self._store = store
        self._blocks = blocks
        self._views = views
        self._candidates = candidates
        self._index = index
        self._briefs = briefs
        self._profiles = profiles
        self._weights = weights
        self._taxonomy = taxonomy
        self._clock = clock

    def match_brief(self, brief_id: str, run_id: str, cause: Cause) -> None:
        """Ranks everyone for a live brief, puts the shortlist in force and, when it goes live, names those whom it fits
        by its card. A brief that is not live is left alone.

        `run_id` is the id of the event that asks: the same one twice computes once. Raises Retryable.
        """
        if not self._store.has_run(brief_id, run_id):
            # The shortlist to replace is read first: whoever puts another in force after that makes this one try
            # again, so no shortlist is ever replaced by one made from older inputs.
            before = self._store.shortlist(brief_id)
            brief = self._briefs.live_brief(brief_id)
            if brief is None:
                return
            self._compute(before, brief, run_id, cause)
        if cause in _NAMING:
            self._name(brief_id, run_id, cause)

    def profile_changed(self, profile_id: str, run_id: str) -> None:
        """Takes a profile's present state into the read model and looks again at the live projects of its roles.

        The state is read here, not carried by the event, so events may come late, twice or out of order; and the
        read model keeps the roles that a person had, so that an event that was cut short can be taken up again.
        Raises Retryable.
        """
        current = self._profiles.current(profile_id)
        roles = set(self._candidates.roles_of(profile_id))
        if current is None:
            # Erased: the tombstone is there for good, and their seats are somebody else's.
            self._candidates.erase(profile_id)
        elif current.snapshot is None:
            if not roles:
                return
            self._candidates.remove(profile_id, current.version, sorted(roles))
        else:
            roles |= set(current.snapshot.roles)
            self._candidates.put(current.snapshot, current.version, sorted(roles))
        brief_ids = sorted({brief_id for role in roles for brief_id in self._briefs.live_briefs(role)})
        waiting = {
            brief_id: self._store.shortlist(brief_id)
            for brief_id in brief_ids
            if not self._store.has_run(brief_id, run_id)
        }
        for brief_id, before in waiting.items():
            brief = self._briefs.live_brief(brief_id)
            if brief is not None:
                self._compute(before, brief, run_id, "profile")
        if current is not None and current.snapshot is not None:
            self._name_for(current.snapshot, run_id)

    def block_changed(self, profile_id: str, run_id: str) -> None:
        """Looks again at the live projects of a company that somebody came to keep away, or no longer does. Everything
        that the person reads themselves stays as it was: nobody is named for a project by it, and no other project is
        looked at. Raises Retryable."""
        roles = self._candidates.roles_of(profile_id)
        for brief_id in sorted({brief_id for role in roles for brief_id in self._briefs.live_briefs(role)}):
            if self._store.has_run(brief_id, run_id):
                continue
            before = self._store.shortlist(brief_id)
            was_out = before is not None and mark_of(brief_id, profile_id) in before.kept_out
            if was_out == (profile_id in self._blocks.kept_out(brief_id)):
                continue
            brief = self._briefs.live_brief(brief_id)
            if brief is not None:
                self._compute(before, brief, run_id, "profile")

    def shortlist(self, actor: Actor, brief_id: str) -> Shown:
        """The shortlist of a brief of the actor's company. Someone who may no longer be proposed is left out, and so is
        whoever has come to keep the company away; the others are told that they were read.

        Raises NotFound.
        """
        wanted = self._briefs.wanted(actor, brief_id)
        shortlist = self._store.shortlist(brief_id)
        if shortlist is None:
            return Shown(None, [], updating=False)
        kept_out = self._blocks.kept_out(brief_id)
        summaries = (
            (match, self._profiles.summary(match.profile_id, wanted.role))
            for match in shortlist.matches
            if match.profile_id not in kept_out
        )
        people = [(match, summary) for match, summary in summaries if summary is not None]
        self._views.listed(brief_id, [match.profile_id for match, _ in people])
        return Shown(shortlist, people, updating=wanted.version not in (None, shortlist.brief_version))

    def foresee(self, brief_id: str, words: Taxonomy) -> tuple[str, ...] | None:
        """Who would sit on a live brief's shortlist, in order, if it were computed now with this taxonomy; None for a
        brief that is not live. Nothing is kept and nobody is told. Raises Retryable."""
        brief = self._briefs.live_brief(brief_id)
        if brief is None:
            return None
        kept_out = self._blocks.kept_out(brief_id)
        _, allocation, _ = self._seat(brief, paris_day(self._clock()), (), kept_out, words)
        return tuple(seat.placed.profile_id for seat in allocation.seats)

    def exposure(self, first: date, last: date) -> Report:
        """Who was shown against who could have been, from the first of these days to the last, both included."""
        return report(self._store.exposures(first, last))

    def _compute(self, before: Shortlist | None, brief: LiveBrief, run_id: str, cause: Cause) -> None:
        now, weights, taxonomy = self._clock(), self._weights(), self._taxonomy()
        snapshot = brief.snapshot
        # Read after the shortlist to replace, as everything is: a block that comes later finds that shortlist gone, or
        # this one in force, and either is computed again.
        kept_out = self._blocks.kept_out(snapshot.brief_id)
        again = self._store.first_seats(snapshot.brief_id) if cause == "resumed" else ()
        ranking, allocation, people = self._seat(brief, paris_day(now), again, kept_out, taxonomy)

        def match(seat: Seat) -> Match:
            person = people[seat.placed.profile_id]
            scored = ranking.explain(seat.placed, person.verified_ids)
            said = reasons(snapshot, person, seat.why, scored, taxonomy=taxonomy, today=paris_day(now))
            return Match(
                profile_id=person.profile_id,
                position=seat.position,
                rank=seat.rank,
                why=seat.why,
                score=scored.score,
                level=seat.placed.level,
                contributions=[part.to_item() for part in scored.contributions],
                reasons=[reason.to_item() for reason in said],
                summary=asdict(summary(person, scored, taxonomy=taxonomy)),
                deciding=list(scored.deciding),
                proposed_at=proposed_at(before, person.profile_id, now),
            )

        after = Shortlist(
            brief_id=snapshot.brief_id,
            version=before.version + 1 if before else 1,
            brief_version=snapshot.version,
            publication_no=brief.publication_no,
            run_id=run_id,
            computed_at=stamp(now),
            weights_version=weights.version,
            eligible=ranking.pool.people,
            considered=ranking.considered,
            matches=tuple(match(seat) for seat in allocation.seats),
            cause=cause,
            kept_out=marks_of(snapshot.brief_id, kept_out),
        )
        run = Run(
            run_id=run_id,
            cause=cause,
            brief_id=snapshot.brief_id,
            brief_version=snapshot.version,
            weights_version=weights.version,
            taxonomy_version=taxonomy.version,
            as_of=paris_day(now).isoformat(),
            candidates=ranking.considered,
            candidates_digest=ranking.digest,
            seats=[{"profile_id": one.profile_id, "score": one.score, "why": one.why} for one in after.matches],
            ranked=[{"profile_id": one.profile_id, "score": one.score} for one in ranking.in_order[:LOGGED_RANKS]],
            rotation=allocation.rotation.to_item() if allocation.rotation else None,
            junior_rotation=allocation.junior_rotation.to_item() if allocation.junior_rotation else None,
            kept_out=after.kept_out,
        )
        shown = Exposure(
            brief_id=snapshot.brief_id,
            day=paris_day(now).isoformat(),
            run_id=run_id,
            considered=ranking.considered,
            eligible={LEVEL: ranking.pool.levels, REGION: ranking.pool.regions},
            seats=tuple(
                ShownSeat(one.profile_id, one.level, people[one.profile_id].region or NO_REGION, one.why)
                for one in after.matches
            ),
        )
        fact = computed(before, after, cause)
        # A profile that moves nobody is no news: the run says that it was looked at.
        news = fact if fact.changed or fact.reordered or cause != "profile" else None
        try:
            self._store.replace(before, after, run, shown, news, now)
        except AlreadyDone:
            return
        log.info(
            "shortlist_computed",
            brief_id=after.brief_id,
            brief_version=after.brief_version,
            run_id=run_id,
            cause=cause,
            considered=after.considered,
            eligible=after.eligible,
            seats=len(after.matches),
        )

    def _name_for(self, person: CandidateSnapshot, run_id: str) -> None:
        """Names this one person for the live projects that fit them and for which they were never named."""
        open_to_them = {brief_id for role in person.roles for brief_id in self._briefs.live_briefs(role)}
        for brief_id in sorted(open_to_them - self._store.named_for(person.profile_id)):
            self._name(brief_id, run_id, "profile", person.profile_id)

    def _name(self, brief_id: str, run_id: str, cause: Cause, only: str | None = None) -> None:
        """Names those whom a live project fits by its card, once each and ever: nothing that freelancers may not read
        decides who hears of it, or hearing of it would tell them. `only`: nobody but this person.

        Raises Retryable.
        """
        if self._store.has_named(brief_id, run_id):
            return
        brief = self._briefs.live_brief(brief_id)
        try:
            card = self._briefs.card(brief_id)
        except NotFound:
            return
        if brief is None:
            return
        now, weights, taxonomy = self._clock(), self._weights(), self._taxonomy()
        ranking = rank(
            card,
            self._index.segments(),
            weights=weights,
            taxonomy=taxonomy,
            today=paris_day(now),
            depth=FITTING,
            juniors=FITTING_JUNIORS,
        )
        fitting = tuple(one.profile_id for one in ranking.placed)
        if only is not None and only not in fitting:
            return
        asked = fitting if only is None else (only,)
        before = self._store.named_among(brief_id, asked)
        named = tuple(one for one in asked if one not in before)
        found = Fitting(
            run_id=run_id,
            cause=cause,
            brief_id=brief_id,
            publication_no=brief.publication_no,
            weights_version=weights.version,
            taxonomy_version=taxonomy.version,
            as_of=paris_day(now).isoformat(),
            candidates=ranking.considered,
            candidates_digest=ranking.digest,
            fitting=fitting,
            named=named,
        )
        fact = ProjectFits(brief_id=brief_id, publication_no=brief.publication_no, cause=cause, profile_ids=named)
        try:
            self._store.name(found, fact if named else None, now)
        except AlreadyDone:
            return
        log.info("project_fits", brief_id=brief_id, run_id=run_id, cause=cause, named=len(named))

    def _seat(
        self, brief: LiveBrief, today: date, again: Sequence[str], kept_out: frozenset[str], taxonomy: Taxonomy
    ) -> tuple[Ranking, Allocation, dict[str, CandidateSnapshot]]:
        """Everyone in order, who sits, and those who may be shown as they are now: read again, for the index is a copy.
        `again`: who sits before anybody else, in this order, as far as they can still be proposed.

        Raises Retryable when people go on changing meanwhile.
        """
        snapshot, weights = brief.snapshot, self._weights()
        for _ in range(_READINGS):
            ranking = self._deep_enough(snapshot, self._index.segments(), today, again, kept_out, taxonomy)
            allocation = allocate(
                ranking,
                weights=weights,
                seed=rotation_seed(snapshot.brief_id, brief.publication_no, weights),
                junior_seats=snapshot.junior_seats,
            )
            if again:
                allocation = seat_again(allocation, ranking, again)
            first = {one.profile_id: one.version for one in ranking.in_order[:READ_AGAIN]}
            first |= {seat.placed.profile_id: seat.placed.version for seat in allocation.seats}
            present = self._candidates.snapshots(first)
            if all(present.get(one, (None,))[0] == version for one, version in first.items()):
                return ranking, allocation, {one: person for one, (_, person) in present.items()}
        raise Retryable("candidates_changing")

    def _deep_enough(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        today: date,
        also: Sequence[str],
        kept_out: frozenset[str],
        taxonomy: Taxonomy,
    ) -> Ranking:
        """Everyone in order, and juniors, as deep as nothing separates those left out from those seated: the lot is
        among them all."""
        weights = self._weights()
        seats = int(weights.parameters["seats"])
        depth, juniors = DEPTH, max(JUNIORS, seats)
        kept = kept_for_juniors(weights, brief.junior_seats)
        while True:
            ranking = rank(
                brief,
                segments,
                weights=weights,
                taxonomy=taxonomy,
                today=today,
                depth=depth,
                juniors=juniors,
                also=also,
                kept_out=kept_out,
            )
            young = [one for one in ranking.placed if one.level == JUNIOR]
            deep = len(ranking.in_order) == ranking.pool.people or self._apart(ranking.in_order, seats)
            # Juniors who rank among the eight need no draw.
            deep_in_juniors = (
                len(young) == ranking.pool.levels.get(JUNIOR, 0)
                or young[kept - 1].rank <= seats
                or self._apart(young, kept)
            )
            if deep and deep_in_juniors:
                return ranking
            depth *= 1 if deep else _DEEPER
            juniors *= 1 if deep_in_juniors else _DEEPER

    def _apart(self, placed: Sequence[Placed], seats: int) -> bool:
        """Whether the last of these people comes clearly after whoever would have the last of these seats."""
        near_tie = int(self._weights().parameters["near_tie_percent"])
        return placed[-1].score * 100 < placed[seats - 1].score * (100 - near_tie)
