"""The main job done once, in this process, through the handlers that AWS would call, each with the events it would get.

One brief is drafted, published and matched against a population; its obligation is settled, its e-mail planned and
sent, and its shortlist read once by its producer. The function that matches has the snapshot of everyone in memory,
loaded before in a step of its own, and reads what changed since; then the next snapshot is built. Time stands still
and ids are drawn with a seed, so that the same people give the same calls. Runs inside `tests.support.environment.aws`.

**Straight**: people are put into the in-process DynamoDB beside its API and the first snapshot into S3 by the codec, as
repository and builder would have; more than `DIFFERENT` people are the first ones over again under other ids. What
is counted afterwards goes through the application and the API either way, and comes to the same
(`tests/app/test_counted_job.py`).
"""

from __future__ import annotations

import base64
import random
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from ulid import ULID

from benchmarks.counting import query_cost
from benchmarks.invented import profiles
from benchmarks.loading import Career
from benchmarks.recording import Recorder
from chalicelib.composition import doors, for_matching
from chalicelib.matching import arrays, documents
from chalicelib.matching import wiring as matching_wiring
from chalicelib.matching.candidate_index import OVERLAP
from chalicelib.matching.candidates import CandidateRepository, Pointer
from chalicelib.matching.documents import Document
from chalicelib.matching.snapshot_store import SnapshotStore
from chalicelib.matching.snapshots import CandidateSnapshot
from chalicelib.platform.objects import Bucket
from chalicelib.platform.table import Action, Put, Table
from chalicelib.profiles import wiring as profile_wiring
from chalicelib.profiles.service import Dossier, dossier
from chalicelib.vocabulary import ids
from chalicelib.vocabulary.clock import stamp
from infra.local.demo_data import DemoData
from tests.support.api import PRODUCER, Answer, Api
from tests.support.environment import REGION, SNAPSHOTS_BUCKET, at, forget, queued
from tests.support.records import CONTEXT, envelope, queue_event, stream_event, tick
from tests.support.tables import events, rows
from tests.support.world import World

#: The instant of everything; people came before, longer ago than changes are remembered.
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
_CAME = NOW - timedelta(days=8)
_BUILT = NOW - timedelta(minutes=15)

#: People who changed since the snapshot was built, the last of whom withdrew: why the next tick builds another.
CHANGED = 36
#: How many people differ; preparing one takes longer than all the rest that is done for them.
DIFFERENT = 10_000

#: Steps that no brief pays for alone.
LOADING, BUILDING = "load_candidate_index", "build_candidate_index"

