"""E-mails of verification as they are read: what was checked, what is missing, by when, and nothing of who looked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from chalicelib.notifications.casework import CaseSection, CreditFile, Decided, ShownFact
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.letters import typesetting
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import MOMENTS, Moment
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.shortlists import Project, Section
from chalicelib.vocabulary.text import LANGUAGES, Bilingual, Language
from tests.support.case_files import IN_PART, INVITATION, REFUSED, case_file
from tests.support.letters import messages
from tests.support.notification_fakes import FakeSources, proposal
from tests.unit.notifications.test_rendering import HOSTILE, SITE, STOP, _Page

KINDS = ("profile", "credit", "company")
LINK = f"{SITE}/verification/case-1"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "utc_now", lambda: datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def render(moment: Moment, kind: str = "profile", language: Language = "fr", **changes: Any) -> Message:
    return TemplateRenderer(SITE, 15).render_case(language, case_file(moment, kind, **changes), moment, STOP)


def invitation(**changes: Any) -> Message:
    return TemplateRenderer(SITE, 15).render_invitation(replace(INVITATION, **changes), STOP)


def read(message: Message) -> tuple[str, str]:
    """What a reader sees in either part, with plain spaces."""
    return tuple(  # type: ignore[return-value]
        " ".join(part.replace("\u202f", " ").replace("\u00a0", " ").split())
        for part in (_Page(message.html).text, message.text)
    )


@pytest.mark.parametrize(("moment", "kind", "language"), list(product(MOMENTS, KINDS, LANGUAGES)))
def test_every_letter_says_what_it_is_about_the_way_in_and_how_to_stop_it(
    moment: Moment, kind: str, language: Language
) -> None:
    message = render(moment, kind, language)
    page = _Page(message.html)
    assert ("href", LINK) in page.attributes
    assert ("href", STOP) in page.attributes
    assert {LINK, STOP} <= set(message.text.splitlines())
    assert ("lang", language) in page.attributes
    assert "\n" not in message.subject
    if kind == "credit":
        assert "Le Phare de Kerity" in message.subject
    for part in (message.html, message.text, message.subject):
        assert not re.search(r"{\w+}|Bilingual|None", part)


@pytest.mark.parametrize(("moment", "kind", "language"), list(product(MOMENTS, KINDS, LANGUAGES)))
def test_the_plain_text_of_a_letter_is_well_laid_out(moment: Moment, kind: str, language: Language) -> None:
    text = render(moment, kind, language).text
    assert "\n\n\n" not in text
    assert not re.search(r"<[a-z/]|&[a-z]+;|{{|{%", text)
    assert all(line == line.strip() for line in text.splitlines())
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("profile", ["identité", "expérience", "vos 3 crédits", "justificatifs"]),
        ("credit", ["Votre crédit, en trois points", "justificatifs"]),
        ("company", ["SIREN", "domaine", "mandat"]),
    ],
)
def test_what_was_received_says_what_will_be_checked_and_by_when(kind: str, said: list[str]) -> None:
    for text in read(render("received", kind)):
        for one in [*said, "au plus tard le mardi 24 novembre 2026 à 9 h"]:
            assert one in text, one


def test_a_case_that_is_late_says_so() -> None:
    for text in read(render("received", due_at="2026-11-22T08:00:00.000Z")):
        assert "Nous sommes en retard" in text


@pytest.mark.parametrize(
    ("language", "until"),
    [("fr", "au plus tard le lundi 7 décembre 2026 à 9 h"), ("en", "by Monday 7 December 2026 at 9:00, Paris time")],
)
def test_a_question_is_told_with_its_words_and_until_when_it_may_be_answered(language: Language, until: str) -> None:
    for text in read(render("question", "credit", language)):
        assert "Quelle saison avez-vous suivie ?" in text
        assert until in text


def test_a_decision_says_credit_by_credit_what_was_checked_how_and_when_and_what_is_missing() -> None:
    for text in read(render("decided")):
        for said in (
            "Marée de quatre heures",
            "L’existence de l’œuvre : confirmée le 20 novembre 2026, par Wikidata.",
            "Votre participation : confirmée le 20 novembre 2026, par une attestation de la société.",
            "Votre fonction : confirmée le 20 novembre 2026, par la lecture de vos documents.",
            "Le Phare de Kerity",
            "par le catalogue de la BnF",
            "Votre participation : pas encore établie.",
            "Pour compléter : une attestation",
            "Une partie est confirmée.",
            "La participation est établie.",
            "Il reste Le Phare.",
            "Ce qui n’est pas établi n’est pas tenu pour faux.",
            "jusqu’au mercredi 23 décembre 2026 à 9 h",
        ):
            assert said in text, said
        assert text.count("Pour compléter") == 2


def test_a_source_that_e_mails_do_not_know_yet_is_a_source() -> None:
    credit = CreditFile("Marée", 2024, "literary-director", (ShownFact("work", "another", "2026-11-20T10:00:00.000Z"),))
    for text in read(render("decided", credits=(credit,))):
        assert "par une source consultée" in text


def test_what_no_document_could_change_asks_for_none() -> None:
    forged = Decided(
        outcome="refused",
        ground=Bilingual("Un justificatif est falsifié", "A document is forged"),
        text="Le générique joint n’est pas celui de l’œuvre.",
        decided_at=REFUSED.decided_at,
        completable=False,
    )
    for text in read(render("decided", "credit", state="refused", decision=forged)):
        assert "Un justificatif est falsifié." in text
        assert "Deux personnes de notre équipe" in text
        assert "contester cette décision" in text
        assert "Pour compléter" not in text
        assert "tenu pour faux" not in text


def test_a_junior_reads_that_their_background_is_confirmed() -> None:
    confirmed = replace(IN_PART, outcome="verified", junior_path=True)
    for text in read(render("decided", credits=(), state="verified", decision=confirmed)):
        assert "Votre début de parcours est confirmé" in text


@pytest.mark.parametrize(("changed", "said"), [(True, "est désormais vérifié en partie"), (False, "même conclusion")])
def test_the_answer_to_an_appeal_says_whether_anything_changes_and_is_the_last(changed: bool, said: str) -> None:
    for text in read(render("appeal_decided", appeal_changed=changed)):
        assert said in text
        assert "définitive" in text
        assert "Vous pouvez contester" not in text


def test_a_request_that_closed_without_an_answer_repeats_the_question_and_blames_nobody() -> None:
    for text in read(render("expired")):
        assert "Quelle saison avez-vous suivie ?" in text
        assert "Rien n’a été décidé contre vous" in text


@pytest.mark.parametrize("moment", MOMENTS)
def test_hostile_texts_stay_text_in_a_letter(moment: Moment) -> None:
    hostile = case_file(moment, "credit")
    hostile = replace(
        hostile,
        credits=(replace(hostile.credits[0], title=f"{HOSTILE}\r\nBcc: x"),),
        question=replace(hostile.question, text=HOSTILE) if hostile.question else None,
        decision=replace(hostile.decision, text=HOSTILE) if hostile.decision else None,
    )
    message = TemplateRenderer(SITE, 15).render_case("fr", hostile, moment, STOP)
    page = _Page(message.html)
    assert "script" not in page.tags
    assert HOSTILE in page.text
    assert HOSTILE in message.text
    assert "\n" not in message.subject
    assert "\r" not in message.subject


# Attesters


def test_an_attester_reads_who_asks_for_which_work_why_and_that_looking_changes_nothing() -> None:
    message = invitation()
    for text in read(message):
        for said in (
            "Inès Kerbrat",
            "Le Phare de Kerity",
            "Directeur littéraire",
            "Script editor",
            "2019–2021",
            "Falaise Films",
            "Ouvrir cette page ne change rien",
            "Opening that page changes nothing",
            "jusqu’au lundi 7 décembre 2026 à 9 h",
            "until Monday 7 December 2026 at 9:00",
            "a donné votre adresse",
            "gave your address",
        ):
            assert said in text, said
        assert text.index("Confirmez-vous") < text.index("Can you confirm"), "French first"
    page = _Page(message.html)
    assert {value for name, value in page.attributes if name == "href"} == {INVITATION.link, STOP}
    assert {("lang", "fr"), ("lang", "en")} <= set(page.attributes)
    assert "paul@" not in message.html + message.text + message.subject
    assert "\n\n\n" not in message.text


def test_hostile_texts_stay_text_in_an_invitation() -> None:
    message = invitation(person=HOSTILE, work=HOSTILE, company=HOSTILE)
    assert "script" not in _Page(message.html).tags
    assert HOSTILE in message.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_says_why_before_it_says_until_when_it_can_be_contested(language: Language) -> None:
    why, until = {"fr": ("Pourquoi", "contester cette décision"), "en": ("Why", "contest this decision")}[language]
    for text in read(render("decided", language=language)):
        assert text.index(why) < text.index(until)


# Colleagues


def from_a_colleague(**changes: Any) -> Message:
    fields = {
        "address": "paul.delattre@falaise-films.test",
        "inviter": "claire@falaise-films.test",
        "company": "Falaise Films",
        "until": "2026-12-23T08:00:00.000Z",
    }
    return TemplateRenderer(SITE, 15).render_colleague(ColleagueInvitation(**(fields | changes)), STOP)


def test_a_colleague_reads_in_both_languages_who_invites_them_where_until_when_and_what_to_do() -> None:
    message = from_a_colleague()
    assert message.subject == "Rejoignez Falaise Films sur Plot Point"
    for text in read(message):
        for said in (
            "claire@falaise-films.test vous invite",
            "claire@falaise-films.test invites you",
            "paul.delattre@falaise-films.test",
            "mercredi 23 décembre 2026 à 9 h",
            "Wednesday 23 December 2026 at 9:00",
            "Rejoindre la société",
            "Join the company",
            "Pas encore de compte ?",
            "No account yet?",
        ):
            assert said in text, said
        assert text.index("Rejoignez") < text.index("Join Falaise"), "French first"
    page = _Page(message.html)
    assert {value for name, value in page.attributes if name == "href"} == {f"{SITE}/company/join", STOP}
    assert {f"{SITE}/company/join", STOP} <= set(message.text.splitlines())
    assert {("lang", "fr"), ("lang", "en")} <= set(page.attributes)
    assert "\n\n\n" not in message.text


def test_a_company_s_name_stays_text_and_one_line_in_an_invitation_of_a_colleague() -> None:
    message = from_a_colleague(company=HOSTILE)
    assert "script" not in _Page(message.html).tags
    assert "\n" not in message.subject and "script" in message.subject


# Digests


def project() -> Project:
    known = FakeSources().current
    assert known is not None
    return known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_tells_of_cases_beside_projects_and_without(language: Language) -> None:
    case = CaseSection(case_file("question", "credit"), "question")
    renderer = TemplateRenderer(SITE, 15)
    alone = renderer.render_digest(language, [case], STOP)
    both = renderer.render_digest(language, [Section(project(), [proposal("a")], whole=True), case], STOP)
    for message in (alone, both):
        for text in read(message):
            assert "Le Phare de Kerity" in text
            assert ("lundi 7 décembre 2026" if language == "fr" else "Monday 7 December 2026") in text
        assert LINK in message.text.splitlines()
        assert "\n\n\n" not in message.text
    assert "Projet Goémon" in read(both)[1]
    ordering = "Ni le tarif" if language == "fr" else "Rates, names"
    assert ordering in read(both)[1]
    assert ordering not in read(alone)[1], "nobody is ranked there"


def test_the_last_day_to_contest_comes_first_but_never_before_good_news() -> None:
    verified = replace(IN_PART, outcome="verified")
    for text in read(render("decided")):
        assert text.index("Vous pouvez contester cette décision jusqu’au") < text.index("Crédit par crédit")
    for text in read(render("decided", state="verified", decision=verified)):
        assert text.index("Vous pouvez contester cette décision jusqu’au") > text.index("Crédit par crédit")


def test_what_other_contexts_say_is_set_as_french_is_printed_too() -> None:
    written = {name: message for name, message in messages("fr").items() if name not in _IN_THEIR_OWN_WORDS}
    badly = {name: re.findall(r".{10} [:;!?»].{5}|.{5}« .{5}", message.text) for name, message in written.items()}
    assert {name: found for name, found in badly.items() if found} == {}


#: What somebody of our team wrote there is theirs, spaces and all.
_IN_THEIR_OWN_WORDS = ("ruling, reminded",)
