from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, FREELANCERS, PRODUCERS
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import OPTIONAL
from chalicelib.profiles.errors import Incomplete, TooManyCredits

if TYPE_CHECKING:
    from chalicelib.profiles import schemas, wiring
    from chalicelib.profiles.service import Dossier
else:
    schemas, wiring = lazily("chalicelib.profiles.schemas"), lazily("chalicelib.profiles.wiring")

routes = ApiBlueprint(__name__)


def _own(dossier: Dossier) -> Reply[schemas.OwnProfileShape]:
    return Reply(schemas.OwnProfileShape.of(dossier), version=dossier.profile.version)


@routes.put(
    "/profiles/mine",
    access=FREELANCERS,
    if_match=OPTIONAL,
    refusals=(PreconditionFailed, Conflict, Invalid, Incomplete),
)
def save_profile(request: Request, body: schemas.ProfileInput) -> Reply[schemas.OwnProfileShape]:
    """Make one's profile, or replace what it says. Credits have routes of their own.

    Under another name, what was verified holds no longer: it was about somebody of the former name.
    """
    return _own(wiring.service().save_profile(request.actor, body.content(), request.if_match()))


@routes.get("/profiles/mine", access=FREELANCERS, refusals=(NotFound,))
def read_own_profile(request: Request) -> Reply[schemas.OwnProfileShape]:
    """One's own profile."""
    return _own(wiring.service().mine(request.actor))


@routes.post("/profiles/mine/pause", access=FREELANCERS, refusals=(NotFound, Invalid, Conflict))
def pause_profile(request: Request, body: schemas.PauseInput) -> Reply[schemas.OwnProfileShape]:
    """Take one's profile out of the proposals for a while, until a day or until one resumes.

    Meanwhile it is not proposed, is told of no project that fits, and is asked by nobody. Conversations and what was
    verified stay as they are. On the day it comes back by itself."""
    return _own(wiring.service().pause(request.actor, body.until))


@routes.post("/profiles/mine/resume", access=FREELANCERS, refusals=(NotFound, Conflict))
def resume_profile(request: Request) -> Reply[schemas.OwnProfileShape]:
    """Have one's profile proposed again."""
    return _own(wiring.service().resume(request.actor))


@routes.post(
    "/profiles/mine/credits",
    access=FREELANCERS,
    status=201,
    creates=True,
    refusals=(NotFound, Invalid, TooManyCredits, Conflict),
)
def add_credit(request: Request, body: schemas.CreditInput) -> Reply[schemas.CreditShape]:
    """Declare a past work. It counts once it is verified."""
    dossier, credit = wiring.service().add_credit(request.actor, body.content(), request.new_id())
    return Reply(schemas.CreditShape.own(credit), version=dossier.profile.version)


@routes.put(
    "/profiles/mine/credits/{credit_id}",
    access=FREELANCERS,
    if_match=OPTIONAL,
    refusals=(PreconditionFailed, Conflict, Invalid),
)
def correct_credit(request: Request, credit_id: str, body: schemas.CreditInput) -> Reply[schemas.CreditShape]:
    """Correct a past work, which is then to be verified again."""
    dossier, credit = wiring.service().correct_credit(request.actor, credit_id, body.content(), request.if_match())
    return Reply(schemas.CreditShape.own(credit), version=dossier.profile.version)


@routes.delete(
    "/profiles/mine/credits/{credit_id}",
    access=FREELANCERS,
    if_match=OPTIONAL,
    refusals=(PreconditionFailed, Conflict),
)
def remove_credit(request: Request, credit_id: str) -> Reply[schemas.OwnProfileShape]:
    """Take a past work off one's profile."""
    return _own(wiring.service().remove_credit(request.actor, credit_id, request.if_match()))


@routes.get("/profiles/{profile_id}", access=PRODUCERS)
def read_proposed_profile(request: Request, profile_id: str) -> Reply[schemas.ProfileShape]:
    """The profile of someone who was proposed to one's company, or is in a conversation with it.

    That it was read is noted, and the person reads it in `GET /me/views`."""
    return Reply(schemas.ProfileShape.of(wiring.service().proposed(request.actor, profile_id)))


@routes.get("/admin/profiles", access=ADMINS)
def list_profiles_to_verify(request: Request, query: schemas.ProfilesQuery) -> Reply[schemas.ProfileList]:
    """The profiles that have waited longest for a decision; those decided make room for the next."""
    dossiers = wiring.service().waiting_for_verification()
    return Reply(schemas.ProfileList(profiles=[schemas.ProfileShape.of(dossier) for dossier in dossiers]))
