from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, FREELANCERS, PRODUCERS
from chalicelib.briefs.errors import (
    AnswersOverdue,
    CompanyNotVerified,
    NoCompany,
    NoDates,
    NotInThatState,
    ProfileNotVerified,
    TermsNotAccepted,
    TermsOutdated,
    Unpublishable,
)
from chalicelib.platform.errors import Conflict, Invalid, PreconditionFailed, PreconditionRequired
from chalicelib.platform.http import ApiBlueprint, CalendarFile, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import OPTIONAL, REQUIRED
from chalicelib.platform.validation import PageQuery
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.briefs import online_schemas, remark_schemas, schemas, wiring
    from chalicelib.briefs.models import Brief
    from chalicelib.briefs.remarks import Remark
else:
    schemas, wiring = lazily("chalicelib.briefs.schemas"), lazily("chalicelib.briefs.wiring")
    online_schemas = lazily("chalicelib.briefs.online_schemas")
    remark_schemas = lazily("chalicelib.briefs.remark_schemas")

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
    return Reply(schemas.EstimateShape.of(wiring.service().estimate(request.actor, body.content())))


@routes.get("/briefs", access=PRODUCERS, while_suspended=True)
def list_briefs(request: Request, query: PageQuery) -> Reply[schemas.BriefList]:
    """The company's projects, last changed first."""
    briefs, position = wiring.service().of_my_company(request.actor, request.position())
    now = utc_now()
    return Reply(
        schemas.BriefList(
            briefs=[schemas.BriefShape.of(brief, now) for brief in briefs], cursor=request.cursor(position)
        )
    )


@routes.get("/briefs/{brief_id}", access=PRODUCERS, while_suspended=True)
def read_brief(request: Request, brief_id: str) -> Reply[schemas.BriefShape]:
    """A project of one's own company."""
    return _reply(wiring.service().read(request.actor, brief_id))


@routes.get("/briefs/{brief_id}/calendar", access=PRODUCERS, while_suspended=True, refusals=(NotInThatState, NoDates))
def read_brief_calendar(request: Request, brief_id: str) -> CalendarFile:
    """The dates of a project of one's own company, for a calendar program, with alarms.

    Whole days by the code name, in French or, with `Accept-Language: en`, in English; opened again after a change, it
    moves what is there. A draft or a live project."""
    text = wiring.service().calendar(request.actor, brief_id, request.language)
    return CalendarFile(text, name=f"plot-point-{brief_id}.ics")


@routes.get("/briefs/{brief_id}/outreach", access=PRODUCERS, while_suspended=True)
def read_outreach(request: Request, brief_id: str) -> Reply[schemas.OutreachShape]:
    """How far a project has come with its people, and whom to invite how soon.

    How many now, when the next ones, and whether the project is in danger. Advice: nothing is done by itself."""
    return Reply(schemas.OutreachShape.of(wiring.service().advice(request.actor, brief_id)))


@routes.patch(
    "/briefs/{brief_id}",
    access=PRODUCERS,
    if_match=REQUIRED,
    refusals=(PreconditionFailed, Conflict, Invalid, Unpublishable, NotInThatState, CompanyNotVerified),
)
def revise_brief(request: Request, brief_id: str, body: schemas.BriefInput) -> Reply[schemas.BriefShape]:
    """Change the fields that are sent; null or an empty list clears one. A live project is matched again.

    One that is over can be changed where something keeps it from being reopened, and stays over."""
    return _reply(wiring.service().revise(request.actor, brief_id, body.changes(), request.if_match()))


@routes.post("/briefs/{brief_id}/check", access=PRODUCERS)
def check_brief(request: Request, brief_id: str, body: schemas.BriefInput | None) -> Reply[schemas.ProofreadingShape]:
    """Read a project over before it goes online: what it lacks, what its texts should not say, what will be seen of it.

    Every text that freelancers read before the reveal is read in each language, for what tells who is behind the
    project and for what may not be asked of anybody. What blocks keeps it from being published, reopened, or changed
    while it is online; what warns does not. With a body, as it would be with these fields changed. Nothing is kept."""
    changes = body.changes() if body is not None else {}
    return Reply(schemas.ProofreadingShape.of(wiring.service().check(request.actor, brief_id, changes)))


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
    """Put a project that was over online again. Dates that have passed meanwhile are changed first."""
    return _reply(wiring.service().reopen(request.actor, brief_id, request.if_match()))


@routes.get("/projects", access=FREELANCERS, refusals=(ProfileNotVerified,))
def list_projects(request: Request, query: schemas.ProjectsQuery) -> Reply[schemas.ProjectList]:
    """The cards of the live projects that are looked for. Nobody's name is on them.

    `role`, `genre`, `tone`, `universe`, `format`, `level`, `language`, `working_mode` and `region` take one entry or
    several, separated by commas, of which one is enough; a genre stands for its narrower genres too, and what states no
    region is in none of them. `start_from`, `start_until`: the work may start on some day between the two, both
    included. `rate_min`: the budget goes at least up to that, in whole euros per `rate_unit`, which must come with it:
    nothing is converted, and a budget in another unit does not count.

    `order`: `pressing` (role after role, the nearest deadline first) or `fits_me`: what the reader could be proposed
    for as their profile stands, then the rest, in each the best score first. The score is that of
    `GET /projects/{project_id}/fit`, made from the card alone; of more than five hundred live projects, the most
    pressing five hundred are ranked. A page may be short of fifty before the end, and go on by its cursor."""
    cards, position = wiring.service().projects(request.actor, query.search(), query.order, request.position())
    shapes = [schemas.ProjectCard.model_validate(card) for card in cards]
    return Reply(schemas.ProjectList(projects=shapes, cursor=request.cursor(position)))


