from __future__ import annotations

from typing import get_args

from chalicelib.access import ADMINS
from chalicelib.notifications import wiring
from chalicelib.notifications.models import State
from chalicelib.notifications.schemas import EmailList, EmailShape
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.paging import from_cursor, to_cursor

routes = ApiBlueprint(__name__)


@routes.get("/admin/notifications", access=ADMINS)
def list_emails(request: Request) -> Reply:
    state = request.choice("state", get_args(State), "refused") or "refused"
    scope = f"emails:{request.actor.sub}:{state}"
    emails, position = wiring.service().in_state(state, from_cursor(scope, request.query("cursor")))
    shapes = [EmailShape.of(email) for email in emails]
    return Reply(EmailList(emails=shapes, cursor=to_cursor(scope, position)))
