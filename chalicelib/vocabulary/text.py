"""Text in the two languages of the product: French always, English when given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


_BEFORE_A_HIGH_SIGN = re.compile(r" (?=[:;!?])")


def typeset(french: str) -> str:
    """With the spaces that French is printed with: a narrow no-break one before ; : ! ? and a no-break one inside
    « »."""
    return _BEFORE_A_HIGH_SIGN.sub("\u202f", french).replace("« ", "«\u00a0").replace(" »", "\u00a0»")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence that a user may read, in both languages. The French is typeset, however it was typed."""

    fr: str
    en: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "fr", typeset(self.fr))

    def in_(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Bilingual:
        return Bilingual(self.fr.format(**values), self.en.format(**values))
