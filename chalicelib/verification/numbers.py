"""Numbers that catalogues give to people and works, as people write them."""

from __future__ import annotations

import re

from chalicelib.vocabulary.identifiers import isan, isan_root

_NOT_IN_A_NUMBER = re.compile(r"[^0-9A-Za-z]")


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of one scheme are the same, however they are spaced: `0000 0001 2345 678X`."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def is_isan(number: str) -> bool:
    """Whether a number has the digits of an ISAN, and each check character that it gives is right (ISO 15706: 16
    hexadecimal digits and a check character, for a version 8 more and another; ISO 7064, MOD 37,36)."""
    return isan(number) is not None


def same_isan_work(one: str, other: str) -> bool:
    """Whether two well-formed ISANs are of one work, its episodes and versions together: they share their root."""
    root = isan_root(one)
    return root is not None and root == isan_root(other)


def _plain(number: str) -> str:
    return _NOT_IN_A_NUMBER.sub("", number).upper()
