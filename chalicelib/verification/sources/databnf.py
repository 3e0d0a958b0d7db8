"""data.bnf.fr, the open data of the Bibliothèque nationale de France, by its SPARQL service. Licence: Licence Ouverte.

It describes works of every kind, texts above all: of a film or series it rarely speaks, of the book behind it often.
Only a work that it calls audiovisual confirms one.

Model: https://data.bnf.fr/opendata; queries: https://api.gouv.fr/guides/interroger-data-bnf-fr-par-api
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources.cache import Record
from chalicelib.verification.sources.desk import Finding, Inquiry, Question
from chalicelib.verification.sources.errors import Garbled
from chalicelib.verification.sources.http import Pace
from chalicelib.verification.sources.judging import candidates, judge
from chalicelib.verification.sources.port import FoundCredit, FoundPerson, FoundWork, SourceKind, Terms
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.sources.sparql import RESULTS_JSON, gathered, last_part, literal, rows, texts

_PREFIXES = """PREFIX bnf-onto: <http://data.bnf.fr/ontology/bnf-onto/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX frbr-rda: <http://rdvocab.info/uri/schema/FRBRentitiesRDA/>
PREFIX isni: <http://isni.org/ontology#>
PREFIX rdaw: <http://rdaregistry.info/Elements/w/#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

#: Words by which the form of a work is known for audiovisual.
_AUDIOVISUAL = ("animée", "audiovisuel", "cinéma", "film", "télévis", "vidéo")

_LISTS = ("title", "alias", "form", "author", "name", "isni")


def works_query(titles: Sequence[str]) -> str:
    """Works that bear exactly one of these titles, with their authors."""
    known = " ".join(literal(title, language) for title in titles for language in (None, "fr"))
    return f"""{_PREFIXES}SELECT ?concept ?title ?alias ?year ?form ?author ?name ?isni WHERE {{
  VALUES ?known {{ {known} }}
  ?work dcterms:title ?known ; a frbr-rda:Work ; dcterms:title ?title .
  ?concept foaf:focus ?work .
  OPTIONAL {{ ?concept skos:altLabel ?alias . }}
  OPTIONAL {{ ?work bnf-onto:firstYear ?year . }}
  OPTIONAL {{ ?work rdaw:P10004 ?code . ?code skos:prefLabel ?form . }}
  OPTIONAL {{
    {{ ?work dcterms:creator ?person . }} UNION {{ ?work dcterms:contributor ?person . }}
    ?author foaf:focus ?person . ?person foaf:name ?name .
    OPTIONAL {{ ?author isni:identifierValid ?isni . }}
  }}
}} LIMIT 500"""


def people_query(name: str, ids: Mapping[str, str]) -> str:
    """People of this name, or with this ISNI or BnF number."""
    ways = [f"VALUES ?known {{ {literal(name)} {literal(name, 'fr')} }} ?person foaf:name ?known ."]
    if "isni" in ids:
        ways.append(f"?author isni:identifierValid {literal(ids['isni'].replace(' ', ''))} .")
    if ids.get("bnf", "").isalnum():
        ways.append(f"VALUES ?author {{ <http://data.bnf.fr/ark:/12148/cb{ids['bnf'].removeprefix('cb')}> }}")
    union = " UNION ".join(f"{{ {way} }}" for way in ways)
    return f"""{_PREFIXES}SELECT ?author ?name ?isni WHERE {{
  {union}
  ?author foaf:focus ?person . ?person a foaf:Person ; foaf:name ?name .
  OPTIONAL {{ ?author isni:identifierValid ?isni . }}
}} LIMIT 100"""


class DataBnf:
    id = "databnf"
    kind: SourceKind = "auto"
    enabled = True
    pace = Pace(parallel=2, interval=0.2)
    terms = Terms(
        name="data.bnf.fr",
        licence="Licence Ouverte 2.0",
        attribution="Bibliothèque nationale de France, data.bnf.fr",
        storable=frozenset({"key", "concept", "year", *_LISTS}),
    )

    def __init__(self, setting: Setting) -> None:
        self._desk = setting.desk(self.id, self.terms, self.pace, "https://data.bnf.fr")
        self._same_work = setting.same_work

    def search_work(self, work: WorkTitle) -> Sequence[FoundWork]:
        return self._works(Inquiry(self._desk), (work.title, *work.aliases))

    def search_person(self, name: str, ids: Mapping[str, str]) -> Sequence[FoundPerson]:
        records = self._ask(Inquiry(self._desk), people_query(name, ids), _people)
        return [_person(str(record["author"]), texts(record, "name"), texts(record, "isni")) for record in records]

    def check(self, claim: WorkClaim) -> Evidence:
        return self._desk.report("work", lambda inquiry: self._finding(inquiry, claim))

    def _finding(self, inquiry: Inquiry, claim: WorkClaim) -> Finding:
        found = candidates(claim, self._works(inquiry, claim.titles), self._same_work)
        return judge(claim, found, self._same_work)

    def _works(self, inquiry: Inquiry, titles: Sequence[str]) -> list[FoundWork]:
        spelled = [form for title in titles for form in (title, title[:1].upper() + title[1:])]
        records = self._ask(inquiry, works_query(list(dict.fromkeys(spelled))), _works)
        by_work: dict[str, list[Record]] = {}
        for record in records:
            by_work.setdefault(texts(record, "concept")[0], []).append(record)
        return [_work(address, found) for address, found in by_work.items()]

    def _ask(self, inquiry: Inquiry, query: str, read: Any) -> tuple[Record, ...]:
        return inquiry.ask(Question("/sparql", {"query": query, "format": RESULTS_JSON}, RESULTS_JSON), read)


def _works(payload: Any) -> tuple[Record, ...]:
    """One record per work and author: two authors' names and numbers must not mix."""
    solutions = rows(payload)
    if not all(row.get("concept") for row in solutions):
        raise Garbled("not_sparql")
    solutions = tuple({**row, "key": f"{row['concept']} {row.get('author', '')}"} for row in solutions)
    return gathered(solutions, "key", ("concept", *_LISTS), ("year",))


def _people(payload: Any) -> tuple[Record, ...]:
    return gathered(rows(payload), "author", ("name", "isni"))


def _work(address: str, records: Sequence[Record]) -> FoundWork:
    first = records[0]
    titles, years = texts(first, "title"), texts(first, "year")
    forms = [form.casefold() for form in texts(first, "form")]
    return FoundWork(
        ref=last_part(address),
        url=address.replace("http://", "https://", 1),
        title=titles[0] if titles else last_part(address),
        aliases=(*titles[1:], *texts(first, "alias")),
        first_year=min(map(int, years)) if years else None,
        audiovisual=any(word in form for form in forms for word in _AUDIOVISUAL),
        credits=tuple(
            FoundCredit(person=_person(author, texts(record, "name"), texts(record, "isni")))
            for record in records
            for author in texts(record, "author")
        ),
    )


def _person(address: str, names: tuple[str, ...], isnis: tuple[str, ...]) -> FoundPerson:
    ids = {"bnf": last_part(address).removeprefix("cb")}
    if isnis:
        ids["isni"] = isnis[0]
    return FoundPerson(ref=last_part(address), names=names, ids=ids)
