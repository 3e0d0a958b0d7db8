"""Whether what a source knows is what somebody claims: pure, the same for every catalogue.

A work is the claimed one when the titles say so (the matcher judges, with aliases) and the year, give or take one, the
company or the ISAN agrees. A person is never recognised by name alone: two independent hints beside it, out of a number
that both sides give, the company, and another work that the same person claims.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.numbers import same_isan_work, same_number
from chalicelib.verification.sources.desk import Finding
from chalicelib.verification.sources.port import FoundCredit, FoundPerson, FoundWork, Match, Matcher
from chalicelib.vocabulary.company_names import company_key
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy

#: Years between what is declared and what a catalogue says: production, festivals and broadcast differ.
YEARS_APART = 1
#: Hints, beside the name, that make a person.
HINTS_NEEDED = 2

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known work that bears the claimed title in the claimed years. `agreeing`: which fields say so beside it."""

    work: FoundWork
    match: Match
    agreeing: tuple[str, ...]


def candidates(claim: WorkClaim, works: Iterable[FoundWork], same_work: Matcher) -> tuple[Candidate, ...]:
    """Those that may be the claimed work, the likeliest first."""
    found = []
    for work in works:
        match = same_work(claim.work, _as_claimed_in(claim.year, work))
        if not match.same or (match.year_distance is not None and match.year_distance > YEARS_APART):
            continue
        agreeing = ["title"]
        if _year_is_known(claim.year, work):
            agreeing.append("year")
        if claim.company and any(same_company(claim.company, company) for company in work.companies):
            agreeing.append("company")
        if claim.isan and any(same_isan_work(claim.isan, isan) for isan in work.isans):
            agreeing.append("isan")
        found.append(Candidate(work, match, tuple(agreeing)))
    return tuple(
        sorted(found, key=lambda one: (not one.work.audiovisual, -len(one.agreeing), -one.match.score, one.work.ref))
    )


def nothing_found() -> Finding:
    return Finding(verdict="silent", level="work", reason="nothing_found")


def judge(claim: WorkClaim, found: Sequence[Candidate], same_work: Matcher) -> Finding:
    """What the best of the candidates says of the claim; their works carry the credits that the source knows."""
    if not found:
        return nothing_found()
    best = found[0]
    if not best.work.audiovisual:
        finding = Finding(verdict="silent", level="work", reason="another_medium")
    elif len(best.agreeing) == 1:
        finding = Finding(verdict="partial", level="work", reason="title_alone")
    elif claim.isan and best.work.isans and "isan" not in best.agreeing:
        finding = Finding(verdict="partial", level="work", reason="another_isan")
    elif any(one.work.audiovisual and one.agreeing == best.agreeing for one in found[1:]):
        finding = Finding(verdict="partial", level="work", reason="several_works")
    else:
        finding = _judge_person(claim, best, same_work)
    return replace(
        finding,
        found=best.work.title,
        url=best.work.url,
        matched_fields=(*best.agreeing, *finding.matched_fields),
        scores={"title": round(best.match.score * 100)},
    )


def _judge_person(claim: WorkClaim, best: Candidate, same_work: Matcher) -> Finding:
    judged = [_judge_credit(claim, best, credit, same_work) for credit in best.work.credits]
    known = [finding for finding in judged if finding is not None]
    if not known:
        return Finding(verdict="confirms", level="work", reason="work_found")
    ladder = ("function_found", "person_found", "too_few_hints", "another_name", "namesake")
    return min(known, key=lambda finding: (ladder.index(finding.reason), -len(finding.matched_fields)))


