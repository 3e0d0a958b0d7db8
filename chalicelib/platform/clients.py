"""AWS clients, made once per process when first used: importing boto3 costs more than all the rest."""

from __future__ import annotations

import os
from functools import cache
from threading import Lock
from typing import Any

_lock = Lock()

#: A call that hangs must fail while the function still has time to say so (functions run 30 s at most).
CONNECT_TIMEOUT_SECONDS = 2
READ_TIMEOUT_SECONDS = 5
ATTEMPTS = 3


def client(service: str, *, answer_seconds: int = READ_TIMEOUT_SECONDS, attempts: int = ATTEMPTS) -> Any:
    """The low-level client of an AWS service (never a resource: twice the memory and the start-up).

    `attempts` includes the first: 1 for a call that must not be repeated when its answer does not come.
    """
    with _lock:  # boto3's default session is not safe to use from several threads while it makes a client
        return _make(service, answer_seconds, attempts)


@cache
def _make(service: str, answer_seconds: int, attempts: int) -> Any:
    import boto3
    from botocore.config import Config

    # Signed addresses name the region's own endpoint: at the global one a new bucket answers a form with a redirect,
    # which browsers do not follow across sites. Where the endpoint is set, on one machine, there are no such names.
    regional = service == "s3" and "AWS_ENDPOINT_URL" not in os.environ
    config = Config(
        s3={"addressing_style": "virtual"} if regional else None,
        signature_version="s3v4" if service == "s3" else None,
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=answer_seconds,
        retries={"mode": "standard", "total_max_attempts": attempts},
    )
    return boto3.client(service, config=config)


def forget_clients() -> None:
    """Drops the cached clients: for tests, which change the account they talk to."""
    _make.cache_clear()
