from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS
from chalicelib.failures.errors import AlreadySettled, NotReplayable, ReplayUnderWay
from chalicelib.platform.errors import Conflict, Invalid
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.failures import schemas, wiring
    from chalicelib.failures.models import Failure
else:
    schemas, wiring = lazily("chalicelib.failures.schemas"), lazily("chalicelib.failures.wiring")

routes = ApiBlueprint(__name__)


@routes.get("/admin/failures", access=ADMINS)
def list_failures(request: Request, query: schemas.FailuresQuery) -> Reply[schemas.FailureList]:
    """What handlers could not use, newest first, each with its reason and its event's id.

    A page may hold fewer than fit the filter while `cursor` is there: go on from it."""
    failures, position = wiring.service().in_status(query.status, query.wanted(), request.position())
    now = utc_now()
    return Reply(
        schemas.FailureList(
            failures=[schemas.FailureShape.of(one, now) for one in failures], cursor=request.cursor(position)
        )
    )


@routes.get("/admin/failures/{failure_id}", access=ADMINS)
def read_failure(request: Request, failure_id: str) -> Reply[schemas.FailureDetail]:
    """One failure with the raw record."""
    failure, record = wiring.service().with_record(failure_id)
    return Reply(schemas.FailureDetail.with_record(failure, record, utc_now()))


@routes.post(
    "/admin/failures/{failure_id}/replay",
    access=ADMINS,
    status=202,
    creates=True,
    refusals=(ReplayUnderWay, AlreadySettled, NotReplayable, Conflict),
)
def replay_failure(request: Request, failure_id: str) -> Reply[schemas.FailureShape]:
    """Hand the record to its consumer again, once, within seconds; read the failure for how it ended."""
    return _reply(wiring.service().ask(request.actor, failure_id, request.new_id()))


@routes.post("/admin/failures/replay", access=ADMINS, status=202, refusals=(Invalid,))
def replay_failures(request: Request, body: schemas.ReplaysInput) -> Reply[schemas.AskedForShape]:
    """Replay all that wait and fit the filter, oldest first, up to 200 in one call.

    Sent twice, it asks for nothing twice: what is under way waits for nobody."""
    return Reply(schemas.AskedForShape.of(wiring.service().ask_all(request.actor, body.wanted())))


@routes.post("/admin/failures/{failure_id}/dismiss", access=ADMINS, refusals=(ReplayUnderWay, AlreadySettled, Conflict))
def dismiss_failure(request: Request, failure_id: str, body: schemas.DismissalInput) -> Reply[schemas.FailureShape]:
    """Close a failure without replaying it, and say why."""
    return _reply(wiring.service().dismiss(request.actor, failure_id, body.reason))


def _reply(failure: Failure) -> Reply[schemas.FailureShape]:
    return Reply(schemas.FailureShape.of(failure, utc_now()))
