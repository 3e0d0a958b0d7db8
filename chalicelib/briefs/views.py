"""Who sees what of a project: the one module that decides. A freelancer gets the card and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.briefs.calendar import urgency
from chalicelib.briefs.models import Brief
from chalicelib.vocabulary.clock import paris_day

#: The fields of the content that any verified freelancer may read (DESIGN §5).
CARD_FIELDS = (
    "code_name",
    "role",
    "levels",
    "genres",
    "tones",
    "universes",
    "stakes",
    "format",
    "episode_count",
    "audiences",
    "development_stage",
    "tasks",
    "source_material",
    "languages",
    "working_mode",
    "region",
    "start_window",
    "estimated_days",
    "budget",
    "contract_forms",
    "logline",
)

def card(brief: Brief, today: date) -> dict[str, Any]:
    """What a freelancer reads of a live brief, ready for `ProjectCard`. The urgency is that of the deadline, of which
    they see the band alone, and of no date that stays with the company: the band of one could give its day away."""
    content = brief.content.model_dump(include=set(CARD_FIELDS))
    deadline = brief.content.deadline
    return {
        "project_id": brief.brief_id,
        "published_on": paris_day(datetime.fromisoformat(brief.published_at)).isoformat() if brief.published_at else "",
        "urgency": urgency(deadline, today) if deadline else "open",
        **content,
    }
