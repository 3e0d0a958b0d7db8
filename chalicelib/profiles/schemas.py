from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from chalicelib.platform.errors import FieldRule
from chalicelib.platform.validation import Day, QuerySchema, Schema, Shape, distinct, line, paragraphs, refusal
from chalicelib.profiles.errors import WRONG_BNF, WRONG_IMDB, WRONG_ISAN, WRONG_ISNI, WRONG_WIKIDATA
from chalicelib.profiles.models import Credit, CreditContent, ProfileContent, Status
from chalicelib.profiles.service import Dossier
from chalicelib.vocabulary import identifiers
from chalicelib.vocabulary.fields import taxonomy_id

#: Whole euros a day; a cap only to refuse slips of the keyboard.
DayEuros = Annotated[int, Field(ge=0, le=100_000)]

#: The first film is of 1895.
Year = Annotated[int, Field(ge=1895, le=2200)]


def _identifier(read: Callable[[str], str | None], wrong: FieldRule) -> Any:
    """A number of the trade, kept in the form that `read` gives it; an address of a catalogue's site is one too."""

    def in_one_form(value: str) -> str:
        number = read(value)
        if number is None:
            raise refusal(wrong)
        return number

    return Annotated[line(100), AfterValidator(in_one_form)]


class BioInput(Schema):
    fr: paragraphs(4000) | None = None  # type: ignore[valid-type]
    en: paragraphs(4000) | None = None  # type: ignore[valid-type]


class AvailabilityInput(Schema):
    from_: Day = Field(alias="from")
    until: Day | None = None


class DayRateInput(Schema):
    min: DayEuros
    max: DayEuros


class SpecialitiesInput(Schema):
    genres: distinct(taxonomy_id("genres"), 15) = []  # type: ignore[valid-type]
    tones: distinct(taxonomy_id("tones"), 15) = []  # type: ignore[valid-type]
    universes: distinct(taxonomy_id("universes"), 15) = []  # type: ignore[valid-type]
    stakes: distinct(taxonomy_id("stakes"), 15) = []  # type: ignore[valid-type]
    formats: distinct(taxonomy_id("formats"), 15) = []  # type: ignore[valid-type]
    tasks: distinct(taxonomy_id("tasks"), 23) = []  # type: ignore[valid-type]
    development_stages: distinct(taxonomy_id("development-stages"), 21) = []  # type: ignore[valid-type]


class ExternalIdsInput(Schema):
    """By which numbers somebody is known: their ISNI, their Wikidata item, the ARK of their BnF record, their id at
    IMDb. They tell people of one name apart when a profile is verified; no producer reads them, and nothing is ranked
    by them."""

    isni: _identifier(identifiers.isni, WRONG_ISNI) | None = None  # type: ignore[valid-type]
    wikidata: _identifier(identifiers.wikidata_item, WRONG_WIKIDATA) | None = None  # type: ignore[valid-type]
    bnf: _identifier(identifiers.bnf_ark, WRONG_BNF) | None = None  # type: ignore[valid-type]
    imdb: _identifier(identifiers.imdb_name, WRONG_IMDB) | None = None  # type: ignore[valid-type]


class ProfileInput(Schema):
    """A freelancer as they present themselves. There is no field for age, sex, nationality, photo or past pay."""

    display_name: line(120)  # type: ignore[valid-type]
    roles: distinct(taxonomy_id("roles"), 5, 1)  # type: ignore[valid-type]
    bio: BioInput = BioInput()
    specialities: SpecialitiesInput = SpecialitiesInput()
    languages: distinct(taxonomy_id("languages"), 10) = []  # type: ignore[valid-type]
    availability: Annotated[list[AvailabilityInput], Field(max_length=24)] = []
    day_rate: DayRateInput | None = None
    work_modes: distinct(taxonomy_id("work-modes"), 4) = []  # type: ignore[valid-type]
    region: taxonomy_id("regions") | None = None  # type: ignore[valid-type]
    external_ids: ExternalIdsInput = ExternalIdsInput()

    def content(self) -> ProfileContent:
        return ProfileContent.model_validate(self.model_dump())


class CreditInput(Schema):
    """A past work as its freelancer declares it. `isan`: the work's international number, by which it is told from
    another of the same title."""

    title: line(200)  # type: ignore[valid-type]
    year: Year
    started_year: Year | None = None
    function: taxonomy_id("roles")  # type: ignore[valid-type]
    format: taxonomy_id("formats")  # type: ignore[valid-type]
    genres: distinct(taxonomy_id("genres"), 5) = []  # type: ignore[valid-type]
    tones: distinct(taxonomy_id("tones"), 5) = []  # type: ignore[valid-type]
    universes: distinct(taxonomy_id("universes"), 6) = []  # type: ignore[valid-type]
    stakes: distinct(taxonomy_id("stakes"), 6) = []  # type: ignore[valid-type]
    tasks: distinct(taxonomy_id("tasks"), 12) = []  # type: ignore[valid-type]
    source_material: taxonomy_id("source-material") | None = None  # type: ignore[valid-type]
    language: taxonomy_id("languages")  # type: ignore[valid-type]
    company: line(200)  # type: ignore[valid-type]
    broadcaster: taxonomy_id("broadcasters") | None = None  # type: ignore[valid-type]
    synopsis: paragraphs(4000)  # type: ignore[valid-type]
    contribution: paragraphs(4000)  # type: ignore[valid-type]
    isan: _identifier(identifiers.isan, WRONG_ISAN) | None = None  # type: ignore[valid-type]

    def content(self) -> CreditContent:
        return CreditContent.model_validate(self.model_dump())


