"""A freelancer's profile and credits. Personal values live in these two kinds of item and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from chalicelib.platform.errors import NO_LONGER_OFFERED, FieldError, Invalid
from chalicelib.profiles.errors import (
    END_BEFORE_START,
    IN_THE_FUTURE,
    INVERTED,
    NOT_AHEAD,
    REQUIRED,
    Incomplete,
)
from chalicelib.profiles.events import (
    ProfileCreditsChecked,
    ProfilePaused,
    ProfileResumed,
    ProfileSaved,
    ProfileSubmitted,
    ProfileVerificationDecided,
    ProfileWithdrawn,
)
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.taxonomy import taxonomy

Status = Literal["draft", "submitted", "verified", "partly_verified"]

#: Statuses in which a person is proposed to producers and reads projects.
VERIFIED: tuple[Status, ...] = ("verified", "partly_verified")


class Texts(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)

    fr: str | None = None
    en: str | None = None


#: Which dimension of the taxonomy each field of a profile, and of a credit, has its ids from.
_PROFILE_DIMENSIONS = {
    "roles": "roles",
    "languages": "languages",
    "work_modes": "work-modes",
    "region": "regions",
    **{f"specialities/{name}": name for name in ("genres", "tones", "universes", "stakes", "formats", "tasks")},
    "specialities/development_stages": "development-stages",
}
_CREDIT_DIMENSIONS = {
    "function": "roles",
    "format": "formats",
    **{name: name for name in ("genres", "tones", "universes", "stakes", "tasks")},
    "source_material": "source-material",
    "language": "languages",
    "broadcaster": "broadcasters",
}


class Availability(BaseModel):
    """Days free, both included; `until` None: for as long as one can see."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    from_: date
    until: date | None


class DayRate(BaseModel):
    """Indicative, whole euros excluding VAT per day. Shown, never used to rank."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    min: int
    max: int


class Specialities(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)

    genres: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    universes: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    development_stages: tuple[str, ...] = ()


class ExternalIds(BaseModel):
    """By which numbers of the trade somebody is known, each in the one form of `vocabulary.identifiers`; None: not
    given. They tell people apart when a profile is verified, and serve nothing else."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    isni: str | None = None
    wikidata: str | None = None
    bnf: str | None = None
    imdb: str | None = None

    @property
    def given(self) -> dict[str, str]:
        return self.model_dump(exclude_none=True)


class ProfileContent(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)

    display_name: str
    roles: tuple[str, ...]
    bio: Texts = Texts()
    specialities: Specialities = Specialities()
    languages: tuple[str, ...] = ()
    availability: tuple[Availability, ...] = ()
    day_rate: DayRate | None = None
    work_modes: tuple[str, ...] = ()
    region: str | None = None
    external_ids: ExternalIds = ExternalIds()

    def contradictions(self) -> list[FieldError]:
        found = [
            END_BEFORE_START.broken_at(f"/availability/{index}/until")
            for index, window in enumerate(self.availability)
            if window.until is not None and window.until < window.from_
        ]
        if self.day_rate and self.day_rate.max < self.day_rate.min:
            found.append(INVERTED.broken_at("/day_rate/max"))
        return found

    def newly_retired(self, before: ProfileContent | None) -> list[FieldError]:
        """Entries that are not offered any more, and were not there before."""
        pointers = taxonomy().newly_retired(_PROFILE_DIMENSIONS, self, before)
        return [NO_LONGER_OFFERED.broken_at(pointer) for pointer in pointers]

    def missing(self) -> list[FieldError]:
        """What verification needs and this lacks."""
        found = [
            REQUIRED.broken_at(f"/{name}") for name in ("languages", "work_modes", "region") if not getattr(self, name)
        ]
        if not self.bio.fr:
            found.append(REQUIRED.broken_at("/bio/fr"))
        return found


