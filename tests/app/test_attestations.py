"""Attesting a credit without an account: the page that shows, the form that answers, once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from chalicelib.platform.settings import settings
from chalicelib.platform.signing import seal
from chalicelib.platform.table import Table
from chalicelib.verification.attestation_links import AttestationLinks
from chalicelib.verification.attestations import Attestation, AttestationRequests
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.text import typeset
from tests.support.api import Answer, Api
from tests.support.environment import at
from tests.support.evidence_fakes import CLAIM, FakeCompanies, FakePeople
from tests.support.tables import dump, events

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TABLE = "VerificationTable"


def requests() -> AttestationRequests:
    links = AttestationLinks(settings().site_url)
    return AttestationRequests(EvidenceRepository(Table(TABLE)), links, FakeCompanies(), FakePeople(), utc_now)


@pytest.fixture
def path(api: Api) -> str:
    """Of the link of a request that has just been made."""
    requests().ask("ask-1", "case-1", "profile-ines", "credit-1", CLAIM, "paul@falaise-films.test")
    invitation = requests().invitation("case-1", "ask-1")
    assert invitation is not None
    return urlsplit(invitation.link).path.removeprefix("/api")


def answer(api: Api, path: str, **form: str) -> Answer:
    return api.call("POST", path, raw=urlencode(form).encode(), headers=FORM)


def standing() -> Attestation:
    [attestation] = EvidenceRepository(Table(TABLE)).attestations("case-1")
    return attestation


def text(page: Answer) -> str:
    return page.content.decode()


def test_the_page_shows_what_is_claimed_in_both_languages_and_changes_nothing(api: Api, path: str) -> None:
    before = dump()
    page = api.get(path)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    for shown in (
        "Inès Kerjean",
        "Les Marées noires",
        "2019–2021",
        "Falaise Films",
        "Directeur littéraire",
        "Script editor",
    ):
        assert shown in text(page), shown
    assert typeset("Confirmez-vous ce crédit ?") in text(page)
    assert "Can you confirm this credit?" in text(page)
    assert "paul@" not in text(page)
    assert "Bilingual" not in text(page)
    assert dump() == before


def test_the_page_runs_no_script_and_is_framed_by_nobody(api: Api, path: str) -> None:
    page = api.get(path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in text(page)
    assert 'name="robots" content="noindex"' in text(page)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE"])
def test_what_scanners_try_besides_changes_nothing(api: Api, path: str, method: str) -> None:
    before = dump()
    assert api.call(method, path).status in (404, 405)
    assert dump() == before


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("confirms", "Vous avez confirmé ce crédit"),
        ("other_function", "dans une autre fonction"),
        ("does_not_confirm", "Vous n’avez pas confirmé"),
        ("unknown_person", "Vous ne connaissez pas"),
    ],
)
def test_an_answer_is_recorded_and_thanked_for(api: Api, path: str, choice: Any, said: str) -> None:
    page = answer(api, path, answer=choice, said="Saisons 1 et 2 <b>")
    assert page.status == 200
    assert said in text(page)
    assert (standing().answer, standing().said) == (choice, "Saisons 1 et 2 <b>")
    assert [item["event_type"] for item in events(TABLE)] == [
        "verification.attestation_asked",
        "verification.attestation_answered",
    ]


def test_a_second_answer_changes_nothing_and_is_told_so(api: Api, path: str) -> None:
    answer(api, path, answer="confirms")
    before = dump()
    again = answer(api, path, answer="does_not_confirm")
    assert again.status == 409
    assert "Il a déjà été répondu" in text(again)
    looked = api.get(path)
    assert looked.status == 200
    assert "Il a déjà été répondu" in text(looked)
    assert "Kerjean" not in text(looked)
    assert dump() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"answer=",
        b"answer=yes",
        b"said=x",
        b"\xff\xfe",
        b"answer=yes&" + b"a=1&" * 50,
        b"answer=confirms&" + b"a" * 30_000,
    ],
)
def test_a_form_without_a_choice_comes_back_with_what_was_typed(api: Api, path: str, content: bytes) -> None:
    before = dump()
    page = api.call("POST", path, raw=content, headers=FORM)
    assert page.status == 422
    assert "Choisissez une des quatre réponses" in text(page)
    assert dump() == before


def test_what_was_typed_is_shown_again_as_text_and_never_as_markup(api: Api, path: str) -> None:
    page = answer(api, path, said='"><script>alert(1)</script>')
    assert "<script>" not in text(page)
    assert "&lt;script&gt;" in text(page)


def test_after_fourteen_days_the_link_is_told_to_be_over(api: Api, path: str) -> None:
    with at(utc_now() + timedelta(days=14)):
        for page in (api.get(path), answer(api, path, answer="confirms"), answer(api, path)):
            assert page.status == 410
            assert "Ce lien n’est plus valable" in text(page)
    assert standing().answer is None


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_link_that_was_cut_short_or_forged_leads_to_a_page_that_says_so(api: Api, path: str, cut: int) -> None:
    forged = "/attestations/" + seal("unsubscribe", {"case": "case-1", "attestation": "ask-1", "until": "2999"})
    for wrong in (path[:-cut], forged, "/attestations/x"):
        for page in (api.get(wrong), answer(api, wrong, answer="confirms")):
            assert page.status == 404
            assert "Ce lien n’est pas valable" in text(page)
    assert standing().answer is None


def test_a_withdrawn_request_is_asked_no_more(api: Api, path: str) -> None:
    requests().withdraw("profile-ines", "case-1", "ask-1")
    assert api.get(path).status == 404
    assert answer(api, path, answer="confirms").status == 404


def test_of_many_answers_at_once_one_counts(api: Api, path: str) -> None:
    pages: list[Answer] = []
    threads = [threading.Thread(target=lambda: pages.append(answer(api, path, answer="confirms"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(page.status for page in pages) == [200, 409, 409, 409, 409, 409]
    answered = [item for item in events(TABLE) if item["event_type"] == "verification.attestation_answered"]
    assert len(answered) == 1
