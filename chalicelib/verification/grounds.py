"""Why a case was decided as it was: a closed list, so that like cases are told alike and can be counted."""

from __future__ import annotations

from typing import Literal, get_args

from chalicelib.verification.states import Outcome
from chalicelib.verification.subjects import Kind
from chalicelib.vocabulary.text import Bilingual

Ground = Literal[
    "all_confirmed",
    "confirmed_in_part",
    "junior_path_confirmed",
    "company_confirmed",
    "documents_missing",
    "documents_contradict",
    "sources_contradict",
    "forged_document",
    "same_person_twice",
    "not_a_production_company",
    "mandate_not_shown",
    "established_wrongly",
]
GROUNDS: tuple[Ground, ...] = get_args(Ground)

LABELS: dict[Ground, Bilingual] = {
    "all_confirmed": Bilingual("Tout ce qui est déclaré est confirmé", "Everything declared is confirmed"),
    "confirmed_in_part": Bilingual("Une partie est confirmée", "Part of it is confirmed"),
    "junior_path_confirmed": Bilingual(
        "Parcours confirmé : diplôme, stage, fiches de lecture ou référents",
        "Background confirmed: diploma, internship, reading reports or referees",
    ),
    "company_confirmed": Bilingual("Société et mandat confirmés", "Company and mandate confirmed"),
    "documents_missing": Bilingual("Les justificatifs manquent", "Supporting documents are missing"),
    "documents_contradict": Bilingual(
        "Les justificatifs contredisent la déclaration", "The documents contradict the declaration"
    ),
    "sources_contradict": Bilingual(
        "Les sources consultées contredisent la déclaration", "The sources consulted contradict the declaration"
    ),
    "forged_document": Bilingual("Un justificatif est falsifié", "A document is forged"),
    "same_person_twice": Bilingual("Cette personne a déjà un profil", "This person already has a profile"),
    "not_a_production_company": Bilingual(
        "La société ne produit pas de fiction audiovisuelle", "The company does not produce screen drama"
    ),
    "mandate_not_shown": Bilingual(
        "Le mandat au sein de la société n’est pas établi", "The mandate within the company is not shown"
    ),
    "established_wrongly": Bilingual("Un fait avait été établi par erreur", "A fact had been established by mistake"),
}

#: Grounds that say what is confirmed: a refusal has none of them.
_CONFIRMING: frozenset[Ground] = frozenset(
    {"all_confirmed", "confirmed_in_part", "junior_path_confirmed", "company_confirmed"}
)
_OF_COMPANIES: frozenset[Ground] = frozenset({"company_confirmed", "not_a_production_company", "mandate_not_shown"})
_OF_PEOPLE: frozenset[Ground] = frozenset({"confirmed_in_part", "junior_path_confirmed", "same_person_twice"})


def fits(ground: Ground, kind: Kind, outcome: Outcome, *, takes_away: bool) -> bool:
    """Whether the ground can be the reason of this outcome for such a subject. `takes_away`: something that had been
    granted is taken back, which is what the ground then explains, whatever is left."""
    if ground in (_OF_PEOPLE if kind == "company" else _OF_COMPANIES):
        return False
    if outcome == "refused":
        return ground not in _CONFIRMING
    if outcome == "partly_verified":
        return ground != "all_confirmed"
    return takes_away or ground in _CONFIRMING - {"confirmed_in_part"}
