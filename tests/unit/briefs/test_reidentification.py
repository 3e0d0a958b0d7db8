"""How many companies what a text says of its own leaves."""

from __future__ import annotations

import pytest

from chalicelib.briefs.leak_check import Clues, CompanyFacts, Finding, Hidden, KnownCompanies, check

NANTES = [CompanyFacts(frozenset({"Nantes"}), 2011, 4, frozenset({"polar"})) for _ in range(2)]
CROWD = KnownCompanies([*NANTES, *(CompanyFacts(frozenset({"Paris"}), 2011, 4) for _ in range(9)), CompanyFacts()])


def warned(text: str, crowd: KnownCompanies | None = CROWD) -> list[Finding]:
    findings = check(text, Hidden(), crowd)
    assert all((one.kind, one.severity) == ("combination", "warn") for one in findings)
    return findings


def test_a_combination_that_few_companies_fit_is_warned_of_with_their_number():
    text = "Bonjour. Notre société, fondée en 2011, est basée à Nantes. Il pleut."
    (finding,) = warned(text)
    assert text[finding.start : finding.end] == "fondée en 2011, est basée à Nantes"
    assert finding.companies == 2
    assert "2 sociétés" in finding.reason.fr and "2 verified" in finding.reason.en


def test_a_combination_that_many_fit_is_left_alone():
    assert warned("Notre société, fondée en 2011, est basée à Paris.") == []


def test_the_company_itself_always_fits():
    (finding,) = warned("Nous sommes installés à Guéret.")
    assert finding.companies == 1


def test_what_only_one_company_can_say_is_warned_of_whatever_the_crowd():
    for text in (
        "Vous avez affaire aux producteurs de « Nacre ».",
        'We produced "The Nacre Hour" last year.',
        "Nous avons reçu le prix de la meilleure fiction au festival.",
    ):
        for crowd in (CROWD, None):
            (finding,) = warned(text, crowd)
            assert finding.companies == 1


def test_without_a_crowd_one_clue_is_harmless_and_two_are_not():
    assert warned("Nous sommes basés à Nantes.", None) == []
    (finding,) = warned("Nous sommes basés à Nantes depuis 2011.", None)
    assert finding.companies is None


@pytest.mark.parametrize(
    "text",
    [
        "Claire, fondée de pouvoir, vit à Nantes depuis 2011.",
        "L’action se passe à Guéret en 1944.",
        "Le producteur de cidre perd sa ferme.",
    ],
)
def test_the_story_is_not_the_company(text: str):
    assert warned(text) == []


def test_each_sentence_that_tells_a_part_is_shown():
    text = "Notre société compte quatre salariés. Elle dort. Nos bureaux sont à Nantes."
    first, second = warned(text)
    assert text[first.start : first.end] == "quatre salariés"
    assert text[second.start : second.end] == "bureaux sont à Nantes"
    assert first.companies == second.companies == 2


def test_figures_fit_when_they_are_near_and_what_is_not_declared_does_not():
    crowd = KnownCompanies([CompanyFacts(founded=2010, size=5), CompanyFacts(founded=2014, size=4), CompanyFacts()])
    assert crowd.companies_like(Clues(founded=2011, size=4)) == 1
    assert crowd.companies_like(Clues(founded=2011)) == 1
    assert crowd.companies_like(Clues()) == 3


def test_places_and_specialities_fit_however_they_are_written():
    crowd = KnownCompanies([CompanyFacts(frozenset({"Saint-Étienne"}), specialities=frozenset({"Fiction historique"}))])
    assert crowd.companies_like(Clues(places=frozenset({"saint etienne"}))) == 1
    assert crowd.companies_like(Clues(specialities=frozenset({"fiction historique"}))) == 1
    assert crowd.companies_like(Clues(places=frozenset({"lyon"}))) == 0
