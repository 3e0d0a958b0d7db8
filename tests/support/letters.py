"""Everything that people read of us as HTML beside the site: each e-mail there is, and each page behind a link of one.
Rendered in this process from invented cases, conversations and projects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import get_args
from unittest.mock import Mock

from chalicelib.notifications.casework import CaseSection
from chalicelib.notifications.contacts import ContactSection
from chalicelib.notifications.models import ALARM_STEPS, MOMENTS, Kind, OptionalKind
from chalicelib.notifications.pages import UnsubscribePages
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.service import Section
from chalicelib.verification.attestations import ANSWERS, Attestation, Claim
from chalicelib.verification.pages import AttestationPages
from chalicelib.vocabulary.text import Language
from tests.support.alarm_files import alarm_file
from tests.support.browser import ORIGIN
from tests.support.case_files import INVITATION, case_file
from tests.support.contact_files import TOLD, after, fitting, near
from tests.support.notification_fakes import FakeSources, proposal
from tests.support.site import REPOSITORY

_STOP = f"{ORIGIN}/api/unsubscribe/signed"
_CLAIM = Claim("Inès Kerbrat", "Le Phare de Kerity", "literary-director", "Falaise Films", 2021, 2019)


def letters(language: Language) -> dict[str, str]:
    """Every e-mail, as its HTML, by what it is about."""
    renderer = TemplateRenderer(ORIGIN, 15)
    project = FakeSources().current
    assert project is not None
    people = [proposal("a"), proposal("b")]
    sections = [
        Section(project, people, whole=True),
        CaseSection(case_file("question", "credit"), "question"),
        *(ContactSection(after(step, reader), step) for step, reader in TOLD),
        fitting(),
        near(),
    ]
    shortlists: tuple[Kind, ...] = ("shortlist", "shortlist_changes")
    made = {f"{kind}": renderer.render(kind, language, project, people, ("a",), _STOP) for kind in shortlists}
    for kind in ("profile", "credit", "company"):
        made |= {
            f"case of a {kind}, {moment}": renderer.render_case(language, case_file(moment, kind), moment, _STOP)
            for moment in MOMENTS
        }
    made |= {
        f"alarm about a {kind}, {step}": renderer.render_alarm(language, alarm_file(step, kind), step)
        for step in ALARM_STEPS
        for kind in ("profile", "company")
    }
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
    made |= {
        "attestation": renderer.render_invitation(INVITATION, _STOP),
        "a project that fits": renderer.render_fitting(language, fitting(urgent=True), _STOP),
        "a date that is near": renderer.render_near_date(language, near(), _STOP),
        "digest": renderer.render_digest(language, sections, _STOP),
    }
    return {name: message.html for name, message in made.items()}


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
