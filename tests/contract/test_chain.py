"""Chains of facts: written whoever writes at once, and any change of what was written is found."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform import chain, telemetry
from chalicelib.platform.chain import HEAD, examine, read_back, read_head, write_chained
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Put, Table
from chalicelib.vocabulary.facts import Chained, Fact, Head
from tests.support.environment import aws

TABLE = "VerificationTable"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PK = "CASE#1"


class ThingDone(Fact):
    """For this test alone."""

    event_type: ClassVar[str] = "thing.done"
    thing_id: str
    number: int


def fact(number: int, pk: str = PK) -> Put:
    moment = START + timedelta(minutes=number)
    return event_item(pk, ThingDone(thing_id="t", number=number), aggregate_version=number, now=moment)


@pytest.fixture(params=["quick", "moto"])
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    with aws(quick=request.param == "quick"):
        yield Table(TABLE)


def events(table: Table, pk: str = PK) -> list[dict[str, Any]]:
    return list(table.query_all(pk, prefix="EVENT#"))


def troubles(found: Chained) -> set[str]:
    return {one.trouble for one in found.findings}


def test_facts_are_linked_in_the_order_in_which_they_were_written(table: Table) -> None:
    write_chained(table, Put({"pk": PK, "sk": "CASE"}, condition=NEW), fact(1))
    write_chained(table, fact(2), Put({"pk": PK, "sk": "CASE", "version": 2}), fact(3))
    kept = [item["chain"] for item in events(table)]
    assert [link["position"] for link in kept] == [1, 2, 3]
    assert [link["previous"] for link in kept[1:]] == [link["digest"] for link in kept[:-1]]
    found = read_back(table, PK)
    assert found == Chained(PK, 3, 0, Head(3, kept[-1]["digest"], 0), ())
    assert table.get(PK, "CASE") == {"pk": PK, "sk": "CASE", "version": 2}


def test_a_write_without_a_fact_has_no_link(table: Table) -> None:
    write_chained(table, Put({"pk": PK, "sk": "CASE"}))
    assert read_head(table, PK) is None
    assert read_back(table, PK) == Chained(PK, 0, 0, None, ())


def test_each_partition_has_its_own_and_no_link_fits_another(table: Table) -> None:
    write_chained(table, fact(1))
    write_chained(table, fact(1, "CASE#2"))
    one, other = events(table)[0], events(table, "CASE#2")[0]
    assert one["chain"]["previous"] != other["chain"]["previous"]
    moved = {**other, "pk": PK}
    assert examine(PK, read_head(table, "CASE#2"), [moved]).findings


def test_what_is_refused_leaves_no_link_and_is_told_as_it_was(table: Table) -> None:
    write_chained(table, Put({"pk": PK, "sk": "CASE"}), fact(1))
    with pytest.raises(ConditionFailed) as refused:
        write_chained(table, fact(2), Put({"pk": PK, "sk": "CASE"}, condition=NEW))
    assert refused.value.failed == (1,)
    assert (read_back(table, PK).links, read_back(table, PK).findings) == (1, ())


def test_whoever_comes_second_takes_the_next_place(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "PAUSE", 0)
    real, others = Table.write, [fact(number) for number in (11, 12, 13)]

    def overtaken(self: Table, *actions: Any) -> None:
        if others and len(actions) > 1:
            monkeypatch.setattr(Table, "write", real)
            write_chained(self, others.pop())
            monkeypatch.setattr(Table, "write", overtaken)
        real(self, *actions)

    write_chained(table, fact(1))
    monkeypatch.setattr(Table, "write", overtaken)
    write_chained(table, Put({"pk": PK, "sk": "CASE"}, condition=NEW), fact(2))
    assert [item["payload"]["number"] for item in events(table)] == [1, 2, 11, 12, 13]
    assert sorted(item["chain"]["position"] for item in events(table)) == [1, 2, 3, 4, 5]
    assert read_back(table, PK).findings == ()


def test_who_is_always_overtaken_gives_up_and_comes_again(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "PAUSE", 0)

    def busy(self: Table, *actions: Any) -> None:
        raise Retryable("transaction_conflict")

    monkeypatch.setattr(Table, "write", busy)
    with pytest.raises(Retryable, match="chain_busy"):
        write_chained(table, fact(1))


def test_facts_from_before_the_chain_are_told_and_covered_together(table: Table) -> None:
    for number in (1, 2):
        table.write(fact(number))
    assert read_back(table, PK) == Chained(PK, 0, 2, None, ())
    write_chained(table, fact(3))
    found = read_back(table, PK)
    assert (found.links, found.older, found.findings) == (1, 2, ())
    first = events(table)[0]
    table.write(Delete(PK, first["sk"]))
    assert troubles(read_back(table, PK)) == {"beginning"}
    table.write(Put({**first, "actor_sub": "somebody else"}))
    assert troubles(read_back(table, PK)) == {"beginning"}
    table.write(Put(first), fact(9))
    late = read_back(table, PK)
    assert [(one.trouble, one.event_id) for one in late.findings] == [("unchained", events(table)[-1]["event_id"])]


def test_a_head_that_was_kept_elsewhere_shows_a_chain_that_was_written_anew(table: Table) -> None:
    for number in (1, 2, 3):
        write_chained(table, fact(number))
    kept = read_back(table, PK).head
    assert kept is not None
    items = events(table)
    table.write(*[Delete(PK, item["sk"]) for item in items], Delete(PK, HEAD))
    for item in items[:2]:
        write_chained(table, Put({name: value for name, value in item.items() if name != "chain"}))
    write_chained(table, fact(4))
    assert read_back(table, PK).findings == ()
    assert troubles(read_back(table, PK, against=(kept.position, kept.digest))) == {"changed"}
    same = items[1]["chain"]
    assert read_back(table, PK, against=(same["position"], same["digest"])).findings == ()
    write_chained(table, fact(5))
    assert read_back(table, PK, against=(2, same["digest"])).findings == ()


# ---- any single change is found

State = tuple[Head | None, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def written() -> State:
    """Two facts of before, six links by three people."""
    with aws(quick=True):
        table = Table(TABLE)
        for number in range(8):
            telemetry.follow(None)
            telemetry.act_for(f"sub-{number % 3}")
            table.write(fact(number)) if number < 2 else write_chained(table, fact(number))
        telemetry.follow(None)
        return read_head(table, PK), events(table)


COVERED = ("event_id", "event_type", "occurred_at", "aggregate_id", "aggregate_version", "actor_sub")
LINK = ("position", "previous", "digest")
WHICH = st.integers(0, 7)
CHAINED = st.integers(2, 7)
VALUES = st.one_of(st.text(max_size=30), st.integers(-2, 10), st.none(), st.lists(st.text(max_size=3), max_size=2))


@given(which=WHICH, name=st.sampled_from(COVERED), value=VALUES, gone=st.booleans())
def test_a_changed_fact_is_found(written: State, which: int, name: str, value: Any, gone: bool) -> None:
    head, items = copy.deepcopy(written)
    if gone:
        del items[which][name]
    else:
        items[which][name] = value
    assert bool(examine(PK, head, items).findings) == (items != written[1])


@given(which=CHAINED, name=st.sampled_from(LINK), value=VALUES, gone=st.booleans())
def test_a_changed_link_is_found(written: State, which: int, name: str, value: Any, gone: bool) -> None:
    head, items = copy.deepcopy(written)
    if gone:
        del items[which]["chain"][name]
    else:
        items[which]["chain"][name] = value
    assert bool(examine(PK, head, items).findings) == (items != written[1])


@given(which=CHAINED, value=VALUES)
def test_a_link_that_is_none_is_found(written: State, which: int, value: Any) -> None:
    head, items = copy.deepcopy(written)
    items[which]["chain"] = value
    assert examine(PK, head, items).findings
    del items[which]["chain"]
    assert examine(PK, head, items).findings


@given(removed=st.sets(WHICH, min_size=1))
def test_facts_that_are_taken_away_are_found(written: State, removed: set[int]) -> None:
    head, items = written
    assert examine(PK, head, [item for at, item in enumerate(items) if at not in removed]).findings


def swap_keys(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["sk"], other["sk"] = other["sk"], one["sk"]


def swap_links(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["chain"], other["chain"] = other["chain"], one["chain"]


def swap_places(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["chain"]["position"], other["chain"]["position"] = other["chain"]["position"], one["chain"]["position"]


def swap_all_but_links(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name in (*COVERED, "sk"):
        one[name], other[name] = other[name], one[name]


@given(
    pair=st.lists(CHAINED, min_size=2, max_size=2, unique=True),
    swap=st.sampled_from([swap_keys, swap_links, swap_places, swap_all_but_links]),
)
def test_two_that_are_swapped_are_found(
    written: State, pair: list[int], swap: Callable[[dict[str, Any], dict[str, Any]], None]
) -> None:
    head, items = copy.deepcopy(written)
    swap(items[pair[0]], items[pair[1]])
    assert examine(PK, head, items).findings


@given(minute=st.integers(-5, 12), copied=CHAINED, linked=st.booleans())
def test_one_that_is_slipped_in_is_found(written: State, minute: int, copied: int, linked: bool) -> None:
    head, items = copy.deepcopy(written)
    item = fact(minute).item
    if linked:
        item["chain"] = items[copied]["chain"]
    assert examine(PK, head, sorted([*items, item], key=lambda one: str(one["sk"]))).findings


@given(position=st.integers(0, 9), older=st.integers(0, 4), digest=st.sampled_from(["", "0" * 64, None]))
def test_a_changed_head_is_found(written: State, position: int, older: int, digest: str | None) -> None:
    head, items = written
    assert head is not None
    other = Head(position, head.digest if digest is None else digest, older)
    assert bool(examine(PK, other, items).findings) == (other != head)
    assert troubles(examine(PK, None, items)) >= {"head"}


def test_what_is_wrong_is_said_of_the_fact_that_it_is_about(written: State) -> None:
    head, items = copy.deepcopy(written)
    without = [*items[:4], *items[5:]]
    assert [(one.trouble, one.position) for one in examine(PK, head, without).findings] == [("missing", 3)]
    last_gone = items[:-1]
    assert [(one.trouble, one.position) for one in examine(PK, head, last_gone).findings] == [("missing", 6)]
    items[4]["actor_sub"] = "sub-9"
    found = examine(PK, head, items).findings
    assert [(one.trouble, one.position, one.event_id) for one in found] == [("changed", 3, items[4]["event_id"])]


def test_what_is_forgotten_of_somebody_breaks_no_link(written: State) -> None:
    head, items = copy.deepcopy(written)
    for item in items:
        item["payload"] = {}
    assert examine(PK, head, items).findings == ()
