from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.numbers import is_isan, same_isan_work, same_number
from chalicelib.verification.sources.desk import Finding
from chalicelib.verification.sources.judging import (
    candidates,
    is_function,
    judge,
    same_company,
    same_name,
)
from chalicelib.verification.sources.port import FoundCredit, FoundPerson, FoundWork
from tests.support.source_fakes import same_letters

CLAIM = WorkClaim(
    title="Les Brumes",
    year=2015,
    kind="series",
    function="literary-director",
    person_name="Éloïse Morvan",
    company="Falaise Films",
    person_ids={"imdb": "nm1", "isni": "0000 0001 2103 2683"},
    other_works=(WorkTitle(title="Le Gois", year=2012),),
)
#: The same person, told by nothing but the name.
BARE = replace(CLAIM, company=None, person_ids={}, other_works=())
ELOISE = FoundPerson(
    ref="1",
    names=("Morvan, Éloïse",),
    ids={"imdb": "nm1"},
    other_works=(WorkTitle(title="Le Gois", year=2013),),
)
SERIES = FoundWork(
    ref="A",
    url="https://catalogue.test/A",
    title="Les Brumes",
    kind="series",
    first_year=2014,
    last_year=2016,
    companies=("FALAISE FILMS SAS",),
    credits=(FoundCredit(person=ELOISE, jobs=("Script Editor",)),),
)


def judged(claim: WorkClaim, *works: FoundWork) -> Finding:
    return judge(claim, candidates(claim, works, same_letters), same_letters)


def said(finding: Finding) -> tuple[str, str | None, str]:
    return finding.verdict, finding.level, finding.reason


HINTS = {
    "number": {"person_ids": {"imdb": "nm1"}},
    "company": {"company": "Falaise Films"},
    "other work": {"other_works": CLAIM.other_works},
}


@pytest.mark.parametrize("hint", sorted(HINTS))
def test_one_hint_beside_the_name_is_too_few(hint: str) -> None:
    finding = judged(replace(BARE, **HINTS[hint]), SERIES)
    assert said(finding) == ("partial", "participation", "too_few_hints")


@pytest.mark.parametrize("missing", sorted(HINTS))
def test_any_two_hints_beside_the_name_make_a_person(missing: str) -> None:
    hints = {name: value for hint, given in HINTS.items() if hint != missing for name, value in given.items()}
    assert said(judged(replace(BARE, **hints), SERIES)) == ("confirms", "function", "function_found")


def test_several_numbers_are_one_hint_for_the_same_person_gave_them_all() -> None:
    known = replace(ELOISE, ids={"imdb": "nm1", "isni": "0000000121032683"})
    claim = replace(CLAIM, company=None, other_works=())
    work = replace(SERIES, credits=(FoundCredit(person=known, jobs=("Script Editor",)),))
    assert said(judged(claim, work)) == ("partial", "participation", "too_few_hints")


def test_two_hints_without_the_name_make_nobody() -> None:
    stranger = replace(ELOISE, names=("Maëlle Le Goff",))
    work = replace(SERIES, credits=(FoundCredit(person=stranger, jobs=("Script Editor",)),))
    assert said(judged(CLAIM, work)) == ("partial", "participation", "another_name")
    unnumbered = replace(stranger, ids={})
    work = replace(SERIES, credits=(FoundCredit(person=unnumbered, jobs=("Script Editor",)),))
    assert said(judged(CLAIM, work)) == ("confirms", "work", "work_found")


def test_a_namesake_with_another_number_is_nobody_and_hides_nobody() -> None:
    namesake = replace(ELOISE, ref="2", ids={"imdb": "nm2"})
    alone = replace(SERIES, credits=(FoundCredit(person=namesake, jobs=("Script Editor",)),))
    assert said(judged(CLAIM, alone)) == ("confirms", "work", "namesake")
    both = replace(SERIES, credits=(*alone.credits, *SERIES.credits))
    assert said(judged(CLAIM, both)) == ("confirms", "function", "function_found")


def test_another_job_confirms_that_the_person_took_part() -> None:
    work = replace(SERIES, credits=(FoundCredit(person=ELOISE, jobs=("Director", "Idea")),))
    assert said(judged(CLAIM, work)) == ("confirms", "participation", "person_found")


@pytest.mark.parametrize(
    ("year", "kind", "first", "last", "reason"),
    [
        (2015, "film", 2014, None, "function_found"),
        (2015, "film", 2016, None, "function_found"),
        (2015, "film", 2017, None, "nothing_found"),
        (2015, "film", 2013, None, "nothing_found"),
        (2019, "series", 2014, 2019, "function_found"),
        (2020, "series", 2014, 2019, "function_found"),
        (2021, "series", 2014, 2019, "nothing_found"),
        (2013, "series", 2014, 2019, "function_found"),
        (2012, "series", 2014, 2019, "nothing_found"),
    ],
)
def test_the_year_may_be_off_by_one_and_a_series_runs_for_years(
    year: int, kind: str, first: int, last: int | None, reason: str
) -> None:
    work = replace(SERIES, kind=kind, first_year=first, last_year=last)
    assert judged(replace(CLAIM, year=year), work).reason == reason


