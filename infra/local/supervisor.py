"""Opens and closes the local product: emulator, stand-ins of public sources, deployment and origin, and back."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import urllib.request
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from infra.local.catalogue import Catalogue
from infra.local.console import Console, Failure
from infra.local.demo_data import DemoData
from infra.local.deployment import Deployment, deploy, packaged
from infra.local.emulator import REGION, Emulator, end_leftover
from infra.local.mailbox import Mailbox
from infra.local.origin import PRODUCT, SITE, STATUS_PATH, Origin, Upstream
from infra.local.saves import Save, Saves
from infra.local.stand_in_sources import StandInSources
from infra.local.state import HeldLock, StateDirectory, holder_of
from infra.package import PackagedApp

MAIL_SENDER = "Plot Point <bonjour@plotpoint.example>"
_SENDER_DOMAIN = "plotpoint.example"
_STARTED_AT_ONCE = 3
_PARIS = ZoneInfo("Europe/Paris")


class AlreadyRuns(Failure):
    """Another process has the product of this state open."""

    def __init__(self, holder: dict[str, Any]) -> None:
        self.url = str(holder.get("url", ""))
        super().__init__(
            f"Plot Point already runs at {self.url or 'an address not known yet'} "
            f"(process {holder.get('pid', 'unknown')}).",
            "Open it there, or stop it first with Ctrl-C where it runs.",
        )


@dataclass(frozen=True)
class Settings:
    """How the product is opened. `update_email_minutes` as the template's parameter of that name; `at_any_hour`:
    e-mails go by night too, and as many a day as there are."""

    port: int
    fresh: bool = False
    update_email_minutes: int | None = None
    at_any_hour: bool = False
    package: Callable[[StateDirectory], PackagedApp] = packaged


class Product:
    """The product on this machine. `open`, use it at `url`, then `close`, which saves."""

    def __init__(self, state: StateDirectory, settings: Settings, console: Console) -> None:
        self._state = state
        self._settings = settings
        self._console = console
        self._lock = HeldLock(state.lock)
        self._emulator: Emulator | None = None
        self._deployment: Deployment | None = None
        self.mailbox = Mailbox(state.mail)
        self.origin = Origin(settings.port, SITE, self.mailbox)
        self.sources = StandInSources(Catalogue.of(DemoData(datetime.now(_PARIS).date())), state.sources_port)

    @property
    def url(self) -> str:
        return self.origin.url

    @property
    def emulator(self) -> Emulator:
        assert self._emulator is not None, "the product is open"
        return self._emulator

    @property
    def deployment(self) -> Deployment:
        assert self._deployment is not None, "the product is open"
        return self._deployment

    async def open(self) -> None:
        """Returns when the product answers at `url`. Raises AlreadyRuns or another Failure."""
        if not self._lock.acquire({"pid": os.getpid(), "url": self.url}):
            raise AlreadyRuns(holder_of(self._state.lock) or {})
        await self._listen()
        if self._settings.fresh:
            await asyncio.to_thread(end_leftover, self._state)
            _empty(self._state)
        save = await asyncio.to_thread(self._restore)
        await self.sources.start()
        self._emulator = Emulator(self._state)
        with self._console.step("emulator of AWS") as step:
            starting = asyncio.to_thread(self._emulator.start)
            packaging = asyncio.to_thread(self._settings.package, self._state)
            _, package = await asyncio.gather(starting, packaging)
            step.note(f"state of {_paris(save.saved_at)}" if save else "empty")
        with self._console.step("deployment through CloudFormation") as step:
            self._deployment = await asyncio.to_thread(deploy, self._emulator, package, self._parameters())
            step.note(self._deployment.done)
            await asyncio.to_thread(_verify_sender, self._emulator)
        self.origin.upstream = Upstream(
            self._deployment.api_url(self._emulator),
            idp_url=self._emulator.url,
            files_url=self._emulator.url,
            buckets=frozenset(self._deployment.resources[name] for name in ("EvidenceBucket", "AttachmentsBucket")),
        )

    async def warm(self) -> None:
        """Have every function started once, so that the first person does not wait for it.

        Scheduled functions run for real: they pick up what was due while the product was closed.
        """
        emulator = self.emulator

        event = json.dumps(_nothing_happened()).encode()

        def start(function: str) -> None:
            answer = emulator.client("lambda").invoke(FunctionName=function, Payload=event)
            if "FunctionError" in answer:
                raise Failure(f"The function {function} does not start:", answer["Payload"].read().decode())

        def start_api() -> None:
            with urllib.request.urlopen(f"{self.deployment.api_url(emulator)}/health", timeout=30):
                return

        loop = asyncio.get_running_loop()
        functions = await asyncio.to_thread(self._event_functions)
        pool = ThreadPoolExecutor(_STARTED_AT_ONCE)
        try:
            starting = [loop.run_in_executor(pool, start_api)]
            starting += [loop.run_in_executor(pool, start, function) for function in functions]
            await asyncio.gather(*starting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _event_functions(self) -> list[str]:
        """The deployed functions but the API's."""
        pages = self.emulator.client("lambda").get_paginator("list_functions").paginate()
        existing = {function["FunctionName"] for page in pages for function in page["Functions"]}
        existing.discard(self.deployment.resources["APIHandler"])
        return sorted(existing & set(self.deployment.resources.values()))

    async def keep(self) -> None:
        """From here on the state is worth keeping: save it now, and again while it changes."""
        await asyncio.to_thread(self.emulator.save)
        self._state.unfinished.write_text(datetime.now(UTC).isoformat())
        self.origin.open = True

    async def close(self) -> bool:
        """Save and stop. True when everything was saved, or nothing was to be."""
        await self.origin.stop()
        saved = await asyncio.to_thread(self._emulator.stop) if self._emulator is not None else True
        await self.sources.stop()
        if saved:
            self._state.unfinished.unlink(missing_ok=True)
        self._lock.release()
        return saved

    async def wait_for_end_of_emulator(self) -> None:
        """Returns when the emulator has ended by itself, which it should not."""
        while self.emulator.alive():
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        try:
            await self.origin.start()
        except OSError as error:
            raise Failure(
                f"Port {self.origin.port} is taken by another program.",
                "Choose another one, for example: make run PORT=8081",
            ) from error

    def _restore(self) -> Save | None:
        """Put the last complete save in place and say so when the end of the last run was lost."""
        if end_leftover(self._state):
            self._console.line("  (an earlier run was killed; what it left has been ended)")
        save = Saves(self._state.saves).restore_latest(self._state.live)
        if save is not None and self._state.unfinished.exists():
            lost = self.mailbox.forget_after(save.saved_at)
            self._console.line(
                f"  The last run did not stop properly: starting from what was saved on {_paris(save.saved_at)}."
            )
            if lost:
                self._console.line(f"  {lost} e-mails sent after that moment have been removed with it.")
        return save

    def _parameters(self) -> dict[str, str]:
        parameters = {
            "Environment": "local",
            "SiteUrl": self.url,
            "MailSender": MAIL_SENDER,
            "SourceAddresses": json.dumps(self.sources.addresses),
        }
        if self._settings.update_email_minutes is not None:
            parameters["UpdateEmailMinutes"] = str(self._settings.update_email_minutes)
        if self._settings.at_any_hour:
            parameters |= {"QuietFromHour": "0", "QuietUntilHour": "0", "DailyEmailCeiling": "0"}
        return parameters


def _nothing_happened() -> dict[str, Any]:
    """An event without a record for streams and queues, and a tick of the clock for scheduled functions."""
    return {
        "Records": [],
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [],
        "detail": {},
    }


def status_at(url: str) -> Literal["open", "starting"] | None:
    """How the product at `url` is; None when none answers there, or something else does."""
    try:
        with urllib.request.urlopen(f"{url}{STATUS_PATH}", timeout=3) as response:
            status = json.load(response)
    except (OSError, ValueError):
        return None
    if not isinstance(status, dict) or status.get("product") != PRODUCT:
        return None
    return "open" if status.get("open") else "starting"


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _verify_sender(emulator: Emulator) -> None:
    emulator.client("ses").verify_domain_identity(Domain=_SENDER_DOMAIN)


def _empty(state: StateDirectory) -> None:
    """Remove the state, but for the lock that this process holds and the packages, which are no state."""
    for path in state.root.iterdir():
        if path not in (state.lock, state.packages):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _paris(moment: datetime) -> str:
    return moment.astimezone(_PARIS).strftime("%Y-%m-%d at %H:%M:%S (Paris)")
