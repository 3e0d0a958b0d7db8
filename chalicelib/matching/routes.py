from __future__ import annotations

from chalicelib.access import PRODUCERS
from chalicelib.matching import wiring
from chalicelib.matching.schemas import CriteriaShape, MatchesShape
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Reply, Request

routes = ApiBlueprint(__name__)


@routes.get("/briefs/{brief_id}/matches", access=PRODUCERS)
def read_shortlist(request: Request, brief_id: str) -> Reply[MatchesShape]:
    """The people proposed for a project, each with reasons and what every criterion gave."""
    return Reply(MatchesShape.of(brief_id, wiring.service().shortlist(request.actor, brief_id)))


@routes.get("/matching/criteria", access=PUBLIC)
def read_criteria(request: Request) -> Reply[CriteriaShape]:
    """How proposals are ordered: the criteria, their weights, and what never counts."""
    return Reply(CriteriaShape.in_force(), headers={"Cache-Control": "public, max-age=300"})