def test_a_series_without_an_end_may_be_the_one_but_its_year_proves_nothing() -> None:
    running = replace(SERIES, last_year=None)
    assert judged(replace(BARE, year=2019), running).reason == "title_alone"
    assert "year" not in judged(replace(CLAIM, year=2019), running).matched_fields
    assert judged(replace(CLAIM, year=2019), running).reason == "function_found"


def test_a_year_that_is_not_known_leaves_the_title_alone() -> None:
    assert judged(BARE, replace(SERIES, first_year=None)).reason == "title_alone"
    assert judged(replace(BARE, year=None), SERIES).reason == "title_alone"


def test_of_two_works_with_the_same_title_and_years_a_person_chooses() -> None:
    twin = replace(SERIES, ref="B", companies=())
    assert judged(BARE, SERIES, twin).reason == "several_works"
    assert judged(CLAIM, SERIES, twin).reason == "function_found"
    assert judged(CLAIM, twin, SERIES).url == "https://catalogue.test/A"


def test_a_text_is_not_the_work_and_stands_behind_it() -> None:
    novel = replace(SERIES, ref="0", audiovisual=False)
    assert said(judged(CLAIM, novel)) == ("silent", "work", "another_medium")
    assert judged(CLAIM, novel, SERIES).reason == "function_found"


def test_nothing_known_is_silence() -> None:
    assert said(judged(CLAIM)) == ("silent", "work", "nothing_found")
    assert said(judged(CLAIM, replace(SERIES, title="La Brume"))) == ("silent", "work", "nothing_found")


@given(st.permutations([SERIES, replace(SERIES, ref="B", companies=()), replace(SERIES, ref="0", audiovisual=False)]))
def test_the_order_in_which_a_source_answers_decides_nothing(works: list[FoundWork]) -> None:
    assert judged(CLAIM, *works) == judged(CLAIM, *reversed(works))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Éloïse Morvan", "MORVAN Eloise", True),
        ("Morvan, Éloïse", "Éloïse Morvan", True),
        ("Jean-Yves Le Goff", "Jean Yves LE GOFF", True),
        ("Œdipe Kérous", "Oedipe Kerous", True),
        ("Éloïse Morvan", "Éloïse Morvan-Kerbrat", False),
        ("Éloïse Morvan", "É. Morvan", False),
        ("Ana Ana", "Ana", False),
        ("", "", False),
        ("--", "..", False),
    ],
)
def test_a_name_is_the_same_words_in_any_order(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Falaise Films", "SAS FALAISE FILMS", True),
        ("Mélusine Productions", "Melusine", True),
        ("Falaise Films", "Falaise Fiction", False),
        ("Films de la Falaise", "Falaise Films", False),
        ("SARL", "SAS", False),
        ("Production", "Productions", False),
    ],
)
def test_a_company_is_known_whatever_its_legal_form(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same_company(other, one) is same


@pytest.mark.parametrize(
    ("job", "function", "is_it"),
    [
        ("Script Editor", "literary-director", True),
        ("directrice littéraire", "literary-director", True),
        ("Direction littéraire", "literary-director", True),
        ("Head of script", "literary-director", True),
        ("Development Producer", "development-executive", True),
        ("Development Producer", "literary-director", False),
        ("Editor", "literary-director", False),
        ("", "literary-director", False),
        ("Script Editor", "director-of-everything", False),
    ],
)
def test_a_job_is_a_function_by_the_words_of_the_trade(job: str, function: str, is_it: bool) -> None:
    assert is_function(job, function) is is_it


def test_numbers_are_compared_without_their_spaces() -> None:
    assert same_number("0000 0001 2103 268x", "000000012103268X")
    assert not same_number("", " ")
    assert not same_number("nm1", "nm10")
    assert same_isan_work("ISAN 1881-66C7-3420-6541-Y", "1881-66C7-3420-0000")
    assert not same_isan_work("1881-66C7-3420-6541-Y", "0000-0001-8CFA-0000-I")
    assert not same_isan_work("1881-66C7-3420", "1881-66C7-3420")


@given(
    st.text("0123456789ABCDEF", min_size=16, max_size=16).filter(lambda digits: bool(digits[:12].strip("0"))),
    st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
)
def test_one_check_character_fits_an_isan(digits: str, check: str) -> None:
    fitting = [one for one in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if is_isan(digits + one)]
    assert len(fitting) == 1
    assert is_isan(digits + check) is (check == fitting[0])
