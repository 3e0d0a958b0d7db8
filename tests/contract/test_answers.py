"""What `Idempotency-Key` promises, on the real store: whatever is repeated, overlaps or dies, one thing is created."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.platform.errors import IdempotencyKeyReused, NotFound, RequestInProgress, Retryable
from chalicelib.platform.idempotency import ATTEMPT_LASTS, REMEMBERED, Answer, Answers, fingerprint
from chalicelib.platform.table import Table
from tests.support.tables import rows

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
REQUEST = fingerprint("/things", "a body")


class Killed(BaseException):
    """The process is gone: nothing of it runs any more, not even what tidies up."""


class Shop:
    """Where things are made; `made` are the ids of those that exist."""

    _keys = itertools.count()

    def __init__(self) -> None:
        self.now = NOW
        self.made: set[str] = set()
        self.answers = Answers(Table("RequestsTable"), lambda: self.now)
        self.key = f"key-{next(self._keys)}"

    def make(self, identifier: str) -> Answer:
        self.made.add(identifier)
        return Answer(201, f'{{"id": "{identifier}"}}', {"ETag": '"1"'})

    def once(self, run: Callable[[str], Answer] | None = None, request: str = REQUEST) -> Answer:
        return self.answers.once("sub-1", self.key, request, run or self.make)[0]


@pytest.fixture
def shop(aws: None) -> Shop:
    return Shop()


def test_a_repetition_gets_the_same_answer_and_makes_nothing(shop: Shop) -> None:
    first = shop.once()
    again, repeated = shop.answers.once("sub-1", shop.key, REQUEST, shop.make)
    assert (again, repeated) == (first, True)
    assert len(shop.made) == 1


def test_another_request_under_the_key_is_refused(shop: Shop) -> None:
    shop.once()
    with pytest.raises(IdempotencyKeyReused):
        shop.once(request=fingerprint("/things", "another body"))
    assert len(shop.made) == 1


def test_keys_belong_to_their_callers(shop: Shop) -> None:
    shop.once()
    shop.answers.once("sub-2", shop.key, REQUEST, shop.make)
    assert len(shop.made) == 2


def test_a_key_is_forgotten_after_a_day_whether_or_not_the_store_has_swept(shop: Shop) -> None:
    shop.once()
    shop.now += REMEMBERED + timedelta(seconds=1)
    shop.once(request=fingerprint("/things", "another body"))
    assert len(shop.made) == 2
    (item,) = rows("RequestsTable")
    assert item["expires_at"] == int((shop.now + REMEMBERED).timestamp())


def test_while_it_is_carried_out_the_same_request_waits(shop: Shop) -> None:
    def meanwhile(identifier: str) -> Answer:
        with pytest.raises(RequestInProgress):
            shop.once()
        return shop.make(identifier)

    shop.once(meanwhile)
    assert len(shop.made) == 1


def test_a_refusal_is_not_remembered_for_it_changed_nothing(shop: Shop) -> None:
    def refuse(identifier: str) -> Answer:
        raise NotFound

    with pytest.raises(NotFound):
        shop.once(refuse)
    assert rows("RequestsTable") == []
    assert shop.once(request=fingerprint("/things", "corrected")).status == 201


def test_after_an_outage_the_next_attempt_need_not_wait(shop: Shop) -> None:
    def fail(identifier: str) -> Answer:
        shop.make(identifier)
        raise Retryable("busy")

    with pytest.raises(Retryable):
        shop.once(fail)
    shop.now += timedelta(seconds=1)
    assert shop.once().status == 201
    assert len(shop.made) == 1


def test_what_a_dead_attempt_had_made_is_not_made_again(shop: Shop) -> None:
    def die(identifier: str) -> Answer:
        shop.make(identifier)
        raise Killed

    with pytest.raises(Killed):
        shop.once(die)
    with pytest.raises(RequestInProgress):
        shop.once()
    shop.now += ATTEMPT_LASTS + timedelta(seconds=1)
    (made,) = shop.made
    assert made in shop.once().body
    assert shop.made == {made}


#: What may become of one attempt, and of the ones that overlap with it.
ENDS = st.sampled_from(["made", "refused", "outage before", "outage after", "killed before", "killed after"])
PAUSES = st.sampled_from([0, 1, 20, int(ATTEMPT_LASTS.total_seconds()) + 1])
ATTEMPTS = st.lists(st.tuples(PAUSES, ENDS, st.lists(st.tuples(PAUSES, ENDS), max_size=2)), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def account() -> Iterator[None]:
    from tests.support.environment import aws

    with aws():
        yield


@given(ATTEMPTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_repeats_overlaps_or_dies_one_thing_is_made_and_every_answer_is_about_it(
    account: None, attempts: list[tuple[int, str, list[tuple[int, str]]]]
) -> None:
    shop = Shop()
    told: list[Answer] = []

    def attempt(pause: int, end: str, meanwhile: list[tuple[int, str]]) -> None:
        shop.now += timedelta(seconds=pause)

        def run(identifier: str) -> Answer:
            if end == "killed before":
                raise Killed
            if end == "outage before":
                raise Retryable("busy")
            # What a use case refuses depends on what is there: once the thing is made it is found, not refused.
            if end == "refused" and identifier not in shop.made:
                raise NotFound
            for later, other in meanwhile:
                attempt(later, other, [])
            answer = shop.make(identifier)
            if end == "killed after":
                raise Killed
            if end == "outage after":
                raise Retryable("busy")
            return answer

        with suppress(Killed, NotFound, RequestInProgress, Retryable):
            told.append(shop.once(run))

    for pause, end, meanwhile in attempts:
        attempt(pause, end, meanwhile)
    shop.now += ATTEMPT_LASTS + timedelta(seconds=1)
    told.append(shop.once())
    assert len(shop.made) == 1
    assert {answer.body for answer in told} == {f'{{"id": "{next(iter(shop.made))}"}}'}


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_different_requests_never_have_one_fingerprint(one: list[str], other: list[str]) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)
