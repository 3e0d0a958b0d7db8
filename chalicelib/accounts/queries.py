"""What other contexts may ask of accounts, answered at once and read-only."""

from __future__ import annotations

from chalicelib.accounts.repository import CognitoDirectory


class AccountQueries:
    """Raises Retryable for failures that pass."""

    def __init__(self, directory: CognitoDirectory) -> None:
        self._directory = directory

    def address(self, sub: str) -> str | None:
        """The address that an account signs in with."""
        known = self._directory.account(sub)
        return known[1] or None if known else None

    def account_at(self, address: str) -> str | None:
        """The account that signs in with this address."""
        known = self._directory.account(address)
        return known[0] if known else None

    def active_administrators(self) -> int:
        """How many accounts can sign in as an administrator."""
        return self._directory.active_in("admins")
