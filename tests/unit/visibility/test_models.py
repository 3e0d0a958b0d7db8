from __future__ import annotations

import pytest

from chalicelib.visibility.models import Block, marks_of
from tests.support.visibility_fakes import MINE, NOW

COMPANY = marks_of("company-1", "552178634", ("Falaise Rouge Films", "La Falaise"))


@pytest.mark.parametrize(
    "name",
    [
        "Falaise Rouge Films",
        "falaise  rouge films",
        "FALAISE ROUGE FILMS SAS",
        "Société Falaise Rouge Films",
        "La falaise",
    ],
)
def test_a_block_by_name_is_about_the_company_however_the_name_is_written(name: str) -> None:
    block = Block.by_name(MINE, name, NOW)
    assert block is not None
    assert (block.name, block.mark in COMPANY) == (name, True)


@pytest.mark.parametrize("name", ["Falaise", "Falaise Rouge", "Rouge Falaise Films", "Autre Rive"])
def test_a_block_by_another_name_is_not(name: str) -> None:
    block = Block.by_name(MINE, name, NOW)
    assert block is not None
    assert block.mark not in COMPANY


@pytest.mark.parametrize("name", ["SARL", "sasu", "Société SAS", "—"])
def test_a_legal_form_alone_names_no_company(name: str) -> None:
    assert Block.by_name(MINE, name, NOW) is None


def test_a_company_without_a_name_is_found_by_its_siren_and_its_id_and_by_no_empty_name() -> None:
    assert marks_of("company-1", "552178634", ("", "SAS")) == ("COMPANY#company-1", "SIREN#552178634")
    assert Block.by_siren(MINE, "552178634", NOW).mark in COMPANY
    assert Block.by_conversation(MINE, "thread-1", "brief-1", "company-1", NOW).mark in COMPANY
    assert Block.by_conversation(MINE, "thread-1", "brief-1", "company-2", NOW).mark not in COMPANY


def test_the_same_block_has_the_same_id_and_two_conversations_with_one_company_are_two() -> None:
    by_name = [Block.by_name(MINE, name, NOW) for name in ("La Falaise", "LA FALAISE SARL")]
    assert all(by_name)
    assert len({one.block_id for one in by_name if one}) == 1
    threads = {Block.by_conversation(MINE, one, "brief-1", "company-1", NOW).block_id for one in ("a", "b")}
    others = {Block.by_siren(one, "552178634", NOW).block_id for one in (MINE, "profile-noe")}
    assert (len(threads), len(others)) == (2, 2)
