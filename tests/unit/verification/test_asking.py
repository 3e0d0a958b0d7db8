"""One question over HTTP, what is kept of its answer, and how an answer in SPARQL's JSON is read."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.sources.cache import MOST_BYTES, Memory, digest_of
from chalicelib.verification.sources.errors import Garbled, NoTurn, Refused, Unreachable
from chalicelib.verification.sources.http import LONGEST_WAIT, HttpFetcher, Limits, Pace, retry_after
from chalicelib.verification.sources.sparql import gathered, literal, rows, year_of
from tests.support.source_fakes import NOW, USER_AGENT, Act, FakeClock, FakeSourceStore, an_http_fetcher, says, stand_in

# HTTP ---------------------------------------------------------------------------------------------------------------


def test_a_question_says_who_asks_what_it_takes_and_its_key_to_this_host_alone() -> None:
    with stand_in(says(b'{"answer": 1}', content_type="application/sparql-results+json;charset=utf-8")) as server:
        fetched = an_http_fetcher().get(
            f"{server.address}/sparql",
            {"query": "é & ?"},
            accept="application/sparql-results+json",
            secret_headers={"Authorization": "Bearer k"},
        )
    assert fetched.payload == {"answer": 1}
    assert fetched.payload_hash == hashlib.sha256(b'{"answer": 1}').hexdigest()
    [(path, parameters, headers)] = server.heard
    assert (path, parameters) == ("/sparql", {"query": "é & ?"})
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Accept"] == "application/sparql-results+json"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Authorization"] == "Bearer k"


def redirecting(*locations: str | None) -> Act:
    left = list(locations)

    def act(handler: BaseHTTPRequestHandler) -> None:
        if not left:
            says(b"{}")(handler)
            return
        location = left.pop(0)
        says(b"", 302, **({} if location is None else {"Location": location}))(handler)

    return act


def get(address: str, fetcher: HttpFetcher | None = None) -> object:
    return (fetcher or an_http_fetcher()).get(f"{address}/a", {}, secret_headers={}).payload


def test_a_redirect_on_the_same_host_is_followed_twice_at_most() -> None:
    with stand_in(redirecting("/b", "c?d=1")) as server:
        assert get(server.address) == {}
    assert [path for path, _, _ in server.heard] == ["/a", "/b", "/c"]
    with stand_in(redirecting("/b", "/c", "/d")) as server, pytest.raises(Refused, match="too_many_redirects"):
        get(server.address)


def test_a_redirect_to_anywhere_else_is_never_followed() -> None:
    with stand_in(says(b"{}")) as elsewhere:
        for location in (elsewhere.address, "https://127.0.0.1/", "//example.test/", "file:///etc/passwd"):
            with stand_in(redirecting(location)) as server, pytest.raises(Refused, match="redirected_elsewhere"):
                get(server.address)
        for location in (None, "http://[::1", "//[x"):
            with stand_in(redirecting(location)) as server, pytest.raises(Refused, match="redirected_nowhere"):
                get(server.address)
    assert elsewhere.heard == []


@pytest.mark.parametrize("body", [b'"\\ud83c"', b'["\\uDC00 alone"]', b"\xff", b"9" * 5000, b"[" * 100_000, b"NaN"])
def test_what_is_no_text_or_no_json_is_no_answer(body: bytes) -> None:
    with stand_in(says(body)) as server, pytest.raises(Garbled):
        get(server.address, an_http_fetcher(limits=Limits(max_bytes=200_000)))


def test_a_letter_written_as_a_pair_is_a_text() -> None:
    with stand_in(says(b'"\\ud83c\\udfac"')) as server:
        assert get(server.address) == "\N{CLAPPER BOARD}"


def test_a_name_that_is_not_found_or_takes_too_long_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    let_go = threading.Event()

    def hanging(*_: object, **__: object) -> None:
        let_go.wait(5)

    for resolver in (nobody, hanging):
        monkeypatch.setattr(socket, "getaddrinfo", resolver)
        began = time.monotonic()
        with pytest.raises(Unreachable, match="no_address"):
            get("https://catalogue.test")
        assert time.monotonic() - began < 1
    let_go.set()


def test_no_more_questions_at_once_than_the_source_takes() -> None:
    at_once, most, counting = 0, 0, threading.Lock()

    def act(handler: BaseHTTPRequestHandler) -> None:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.03)
        with counting:
            at_once -= 1
        says(b"{}")(handler)

    patient = Limits(total_seconds=5)
    with stand_in(act) as server:
        fetcher = an_http_fetcher(Pace(parallel=2), patient)
        threads = [threading.Thread(target=get, args=(server.address, fetcher)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(server.heard), most) == (8, 2)


def test_who_gets_no_turn_in_time_is_told_to_come_back() -> None:
    with stand_in(says(b"{}")) as server:
        fetcher = an_http_fetcher(Pace(interval=60))
        get(server.address, fetcher)
        with pytest.raises(NoTurn, match="no_turn"):
            get(server.address, fetcher)
    assert len(server.heard) == 1


def test_who_gets_no_place_in_time_is_told_to_come_back() -> None:
    let_go = threading.Event()

    def act(handler: BaseHTTPRequestHandler) -> None:
        let_go.wait(2)
        says(b"{}")(handler)

    with stand_in(act) as server:
        fetcher = an_http_fetcher(limits=Limits(total_seconds=2))
        first = threading.Thread(target=get, args=(server.address, fetcher))
        first.start()
        while not server.heard:
            time.sleep(0.001)
        fetcher.limits = Limits(total_seconds=0.02)
        with pytest.raises(NoTurn, match="no_place"):
            get(server.address, fetcher)
        let_go.set()
        first.join()
    assert len(server.heard) == 1


def test_questions_keep_their_distance() -> None:
    now, slept = 100.0, []

    def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(round(seconds, 3))
        now += seconds

    with stand_in(says(b"{}")) as server:
        fetcher = HttpFetcher(USER_AGENT, FakeClock(), Pace(interval=0.2), monotonic=lambda: now, sleep=sleep)
        for _ in range(3):
            get(server.address, fetcher)
        now += 1
        get(server.address, fetcher)
    assert slept == [0.2, 0.2]


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (None, None),
        ("0", timedelta(0)),
        (" 120 ", timedelta(minutes=2)),
        ("99999999999999999999", LONGEST_WAIT),
        ("Wed, 25 Nov 2026 09:00:30 GMT", timedelta(seconds=30)),
        ("Wed, 25 Nov 2026 08:00:00 GMT", timedelta(0)),
        ("Fri, 31 Dec 2100 23:59:59 GMT", LONGEST_WAIT),
        ("Wednesday, 25-Nov-26 09:00:30 GMT", timedelta(seconds=30)),
        ("Wed Nov 25 09:00:30 2026", timedelta(seconds=30)),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
    ],
)
def test_when_to_come_back_is_read_in_both_of_its_forms(value: str | None, wait: timedelta | None) -> None:
    assert retry_after(value, NOW) == wait
    assert retry_after(value, NOW.astimezone(timezone(timedelta(hours=1)))) == wait


@given(st.text(max_size=40))
def test_whatever_is_said_of_when_to_come_back_the_wait_is_sensible(value: str) -> None:
    wait = retry_after(value, datetime(2026, 11, 25, tzinfo=UTC))
    assert wait is None or timedelta(0) <= wait <= LONGEST_WAIT


# Memory -------------------------------------------------------------------------------------------------------------


def a_memory(store: FakeSourceStore, storable: set[str]) -> Memory:
    return Memory("wikidata", store, storable, timedelta(days=30))


def test_an_answer_of_which_all_may_be_kept_is_recalled_until_its_time_is_over() -> None:
    memory = a_memory(FakeSourceStore(), {"title", "year"})
    memory.keep("d", ({"title": ["Dune"]},), "hash", "https://catalogue.test/a", NOW)
    known = memory.recall("d", NOW + timedelta(days=30) - timedelta(milliseconds=1))
    assert known is not None
    assert known.records == ({"title": ["Dune"]},)
    assert memory.recall("d", NOW + timedelta(days=30)) is None
    assert memory.recall("e", NOW) is None


def test_of_an_answer_with_more_than_may_be_kept_hash_and_link_remain() -> None:
    store = FakeSourceStore()
    for records in (({"title": ["Dune"], "overview": ["…"]},), ({"title": ["é" * (MOST_BYTES // 2)]},)):
        memory = a_memory(store, {"title"})
        memory.keep("d", records, "hash", "https://catalogue.test/a", NOW)
        assert memory.recall("d", NOW) is None
        [kept] = store.answers.values()
        assert (kept.payload_hash, kept.url, kept.records) == ("hash", "https://catalogue.test/a", None)


def test_a_question_is_kept_under_what_it_asks_and_never_in_clear() -> None:
    digest = digest_of("wikidata", "/sparql", {"query": "Éloïse Morvan", "format": "json"})
    assert digest == digest_of("wikidata", "/sparql", {"format": "json", "query": "Éloïse Morvan"})
    others = {
        digest_of("tmdb", "/sparql", {"query": "Éloïse Morvan", "format": "json"}),
        digest_of("wikidata", "/", {"query": "Éloïse Morvan", "format": "json"}),
        digest_of("wikidata", "/sparql", {"query": "Éloïse", "format": "json"}),
    }
    assert len({digest, *others}) == 4
    assert len(digest) == 64


# SPARQL -------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_a_literal_ends_where_its_text_ends(text: str) -> None:
    quoted = literal(text)
    assert quoted[0] == quoted[-1] == '"'
    inside = quoted[1:-1]
    assert not {"\n", "\r"} & set(inside)
    position = 0
    while position < len(inside):
        assert inside[position] != '"'
        position += 2 if inside[position] == "\\" else 1
    assert position == len(inside)


def test_a_literal_may_have_a_language() -> None:
    assert literal("L’Été", "fr") == '"L’Été"@fr'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["head", "vars", "results", "bindings", "work", "value"]), inner)
        ),
    )
)
def test_any_json_is_rows_or_garbled(payload: object) -> None:
    try:
        found = rows(payload)
    except Garbled:
        return
    assert all(isinstance(value, str) for row in found for value in row.values())


def test_rows_about_one_thing_are_gathered_in_their_order() -> None:
    body = json.loads(
        '{"head": {"vars": ["w", "t", "d"]}, "results": {"bindings": ['
        '{"w": {"value": "1"}, "t": {"value": "A"}, "d": {"value": "2015-09-16T00:00:00Z"}},'
        '{"w": {"value": "2"}, "t": {"value": "C"}, "d": {"value": "http://www.wikidata.org/.well-known/genid/f"}},'
        '{"w": {"value": "1"}, "t": {"value": "B"}, "d": {"value": "2015-01-01T00:00:00Z"}},'
        '{"w": {"value": "1"}, "t": {"value": "A"}}]}}'
    )
    assert gathered(rows(body), "w", ("t",), ("d",)) == (
        {"w": "1", "t": ["A", "B"], "d": ["2015"]},
        {"w": "2", "t": ["C"], "d": []},
    )


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2015-09-16T00:00:00Z", 2015),
        ("1994", 1994),
        ("-0044-03-15", -44),
        ("15", None),
        ("", None),
        (None, None),
        ("n’importe", None),
        ("20155", None),
        ("2015/09", None),
    ],
)
def test_a_year_is_what_a_date_begins_with(text: str | None, year: int | None) -> None:
    assert year_of(text) == year
