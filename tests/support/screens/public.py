"""What anybody may read."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from chalicelib.matching import weights
from chalicelib.privacy.schemas import PrivacyNoticeShape
from chalicelib.rates.models import first_version
from chalicelib.rates.schemas import RatesShape
from tests.support.site import Screen, example, later, refusal
from tests.support.stand import down

#: As they are in force, with everything that may stand there.
CRITERIA = weights.document()
RATES = RatesShape.of(first_version()).model_dump(mode="json")
NOTICE = PrivacyNoticeShape.in_full("bonjour@plotpoint.example").model_dump(mode="json")
METRICS = example("/metrics")


def _nothing_counted() -> dict[str, Any]:
    """Before ten projects went anywhere."""
    metrics = copy.deepcopy(METRICS)
    for period in ("last_twelve_months", "since_the_start"):
        withheld = metrics[period]["engagement"]["withheld"]
        for figure in metrics[period].values():
            if isinstance(figure, dict):
                gone = dict.fromkeys(figure.keys() - {"label"})
                figure |= gone | {"withheld": withheld}
    return metrics


_NOTHING_COUNTED = _nothing_counted()
_rates = partial(Screen, answers={"GET /rates": RATES})
_LEAVES = refusal(503, "unavailable", "Le service est momentanément indisponible.")

SCREENS: tuple[Screen, ...] = (
    Screen("the first page", "/"),
    Screen("the first page before anything was counted", "/", answers={"GET /metrics": _NOTHING_COUNTED}),
    Screen("the first page without its figures", "/", answers={"GET /metrics": down()}, then=later),
    Screen("how profiles are ordered", "/how-profiles-are-ordered", answers={"GET /matching/criteria": CRITERIA}),
    Screen(
        "the criteria do not come", "/how-profiles-are-ordered", answers={"GET /matching/criteria": _LEAVES}, then=later
    ),
    _rates("the rates", "/rates"),
    _rates("the rates of one role", "/rates?role=literary-director"),
    _rates("the rates of a role without a minimum", "/rates?role=script-reader", "producers"),
    Screen("the rates do not come", "/rates", answers={"GET /rates": down()}, then=later),
    Screen(
        "observed rates do not come",
        "/rates?role=artistic-producer",
        answers={"GET /rates": RATES, "GET /rates/observed": refusal(429, "too_many_requests", "Trop de demandes.")},
        then=later,
    ),
    Screen(
        "nothing observed yet",
        "/rates?role=literary-director",
        answers={"GET /rates": RATES, "GET /rates/observed": example("/rates/observed", pools=[])},
    ),
    Screen("what is promised", "/promise"),
    Screen("what is promised before anything was counted", "/promise", answers={"GET /metrics": _NOTHING_COUNTED}),
    Screen("what was counted does not come", "/promise", answers={"GET /metrics": _LEAVES}, then=later),
    Screen("how accessible this is", "/accessibility"),
    Screen("whom to write to does not come", "/accessibility", answers={"GET /privacy": down()}, then=later),
    Screen("the privacy notice", "/privacy-notice", answers={"GET /privacy": NOTICE}),
    Screen("the privacy notice for a freelancer", "/privacy-notice", "freelancers", answers={"GET /privacy": NOTICE}),
    Screen("the privacy notice does not come", "/privacy-notice", answers={"GET /privacy": down()}, then=later),
)
