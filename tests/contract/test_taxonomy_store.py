"""What the store of the taxonomy promises, and that the platform reads what it wrote."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.platform import words
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from chalicelib.taxonomy.models import Head, first_head, first_version
from chalicelib.taxonomy.repository import TaxonomyRepository
from chalicelib.taxonomy.rules import whole
from chalicelib.vocabulary import taxonomy as vocabulary
from tests.support.tables import events, rows

NOW = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
FIRST = whole(vocabulary.shipped_document())


@pytest.fixture
def store(aws: None) -> Iterator[TaxonomyRepository]:
    yield TaxonomyRepository(Table("TaxonomyTable"))
    words.forget()


def renamed(label: str) -> dict[str, Any]:
    document = copy.deepcopy(FIRST)
    document["dimensions"]["tones"]["items"][0]["labels"]["fr"] = label
    return document


def save(store: TaxonomyRepository, document: dict[str, Any], before: Head | None = None) -> Head:
    before = before or store.head()
    head, draft, fact = before.save(FIRST, document, "sub-admin", NOW)
    store.save_draft(before, head, draft, fact, NOW)
    return head


def publish(
    store: TaxonomyRepository, document: dict[str, Any], before: Head | None = None, *, drops_draft: bool = True
) -> Head:
    before = before or store.head()
    in_force = store.document(before.number)
    assert in_force is not None
    published = before.publish(in_force, document, "Relue.", "sub-admin", NOW)
    assert published is not None
    head, version, fact = published
    store.publish(before, head, version, document, fact, NOW, drops_draft=drops_draft)
    return head


def test_an_empty_store_has_what_comes_with_the_project(store: TaxonomyRepository) -> None:
    assert (store.head(), store.history(), store.draft()) == (first_head(), [first_version()], None)
    assert (store.document(1), store.document(2)) == (FIRST, None)


def test_a_draft_comes_back_as_it_was_saved_and_goes_when_it_says_what_is_in_force(store: TaxonomyRepository) -> None:
    save(store, renamed("Ténébreux"))
    draft = store.draft()
    assert draft is not None
    assert (draft.document, draft.saved_by, draft.made_from) == (renamed("Ténébreux"), "sub-admin", 1)
    save(store, FIRST)
    assert store.draft() is None
    assert store.head().revision == 3


def test_a_version_comes_back_as_it_was_published_and_takes_its_draft_away(store: TaxonomyRepository) -> None:
    save(store, renamed("Ténébreux"))
    head = publish(store, renamed("Ténébreux"))
    assert store.head() == head
    assert (head.number, head.version, head.revision) == (2, "2026-12-04.2", 3)
    assert store.document(2) == renamed("Ténébreux")
    assert store.draft() is None
    assert [one.number for one in store.history()] == [2, 1]
    save(store, renamed("Noir"))
    publish(store, renamed("Gris"), drops_draft=False)
    assert store.draft() is not None


def test_the_first_version_stays_what_people_chose_from_when_another_release_brings_another(
    store: TaxonomyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, renamed("Ténébreux"))
    monkeypatch.setattr("chalicelib.taxonomy.repository.shipped_document", lambda: renamed("D’une autre livraison"))
    assert store.document(1) == FIRST


def test_of_two_made_from_the_same_revision_one_is_kept(store: TaxonomyRepository) -> None:
    first = store.head()
    second = save(store, renamed("Ténébreux"), first)
    with pytest.raises(Conflict):
        save(store, renamed("Noir"), first)
    third = publish(store, renamed("Ténébreux"), second)
    for write in (save, publish):
        with pytest.raises(Conflict):
            write(store, renamed("Gris"), second)
    assert store.head() == third
    assert len(events("TaxonomyTable")) == 2


def test_versions_are_listed_latest_first_without_their_documents(store: TaxonomyRepository) -> None:
    for number in range(12):
        publish(store, renamed(f"Ton {number}"))
    assert [one.number for one in store.history()] == list(range(13, 0, -1))
    assert all("document" not in row for row in rows("TaxonomyTable") if row["sk"].startswith("VERSION#"))


def test_what_was_published_is_what_functions_adopt(store: TaxonomyRepository) -> None:
    assert words.latest() is vocabulary.shipped()
    publish(store, renamed("Ténébreux"))
    adopted = words.latest()
    assert (adopted.number, adopted.version) == (2, "2026-12-04.2")
    assert adopted.label("tones", "dark", "fr") == "Ténébreux"
    assert words.latest() is adopted
    publish(store, renamed("Noir"))
    assert words.latest().label("tones", "dark", "fr") == "Noir"


def test_a_version_in_force_that_is_not_there_leaves_in_force_what_was(store: TaxonomyRepository) -> None:
    publish(store, renamed("Ténébreux"))
    adopted = words.latest()
    publish(store, renamed("Noir"))
    from chalicelib.platform.table import Delete

    Table("TaxonomyTable").write(Delete(words.PARTITION, words.document_key(3)))
    with pytest.raises(LookupError):
        words.latest()
    words.renew()
    assert vocabulary.taxonomy() is adopted


def test_a_document_is_a_fraction_of_what_an_item_may_hold(store: TaxonomyRepository) -> None:
    # Three times the words that there are fit beside their own version.
    assert len(words.packed(FIRST)) * 3 < 400_000 / 3
    assert words.unpacked(words.packed(FIRST)) == FIRST
