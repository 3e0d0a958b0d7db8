"""What sources ask of their memory, kept by the fake and by DynamoDB alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.platform.table import Table
from chalicelib.verification.source_memory import SourceMemory
from chalicelib.verification.sources.breaker import Breaker, Circuit
from chalicelib.verification.sources.cache import Remembered
from chalicelib.verification.sources.errors import CircuitTaken, TryLater
from tests.support.environment import aws
from tests.support.source_fakes import FakeClock, FakeSourceStore
from tests.support.tables import rows

TABLE = "VerificationTable"
ANSWER = Remembered(
    payload_hash="b" * 64,
    url="https://query.wikidata.org/sparql",
    retrieved_at="2026-11-25T09:00:00.000Z",
    expires_at="2026-12-25T09:00:00.000Z",
    records=({"work": "Q900000001", "label": ["Les Brumes de Morlaix"], "first": 2015, "last": None, "alias": []},),
)


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeSourceStore()
        return
    with aws():
        yield SourceMemory(Table(TABLE))


def test_a_source_that_was_never_in_trouble_has_an_untroubled_circuit(store: Any) -> None:
    assert store.circuit("wikidata") == Circuit("wikidata")
    assert store.circuit("wikidata").is_untroubled


def test_a_circuit_comes_back_as_it_was_left(store: Any) -> None:
    left = Circuit("wikidata", 3, 2, "2026-11-25T09:05:00.000Z", "2026-11-25T09:06:00.000Z", "unreachable")
    store.change_circuit(Circuit("wikidata"), left)
    assert store.circuit("wikidata") == replace(left, version=1)
    store.change_circuit(store.circuit("wikidata"), Circuit("wikidata"))
    assert store.circuit("wikidata") == Circuit("wikidata", version=2)
    assert store.circuit("databnf") == Circuit("databnf")


def test_of_two_who_change_a_circuit_at_once_one_is_told(store: Any) -> None:
    untouched = store.circuit("wikidata")
    store.change_circuit(untouched, replace(untouched, failures=1))
    with pytest.raises(CircuitTaken):
        store.change_circuit(untouched, replace(untouched, failures=9))
    read = store.circuit("wikidata")
    store.change_circuit(read, replace(read, failures=2))
    with pytest.raises(CircuitTaken):
        store.change_circuit(read, replace(read, failures=9))
    assert store.circuit("wikidata").failures == 2


def test_of_all_who_find_a_circuit_half_open_one_tries(store: Any) -> None:
    clock = FakeClock()
    breakers = [Breaker("wikidata", store, clock) for _ in range(4)]
    for breaker in breakers:
        breaker.failed()
    breakers[0].failed()
    clock.passes(seconds=30)
    admitted = []
    for breaker in breakers:
        try:
            breaker.admit()
        except TryLater:
            continue
        admitted.append(breaker)
    assert admitted == breakers[:1]
    admitted[0].succeeded()
    for breaker in breakers:
        breaker.admit()


def test_an_answer_comes_back_as_it_was_kept(store: Any) -> None:
    assert store.answer("wikidata", "d" * 64) is None
    store.keep_answer("wikidata", "d" * 64, ANSWER)
    assert store.answer("wikidata", "d" * 64) == ANSWER
    assert store.answer("wikidata", "e" * 64) is None
    assert store.answer("tmdb", "d" * 64) is None


def test_a_later_answer_takes_the_place_of_an_earlier_one(store: Any) -> None:
    store.keep_answer("wikidata", "d" * 64, ANSWER)
    later = replace(ANSWER, records=None, payload_hash="c" * 64, expires_at="2027-01-25T09:00:00.000Z")
    store.keep_answer("wikidata", "d" * 64, later)
    assert store.answer("wikidata", "d" * 64) == later


def test_an_answer_is_swept_once_its_time_is_over_and_a_circuit_never(aws: None) -> None:
    memory = SourceMemory(Table(TABLE))
    memory.keep_answer("wikidata", "d" * 64, ANSWER)
    memory.change_circuit(Circuit("wikidata"), Circuit("wikidata", failures=1))
    answer, circuit = rows(TABLE)
    assert answer["sk"] == f"ANSWER#{'d' * 64}"
    assert answer["expires_at"] == 1798189200  # 2026-12-25T09:00:00Z
    assert (circuit["sk"], "expires_at" in circuit) == ("CIRCUIT", False)
