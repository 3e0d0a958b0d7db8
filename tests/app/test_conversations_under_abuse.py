"""What people and impatient clients do wrong in conversations: at the same moment, twice, too late, too often, with the
wrong words and where they have no business. A clear 4xx or no effect, never a half-state."""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from chalicelib.conversations import wiring
from chalicelib.conversations.models import PER_HOUR, Thread
from chalicelib.platform.auth import Actor
from chalicelib.vocabulary.ids import new_id
from tests.support.api import ADMIN, Answer
from tests.support.market import COMPANY_OF, PEOPLE, PRODUCERS, START, Market, Stage, numbered_ids
from tests.support.quick_account import quick_account

#: Two freelancers, and the project that they are interested in.
INES, NOE = 0, 2
UNKNOWN = "01M842S0RBNNSS9DXA8NAVEFTT"

Call = Callable[[], Answer]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    logging.disable(logging.CRITICAL)
    try:
        with quick_account(START) as account:
            yield Stage(account)
    finally:
        logging.disable(logging.NOTSET)


class House:
    """A live project, its producer, and what both sides can do about it. Each answer that a freelancer gets is searched
    for what they may not know."""

    def __init__(self, market: Market) -> None:
        self.market, self.project = market, 0
        self.company = market.model.projects[0].company
        self.claire, *colleagues = market._members_of(self.company)
        self.colleague = colleagues[0]
        self.stranger = next(number for number, company in enumerate(COMPANY_OF) if company != self.company)
        self.brief = f"/briefs/{market.model.projects[0].brief_id}"
        self.card = f"/projects/{market.model.projects[0].brief_id}"

    def path(self, rest: str = "", who: int = INES) -> str:
        return self.market._thread_path(who, self.project, rest)

    def thread(self, who: int = INES) -> Thread:
        thread = self.market.thread(who, self.project)
        assert thread is not None
        return thread

    def stored(self, who: int = INES) -> dict[str, Any]:
        return self.market._stored(who, self.project)

    def happened(self, who: int = INES) -> Counter[str]:
        kinds = (one["event_type"] for sk, one in self.stored(who).items() if sk.startswith("EVENT#"))
        return Counter(kind.removeprefix("conversation.") for kind in kinds)

    def producer(self, method: str, path: str, body: object = None, who: int | None = None, **options: Any) -> Answer:
        return self.market._call(PRODUCERS[self.claire if who is None else who], method, path, body, **options)

    def freelancer(self, method: str, path: str, body: object = None, who: int = INES, **options: Any) -> Answer:
        return self.market.freelancer(who, method, path, body, self.project, **options)

    def interested(self, who: int = INES) -> None:
        """With the terms accepted, and nothing agreed."""
        assert self.freelancer("POST", f"{self.card}/interest", {}, who).status == 200
        self.market.accepts(who, self.project)

    def revealed(self, who: int = INES) -> None:
        self.interested(who)
        for side, number in (("producer", self.claire), ("freelancer", who)):
            assert self.market.agrees(side, number, who, self.project).status == 200

    def engaged(self) -> None:
        self.revealed()
        for answer in (self.outcome("producer", "engaged"), self.outcome("freelancer", "engaged")):
            assert answer.status == 200

    def outcome(self, side: str, outcome: str) -> Answer:
        call = self.producer if side == "producer" else self.freelancer
        return call("POST", self.path("/outcome"), {"outcome": outcome})

    def says(self, text: str = "Bonjour.", who: int = INES) -> Answer:
        return self.freelancer("POST", self.path("/messages", who), {"text": text}, who)

    def sound(self, *people: int) -> None:
        """No conversation is half of something; who agreed is what the conversation says."""
        for who in people or (INES, NOE):
            thread = self.market.thread(who, self.project)
            if thread is not None:
                link = self.market.model.link(who, self.project)
                link.revealed = thread.reveal.since is not None
                link.consents = {side for side in ("producer", "freelancer") if thread.reveal.by(side)}  # type: ignore[arg-type]
                self.market._look_at(thread, self.stored(who), link)


