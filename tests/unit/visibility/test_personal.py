from __future__ import annotations

from datetime import timedelta

from chalicelib.visibility.models import Sight
from chalicelib.visibility.personal import VisibilityOfPerson
from chalicelib.visibility.service import PAGE
from chalicelib.vocabulary.person import Erased, Person
from tests.support.visibility_fakes import INES, MINE, NOW, Lodge

PERSON = Person("sub-ines", "ines@courriel.test", MINE, None)


def test_somebody_takes_away_what_they_read_of_who_saw_them_and_whom_they_keep_away() -> None:
    lodge = Lodge()
    lodge.log.note([Sight("brief-1", MINE), Sight("brief-1", "profile-noe")], "profile")
    lodge.service.block_name(INES, "Autre Rive")
    lodge.service.block_opposite(INES, "thread-1")
    exported = VisibilityOfPerson(lodge.store, lodge).export(PERSON, lodge.now)
    viewer = {"code_name": "Projet brief-1", "company": None}
    assert exported["views"] == [{"day": "2026-11-30", "viewer": viewer, "shown": ["profile"]}]
    assert {(one["name"], one["conversation_id"]) for one in exported["blocks"]} == {
        ("Autre Rive", None),
        (None, "thread-1"),
    }
    assert "company-1" not in str(exported)


def test_an_export_has_every_page_and_an_erasure_leaves_the_others_what_is_theirs() -> None:
    lodge = Lodge()
    for number in range(PAGE + 3):
        lodge.log.note([Sight("brief-1", MINE), Sight("brief-1", "profile-noe")], "profile")
        lodge.now = NOW + timedelta(days=number + 1)
    lodge.service.block_siren(INES, "552178634")
    mine = VisibilityOfPerson(lodge.store, lodge)
    assert len(mine.export(PERSON, lodge.now)["views"]) == PAGE + 3
    assert mine.erase(PERSON, lodge.now) == Erased(removed=PAGE + 3 + 2)
    assert mine.erase(PERSON, lodge.now) == Erased()
    assert mine.export(PERSON, lodge.now) == {"views": [], "blocks": []}
    assert lodge.store.keeping_away(["SIREN#552178634"]) == frozenset()
    assert lodge.store.views("profile-noe", lodge.now.date(), 9, None)[0] != []


def test_of_a_producer_nothing_is_kept() -> None:
    lodge = Lodge()
    mine = VisibilityOfPerson(lodge.store, lodge)
    producer = Person("sub-claire", "claire@falaise-films.test", None, "company-1")
    assert (mine.export(producer, NOW), mine.erase(producer, NOW)) == ({"views": [], "blocks": []}, Erased())
