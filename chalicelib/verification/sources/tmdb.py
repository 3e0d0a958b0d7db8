"""TMDB, by version 3 of its API: who worked on a film or series, and at what job.

Off unless there is both a key and a commercial agreement: our use is not among those that are free. With them: nothing
is kept longer than six months, and its attribution is shown (https://developer.themoviedb.org/docs/faq).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, get_args

from chalicelib.verification.claims import Kind, WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources.cache import Record
from chalicelib.verification.sources.desk import Finding, Inquiry, Question
from chalicelib.verification.sources.errors import Garbled, Refused
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.judging import Candidate, candidates, judge
from chalicelib.verification.sources.port import FoundCredit, FoundPerson, FoundWork, SourceKind, Terms
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.sources.sparql import texts, year_of

#: Works whose details, and people whose credits are read.
MOST_CANDIDATES = 2
MOST_PEOPLE = 3

#: The genre that tells a television film from one for cinemas.
_TELEVISION_FILM = 10770

Medium = Literal["tv", "movie"]
MEDIUMS: tuple[Medium, ...] = get_args(Medium)
#: Medium → its fields for title, original title, first date.
_FIELDS: dict[Medium, tuple[str, str, str]] = {
    "tv": ("name", "original_name", "first_air_date"),
    "movie": ("title", "original_title", "release_date"),
}
_WORK = ("ref", "title", "original", "alias", "kind", "first", "last", "company")


class Tmdb:
    id = "tmdb"
    kind: SourceKind = "auto"
    pace = Pace(parallel=4, interval=0.05)
    terms = Terms(
        name="TMDB",
        licence="TMDB API Terms of Use",
        attribution="This product uses the TMDB API but is not endorsed or certified by TMDB.",
        storable=frozenset({*_WORK, "name", "credit", "imdb", "wikidata"}),
        keep_for=timedelta(days=30),
        valid_for=timedelta(days=180),
    )

    def __init__(self, setting: Setting) -> None:
        self._desk = setting.desk(self.id, self.terms, self.pace, "https://api.themoviedb.org")
        self._same_work = setting.same_work
        self._key = setting.keys.get(self.id, "")
        self.enabled = bool(self._key and setting.agreements.get(self.id))

    def search_work(self, work: WorkTitle) -> Sequence[FoundWork]:
        return self._works(Inquiry(self._desk), work)

    def search_person(self, name: str, ids: Mapping[str, str]) -> Sequence[FoundPerson]:
        return [person for person, _ in self._people(Inquiry(self._desk), name, ids)]

    def check(self, claim: WorkClaim) -> Evidence:
        return self._desk.report("work", lambda inquiry: self._finding(inquiry, claim))

    def _finding(self, inquiry: Inquiry, claim: WorkClaim) -> Finding:
        found = candidates(claim, self._works(inquiry, claim.work), self._same_work)[:MOST_CANDIDATES]
        detailed = [self._details(inquiry, one.work.ref) for one in found]
        found = candidates(claim, detailed, self._same_work)
        if found:
            people = self._people(inquiry, claim.person_name, claim.person_ids)
            found = tuple(_credited(one, people) for one in found)
        return judge(claim, found, self._same_work)

    def _works(self, inquiry: Inquiry, work: WorkTitle) -> list[FoundWork]:
        # A single drama may be either: a film, or a series of one.
        wanted = {"series": "tv", "film": "movie"}.get(work.kind or "")
        return [
            _work(record)
            for medium in MEDIUMS
            if wanted in (None, medium)
            for record in self._ask(inquiry, f"/search/{medium}", {"query": work.title}, _found(medium))
        ]

    def _details(self, inquiry: Inquiry, ref: str) -> FoundWork:
        medium: Medium = "tv" if ref.startswith("tv/") else "movie"
        parameters = {"append_to_response": "alternative_titles"}
        [record] = self._ask(inquiry, f"/{ref}", parameters, _detailed(medium))
        return _work(record)

    def _people(
        self, inquiry: Inquiry, name: str, ids: Mapping[str, str]
    ) -> list[tuple[FoundPerson, dict[str, tuple[str, ...]]]]:
        """Each with what they are credited on: work → jobs."""
        refs = [ids["tmdb"]] if ids.get("tmdb", "").isdigit() else []
        if not refs and ids.get("imdb", "").isalnum():
            parameters = {"external_source": "imdb_id"}
            refs = _refs(self._ask(inquiry, f"/find/{ids['imdb']}", parameters, _found_by_number))
        if not refs:
            refs = _refs(self._ask(inquiry, "/search/person", {"query": name}, _found_people))
        return [one for ref in refs[:MOST_PEOPLE] if (one := self._person(inquiry, ref)) is not None]

    def _person(self, inquiry: Inquiry, ref: str) -> tuple[FoundPerson, dict[str, tuple[str, ...]]] | None:
        parameters = {"append_to_response": "external_ids,tv_credits,movie_credits"}
        try:
            return _person(ref, self._ask(inquiry, f"/person/{ref}", parameters, _filmography))
        except Refused as error:
            if str(error) == "http_404":
                return None  # a declared number that nobody has
            raise

    def _ask(self, inquiry: Inquiry, path: str, parameters: Mapping[str, str], read: Any) -> tuple[Record, ...]:
        if not self.enabled:
            raise Refused("no_agreement")
        # The key goes into a header, never into the address, which is logged and remembered.
        headers = {"Authorization": f"Bearer {self._key}"}
        return inquiry.ask(Question(f"/3{path}", {"language": "fr-FR", **parameters}, secret_headers=headers), read)


def _credited(one: Candidate, people: Sequence[tuple[FoundPerson, Mapping[str, tuple[str, ...]]]]) -> Candidate:
    credits = tuple(
        FoundCredit(person=person, jobs=jobs[one.work.ref]) for person, jobs in people if one.work.ref in jobs
    )
    return replace(one, work=replace(one.work, credits=credits))


# What comes ---------------------------------------------------------------------------------------------------------


def _found(medium: Medium) -> Any:
    return lambda payload: tuple(_work_record(medium, result) for result in _results(payload, "results"))


def _detailed(medium: Medium) -> Any:
    return lambda payload: (_work_record(medium, payload),)


def _found_by_number(payload: Any) -> tuple[Record, ...]:
    return tuple({"ref": str(_number(result))} for result in _results(payload, "person_results"))


def _found_people(payload: Any) -> tuple[Record, ...]:
    return tuple({"ref": str(_number(result))} for result in _results(payload, "results"))


def _refs(records: Sequence[Record]) -> list[str]:
    return [str(record["ref"]) for record in records]


def _filmography(payload: Any) -> tuple[Record, ...]:
    """First the person, then each job on a work."""
    numbers = payload.get("external_ids") if isinstance(payload, dict) else None
    numbers = numbers if isinstance(numbers, dict) else {}
    person: Record = {
        "ref": str(_number(payload)),
        "name": _texts(payload.get("name"), *_list(payload.get("also_known_as"))),
        "imdb": _texts(payload.get("imdb_id"), numbers.get("imdb_id")),
        "wikidata": _texts(numbers.get("wikidata_id")),
    }
    credits = [
        {**_work_record(medium, crew), "credit": _texts(crew.get("job"))}
        for medium in MEDIUMS
        for crew in _results(payload.get(f"{medium}_credits"), "crew")
    ]
    return (person, *credits)


def _work_record(medium: Medium, work: Any) -> Record:
    number = _number(work)
    title, original, first = _FIELDS[medium]
    genres = _list(work.get("genre_ids")) + [
        genre.get("id") for genre in _list(work.get("genres")) if isinstance(genre, dict)
    ]
    alternatives = work.get("alternative_titles")
    alternatives = alternatives if isinstance(alternatives, dict) else {}
    others = [one for name in ("results", "titles") for one in _list(alternatives.get(name))]
    ended = medium == "tv" and work.get("in_production") is False
    return {
        "ref": f"{medium}/{number}",
        "title": _texts(work.get(title)),
        "original": _texts(work.get(original)),
        "alias": _texts(*(one.get("title") for one in others if isinstance(one, dict))),
        "kind": "series" if medium == "tv" else "single" if _TELEVISION_FILM in genres else "film",
        "first": year_of(_text(work.get(first))),
        "last": year_of(_text(work.get("last_air_date"))) if ended else None,
        "company": _texts(
            *(one.get("name") for one in _list(work.get("production_companies")) if isinstance(one, dict))
        ),
    }


def _work(record: Record) -> FoundWork:
    ref = str(record["ref"])
    titles, originals = texts(record, "title"), texts(record, "original")
    return FoundWork(
        ref=ref,
        url=f"https://www.themoviedb.org/{ref}",
        title=next(iter((*titles, *originals)), ref),
        original_title=next(iter(originals), None),
        aliases=texts(record, "alias"),
        kind=_kind(record),
        first_year=_year(record, "first"),
        last_year=_year(record, "last"),
        companies=texts(record, "company"),
    )


def _person(ref: str, records: Sequence[Record]) -> tuple[FoundPerson, dict[str, tuple[str, ...]]]:
    person, *credits = records
    ids = {"tmdb": ref}
    ids |= {scheme: texts(person, scheme)[0] for scheme in ("imdb", "wikidata") if texts(person, scheme)}
    jobs: dict[str, tuple[str, ...]] = {}
    works: dict[str, WorkTitle] = {}
    for credit in credits:
        work = _work(credit)
        jobs[work.ref] = (*jobs.get(work.ref, ()), *texts(credit, "credit"))
        works[work.ref] = WorkTitle(
            title=work.title, year=work.first_year, kind=work.kind, original_title=work.original_title
        )
    found = FoundPerson(ref=ref, names=texts(person, "name"), ids=ids, other_works=tuple(works.values()))
    return found, jobs


def _kind(record: Record) -> Kind | None:
    kinds: dict[Any, Kind] = {"series": "series", "film": "film", "single": "single"}
    return kinds.get(record.get("kind"))


def _year(record: Record, name: str) -> int | None:
    value = record.get(name)
    return value if isinstance(value, int) else None


def _results(payload: Any, name: str) -> list[dict[str, Any]]:
    found = payload.get(name) if isinstance(payload, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Garbled("not_tmdb")
    return found


def _number(thing: Any) -> int:
    number = thing.get("id") if isinstance(thing, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        raise Garbled("not_tmdb")
    return number


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(*values: Any) -> list[str]:
    return list(dict.fromkeys(value for value in values if isinstance(value, str) and value))
