"""The contract as a page: what every route takes, gives and refuses, from the OpenAPI document and nothing else.

The page's own words are French or English; what the document says about routes and fields is in English, as the code
has it, and marked so. Every sentence of a refusal stands there in both languages, for a front end shows both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from chalicelib.vocabulary.text import Bilingual, Language
from infra.local.mailbox_pages import render

STYLE = Path(__file__).parent / "pages" / "contract.css"

_PROBLEM = "application/problem+json"
#: The rooms of the product, as people call them; a room without a line here goes by its name.
_ROOMS = {
    "accounts": Bilingual("Comptes", "Accounts"),
    "briefs": Bilingual("Projets", "Projects"),
    "companies": Bilingual("Sociétés", "Companies"),
    "failures": Bilingual("Échecs de traitement", "Failures"),
    "matching": Bilingual("Sélections", "Shortlists"),
    "notifications": Bilingual("Courriels", "E-mails"),
    "platform": Bilingual("Service", "Service"),
    "profiles": Bilingual("Profils", "Profiles"),
}
_GROUPS = {
    "producers": Bilingual("les producteurs", "producers"),
    "freelancers": Bilingual("les freelances", "freelancers"),
    "admins": Bilingual("les administrateurs", "administrators"),
}
_KINDS = {
    "string": Bilingual("texte", "text"),
    "integer": Bilingual("nombre entier", "whole number"),
    "number": Bilingual("nombre", "number"),
    "boolean": Bilingual("oui ou non", "true or false"),
    "object": Bilingual("objet", "object"),
    "null": Bilingual("null", "null"),
}
_FORMATS = {
    "date": Bilingual("jour AAAA-MM-JJ", "day YYYY-MM-DD"),
    "date-time": Bilingual("instant ISO 8601, en UTC", "moment in ISO 8601, UTC"),
}
_PLACES = {
    "path": Bilingual("chemin", "path"),
    "query": Bilingual("requête", "query"),
    "header": Bilingual("en-tête", "header"),
}


@dataclass(frozen=True)
class Field:
    """One field of a shape, with those inside of it. `schema`: the named shape that it is, or holds."""

    name: str
    kind: str
    given: str  # whether it must be there, when that is worth saying
    schema: str | None
    description: Markup
    inside: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Content:
    """A body: its media types, its shape's name and fields, an example when there is one."""

    media_types: tuple[str, ...]
    kind: str
    schema: str | None
    fields: tuple[Field, ...]
    example: str


@dataclass(frozen=True)
class Parameter:
    name: str
    where: str
    required: bool
    kind: str
    description: Markup
    example: str


@dataclass(frozen=True)
class Answer:
    """A success, or a page that says no."""

    status: str
    description: Markup
    headers: tuple[tuple[str, Markup], ...]
    content: Content | None


@dataclass(frozen=True)
class Refusal:
    """A code that may be answered, with what it says to people."""

    status: str
    code: str
    sentence: Bilingual


