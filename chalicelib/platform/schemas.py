from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field, RootModel

from chalicelib.platform.validation import Both, Shape


class HealthShape(Shape):
    status: Literal["ok"]
    environment: Literal["local", "staging", "production"]


class ConfigShape(Shape):
    """What the static site needs to find its way: where people sign in, where the routes are."""

    region: str
    user_pool_id: str
    user_pool_client_id: str
    identity_endpoint: str
    api_endpoint: str


class SynonymsShape(Shape):
    """Other words for the same thing, as people write them, per language."""

    fr: list[str] = []
    en: list[str] = []


class RelatedShape(Shape):
    """A neighbouring entry; `weight`: how alike they are, from 0 to 1."""

    id: str
    weight: float


class EntryShape(Shape):
    """One word of a dimension. `retired`: it stands where it was chosen before, and is offered no more."""

    id: str
    labels: Both
    synonyms: SynonymsShape = SynonymsShape()
    parent: str | None = None
    related: list[RelatedShape] = []
    retired: bool = False


class DimensionShape(Shape):
    """A list of words of one kind; `multiple`: whether a form may take several."""

    labels: Both
    multiple: bool
    items: list[EntryShape]


class TaxonomyShape(Shape):
    """The words of the trade, by dimension, with their labels in both languages."""

    version: str
    dimensions: dict[str, DimensionShape]


class ContractShape(RootModel[dict[str, Any]]):
    """An OpenAPI 3.1 document."""


def _left_out(schema: dict[str, Any]) -> None:
    """A field that is there or not: nothing stands for it."""
    del schema["default"]


class FieldProblemShape(Shape):
    """One wrong field: `pointer` is a JSON pointer into the body, `?name` for a parameter of the query, or a header's
    name. `start` and `end` are there when one passage of a text is wrong: from which character (a code point, counted
    from 0) to before which. `wording` may take that passage's place, in the language of the text; it is left out where
    the only remedy is to remove it."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    pointer: str
    code: str
    message: str
    start: int = Field(default=0, ge=0, json_schema_extra=_left_out)
    end: int = Field(default=0, ge=0, json_schema_extra=_left_out)
    wording: Both = Field(default=Both(fr="", en=""), json_schema_extra=_left_out)


class ProblemShape(Shape):
    """An error (RFC 9457). `status` is missing when the gateway answers for several statuses at once; `errors` is there
    when fields are wrong."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    type: str
    title: str
    code: str
    status: int = Field(default=0, ge=400, le=599, json_schema_extra=_left_out)
    errors: list[FieldProblemShape] = Field(default=[], min_length=1, json_schema_extra=_left_out)
