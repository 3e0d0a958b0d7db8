"""E-mails about conversations, projects that fit and dates that come near, as they are read: in both languages, in
either part, whatever people and projects are called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest

from chalicelib.notifications.contacts import Contact, ContactSection, Given
from chalicelib.notifications.letters import typesetting
from chalicelib.notifications.messages import AnySection, Message
from chalicelib.notifications.models import ContactStep, Side
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.vocabulary.text import LANGUAGES, Bilingual, Language
from tests.support.contact_files import ANSWER, AT, BRIEF, THREAD, TOLD, WHY_INES, after, fitting, near

SITE = "https://plot-point.test"
STOP = f"{SITE}/api/unsubscribe/signed"
RENDERER = TemplateRenderer(SITE, 15)
HOSTILE = "<script>alert('x')</script>&\"'{{ 7 * 7 }}{count}\nBcc: x@y.z"


def rendered(language: Language, contact: Contact, step: ContactStep) -> Message:
    """With the link that turns its kind off, where it has one."""
    return RENDERER.render_contact(language, contact, step, None if step == "answer_overdue" else STOP)


#: Every e-mail of these kinds that there is.
ALL: dict[str, Callable[[Language], Message]] = {
    **{
        f"{step} {reader}": (
            lambda language, step=step, reader=reader: rendered(  # type: ignore[misc]
                language, after(step, reader), step
            )
        )
        for step, reader in TOLD
    },
    "fits": lambda language: RENDERER.render_fitting(language, fitting(), STOP),
    "fits, urgent": lambda language: RENDERER.render_fitting(language, fitting(urgent=True), STOP),
    "near": lambda language: RENDERER.render_near_date(language, near(), STOP),
}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "utc_now", lambda: datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def plain(html: str) -> str:
    """What a reader of the HTML sees; the label of a fact and its value as one line, as the plain text has them."""
    body = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>|</?(?:strong|span)\b[^>]*>", "", html)
    colon = "\u202f:" if '<html lang="fr">' in html else ":"
    body = re.sub(r"</th>\s*<td", f"{colon}</th><td", body)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def preheader(message: Message) -> str:
    found = re.search(r'overflow:hidden;">(.*?)</div>', message.html)
    assert found is not None
    return unescape(found.group(1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_both_parts_say_the_same_under_the_code_name(name: str, language: Language) -> None:
    message = ALL[name](language)
    assert "Projet Goémon" in message.subject and "\n" not in message.subject
    shown = plain(message.html)
    lines = [" ".join(line.lstrip("->* ").split()) for line in message.text.splitlines() if line.strip()]
    missing = [line for line in lines if line not in shown and not line.startswith("http")]
    assert [line for line in missing if line] == []
    assert preheader(message) and preheader(message) not in message.subject
    assert not re.search(r"{\w*}|None|\bnull\b", f"{message.subject}{message.text}{shown}")


@pytest.mark.parametrize("name", ALL)
def test_french_is_set_as_french_is_printed(name: str) -> None:
    message = ALL[name]("fr")
    for text in (message.subject, preheader(message), message.text):
        assert not re.search(r"(?<!https) [:;!?»]|« ", text), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("step", "reader"), TOLD)
def test_who_a_person_is_stands_in_no_subject_and_no_preheader_and_in_no_e_mail_to_a_freelancer(
    step: ContactStep, reader: Side, language: Language
) -> None:
    message = rendered(language, after(step, reader), step)
    assert "Inès" not in message.subject + preheader(message)
    assert ("Inès Kerbrat" in message.text) == (reader == "producer")
    assert ("(senior)" in message.text) == (reader == "producer")


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("invited freelancer", f"{SITE}/conversations/{THREAD}"),
        ("message producer", f"{SITE}/conversations/{THREAD}"),
        ("declined producer", f"{SITE}/briefs/{BRIEF}"),
        ("fits", f"{SITE}/projects/{BRIEF}"),
        ("near", f"{SITE}/briefs/{BRIEF}"),
    ],
)
def test_each_leads_where_one_goes_on(name: str, link: str) -> None:
    message = ALL[name]("fr")
    assert f'href="{link}"' in message.html
    assert link in message.text.splitlines()


@pytest.mark.parametrize("name", ALL)
def test_the_only_links_are_the_page_the_preferences_and_the_one_that_turns_it_off(name: str) -> None:
    message = ALL[name]("fr")
    links = set(re.findall(r'href="([^"]+)"', message.html))
    assert len(links) == (2 if name.startswith("answer_overdue") else 3)
    assert all(link.startswith(SITE) for link in links)
    assert (STOP in links) == (message.unsubscribe is not None)
    assert "<form" not in message.html and "<script" not in message.html and "src=" not in message.html


def test_an_invitation_says_what_the_card_says_and_so_does_a_project_that_fits() -> None:
    for name in ("invited freelancer", "fits"):
        for said in (
            "Unitaire 90′",
            "Polar régional",
            "entre le 1er\u00a0décembre 2026 et le",
            "37\u00a0jours de travail",
            "au plus tard le 8\u00a0janvier 2027",
        ):
            assert said in ALL[name]("fr").text, (name, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_brings_its_reason_and_the_producer_s_words(language: Language) -> None:
    message = rendered(language, after("answered", "freelancer"), "answered")
    for part in (message.text, unescape(message.html)):
        assert ANSWER.reason.in_(language) in part
        assert "vos dates sont trop tardives" in part
    assert ("Merci\u202f:" in message.text) == (language == "fr")


def test_an_answer_whose_words_are_to_be_read_on_the_site_alone_says_so() -> None:
    answer = Given("retained", Bilingual("Votre expérience", "Your experience"), None, AT)
    contact = after("answered", "freelancer", answer=answer, state="revealed")
    message = rendered("fr", contact, "answered")
    assert "Votre expérience." in message.text
    assert "se lit dans l’échange" in message.text
    assert "souhaite poursuivre" in message.subject


@pytest.mark.parametrize(("step", "reader"), [("invited", "freelancer"), ("interest_shown", "producer")])
def test_what_was_written_with_it_is_mentioned_when_something_was(step: ContactStep, reader: Side) -> None:
    alone = after(step, reader)
    together = replace(alone, messages=1, last_message_at="2026-11-23T08:00:01.000Z")
    much_later = replace(alone, messages=1, last_message_at="2026-11-23T09:00:00.000Z")
    said = ["accompagne" in rendered("fr", one, step).text for one in (alone, together, much_later)]
    assert said == [False, True, False]


def test_interest_says_by_when_it_is_to_be_answered_on_a_clock_in_paris() -> None:
    message = ALL["interest_shown producer"]("fr")
    assert "lundi 30\u00a0novembre 2026 à 18\u00a0h, heure de Paris" in message.text


def test_an_overdue_answer_says_what_it_keeps_from_opening_and_that_it_cannot_be_turned_off() -> None:
    message = ALL["answer_overdue producer"]("fr")
    for said in ("était attendue", "aucun nouveau projet", "ne se désactive pas"):
        assert said in message.text
    assert message.unsubscribe is None


@pytest.mark.parametrize("name", ["reveal_asked freelancer", "reveal_asked producer", "engagement_proposed freelancer"])
def test_where_a_consent_is_asked_for_opening_the_page_is_said_to_be_none(name: str) -> None:
    assert "Ouvrir cette page ne change rien" in ALL[name]("fr").text


@pytest.mark.parametrize(
    ("day", "subject", "alarming"),
    [
        (date(2026, 11, 23), "c’est aujourd’hui", True),
        (date(2026, 11, 24), "il reste un jour", True),
        (date(2026, 12, 7), "il reste 14\u00a0jours", True),
        (date(2026, 12, 8), "il reste 15\u00a0jours", False),
    ],
)
def test_a_date_is_counted_down_to_on_the_day_of_sending(day: date, subject: str, alarming: bool) -> None:
    message = RENDERER.render_near_date("fr", near(day=day), STOP)
    assert message.subject.endswith(subject)
    assert ('class="alert"' in message.html) == alarming


@pytest.mark.parametrize(
    ("waiting", "invited", "said"),
    [
        (0, 0, "Aucune invitation n’est en attente"),
        (0, 1, "Une invitation est sans réponse"),
        (0, 3, "3\u00a0invitations sont sans réponse"),
        (1, 3, "Une personne intéressée attend votre réponse"),
        (2, 0, "2\u00a0personnes intéressées attendent votre réponse"),
    ],
)
def test_what_to_do_now_begins_with_whoever_waits(waiting: int, invited: int, said: str) -> None:
    text = RENDERER.render_near_date("fr", near(waiting=waiting, invited=invited), STOP).text
    assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_that_fits_says_why_its_reader_at_once_and_in_the_digest(language: Language) -> None:
    at_once = RENDERER.render_fitting(language, fitting(), STOP)
    digest = RENDERER.render_digest(language, [fitting(), near()], STOP)
    title = {"fr": "Pourquoi vous", "en": "Why you"}[language]
    for message in (at_once, digest):
        assert message.text.splitlines().count(title) == 1
        for reason in WHY_INES:
            assert f"- {reason.in_(language)}" in message.text.splitlines()
            assert " ".join(reason.in_(language).split()) in plain(message.html)
    assert title not in RENDERER.render_fitting(language, fitting(reasons=()), STOP).text


def test_each_date_says_what_it_asks_for() -> None:
    dates = ("renewal_notice", "option_end", "broadcaster_date", "start_window_end")
    assert len({RENDERER.render_near_date("fr", near(which=which), STOP).text for which in dates}) == len(dates)


def test_a_project_with_little_on_its_card_is_told_with_what_there_is() -> None:
    little = fitting(genres=(), start_from=None, start_until=None, estimated_days=None, reply_by=None)
    message = RENDERER.render_fitting("fr", little, STOP)
    facts = message.text.split("\n\n")[2]
    assert facts.splitlines() == [
        "Métier\u202f: Directeur littéraire / directrice littéraire",
        "Format\u202f: Unitaire 90′",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_that_are_code_are_read_and_never_run(language: Language) -> None:
    answer = replace(ANSWER, words=Bilingual(HOSTILE, HOSTILE))
    messages = [
        rendered(language, after(step, reader, code_name=HOSTILE, answer=answer), step)
        for step, reader in TOLD
        if reader == "freelancer"
    ]
    messages += [
        rendered(language, after(step, reader, code_name=HOSTILE, person=HOSTILE), step)
        for step, reader in TOLD
        if reader == "producer"
    ]
    messages.append(RENDERER.render_fitting(language, fitting(code_name=HOSTILE), STOP))
    messages.append(RENDERER.render_near_date(language, near(code_name=HOSTILE), STOP))
    for message in messages:
        assert "<script" not in message.html
        assert "\n" not in message.subject and "{{ 7 * 7 }}" in message.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sections", "subject"),
    [
        ([fitting()], ("un projet pour vous", "a project for you")),
        ([fitting(), fitting(brief_id="brief-2")], ("2\u00a0projets pour vous", "2 projects for you")),
        (
            [fitting(), ContactSection(after("message", "freelancer"), "message")],
            ("récapitulatif du matin", "morning digest"),
        ),
        (
            [near(), ContactSection(after("interest_shown", "producer"), "interest_shown")],
            ("récapitulatif du matin", "morning digest"),
        ),
    ],
)
def test_a_digest_tells_each_of_them_with_its_way_in(
    sections: list[AnySection], subject: tuple[str, str], language: Language
) -> None:
    message = RENDERER.render_digest(language, sections, STOP)
    assert subject[LANGUAGES.index(language)] in message.subject
    assert message.text.count("Projet Goémon\n") == len(sections)
    links = re.findall(rf'href="({SITE}/(?!api/)[^"#]+)"', message.html)
    assert len(links) == len(sections)
    if language == "fr":
        assert not re.search(r"(?<!https) [:;!?»]|« ", message.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("step", "reader"), TOLD)
def test_every_step_can_be_told_in_a_digest(step: ContactStep, reader: Side, language: Language) -> None:
    message = RENDERER.render_digest(language, [ContactSection(after(step, reader), step)], STOP)
    assert len(message.text.split("\n\n")) > 3
    if step == "answered":
        assert ANSWER.reason.in_(language) in message.text
