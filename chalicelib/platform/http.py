"""HTTP as every context uses it: routes that must say who may call them, strict requests, problem+json errors.

    routes = ApiBlueprint(__name__)

    @routes.post("/things", access=PRODUCERS, status=201, creates=True, refusals=(NoCompany,))
    def create_thing(request: Request, body: ThingInput) -> Reply[ThingShape]:
        \"""Makes a thing.\"""
        thing = wiring.service().create(request.actor, body, request.new_id())
        return Reply(ThingShape.of(thing), version=thing.version)

A view receives the `Request`, its path's parameters by name and, when its signature asks for them, the validated
`body` and `query`. The signature is also what the OpenAPI document says (`operations.py`, `openapi.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from urllib.parse import parse_qsl

from chalice.app import Blueprint, Chalice, CognitoUserPoolAuthorizer, Response
from chalice.app import Request as ChaliceRequest
from pydantic import BaseModel, Field, ValidationError

from chalicelib.platform import telemetry, words
from chalicelib.platform.admission import pass_the_doors
from chalicelib.platform.auth import Access, Actor
from chalicelib.platform.errors import (
    BodyTooLarge,
    DomainError,
    FieldRule,
    InternalError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    PreconditionRequired,
    Retryable,
    Unavailable,
    UnsupportedMediaType,
)
from chalicelib.platform.idempotency import Answer, Answers, fingerprint
from chalicelib.platform.operations import HTML, ICALENDAR, SVG, IfMatch, Method, Operation
from chalicelib.platform.paging import from_cursor, to_cursor
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Item, Table
from chalicelib.platform.telemetry import log
from chalicelib.platform.validation import Schema, validate_json, validate_query
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Bilingual, Language

#: Larger bodies are refused unread. The longest that can be right, a brief with every text in two languages and every
#: character of four bytes, has 75,000; between the two, a text that is far too long is told by name.
BODY_LIMIT_BYTES = 4_000_000

#: What a form of ours can hold: a choice and a line of text, however they are spelled.
FORM_LIMIT_BYTES = 20_000
FORM_FIELDS = 20

#: The user pool behind every route that is not public; `infra/resources.yaml` puts the pool's ARN here.
AUTHORIZER = CognitoUserPoolAuthorizer("accounts", provider_arns=["arn:set:by:infra/resources.yaml"])

#: A path parameter that is one of our signed texts (`platform/signing.py`) rather than an id.
SealedToken = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{20,2000}$")]

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
#: `"7"`, `W/"7"` (a cache that compresses weakens what it passes on) or a bare 7.
_ETAG = re.compile(r'\s*(?:W/)?(?:"([0-9]{1,12})"|([0-9]{1,12}))\s*')

_WRONG_ETAG = FieldRule(
    "wrong_form", Bilingual("Reprenez l’ETag reçu avec la ressource.", "Use the ETag received with the resource.")
)
_WRONG_KEY = FieldRule(
    "wrong_form", Bilingual("De 1 à 255 caractères ASCII visibles.", "From 1 to 255 visible ASCII characters.")
)

AnyShape = TypeVar("AnyShape", bound=BaseModel)


class Request:
    """One call: who, in which language, on what condition."""

    def __init__(self, raw: ChaliceRequest, actor: Actor | None, operation: Operation | None = None) -> None:
        self._raw = raw
        self._actor = actor
        self._operation = operation
        self._new_id: str | None = None

    @property
    def actor(self) -> Actor:
        """The signed-in account; only on routes that are not public."""
        if self._actor is None:
            raise RuntimeError("a public route has no actor")
        return self._actor

    @property
    def language(self) -> Language:
        return preferred_language(self._raw.headers.get("accept-language"))

    def new_id(self) -> str:
        """The id of what this request creates: a request sent again under its `Idempotency-Key` gets the same one."""
        if self._new_id is None:
            self._new_id = new_id(utc_now())
        return self._new_id

    @property
    def is_conditional(self) -> bool:
        """Whether the caller sent `If-Match`, in any form."""
        return "if-match" in self._raw.headers

    def if_match(self) -> int | None:
        """The version that `If-Match` names; None for `*`, or without the header where the route leaves it free.

        Raises PreconditionRequired (428), Invalid for another form.
        """
        value = self._raw.headers.get("if-match")
        if value is None:
            if self._operation is not None and self._operation.if_match == "required":
                raise PreconditionRequired
            return None
        if value.strip() == "*":
            return None
        found = _ETAG.fullmatch(value)
        if found is None:
            raise Invalid([_WRONG_ETAG.broken_at("If-Match")])
        return int(found[1] or found[2])

    def form(self) -> dict[str, str]:
        """The fields of a form as a browser posts it, the first value of each; none of what is no such form."""
        content: bytes = self._raw.raw_body  # type: ignore[assignment]  # chalice always gives bytes
        if len(content) > FORM_LIMIT_BYTES:
            return {}
        try:
            pairs = parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FORM_FIELDS)
        except ValueError:
            return {}
        return dict(reversed(pairs))

    def position(self) -> Item | None:
        """Where the query's cursor stands; None at the beginning. Raises WrongCursor for one that was not given to
        this caller, by this route, for this query."""
        return from_cursor(self._list, self._query("cursor"))

    def cursor(self, position: Item | None) -> str | None:
        """What the answer gives for the next page; None at the end."""
        return to_cursor(self._list, position)

    @cached_property
    def _list(self) -> str:
        asked = {name: value for name, value in (self._raw.query_params or {}).items() if name != "cursor"}
        reader = self._actor.sub if self._actor else ""
        return json.dumps([self._raw.path, sorted((self._raw.uri_params or {}).items()), sorted(asked.items()), reader])

    def _query(self, name: str) -> str | None:
        parameters: Mapping[str, str] = self._raw.query_params or {}
        return parameters.get(name)


@dataclass(frozen=True, slots=True)
class Reply(Generic[AnyShape]):
    """An answer: its shape, its version for the ETag, and another status than the route's when there is one."""

    body: AnyShape
    version: int | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_answer(self, status: int) -> Answer:
        headers = {"Content-Type": "application/json", "Cache-Control": "no-store", **self.headers}
        if self.version is not None:
            headers["ETag"] = f'"{self.version}"'
        return Answer(self.status or status, self.body.model_dump_json(), headers)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer for a person who followed a link: HTML without scripts, that no other site may frame."""

    html: str
    status: int = 200
    media_type: ClassVar[str] = HTML

    def to_answer(self, _status: int) -> Answer:
        policy = (
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        headers = {
            "Content-Type": HTML,
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        return Answer(self.status, self.html, headers)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An answer that a calendar program opens (RFC 5545): its text, and the file's name in ASCII. What is refused is
    refused as elsewhere, in JSON."""

    text: str
    name: str
    media_type: ClassVar[str] = ICALENDAR

    def to_answer(self, status: int) -> Answer:
        headers = {
            "Content-Type": ICALENDAR,
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Answer(status, self.text, headers)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, without scripts, that loads nothing. What is refused is refused in JSON."""

    svg: str
    media_type: ClassVar[str] = SVG

    def to_answer(self, status: int) -> Answer:
        headers = {
            "Content-Type": SVG,
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
            "X-Content-Type-Options": "nosniff",
        }
        return Answer(status, self.svg, headers)


View = Callable[..., Reply[Any] | Page | CalendarFile | Picture]
AnyView = TypeVar("AnyView", bound=View)


class ApiBlueprint(Blueprint):
    """A blueprint whose routes cannot forget to say who may call them, nor answer an error in another form."""

    def get(self, path: str, *, access: Access, **more: Any) -> Callable[[AnyView], AnyView]:
        """`speaks=False`: answers without the words of the trade; nothing is read to know which are in force."""
        return self._verb("GET", path, access, **more)

    def post(self, path: str, *, access: Access, **more: Any) -> Callable[[AnyView], AnyView]:
        """`creates=True`: takes `Idempotency-Key`."""
        return self._verb("POST", path, access, **more)

    def put(self, path: str, *, access: Access, **more: Any) -> Callable[[AnyView], AnyView]:
        return self._verb("PUT", path, access, **more)

    def patch(self, path: str, *, access: Access, **more: Any) -> Callable[[AnyView], AnyView]:
        return self._verb("PATCH", path, access, **more)

    def delete(self, path: str, *, access: Access, **more: Any) -> Callable[[AnyView], AnyView]:
        return self._verb("DELETE", path, access, **more)

    def route(self, path: str, **_options: Any) -> Callable[..., Any]:
        raise TypeError(f"{path}: use get, post, put, patch or delete, which take access=")

    def _verb(
        self,
        method: Method,
        path: str,
        access: Access,
        *,
        status: int = 200,
        refusals: tuple[type[DomainError], ...] = (),
        if_match: IfMatch | None = None,
        creates: bool = False,
        consumes: str | None = None,
        pages: tuple[int, ...] = (),
        speaks: bool = True,
        elsewhere: bool = False,
        while_suspended: bool = False,
    ) -> Callable[[AnyView], AnyView]:
        if creates and method != "POST":
            raise TypeError(
                f"{method} {path}: a repeated {method} is one already, only a POST takes an Idempotency-Key"
            )

        def decorate(view: AnyView) -> AnyView:
            operation = Operation(
                *(method, path, access, view, status, refusals, if_match, creates, consumes, pages),
                *(speaks, elsewhere, while_suspended),
            )

            @wraps(view)
            def answer(**parameters: str) -> Response:
                return _answer(self.current_request, operation, parameters)

            answer.operation = operation  # type: ignore[attr-defined]  # the OpenAPI document is made from it
            options: dict[str, Any] = {"methods": [method], "content_types": operation.media_types}
            if not access.public:
                options["authorizer"] = AUTHORIZER
            super(ApiBlueprint, self).route(path, **options)(answer)
            return view

        return decorate


def operations(app: Chalice) -> list[Operation]:
    """Every route of the application, by path and method."""
    views: list[Any] = [entry.view_function for methods in app.routes.values() for entry in methods.values()]
    return sorted((view.operation for view in views), key=lambda operation: (operation.path, operation.method))


def _answer(raw: ChaliceRequest, operation: Operation, parameters: dict[str, str]) -> Response:
    telemetry.follow((raw.context or {}).get("requestId"))
    language = preferred_language(raw.headers.get("accept-language"))
    try:
        if operation.speaks:
            words.renew()
        claims = ((raw.context or {}).get("authorizer") or {}).get("claims")
        actor = operation.access.admit(claims)
        if actor is not None:
            telemetry.act_for(actor.sub)
            pass_the_doors(actor, operation)
        answer = _carry_out(raw, operation, parameters, actor)
        return Response(body=answer.body, status_code=answer.status, headers={**answer.headers})
    except DomainError as error:
        log.info("refused", method=raw.method, route=operation.path, status=error.status, error_code=error.code)
        return problem(error, language)
    except Retryable as error:
        log.warning("unavailable", method=raw.method, route=operation.path, reason=str(error))
        return problem(Unavailable(), language)
    except Exception as error:
        log.failure("request_failed", error, method=raw.method, route=operation.path)
        return problem(InternalError(), language)


def _carry_out(raw: ChaliceRequest, operation: Operation, parameters: dict[str, str], actor: Actor | None) -> Answer:
    for name, value in parameters.items():
        try:
            operation.path_parameters[name].validate_python(value)
        except ValidationError:
            raise NotFound from None  # a text of another form than ours names nothing that exists
    # What mail programs and scanners add to a link that a person follows is none of their making: a page overlooks it.
    query = validate_query(operation.query, {} if operation.is_page else _all_values(raw))
    body = _body(raw, operation)
    request = Request(raw, actor, operation)
    if operation.if_match is not None:
        request.if_match()  # its form is looked at before anything else happens
    given: dict[str, Any] = dict(parameters)
    if operation.takes_query:
        given["query"] = query
    if operation.takes_body:
        given["body"] = body

    def run(identifier: str | None = None) -> Answer:
        request._new_id = identifier
        reply: Reply[Any] | Page | CalendarFile | Picture = operation.view(request, **given)
        return reply.to_answer(operation.status)

    key = raw.headers.get("idempotency-key") if operation.creates else None
    if key is None:
        return run()
    if not _KEY.fullmatch(key):
        raise Invalid([_WRONG_KEY.broken_at("Idempotency-Key")])
    said = body.model_dump_json(exclude_unset=True) if body is not None else ""
    answers = Answers(Table(settings().requests_table), utc_now)
    answer, repeated = answers.once(request.actor.sub, key, fingerprint(raw.path, *parameters.values(), said), run)
    return (
        Answer(answer.status, answer.body, {**answer.headers, "Idempotency-Replayed": "true"}) if repeated else answer
    )


def _all_values(raw: ChaliceRequest) -> Mapping[str, list[str]]:
    parameters = raw.query_params
    return {} if parameters is None else {name: parameters.getlist(name) for name in parameters}


def _body(raw: ChaliceRequest, operation: Operation) -> Schema | None:
    """The validated body. Raises BodyTooLarge (413), MalformedBody (400) or Invalid (422)."""
    content: bytes = raw.raw_body  # type: ignore[assignment]  # chalice always gives bytes
    if len(content) > BODY_LIMIT_BYTES:
        raise BodyTooLarge
    if operation.method == "GET" or operation.consumes is not None:
        return None
    if not content and (operation.body_is_optional or not operation.takes_body):
        return None
    return validate_json(operation.body, content)


def problem(error: DomainError, language: Language) -> Response:
    """The error as an RFC 9457 answer."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/problem+json",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    if error.retry_after_seconds is not None:
        headers["Retry-After"] = str(error.retry_after_seconds)
    body = json.dumps(error.to_problem(language), ensure_ascii=False)
    return Response(body=body, status_code=error.status, headers=headers)


_CHALICE_ERRORS: dict[int, type[DomainError]] = {405: MethodNotAllowed, 415: UnsupportedMediaType}


def install_error_shape(app: Chalice) -> None:
    """Gives the answers that Chalice makes by itself (wrong method, wrong media type, crash) the house's shape."""

    @app.middleware("http")
    def in_house_shape(event: ChaliceRequest, get_response: Callable[[Any], Response]) -> Response:
        response = get_response(event)
        if isinstance(response.body, dict) and "Code" in response.body and response.status_code >= 400:
            kind = _CHALICE_ERRORS.get(response.status_code, InternalError)
            shaped = problem(kind(), preferred_language(event.headers.get("accept-language")))
            if "Allow" in response.headers:
                shaped.headers["Allow"] = response.headers["Allow"]
            return shaped
        return response


def preferred_language(header: str | None) -> Language:
    """French unless the reader's first choice among our languages is English.

    >>> preferred_language("en-GB,en;q=0.9,fr;q=0.5")
    'en'
    >>> preferred_language("de, fr;q=0.7, en;q=0.6")
    'fr'
    """
    best: Language = "fr"
    best_weight = 0.0
    for choice in (header or "").split(","):
        # RFC 9110: spaces may stand on both sides of the semicolon, and no letter's case counts.
        tag, _, parameters = choice.lower().partition(";")
        name = tag.strip().split("-")[0]
        try:
            weight = float(parameters.strip().removeprefix("q=")) if parameters else 1.0
        except ValueError:
            weight = 0.0
        if name in ("fr", "en") and weight > best_weight:
            best, best_weight = ("fr" if name == "fr" else "en"), weight
    return best
