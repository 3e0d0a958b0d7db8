"""What freelancers do with their profile, what verification says of it, and who may read one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, Retryable
from chalicelib.platform.telemetry import log
from chalicelib.profiles.errors import TooManyCredits
from chalicelib.profiles.level import Bands, verified_years
from chalicelib.profiles.models import (
    VERIFIED,
    Background,
    CheckedFact,
    Credit,
    CreditContent,
    Profile,
    ProfileContent,
    Standing,
)
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import id_of, new_id

#: A long career; and all of a profile's credits must fit the one transaction that follows a decision.
CREDIT_LIMIT = 90


#: Whole dossiers in one answer: seven of the largest stay under the six megabytes that a function may answer.
WAITING_SHOWN = 7


class ProfileStore(Protocol):
    def get(self, profile_id: str) -> Profile | None: ...
    def owned_by(self, sub: str) -> Profile | None: ...
    def credits(self, profile_id: str) -> list[Credit]: ...
    def submitted(self) -> list[Profile]: ...
    def create(self, profile: Profile, fact: Fact, now: datetime) -> None: ...
    def save(
        self,
        profile: Profile,
        fact: Fact,
        now: datetime,
        *,
        credits: Sequence[Credit] = (),
        removed_credit: str | None = None,
        pause_changed: bool = False,
    ) -> None: ...
    def due(self, now: datetime) -> Iterator[str]: ...
    def forgive(self, profile_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why somebody may read a profile: for which project of theirs. `talking`: the person takes part in a conversation
    about it, so what ends proposals does not end that."""

    brief_id: str
    talking: bool


class Proposals(Protocol):
    """What profiles ask of matching and of conversations."""

    def proposal(self, actor: Actor, profile_id: str) -> Proposal | None:
        """None when the profile was not proposed to the actor's company, or its owner keeps the company away, and the
        two are not in a conversation either."""


class Views(Protocol):
    """What profiles tell visibility."""

    def read(self, brief_id: str, profile_id: str) -> None:
        """That the whole profile was given to the company behind a brief. Never fails."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case says. `standing`: of the profile as a whole, None when the case is about one credit; `facts`: credit
    id → what holds of it as it is claimed now, for every credit whose present claim was ever judged; `background`: what
    holds of the way of somebody at the beginning."""

    standing: Standing | None
    facts: Mapping[str, tuple[CheckedFact, ...]]
    background: Background | None = None


class Cases(Protocol):
    """What profiles ask of verification."""

    def profile_of(self, case_id: str) -> str | None:
        """The profile that a case is about, in whole or by one credit."""

    def result(self, case_id: str) -> CaseResult | None:
        """None when there is nothing to say: no such case, or its profile is gone."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """Work that two sides confirmed. `number`: which time, of those two and that project."""

    profile_id: str
    number: str
    confirmed_at: str
    content: CreditContent


class Engagements(Protocol):
    """What profiles ask of conversations."""

    def confirmed(self, thread_id: str) -> Engagement | None:
        """None when nothing is confirmed there."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A profile with its credits as they stand, and the level they prove per role."""

    profile: Profile
    credits: list[Credit]
    verified_years: dict[str, int]
    levels: dict[str, str]


def dossier(profile: Profile, credits: list[Credit], bands: Bands, now: datetime) -> Dossier:
    """Puts together what is known of a person; `levels` has every role they practise."""
    credits = [credit.on(now) for credit in credits]
    years = verified_years(credits)
    levels = {role: bands.level(years.get(role, 0)) for role in profile.content.roles}
    return Dossier(profile.on(now), credits, years, levels)