@pytest.fixture
def house(stage: Stage) -> Iterator[House]:
    with numbered_ids():
        yield House(stage.begin())


# ---- at the same moment


def interleavings(
    house: House, prepare: Callable[[], object], first: Call, second: Call
) -> Iterator[tuple[Answer, Answer]]:
    """The answers to both where the second runs whole amid the first, before its n-th word with the tables, for each
    n; and last, after it. Each time from the beginning, and each time nothing is half."""
    for place in count():
        house.market = house.market.stage.begin()
        prepare()
        met: list[Answer] = []
        with amid(house, place, lambda met=met: met.append(second())):  # type: ignore[misc]
            one = first()
        other = met[0] if met else second()
        for answer in (one, other):
            assert answer.status < 500, answer.content
            told = answer.json.get("company")
            assert told is None or house.thread().is_revealed, "told who it is, and not revealed"
        house.sound()
        yield one, other
        if not met:
            return


@contextmanager
def amid(house: House, place: int, work: Callable[[], None]) -> Iterator[None]:
    """Runs something before the n-th call of the tables, as another function would at that moment."""
    tables, calls = house.market.account.tables, count()

    def call() -> None:
        if next(calls) == place:
            copy_context().run(work)

    def nothing() -> None: ...

    tables.on_call = call
    try:
        yield
    finally:
        tables.on_call = nothing


def _by(house: House, side: str, method: str, rest: str, body: object = None) -> Call:
    """One side's call. What a freelancer is told amid another's act is looked at once both are over."""

    def call() -> Answer:
        person = PRODUCERS[house.claire] if side == "producer" else PEOPLE[INES]
        path = rest if rest.startswith(("/briefs", "/projects")) else house.path(rest)
        return house.market._call(person, method, path, body)

    return call


@pytest.mark.parametrize("first", ["producer", "freelancer"])
def test_two_consents_at_once_reveal_both_to_each_other(house: House, first: str) -> None:
    second = "freelancer" if first == "producer" else "producer"
    calls = [_by(house, side, "POST", "/reveal") for side in (first, second)]
    seen = 0
    for one, other in interleavings(house, house.interested, *calls):
        assert (one.status, other.status) == (200, 200)
        assert house.thread().is_revealed
        assert house.happened()["revealed"] == house.happened()["reveal_asked"] == 1
        seen += 1
    assert seen >= 8, "at too few moments"


@pytest.mark.parametrize("side", ["producer", "freelancer"])
def test_a_consent_given_in_two_tabs_is_one(house: House, side: str) -> None:
    call = _by(house, side, "POST", "/reveal")
    for one, other in interleavings(house, house.interested, call, call):
        assert (one.status, other.status) == (200, 200)
        assert not house.thread().is_revealed
        assert house.happened()["reveal_asked"] == 1


@pytest.mark.parametrize("order", [1, -1])
def test_a_consent_taken_back_while_the_other_agrees_is_taken_back_or_too_late(house: House, order: int) -> None:
    def asked() -> None:
        house.interested()
        house.market.agrees("producer", house.claire, INES, house.project)

    back, agree = _by(house, "producer", "DELETE", "/reveal"), _by(house, "freelancer", "POST", "/reveal")
    ended = Counter[tuple[int, bool]]()
    for answers in interleavings(house, asked, *(back, agree)[::order]):
        withdrawn, agreed = answers[::order]
        assert agreed.status == 200
        ended[withdrawn.status, house.thread().is_revealed] += 1
        if withdrawn.status == 409:
            assert withdrawn.json["code"] == "already_revealed"
    assert set(ended) == {(200, False), (409, True)}


