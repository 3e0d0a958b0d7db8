from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from chalicelib.companies.errors import WRONG_DOMAIN, WRONG_SIREN
from chalicelib.companies.models import Company, Identity, Member
from chalicelib.platform.validation import EmailAddress, QuerySchema, Schema, Shape, line, paragraphs, refusal

_DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$")


def _siren(value: str) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren

    try:
        number = str(siren.validate(value))
    except ValidationError:
        raise refusal(WRONG_SIREN) from None
    if number == "000000000":  # the check digit of nine zeros is right, and no company has it
        raise refusal(WRONG_SIREN)
    return number


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value.lower()):
        raise refusal(WRONG_DOMAIN)
    return value.lower()


class CompanyInput(Schema):
    """A production company as its producer declares it. `mandate`: in which capacity the person acts for it."""

    legal_name: line(200)  # type: ignore[valid-type]
    siren: Annotated[line(20), AfterValidator(_siren)]  # type: ignore[valid-type]
    email_domain: Annotated[line(253), AfterValidator(_domain)]  # type: ignore[valid-type]
    mandate: paragraphs(1000)  # type: ignore[valid-type]
    contact_language: Literal["fr", "en"] | None = None

    def identity(self) -> Identity:
        return Identity(
            legal_name=self.legal_name, siren=self.siren, email_domain=self.email_domain, mandate=self.mandate
        )


class Invitation(Schema):
    email: EmailAddress


class Joining(Schema):
    contact_language: Literal["fr", "en"] = "fr"


class CompanyShape(Shape):
    company_id: str
    legal_name: str
    siren: str
    email_domain: str
    mandate: str
    status: Literal["unverified", "verified"]
    decision_reason: str | None
    version: int
    created_at: str
    updated_at: str

    @staticmethod
    def of(company: Company) -> CompanyShape:
        fields: dict[str, Any] = company.model_dump(exclude={"identity", "decided_at"})
        return CompanyShape(**fields, **company.identity.model_dump())


class CompaniesQuery(QuerySchema):
    """Which companies: those that wait for a check, and no others yet."""

    status: Literal["unverified"] = "unverified"


class Invited(Shape):
    invited: Literal[True]


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


class MemberList(Shape):
    members: list[MemberShape]
