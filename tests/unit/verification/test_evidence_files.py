"""Files of evidence: checked once, read by one person, gone in time; whatever comes twice, late, half or at once."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.verification import evidence_files
from chalicelib.verification.errors import (
    NoMoreEvidence,
    NotArrivedYet,
    NotKept,
    NotTheReviewer,
    TakenMeanwhile,
    TooManyFiles,
    UploadOver,
)
from chalicelib.verification.evidence_files import MOST_FILES, MOST_UPLOADS, Evidence, EvidenceFiles
from chalicelib.vocabulary.clock import stamp
from tests.support.evidence_fakes import START, FakeCases, FakeClock, FakeEvidenceStore, FakeFiles, a_jpeg, a_pdf, exif

PDF = "application/pdf"
SCRIPTED = a_pdf("<< /S /JavaScript >>")


class Desk:
    """The service and everything around it."""

    def __init__(self) -> None:
        self.store, self.files, self.cases, self.clock = FakeEvidenceStore(), FakeFiles(), FakeCases(), FakeClock()
        self.service = EvidenceFiles(self.store, self.files, self.cases, self.clock)

    def offer(self, evidence_id: str = "file-1", case_id: str = "case-1", media_type: str = PDF) -> Evidence:
        owner = self.cases.owners[case_id]
        return self.service.offer(owner, case_id, evidence_id, "contract", media_type, 1000)[0]

    def send(self, content: bytes = a_pdf(), evidence_id: str = "file-1", case_id: str = "case-1") -> None:
        self.files.held[f"quarantine/{case_id}/{evidence_id}"] = content

    def confirm(self, evidence_id: str = "file-1", case_id: str = "case-1") -> Evidence:
        return self.service.confirm(self.cases.owners[case_id], case_id, evidence_id)

    def kept(self, content: bytes = a_pdf(), **where: str) -> Evidence:
        self.offer(**where)
        self.send(content, **where)
        return self.confirm(**where)

    def told(self) -> list[str]:
        return [fact.event_type.removeprefix("verification.evidence_") for fact in self.store.facts]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_form_takes_one_file_of_one_type_under_one_key_for_ten_minutes(desk: Desk) -> None:
    evidence, upload = desk.service.offer("sub-ines", "case-1", "file-1", "contract", PDF, 1000, "credit-1")
    assert upload.fields == {
        "key": "quarantine/case-1/file-1",
        "Content-Type": PDF,
        "bytes": "10000000",
        "seconds": "600",
    }
    assert upload.until == evidence.upload_until == stamp(START + timedelta(minutes=10))
    assert (evidence.status, evidence.credit_id, evidence.owner) == ("quarantine", "credit-1", "sub-ines")


def test_the_same_offer_again_gives_the_same_place_for_the_time_that_is_left(desk: Desk) -> None:
    first = desk.offer()
    desk.clock.passes(minutes=4)
    again, upload = desk.service.offer("sub-ines", "case-1", "file-1", "contract", PDF, 1000)
    assert (again, upload.fields["seconds"]) == (first, "360")
    assert desk.store.shelf("case-1").uploads == 1
    desk.clock.passes(minutes=6)
    with pytest.raises(UploadOver):
        desk.offer()


@pytest.mark.parametrize(
    ("media_type", "size", "pointers"),
    [("image/gif", 10, ["/media_type"]), (PDF, 0, ["/size"]), ("", 10_000_001, ["/media_type", "/size"])],
)
def test_what_can_never_be_kept_is_refused_before_it_is_sent(
    desk: Desk, media_type: str, size: int, pointers: list[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        desk.service.offer("sub-ines", "case-1", "file-1", "contract", media_type, size)
    assert [field.pointer for field in refused.value.fields] == pointers
    assert desk.store.records == {}


def test_only_the_account_that_a_case_takes_files_from_may_send_them(desk: Desk) -> None:
    desk.offer()
    desk.send()
    with pytest.raises(NotFound):
        desk.service.offer("sub-yann", "case-1", "file-2", "contract", PDF, 1000)
    with pytest.raises(NotFound):
        desk.service.confirm("sub-yann", "case-1", "file-1")
    with pytest.raises(NotFound):
        desk.service.offer("sub-ines", "case-9", "file-2", "contract", PDF, 1000)


def test_a_case_holds_so_many_files_and_a_refused_one_leaves_its_place(desk: Desk) -> None:
    for number in range(MOST_FILES):
        desk.offer(f"file-{number:02}")
    with pytest.raises(TooManyFiles):
        desk.offer("one-more")
    desk.send(SCRIPTED, "file-00")
    assert desk.confirm("file-00").status == "rejected"
    assert desk.offer("one-more").status == "quarantine"


def test_not_even_refused_files_may_come_for_ever(desk: Desk) -> None:
    for number in range(MOST_UPLOADS):
        desk.kept(SCRIPTED, evidence_id=f"file-{number:02}")
    with pytest.raises(TooManyFiles):
        desk.offer("one-more")


def test_of_two_offers_at_once_one_is_told_to_ask_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = desk.store.shelf("case-1")
    desk.offer()
    monkeypatch.setattr(desk.store, "shelf", lambda _: stale)
    with pytest.raises(Conflict):
        desk.offer("file-2")
    assert desk.store.evidence("case-1", "file-2") is None


def test_a_good_file_moves_out_of_quarantine_with_its_digest_and_its_notes(desk: Desk) -> None:
    evidence = desk.kept()
    digest = sha256(a_pdf()).hexdigest()
    assert (evidence.status, evidence.sha256, evidence.size) == ("accepted", digest, len(a_pdf()))
    assert (evidence.producer, evidence.created, evidence.exif) == ("Traitement 7.2", "2021-03-14", False)
    assert desk.files.held == {f"evidence/case-1/file-1/{digest}": a_pdf()}
    assert desk.files.types == {f"evidence/case-1/file-1/{digest}": PDF}
    assert desk.told() == ["accepted"]


def test_a_photograph_is_kept_without_where_it_was_taken_and_known_by_what_was_sent(desk: Desk) -> None:
    desk.offer(media_type="image/jpeg")
    desk.send(a_jpeg(exif()))
    evidence = desk.confirm()
    assert (evidence.exif, evidence.sha256) == (True, sha256(a_jpeg(exif())).hexdigest())
    assert b"GPS" not in desk.files.held[evidence.key]


def test_a_bad_file_is_deleted_and_its_sender_told_why_in_both_languages(desk: Desk) -> None:
    evidence = desk.kept(SCRIPTED)
    assert (evidence.status, evidence.refusal, desk.files.held) == ("rejected", "script", {})
    assert evidence.explanation is not None
    assert "JavaScript" in evidence.explanation.fr
    assert "JavaScript" in evidence.explanation.en
    assert desk.told() == ["rejected"]


def test_confirming_again_changes_nothing_whatever_was_sent_meanwhile(desk: Desk) -> None:
    evidence = desk.kept()
    desk.send(SCRIPTED)
    assert desk.confirm() == evidence
    assert desk.files.held[evidence.key] == a_pdf()
    assert desk.told() == ["accepted"]


def test_confirming_before_the_file_is_there_is_said_and_changes_nothing(desk: Desk) -> None:
    desk.offer()
    with pytest.raises(NotArrivedYet):
        desk.confirm()
    with pytest.raises(NotFound):
        desk.confirm("file-9")
    desk.send()
    assert desk.confirm().status == "accepted"


def test_of_two_checks_of_different_bytes_one_counts_and_nothing_of_the_other_stays(desk: Desk) -> None:
    desk.offer()
    desk.send(a_pdf(info="/Producer (Autre)"))
    real = desk.store.change

    def overtaken(*arguments: Any) -> None:
        desk.store.change = real  # type: ignore[method-assign]
        desk.send(a_pdf())
        desk.confirm()
        real(*arguments)

    desk.store.change = overtaken  # type: ignore[method-assign]
    evidence = desk.confirm()
    assert evidence.sha256 == sha256(a_pdf()).hexdigest()
    assert desk.files.held == {evidence.key: a_pdf()}
    assert desk.told() == ["accepted"]


def test_the_reviewer_of_the_case_alone_opens_a_file_and_each_time_is_written_down(desk: Desk) -> None:
    evidence = desk.kept()
    with pytest.raises(NotTheReviewer):
        desk.service.open("sub-salome", "case-1", "file-1")
    desk.cases.reviewers["case-1"] = "sub-salome"
    with pytest.raises(NotTheReviewer):
        desk.service.open("sub-basile", "case-1", "file-1")
    assert desk.told() == ["accepted"]
    for _ in range(2):
        reading = desk.service.open("sub-salome", "case-1", "file-1")
        assert reading.seconds == 300
        assert reading.url == f"https://evidence.test/{evidence.key}?name=Contrat.pdf&seconds=300&inline"
    assert desk.told() == ["accepted", "opened", "opened"]
    last = desk.store.facts[-1].model_dump()
    assert last == {"evidence_id": "file-1", "case_id": "case-1", "reader": "sub-salome"}


def test_a_file_is_named_by_what_it_is_and_by_its_credit(desk: Desk) -> None:
    desk.service.offer("sub-ines", "case-1", "file-1", "contract", PDF, 1000, "credit-1")
    desk.send()
    desk.confirm()
    desk.cases.reviewers["case-1"] = "sub-salome"
    titles = {"credit-1": "La Marée haute", "credit-2": "Autre chose"}
    url = desk.service.open("sub-salome", "case-1", "file-1", "en", titles).url
    assert "?name=Contract - La Marée haute.pdf&" in url


def test_a_file_that_is_not_kept_is_not_opened(desk: Desk) -> None:
    desk.cases.reviewers["case-1"] = "sub-salome"
    desk.offer()
    with pytest.raises(NotKept):
        desk.service.open("sub-salome", "case-1", "file-1")
    desk.send(SCRIPTED)
    desk.confirm()
    with pytest.raises(NotKept):
        desk.service.open("sub-salome", "case-1", "file-1")
    with pytest.raises(NotFound):
        desk.service.open("sub-salome", "case-1", "file-9")


def test_the_same_file_from_another_account_is_a_sign_and_from_the_same_one_is_none(desk: Desk) -> None:
    desk.cases.owners |= {"case-2": "sub-ines", "case-3": "sub-yann"}
    desk.kept()
    desk.kept(case_id="case-2")
    assert desk.service.signals("case-1") == []
    desk.kept(case_id="case-3", evidence_id="file-3")
    [signal] = desk.service.signals("case-1")
    assert (signal.signal, signal.concerns) == ("evidence_reused", ("file-1", "case-3"))
    [signal] = desk.service.signals("case-3")
    assert signal.concerns == ("file-3", "case-1", "case-2")


def test_a_file_that_nobody_confirmed_is_checked_by_the_sweeper(desk: Desk) -> None:
    desk.offer()
    desk.send()
    desk.clock.passes(minutes=14)
    assert desk.service.sweep() == 0
    desk.clock.passes(minutes=1)
    assert desk.service.sweep() == 1
    evidence = desk.store.records["case-1", "file-1"]
    assert (evidence.status, evidence.due_at) == ("accepted", None)
    assert list(desk.files.held) == [evidence.key]
    assert desk.service.sweep() == 0


def test_a_file_that_never_came_is_refused_by_the_sweeper(desk: Desk) -> None:
    desk.offer()
    desk.clock.passes(hours=1)
    desk.service.sweep()
    evidence = desk.store.records["case-1", "file-1"]
    assert (evidence.status, evidence.refusal, evidence.due_at) == ("rejected", "never_arrived", None)


def test_what_is_sent_again_once_judged_or_was_left_by_a_lost_check_goes_with_the_sweep(desk: Desk) -> None:
    evidence = desk.kept()
    desk.send(SCRIPTED)
    desk.files.held["evidence/case-1/file-1/another"] = b"left by a check that was killed"
    desk.files.held["evidence/case-1/file-10/other"] = b"another file"
    desk.clock.passes(minutes=15)
    desk.service.sweep()
    assert set(desk.files.held) == {evidence.key, "evidence/case-1/file-10/other"}


def test_while_the_bucket_fails_everything_waits_and_nothing_is_lost(desk: Desk) -> None:
    desk.offer()
    desk.send()
    desk.files.broken = True
    with pytest.raises(Retryable):
        desk.confirm()
    desk.clock.passes(hours=1)
    assert desk.service.sweep() == 0
    assert desk.store.records["case-1", "file-1"].status == "quarantine"
    desk.files.broken = False
    assert desk.service.sweep() == 1
    assert desk.store.records["case-1", "file-1"].status == "accepted"


def test_thirty_days_after_the_end_the_files_are_gone_and_the_proof_stays(desk: Desk) -> None:
    evidence = desk.kept()
    desk.kept(SCRIPTED, evidence_id="file-2")
    desk.cases.reviewers["case-1"] = "sub-salome"
    desk.service.open("sub-salome", "case-1", "file-1")
    desk.service.case_ended("case-1", START, 5)
    desk.clock.passes(days=29, hours=23)
    desk.service.sweep()
    assert evidence.key in desk.files.held
    desk.clock.passes(hours=1)
    assert desk.service.sweep() == 1
    assert desk.files.held == {}
    kept, refused = desk.service.of_case("case-1")
    assert (kept.status, kept.refusal, kept.reviewer) == ("deleted", None, "sub-salome")
    assert (kept.sha256, kept.media_type, kept.size) == (evidence.sha256, PDF, len(a_pdf()))
    assert (kept.checked_at, kept.deleted_at) == (stamp(START), stamp(desk.clock.now))
    assert refused.refusal == "script"
    assert desk.store.records["case-1", "file-1"].producer is None
    assert desk.told() == ["accepted", "rejected", "opened", "deleted", "deleted"]
    assert desk.service.sweep() == 0


def test_a_deletion_that_was_cut_short_is_ended_by_the_next_sweep(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.kept()
    desk.kept(evidence_id="file-2")
    desk.service.case_ended("case-1", START, 5)
    desk.clock.passes(days=30)
    with monkeypatch.context() as cut:
        cut.setattr(desk.store, "change_shelf", lambda *_: (_ for _ in ()).throw(TakenMeanwhile))
        desk.service.sweep()
    assert desk.service.sweep() == 1
    assert desk.told().count("deleted") == 2
    assert desk.service.sweep() == 0


def test_an_ended_case_takes_no_file_and_a_reopened_one_keeps_and_takes_them(desk: Desk) -> None:
    evidence = desk.kept()
    desk.service.case_ended("case-1", START, 5)
    with pytest.raises(NoMoreEvidence):
        desk.offer("file-2")
    desk.service.case_reopened("case-1", 6)
    desk.service.case_ended("case-1", START, 5)  # the same news once more, late
    desk.offer("file-2")
    desk.clock.passes(days=40)
    desk.service.sweep()
    assert list(desk.files.held) == [evidence.key]
    desk.service.case_ended("case-1", desk.clock.now, 9)
    desk.service.case_reopened("case-1", 6)
    assert desk.store.shelf("case-1").delete_after == stamp(desk.clock.now + timedelta(days=30))


def test_following_a_case_gives_up_as_an_outage_does_when_others_keep_writing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object) -> None:
        raise TakenMeanwhile

    monkeypatch.setattr(desk.store, "change_shelf", taken)
    with pytest.raises(Retryable):
        desk.service.case_ended("case-1", START, 5)


class Killed(BaseException):
    pass


def in_time(desk: Desk) -> bool:
    """Whether the bucket still takes the file: the form says until when."""
    evidence = desk.store.records.get(("case-1", "file-1"))
    return evidence is None or stamp(desk.clock.now - evidence_files.ARRIVAL_MARGIN) < evidence.upload_until


STEPS = st.lists(
    st.sampled_from(["offer", "send", "send_bad", "confirm", "sweep", "wait", "end", "reopen"]), max_size=14
)


@given(STEPS, st.lists(st.integers(0, 6), max_size=14))
@example(["offer", "wait", "wait", "sweep", "send"], [])
def test_killed_anywhere_and_in_any_order_a_file_ends_once_and_nothing_is_left_behind(
    steps: list[str], kills: list[int]
) -> None:
    """Every call of the store or the bucket may be the last one of a run, before or after it took effect."""
    desk = Desk()
    left = iter(kills)
    budget: list[int] = []

    def deadly(call: Any) -> Any:
        def run(*arguments: Any) -> Any:
            if budget and budget[0] == 0:
                budget.clear()
                raise Killed
            answer = call(*arguments)
            if budget:
                budget[0] -= 1
            return answer

        return run

    for thing, names in ((desk.store, ("offer", "change", "change_shelf")), (desk.files, ("put", "delete", "read"))):
        for name in names:
            setattr(thing, name, deadly(getattr(thing, name)))
    version = 0
    for step in steps:
        budget[:] = [kill] if (kill := next(left, 6)) < 6 else []
        version += 1
        try:
            match step:
                case "offer":
                    desk.offer()
                case "send" if in_time(desk):
                    desk.send()
                case "send_bad" if in_time(desk):
                    desk.send(SCRIPTED)
                case "confirm":
                    desk.confirm()
                case "sweep":
                    desk.service.sweep()
                case "wait":
                    desk.clock.passes(minutes=8)
                case "end":
                    desk.service.case_ended("case-1", desk.clock.now, version)
                case "reopen":
                    desk.service.case_reopened("case-1", version)
        except (Killed, NotArrivedYet, NotFound, UploadOver, NoMoreEvidence):
            pass
        budget.clear()
    desk.clock.passes(hours=1)
    desk.service.sweep()
    told = desk.told()
    assert told.count("accepted") + told.count("rejected") <= 1
    evidence = desk.store.records.get(("case-1", "file-1"))
    if evidence is None:
        return
    assert evidence.status in ("accepted", "rejected")
    assert evidence.due_at is None
    assert list(desk.files.held) == ([evidence.key] if evidence.status == "accepted" else [])
    if evidence.status == "accepted":
        assert desk.files.held[evidence.key] == a_pdf()
    desk.service.case_ended("case-1", desk.clock.now, version + 1)
    desk.clock.passes(days=30)
    desk.service.sweep()
    assert desk.files.held == {}
    assert list(desk.store.due(desk.clock.now + timedelta(days=400))) == []


def test_the_link_of_a_reviewer_lasts_five_minutes_and_an_upload_ten() -> None:
    assert (evidence_files.READING_SECONDS, evidence_files.UPLOAD_SECONDS) == (300, 600)
