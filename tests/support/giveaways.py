"""Reads what somebody received the way a curious person would, and says which secrets are in it.

Whatever came is taken apart (JSON escapes, URL-encoding, HTML entities, quoted-printable, encoded words, base64 of both
alphabets at every alignment, zlib below it, hexadecimal, UTF-16), layer under layer; of each layer case, accents,
look-alike letters, invisible characters and everything between letters and digits are put aside, and then it is
searched.
"""

from __future__ import annotations

import base64
import binascii
import html
import quopri
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote_plus

#: Layers below what was received that are looked into: a cursor in a link in an e-mail has three.
LAYERS = 3

#: From here on a text is looked for without what stands between its letters; a shorter one must stand by itself.
DISTINCTIVE = 8

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2}){8,}")
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_URL_SAFE = str.maketrans("-_", "+/")
_ENDS_OF_LINES = re.compile(r"=?\r?\n ?")

#: Letters of other alphabets that are read as ours, and what NFKD leaves together.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјһԁԛԝкмтнвαονρτκιυıøłđʀɪ",
    "aeopcyxisjhdqwkmthbaovptkiuioldri",
) | {ord("œ"): "oe", ord("æ"): "ae", ord("ß"): "ss"}
_BETWEEN = re.compile(r"[^a-z0-9]+")
_INVISIBLE = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")


def folded(text: str) -> str:
    """The words of a text as they sound, one space apart."""
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return _BETWEEN.sub(" ", text.casefold().translate(_LOOK_ALIKES) if not text.isascii() else text.lower()).strip()


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
    texts = {content.decode("utf-8", "replace")}
    if b"\0" in content:
        texts |= {content.decode(name, "ignore") for name in ("utf-16-le", "utf-16-be")}
    known: set[str] = set()
    for _ in range(LAYERS + 1):
        yield from texts
        known |= texts
        texts = {below for text in texts for below in _below(text) if below} - known


def _below(text: str) -> Iterator[str]:
    if "\\" in text:
        yield _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
    if "%" in text:
        yield unquote_plus(text)
    if "&" in text:
        yield html.unescape(text)
    if "=" in text:
        raw = text.encode("utf-8", "replace")
        for header in (False, True) if "=?" in text else (False,):
            decoded = quopri.decodestring(raw, header)
            if decoded != raw:
                yield decoded.decode("utf-8", "replace")
    yield from _from_base64(text)
    if "\n" in text:  # MIME breaks it into lines
        yield from _from_base64(_ENDS_OF_LINES.sub("", text))
    for run in _HEXADECIMAL.findall(text):
        yield bytes.fromhex(run).decode("utf-8", "ignore")


def _from_base64(text: str) -> Iterator[str]:
    runs = _BASE64.findall(text)
    if not runs:
        return
    for start in range(4):
        decoded = []
        for run in runs:
            part = run[start:].translate(_URL_SAFE)
            try:
                raw = base64.b64decode(part[: len(part) // 4 * 4] + _tail(part[len(part) // 4 * 4 :]))
            except binascii.Error:
                continue
            decoded.append(_text(raw))
            if raw[:1] == b"x" and (inflated := _inflated(raw)):
                decoded.append(inflated)
        yield " | ".join(one for one in decoded if one)


def _tail(rest: str) -> str:
    return rest + "=" * (4 - len(rest)) if len(rest) > 1 else ""


def _text(raw: bytes) -> str:
    if raw.count(0) * 3 > len(raw):
        return f"{raw.decode('utf-16-le', 'ignore')} {raw.decode('utf-16-be', 'ignore')}"
    return raw.decode("utf-8", "ignore")


def _inflated(raw: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(raw).decode("utf-8", "ignore")
    except zlib.error:
        return ""
