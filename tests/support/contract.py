"""The OpenAPI document as a judge: every answer that a test receives is held against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

#: What any answer may carry without saying so: HTTP's own, and what says how an answer may be kept or framed.
_UNDOCUMENTED_HEADERS = {
    "content-type",
    "content-language",
    "cache-control",
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
}


@cache
def document() -> dict[str, Any]:
    import app
    from chalicelib.platform import openapi
    from chalicelib.platform.http import operations

    return openapi.document(operations(app.app))


def misfits(method: str, resource: str, status: int, headers: Mapping[str, str], content: bytes) -> list[str]:
    """What the answer is or has that the document does not say. A method that the path does not have is another
    matter: the gateway never lets it through."""
    operation = document()["paths"][resource].get(method.lower())
    if operation is None:
        return []
    if str(status) not in operation["responses"]:
        return [f"{method} {resource}: {status} is not documented: {content[:300]!r}"]
    response = _resolved(operation["responses"][str(status)])
    documented = {name.lower() for name in response.get("headers", {})} | _UNDOCUMENTED_HEADERS
    found = [
        f"{method} {resource} {status}: header {name} is not documented"
        for name in headers
        if name.lower() not in documented
    ]
    media_type = headers["Content-Type"]
    if media_type not in response["content"]:
        return [*found, f"{method} {resource} {status}: {media_type} is not documented"]
    if "json" in media_type:
        validator = _validator(json.dumps(response["content"][media_type]["schema"], sort_keys=True))
        found += [
            f"{method} {resource} {status}: {error.message} at {list(error.instance_path)}"
            for error in validator.iter_errors(json.loads(content))
        ]
    return found


def _resolved(response: dict[str, Any]) -> dict[str, Any]:
    name = response.get("$ref", "").rpartition("/")[2]
    return document()["components"]["responses"][name] if name else response


@cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": {"schemas": document()["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(whole)
