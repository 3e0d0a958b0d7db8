from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib.platform.batches import (
    QUEUE_BATCH,
    QUEUE_SET_BY_TEMPLATE,
    SET_BY_TEMPLATE,
    STREAM_BATCH,
    BadMessage,
    each,
    on_event_queue,
    on_stream,
    on_task_queue,
    on_tick,
)
from chalicelib.platform.lazily import lazily
from chalicelib.platform.outbox import Envelope
from chalicelib.platform.relay import relay
from chalicelib.verification.events import (
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmWithdrawn,
    AppealDecided,
    AttestationAnswered,
    CaseClosed,
    CaseExpired,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    EvidenceAccepted,
    InformationProvided,
)

if TYPE_CHECKING:
    from chalicelib.verification import wiring
else:
    wiring = lazily("chalicelib.verification.wiring")

#: Steps ask slow sources, each for as long as it may (`wiring.STEP_SECONDS`): so few that all of them fit into the
#: function's half minute.
STEP_BATCH = 2

handlers = Blueprint(__name__)


#: The facts that set steps off: the template gives `queue_verification_steps` no other.
SETS_OFF = (CaseSubmitted, InformationProvided, EvidenceAccepted, AttestationAnswered)


relay_verification_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_verification_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_verification_events"))


@handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="queue_verification_steps", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)
@on_stream("queue_verification_steps")
def queue_verification_steps(envelope: Envelope) -> None:
    submitted = envelope.read_as(CaseSubmitted)
    if submitted is not None:
        wiring.tasks().dispatch(submitted.case_id)
        return
    answered = envelope.read_as(InformationProvided)
    if answered is not None:
        wiring.tasks().look_again(answered.case_id, "answer", answered.question_id)
    file = envelope.read_as(EvidenceAccepted)
    if file is not None:
        wiring.tasks().look_again(file.case_id, "file", file.evidence_id)
    attested = envelope.read_as(AttestationAnswered)
    if attested is not None:
        wiring.tasks().look_again(attested.case_id, "attestation", attested.attestation_id)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="run_verification_steps", batch_size=STEP_BATCH)
@on_task_queue("run_verification_steps")
def run_verification_steps(task: dict[str, Any]) -> None:
    case_id, step, attempt = task.get("case_id"), task.get("step"), task.get("attempt")
    if not isinstance(case_id, str) or not case_id:
        raise BadMessage("no_case_id")
    if not isinstance(step, str) or not step:
        raise BadMessage("no_step")
    if not isinstance(attempt, int) or isinstance(attempt, bool):
        raise BadMessage("no_attempt")
    wiring.tasks().run(case_id, step, attempt)


@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="settle_ended_cases", batch_size=QUEUE_BATCH)
@on_event_queue("settle_ended_cases")
def settle_ended_cases(envelope: Envelope) -> None:
    told = (
        envelope.read_as(CaseClosed)
        or envelope.read_as(AppealDecided)
        or envelope.read_as(CaseWithdrawn)
        or envelope.read_as(CaseExpired)
        or envelope.read_as(CaseReopened)
    )
    if told is not None:
        wiring.endings().follow(told.case_id)
        return
    over = (
        envelope.read_as(AlarmDismissed)
        or envelope.read_as(AlarmWithdrawn)
        or envelope.read_as(AlarmLifted)
        or envelope.read_as(AlarmExpired)
    )
    if over is not None:
        wiring.endings().follow_alarm(over.alarm_id)


@handlers.schedule("rate(5 minutes)", name="sweep_verification")
@on_tick("sweep_verification")
def sweep_verification() -> None:
    tasks, alarms, rechecks = wiring.tasks(), wiring.alarms(), wiring.rechecks()
    each("sweep_verification", tasks.due(), lambda owed: tasks.settle(*owed))
    each("sweep_verification", alarms.due(), alarms.settle)
    each("sweep_verification", rechecks.due(), lambda owed: rechecks.settle(*owed))
    wiring.evidence_files().sweep()
