"""AWS clients, made once per process when first used: importing boto3 costs more than all the rest."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

_lock = Lock()

#: A call that hangs must fail while the function still has time to say so (functions run 30 s at most).
CONNECT_TIMEOUT_SECONDS = 2
READ_TIMEOUT_SECONDS = 5
ATTEMPTS = 3


def client(service: str) -> Any:
    """The low-level client of an AWS service (never a resource: twice the memory and the start-up)."""
    with _lock:  # boto3's default session is not safe to use from several threads while it makes a client
        return _make(service)


@cache
def _make(service: str) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=READ_TIMEOUT_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    )
    return boto3.client(service, config=config)


def forget_clients() -> None:
    """Drops the cached clients: for tests, which change the account they talk to."""
    _make.cache_clear()
