"""The files that an alarm rests on lie on its own shelf."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.platform.file_checks import Checked, Notes
from chalicelib.verification.alarm_documents import AlarmDocuments
from chalicelib.verification.alarms import Alarm
from chalicelib.verification.evidence_files import Evidence, EvidenceFiles, offered
from chalicelib.verification.models import Case
from chalicelib.verification.subjects import Subject
from tests.support.evidence_fakes import START, FakeCases, FakeClock, FakeEvidenceStore, FakeFiles
from tests.support.verification_fakes import contact

PERSON = Subject("profile", "profile-1")
BYTES = b"%PDF-1.7 un contrat"


class Desk:
    def __init__(self) -> None:
        self.store, self.files, self.clock = FakeEvidenceStore(), FakeFiles(), FakeClock()
        self.cases: dict[str, Case] = {}
        self.documents = AlarmDocuments(self.store, self.files, self.cases.get, self.clock)
        for case_id, subject in (
            ("case-1", PERSON),
            ("case-2", Subject.credit("profile-1", "credit-1")),
            ("case-3", Subject("profile", "profile-2")),
            ("case-4", Subject("company", "profile-1")),
        ):
            self.cases[case_id], _ = Case.open(case_id, subject, contact(), START)

    def alarm(self, alarm_id: str = "alarm-1") -> Alarm:
        made, _ = Alarm.prepare(
            alarm_id, PERSON, "forged_credit_or_identity", "own_finding", None, "admin-1", (), START
        )
        return made

    def file(self, case_id: str, *, refused: str | None = None) -> Evidence:
        """One that was sent and checked."""
        evidence = offered(case_id, "file-1", "sub-ines", "contract", "credit-1", "application/pdf", START)
        shelf = self.store.shelf(case_id)
        self.store.offer(shelf, shelf.with_upload(), evidence)
        after, fact = evidence.settled(Checked(refused, BYTES, Notes()), BYTES, START)
        if refused is None:
            self.files.put(after.key, BYTES, "application/pdf")
        self.store.change(evidence, after, fact, START)
        return after

    def relied_on(self, case_id: str) -> Any:
        return self.documents.kept(self.alarm(), case_id, "file-1")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_one_that_was_sent_for_the_alarm_is_taken_as_it_is(desk: Desk) -> None:
    file = desk.file("alarm-1")
    document = desk.relied_on("alarm-1")
    assert (document.evidence_id, document.sha256) == ("file-1", file.sha256)
    assert desk.store.of_case("alarm-1") == [file]


@pytest.mark.parametrize("case_id", ["case-1", "case-2"])
def test_one_of_a_case_of_its_subject_is_copied_once(case_id: str, desk: Desk) -> None:
    file = desk.file(case_id)
    document = desk.relied_on(case_id)
    assert desk.relied_on(case_id) == document
    [copy] = desk.store.of_case("alarm-1")
    assert (copy.evidence_id, copy.sha256, copy.status) == (document.evidence_id, file.sha256, "accepted")
    assert (copy.owner, copy.kind, copy.credit_id, copy.reviewer) == ("sub-ines", "contract", None, None)
    assert desk.files.read(copy.key) == BYTES
    assert desk.store.shelf("alarm-1").uploads == 1
    assert desk.store.evidence(case_id, "file-1") == file


def test_the_copy_stays_when_the_case_s_files_go(desk: Desk) -> None:
    desk.file("case-1")
    desk.relied_on("case-1")
    files = EvidenceFiles(desk.store, desk.files, FakeCases(), desk.clock)
    files.case_ended("case-1", START, 3)
    desk.clock.passes(days=31)
    files.sweep()
    assert desk.files.under("evidence/case-1/") == []
    [copy] = desk.store.of_case("alarm-1")
    assert desk.files.read(copy.key) == BYTES
    assert files.signals("alarm-1") == [], "the same account sent both"


@pytest.mark.parametrize("case_id", ["case-3", "case-4", "another"])
def test_what_is_said_of_somebody_opens_no_file_of_others(case_id: str, desk: Desk) -> None:
    desk.file(case_id)
    assert desk.relied_on(case_id) is None
    assert desk.store.of_case("alarm-1") == []


def test_one_that_is_not_kept_is_none(desk: Desk) -> None:
    assert desk.relied_on("case-1") is None
    desk.file("case-1", refused="not_a_pdf")
    desk.file("alarm-1", refused="not_a_pdf")
    assert desk.relied_on("case-1") is None
    assert desk.relied_on("alarm-1") is None
    gone = desk.file("case-2")
    desk.files.delete([gone.key])
    assert desk.relied_on("case-2") is None


def test_cut_short_it_is_copied_the_next_time(desk: Desk) -> None:
    desk.file("case-1")
    desk.files.broken = True
    with pytest.raises(Retryable):
        desk.relied_on("case-1")
    desk.files.broken = False
    assert desk.relied_on("case-1") is not None


def test_two_at_once_make_one_copy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("case-1")
    put = desk.files.put

    def somebody_is_faster(key: str, content: bytes, media_type: str) -> None:
        monkeypatch.setattr(desk.files, "put", put)
        desk.relied_on("case-1")
        put(key, content, media_type)

    monkeypatch.setattr(desk.files, "put", somebody_is_faster)
    assert desk.relied_on("case-1") is not None
    assert len(desk.store.of_case("alarm-1")) == 1
    assert desk.store.shelf("alarm-1").uploads == 1
