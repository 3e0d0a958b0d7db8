"""Where candidates lie: what is written together, what a function reads, when a snapshot is built, what it leaves."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.matching.builder import IndexBuilder
from chalicelib.matching.candidate_index import OVERLAP, StoredIndex
from chalicelib.matching.candidates import CHANGES_KEPT, CandidateRepository, Pointer
from chalicelib.matching.entries import Entry
from chalicelib.matching.errors import Superseded
from chalicelib.matching.snapshot_store import PREFIX, SnapshotStore
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.objects import Bucket
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import stamp
from tests.contract.test_candidate_index_in_any_order import merged
from tests.support.environment import SNAPSHOTS_BUCKET
from tests.support.index_fakes import Clock, PlainArrays, PlainCodec, PlainDocuments
from tests.support.tables import rows
from tests.unit.matching.examples import ROLE, person


class Counting:
    """Which methods were called, in order."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return getattr(self._target, name)


class House:
    """The table, the bucket, a builder and a function that ranks."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.documents = PlainDocuments()
        self.bucket = Bucket(SNAPSHOTS_BUCKET)
        self.store = SnapshotStore(self.bucket)
        self.repository = self.repository_of(self.documents)

    def repository_of(self, documents: PlainDocuments) -> CandidateRepository:
        return CandidateRepository(Table("CandidatesTable"), documents, self.clock)

    def reader(self, store: Any = None, documents: PlainDocuments | None = None) -> StoredIndex[PlainArrays]:
        documents = documents or self.documents
        return StoredIndex(self.repository_of(documents), store or self.store, PlainCodec(), documents, self.clock)

    def put(self, *people: str, version: int = 1, region: str = "bretagne") -> None:
        for one in people:
            self.repository.put(person(one, region=region), version, [ROLE])

    def build(self, changes_borne: int = 200, documents: PlainDocuments | None = None) -> None:
        documents = documents or self.documents
        repository = self.repository_of(documents)
        IndexBuilder(repository, self.store, PlainCodec(), documents, self.clock, changes_borne).run()

    def pointer(self) -> Pointer:
        pointer = self.repository.pointer()
        assert pointer is not None
        return pointer

    def objects(self) -> list[str]:
        return self.bucket.keys(PREFIX)

    def in_the_snapshot(self) -> set[str]:
        content = self.bucket.get(self.pointer().key)
        assert content is not None
        return set(PlainCodec().decode(content).people)


@pytest.fixture
def house(aws: None) -> House:
    return House()


def index_items() -> list[dict[str, Any]]:
    return [item for item in rows("CandidatesTable") if item["pk"] == "INDEX"]


def whom(index: StoredIndex[PlainArrays]) -> set[str]:
    return set(merged(index.refresh()))


# ---- what is written


def test_a_person_their_document_and_the_change_are_written_together(house: House) -> None:
    house.put("p1", version=4)
    by_kind = {item["sk"].partition("#")[0]: item for item in rows("CandidatesTable")}
    assert set(by_kind) == {"CANDIDATE", "DOCUMENT", "DELTA"}
    assert by_kind["CANDIDATE"]["pk"] == by_kind["DOCUMENT"]["pk"]
    assert by_kind["DOCUMENT"]["document"] == b"way-1 p1 bretagne"
    assert {int(item["version"]) for item in by_kind.values()} == {4}
    assert by_kind["DOCUMENT"]["documents_version"] == "way-1"


def test_a_change_says_who_and_when_and_nothing_of_the_person(house: House) -> None:
    house.put("p1", version=4)
    [delta] = index_items()
    expiry = int((house.clock.now + CHANGES_KEPT).timestamp())
    assert delta == {
        "pk": "INDEX",
        "sk": "DELTA#2026-11-23T08:00:00.000Z#p1",
        "at": "2026-11-23T08:00:00.000Z",
        "profile_id": "p1",
        "version": 4,
        "removed": False,
        "expires_at": expiry,
    }


def test_news_that_is_refused_writes_no_document_and_no_change(house: House) -> None:
    house.put("p1", version=4)
    before = rows("CandidatesTable")
    house.clock.pass_(minutes=1)
    house.put("p1", version=4, region="corse")
    house.put("p1", version=3, region="corse")
    house.repository.remove("p1", 4, [ROLE])
    assert rows("CandidatesTable") == before


def test_changes_come_oldest_first_from_that_moment_on(house: House) -> None:
    moments = []
    for one in ("p1", "p2", "p3"):
        house.put(one)
        moments.append(stamp(house.clock.now))
        house.clock.pass_(seconds=1)
    house.repository.ask_for_rebuild("a_test")
    house.repository.remove("p1", 2, [])
    assert [change.profile_id for change in house.repository.changes("")] == ["p1", "p2", "p3", "p1"]
    assert [(one.profile_id, one.removed) for one in house.repository.changes(moments[1])] == [
        ("p2", False),
        ("p3", False),
        ("p1", True),
    ]


def test_documents_and_snapshots_are_read_for_those_who_may_be_proposed(house: House) -> None:
    house.put(*(f"p{number}" for number in range(120)))
    house.repository.remove("p7", 2, [])
    asked = [f"p{number}" for number in range(120)] + ["unknown"]
    documents, snapshots = house.repository.documents(asked), house.repository.snapshots(asked)
    assert set(documents) == set(snapshots) == set(asked) - {"p7", "unknown"}
    assert documents["p3"] == (1, b"way-1 p3 bretagne")
    assert snapshots["p3"] == (1, person("p3", region="bretagne"))
    assert {entry.profile_id for entry in house.repository.all_documents()} == set(documents)


def test_documents_prepared_in_another_way_come_prepared_again_and_are_kept_by_the_builder_alone(house: House) -> None:
    house.put("p1", "p2")
    newer = house.repository_of(PlainDocuments("way-2"))
    assert newer.documents(["p1"]) == {"p1": (1, b"way-2 p1 bretagne")}
    assert {entry.document for entry in newer.all_documents()} == {b"way-2 p1 bretagne", b"way-2 p2 bretagne"}
    kept = [item["documents_version"] for item in rows("CandidatesTable") if item["sk"].startswith("DOCUMENT#")]
    assert kept == ["way-1", "way-1"]
    assert len(list(newer.all_documents(mend=True))) == 2
    kept = [item["documents_version"] for item in rows("CandidatesTable") if item["sk"].startswith("DOCUMENT#")]
    assert kept == ["way-2", "way-2"]


def test_somebody_who_leaves_while_their_document_is_prepared_again_does_not_come_back(house: House) -> None:
    house.put("p1")
    newer = house.repository_of(PlainDocuments("way-2"))

    class Leaving(PlainDocuments):
        def document(self, snapshot: Any, /) -> bytes:
            newer.remove("p1", 2, [])
            return super().document(snapshot)

    list(house.repository_of(Leaving("way-2")).all_documents(mend=True))
    assert [item for item in rows("CandidatesTable") if item["sk"].startswith("DOCUMENT#")] == []


def test_somebody_without_a_document_is_found_through_the_truth(house: House) -> None:
    house.put("p1", "p2")
    for item in rows("CandidatesTable"):
        if item["sk"] == "DOCUMENT#p1":
            client("dynamodb").delete_item(
                TableName="CandidatesTable", Key={"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}}
            )
    assert {entry.profile_id for entry in house.repository.all_documents()} == {"p2"}
    expected = [Entry("p1", 1, b"way-1 p1 bretagne"), Entry("p2", 1, b"way-1 p2 bretagne")]
    assert sorted(house.repository.all_documents(against_truth=True)) == expected
    assert whom(house.reader()) == {"p1", "p2"}
    house.build()
    assert house.in_the_snapshot() == {"p1", "p2"}
    assert sorted(house.repository.all_documents()) == expected


# ---- what is read


def test_nobody_at_all_is_a_state_too(house: House) -> None:
    assert merged(house.reader().refresh()) == {}
    house.build()
    state = house.reader().refresh()
    assert state.base is not None
    assert merged(state) == {}


def test_a_new_person_is_found_at_once_and_one_who_left_is_gone_at_once(house: House) -> None:
    house.put("p1", "p2")
    house.build()
    reader = house.reader()
    assert whom(reader) == {"p1", "p2"}
    house.put("p3")
    house.repository.remove("p1", 2, [ROLE])
    assert whom(reader) == whom(house.reader()) == {"p2", "p3"}
    assert reader.refresh().overlay["p1"] is None


def test_who_changed_is_at_the_latest_version_whatever_the_snapshot_has(house: House) -> None:
    house.put("p1")
    house.build()
    house.put("p1", version=2, region="corse")
    house.put("p1", version=5, region="normandie")
    assert merged(house.reader().refresh()) == {"p1": (5, b"way-1 p1 normandie")}


def test_while_nothing_changes_a_refresh_is_one_get_and_one_query(house: House) -> None:
    house.put("p1", "p2")
    house.build()
    house.put("p3")
    repository, store = Counting(house.repository), Counting(house.store)
    reader = StoredIndex(repository, store, PlainCodec(), house.documents, house.clock)
    reader.refresh()
    assert repository.calls == ["pointer", "changes", "documents"]
    assert store.calls == ["get"]
    repository.calls.clear()
    assert whom(reader) == {"p1", "p2", "p3"}
    assert repository.calls == ["pointer", "changes"]
    assert store.calls == ["get"]


def test_a_change_that_the_snapshot_has_already_costs_no_reading(house: House) -> None:
    house.put("p1")
    house.build()
    assert house.repository.changes(house.pointer().watermark)
    assert house.reader().refresh().overlay == {}


def test_a_newer_snapshot_takes_the_place_of_the_one_in_memory(house: House) -> None:
    house.put("p1")
    house.build()
    reader = house.reader()
    reader.refresh()
    house.clock.pass_(minutes=20)
    house.put("p2")
    house.build(changes_borne=0)
    state = reader.refresh()
    assert state.base is not None
    assert set(state.base.people) == {"p1", "p2"}


@pytest.mark.parametrize(
    "how", ["missing", "damaged", "cut", "undecodable", "other_documents", "too_old", "no_pointer"]
)
def test_a_snapshot_of_no_use_is_refused_told_bypassed_and_built_again(
    house: House,
    how: str,
    logged: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "plot-point")
    house.put("p1", "p2")
    house.build()
    pointer = house.pointer()
    content = house.bucket.get(pointer.key)
    assert content is not None
    if how == "missing":
        house.bucket.delete([pointer.key])
    elif how == "damaged":
        house.bucket.put(pointer.key, content[:-1] + b" ")
    elif how == "cut":
        house.bucket.put(pointer.key, content[: len(content) // 2])
    elif how == "undecodable":
        stored = house.store.put(pointer.sequence, "another", b"{}")
        undecodable = replace(pointer, sequence=pointer.sequence + 1, key=stored.key, sha256=stored.sha256, size=2)
        house.repository.point(pointer, undecodable)
    elif how == "other_documents":
        house.repository.point(pointer, replace(pointer, documents_version="way-0"))
    elif how == "too_old":
        house.clock.pass_(days=6, minutes=1)
    else:
        client("dynamodb").delete_item(TableName="CandidatesTable", Key={"pk": {"S": "INDEX"}, "sk": {"S": "POINTER"}})
    reader = house.reader()
    logged.seek(0)
    logged.truncate()
    house.put("p3")
    state = reader.refresh()
    assert state.base is None
    assert set(merged(state)) == {"p1", "p2", "p3"}
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    refused = [line for line in lines if line["message"] == "candidate_snapshot_refused"]
    assert [line["reason"] for line in refused] == ["damaged" if how == "cut" else how]
    assert house.repository.rebuild_asked()
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "CandidateIndexBypassed" in line]
    [metric] = metrics
    assert [sorted(names) for names in metric["_aws"]["CloudWatchMetrics"][0]["Dimensions"]] == [
        ["environment", "service"]
    ]
    house.clock.pass_(minutes=15)
    house.build()
    assert house.repository.rebuild_asked() is None
    rebuilt = reader.refresh()
    assert rebuilt.base is not None
    assert set(rebuilt.base.people) == {"p1", "p2", "p3"}


def test_a_function_that_bypasses_the_snapshot_reads_everyone_once_and_asks_once(house: House) -> None:
    house.put("p1")
    repository = Counting(house.repository)
    reader = StoredIndex(repository, house.store, PlainCodec(), house.documents, house.clock)
    reader.refresh()
    house.put("p2")
    house.repository.remove("p1", 2, [])
    assert whom(reader) == {"p2"}
    assert repository.calls.count("all_documents") == repository.calls.count("ask_for_rebuild") == 1


def test_what_is_in_memory_serves_on_when_the_next_snapshot_is_damaged(house: House) -> None:
    house.put("p1")
    house.build()
    repository = Counting(house.repository)
    reader = StoredIndex(repository, house.store, PlainCodec(), house.documents, house.clock)
    reader.refresh()
    house.clock.pass_(minutes=20)
    house.put("p2")
    house.build(changes_borne=0)
    house.bucket.put(house.pointer().key, b"half")
    assert whom(reader) == {"p1", "p2"}
    assert "all_documents" not in repository.calls
    assert house.repository.rebuild_asked()


def test_a_snapshot_that_was_replaced_while_it_was_fetched_is_not_missed(house: House) -> None:
    house.put("p1")
    house.build()

    class Replacing:
        replaced = False

        def get(self, stored: Any) -> bytes:
            if not self.replaced:
                self.replaced = True
                house.clock.pass_(minutes=20)
                house.repository.ask_for_rebuild("a_test")
                house.build()
                house.clock.pass_(minutes=15)
                house.build()  # nothing to build: what was replaced goes
            return house.store.get(stored)

    state = house.reader(Replacing()).refresh()
    assert state.base is not None
    assert house.repository.rebuild_asked() is None


def test_when_s3_does_not_answer_what_is_in_memory_serves_on_and_without_it_the_caller_tries_again(
    house: House,
) -> None:
    house.put("p1")
    house.build()
    unreachable = {"now": False}

    class Flaky:
        def get(self, stored: Any) -> bytes:
            if unreachable["now"]:
                raise Retryable("s3_unreachable")
            return house.store.get(stored)

    reader = house.reader(Flaky())
    reader.refresh()
    house.clock.pass_(minutes=20)
    house.put("p2")
    house.build(changes_borne=0)
    unreachable["now"] = True
    assert whom(reader) == {"p1", "p2"}
    with pytest.raises(Retryable):
        house.reader(Flaky()).refresh()


# ---- when a snapshot is built


def test_a_snapshot_is_built_when_there_is_none_and_says_what_it_is(house: House) -> None:
    house.put("p1", "p2")
    house.build()
    pointer = house.pointer()
    assert (pointer.count, pointer.documents_version, pointer.built_at) == (2, "way-1", stamp(house.clock.now))
    assert pointer.watermark == stamp(house.clock.now - OVERLAP)
    assert house.objects() == [pointer.key]
    content = house.bucket.get(pointer.key)
    assert content is not None
    assert len(content) == pointer.size


@pytest.mark.parametrize(
    ("reason", "builds"),
    [
        ("nothing", False),
        ("few_changes", False),
        ("many_changes", True),
        ("removal", True),
        ("age", True),
        ("asked", True),
        ("other_documents", True),
    ],
)
def test_a_snapshot_is_built_again_for_a_reason_and_not_without_one(house: House, reason: str, builds: bool) -> None:
    house.put("p1", "p2")
    house.clock.pass_(minutes=15)
    house.build()
    first = house.pointer()
    house.clock.pass_(minutes=15)
    documents = house.documents
    if reason == "few_changes":
        house.put("p3", "p4")
    elif reason == "many_changes":
        house.put("p3", "p4", "p5")
    elif reason == "removal":
        house.repository.remove("p1", 2, [])
    elif reason == "age":
        house.clock.pass_(hours=24)
    elif reason == "asked":
        house.repository.ask_for_rebuild("a_test")
    elif reason == "other_documents":
        documents = PlainDocuments("way-2")
    house.build(changes_borne=2, documents=documents)
    assert (house.pointer().key != first.key) == builds
    assert (house.pointer().sequence > first.sequence) == builds


def test_somebody_who_left_is_in_no_object_after_two_ticks(house: House) -> None:
    house.put("p1", "p2")
    house.build()
    house.clock.pass_(hours=1)
    house.repository.remove("p1", 2, [])
    for _ in range(2):
        house.clock.pass_(minutes=15)
        house.build()
    for key in house.objects():
        content = house.bucket.get(key)
        assert content is not None
        assert b"p1" not in content


def test_the_snapshot_before_stays_for_whoever_is_loading_it_until_the_next_tick(house: House) -> None:
    house.put("p1")
    house.build()
    first = house.pointer()
    house.clock.pass_(hours=25)
    house.build()
    assert house.objects() == [first.key, house.pointer().key]
    house.clock.pass_(minutes=15)
    house.build()
    assert house.objects() == [house.pointer().key]


def test_of_two_builds_at_once_one_is_in_force_and_the_other_leaves_nothing(house: House, logged: io.StringIO) -> None:
    house.put("p1")

    class Overtaken(SnapshotStore):
        def put(self, sequence: int, build_id: str, data: bytes) -> Any:
            house.build()
            return super().put(sequence, build_id, data)

    IndexBuilder(
        house.repository, Overtaken(house.bucket), PlainCodec(), house.documents, house.clock, changes_borne=200
    ).run()
    assert house.objects() == [house.pointer().key]
    assert "candidate_index_superseded" in logged.getvalue()


def test_a_pointer_is_swapped_only_for_the_one_that_was_read(house: House) -> None:
    house.build()
    first = house.pointer()
    house.repository.point(first, replace(first, sequence=first.sequence + 1))
    for before in (None, first):
        with pytest.raises(Superseded):
            house.repository.point(before, replace(first, sequence=first.sequence + 2))
    assert house.pointer().sequence == first.sequence + 1


def test_a_request_that_came_during_a_build_stays_open(house: House) -> None:
    house.repository.ask_for_rebuild("first")
    first = house.repository.rebuild_asked()
    assert first is not None
    house.repository.ask_for_rebuild("second")
    house.repository.settle_rebuild(first)
    second = house.repository.rebuild_asked()
    assert second not in (None, first)


def test_what_nobody_could_decode_is_never_put_in_force(house: House) -> None:
    class Broken(PlainCodec):
        def encode(self, entries: Any, /) -> bytes:
            return b"{}"

    with pytest.raises(ValueError, match="people"):
        IndexBuilder(house.repository, house.store, Broken(), house.documents, house.clock, 200).run()
    assert house.repository.pointer() is None
    assert house.objects() == []


def test_the_builder_tells_how_old_the_snapshot_is_at_each_tick(
    house: House, logged: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    house.put("p1")
    house.build()
    house.clock.pass_(minutes=15)
    house.build()
    ages = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "CandidateIndexAge" in line]
    assert [age["CandidateIndexAge"] for age in ages] == [[0.0], [timedelta(minutes=15).total_seconds()]]
    [metric] = ages[0]["_aws"]["CloudWatchMetrics"]
    assert metric["Metrics"] == [{"Name": "CandidateIndexAge", "Unit": "Seconds"}]
    built = next(json.loads(line) for line in logged.getvalue().splitlines() if "candidate_index_built" in line)
    assert (built["candidates"], built["reason"]) == (1, "no_pointer")
    assert built["size"] > 0
