"""Twenty people do three hundred things at random, fifty times over, and no freelancer ever receives a byte of who is
behind a project before both have agreed to say so; nor is any conversation ever half of something.

    NOBODY_IS_GIVEN_AWAY_RUNS=2000 python -m pytest tests/app/test_nobody_is_given_away.py -k by_chance

tries more of them. What fails is told as the acts that lead there, shortened, and what was asked and answered.
"""

from __future__ import annotations

import base64
import html
import json
import logging
import os
import quopri
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email.message import EmailMessage
from typing import Any, ClassVar
from unittest.mock import patch
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from chalicelib.briefs import routes as brief_routes
from chalicelib.briefs import service as briefs
from chalicelib.briefs import views
from chalicelib.conversations import repository
from chalicelib.conversations import service as conversations
from chalicelib.conversations.models import Thread
from chalicelib.platform.errors import NotFound
from chalicelib.platform.paging import to_cursor
from chalicelib.platform.table import Delete
from tests.support.giveaways import told
from tests.support.market import (
    COMPANIES,
    FREELANCERS,
    OFTEN,
    PEOPLE,
    PRODUCERS,
    START,
    Market,
    Stage,
    numbered_ids,
)
from tests.support.quick_account import Letter, quick_account

RUNS, STEPS = 50, 300
#: Runs that are others each time.
BY_CHANCE = int(os.environ.get("NOBODY_IS_GIVEN_AWAY_RUNS", "3"))

