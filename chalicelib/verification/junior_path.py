"""The way of somebody at the beginning, who has no credit to check yet (TRADE §3.3): a diploma, an internship, reading
reports, referees. Each is claimed by sending the paper that shows it with the profile's case; a person reads it, and
what they confirm is shown as a badge of its own, beside the level, which counts verified years alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from chalicelib.verification.facts_of_credit import Established
from chalicelib.vocabulary.text import Bilingual

#: What shows it: kinds of files, in the order in which they are named.
PathKind = Literal["diploma", "internship", "reading_report", "referee"]
PATH_KINDS: tuple[PathKind, ...] = get_args(PathKind)

LABELS: dict[PathKind, Bilingual] = {
    "diploma": Bilingual("diplôme", "diploma"),
    "internship": Bilingual("stage", "internship"),
    "reading_report": Bilingual("fiches de lecture", "reading reports"),
    "referee": Bilingual("référent", "referee"),
}

_BADGE = Bilingual("Parcours vérifié", "Background verified")


class JuniorPath(Established):
    """The background that was confirmed. `kinds`: what showed it; none where the reviewer went by something else."""

    kinds: tuple[PathKind, ...] = ()

    @property
    def badge(self) -> dict[str, object]:
        """What a producer is shown of it. Who decided is for administrators and is not here."""
        named = [LABELS[kind] for kind in self.kinds]
        told = Bilingual(", ".join(one.fr for one in named), ", ".join(one.en for one in named))
        label = Bilingual(f"{_BADGE.fr} : {told.fr}", f"{_BADGE.en}: {told.en}") if named else _BADGE
        return {
            "fact": "junior_path",
            "kinds": list(self.kinds),
            "label": {"fr": label.fr, "en": label.en},
            "checked_at": self.checked_at,
            "expires_at": self.expires_at,
        }


def kinds_among(names: Iterable[str]) -> tuple[PathKind, ...]:
    """Those that are kinds of this path, once each, in their order."""
    given = set(names)
    return tuple(kind for kind in PATH_KINDS if kind in given)
