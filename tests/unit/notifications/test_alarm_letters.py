"""E-mails about an alarm: one per step, to whoever it is about and nobody else, whatever they turned off."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import (
    ALARM_STEPS,
    KINDS,
    AlarmStep,
    Channels,
    Preferences,
    Suppression,
    address_id,
)
from chalicelib.notifications.occasions import AlarmFact
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.verification.alarms import LABELS
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealed,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmRaised,
    AlarmWithdrawn,
)
from chalicelib.vocabulary.clock import PARIS, stamp
from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.alarm_files import ALARM, SAID, WHY, alarm_file
from tests.support.case_files import INES
from tests.support.notification_fakes import Killed, PostOffice
from tests.unit.notifications.test_rendering import HOSTILE, SITE, _Page

ABOUT = {"alarm_id": ALARM, "kind": "profile", "subject_id": "profile-1"}
FACTS: dict[AlarmStep, AlarmFact] = {
    "raised": AlarmRaised(**ABOUT, raised_by="sub-salome"),
    "answered": AlarmAnswered(alarm_id=ALARM),
    "in_force": AlarmConfirmed(**ABOUT, raised_by="sub-salome", decided_by="sub-basile"),
    "dismissed": AlarmDismissed(**ABOUT, decided_by="sub-basile"),
    "withdrawn": AlarmWithdrawn(**ABOUT, withdrawn_by="sub-salome", raised=True),
    "appealed": AlarmAppealed(alarm_id=ALARM),
    "upheld": AlarmAppealRejected(alarm_id=ALARM, decided_by="sub-nadir"),
    "lifted": AlarmLifted(**ABOUT, appealed=True, decided_by="sub-nadir"),
    "expired": AlarmExpired(**ABOUT),
}


@pytest.fixture
def office() -> PostOffice:
    """Quiet hours from 21 to 7, three e-mails a day. It is nine in the morning in Paris."""
    return PostOffice(Rhythm())


def key(step: AlarmStep, version: int = 2) -> str:
    return f"alarm/{ALARM}/{step.replace('_', '-')}/{version}"


def happens(office: PostOffice, step: AlarmStep, version: int = 2, **changes: Any) -> str:
    """The alarm comes to this step, and notifications hear of it; the key of its e-mail."""
    office.sources.alarmed = alarm_file(step, version=version, **changes)
    office.service.alarm_moved(FACTS[step], version)
    return key(step, version)


def state(office: PostOffice, dedup_key: str) -> tuple[str, str | None]:
    email = office.store.emails[dedup_key]
    return email.state, email.error_code


@pytest.mark.parametrize("step", ALARM_STEPS)
def test_each_step_is_told_once_and_has_no_link_that_turns_it_off(office: PostOffice, step: AlarmStep) -> None:
    happens(office, step), happens(office, step)
    office.work_off()
    happens(office, step)
    office.pass_time(60)
    [(sent, recipient, message)] = office.post.accepted
    assert (sent, recipient.sub, message.subject) == (key(step), INES, f"{step} fr {ALARM}")
    assert message.unsubscribe is None


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_call_it_goes_once_all_the_same(after: bool) -> None:
    whole = PostOffice()
    happens(whole, "raised")
    whole.work_off()
    for fatal, name in enumerate(whole.wire.calls, start=1):
        office = PostOffice()
        office.wire.fatal, office.wire.after = fatal, after
        with suppress(Killed):
            happens(office, "raised")
            office.work_off()
        office.wire.fatal = None
        happens(office, "raised")
        office.pass_time(60)
        # After the post took it and before our mark nobody can know (docs/decisions/0002-exactly-one-e-mail.md).
        window = (name, after) == ("post.send", True) or (fatal == len(whole.wire.calls) and not after)
        assert office.post.keys == [key("raised")] * (2 if window else 1), (name, after)


def test_one_that_was_never_raised_is_told_to_nobody(office: PostOffice) -> None:
    office.sources.alarmed = alarm_file("withdrawn")
    office.service.alarm_moved(AlarmWithdrawn(**ABOUT, withdrawn_by="sub-salome", raised=False), 2)
    office.work_off()
    assert office.store.emails == {}


def test_what_the_alarm_has_left_behind_is_not_told(office: PostOffice) -> None:
    first = happens(office, "raised", 2)
    office.sources.alarmed = alarm_file("answered", version=3)
    office.work_off()
    assert state(office, first) == ("cancelled", "alarm_moved_on")
    office.sources.alarmed = None
    gone = key("answered", 3)
    office.service.alarm_moved(FACTS["answered"], 3)
    office.work_off()
    assert state(office, gone) == ("cancelled", "alarm_moved_on")


def test_it_goes_whatever_was_turned_off_and_however_much_went_that_day(office: PostOffice) -> None:
    nothing = Channels(email=False, digest=False)
    office.store.wishes[INES] = Preferences(INES, "en", dict.fromkeys(KINDS, nothing), 1)
    for version in range(2, 8):
        happens(office, "raised", version)
        office.work_off()
    assert [message.subject for _, _, message in office.post.accepted] == [f"raised en {ALARM}"] * 6
    assert office.store.places == {}


def test_it_wakes_nobody(office: PostOffice) -> None:
    office.now = datetime(2026, 11, 23, 22, 30, tzinfo=PARIS).astimezone(UTC)
    happens(office, "in_force")
    office.work_off()
    held = office.store.emails[key("in_force")]
    assert (held.state, held.held_for) == ("planned", "quiet_hours")
    assert held.due_at == stamp(datetime(2026, 11, 24, 7, tzinfo=PARIS))


def test_where_there_is_no_address_or_none_that_takes_e_mails_administrators_see_it(office: PostOffice) -> None:
    happens(office, "raised", 2, recipient=None)
    office.work_off()
    assert state(office, key("raised", 2)) == ("refused", "no_recipient")
    address = "ines@courriel.test"
    office.store.suppressed[address_id(address)] = Suppression(
        address_id(address), "hard_bounce", stamp(office.now), "alarm/a/raised/1"
    )
    happens(office, "raised", 3)
    office.work_off()
    assert state(office, key("raised", 3)) == ("suppressed", "hard_bounce")


# ---- as they are read


def render(step: AlarmStep, kind: str = "profile", language: Language = "fr", **changes: Any) -> Message:
    return TemplateRenderer(SITE, 15).render_alarm(language, alarm_file(step, kind, **changes), step)


def read(message: Message) -> tuple[str, str]:
    """What a reader sees in either part, with plain spaces."""
    return tuple(  # type: ignore[return-value]
        " ".join(part.replace("\u202f", " ").replace("\u00a0", " ").split())
        for part in (_Page(message.html).text, message.text)
    )


EVERY = list(product(ALARM_STEPS, ("profile", "company"), LANGUAGES))


@pytest.mark.parametrize(("step", "kind", "language"), EVERY)
def test_every_letter_has_the_way_in_and_nothing_that_stops_it(step: AlarmStep, kind: str, language: Language) -> None:
    message = render(step, kind, language)
    page = _Page(message.html)
    link = f"{SITE}/verification/alarms/{ALARM}"
    preferences = f"{SITE}/{'privacy' if kind == 'profile' else 'account'}#emails"
    assert [value for name, value in page.attributes if name == "href"] == [link, preferences]
    assert link in message.text.splitlines()
    assert ("lang", language) in page.attributes
    assert "\n" not in message.subject
    assert "\n\n\n" not in message.text
    assert all(line == line.strip() for line in message.text.splitlines())
    for part in (message.html, message.text, message.subject):
        assert not re.search(r"{\w+}|Bilingual|None|Undefined", part)
    for part in read(message):
        assert ("CNIL" in part) and (("votre société" in part or "your company" in part) == (kind == "company"))


@pytest.mark.parametrize(("step", "kind", "language"), EVERY)
def test_what_it_says_is_not_in_what_others_see_on_a_screen(step: AlarmStep, kind: str, language: Language) -> None:
    message = render(step, kind, language)
    shown = message.subject + message.html[message.html.index("display:none") : message.html.index("<table")]
    for told in (LABELS["forged_credit_or_identity"].in_(language), *SAID.split("\n"), WHY):
        assert told not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_that_is_raised_says_what_on_which_papers_and_until_when_to_answer(language: Language) -> None:
    said = {
        "fr": [
            "Crédit ou identité falsifiés. Constat de notre équipe.",
            "Contrat, au dossier depuis le 20 novembre 2026",
            "Échange de courriers ou d’e-mails, au dossier depuis le 21 novembre 2026",
            "Vous pouvez répondre jusqu’au jeudi 3 décembre 2026 à 9 h, heure de Paris.",
            "Rien n’est décidé et rien ne change pour vous",
            "Lire l’alerte et répondre",
        ],
        "en": [
            "Forged credit or identity. Our own finding.",
            "Contract, on file since 20 November 2026",
            "Letters or e-mails, on file since 21 November 2026",
            "You can reply until Thursday 3 December 2026 at 9:00, Paris time.",
            "Nothing is decided and nothing changes for you",
            "Read the alarm and reply",
        ],
    }[language]
    message = render("raised", language=language)
    assert ("3 décembre 2026" if language == "fr" else "3 December 2026") in message.subject.replace("\u00a0", " ")
    for part in read(message):
        for one in (*said, *(SAID.split("\n"))):
            assert one in part, one


def test_one_in_force_says_why_until_when_and_how_to_contest_it() -> None:
    for part in read(render("in_force")):
        assert WHY in part
        assert "a lu les pièces et votre réponse" in part
        assert "jusqu’au lundi 28 décembre 2026 à 9 h, heure de Paris" in part
        assert "prend fin d’elle-même le mardi 28 novembre 2028" in part
        assert "Vos badges et votre place dans les sélections ne changent pas" in part
    for part in read(render("in_force", replied=False)):
        assert "Aucune réponse de votre part ne nous est parvenue" in part
    for part in read(render("in_force", "company", "en")):
        assert "Your live projects and your shortlists do not change" in part


def test_one_that_was_appealed_against_in_vain_says_why_and_offers_no_other_appeal() -> None:
    for part in read(render("upheld")):
        assert WHY in part
        assert "Vous pouvez la contester" not in part


@pytest.mark.parametrize("step", ["dismissed", "withdrawn", "lifted", "expired"])
def test_one_that_is_over_repeats_nothing_of_it(step: AlarmStep) -> None:
    for part in read(render(step)):
        assert LABELS["forged_credit_or_identity"].fr not in part
        assert "Contrat" not in part
        assert "Elle n’a aucun effet." in part


def test_one_that_lapsed_says_so() -> None:
    for part in read(render("withdrawn", lapsed=True)):
        assert "Aucune décision n’a été prise dans les soixante jours" in part


def test_what_people_wrote_is_text_and_never_markup() -> None:
    message = render("raised", text=HOSTILE)
    assert "<script" not in message.html
    page = _Page(replace(message).html)
    links = [value for name, value in page.attributes if name == "href"]
    assert links == [f"{SITE}/verification/alarms/{ALARM}", f"{SITE}/privacy#emails"]
