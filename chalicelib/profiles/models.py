"""A freelancer's profile and credits. Personal values live in these two kinds of item and nowhere else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.platform.errors import FieldError, Invalid
from chalicelib.profiles.errors import (
    END_BEFORE_START,
    IN_THE_FUTURE,
    INVERTED,
    REQUIRED,
    UNKNOWN_CREDIT,
    AlreadySubmitted,
    Incomplete,
    NotSubmitted,
)
from chalicelib.profiles.events import ProfileSaved, ProfileSubmitted, ProfileVerificationDecided
from chalicelib.vocabulary.clock import paris_day, stamp
from chalicelib.vocabulary.facts import Fact

Status = Literal["draft", "submitted", "verified", "partly_verified"]

#: Statuses in which a person is proposed to producers and reads projects.
VERIFIED: tuple[Status, ...] = ("verified", "partly_verified")


class Texts(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)

    fr: str | None = None
    en: str | None = None


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

    def contradictions(self) -> list[FieldError]:
        found = [
            END_BEFORE_START.broken_at(f"/availability/{index}/until")
            for index, window in enumerate(self.availability)
            if window.until is not None and window.until < window.from_
        ]
        if self.day_rate and self.day_rate.max < self.day_rate.min:
            found.append(INVERTED.broken_at("/day_rate/max"))
        return found

    def missing(self) -> list[FieldError]:
        """What verification needs and this lacks."""
        found = [
            REQUIRED.broken_at(f"/{name}") for name in ("languages", "work_modes", "region") if not getattr(self, name)
        ]
        if not self.bio.fr:
            found.append(REQUIRED.broken_at("/bio/fr"))
        return found


class CreditContent(BaseModel):
    """One past work as the person declares it. `function` is a role id; years are calendar years."""

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

    def contradictions(self, today: date) -> list[FieldError]:
        found = []
        if self.year > today.year:
            found.append(IN_THE_FUTURE.broken_at("/year"))
        if self.started_year is not None and self.started_year > self.year:
            found.append(END_BEFORE_START.broken_at("/year"))
        return found


class Credit(BaseModel):
    """`level` is the verification ladder: 0 declared, 1 work confirmed, 2 participation, 3 function."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    credit_id: str
    level: int = 0
    added_at: str
    content: CreditContent

    @property
    def function(self) -> str:
        return self.content.function

    @property
    def year(self) -> int:
        return self.content.year

    @property
    def started_year(self) -> int | None:
        return self.content.started_year


class Profile(BaseModel):
    """`version` grows by one at each change of the profile or of one of its credits."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    profile_id: str
    user_sub: str
    status: Status
    #: What the administrator wrote to the person with the last decision.
    decision_reason: str | None = None
    version: int
    created_at: str
    updated_at: str
    content: ProfileContent

    @staticmethod
    def create(profile_id: str, user_sub: str, content: ProfileContent, now: datetime) -> tuple[Profile, Fact]:
        _refuse(content.contradictions())
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
        """A verified profile stays verified: what is verified are its credits, and those are not changed here.
        What verification needed cannot be emptied afterwards. Raises Invalid, Incomplete."""
        _refuse(content.contradictions())
        if self.status != "draft" and (missing := content.missing()):
            raise Incomplete(missing)
        return self._next(now, content=content), ProfileSaved(profile_id=self.profile_id, what="profile")

    def with_credit(
        self, credit_id: str, content: CreditContent, now: datetime, added_at: str | None = None
    ) -> tuple[Profile, Credit, Fact]:
        """A new or a corrected credit; a corrected one is declared again, for its claim is another."""
        _refuse(content.contradictions(paris_day(now)))
        credit = Credit(credit_id=credit_id, added_at=added_at or stamp(now), content=content)
        return self._next(now), credit, ProfileSaved(profile_id=self.profile_id, what="credit")

    def without_credit(self, now: datetime) -> tuple[Profile, Fact]:
        return self._next(now), ProfileSaved(profile_id=self.profile_id, what="credit")

    def submit(self, now: datetime) -> tuple[Profile, Fact]:
        """Raises Incomplete with every field that is missing, AlreadySubmitted."""
        if self.status != "draft":
            raise AlreadySubmitted
        missing = self.content.missing()
        if missing:
            raise Incomplete(missing)
        return self._next(now, status="submitted"), ProfileSubmitted(profile_id=self.profile_id)

    def decide(
        self,
        decision: Literal["verified", "partly_verified", "returned"],
        reason: str,
        decided_by: str,
        now: datetime,
    ) -> tuple[Profile, Fact]:
        """An administrator's decision; `returned` sends it back to its owner as a draft. Raises NotSubmitted."""
        if self.status == "draft":
            raise NotSubmitted
        status: Status = "draft" if decision == "returned" else decision
        fact = ProfileVerificationDecided(profile_id=self.profile_id, decision=decision, decided_by=decided_by)
        return self._next(now, status=status, decision_reason=reason), fact

    def _next(self, now: datetime, **changes: Any) -> Profile:
        return self.model_copy(update={**changes, "version": self.version + 1, "updated_at": stamp(now)})


def judged(credits: list[Credit], levels: dict[str, int]) -> list[Credit]:
    """The credits whose ladder level changes. Raises Invalid naming a credit that is not among them."""
    known = {credit.credit_id: credit for credit in credits}
    unknown = [
        UNKNOWN_CREDIT.broken_at(f"/credits/{index}/credit_id") for index, key in enumerate(levels) if key not in known
    ]
    _refuse(unknown)
    return [
        known[key].model_copy(update={"level": level}) for key, level in levels.items() if known[key].level != level
    ]


def _refuse(problems: list[FieldError]) -> None:
    if problems:
        raise Invalid(problems)
