"""The OpenAPI 3.1 document of the routes, made from what they are: their signatures, the schemas that validate, the
errors that they may answer. Nothing is described a second time but by examples, in each context's `examples.json`.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chalicelib.platform import errors
from chalicelib.platform.errors import DomainError, FieldError
from chalicelib.platform.operations import HTML, JSON, SVG, Operation
from chalicelib.platform.schemas import ProblemShape
from chalicelib.vocabulary.text import LANGUAGES, Bilingual

PROBLEM_JSON = "application/problem+json"

_REF = "#/components/schemas/{model}"
_SAMPLE_FIELD = FieldError("/code_name", "required", Bilingual("Ce champ est nécessaire.", "This field is required."))

#: Grows when a client that follows the document would break: `infra/contract.py` holds the rules.
VERSION = "2.0.0"

DESCRIPTION = """\
Every route of Plot Point. JSON in and out, `snake_case`, times in ISO 8601 UTC, days as `YYYY-MM-DD`, ULID ids.

**Signing in.** Routes that are not public take the ID token of the user pool as `Authorization: Bearer …`; the groups
of the token say who may call what.

**Errors** are RFC 9457 problems. `code` is stable and meant for programs (`docs/errors.md` lists them all); `title` and
the messages of `errors` are for people, in French or, with `Accept-Language: en`, in English. What the gateway answers
by itself has the same form, with both languages in one title.

**Lists** are read page after page: give the `cursor` of an answer to get the next page. It is signed, and worth nothing
for anyone else or for another query.

**Two people at once.** What is edited carries an `ETag`; give it back as `If-Match`. Where several people may edit, the
header is required (428), and an outdated version is refused (412).

