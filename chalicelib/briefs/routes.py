from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import FREELANCERS, PRODUCERS
from chalicelib.briefs.errors import (
    AnswersOverdue,
    CompanyNotVerified,
    NoCompany,
    NoDates,
    NotInThatState,
    ProfileNotVerified,
    Unpublishable,
)
from chalicelib.platform.errors import Conflict, Invalid, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, CalendarFile, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import REQUIRED
from chalicelib.platform.validation import PageQuery
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.taxonomy import taxonomy

if TYPE_CHECKING:
    from chalicelib.briefs import schemas, wiring
    from chalicelib.briefs.models import Brief
else:
    schemas, wiring = lazily("chalicelib.briefs.schemas"), lazily("chalicelib.briefs.wiring")

routes = ApiBlueprint(__name__)


def _reply(brief: Brief) -> Reply[schemas.BriefShape]:
    return Reply(schemas.BriefShape.of(brief, utc_now()), version=brief.version)


@routes.post("/briefs", access=PRODUCERS, status=201, creates=True, refusals=(NoCompany, Invalid))
def draft_brief(request: Request, body: schemas.BriefInput) -> Reply[schemas.BriefShape]:
    """Start a project, as a draft that may be incomplete."""
    return _reply(wiring.service().draft(request.actor, body.content(), request.new_id()))


@routes.post("/briefs/estimate", access=PRODUCERS, refusals=(Invalid,))
def estimate_brief(request: Request, body: schemas.EstimateInput) -> Reply[schemas.EstimateShape]:
    """How many people could be proposed for a project that is being written. Nothing is kept.

    Availability counts by the project's dates as far as they are there; without any, whoever is free on some day from
    today on is free in time."""
    return Reply(schemas.EstimateShape.of(wiring.service().estimate(body.content())))


@routes.get("/briefs", access=PRODUCERS)
def list_briefs(request: Request, query: PageQuery) -> Reply[schemas.BriefList]:
    """The company's projects, last changed first."""
    briefs, position = wiring.service().of_my_company(request.actor, request.position())
    now = utc_now()
    return Reply(
        schemas.BriefList(
            briefs=[schemas.BriefShape.of(brief, now) for brief in briefs], cursor=request.cursor(position)
        )
    )


@routes.get("/briefs/{brief_id}", access=PRODUCERS)
def read_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """A project of one's own company."""
    return _reply(wiring.service().read(request.actor, brief_id))


@routes.get("/briefs/{brief_id}/calendar", access=PRODUCERS, refusals=(NotInThatState, NoDates))
def read_brief_calendar(request: Request, brief_id: str) -> CalendarFile:
    """The dates of a project of one's own company, for a calendar program, with alarms.

    Whole days by the code name, in French or, with `Accept-Language: en`, in English; opened again after a change, it
    moves what is there. A draft or a live project."""
    text = wiring.service().calendar(request.actor, brief_id, request.language)
    return CalendarFile(text, name=f"plot-point-{brief_id}.ics")


@routes.patch(
    "/briefs/{brief_id}",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, Invalid, Unpublishable, NotInThatState, CompanyNotVerified),
)
def revise_brief(request: Request, brief_id: str, body: schemas.BriefInput) -> Reply[schemas.BriefShape]:
    """Change the fields that are sent; null or an empty list clears one. A live project is matched again."""
    return _reply(wiring.service().revise(request.actor, brief_id, body.changes(), request.if_match()))


@routes.post(
    "/briefs/{brief_id}/publish",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, Unpublishable, NotInThatState, CompanyNotVerified, AnswersOverdue),
)
def publish_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """Put a complete draft online: seconds later its shortlist is there."""
    return _reply(wiring.service().publish(request.actor, brief_id, request.if_match()))


@routes.post(
    "/briefs/{brief_id}/close",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, NotInThatState),
)
def close_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """Take a live project offline, without having found anyone."""
    return _reply(wiring.service().end(request.actor, brief_id, "closed", request.if_match()))


@routes.post(
    "/briefs/{brief_id}/fill",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, NotInThatState),
)
def fill_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """Take a live project offline: someone was found."""
    return _reply(wiring.service().end(request.actor, brief_id, "filled", request.if_match()))


@routes.post(
    "/briefs/{brief_id}/reopen",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, Unpublishable, NotInThatState, CompanyNotVerified, AnswersOverdue),
)
def reopen_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """Put a project that was over online again."""
    return _reply(wiring.service().reopen(request.actor, brief_id, request.if_match()))


@routes.get("/projects", access=FREELANCERS, refusals=(ProfileNotVerified,))
def list_projects(request: Request, query: schemas.ProjectsQuery) -> Reply[schemas.ProjectList]:
    """The cards of the live projects, role after role, the most pressing first. Nobody's name is on them."""
    roles = (query.role,) if query.role else tuple(taxonomy().dimensions["roles"].entries)
    cards, position = wiring.service().projects(request.actor, roles, request.position())
    shapes = [schemas.ProjectCard.model_validate(card) for card in cards]
    return Reply(schemas.ProjectList(projects=shapes, cursor=request.cursor(position)))


@routes.get("/projects/{project_id}", access=FREELANCERS, refusals=(ProfileNotVerified,))
def read_project(request: Request, project_id: str) -> Reply[schemas.ProjectCard]:
    """The card of one live project."""
    return Reply(schemas.ProjectCard.model_validate(wiring.service().project(request.actor, project_id)))
