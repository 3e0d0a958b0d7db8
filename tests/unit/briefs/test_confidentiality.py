"""The terms under which full briefs are read: versioned for good, complete in both languages, accepted once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from chalicelib.briefs import confidentiality
from chalicelib.briefs.confidentiality import Clause, Terms
from chalicelib.briefs.errors import TermsOutdated
from chalicelib.briefs.events import BriefConfidentialityAccepted
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Bilingual
from tests.support.drafts import NOW, content
from tests.unit.briefs.test_service import AFTER_THE_OPTION, IDENTITY, MEMBER, House

INES = Actor("sub-ines", frozenset({"freelancers"}), "ines@courriel.test")
LEO = Actor("sub-leo", frozenset({"freelancers"}), "leo@courriel.test")
CURRENT = confidentiality.in_force().version


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> str:
    """Other terms come into force."""
    words = Bilingual("Autre", "Other")
    terms = {**confidentiality.versions(), "2027-01-1": Terms("2027-01-1", words, (Clause(words, words),))}
    monkeypatch.setattr(confidentiality, "versions", lambda: terms)
    return "2027-01-1"


def test_each_version_is_named_by_its_month_and_says_everything_in_both_languages() -> None:
    assert list(confidentiality.versions()) == sorted(confidentiality.versions())
    for version, terms in confidentiality.versions().items():
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])-[1-9]\d?", version)
        texts = [terms.title, *(text for clause in terms.clauses for text in (clause.title, clause.text))]
        assert all(text.fr.strip() and text.en.strip() and text.fr != text.en for text in texts)


def test_accepting_opens_the_full_brief_for_whoever_accepted_and_for_no_one_else(house: House) -> None:
    brief_id = house.live().brief_id
    assert house.service.project(INES, brief_id)["pitch"] is None
    house.service.accept_confidentiality(INES, brief_id, CURRENT)
    mine = house.service.project(INES, brief_id)
    assert (mine["stage"], mine["pitch"]["fr"]) == ("full", "Zénobie revient au pays.")
    assert mine["company"] is None and mine["confidential_title"] is None
    other = house.service.project(LEO, brief_id)
    assert (other["stage"], other["pitch"]) == ("card", None)


def test_it_opens_no_other_project_even_of_the_same_company(house: House) -> None:
    first, second = house.live(), house.live()
    house.service.accept_confidentiality(INES, first.brief_id, CURRENT)
    assert house.service.project(INES, second.brief_id)["stage"] == "card"


def test_accepting_again_changes_nothing_and_is_told_once(house: House) -> None:
    brief_id = house.live().brief_id
    first = house.service.accept_confidentiality(INES, brief_id, CURRENT)
    house.now += timedelta(hours=1)
    again = house.service.accept_confidentiality(INES, brief_id, CURRENT)
    assert again == first
    assert first.acceptance is not None
    assert first.acceptance.accepted_at == stamp(NOW)
    facts = [fact for fact, _ in house.store.facts if isinstance(fact, BriefConfidentialityAccepted)]
    assert facts == [BriefConfidentialityAccepted(brief_id=brief_id, terms_version=CURRENT)]


def test_of_two_acceptances_at_once_one_is_kept_and_both_are_answered_with_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief_id = house.live().brief_id
    kept = house.service.accept_confidentiality(INES, brief_id, CURRENT)
    answers = iter([None, kept.acceptance])
    monkeypatch.setattr(house.store, "acceptance", lambda *_: next(answers))
    house.now += timedelta(seconds=1)
    assert house.service.accept_confidentiality(INES, brief_id, CURRENT) == kept


@pytest.mark.parametrize("version", ["2020-01-1", "", "2026-12-2"])
def test_terms_that_are_not_in_force_are_not_accepted(version: str, house: House) -> None:
    brief_id = house.live().brief_id
    with pytest.raises(TermsOutdated) as refused:
        house.service.accept_confidentiality(INES, brief_id, version)
    assert CURRENT in refused.value.to_problem("fr")["title"]
    assert house.service.project(INES, brief_id)["stage"] == "card"


def test_other_terms_close_the_full_brief_until_they_are_accepted_too(house: House, newer: str) -> None:
    brief_id = house.live().brief_id
    with pytest.raises(TermsOutdated):
        house.service.accept_confidentiality(INES, brief_id, CURRENT)
    house.service.accept_confidentiality(INES, brief_id, newer)
    assert house.service.project(INES, brief_id)["stage"] == "full"


def test_an_acceptance_of_former_terms_is_shown_and_opens_nothing(house: House, request: pytest.FixtureRequest) -> None:
    brief_id = house.live().brief_id
    house.service.accept_confidentiality(INES, brief_id, CURRENT)
    request.getfixturevalue("newer")
    assert house.service.project(INES, brief_id)["stage"] == "card"
    undertaking = house.service.confidentiality(INES, brief_id)
    assert not undertaking.is_in_force
    assert undertaking.acceptance is not None
    assert undertaking.acceptance.terms_version == CURRENT


def test_whoever_the_names_were_told_to_reads_them_and_still_does_once_the_project_is_over(house: House) -> None:
    brief_id = house.live().brief_id
    house.service.accept_confidentiality(INES, brief_id, CURRENT)
    house.service.accept_confidentiality(LEO, brief_id, CURRENT)
    house.reveals.known.add((INES.sub, brief_id))
    mine = house.service.project(INES, brief_id)
    assert (mine["stage"], mine["company"], mine["live"]) == ("revealed", IDENTITY, True)
    assert mine["confidential_title"] == "Les Noyés de Kerloc’h"
    house.service.end(MEMBER, brief_id, "filled")
    over = house.service.project(INES, brief_id)
    assert (over["stage"], over["company"], over["live"]) == ("revealed", IDENTITY, False)
    with pytest.raises(NotFound):
        house.service.project(LEO, brief_id)
    with pytest.raises(NotFound):
        house.service.confidentiality(LEO, brief_id)


def test_a_project_that_lapsed_is_read_by_whoever_had_been_told_the_names_alone(house: House) -> None:
    brief_id = house.live().brief_id
    for reader in (INES, LEO):
        house.service.accept_confidentiality(reader, brief_id, CURRENT)
    house.reveals.known.add((INES.sub, brief_id))
    house.now = AFTER_THE_OPTION
    assert house.service.project(INES, brief_id)["live"] is False
    with pytest.raises(NotFound):
        house.service.project(LEO, brief_id)


def test_a_draft_and_a_project_that_does_not_exist_have_no_terms_to_accept(house: House) -> None:
    drafted = house.service.draft(MEMBER, content(), new_id(house.now)).brief_id
    for brief_id in (drafted, new_id(house.now)):
        with pytest.raises(NotFound):
            house.service.accept_confidentiality(INES, brief_id, CURRENT)
        with pytest.raises(NotFound):
            house.service.confidentiality(INES, brief_id)


def test_a_company_that_is_no_longer_verified_hides_its_projects_whatever_was_accepted(house: House) -> None:
    brief_id = house.live().brief_id
    house.service.accept_confidentiality(INES, brief_id, CURRENT)
    house.companies.verified = False
    with pytest.raises(NotFound):
        house.service.project(INES, brief_id)