@routes.get("/projects/{project_id}", access=FREELANCERS, refusals=(ProfileNotVerified,))
def read_project(request: Request, project_id: str) -> Reply[schemas.ProjectCard]:
    """One project, as far as its reader has come with it.

    The card of a live one; the full brief once the confidentiality terms in force are accepted; and who is behind it
    once both have revealed themselves, then also after it has ended."""
    return Reply(schemas.ProjectCard.model_validate(wiring.service().project(request.actor, project_id)))


@routes.get("/projects/{project_id}/confidentiality", access=FREELANCERS, refusals=(ProfileNotVerified,))
def read_confidentiality(request: Request, project_id: str) -> Reply[schemas.ConfidentialityShape]:
    """The terms under which the full brief is read, and whether the reader has accepted them, which and when.

    Leaving them unaccepted changes nothing: not what is proposed, nor in which order."""
    undertaking = wiring.service().confidentiality(request.actor, project_id)
    return Reply(schemas.ConfidentialityShape.of(undertaking))


@routes.post("/projects/{project_id}/confidentiality", access=FREELANCERS, refusals=(ProfileNotVerified, TermsOutdated))
def accept_confidentiality(
    request: Request, project_id: str, body: schemas.ConfidentialityAcceptance
) -> Reply[schemas.ConfidentialityShape]:
    """Accept the confidentiality terms for one project, which opens its full brief.

    `version` is that of the terms which were read; once others are in force it is refused. Accepting again changes
    nothing. The version and the time are kept."""
    undertaking = wiring.service().accept_confidentiality(request.actor, project_id, body.version)
    return Reply(schemas.ConfidentialityShape.of(undertaking))


@routes.get(
    "/projects/{project_id}/calendar", access=FREELANCERS, refusals=(ProfileNotVerified, TermsNotAccepted, NoDates)
)
def read_project_calendar(request: Request, project_id: str) -> CalendarFile:
    """The dates of a project for a calendar program.

    Once its confidentiality terms are accepted, and by the code name alone."""
    text = wiring.service().project_calendar(request.actor, project_id, request.language)
    return CalendarFile(text, name=f"plot-point-{project_id}.ics")


def _remark_reply(request: Request, remark: Remark) -> Reply[remark_schemas.RemarkShape]:
    return Reply(remark_schemas.RemarkShape.of(remark, request.actor.sub), version=remark.version)


@routes.get("/briefs/{brief_id}/remarks", access=PRODUCERS)
def list_remarks(request: Request, brief_id: str) -> Reply[remark_schemas.RemarkList]:
    """What the company keeps to itself about the people of a project: its notes, and whom it has set aside.

    For members of the company alone, and for the person in their own export. Nothing follows from it: no rank, no
    message, no count."""
    found = wiring.remarks().of_brief(request.actor, brief_id)
    shapes = [remark_schemas.RemarkShape.of(one, request.actor.sub) for one in found]
    return Reply(remark_schemas.RemarkList(brief_id=brief_id, remarks=shapes))


@routes.put(
    "/briefs/{brief_id}/matches/{profile_id}/note",
    access=PRODUCERS,
    if_match=OPTIONAL,
    refusals=(PreconditionFailed, PreconditionRequired),
)
def write_note(
    request: Request, brief_id: str, profile_id: str, body: remark_schemas.NoteInput
) -> Reply[remark_schemas.RemarkShape]:
    """Write the company's note about somebody who was proposed for a project, or is in touch with it.

    Once there is a note `If-Match` is required, for every member may change it. An empty text takes it away."""
    remark = wiring.remarks().note(
        *(request.actor, brief_id, profile_id, body.text, request.if_match()), conditional=request.is_conditional
    )
    return _remark_reply(request, remark)


@routes.post("/briefs/{brief_id}/matches/{profile_id}/dismiss", access=PRODUCERS)
def dismiss_person(
    request: Request, brief_id: str, profile_id: str, body: remark_schemas.SetAsideInput
) -> Reply[remark_schemas.RemarkShape]:
    """Set somebody aside on the company's own list, or give another reason for it.

    The person keeps their place and their chances, here and everywhere else, and is told nothing."""
    return _remark_reply(request, wiring.remarks().dismiss(request.actor, brief_id, profile_id, body.reason))


@routes.delete("/briefs/{brief_id}/matches/{profile_id}/dismiss", access=PRODUCERS)
def restore_person(request: Request, brief_id: str, profile_id: str) -> Reply[remark_schemas.RemarkShape]:
    """Take a dismissal back; without one nothing changes."""
    return _remark_reply(request, wiring.remarks().restore(request.actor, brief_id, profile_id))


# ---- for administrators


@routes.get("/admin/briefs", access=ADMINS)
def list_online_projects(
    request: Request, query: online_schemas.OnlineQuery
) -> Reply[online_schemas.OnlineProjectList]:
    """The projects that are online, the latest published first, to be looked at without anybody's report."""
    briefs, position = wiring.online().newest(query.text, request.position())
    shapes = [online_schemas.OnlineProjectShape.of(brief) for brief in briefs]
    return Reply(online_schemas.OnlineProjectList(projects=shapes, cursor=request.cursor(position)))


@routes.get("/admin/briefs/{brief_id}", access=ADMINS)
def read_online_project(request: Request, brief_id: str) -> Reply[online_schemas.OnlineProjectInFull]:
    """What freelancers read of a project, what stands in it that should not, whose it is and what was decided before.

    One that is or was online; a draft is its company's alone. What an authority asks goes by
    `POST /admin/briefs/{brief_id}/identity`, which takes two."""
    return Reply(online_schemas.OnlineProjectInFull.of(wiring.online().read(brief_id)))
