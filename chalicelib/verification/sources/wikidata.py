"""Wikidata, by its query service. Licence: CC0. Good for works, their dates, companies and numbers; seldom for people
of these jobs.

Rules of the service (https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits): five questions at
once at most, a User-Agent with a contact, `Retry-After` obeyed, else a ban of a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.verification.claims import Kind, WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources.cache import Record
from chalicelib.verification.sources.desk import Finding, Inquiry, Question
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.judging import candidates, judge, same_name
from chalicelib.verification.sources.port import FoundCredit, FoundPerson, FoundWork, SourceKind, Terms
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.sources.sparql import RESULTS_JSON, gathered, last_part, literal, rows, texts

#: Titles of one claim that are searched.
MOST_TITLES = 3
#: People of one name whose other works are asked for.
MOST_PEOPLE = 5

_ITEM = re.compile(r"Q\d+")
_LANGUAGES = '"fr", "en", "mul"'

#: Classes of Wikidata → what we call them; a television film is a film there too, so the order decides.
KINDS: tuple[tuple[str, Kind], ...] = (("Q506240", "single"), ("Q5398426", "series"), ("Q11424", "film"))

#: Properties of a work that name people, and how their job reads. P3092 says the job in a qualifier.
_JOBS = {
    "P58": "screenwriter",
    "P57": "director",
    "P162": "producer",
    "P170": "creator",
    "P1431": "executive producer",
    "P3092": "",
}

_IDS = {"imdb": "P345", "isni": "P213", "bnf": "P268", "tmdb": "P4985", "viaf": "P214"}

_WORK_LISTS = ("label", "original", "alias", "class", "company", "isan")
_WORK_YEARS = ("published", "started", "ended")


# Each query finds its things first (a named subquery), then asks for one fact a row: facts of several kinds in one row
# would multiply. https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service/query_optimization#Named_subqueries


def works_query(title: str) -> str:
    """Films and series whose label or alias begins with a title, as the site's own search finds them."""
    classes = " ".join(f"wd:{name}" for name, _ in KINDS)
    facts = _facts(
        _in_our_languages("?work rdfs:label ?label"),
        _in_our_languages("?work skos:altLabel ?alias"),
        "?work wdt:P1476 ?original .",
        f"VALUES ?class {{ {classes} }} ?work wdt:P31/wdt:P279* ?class .",
        "?work wdt:P577 ?published .",
        "?work wdt:P580 ?started .",
        "?work wdt:P582 ?ended .",
        _in_our_languages("?work wdt:P272 ?maker . ?maker rdfs:label ?company"),
        "?work wdt:P3212 ?isan .",
    )
    return f"""SELECT ?work ?label ?alias ?original ?class ?published ?started ?ended ?company ?isan
WITH {{
  SELECT DISTINCT ?work WHERE {{
    SERVICE wikibase:mwapi {{
      bd:serviceParam wikibase:endpoint "www.wikidata.org" ;
                      wikibase:api "EntitySearch" ;
                      mwapi:search {literal(title)} ;
                      mwapi:language "fr" ;
                      mwapi:limit "20" .
      ?work wikibase:apiOutputItem mwapi:item .
    }}
    VALUES ?kind {{ {classes} }}
    ?work wdt:P31/wdt:P279* ?kind .
    hint:Prior hint:gearing "forward" .
  }}
}} AS %works
WHERE {{
  INCLUDE %works
  {facts}
}} LIMIT 5000"""


def credits_query(work: str) -> str:
    """Who is named on this work, and as what."""
    properties = " ".join(f'(p:{name} ps:{name} "{name}")' for name in _JOBS)
    facts = _facts(
        _in_our_languages("?person rdfs:label|skos:altLabel ?name"),
        *_numbers(),
        _in_our_languages("?credit pq:P3831 ?job . ?job rdfs:label ?role"),
    )
    return f"""SELECT ?credit ?person ?property ?name ?role {_numbers_selected()}
WITH {{
  SELECT ?credit ?person ?property WHERE {{
    VALUES (?claim ?statement ?property) {{ {properties} }}
    wd:{work} ?claim ?credit . ?credit ?statement ?person .
  }}
}} AS %credits
WHERE {{
  INCLUDE %credits
  {facts}
}} LIMIT 10000"""


