from __future__ import annotations

from chalicelib.access import ADMINS
from chalicelib.notifications import wiring
from chalicelib.notifications.schemas import EmailList, EmailShape, EmailsQuery
from chalicelib.platform.http import ApiBlueprint, Reply, Request

routes = ApiBlueprint(__name__)


@routes.get("/admin/notifications", access=ADMINS)
def list_emails(request: Request, query: EmailsQuery) -> Reply[EmailList]:
    """The e-mails in a state, last changed first, without their addresses."""
    emails, position = wiring.service().in_state(query.state, request.position())
    return Reply(EmailList(emails=[EmailShape.of(email) for email in emails], cursor=request.cursor(position)))
