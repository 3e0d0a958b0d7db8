"""What a brief may ask of a freelancer: the table of rules, and the reading of sentences about a person or a story."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.wording import CASES, judge, read
from chalicelib.briefs.wording_check import FILE, check_wording

RULES = json.loads(FILE.read_text(encoding="utf-8"))


def flagged(text: str) -> list[tuple[str, str]]:
    return [(remark.kind, text[remark.start : remark.end]) for remark in check_wording(text)]


def kinds(text: str) -> set[str]:
    return {remark.kind for remark in check_wording(text)}


def test_labelled_texts_are_judged_right_at_least_97_times_in_a_hundred():
    cases = read(CASES)
    figures = judge(cases).figures()
    assert figures["texts"] >= 600
    assert figures["harmless"] >= 300
    assert figures["precision"] >= 0.97
    assert figures["recall"] >= 0.97
    assert figures["kind"] >= 0.97


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("nous cherchons une jeune femme", "sex"),
        ("moins de 35 ans", "age"),
        ("profil junior de 25-30 ans", "age"),
        ("de langue maternelle française", "native_speaker"),
        ("French national only", "nationality"),
        ("digital native", "age"),
        ("en bonne santé", "health"),
        ("sans enfants", "family"),
        ("test non rémunéré", "free_test"),
        ("payé si le film se fait", "deferred_pay"),
        ("rémunération à la visibilité", "visibility_pay"),
    ],
)
def test_a_requirement_is_one_without_any_sentence_around(text: str, kind: str):
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "une héroïne de 25 ans",
        "un vieux flic juif",
        "l'histoire d'une jeune femme enceinte",
        "l'univers de la mode",
        "série sur un handicapé",
        "un thriller politique",
        "Nous cherchons un profil junior, moins de trois ans d’expérience, anglais courant.",
    ],
)
def test_the_story_a_level_and_a_language_are_left_alone(text: str):
    assert flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "NOUS CHERCHONS UNE JEUNE FEMME",
        "Nous cherchons une jeune\u00a0femme",
        "Nous cherchons une jeune\u200b femme",
        "Nous cherchons une jeune\nfemme",
        "nous recherchons une  jeune-femme",
    ],
)
def test_case_blanks_and_hidden_characters_change_nothing(text: str):
    assert kinds(text) == {"sex"}


@pytest.mark.parametrize(
    "text",
    [
        "Candidat·e handicapé·e s’abstenir",
        "Candidat(e) handicapé(e) s'abstenir",
        "Candidat.e handicapé.e s'abstenir",
        "Candidat-e handicape-e s'abstenir",
        "Candidate handicapée s'abstenir",
        "Candidats/es HANDICAPÉ·E·S s'abstenir",
    ],
)
def test_inclusive_writing_hides_nothing(text: str):
    assert kinds(text) == {"disability"}


def test_both_sexes_named_are_no_choice_of_one():
    assert flagged("Nous cherchons un homme ou une femme pour la relecture.") == []
    assert flagged("Nous cherchons un·e directeur·rice littéraire H/F.") == []


def test_offsets_are_those_of_the_text_as_it_was_given():
    text = "Œuvre\u200b collective : nous cherchons, ici, une jeune fem\u200bme de 25 ans."
    assert flagged(text) == [("sex", "une jeune fem\u200bme"), ("age", "de 25 ans")]
    decomposed = "Test non re\u0301mune\u0301re\u0301"
    assert flagged(decomposed) == [("free_test", decomposed)]


def test_the_same_words_are_read_by_what_governs_them():
    assert flagged("Nous cherchons une femme enceinte.") != []
    assert flagged("Nous cherchons un auteur pour une série sur une femme enceinte.") == []
    assert kinds("Pour cette série sur une usine, nous cherchons un homme de 40 ans.") == {"sex", "age"}
    assert kinds("Nous cherchons un directeur littéraire pour une série sur les pompiers, moins de 35 ans.") == {"age"}


def test_a_list_follows_its_heading():
    sought = "Profil recherché :\n- sens de la structure\n- sans enfants\n- en bonne santé"
    told = "Les personnages :\n- une veuve\n- un voisin sans enfants\n- une jeune femme de 25 ans"
    assert kinds(sought) == {"family", "health"}
    assert flagged(told) == []


def test_the_next_sentence_goes_on_about_the_person_sought():
    assert kinds("Nous cherchons un script doctor. Il devra avoir moins de 40 ans.") == {"age"}
    assert flagged("Nous cherchons un script doctor pour une série sur une nonne. Elle est enceinte.") == []


def test_what_is_refused_or_promised_is_not_asked():
    assert flagged("Nous ne demandons aucun test non rémunéré.") == []
    assert flagged("Toutes les candidatures sont lues, sans distinction d’âge, de sexe ou de religion.") == []
    assert flagged("Une prime est versée si le film se fait, en plus des honoraires.") == []


def test_employment_under_a_contract_of_employment_is_not_hidden():
    assert kinds("Freelance à temps plein dans nos bureaux.") == {"hidden_employment"}
    assert flagged("CDDU à temps plein dans nos bureaux.") == []


def test_the_longest_words_that_say_it_are_flagged_once():
    assert flagged("Un test non rémunéré vous sera demandé.") == [("free_test", "test non rémunéré")]


def test_doubtful_requirements_warn_and_clear_ones_block():
    severities = {remark.kind: remark.severity for remark in check_wording("Vous êtes basé à Paris et non-fumeur.")}
    assert severities == {"residence": "warn", "lifestyle": "warn"}
    assert [remark.severity for remark in check_wording("Nous cherchons une femme.")] == ["block"]


def test_every_reason_names_its_source_in_both_languages():
    assert {rule["kind"] for rule in RULES["rules"]} == set(RULES["kinds"])
    for kind, told in RULES["kinds"].items():
        assert re.search(r"art\. [LR]?[0-9]", told["reason"]["fr"]), kind
        assert re.search(r"art\. [LR]?[0-9]", told["reason"]["en"]), kind
        assert told["wording"] is None or {"fr", "en"} == set(told["wording"]), kind


def test_safer_wordings_are_safe():
    for kind, told in RULES["kinds"].items():
        for wording in (told["wording"] or {}).values():
            assert flagged(wording) == [], kind


def test_remarks_are_sorted():
    remarks = check_wording("Test non rémunéré. Nous cherchons une femme de 30 ans, sans enfants, joignable 24h/24.")
    assert [remark.start for remark in remarks] == sorted(remark.start for remark in remarks)
    assert len(remarks) >= 4


WORDS = sorted(
    {word for rule in RULES["rules"] for pattern in rule["patterns"] for word in re.findall(r"[a-z']{2,}", pattern)}
)
SIGNS = [
    " ",
    ", ",
    ". ",
    "\n",
    "\n- ",
    " : ",
    "·e ",
    "(e)s ",
    " 25 ",
    "/",
    "\u200b",
    "é",
    "e\u0301",
    "ﬁ",
    "İ",
    "ß",
    "…",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*WORDS, *SIGNS, "nous cherchons ", "une série sur "]), max_size=40).map(" ".join),
    st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=40).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_text_makes_it_fail_and_every_span_is_in_the_text(text: str):
    for remark in check_wording(text):
        assert 0 <= remark.start < remark.end <= len(text)
        assert text[remark.start : remark.end].strip()


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "\u200b", "24 /" * 2000, "payé si " * 1000, "(" * 8000])
def test_odd_texts_are_read_in_no_time(text: str):
    begun = time.process_time()
    check_wording(text)
    assert time.process_time() - begun < 2


def test_a_long_brief_takes_well_under_50_milliseconds():
    text = " ".join(case.text for case in read(CASES) if not case.kinds)[:8000]
    check_wording(text)
    taken = []
    for _ in range(5):
        begun = time.process_time()
        check_wording(text)
        taken.append(time.process_time() - begun)
    # The bound leaves room for a machine that is busy; measured alone it is about half.
    assert min(taken) < 0.05