@pytest.mark.parametrize("order", [1, -1])
def test_who_declines_while_the_other_agrees_is_revealed_or_not_but_has_declined(house: House, order: int) -> None:
    def asked() -> None:
        house.interested()
        house.market.agrees("freelancer", INES, INES, house.project)

    decline, agree = (
        _by(house, "freelancer", "POST", f"{house.card}/decline"),
        _by(house, "producer", "POST", "/reveal"),
    )
    ended = Counter[tuple[int, bool]]()
    for answers in interleavings(house, asked, *(decline, agree)[::order]):
        declined, agreed = answers[::order]
        assert declined.status == 200
        assert house.thread().state == "declined"
        ended[agreed.status, house.thread().is_revealed] += 1
    assert set(ended) == {(200, True), (409, False)}


@pytest.mark.parametrize("order", [1, -1])
def test_interest_in_a_project_that_closes_meanwhile_is_refused_or_answered(house: House, order: int) -> None:
    interest = _by(house, "freelancer", "POST", f"{house.card}/interest", {"text": "Pour la mer."})
    close = _by(house, "producer", "POST", f"{house.brief}/close")
    ended = Counter[tuple[int, str]]()
    for answers in interleavings(house, lambda: None, *(interest, close)[::order]):
        shown, closed = answers[::order]
        assert closed.status == 200
        house.market.settle()
        thread = house.market.thread(INES, house.project)
        ended[shown.status, thread.state if thread else "none"] += 1
        house.sound()
    assert set(ended) <= {(200, "not_retained"), (404, "none"), (409, "none"), (409, "not_retained")}, ended
    assert {status for status, _ in ended} >= {200, 404}


@pytest.mark.parametrize("order", [1, -1])
def test_a_message_while_the_answer_is_given_is_kept_or_refused(house: House, order: int) -> None:
    message = _by(house, "freelancer", "POST", "/messages", {"text": "Avez-vous une date ?"})
    answer = _by(house, "producer", "POST", "/answer", {"decision": "not_retained", "reason": "other_dates"})
    ended = Counter[tuple[int, int]]()
    for answers in interleavings(house, house.interested, *(message, answer)[::order]):
        said, answered = answers[::order]
        assert answered.status == 200
        assert house.thread().state == "not_retained"
        ended[said.status, house.thread().messages] += 1
    assert set(ended) == {(201, 1), (409, 0)}


def test_two_tabs_that_answer_differently_end_in_one_answer(house: House) -> None:
    yes = _by(house, "producer", "POST", "/answer", {"decision": "retained", "reason": "to_meet"})
    no = _by(house, "producer", "POST", "/answer", {"decision": "not_retained", "reason": "other_dates"})
    for calls in ((yes, no), (no, yes)):
        for one, other in interleavings(house, house.interested, *calls):
            statuses = {"yes": (one, other)[calls.index(yes)].status, "no": (one, other)[calls.index(no)].status}
            assert statuses["no"] == 200, "a no stays one"
            assert statuses["yes"] in (200, 409)
            assert house.thread().state == "not_retained"


def test_two_confirmations_at_once_are_an_engagement(house: House) -> None:
    body = {"outcome": "engaged"}
    calls = (_by(house, "producer", "POST", "/outcome", body), _by(house, "freelancer", "POST", "/outcome", body))
    for one, other in interleavings(house, house.revealed, *calls):
        assert (one.status, other.status) == (200, 200)
        assert house.thread().state == "engaged"
        assert house.happened()["engaged"] == house.happened()["engagement_proposed"] == 1


def test_an_invitation_that_meets_an_interest_asks_for_nothing_more(house: House) -> None:
    profile = house.market.stage.profile_ids[INES]
    invite = _by(house, "producer", "POST", f"{house.brief}/matches/{profile}/invite", {"text": "Lisez-nous."})
    interest = _by(house, "freelancer", "POST", f"{house.card}/interest", {})
    assert profile in _shortlist(house)
    for calls in ((invite, interest), (interest, invite)):
        for one, other in interleavings(house, lambda: None, *calls):
            assert (one.status, other.status) == (200, 200)
            assert house.thread().state == "interested"
            assert house.thread().messages == 1


def _shortlist(house: House) -> list[str]:
    answer = house.producer("GET", f"{house.brief}/matches")
    return [one["profile"]["profile_id"] for one in answer.json["matches"]]


