"""The years that a person's work covers: declared, and shown so far. Levels are computed from verified years by
profiles alone; here a reviewer sees what the case would change, and what looks odd."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from chalicelib.verification.facts_of_credit import CreditFacts
from chalicelib.verification.junior_path import LABELS, PathKind, kinds_among
from chalicelib.verification.models import Finding
from chalicelib.verification.steps.contract import StepResult, TaskContext, noticed
from chalicelib.verification.subjects import LEVELS, CreditClaim, ProfileClaim
from chalicelib.vocabulary.text import LANGUAGES, Bilingual

#: Work on one title that would last longer is looked at: a daily series may, a film does not.
LONGEST_YEARS = 10

#: From which step of the ladder on a credit shows the person at that work, as levels count it.
_TOOK_PART = LEVELS.index("participation") + 1

_YEARS = Bilingual("{function} : {declared}, {shown}.", "{function}: {declared}, {shown}.")
_LONG = Bilingual(
    "Travail de plus de dix ans sur un même titre : dates à confirmer.",
    "More than ten years of work on one title: dates to be confirmed.",
)
_PATH = Bilingual("Parcours : {kind}, pièce jointe à examiner.", "Background: {kind}, a file to be looked at.")
_NO_CREDIT = Bilingual(
    "Aucun crédit : parcours à établir par diplôme, stage, fiches de lecture ou référents.",
    "No credit: background to be shown by a diploma, an internship, reading reports or referees.",
)


class KnownFacts(Protocol):
    def facts(self, profile_id: str) -> dict[str, CreditFacts]:
        """By credit id."""


def run(task: TaskContext) -> StepResult:
    claim = task.claim
    assert isinstance(claim, ProfileClaim)  # planned for profiles alone
    path = [_path(kind) for kind in _path_kinds(task)]
    if not claim.credits:
        return StepResult("needs_human", tuple(path) or (noticed("experience", "junior_path", _NO_CREDIT),))
    known = task.means.known_facts.facts(claim.profile_id)
    shown = [
        credit
        for credit in claim.credits
        if credit.credit_id in known and known[credit.credit_id].rank(credit.digest, task.now) >= _TOOK_PART
    ]
    findings = [*_years(claim.credits, years_by_function(shown)), *_odd(claim.credits), *path]
    return StepResult("needs_human" if len(findings) > len(_functions(claim)) else "done", tuple(findings))


def years_by_function(credits: Iterable[CreditClaim]) -> dict[str, set[int]]:
    """Calendar years, each counted once whatever the number of credits in it."""
    years: dict[str, set[int]] = {}
    for credit in credits:
        years.setdefault(credit.function, set()).update(range(credit.started_year or credit.year, credit.year + 1))
    return years


def _path_kinds(task: TaskContext) -> tuple[PathKind, ...]:
    """What the files of the case say of a junior's own path, those left out that were refused or sent by another."""
    files = task.means.evidence_files.of_case(task.case.case_id)
    return kinds_among(file.kind for file in files if file.state == "checked" and not file.reused)


def _path(kind: PathKind) -> Finding:
    label = LABELS[kind]
    return noticed("experience", kind, Bilingual(_PATH.fr.format(kind=label.fr), _PATH.en.format(kind=label.en)))


def _functions(claim: ProfileClaim) -> set[str]:
    return {credit.function for credit in claim.credits}


def _years(credits: Iterable[CreditClaim], shown: Mapping[str, set[int]]) -> list[Finding]:
    return [
        noticed(
            "experience",
            "years",
            _said(function, len(years), len(shown.get(function, ()))),
        )
        for function, years in sorted(years_by_function(credits).items())
    ]


def _said(function: str, declared: int, shown: int) -> Bilingual:
    from chalicelib.vocabulary.taxonomy import taxonomy

    words = taxonomy()
    name = dict.fromkeys(LANGUAGES, function)
    if words.knows("roles", function):
        name = {language: words.label("roles", function, language) for language in LANGUAGES}
    # In French, zero and one take the singular.
    return Bilingual(
        _YEARS.fr.format(
            function=name["fr"],
            declared=f"{declared} année{'s' * (declared > 1)} déclarée{'s' * (declared > 1)}",
            shown=f"dont {shown} déjà vérifiée{'s' * (shown > 1)}" if shown else "aucune encore vérifiée",
        ),
        _YEARS.en.format(
            function=name["en"],
            declared=f"{declared} year{'s' * (declared != 1)} declared",
            shown=f"{shown} verified already" if shown else "none verified yet",
        ),
    )


def _odd(credits: Iterable[CreditClaim]) -> list[Finding]:
    return [
        noticed("experience", "long_work", _LONG, credit_id=credit.credit_id)
        for credit in credits
        if credit.started_year is not None and credit.year - credit.started_year >= LONGEST_YEARS
    ]
