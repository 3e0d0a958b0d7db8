"""The application as a WSGI server, with the gateway in front of it: for tools that speak HTTP to what they test.

A bearer token is a person's `sub`: the gateway has verified it, or answers 401 by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from chalicelib.platform.errors import DomainError, NotFound, Unauthenticated
from tests.support.api import Api, Person

_REASONS = {200: "OK", 201: "Created", 202: "Accepted", 404: "Not Found"}


class Gateway:
    """`people` may come in; the answers are those of `api`."""

    def __init__(self, api: Api, people: Iterable[Person]) -> None:
        self._api = api
        self._people = {person.sub: person for person in people}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        method = environ["REQUEST_METHOD"]
        # WSGI hands the path over decoded; the gateway leaves it as it was sent.
        path = quote(environ["PATH_INFO"].encode("latin-1"))
        if environ.get("QUERY_STRING"):
            path += "?" + environ["QUERY_STRING"]
        person = self._people.get(environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer "))
        headers = {
            name.removeprefix("HTTP_").replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_") and name != "HTTP_AUTHORIZATION"
        }
        if environ.get("CONTENT_TYPE"):
            headers["content-type"] = environ["CONTENT_TYPE"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or None
        access = self._api.access(method, path)
        if access is None:
            return _refusal(NotFound(), start_response)
        if not access.public and person is None:
            return _refusal(Unauthenticated(), start_response)
        answer = self._api.call(method, path, raw=body, person=person, headers=headers, as_sent=True)
        start_response(f"{answer.status} {_REASONS.get(answer.status, 'Said')}", list(answer.headers.items()))
        return [answer.content]


def _refusal(error: DomainError, start_response: Callable[..., Any]) -> list[bytes]:
    """What `infra/resources.yaml` has the gateway say."""
    problem = error.to_problem("fr")
    problem["title"] = f"{error.message.fr} / {error.message.en}"
    start_response(f"{error.status} Refused", [("Content-Type", "application/problem+json")])
    return [json.dumps(problem).encode()]
