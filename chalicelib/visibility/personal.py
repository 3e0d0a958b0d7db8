"""What visibility keeps about one person: who saw them, and which companies they keep away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.platform.table import Item
from chalicelib.visibility.models import Block, View
from chalicelib.visibility.service import PAGE, Projects, Told
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.person import Erased, Person


class PersonalStore(Protocol):
    def views(
        self, profile_id: str, today: date, limit: int, position: Item | None
    ) -> tuple[list[View], Item | None]: ...
    def blocks(self, profile_id: str) -> list[Block]: ...
    def forget(self, profile_id: str) -> int: ...


class VisibilityOfPerson:
    """Keeps `vocabulary.person.Personal`. Of a producer nothing is kept: who saw somebody is a company."""

    def __init__(self, store: PersonalStore, projects: Projects) -> None:
        self._store = store
        self._projects = projects

    def export(self, person: Person, now: datetime) -> dict[str, list[dict[str, Any]]]:
        """As they read it on their screens: a viewer is a code name until the reveal."""
        if person.profile_id is None:
            return {"views": [], "blocks": []}
        views, blocks = self._views(person.profile_id, paris_day(now)), self._store.blocks(person.profile_id)
        brief_ids = {one.brief_id for one in views} | {one.brief_id for one in blocks if one.brief_id is not None}
        told = self._projects.told(person.sub, person.profile_id, brief_ids)
        return {
            "views": [
                {"day": one.day.isoformat(), "viewer": _viewer(told[one.brief_id]), "shown": list(one.shown)}
                for one in views
            ],
            "blocks": [
                {
                    "name": one.name,
                    "siren": one.siren,
                    "conversation_id": one.thread_id,
                    "viewer": _viewer(told[one.brief_id]) if one.brief_id is not None else None,
                    "blocked_at": one.blocked_at,
                }
                for one in blocks
            ],
        }

    def erase(self, person: Person, _now: datetime) -> Erased:
        if person.profile_id is None:
            return Erased()
        return Erased(removed=self._store.forget(person.profile_id))

    def _views(self, profile_id: str, today: date) -> list[View]:
        found: list[View] = []
        position: Item | None = None
        while True:
            views, position = self._store.views(profile_id, today, PAGE, position)
            found += views
            if position is None:
                return found


def _viewer(told: Told) -> dict[str, str | None]:
    return {"code_name": told.code_name, "company": told.company}
