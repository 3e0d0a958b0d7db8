"""Starts, watches and stops the emulator (`emulator_process.py`), and hands out clients to it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from infra.local.console import Failure
from infra.local.saves import Saves
from infra.local.state import REPOSITORY, StateDirectory, holder_of

REGION = "eu-west-3"
# Below the ports that systems hand out to clients (32768 and up on Linux), so that it is still free tomorrow.
_PORTS = range(21000, 29000)
_HEALTH_SECONDS = 60.0
# A refused connection means that the emulator is gone, and trying again would only delay saying so.
_CLIENT = Config(connect_timeout=5, read_timeout=90, retries={"total_max_attempts": 1})
_STOP_SECONDS = 30.0
# Nothing of the caller's environment reaches the emulator or a Lambda function, except where to find programs.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Emulator:
    """One emulator of AWS, on 127.0.0.1, whose state is below `state`."""

    def __init__(self, state: StateDirectory) -> None:
        self._state = state
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: dict[str, Any] = {}
        self.port = _gateway_port(state)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self._state.log

    def start(self) -> None:
        """Start from what is in the live directory, and return when it answers.

        Raises `Failure` when it ends or stays silent instead.
        """
        if not _is_free(self.port):
            raise Failure(
                f"Port {self.port} of the saved state is taken by another program.",
                "Addresses inside the saved state contain it. Stop that program,",
                "or start anew with: make run FRESH=1",
            )
        temporary = self._state.new_temporary()
        with self._state.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.emulator_process"],
                cwd=REPOSITORY,
                env=self._environment(temporary),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the supervisor, which then stops it in good order
            )
        self._wait_until_healthy()

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def save(self) -> str:
        """Save now; from then on it also saves by itself while something changes. Returns the save's date."""
        request = urllib.request.Request(f"{self.url}/_local/save", method="POST")
        with urllib.request.urlopen(request, timeout=60) as response:
            return str(json.load(response)["saved_at"])

    def stop(self) -> bool:
        """Stop it and wait; True when it ended by itself, having saved."""
        process = self._process
        if process is None:
            return True
        if process.poll() is None:
            process.terminate()
        try:
            code = process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdin is not None:
            process.stdin.close()
        self._process = None
        shutil.rmtree(self._state.temporary, ignore_errors=True)
        return code == 0

    def client(self, service: str) -> Any:
        """A boto3 client with every right, as the person who owns the account has."""
        if service not in self._clients:
            session = boto3.Session("test", "test", region_name=REGION)
            self._clients[service] = session.client(service, endpoint_url=self.url, config=_CLIENT)
        return self._clients[service]

    def last_words(self, lines: int = 15) -> str:
        """The end of the emulator's log."""
        try:
            return "\n".join(self._state.log.read_text(errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return ""

    def _environment(self, temporary: Path) -> dict[str, str]:
        state = self._state
        return {name: os.environ[name] for name in _INHERITED if name in os.environ} | {
            "HOME": str(state.root),
            "LANG": "C.UTF-8",
            "TMPDIR": str(temporary),
            "PYTHONNOUSERSITE": "1",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_REGION": REGION,
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state.live),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state.objects),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "SMTP_HOST": "mailbox",  # see `emulator_process.keep_mail`
            "PLOT_POINT_MAIL_DIR": str(state.mail),
            # The machine's own Docker and AWS settings are none of its business.
            "DOCKER_HOST": "unix:///nonexistent",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "PLOT_POINT_SAVES_DIR": str(state.saves),
            "PLOT_POINT_EMULATOR_LOCK": str(state.emulator_lock),
        }

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + _HEALTH_SECONDS
        while time.monotonic() < deadline:
            if not self.alive():
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise Failure("The emulator did not start. The end of its log:", self.last_words())


def end_leftover(state: StateDirectory) -> bool:
    """End the emulator of a supervisor that was killed, if one is left; True when there was one.

    It saves and ends by itself as soon as its supervisor is gone, so mostly this only waits.
    """
    if holder_of(state.emulator_lock) is None:
        return False
    for wait, number in ((10.0, signal.SIGTERM), (10.0, signal.SIGKILL), (5.0, None)):
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            if holder_of(state.emulator_lock) is None:
                return True
            time.sleep(0.1)
        holder = holder_of(state.emulator_lock)
        if holder is not None and "pid" in holder and number is not None:
            os.kill(holder["pid"], number)
    raise Failure(f"The emulator of an earlier run does not end (process {holder_of(state.emulator_lock)}).")


def _gateway_port(state: StateDirectory) -> int:
    """The port of the saved state; a free one, remembered, when nothing is saved yet."""
    try:
        port = int(state.gateway_port.read_text())
        if _is_free(port) or Saves(state.saves).latest() is not None:
            return port
    except (FileNotFoundError, ValueError):
        pass
    port = free_port()
    state.gateway_port.parent.mkdir(parents=True, exist_ok=True)
    state.gateway_port.write_text(str(port))
    return port


def free_port() -> int:
    """Chosen at random, so that two working copies hardly ever want the same one."""
    return next(port for port in random.sample(_PORTS, len(_PORTS)) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
