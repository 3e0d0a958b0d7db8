"""The taxonomy as an administrator edits it in tests: read, changed in one thing, saved, published."""

from __future__ import annotations

import copy
from typing import Any

from tests.support.api import ADMIN, Api
from tests.support.world import done

NEW_ENTRY = {
    "id": "island-mystery",
    "labels": {"fr": "Mystère insulaire", "en": "Island mystery"},
    "synonyms": {"fr": ["huis clos en mer"], "en": []},
    "parent": "crime",
    "related": [{"id": "noir", "weight": 0.5}],
    "retired": False,
}


def in_force(api: Api) -> dict[str, Any]:
    """The taxonomy in force, whole, to be changed and sent back."""
    return copy.deepcopy(done(api.get("/admin/taxonomy", ADMIN))["taxonomy"])


def entry(taxonomy: dict[str, Any], dimension: str, identifier: str) -> dict[str, Any]:
    """One entry of a document, to be changed in place."""
    items = taxonomy["dimensions"][dimension]["items"]
    return next(item for item in items if item["id"] == identifier)


def save(api: Api, taxonomy: dict[str, Any]) -> dict[str, Any]:
    return done(api.put("/admin/taxonomy", taxonomy, ADMIN))


def publish(api: Api, taxonomy: dict[str, Any] | None = None, **body: Any) -> dict[str, Any]:
    """Saves a draft, when there is one to save, and publishes it."""
    if taxonomy is not None:
        save(api, taxonomy)
    return done(api.post("/admin/taxonomy/publish", {"reason": "Relecture annuelle.", **body}, ADMIN))
