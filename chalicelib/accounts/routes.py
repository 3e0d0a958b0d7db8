from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.accounts.errors import RoleAlreadyChosen
from chalicelib.accounts.service import GROUPS
from chalicelib.platform.auth import SIGNED_IN
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily

if TYPE_CHECKING:
    from chalicelib.accounts import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.accounts.schemas"), lazily("chalicelib.accounts.wiring")

routes = ApiBlueprint(__name__)


@routes.get("/me", access=SIGNED_IN, while_suspended=True)
def read_me(request: Request) -> Reply[schemas.Me]:
    """The signed-in account, and what it has already: what it has not would be answered with 404 elsewhere."""
    return Reply(schemas.Me.of(wiring.service().mine(request.actor)))


@routes.post("/me/role", access=SIGNED_IN, refusals=(RoleAlreadyChosen,))
def choose_role(request: Request, body: schemas.RoleChoice) -> Reply[schemas.RoleChosen]:
    """Say once which side of the market the account is on.

    The token that was sent does not know it yet: have a new one before going on.
    """
    wiring.service().choose_role(request.actor, body.role)
    return Reply(schemas.RoleChosen(role=body.role, group=GROUPS[body.role], refresh_token=True))
