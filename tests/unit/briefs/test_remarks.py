"""A remark under two hands: what happens between reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.briefs.leak_check import Finding
from chalicelib.briefs.personal import MASK, _masked
from chalicelib.briefs.remarks import Remark, RemarkService
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, PreconditionFailed, Retryable
from chalicelib.vocabulary.text import Bilingual

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CLAIRE = Actor("sub-claire", "claire@falaise-films.test", frozenset({"producers"}))


class Store:
    """One remark; `meanwhile` happens between a reading and the writing that follows it."""

    def __init__(self, meanwhile: Callable[[Remark], Remark] | None = None, times: int = 1) -> None:
        self.kept: Remark | None = None
        self.meanwhile, self.times = meanwhile, times

    def remark(self, _brief_id: str, _profile_id: str, _now: datetime) -> Remark | None:
        return self.kept

    def remarks(self, _brief_id: str, _now: datetime) -> list[Remark]:
        return [self.kept] if self.kept else []

    def keep(self, remark: Remark, _now: datetime) -> None:
        if self.meanwhile and self.times:
            self.times -= 1
            self.kept = self.meanwhile(self.kept or Remark(brief_id="brief", profile_id="ines"))
        if remark.revision != (self.kept.revision if self.kept else 0) + 1:
            raise Conflict
        self.kept = remark


class Known:
    def read(self, _actor: Actor, _brief_id: str) -> Any:
        return object()

    def are_known(self, _brief_id: str, _profile_id: str) -> bool:
        return True


def service(store: Store) -> RemarkService:
    return RemarkService(store, Known(), Known(), lambda: NOW)


def note(store: Store, text: str, expected: int | None = None) -> Remark:
    return service(store).note(CLAIRE, "brief", "ines", text, expected, conditional=expected is not None)


def test_a_note_and_a_dismissal_that_cross_are_both_kept() -> None:
    store = Store(lambda before: before.dismissed("dates", "sub-marc", NOW))
    note(store, "Juste.")
    assert store.kept is not None and store.kept.dismissal is not None
    assert (store.kept.note, store.kept.dismissal.reason, store.kept.revision) == ("Juste.", "dates", 2)


def test_of_two_notes_that_cross_the_second_is_refused() -> None:
    store = Store()
    note(store, "Juste.")
    store.meanwhile = lambda before: before.noted("Faux.", "sub-marc", NOW)
    with pytest.raises(PreconditionFailed):
        note(store, "Très juste.", 1)
    assert store.kept is not None and store.kept.note == "Faux."


@pytest.mark.parametrize("what", ["dismiss", "restore"])
def test_who_is_set_aside_ends_as_was_last_asked(what: str) -> None:
    store = Store()
    service(store).dismiss(CLAIRE, "brief", "ines", "rate")
    store.meanwhile = lambda before: before.noted("Juste.", "sub-marc", NOW)
    if what == "dismiss":
        after = service(store).dismiss(CLAIRE, "brief", "ines", "known")
        assert after.dismissal is not None and after.dismissal.reason == "known"
    else:
        after = service(store).restore(CLAIRE, "brief", "ines")
        assert after.dismissal is None
    assert after.note == "Juste."


def test_what_changes_all_the_time_is_tried_again_later() -> None:
    store = Store(lambda before: before.noted(f"{before.version}", "sub-marc", NOW), times=99)
    with pytest.raises(Retryable):
        service(store).dismiss(CLAIRE, "brief", "ines", "rate")


def test_who_said_it_is_taken_out_and_nobody_else() -> None:
    remark = Remark(brief_id="brief", profile_id="ines").noted("Juste.", "sub-claire", NOW)
    remark = remark.dismissed("rate", "sub-marc", NOW)
    left = remark.without("sub-claire")
    assert (left.note, left.author, left.version) == ("Juste.", None, 1)
    assert left.is_by("sub-marc") and not left.is_by("sub-claire")
    assert not left.without("sub-marc").is_by("sub-marc")


@pytest.mark.parametrize(
    ("passages", "shown"),
    [
        ([], "Vue chez Falaise en 2024."),
        ([(9, 16)], f"Vue chez {MASK} en 2024."),
        ([(4, 16), (9, 16), (12, 24)], f"Vue {MASK}."),
        ([(20, 24), (0, 3)], f"{MASK} chez Falaise en {MASK}."),
    ],
)
def test_passages_are_masked_once_where_they_overlap(passages: list[tuple[int, int]], shown: str) -> None:
    said = Bilingual("", "")
    found = [Finding("company", start, end, "block", said, said) for start, end in passages]
    assert _masked("Vue chez Falaise en 2024.", found) == shown