_SEED = "plot-point/scenario/1"
_TABLE = "CandidatesTable"


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a function: by API Gateway (`route`), with so many messages by a stream or a queue, or by the
    clock. `seconds` are its own, without those of its calls to AWS when these are recorded."""

    function: str
    route: str | None
    messages: int
    queued: bool
    seconds: float

    @property
    def name(self) -> str:
        return self.route or self.function


class Scenario:
    """`people` are eligible by verification, not all of them by role, as in any population."""

    def __init__(self, people: int, recorder: Recorder | None = None, *, straight: bool = False) -> None:
        self.steps: list[Step] = []
        self.matches: list[dict[str, Any]] = []
        self.snapshot_bytes = 0
        self.table_read_units = 0.0
        self._people = people
        self._recorder = recorder
        self._straight = straight
        self._api = Api()
        self._delivered: set[str] = set()

    def run(self) -> None:
        """Everything, from an empty account on."""
        with at(NOW), _drawn_ids():
            World(self._api).company()
            population = _Population(self._people)
            self._populate(population)
            self._load_the_snapshot()
            self._the_brief()
            self._matched()
            self._write_dossiers(population)
            self._told()
            shown = self._request("GET", f"/briefs/{self._brief_id}/matches", "GET /briefs/{brief_id}/matches")
            self.matches = shown.json["matches"]
            self._next_snapshot()

    def _populate(self, population: _Population) -> None:
        """Everyone in the read model, put there by its repository, as matching does at each profile's event; a snapshot
        of them; and what changed after it."""
        _answer_by_partition()
        table = _Straight(_TABLE) if self._straight else Table(_TABLE)
        before = CandidateRepository(table, population, lambda: _CAME)
        for snapshot in population.snapshots():
            before.put(snapshot, 1, snapshot.roles)
        self.table_read_units = _units_of_everyone()
        if self._straight:
            _put_snapshot(population)
        else:
            with at(_BUILT):
                matching_wiring.builder().run()
        repository = CandidateRepository(Table(_TABLE), population, lambda: NOW)
        *changed, withdrawn = population.first(min(CHANGED, self._people))
        for snapshot in changed:
            repository.put(snapshot, 2, snapshot.roles)
        repository.remove(withdrawn.profile_id, 2, withdrawn.roles)

    def _load_the_snapshot(self) -> None:
        with self._step(LOADING, None):
            self._index = matching_wiring.index()
            self._index.segments()

    def _next_snapshot(self) -> None:
        from chalicelib.matching.handlers import build_candidate_index

        before = matching_wiring.candidates().pointer()
        with self._step(BUILDING, None):
            build_candidate_index(tick(), CONTEXT)
        after = matching_wiring.candidates().pointer()
        assert before and after and after.sequence > before.sequence, "no snapshot was built"
        self.snapshot_bytes = after.size

    def _the_brief(self) -> None:
        sample = DemoData(NOW.date()).briefs[0]["brief"]
        drafted = self._request("POST", "/briefs", "POST /briefs", sample)
        self._brief_id = drafted.json["brief_id"]
        self._deliver_brief_events()
        path, route = f"/briefs/{self._brief_id}/publish", "POST /briefs/{brief_id}/publish"
        self._request("POST", path, route, headers={"If-Match": drafted.etag})
        self._deliver_brief_events()

    def _deliver_brief_events(self) -> None:
        from chalicelib.briefs.handlers import relay_brief_events
        from chalicelib.matching.handlers import match_on_brief_events

        news = [item for item in events("BriefsTable") if item["event_id"] not in self._delivered]
        self._delivered |= {item["event_id"] for item in news}
        self._handle(match_on_brief_events, stream_event(*news), warm=True)
        self._handle(relay_brief_events, stream_event(*news))

    def _matched(self) -> None:
        from chalicelib.matching.handlers import relay_match_events

        news = events("MatchingTable")
        self._handle(relay_match_events, stream_event(*news, table="MatchingTable"))

    def _write_dossiers(self, population: _Population) -> None:
        """The profiles of those who sit: nobody else's is read from here on."""
        seated = [row["sk"].removeprefix("MATCH#") for row in rows("MatchingTable") if row["sk"].startswith("MATCH#")]
        for profile_id in seated:
            population.career(profile_id).write(profile_wiring.repository(), NOW)

    def _told(self) -> None:
        from chalicelib.briefs.handlers import settle_brief_obligations
        from chalicelib.notifications.handlers import plan_emails, send_emails

        news = [envelope(item) for item in events("MatchingTable")]
        for handler in (settle_brief_obligations, plan_emails):
            self._handle(handler, queue_event(*news))
        tasks = queued("emails")
        self._handle(send_emails, queue_event(*tasks))

    def _request(self, method: str, path: str, route: str, body: object = None, **options: Any) -> Answer:
        with self._step("api_handler", route):
            answer = self._api.call(method, path, body, person=PRODUCER, **options)
        assert 200 <= answer.status < 300, (route, answer.status, answer.content)
        return answer

    def _handle(self, handler: Any, event: dict[str, Any], *, warm: bool = False) -> None:
        function = handler.func.__name__
        records = event["Records"]
        queued = all(record["eventSource"] == "aws:sqs" for record in records)
        with self._step(function, None, len(records), queued, warm=warm):
            answer = handler(event, CONTEXT)
        assert answer == {"batchItemFailures": []}, (function, answer)

    @contextmanager
    def _step(
        self, function: str, route: str | None, messages: int = 0, queued: bool = False, *, warm: bool = False
    ) -> Iterator[None]:
        """Each function is a process of its own, and remembers nothing of the others; a `warm` one has the index that
        was loaded."""
        forget()
        with ExitStack() as stack:
            if warm:
                stack.enter_context(patch.object(matching_wiring, "index", lambda: self._index))
            began, waited = time.perf_counter(), self._waited
            if self._recorder is not None:
                stack.enter_context(self._recorder.step(route or function))
            yield
            own = time.perf_counter() - began - (self._waited - waited)
            self.steps.append(Step(function, route, messages, queued, own))

    @property
    def _waited(self) -> float:
        return self._recorder.waited if self._recorder is not None else 0.0


