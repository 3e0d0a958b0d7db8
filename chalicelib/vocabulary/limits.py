"""How much of each thing there may be, where several contexts must agree."""

from __future__ import annotations

#: Entries that a project may have in each of its lists.
MOST_ENTRIES = {
    "levels": 3,
    "genres": 5,
    "tones": 5,
    "universes": 6,
    "stakes": 6,
    "tasks": 12,
    "languages": 5,
}