def people_query(name: str, ids: Mapping[str, str]) -> str:
    """People of this name, in French, English or every language, and those with one of these numbers."""
    ways = [
        f"VALUES ?known {{ {' '.join(literal(name, language) for language in ('fr', 'en', 'mul'))} }} "
        "?person rdfs:label|skos:altLabel ?known ."
    ]
    ways += [f"?person wdt:{_IDS[scheme]} {literal(number)} ." for scheme, number in ids.items() if scheme in _IDS]
    if _ITEM.fullmatch(ids.get("wikidata", "")):
        ways.append(f"VALUES ?person {{ wd:{ids['wikidata']} }}")
    return f"""SELECT ?person ?name {_numbers_selected()}
WITH {{
  SELECT DISTINCT ?person WHERE {{
    {_facts(*ways)}
    ?person wdt:P31 wd:Q5 .
  }} LIMIT 50
}} AS %people
WHERE {{
  INCLUDE %people
  {_facts(_in_our_languages("?person rdfs:label|skos:altLabel ?name"), *_numbers())}
}} LIMIT 2000"""


def other_works_query(people: Sequence[str]) -> str:
    """What else these people are named on."""
    facts = _facts(
        _in_our_languages("?work rdfs:label ?title"), "?work wdt:P577 ?published .", "?work wdt:P580 ?started ."
    )
    return f"""SELECT ?pair ?person ?title ?published ?started
WITH {{
  SELECT DISTINCT ?person ?work WHERE {{
    VALUES ?person {{ {" ".join(f"wd:{item}" for item in people)} }}
    VALUES ?property {{ {" ".join(f"wdt:{name}" for name in _JOBS)} }}
    ?work ?property ?person .
  }} LIMIT 500
}} AS %works
WHERE {{
  INCLUDE %works
  {facts}
  BIND(CONCAT(STR(?person), " ", STR(?work)) AS ?pair)
}} LIMIT 5000"""


def _facts(*patterns: str) -> str:
    return "\n  UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def _in_our_languages(pattern: str) -> str:
    """With the last variable of the pattern in French, English or every language."""
    return f"{pattern} . FILTER(LANG({pattern.rsplit(' ', 1)[-1]}) IN ({_LANGUAGES}))"


def _numbers_selected() -> str:
    return " ".join(f"?{scheme}" for scheme in _IDS)


def _numbers() -> list[str]:
    return [f"?person wdt:{name} ?{scheme} ." for scheme, name in _IDS.items()]