def test_one_message_in_two_tabs_under_one_key_is_one_message(house: House) -> None:
    def say() -> Answer:
        return house.market._call(
            PEOPLE[INES], "POST", house.path("/messages"), {"text": "Une fois."}, headers={"Idempotency-Key": "tab"}
        )

    for one, other in interleavings(house, house.interested, say, say):
        assert {one.status, other.status} <= {201, 409}
        assert 201 in (one.status, other.status)
        assert house.thread().messages == 1
        again = say()
        assert (again.status, again.headers.get("Idempotency-Replayed")) == (201, "true")
        assert house.thread().messages == 1


# ---- twice, and too late


def test_whoever_agrees_twice_has_agreed_once_and_who_is_revealed_stays_so(house: House) -> None:
    house.interested()
    for _ in range(3):
        assert house.market.agrees("producer", house.claire, INES, house.project).status == 200
    assert not house.thread().is_revealed
    assert house.market.agrees("freelancer", INES, INES, house.project).json["company"]
    before = house.stored()
    for side, number in (("producer", house.claire), ("freelancer", INES)):
        assert house.market.agrees(side, number, INES, house.project).status == 200
        call = house.producer if side == "producer" else house.freelancer
        refused = call("DELETE", house.path("/reveal"))
        assert (refused.status, refused.json["code"]) == (409, "already_revealed")
    assert house.stored() == before
    house.sound()


def test_a_consent_that_was_taken_back_reveals_nothing(house: House) -> None:
    house.interested()
    house.market.agrees("producer", house.claire, INES, house.project)
    for _ in range(2):
        assert house.producer("DELETE", house.path("/reveal")).status == 200
    house.market.takes_back(INES, house.project, ["producer"])
    assert house.market.agrees("freelancer", INES, INES, house.project).json["company"] is None
    assert house.freelancer("GET", house.card).json["stage"] == "full"
    house.sound()
    assert house.market.agrees("producer", house.colleague, INES, house.project).status == 200
    assert house.freelancer("GET", house.card).json["company"]
    house.sound()


def test_a_project_that_is_over_takes_neither_interest_nor_invitation_nor_first_words(house: House) -> None:
    profile = house.market.stage.profile_ids[NOE]
    invited = house.producer("POST", f"{house.brief}/matches/{profile}/invite", {})
    assert invited.status == 200
    assert house.producer("POST", f"{house.brief}/close").status == 200
    before = house.stored(NOE)
    for verb in ("interest", "decline"):
        assert house.freelancer("POST", f"{house.card}/{verb}", {} if verb == "interest" else None).status == 404
    refused = house.freelancer("POST", f"{house.card}/interest", {"text": "Trop tard ?"}, NOE)
    assert (refused.status, refused.json["code"]) == (409, "project_over")
    assert house.says(who=NOE).json["code"] == "project_over"
    again = house.producer("POST", f"{house.brief}/invitations", {"profile_ids": [profile]})
    assert (again.status, again.json["code"]) == (409, "project_over")
    assert house.stored(NOE) == before
    house.market.settle()
    assert house.thread(NOE).state == "lapsed"
    assert house.market.thread(INES, house.project) is None


@pytest.mark.parametrize("end", ["declined", "not_retained", "broken"])
def test_what_is_over_takes_nothing_more(house: House, end: str) -> None:
    if end == "broken":
        house.engaged()
        assert house.outcome("freelancer", "broken").status == 200
    else:
        house.interested()
        assert house.outcome("freelancer" if end == "declined" else "producer", "not_engaged").status == 200
    house.market.takes_back(INES, house.project)
    assert house.thread().state == end
    before = house.stored()
    for side, call in (("producer", house.producer), ("freelancer", house.freelancer)):
        for method, rest, body in (
            ("POST", "/messages", {"text": "Encore un mot."}),
            ("POST", "/reveal", None),
            ("DELETE", "/reveal", None),
            ("POST", "/outcome", {"outcome": "engaged"}),
            ("POST", "/outcome", {"outcome": "engagement_withdrawn"}),
            ("POST", "/outcome", {"outcome": "broken"}),
            ("POST", "/outcome", {"outcome": "not_engaged", "reason": "other_budget"}),
        ):
            answer = call(method, house.path(rest), body)
            assert answer.status in (200, 409), (side, method, rest, answer.content)
            assert house.stored() == before, (side, method, rest, body)
            assert rest != "/messages" or answer.status == 409
    answer = house.producer("POST", house.path("/answer"), {"decision": "retained", "reason": "to_meet"})
    assert (answer.status, house.stored()) == (409, before)


