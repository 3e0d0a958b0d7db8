"""The hard rules as they are told: to a producer, who asks why somebody is not proposed, and to the person.

obstacles(brief, candidate, today) -> tuple[Obstacle, ...]     every rule that is not met, in the published order
lifted(candidate, obstacle, brief, today) -> CandidateSnapshot   the same person, had the rule been met
to_producer(obstacle, taxonomy), to_freelancer(obstacle, taxonomy) -> Bilingual
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chalicelib.matching.eligibility import Obstacle, obstacle, start_window
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.wording import NARROW, day, join, phrase
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

_COMMA = Bilingual(", ", ", ")

#: What a profile that nobody has submitted yet can do, and one that waits.
_UNVERIFIED = {
    "draft": Bilingual(
        "Votre profil n’est pas encore vérifié. Demandez sa vérification pour pouvoir être proposé.",
        "Your profile is not verified yet. Ask for its verification to be proposed.",
    ),
    "submitted": Bilingual(
        "Votre profil attend sa vérification. Il pourra être proposé dès qu’elle sera faite.",
        "Your profile is waiting to be verified. It can be proposed as soon as that is done.",
    ),
}

_PAUSED = Bilingual(
    f"Votre profil est en pause{NARROW}: il n’est proposé pour aucun projet. Reprenez quand vous le souhaitez.",
    "Your profile is paused: it is proposed for no project. Resume whenever you like.",
)
_NOT_NOW = Bilingual(
    "Cette personne ne souhaite pas être proposée en ce moment.", "They do not wish to be proposed at the moment."
)


def obstacles(brief: BriefSnapshot, candidate: CandidateSnapshot, today: date) -> tuple[Obstacle, ...]:
    found: list[Obstacle] = []
    while (one := obstacle(brief, candidate, today)) is not None:
        found.append(one)
        candidate = lifted(candidate, one, brief, today)
    return tuple(found)


def lifted(candidate: CandidateSnapshot, one: Obstacle, brief: BriefSnapshot, today: date) -> CandidateSnapshot:
    if one.code == "role":
        return replace(candidate, roles=(*candidate.roles, brief.role))
    if one.code == "verification":
        return replace(candidate, verification="verified")
    if one.code == "paused":
        return replace(candidate, paused=False)
    if one.code == "language":
        return replace(candidate, languages=(*candidate.languages, *one.facts["missing"]))
    return replace(candidate, availability=(*candidate.availability, start_window(brief, today)))


def to_producer(one: Obstacle, taxonomy: Taxonomy) -> Bilingual:
    if one.code == "role":
        trade = phrase(taxonomy, "roles", one.facts["wanted"])
        return Bilingual(
            f"Cette personne n’exerce pas, ou plus, le métier recherché{NARROW}: {trade.fr}.",
            f"They do not, or no longer, have the role wanted: {trade.en}.",
        )
    if one.code == "verification":
        return Bilingual("Ce profil n’est pas vérifié.", "This profile is not verified.")
    if one.code == "paused":
        return _NOT_NOW
    if one.code == "language":
        missing = _languages(one, taxonomy)
        return Bilingual(
            f"Langue de travail demandée, absente du profil{NARROW}: {missing.fr}.",
            f"Working language asked for, not on the profile: {missing.en}.",
        )
    days = between(one)
    return Bilingual(
        f"Aucune disponibilité {days.fr}, quand le travail peut utilement commencer.",
        f"Not available {days.en}, when the work can usefully start.",
    )


def to_freelancer(one: Obstacle, taxonomy: Taxonomy) -> Bilingual:
    """With what to do about it."""
    if one.code == "role":
        trade = phrase(taxonomy, "roles", one.facts["wanted"])
        return Bilingual(
            f"Le projet cherche un autre métier{NARROW}: {trade.fr}. Ajoutez-le à votre profil si vous l’exercez.",
            f"The project wants another role: {trade.en}. Add it to your profile if it is yours.",
        )
    if one.code == "verification":
        return _UNVERIFIED.get(one.facts["status"], _UNVERIFIED["draft"])
    if one.code == "paused":
        return _PAUSED
    if one.code == "language":
        missing = _languages(one, taxonomy)
        return Bilingual(
            f"Le projet demande une langue de travail que votre profil n’a pas{NARROW}: {missing.fr}. "
            "Ajoutez-la si vous y travaillez.",
            f"The project asks for a working language that your profile does not have: {missing.en}. "
            "Add it if you work in it.",
        )
    days = between(one)
    return Bilingual(
        f"Le travail commence {days.fr}, et votre profil n’indique aucune disponibilité à ce moment-là. "
        "Ajoutez-en une si vous êtes libre.",
        f"The work starts {days.en}, and your profile shows no availability then. Add one if you are free.",
    )


def between(one: Obstacle) -> Bilingual:
    """When one must be free to start, of an obstacle of availability."""
    first, last = (date.fromisoformat(one.facts[name]) for name in ("first_start", "latest_useful_start"))
    begins, ends = day(first), day(last)
    if first == last:
        return Bilingual(f"le {begins.fr}", f"on {begins.en}")
    return Bilingual(f"entre le {begins.fr} et le {ends.fr}", f"between {begins.en} and {ends.en}")


def _languages(one: Obstacle, taxonomy: Taxonomy) -> Bilingual:
    return join([phrase(taxonomy, "languages", language) for language in one.facts["missing"]], _COMMA)
