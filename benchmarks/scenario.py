"""The main job done once, in this process, through the handlers that AWS would call, each with the events it would get.

One brief is drafted, published and matched against a population; its obligation is settled, its e-mail planned and
sent, and its shortlist read once by its producer. Runs inside `tests.support.environment.aws`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from benchmarks.invented import profiles
from benchmarks.loading import Career
from benchmarks.recording import Recorder
from chalicelib import composition
from chalicelib.matching import wiring as matching_wiring
from chalicelib.profiles import wiring as profile_wiring
from chalicelib.profiles.service import Dossier, dossier
from chalicelib.vocabulary.clock import utc_now
from infra.local.demo_data import DemoData
from tests.support.api import PRODUCER, Answer, Api
from tests.support.environment import REGION, forget, queued
from tests.support.examples import today
from tests.support.records import CONTEXT, envelope, queue_event, stream_event
from tests.support.tables import events, rows
from tests.support.world import World


@dataclass(frozen=True, slots=True)
class Step:
    """One call of a function, by API Gateway (`route`), or with so many messages by a stream or a queue."""

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

    def __init__(self, people: int, recorder: Recorder | None = None) -> None:
        self.steps: list[Step] = []
        self.matches: list[dict[str, Any]] = []
        self._people = people
        self._recorder = recorder
        self._api = Api()
        self._delivered: set[str] = set()

    def run(self) -> None:
        """Everything, from an empty account on."""
        World(self._api).company()
        careers = self._populate()
        self._the_brief()
        self._matched()
        self._write_dossiers(careers)
        self._told()
        shown = self._request("GET", f"/briefs/{self._brief_id}/matches", "GET /briefs/{brief_id}/matches")
        self.matches = shown.json["matches"]

    def _populate(self) -> dict[str, Career]:
        """Everyone in the read model, put there by its repository, as matching does at each profile's event."""
        now = utc_now()
        careers = {}
        dossiers = _Dossiers()
        for entry in profiles(self._people, today()):
            career = Career.of(entry, now)
            careers[career.draft.profile_id] = career
            dossiers.add(career)
        table = matching_wiring.candidates()
        # moto copies every table before each transaction, to put it back after a refusal; this one becomes large, and
        # nothing here is refused.
        candidates = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables["CandidatesTable"]
        vars(candidates)["__deepcopy__"] = lambda _: candidates
        with patch.object(composition, "_profiles", lambda: dossiers):
            source = composition.profiles_for_matching()
            for profile_id in careers:
                current = source.current(profile_id)
                assert current is not None and current.snapshot is not None
                table.put(current.snapshot, current.version, current.snapshot.roles)
        return careers

    def _the_brief(self) -> None:
        sample = DemoData(today()).briefs[0]["brief"]
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
        for handler in (match_on_brief_events, relay_brief_events):
            self._handle(handler, stream_event(*news))

    def _matched(self) -> None:
        from chalicelib.matching.handlers import relay_match_events

        news = events("MatchingTable")
        self._handle(relay_match_events, stream_event(*news, table="MatchingTable"))

    def _write_dossiers(self, careers: dict[str, Career]) -> None:
        """The profiles of those who sit: nobody else's is read from here on."""
        seated = [row["sk"].removeprefix("MATCH#") for row in rows("MatchingTable") if row["sk"].startswith("MATCH#")]
        for profile_id in seated:
            careers[profile_id].write(profile_wiring.repository(), utc_now())

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

    def _handle(self, handler: Any, event: dict[str, Any]) -> None:
        function = handler.func.__name__
        records = event["Records"]
        queued = all(record["eventSource"] == "aws:sqs" for record in records)
        with self._step(function, None, len(records), queued):
            answer = handler(event, CONTEXT)
        assert answer == {"batchItemFailures": []}, (function, answer)

    @contextmanager
    def _step(self, function: str, route: str | None, messages: int = 0, queued: bool = False) -> Iterator[None]:
        forget()  # each function is a process of its own, and remembers nothing of the others
        began = time.perf_counter()
        if self._recorder is None:
            yield
        else:
            with self._recorder.step(route or function):
                yield
        self.steps.append(Step(function, route, messages, queued, time.perf_counter() - began))


class _Dossiers:
    """Profiles as their context would answer for them, without a table."""

    def __init__(self) -> None:
        self._known: dict[str, Dossier] = {}

    def add(self, career: Career) -> None:
        known = dossier(career.verified, career.credits, profile_wiring.bands())
        self._known[career.verified.profile_id] = known

    def dossier(self, profile_id: str) -> Dossier | None:
        return self._known.get(profile_id)
