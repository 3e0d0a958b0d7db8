"""What a request's fields may hold, and how a refusal is worded.

The types here are for `schemas.py` of every context. A refusal names its field by JSON pointer and never
repeats the value: it may be personal.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from chalicelib.platform.errors import FieldError, Invalid, MalformedBody
from chalicelib.vocabulary.text import Bilingual


class Schema(BaseModel):
    """Base of request shapes: unknown fields and silent conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class Shape(BaseModel):
    """Base of answer shapes."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


# Control and format characters that have no business in a text someone typed; joiners are kept, emoji need them.
_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_LINE_CHARACTERS = {"\n", "\t"}
#: They turn the direction of what is read: a name could pass for another.
_DIRECTIONS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Nothing that can be seen: a text of these alone is empty.
_INVISIBLE = " \n\t\u00a0\u202f\u200b\u200c\u200d\u2060\ufeff"


def _clean(value: Any, *, lines: bool) -> Any:
    if not isinstance(value, str):
        return value
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if _DIRECTIONS.intersection(value):
        raise PydanticCustomError("control_characters", "control characters")
    for character in value:
        if unicodedata.category(character) in _FORBIDDEN_CATEGORIES and not (lines and character in _LINE_CHARACTERS):
            raise PydanticCustomError("control_characters", "control characters")
    return value.strip().strip(_INVISIBLE)


def line(maximum: int, minimum: int = 1) -> Any:
    """A text on one line, trimmed, of `minimum` to `maximum` characters."""
    return Annotated[
        str, Field(min_length=minimum, max_length=maximum), BeforeValidator(lambda v: _clean(v, lines=False))
    ]


def paragraphs(maximum: int, minimum: int = 1) -> Any:
    """A text that may have line breaks, trimmed, of `minimum` to `maximum` characters."""
    return Annotated[
        str, Field(min_length=minimum, max_length=maximum), BeforeValidator(lambda v: _clean(v, lines=True))
    ]


#: A calendar day that the rest of the code can count from: the last days of year 9999 have no day after.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]


def _no_repeats(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("repeated", "repeated entry")
    return values


def distinct(inner: Any, maximum: int, minimum: int = 0) -> Any:
    """A list without repetition, of `minimum` to `maximum` entries."""
    return Annotated[list[inner], Field(min_length=minimum, max_length=maximum), AfterValidator(_no_repeats)]


_MESSAGES: dict[str, tuple[str, Bilingual]] = {
    # pydantic's error type: (our stable code, sentence)
    "missing": ("required", Bilingual("Ce champ est nécessaire.", "This field is required.")),
    "extra_forbidden": ("unknown_field", Bilingual("Ce champ n’existe pas.", "This field does not exist.")),
    "string_type": ("wrong_type", Bilingual("Un texte est attendu.", "A text is expected.")),
    "int_type": ("wrong_type", Bilingual("Un nombre entier est attendu.", "A whole number is expected.")),
    "bool_type": ("wrong_type", Bilingual("Oui ou non est attendu.", "True or false is expected.")),
    "list_type": ("wrong_type", Bilingual("Une liste est attendue.", "A list is expected.")),
    "model_type": ("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "model_attributes_type": ("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "dict_type": ("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "date_type": (
        "wrong_type",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "date_parsing": (
        "wrong_date",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "date_from_datetime_parsing": (
        "wrong_date",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "string_too_short": (
        "too_short",
        Bilingual("Au moins {min_length} caractère(s).", "At least {min_length} character(s)."),
    ),
    "string_too_long": (
        "too_long",
        Bilingual("{max_length} caractères au plus.", "At most {max_length} characters."),
    ),
    "too_short": (
        "too_few",
        Bilingual("Au moins {min_length} entrée(s).", "At least {min_length} entry(ies)."),
    ),
    "too_long": ("too_many", Bilingual("{max_length} entrées au plus.", "At most {max_length} entries.")),
    "greater_than_equal": ("too_small", Bilingual("Au moins {ge}.", "At least {ge}.")),
    "less_than_equal": ("too_large", Bilingual("Au plus {le}.", "At most {le}.")),
    "literal_error": (
        "unknown_choice",
        Bilingual("Valeurs possibles : {expected}.", "Possible values: {expected}."),
    ),
    "enum": ("unknown_choice", Bilingual("Valeurs possibles : {expected}.", "Possible values: {expected}.")),
    "string_pattern_mismatch": (
        "wrong_form",
        Bilingual("La forme n’est pas la bonne.", "The form is not right."),
    ),
    "control_characters": (
        "control_characters",
        Bilingual("Ce texte contient des caractères de contrôle.", "This text contains control characters."),
    ),
    "repeated": ("repeated", Bilingual("Une entrée est donnée deux fois.", "An entry is given twice.")),
    "unknown_id": (
        "unknown_id",
        Bilingual("Cette entrée n’existe pas dans « {fr} ».", "There is no such entry in “{en}”."),
    ),
}
_OTHERWISE = ("wrong_value", Bilingual("Cette valeur n’est pas acceptée.", "This value is not accepted."))


def refusal(code: str, fr: str, en: str) -> PydanticCustomError:
    """What a context's own field type raises: a stable code, and its sentence in both languages."""
    return PydanticCustomError(code, "refused", {"fr": fr, "en": en})


AnySchema = TypeVar("AnySchema", bound=BaseModel)


def pointer(*steps: str | int) -> str:
    """A JSON pointer (RFC 6901) from its steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


_ECHOED_STEP = re.compile(r"^[A-Za-z0-9_\-]{1,64}$")


def _field_error(error: ErrorDetails) -> FieldError:
    values = error.get("ctx", {})
    if "fr" in values and "en" in values and error["type"] not in _MESSAGES:
        # A context's own rule brings its own words (see `refusal`).
        code, message = error["type"], Bilingual(values["fr"], values["en"])
    else:
        code, message = _MESSAGES.get(error["type"], _OTHERWISE)
    # The name of an unknown field is the caller's own text: shown when it looks like a field name only.
    steps = [step if isinstance(step, int) or _ECHOED_STEP.fullmatch(step) else "…" for step in error["loc"]]
    return FieldError(pointer(*steps), code, message.format(**error.get("ctx", {})))


def validate_json(schema: type[AnySchema], body: bytes) -> AnySchema:
    """The JSON text as that shape. Raises MalformedBody when it is not a JSON object at all, else Invalid
    with every wrong field at once.
    """
    try:
        return schema.model_validate_json(body)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        if any(detail["type"] == "json_invalid" or not detail["loc"] for detail in details):
            raise MalformedBody from None
        raise Invalid([_field_error(detail) for detail in details]) from None
