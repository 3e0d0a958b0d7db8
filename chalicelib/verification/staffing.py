"""Whether there are enough administrators: one decides, a second confirms a refusal, a third hears the appeal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.text import Bilingual

#: An appeal goes to somebody who took no part: neither who proposed a refusal nor who confirmed it.
NEEDED = 3

#: How many there are → how it is said.
_COUNTED = (
    Bilingual("Aucun administrateur actif", "No active administrator"),
    Bilingual("Un seul administrateur actif", "One active administrator only"),
    Bilingual("Deux administrateurs actifs seulement", "Two active administrators only"),
)
_NEEDED = Bilingual(
    " : il en faut trois. Un refus demande deux personnes, et un recours une troisième qui n’y a pas pris part.",
    ": three are needed. A refusal takes two people, and an appeal a third who took no part in it.",
)


class Administrators(Protocol):
    def active(self) -> int:
        """Accounts that can sign in as an administrator. Raises Retryable."""


@dataclass(frozen=True, slots=True)
class Shortage:
    active: int
    needed: int
    sentence: Bilingual


class Staffing:
    def __init__(self, administrators: Administrators) -> None:
        self._administrators = administrators

    def shortage(self) -> Shortage | None:
        """None when there are enough, or when it cannot be known now: the queue is read all the same."""
        try:
            active = self._administrators.active()
        except Retryable as error:
            log.warning("administrators_uncounted", reason=str(error))
            return None
        if active >= NEEDED:
            return None
        counted = _COUNTED[active]
        return Shortage(active, NEEDED, Bilingual(counted.fr + _NEEDED.fr, counted.en + _NEEDED.en))
