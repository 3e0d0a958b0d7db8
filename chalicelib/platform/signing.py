"""Texts that people carry away and bring back, signed so that only what we wrote is believed: a place in a list, a
link in an e-mail. Signed, not hidden: anyone can read one, so it holds nothing that its bearer may not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.settings import settings

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer


def seal(purpose: str, content: Mapping[str, Any]) -> str:
    """The content as signed text of `A-Z a-z 0-9 . _ -`, safe in a URL. It never expires: put a date in it if it must.

    `purpose` separates the uses: what was sealed for one is worth nothing for another. Raises Retryable when the key
    cannot be read.
    """
    sealed = _serializer(purpose).dumps(dict(content))
    return sealed if isinstance(sealed, str) else sealed.decode("ascii")


def unseal(purpose: str, text: str) -> dict[str, Any] | None:
    """What was sealed for this purpose, or None for any other text. Raises Retryable like `seal`."""
    from itsdangerous import BadData

    try:
        content = _serializer(purpose).loads(text)
    except BadData:
        return None
    return content if isinstance(content, dict) else None


def keyed_digest(purpose: str, text: str) -> str:
    """The text as 32 hexadecimal digits, the same each time, from which nobody without the key can find the text again,
    even by trying every id there is. `purpose` separates the uses. Raises Retryable like `seal`."""
    import hashlib
    import hmac

    # A key of its own per purpose: no use of it tells anything of another.
    key = hmac.digest(_key(settings().signing_secret_arn).encode(), f"plot-point/digest/{purpose}".encode(), "sha256")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def _serializer(purpose: str) -> URLSafeSerializer:
    import hashlib

    from itsdangerous import URLSafeSerializer

    return URLSafeSerializer(
        _key(settings().signing_secret_arn),
        salt=f"plot-point/{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


@cache
def _key(secret_arn: str) -> str:
    """Made with the stack and never changed: a link in an e-mail that somebody kept must still open."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        answer = client("secretsmanager").get_secret_value(SecretId=secret_arn)
    except (BotoCoreError, ClientError) as error:
        raise Retryable("signing_key_unavailable") from error
    return str(answer["SecretString"])


def forget_key() -> None:
    """For tests, which change the account that the key is read from."""
    _key.cache_clear()
