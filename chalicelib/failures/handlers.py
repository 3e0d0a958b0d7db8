from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib.platform.batches import QUEUE_SET_BY_TEMPLATE, BadMessage, each, on_task_queue, on_tick
from chalicelib.platform.lazily import lazily

if TYPE_CHECKING:
    from chalicelib.failures import wiring
else:
    wiring = lazily("chalicelib.failures.wiring")

handlers = Blueprint(__name__)


# One replay a call: each waits for another function, and a batch of them would outlast this one.
@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="replay_failures", batch_size=1)
@on_task_queue("replay_failures", replayable=False)
def replay_failures(task: dict[str, Any]) -> None:
    failure_id, request_id = task.get("failure_id"), task.get("request_id")
    if not isinstance(failure_id, str) or not isinstance(request_id, str):
        raise BadMessage("no_replay_named")
    wiring.service().replay(failure_id, request_id)


@handlers.schedule("rate(5 minutes)", name="sweep_failures")
@on_tick("sweep_failures")
def sweep_failures() -> None:
    service = wiring.service()
    each("sweep_failures", service.due(), service.settle)