@dataclass(frozen=True)
class Route:
    """One method of one path, ready to be read."""

    anchor: str
    method: str
    path: str
    summary: Markup
    description: Markup
    who: str
    parameters: tuple[Parameter, ...]
    body: Content | None
    answers: tuple[Answer, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Room:
    """The routes of one part of the product."""

    anchor: str
    name: str
    routes: list[Route]


@dataclass(frozen=True)
class Shape:
    """A named schema of the document."""

    name: str
    description: Markup
    kind: str
    fields: tuple[Field, ...]


def contract_page(document: Mapping[str, Any], language: Language) -> str:
    """The whole page. The document is trusted for its form, and for nothing that it says: all of it is escaped."""
    reader = _Reader(document, language)
    info = document["info"]
    return render(
        "contract.html",
        language,
        title=info["title"],
        version=info["version"],
        introduction=_prose(info.get("description", "")),
        rooms=reader.rooms(),
        shapes=reader.shapes(),
    )


class _Reader:
    def __init__(self, document: Mapping[str, Any], language: Language) -> None:
        self._document = document
        self._language = language

    def rooms(self) -> list[Room]:
        """By name; routes in the order of their paths."""
        found: dict[str, list[Route]] = {}
        for path, methods in self._document["paths"].items():
            for method, operation in methods.items():
                found.setdefault(operation["tags"][0], []).append(self._route(path, method.upper(), operation))
        rooms = [Room(f"room-{tag}", self._said(_ROOMS, tag), routes) for tag, routes in found.items()]
        return sorted(rooms, key=lambda room: unicodedata.normalize("NFD", room.name))

    def shapes(self) -> list[Shape]:
        taken = self._taken()
        return [
            Shape(
                name,
                _prose(schema.get("description", "")),
                self._kind(schema),
                self._fields(schema, sent=name in taken, depth=1),
            )
            for name, schema in self._document["components"]["schemas"].items()
        ]

    def _taken(self) -> set[str]:
        """The names of the schemas that requests are made of."""
        found: set[str] = set()

        def follow(value: Any) -> None:
            if isinstance(value, Mapping):
                name = _name(value)
                if name is not None and name not in found:
                    found.add(name)
                    follow(self._at(value["$ref"]))
                for inner in value.values():
                    follow(inner)
            elif isinstance(value, list):
                for inner in value:
                    follow(inner)

        for methods in self._document["paths"].values():
            for operation in methods.values():
                follow(
                    [content.get("schema") for content in operation.get("requestBody", {}).get("content", {}).values()]
                )
        return found

    def _route(self, path: str, method: str, operation: Mapping[str, Any]) -> Route:
        body = operation.get("requestBody")
        return Route(
            anchor=operation["operationId"],
            method=method,
            path=path,
            summary=_line(operation["summary"]),
            description=_prose(operation.get("description", "")),
            who=self._who(operation["security"]),
            parameters=tuple(self._parameter(one) for one in operation["parameters"]),
            body=None if body is None else self._content(body["content"], sent=True),
            answers=tuple(self._answers(operation)),
            refusals=tuple(self._refusals(operation)),
        )

    def _who(self, security: list[dict[str, list[str]]]) -> str:
        if not security:
            return self._either("tout le monde, sans se connecter", "everyone, without signing in")
        groups = [group for way in security for some in way.values() for group in some]
        if not groups:
            return self._either("tout compte connecté", "every signed-in account")
        return ", ".join(self._said(_GROUPS, group) for group in groups)

    def _parameter(self, parameter: Mapping[str, Any]) -> Parameter:
        return Parameter(
            name=parameter["name"],
            where=self._said(_PLACES, parameter["in"]),
            required=bool(parameter.get("required")),
            kind=self._kind(parameter["schema"]),
            description=_line(parameter.get("description", "")),
            example=str(parameter.get("example", "")),
        )

    def _answers(self, operation: Mapping[str, Any]) -> Iterator[Answer]:
        """What is answered but problems; a page for a person may say no in its own words."""
        for status, response in operation["responses"].items():
            response = self._resolved(response)
            content = dict(response.get("content", {}))
            refuses = content.pop(_PROBLEM, None) is not None
            if refuses and not content:
                continue
            headers = response.get("headers", {})
            yield Answer(
                status,
                _prose("" if refuses else response.get("description", "")),
                tuple((name, _line(header.get("description", ""))) for name, header in headers.items()),
                self._content(content, sent=False) if content else None,
            )

    def _refusals(self, operation: Mapping[str, Any]) -> Iterator[Refusal]:
        """A code once for each status: from the two examples that show it, `….fr` and `….en`."""
        for status, response in operation["responses"].items():
            content = self._resolved(response).get("content", {}).get(_PROBLEM, {})
            shown = {name: self._resolved(example)["value"] for name, example in content.get("examples", {}).items()}
            for name, problem in shown.items():
                if name.endswith(".fr"):
                    english = shown.get(name.removesuffix("fr") + "en", problem)
                    yield Refusal(status, problem["code"], Bilingual(problem["title"], english["title"]))

    def _content(self, content: Mapping[str, Any], *, sent: bool) -> Content:
        first = next(iter(content.values()))
        schema = first.get("schema", {})
        return Content(
            media_types=tuple(content),
            kind=self._kind(schema),
            schema=self._held(schema),
            fields=self._fields(schema, sent=sent),
            example=json.dumps(first["example"], ensure_ascii=False, indent=2) if "example" in first else "",
        )

    # --- schemas --------------------------------------------------------------------------------------------

    def _fields(
        self, schema: Mapping[str, Any], *, sent: bool, depth: int = 99, inside: tuple[str, ...] = ()
    ) -> tuple[Field, ...]:
        """The fields of a shape, or of what a list or a dictionary of it holds. `depth`: how many levels to open;
        a shape inside of itself is named and not opened again."""
        name, schema = self._core(schema)
        if depth == 0 or (name is not None and name in inside):
            return ()
        inside = inside if name is None else (*inside, name)
        required = schema.get("required", ())
        return tuple(
            Field(
                field,
                # What is there in every answer has no use for a default.
                self._kind(inner if sent else {key: value for key, value in inner.items() if key != "default"}),
                self._given(field in required, sent),
                self._held(inner),
                _line(inner.get("description", "")),
                self._fields(inner, sent=sent, depth=depth - 1, inside=inside),
            )
            for field, inner in schema.get("properties", {}).items()
        )

    def _given(self, required: bool, sent: bool) -> str:
        if sent:
            return self._either("obligatoire", "required") if required else ""
        return "" if required else self._either("parfois absent", "may be missing")

    def _core(self, schema: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
        """What a list, a dictionary or a "… or null" is about in the end, with its name if it has one."""
        name = None
        while True:
            if "$ref" in schema:
                name, schema = _name(schema), self._at(schema["$ref"])
                continue
            choices = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
            inner = choices[0] if len(choices) == 1 else schema.get("items", schema.get("additionalProperties"))
            if not isinstance(inner, Mapping) or not inner:
                return name, schema
            name, schema = None, inner

    def _held(self, schema: Mapping[str, Any]) -> str | None:
        return self._core(schema)[0]

    def _kind(self, schema: Mapping[str, Any]) -> str:
        """What may stand there, in a few words: its type, its form, its limits."""
        if "$ref" in schema:
            return self._kind(self._at(schema["$ref"]))
        if "anyOf" in schema:
            return self._either(" ou ", " or ").join(self._kind(one) for one in schema["anyOf"]) + self._default(schema)
        values = [schema["const"]] if "const" in schema else schema.get("enum")
        if values is not None:
            quoted = [self._quoted(value) if isinstance(value, str) else json.dumps(value) for value in values]
            return self._either(" ou ", " or ").join(quoted) + self._default(schema)
        if schema.get("type") == "array":
            return self._list(schema) + self._default(schema)
        if isinstance(schema.get("additionalProperties"), Mapping) and schema["additionalProperties"]:
            kind = self._kind(schema["additionalProperties"])
            return self._either(f"objet dont chaque valeur est : {kind}", f"object with values: {kind}")
        words = [self._said(_KINDS, str(schema["type"])) if "type" in schema else self._either("tout", "anything")]
        if "format" in schema:
            words = [self._format(schema["format"])]
        words += self._limits(schema)
        return ", ".join(words) + self._default(schema)

    def _list(self, schema: Mapping[str, Any]) -> str:
        limits = self._range(schema.get("minItems") or None, schema.get("maxItems"), "entrées", "entries")
        if schema.get("uniqueItems"):
            limits.append(self._either("sans répétition", "no repetition"))
        inner, bounds = self._kind(schema.get("items", {})), f" ({', '.join(limits)})" if limits else ""
        return self._either(f"liste{bounds} : {inner}", f"list{bounds}: {inner}")

    def _format(self, name: str) -> str:
        if name.startswith("taxonomy-"):
            dimension = name.removeprefix("taxonomy-")
            return self._either("identifiant de la taxonomie, ", "id of the taxonomy’s ") + self._quoted(dimension)
        return self._said(_FORMATS, name)

    def _quoted(self, text: str) -> str:
        return self._either(f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»", f"“{text}”")

    def _limits(self, schema: Mapping[str, Any]) -> list[str]:
        said = self._range(schema.get("minLength"), schema.get("maxLength"), "caractères", "characters")
        said += self._range(schema.get("minimum"), schema.get("maximum"), "", "")
        if "pattern" in schema:
            said.append(self._either(f"de la forme {schema['pattern']}", f"of the form {schema['pattern']}"))
        return said

    def _range(self, least: float | None, most: float | None, fr: str, en: str) -> list[str]:
        unit = self._either(fr, en)
        if least is not None and most is not None:
            said = f"{least} {self._either('à', 'to')} {most} {unit}"
        elif most is not None:
            said = self._either(f"{most} {unit} au plus", f"at most {most} {unit}")
        elif least is not None:
            said = self._either(f"{least} {unit} au moins", f"at least {least} {unit}")
        else:
            return []
        return [" ".join(said.split())]

    def _default(self, schema: Mapping[str, Any]) -> str:
        value = schema.get("default")
        if value is None or value in ([], {}):
            return ""
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return self._either(f" (par défaut : {shown})", f" (by default: {shown})")

    # --- the document ---------------------------------------------------------------------------------------

    def _at(self, reference: str) -> Mapping[str, Any]:
        found: Any = self._document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]
        return found  # type: ignore[no-any-return]  # a reference of ours leads to an object

    def _resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._at(value["$ref"]) if "$ref" in value else value

    def _either(self, fr: str, en: str) -> str:
        return fr if self._language == "fr" else en

    def _said(self, words: Mapping[str, Bilingual], name: str) -> str:
        return words[name].in_(self._language) if name in words else name


def _name(schema: Mapping[str, Any]) -> str | None:
    reference = schema.get("$ref")
    return None if reference is None else str(reference).rsplit("/", 1)[-1]


def _line(text: str) -> Markup:
    """A text with its `code` and its **stress**, all else as it is."""
    escaped = str(escape(" ".join(text.split())))
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked))  # escaped above


def _prose(text: str) -> Markup:
    """Paragraphs and plain lists."""
    blocks = []
    for block in filter(None, (part.strip() for part in text.split("\n\n"))):
        if block.startswith("- "):
            items = Markup("").join(Markup("<li>{}</li>").format(_line(item)) for item in block[2:].split("\n- "))
            blocks.append(Markup("<ul>{}</ul>").format(items))
        else:
            blocks.append(Markup("<p>{}</p>").format(_line(block)))
    return Markup("\n").join(blocks)
