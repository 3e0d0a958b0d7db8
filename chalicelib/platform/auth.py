"""Who is asking. The gateway verifies the ID token; this reads its claims and decides access per route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.platform.errors import Forbidden, Unauthenticated


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in account. `sub` is the user pool's stable id; `groups` may be empty (no role chosen yet)."""

    sub: str
    groups: frozenset[str]
    email: str

    @staticmethod
    def from_claims(claims: Mapping[str, Any] | None) -> Actor:
        """From a verified ID token's claims. Raises Unauthenticated when they are missing or not an ID token's.

        The gateway hands `cognito:groups` over as `a,b` or as `[a b]`; both are read.
        """
        if not claims or not claims.get("sub") or claims.get("token_use") != "id":
            raise Unauthenticated
        groups = str(claims.get("cognito:groups") or "").strip("[]").replace(",", " ").split()
        # An address that its owner has not confirmed proves nothing: no invitation opens with it.
        confirmed = str(claims.get("email_verified", "true")).lower() == "true"
        email = str(claims.get("email") or "") if confirmed else ""
        return Actor(sub=str(claims["sub"]), groups=frozenset(groups), email=email)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route. `groups` None: anyone signed in; `public`: no account needed."""

    public: bool = False
    groups: frozenset[str] | None = None

    def admit(self, claims: Mapping[str, Any] | None) -> Actor | None:
        """The actor (None on a public route). Raises Unauthenticated (401) or Forbidden (403)."""
        if self.public:
            return None
        actor = Actor.from_claims(claims)
        if self.groups is not None and not self.groups & actor.groups:
            raise Forbidden
        return actor


PUBLIC = Access(public=True)
SIGNED_IN = Access()


def members_of(*groups: str) -> Access:
    """Access for accounts in at least one of the groups."""
    return Access(groups=frozenset(groups))
