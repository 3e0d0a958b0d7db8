"""The words of e-mails, of the pages behind their links, of preferences and notices: `templates/words.json`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.platform.validation import Both
from chalicelib.vocabulary.text import Language

FOLDER = Path(__file__).with_name("templates")


def words_in(language: Language) -> dict[str, Any]:
    return _words()[language]


def both(*path: str) -> Both:
    """The sentence at that place, in both languages."""
    found: dict[str, Any] = {}
    for language, words in _words().items():
        inner: Any = words
        for step in path:
            inner = inner[step]
        found[language] = inner
    return Both(**found)


@cache
def _words() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    return loaded
