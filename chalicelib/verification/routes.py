from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Page, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import FORM
from chalicelib.verification.errors import LinkExpired, LinkUsed, LostLink

if TYPE_CHECKING:
    from chalicelib.verification import attestations, wiring
else:
    attestations = lazily("chalicelib.verification.attestations")
    wiring = lazily("chalicelib.verification.wiring")

routes = ApiBlueprint(__name__)

#: What follows `/attestations/`, whatever it is: whoever comes by a link that was cut short is told so in a page.
Token = Annotated[str, Field(max_length=4000)]


@routes.get("/attestations/{token}", access=PUBLIC, pages=(410,))
def show_attestation(request: Request, token: Token) -> Page:
    """The page that shows an attester what a freelancer claims, and asks.

    It changes nothing: security scanners open every link of an e-mail.
    """
    try:
        attestation = wiring.attestation_answers().look(token)
    except LinkUsed:
        return Page(wiring.attestation_pages().used())
    except LinkExpired:
        return Page(wiring.attestation_pages().expired(), status=410)
    except LostLink:
        return Page(wiring.attestation_pages().lost(), status=404)
    return Page(wiring.attestation_pages().asking(attestation))


@routes.post("/attestations/{token}", access=PUBLIC, consumes=FORM, pages=(409, 410, 422))
def answer_attestation(request: Request, token: Token) -> Page:
    """An attester's answer, once: the form's `answer`, and a line in `said` for whoever wants to add one."""
    form = request.form()
    answer = next((one for one in attestations.ANSWERS if one == form.get("answer")), None)
    said = form.get("said", "")
    try:
        if answer is None:
            attestation = wiring.attestation_answers().look(token)
            return Page(wiring.attestation_pages().asking(attestation, missing=True, said=said), status=422)
        wiring.attestation_answers().answer(token, answer, said)
    except LinkUsed:
        return Page(wiring.attestation_pages().used(), status=409)
    except LinkExpired:
        return Page(wiring.attestation_pages().expired(), status=410)
    except LostLink:
        return Page(wiring.attestation_pages().lost(), status=404)
    return Page(wiring.attestation_pages().thanks(answer))
