"""Numbers that catalogues give to people and works, as people write them."""

from __future__ import annotations

import re

from stdnum import isan
from stdnum.exceptions import ValidationError

_NOT_IN_A_NUMBER = re.compile(r"[^0-9A-Za-z]")
_ISAN_PREFIX = re.compile(r"^\s*(?:urn:)?isan[:\s]*", re.IGNORECASE)
#: Characters of an ISAN, separators aside: of a work or of a version of it, each with or without check characters.
_ISAN_LENGTHS = (16, 17, 24, 26)
_ISAN_ROOT = 12


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of one scheme are the same, however they are spaced: `0000 0001 2345 678X`."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def is_isan(number: str) -> bool:
    """Whether a number has the digits of an ISAN, and each check character that it gives is right (ISO 15706: 16
    hexadecimal digits and a check character, for a version 8 more and another; ISO 7064, MOD 37,36)."""
    characters = _isan(number)
    if len(characters) not in _ISAN_LENGTHS or not characters.isascii():
        return False
    try:
        isan.validate(characters)
    except ValidationError:
        return False
    return True


def same_isan_work(one: str, other: str) -> bool:
    """Whether two well-formed ISANs are of one work, its episodes and versions together: they share their root."""
    return is_isan(one) and is_isan(other) and _isan(one)[:_ISAN_ROOT] == _isan(other)[:_ISAN_ROOT]


def _isan(number: str) -> str:
    return re.sub(r"[\s-]", "", _ISAN_PREFIX.sub("", number)).upper()


def _plain(number: str) -> str:
    return _NOT_IN_A_NUMBER.sub("", number).upper()
