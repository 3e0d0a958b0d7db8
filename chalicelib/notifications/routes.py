from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from chalicelib.access import ADMINS
from chalicelib.platform.auth import PUBLIC, SIGNED_IN
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Page, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import FORM, OPTIONAL

if TYPE_CHECKING:
    from chalicelib.notifications import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.notifications.schemas"), lazily("chalicelib.notifications.wiring")

routes = ApiBlueprint(__name__)

#: An address as it is kept.
SuppressionId = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]

#: What follows `/unsubscribe/`, whatever it is: whoever comes by a link that was cut short is told so in a page.
Token = Annotated[str, Field(max_length=4000)]


@routes.get("/me/preferences", access=SIGNED_IN, while_suspended=True)
def read_preferences(request: Request) -> Reply[schemas.PreferencesShape]:
    """Which e-mails the account wants to receive, and whether its address takes any."""
    preferences, suppression = wiring.preferences().read(request.actor)
    return Reply(schemas.PreferencesShape.of(preferences, suppression), version=preferences.version)


@routes.put(
    "/me/preferences",
    access=SIGNED_IN,
    while_suspended=True,
    if_match=OPTIONAL,
    refusals=(PreconditionFailed, Conflict),
)
def save_preferences(request: Request, body: schemas.PreferencesInput) -> Reply[schemas.PreferencesShape]:
    """Say which e-mails one wants to receive: the whole document, as it was read."""
    preferences, suppression = wiring.preferences().save(
        request.actor, body.language, body.channels(), request.if_match()
    )
    return Reply(schemas.PreferencesShape.of(preferences, suppression), version=preferences.version)


@routes.get("/unsubscribe/{token}", access=PUBLIC)
def show_unsubscribing(request: Request, token: Token) -> Page:
    """The page that asks whether to turn off a kind of e-mail.

    It changes nothing: security scanners open every link of an e-mail.
    """
    try:
        found = wiring.preferences().describe(token)
    except NotFound:
        return Page(wiring.pages().lost(request.language), status=404)
    return Page(wiring.pages().asking(found.kind, found.language or request.language))


@routes.post("/unsubscribe/{token}", access=PUBLIC, consumes=FORM)
def unsubscribe(request: Request, token: Token) -> Page:
    """Turn off a kind of e-mail: a mail program's own button (RFC 8058) and that of the page.

    No account is needed, and the form's content is not read.
    """
    try:
        found = wiring.preferences().unsubscribe(token)
    except NotFound:
        return Page(wiring.pages().lost(request.language), status=404)
    return Page(wiring.pages().done(found.kind, found.language or request.language))


@routes.get("/admin/notifications", access=ADMINS)
def list_emails(request: Request, query: schemas.EmailsQuery) -> Reply[schemas.EmailList]:
    """The e-mails in a state, last changed first, without their addresses."""
    emails, position = wiring.service().in_state(query.state, request.position())
    return Reply(schemas.EmailList.of(emails, request.cursor(position)))


@routes.get("/admin/suppressions", access=ADMINS)
def list_suppressions(request: Request, query: schemas.SuppressionsQuery) -> Reply[schemas.SuppressionList]:
    """The addresses that get no e-mail, latest first, by their digests."""
    found, position = wiring.postmaster().suppressions(request.position())
    shapes = [schemas.SuppressionShape.of(suppression) for suppression in found]
    return Reply(schemas.SuppressionList(suppressions=shapes, cursor=request.cursor(position)))


@routes.post("/admin/suppressions", access=ADMINS, status=201, creates=True, refusals=(Conflict,))
def suppress_address(request: Request, body: schemas.SuppressionInput) -> Reply[schemas.SuppressionShape]:
    """Send no more e-mails to an address.

    What an administrator decides stands above what was reported of it; of an address that an administrator has
    suppressed already, the entry is answered as it stands.
    """
    suppression = wiring.postmaster().suppress(request.actor, body.address, body.note)
    return Reply(schemas.SuppressionShape.of(suppression), version=suppression.version)


@routes.delete(
    "/admin/suppressions/{suppression_id}", access=ADMINS, if_match=OPTIONAL, refusals=(PreconditionFailed, Conflict)
)
def lift_suppression(request: Request, suppression_id: SuppressionId) -> Reply[schemas.SuppressionShape]:
    """Let an address get e-mails again; answers what had kept it from them."""
    return Reply(schemas.SuppressionShape.of(wiring.postmaster().lift(suppression_id, request.if_match())))


@routes.get("/admin/notices", access=ADMINS)
def list_notices(request: Request, query: schemas.NoticesQuery) -> Reply[schemas.NoticeList]:
    """What administrators should see to, or have seen to, latest first."""
    found, position = wiring.postmaster().notices(query.state, request.position())
    return Reply(
        schemas.NoticeList(notices=[schemas.NoticeShape.of(one) for one in found], cursor=request.cursor(position))
    )


@routes.post("/admin/notices/{notice_id}/done", access=ADMINS, refusals=(Conflict,))
def finish_notice(request: Request, notice_id: str) -> Reply[schemas.NoticeShape]:
    """Mark a notice as seen to. Once done it stays so, by whoever was first."""
    notice = wiring.postmaster().finish_notice(request.actor, notice_id)
    return Reply(schemas.NoticeShape.of(notice), version=notice.version)
