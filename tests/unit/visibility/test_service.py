from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Invalid, NotFound
from chalicelib.visibility.errors import TooManyBlocks
from chalicelib.visibility.models import BLOCK_LIMIT, Shown, Sight
from tests.support.visibility_fakes import INES, MINE, NOW, Lodge

STRANGER = Actor("sub-nobody", frozenset({"freelancers"}), "personne@courriel.test")
NOE = Actor("sub-noe", frozenset({"freelancers"}), "noe@courriel.test")
ON_BRIEF_1 = [Sight("brief-1", MINE), Sight("brief-1", "profile-noe")]


def read(lodge: Lodge) -> list[tuple[date, str | None, tuple[Shown, ...], str | None]]:
    views, _ = lodge.service.views(INES, None)
    return [(view.day, told.code_name, view.shown, told.company) for view, told in views]


def test_whoever_was_shown_reads_it_once_per_project_and_day_with_all_that_was_shown() -> None:
    lodge = Lodge()
    for shown in ("profile", "shortlist_line", "profile"):
        lodge.log.note(ON_BRIEF_1, shown)  # type: ignore[arg-type]
    lodge.log.note([Sight("brief-2", MINE)], "shortlist_line")
    lodge.now += timedelta(days=1)
    lodge.log.note([Sight("brief-1", MINE)], "contact_details")
    assert read(lodge) == [
        (date(2026, 12, 1), "Projet brief-1", ("contact_details",), None),
        (date(2026, 11, 30), "Projet brief-2", ("shortlist_line",), None),
        (date(2026, 11, 30), "Projet brief-1", ("shortlist_line", "profile"), None),
    ]


def test_a_day_is_one_in_paris() -> None:
    lodge = Lodge()
    lodge.now = NOW.replace(hour=23, minute=30)
    lodge.log.note([Sight("brief-1", MINE)], "profile")
    assert [day for day, *_ in read(lodge)] == [date(2026, 12, 1)]


def test_the_company_is_told_for_the_project_that_was_revealed_and_for_no_other_of_its_own() -> None:
    lodge = Lodge()
    for brief_id in ("brief-1", "brief-2"):
        lodge.log.note([Sight(brief_id, MINE)], "profile")
    lodge.revealed.add("brief-1")
    assert {(name, company) for _, name, _, company in read(lodge)} == {
        ("Projet brief-1", "Falaise Rouge Films"),
        ("Projet brief-2", None),
    }


def test_reading_the_same_again_is_noted_without_writing_again() -> None:
    lodge = Lodge()
    lodge.log.note(ON_BRIEF_1, "shortlist_line")
    lodge.log.note(list(reversed(ON_BRIEF_1)), "shortlist_line")
    assert lodge.store.notes == 1
    lodge.log.note([*ON_BRIEF_1, Sight("brief-1", "profile-ada")], "shortlist_line")
    lodge.now += timedelta(days=1)
    lodge.log.note(ON_BRIEF_1, "shortlist_line")
    assert lodge.store.notes == 3


def test_a_note_that_meets_another_is_taken_again_and_one_that_cannot_be_taken_fails_nobody() -> None:
    lodge = Lodge()
    lodge.store.busy = 1
    lodge.log.note(ON_BRIEF_1, "profile")
    assert len(read(lodge)) == 1
    lodge.store.busy = 99
    lodge.log.note([Sight("brief-2", MINE)], "profile")
    lodge.store.busy = 0
    assert len(read(lodge)) == 1
    lodge.log.note([Sight("brief-2", MINE)], "profile")  # it was not taken for noted
    assert len(read(lodge)) == 2


def test_a_block_set_again_is_the_one_that_stands() -> None:
    lodge = Lodge()
    first, _ = lodge.service.block_name(INES, "Falaise Rouge Films")
    lodge.now += timedelta(hours=1)
    again, _ = lodge.service.block_name(INES, "FALAISE ROUGE FILMS SAS")
    assert again == first
    assert [fact.event_type for fact in lodge.store.facts] == ["visibility.company_blocked"]


def test_blocks_are_listed_latest_first_and_a_conversation_by_what_may_be_told_of_it() -> None:
    lodge = Lodge()
    lodge.service.block_siren(INES, "552178634")
    lodge.now += timedelta(hours=1)
    lodge.service.block_opposite(INES, "thread-1")
    (by_thread, told), (by_siren, nothing) = lodge.service.blocks(INES)
    assert (by_thread.by, told and told.code_name, told and told.company) == ("conversation", "Projet brief-1", None)
    assert (by_siren.siren, nothing) == ("552178634", None)
    lodge.revealed.add("brief-1")
    [(_, told), _] = lodge.service.blocks(INES)
    assert told is not None
    assert told.company == "Falaise Rouge Films"


def test_a_block_that_is_lifted_is_gone_and_nobody_lifts_it_again_or_one_of_others() -> None:
    lodge = Lodge()
    block, _ = lodge.service.block_name(INES, "Falaise Rouge Films")
    other, _ = lodge.service.block_siren(INES, "552178634")
    lodge.service.unblock(INES, block.block_id)
    for who, gone in ((INES, block.block_id), (NOE, other.block_id), (INES, "01JDZ2V2Y0000000000000000A")):
        with pytest.raises(NotFound):
            lodge.service.unblock(who, gone)
    assert [one for one, _ in lodge.service.blocks(INES)] == [other]
    assert [fact.event_type for fact in lodge.store.facts].count("visibility.company_unblocked") == 1


def test_only_so_many_blocks_stand_at_a_time() -> None:
    lodge = Lodge()
    first, _ = lodge.service.block_name(INES, "Société 0 rue")
    for number in range(1, BLOCK_LIMIT):
        lodge.service.block_name(INES, f"Studio {number}")
    with pytest.raises(TooManyBlocks):
        lodge.service.block_name(INES, "Un de trop")
    assert lodge.service.block_name(INES, "Société 0 rue")[0] == first
    lodge.service.unblock(INES, first.block_id)
    lodge.service.block_name(INES, "Un de trop")


def test_a_legal_form_a_conversation_of_others_and_an_account_without_a_profile_are_refused() -> None:
    lodge = Lodge()
    with pytest.raises(Invalid):
        lodge.service.block_name(INES, "SARL")
    with pytest.raises(NotFound):
        lodge.service.block_opposite(INES, "thread-9")
    for ask in (
        lambda: lodge.service.views(STRANGER, None),
        lambda: lodge.service.blocks(STRANGER),
        lambda: lodge.service.block_name(STRANGER, "Falaise Rouge Films"),
        lambda: lodge.service.unblock(STRANGER, "01JDZ2V2Y0000000000000000A"),
    ):
        with pytest.raises(NotFound):
            ask()
    assert lodge.store.facts == []
