"""Everything that people read of us as HTML beside the site: each e-mail there is, and each page behind a link of one.
Rendered in this process from invented cases, conversations and projects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args
from unittest.mock import Mock

from chalicelib.notifications.casework import CaseSection
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.contacts import ContactSection, Given
from chalicelib.notifications.departures import Farewell, IdleAccount, Kept, Step
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import ALARM_STEPS, MOMENTS, OF_A_REPORT, RULING_STEPS, OptionalKind, Side
from chalicelib.notifications.pages import UnsubscribePages
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.shortlists import Proposal, Section
from chalicelib.verification.attestations import ANSWERS, Attestation, Claim
from chalicelib.verification.pages import AttestationPages
from chalicelib.vocabulary.retention import HOLDS
from chalicelib.vocabulary.text import Bilingual, Language
from infra.account_mail import CODE, code_message, code_subject
from tests.support.alarm_files import alarm_file
from tests.support.browser import ORIGIN
from tests.support.case_files import ESTABLISHED, IN_PART, INVITATION, case_file
from tests.support.contact_files import AT, INES, TOLD, after, fitting, near
from tests.support.notification_fakes import FakeSources
from tests.support.ruling_files import decision_file, report_file
from tests.support.site import REPOSITORY

#: When they are written.
WRITTEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

PEOPLE = [
    Proposal(
        "ines",
        "Inès Kerbrat",
        "senior",
        "bretagne",
        7,
        [
            {
                "fr": "3\u00a0crédits vérifiés en polar régional, dont un 90' en 2024.",
                "en": "3 verified credits in regional crime, one of them a 90' of 2024.",
            },
            {
                "fr": "2\u00a0adaptations de roman menées du synopsis à la continuité dialoguée.",
                "en": "2 adaptations of novels, from synopsis to dialogued continuity.",
            },
            {"fr": "Disponible dès le 1er\u00a0décembre 2026.", "en": "Available from 1\u00a0December 2026."},
        ],
    ),
    Proposal(
        "yann",
        "Yann Le Bihan",
        "junior",
        None,
        0,
        [
            {
                "fr": "Parcours vérifié\u202f: un diplôme de scénario et 14\u00a0fiches de lecture.",
                "en": "Background verified: a degree in screenwriting and 14 reading reports.",
            }
        ],
    ),
    Proposal(
        "maud",
        "Maud Texier-Delahaye",
        "mid",
        "ile-de-france",
        1,
        [
            {
                "fr": "1\u00a0crédit vérifié en drame familial, en 2023.",
                "en": "1 verified credit in family drama, in 2023.",
            }
        ],
    ),
]
VERIFIED = replace(
    IN_PART,
    outcome="verified",
    ground=Bilingual("Tout est confirmé", "Everything is confirmed"),
    text="Votre crédit est établi.",
)
NOTICE = Bilingual("Préavis de renouvellement", "Notice of renewal")
WHY_NOTICE = Bilingual(
    "L’option se renouvelle par lettre recommandée, au plus tard le 30 novembre 2026.",
    "The option is renewed by registered letter, by 30 November 2026.",
)
RETAINED = Given(
    "retained",
    Bilingual("Faire connaissance de vive voix", "To meet in person"),
    Bilingual("Votre lecture de l’acte II nous a convaincus.", "Votre lecture de l’acte II nous a convaincus."),
    AT,
)
IDLE = IdleAccount(INES, date(2024, 12, 23), date(2026, 12, 23))
FAREWELL = Farewell(
    erasure_id="01JDQ0Z6Y3M8X4V7K2N5R9T1WC",
    by_inactivity=False,
    requested_on=date(2026, 11, 22),
    completed_on=date(2026, 11, 23),
    steps=(Step("profiles", 7, 0), Step("conversations", 2, 5), Step("verification", 0, 1), Step("account", 1, 0)),
    kept=(Kept(HOLDS["alarm_open"].label, HOLDS["alarm_open"].source, date(2027, 1, 29)),),
    backups_days=35,
)

COLLEAGUE = ColleagueInvitation(
    "paul.delattre@falaise-films.test", "claire@falaise-films.test", "Falaise Films", "2026-12-23T08:00:00.000Z"
)

_NO_TEXT = "Cognito sends HTML alone.\n"
_STOP = f"{ORIGIN}/api/unsubscribe/signed"
_CLAIM = Claim("Inès Kerbrat", "Le Phare de Kerity", "literary-director", "Falaise Films", 2021, 2019)


def messages(language: Language) -> dict[str, Message]:
    """Every e-mail, by what it is about."""
    renderer = TemplateRenderer(ORIGIN, 15)
    project = FakeSources().current
    assert project is not None
    soon = replace(project, deadline=date(2026, 12, 4))
    of_conversations = {
        side: [ContactSection(after(step, reader), step) for step, reader in TOLD if reader == side]
        for side in get_args(Side)
    }
    morning = {
        "production": [Section(project, PEOPLE, whole=True), near(), *of_conversations["producer"]],
        "freelancer": [
            CaseSection(case_file("question", "credit"), "question"),
            fitting(),
            *of_conversations["freelancer"],
        ],
    }
    other = fitting(brief_id="brief-2", code_name="Projet Varech", urgent=True)
    made = {
        "shortlist": renderer.render("shortlist", language, project, PEOPLE, (), _STOP),
        "shortlist of an urgent project": renderer.render("shortlist", language, soon, PEOPLE[:1], (), _STOP),
        "shortlist without anybody": renderer.render("shortlist", language, project, [], (), _STOP),
        "shortlist, newcomers": renderer.render("shortlist_changes", language, soon, PEOPLE, ("yann",), _STOP),
    }
    for kind in ("profile", "credit", "company"):
        made |= {
            f"case of a {kind}, {moment}": renderer.render_case(language, case_file(moment, kind), moment, _STOP)
            for moment in MOMENTS
        }
    made["case of a profile, verified"] = renderer.render_case(
        language, case_file("decided", decision=VERIFIED, credits=(ESTABLISHED,)), "decided", _STOP
    )
    made |= {
        f"alarm about a {kind}, {step}": renderer.render_alarm(language, alarm_file(step, kind), step)
        for step in ALARM_STEPS
        for kind in ("profile", "company")
    }
    for step in RULING_STEPS:
        if step in OF_A_REPORT:
            made[f"ruling, {step}"] = renderer.render_report(language, report_file(step), step)
            continue
        for what in ("brief",) if step == "returned" else ("user", "company") if step == "suspended" else ("user",):
            made[f"ruling about a {what}, {step}"] = renderer.render_decision(language, decision_file(step, what), step)
    made |= {
        f"conversation, {step}, to the {reader}": renderer.render_contact(
            # What is owed is told to everybody: there is no way to turn it off.
            language,
            after(step, reader),
            step,
            None if step == "answer_overdue" else _STOP,
        )
        for step, reader in TOLD
    }
    return made | {
        "conversation, retained, to the freelancer": renderer.render_contact(
            language, after("answered", "freelancer", answer=RETAINED, state="revealed"), "answered", _STOP
        ),
        "code of an account": Message(code_subject(), code_message().replace(CODE, "482913"), _NO_TEXT, None),
        "attestation": renderer.render_invitation(INVITATION, _STOP),
        "a colleague invites": renderer.render_colleague(COLLEAGUE, _STOP),
        "a project that fits": renderer.render_fitting(language, fitting(), _STOP),
        "a project that fits, urgent": renderer.render_fitting(language, fitting(urgent=True), _STOP),
        "a date that is near": renderer.render_near_date(language, near(), _STOP),
        "a date that is near, somebody waits": renderer.render_near_date(
            language, near(which="renewal_notice", title=NOTICE, why=WHY_NOTICE, waiting=2), _STOP
        ),
        "an account that nobody uses": renderer.render_inactivity(language, IDLE),
        "receipt of an erasure": renderer.render_receipt(language, FAREWELL),
        **{
            f"digest of a {reader}": renderer.render_digest(language, sections, _STOP)
            for reader, sections in morning.items()
        },
        "digest of projects that fit": renderer.render_digest(language, [fitting(), other], _STOP),
    }


def letters(language: Language) -> dict[str, str]:
    """Every e-mail, as its HTML, by what it is about."""
    return {name: message.html for name, message in messages(language).items()}


def built_differently(documents: dict[str, str]) -> dict[str, str]:
    """One for each way of building a document: of those that differ in their words alone, the longest."""
    kept: dict[str, str] = {}
    for name, html in sorted(documents.items(), key=lambda one: len(one[1])):
        kept[re.sub(r'(?<=>)[^<]+|(?<=href=")[^"]+', "", html)] = name
    return {name: documents[name] for name in kept.values()}


def linked_pages(language: Language) -> dict[str, dict[str, str]]:
    """Every page behind a link, by the route that shows it and by what it says."""
    stop, attest = UnsubscribePages(ORIGIN), AttestationPages(ORIGIN)
    asked = Mock(spec=Attestation, claim=_CLAIM, expires_at="2026-12-07T08:00:00.000Z")
    kinds: tuple[OptionalKind, ...] = get_args(OptionalKind)
    return {
        "/unsubscribe/{token}": {
            **{f"asking about {kind}": stop.asking(kind, language) for kind in kinds},
            **{f"done with {kind}": stop.done(kind, language) for kind in kinds},
            "lost": stop.lost(language),
        },
        "/attestations/{token}": {
            "asking": attest.asking(asked),
            "asking again": attest.asking(asked, missing=True, said="J’étais sur ce film."),
            **{f"thanks, {answer}": attest.thanks(answer) for answer in ANSWERS},
            "used": attest.used(),
            "expired": attest.expired(),
            "lost": attest.lost(),
        },
    }


def html_routes() -> Iterator[str]:
    """The routes that answer with a page, by the contract."""
    paths = json.loads((REPOSITORY / "docs/api/openapi.json").read_text(encoding="utf-8"))["paths"]
    for path, operations in paths.items():
        answers = [answer for operation in operations.values() for answer in operation.get("responses", {}).values()]
        if any(kind.startswith("text/html") for answer in answers for kind in answer.get("content", {})):
            yield path
