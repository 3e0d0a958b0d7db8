"""The French company register, by the public API “Recherche d’entreprises” (Sirene). Licence: Licence Ouverte.

At most 7 questions a second: https://recherche-entreprises.api.gouv.fr/docs/. Asked for the short form of an answer,
which leaves out the people behind a company: they are none of our business here.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from stdnum.fr import siren as siren_number

from chalicelib.verification.claims import CompanyClaim
from chalicelib.verification.evidence import Evidence, Reason, Verdict
from chalicelib.verification.sources.cache import Record
from chalicelib.verification.sources.desk import Finding, Inquiry, Question
from chalicelib.verification.sources.errors import Garbled
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.judging import same_company
from chalicelib.verification.sources.port import RegisteredCompany, RegistryAnswer, Terms
from chalicelib.verification.sources.setting import Setting

#: Production of films and television programmes (59.11A), of institutional and advertising films (59.11B), of films for
#: cinemas (59.11C), in the French nomenclature of activities.
PRODUCTION = "59.11"
#: How the register writes a name that it may not publish.
_WITHHELD = "[NON-DIFFUSIBLE]"
_ACTIVE = "A"

#: What is kept of an answer: the company, and nobody.
_TEXTS = ("siren", "nom_raison_sociale", "nom_complet", "sigle", "etat_administratif")
_DATED = ("activite_principale", "date_creation")


class CompanyRegister:
    id = "registry"
    # One function asks at most 5 a second; several together stay under the limit as long as few run at once.
    pace = Pace(parallel=2, interval=0.2)
    terms = Terms(
        name="Annuaire des entreprises (Sirene)",
        licence="Licence Ouverte 2.0",
        attribution="Insee, base Sirene ; API Recherche d’entreprises",
        storable=frozenset({*_TEXTS, *_DATED}),
        keep_for=timedelta(days=1),
        valid_for=timedelta(days=365),
    )

    def __init__(self, setting: Setting) -> None:
        self._desk = setting.desk(self.id, self.terms, self.pace, "https://recherche-entreprises.api.gouv.fr")

    def look_up(self, siren: str) -> RegistryAnswer:
        """Raises ValueError for a number whose check digit is wrong; TryLater, Unreachable, Refused, Garbled."""
        if not siren_number.is_valid(siren):
            raise ValueError("siren: wrong check digit")
        inquiry = Inquiry(self._desk)
        number = siren_number.compact(siren)
        company = self._company(inquiry, number)
        return RegistryAnswer(
            company=company,
            url=_page(number),
            retrieved_at=inquiry.retrieved_at or "",
            payload_hash=inquiry.payload_hash or "",
        )

    def check(self, claim: CompanyClaim) -> Evidence:
        return self._desk.report(None, lambda inquiry: self._finding(inquiry, claim))

    def _finding(self, inquiry: Inquiry, claim: CompanyClaim) -> Finding:
        if not siren_number.is_valid(claim.siren):
            return Finding(verdict="contradicts", level=None, reason="malformed")
        number = siren_number.compact(claim.siren)
        company = self._company(inquiry, number)
        if company is None:
            return Finding(verdict="silent", level=None, reason="not_registered")
        return judge(claim, company)

    def _company(self, inquiry: Inquiry, number: str) -> RegisteredCompany | None:
        parameters = {"q": number, "minimal": "true", "page": "1", "per_page": "5"}
        for record in inquiry.ask(Question("/search", parameters), _records):
            if record["siren"] == number:
                return _company(record)
        return None


def judge(claim: CompanyClaim, company: RegisteredCompany) -> Finding:
    """What the register's company says of the declared one. Pure."""
    named = [name for name in (company.name, *company.other_names) if name]
    fields = ["siren"]
    if any(same_company(claim.name, name) for name in named):
        fields.append("name")
    produces = (company.activity or "").startswith(PRODUCTION)
    if company.active and produces:
        fields.append("activity")
    verdict, reason = _verdict(company, bool(named), "name" in fields, produces)
    return Finding(
        verdict=verdict,
        level=None,
        reason=reason,
        found=next(iter(named), claim.siren),
        url=_page(company.siren),
        matched_fields=tuple(fields),
    )


def _verdict(company: RegisteredCompany, named: bool, same: bool, produces: bool) -> tuple[Verdict, Reason]:
    if not company.active:
        return "contradicts", "closed"
    if not named:
        return "partial", "name_withheld"
    if not same:
        return "contradicts", "another_company"
    if not produces:
        return "partial", "another_activity"
    return "confirms", "company_found"


def _page(number: str) -> str:
    """Where a person reads about the company."""
    return f"https://annuaire-entreprises.data.gouv.fr/entreprise/{number}"


def _records(payload: Any) -> tuple[Record, ...]:
    """The companies of an answer. Raises Garbled."""
    if not isinstance(payload, dict) or not isinstance(payload.get("results"), list):
        raise Garbled("not_the_register")
    return tuple(_record(result) for result in payload["results"])


def _record(result: Any) -> Record:
    if not isinstance(result, dict) or not (result.get("siren") and result.get("etat_administratif")):
        raise Garbled("not_the_register")
    record = {name: result.get(name) for name in (*_TEXTS, *_DATED)}
    if any(not isinstance(value, str | None) for value in record.values()):
        raise Garbled("not_the_register")
    return record


def _company(record: Record) -> RegisteredCompany:
    read = {name: str(value) for name, value in record.items() if value}
    # The full name ends with trade names and initials in brackets: "FALAISE (FALAISE FILMS)".
    names = [read.get("nom_raison_sociale", ""), read.get("sigle", "")]
    names += re.split(r"[()]", read.get("nom_complet", ""))
    published = [name.strip() for name in names if name.strip() and _WITHHELD not in name]
    return RegisteredCompany(
        siren=read["siren"],
        name=next(iter(published), None),
        other_names=tuple(dict.fromkeys(published[1:])),
        active=read["etat_administratif"] == _ACTIVE,
        activity=read.get("activite_principale"),
        created_on=read.get("date_creation"),
    )
