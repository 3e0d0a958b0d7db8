"""What Wikidata, data.bnf.fr and the company register would answer, had they heard of a catalogue's works.

In the shapes that the sources document (`tests/contract/sources/README.md`), for the questions that the product asks
them; to any other they answer as to a query that they do not understand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.verification.claims import Kind
from chalicelib.verification.sources import databnf, wikidata
from chalicelib.verification.sources.registry import PRODUCTION
from chalicelib.verification.sources.sparql import RESULTS_JSON
from infra.local.catalogue import Catalogue, KnownCompany

Answering = Callable[[str, Mapping[str, str]], "Answered"]
Row = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    content_type: str
    body: bytes


def answers(catalogue: Catalogue) -> dict[str, Answering]:
    """By the product's id of each source: (path, parameters) → what it answers."""
    return {
        "wikidata": lambda path, asked: _wikidata(catalogue, path, asked),
        "databnf": lambda path, asked: _databnf(catalogue, path, asked),
        "registry": lambda path, asked: _register(catalogue, path, asked),
    }


# Wikidata -----------------------------------------------------------------------------------------------------------

_ENTITY = "http://www.wikidata.org/entity/"
_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
#: Numbers that Wikidata has not reached.
_FIRST_WORK, _FIRST_PERSON = 910_000_000, 920_000_000
_CLASSES: dict[Kind, str] = {kind: item for item, kind in wikidata.KINDS}

_WORKS: tuple[str, ...] = (
    "work",
    "label",
    "alias",
    "original",
    "class",
    "published",
    "started",
    "ended",
    "company",
    "isan",
)
_CREDITS: tuple[str, ...] = ("credit", "person", "property", "name", "role", "imdb", "isni", "bnf", "tmdb", "viaf")
_OTHER_WORKS: tuple[str, ...] = ("pair", "person", "title", "published", "started")


def _wikidata(catalogue: Catalogue, path: str, asked: Mapping[str, str]) -> Answered:
    query = asked.get("query", "")
    if path != "/sparql":
        return _not_understood()
    rows: Iterator[Row]
    if (titles := _asked_by(wikidata.works_query, query)) is not None:
        rows, variables = _wikidata_works(catalogue, titles[0]), _WORKS
    elif (items := _asked_by(wikidata.credits_query, query)) is not None:
        rows, variables = _wikidata_credits(catalogue, _place(items[0], _FIRST_WORK)), _CREDITS
    elif (items := _asked_by(lambda item: wikidata.other_works_query([item]), query)) is not None:
        people = [_place(item, _FIRST_PERSON) for item in items]
        rows, variables = _wikidata_other_works(catalogue, people), _OTHER_WORKS
    else:
        return _not_understood()
    body = {"head": {"vars": list(variables)}, "results": {"bindings": list(rows)}}
    return _json(body, f"{RESULTS_JSON};charset=utf-8")


def _wikidata_works(catalogue: Catalogue, title: str) -> Iterator[Row]:
    """One fact a row, as the query asks for them."""
    for place in catalogue.beginning_with(title):
        known = catalogue.works[place]
        facts = [("label", _text(known.title, "fr"))]
        if known.kind is not None:
            facts.append(("class", _uri(_ENTITY + _CLASSES[known.kind])))
        facts.append(("started" if known.kind == "series" else "published", _first_of_january(known.year)))
        facts.append(("company", _text(known.company, "fr")))
        if known.isan is not None:
            facts.append(("isan", _text(known.isan)))
        work = _uri(_item(_FIRST_WORK + place))
        yield from ({"work": work, name: value} for name, value in facts)


def _wikidata_credits(catalogue: Catalogue, work: int) -> Iterator[Row]:
    credits = catalogue.works[work].credits if 0 <= work < len(catalogue.works) else ()
    for number, credit in enumerate(credits):
        named = {
            "credit": _uri(f"{_ENTITY}statement/Q{_FIRST_WORK + work}-{number}"),
            "person": _uri(_item(_FIRST_PERSON + credit.person)),
            "property": _text("P3092"),
        }
        yield {**named, "name": _text(catalogue.people[credit.person], "fr")}
        if credit.job is not None:
            yield {**named, "role": _text(credit.job, "fr")}


def _wikidata_other_works(catalogue: Catalogue, people: list[int]) -> Iterator[Row]:
    for person, place in catalogue.works_of(people):
        known = catalogue.works[place]
        pair = {
            "pair": _text(f"{_item(_FIRST_PERSON + person)} {_item(_FIRST_WORK + place)}"),
            "person": _uri(_item(_FIRST_PERSON + person)),
        }
        yield {**pair, "title": _text(known.title, "fr")}
        yield {**pair, "started" if known.kind == "series" else "published": _first_of_january(known.year)}


def _item(number: int) -> str:
    return f"{_ENTITY}Q{number}"


def _place(item: str, first: int) -> int:
    return int(item.removeprefix("Q")) - first


