"""What happens in verification, by ids and neutral values: never a file's content, an address, what somebody wrote."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class CaseOpened(Fact):
    event_type: ClassVar[str] = "verification.opened"
    case_id: str
    kind: str
    subject_id: str


class CaseSubmitted(Fact):
    """Its owner asks for the checks."""

    event_type: ClassVar[str] = "verification.submitted"
    case_id: str


class ChecksPlanned(Fact):
    """So many steps are queued."""

    event_type: ClassVar[str] = "verification.planned"
    case_id: str
    steps: int


class StepEnded(Fact):
    """`outcome`: done, needs_human or rejected_input."""

    event_type: ClassVar[str] = "verification.step_ended"
    case_id: str
    step: str
    attempt: int
    outcome: str


class CaseQueued(Fact):
    """Every step has ended: the case waits for an administrator. `route`: fast_lane, normal or two_reviewers."""

    event_type: ClassVar[str] = "verification.queued"
    case_id: str
    route: str


class ChecksRenewed(Fact):
    """Some steps look once more. `because`: the id of the answer, the file or the attestation that came."""

    event_type: ClassVar[str] = "verification.checks_renewed"
    case_id: str
    steps: int
    because: str


class CaseAdvised(Fact):
    """They have ended again, and the recommendation with them; the case stays where it is."""

    event_type: ClassVar[str] = "verification.advised"
    case_id: str
    route: str


class CaseClaimed(Fact):
    event_type: ClassVar[str] = "verification.claimed"
    case_id: str
    reviewer_sub: str


class LeaseRenewed(Fact):
    event_type: ClassVar[str] = "verification.lease_renewed"
    case_id: str
    reviewer_sub: str


class CaseReleased(Fact):
    """The reviewer gives it back, or lets the lease run out (`lapsed`)."""

    event_type: ClassVar[str] = "verification.released"
    case_id: str
    reviewer_sub: str
    lapsed: bool


class InformationRequested(Fact):
    event_type: ClassVar[str] = "verification.information_requested"
    case_id: str
    question_id: str
    reviewer_sub: str


class InformationProvided(Fact):
    event_type: ClassVar[str] = "verification.information_provided"
    case_id: str
    question_id: str


class DecisionProposed(Fact):
    """It needs a second administrator before it counts."""

    event_type: ClassVar[str] = "verification.decision_proposed"
    case_id: str
    outcome: str
    ground: str
    proposed_by: str


class DecisionOverturned(Fact):
    event_type: ClassVar[str] = "verification.decision_overturned"
    case_id: str
    proposed_by: str
    overturned_by: str


class CaseDecided(Fact):
    """`outcome`: verified, partly_verified or refused; `seconded_by` is empty where one person was enough."""

    event_type: ClassVar[str] = "verification.decided"
    case_id: str
    kind: str
    subject_id: str
    outcome: str
    ground: str
    decided_by: str
    seconded_by: str


class CaseAppealed(Fact):
    event_type: ClassVar[str] = "verification.appealed"
    case_id: str


class AppealDecided(Fact):
    """By a third person, for good. `changed`: whether the outcome is another one now."""

    event_type: ClassVar[str] = "verification.appeal_decided"
    case_id: str
    kind: str
    subject_id: str
    outcome: str
    ground: str
    changed: bool
    decided_by: str


class CaseClosed(Fact):
    """The time to appeal has passed: the decision is final."""

    event_type: ClassVar[str] = "verification.closed"
    case_id: str
    outcome: str


class CaseWithdrawn(Fact):
    event_type: ClassVar[str] = "verification.withdrawn"
    case_id: str
    kind: str
    subject_id: str


class CaseExpired(Fact):
    """An answer that was asked for never came."""

    event_type: ClassVar[str] = "verification.expired"
    case_id: str
    kind: str
    subject_id: str


class CaseReopened(Fact):
    event_type: ClassVar[str] = "verification.reopened"
    case_id: str
    ground: str
    reopened_by: str


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


class AlarmPrepared(Fact):
    """An administrator gathers what an alarm would rest on; its subject is not told."""

    event_type: ClassVar[str] = "verification.alarm_prepared"
    alarm_id: str
    kind: str
    subject_id: str
    prepared_by: str


class AlarmRaised(Fact):
    """Its subject has ten days to answer. The reason is read where the alarm is kept: it does not travel."""

    event_type: ClassVar[str] = "verification.alarm_raised"
    alarm_id: str
    kind: str
    subject_id: str
    raised_by: str


class AlarmAnswered(Fact):
    """Its subject said what they had to say."""

    event_type: ClassVar[str] = "verification.alarm_answered"
    alarm_id: str


class AlarmConfirmed(Fact):
    """By another administrator than the one who raised it, for 24 months."""

    event_type: ClassVar[str] = "verification.alarm_confirmed"
    alarm_id: str
    kind: str
    subject_id: str
    raised_by: str
    decided_by: str


class AlarmDismissed(Fact):
    event_type: ClassVar[str] = "verification.alarm_dismissed"
    alarm_id: str
    kind: str
    subject_id: str
    decided_by: str


class AlarmWithdrawn(Fact):
    """Before it counted. `withdrawn_by` is empty where nobody went on with it in time; `raised`: its subject had been
    told of it."""

    event_type: ClassVar[str] = "verification.alarm_withdrawn"
    alarm_id: str
    kind: str
    subject_id: str
    withdrawn_by: str
    raised: bool


class AlarmAppealed(Fact):
    event_type: ClassVar[str] = "verification.alarm_appealed"
    alarm_id: str


class AlarmAppealRejected(Fact):
    """By a third person, after an appeal."""

    event_type: ClassVar[str] = "verification.alarm_appeal_rejected"
    alarm_id: str
    decided_by: str


class AlarmLifted(Fact):
    """By a third person, after an appeal or without one."""

    event_type: ClassVar[str] = "verification.alarm_lifted"
    alarm_id: str
    kind: str
    subject_id: str
    appealed: bool
    decided_by: str


class AlarmExpired(Fact):
    """Its 24 months are over."""

    event_type: ClassVar[str] = "verification.alarm_expired"
    alarm_id: str
    kind: str
    subject_id: str