def test_an_outcome_before_the_reveal_is_none(house: House) -> None:
    house.interested()
    before = house.stored()
    for side in ("producer", "freelancer"):
        assert house.outcome(side, "engaged").json["code"] == "not_revealed_yet"
        assert house.outcome(side, "broken").json["code"] == "not_engaged"
    assert house.stored() == before


# ---- where they have no business


def test_nobody_reaches_a_conversation_that_they_are_not_in(house: House) -> None:
    house.interested()
    before = house.stored()
    calls: list[tuple[str, str, object]] = [
        ("GET", "", None),
        ("GET", "/messages", None),
        ("POST", "/messages", {"text": "Bonjour ?"}),
        ("POST", "/reveal", None),
        ("DELETE", "/reveal", None),
        ("POST", "/outcome", {"outcome": "engaged"}),
        ("POST", "/reports", {"reason": "other"}),
    ]
    for method, rest, body in calls:
        for answer in (
            house.freelancer(method, house.path(rest), body, NOE),
            house.producer(method, house.path(rest), body, house.stranger),
            house.freelancer(method, f"/conversations/{UNKNOWN}{rest}", body),
        ):
            assert (answer.status, answer.json["code"]) == (404, "not_found"), (method, rest)
        assert house.market._call(ADMIN, method, house.path(rest), body).status == 403
    answer = {"decision": "retained", "reason": "to_meet"}
    assert house.producer("POST", house.path("/answer"), answer, house.stranger).status == 404
    assert house.freelancer("POST", house.path("/answer"), answer).status == 403
    assert house.stored() == before


def test_a_producer_does_not_learn_of_who_turned_away_unasked(house: House) -> None:
    assert house.freelancer("POST", f"{house.card}/decline").status == 200
    assert house.producer("GET", house.path()).status == 404
    assert house.producer("POST", house.path("/messages"), {"text": "Pourquoi ?"}).status == 404
    assert house.producer("GET", f"{house.brief}/conversations").json["conversations"] == []


def test_a_report_is_about_what_the_other_side_wrote(house: House) -> None:
    house.interested()
    own = house.says().json["message_id"]
    for message_id in (own, UNKNOWN):
        body = {"reason": "other", "message_id": message_id}
        assert house.freelancer("POST", house.path("/reports"), body).status == 404
    assert house.producer("POST", house.path("/reports"), {"reason": "other", "message_id": own}).status == 201


# ---- with the wrong words


LONG = "x" * 4001


