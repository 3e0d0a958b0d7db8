"""Writes, removals, builds, builds that are killed or overtaken at any step, objects that are damaged, changes that are
forgotten, functions that sleep for days: in any order, what a function ranks is the truth of that moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from moto import mock_aws

from chalicelib.matching.builder import IndexBuilder
from chalicelib.matching.candidate_index import State, StoredIndex
from chalicelib.matching.candidates import CandidateRepository
from chalicelib.matching.snapshot_store import PREFIX, SnapshotStore
from chalicelib.platform.clients import client
from chalicelib.platform.objects import Bucket
from chalicelib.platform.table import Table
from tests.support.environment import REGION, SNAPSHOTS_BUCKET, variables
from tests.support.index_fakes import Clock, PlainArrays, PlainCodec, PlainDocuments
from tests.support.tables import declared_tables, rows
from tests.unit.matching.examples import ROLE, person

TABLE = "CandidatesTable"
People = dict[str, tuple[int, bytes]]


class Killed(BaseException):
    """The function ends here: no `except` of its own sees it."""


def merged(state: State[PlainArrays]) -> People:
    """Everyone that an answer can be made of."""
    everyone: dict[str, tuple[int, bytes] | None] = {**(state.base.people if state.base else {}), **state.overlay}
    return {profile_id: found for profile_id, found in everyone.items() if found is not None}


class Interrupted:
    """Stands before a repository and a store; before their `at`-th step (a call, or one more person read) something
    else happens, once."""

    def __init__(self, at: int, happening: Callable[[], None]) -> None:
        self._left = at
        self._happening = happening

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._happening()

    def before(self, target: Any) -> Any:
        return _Watched(target, self.step)


@dataclass
class _Watched:
    target: Any
    step: Callable[[], None]

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.target, name)

        def call(*given: Any, **named: Any) -> Any:
            self.step()
            answer = method(*given, **named)
            return self._one_by_one(answer) if isinstance(answer, Iterator) else answer

        return call

    def _one_by_one(self, entries: Iterator[Any]) -> Iterator[Any]:
        for entry in entries:
            yield entry
            self.step()


@dataclass
class Reader:
    """A function that ranks: its own way of preparing people, its own memory."""

    documents: PlainDocuments
    index: StoredIndex[PlainArrays]


class Skewed:
    """A clock that is some minutes off."""

    def __init__(self, clock: Clock, minutes: int) -> None:
        self._clock, self._off = clock, timedelta(minutes=minutes)

    def __call__(self) -> datetime:
        return self._clock.now + self._off


PEOPLE = st.sampled_from([f"p{number}" for number in range(6)])
REGIONS = st.sampled_from(["bretagne", "corse", "normandie"])
SKEWS = st.sampled_from([-4, 0, 0, 4])


class InAnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._stack.enter_context(mock_aws())
        self._stack.enter_context(variables())
        client("dynamodb").create_table(TableName=TABLE, **declared_tables()[TABLE])
        where = {"LocationConstraint": REGION}
        client("s3").create_bucket(Bucket=SNAPSHOTS_BUCKET, CreateBucketConfiguration=where)
        self.clock = Clock()
        self.documents = PlainDocuments()
        self.store = SnapshotStore(Bucket(SNAPSHOTS_BUCKET))
        self.truth: dict[str, tuple[int, str | None]] = {}
        self.readers = [self._reader()]

    # ---- writers

    @rule(who=PEOPLE, region=REGIONS, skew=SKEWS)
    def put(self, who: str, region: str, skew: int) -> None:
        version = self._version(who) + 1
        self._repository(skew).put(person(who, region=region), version, [ROLE])
        self.truth[who] = (version, region)

    @rule(who=PEOPLE, region=REGIONS, by=st.integers(0, 3))
    def put_by_a_function_that_prepares_people_in_its_own_way(self, who: str, region: str, by: int) -> None:
        version = self._version(who) + 1
        documents = self.readers[by % len(self.readers)].documents
        CandidateRepository(Table(TABLE), documents, self.clock).put(person(who, region=region), version, [ROLE])
        self.truth[who] = (version, region)

    @rule(who=PEOPLE, skew=SKEWS)
    def remove(self, who: str, skew: int) -> None:
        version = self._version(who) + 1
        self._repository(skew).remove(who, version, [ROLE])
        self.truth[who] = (version, None)

    @rule(who=PEOPLE, back=st.integers(0, 2), removal=st.booleans())
    def older_news(self, who: str, back: int, removal: bool) -> None:
        if who in self.truth:
            if removal:
                self._repository().remove(who, self._version(who) - back, [ROLE])
            else:
                self._repository().put(person(who, region="occitanie"), self._version(who) - back, [ROLE])

    # ---- builders

    @rule()
    def build(self) -> None:
        self._builder().run()

    @rule(at=st.integers(1, 16))
    def build_that_is_killed(self, at: int) -> None:
        def kill() -> None:
            raise Killed

        with suppress(Killed):
            self._builder(Interrupted(at, kill)).run()

    @rule(at=st.integers(1, 16), who=PEOPLE, region=REGIONS, skew=SKEWS)
    def build_while_somebody_changes(self, at: int, who: str, region: str, skew: int) -> None:
        self._builder(Interrupted(at, lambda: self.put(who, region, skew))).run()

    @rule(at=st.integers(1, 16), who=PEOPLE, skew=SKEWS)
    def build_while_somebody_leaves(self, at: int, who: str, skew: int) -> None:
        self._builder(Interrupted(at, lambda: self.remove(who, skew))).run()

    @rule(at=st.integers(1, 16))
    def build_while_another_builds(self, at: int) -> None:
        self._builder(Interrupted(at, lambda: self._builder().run())).run()

    # ---- what goes wrong

    @precondition(lambda self: self._repository().pointer())
    @rule(how=st.sampled_from(["cut", "changed", "gone"]))
    def snapshot_is_damaged(self, how: str) -> None:
        pointer = self._repository().pointer()
        assert pointer is not None
        content = Bucket(SNAPSHOTS_BUCKET).get(pointer.key) or b"[]"
        if how == "gone":
            Bucket(SNAPSHOTS_BUCKET).delete([pointer.key])
        else:
            damaged = content[:-1] if how == "cut" else content[:-1] + b"?"
            Bucket(SNAPSHOTS_BUCKET).put(pointer.key, damaged)

    @precondition(lambda self: self._repository().pointer())
    @rule(content=st.sampled_from([b"", b"{}", b"\x93NUMPY"]))
    def snapshot_is_what_nobody_can_decode(self, content: bytes) -> None:
        pointer = self._repository().pointer()
        assert pointer is not None
        Bucket(SNAPSHOTS_BUCKET).put(pointer.key, content)
        client("dynamodb").update_item(
            TableName=TABLE,
            Key={"pk": {"S": "INDEX"}, "sk": {"S": "POINTER"}},
            UpdateExpression="SET sha256 = :sum, #size = :size",
            ExpressionAttributeNames={"#size": "size"},
            ExpressionAttributeValues={":sum": {"S": sha256(content).hexdigest()}, ":size": {"N": str(len(content))}},
        )

    @rule()
    def pointer_is_lost(self) -> None:
        client("dynamodb").delete_item(TableName=TABLE, Key={"pk": {"S": "INDEX"}, "sk": {"S": "POINTER"}})

    @rule(sequence=st.integers(0, 10**9))
    def half_an_object_is_left(self, sequence: int) -> None:
        Bucket(SNAPSHOTS_BUCKET).put(f"{PREFIX}{sequence:012d}-half", b'[["p1", 1, "wa')

    @rule()
    def the_way_people_are_prepared_changes(self) -> None:
        self.documents = PlainDocuments(f"way-{int(self.documents.VERSION[4:]) + 1}")

    # ---- time

    @rule(time=st.sampled_from([{"minutes": 1}, {"minutes": 6}, {"minutes": 20}, {"hours": 25}, {"days": 3}]))
    def time_passes(self, time: dict[str, float]) -> None:
        self.clock.pass_(**time)

    @rule()
    def old_changes_are_forgotten(self) -> None:
        for item in rows(TABLE):
            if "expires_at" in item and item["expires_at"] <= self.clock.now.timestamp():
                key = {"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}}
                client("dynamodb").delete_item(TableName=TABLE, Key=key)

    @rule()
    def eight_days_pass_without_a_build(self) -> None:
        self.clock.pass_(days=8)
        self.old_changes_are_forgotten()

    # ---- readers

    @precondition(lambda self: len(self.readers) < 4)
    @rule()
    def a_function_starts(self) -> None:
        self.readers.append(self._reader())

    @rule(number=st.integers(0, 3))
    def a_function_ranks(self, number: int) -> None:
        self._check(self.readers[number % len(self.readers)])

    def teardown(self) -> None:
        try:
            for reader in [*self.readers, self._reader()]:
                self._check(reader)
            self._in_the_end_one_snapshot_is_left_and_nobody_gone_is_in_it()
        finally:
            self._stack.close()

    def _in_the_end_one_snapshot_is_left_and_nobody_gone_is_in_it(self) -> None:
        """Two ticks later and one more: one object is left, without anybody who was removed. A few changes may still
        lie beside it."""
        for _ in range(3):
            self.clock.pass_(minutes=15)
            self._builder().run()
        pointer = self._repository().pointer()
        assert pointer is not None
        assert [key for key in Bucket(SNAPSHOTS_BUCKET).keys(PREFIX) if not key.endswith("-half")] == [pointer.key]
        content = Bucket(SNAPSHOTS_BUCKET).get(pointer.key)
        assert content is not None
        assert PlainCodec().decode(content).people.keys() <= self._expected(self.documents).keys()
        self._check(self._reader())

    def _check(self, reader: Reader) -> None:
        assert merged(reader.index.refresh()) == self._expected(reader.documents)

    def _expected(self, documents: PlainDocuments) -> People:
        return {
            who: (version, documents.document(person(who, region=region)))
            for who, (version, region) in self.truth.items()
            if region is not None
        }

    def _version(self, who: str) -> int:
        return self.truth[who][0] if who in self.truth else 0

    def _repository(self, skew: int = 0) -> CandidateRepository:
        return CandidateRepository(Table(TABLE), self.documents, Skewed(self.clock, skew))

    def _reader(self) -> Reader:
        index = StoredIndex(self._repository(), self.store, PlainCodec(), self.documents, self.clock)
        return Reader(self.documents, index)

    def _builder(self, interrupted: Interrupted | None = None) -> IndexBuilder:
        watched = interrupted or Interrupted(0, lambda: None)
        return IndexBuilder(
            watched.before(self._repository()),
            watched.before(self.store),
            PlainCodec(),
            self.documents,
            self.clock,
            changes_borne=3,
        )


TestInAnyOrder = InAnyOrder.TestCase
TestInAnyOrder.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
