"""Numbers as people write and paste them, in one form or refused. None of them is anybody's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.vocabulary.identifiers import bnf_ark, bnf_number, imdb_name, isan, isan_root, isni, wikidata_item


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("FFFF-0001-0000-0000-Y", "FFFF-0001-0000-0000-Y"),
        (" isan ffff 0001 0000 0000 y ", "FFFF-0001-0000-0000-Y"),
        ("ISAN FFFF-0001-0000-0000", "FFFF-0001-0000-0000-Y"),
        ("FFFF00010000000000000000", "FFFF-0001-0000-0000-Y-0000-0000-9"),
        ("urn:isan:FFFF-0001-0000-0000-Y-0000-0000-9", "FFFF-0001-0000-0000-Y-0000-0000-9"),
        ("FFFF-0001-0000-0000-Z", None),
        ("FFFF-0001-0000-0000-Y-0000-0000-Y", None),
        ("FFFF-0001-0000-000O-Y", None),
        ("FFFF-0001", None),
        ("0000-0000-0000-0000", None),
        ("", None),
    ],
)
def test_an_isan_is_kept_with_its_check_characters(written: str, kept: str | None) -> None:
    assert isan(written) == kept


@given(st.text(max_size=40))
def test_whatever_is_kept_is_kept_as_it_is_from_then_on(written: str) -> None:
    for read in (isan, isni, wikidata_item, bnf_ark, imdb_name):
        kept = read(written)
        assert kept is None or read(kept) == kept


def test_episodes_and_versions_share_the_root_of_their_work() -> None:
    assert isan_root("FFFF-0001-0000-0000-Y") == isan_root("FFFF-0001-0000-0001") == "FFFF00010000"
    assert isan_root("FFFF-0001") is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("9999 9999 0000 0010", "9999999900000010"),
        ("ISNI: 9999999900000010", "9999999900000010"),
        ("https://isni.org/isni/9999999900000010/", "9999999900000010"),
        ("http://www.isni.org/9999999900000010", "9999999900000010"),
        ("9999 9999 0000 007x", "999999990000007X"),
        ("9999 9999 0000 0011", None),
        ("9999 9999 0000 001", None),
        ("0000 0000 0000 0000", None),
        ("Noor Vasseur", None),
    ],
)
def test_an_isni_is_sixteen_characters_of_which_the_last_one_is_right(written: str, kept: str | None) -> None:
    assert isni(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ark:/12148/cb900000229", "ark:/12148/cb900000229"),
        ("cb900000229", "ark:/12148/cb900000229"),
        ("https://data.bnf.fr/ark:/12148/cb90000021Z", "ark:/12148/cb90000021z"),
        ("https://data.bnf.fr/fr/ark:/12148/cb900000229", "ark:/12148/cb900000229"),
        ("http://catalogue.bnf.fr/ark:/12148/cb900000229", "ark:/12148/cb900000229"),
        ("ark:/12148/cb900000228", None),
        ("ark:/12148/cb900000292", None),
        ("ark:/12148/bpt6k5401", None),
        ("ark:/99999/cb900000229", None),
        ("90000022", None),
    ],
)
def test_an_ark_of_the_bnf_ends_with_the_right_check_character(written: str, kept: str | None) -> None:
    assert bnf_ark(written) == kept


def test_the_number_of_an_ark_is_what_catalogues_give() -> None:
    assert bnf_number("ark:/12148/cb900000229") == "900000229"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Q900000011", "Q900000011"),
        ("q900000011", "Q900000011"),
        ("https://www.wikidata.org/wiki/Q900000011", "Q900000011"),
        ("http://www.wikidata.org/entity/Q900000011", "Q900000011"),
        ("Q0", None),
        ("P345", None),
        ("900000011", None),
        ("https://fr.wikipedia.org/wiki/Q900000011", None),
    ],
)
def test_a_wikidata_item_is_a_q_and_a_number(written: str, kept: str | None) -> None:
    assert wikidata_item(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("nm90000011", "nm90000011"),
        ("https://www.imdb.com/name/nm90000011/", "nm90000011"),
        ("https://www.imdb.com/fr/name/nm90000011", "nm90000011"),
        ("tt90000011", None),
        ("nm9", None),
        ("https://www.imdb.com/title/nm90000011", None),
    ],
)
def test_an_imdb_name_is_that_of_a_person(written: str, kept: str | None) -> None:
    assert imdb_name(written) == kept
