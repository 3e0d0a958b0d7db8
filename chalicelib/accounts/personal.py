"""What accounts keep about one person. The account itself, in the user pool, goes last of all: `privacy` sees to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.vocabulary.person import Erased, Person


class Roles(Protocol):
    def role(self, sub: str) -> tuple[str, str] | None: ...
    def forget(self, sub: str) -> None: ...


class AccountsOfPerson:
    def __init__(self, roles: Roles) -> None:
        self._roles = roles

    def export(self, person: Person, _now: datetime) -> dict[str, list[dict[str, Any]]]:
        chosen = self._roles.role(person.sub)
        account: dict[str, Any] = {
            "account_id": person.sub,
            "email": person.email,
            "role": None,
            "role_chosen_at": None,
        }
        if chosen is not None:
            account |= {"role": chosen[0], "role_chosen_at": chosen[1]}
        return {"accounts": [account]}

    def erase(self, person: Person, _now: datetime) -> Erased:
        known = self._roles.role(person.sub) is not None
        self._roles.forget(person.sub)
        return Erased(removed=int(known))
