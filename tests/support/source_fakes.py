"""Around the sources, in memory: what they remember, who asks for them, and a stand-in that answers over HTTP."""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chalicelib.verification.claims import WorkTitle
from chalicelib.verification.sources.breaker import Circuit
from chalicelib.verification.sources.cache import Remembered
from chalicelib.verification.sources.errors import CircuitTaken
from chalicelib.verification.sources.http import Fetched, Fetcher, HttpFetcher, Limits, Pace
from chalicelib.verification.sources.setting import Setting

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
FIXTURES = Path(__file__).resolve().parents[1] / "contract" / "sources"
USER_AGENT = "PlotPoint/1.0 (https://plot-point.test; bonjour@plot-point.test)"


class FakeClock:
    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


class FakeSourceStore:
    def __init__(self) -> None:
        self.circuits: dict[str, Circuit] = {}
        self.answers: dict[tuple[str, str], Remembered] = {}

    def circuit(self, source: str) -> Circuit:
        return self.circuits.get(source, Circuit(source))

    def change_circuit(self, before: Circuit, after: Circuit) -> None:
        if self.circuit(after.source).version != before.version:
            raise CircuitTaken
        self.circuits[after.source] = replace(after, version=before.version + 1)

    def answer(self, source: str, digest: str) -> Remembered | None:
        return self.answers.get((source, digest))

    def keep_answer(self, source: str, digest: str, answer: Remembered) -> None:
        self.answers[source, digest] = answer


@dataclass(frozen=True)
class FakeMatch:
    score: float
    same: bool
    year_distance: int | None


def same_letters(claimed: WorkTitle, candidate: WorkTitle) -> FakeMatch:
    """Titles with the same letters, whatever the case and the accents; years are only measured."""
    same = bool({*map(_letters, _titles(claimed))} & {*map(_letters, _titles(candidate))})
    years = claimed.year, candidate.year
    distance = None if years[0] is None or years[1] is None else abs(years[0] - years[1])
    return FakeMatch(1.0 if same else 0.1, same, distance)


def _titles(work: WorkTitle) -> tuple[str, ...]:
    return tuple(title for title in (work.title, work.original_title, *work.aliases) if title)


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


@dataclass
class FakeFetcher:
    """Answers each question in turn from what it was given; an exception is raised. `asked`: what was asked."""

    answers: list[Any]
    asked: list[tuple[str, dict[str, str], str, dict[str, str]]] = field(default_factory=list)

    def get(
        self, url: str, parameters: Mapping[str, str], *, accept: str, secret_headers: Mapping[str, str]
    ) -> Fetched:
        self.asked.append((url, dict(parameters), accept, dict(secret_headers)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Fetched(answer, f"hash-{len(self.asked)}")


def a_setting(fetcher: Fetcher, store: FakeSourceStore | None = None, clock: FakeClock | None = None) -> Setting:
    """With a key and an agreement for every source that needs them."""
    return Setting(
        lambda _: fetcher,
        store or FakeSourceStore(),
        clock or FakeClock(),
        same_letters,
        keys={"tmdb": "a-key"},
        agreements={"tmdb": "contract-2026-1"},
    )


# Recorded exchanges -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Exchange:
    """A request as the source documents it, and an answer in its real shape."""

    path: str
    parameters: dict[str, str]
    accept: str
    status: int
    content_type: str
    body: Any


def exchange(source: str, name: str) -> Exchange:
    read = json.loads((FIXTURES / source / f"{name}.json").read_text(encoding="utf-8"))
    return Exchange(
        read["request"]["path"],
        read["request"]["parameters"],
        read["request"]["headers"]["Accept"],
        read["response"]["status"],
        read["response"]["headers"]["Content-Type"],
        read["response"]["body"],
    )


class Recorded:
    """Answers only what was recorded, word for word; anything else fails the test."""

    def __init__(self, source: str, *names: str) -> None:
        self._exchanges = [exchange(source, name) for name in names]
        self.answered: list[str] = []

    def get(
        self, url: str, parameters: Mapping[str, str], *, accept: str, secret_headers: Mapping[str, str]
    ) -> Fetched:
        path = urlsplit(url).path
        for one in self._exchanges:
            if (one.path, one.parameters, one.accept) == (path, dict(parameters), accept):
                self.answered.append(path)
                return Fetched(one.body, f"hash-{len(self.answered)}")
        raise AssertionError(f"nothing was recorded for {path} {dict(parameters)}")


# A stand-in over HTTP -----------------------------------------------------------------------------------------------

#: What a stand-in does with a request: writes on the handler whatever a server may write.
Act = Callable[[BaseHTTPRequestHandler], None]


def says(body: bytes, status: int = 200, content_type: str | None = "application/json", **headers: str) -> Act:
    """An answer; underscores of the headers' names stand for dashes."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if content_type is not None:
            handler.send_header("Content-Type", content_type)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return act


@dataclass
class StandIn:
    """A server on this machine. `heard`: path, parameters and headers of what it was asked."""

    address: str
    act: Act
    heard: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)


@contextmanager
def stand_in(act: Act) -> Iterator[StandIn]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            server.heard.append((split.path, dict(parse_qsl(split.query)), dict(self.headers)))
            try:
                server.act(self)
            except OSError:
                self.close_connection = True  # who asked is gone

        def log_message(self, *arguments: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = StandIn(f"http://127.0.0.1:{listening.server_address[1]}", act)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


#: Short, so that a test of what takes too long takes no time.
IMPATIENT = Limits(connect_seconds=0.3, read_seconds=0.15, total_seconds=0.4, max_bytes=10_000)


def an_http_fetcher(
    pace: Pace | None = None, limits: Limits = IMPATIENT, clock: FakeClock | None = None
) -> HttpFetcher:
    return HttpFetcher(USER_AGENT, clock or FakeClock(), pace or Pace(), limits)
