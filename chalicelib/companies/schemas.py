from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from chalicelib.companies.errors import WRONG_DOMAIN, WRONG_HANDLE, WRONG_SIREN, WRONG_WEBSITE
from chalicelib.companies.models import Awaited, Company, Identity, KnownAs, Member, Went
from chalicelib.platform.validation import EmailAddress, QuerySchema, Schema, Shape, distinct, line, paragraphs, refusal
from chalicelib.vocabulary import identifiers
from chalicelib.vocabulary.clock import stamp

_DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")

_HANDLE = re.compile(r"[\w.-]{2,60}")


def _siren(value: str) -> str:
    number = identifiers.siren(value)
    if number is None:
        raise refusal(WRONG_SIREN)
    return number


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value.lower()):
        raise refusal(WRONG_DOMAIN)
    return value.lower()


def _website(value: str) -> str:
    try:
        url = urlsplit(value)
        named = url.scheme in ("http", "https") and _DOMAIN.fullmatch((url.hostname or "").lower())
    except ValueError:
        named = None
    if not named:
        raise refusal(WRONG_WEBSITE)
    return value


def _handle(value: str) -> str:
    name = value.removeprefix("@")
    if not _HANDLE.fullmatch(name):
        raise refusal(WRONG_HANDLE)
    return name


class CompanyInput(Schema):
    """A production company as its producer declares it. `mandate`: in which capacity the person acts for it.

    From `other_names` on, by what else it is recognised: names it trades or is known under, its acronyms, the full
    names of its people, its addresses, its website, other domains, its names on social networks. All of it is optional,
    is looked for in the texts of its projects so that nobody is recognised before the reveal, and asks for no new
    check. Of these, what is left out stays as it is; an empty list, or null for the website, clears it."""

    legal_name: line(200)  # type: ignore[valid-type]
    siren: Annotated[line(20), AfterValidator(_siren)]  # type: ignore[valid-type]
    email_domain: Annotated[line(253), AfterValidator(_domain)]  # type: ignore[valid-type]
    mandate: paragraphs(1000)  # type: ignore[valid-type]
    contact_language: Literal["fr", "en"] | None = None
    other_names: distinct(line(200, 2), 20) = []  # type: ignore[valid-type]
    acronyms: distinct(line(20, 2), 10) = []  # type: ignore[valid-type]
    people: distinct(line(120, 2), 50) = []  # type: ignore[valid-type]
    addresses: distinct(line(300, 5), 10) = []  # type: ignore[valid-type]
    website: Annotated[line(300), AfterValidator(_website)] | None = None  # type: ignore[valid-type]
    domains: distinct(Annotated[line(253), AfterValidator(_domain)], 10) = []  # type: ignore[valid-type]
    handles: distinct(Annotated[line(61), AfterValidator(_handle)], 20) = []  # type: ignore[valid-type]

    def known_as(self) -> dict[str, Any]:
        """What is said of that, whatever its value."""
        said = self.model_dump(include=self.model_fields_set & KnownAs.model_fields.keys())
        return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}

    def identity(self) -> Identity:
        return Identity(
            legal_name=self.legal_name, siren=self.siren, email_domain=self.email_domain, mandate=self.mandate
        )


class Invitation(Schema):
    email: EmailAddress


class Joining(Schema):
    contact_language: Literal["fr", "en"] = "fr"


class CompanyShape(Shape):
    """`suspended`: its projects are shown to nobody; why, `GET /moderation/mine` says."""

    company_id: str
    legal_name: str
    siren: str
    email_domain: str
    mandate: str
    other_names: list[str]
    acronyms: list[str]
    people: list[str]
    addresses: list[str]
    website: str | None
    domains: list[str]
    handles: list[str]
    status: Literal["unverified", "verified"]
    decision_reason: str | None
    suspended: bool
    version: int
    created_at: str
    updated_at: str

    @staticmethod
    def of(company: Company) -> CompanyShape:
        fields: dict[str, Any] = company.model_dump(
            exclude={"identity", "known_as", "former_names", "former_domains", "decided_at"}
        )
        return CompanyShape(**fields, **company.identity.model_dump(), **company.known_as.model_dump())


class CompaniesQuery(QuerySchema):
    """Which companies: those that wait for a check, and no others yet."""

    status: Literal["unverified"] = "unverified"


class Invited(Shape):
    """`until`: for how long the invitation may be accepted."""

    invited: Literal[True]
    until: str


class CompanyList(Shape):
    companies: list[CompanyShape]


class MemberShape(Shape):
    sub: str
    email: str
    language: Literal["fr", "en"]
    joined_at: str

    @staticmethod
    def of(member: Member) -> MemberShape:
        return MemberShape(**member.model_dump())


class InvitationShape(Shape):
    """An invitation that may be accepted until then. `went`: how far its e-mail came (`arrived`: the other mail service
    took it; `undelivered`: none will come). Inviting the address again sends another, for as long anew."""

    invitation_id: str
    email: str
    until: str
    went: Went

    @staticmethod
    def of(awaited: Awaited, went: Went) -> InvitationShape:
        return InvitationShape(
            invitation_id=awaited.invitation_id, email=awaited.email, until=stamp(awaited.until), went=went
        )


class MemberList(Shape):
    members: list[MemberShape]
    invitations: list[InvitationShape]