def _first_of_january(year: int) -> dict[str, str]:
    return {"type": "literal", "value": f"{year}-01-01T00:00:00Z", "datatype": _DATE}


# data.bnf.fr --------------------------------------------------------------------------------------------------------

_CONCEPT = "http://data.bnf.fr/ark:/12148/cb"
_FIRST_NOTICE = 91_000_000
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_BNF_WORKS: tuple[str, ...] = ("concept", "title", "alias", "year", "form", "author", "name", "isni")


def _databnf(catalogue: Catalogue, path: str, asked: Mapping[str, str]) -> Answered:
    titles = _asked_by(lambda title: databnf.works_query([title]), asked.get("query", ""))
    if path != "/sparql" or titles is None:
        return _not_understood()
    body = {
        "head": {"link": [], "vars": list(_BNF_WORKS)},
        "results": {"distinct": False, "ordered": True, "bindings": list(_texts_called(catalogue, set(titles)))},
    }
    return _json(body, RESULTS_JSON)


def _texts_called(catalogue: Catalogue, titles: set[str]) -> Iterator[Row]:
    """Of a film or series this library knows the novel behind it, and nobody who worked on it."""
    for place, known in enumerate(catalogue.works):
        if known.adapted and known.title in titles:
            yield {
                "concept": _uri(f"{_CONCEPT}{_FIRST_NOTICE + place}x"),
                "title": _text(known.title, "fr"),
                "form": _text("Oeuvre textuelle", "fr"),
                "year": {"type": "typed-literal", "datatype": _INTEGER, "value": str(known.year - 3)},
            }


# The company register -----------------------------------------------------------------------------------------------


def _register(catalogue: Catalogue, path: str, asked: Mapping[str, str]) -> Answered:
    if path != "/search" or not asked.get("q"):
        return _json({"erreur": "Veuillez indiquer au moins un paramètre de recherche."}, "application/json", 400)
    found = [_registered(company) for company in catalogue.companies if company.siren == asked["q"]]
    return _json(
        {
            "results": found,
            "total_results": len(found),
            "page": int(asked.get("page", "1")),
            "per_page": int(asked.get("per_page", "10")),
            "total_pages": len(found),
        },
        "application/json",
    )


def _registered(company: KnownCompany) -> dict[str, Any]:
    name = company.name.upper()
    return {
        "siren": company.siren,
        "nom_complet": name,
        "nom_raison_sociale": name,
        "sigle": None,
        "nombre_etablissements": 1,
        "nombre_etablissements_ouverts": 1,
        "activite_principale": f"{PRODUCTION}A",
        "categorie_entreprise": "PME",
        "caractere_employeur": None,
        "annee_categorie_entreprise": "2024",
        "date_creation": "2011-05-02",
        "date_fermeture": None,
        "date_mise_a_jour": "2026-11-20T08:41:12",
        "date_mise_a_jour_insee": "2026-09-02T14:10:05",
        "date_mise_a_jour_rne": "2026-11-20T08:41:12",
        "etat_administratif": "A",
        "nature_juridique": "5710",
        "section_activite_principale": "J",
        "tranche_effectif_salarie": "03",
        "annee_tranche_effectif_salarie": "2023",
        "statut_diffusion": "O",
    }


# Queries and answers ------------------------------------------------------------------------------------------------

#: Stands in a query where what is asked about will be; no title has it.
_SOMETHING = "\u241f"
_LITERAL = r'"(?:[^"\\]|\\.)*"(?:@\w+)?'
_ITEM = r"(?:wd:)?Q\d+"


def _asked_by(query_about: Callable[[str], str], query: str) -> list[str] | None:
    """The titles or items that a query of the product's is about, one or several in a row; None for another query."""
    one = rf"(?:{_LITERAL}|{_ITEM})"
    before, *between, after = re.split(rf'(?:"|wd:)?{_SOMETHING}"?(?:@\w+)?', query_about(_SOMETHING))
    spaces = {gap for gap in between if gap.strip()}
    assert not spaces, "what a query is about stands in one place of it"
    found = re.fullmatch(rf"{re.escape(before)}({one}(?: {one})*){re.escape(after)}", query)
    if found is None:
        return None
    return [_unquoted(term) for term in re.findall(one, found[1])]


def _unquoted(term: str) -> str:
    if not term.startswith('"'):
        return term.removeprefix("wd:")
    text: str = json.loads(term.rpartition('"')[0] + '"')
    return text


def _text(value: str, language: str | None = None) -> dict[str, str]:
    return {"type": "literal", "value": value} | ({"xml:lang": language} if language else {})


def _uri(value: str) -> dict[str, str]:
    return {"type": "uri", "value": value}


def _json(body: Mapping[str, Any], content_type: str, status: int = 200) -> Answered:
    return Answered(status, content_type, json.dumps(body, ensure_ascii=False).encode())


def _not_understood() -> Answered:
    return Answered(400, "text/plain;charset=utf-8", b"Malformed query")
