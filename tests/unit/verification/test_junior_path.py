"""The way of somebody without credits: what shows it, and what a producer reads."""

from __future__ import annotations

from typing import get_args

from chalicelib.verification.evidence_files import Kind
from chalicelib.verification.facts_of_credit import LASTS
from chalicelib.verification.junior_path import LABELS, PATH_KINDS, JuniorPath, kinds_among
from chalicelib.verification.models import Verdict
from chalicelib.verification.service import VerificationService
from chalicelib.verification.steps.evidence import SentFile
from chalicelib.verification.tasks import VerificationTasks
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import typeset
from tests.support.verification_fakes import (
    NOW,
    FakeCaseStore,
    FakeFiles,
    FakeSubjects,
    FakeTaskQueue,
    SetClock,
    administrator,
    freelancer,
    means,
    profile_claim,
    run_all,
    run_at_once,
)


def confirmed(*kinds: str) -> JuniorPath:
    store, queue, clock, files = FakeCaseStore(), FakeTaskQueue(), SetClock(), FakeFiles()
    subjects = FakeSubjects(profile_claim(1, credits=0))
    service = VerificationService(store, subjects, clock)
    work = VerificationTasks(
        store, subjects, means(store, subjects, files=files), queue, run_at_once, lambda limit: limit, clock
    )
    files.files["case-1"] = [SentFile(kind, "checked", kind=kind) for kind in kinds]
    service.open(freelancer(), "profile", "case-1", "fr")
    service.submit(freelancer(), "case-1")
    work.dispatch("case-1")
    run_all(work, queue)
    lease = service.claim(administrator(), "case-1").lease
    assert lease is not None
    verdict = Verdict(outcome="verified", ground="junior_path_confirmed", text="Vu.", junior_path=True)
    service.decide(administrator(), "case-1", lease.token, verdict)
    path = store.junior_path("profile-1")
    assert path is not None
    return path


def test_each_kind_is_a_kind_of_file_with_words() -> None:
    assert set(PATH_KINDS) <= set(get_args(Kind))
    assert set(LABELS) == set(PATH_KINDS)
    assert kinds_among(["other", "referee", "diploma", "referee"]) == ("diploma", "referee")


def test_the_badge_says_what_showed_it_and_not_who_decided() -> None:
    path = confirmed("reading_report", "contract", "internship")
    assert (path.kinds, path.reviewer, path.case_id) == (("internship", "reading_report"), "admin-1", "case-1")
    assert path.badge == {
        "fact": "junior_path",
        "kinds": ["internship", "reading_report"],
        "label": {
            "fr": typeset("Parcours vérifié : stage, fiches de lecture"),
            "en": "Background verified: internship, reading reports",
        },
        "checked_at": stamp(NOW),
        "expires_at": stamp(NOW + LASTS),
    }


def test_without_a_file_it_rests_on_the_review_alone() -> None:
    assert confirmed().badge["label"] == {"fr": "Parcours vérifié", "en": "Background verified"}
