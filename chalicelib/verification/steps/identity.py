"""One person, one profile; one company, once: whether somebody else has the same address, name and work, or SIREN."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from chalicelib.verification.mailboxes import mailbox
from chalicelib.verification.steps.contract import StepResult, TaskContext, against
from chalicelib.verification.subjects import CompanyClaim, ProfileClaim
from chalicelib.vocabulary.text import Bilingual

_SAME_ADDRESS = Bilingual(
    "Un autre profil a été déposé depuis la même adresse.", "Another profile was submitted from the same address."
)
_SAME_WORK = Bilingual(
    "Un autre profil porte le même nom et le même crédit.", "Another profile carries the same name and the same credit."
)
_SAME_COMPANY = Bilingual("Une autre fiche porte le même SIREN.", "Another entry carries the same SIREN.")


class Prints(Protocol):
    def leave_prints(self, profile_id: str, digests: Sequence[str]) -> dict[str, list[str]]:
        """Leaves these for this profile or company, and says who else left them: digest → their ids."""


def run(task: TaskContext) -> StepResult:
    """A person's when somebody else looks like the same; done otherwise."""
    claim = task.claim
    if isinstance(claim, CompanyClaim):
        prints = {_digest("siren", claim.siren): ("same_company", _SAME_COMPANY)}
        holder = claim.company_id
    else:
        prints = _prints_of_a_person(claim, task.case.contact.email)
        holder = claim.profile_id
    shared = task.means.prints.leave_prints(holder, sorted(prints))
    said = dict(prints[digest] for digest in sorted(shared))
    findings = tuple(against("identity", reason, note) for reason, note in sorted(said.items()))
    return StepResult("needs_human" if findings else "done", findings)


def _prints_of_a_person(claim: ProfileClaim, email: str) -> dict[str, tuple[str, Bilingual]]:
    prints = {_digest("email", mailbox(email.strip())): ("same_address", _SAME_ADDRESS)} if email else {}
    # Some put their surname first.
    name = "".join(sorted(map(folded, claim.person_name.split())))
    for credit in claim.credits:
        digest = _digest("work", name, folded(credit.title), str(credit.year))
        prints[digest] = ("same_work", _SAME_WORK)
    return prints


def folded(text: str) -> str:
    """Without accents, case and whatever is neither letter nor digit."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
