"""What happens in verification, by ids and neutral values: never a file's content, an address, what somebody wrote."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class EvidenceAccepted(Fact):
    """A file came, was checked by its bytes and is kept."""

    event_type: ClassVar[str] = "verification.evidence_accepted"
    evidence_id: str
    case_id: str


class EvidenceRejected(Fact):
    """A file is not kept; `refusal` is a key of `refusals.py`."""

    event_type: ClassVar[str] = "verification.evidence_rejected"
    evidence_id: str
    case_id: str
    refusal: str


class EvidenceRead(Fact):
    """The case's reviewer was given a link to the file."""

    event_type: ClassVar[str] = "verification.evidence_opened"
    evidence_id: str
    case_id: str
    reader: str


class EvidenceDeleted(Fact):
    """The file is gone, for its time was over; what was found when it was checked stays."""

    event_type: ClassVar[str] = "verification.evidence_deleted"
    evidence_id: str
    case_id: str


class AttestationAsked(Fact):
    """Somebody at the company is to be asked about a credit."""

    event_type: ClassVar[str] = "verification.attestation_asked"
    attestation_id: str
    case_id: str
    profile_id: str
    credit_id: str


class AttestationAnswered(Fact):
    """They said so: `answer` is one of `attestations.Answer`."""

    event_type: ClassVar[str] = "verification.attestation_answered"
    attestation_id: str
    case_id: str
    profile_id: str
    credit_id: str
    answer: str


class AttestationCancelled(Fact):
    """They are no longer asked."""

    event_type: ClassVar[str] = "verification.attestation_cancelled"
    attestation_id: str
    case_id: str
    profile_id: str
    credit_id: str
