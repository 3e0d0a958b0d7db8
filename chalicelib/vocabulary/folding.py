"""One way of writing for what people type with or without accents, capitals and typographic signs."""

from __future__ import annotations

import unicodedata

#: Every apostrophe that a keyboard or a word processor gives, and the prime of minutes, as the plain one.
APOSTROPHES = str.maketrans({"’": "'", "′": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def fold(text: str) -> str:
    """Lower case without accents, ligatures and typographic apostrophes: "L’ÉNIGME du Sacré-Cœur" →
    "l'enigme du sacre-coeur"."""
    lowered = text.translate(APOSTROPHES).casefold().translate(_LIGATURES)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))
