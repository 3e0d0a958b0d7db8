"""What speaks for somebody: up to three sentences of facts, told to themselves of a project that fits them.

    merits(card, person, version, weights=, taxonomy=, today=) -> tuple[Bilingual, ...]

The sentences are those of a seat (`reasons`), made from the card alone, which is what their own screen judges by: who
is behind a project is in none of them, and neither is anything that only the company knows. No broadcaster either, not
even that of their own work: beside a project's code name it would read as the project's. Nobody else is read for it:
how rare something is among all changes a score, and no fact.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from chalicelib.matching.documents import prepare
from chalicelib.matching.index import alone
from chalicelib.matching.reasons import Reason, reasons
from chalicelib.matching.scoring import Scorer
from chalicelib.matching.seats import RANK
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import Weights
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

MOST_TOLD = 3


def merits(
    card: BriefSnapshot,
    person: CandidateSnapshot,
    version: int,
    *,
    weights: Weights,
    taxonomy: Taxonomy,
    today: date,
) -> tuple[Bilingual, ...]:
    """Their works first, then their experience and when they are free: at most `MOST_TOLD`, one at least."""
    scorer = Scorer(
        card, [alone(version, prepare(person))], weights=weights, taxonomy=taxonomy, today=today, everyone=True
    )
    scored = scorer.explain(0, scorer.points(0, np.zeros(1, np.int64)), 0, person.verified_ids)
    unnamed = replace(person, credits=tuple(replace(one, broadcaster=None) for one in person.credits))
    found = reasons(card, unnamed, RANK, scored, taxonomy=taxonomy, today=today)
    telling = [one for one in found if _speaks_for_them(one)] or list(found[:1])
    return tuple(one.text for one in telling[:MOST_TOLD])


def _speaks_for_them(reason: Reason) -> bool:
    """Not that nothing is known yet: of who has no verified work in the role, or does not say when they are free."""
    if reason.code in ("junior", "level"):
        return bool(reason.facts["years"] or reason.facts["credits"])
    return reason.code != "availability" or reason.facts["from"] is not None
