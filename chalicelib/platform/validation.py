"""What a request's fields may hold, and how a refusal is worded.

The types here are for `schemas.py` of every context. A refusal names its field by JSON pointer and never
repeats the value: it may be personal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from chalicelib.platform.errors import FieldError, FieldRule, Invalid, MalformedBody
from chalicelib.vocabulary.text import Bilingual, typeset


class Schema(BaseModel):
    """Base of request shapes: unknown fields and silent conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class NoBody(Schema):
    """Nothing to say: an empty body, or an empty object."""


class QuerySchema(Schema):
    """Base of what may stand in a query: each field a text, given once."""


class NoQuery(QuerySchema):
    """No parameter at all."""


class PageQuery(QuerySchema):
    """A list that is read page after page: the cursor that the page before gave, nothing for the first."""

    cursor: Annotated[str, Field(max_length=4000)] | None = None


class Shape(BaseModel):
    """Base of answer shapes: every field is there in every answer, null when there is nothing to say."""

    model_config = ConfigDict(extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True)


class Both(Shape):
    """A sentence or a label in both languages."""

    fr: Annotated[str, AfterValidator(typeset)]
    en: str


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


_DAY_IN_WORDS = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT_IN_WORDS = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII | re.IGNORECASE
)


def _day_from_text(value: Any) -> Any:
    """Pydantic reads a text of digits as seconds since 1970, which no form of ours means."""
    if not isinstance(value, str):
        return value
    if not _DAY_IN_WORDS.fullmatch(value):
        raise PydanticCustomError("date_parsing", "not a day")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_parsing", "no such day") from None


def _instant_from_text(value: Any) -> Any:
    """As for days: no count of seconds in the clothes of a text."""
    if not isinstance(value, str):
        return value
    if not _INSTANT_IN_WORDS.fullmatch(value):
        raise PydanticCustomError("datetime_parsing", "not an instant")
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError:
        raise PydanticCustomError("datetime_parsing", "no such instant") from None


#: A calendar day, YYYY-MM-DD and nothing else, in a body as in a query, that the rest of the code can count from: the
#: last days of year 9999 have no day after.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31)), BeforeValidator(_day_from_text)]

#: An instant with its offset, in years that can be counted from.
Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2199, 12, 31, tzinfo=UTC)),
    BeforeValidator(_instant_from_text),
]


def _whole_from_text(value: Any) -> Any:
    """A number as it stands in a query."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise PydanticCustomError("int_type", "not a whole number")
    return int(value)


#: A whole number in a query, where everything is text.
WholeNumber = Annotated[int, BeforeValidator(_whole_from_text)]


def _no_repeats(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("repeated", "repeated entry")
    return values


def distinct(inner: Any, maximum: int, minimum: int = 0) -> Any:
    """A list without repetition, of `minimum` to `maximum` entries."""
    return Annotated[
        list[inner],
        Field(min_length=minimum, max_length=maximum, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_no_repeats),
    ]


_INSTANT = FieldRule(
    "wrong_instant",
    Bilingual(
        "Un instant avec son décalage horaire est attendu, comme 2026-11-23T08:30:00Z.",
        "An instant with its offset is expected, such as 2026-11-23T08:30:00Z.",
    ),
)

#: What each of pydantic's refusals means to whoever sent the field.
_RULES: dict[str, FieldRule] = {
    "missing": FieldRule("required", Bilingual("Ce champ est nécessaire.", "This field is required.")),
    "extra_forbidden": FieldRule("unknown_field", Bilingual("Ce champ n’existe pas.", "This field does not exist.")),
    "string_type": FieldRule("wrong_type", Bilingual("Un texte est attendu.", "A text is expected.")),
    "int_type": FieldRule("wrong_type", Bilingual("Un nombre entier est attendu.", "A whole number is expected.")),
    "float_type": FieldRule("wrong_type", Bilingual("Un nombre est attendu.", "A number is expected.")),
    "bool_type": FieldRule("wrong_type", Bilingual("Oui ou non est attendu.", "True or false is expected.")),
    "list_type": FieldRule("wrong_type", Bilingual("Une liste est attendue.", "A list is expected.")),
    "model_type": FieldRule("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "model_attributes_type": FieldRule("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "dict_type": FieldRule("wrong_type", Bilingual("Un objet est attendu.", "An object is expected.")),
    "date_type": FieldRule(
        "wrong_type",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "date_parsing": FieldRule(
        "wrong_date",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "date_from_datetime_parsing": FieldRule(
        "wrong_date",
        Bilingual("Une date AAAA-MM-JJ est attendue.", "A date YYYY-MM-DD is expected."),
    ),
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "timezone_aware": _INSTANT,
    "string_too_short": FieldRule(
        "too_short",
        Bilingual(
            "Trop court : le minimum, en caractères, est de {min_length}.",
            "Too short: the minimum, in characters, is {min_length}.",
        ),
    ),
    "string_too_long": FieldRule(
        "too_long",
        Bilingual("{max_length} caractères au plus.", "At most {max_length} characters."),
    ),
    "too_short": FieldRule(
        "too_few",
        Bilingual(
            "Trop peu d’entrées : le minimum est de {min_length}.", "Too few entries: the minimum is {min_length}."
        ),
    ),
    "too_long": FieldRule("too_many", Bilingual("{max_length} entrées au plus.", "At most {max_length} entries.")),
    "greater_than_equal": FieldRule("too_small", Bilingual("Au moins {ge}.", "At least {ge}.")),
    "less_than_equal": FieldRule("too_large", Bilingual("Au plus {le}.", "At most {le}.")),
    "literal_error": FieldRule(
        "unknown_choice",
        Bilingual("Valeurs possibles : {expected}.", "Possible values: {expected}."),
    ),
    "enum": FieldRule("unknown_choice", Bilingual("Valeurs possibles : {expected}.", "Possible values: {expected}.")),
    "given_twice": FieldRule(
        "given_twice",
        Bilingual("Ce paramètre est donné plusieurs fois.", "This parameter is given more than once."),
    ),
    "string_pattern_mismatch": FieldRule(
        "wrong_form",
        Bilingual("La forme n’est pas la bonne.", "The form is not right."),
    ),
    "control_characters": FieldRule(
        "control_characters",
        Bilingual("Ce texte contient des caractères de contrôle.", "This text contains control characters."),
    ),
    "repeated": FieldRule("repeated", Bilingual("Une entrée est donnée deux fois.", "An entry is given twice.")),
    "unknown_id": FieldRule(
        "unknown_id",
        Bilingual("Cette entrée n’existe pas dans « {fr} ».", "There is no such entry in “{en}”."),
    ),
}
_OTHERWISE = FieldRule("wrong_value", Bilingual("Cette valeur n’est pas acceptée.", "This value is not accepted."))


def refusal(rule: FieldRule) -> PydanticCustomError:
    """What a context's own field type raises."""
    return PydanticCustomError(rule.code, "refused", {"rule": rule})


