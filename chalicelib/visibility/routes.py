from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import FREELANCERS
from chalicelib.platform.errors import Invalid, NotFound
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.validation import PageQuery
from chalicelib.visibility.errors import TooManyBlocks

if TYPE_CHECKING:
    from chalicelib.visibility import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.visibility.schemas"), lazily("chalicelib.visibility.wiring")

routes = ApiBlueprint(__name__)


def _blocks(request: Request) -> schemas.BlockList:
    return schemas.BlockList(blocks=[schemas.BlockShape.of(*one) for one in wiring.service().blocks(request.actor)])


@routes.get("/me/views", access=FREELANCERS, refusals=(NotFound,))
def list_views(request: Request, query: PageQuery) -> Reply[schemas.ViewList]:
    """Who saw one's profile in the last twelve months, the latest first: one entry per project and day.

    Each time a producer is given somebody, on a screen or in an e-mail, it is noted, and producers know it. Until both
    sides have revealed who they are, whoever saw is told by the project's code name."""
    views, position = wiring.service().views(request.actor, request.position())
    shapes = [schemas.ViewShape.of(*one) for one in views]
    return Reply(schemas.ViewList(views=shapes, cursor=request.cursor(position)))


@routes.get("/me/blocks", access=FREELANCERS, refusals=(NotFound,))
def list_blocks(request: Request) -> Reply[schemas.BlockList]:
    """The companies that one keeps away, the latest first."""
    return Reply(_blocks(request))


@routes.post("/me/blocks", access=FREELANCERS, status=201, creates=True, refusals=(NotFound, Invalid, TooManyBlocks))
def block_company(request: Request, body: schemas.BlockInput) -> Reply[schemas.BlockShape]:
    """Keep a company away: one's profile is not proposed to it, and it may not ask. It is not told.

    Whether there is such a company on Plot Point is not told either, and nothing that one reads changes: projects, how
    one suits them, notices stay as they are. What one sends to a project oneself reaches whoever is behind it, and a
    conversation under way goes on."""
    given, service = body.checked(), wiring.service()
    if given.name is not None:
        return Reply(schemas.BlockShape.of(*service.block_name(request.actor, given.name)))
    if given.siren is not None:
        return Reply(schemas.BlockShape.of(*service.block_siren(request.actor, given.siren)))
    return Reply(schemas.BlockShape.of(*service.block_opposite(request.actor, given.conversation_id or "")))


@routes.delete("/me/blocks/{block_id}", access=FREELANCERS)
def unblock_company(request: Request, block_id: str) -> Reply[schemas.BlockList]:
    """Lift a block; the answer lists those that stay."""
    wiring.service().unblock(request.actor, block_id)
    return Reply(_blocks(request))
