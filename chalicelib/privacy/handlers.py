from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalice.app import Blueprint

from chalicelib.platform.batches import (
    QUEUE_SET_BY_TEMPLATE,
    SET_BY_TEMPLATE,
    STREAM_BATCH,
    BadMessage,
    each,
    on_task_queue,
    on_tick,
)
from chalicelib.platform.lazily import lazily
from chalicelib.platform.relay import relay

if TYPE_CHECKING:
    from chalicelib.privacy import wiring
else:
    wiring = lazily("chalicelib.privacy.wiring")

handlers = Blueprint(__name__)


relay_privacy_events = handlers.on_dynamodb_record(
    SET_BY_TEMPLATE, name="relay_privacy_events", batch_size=STREAM_BATCH, starting_position="TRIM_HORIZON"
)(relay("relay_privacy_events"))


# One task a call: one that outlasts its function takes no other with it.
@handlers.on_sqs_message(queue_arn=QUEUE_SET_BY_TEMPLATE, name="erase_people", batch_size=1)
@on_task_queue("erase_people")
def erase_people(task: dict[str, Any]) -> None:
    account_id, context = task.get("account_id"), task.get("context")
    if not isinstance(account_id, str) or not isinstance(context, str):
        raise BadMessage("no_task_named")
    wiring.erasures().run(account_id, context)


@handlers.schedule("rate(5 minutes)", name="sweep_privacy")
@on_tick("sweep_privacy")
def sweep_privacy() -> None:
    erasures, inactivity, exports = wiring.erasures(), wiring.inactivity(), wiring.expired_exports()
    each("sweep_privacy", erasures.overdue(), erasures.requeue)
    each("sweep_privacy", erasures.to_look_over(), erasures.look_over)
    each("sweep_privacy", inactivity.due(), inactivity.follow)
    each("sweep_privacy", exports.due(), exports.drop)
