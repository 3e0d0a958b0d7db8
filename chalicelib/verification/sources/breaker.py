"""A circuit breaker per source: who keeps failing is left alone for a while, by every function at once.

closed     questions go through; failures in a row are counted
open       none goes through until `open_until`
half-open  after that, one caller's question goes through to see; the others wait for what it finds

A source that says when to come back (`Retry-After`) opens its circuit at once: the wait holds for all of us.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from chalicelib.verification.sources.errors import CircuitTaken, TryLater, Unreachable
from chalicelib.vocabulary.clock import Clock, stamp

#: Why the last question failed: `unreachable` says that there is nothing to wait for.
Cause = Literal["failing", "unreachable"]

#: Failures in a row that open a circuit.
THRESHOLD = 5
#: How long it stays open the first time; twice as long after each question in vain, up to the longest.
REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=15)
#: The one who tries has this long to say what it found; then another may.
PROBE_LASTS = timedelta(seconds=30)
#: What is written when several functions change the circuit at once is read and written again this often at most.
ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Circuit:
    """`open_until` None: closed. `openings`: how often in a row it opened; `probe_until`: somebody is trying, until
    then. Times are stamps. `version` 0: nothing was ever written."""

    source: str
    failures: int = 0
    openings: int = 0
    open_until: str | None = None
    probe_until: str | None = None
    cause: Cause = "failing"
    version: int = 0

    @property
    def is_untroubled(self) -> bool:
        return not (self.failures or self.openings or self.open_until or self.probe_until)


class CircuitStore(Protocol):
    def circuit(self, source: str) -> Circuit:
        """As it stands; untroubled when there is none."""

    def change_circuit(self, before: Circuit, after: Circuit) -> None:
        """Writes `after`, one version on from `before`. Raises CircuitTaken when it is no longer `before`."""


class Breaker:
    """The circuit of one source, as this caller sees it."""

    def __init__(self, source: str, store: CircuitStore, clock: Clock) -> None:
        self._source = source
        self._store = store
        self._clock = clock

    def admit(self) -> bool:
        """Lets a question through and says whether the source had any trouble before, which an answer then ends
        (`succeeded`). Raises TryLater, or Unreachable where a connection could not be made lately."""
        circuit = self._store.circuit(self._source)
        if circuit.open_until is None:
            return not circuit.is_untroubled
        now = self._clock()
        waiting_for = max(circuit.open_until, circuit.probe_until or "")
        if waiting_for <= stamp(now):
            try:
                self._store.change_circuit(circuit, replace(circuit, probe_until=stamp(now + PROBE_LASTS)))
            except CircuitTaken:
                waiting_for = stamp(now + PROBE_LASTS)  # somebody else tries
            else:
                return True
        if circuit.cause == "unreachable":
            raise Unreachable("circuit_open")
        raise TryLater("circuit_open", _moment(waiting_for) - now)

    def succeeded(self) -> None:
        """The source answered, whatever it said."""
        for _ in range(ATTEMPTS):
            circuit = self._store.circuit(self._source)
            if circuit.is_untroubled:
                return
            try:
                self._store.change_circuit(circuit, Circuit(self._source, version=circuit.version))
            except CircuitTaken:
                continue
            return

    def failed(self, cause: Cause = "failing", after: timedelta | None = None) -> None:
        """The source did not answer. `after`: how long it asks to be left alone."""
        for _ in range(ATTEMPTS):
            circuit = self._store.circuit(self._source)
            try:
                self._store.change_circuit(circuit, _after_failure(circuit, cause, after, self._clock()))
            except CircuitTaken:
                continue
            return


def _after_failure(circuit: Circuit, cause: Cause, after: timedelta | None, now: datetime) -> Circuit:
    failures = circuit.failures + 1
    tried_in_vain = circuit.open_until is not None and circuit.open_until <= stamp(now)
    if after is None and failures < THRESHOLD and not tried_in_vain:
        return replace(circuit, failures=failures, cause=cause)
    if circuit.open_until is not None and not tried_in_vain and after is None:
        return replace(circuit, failures=failures)  # a question that was on its way when the circuit opened
    openings = circuit.openings + 1
    rest = min(REST * 2 ** min(openings - 1, 10), LONGEST_REST)
    until = stamp(now + max(rest if failures >= THRESHOLD or tried_in_vain else timedelta(0), after or timedelta(0)))
    return replace(
        circuit,
        failures=failures,
        openings=openings,
        open_until=max(until, circuit.open_until or ""),
        probe_until=None,
        cause=cause,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