@pytest.mark.parametrize(
    ("rest", "body"),
    [
        ("/messages", {}),
        ("/messages", {"text": ""}),
        ("/messages", {"text": " \n\t "}),
        ("/messages", {"text": LONG}),
        ("/messages", {"text": 7}),
        ("/messages", {"text": None}),
        ("/messages", {"text": ["Bonjour"]}),
        ("/messages", {"text": "nul \0 part"}),
        ("/messages", {"text": "\u202eà l’envers"}),
        ("/messages", {"text": "Bonjour", "question": "who_are_you"}),
        ("/messages", {"text": "Bonjour", "sender": "producer"}),
        ("/messages", [{"text": "Bonjour"}]),
        ("/messages", "Bonjour"),
        ("/outcome", {}),
        ("/outcome", {"outcome": "revealed"}),
        ("/outcome", {"outcome": "not_engaged", "reason": "because"}),
        ("/outcome", {"outcome": "broken", "break_reason": "age"}),
        ("/reports", {"reason": "dislike"}),
        ("/reports", {"reason": "other", "message_id": "../x"}),
        ("/reports", {"reason": "other", "text": "x" * 2001}),
        ("/answer", {"decision": "perhaps", "reason": "to_meet"}),
        ("/answer", {"decision": "retained", "reason": "other_dates"}),
        ("/answer", {"decision": "not_retained", "reason": "to_meet"}),
        ("/answer", {"decision": "not_retained", "reason": "other_dates", "text": LONG}),
    ],
)
def test_what_is_not_well_said_changes_nothing(house: House, rest: str, body: object) -> None:
    house.interested()
    before = house.stored()
    answer = house.producer("POST", house.path(rest), body)
    assert answer.status in (400, 422), answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert house.stored() == before


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b'{"text": NaN}', b"null", b"[" * 5000]
)
def test_what_is_no_json_changes_nothing(house: House, raw: bytes) -> None:
    house.interested()
    before = house.stored()
    answer = house.freelancer("POST", house.path("/messages"), raw=raw)
    assert answer.status in (400, 422), answer.content
    assert house.stored() == before


@pytest.mark.parametrize("text", ["🎬" * 2000, "a\u0301" * 1000, "<script>alert(1)</script>", "{{7*7}} %s {0}"])
def test_what_is_odd_and_right_comes_back_as_it_was_written(house: House, text: str) -> None:
    house.interested()
    assert house.says(text).status == 201
    [read] = house.producer("GET", house.path("/messages")).json["messages"]
    assert unicodedata.normalize("NFC", read["text"]) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "ids", [[], [UNKNOWN] * 9, ["x"], [7], None, UNKNOWN], ids=["none", "too many", "no id", "a number", "null", "text"]
)
def test_a_list_of_people_that_is_none_invites_nobody(house: House, ids: object) -> None:
    answer = house.producer("POST", f"{house.brief}/invitations", {"profile_ids": ids})
    assert answer.status in (409, 422), answer.content
    assert house.producer("GET", f"{house.brief}/conversations").json["conversations"] == []


def test_of_people_one_of_whom_may_not_be_asked_nobody_is(house: House) -> None:
    proposed = _shortlist(house)[:2]
    answer = house.producer("POST", f"{house.brief}/invitations", {"profile_ids": [*proposed, UNKNOWN]})
    assert (answer.status, answer.json["code"]) == (409, "not_proposed")
    assert house.producer("GET", f"{house.brief}/conversations").json["conversations"] == []
    twice = house.producer("POST", f"{house.brief}/invitations", {"profile_ids": proposed * 2})
    assert len(house.producer("GET", f"{house.brief}/conversations").json["conversations"]) in (0, 2), twice.content


def test_answers_prepared_for_a_conversation_of_another_project_are_not_kept(house: House) -> None:
    house.interested()
    thread = house.thread().thread_id
    others = [one for one in house.market.model.projects if one.company != house.company]
    body = {"answers": [{"conversation_id": thread, "reason": "project_stopped", "text": "Merci."}]}
    number = COMPANY_OF.index(others[0].company)
    assert house.producer("PUT", f"/briefs/{others[0].brief_id}/answers", body, number).status == 404
    assert house.producer("PUT", f"{house.brief}/answers", body).status == 200
    [waiting] = house.producer("GET", f"{house.brief}/answers").json["waiting"]
    assert waiting["text"] == "Merci."


# ---- too often


def test_more_than_so_many_messages_in_an_hour_are_told_when_to_come_back(house: House) -> None:
    house.interested()
    clock = house.market.account.clock
    clock.now = clock.now.replace(minute=20, second=30)
    for _ in range(PER_HOUR["message"]):
        assert house.says().status == 201
    before = house.stored()
    refused = house.says()
    assert (refused.status, refused.json["code"]) == (429, "too_many_messages")
    assert int(refused.headers["Retry-After"]) == 39 * 60 + 30
    assert house.stored() == before
    assert house.producer("POST", house.path("/messages"), {"text": "À moi."}).status == 201  # the others may
    clock.advance(timedelta(seconds=int(refused.headers["Retry-After"])))
    assert house.says().status == 201
    house.sound()