class Wikidata:
    id = "wikidata"
    kind: SourceKind = "auto"
    enabled = True
    pace = Pace(parallel=5, interval=0.05)
    terms = Terms(
        name="Wikidata",
        licence="CC0 1.0",
        storable=frozenset(
            {
                *("work", *_WORK_LISTS, *_WORK_YEARS),
                *("credit", "person", "property", "name", "role", *_IDS),
                *("pair", "title"),
            }
        ),
    )

    def __init__(self, setting: Setting) -> None:
        self._desk = setting.desk(self.id, self.terms, self.pace, "https://query.wikidata.org")
        self._same_work = setting.same_work

    def search_work(self, work: WorkTitle) -> Sequence[FoundWork]:
        return self._works(Inquiry(self._desk), (work.title, *work.aliases))

    def search_person(self, name: str, ids: Mapping[str, str]) -> Sequence[FoundPerson]:
        records = self._ask(Inquiry(self._desk), people_query(name, ids), _people)
        return [_person(record) for record in records]

    def check(self, claim: WorkClaim) -> Evidence:
        return self._desk.report("work", lambda inquiry: self._finding(inquiry, claim))

    def _finding(self, inquiry: Inquiry, claim: WorkClaim) -> Finding:
        found = candidates(claim, self._works(inquiry, claim.titles), self._same_work)
        if found:
            best = found[0]
            credits = self._credits(inquiry, claim, best.work.ref)
            found = (replace(best, work=replace(best.work, credits=credits)), *found[1:])
        return judge(claim, found, self._same_work)

    def _works(self, inquiry: Inquiry, titles: Sequence[str]) -> list[FoundWork]:
        found: dict[str, FoundWork] = {}
        for title in titles[:MOST_TITLES]:
            for record in self._ask(inquiry, works_query(title), _works):
                work = _work(record)
                found.setdefault(work.ref, work)
        return list(found.values())

    def _credits(self, inquiry: Inquiry, claim: WorkClaim, work: str) -> tuple[FoundCredit, ...]:
        records = self._ask(inquiry, credits_query(work), _credits)
        people = [_person(record) for record in records]
        namesakes = [one.ref for one in people if any(same_name(claim.person_name, name) for name in one.names)]
        elsewhere = self._elsewhere(inquiry, list(dict.fromkeys(namesakes))) if claim.other_works else {}
        return tuple(
            FoundCredit(person=replace(person, other_works=elsewhere.get(person.ref, ())), jobs=_jobs(record))
            for record, person in zip(records, people, strict=True)
        )

    def _elsewhere(self, inquiry: Inquiry, people: Sequence[str]) -> dict[str, tuple[WorkTitle, ...]]:
        if not people:
            return {}
        found: dict[str, tuple[WorkTitle, ...]] = {}
        for record in self._ask(inquiry, other_works_query(people[:MOST_PEOPLE]), _other_works):
            titles = texts(record, "title")
            years = sorted(int(year) for name in ("started", "published") for year in texts(record, name))
            title = WorkTitle(title=titles[0], year=years[0] if years else None, aliases=titles[1:])
            for person in texts(record, "person"):
                found[last_part(person)] = (*found.get(last_part(person), ()), title)
        return found

    def _ask(self, inquiry: Inquiry, query: str, read: Any) -> tuple[Record, ...]:
        return inquiry.ask(Question("/sparql", {"query": query, "format": "json"}, RESULTS_JSON), read)


# What comes ---------------------------------------------------------------------------------------------------------


def _works(payload: Any) -> tuple[Record, ...]:
    return gathered(rows(payload), "work", _WORK_LISTS, _WORK_YEARS)


def _credits(payload: Any) -> tuple[Record, ...]:
    return gathered(rows(payload), "credit", ("person", "property", "name", "role", *_IDS))


def _people(payload: Any) -> tuple[Record, ...]:
    found = gathered(rows(payload), "person", ("name", *_IDS))
    return tuple({**record, "person": [str(record["person"])]} for record in found)


def _other_works(payload: Any) -> tuple[Record, ...]:
    found = gathered(rows(payload), "pair", ("person", "title"), ("published", "started"))
    return tuple(record for record in found if texts(record, "title"))


def _work(record: Record) -> FoundWork:
    ref = last_part(str(record["work"]))
    labels, originals = texts(record, "label"), texts(record, "original")
    classes = {last_part(name) for name in texts(record, "class")}
    began = sorted(int(year) for name in ("started", "published") for year in texts(record, name))
    ended = sorted(int(year) for year in texts(record, "ended"))
    return FoundWork(
        ref=ref,
        url=f"https://www.wikidata.org/wiki/{ref}",
        title=labels[0] if labels else ref,
        original_title=originals[0] if originals else None,
        aliases=(*labels[1:], *originals[1:], *texts(record, "alias")),
        kind=next((kind for name, kind in KINDS if name in classes), None),
        first_year=began[0] if began else None,
        last_year=ended[-1] if ended else None,
        companies=texts(record, "company"),
        isans=texts(record, "isan"),
    )


def _person(record: Record) -> FoundPerson:
    ref = last_part(next(iter(texts(record, "person")), ""))
    ids = {scheme: texts(record, scheme)[0] for scheme in _IDS if texts(record, scheme)}
    return FoundPerson(ref=ref, names=texts(record, "name"), ids={"wikidata": ref, **ids})


def _jobs(record: Record) -> tuple[str, ...]:
    named = (_JOBS.get(name, "") for name in texts(record, "property"))
    return (*(job for job in named if job), *texts(record, "role"))
