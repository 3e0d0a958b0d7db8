"""Single changes that could be made to a brief or to a profile, and the half of a sentence that says each.

    brief_changes(brief, candidate, taxonomy) -> list[Change[BriefSnapshot]]
    profile_changes(candidate, brief, foremost, with_levels, taxonomy) -> list[Change[CandidateSnapshot]]
    lifting(candidate, obstacle, brief, taxonomy, today) -> Change[CandidateSnapshot]

Only what can truly be done: a brief that stays publishable, a profile that says no more than may be true. They come in
the published order of the criteria.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from chalicelib.matching.eligibility import Obstacle
from chalicelib.matching.obstacles import between, lifted
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.wording import NARROW, named, title
from chalicelib.vocabulary.limits import MOST_ENTRIES
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

After = TypeVar("After")
Action = Literal["add", "remove", "replace"]


@dataclass(frozen=True, slots=True)
class Change(Generic[After]):
    """`field` is named as the API does, of a credit `credits/tones`. `entry` is what is added or removed, written
    `genres/crime`; `instead_of` what it replaces. `facts` holds what else is needed to show it: `level` (the step of
    verification), `from` and `until` (days). `condition` is the first half of a sentence, `after` how things stand."""

    field: str
    action: Action
    condition: Bilingual
    after: After
    entry: str | None = None
    instead_of: str | None = None
    credit_id: str | None = None
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Field:
    dimension: str
    noun: Bilingual


#: The fields of a brief that somebody's rank may hang on, in the order of the criteria that read them.
_BRIEF = {
    "genres": _Field("genres", Bilingual("le genre", "the genre")),
    "tones": _Field("tones", Bilingual("le ton", "the tone")),
    "universes": _Field("universes", Bilingual("l’univers", "the world")),
    "stakes": _Field("stakes", Bilingual("l’enjeu", "the stakes")),
    "format": _Field("formats", Bilingual("le format", "the format")),
    "languages": _Field("languages", Bilingual("la langue de travail", "the working language")),
    "development_stage": _Field("development-stages", Bilingual("l’étape", "the stage")),
    "tasks": _Field("tasks", Bilingual("la mission", "the task")),
    "source_material": _Field("source-material", Bilingual("l’origine", "the source")),
    "levels": _Field("seniority", Bilingual("le niveau", "the level")),
    "working_mode": _Field("work-modes", Bilingual("le mode de travail", "the working mode")),
}

#: What a credit may leave untold, under the names that briefs use as well.
_TOLD = ("genres", "tones", "universes", "stakes", "format", "tasks", "source_material")

#: A project done remotely needs no region, any other one does.
_REMOTE = "remote"

#: How far a verification goes, as a person reads it: `Si la vérification de « … » allait jusqu’à …`.
_STEPS = {
    1: Bilingual("à l’œuvre elle-même", "the work itself"),
    2: Bilingual("à votre participation", "your part in it"),
    3: Bilingual("à votre fonction", "your role on it"),
}


def brief_changes(
    brief: BriefSnapshot, candidate: CandidateSnapshot, taxonomy: Taxonomy
) -> list[Change[BriefSnapshot]]:
    """Entries are added and put in the place of others when the person has them: in a verified work or, without one, by
    what they declare; others cannot help."""
    found: list[Change[BriefSnapshot]] = []
    for name, about in _BRIEF.items():
        had = _had(candidate, brief, name)
        standing = _values(brief, name)
        new = [
            entry.id
            for entry in taxonomy.dimensions[about.dimension].entries.values()
            if entry.id in had and entry.id not in standing and not entry.retired
        ]
        if name in MOST_ENTRIES:
            found += _list_changes(brief, name, standing, new, taxonomy)
        else:
            found += _single_changes(brief, name, standing, new, taxonomy)
    return found


def _list_changes(
    brief: BriefSnapshot, name: str, standing: Sequence[str], new: Sequence[str], taxonomy: Taxonomy
) -> Iterator[Change[BriefSnapshot]]:
    if len(standing) < MOST_ENTRIES[name]:
        for entry in new:
            yield _changed(brief, name, (*standing, entry), taxonomy, entry=entry)
    # A list may not be empty when the brief is published.
    if len(standing) > 1:
        for entry in standing:
            yield _changed(brief, name, tuple(one for one in standing if one != entry), taxonomy, instead_of=entry)
    for old in standing:
        for entry in new:
            values = tuple(entry if one == old else one for one in standing)
            yield _changed(brief, name, values, taxonomy, entry=entry, instead_of=old)


def _single_changes(
    brief: BriefSnapshot, name: str, standing: Sequence[str], new: Sequence[str], taxonomy: Taxonomy
) -> Iterator[Change[BriefSnapshot]]:
    for entry in new:
        if name == "working_mode" and entry != _REMOTE and brief.region is None:
            continue
        yield _changed(brief, name, entry, taxonomy, entry=entry, instead_of=next(iter(standing), None))


def _changed(
    brief: BriefSnapshot,
    name: str,
    value: object,
    taxonomy: Taxonomy,
    *,
    entry: str | None = None,
    instead_of: str | None = None,
) -> Change[BriefSnapshot]:
    about = _BRIEF[name]
    noun = about.noun

    def written(one: str | None) -> str | None:
        return None if one is None else f"{about.dimension}/{one}"

    after = replace(brief, **{name: value})  # type: ignore[arg-type]  # a field of the table above
    if entry is None:
        assert instead_of is not None
        gone = named(taxonomy, about.dimension, instead_of)
        condition = Bilingual(f"Sans {noun.fr} {gone.fr}", f"Without {noun.en} {gone.en}")
        return Change(name, "remove", condition, after, written(instead_of))
    new = named(taxonomy, about.dimension, entry)
    if instead_of is None:
        condition = Bilingual(f"Avec {noun.fr} {new.fr}", f"With {noun.en} {new.en}")
        return Change(name, "add", condition, after, written(entry))
    old = named(taxonomy, about.dimension, instead_of)
    condition = Bilingual(
        f"Avec {noun.fr} {new.fr} au lieu de {old.fr}", f"With {noun.en} {new.en} instead of {old.en}"
    )
    return Change(name, "replace", condition, after, written(entry), written(instead_of))


def _had(candidate: CandidateSnapshot, brief: BriefSnapshot, name: str) -> set[str]:
    """What the person has that a brief could ask for in this field."""
    if name == "levels":
        return {candidate.level(brief.role)}
    if name == "working_mode":
        return set(candidate.work_modes)
    if name == "languages":
        # One that the person does not work in would keep them out.
        return set(candidate.languages)
    if name == "development_stage":
        return set(candidate.specialities.get("development_stages", ()))
    works = [credit for credit in candidate.credits if credit.verified]
    if not works:
        return set(candidate.specialities.get(_BRIEF[name].dimension, ()))
    return {value for credit in works for value in _values(credit, name)}


def profile_changes(
    candidate: CandidateSnapshot,
    brief: BriefSnapshot,
    foremost: Sequence[str],
    with_levels: Callable[[CandidateSnapshot], CandidateSnapshot],
    taxonomy: Taxonomy,
) -> Iterator[Change[CandidateSnapshot]]:
    """What would make more of a profile for a project, as far as it is true. `foremost`: the ids of the credits to look
    at before the others, which follow by their year. `with_levels`: the same person with the levels that their verified
    credits prove, which one more of them may raise."""
    for mode in taxonomy.dimensions["work-modes"].entries:
        if brief.working_mode is not None and mode not in candidate.work_modes:
            name = named(taxonomy, "work-modes", mode)
            yield Change(
                "work_modes",
                "add",
                Bilingual(
                    f"Si vous acceptiez aussi le mode de travail {name.fr}",
                    f"If you also accepted the working mode {name.en}",
                ),
                replace(candidate, work_modes=(*candidate.work_modes, mode)),
                f"work-modes/{mode}",
            )
    declared = tuple(candidate.specialities.get("development_stages", ()))
    stage = brief.development_stage
    if stage is not None and taxonomy.offers("development-stages", stage) and stage not in declared:
        name = named(taxonomy, "development-stages", stage)
        specialities = {**candidate.specialities, "development_stages": (*declared, stage)}
        yield Change(
            "specialities/development_stages",
            "add",
            Bilingual(
                f"Si vous travaillez à l’étape {name.fr} et la déclarez parmi vos spécialités",
                f"If you work at the stage {name.en} and declared it among your specialities",
            ),
            replace(candidate, specialities=specialities),
            f"development-stages/{stage}",
        )
    for credit in _in_turn(candidate.credits, foremost):
        if credit.verification < max(_STEPS):
            yield _verified_further(candidate, credit, with_levels)
        if credit.verified:
            yield from _told(candidate, credit, brief, taxonomy)


def lifting(
    candidate: CandidateSnapshot, one: Obstacle, brief: BriefSnapshot, taxonomy: Taxonomy, today: date
) -> Change[CandidateSnapshot]:
    """What takes an obstacle of role, of one language or of availability away."""
    after = lifted(candidate, one, brief, today)
    if one.code == "role":
        trade = named(taxonomy, "roles", brief.role)
        condition = Bilingual(
            f"Avec le métier {trade.fr} sur votre profil, si vous l’exercez",
            f"With the role {trade.en} on your profile, if it is yours",
        )
        return Change("roles", "add", condition, after, f"roles/{brief.role}")
    if one.code == "language":
        [missing] = one.facts["missing"]
        language = named(taxonomy, "languages", missing)
        condition = Bilingual(
            f"Avec la langue de travail {language.fr} sur votre profil, si vous y travaillez",
            f"With the working language {language.en} on your profile, if you work in it",
        )
        return Change("languages", "add", condition, after, f"languages/{missing}")
    days = between(one)
    condition = Bilingual(f"Avec une disponibilité {days.fr}", f"If you were available {days.en}")
    facts = {"from": one.facts["first_start"], "until": one.facts["latest_useful_start"]}
    return Change("availability", "add", condition, after, facts=facts)


def _in_turn(credits: Iterable[CreditSnapshot], foremost: Sequence[str]) -> list[CreditSnapshot]:
    return sorted(credits, key=lambda one: (one.credit_id not in foremost, -one.year, one.credit_id))


def _verified_further(
    candidate: CandidateSnapshot,
    credit: CreditSnapshot,
    with_levels: Callable[[CandidateSnapshot], CandidateSnapshot],
) -> Change[CandidateSnapshot]:
    step = credit.verification + 1
    work, how_far = _work(credit), _STEPS[step]
    return Change(
        "credits/verification",
        "replace",
        Bilingual(
            f"Si la vérification de {work.fr} allait jusqu’{how_far.fr}",
            f"If the verification of {work.en} went as far as {how_far.en}",
        ),
        with_levels(_with_credit(candidate, replace(credit, verification=step))),
        credit_id=credit.credit_id,
        facts={"level": step},
    )


def _told(
    candidate: CandidateSnapshot, credit: CreditSnapshot, brief: BriefSnapshot, taxonomy: Taxonomy
) -> Iterator[Change[CandidateSnapshot]]:
    """What the credit says nothing of and the project asks for. A corrected credit is verified again, so the sentence
    says that, and the credit counts as far as it did."""
    work = _work(credit)
    for name in _TOLD:
        if _values(credit, name):
            continue
        about = _BRIEF[name]
        for entry in _values(brief, name):
            if not taxonomy.offers(about.dimension, entry):
                continue
            quoted = named(taxonomy, about.dimension, entry)
            value = (entry,) if name in MOST_ENTRIES else entry
            yield Change(
                f"credits/{name}",
                "add",
                Bilingual(
                    f"Si c’est vrai de {work.fr}{NARROW}: avec {about.noun.fr} {quoted.fr} indiqué sur ce crédit, "
                    "une fois vérifié de nouveau",
                    f"If it is true of {work.en}: with {about.noun.en} {quoted.en} told on that credit, "
                    "once verified again",
                ),
                _with_credit(candidate, replace(credit, **{name: value})),  # type: ignore[arg-type]
                f"{about.dimension}/{entry}",
                credit_id=credit.credit_id,
            )


def _values(of: BriefSnapshot | CreditSnapshot, name: str) -> tuple[str, ...]:
    value = getattr(of, name)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _with_credit(candidate: CandidateSnapshot, changed: CreditSnapshot) -> CandidateSnapshot:
    credits = (changed if one.credit_id == changed.credit_id else one for one in candidate.credits)
    return replace(candidate, credits=tuple(credits))


def _work(credit: CreditSnapshot) -> Bilingual:
    name = title(credit.title)
    return Bilingual(f"{name.fr} ({credit.year})", f"{name.en} ({credit.year})")
