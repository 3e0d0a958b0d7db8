from __future__ import annotations

from chalicelib.accounts import wiring
from chalicelib.accounts.schemas import Me, RoleChoice, RoleChosen
from chalicelib.accounts.service import GROUPS
from chalicelib.platform.auth import SIGNED_IN
from chalicelib.platform.http import ApiBlueprint, Reply, Request

routes = ApiBlueprint(__name__)


@routes.get("/me", access=SIGNED_IN)
def read_me(request: Request) -> Reply:
    actor = request.actor
    return Reply(Me(sub=actor.sub, email=actor.email, groups=sorted(actor.groups)))


@routes.post("/me/role", access=SIGNED_IN)
def choose_role(request: Request) -> Reply:
    choice = request.body(RoleChoice)
    wiring.service().choose_role(request.actor, choice.role)
    return Reply(RoleChosen(role=choice.role, group=GROUPS[choice.role], refresh_token=True))
