"""What stands below every e-mail: why one receives it, and the way to one's own preferences, in one's own space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.notifications.casework import CaseSection, Recipient
from chalicelib.notifications.contacts import ContactSection
from chalicelib.notifications.departures import IdleAccount
from chalicelib.notifications.messages import AnySection, Message
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.shortlists import Section
from chalicelib.vocabulary.text import LANGUAGES, Language
from tests.support.alarm_files import alarm_file
from tests.support.case_files import INVITATION, case_file
from tests.support.contact_files import CLAIRE, INES, after, fitting, near
from tests.support.notification_fakes import FakeSources
from tests.support.ruling_files import decision_file, report_file

SITE = "https://plot-point.test"
STOP = f"{SITE}/api/unsubscribe/signed"
RENDERER = TemplateRenderer(SITE, 15)
#: Where each chooses what they receive.
FREELANCER, OTHER = f"{SITE}/privacy#emails", f"{SITE}/account#emails"
PROJECT = FakeSources().current
assert PROJECT is not None
SHORTLIST = Section(PROJECT, [], whole=True)
CONTACT = ContactSection(after("message", "freelancer"), "message")


def idle(reader: Recipient) -> IdleAccount:
    return IdleAccount(reader, date(2024, 12, 23), date(2026, 12, 23))


def digest(section: AnySection) -> Callable[[Language], Message]:
    return lambda language: RENDERER.render_digest(language, [section], STOP)


ALL: dict[str, tuple[str, Callable[[Language], Message]]] = {
    "shortlist": (OTHER, lambda language: RENDERER.render("shortlist", language, PROJECT, [], (), STOP)),
    **{
        f"case of a {kind}": (
            OTHER if kind == "company" else FREELANCER,
            lambda language, kind=kind: RENDERER.render_case(  # type: ignore[misc]
                language, case_file("received", kind), "received", STOP
            ),
        )
        for kind in ("profile", "credit", "company")
    },
    **{
        f"alarm about a {kind}": (
            OTHER if kind == "company" else FREELANCER,
            lambda language, kind=kind: RENDERER.render_alarm(  # type: ignore[misc]
                language, alarm_file("raised", kind), "raised"
            ),
        )
        for kind in ("profile", "company")
    },
    "report of a freelancer": (
        FREELANCER,
        lambda language: RENDERER.render_report(language, report_file("report_settled"), "report_settled"),
    ),
    "the other side is reminded": (
        OTHER,
        lambda language: RENDERER.render_report(language, report_file("reminded"), "reminded"),
    ),
    "decision about a freelancer": (
        FREELANCER,
        lambda language: RENDERER.render_decision(
            language, replace(decision_file("suspended", "user"), owner=INES), "suspended"
        ),
    ),
    "message to a freelancer": (
        FREELANCER,
        lambda language: RENDERER.render_contact(language, after("message", "freelancer"), "message", STOP),
    ),
    "message to a producer": (
        OTHER,
        lambda language: RENDERER.render_contact(language, after("message", "producer"), "message", STOP),
    ),
    "a project that fits": (FREELANCER, lambda language: RENDERER.render_fitting(language, fitting(), STOP)),
    "a date that is near": (OTHER, lambda language: RENDERER.render_near_date(language, near(), STOP)),
    "an idle freelancer": (FREELANCER, lambda language: RENDERER.render_inactivity(language, idle(INES))),
    "an idle producer": (OTHER, lambda language: RENDERER.render_inactivity(language, idle(CLAIRE))),
    "digest of shortlists": (OTHER, digest(SHORTLIST)),
    "digest of a case": (FREELANCER, digest(CaseSection(case_file("question"), "question"))),
    "digest of conversations": (FREELANCER, digest(CONTACT)),
    "digest of projects that fit": (FREELANCER, digest(fitting())),
    "digest of dates": (OTHER, digest(near())),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_every_e_mail_leads_its_reader_to_their_own_preferences(name: str, language: Language) -> None:
    theirs, written = ALL[name]
    [others] = {FREELANCER, OTHER} - {theirs}
    message = written(language)
    assert f'href="{theirs}"' in message.html and theirs in message.text.splitlines()
    assert others not in message.html + message.text


def test_somebody_without_an_account_is_led_to_none() -> None:
    message = RENDERER.render_invitation(INVITATION, STOP)
    assert "#emails" not in message.html + message.text
