"""The contract as a page: what every route takes, gives and refuses, from the OpenAPI document and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from chalicelib.vocabulary.text import Language
from infra.local.mailbox_pages import render

_GROUPS = {
    "producers": ("producteurs", "producers"),
    "freelancers": ("freelances", "freelancers"),
    "admins": ("administrateurs", "administrators"),
}


@dataclass(frozen=True)
class Line:
    """One field of a shape, or what a list of them holds; `depth` says inside of what."""

    depth: int
    name: str
    kind: str
    required: bool
    description: str = ""


@dataclass(frozen=True)
class Refusal:
    """A code that a route may answer, with its sentence in the reader's language."""

    status: str
    code: str
    title: str


@dataclass(frozen=True)
class Route:
    """One method of one path, ready to be read."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    who: str
    parameters: list[dict[str, Any]]
    takes: list[Line]
    takes_example: str
    status: str
    gives: list[Line]
    gives_example: str
    refusals: list[Refusal] = field(default_factory=list)


def contract_page(document: dict[str, Any], language: Language) -> str:
    """The page in that language; summaries are in English, as the code has them."""
    groups: dict[str, list[Route]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            route = _route(document, path, method.upper(), operation, language)
            groups.setdefault(operation["tags"][0], []).append(route)
    return render(
        "contract.html",
        language,
        title=document["info"]["title"],
        version=document["info"]["version"],
        introduction=document["info"]["description"].split("\n\n"),
        groups=dict(sorted(groups.items())),
    )


def _route(document: dict[str, Any], path: str, method: str, operation: dict[str, Any], language: Language) -> Route:
    taken: dict[str, Any] = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    status, success = next(item for item in operation["responses"].items() if item[0].startswith("2"))
    given: dict[str, Any] = next(iter(success["content"].values()), {})
    return Route(
        anchor=operation["operationId"],
        method=method,
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        who=_who(operation["security"], language),
        parameters=[
            {
                "name": one["name"],
                "where": one["in"],
                "kind": _kind(document, one["schema"], language),
                "required": one["required"],
                "description": one.get("description", ""),
            }
            for one in operation["parameters"]
        ],
        takes=list(_lines(document, taken.get("schema", {}), language)),
        takes_example=_shown(taken),
        status=status,
        gives=list(_lines(document, given.get("schema", {}), language)),
        gives_example=_shown(given),
        refusals=list(_refusals(document, operation, language)),
    )


def _who(security: list[dict[str, list[str]]], language: Language) -> str:
    if not security:
        return "tout le monde" if language == "fr" else "everyone"
    groups = security[0]["account"]
    if not groups:
        return "tout compte" if language == "fr" else "any account"
    return ", ".join(_GROUPS[group][language == "en"] for group in groups)


def _shown(content: dict[str, Any]) -> str:
    return json.dumps(content["example"], ensure_ascii=False, indent=2) if "example" in content else ""


def _refusals(document: dict[str, Any], operation: dict[str, Any], language: Language) -> Iterator[Refusal]:
    for status, response in operation["responses"].items():
        if "$ref" not in response:
            continue
        content = _at(document, response["$ref"])["content"]["application/problem+json"]
        for name, reference in content["examples"].items():
            if name.endswith(f".{language}"):
                problem = _at(document, reference["$ref"])["value"]
                yield Refusal(status, problem["code"], problem["title"])


def _at(document: dict[str, Any], reference: str) -> Any:
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _lines(
    document: dict[str, Any], schema: dict[str, Any], language: Language, depth: int = 0, seen: tuple[str, ...] = ()
) -> Iterator[Line]:
    """The fields of a shape, each followed by those inside of it; a shape inside of itself is not opened again."""
    while True:
        name = schema.get("$ref", "")
        if name in seen and name:
            return
        if name:
            seen, schema = (*seen, name), _at(document, name)
        elif "anyOf" in schema:
            schema = next((one for one in schema["anyOf"] if one.get("type") != "null"), {})
        elif "items" in schema:
            schema = schema["items"]
        elif isinstance(schema.get("additionalProperties"), dict):
            schema = schema["additionalProperties"]
        else:
            break
    for field_name, inner in schema.get("properties", {}).items():
        yield Line(
            depth,
            field_name,
            _kind(document, inner, language),
            field_name in schema.get("required", ()),
            inner.get("description", ""),
        )
        yield from _lines(document, inner, language, depth + 1, seen)


def _kind(document: dict[str, Any], schema: dict[str, Any], language: Language) -> str:
    """What may stand there, in a few words: the type, its form and its limits."""
    fr = language == "fr"
    if "$ref" in schema:
        return _kind(document, {**_at(document, schema["$ref"])}, language)
    if "anyOf" in schema:
        return (" ou " if fr else " or ").join(_kind(document, one, language) for one in schema["anyOf"])
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    kind = str(schema.get("type", "object"))
    words = {
        "string": ("texte", "text"),
        "integer": ("nombre entier", "whole number"),
        "number": ("nombre", "number"),
        "boolean": ("oui/non", "true/false"),
        "array": ("liste", "list"),
        "object": ("objet", "object"),
        "null": ("null", "null"),
    }[kind]
    said = [words[not fr]]
    if kind == "array":
        said.append(("de " if fr else "of ") + _kind(document, schema["items"], language))
    if "format" in schema:
        said.append(f"({schema['format']})")
    low = schema.get("minLength", schema.get("minimum", schema.get("minItems")))
    high = schema.get("maxLength", schema.get("maximum", schema.get("maxItems")))
    if low is not None and high is not None:
        said.append(f"{low}…{high}")
    elif high is not None:
        said.append(f"≤ {high}")
    elif low is not None:
        said.append(f"≥ {low}")
    return " ".join(said)
