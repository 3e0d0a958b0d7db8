"""What both sides may ask of matching: why somebody is where they are, what would change it, how many there are.

Every rank that is told comes of ranking everyone, with the change made: nothing is estimated. What is bounded is how
many changes are tried, the most promising first, so that an answer takes less than a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, Protocol

import numpy as np

from chalicelib.matching.changes import After, Change, brief_changes, lifting, profile_changes
from chalicelib.matching.documents import Document, prepare
from chalicelib.matching.eligibility import Obstacle, obstacle
from chalicelib.matching.index import CandidateIndex, alone, with_person
from chalicelib.matching.models import Match, Shortlist
from chalicelib.matching.obstacles import lifted, obstacles
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import Placed, Ranking, count, rank, sieve
from chalicelib.matching.reasons import summary
from chalicelib.matching.scores import Contribution, Scored
from chalicelib.matching.scoring import Scorer
from chalicelib.matching.seats import AGAIN, JUNIOR_SEAT
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import CRITERIA, Weights
from chalicelib.matching.wording import ordinal
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, Retryable
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

#: How many changes are told, how many are tried by ranking everyone, and how many are weighed to find these.
MOST_TOLD = 5
MOST_TRIED = 40
MOST_WEIGHED = 160
#: Of many people fewer changes are tried: so many scores at most in one answer, and never under a handful of changes.
_SCORES = 1_600_000
_FEWEST_TRIED = 8

#: How often everyone is ranked again because somebody asked about changed meanwhile.
_READINGS = 3

#: Regions of fewer people are counted together, under OTHER_REGIONS: a count is not to point at anybody.
FEWEST_OF_A_REGION = 3
OTHER_REGIONS = "other"

#: The criterion of which a freelancer hears nothing: whether they have worked with the company behind a project.
_COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Mine:
    """The profile of whoever asks, verified or not."""

    version: int
    snapshot: CandidateSnapshot


class Briefs(Protocol):
    """What is asked of briefs."""

    def asked(self, actor: Actor, brief_id: str) -> BriefSnapshot:
        """A brief of the actor's company that was published once. Raises NotFound for any other."""

    def card(self, project_id: str) -> BriefSnapshot:
        """A live project as its card shows it, and nothing else of it. Raises NotFound."""


class Profiles(Protocol):
    """What is asked of profiles."""

    def mine(self, actor: Actor) -> Mine:
        """Raises NotFound while the account has no profile."""

    def summary(self, profile_id: str, role: str) -> dict[str, Any] | None:
        """What a producer may read of a proposed person now; None when they may no longer be proposed."""

    def with_levels(self, candidate: CandidateSnapshot) -> CandidateSnapshot:
        """The same person, with the levels and years that their verified credits prove."""


class Proposals(Protocol):
    def proposed_to(self, actor: Actor, profile_id: str) -> bool:
        """Whether the person is or was proposed for a brief of the actor's company."""


class Blocks(Protocol):
    def kept_out(self, brief_id: str) -> frozenset[str]:
        """The profiles that are not to be shown to the company behind a brief. Raises Retryable."""

    def kept_out_of(self, company_id: str) -> frozenset[str]:
        """The same, by the company. Raises Retryable."""


class Views(Protocol):
    def listed(self, brief_id: str, profile_ids: Sequence[str]) -> None:
        """That these people were given to the company behind a brief, by name. Never fails."""


class Shortlists(Protocol):
    def shortlist(self, brief_id: str) -> Shortlist | None: ...


class Candidates(Protocol):
    def snapshots(self, profile_ids: Iterable[str]) -> dict[str, tuple[int, CandidateSnapshot]]: ...


@dataclass(frozen=True, slots=True)
class Effect(Generic[After]):
    """What a change does: ranks are 1.., `before` None when the person cannot be proposed as things stand."""

    change: Change[After]
    before: int | None
    after: int
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Decided:
    """Why somebody does not sit: the criterion on which they lose most points against the last person who sits by
    rank, with the points of both; or, `criterion` None, that too little lies between the two and the lot decided."""

    criterion: str | None
    points: int
    points_of_last: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's place among `eligible` people: `rank` 1.., `scored` what their score is made of."""

    rank: int
    eligible: int
    scored: Scored
    summary: Bilingual


@dataclass(frozen=True, slots=True)
class Why:
    """What a producer hears of somebody who was proposed to them. `match` is their seat, None when they have none now;
    `standing` None when a hard rule keeps them out, which `obstacle` is then."""

    brief_id: str
    profile: dict[str, Any]
    match: Match | None
    standing: Standing | None
    obstacle: Obstacle | None
    decided: Decided | None
    effects: list[Effect[BriefSnapshot]]


