"""E-mails about an account that is about to go, and the last one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.departures import Farewell, IdleAccount, Kept, Step
from chalicelib.notifications.errors import Refused
from chalicelib.notifications.farewell import FarewellLetters
from chalicelib.notifications.letters.typesetting import typeset
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import Suppression, address_id
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.platform.errors import Retryable
from chalicelib.vocabulary.retention import HOLDS
from chalicelib.vocabulary.text import Language
from tests.support.notification_fakes import FakeEmailStore

SITE = "https://plot-point.test"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ADDRESS = "camille@courriel.test"
FAREWELL = Farewell(
    erasure_id="01JDQ0Z6Y3M8X4V7K2N5R9T1WC",
    by_inactivity=False,
    requested_on=date(2026, 11, 29),
    completed_on=date(2026, 11, 30),
    steps=(Step("profiles", 7, 0), Step("conversations", 2, 5), Step("account", 1, 0)),
    kept=(Kept(HOLDS["alarm_open"].label, HOLDS["alarm_open"].source, date(2027, 1, 29)),),
    backups_days=35,
)


@pytest.mark.parametrize(
    ("language", "subject", "done", "day"),
    [
        (
            "fr",
            "Votre compte et vos données sont supprimés",
            "Profil et crédits\u202f: 7\u00a0éléments supprimés",
            "29\u00a0janvier 2027",
        ),
        (
            "en",
            "Your account and your data are deleted",
            "Profile and credits: 7\u00a0items deleted",
            "29\u00a0January 2027",
        ),
    ],
)
def test_the_receipt_says_what_was_done_and_what_is_held_until_when(
    language: Language, subject: str, done: str, day: str
) -> None:
    message = TemplateRenderer(SITE, 15).render_receipt(language, FAREWELL)
    assert (message.subject, message.unsubscribe) == (subject, None)
    for part in (FAREWELL.erasure_id, done, day, typeset(HOLDS["alarm_open"].source.in_(language), language), "35"):
        assert part in message.text, part
    assert FAREWELL.erasure_id in message.html
    # Whoever reads it has no account any more: nothing to set, and a page that is open to everybody.
    assert "#emails" not in message.html + message.text and f"{SITE}/privacy-notice\n" in message.text
    assert "{" not in message.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_goes_by_itself_says_so(language: Language) -> None:
    idle = IdleAccount(Recipient("sub", ADDRESS, language), date(2026, 11, 30), date(2028, 11, 30))
    warned = TemplateRenderer(SITE, 15).render_inactivity(language, idle)
    assert "2028" in warned.subject and "2026" in warned.text
    assert (warned.unsubscribe, "{" in warned.text) == (None, False)
    gone = Farewell(**{**_fields(), "by_inactivity": True, "kept": ()})
    told = TemplateRenderer(SITE, 15).render_receipt(language, gone).text
    assert ("vingt-quatre mois" if language == "fr" else "twenty-four months") in told
    assert ("Rien n’est conservé" if language == "fr" else "Nothing is kept") in told


def _fields() -> dict[str, object]:
    return {name: getattr(FAREWELL, name) for name in Farewell.__slots__}


class Post:
    def __init__(self) -> None:
        self.sent: list[str] = []
        self.fails: Callable[[], None] = lambda: None

    def send(self, recipient: Recipient, _message: Message, _dedup_key: str) -> str:
        self.fails()
        self.sent.append(recipient.email)
        return f"message-{len(self.sent)}"


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store() -> FakeEmailStore:
    return FakeEmailStore()


@pytest.fixture
def post() -> Post:
    return Post()


def letters(store: FakeEmailStore, post: Post, clock: Clock | None = None) -> FarewellLetters:
    return FarewellLetters(store, TemplateRenderer(SITE, 15), post, clock or Clock())


def test_the_last_e_mail_goes_once_however_often_it_is_asked_for(store: FakeEmailStore, post: Post) -> None:
    for _ in range(3):
        letters(store, post).send(ADDRESS, "fr", FAREWELL)
    assert post.sent == [ADDRESS]
    [email] = store.emails.values()
    assert (email.state, email.due_at) == ("sent", None)
    assert ADDRESS not in repr(email)


def test_what_fails_for_a_while_is_asked_for_again(store: FakeEmailStore, post: Post) -> None:
    def busy() -> None:
        raise Retryable("ses_busy")

    post.fails = busy
    with pytest.raises(Retryable):
        letters(store, post).send(ADDRESS, "fr", FAREWELL)
    post.fails = lambda: None
    letters(store, post).send(ADDRESS, "fr", FAREWELL)
    assert post.sent == [ADDRESS]


def test_whoever_died_sending_it_is_waited_for(store: FakeEmailStore, post: Post) -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    clock, post.fails = Clock(), die
    with pytest.raises(Killed):
        letters(store, post, clock).send(ADDRESS, "fr", FAREWELL)
    post.fails = lambda: None
    with pytest.raises(Retryable):
        letters(store, post, clock).send(ADDRESS, "fr", FAREWELL)
    clock.now = NOW + timedelta(minutes=6)
    letters(store, post, clock).send(ADDRESS, "fr", FAREWELL)
    assert post.sent == [ADDRESS]


def test_an_address_that_refuses_is_left_alone(store: FakeEmailStore, post: Post) -> None:
    store.suppressed[address_id(ADDRESS)] = Suppression(address_id(ADDRESS), "complaint", "2026-11-01T00:00:00.000Z")
    letters(store, post).send(ADDRESS, "fr", FAREWELL)
    assert (post.sent, [email.state for email in store.emails.values()]) == ([], ["suppressed"])


def test_what_would_be_refused_again_ends(store: FakeEmailStore, post: Post) -> None:
    def refuse() -> None:
        raise Refused("message_rejected")

    post.fails = refuse
    letters(store, post).send(ADDRESS, "fr", FAREWELL)
    post.fails = lambda: None
    letters(store, post).send(ADDRESS, "fr", FAREWELL)
    assert (post.sent, [email.state for email in store.emails.values()]) == ([], ["refused"])