def _judge_credit(claim: WorkClaim, best: Candidate, credit: FoundCredit, same_work: Matcher) -> Finding | None:
    """What one credit says; None when it is somebody else's."""
    person = credit.person
    shared = [scheme for scheme in claim.person_ids if scheme in person.ids]
    agreeing = [scheme for scheme in shared if same_number(claim.person_ids[scheme], person.ids[scheme])]
    if not any(same_name(claim.person_name, name) for name in person.names):
        if agreeing:
            return Finding(
                verdict="partial", level="participation", reason="another_name", matched_fields=("person_id",)
            )
        return None
    if shared and not agreeing:
        return Finding(verdict="confirms", level="work", reason="namesake")
    # Numbers are declared by the person: several of them are still one hint.
    hints = ["person_id"] if agreeing else []
    if "company" in best.agreeing:
        hints.append("company")
    if _is_credited_elsewhere(claim, person, same_work):
        hints.append("other_work")
    fields = ("person_name", *(hint for hint in hints if hint != "company"))
    if len(hints) < HINTS_NEEDED:
        return Finding(verdict="partial", level="participation", reason="too_few_hints", matched_fields=fields)
    if any(is_function(job, claim.function) for job in credit.jobs):
        return Finding(
            verdict="confirms", level="function", reason="function_found", matched_fields=(*fields, "function")
        )
    return Finding(verdict="confirms", level="participation", reason="person_found", matched_fields=fields)


def _is_credited_elsewhere(claim: WorkClaim, person: FoundPerson, same_work: Matcher) -> bool:
    for claimed in claim.other_works:
        for known in person.other_works:
            # The claimed work itself, under another of its titles, says nothing new.
            if same_work(claim.work, known).same:
                continue
            match = same_work(claimed, known)
            if match.same and match.year_distance is not None and match.year_distance <= YEARS_APART:
                return True
    return False


# Years ----------------------------------------------------------------------------------------------------------------


def _as_claimed_in(year: int | None, work: FoundWork) -> WorkTitle:
    """The work under the year of its run that is nearest to the claimed one: a credit on the fourth season is dated by
    that season, the series by its first."""
    nearest = work.first_year
    if year is not None and work.first_year is not None and year > work.first_year and work.kind == "series":
        nearest = year if work.last_year is None else min(year, work.last_year)
    return WorkTitle(
        title=work.title,
        year=nearest,
        kind=work.kind,
        original_title=work.original_title,
        aliases=work.aliases,
    )


def _year_is_known(year: int | None, work: FoundWork) -> bool:
    """Whether the catalogue's own dates bear out the year. A series without an end proves nothing of later years."""
    if year is None or work.first_year is None:
        return False
    last = work.first_year if work.last_year is None or work.kind != "series" else work.last_year
    return work.first_year - YEARS_APART <= year <= last + YEARS_APART


# Names ----------------------------------------------------------------------------------------------------------------


def same_name(one: str, other: str) -> bool:
    """Whether two names are one person's, however they are written: "Morvan, Éloïse", "Eloise MORVAN". The same words,
    no more and no fewer."""
    words = sorted(_words(one))
    return bool(words) and words == sorted(_words(other))


def same_company(one: str, other: str) -> bool:
    """Whether two names are one company's: the same words in order, legal forms and a final "production(s)" aside."""
    return bool(company_key(one)) and company_key(one) == company_key(other)


def is_function(job: str, function: str) -> bool:
    """Whether a job, as a catalogue words it, is this function, by the labels and synonyms of the taxonomy. An unknown
    function is nobody's job."""
    return " ".join(_words(job)) in _wordings(taxonomy()).get(function, frozenset())


@lru_cache(maxsize=1)
def _wordings(in_force: Taxonomy) -> dict[str, frozenset[str]]:
    roles = in_force.dimensions["roles"].entries.values()
    known = {}
    for role in roles:
        texts = [part for label in role.labels.values() for part in re.split(r"[/()]", label)]
        texts += [word for words in role.synonyms.values() for word in words]
        known[role.id] = frozenset(" ".join(_words(text)) for text in texts) - {""}
    return known


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return _WORD.findall("".join(char for char in decomposed if not unicodedata.combining(char)))
