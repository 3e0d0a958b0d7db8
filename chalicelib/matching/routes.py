from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, FREELANCERS, PRODUCERS
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.errors import Invalid
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.matching import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.matching.schemas"), lazily("chalicelib.matching.wiring")

routes = ApiBlueprint(__name__)


@routes.get("/briefs/{brief_id}/matches", access=PRODUCERS)
def read_shortlist(request: Request, brief_id: str) -> Reply[schemas.MatchesShape]:
    """The people proposed for a project, each with reasons and what every criterion gave.

    That they were shown is noted, and each of them reads it in `GET /me/views`."""
    return Reply(schemas.MatchesShape.of(brief_id, wiring.service().shortlist(request.actor, brief_id)))


@routes.get("/briefs/{brief_id}/matches/{profile_id}", access=PRODUCERS)
def read_match(request: Request, brief_id: str, profile_id: str) -> Reply[schemas.WhyShape]:
    """Why somebody is proposed for a project, or why not, and what in the brief would change it.

    For people who are or were proposed to the company; nobody else is there to be asked about. That they were shown is
    noted, and they read it in `GET /me/views`."""
    return Reply(schemas.WhyShape.of(wiring.questions().why(request.actor, brief_id, profile_id)))


@routes.get("/projects/{project_id}/fit", access=FREELANCERS)
def read_fit(request: Request, project_id: str) -> Reply[schemas.FitShape]:
    """How one's own profile suits a live project: the place it has, what gave it, what would change it.

    From the card alone: nothing here tells more of the project than its card does."""
    return Reply(schemas.FitShape.of(wiring.questions().fit(request.actor, project_id)))


@routes.get("/matching/criteria", access=PUBLIC)
def read_criteria(request: Request) -> Reply[schemas.CriteriaShape]:
    """How proposals are ordered: the criteria, their weights, and what never counts."""
    return Reply(schemas.CriteriaShape.in_force(), headers={"Cache-Control": "public, max-age=300"})


@routes.get("/admin/exposure", access=ADMINS, refusals=(Invalid,))
def read_exposure(request: Request, query: schemas.ExposureQuery) -> Reply[schemas.ExposureShape]:
    """Who is shown against who could be proposed, by level and by region, and how evenly seats are spread.

    For the days `from` to `until` (Paris, both included, the last thirty without them, at most 366). A person counts
    once per project, on the first day on which its last shortlist of the day had them."""
    first, last = query.period(paris_day(utc_now()))
    return Reply(schemas.ExposureShape.of(wiring.service().exposure(first, last), first, last))
