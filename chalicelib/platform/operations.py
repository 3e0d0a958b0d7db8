"""What a route takes and gives, read from its view's own signature: there is no second description to keep true.

    @routes.post("/things", access=PRODUCERS, status=201, refusals=(NoCompany,))
    def create_thing(request: Request, body: ThingInput) -> Reply[ThingShape]: ...

`body` is what the request's JSON must be (`ThingInput | None`: it may be left out), `query` what may stand in its
query; any other parameter is one of the path's. The answer's shape is that of the returned `Reply`; the first line of
the docstring is the summary.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, Field, TypeAdapter

from chalicelib.platform.auth import Access
from chalicelib.platform.errors import DomainError
from chalicelib.platform.validation import NoBody, NoQuery, QuerySchema, Schema
from chalicelib.vocabulary.ids import ULID_PATTERN

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

#: Whether a change must say which version it was made from (`If-Match`): REQUIRED where two people may edit.
IfMatch = Literal["required", "optional"]
REQUIRED: IfMatch = "required"
OPTIONAL: IfMatch = "optional"

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
HTML = "text/html; charset=utf-8"
ICALENDAR = "text/calendar; charset=utf-8"
SVG = "image/svg+xml"


Id = Annotated[str, Field(pattern=ULID_PATTERN.pattern)]


@dataclass(frozen=True)
class Operation:
    """One method of one path. `creates`: a POST that `Idempotency-Key` makes safe to repeat. `consumes`: another media
    type than JSON, that no schema describes. `refusals`: the errors of its own use case. `pages`: the statuses, beside
    its own and 404, that a page may come with. `speaks`: whether it may need the words of the trade. `elsewhere`: an
    answer that is too large comes as 303, with the place where it lies. `while_suspended`:
    also for an account that is suspended."""

    method: Method
    path: str
    access: Access
    view: Callable[..., Any]
    status: int = 200
    refusals: tuple[type[DomainError], ...] = ()
    if_match: IfMatch | None = None
    creates: bool = False
    consumes: str | None = None
    pages: tuple[int, ...] = ()
    speaks: bool = True
    elsewhere: bool = False
    while_suspended: bool = False

    @property
    def is_gated(self) -> bool:
        """Whether a suspended account is turned away: everywhere but where a route says otherwise. What anybody may
        call knows no account, and administrators are not suspended: they are taken out of their group."""
        return not self.access.public and not self.while_suspended and self.access.groups != frozenset({"admins"})

    @property
    def name(self) -> str:
        """Stable and unique: what a generated client calls it."""
        return self.view.__name__

    @property
    def context(self) -> str:
        """The room it belongs to, as readers of the contract find it grouped."""
        return self.view.__module__.split(".")[-2]

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.view, include_extras=True)

    @cached_property
    def body(self) -> type[Schema]:
        """`NoBody` when it takes none."""
        said = self._hints.get("body", NoBody)
        found: type[Schema] = get_args(said)[0] if self.body_is_optional else said
        return found

    @cached_property
    def body_is_optional(self) -> bool:
        """Whether a body that it takes may be left out."""
        return NoneType in get_args(self._hints.get("body"))

    @cached_property
    def query(self) -> type[QuerySchema]:
        """`NoQuery` when it takes none."""
        found: type[QuerySchema] = self._hints.get("query", NoQuery)
        return found

    @cached_property
    def path_parameters(self) -> Mapping[str, TypeAdapter[str]]:
        """Name → form, in the order of the path; `str` alone is an id of ours."""
        names = [name for name in inspect.signature(self.view).parameters if name not in ("request", "body", "query")]
        kinds = {name: Id if self._hints[name] is str else self._hints[name] for name in names}
        return {name: TypeAdapter(kind) for name, kind in kinds.items()}

    @cached_property
    def takes_body(self) -> bool:
        return "body" in self._hints

    @cached_property
    def takes_query(self) -> bool:
        return "query" in self._hints

    @cached_property
    def answer(self) -> type[BaseModel] | None:
        """The shape of a success; None for what is no JSON."""
        returned = self._hints["return"]
        return get_args(returned)[0] if get_origin(returned) is not None else None

    @cached_property
    def answers_with(self) -> str:
        """The media type of a success."""
        return str(getattr(self._hints["return"], "media_type", JSON))

    @property
    def is_page(self) -> bool:
        """Whether a person reads the answer in a browser, its refusals too."""
        return self.answers_with == HTML

    @cached_property
    def media_types(self) -> list[str]:
        """What its request may be."""
        if self.consumes is not None:
            # A form comes in either of its encodings: RFC 8058 lets mail programs choose.
            return [FORM, MULTIPART] if self.consumes == FORM else [self.consumes]
        return [JSON, MERGE_PATCH] if self.method == "PATCH" else [JSON]
