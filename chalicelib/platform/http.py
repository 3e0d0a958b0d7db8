"""HTTP as every context uses it: routes that must say who may call them, strict bodies, problem+json errors.

    routes = ApiBlueprint(__name__)

    @routes.post("/things", access=PRODUCERS)
    def create_thing(request: Request) -> Reply:
        thing = service().create(request.actor, request.body(ThingInput))
        return Reply(ThingOutput.of(thing), status=201)

A view receives the `Request` first, then its path parameters by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from chalice.app import Blueprint, Chalice, CognitoUserPoolAuthorizer, Response
from chalice.app import Request as ChaliceRequest
from pydantic import BaseModel

from chalicelib.platform import telemetry
from chalicelib.platform.auth import Access, Actor
from chalicelib.platform.errors import (
    BodyTooLarge,
    DomainError,
    FieldError,
    InternalError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    Retryable,
    Unavailable,
    UnsupportedMediaType,
)
from chalicelib.platform.telemetry import log
from chalicelib.platform.validation import validate_json
from chalicelib.vocabulary.ids import is_id
from chalicelib.vocabulary.text import Bilingual, Language

#: Larger bodies are refused unread. No field needs a hundredth of it, but a text that is far too long is
#: better told by name than refused whole.
BODY_LIMIT_BYTES = 4_000_000

JSON_TYPES = ["application/json", "application/merge-patch+json"]

#: The user pool behind every route that is not public; `infra/resources.yaml` puts the pool's ARN here.
AUTHORIZER = CognitoUserPoolAuthorizer("accounts", provider_arns=["arn:set:by:infra/resources.yaml"])

AnySchema = TypeVar("AnySchema", bound=BaseModel)


class Request:
    """One call: who, in which language, with what."""

    def __init__(self, raw: ChaliceRequest, actor: Actor | None) -> None:
        self._raw = raw
        self._actor = actor

    @property
    def actor(self) -> Actor:
        """The signed-in account; only on routes that are not public."""
        if self._actor is None:
            raise RuntimeError("a public route has no actor")
        return self._actor

    @property
    def language(self) -> Language:
        return preferred_language(self._raw.headers.get("accept-language"))

    def body(self, schema: type[AnySchema]) -> AnySchema:
        """The JSON body as that shape. Raises MalformedBody (400), BodyTooLarge (413) or Invalid (422)."""
        raw: bytes = self._raw.raw_body  # type: ignore[assignment]  # chalice always gives bytes
        if len(raw) > BODY_LIMIT_BYTES:
            raise BodyTooLarge
        return validate_json(schema, raw)

    def query(self, name: str) -> str | None:
        parameters: Mapping[str, str] = self._raw.query_params or {}
        return parameters.get(name)

    def choice(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str | None:
        """A query parameter that is one of the choices. Raises Invalid naming it."""
        value = self.query(name)
        if value is None:
            return default
        if value not in choices:
            message = Bilingual("Valeurs possibles : {choices}.", "Possible values: {choices}.").format(
                choices=", ".join(choices)
            )
            raise Invalid([FieldError(f"?{name}", "unknown_choice", message)])
        return value

    def if_match(self) -> int | None:
        """The version of `If-Match`, or None when the header is absent or `*`. Raises Invalid for another form."""
        value = self._raw.headers.get("if-match")
        if value is None or value.strip() == "*":
            return None
        digits = value.strip().removeprefix("W/").strip('"')
        if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
            message = Bilingual("Reprenez l’ETag reçu avec la ressource.", "Use the ETag received with the resource.")
            raise Invalid([FieldError("If-Match", "wrong_form", message)])
        return int(digits)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: a shape (or a list or mapping ready for JSON), its status, and its version for the ETag."""

    body: BaseModel | Mapping[str, Any]
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_response(self) -> Response:
        headers: dict[str, str | list[str]] = {
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            **self.headers,
        }
        if self.version is not None:
            headers["ETag"] = f'"{self.version}"'
        body = (
            self.body.model_dump_json()
            if isinstance(self.body, BaseModel)
            else json.dumps(self.body, ensure_ascii=False)
        )
        return Response(body=body, status_code=self.status, headers=headers)


View = Callable[..., Reply]


class ApiBlueprint(Blueprint):
    """A blueprint whose routes cannot forget to say who may call them, nor answer an error in another form."""

    def get(self, path: str, *, access: Access) -> Callable[[View], View]:
        return self._verb("GET", path, access)

    def post(self, path: str, *, access: Access) -> Callable[[View], View]:
        return self._verb("POST", path, access)

    def put(self, path: str, *, access: Access) -> Callable[[View], View]:
        return self._verb("PUT", path, access)

    def patch(self, path: str, *, access: Access) -> Callable[[View], View]:
        return self._verb("PATCH", path, access)

    def delete(self, path: str, *, access: Access) -> Callable[[View], View]:
        return self._verb("DELETE", path, access)

    def route(self, path: str, **_options: Any) -> Callable[..., Any]:
        raise TypeError(f"{path}: use get, post, put, patch or delete, which take access=")

    def _verb(self, method: str, path: str, access: Access) -> Callable[[View], View]:
        options: dict[str, Any] = {"methods": [method], "content_types": JSON_TYPES}
        if not access.public:
            options["authorizer"] = AUTHORIZER

        def decorate(view: View) -> View:
            @wraps(view)
            def answer(**parameters: str) -> Response:
                raw = self.current_request
                return _answer(raw, access, lambda request: view(request, **_ids(parameters)))

            answer.access = access  # type: ignore[attr-defined]  # read by the shape tests
            super(ApiBlueprint, self).route(path, **options)(answer)
            return view

        return decorate


def _answer(raw: ChaliceRequest, access: Access, view: Callable[[Request], Reply]) -> Response:
    telemetry.follow((raw.context or {}).get("requestId"))
    language = preferred_language(raw.headers.get("accept-language"))
    try:
        claims = ((raw.context or {}).get("authorizer") or {}).get("claims")
        return view(Request(raw, access.admit(claims))).to_response()
    except DomainError as error:
        log.info("refused", method=raw.method, route=_route(raw), status=error.status, error_code=error.code)
        return problem(error, language)
    except Retryable as error:
        log.warning("unavailable", method=raw.method, route=_route(raw), reason=str(error))
        return problem(Unavailable(), language)
    except Exception as error:
        log.failure("request_failed", error, method=raw.method, route=_route(raw))
        return problem(InternalError(), language)


def _route(raw: ChaliceRequest) -> str:
    return str((raw.context or {}).get("resourcePath", ""))


def _ids(parameters: dict[str, str]) -> dict[str, str]:
    """Path parameters are ids of ours; anything else names nothing that exists."""
    if not all(is_id(value) for value in parameters.values()):
        raise NotFound
    return parameters


def problem(error: DomainError, language: Language) -> Response:
    """The error as an RFC 9457 answer."""
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/problem+json",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
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
        tag, _, parameters = choice.strip().partition(";")
        name = tag.split("-")[0].lower()
        try:
            weight = float(parameters.strip().removeprefix("q=")) if parameters else 1.0
        except ValueError:
            weight = 0.0
        if name in ("fr", "en") and weight > best_weight:
            best, best_weight = ("fr" if name == "fr" else "en"), weight
    return best
