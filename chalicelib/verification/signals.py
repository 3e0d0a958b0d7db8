"""What a reviewer should look at twice. A signal feeds a case and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.vocabulary.text import Bilingual


@dataclass(frozen=True, slots=True)
class Signal:
    """`signal` is stable; `concerns` are the ids it was seen on, in order: `docs/glossary.md` says of what."""

    signal: str
    concerns: tuple[str, ...]
    sentence: Bilingual
