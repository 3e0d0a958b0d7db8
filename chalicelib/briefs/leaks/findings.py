"""What the check is told, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from chalicelib.vocabulary.text import Bilingual

Kind = Literal[
    "company",
    "acronym",
    "person",
    "domain",
    "email",
    "phone",
    "url",
    "handle",
    "siren",
    "address",
    "title",
    "broadcaster",
    "combination",
]
Severity = Literal["block", "warn"]
#: What a text is for, where that tells: a message speaks of whoever writes it, a logline of a story.
Where = Literal["logline", "pitch", "message"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody may learn before the reveal; every field may be empty.

    `names` are legal and trade names, `people` full names, `titles` the confidential title and its variants,
    `broadcasters` the labels of the targeted broadcaster ("France 2", or with a slot: "France 2, mercredi soir").
    """

    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    siren: str | None = None
    domains: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    broadcasters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`start` and `end` count the code points of the text as it was given. `wording` can take the place of
    `text[start:end]`. `companies`, of a combination only: how many verified companies would fit, None when nobody
    counted."""

    kind: Kind
    start: int
    end: int
    severity: Severity
    reason: Bilingual
    wording: Bilingual
    companies: int | None = None


class Spot(NamedTuple):
    """A passage that tells, before it is worded."""

    kind: Kind
    start: int
    end: int
    severity: Severity = "block"


_REASONS: dict[Kind, Bilingual] = {
    "company": Bilingual(
        "Ce passage nomme votre société : elle reste masquée jusqu’à la levée de l’anonymat.",
        "This names your company, which stays hidden until the reveal.",
    ),
    "acronym": Bilingual(
        "Ce sigle désigne votre société : elle reste masquée jusqu’à la levée de l’anonymat.",
        "These initials stand for your company, which stays hidden until the reveal.",
    ),
    "person": Bilingual("Ce passage nomme une personne de votre société.", "This names somebody from your company."),
    "domain": Bilingual("Ce nom de domaine mène à votre société.", "This domain name leads to your company."),
    "email": Bilingual(
        "Une adresse e-mail permet de savoir qui écrit ; les coordonnées s’échangent à la levée de l’anonymat.",
        "An e-mail address tells who is writing; contact details are exchanged at the reveal.",
    ),
    "phone": Bilingual(
        "Un numéro de téléphone permet de savoir qui écrit ; les coordonnées s’échangent à la levée de l’anonymat.",
        "A phone number tells who is writing; contact details are exchanged at the reveal.",
    ),
    "url": Bilingual(
        "Un lien peut mener à celui qui l’écrit ; les liens s’échangent à la levée de l’anonymat.",
        "A link may lead to whoever wrote it; links are exchanged at the reveal.",
    ),
    "handle": Bilingual(
        "Un compte de réseau social ou de messagerie permet de savoir qui écrit.",
        "An account on a social network or messenger tells who is writing.",
    ),
    "siren": Bilingual(
        "Ce numéro d’immatriculation désigne une société et une seule.",
        "This registration number stands for one company only.",
    ),
    "address": Bilingual(
        "Une adresse permet de savoir quelle société s’y trouve.",
        "An address tells which company is there.",
    ),
    "title": Bilingual(
        "Ce passage donne le titre confidentiel, entier, traduit ou abrégé.",
        "This gives away the confidential title, whole, translated or shortened.",
    ),
    "broadcaster": Bilingual(
        "Ce passage donne le diffuseur visé ; dans la profession, il suffit souvent à reconnaître le projet.",
        "This gives away the targeted broadcaster, which is often enough for the trade to recognise the project.",
    ),
    "combination": Bilingual(
        "Réunis, ces détails désignent peu de sociétés.", "Together these details point to few companies."
    ),
}
_WARNED: dict[Kind, Bilingual] = {
    "title": Bilingual(
        "Ces mots sont aussi ceux du titre confidentiel ; vérifiez qu’on ne l’y reconnaît pas.",
        "These words are also those of the confidential title; make sure that nobody recognises it here.",
    ),
    "company": Bilingual(
        "Ces mots sont aussi ceux du nom de votre société ; vérifiez qu’on ne l’y reconnaît pas.",
        "These words are also those of your company’s name; make sure that nobody recognises it here.",
    ),
    "broadcaster": Bilingual(
        "Cette case de programmation peut désigner le diffuseur visé.",
        "This slot may point to the targeted broadcaster.",
    ),
}
_WORDINGS: dict[Kind, Bilingual] = {
    "company": Bilingual("notre société de production", "our production company"),
    "acronym": Bilingual("notre société", "our company"),
    "person": Bilingual("une personne de notre équipe", "somebody on our team"),
    "domain": Bilingual("notre site", "our website"),
    "email": Bilingual("la messagerie de la plateforme", "the platform’s messages"),
    "phone": Bilingual("la messagerie de la plateforme", "the platform’s messages"),
    "url": Bilingual("un lien communiqué à la levée de l’anonymat", "a link to be shared at the reveal"),
    "handle": Bilingual("la messagerie de la plateforme", "the platform’s messages"),
    "siren": Bilingual("une société vérifiée", "a verified company"),
    "address": Bilingual("nos bureaux", "our office"),
    "title": Bilingual("le projet", "the project"),
    "broadcaster": Bilingual("un diffuseur", "a broadcaster"),
    "combination": Bilingual("une société de production", "a production company"),
}
CONTACT_KINDS: frozenset[Kind] = frozenset({"email", "phone", "url", "handle", "domain", "siren", "address"})
_MASKS = {
    True: Bilingual("[coordonnées masquées]", "[contact details hidden]"),
    False: Bilingual("[masqué]", "[hidden]"),
}
#: Which kind a passage is called that is several: what says most about it first.
_RANK: tuple[Kind, ...] = (
    "email",
    "url",
    "siren",
    "handle",
    "phone",
    "address",
    "company",
    "domain",
    "acronym",
    "person",
    "title",
    "broadcaster",
    "combination",
)


def worded(spot: Spot) -> Finding:
    reason = _WARNED.get(spot.kind, _REASONS[spot.kind]) if spot.severity == "warn" else _REASONS[spot.kind]
    return Finding(spot.kind, spot.start, spot.end, spot.severity, reason, _WORDINGS[spot.kind])


def mask(kind: Kind) -> Bilingual:
    """What stands in the place of a passage that somebody else may not read."""
    return _MASKS[kind in CONTACT_KINDS]


def settled(spots: list[Spot]) -> list[Spot]:
    """Sorted; spots of one severity that overlap are one. What blocks is not warned of again."""
    blocking = _merged([spot for spot in spots if spot.severity == "block"])
    warnings = [
        spot
        for spot in _merged([spot for spot in spots if spot.severity == "warn"])
        if not any(spot.start < other.end and other.start < spot.end for other in blocking)
    ]
    return sorted([*blocking, *warnings], key=lambda spot: (spot.start, spot.end))


def _merged(spots: list[Spot]) -> list[Spot]:
    done: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.start, -one.end)):
        if done and spot.start < done[-1].end:
            last = done[-1]
            kind = min(last.kind, spot.kind, key=_RANK.index)
            done[-1] = Spot(kind, last.start, max(last.end, spot.end), spot.severity)
        else:
            done.append(spot)
    return done