**Trying again.** A POST that creates takes an `Idempotency-Key` of your choosing: sent again under the same key within
a day, the same request gets the same answer and creates nothing more; another request under it is refused (422).
"""

#: What the gateway may answer before or instead of a route, by status: our error that says the same. Those of the
#: statuses that a route answers too have the same code there. `infra/resources.yaml` holds their bodies.
GATEWAY: dict[int, type[DomainError]] = {
    400: errors.Refused,
    413: errors.BodyTooLarge,
    429: errors.TooManyRequests,
    502: errors.Unavailable,
    504: errors.Unavailable,
}


def document(routes: Iterable[Operation]) -> dict[str, Any]:
    """The whole document, ready for JSON. The same routes give the same document."""
    routes = list(routes)
    inputs: set[type[BaseModel]] = {operation.body for operation in routes if operation.takes_body}
    answers = {operation.answer for operation in routes if operation.answer is not None} | {ProblemShape}
    examples = _examples(inputs | answers)
    responses = _Responses()
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation in routes:
        paths[operation.path][operation.method.lower()] = _operation(operation, responses, examples)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Plot Point",
            "version": VERSION,
            "summary": "The organised market between drama producers and freelance development professionals.",
            "description": DESCRIPTION,
        },
        "servers": [{"url": "/api", "description": "On the site's own origin."}],
        "tags": [{"name": name} for name in sorted({operation.context for operation in routes})],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _schemas(inputs, answers),
            "responses": dict(sorted(responses.found.items())),
            "examples": dict(sorted(responses.examples.items())),
            "securitySchemes": {
                "account": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": (
                        "The ID token of the user pool that `GET /config` names. The roles of a route are groups of "
                        "the pool, any of which will do; a route without roles is for every account."
                    ),
                }
            },
        },
    }


def _schemas(inputs: set[type[BaseModel]], answers: set[type[BaseModel]]) -> dict[str, Any]:
    wanted: list[tuple[type[BaseModel], Literal["validation", "serialization"]]]
    wanted = [(model, "validation") for model in inputs]
    wanted += [(model, "serialization") for model in answers]
    wanted.sort(key=lambda pair: (pair[0].__name__, pair[0].__module__))
    _, defined = models_json_schema(wanted, ref_template=_REF)
    schemas: dict[str, Any] = defined["$defs"]
    for name, schema in schemas.items():
        schema.pop("title", None)
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
        if not name.endswith("Input") and name not in {model.__name__ for model in inputs}:
            # A client that follows the document must bear an answer with one field more.
            schema.pop("additionalProperties", None)
    return dict(sorted(schemas.items()))


def _examples(models: set[type[BaseModel]]) -> dict[str, Any]:
    """By the schema's name, from the `examples.json` beside each schema's module."""
    folders = {Path(str(sys.modules[model.__module__].__file__)).parent for model in models}
    found: dict[str, Any] = {}
    for folder in sorted(folders):
        file = folder / "examples.json"
        if file.exists():
            found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def _operation(operation: Operation, responses: _Responses, examples: dict[str, Any]) -> dict[str, Any]:
    summary, _, more = inspect.cleandoc(operation.view.__doc__ or "").partition("\n")
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.context],
        "summary": summary,
    }
    if more.strip():
        described["description"] = more.strip()
    described["parameters"] = list(_parameters(operation))
    if operation.takes_body:
        content = {"schema": _ref(operation.body), **_example(operation.body, examples)}
        described["requestBody"] = {
            "required": not operation.body_is_optional,
            "content": dict.fromkeys(operation.media_types, content),
        }
    elif operation.consumes is not None:
        described["requestBody"] = {"content": {kind: {"schema": {"type": "object"}} for kind in operation.media_types}}
    described["responses"] = {
        str(operation.status): _success(operation, examples),
        **{str(status): responses.of(kinds) for status, kinds in _refusals(operation).items()},
    }
    if operation.elsewhere:
        place = {"description": "Where it lies, for a while.", "schema": {"type": "string", "format": "uri"}}
        described["responses"]["303"] = {
            **_success(operation, examples),
            "description": "Too large for an answer: it lies elsewhere.",
            "headers": {"Location": place},
        }
    if operation.is_page and operation.path_parameters:
        # Whoever follows a link that leads nowhere is told so in a page; one that never was a link is no page.
        page = {HTML: {"schema": {"type": "string"}}}
        for status in map(str, (404, *operation.pages)):
            known = described["responses"].get(status)
            refusal: dict[str, Any] = {"description": "A page that says why."}
            if known is not None:
                refusal = responses.found[known["$ref"].rpartition("/")[2]]
            described["responses"][status] = {**refusal, "content": {**page, **refusal.get("content", {})}}
    described["security"] = [] if operation.access.public else [{"account": sorted(operation.access.groups or ())}]
    return described


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name, form in operation.path_parameters.items():
        yield {"name": name, "in": "path", "required": True, "schema": form.json_schema()}
    if operation.takes_query:
        schema = operation.query.model_json_schema(ref_template=_REF)
        for name, field in schema["properties"].items():
            field.pop("title", None)
            yield {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _given(field)}
    if operation.if_match is not None:
        yield {
            "name": "If-Match",
            "in": "header",
            "required": operation.if_match == "required",
            "description": "The ETag that came with what is changed, or `*` for whatever version there is.",
            "schema": {"type": "string", "pattern": r'^\s*((W/)?("[0-9]{1,12}"|[0-9]{1,12})|\*)\s*$'},
            "example": '"3"',
        }
    if operation.creates:
        yield {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "Of your choosing, new for each thing to create: a repetition creates nothing more.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
            "example": "3f0c2a9e-5d0f-4f0e-9a55-2f9f3c1c7b11",
        }
    yield {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "description": "`fr` (by default) or `en`: the language of refusals.",
        "schema": {"type": "string"},
        "example": "fr",
    }


def _given(field: dict[str, Any]) -> dict[str, Any]:
    """A parameter is given or left out, never null."""
    choices = [choice for choice in field.get("anyOf", ()) if choice != {"type": "null"}]
    if not choices:
        return field
    kept = {name: value for name, value in field.items() if name not in ("anyOf", "default")}
    return {**kept, **choices[0]}


def _success(operation: Operation, examples: dict[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    answer = operation.answer
    if answer is None:
        content = {operation.answers_with: {"schema": {"type": "string"}}}
        if operation.is_page:
            return {"description": "A page for a person.", "content": content}
        if operation.answers_with == SVG:
            return {"description": "A picture, with its content as text in its `desc`.", "content": content}
        name = {"description": "What to call the file.", "schema": {"type": "string"}}
        said = "A file for a calendar program (RFC 5545)."
        return {"description": said, "headers": {"Content-Disposition": name}, "content": content}
    if operation.if_match or operation.creates or "version" in answer.model_fields:
        headers["ETag"] = {"description": "The version, to be given back as `If-Match`.", "schema": {"type": "string"}}
    if operation.creates:
        headers["Idempotency-Replayed"] = {
            "description": "There when the answer had been given before under this key.",
            "schema": {"type": "string", "const": "true"},
        }
    return {
        "description": inspect.cleandoc(answer.__doc__ or "").partition("\n\n")[0] if answer.__doc__ else "Done.",
        **({"headers": headers} if headers else {}),
        "content": {JSON: {"schema": _ref(answer), **_example(answer, examples)}},
    }


def _refusals(operation: Operation) -> dict[int, list[type[DomainError]]]:
    """Everything that may be answered but success: what the use case refuses, what every route of this kind may
    refuse, and what the gateway says by itself."""
    kinds: set[type[DomainError]] = {errors.InternalError, errors.Unavailable, *operation.refusals}
    if not operation.access.public:
        kinds.add(errors.Unauthenticated)
    if not operation.access.public and operation.method != "GET":
        kinds.add(errors.AccountClosed)
    if operation.access.groups is not None:
        kinds.add(errors.Forbidden)
    if operation.is_gated:
        kinds.add(errors.AccountSuspended)
    if operation.path_parameters:
        kinds.add(errors.NotFound)
    if not operation.is_page:
        kinds.add(errors.Invalid)  # a parameter of the query that the route does not know
    if operation.method != "GET":
        kinds.add(errors.UnsupportedMediaType)
        if operation.consumes is None:
            kinds |= {errors.MalformedBody, errors.BodyTooLarge}
    if operation.if_match == "required":
        kinds.add(errors.PreconditionRequired)
    if operation.creates:
        kinds |= {errors.IdempotencyKeyReused, errors.RequestInProgress}
    found: dict[int, set[type[DomainError]]] = defaultdict(set)
    for kind in kinds:
        found[kind.status].add(kind)
    for status, kind in GATEWAY.items():
        found[status].add(kind)
    return {status: sorted(found[status], key=_name) for status in sorted(found)}


class _Responses:
    """The answers that refuse, each written once: most routes share them."""

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}
        self.examples: dict[str, Any] = {}

    def of(self, kinds: list[type[DomainError]]) -> dict[str, str]:
        """A reference to the answer that is one of these errors."""
        name = "-or-".join(_name(kind) for kind in kinds)
        if name not in self.found:
            self.found[name] = self._response(kinds)
        return {"$ref": f"#/components/responses/{name}"}

    def _response(self, kinds: list[type[DomainError]]) -> dict[str, Any]:
        shown = {}
        for kind in kinds:
            for language in LANGUAGES:
                example = f"{_name(kind)}.{language}"
                self.examples[example] = {"value": _sample(kind).to_problem(language)}
                shown[example] = {"$ref": f"#/components/examples/{example}"}
        headers: dict[str, Any] = {}
        if any(kind.retry_after_seconds for kind in kinds):
            headers["Retry-After"] = {"description": "In how many seconds to ask again.", "schema": {"type": "string"}}
        schema = {**_ref(ProblemShape), "properties": {"code": {"enum": sorted({kind.code for kind in kinds})}}}
        return {
            "description": "\n".join(f"- `{kind.code}`: {_sample(kind).to_problem('en')['title']}" for kind in kinds),
            **({"headers": headers} if headers else {}),
            "content": {PROBLEM_JSON: {"schema": schema, "examples": shown}},
        }


def _sample(kind: type[DomainError]) -> DomainError:
    """One such error as it could be answered."""
    error = kind.__new__(kind)
    DomainError.__init__(error, [_SAMPLE_FIELD] if issubclass(kind, errors.Invalid) else [], **kind.sample)
    return error


def _name(kind: type[DomainError]) -> str:
    """`briefs.no_company`: two contexts may say the same code in their own words."""
    return f"{kind.__module__.split('.')[-2]}.{kind.code}"


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _example(model: type[BaseModel], examples: dict[str, Any]) -> dict[str, Any]:
    return {"example": examples[model.__name__]} if model.__name__ in examples else {}
