"""Calls the application as API Gateway does, with the claims of whoever asks.

`chalice.test.Client` cannot carry an authorizer's claims, so the gateway's event is built here.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chalicelib.platform.auth import Access
from tests.support.contract import misfits
from tests.support.records import CONTEXT


@dataclass(frozen=True, slots=True)
class Person:
    """An account of the user pool. `groups` as they stand in its token."""

    sub: str
    email: str
    groups: tuple[str, ...] = ()

    @property
    def claims(self) -> dict[str, str]:
        return {
            "sub": self.sub,
            "email": self.email,
            "token_use": "id",
            **({"cognito:groups": ",".join(self.groups)} if self.groups else {}),
        }


PRODUCER = Person("sub-producer", "claire@falaise-films.test", ("producers",))
RIVAL = Person("sub-rival", "paul@autre-rive.test", ("producers",))
FREELANCER = Person("sub-freelancer", "ines@courriel.test", ("freelancers",))
ADMIN = Person("sub-admin", "salome@plot-point.test", ("admins",))
NEWCOMER = Person("sub-newcomer", "nouveau@courriel.test")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def etag(self) -> str:
        return self.headers["ETag"]

    @property
    def pointers(self) -> set[str]:
        """The wrong fields of a refusal."""
        return {error["pointer"] for error in self.json.get("errors", [])}

    @property
    def codes(self) -> dict[str, str]:
        """Wrong field → why."""
        return {error["pointer"]: error["code"] for error in self.json.get("errors", [])}


class Api:
    """The whole application in this process. Every answer it gives must be one that the OpenAPI document describes."""

    def __init__(self) -> None:
        import app

        self._app = app.app

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        person: Person | None = None,
        claims: Mapping[str, str] | None = None,
        raw: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
        as_sent: bool = False,
    ) -> Answer:
        """`body` is sent as JSON, `raw` as it is. `claims` replaces those of the person.

        Where `If-Match` is asked for and a test says nothing of it, any version will do (`*`); a header that is None is
        left out on purpose. `as_sent`: nothing is added to the headers.
        """
        url = urlsplit(path)
        content = raw if raw is not None else (json.dumps(body).encode() if body is not None else None)
        resource, parameters = self._resource(url.path)
        query = parse_qs(url.query, keep_blank_values=True)
        sent = {"host": "plot-point.test"}
        if content is not None and not as_sent:
            sent["content-type"] = "application/json"
        sent |= {name.lower(): value for name, value in (headers or {}).items() if value is not None}
        if not as_sent and self._asks_for_a_version(method, resource) and "If-Match" not in (headers or {}):
            sent["if-match"] = "*"
        known = claims if claims is not None else (person.claims if person else None)
        event = {
            "resource": resource,
            "path": url.path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
            "multiValueQueryStringParameters": query or None,
            "pathParameters": parameters or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "path": f"/api{url.path}",
                "stage": "api",
                "requestId": "11111111-2222-4333-8444-555555555555",
                "identity": {"sourceIp": "192.0.2.1", "userAgent": "tests"},
                **({"authorizer": {"claims": dict(known)}} if known is not None else {}),
            },
            "body": base64.b64encode(content).decode() if content is not None else None,
            "isBase64Encoded": content is not None,
        }
        answer = self._app(event, CONTEXT)
        sent_back = answer["body"]
        content_back = base64.b64decode(sent_back) if answer.get("isBase64Encoded") else sent_back.encode()
        received = {**answer.get("headers", {})}
        received |= {name: values[-1] for name, values in answer.get("multiValueHeaders", {}).items()}
        found = misfits(method, resource, answer["statusCode"], received, content_back)
        assert not found, "\n".join(["An answer that the contract does not know:", *found])
        return Answer(answer["statusCode"], received, content_back)

    def get(self, path: str, person: Person | None = None, **options: Any) -> Answer:
        return self.call("GET", path, person=person, **options)

    def post(self, path: str, body: object = None, person: Person | None = None, **options: Any) -> Answer:
        return self.call("POST", path, body, person=person, **options)

    def put(self, path: str, body: object = None, person: Person | None = None, **options: Any) -> Answer:
        return self.call("PUT", path, body, person=person, **options)

    def patch(self, path: str, body: object = None, person: Person | None = None, **options: Any) -> Answer:
        return self.call("PATCH", path, body, person=person, **options)

    def delete(self, path: str, person: Person | None = None, **options: Any) -> Answer:
        return self.call("DELETE", path, person=person, **options)

    def routes(self) -> list[tuple[str, str, Any]]:
        """(method, path, view) of every route."""
        return [
            (method, path, entry.view_function)
            for path, methods in self._app.routes.items()
            for method, entry in methods.items()
        ]

    def access(self, method: str, path: str) -> Access | None:
        """Who may call this; None when the gateway has no such path or method."""
        try:
            resource, _ = self._resource(urlsplit(path).path)
        except LookupError:
            return None
        entry = self._app.routes[resource].get(method)
        return entry.view_function.operation.access if entry else None

    def _asks_for_a_version(self, method: str, resource: str) -> bool:
        entry = self._app.routes[resource].get(method)
        # A company is corrected at a version, and introduced at none.
        operation = entry.view_function.operation if entry else None
        return operation is not None and (operation.if_match == "required" or operation.name == "declare_company")

    def _resource(self, path: str) -> tuple[str, dict[str, str]]:
        # The gateway prefers a fixed path (`/profiles/mine`) to one with a parameter.
        for template in sorted(self._app.routes, key=lambda one: one.count("{")):
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(template))
            if match := re.fullmatch(pattern, path):
                return template, match.groupdict()
        raise LookupError(f"the gateway has no route {path}")