class CreditContent(BaseModel):
    """One past work as the person declares it. `function` is a role id; years are calendar years; `isan`: as
    `vocabulary.identifiers` writes it, with its check characters."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    title: str
    year: int
    started_year: int | None = None
    function: str
    format: str
    genres: tuple[str, ...] = ()
    tones: tuple[str, ...] = ()
    universes: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    source_material: str | None = None
    language: str
    company: str
    broadcaster: str | None = None
    synopsis: str
    contribution: str
    isan: str | None = None

    def contradictions(self, today: date) -> list[FieldError]:
        found = []
        if self.year > today.year:
            found.append(IN_THE_FUTURE.broken_at("/year"))
        if self.started_year is not None and self.started_year > self.year:
            found.append(END_BEFORE_START.broken_at("/year"))
        return found

    def newly_retired(self, before: CreditContent | None) -> list[FieldError]:
        """As for a profile."""
        pointers = taxonomy().newly_retired(_CREDIT_DIMENSIONS, self, before)
        return [NO_LONGER_OFFERED.broken_at(pointer) for pointer in pointers]


#: The facts of a credit, each standing on those before it: the work exists, this person took part, in this function.
FactName = Literal["work", "participation", "function"]
FACT_NAMES: tuple[FactName, ...] = get_args(FactName)


#: The source of a fact that both sides of an engagement confirmed here, and for how long it holds: as long as one that
#: what verification establishes of a credit (`verification/facts_of_credit.py`).
ENGAGEMENT = "engagement"
ENGAGEMENT_HOLDS = timedelta(days=5 * 365)

_SHOWN = ("holds", "source", "checked_at", "expires_at", "by")


class CheckedFact(BaseModel):
    """A fact that was established about a credit as it is claimed. `source`: the catalogue that shows it,
    `attestation`, or `review` where an administrator read documents. Times are ISO 8601 UTC."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    fact: FactName
    source: str
    checked_at: str
    expires_at: str

    @property
    def by(self) -> Literal["source", "attestation", "review"]:
        """What kind of proof it is: a public catalogue, somebody at the company, documents that were read."""
        if self.source in ("attestation", ENGAGEMENT):
            return "attestation"
        return "review" if self.source == "review" else "source"

    @property
    def shown(self) -> dict[str, Any]:
        values = (True, self.source, self.checked_at, self.expires_at, self.by)
        return dict(zip(_SHOWN, values, strict=True))


class Credit(BaseModel):
    """`level` is the verification ladder: 0 declared, 1 work confirmed, 2 participation, 3 function. `facts`: what it
    rests on, the first one first."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    credit_id: str
    level: int = 0
    added_at: str
    content: CreditContent
    facts: tuple[CheckedFact, ...] = ()

    def checked(self, facts: tuple[CheckedFact, ...]) -> Credit:
        """With what was established about it, and no more: the level follows from the facts."""
        names = [one.fact for one in facts]
        level = next((rank for rank, name in enumerate(FACT_NAMES) if name not in names), len(FACT_NAMES))
        return self.model_copy(update={"facts": facts, "level": level})

    @property
    def shown(self) -> dict[FactName, dict[str, Any]]:
        """Each of the three facts as people read it: whether it holds (None where it is not established, which is not
        "false"), what shows it, since when and until when, and by what kind of proof."""
        held = {one.fact: one for one in self.facts}
        return {name: held[name].shown if name in held else dict.fromkeys(_SHOWN) for name in FACT_NAMES}

    def on(self, now: datetime) -> Credit:
        """As it stands now: a fact whose time is over is to be checked again, and counts no longer."""
        current = tuple(one for one in self.facts if stamp(now) < one.expires_at)
        return self if current == self.facts else self.checked(current)

    @property
    def function(self) -> str:
        return self.content.function

    @property
    def year(self) -> int:
        return self.content.year

    @property
    def started_year(self) -> int | None:
        return self.content.started_year


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on a profile as a whole. `reason`: what the administrator wrote to its owner. `still_claimed`:
    whether the profile is still of the person who was checked then."""

    outcome: Literal["verified", "partly_verified", "returned"]
    reason: str
    decided_by: str
    decided_at: str
    still_claimed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What verification says of a profile as a whole: the decision that stands in a case, if one does, and whether
    some case on it is under way."""

    decision: Decided | None
    under_way: bool


class Background(BaseModel):
    """That the way of somebody at the beginning was confirmed, and by which kinds of papers (diploma, internship,
    reading reports, referee; none where the reviewer went by something else). Times are ISO 8601 UTC."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kinds: tuple[str, ...]
    checked_at: str
    expires_at: str


