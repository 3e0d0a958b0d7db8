"""What accounts asks of others."""

from __future__ import annotations

from chalicelib.composition import doors


class Belongings:
    def company(self, sub: str) -> bool:
        return doors.companies().company_of(sub) is not None

    def profile(self, sub: str) -> bool:
        return doors.profiles().is_owner(sub)

    def erasure(self, sub: str) -> bool:
        return doors.privacy().is_leaving(sub)
