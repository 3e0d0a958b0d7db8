from __future__ import annotations

from chalicelib.access import FREELANCERS, PRODUCERS
from chalicelib.briefs import wiring
from chalicelib.briefs.models import Brief, Content
from chalicelib.briefs.schemas import BriefInput, BriefList, BriefShape, ProjectCard, ProjectList
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.paging import from_cursor, to_cursor
from chalicelib.vocabulary.clock import paris_day, utc_now
from chalicelib.vocabulary.taxonomy import taxonomy

routes = ApiBlueprint(__name__)


def _reply(brief: Brief, status: int = 200) -> Reply:
    return Reply(BriefShape.of(brief, paris_day(utc_now())), status=status, version=brief.version)


@routes.post("/briefs", access=PRODUCERS)
def draft_brief(request: Request) -> Reply:
    content = Content.model_validate(request.body(BriefInput).model_dump())
    return _reply(wiring.service().draft(request.actor, content), status=201)


@routes.get("/briefs", access=PRODUCERS)
def list_briefs(request: Request) -> Reply:
    scope = f"briefs:{request.actor.sub}"
    briefs, position = wiring.service().of_my_company(request.actor, from_cursor(scope, request.query("cursor")))
    today = paris_day(utc_now())
    shapes = [BriefShape.of(brief, today) for brief in briefs]
    return Reply(BriefList(briefs=shapes, cursor=to_cursor(scope, position)))


@routes.get("/briefs/{brief_id}", access=PRODUCERS)
def read_brief(request: Request, brief_id: str) -> Reply:
    return _reply(wiring.service().read(request.actor, brief_id))


@routes.patch("/briefs/{brief_id}", access=PRODUCERS)
def revise_brief(request: Request, brief_id: str) -> Reply:
    changes = request.body(BriefInput).changes()
    return _reply(wiring.service().revise(request.actor, brief_id, changes, request.if_match()))


@routes.post("/briefs/{brief_id}/publish", access=PRODUCERS)
def publish_brief(request: Request, brief_id: str) -> Reply:
    return _reply(wiring.service().publish(request.actor, brief_id, request.if_match()))


@routes.post("/briefs/{brief_id}/close", access=PRODUCERS)
def close_brief(request: Request, brief_id: str) -> Reply:
    return _reply(wiring.service().end(request.actor, brief_id, "closed", request.if_match()))


@routes.post("/briefs/{brief_id}/fill", access=PRODUCERS)
def fill_brief(request: Request, brief_id: str) -> Reply:
    return _reply(wiring.service().end(request.actor, brief_id, "filled", request.if_match()))


@routes.post("/briefs/{brief_id}/reopen", access=PRODUCERS)
def reopen_brief(request: Request, brief_id: str) -> Reply:
    return _reply(wiring.service().reopen(request.actor, brief_id, request.if_match()))


@routes.get("/projects", access=FREELANCERS)
def list_projects(request: Request) -> Reply:
    roles = tuple(taxonomy().dimensions["roles"].entries)
    role = request.choice("role", roles)
    scope = f"projects:{request.actor.sub}:{role}"
    cards, position = wiring.service().projects(
        request.actor, (role,) if role else roles, from_cursor(scope, request.query("cursor"))
    )
    shapes = [ProjectCard.model_validate(card) for card in cards]
    return Reply(ProjectList(projects=shapes, cursor=to_cursor(scope, position)))


@routes.get("/projects/{project_id}", access=FREELANCERS)
def read_project(request: Request, project_id: str) -> Reply:
    return Reply(ProjectCard.model_validate(wiring.service().project(request.actor, project_id)))
