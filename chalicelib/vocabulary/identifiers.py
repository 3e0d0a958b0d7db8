"""Numbers of works, people and companies that the trade uses, as people write or paste them → in one form.

Each function gives None for what cannot be such a number: wrong characters, wrong length, a check character that is not
right. None of them knows whether the number was ever given to anybody.
"""

from __future__ import annotations

import re

_ISAN_PREFIX = re.compile(r"^(?:urn:)?isan[:\s]*", re.IGNORECASE)
#: Characters of an ISAN, separators aside: of a work or of a version of it, each with or without check characters.
_ISAN_LENGTHS = (16, 17, 24, 26)
_ISAN_ROOT = 12

_ISNI_PREFIX = re.compile(r"^(?:https?://(?:www\.)?isni\.org/(?:isni/)?|isni[:\s]*)", re.IGNORECASE)
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/)?(?P<item>Q[1-9][0-9]{0,11})", re.IGNORECASE
)
_BNF = re.compile(
    r"(?:https?://(?:data|catalogue|ark)\.bnf\.fr/)?(?:(?:fr/)?ark:/?12148/)?cb(?P<notice>[0-9]{8}[0-9bcdfghjkmnpqrstvwxz])",
    re.IGNORECASE,
)
_BNF_ARK = "ark:/12148/cb"
_BNF_CHARACTERS = "0123456789bcdfghjkmnpqrstvwxz"
_IMDB = re.compile(r"(?:https?://(?:www\.|m\.)?imdb\.com/(?:[a-z]{2}/)?name/)?(?P<name>nm[0-9]{7,10})/?", re.IGNORECASE)


def isan(text: str) -> str | None:
    """`FFFF-0001-0000-0000-Y`, with eight more digits and another check character for a version. Check characters that
    are given are right (ISO 15706; ISO 7064, MOD 37,36), those that are not are added: short forms leave them out."""
    from stdnum import isan as numbers
    from stdnum.exceptions import ValidationError

    characters = re.sub(r"[\s-]", "", _ISAN_PREFIX.sub("", text.strip())).upper()
    if len(characters) not in _ISAN_LENGTHS or not characters.isascii():
        return None
    if not characters[:_ISAN_ROOT].strip("0"):  # nobody's, though its check characters are right
        return None
    try:
        return str(numbers.format(numbers.validate(characters)))
    except ValidationError:
        return None


def isan_root(text: str) -> str | None:
    """What all episodes and versions of one work share: the first twelve digits."""
    number = isan(text)
    return None if number is None else number.replace("-", "")[:_ISAN_ROOT]


def isni(text: str) -> str | None:
    """`9999999900000010`: sixteen characters, the last one a check character (ISO 27729; ISO 7064, MOD 11-2)."""
    from stdnum import isni as numbers
    from stdnum.exceptions import ValidationError

    try:
        return str(numbers.validate(_ISNI_PREFIX.sub("", text.strip()).rstrip("/"))).upper()
    except ValidationError:
        return None


def wikidata_item(text: str) -> str | None:
    """`Q900000011`, out of an address of the site too."""
    found = _WIKIDATA.fullmatch(text.strip())
    return found["item"].upper() if found else None


def bnf_ark(text: str) -> str | None:
    """`ark:/12148/cb900000229`, out of an address of the catalogue or of data.bnf.fr too. The last character is a check
    character: each one's place times its value, modulo 29
    (https://www.bnf.fr/fr/lidentifiant-ark-archival-resource-key)."""
    found = _BNF.fullmatch(text.strip())
    if found is None:
        return None
    notice = found["notice"].lower()
    values = (max(_BNF_CHARACTERS.find(character), 0) for character in f"cb{notice[:-1]}")
    total = sum(place * value for place, value in enumerate(values, start=1))
    if _BNF_CHARACTERS[total % len(_BNF_CHARACTERS)] != notice[-1]:
        return None
    return _BNF_ARK + notice


def bnf_number(ark: str) -> str:
    """Of an ARK in that form, what catalogues call the BnF's number: `900000229`."""
    return ark.removeprefix(_BNF_ARK)


def imdb_name(text: str) -> str | None:
    """`nm90000011`, out of an address of the site too: a name to be told apart by, never an address to be asked."""
    found = _IMDB.fullmatch(text.strip())
    return found["name"].lower() if found else None


def siren(text: str) -> str | None:
    """`552178639`: the nine digits by which the French register knows a company, the last one a check digit (Luhn)."""
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren as numbers

    try:
        number = str(numbers.validate(text))
    except ValidationError:
        return None
    # The check digit of nine zeros is right, and no company has it.
    return number if number.strip("0") else None