@dataclass(frozen=True, slots=True)
class Fit:
    """What a freelancer hears of a project. With `obstacles`, `standing` is as it would be without them."""

    project_id: str
    obstacles: tuple[Obstacle, ...]
    standing: Standing
    effects: list[Effect[CandidateSnapshot]]


@dataclass(frozen=True, slots=True)
class Suited:
    """How a profile suits a project: whether no hard rule keeps it out, and its score as `Fit` has it."""

    proposable: bool
    score: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people could be proposed for a brief: in all, by level, by region. `left_out` counts whom each hard
    rule takes out of those that the rules before it left."""

    eligible: int
    levels: dict[str, int]
    regions: dict[str, int]
    left_out: dict[str, int]


class Questions:
    def __init__(
        self,
        shortlists: Shortlists,
        candidates: Candidates,
        index: CandidateIndex,
        briefs: Briefs,
        profiles: Profiles,
        proposals: Proposals,
        blocks: Blocks,
        views: Views,
        weights: Callable[[], Weights],
        taxonomy: Callable[[], Taxonomy],
        clock: Clock,
    ) -> None:
        self._shortlists = shortlists
        self._candidates = candidates
        self._index = index
        self._briefs = briefs
        self._profiles = profiles
        self._proposals = proposals
        self._blocks = blocks
        self._views = views
        self._weights = weights
        self._taxonomy = taxonomy
        self._clock = clock

    # ---- a producer

    def why(self, actor: Actor, brief_id: str, profile_id: str) -> Why:
        """Why somebody sits on the shortlist of a brief of the actor's company, or why not.

        Raises NotFound for a brief of others, for anyone never proposed to the company and for whoever may not be
        proposed any more, or keeps the company away; Retryable.
        """
        brief = self._briefs.asked(actor, brief_id)
        kept_out = self._blocks.kept_out(brief_id)
        if profile_id in kept_out:
            raise NotFound
        shortlist = self._shortlists.shortlist(brief_id)
        matches = [one for one in (shortlist.matches if shortlist else ()) if one.profile_id not in kept_out]
        match = next((one for one in matches if one.profile_id == profile_id), None)
        if match is None and not self._proposals.proposed_to(actor, profile_id):
            raise NotFound
        profile = self._profiles.summary(profile_id, brief.role)
        if profile is None:
            raise NotFound
        seated = [one.profile_id for one in reversed(matches) if one.why not in (JUNIOR_SEAT, AGAIN)]
        last = [one for one in seated if one != profile_id]
        segments, ranking, people = self._read(brief, profile_id, last, kept_out)
        version, person = people[profile_id]
        hindrance = obstacle(brief, person, self._today)
        placed = ranking.of(profile_id)
        decided = None
        if placed is not None and match is None:
            decided = self._decided(ranking, placed, last, people)
        effects = self._brief_effects(brief, segments, ranking, version, person, kept_out)
        self._views.listed(brief_id, [profile_id])
        return Why(
            brief_id=brief_id,
            profile=profile,
            match=match,
            standing=None if placed is None else self._standing(ranking, placed, person),
            obstacle=hindrance,
            decided=decided,
            effects=effects,
        )

    def _read(
        self, brief: BriefSnapshot, profile_id: str, others: Sequence[str], kept_out: frozenset[str]
    ) -> tuple[Sequence[Segment], Ranking, dict[str, tuple[int, CandidateSnapshot]]]:
        """Everyone ranked, and these people as they are: at the same version as in the ranking."""
        wanted = [profile_id, *others]
        for _ in range(_READINGS):
            segments = self._index.segments()
            ranking = self._rank(brief, segments, wanted, kept_out)
            people = self._candidates.snapshots(wanted)
            if profile_id not in people:
                raise NotFound
            if all(self._agree(ranking.of(one), brief, people.get(one)) for one in wanted):
                return segments, ranking, people
        raise Retryable("candidates_changing")

    def _agree(self, placed: Placed | None, brief: BriefSnapshot, known: tuple[int, CandidateSnapshot] | None) -> bool:
        if placed is None:
            return known is None or obstacle(brief, known[1], self._today) is not None
        return known is not None and known[0] == placed.version

    def _decided(
        self,
        ranking: Ranking,
        placed: Placed,
        last: Sequence[str],
        people: dict[str, tuple[int, CandidateSnapshot]],
    ) -> Decided | None:
        """None when they would sit: nobody sits by rank, or the shortlist shown is from before they came this far."""
        seated = next((one for one in map(ranking.of, last) if one is not None), None)
        if seated is None:
            return None
        theirs = ranking.explain(placed, people[placed.profile_id][1].verified_ids)
        others = ranking.explain(seated, people[seated.profile_id][1].verified_ids)
        near_tie = int(self._weights().parameters["near_tie_percent"])
        if placed.score * 100 >= seated.score * (100 - near_tie):
            if placed.score * (100 - near_tie) > seated.score * 100:
                return None
            return Decided(None, placed.score, seated.score)
        lost = {name: others.points(name) - theirs.points(name) for name in CRITERIA}
        criterion = max(CRITERIA, key=lambda name: lost[name])
        return Decided(criterion, theirs.points(criterion), others.points(criterion))

    def _brief_effects(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        ranking: Ranking,
        version: int,
        person: CandidateSnapshot,
        kept_out: frozenset[str],
    ) -> list[Effect[BriefSnapshot]]:
        own = alone(version, prepare(person))
        # The texts stay as they are, so they are left out of the weighing: reading them is what takes longest.
        silent = replace(brief, logline={}, pitch={})
        score = self._own_score(silent, own)
        before = ranking.of(person.profile_id)
        possible = [
            change
            for change in brief_changes(brief, person, self._taxonomy())
            if obstacle(change.after, person, self._today) is None
        ]
        if len(possible) > MOST_WEIGHED:
            # Most of it is one thing in the place of another: that goes first.
            spared = sorted(range(len(possible)), key=lambda place: possible[place].action == "replace")[:MOST_WEIGHED]
            possible = [possible[place] for place in sorted(spared)]
        promising = _foremost(
            possible,
            lambda change: self._own_score(replace(change.after, logline={}, pitch={}), own) - score,
            _tries(ranking.considered),
        )
        tried = [
            (change, self._placed(change.after, segments, person.profile_id, kept_out).rank) for change in promising
        ]
        return _effects(tried, None if before is None else before.rank, _THEY)

    # ---- a freelancer

    def fit(self, actor: Actor, project_id: str) -> Fit:
        """How the actor's profile suits a live project, judged by its card and by nothing else of it.

        Availability, too, is held against the start window of the card: what the company knows besides may leave more
        time. Raises NotFound for a project that is not shown, and while the account has no profile; Retryable.
        """
        card = self._briefs.card(project_id)
        mine = self._profiles.mine(actor)
        taxonomy, today = self._taxonomy(), self._today
        kept_out = obstacles(card, mine.snapshot, today)
        person = mine.snapshot
        for one in kept_out:
            person = lifted(person, one, card, today)
        variants = _Variants(person, mine.version, taxonomy)
        *others, own = with_person(self._index.segments(), mine.version, variants.document(person))
        ranking = self._rank(card, [*others, own], [person.profile_id])
        placed = ranking.of(person.profile_id)
        assert placed is not None  # nothing keeps out whom every obstacle was lifted for
        standing = self._standing(ranking, placed, person)
        to_lift = [one for one in kept_out if one.code not in ("verification", "paused")]
        if to_lift:
            effects = self._lifting_effects(card, mine.snapshot, to_lift, placed.rank)
        else:
            effects = self._profile_effects(card, others, own, person, variants, standing, ranking.considered)
        return Fit(
            project_id=project_id,
            obstacles=kept_out,
            standing=replace(standing, scored=_without_company(standing.scored)),
            effects=effects,
        )

    def fits(self, actor: Actor, cards: Sequence[BriefSnapshot]) -> list[Suited]:
        """How the actor's profile suits each of these projects, of which there is what their cards show: the score that
        `fit` tells of each, with whatever keeps them out lifted, and ranking nobody else.

        Raises NotFound while the account has no profile; Retryable.
        """
        mine, taxonomy, today = self._profiles.mine(actor), self._taxonomy(), self._today
        variants = _Variants(mine.snapshot, mine.version, taxonomy)
        segments = self._index.segments()
        everyone: dict[str | None, list[Segment]] = {}
        found = []
        for card in cards:
            kept_out = obstacles(card, mine.snapshot, today)
            # Of what keeps somebody out, only a role that they do not have changes what their score is made of.
            missing = next((one for one in kept_out if one.code == "role"), None)
            role = card.role if missing is not None else None
            if role not in everyone:
                person = mine.snapshot if missing is None else lifted(mine.snapshot, missing, card, today)
                everyone[role] = with_person(segments, mine.version, variants.document(person))
            scorer = Scorer(
                card,
                everyone[role][-1:],
                weights=self._weights(),
                taxonomy=taxonomy,
                today=today,
                everyone=True,
                among=everyone[role],
            )
            found.append(Suited(not kept_out, int(scorer.points(0, np.zeros(1, np.int64)).scores[0])))
        return found

    def _lifting_effects(
        self, card: BriefSnapshot, person: CandidateSnapshot, to_lift: Sequence[Obstacle], rank_then: int
    ) -> list[Effect[CandidateSnapshot]]:
        """What would let the person be proposed, when one change does."""
        [first, *more] = to_lift
        if more or (first.code == "language" and len(first.facts["missing"]) > 1):
            return []
        change = lifting(person, first, card, self._taxonomy(), self._today)
        return _effects([(change, rank_then)], None, _YOU)

    def _profile_effects(
        self,
        card: BriefSnapshot,
        others: Sequence[Segment],
        own: Segment,
        person: CandidateSnapshot,
        variants: _Variants,
        standing: Standing,
        considered: int,
    ) -> list[Effect[CandidateSnapshot]]:
        score = self._own_score(card, own)
        gains: dict[int, int] = {}
        changed: dict[int, Segment] = {}
        possible = []
        all_changes = profile_changes(
            person, card, standing.scored.deciding, self._profiles.with_levels, self._taxonomy()
        )
        for number, change in zip(range(MOST_WEIGHED), all_changes, strict=False):
            segment = alone(variants.version, variants.document(change.after))
            gain = self._own_score(card, segment) - score
            if gain > 0:
                gains[number], changed[number] = gain, segment
                possible.append((number, change))
        promising = _foremost(possible, lambda one: gains[one[0]], _tries(considered))
        tried = [
            (change, self._placed(card, [*others, changed[number]], person.profile_id).rank)
            for number, change in promising
        ]
        return _effects(tried, standing.rank, _YOU)

    # ---- a draft

    def estimate(self, company_id: str | None, brief: BriefSnapshot) -> Estimate:
        """How many people could be proposed for a brief that this company writes, scoring nobody: as many as a
        shortlist of it would tell. None: for a producer who has declared none yet. Raises Retryable."""
        segments = self._index.segments()
        kept_out = self._blocks.kept_out_of(company_id) if company_id is not None else frozenset()
        pool = count(brief, segments, today=self._today, kept_out=kept_out)
        left = sieve(brief, segments, today=self._today, kept_out=kept_out)
        regions: Counter[str] = Counter()
        for region, people in pool.regions.items():
            regions[region if people >= FEWEST_OF_A_REGION else OTHER_REGIONS] += people
        return Estimate(
            eligible=pool.people,
            levels=dict(pool.levels),
            regions=dict(sorted(regions.items())),
            left_out={
                "role": left.people - left.role,
                "language": left.role - left.language,
                "availability": left.language - left.availability,
            },
        )

    # ---- ranking

    @property
    def _today(self) -> date:
        return paris_day(self._clock())

    def _rank(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        also: Iterable[str],
        kept_out: frozenset[str] = frozenset(),
    ) -> Ranking:
        return rank(
            brief,
            segments,
            weights=self._weights(),
            taxonomy=self._taxonomy(),
            today=self._today,
            also=tuple(also),
            kept_out=kept_out,
        )

    def _placed(
        self,
        brief: BriefSnapshot,
        segments: Sequence[Segment],
        profile_id: str,
        kept_out: frozenset[str] = frozenset(),
    ) -> Placed:
        placed = self._rank(brief, segments, [profile_id], kept_out).of(profile_id)
        if placed is None:  # the index has another version of the person than was read beside it
            raise Retryable("candidates_changing")
        return placed

    def _own_score(self, brief: BriefSnapshot, own: Segment) -> int:
        """The score of the one person of a segment, nobody else being there to tell what is rare."""
        scorer = Scorer(
            brief, [own], weights=self._weights(), taxonomy=self._taxonomy(), today=self._today, everyone=True
        )
        return int(scorer.points(0, np.zeros(1, np.int64)).scores[0])

    def _standing(self, ranking: Ranking, placed: Placed, person: CandidateSnapshot) -> Standing:
        scored = ranking.explain(placed, person.verified_ids)
        return Standing(placed.rank, ranking.pool.people, scored, summary(person, scored, taxonomy=self._taxonomy()))


class _Variants:
    """A person's documents with one thing changed: their texts, which do not change, are read once."""

    def __init__(self, person: CandidateSnapshot, version: int, taxonomy: Taxonomy) -> None:
        self.version = version
        self._taxonomy = taxonomy
        # Every credit counts as verified here, so that each one's words are there when it is.
        self._read = prepare(
            replace(
                person, credits=tuple(replace(one, verification=max(one.verification, 1)) for one in person.credits)
            )
        )

    def document(self, person: CandidateSnapshot) -> Document:
        """What `prepare` makes of the person, whose texts are those of the first one."""
        wordless = replace(
            person,
            bio={},
            credits=tuple(
                replace(one, title="", synopsis="", contribution="", company=None, co_producers=())
                for one in person.credits
            ),
        )
        facts = prepare(wordless)
        texts = {work.credit_id: work for work in (*self._read.works, self._read.declared)}
        works, chosen, start = [], [], 0
        for work in (*facts.works, facts.declared):
            read = texts[work.credit_id]
            end = start + read.end - read.start
            works.append(replace(work, length=read.length, start=start, end=end))
            chosen.append(np.arange(read.start, read.end))
            start = end
        kept = np.concatenate(chosen)
        return replace(
            facts,
            works=tuple(works[:-1]),
            declared=works[-1],
            terms=self._read.terms[kept],
            counts=self._read.counts[kept],
        )


