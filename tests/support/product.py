"""The packaged product as a process, for journeys: started, stopped and killed for real, used through HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from infra.local import story
from infra.local.client import Client, Reply, TooLate, Unexpected, wait_until
from infra.local.demo_data import DemoData
from infra.local.state import REPOSITORY, StateDirectory, holder_of
from infra.local.supervisor import status_at

__all__ = ["Client", "LocalProduct", "Reply", "TooLate", "Unexpected", "running_product", "wait_until"]

_START_SECONDS = 180.0
_STOP_SECONDS = 60.0


@dataclass
class LocalProduct:
    """`python -m infra.local run` on a state directory of its own. Several starts may follow one another.

    `options` are the command's: without `--without-population` the demo's eighty freelancers are there.
    """

    directory: Path
    options: tuple[str, ...] = ("--without-population",)
    port: int = field(default_factory=lambda: free_port())
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def state(self) -> StateDirectory:
        return StateDirectory(self.directory)

    @property
    def output(self) -> str:
        """What the command has printed in its last run."""
        return self._output.read_text(errors="replace")

    @property
    def log(self) -> str:
        """What the emulator and the functions have printed in the last run."""
        return self.state.log.read_text(errors="replace")

    def start(self) -> None:
        """Returns when the product is open; fails with what it printed when it ends instead."""
        self.directory.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "PLOT_POINT_STATE_DIR": str(self.directory), "PORT": str(self.port)}
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local", "run", *self.options],
                cwd=REPOSITORY,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + _START_SECONDS
        while status_at(self.url) != "open":
            if self._process.poll() is not None:
                raise AssertionError(f"the product ended while starting:\n{self.output}")
            if time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the product did not open in time:\n{self.output}")
            time.sleep(0.1)

    def stop(self) -> int:
        """End it as Ctrl-C does and wait; returns its exit code."""
        assert self._process is not None, "it was started"
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(_STOP_SECONDS)

    def kill(self) -> None:
        """End supervisor and emulator at once, as a power cut does."""
        assert self._process is not None, "it was started"
        emulator = holder_of(self.state.emulator_lock)
        self._process.kill()
        self._process.wait()
        if emulator is not None:
            os.kill(emulator["pid"], signal.SIGKILL)

    def kill_supervisor(self) -> None:
        """End the supervisor alone, which leaves the emulator behind."""
        assert self._process is not None, "it was started"
        self._process.kill()
        self._process.wait()

    def visitor(self) -> Client:
        """Someone who has not signed in."""
        return Client(self.url)

    def administrator(self, number: int = 0) -> Client:
        """A demo administrator (0, 1 or 2), signed in."""
        return self._demo_account(self.demo.accounts["administrators"][number])

    def demo_producer(self, number: int = 0) -> Client:
        """A demo producer (0 or 1, of different companies, both verified), signed in."""
        return self._demo_account(self.demo.accounts["producers"][number])

    def new_producer(self, *, verified: bool = True, language: str = "fr") -> Client:
        """A new producer with a company of their own, signed in."""
        company = dict(self.demo.companies["cormoran-tardif"])
        client = self._new_account("producer", str(company["email_domain"]))
        if verified:
            story.introduce_company(client, self.administrator(), company, language)
        else:
            client.put("/api/companies/mine", {**company, "contact_language": language}).expect(200)
        return client

    def new_freelancer(self) -> Client:
        """A new freelancer without a profile, signed in."""
        return self._new_account("freelancer", "freelance.example")

    def publish(self, producer: Client, brief: dict[str, Any]) -> str:
        """Draft and publish a brief; returns its id."""
        draft = producer.post("/api/briefs", brief)
        brief_id = str(draft.expect(201)["brief_id"])
        producer.post(f"/api/briefs/{brief_id}/publish", headers=draft.version()).expect(200)
        return brief_id

    def shortlist(self, producer: Client, brief_id: str, seconds: float = 30.0) -> dict[str, Any]:
        """The brief's shortlist, waited for."""

        def ready() -> dict[str, Any] | None:
            matches: dict[str, Any] = producer.get(f"/api/briefs/{brief_id}/matches").expect(200)
            return matches if matches["status"] == "ready" else None

        return wait_until(ready, seconds, 0.2, "the shortlist")

    def mails_about(self, producer: Client, brief_id: str) -> list[dict[str, Any]]:
        """The e-mails to this producer that link to the brief, newest first."""
        return [mail for mail in producer.mails() if brief_id in mail["text"]]

    @property
    def demo(self) -> DemoData:
        """The demo's invented companies, briefs, profiles and accounts."""
        return DemoData(datetime.now(ZoneInfo("Europe/Paris")).date())

    @property
    def _output(self) -> Path:
        return self.directory / "output.txt"

    def _demo_account(self, account: dict[str, Any]) -> Client:
        return self.visitor().sign_in(account["email"], self.demo.accounts["password"])

    def _new_account(self, role: str, domain: str) -> Client:
        email = f"{role}-{uuid.uuid4().hex[:10]}@{domain}"
        client = self.visitor()
        client.sign_up(email, self.demo.accounts["password"])
        client.sign_in(email, self.demo.accounts["password"])
        client.choose_role(role)
        return client


@contextmanager
def running_product(directory: Path, *options: str) -> Iterator[LocalProduct]:
    """The product, running; ended afterwards however it is by then."""
    product = LocalProduct(directory, options or ("--without-population",))
    try:
        product.start()
        yield product
    finally:
        if product._process is not None and product._process.poll() is None:
            product.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
