"""What files of evidence and attestations ask of their store, kept by the fake and by DynamoDB alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform.file_checks import PDF, Checked, Notes, check
from chalicelib.platform.table import Table
from chalicelib.verification.attestations import Attestation, Tally
from chalicelib.verification.errors import TakenMeanwhile
from chalicelib.verification.events import AttestationAsked
from chalicelib.verification.evidence_files import Evidence, Shelf, offered
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.vocabulary.clock import stamp
from tests.support.environment import aws
from tests.support.evidence_fakes import CLAIM, START, FakeEvidenceStore, a_pdf
from tests.support.tables import events, rows

TABLE = "VerificationTable"


@pytest.fixture(params=["fake", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "fake":
        yield FakeEvidenceStore()
        return
    with aws():
        yield EvidenceRepository(Table(TABLE))


def a_file(evidence_id: str = "file-1", case_id: str = "case-1", owner: str = "sub-ines") -> Evidence:
    return offered(case_id, evidence_id, owner, "contract", "credit-1", "application/pdf", START)


def placed(store: Any, evidence: Evidence) -> Evidence:
    shelf = store.shelf(evidence.case_id)
    store.offer(shelf, shelf.with_upload(), evidence)
    return evidence


def accepted(store: Any, evidence: Evidence) -> Evidence:
    after, fact = evidence.settled(check(a_pdf(), PDF.media_type, (PDF,), 10_000_000), a_pdf(), START)
    store.change(evidence, after, fact, START)
    return after


def an_attestation(attestation_id: str = "ask-1", **changes: Any) -> Attestation:
    made = Attestation(
        attestation_id=attestation_id,
        case_id="case-1",
        profile_id="profile-ines",
        credit_id="credit-1",
        claim=CLAIM,
        address="paul@falaise-films.test",
        domain="falaise-films.test",
        company_known=True,
        mailbox="mailbox-paul",
        likeness="likeness-paul",
        attester=None,
        own_mailboxes=("mailbox-ines",),
        own_likenesses=("likeness-ines",),
        own_domains=(),
        asked_at=stamp(START),
        expires_at=stamp(START + timedelta(days=14)),
    )
    return replace(made, **changes)


def asked(store: Any, attestation: Attestation, *counted: tuple[Tally, Tally]) -> Attestation:
    fact = AttestationAsked(
        attestation_id=attestation.attestation_id,
        case_id=attestation.case_id,
        profile_id=attestation.profile_id,
        credit_id=attestation.credit_id,
    )
    store.ask(attestation, counted, fact, START)
    return attestation


# ---- files


def test_a_case_that_never_had_files_has_an_empty_shelf(store: Any) -> None:
    assert store.shelf("case-1") == Shelf("case-1")
    assert (store.evidence("case-1", "file-1"), store.of_case("case-1")) == (None, [])
    assert list(store.due(START + timedelta(days=400))) == []


def test_files_come_back_as_they_were_placed_and_those_of_their_case_alone(store: Any) -> None:
    one, two = placed(store, a_file("file-1")), placed(store, replace(a_file("file-2"), credit_id=None))
    placed(store, a_file("file-3", case_id="case-2"))
    assert store.evidence("case-1", "file-2") == two
    assert store.of_case("case-1") == [one, two]
    assert store.shelf("case-1") == Shelf("case-1", uploads=2, version=2)


def test_a_file_is_placed_once_and_on_the_shelf_that_was_read(store: Any) -> None:
    placed(store, a_file())
    shelf = store.shelf("case-1")
    with pytest.raises(TakenMeanwhile):
        store.offer(shelf, shelf.with_upload(), a_file())
    with pytest.raises(TakenMeanwhile):
        store.offer(Shelf("case-1"), Shelf("case-1").with_upload(), a_file("file-2"))
    assert store.shelf("case-1") == shelf
    assert store.evidence("case-1", "file-2") is None


def test_a_file_changes_from_what_was_read_only(store: Any) -> None:
    file = placed(store, a_file())
    after = accepted(store, file)
    with pytest.raises(TakenMeanwhile):
        store.change(file, file.never_arrived(START)[0], None, START)
    assert store.evidence("case-1", "file-1") == after


def test_a_file_keeps_all_that_is_known_of_it(store: Any) -> None:
    file = placed(store, a_file())
    checked = Checked("script", "application/pdf", Notes("Traitement 7.2", "2021-03-14", True))
    after, fact = file.settled(checked, b"%PDF", START)
    after = replace(after, reviewer="sub-salome", opened_at=stamp(START), deleted_at=stamp(START))
    store.change(file, after, fact, START)
    assert store.evidence("case-1", "file-1") == after


def test_a_content_is_known_by_who_sent_it_once_it_is_accepted(store: Any) -> None:
    digest = accepted(store, placed(store, a_file())).sha256
    accepted(store, placed(store, a_file("file-2", "case-2", "sub-yann")))
    refused = placed(store, a_file("file-3", "case-3", "sub-lou"))
    after, fact = refused.settled(Checked("script", "application/pdf"), a_pdf(), START)
    store.change(refused, after, fact, START)
    assert sorted(store.with_hash(str(digest))) == [("sub-ines", "case-1", "file-1"), ("sub-yann", "case-2", "file-2")]
    assert store.with_hash("0" * 64) == []


def test_a_file_accepted_elsewhere_is_placed_whole_and_once(store: Any) -> None:
    file = accepted(store, placed(store, a_file()))
    copy, fact = file.copied("alarm-1", "file-9")
    shelf = store.shelf("alarm-1")
    store.adopt(shelf, shelf.with_upload(), copy, fact, START)
    for again in (shelf, store.shelf("alarm-1")):
        with pytest.raises(TakenMeanwhile):
            store.adopt(again, again.with_upload(), copy, fact, START)
    assert store.evidence("alarm-1", "file-9") == copy
    assert store.shelf("alarm-1").uploads == 1
    known = [("sub-ines", "alarm-1", "file-9"), ("sub-ines", "case-1", "file-1")]
    assert sorted(store.with_hash(str(file.sha256))) == known


def test_what_is_owed_is_found_from_its_time_on_and_until_it_is_done(store: Any) -> None:
    file = placed(store, a_file())
    shelf = store.shelf("case-1")
    store.change_shelf(shelf, shelf.ended(START, 7))
    assert list(store.due(START)) == []
    assert list(store.due(START + timedelta(hours=1))) == [("case-1", "file-1")]
    assert list(store.due(START + timedelta(days=30))) == [("case-1", "file-1"), ("case-1", None)]
    store.change(file, file.cleared(), None, START)
    ended = store.shelf("case-1")
    assert (ended.delete_after, ended.case_version) == (stamp(START + timedelta(days=30)), 7)
    store.change_shelf(ended, ended.emptied())
    assert list(store.due(START + timedelta(days=400))) == []


def test_a_shelf_changes_from_what_was_read_only(store: Any) -> None:
    store.change_shelf(Shelf("case-1"), Shelf("case-1").ended(START, 1))
    with pytest.raises(TakenMeanwhile):
        store.change_shelf(Shelf("case-1"), Shelf("case-1").ended(START, 2))
    read = store.shelf("case-1")
    store.change_shelf(read, read.reopened(2))
    assert store.shelf("case-1") == Shelf("case-1", case_version=2, version=2)


# ---- attestations


@pytest.mark.parametrize(
    "attestation",
    [
        an_attestation(),
        an_attestation(
            attester="profile-paul", own_domains=("ines-ecrit.test",), claim=replace(CLAIM, started_year=None)
        ),
        an_attestation(address=None, own_mailboxes=(), own_likenesses=()),
        an_attestation(answer="confirms", said="Saisons 1 et 2", answered_at=stamp(START), withdrawn_at=stamp(START)),
    ],
    ids=["plain", "between two profiles", "bare", "answered"],
)
def test_a_request_comes_back_as_it_was_made(store: Any, attestation: Attestation) -> None:
    asked(store, attestation)
    assert store.attestation("case-1", "ask-1") == attestation
    assert store.attestations("case-1") == [attestation]
    assert (store.attestation("case-2", "ask-1"), store.attestations("case-2")) == (None, [])


def test_a_request_is_counted_with_it_or_not_made(store: Any) -> None:
    until = START + timedelta(days=2)
    empty = store.tally("profile-ines", "2026-11-23", until)
    assert empty == Tally("profile-ines", "2026-11-23", until)
    asked(store, an_attestation(), (empty, empty.with_one("ask-1")))
    with pytest.raises(TakenMeanwhile):
        asked(store, an_attestation("ask-2"), (empty, empty.with_one("ask-2")))
    assert store.attestation("case-1", "ask-2") is None
    counted = store.tally("profile-ines", "2026-11-23", until)
    assert counted.attestation_ids == ("ask-1",)
    with pytest.raises(TakenMeanwhile):
        asked(store, an_attestation(), (counted, counted.with_one("ask-1")))
    asked(store, an_attestation("ask-2"), (counted, counted.with_one("ask-2")))
    assert store.tally("profile-ines", "2026-11-23", until).attestation_ids == ("ask-1", "ask-2")
    assert store.tally("profile-ines", "2026-11-24", until).attestation_ids == ()


def test_of_two_answers_to_what_was_read_one_counts(store: Any) -> None:
    attestation = asked(store, an_attestation())
    first, fact = attestation.answered("confirms", None, START)
    second, other = attestation.answered("unknown_person", None, START)
    store.change_attestation(attestation, first, fact, START)
    with pytest.raises(TakenMeanwhile):
        store.change_attestation(attestation, second, other, START)
    assert store.attestation("case-1", "ask-1") == first


def test_attestations_are_found_by_everybody_who_has_to_do_with_them(store: Any) -> None:
    one = asked(store, an_attestation("ask-1", attester="profile-paul"))
    two = asked(
        store,
        an_attestation(
            "ask-2",
            case_id="case-2",
            profile_id="profile-paul",
            mailbox="mailbox-lou",
            likeness="likeness-lou",
            own_mailboxes=("mailbox-paul",),
            own_likenesses=(),
        ),
    )
    assert store.around(["profile-ines"]) == [one]
    assert store.around(["mailbox-ines"]) == [one]
    assert store.around(["likeness-lou"]) == [two]
    assert store.around(["profile-paul"]) == [one, two]
    assert store.around(["mailbox-paul", "profile-ines", "nobody"]) == [one, two]
    assert store.around([]) == []


# ---- what the table holds besides


@pytest.fixture
def repository(aws: None) -> EvidenceRepository:
    return EvidenceRepository(Table(TABLE))


def test_facts_lie_with_their_case_in_the_transaction_that_makes_them_true(repository: EvidenceRepository) -> None:
    file = placed(repository, a_file())
    after = accepted(repository, file)
    opened, fact = after.opened("sub-salome", START)
    repository.change(after, opened, fact, START)
    with pytest.raises(TakenMeanwhile):
        repository.change(after, opened, fact, START)
    asked(repository, an_attestation())
    told = events(TABLE)
    assert {item["pk"] for item in told} == {"CASE#case-1"}
    assert sorted((item["event_type"], item["aggregate_id"], item["aggregate_version"]) for item in told) == [
        ("verification.attestation_asked", "ask-1", 1),
        ("verification.evidence_accepted", "file-1", 2),
        ("verification.evidence_opened", "file-1", 3),
    ]


def test_counts_are_forgotten_soon_after_their_period(repository: EvidenceRepository) -> None:
    until = START + timedelta(days=2)
    empty = repository.tally("profile-ines", "2026-11-23", until)
    asked(repository, an_attestation(), (empty, empty.with_one("ask-1")))
    [item] = [item for item in rows(TABLE) if str(item["pk"]).startswith("TALLY#")]
    assert item["expires_at"] == int(until.timestamp())


def test_only_one_item_holds_the_address_and_the_names(repository: EvidenceRepository) -> None:
    asked(repository, an_attestation(attester="profile-paul"))
    telling = [item for item in rows(TABLE) if "paul@" in str(item) or "Kerjean" in str(item)]
    assert [item["sk"] for item in telling] == ["ATTESTATION#ask-1"]
