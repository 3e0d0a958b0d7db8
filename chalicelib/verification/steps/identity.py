"""One person, one profile; one company, once: whether somebody else has the same address, name and work, number in a
catalogue of people, or SIREN."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence, Set
from hashlib import sha256
from typing import Protocol

from chalicelib.verification.mailboxes import mailbox
from chalicelib.verification.steps.contract import StepResult, TaskContext, against
from chalicelib.verification.subjects import Claim, CompanyClaim, Subject
from chalicelib.vocabulary.text import Bilingual

_SAME_ADDRESS = Bilingual(
    "Un autre profil a été déposé depuis la même adresse.", "Another profile was submitted from the same address."
)
_SAME_WORK = Bilingual(
    "Un autre profil porte le même nom et le même crédit.", "Another profile carries the same name and the same credit."
)
_SAME_COMPANY = Bilingual("Une autre fiche porte le même SIREN.", "Another entry carries the same SIREN.")


_SAME_ID = Bilingual(
    "Un autre profil donne le même identifiant {catalogue}.", "Another profile gives the same {catalogue} identifier."
)
#: Numbers by which people are known, as findings call their catalogues.
_CATALOGUES = {"isni": "ISNI", "wikidata": "Wikidata", "bnf": "BnF", "imdb": "IMDb"}


class Prints(Protocol):
    def leave_prints(self, profile_id: str, digests: Sequence[str]) -> dict[str, list[str]]:
        """Leaves these for this profile or company in the place of those that it left before, and says who else left
        them: digest → their ids."""

    def forget_prints(self, profile_id: str, digests: Sequence[str]) -> None:
        """Takes these of this profile or company away."""


class Claims(Protocol):
    def claim(self, subject: Subject) -> Claim | None:
        """What the subject claims now; None when it is there no more."""


def run(task: TaskContext) -> StepResult:
    """A person's when somebody else looks like the same; done otherwise."""
    by_address = _print_of_an_address(task)
    prints = _prints(task.claim) | by_address
    shared = task.means.prints.leave_prints(_holder(task.claim).subject_id, sorted(prints))
    standing = _still_standing(task, shared, by_address.keys())
    said = dict(prints[digest] for digest in sorted(standing))
    findings = tuple(against("identity", reason, note) for reason, note in sorted(said.items()))
    return StepResult("needs_human" if findings else "done", findings)


def _still_standing(task: TaskContext, shared: Mapping[str, Sequence[str]], by_address: Set[str]) -> set[str]:
    """Those of the shared prints that are still true of somebody else who left them. Whoever has corrected what they
    say, or is there no more, must not make anyone suspect: what they left goes. `by_address`: prints of what no profile
    says, which stand while the other does."""
    prints, kind = task.means.prints, _holder(task.claim).kind
    found: set[str] = set()
    for other in sorted({other for others in shared.values() for other in others}):
        digests = {digest for digest, others in shared.items() if other in others}
        claim = task.means.claims.claim(Subject(kind, other))
        if claim is None:
            prints.leave_prints(other, ())
            continue
        true = digests & (_prints(claim).keys() | by_address)
        if true != digests:
            prints.forget_prints(other, sorted(digests - true))
        found |= true
    return found


def _holder(claim: Claim) -> Subject:
    if isinstance(claim, CompanyClaim):
        return Subject("company", claim.company_id)
    return Subject("profile", claim.profile_id)


def _prints(claim: Claim) -> dict[str, tuple[str, Bilingual]]:
    """Digest → what it would mean that somebody else has the same."""
    if isinstance(claim, CompanyClaim):
        return {_digest("siren", claim.siren): ("same_company", _SAME_COMPANY)}
    # Some put their surname first.
    name = "".join(sorted(map(folded, claim.person_name.split())))
    works = {_digest("work", name, folded(credit.title), str(credit.year)) for credit in claim.credits}
    prints = dict.fromkeys(works, ("same_work", _SAME_WORK))
    for scheme, number in claim.external_ids.items():
        note = _SAME_ID.format(catalogue=_CATALOGUES[scheme])
        prints[_digest("id", scheme, number)] = (f"same_{scheme}", note)
    return prints


def _print_of_an_address(task: TaskContext) -> dict[str, tuple[str, Bilingual]]:
    """Of a person: colleagues may declare several companies from one address."""
    email = task.case.contact.email
    if isinstance(task.claim, CompanyClaim) or not email:
        return {}
    return {_digest("email", mailbox(email.strip())): ("same_address", _SAME_ADDRESS)}


def folded(text: str) -> str:
    """Without accents, case and whatever is neither letter nor digit."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
