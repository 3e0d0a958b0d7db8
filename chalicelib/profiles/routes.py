from __future__ import annotations

from chalicelib.access import ADMINS, FREELANCERS, PRODUCERS
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.profiles import wiring
from chalicelib.profiles.schemas import (
    CreditInput,
    CreditShape,
    OwnProfileShape,
    ProfileDecision,
    ProfileInput,
    ProfileList,
    ProfileShape,
)
from chalicelib.profiles.service import Dossier

routes = ApiBlueprint(__name__)


def _own(dossier: Dossier) -> Reply:
    return Reply(OwnProfileShape.of(dossier), version=dossier.profile.version)


@routes.put("/profiles/mine", access=FREELANCERS)
def save_profile(request: Request) -> Reply:
    content = request.body(ProfileInput).content()
    return _own(wiring.service().save_profile(request.actor, content, request.if_match()))


@routes.get("/profiles/mine", access=FREELANCERS)
def read_own_profile(request: Request) -> Reply:
    return _own(wiring.service().mine(request.actor))


@routes.post("/profiles/mine/credits", access=FREELANCERS)
def add_credit(request: Request) -> Reply:
    dossier, credit = wiring.service().add_credit(request.actor, request.body(CreditInput).content())
    return Reply(CreditShape.of(credit), status=201, version=dossier.profile.version)


@routes.put("/profiles/mine/credits/{credit_id}", access=FREELANCERS)
def correct_credit(request: Request, credit_id: str) -> Reply:
    content = request.body(CreditInput).content()
    dossier, credit = wiring.service().correct_credit(request.actor, credit_id, content, request.if_match())
    return Reply(CreditShape.of(credit), version=dossier.profile.version)


@routes.delete("/profiles/mine/credits/{credit_id}", access=FREELANCERS)
def remove_credit(request: Request, credit_id: str) -> Reply:
    return _own(wiring.service().remove_credit(request.actor, credit_id, request.if_match()))


@routes.post("/profiles/mine/verification", access=FREELANCERS)
def submit_profile(request: Request) -> Reply:
    return _own(wiring.service().submit(request.actor))


@routes.get("/profiles/{profile_id}", access=PRODUCERS)
def read_proposed_profile(request: Request, profile_id: str) -> Reply:
    return Reply(ProfileShape.of(wiring.service().proposed(request.actor, profile_id)))


@routes.get("/admin/profiles", access=ADMINS)
def list_profiles_to_verify(request: Request) -> Reply:
    request.choice("status", ("submitted",), "submitted")
    dossiers = wiring.service().waiting_for_verification()
    return Reply(ProfileList(profiles=[ProfileShape.of(dossier) for dossier in dossiers]))


@routes.post("/admin/profiles/{profile_id}/verification", access=ADMINS)
def decide_profile_verification(request: Request, profile_id: str) -> Reply:
    body = request.body(ProfileDecision)
    dossier = wiring.service().decide_verification(
        request.actor, profile_id, body.decision, body.reason, body.levels(), request.if_match()
    )
    return Reply(ProfileShape.of(dossier), version=dossier.profile.version)
