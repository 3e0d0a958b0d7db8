from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.platform.auth import PUBLIC, SIGNED_IN
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.privacy.errors import NoErasure

if TYPE_CHECKING:
    from chalicelib.privacy import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.privacy.schemas"), lazily("chalicelib.privacy.wiring")

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


@routes.get("/privacy", access=PUBLIC)
def read_privacy_notice(request: Request) -> Reply[schemas.PrivacyNoticeShape]:
    """What is collected, why, on which legal ground, for how long, and everybody's rights.

    The periods are those by which the application deletes.
    """
    return Reply(schemas.PrivacyNoticeShape.in_full(wiring.contact()), headers=_PUBLIC_FOR_AN_HOUR)


@routes.get("/me/export", access=SIGNED_IN, while_suspended=True, elsewhere=True)
def export_me(request: Request) -> Reply[schemas.ExportShape]:
    """Everything that is known of you, in one document.

    One that weighs more than 4 MB is answered with 303 and a link that holds for a quarter of an hour: the document
    there has the same form. What others may not be told to you on a screen is not told here either.
    """
    service = wiring.exports()
    shape = schemas.ExportShape.of(service.of(request.actor))
    link = service.set_aside(request.actor, shape.model_dump_json())
    if link is None:
        return Reply(shape)
    return Reply(shape.elsewhere_at(link), status=303, headers={"Location": link})


@routes.delete("/me", access=SIGNED_IN, while_suspended=True, status=202)
def delete_me(request: Request) -> Reply[schemas.ErasureShape]:
    """Have your account and everything known of you deleted.

    The account is closed at once and for good. What each part of the application has let go of is told by
    `GET /me/erasure` as long as your token holds, and by e-mail once all is done. Asked again, nothing more happens.
    """
    return Reply(schemas.ErasureShape.of(wiring.erasures().ask(request.actor, request.language)))


@routes.get("/me/erasure", access=SIGNED_IN, while_suspended=True, refusals=(NoErasure,))
def read_erasure(request: Request) -> Reply[schemas.ErasureShape]:
    """How far your deletion has come: what went where, and what the law keeps, until when and why."""
    return Reply(schemas.ErasureShape.of(wiring.erasures().receipt(request.actor.sub)))
