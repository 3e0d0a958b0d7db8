"""The e-mails as they are read: in both languages, on a phone, by people whose names may be anything."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.notifications import models
from chalicelib.notifications.letters import typesetting
from chalicelib.notifications.messages import Message
from chalicelib.notifications.models import OF_AN_ADDRESS, Kind, OptionalKind
from chalicelib.notifications.pages import UnsubscribePages
from chalicelib.notifications.rendering import TemplateRenderer
from chalicelib.notifications.shortlists import Project, Proposal, Section
from chalicelib.notifications.wording import FOLDER
from chalicelib.vocabulary.text import Language
from tests.support.notification_fakes import FakeSources, proposal

SITE = "https://plot-point.test"
STOP = f"{SITE}/api/unsubscribe/signed"
LANGUAGES: tuple[Language, ...] = ("fr", "en")
KINDS: tuple[Kind, ...] = ("shortlist", "shortlist_changes")
HOSTILE = "<script>alert('x')</script>&\"'{{ 7 * 7 }}{count}"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "utc_now", lambda: datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def project(**changes: Any) -> Project:
    known = FakeSources().current
    assert known is not None
    return replace(known, **changes)


def render(
    *proposals: Proposal,
    kind: Kind = "shortlist",
    language: Language = "fr",
    newcomers: tuple[str, ...] = (),
    every: int = 15,
    **changes: Any,
) -> Message:
    return TemplateRenderer(SITE, every).render(kind, language, project(**changes), list(proposals), newcomers, STOP)


class _Page(HTMLParser):
    """What a reader sees of a page, and the tags and links that are really there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._apart(tag)

    def handle_endtag(self, tag: str) -> None:
        self._apart(tag)

    def _apart(self, tag: str) -> None:
        """Words in a paragraph, a cell or a list of their own are no part of those before."""
        if tag not in ("strong", "span", "a"):
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] not in ("style", "title"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def test_both_languages_say_the_same_things() -> None:
    words = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    assert set(words) == set(LANGUAGES)

    def shape(value: Any, path: str = "") -> set[tuple[str, tuple[str, ...]]]:
        if isinstance(value, dict):
            return {one for name, inner in value.items() for one in shape(inner, f"{path}/{name}")}
        return {(path, tuple(sorted(set(re.findall(r"{(\w+)}", value)))))}

    assert shape(words["fr"]) == shape(words["en"])


def test_french_is_set_as_french_is_printed() -> None:
    french = json.dumps(json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))["fr"], ensure_ascii=False)
    assert not re.search(r" [:;!?»]|« |'", french)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_names_the_project_its_people_their_reasons_and_the_way_in(kind: Kind, language: Language) -> None:
    newcomers = ("b",) if kind == "shortlist_changes" else ()
    message = render(proposal("a"), proposal("b"), kind=kind, language=language, newcomers=newcomers)
    link = f"{SITE}/briefs/brief-1"
    page = _Page(message.html)
    for shown in (page.text, message.text):
        assert "Projet Goémon" in shown
        assert "Personne a" in shown
        assert "Personne b" in shown
        assert ("Raison de b." if language == "fr" else "Reason of b.") in shown
        assert ("30 juin 2027" if language == "fr" else "30 June 2027") in shown.replace("\u00a0", " ")
    assert "Projet Goémon" in message.subject
    assert ("href", link) in page.attributes
    assert link in message.text.splitlines()
    assert page.tags[0] == "html"
    assert ("lang", language) in page.attributes
    assert ("name", "viewport") in page.attributes


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_e_mail_of_changes_shows_newcomers_with_their_reasons_and_the_others_in_brief(language: Language) -> None:
    people = [proposal(one) for one in "abc"]
    message = render(*people, kind="shortlist_changes", language=language, newcomers=("c",))
    for text in (_Page(message.html).text, message.text):
        assert text.index("Personne c") < text.index("Personne a") < text.index("Personne b")
        assert ("Raison de c." if language == "fr" else "Reason of c.") in text
        assert ("Raison de a." if language == "fr" else "Reason of a.") not in text
    assert message.subject == (
        "«\u00a0Projet Goémon\u00a0»\u202f: un nouveau profil pour votre projet"
        if language == "fr"
        else "“Projet Goémon”: a new profile for your project"
    )


def test_newcomers_who_have_left_are_not_counted() -> None:
    message = render(proposal("a"), proposal("b"), kind="shortlist_changes", newcomers=("b", "gone"))
    assert "un nouveau profil" in message.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_yet_is_said_plainly_and_promises_no_list(language: Language) -> None:
    message = render(language=language)
    page = _Page(message.html)
    assert page.tags.count("a") == 3, "the project, the preferences, and the way out"
    told = page.text.split("Vous recevez" if language == "fr" else "You receive")[0]
    assert ("sélection" if language == "fr" else "shortlist") not in told
    assert ("en ligne" if language == "fr" else "is live") in message.subject


