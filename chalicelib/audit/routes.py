from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS
from chalicelib.platform.errors import Invalid
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.audit import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.audit.schemas"), lazily("chalicelib.audit.wiring")

routes = ApiBlueprint(__name__)


@routes.get("/admin/audit", access=ADMINS, refusals=(Invalid,))
def read_audit(request: Request, query: schemas.AuditQuery) -> Reply[schemas.AuditShape]:
    """Who did what, latest first: of a person, of one thing, of a period.

    One thing is a case, an alarm, a brief, a profile, a company or a conversation.
    What it lists was written with the act itself, in one transaction, and is never changed.
    """
    found, position = wiring.service().read(query.wanted(utc_now()), request.position())
    return Reply(
        schemas.AuditShape(entries=[schemas.AuditEntryShape.of(one) for one in found], cursor=request.cursor(position))
    )


@routes.get("/admin/audit/chain", access=ADMINS, refusals=(Invalid,))
def check_chain(request: Request, query: schemas.ChainQuery) -> Reply[schemas.ChainsShape]:
    """Whether the facts of a case or an alarm are as they were written, and their last link.

    Each fact carries a digest over the one before, its own id, type and time, what it happened to and who did it. All
    are recomputed. A link that was kept elsewhere shows even a chain that somebody wrote anew.
    """
    kind, identifier = query.about()
    return Reply(schemas.ChainsShape.of(kind, identifier, wiring.service().chains(kind, identifier)))
