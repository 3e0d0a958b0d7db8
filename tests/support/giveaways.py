"""Reads what somebody received the way a curious person would, and says which secrets are in it.

Whatever came is taken apart (JSON escapes, URL-encoding, HTML entities, quoted-printable, encoded words, base64 of both
alphabets at every alignment, zlib below it, hexadecimal, UTF-16), layer under layer; of each layer case, accents,
look-alike letters, invisible characters and everything between letters and digits are put aside, and then it is
searched.
"""

from __future__ import annotations

import html
import quopri
import re
import unicodedata
import zlib
from binascii import a2b_base64
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

#: Times that what was found is taken apart again: a cursor in a link in an e-mail has three layers.
LAYERS = 3

#: From here on a text is looked for without what stands between its letters; a shorter one must stand by itself.
DISTINCTIVE = 8

_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}")
#: MIME breaks base64 into lines.
_BROKEN = re.compile(r"(?<=[A-Za-z0-9+/]{40})\r?\n(?=[A-Za-z0-9+/])")
_HEXADECIMAL = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{16,}")
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_QUOTED = re.compile(r"=(?:[0-9A-Fa-f]{2}|\r?\n)")

#: Letters of other alphabets that are read as ours, and what NFKD leaves together.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝкмтнвαονρτκιυıøłđʀɪ",
    "aeopcyxisjhdqwkmthbaovptkiuioldri",
) | {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_BETWEEN = re.compile(r"[^a-z0-9]+")
#: Accents, once they are apart from their letters.
_MARKS = re.compile(r"[\u0300-\u036f]")
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def folded(text: str) -> str:
    """The words of a text as they sound, one space apart."""
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold().translate(_LOOK_ALIKES)
        text = _MARKS.sub("", text)
    return _BETWEEN.sub(" ", text).strip()


def squeezed(text: str) -> str:
    return folded(text).replace(" ", "")


@lru_cache(maxsize=4096)
def readings(content: bytes) -> tuple[str, str]:
    """Everything that can be read in it: by words, and without what stands between them. `|` parts the layers."""
    words = [folded(layer) for layer in _layers(content)]
    return " | ".join(words), "|".join(one.replace(" ", "") for one in words)


def told(content: bytes, secrets: Iterable[str]) -> list[str]:
    """Which of these texts can be read in the content."""
    words, run = readings(content)
    found = []
    for secret in secrets:
        sought, alone = _sought(secret)
        if (f" {alone} " in f" {words} ") if sought is None else (sought in run):
            found.append(secret)
    return found


@lru_cache(maxsize=8192)
def _sought(secret: str) -> tuple[str | None, str]:
    run = squeezed(secret)
    if not run:
        raise ValueError(f"nothing to look for in {secret!r}")
    return (run if len(run) >= DISTINCTIVE else None), folded(secret)


def _layers(content: bytes) -> Iterator[str]:
    texts = {_read(content)}
    if b"\0" in content:
        texts |= {content[start:].decode(name, "ignore") for name in ("utf-16-le", "utf-16-be") for start in (0, 1)}
    known: set[str] = set()
    for _ in range(LAYERS + 1):
        yield from texts
        known |= texts
        texts = {below for text in texts for below in _below(text) if below} - known


def _below(text: str) -> Iterator[str]:
    """The text unescaped, every way at once, and what its encoded runs say."""
    plain = _unquoted(text) if "=" in text else text
    if "\\" in plain:
        plain = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], plain)
    if "&" in plain:
        plain = html.unescape(plain)
    if "%" in plain:
        plain = unquote(plain)
    yield plain
    if "_" in text and "=?" in text:  # an encoded word of a header
        yield _unquoted(text.replace("_", " "))
    runs = text.replace("-", "+").replace("_", "/")
    yield from _from_base64(_BROKEN.sub("", runs) if "\n" in runs else runs)
    for run in _HEXADECIMAL.findall(text):
        yield from (_text(bytes.fromhex(run[start : (len(run) - start) // 2 * 2 + start])) for start in (0, 1))


def _unquoted(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    return _read(quopri.decodestring(text.encode("utf-8", "replace")))


def _read(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return f"{raw.decode('utf-8', 'replace')} | {raw.decode('latin-1')}"


def _from_base64(text: str) -> Iterator[str]:
    runs = _BASE64.findall(text)
    for start in range(4) if runs else ():
        decoded = []
        for run in runs:
            part = run[start:]
            raw = a2b_base64(part + "A" * (-len(part) % 4))
            decoded.append(_text(raw))
            if raw[:1] == b"x":
                decoded.append(_inflated(raw))
        yield " | ".join(one for one in decoded if one)


def _text(raw: bytes) -> str:
    if raw.count(0) * 3 > len(raw):
        return f"{raw.decode('utf-16-le', 'ignore')} {raw.decode('utf-16-be', 'ignore')}"
    return raw.decode("utf-8", "ignore")


def _inflated(raw: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(raw).decode("utf-8", "ignore")
    except zlib.error:
        return ""
