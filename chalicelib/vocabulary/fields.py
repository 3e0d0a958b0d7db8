"""Field types that only accept words of the taxonomy."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field
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