WRONG_ADDRESS = FieldRule(
    "wrong_address", Bilingual("Une adresse e-mail est attendue.", "An e-mail address is expected.")
)
_ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{4,253}$")


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise refusal(WRONG_ADDRESS)
    return value


#: An e-mail address without a name beside it.
EmailAddress = Annotated[
    str,
    Field(min_length=1, max_length=320),
    BeforeValidator(lambda value: _clean(value, lines=False)),
    AfterValidator(_address),
]


AnySchema = TypeVar("AnySchema", bound=BaseModel)

#: Wrong fields that one refusal names: far more than any form has. A body of nothing but unknown fields would otherwise
#: be answered by several times its own length, which Lambda does not deliver.
FIELDS_NAMED = 100


def pointer(*steps: str | int) -> str:
    """A JSON pointer (RFC 6901) from its steps."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


_ECHOED_STEP = re.compile(r"^[A-Za-z0-9_\-]{1,64}$")


def _echoed(name: str) -> str:
    return name if _ECHOED_STEP.fullmatch(name) else "…"


def _field_error(error: ErrorDetails, prefix: str | None = None) -> FieldError:
    values = error.get("ctx", {})
    # A context's own rule comes with the refusal (see `refusal`).
    rule = values.get("rule") or _RULES.get(error["type"], _OTHERWISE)
    if "expected" in values:  # `'a', 'b' or 'c'`, an English list
        values = {"expected": ", ".join(re.findall(r"'([^']*)'", values["expected"]))}
    # The name of an unknown field is the caller's own text: shown when it looks like a field name only.
    steps = [step if isinstance(step, int) else _echoed(step) for step in error["loc"]]
    where = pointer(*steps) if prefix is None else prefix + ".".join(str(step) for step in steps)
    return rule.broken_at(where, **values)


def validate_json(schema: type[AnySchema], body: bytes) -> AnySchema:
    """The JSON text as that shape. Raises MalformedBody when it is not a JSON object at all, else Invalid
    with every wrong field at once, up to `FIELDS_NAMED`.
    """
    try:
        return schema.model_validate_json(body)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        if any(detail["type"] == "json_invalid" or not detail["loc"] for detail in details):
            raise MalformedBody from None
        raise Invalid([_field_error(detail) for detail in details[:FIELDS_NAMED]]) from None


def validate_query(schema: type[AnySchema], given: Mapping[str, Sequence[str]]) -> AnySchema:
    """The parameters of a query as that shape. Raises Invalid with every wrong one at once, each named `?name`."""
    repeated = [name for name, values in given.items() if len(values) > 1]
    if repeated:
        raise Invalid([_RULES["given_twice"].broken_at(f"?{_echoed(name)}") for name in repeated[:FIELDS_NAMED]])
    try:
        return schema.model_validate({name: values[0] for name, values in given.items()})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        raise Invalid([_field_error(detail, "?") for detail in details[:FIELDS_NAMED]]) from None