@dataclass(frozen=True, slots=True)
class _Person:
    """The second half of a sentence: from one rank to another, and from none to one."""

    moves: Bilingual
    appears: Bilingual


_THEY = _Person(
    Bilingual(
        "{condition}, cette personne passerait du {before} au {after} rang.",
        "{condition}, they would be {after} instead of {before}.",
    ),
    Bilingual(
        "{condition}, cette personne pourrait être proposée, au {after} rang.",
        "{condition}, they could be proposed, and would be {after}.",
    ),
)
_YOU = _Person(
    Bilingual(
        "{condition}, votre profil passerait du {before} au {after} rang.",
        "{condition}, you would be {after} instead of {before}.",
    ),
    Bilingual(
        "{condition}, votre profil pourrait être proposé, au {after} rang.",
        "{condition}, you could be proposed, and would be {after}.",
    ),
)


def _effects(tried: Iterable[tuple[Change[After], int]], before: int | None, who: _Person) -> list[Effect[After]]:
    """What is worth telling: those that win most ranks or, when nothing wins any, those that lose most. Of several that
    bring the same thing in, the best; equal ones in the order they come."""
    moving = [(change, after) for change, after in tried if after != before]
    winning = [(change, after) for change, after in moving if before is None or after < before]
    best = sorted(winning, key=lambda one: one[1]) or sorted(moving, key=lambda one: -one[1])
    told: dict[tuple[str | None, ...], Effect[After]] = {}
    for change, after in best:
        key = (change.field, change.action if change.action == "remove" else "", change.entry, change.credit_id)
        if key not in told:
            told[key] = Effect(change, before, after, _sentence(change.condition, before, after, who))
    return list(told.values())[:MOST_TOLD]


def _sentence(condition: Bilingual, before: int | None, after: int, who: _Person) -> Bilingual:
    then = ordinal(after)
    if before is None:
        return Bilingual(
            who.appears.fr.format(condition=condition.fr, after=then.fr),
            who.appears.en.format(condition=condition.en, after=then.en),
        )
    now = ordinal(before)
    return Bilingual(
        who.moves.fr.format(condition=condition.fr, before=now.fr, after=then.fr),
        who.moves.en.format(condition=condition.en, before=now.en, after=then.en),
    )


def _tries(people: int) -> int:
    return max(_FEWEST_TRIED, min(MOST_TRIED, _SCORES // max(people, 1)))


def _without_company(scored: Scored) -> Scored:
    parts: tuple[Contribution, ...] = tuple(one for one in scored.contributions if one.criterion != _COMPANY)
    return replace(scored, contributions=parts)


def _foremost(things: Sequence[Any], promise: Callable[[Any], int], most: int) -> list[Any]:
    """The most promising, in the order they came in."""
    if len(things) <= most:
        return list(things)
    promises = [promise(one) for one in things]
    chosen = sorted(range(len(things)), key=lambda place: -promises[place])[:most]
    return [things[place] for place in sorted(chosen)]