class ProfileService:
    def __init__(
        self,
        store: ProfileStore,
        proposals: Proposals,
        views: Views,
        cases: Cases,
        engagements: Engagements,
        bands: Bands,
        clock: Clock,
    ) -> None:
        self._store = store
        self._proposals = proposals
        self._views = views
        self._cases = cases
        self._engagements = engagements
        self._bands = bands
        self._clock = clock

    def mine(self, actor: Actor) -> Dossier:
        """Raises NotFound while the account has no profile."""
        return self._dossier(self._owned(actor))

    def save_profile(self, actor: Actor, content: ProfileContent, expected: int | None = None) -> Dossier:
        """Makes the actor's profile or replaces its content. Raises Invalid, PreconditionFailed, Conflict."""
        now = self._clock()
        profile = self._store.owned_by(actor.sub)
        if profile is None:
            if expected is not None:
                raise PreconditionFailed
            profile, fact = Profile.create(new_id(now), actor.sub, content, now)
            self._store.create(profile, fact, now)
            return self._dossier(profile)
        _expect(profile, expected)
        if profile.content != content:
            renamed = profile.is_renamed_by(content)
            # What was established says that somebody of that name did it.
            lost = [one.checked(()) for one in self._store.credits(profile.profile_id) if renamed and one.facts]
            profile, fact = profile.revise(content, now)
            self._store.save(profile, fact, now, credits=lost)
        return self._dossier(profile)

    def add_credit(self, actor: Actor, content: CreditContent, credit_id: str) -> tuple[Dossier, Credit]:
        """Declares a past work under this id. Done again with the same one, it gives the credit that the first time
        made. Raises Invalid, TooManyCredits, NotFound (no profile yet), Conflict."""
        now, profile = self._clock(), self._owned(actor)
        credits = self._store.credits(profile.profile_id)
        if standing := [credit for credit in credits if credit.credit_id == credit_id]:
            return self._dossier(profile), standing[0]
        if len(credits) >= CREDIT_LIMIT:
            raise TooManyCredits(limit=CREDIT_LIMIT)
        profile, credit, fact = profile.with_credit(credit_id, content, now)
        self._store.save(profile, fact, now, credits=[credit])
        return self._dossier(profile), credit

    def correct_credit(
        self, actor: Actor, credit_id: str, content: CreditContent, expected: int | None = None
    ) -> tuple[Dossier, Credit]:
        """Replaces a credit, which is then to be verified again. Raises NotFound, Invalid, Conflict."""
        now, profile = self._clock(), self._owned(actor)
        _expect(profile, expected)
        standing = self._credit(profile, credit_id)
        if standing.content == content:
            return self._dossier(profile), standing
        profile, credit, fact = profile.with_credit(credit_id, content, now, standing)
        self._store.save(profile, fact, now, credits=[credit])
        return self._dossier(profile), credit

    def remove_credit(self, actor: Actor, credit_id: str, expected: int | None = None) -> Dossier:
        now, profile = self._clock(), self._owned(actor)
        _expect(profile, expected)
        self._credit(profile, credit_id)
        profile, fact = profile.without_credit(now)
        self._store.save(profile, fact, now, removed_credit=credit_id)
        return self._dossier(profile)

    def waiting_for_verification(self) -> list[Dossier]:
        """The profiles that have waited longest, a handful at a time: those decided make room for the next."""
        return [self._dossier(profile) for profile in self._store.submitted()[:WAITING_SHOWN]]

    def follow_case(self, case_id: str) -> None:
        """Brings a profile and its credits in line with what verification says now, whichever news of the case came
        and how often. Raises Retryable."""
        profile_id = self._cases.profile_of(case_id)
        # Read before what is judged is: a credit corrected meanwhile makes the writing fail.
        profile = self._store.get(profile_id) if profile_id is not None else None
        result = self._cases.result(case_id) if profile is not None else None
        if profile is None or result is None:
            return
        now = self._clock()
        changed = [
            checked
            for credit in self._store.credits(profile.profile_id)
            if credit.credit_id in result.facts
            and (checked := credit.checked(result.facts[credit.credit_id])) != credit
        ]
        settled = profile.with_background(result.background)
        followed = settled.follow(result.standing, now) if result.standing is not None else None
        if followed is None and not changed and settled == profile:
            return
        try:
            self._store.save(*(followed or settled.credits_checked(now)), now, credits=changed)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def follow_engagement(self, thread_id: str) -> None:
        """What was confirmed on both sides becomes a credit, which says that the work exists and no more: that it was
        done, and in which function, is for verification to find. Once per engagement; a credit that its owner removed
        does not come back. Raises Retryable."""
        engagement = self._engagements.confirmed(thread_id)
        profile = self._store.get(engagement.profile_id) if engagement else None
        if engagement is None or profile is None:
            return
        now, credit_id = self._clock(), id_of("engagement", thread_id, engagement.number)
        credits = self._store.credits(profile.profile_id)
        if any(credit.credit_id == credit_id for credit in credits):
            return
        if len(credits) >= CREDIT_LIMIT:
            log.warning("engagement_not_credited", profile_id=profile.profile_id, thread_id=thread_id)
            return
        profile, credit, fact = profile.with_engagement(credit_id, engagement.content, engagement.confirmed_at, now)
        try:
            self._store.save(profile, fact, now, credits=[credit])
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def proposed(self, actor: Actor, profile_id: str) -> Dossier:
        """A profile that was proposed to the actor's company, while it may be, or of somebody who is in a conversation
        with it. Raises NotFound for any other."""
        proposal = self._proposals.proposal(actor, profile_id)
        profile = self._store.get(profile_id) if proposal is not None else None
        if proposal is None or profile is None or profile.status not in VERIFIED:
            raise NotFound
        if profile.is_paused_on(paris_day(self._clock())) and not proposal.talking:
            raise NotFound
        found = self._dossier(profile)
        self._views.read(proposal.brief_id, profile_id)
        return found

    # ---- the pause

    def pause(self, actor: Actor, until: date | None) -> Dossier:
        """Nobody is proposed the actor's profile, tells it of projects that fit or asks it, until that day or until its
        owner resumes; conversations and verification go on. Raises NotFound, Invalid, Conflict."""
        profile, now = self._owned(actor), self._clock()
        paused = profile.be_paused(until, now)
        if paused is not None:
            profile, fact = paused
            self._store.save(profile, fact, now, pause_changed=True)
        return self._dossier(profile)

    def resume(self, actor: Actor) -> Dossier:
        """Raises NotFound, Conflict."""
        profile, now = self._owned(actor), self._clock()
        resumed = profile.resume(now)
        if resumed is not None:
            profile, fact = resumed
            self._store.save(profile, fact, now, pause_changed=True)
        return self._dossier(profile)

    def due(self) -> list[str]:
        """The profiles whose pause is to be over."""
        return list(self._store.due(self._clock()))

    def come_back(self, profile_id: str) -> None:
        """Ends a pause whose day has come; one that was given another day waits for it. Raises Retryable."""
        profile, now = self._store.get(profile_id), self._clock()
        if profile is None or profile.back_on is None:
            self._store.forgive(profile_id)
            return
        resumed = None if profile.is_paused_on(paris_day(now)) else profile.resume(now)
        if resumed is None:
            return
        try:
            self._store.save(*resumed, now, pause_changed=True)
        except Conflict:
            raise Retryable("changed_meanwhile") from None

    def _owned(self, actor: Actor) -> Profile:
        profile = self._store.owned_by(actor.sub)
        if profile is None:
            raise NotFound
        return profile

    def _credit(self, profile: Profile, credit_id: str) -> Credit:
        for credit in self._store.credits(profile.profile_id):
            if credit.credit_id == credit_id:
                return credit
        raise NotFound

    def _dossier(self, profile: Profile) -> Dossier:
        return dossier(profile, self._store.credits(profile.profile_id), self._bands, self._clock())


def _expect(profile: Profile, version: int | None) -> None:
    if version is not None and version != profile.version:
        raise PreconditionFailed
