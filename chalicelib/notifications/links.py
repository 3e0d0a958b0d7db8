"""The links of e-mails that turn their kind off: signed, so that only their receiver can follow them, and without
anything personal in them: an account's id and the kind of e-mail."""

from __future__ import annotations

from typing import get_args

from chalicelib.notifications.models import OptionalKind
from chalicelib.platform.signing import seal, unseal

_PURPOSE = "unsubscribe"
_KINDS: tuple[OptionalKind, ...] = get_args(OptionalKind)


class UnsubscribeLinks:
    """`site_url` without trailing slash."""

    def __init__(self, site_url: str) -> None:
        self._site_url = site_url

    def unsubscribe(self, sub: str, kind: OptionalKind) -> str:
        """Raises Retryable."""
        return f"{self._site_url}/api/unsubscribe/{seal(_PURPOSE, {'sub': sub, 'kind': kind})}"

    def read(self, token: str) -> tuple[str, OptionalKind] | None:
        """Raises Retryable."""
        content = unseal(_PURPOSE, token)
        if content is None:
            return None
        kind = next((one for one in _KINDS if one == content.get("kind")), None)
        return (str(content["sub"]), kind) if kind is not None and "sub" in content else None