@pytest.mark.parametrize(("count", "said"), [(1, "un profil"), (8, "8\u00a0profils")])
def test_the_subject_counts(count: int, said: str) -> None:
    assert said in render(*[proposal(str(number)) for number in range(count)]).subject


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_stay_text(kind: Kind) -> None:
    hostile = proposal("a", display_name=HOSTILE, reasons=[{"fr": HOSTILE, "en": HOSTILE}])
    known = proposal("b", display_name=HOSTILE)
    newcomers = ("a",) if kind == "shortlist_changes" else ()
    message = render(hostile, known, kind=kind, newcomers=newcomers, code_name=HOSTILE)
    page = _Page(message.html)
    assert "script" not in page.tags
    assert "<script" not in message.html
    assert page.text.count(HOSTILE) >= 4
    assert message.text.count(HOSTILE) >= 4
    assert HOSTILE in message.subject


@settings(max_examples=60)
@given(name=st.text(max_size=60), code_name=st.text(max_size=60))
def test_a_subject_is_one_line_whatever_a_name_is_made_of(name: str, code_name: str) -> None:
    for kind in KINDS:
        message = render(proposal("a", display_name=name), kind=kind, newcomers=("a",), code_name=code_name)
        assert len(message.subject.splitlines()) == 1
        assert not re.search(r"[\r\n]", message.subject)
        assert "script" not in _Page(message.html).tags


@pytest.mark.parametrize(
    ("deadline", "french", "english", "warning"),
    [
        (date(2026, 11, 23), "aujourd’hui, le 23 novembre 2026", "today, 23 November 2026", True),
        (date(2026, 11, 24), "Il reste 1 jour avant", "1 day left", True),
        (
            date(2026, 12, 1),
            "8 jours avant l’échéance de votre projet, le 1er décembre",
            "8 days left before your project’s deadline, 1 December 2026.",
            True,
        ),
        (date(2027, 6, 30), "219 jours", "219 days left", False),
    ],
)
def test_the_days_left_are_counted_and_printed_as_a_warning_when_they_are_few(
    deadline: date, french: str, english: str, warning: bool
) -> None:
    for language, said in (("fr", french), ("en", english)):
        message = render(proposal("a"), language=language, deadline=deadline)  # type: ignore[arg-type]
        assert said in message.text.replace("\u00a0", " ")
        assert (("class", "alert") in _Page(message.html).attributes) is warning


def test_a_project_without_a_deadline_has_no_countdown() -> None:
    assert "échéance" not in render(proposal("a"), deadline=None).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("every", [0, 1, 15])
def test_the_least_time_between_two_e_mails_is_said(every: int, language: Language) -> None:
    message = render(proposal("a"), kind="shortlist_changes", newcomers=("a",), language=language, every=every)
    assert f"{every}\u00a0min" in message.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_text_is_well_laid_out(kind: Kind, language: Language) -> None:
    people = [proposal(one) for one in "abc"]
    newcomers = ("a",) if kind == "shortlist_changes" else ()
    text = render(*people, kind=kind, language=language, newcomers=newcomers).text
    assert "\n\n\n" not in text
    assert not re.search(r"<[a-z/]|&[a-z]+;|{{|{%", text)
    assert all(line == line.strip() for line in text.splitlines())
    assert text.endswith("\n")


def test_people_without_a_region_or_a_checked_credit_are_shown_too() -> None:
    text = render(proposal("a", region=None, verified_credits=0), proposal("b", verified_credits=1)).text
    assert "Senior · parcours vérifié\n" in text
    assert "Senior · Bretagne · 1\u00a0crédit\u00a0vérifié\n" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_e_mail_says_how_to_stop_it(kind: Kind, language: Language) -> None:
    message = render(proposal("a"), kind=kind, language=language, newcomers=("a",))
    assert message.unsubscribe == STOP
    assert ("href", STOP) in _Page(message.html).attributes
    assert message.text.splitlines()[-1] == STOP


# The digest


def digest(*sections: Section, language: Language = "fr") -> Message:
    return TemplateRenderer(SITE, 15).render_digest(language, list(sections), STOP)


