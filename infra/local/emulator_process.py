"""The emulator's own process: ministack, with saves that survive being killed.

By itself ministack writes its state once, when it stops, file by file, and leaves out what the streams still
owe their readers. Here the state of all services is captured between two requests, written as one dated save
(`saves.py`), every few seconds while something changes. This file is the only one that knows ministack from
the inside; its version is pinned, and `tests/journeys` kill it for real.

Started by `emulator.py` with a clean environment, never by hand.
"""

from __future__ import annotations

import asyncio
import copy
import hashlib
import json
import os
import signal
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config
from ministack import app as ministack
from ministack.core import lambda_runtime, persistence
from ministack.services import dynamodb, ses, ses_v2

from infra.local.mailbox import Mailbox
from infra.local.saves import Save, Saves, link_tree
from infra.local.state import HeldLock

SAVE_PATH = "/_local/save"

# Readers' progress is captured before what they read, and effects last: a save taken while a record is being
# handled then repeats the record after a restart, which every handler bears, and never loses it.
_CAPTURED_FIRST = ("lambda", "sqs")
_CAPTURED_LAST = ("dynamodb",)
# Written by ministack itself, next to its state: token signing keys and Lambda code, never rewritten in place.
_FILES = ("cognito-rsa-key.pem", "cognito-pool-keys", "lambda-blobs")
_STREAMS = "pending-stream-records"

_QUIET_SECONDS = 1.5  # a save waits for a pause of this length …
_LONGEST_WAIT_SECONDS = 8.0  # … but no longer than this
_CAPTURE_ATTEMPTS = 5

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


def capture() -> dict[str, Any]:
    """The state of every service in use at this moment, as plain values that nothing changes any more.

    Called on the loop that serves requests, so no request is half-way through. Background threads may be:
    when one changes a collection while it is being copied, the copy is made again.
    """
    for attempt in range(_CAPTURE_ATTEMPTS):
        try:
            return _capture()
        except RuntimeError:  # "dictionary changed size during iteration"
            if attempt == _CAPTURE_ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _capture() -> dict[str, Any]:
    readers = ministack._build_persistence_save_dict()
    middle = [name for name in readers if name not in _CAPTURED_FIRST + _CAPTURED_LAST]
    states: dict[str, Any] = {}
    for name in (*_CAPTURED_FIRST, *middle, *_CAPTURED_LAST):
        state = readers[name]() if name in readers else None
        if state is not None:
            states[name] = state
    if "sqs" in states:
        _give_back_received_messages(states["sqs"])
    if "lambda" in states:
        states[_STREAMS] = _pending_stream_records(states["lambda"])
    return states


def _give_back_received_messages(queues: dict[str, Any]) -> None:
    """Make visible what functions are working on: none of them will be after a start from this state, and
    waiting for the visibility timeout would only be waiting."""
    now = time.time()
    for queue in queues["queues"]._data.values():
        for message in queue["messages"]:
            if message.get("receive_count"):
                message["visible_at"] = min(message["visible_at"], now)


def _pending_stream_records(functions: dict[str, Any]) -> list[dict[str, Any]]:
    """What each table's stream still owes the slowest of its readers."""
    slowest: dict[tuple[str, str, str], int] = {}
    for (account, region, mapping_id), position in functions["dynamodb_stream_positions"]._data.items():
        mapping = functions["esms"]._data.get((account, region, mapping_id))
        if mapping is not None:
            table = mapping["EventSourceArn"].split("/stream/")[0].split("/")[-1]
            key = (account, region, table)
            slowest[key] = min(position, slowest.get(key, position))
    return [
        {
            "table": list(key),
            "position": position,
            "records": copy.deepcopy(
                dynamodb.stream_records_since(key[2], position, sys.maxsize, account_id=key[0], region=key[1])
            ),
        }
        for key, position in slowest.items()
    ]


def restore_pending_stream_records(live: Path) -> None:
    """Give the streams back what they still owed when the state in `live` was saved."""
    file = live / f"{_STREAMS}.json"
    if not file.exists():
        return
    for stream in json.loads(file.read_text()):
        account, region, table = stream["table"]
        dynamodb._stream_records.set_scoped(account, region, table, stream["records"])
        dynamodb._stream_trimmed.set_scoped(account, region, table, stream["position"])


