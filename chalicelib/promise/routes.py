from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Picture, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.promise.wording import Figure

if TYPE_CHECKING:
    from chalicelib.promise import plots, schemas, wiring
else:
    plots, schemas, wiring = (lazily(f"chalicelib.promise.{name}") for name in ("plots", "schemas", "wiring"))

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/metrics", access=PUBLIC)
def read_metrics(request: Request) -> Reply[schemas.MetricsShape]:
    """How long projects wait for a first proposal, a mutual interest, an engagement, and who is answered in time.

    Counted from what happened, over the last twelve months and since the start. No figure rests on fewer than ten
    projects or answers; with fewer it is null, and says why.
    """
    return Reply(schemas.MetricsShape.of(wiring.service().figures()), headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/admin/metrics", access=ADMINS)
def read_weekly_metrics(request: Request) -> Reply[schemas.AdminMetricsShape]:
    """What is published, and the same week by week for the last twelve months, however few there were."""
    return Reply(schemas.AdminMetricsShape.of(wiring.service().figures()))


@routes.get("/admin/metrics/plots/{figure}", access=ADMINS)
def plot_metrics(request: Request, figure: Figure) -> Picture:
    """One figure, week by week, as a picture; as a table it is in `GET /admin/metrics`."""
    return Picture(plots.plot(figure, wiring.service().figures().weeks, request.language))
