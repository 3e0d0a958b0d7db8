"""What a source answered about a claim. Never changed: asking again makes another piece of evidence.

A source that says nothing, or that failed, says nothing *against* a claim: "not found" is not "false".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Bilingual

#: `confirms` and `partial` count for the claim, `contradicts` is shown to a person, the others count for nothing.
Verdict = Literal["confirms", "partial", "contradicts", "silent", "error"]

#: The three facts of a credit, each standing on those before it: the work exists, this person took part, in this
#: function.
Level = Literal["work", "participation", "function"]
LEVELS: tuple[Level, ...] = get_args(Level)

#: Why the verdict is what it is: stable, for programs; people read `note`.
Reason = Literal[
    "unreachable",
    "refused",
    "garbled",
    "nothing_found",
    "not_registered",
    "no_number",
    "title_alone",
    "several_works",
    "another_isan",
    "another_medium",
    "work_found",
    "namesake",
    "too_few_hints",
    "another_name",
    "person_found",
    "function_found",
    "well_formed",
    "malformed",
    "company_found",
    "another_activity",
    "another_company",
    "name_withheld",
    "closed",
]

#: What people read for each reason. `source`: the source's name; `found`: what it calls the work or the company.
NOTES: dict[Reason, Bilingual] = {
    "unreachable": Bilingual(
        "{source} n’a pas pu être consulté : cette vérification n’a pas eu lieu.",
        "{source} could not be reached: this check did not take place.",
    ),
    "refused": Bilingual(
        "{source} a refusé la demande : cette vérification n’a pas eu lieu.",
        "{source} refused the request: this check did not take place.",
    ),
    "garbled": Bilingual(
        "La réponse de {source} est illisible : elle n’est pas prise en compte.",
        "The answer of {source} cannot be read: it does not count.",
    ),
    "nothing_found": Bilingual(
        "{source} a été consulté et n’a rien trouvé, ce qui ne prouve rien : ces métiers y sont peu crédités.",
        "{source} was asked and found nothing, which proves nothing: these jobs are thinly credited there.",
    ),
    "not_registered": Bilingual(
        "{source} ne connaît pas ce SIREN, ce qui ne prouve rien : une société récente peut n’y être pas encore.",
        "{source} does not know this SIREN, which proves nothing: a recent company may not be there yet.",
    ),
    "no_number": Bilingual("Aucun numéro à vérifier.", "There is no number to check."),
    "title_alone": Bilingual(
        "{source} connaît « {found} » ; l’année ou la société manque pour être sûr qu’il s’agit de la même œuvre.",
        "{source} knows “{found}”; the year or the company is missing to be sure that it is the same work.",
    ),
    "several_works": Bilingual(
        "{source} connaît plusieurs œuvres intitulées « {found} » pour ces années : à vous de choisir.",
        "{source} knows several works called “{found}” in those years: it is for you to tell which.",
    ),
    "another_isan": Bilingual(
        "{source} connaît « {found} », sous un autre numéro ISAN que celui déclaré.",
        "{source} knows “{found}”, under another ISAN than the declared one.",
    ),
    "another_medium": Bilingual(
        "{source} connaît « {found} », un texte ou une musique, adaptés peut-être ; rien sur l’œuvre elle-même.",
        "{source} knows “{found}”, a text or a piece of music, adapted perhaps; nothing about the work itself.",
    ),
    "work_found": Bilingual(
        "{source} connaît « {found} » et n’y mentionne pas cette personne, ce qui ne prouve rien.",
        "{source} knows “{found}” and does not mention this person there, which proves nothing.",
    ),
    "namesake": Bilingual(
        "{source} crédite sur « {found} » quelqu’un de ce nom, sous un autre identifiant : un homonyme, sans doute.",
        "{source} credits someone of this name on “{found}”, under another identifier: a namesake, probably.",
    ),
    "too_few_hints": Bilingual(
        "{source} crédite sur « {found} » quelqu’un de ce nom. Il faut deux indices de plus pour écarter un homonyme.",
        "{source} credits someone of this name on “{found}”. Two more hints are needed to rule out a namesake.",
    ),
    "another_name": Bilingual(
        "{source} crédite sur « {found} » l’identifiant déclaré, sous un autre nom.",
        "{source} credits the declared identifier on “{found}”, under another name.",
    ),
    "person_found": Bilingual(
        "{source} crédite cette personne sur « {found} », sans préciser cette fonction.",
        "{source} credits this person on “{found}”, without saying in this function.",
    ),
    "function_found": Bilingual(
        "{source} crédite cette personne sur « {found} » dans cette fonction.",
        "{source} credits this person on “{found}” in this function.",
    ),
    "well_formed": Bilingual(
        "Le numéro ISAN est bien formé ; seul le registre ISAN dit quelle œuvre le porte.",
        "The ISAN is well formed; only the ISAN registry says which work carries it.",
    ),
    "malformed": Bilingual(
        "Le numéro est mal formé : une faute de frappe, sans doute.",
        "The number is malformed: a typing error, probably.",
    ),
    "company_found": Bilingual(
        "{source} connaît {found}, en activité, dans la production audiovisuelle.",
        "{source} knows {found}, active, in audiovisual production.",
    ),
    "another_activity": Bilingual(
        "{source} connaît {found}, en activité, sous une autre activité que la production audiovisuelle.",
        "{source} knows {found}, active, under another activity than audiovisual production.",
    ),
    "another_company": Bilingual(
        "Sous ce SIREN, {source} connaît une autre société : {found}.",
        "Under this SIREN, {source} knows another company: {found}.",
    ),
    "name_withheld": Bilingual(
        "{source} connaît ce SIREN, mais ne publie pas le nom de la société, à sa demande.",
        "{source} knows this SIREN but does not publish the company’s name, at its request.",
    ),
    "closed": Bilingual("{source} dit que {found} a cessé son activité.", "{source} says that {found} has closed."),
}

#: Failures, and answers that say nothing: they never count for or against a claim.
SAYS_NOTHING: frozenset[Verdict] = frozenset({"silent", "error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """`level`: the highest fact that the verdict is about, None for a company. `scores`: name → whole hundredths.
    `url`: where a person can look. `payload_hash`: SHA-256, in hexadecimal, of what was answered. Times are stamps."""

    source: str
    verdict: Verdict
    level: Level | None
    reason: Reason
    note: Bilingual
    matched_fields: tuple[str, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    url: str | None = None
    retrieved_at: str
    expires_at: str
    licence: str
    payload_hash: str | None = None

    @property
    def proves(self) -> Level | None:
        """The highest fact that it confirms. One that is partly confirmed, or contradicted, leaves those before it
        confirmed: a source comes to a person only through the work."""
        if self.level is None or self.verdict in SAYS_NOTHING:
            return None
        index = LEVELS.index(self.level)
        if self.verdict == "confirms":
            return self.level
        return LEVELS[index - 1] if index else None

    def is_current(self, now: datetime) -> bool:
        return stamp(now) < self.expires_at

    def to_item(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "verdict": self.verdict,
            "level": self.level,
            "reason": self.reason,
            "note": {"fr": self.note.fr, "en": self.note.en},
            "matched_fields": list(self.matched_fields),
            "scores": dict(self.scores),
            "url": self.url,
            "retrieved_at": self.retrieved_at,
            "expires_at": self.expires_at,
            "licence": self.licence,
            "payload_hash": self.payload_hash,
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Evidence:
        return cls(
            source=item["source"],
            verdict=item["verdict"],
            level=item["level"],
            reason=item["reason"],
            note=Bilingual(item["note"]["fr"], item["note"]["en"]),
            matched_fields=tuple(item["matched_fields"]),
            scores=dict(item["scores"]),
            url=item["url"],
            retrieved_at=item["retrieved_at"],
            expires_at=item["expires_at"],
            licence=item["licence"],
            payload_hash=item["payload_hash"],
        )


def proven(level: Level | None, evidence: Iterable[Evidence], now: datetime) -> Level | None:
    """The highest of the fact already established and those that current evidence confirms. It never goes down:
    silence and failures change nothing, and what contradicts is for a person to judge."""
    reached = [level, *(one.proves for one in evidence if one.is_current(now))]
    known = [LEVELS.index(one) for one in reached if one is not None]
    return LEVELS[max(known)] if known else None
