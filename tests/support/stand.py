"""What stands behind a window's every request: a function of the test's own, over real HTTP on this machine.

    with standing() as stands:
        number = stands.add(lambda asked: Answer("<h1>…</h1>", "text/html"))

One server for all the windows of a browser; each of their requests says in `X-Window` which it is from.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

#: A page of our own origin without anything on it.
BLANK = "/.blank"
WINDOW_HEADER = "X-Window"


@dataclass(frozen=True)
class Answer:
    """What a request is answered with. Status 0: not at all, as without a network."""

    body: bytes | str
    content_type: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request to our own origin."""

    method: str
    path: str
    query: str
    body: str | None


#: Answers a request; None for what should not have been asked.
Stand = Callable[[Asked], Answer | None]


def document(body: dict[str, Any] | list[Any] | None, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(body, ensure_ascii=False), status=status, headers=headers)


def shows(html: str) -> Stand:
    """A stand with one page, at `/`. It has an empty icon, which the browser asks for once, whenever it likes."""
    known = {"/": Answer(html, "text/html; charset=utf-8"), "/favicon.ico": Answer("", "image/x-icon")}
    return lambda asked: known.get(asked.path)


def down() -> Answer:
    """No answer at all, as without a network."""
    return Answer("", status=0)


class Stands:
    """Who answers for which window."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._of: dict[str, Stand] = {}

    def add(self, stand: Stand) -> str:
        number = str(len(self._of) + 1)
        self._of[number] = stand
        return number

    def answer(self, window: str, asked: Asked) -> Answer:
        if asked.path == BLANK:
            return Answer('<!doctype html><link rel="icon" href="data:,">', "text/html")
        if asked.path == "/favicon.ico":  # a browser's own wish, for the tab of a page that names no icon
            return Answer("", status=204)
        stand = self._of.get(window)
        return (stand and stand(asked)) or Answer("", status=404)


@contextmanager
def standing() -> Iterator[Stands]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.stands = stands = Stands(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield stands
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stands: Stands


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Headers and body go in two writes: with Nagle's algorithm the second would wait for the first one's receipt.
    disable_nagle_algorithm = True

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace") if length else None
        parts = urlsplit(self.path)
        asked = Asked(self.command, parts.path, parts.query, body)
        answer = self.server.stands.answer(self.headers.get(WINDOW_HEADER, ""), asked)
        try:
            self._give(answer)
        except ConnectionError:  # the page has gone elsewhere meanwhile
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def _give(self, answer: Answer) -> None:
        if answer.status == 0:
            # What no browser takes for an answer. On a connection that merely closes it would ask a second time.
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
            self.close_connection = True
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        headers = {"Content-Type": answer.content_type, "Cache-Control": "no-store", **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: a test says what was wrong."""