class PauseInput(Schema):
    """`until`: the day (Paris) from which the profile may be proposed again; without it, when its owner resumes."""

    until: Day | None = None


class BioShape(Shape):
    fr: str | None
    en: str | None


class AvailabilityShape(Shape):
    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: date = Field(alias="from")
    until: date | None


class DayRateShape(Shape):
    min: int
    max: int


class SpecialitiesShape(Shape):
    genres: list[str]
    tones: list[str]
    universes: list[str]
    stakes: list[str]
    formats: list[str]
    tasks: list[str]
    development_stages: list[str]


class FactShape(Shape):
    """A fact of a credit. `holds`: true, or null while it is not established, which never means false. `source`: the
    catalogue that shows it, `attestation`, or `review` where an administrator read documents; `by` says which of these
    it is. Checked at `checked_at`, to be checked again at `expires_at`."""

    holds: Literal[True] | None
    source: str | None
    checked_at: str | None
    expires_at: str | None
    by: Literal["source", "attestation", "review"] | None


class FactsShape(Shape):
    """The work exists; this person took part; in this function."""

    work: FactShape
    participation: FactShape
    function: FactShape


class CreditShape(Shape):
    """`level` is the verification ladder: 0 declared, 1 work confirmed, 2 participation, 3 function; `facts` is what it
    rests on. `isan` serves verification: only whoever declared the credit reads it, to others it is null."""

    credit_id: str
    level: Literal[0, 1, 2, 3]
    facts: FactsShape
    added_at: str
    title: str
    year: int
    started_year: int | None
    function: str
    format: str
    genres: list[str]
    tones: list[str]
    universes: list[str]
    stakes: list[str]
    tasks: list[str]
    source_material: str | None
    language: str
    company: str
    broadcaster: str | None
    synopsis: str
    contribution: str
    isan: str | None

    @staticmethod
    def of(credit: Credit) -> CreditShape:
        """As others read it."""
        return CreditShape.own(credit).model_copy(update={"isan": None})

    @staticmethod
    def own(credit: Credit) -> CreditShape:
        values: dict[str, Any] = credit.model_dump(exclude={"content", "facts"})
        return CreditShape(**values, facts=FactsShape.model_validate(credit.shown), **credit.content.model_dump())


class ExternalIdsShape(Shape):
    isni: str | None
    wikidata: str | None
    bnf: str | None
    imdb: str | None


class BackgroundShape(Shape):
    """That the way of somebody at the beginning was confirmed: by which kinds of papers, since when and until when."""

    kinds: list[Literal["diploma", "internship", "reading_report", "referee"]]
    checked_at: str
    expires_at: str


class ProfileShape(Shape):
    """`levels` and `verified_years` are per role, from verified credits alone; `background` is shown beside them."""

    profile_id: str
    status: Status
    version: int
    display_name: str
    roles: list[str]
    levels: dict[str, str]
    verified_years: dict[str, int]
    background: BackgroundShape | None
    bio: BioShape
    specialities: SpecialitiesShape
    languages: list[str]
    availability: list[AvailabilityShape]
    day_rate: DayRateShape | None
    work_modes: list[str]
    region: str | None
    credits: list[CreditShape]

    @staticmethod
    def of(dossier: Dossier) -> ProfileShape:
        profile = dossier.profile
        return ProfileShape(
            **_common(dossier),
            status=profile.status,
            version=profile.version,
            credits=[CreditShape.of(credit) for credit in dossier.credits],
        )


class PauseShape(Shape):
    """Since when a profile is not proposed, and the day (Paris) on which it comes back by itself, null without one."""

    since: str
    until: date | None


class OwnProfileShape(ProfileShape):
    """One's own profile, with the numbers by which one is known, what the administrators wrote and when it was made and
    changed. `pause`: null while it may be proposed."""

    external_ids: ExternalIdsShape
    pause: PauseShape | None
    decision_reason: str | None
    created_at: str
    updated_at: str

    @staticmethod
    def of(dossier: Dossier) -> OwnProfileShape:
        profile = dossier.profile
        own = profile.model_dump(include={"status", "version", "decision_reason", "created_at", "updated_at"})
        return OwnProfileShape(
            **_common(dossier),
            **own,
            credits=[CreditShape.own(credit) for credit in dossier.credits],
            external_ids=ExternalIdsShape(**profile.content.external_ids.model_dump()),
            pause=PauseShape(**profile.pause.model_dump()) if profile.pause else None,
        )


def _common(dossier: Dossier) -> dict[str, Any]:
    return {
        "profile_id": dossier.profile.profile_id,
        "levels": dossier.levels,
        "verified_years": dossier.verified_years,
        "background": dossier.profile.background.model_dump() if dossier.profile.background else None,
        **dossier.profile.content.model_dump(exclude={"external_ids"}),
    }


class ProfilesQuery(QuerySchema):
    """Which profiles: those that wait for a decision, and no others yet."""

    status: Literal["submitted"] = "submitted"


class ProfileList(Shape):
    profiles: list[ProfileShape]