def section(*people: str, whole: bool = False, **changes: Any) -> Section:
    return Section(project(**changes), [proposal(one) for one in people], whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_tells_project_by_project_whom_there_is_to_meet(language: Language) -> None:
    message = digest(
        section("a", "b"),
        section("c", whole=True, brief_id="brief-2", code_name="Projet Varech", deadline=date(2026, 12, 1)),
        language=language,
    )
    page = _Page(message.html)
    for shown in (page.text, message.text.replace("\n", " ")):
        order = ["Projet Goémon", "Personne a", "Personne b", "Projet Varech", "Personne c"]
        assert sorted(order, key=shown.index) == order
        assert ("Raison de b." if language == "fr" else "Reason of b.") in shown
        joined, kept = (
            ("2\u00a0personnes ont rejoint votre sélection.", "Votre sélection compte une personne.")
            if language == "fr"
            else ("2 people have joined your shortlist.", "Your shortlist has one person.")
        )
        assert joined.replace("\u00a0", " ") in shown.replace("\u00a0", " ")
        assert kept in shown
    for brief_id in ("brief-1", "brief-2"):
        assert ("href", f"{SITE}/briefs/{brief_id}") in page.attributes
        assert f"{SITE}/briefs/{brief_id}" in message.text.splitlines()
    assert ("class", "alert") in page.attributes
    assert ("lang", language) in page.attributes
    assert ("href", STOP) in page.attributes
    assert message.text.splitlines()[-1] == STOP


def test_the_subject_of_a_digest_names_its_project_or_counts_them() -> None:
    plain = {"\u00a0": " ", "\u202f": " "}

    def subject(message: Message) -> str:
        return "".join(plain.get(character, character) for character in message.subject)

    two = (section("a"), section("b", brief_id="brief-2"))
    assert subject(digest(section("a"))) == "« Projet Goémon » : des profils pour votre projet"
    assert subject(digest(*two)) == "Des profils pour 2 de vos projets"
    assert subject(digest(section("a"), language="en")) == "“Projet Goémon”: profiles for your project"
    assert subject(digest(*two, language="en")) == "Profiles for 2 of your projects"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_of_a_project_that_nobody_fits_says_so(language: Language) -> None:
    message = digest(section(whole=True), language=language)
    assert ("Aucun profil" if language == "fr" else "No verified profile") in message.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_text_of_a_digest_is_well_laid_out(language: Language) -> None:
    text = digest(section("a", "b"), section("c", brief_id="brief-2", deadline=None), language=language).text
    assert "\n\n\n" not in text
    assert not re.search(r"<[a-z/]|&[a-z]+;|{{|{%", text)
    assert all(line == line.strip() for line in text.splitlines())


def test_hostile_names_stay_text_in_a_digest() -> None:
    hostile = proposal("a", display_name=HOSTILE, reasons=[{"fr": HOSTILE, "en": HOSTILE}])
    message = digest(Section(project(code_name=HOSTILE), [hostile], whole=False))
    page = _Page(message.html)
    assert "script" not in page.tags
    assert page.text.count(HOSTILE) >= 3
    assert HOSTILE in message.subject


# The pages behind the unsubscribe links

EMAIL_KINDS: tuple[OptionalKind, ...] = (*models.KINDS, "digest")


@pytest.mark.parametrize("kind", EMAIL_KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_with_one_button_and_without_a_script(kind: OptionalKind, language: Language) -> None:
    page = _Page(UnsubscribePages(SITE).asking(kind, language))
    assert page.tags.count("form") == page.tags.count("button") == 1
    assert {"script", "img", "iframe", "link", "input"}.isdisjoint(page.tags)
    assert ("method", "post") in page.attributes
    assert [name for name, _ in page.attributes if name.startswith("on") or name == "style"] == []
    assert ("lang", language) in page.attributes
    assert ("Rien n’a encore changé." if language == "fr" else "Nothing has changed yet.") in page.text


@pytest.mark.parametrize("kind", EMAIL_KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_after_it_says_what_is_off_and_how_to_change_one_s_mind(
    kind: OptionalKind, language: Language
) -> None:
    page = _Page(UnsubscribePages(SITE).done(kind, language))
    assert "form" not in page.tags
    assert ("changé d’avis" if language == "fr" else "Changed your mind") in page.text
    # Whoever is asked to attest, or invited by a colleague, may have no account, and none of its preferences.
    settings_are_named = ("préférences" if language == "fr" else "preferences") in page.text
    assert settings_are_named == (kind not in OF_AN_ADDRESS)
    assert ("href", f"{SITE}/") in page.attributes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_is_not_ours_has_a_page_too(language: Language) -> None:
    page = _Page(UnsubscribePages(SITE).lost(language))
    assert "form" not in page.tags
    assert ("n’est pas valable" if language == "fr" else "is not valid") in page.text
