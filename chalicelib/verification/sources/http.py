"""One polite question to a public source over HTTP, and nothing but JSON as an answer.

Every request says who asks and how to reach us, ends within a total time whatever the other side does, reads no more
than it may, keeps to the source's pace, and never follows a redirect to another host.
"""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from chalicelib.verification.sources.errors import Garbled, NoTurn, Refused, TryLater, Unreachable
from chalicelib.vocabulary.clock import Clock

#: A source that asks for more is not waited for that long before it is tried again.
LONGEST_WAIT = timedelta(hours=24)
#: Redirects followed, on the same host.
MOST_REDIRECTS = 2
_CHUNK = 16_384


@dataclass(frozen=True, slots=True)
class Pace:
    """How often one process may ask: `parallel` questions at once, `interval` seconds from one start to the next."""

    parallel: int = 1
    interval: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two pieces of an answer, and in all, waiting for one's turn included; bytes of an
    answer."""

    connect_seconds: float = 2.0
    read_seconds: float = 5.0
    total_seconds: float = 10.0
    max_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its JSON, and the SHA-256 of its bytes in hexadecimal."""

    payload: Any
    payload_hash: str


class Fetcher(Protocol):
    def get(
        self, url: str, parameters: Mapping[str, str], *, accept: str, secret_headers: Mapping[str, str]
    ) -> Fetched: ...


@dataclass(slots=True)
class HttpFetcher:
    """Asks one source. Raises TryLater, Unreachable, Refused, Garbled; each message is a code.

    `user_agent` names the application and a contact. Safe to use from several threads.
    """

    user_agent: str
    clock: Clock
    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _pool: urllib3.PoolManager = field(init=False, repr=False)
    _places: threading.BoundedSemaphore = field(init=False, repr=False)
    _turn: threading.Lock = field(init=False, repr=False, default_factory=threading.Lock)
    _next_start: float = field(init=False, repr=False, default=0.0)

    def __post_init__(self) -> None:
        self._pool = urllib3.PoolManager(maxsize=self.pace.parallel, retries=False)
        self._places = threading.BoundedSemaphore(self.pace.parallel)

    def get(
        self,
        url: str,
        parameters: Mapping[str, str],
        *,
        accept: str = "application/json",
        secret_headers: Mapping[str, str],
    ) -> Fetched:
        """`secret_headers`: keys to the source; they go to this host only."""
        deadline = self.monotonic() + self.limits.total_seconds
        # Uncompressed, so that the size that is counted is the size that is held.
        headers = {
            **secret_headers,
            "User-Agent": self.user_agent,
            "Accept": accept,
            "Accept-Encoding": "identity",
        }
        target = f"{url}?{urlencode(parameters)}" if parameters else url
        with self._place(deadline):
            for _ in range(MOST_REDIRECTS + 1):
                self._wait_for_turn(deadline)
                with self._response(target, headers, deadline) as response:
                    if 300 <= response.status < 400:
                        target = _same_host(target, response.headers.get("Location"))
                        continue
                    self._check(response)
                    return _parsed(self._body(response, deadline))
        raise Refused("too_many_redirects")

    @contextmanager
    def _place(self, deadline: float) -> Iterator[None]:
        if not self._places.acquire(timeout=max(0.0, deadline - self.monotonic())):
            raise NoTurn("no_place")
        try:
            yield
        finally:
            self._places.release()

    def _wait_for_turn(self, deadline: float) -> None:
        with self._turn:
            now = self.monotonic()
            start = max(now, self._next_start)
            if start >= deadline:
                raise NoTurn("no_turn")
            self._next_start = start + self.pace.interval
        if start > now:
            self.sleep(start - now)

    @contextmanager
    def _response(self, url: str, headers: dict[str, str], deadline: float) -> Iterator[urllib3.BaseHTTPResponse]:
        left = deadline - self.monotonic()
        if left <= 0:
            raise TryLater("timed_out")
        _resolve(url, min(self.limits.connect_seconds, left))
        timeout = urllib3.Timeout(
            connect=min(self.limits.connect_seconds, left), read=min(self.limits.read_seconds, left)
        )
        with _failures():
            response = self._pool.request(
                "GET", url, headers=headers, timeout=timeout, redirect=False, preload_content=False
            )
            try:
                yield response
            finally:
                # What was not read stays unread: a connection with a rest on it cannot serve again.
                response.close()

    def _check(self, response: urllib3.BaseHTTPResponse) -> None:
        status = response.status
        after = retry_after(response.headers.get("Retry-After"), self.clock())
        # 403 with a time to come back is how a ban is announced.
        if status in (408, 429) or status >= 500 or (status == 403 and after is not None):
            raise TryLater(f"http_{status}", after)
        if status != 200:
            raise Refused(f"http_{status}")
        kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
            raise Garbled("not_json")
        if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            raise Garbled("encoded")

    def _body(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        body = bytearray()
        while True:
            # Looked at between pieces, so an answer that drips ends at the latest one reading time-out after.
            if self.monotonic() >= deadline:
                raise TryLater("timed_out")
            piece = response.read1(_CHUNK)
            if not piece:
                return bytes(body)
            body += piece
            if len(body) > self.limits.max_bytes:
                raise Garbled("too_large")


@contextmanager
def _failures() -> Iterator[None]:
    """What urllib3 raises, as what we say. The order matters: its errors are kinds of each other."""
    try:
        yield
    except (NewConnectionError, ConnectTimeoutError) as error:
        raise Unreachable("no_connection") from error
    except LocationValueError as error:
        raise Refused("bad_address") from error
    except SSLError as error:
        raise Refused("tls") from error
    except ReadTimeoutError as error:
        raise TryLater("timed_out") from error
    except HTTPError as error:  # cut off, reset, no HTTP
        raise TryLater("cut_off") from error


def _resolve(url: str, seconds: float) -> None:
    """Waits this long at most for the host's address: no time-out of a socket bounds the resolver, which without a
    network may take longer than a function lives."""
    split = urlsplit(url)
    found: list[object] = []

    def look_up() -> None:
        with suppress(OSError, UnicodeError):
            found.append(socket.getaddrinfo(split.hostname, split.port, type=socket.SOCK_STREAM))

    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(seconds)
    if not found:
        raise Unreachable("no_address")


def _same_host(url: str, location: str | None) -> str:
    if not location:
        raise Refused("redirected_nowhere")
    try:
        target = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(target)
    except ValueError:  # no address, such as "http://[::1"
        raise Refused("redirected_nowhere") from None
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise Refused("redirected_elsewhere")
    return target


def _parsed(body: bytes) -> Fetched:
    try:
        payload = json.loads(body, parse_constant=_no_constant)
        if b"\\ud" in body.lower():
            json.dumps(payload, ensure_ascii=False).encode()  # half of a pair of surrogates is JSON, and no text
    except (ValueError, RecursionError):
        raise Garbled("not_json") from None
    return Fetched(payload, hashlib.sha256(body).hexdigest())


def _no_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and infinities are no JSON


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a `Retry-After` asks us to wait, in whole seconds or as an HTTP date (RFC 9110 §10.2.3): never less
    than nothing, never more than a day. None when it is not there or says neither."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), int(LONGEST_WAIT.total_seconds())))
    else:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WAIT)