def write(states: dict[str, Any], live: Path, directory: Path) -> None:
    """Write captured states and the files that belong to them into an empty directory."""
    for name, state in states.items():
        content = state
        if name != _STREAMS:
            content = {"__ministack_format__": persistence._state_format_version(name), "payload": state}
        with (directory / f"{name}.json").open("w") as file:
            json.dump(content, file, default=persistence._json_default)
    for name in _FILES:
        source = live / name
        if source.is_dir():
            link_tree(source, directory / name)
        elif source.exists():
            os.link(source, directory / name)


def keep_mail(mailbox: Mailbox) -> None:
    """Put every e-mail into the mailbox where ministack would hand it to an SMTP server.

    Its own list of e-mails has no headers and is not saved, and its SMTP client refuses 8-bit messages, which
    SES accepts.
    """

    def keep(_source: str, _recipients: list[str], message: str, _host: str, _port: int) -> None:
        mailbox.keep(message.encode(errors="surrogateescape"))

    ses._smtp_send = keep


def send_as_ses_does() -> None:
    """Give SES what ministack leaves out of a message sent through its second API: the message's own headers, and
    what the configuration set reports of it to its topic, with the message's tags.

    Its mailbox simulator (`bounce@simulator.amazonses.com` and the like) is ministack's own, which the second API does
    not ask. https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
    """
    handle, build = ses_v2.handle_request, ses_v2._build_mime_message

    def with_headers(*given: Any) -> str:
        lines = "".join(f"{header['Name']}: {header['Value']}\n" for header in _own_headers.get())
        return lines + str(build(*given))

    async def handled(method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        if method != "POST" or not path.rstrip("/").endswith("/outbound-emails"):
            return await handle(method, path, headers, body, query)
        request = json.loads(body)
        _own_headers.set(request.get("Content", {}).get("Simple", {}).get("Headers", []))
        answer = await handle(method, path, headers, body, query)
        if answer[0] == 200:
            _report(request, json.loads(answer[2])["MessageId"])
        return answer

    ses_v2._build_mime_message = with_headers
    ses_v2.handle_request = handled


#: Of the message that is being sent.
_own_headers: ContextVar[Sequence[dict[str, str]]] = ContextVar("own_headers", default=())


def _report(request: dict[str, Any], message_id: str) -> None:
    """Publish the events of a message to the topics of its configuration set."""
    name = request.get("ConfigurationSetName", "")
    destinations = (ses_v2._config_sets.get(name) or {}).get("EventDestinations") or {}
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    recipients = request["Destination"].get("ToAddresses", [])
    tags = {tag["Name"]: [tag["Value"]] for tag in request.get("EmailTags", [])}
    mail = {
        "timestamp": now,
        "source": request.get("FromEmailAddress", ""),
        "messageId": message_id,
        "destination": recipients,
        "tags": {"ses:configuration-set": [name], **tags},
    }
    for destination in destinations.values():
        topic = destination.get("SnsDestination", {}).get("TopicArn")
        wanted = destination.get("MatchingEventTypes", [])
        if not topic or not destination.get("Enabled"):
            continue
        for kind, detail in _events(recipients, now):
            if kind.upper() in wanted:
                ses._publish_notification(topic, {"eventType": kind, "mail": mail, **detail})


def _events(recipients: list[str], now: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Send", {"send": {}}
    for recipient in recipients:
        local, _, domain = recipient.partition("@")
        outcomes: Any = (("Delivery", None),)
        if domain.lower() == ses._SIMULATOR_DOMAIN:
            outcomes = ses._SIMULATOR_OUTCOMES.get(local.lower().split("+")[0], outcomes)
        for kind, subtype in outcomes:
            yield kind, ses._notification_detail(kind, recipient, now, subtype)


def unpack_once() -> None:
    """Let functions share what their archive holds: ministack unpacks it anew for each, and here all have the same one.

    In Lambda too a function's code is nothing that it could write into.
    """
    unpacking = threading.Lock()

    class Shared(zipfile.ZipFile):
        def extractall(self, path: Any = None, members: Any = None, pwd: Any = None) -> None:
            with Path(str(self.filename)).open("rb") as archive:
                digest = hashlib.file_digest(archive, "sha256").hexdigest()
            temporary = Path(tempfile.gettempdir())
            unpacked = temporary / f"code-{digest}"
            with unpacking:
                if not unpacked.exists():
                    half = Path(tempfile.mkdtemp(dir=temporary))
                    super().extractall(half, members, pwd)
                    half.rename(unpacked)
            Path(path).rmdir()
            Path(path).symlink_to(unpacked)

    lambda_runtime.zipfile = SimpleNamespace(ZipFile=Shared, BadZipFile=zipfile.BadZipFile)


class SavedMinistack:
    """ministack as an ASGI application, with one route more: `POST /_local/save`.

    The first save is the supervisor's: before it the state is not worth keeping (a deployment half-way), so
    nothing is saved by itself, at a stop neither.
    """

    def __init__(self, live: Path, saves: Saves) -> None:
        self._live = live
        self._saves = saves
        self._armed = False
        self._changed_at: float | None = None  # first change since the last save
        self._busy_at = 0.0  # last request
        self._saving = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == SAVE_PATH and scope["method"] == "POST":
            self._armed = True
            save = await self.save()
            await _respond(send, {"saved_at": save.saved_at.isoformat()})
        else:
            if scope["type"] == "http" and not scope["path"].startswith("/_"):
                self._busy_at = time.monotonic()
                self._changed_at = self._changed_at or self._busy_at
            await ministack.app(scope, receive, send)

    async def save(self) -> Save:
        async with self._saving:
            self._changed_at = None
            try:
                states = capture()
                return await asyncio.to_thread(
                    self._saves.write, lambda directory: write(states, self._live, directory)
                )
            except BaseException:
                self._changed_at = time.monotonic()
                raise

    async def save_while_changing(self) -> None:
        """Save a moment after each burst of changes, for as long as the process runs."""
        while True:
            await asyncio.sleep(0.5)
            now = time.monotonic()
            if not self._armed or self._changed_at is None:
                continue
            if now - self._busy_at >= _QUIET_SECONDS or now - self._changed_at >= _LONGEST_WAIT_SECONDS:
                try:
                    await self.save()
                except Exception as error:
                    print(f"could not save: {error!r}", file=sys.stderr, flush=True)

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def observed() -> Any:
            message = await receive()
            if message["type"] == "lifespan.startup":
                restore_pending_stream_records(self._live)
            elif message["type"] == "lifespan.shutdown" and self._armed:
                await self.save()
            return message

        # ministack's own saving would write into the working copy at the stop, from which nothing starts.
        ministack.save_all = lambda _services: None
        await ministack.app(scope, observed, send)


async def _respond(send: Send, body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def run(application: SavedMinistack, port: int) -> None:
    """Serve until SIGTERM, or until the supervisor is gone."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)

    def follow_supervisor() -> None:
        while os.read(0, 1024):  # standard input ends when the supervisor does, however it ends
            pass
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=follow_supervisor, daemon=True).start()
    saving = asyncio.create_task(application.save_while_changing())
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 0.5  # for what is being answered; idle connections take all of it
    config.loglevel = "WARNING"
    await serve(application, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]
    saving.cancel()


def main() -> int:
    state = Path(os.environ["STATE_DIR"])
    lock = HeldLock(Path(os.environ["PLOT_POINT_EMULATOR_LOCK"]))
    if not lock.acquire({"pid": os.getpid()}):
        print("another emulator holds this state", file=sys.stderr)
        return 3
    keep_mail(Mailbox(Path(os.environ["PLOT_POINT_MAIL_DIR"])))
    send_as_ses_does()
    unpack_once()
    application = SavedMinistack(state, Saves(Path(os.environ["PLOT_POINT_SAVES_DIR"])))
    asyncio.run(run(application, int(os.environ["GATEWAY_PORT"])))
    lambda_runtime.reset()
    return 0


if __name__ == "__main__":
    sys.exit(main())
