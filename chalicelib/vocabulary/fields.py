"""Field types that only accept words of the taxonomy."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from chalicelib.vocabulary.taxonomy import taxonomy


def taxonomy_id(dimension: str) -> Any:
    """A string type: the id of an entry of that dimension. Refused with the error type `unknown_id`.

    In the contract it is a text of the format `taxonomy-<dimension>` and not a closed list: it grows.
    """

    def known(value: str) -> str:
        if not taxonomy().knows(dimension, value):
            raise PydanticCustomError("unknown_id", "unknown id of {en}", dict(taxonomy().dimensions[dimension].labels))
        return value

    return Annotated[str, AfterValidator(known), Field(json_schema_extra={"format": f"taxonomy-{dimension}"})]


#: Entries that one parameter of a query names at most.
_MOST_NAMED = 20


def taxonomy_ids(dimension: str) -> Any:
    """What a query's parameter takes that names entries of that dimension, separated by commas: their ids, in the order
    in which they are named, each once. Refused with the error type `unknown_id`, and `too_long` for more than 20.

    In the contract it is the text that is sent, of the format of one such id."""

    def named(value: Any) -> Any:
        return tuple(dict.fromkeys(value.split(","))) if isinstance(value, str) else value

    def known(values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not taxonomy().knows(dimension, value):
                raise PydanticCustomError(
                    "unknown_id", "unknown id of {en}", dict(taxonomy().dimensions[dimension].labels)
                )
        return values

    return Annotated[
        tuple[str, ...],
        Field(max_length=_MOST_NAMED),
        AfterValidator(known),
        BeforeValidator(named),
        WithJsonSchema({"type": "string", "format": f"taxonomy-{dimension}"}),
    ]