#: A pause with an end ends within that time; whoever is away for longer sets none.
LONGEST_PAUSE = timedelta(days=731)


class Pause(BaseModel):
    """Since when (ISO 8601 UTC) a profile is not to be proposed, and the day (Paris) from which it may be again; None
    until its owner says so."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    since: str
    until: date | None = None


class Profile(BaseModel):
    """`version` grows by one at each change of the profile or of one of its credits."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    profile_id: str
    user_sub: str
    status: Status
    #: What the administrator wrote to the person with the last decision, and when it was made.
    decision_reason: str | None = None
    decided_at: str | None = None
    #: What is shown beside the level, which counts verified years alone.
    background: Background | None = None
    #: What its owner said last; over by itself on its day (`is_paused_on`).
    pause: Pause | None = None
    version: int
    created_at: str
    updated_at: str
    content: ProfileContent

    @staticmethod
    def create(profile_id: str, user_sub: str, content: ProfileContent, now: datetime) -> tuple[Profile, Fact]:
        _refuse(content.contradictions() + content.newly_retired(None))
        moment = stamp(now)
        profile = Profile(
            profile_id=profile_id,
            user_sub=user_sub,
            status="draft",
            version=1,
            created_at=moment,
            updated_at=moment,
            content=content,
        )
        return profile, ProfileSaved(profile_id=profile_id, what="profile")

    def revise(self, content: ProfileContent, now: datetime) -> tuple[Profile, Fact]:
        """A verified profile stays verified: what is verified are its credits, and those are not changed here. Under
        another name it is another person's, and to be verified again. What verification needed cannot be emptied
        afterwards. Raises Invalid, Incomplete."""
        _refuse(content.contradictions() + content.newly_retired(self.content))
        if self.status != "draft" and (missing := content.missing()):
            raise Incomplete(missing)
        if not self.is_renamed_by(content):
            return self._next(now, content=content), ProfileSaved(profile_id=self.profile_id, what="profile")
        after = self._next(now, content=content, background=None)
        if self.status in VERIFIED:
            after = after.model_copy(update={"status": "draft", "decision_reason": None})
        return after, ProfileSaved(profile_id=self.profile_id, what="profile")

    def is_paused_on(self, today: date) -> bool:
        """Whether it is not to be proposed that day, whatever its status."""
        return self.pause is not None and (self.pause.until is None or today < self.pause.until)

    def be_paused(self, until: date | None, now: datetime) -> tuple[Profile, Fact] | None:
        """Not proposed from now on until that day, which may be another one than was set; None when it is so already.
        Raises Invalid."""
        today = paris_day(now)
        if until is not None and not today < until <= today + LONGEST_PAUSE:
            raise Invalid([NOT_AHEAD.broken_at("/until")])
        since = stamp(now)
        if self.pause is not None and self.is_paused_on(today):
            if self.pause.until == until:
                return None
            since = self.pause.since
        after = self._next(now, pause=Pause(since=since, until=until))
        return after, ProfilePaused(profile_id=self.profile_id)

    def resume(self, now: datetime) -> tuple[Profile, Fact] | None:
        """To be proposed again; None when nothing keeps it from that."""
        if self.pause is None:
            return None
        return self._next(now, pause=None), ProfileResumed(profile_id=self.profile_id)

    @property
    def back_on(self) -> date | None:
        """The day on which a pause is over by itself."""
        return self.pause.until if self.pause is not None else None

    def with_background(self, background: Background | None) -> Profile:
        """With what verification says of it now; what it follows from next makes it a version."""
        return self.model_copy(update={"background": background})

    def on(self, now: datetime) -> Profile:
        """As it stands now: a background whose time is over is to be checked again, and is shown no longer; a pause
        whose day has come is over, whether or not the clockwork has passed."""
        over = self.background is not None and self.background.expires_at <= stamp(now)
        standing = self.with_background(None) if over else self
        if standing.pause is None or standing.is_paused_on(paris_day(now)):
            return standing
        return standing.model_copy(update={"pause": None})

    def is_renamed_by(self, content: ProfileContent) -> bool:
        """Whether that is another person's name; how it is written, in capitals or not, changes nothing."""
        before, after = (one.display_name.strip().casefold() for one in (self.content, content))
        return before != after

    def with_credit(
        self, credit_id: str, content: CreditContent, now: datetime, before: Credit | None = None
    ) -> tuple[Profile, Credit, Fact]:
        """A new credit, or `before` corrected; a corrected one is declared again, for its claim is another."""
        _refuse(content.contradictions(paris_day(now)) + content.newly_retired(before.content if before else None))
        added_at = before.added_at if before else stamp(now)
        credit = Credit(credit_id=credit_id, added_at=added_at, content=content)
        return self._next(now), credit, ProfileSaved(profile_id=self.profile_id, what="credit")

    def with_engagement(
        self, credit_id: str, content: CreditContent, confirmed_at: str, now: datetime
    ) -> tuple[Profile, Credit, Fact]:
        """A credit for work that its company and this person both confirmed: the work exists."""
        until = datetime.fromisoformat(confirmed_at) + ENGAGEMENT_HOLDS
        fact = CheckedFact(fact="work", source=ENGAGEMENT, checked_at=confirmed_at, expires_at=stamp(until))
        credit = Credit(credit_id=credit_id, added_at=stamp(now), content=content).checked((fact,))
        return self._next(now), credit, ProfileSaved(profile_id=self.profile_id, what="credit")

    def without_credit(self, now: datetime) -> tuple[Profile, Fact]:
        return self._next(now), ProfileSaved(profile_id=self.profile_id, what="credit")

    def follow(self, standing: Standing, now: datetime) -> tuple[Profile, Fact] | None:
        """In line with what verification says; None when it is so already. A decision older than the one in force
        changes nothing, nor does one about the person whose profile this was."""
        decision = standing.decision
        if (
            decision is not None
            and decision.still_claimed
            and (self.decided_at is None or self.decided_at < decision.decided_at)
        ):
            status: Status = "draft" if decision.outcome == "returned" else decision.outcome
            after = self._next(now, status=status, decision_reason=decision.reason, decided_at=decision.decided_at)
            return after, ProfileVerificationDecided(
                profile_id=self.profile_id, decision=decision.outcome, decided_by=decision.decided_by
            )
        if standing.under_way and self.status == "draft" and not self.content.missing():
            return self._next(now, status="submitted"), ProfileSubmitted(profile_id=self.profile_id)
        if not standing.under_way and self.status == "submitted":
            return self._next(now, status="draft"), ProfileWithdrawn(profile_id=self.profile_id)
        return None

    def credits_checked(self, now: datetime) -> tuple[Profile, Fact]:
        """Something was established about its credits, or no longer is."""
        return self._next(now), ProfileCreditsChecked(profile_id=self.profile_id)

    def _next(self, now: datetime, **changes: Any) -> Profile:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


def _refuse(problems: list[FieldError]) -> None:
    if problems:
        raise Invalid(problems)