class _Population:
    """Who is proposed, and how they are prepared: stands for `matching.documents` and for the profiles' context."""

    VERSION = documents.VERSION

    def __init__(self, count: int) -> None:
        self.count = count
        self._careers: dict[str, Career] = {}
        self._snapshots: dict[str, CandidateSnapshot] = {}
        self._prepared: dict[str, Document] = {}
        self._namesake_of: dict[str, str] = {}

    def snapshots(self) -> Iterator[CandidateSnapshot]:
        """Everyone, once."""
        dossiers = _Dossiers()
        with patch.object(doors, "profiles", lambda: dossiers):
            source = for_matching.profiles()
            for entry in profiles(min(self.count, DIFFERENT), _CAME.date()):
                career = Career.of(entry, _CAME)
                profile_id = career.draft.profile_id
                dossiers.add(career)
                current = source.current(profile_id)
                assert current is not None and current.snapshot is not None
                self._careers[profile_id], self._snapshots[profile_id] = career, current.snapshot
                yield current.snapshot
        people = list(self._snapshots.values())
        for number in range(len(people), self.count):
            person = people[number % len(people)]
            namesake = replace(person, profile_id=ids.new_id(_CAME))
            self._namesake_of[namesake.profile_id] = person.profile_id
            yield namesake

    def first(self, count: int) -> list[CandidateSnapshot]:
        return list(self._snapshots.values())[:count]

    def career(self, profile_id: str) -> Career:
        known = self._careers[self._namesake_of.get(profile_id, profile_id)]
        return known if known.draft.profile_id == profile_id else known.of_namesake(profile_id)

    def entries(self) -> Iterator[tuple[str, int, Document]]:
        """Everyone as the engine's arrays take them."""
        for profile_id in (*self._snapshots, *self._namesake_of):
            yield profile_id, 1, self._document_of(profile_id)

    def document(self, snapshot: CandidateSnapshot) -> bytes:
        if snapshot.profile_id in self._snapshots and snapshot.profile_id not in self._prepared:
            self._prepared[snapshot.profile_id] = documents.prepare(snapshot)
        return self._document_of(snapshot.profile_id).to_bytes()

    def _document_of(self, profile_id: str) -> Document:
        prepared = self._prepared[self._namesake_of.get(profile_id, profile_id)]
        return replace(prepared, profile_id=profile_id)


class _Straight(Table):
    """Puts items where moto keeps them, without its API and without those that DynamoDB would have forgotten by now."""

    def write(self, *actions: Action) -> None:
        for action in actions:
            assert isinstance(action, Put), "people come, and nobody goes"
            if action.item.get("expires_at", NOW.timestamp()) >= NOW.timestamp():
                _moto_table().put_item({name: _in_json(value) for name, value in action.item.items()}, overwrite=True)


def _in_json(value: Any) -> dict[str, Any]:
    """A value as DynamoDB's JSON has it on the wire."""
    if isinstance(value, bytes):
        return {"B": base64.b64encode(value).decode()}
    if isinstance(value, list):
        return {"L": [_in_json(one) for one in value]}
    if isinstance(value, int):
        return {"N": str(value)}
    assert isinstance(value, str)
    return {"S": value}


def _put_snapshot(population: _Population) -> None:
    """A snapshot of everyone in force, as the builder puts it."""
    sequence = int(_BUILT.timestamp())
    data = arrays.pack(arrays.Arrays.of(population.entries()))
    stored = SnapshotStore(Bucket(SNAPSHOTS_BUCKET)).put(sequence, ids.new_id(_BUILT), data)
    matching_wiring.candidates().point(
        None,
        Pointer(
            key=stored.key,
            sha256=stored.sha256,
            size=stored.size,
            count=population.count,
            watermark=stamp(_BUILT - OVERLAP),
            sequence=sequence,
            documents_version=documents.VERSION,
            built_at=stamp(_BUILT),
        ),
    )


def _moto_table() -> Any:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[_TABLE]


def _units_of_everyone() -> float:
    """Read units of everyone as they are in the table, which is what a ranking without an index would read."""
    return sum(
        query_cost((item.to_json()["Attributes"] for item in shard), consistent=True).table
        for shard in (
            [item for item in partition.values() if item.range_key.value.startswith("CANDIDATE#")]
            for partition in _moto_table().items.values()
        )
        if shard
    )


def _answer_by_partition() -> None:
    """Keeps moto from going through the whole table of candidates, which becomes large: it copies every table before a
    transaction, to put it back after a refusal, and nothing here is refused; and it sorts every item of a table for
    each page of one partition, and goes through those of the pages before."""
    table = _moto_table()
    query = table.query

    def itself(_: Any) -> Any:
        return table

    def of_partition(hash_key: Any, *arguments: Any, **options: Any) -> Any:
        *_, position = arguments[:4]
        after = position["sk"]["S"] if position else ""
        items = [item for item in table.items.get(hash_key, {}).values() if item.range_key.value > after]
        with patch.object(table, "all_items", lambda: items):
            return query(hash_key, *arguments, **options)

    vars(table).update({"__deepcopy__": itself, "query": of_partition})


@contextmanager
def _drawn_ids() -> Iterator[None]:
    """New ids are the same at each run: they decide who is drawn among near-ties."""
    draw = random.Random(_SEED)

    def new_id(moment: datetime) -> str:
        return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + draw.randbytes(10)))

    with ExitStack() as stack:
        for name, module in list(sys.modules.items()):
            if name.startswith(("chalicelib.", "benchmarks.")) and "new_id" in vars(module):
                stack.enter_context(patch.object(module, "new_id", new_id))
        yield


class _Dossiers:
    """Profiles as their context would answer for them, without a table."""

    def __init__(self) -> None:
        self._known: dict[str, Dossier] = {}

    def add(self, career: Career) -> None:
        known = dossier(career.verified, career.credits, profile_wiring.bands(), datetime.now(UTC))
        self._known[career.verified.profile_id] = known

    def dossier(self, profile_id: str) -> Dossier | None:
        return self._known.get(profile_id)
