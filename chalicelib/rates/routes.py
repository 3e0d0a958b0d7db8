from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.errors import Conflict, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import REQUIRED
from chalicelib.rates.errors import UnknownVersion

if TYPE_CHECKING:
    from chalicelib.rates import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.rates.schemas"), lazily("chalicelib.rates.wiring")

routes = ApiBlueprint(__name__)

#: A figure that an administrator corrects is read everywhere within that time.
_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/rates", access=PUBLIC)
def read_rates(request: Request) -> Reply[schemas.RatesShape]:
    """The indicative grid in force, and apart from it what binds employers.

    Free negotiation: nothing on Plot Point is filled in, refused or ranked by it. Each figure has its source and its
    date, or is marked as an assumption.
    """
    version = wiring.service().in_force()
    return Reply(schemas.RatesShape.of(version), version=version.number, headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/rates/observed", access=PUBLIC)
def read_observed_rates(request: Request, query: schemas.ObservedQuery) -> Reply[schemas.ObservedShape]:
    """What confirmed engagements in a role were budgeted at.

    Figures are told from ten engagements of five companies, three months old at least, none of which is behind more
    than a quarter; they are rounded means, never one budget.
    """
    pools = wiring.service().observed(query.role)
    return Reply(schemas.ObservedShape.of(query.role, pools), headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.post("/rates/own-cost", access=PUBLIC)
def compute_own_cost(request: Request, body: schemas.OwnCostInput) -> Reply[schemas.OwnCostShape]:
    """What one has to bill a day, from one's own figures.

    Every input may be given; each that is not starts from a default with its source. The answer shows each step.
    Nothing is kept, and it is compared with nothing.
    """
    return Reply(schemas.OwnCostShape.of(*wiring.service().own_cost(body.said())))


@routes.get("/admin/rates", access=ADMINS, refusals=(UnknownVersion,))
def read_rate_versions(request: Request, query: schemas.RateVersionsQuery) -> Reply[schemas.RateVersionsShape]:
    """The grid in force with the history of its versions, or an earlier version whole.

    The ETag is that of the version in force, whichever is shown.
    """
    service = wiring.service()
    in_force = service.in_force()
    shown = in_force if query.number is None else service.version(query.number)
    body = schemas.RateVersionsShape.of(in_force, shown, service.history())
    return Reply(body, version=in_force.number)


@routes.put("/admin/rates", access=ADMINS, if_match=REQUIRED, refusals=(PreconditionFailed, Conflict))
def publish_rates(request: Request, body: schemas.GridInput) -> Reply[schemas.RateVersionsShape]:
    """Put another grid in force, whole, with the reason for it.

    It becomes a new version, which never changes afterwards; the one before stays readable. A grid that says the same
    as the one in force makes no version.
    """
    service = wiring.service()
    version = service.publish(request.actor, body.grid.grid(), body.reason, request.if_match())
    return Reply(schemas.RateVersionsShape.of(version, version, service.history()), version=version.number)


@routes.post("/admin/rates/preview", access=ADMINS)
def preview_rates(request: Request, body: schemas.GridProposal) -> Reply[schemas.RatePreviewShape]:
    """What a grid would change, entry by entry, once published; all that is wrong with it, if anything is."""
    found = wiring.service().preview(body.grid.grid())
    return Reply(schemas.RatePreviewShape(differences=[schemas.RateDifferenceShape.of(one) for one in found]))