#: Which people, which project, which variant.
NUMBERS = st.integers(0, 255)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Everybody, and short pages, so that there is often a next one. Nothing is logged: it would be half the work."""
    logging.disable(logging.CRITICAL)
    try:
        with ExitStack() as stack:
            stage = Stage(stack.enter_context(quick_account(START)))
            for module, name, size in (
                (briefs, "PAGE", 2),
                (briefs, "MOST_READ", 5),
                (conversations, "PAGE", 2),
                (conversations, "MESSAGES_PAGE", 2),
            ):
                stack.enter_context(patch.object(module, name, size))
            yield stage
    finally:
        logging.disable(logging.NOTSET)


class Anything(RuleBasedStateMachine):
    """Anybody does anything. Each run begins where the stage left everybody."""

    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self._ids = numbered_ids()
        self._ids.__enter__()
        self._market = self.stage.begin()
        self._acts = 0

    @rule(act=st.sampled_from(OFTEN), who=NUMBERS, which=NUMBERS, how=NUMBERS)
    def happens(self, act: str, who: int, which: int, how: int) -> None:
        self._acts += 1
        try:
            self._market.happens(act, who, which, how)
            if self._acts % 25 == 0:
                self._market.look_at_conversations()
        except AssertionError:
            self._tell()
            raise

    def teardown(self) -> None:
        try:
            self._market.ends()
        except AssertionError:
            self._tell()
            raise
        finally:
            self._ids.__exit__()

    def _tell(self) -> None:
        note("What was asked and answered:\n" + "\n".join(self._market.happened))


def _runs(**more: Any) -> settings:
    return settings(
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        **more,
    )


def test_whatever_twenty_people_do_nobody_is_given_away_and_nothing_is_half(stage: Stage) -> None:
    Anything.stage = stage
    run_state_machine_as_test(Anything, settings=_runs(max_examples=RUNS, derandomize=True))


def test_nor_in_runs_by_chance(stage: Stage) -> None:
    Anything.stage = stage
    run_state_machine_as_test(Anything, settings=_runs(max_examples=BY_CHANCE))


# ---- the judge itself

NAME = "Théodule Harfangeau"


def _mail(charset: str, encoding: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = f"De {NAME}"
    message.set_content(
        f"Bonjour,\n\n{'une ligne, et encore une autre, ' * 6}de {NAME}.\n", charset=charset, cte=encoding
    )
    return message.as_bytes()


#: How a name may stand in what somebody receives.
WAYS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "in capitals": lambda name: name.upper().encode(),
    "without accents": lambda name: name.replace("é", "e").encode(),
    "in Latin-1": lambda name: name.encode("latin-1"),
    "in UTF-16": lambda name: name.encode("utf-16-le"),
    "decomposed": lambda name: name.replace("é", "e\u0301").encode(),
    "spaced": lambda name: " ".join(name).encode(),
    "in one word": lambda name: name.replace(" ", "").encode(),
    "as a file's name": lambda name: name.lower().replace(" ", "_").encode(),
    "with invisible characters": lambda name: "\u200b".join(name).encode(),
    "in look-alike letters": lambda name: name.replace("a", "а").replace("o", "о").encode(),
    "in JSON": lambda name: json.dumps({"x": name}).encode(),
    "in JSON in JSON": lambda name: json.dumps({"x": json.dumps({"y": name})}).encode(),
    "in a URL": lambda name: f"/x?y={quote(name)}".encode(),
    "in a URL, twice": lambda name: quote(quote(name)).encode(),
    "in HTML": lambda name: html.escape(name).replace("é", "&eacute;").encode(),
    "in HTML by numbers": lambda name: "".join(f"&#{ord(one)};" for one in name).encode(),
    "quoted-printable": lambda name: quopri.encodestring(name.encode()),
    "in base64": lambda name: base64.b64encode(name.encode()),
    "in base64 for URLs": lambda name: base64.urlsafe_b64encode(b"??>" + name.encode()),
    "in base64, one later": lambda name: base64.b64encode(b"x" + name.encode()),
    "in base64, two later": lambda name: base64.b64encode(b"xy" + name.encode()),
    "in base64 amid other letters": lambda name: b"abc" + base64.b64encode(name.upper().encode()) + b"def",
    "in base64 in base64": lambda name: base64.b64encode(base64.b64encode(name.encode())),
    "in base64 of JSON": lambda name: base64.b64encode(json.dumps({"after": name}).encode()),
    "in hexadecimal": lambda name: name.encode().hex().encode(),
    "in an e-mail": lambda _: _mail("utf-8", "quoted-printable"),
    "in an e-mail in base64": lambda _: _mail("utf-8", "base64"),
    "in an e-mail in Latin-1": lambda _: _mail("iso-8859-1", "quoted-printable"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_name_is_read_however_it_is_written(way: str) -> None:
    content = b'{"before": "rien", ' + WAYS[way](NAME) + b' "after": "rien"}'
    assert told(content, [NAME]) == [NAME]
    assert told(b"\n".join([b"rien", content, b"rien"]), ["Maëlle Brisebarrois", "HRFBB"]) == []


def test_a_name_is_read_in_a_cursor_even_a_compressed_one(stage: Stage) -> None:
    long = {"after": NAME, "list": [f"un texte qui se répète, {NAME}"] * 40}
    for position in ({"after": NAME}, long):
        cursor = to_cursor("projects", position)
        assert cursor is not None
        assert told(f"/projects?cursor={cursor}".encode(), [NAME]) == [NAME]
        assert told(json.dumps({"cursor": cursor}).encode(), [NAME]) == [NAME]
    assert (to_cursor("projects", long) or "").startswith(".")  # compressed


def test_initials_are_read_as_a_word_and_not_in_one() -> None:
    assert told(b'{"x": "Par HRFBB."}', ["HRFBB"]) == ["HRFBB"]
    assert told(b'{"x": "01XHRFBB7Q"}', ["HRFBB"]) == []


@pytest.fixture
def market(stage: Stage) -> Iterator[Market]:
    with numbered_ids():
        yield stage.begin()


def _on_the_list(market: Market) -> int:
    """A project that freelancers read, by its number."""
    for project in market.model.projects:
        if market.freelancer(0, "GET", f"/projects/{project.brief_id}", about=project.number).status == 200:
            return project.number
    raise AssertionError("no project is online")


def test_every_secret_is_seen_in_an_answer_before_it_may_be_known_and_only_then(market: Market) -> None:
    project = market.model.projects[_on_the_list(market)]
    secrets = [one for one in market.model.secrets if one.company == project.company and one.stage != "contact"]
    kinds = {one.what.split(" of ")[0] for one in secrets}
    assert kinds >= {"legal name", "SIREN", "domain", "other_names", "acronyms", "people", "addresses", "handles"}
    assert kinds >= {"a member's address", "a member's account", "id"}
    for secret in [*secrets, *project.secrets]:
        content = json.dumps({"projects": [{"logline": f"Voilà : {secret.text}."}]}).encode()
        with pytest.raises(AssertionError, match="was told"):
            market.search(0, project.number, content, "made up")
    link = market.model.link(0, project.number)
    link.accepted = link.revealed = True
    for secret in [*secrets, *project.secrets]:
        content = secret.text.encode()
        if secret.stage == "never":
            with pytest.raises(AssertionError, match="was told"):
                market.search(0, project.number, content, "made up")
        else:
            market.search(0, project.number, content, "made up")
        with pytest.raises(AssertionError, match="was told"):
            market.search(1, project.number, content, "made up")  # somebody else has agreed to nothing


def test_who_knows_a_company_by_one_project_is_not_told_that_another_is_theirs(market: Market) -> None:
    one = market.model.projects[_on_the_list(market)]
    other = next(two for two in market.model.projects if two.company == one.company and two is not one)
    market.model.link(0, one.number).revealed = True
    name = COMPANIES[one.company]["legal_name"].encode()
    market.search(0, one.number, name, "made up")
    market.search(0, None, name, "made up")
    with pytest.raises(AssertionError, match="was told"):
        market.search(0, other.number, name, "made up")


def test_a_secret_in_a_header_is_seen(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    named = brief_routes.CalendarFile
    project = _on_the_list(market)
    market.accepts(0, project)
    brief_id, company = market.model.projects[project].brief_id, market.model.projects[project].company
    market.freelancer(0, "GET", f"/projects/{brief_id}/calendar", about=project)
    name = f"{COMPANIES[company]['acronyms'][0]}.ics"
    monkeypatch.setattr(brief_routes, "CalendarFile", lambda text, **_: named(text, name=name))
    with pytest.raises(AssertionError, match="acronyms"):
        market.freelancer(0, "GET", f"/projects/{brief_id}/calendar", about=project)


def test_an_e_mail_that_tells_is_seen(market: Market) -> None:
    raw = _mail("utf-8", "base64")
    market.account.letters.append(Letter(PRODUCERS[0].email, raw))
    market.read_letters()
    market.account.letters.append(Letter(PEOPLE[3].email, raw))
    with pytest.raises(AssertionError, match="freelancer 3 was told people of company 1"):
        market.read_letters()


def test_a_view_that_tells_too_much_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """The title and the broadcaster moved to the card."""
    monkeypatch.setitem(views.ADDED, "card", (*views.CARD_FIELDS, *views.REVEALED_FIELDS))
    with pytest.raises(AssertionError, match="title of project"):
        for which in range(len(market.model.projects)):
            market.happens("reads_a_project", 0, which, 0)


def test_a_reveal_that_one_side_alone_agreed_to_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _on_the_list(market)
    monkeypatch.setattr(
        Thread, "is_revealed", property(lambda self: bool(self.reveal.producer_at or self.reveal.freelancer_at))
    )
    with pytest.raises(AssertionError, match="was told"):
        for number in range(FREELANCERS - 1):
            market.shows_interest(number, project, 2)
            producer = market._members_of(market.model.projects[project].company)[0]
            market.agrees("producer", producer, number, project)
            market.freelancer(number, "GET", "/conversations")


def test_a_text_that_is_not_looked_at_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _on_the_list(market)
    market.shows_interest(0, project, 2)
    monkeypatch.setattr(conversations.ConversationService, "_refuse_leaks", lambda *_: None)
    monkeypatch.setattr(conversations.ConversationService, "_said", _as_written)
    producer = market._members_of(market.model.projects[project].company)[0]
    secret = market.a_secret(market.model.projects[project], 0)
    market.acts("producer", producer, 0, project, "POST", "/messages", {"text": f"Nous sommes {secret}."})
    with pytest.raises(AssertionError, match="was told"):
        market.freelancer(0, "GET", market._thread_path(0, project, "/messages"), about=project)


def _as_written(_self: Any, seen: Any, message: Any) -> conversations.Said:
    return conversations.Said(message, message.sender == seen.side, message.text, masked=False)


def test_half_an_act_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interest that is kept, and nothing that asks for its answer."""
    project = _on_the_list(market)
    market.shows_interest(0, project, 2)
    market.look_at_conversations()
    monkeypatch.setattr(repository, "_owed", lambda thread: Delete(f"THREAD#{thread.thread_id}", "OWED#answer"))
    market.shows_interest(1, project, 2)
    with pytest.raises(AssertionError, match="a reminder is owed"):
        market.look_at_conversations()


def test_what_is_done_and_refused_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _on_the_list(market)
    market.shows_interest(0, project, 2)
    read = conversations.ConversationService.read

    def refused(self: Any, actor: Any, thread_id: str) -> Any:
        seen = read(self, actor, thread_id)
        if seen.thread.reveal.producer_at:
            raise NotFound
        return seen

    monkeypatch.setattr(conversations.ConversationService, "read", refused)
    producer = market._members_of(market.model.projects[project].company)[0]
    with pytest.raises(AssertionError, match="half of it was done"):
        market.agrees("producer", producer, 0, project)


def test_an_act_in_a_conversation_that_is_over_is_caught(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _on_the_list(market)
    market.shows_interest(0, project, 2)
    market.acts("freelancer", 0, 0, project, "POST", "/outcome", {"outcome": "not_engaged"})
    monkeypatch.setattr(Thread, "_in", lambda *_: None)
    with pytest.raises(AssertionError, match="it was over"):
        market.acts("freelancer", 0, 0, project, "POST", "/messages", {"text": "Encore un mot."})
