"""The contract as a page: everything that the document says, in both languages, and nothing that runs."""

from __future__ import annotations

import asyncio
import copy
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from chalicelib.vocabulary.text import Language
from infra.local.contract_page import contract_page
from infra.local.mailbox import Mailbox
from infra.local.origin import Origin
from tests.support.contract import document
from tests.support.product import free_port

LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


class Page(HTMLParser):
    """What a browser makes of it: ids, links, headings, elements, and the text of each route's article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.elements: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self.attributes: set[str] = set()
        self._article: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements[tag] += 1
        self.attributes |= given.keys()
        if "id" in given:
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag[0] == "h" and tag[1:].isdigit():
            self.levels.append(int(tag[1:]))
        if tag == "article":
            self._article = str(given["aria-labelledby"])
            self.texts[self._article] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self._article = None

    def handle_data(self, data: str) -> None:
        if self._article is not None:
            self.texts[self._article] += data


def read(language: Language) -> Page:
    return Page(contract_page(document(), language))


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method.upper(), operation)
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    ]


def core(schema: dict[str, Any]) -> str | None:
    """The name of the schema that a body is."""
    return schema["$ref"].rsplit("/", 1)[-1] if "$ref" in schema else None


@LANGUAGES
def test_every_route_is_there_with_all_that_it_takes_and_gives(language: Language) -> None:
    page = read(language)
    for path, method, operation in operations():
        text = page.texts[operation["operationId"]]
        assert method in text
        assert path in text
        for parameter in operation["parameters"]:
            assert parameter["name"] in text
        bodies = [operation.get("requestBody", {"content": {}})]
        bodies += [answer for answer in operation["responses"].values() if "content" in answer]
        for body in bodies:
            for media_type, content in body["content"].items():
                if media_type == "application/problem+json":
                    continue  # the refusals, below
                assert media_type in text
                name = core(content["schema"])
                for field in document()["components"]["schemas"][name].get("properties", {}) if name else ():
                    assert field in text, (path, name, field)


@LANGUAGES
def test_every_refusal_of_a_route_is_there_with_both_its_sentences(language: Language) -> None:
    page = read(language)
    components = document()["components"]
    for _, _, operation in operations():
        text = page.texts[operation["operationId"]]
        for status, response in operation["responses"].items():
            if "$ref" not in response:
                continue
            shown = components["responses"][response["$ref"].rsplit("/", 1)[-1]]["content"]["application/problem+json"]
            assert status in text
            for name in shown["examples"]:
                problem = components["examples"][name]["value"]
                assert problem["code"] in text
                assert problem["title"] in text


@LANGUAGES
def test_every_shape_is_there_with_its_fields(language: Language) -> None:
    page = read(language)
    for name, schema in document()["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert field in page.texts[f"schema-{name}"], (name, field)


@LANGUAGES
def test_every_link_within_the_page_leads_somewhere_and_none_leaves_the_origin(language: Language) -> None:
    page = read(language)
    assert [one for one, times in Counter(page.ids).items() if times > 1] == []
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert {link for link in page.links if not link.startswith(("#", "/", "?"))} == set()
    for _, _, operation in operations():
        assert page.links.count(f"#{operation['operationId']}") >= 2, "from the contents and from its own room"


@LANGUAGES
def test_it_can_be_read_by_ear(language: Language) -> None:
    html = contract_page(document(), language)
    page = Page(html)
    assert html.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in html
    assert page.elements["main"] == page.elements["h1"] == page.elements["header"] == 1
    assert page.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))
    assert page.elements["thead"] == page.elements["table"]


def test_the_pages_own_words_are_the_readers() -> None:
    french, english = (contract_page(document(), language) for language in ("fr", "en"))
    for fr, en in (("Sommaire", "Contents"), ("Ce qu’elle refuse", "What it refuses"), ("obligatoire", "required")):
        assert fr in french
        assert en in english
        assert fr not in english
    assert "les producteurs" in french
    assert "caractères" not in Page(english).texts["schema-BriefInput"]


def small(**operation: Any) -> dict[str, Any]:
    """A document of one route."""
    base = {
        "operationId": "list_loaves",
        "tags": ["bakery"],
        "summary": "Loaves.",
        "parameters": [],
        "responses": {"200": {"description": "Done.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
        "security": [],
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1.0.0"},
        "paths": {"/loaves": {"get": base | operation}},
        "components": {"schemas": {}},
    }


def kinds(schema: dict[str, Any]) -> str:
    """What is said in English of a parameter of that form."""
    parameter = {"name": "p", "in": "query", "required": False, "schema": schema}
    text = Page(contract_page(small(parameters=[parameter]), "en")).texts["list_loaves"]
    return text.split("query")[-1].strip().splitlines()[0]


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 80}, "text, 1 to 80 characters"),
        ({"type": "string", "maxLength": 80}, "text, at most 80 characters"),
        ({"type": "integer", "minimum": 3}, "whole number, at least 3"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}], "default": None}, "true or false or null"),
        ({"type": "string", "enum": ["a", "b"], "default": "a"}, "“a” or “b” (by default: a)"),
        ({"enum": [0, 1], "type": "integer"}, "0 or 1"),
        ({"type": "string", "format": "date"}, "day YYYY-MM-DD"),
        ({"type": "string", "format": "taxonomy-genres"}, "id of the taxonomy’s “genres”"),
        ({"type": "string", "pattern": "^[A-Z]$"}, "text, of the form ^[A-Z]$"),
        (
            {"type": "array", "items": {"type": "string"}, "maxItems": 5, "minItems": 0, "uniqueItems": True},
            "list (at most 5 entries, no repetition): text",
        ),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object with values: whole number"),
        ({}, "anything"),
    ],
)
def test_types_and_limits_are_said_in_words(schema: dict[str, Any], said: str) -> None:
    assert kinds(schema) == said


def test_a_shape_inside_of_itself_is_opened_once() -> None:
    one = small()
    one["components"]["schemas"]["Starter"] = {
        "type": "object",
        "properties": {"fed_from": {"anyOf": [{"$ref": "#/components/schemas/Starter"}, {"type": "null"}]}},
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Starter"}}}
    one["paths"]["/loaves"]["get"]["responses"]["200"]["content"] = content

    assert Page(contract_page(one, "en")).texts["list_loaves"].count("fed_from") == 1


def test_roles_and_rooms_without_a_name_of_their_own_go_by_what_they_are_called() -> None:
    page = Page(contract_page(small(security=[{"account": ["bakers", "admins"]}]), "fr"))

    assert "bakers, les administrateurs" in page.texts["list_loaves"]
    assert "room-bakery" in page.ids


@LANGUAGES
def test_nothing_in_it_runs_and_nothing_is_taken_for_markup(language: Language) -> None:
    def marked(value: Any) -> Any:
        """Every text of the document, with markup in it."""
        if isinstance(value, dict):
            return {name: marked(inner) if name not in _NAMES else inner for name, inner in value.items()}
        if isinstance(value, list):
            return [marked(inner) for inner in value]
        return f'{value}<script>alert("1")</script>`<b>`**<i>**' if isinstance(value, str) else value

    page = Page(contract_page(marked(copy.deepcopy(document())), language))

    assert set(page.elements) & {"script", "b", "i", "iframe", "img", "object", "form"} == set()
    assert not any(attribute.startswith("on") or attribute == "style" for attribute in page.attributes)


#: What is a name in the document rather than a text.
_NAMES = {"$ref", "type", "in", "tags", "security", "operationId"}


def test_the_origin_serves_it_from_the_products_own_document_and_says_when_it_cannot(tmp_path: Path) -> None:
    answers = {"status": 200}

    async def told(_request: web.Request) -> web.Response:
        return web.json_response(document(), status=answers["status"])

    async def story() -> list[tuple[int, str, str]]:
        upstream = web.Application()
        upstream.add_routes([web.get("/main/openapi.json", told)])
        runner = web.AppRunner(upstream)
        await runner.setup()
        behind = free_port()
        await web.TCPSite(runner, "127.0.0.1", behind).start()
        origin = Origin(free_port(), tmp_path, Mailbox(tmp_path / "mail"))
        await origin.start()
        seen = []

        async def see(path: str) -> None:
            async with ClientSession() as session, session.get(origin.url + path) as answer:
                seen.append((answer.status, answer.headers.get("Content-Security-Policy", ""), await answer.text()))

        try:
            await see("/docs")
            origin.upstream.api_url = f"http://127.0.0.1:{behind}/main"
            for path in ("/docs", "/docs?lang=en", "/local/contract.css"):
                await see(path)
            answers["status"] = 503
            await see("/docs")
            await runner.cleanup()
            await see("/docs")
        finally:
            await origin.stop()
            await runner.cleanup()
        return seen

    starting, french, english, style, unwell, gone = asyncio.run(story())

    assert starting[0] == 503
    assert '"starting"' in starting[2]
    assert (french[0], english[0], style[0]) == (200, 200, 200)
    assert french[2] == contract_page(document(), "fr")
    assert english[2] == contract_page(document(), "en")
    assert "script-src" not in french[1]
    assert french[1].startswith("default-src 'none'; style-src 'self';")
    assert (unwell[0], gone[0]) == (502, 502)
