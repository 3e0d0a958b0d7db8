"""Projects and people to match, with sensible defaults; and hypothesis strategies that draw any of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from chalicelib.matching.arrays import Arrays
from chalicelib.matching.documents import prepare
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import Ranking, rank
from chalicelib.matching.scores import Scored
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy

TODAY = date(2026, 11, 23)
ROLE = "literary-director"

LOGLINE = {
    "fr": "Dans un port breton, une gendarme découvre un secret de famille en enquêtant sur la disparition d’un marin."
}


def brief(**changes: Any) -> BriefSnapshot:
    fields: dict[str, Any] = {
        "brief_id": "brief-1",
        "version": 1,
        "role": ROLE,
        "levels": ("mid", "senior"),
        "genres": ("regional-crime",),
        "tones": ("dark",),
        "universes": ("seaside",),
        "stakes": ("family-secret",),
        "format": "single-90",
        "development_stage": "treatment",
        "tasks": ("script-notes",),
        "source_material": "original",
        "languages": ("fr",),
        "working_mode": "remote",
        "region": "bretagne",
        "deadline": date(2027, 6, 30),
        "start_from": date(2026, 12, 1),
        "start_until": date(2027, 1, 31),
        "estimated_days": 30,
        "logline": LOGLINE,
    }
    return BriefSnapshot(**(fields | changes))


def credit(credit_id: str = "c1", **changes: Any) -> CreditSnapshot:
    fields: dict[str, Any] = {
        "credit_id": credit_id,
        "title": "Les Naufrageurs",
        "year": 2024,
        "function": ROLE,
        "format": "single-90",
        "genres": ("regional-crime",),
        "tones": ("dark",),
        "universes": ("seaside",),
        "stakes": ("family-secret",),
        "tasks": ("script-notes",),
        "source_material": "original",
        "language": "fr",
        "broadcaster": "france-3",
        "synopsis": "Une gendarme enquête sur la disparition d’un marin dans un port breton.",
        "verification": 3,
    }
    return CreditSnapshot(**(fields | changes))


def distant_credit(credit_id: str = "far", **changes: Any) -> CreditSnapshot:
    fields: dict[str, Any] = {
        "title": "Bureau quatre",
        "format": "sitcom-26",
        "genres": ("romantic-comedy",),
        "tones": ("light",),
        "universes": ("business",),
        "stakes": ("competition",),
        "tasks": ("coverage",),
        "source_material": "foreign-format",
        "broadcaster": "m6",
        "synopsis": "Deux collègues se disputent une promotion.",
    }
    return credit(credit_id, **(fields | changes))


def person(profile_id: str = "p1", **changes: Any) -> CandidateSnapshot:
    fields: dict[str, Any] = {
        "profile_id": profile_id,
        "roles": (ROLE,),
        "verification": "verified",
        "languages": ("fr",),
        "availability": ((date(2026, 12, 1), None),),
        "work_modes": ("remote",),
        "region": "bretagne",
        "levels": {ROLE: "senior"},
        "verified_years": {ROLE: 12},
        "credits": (credit(),),
    }
    return CandidateSnapshot(**(fields | changes))


def junior(profile_id: str = "junior", **changes: Any) -> CandidateSnapshot:
    fields: dict[str, Any] = {"levels": {ROLE: "junior"}, "verified_years": {ROLE: 0}, "credits": ()}
    return person(profile_id, **(fields | changes))


def segment(*people: CandidateSnapshot) -> Segment:
    return Segment(Arrays.of((one.profile_id, 1, prepare(one)) for one in people))


def ranked(project: BriefSnapshot, people: Iterable[CandidateSnapshot], **changes: Any) -> Ranking:
    """Everyone who can be proposed, with the weights in force."""
    fields: dict[str, Any] = {"weights": weights(), "taxonomy": taxonomy(), "today": TODAY}
    return rank(project, [segment(*people)], **(fields | changes))


def scored(project: BriefSnapshot, someone: CandidateSnapshot, among: tuple[CandidateSnapshot, ...] = ()) -> Scored:
    """Their score, whether or not they can be proposed; what is rare is counted over `among`, or the person alone."""
    people = among or (someone,)
    ranking = ranked(project, people, everyone=True, depth=len(people))
    return ranking.explain(
        next(one for one in ranking.placed if one.profile_id == someone.profile_id), someone.verified_ids
    )


def _ids(dimension: str, most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    # A few of the first entries, so that projects and people often meet, and one that no taxonomy has.
    entries = [*list(taxonomy().dimensions[dimension].entries)[:6], "no-such-entry"]
    return st.lists(st.sampled_from(entries), unique=True, max_size=most).map(tuple)


def _one(dimension: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from([*list(taxonomy().dimensions[dimension].entries)[:5], "no-such-entry"])


_TEXTS = st.sampled_from(
    (
        "",
        "Une gendarme revient dans son village.",
        "A family secret surfaces in a small harbour.",
        "L’île, l'été : un secret de famille 🌊",
        "мистерия 海 🎬",
        "Une enquête, un secret, un port, une famille, une vengeance.",
    )
)

credits = st.builds(
    CreditSnapshot,
    credit_id=st.uuids().map(str),
    title=_TEXTS.filter(bool),
    year=st.integers(1990, 2027),
    function=st.sampled_from(list(taxonomy().dimensions["roles"].entries)),
    format=_one("formats"),
    genres=_ids("genres"),
    tones=_ids("tones"),
    universes=_ids("universes"),
    stakes=_ids("stakes"),
    tasks=_ids("tasks"),
    source_material=_one("source-material"),
    language=_one("languages"),
    broadcaster=_one("broadcasters"),
    synopsis=_TEXTS,
    contribution=_TEXTS,
    verification=st.integers(0, 3),
)

people = st.builds(
    CandidateSnapshot,
    profile_id=st.uuids().map(str),
    roles=st.just((ROLE,)),
    verification=st.sampled_from(("verified", "partly_verified")),
    languages=st.just(("fr",)),
    availability=st.sampled_from(
        (
            ((date(2026, 12, 1), None),),
            ((date(2026, 1, 1), date(2027, 3, 1)),),
            ((date(2026, 1, 1), date(2026, 2, 1)), (date(2027, 1, 1), date(2027, 2, 1))),
        )
    ),
    work_modes=_ids("work-modes"),
    region=_one("regions"),
    levels=st.sampled_from(({ROLE: "junior"}, {ROLE: "mid"}, {ROLE: "senior"}, {})),
    verified_years=st.sampled_from(({ROLE: 0}, {ROLE: 1}, {ROLE: 5}, {})),
    specialities=st.fixed_dictionaries({"genres": _ids("genres"), "universes": _ids("universes")}),
    bio=st.fixed_dictionaries({"fr": _TEXTS}),
    credits=st.lists(credits, max_size=4, unique_by=lambda one: one.credit_id).map(tuple),
)

briefs = st.builds(
    brief,
    levels=_ids("seniority"),
    genres=_ids("genres"),
    tones=_ids("tones"),
    universes=_ids("universes"),
    stakes=_ids("stakes"),
    format=_one("formats"),
    development_stage=_one("development-stages"),
    tasks=_ids("tasks"),
    source_material=_one("source-material"),
    working_mode=_one("work-modes"),
    region=_one("regions"),
    logline=st.fixed_dictionaries({"fr": _TEXTS}),
    pitch=st.fixed_dictionaries({"fr": _TEXTS}, optional={"en": _TEXTS}),
)