def test_an_interest_whose_words_are_too_many_for_the_hour_is_not_half_shown(house: House) -> None:
    house.interested(who=INES)
    for _ in range(PER_HOUR["message"]):
        house.says()
    other = next(
        one
        for one in house.market.model.projects
        if one.number != house.project
        and house.market.freelancer(INES, "GET", f"/projects/{one.brief_id}", about=one.number).status == 200
    )
    body = {"text": "Pour la mer.", "answers": [{"question": "closest_work", "text": "Le phare."}]}
    path = f"/projects/{other.brief_id}/interest"
    refused = house.market.freelancer(INES, "POST", path, body, other.number)
    assert refused.status == 429
    assert house.market._stored(INES, other.number) == {}
    house.market.account.clock.advance(timedelta(hours=1))
    shown = house.market.freelancer(INES, "POST", path, body, other.number)
    assert (shown.status, shown.json["messages"]) == (200, 2)


@pytest.mark.parametrize("text", [None, "Lisez-nous."])
def test_of_invitations_too_many_for_the_hour_none_is_sent(house: House, text: str | None) -> None:
    people = _shortlist(house)[:3]
    assert len(people) == 3
    house.interested()
    pace = "invitation" if text is None else "message"
    account, hour = house.market.account, house.market.account.clock.now
    for _ in range(PER_HOUR["message"] - 1 if text else 0):
        assert house.producer("POST", house.path("/messages"), {"text": "Bonjour."}).status == 201
    if text is None:
        sub = PRODUCERS[house.claire].sub
        account.tables.put_item(
            TableName="ConversationsTable",
            Item={
                "pk": {"S": f"PACE#{sub}"},
                "sk": {"S": f"invitation#{hour:%Y-%m-%dT%H}"},
                "times": {"N": str(PER_HOUR[pace] - 1)},
            },
        )
    before = house.producer("GET", f"{house.brief}/conversations").json
    body = {"profile_ids": people, "text": text}
    refused = house.producer("POST", f"{house.brief}/invitations", body)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert house.producer("GET", f"{house.brief}/conversations").json == before
    account.clock.advance(timedelta(hours=1))
    assert house.producer("POST", f"{house.brief}/invitations", body).status == 200


def test_ten_thousand_messages_are_kept_in_their_order_and_read_page_by_page(house: House) -> None:
    house.interested()
    clock, written, thread_id = house.market.account.clock, list[str](), house.thread().thread_id
    service, actor = wiring.service(), Actor(PEOPLE[INES].sub, frozenset({"freelancers"}), PEOPLE[INES].email)
    while len(written) < 10_000 - PER_HOUR["message"]:
        clock.advance(timedelta(hours=1))
        for _ in range(PER_HOUR["message"]):
            clock.advance(timedelta(milliseconds=20))
            written.append(new_id(clock.now))
            service.say(actor, thread_id, f"Page {len(written)}.", None, written[-1])
    clock.advance(timedelta(hours=1))
    while len(written) < 10_000:
        clock.advance(timedelta(milliseconds=20))
        written.append(house.says(f"Page {len(written)}.").json["message_id"])
    assert house.thread().messages == len(written)
    for call in (house.freelancer, house.producer):
        read, cursor, pages = list[dict[str, Any]](), "", 0
        while True:
            page = call("GET", house.path(f"/messages{cursor}")).json
            read += page["messages"]
            pages += 1
            if page["cursor"] is None:
                break
            cursor = f"?cursor={page['cursor']}"
        assert [one["message_id"] for one in read] == written[::-1]
        assert pages in (200, 201)
    assert house.freelancer("GET", "/conversations").json["conversations"][0]["messages"] == len(written)
    house.sound()
