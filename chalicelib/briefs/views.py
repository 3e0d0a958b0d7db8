"""Who sees what of a project: the one module that decides. A freelancer gets the card and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chalicelib.briefs.calendar import urgency
from chalicelib.briefs.ics import FreelancerDates, ProducerDates
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


def producer_dates(brief: Brief, today: date) -> ProducerDates:
    """What its company may put in a calendar."""
    content, dates = brief.content, brief.content.dates
    return ProducerDates(
        project_id=brief.brief_id,
        code_name=content.code_name,
        option_end=dates.option_end,
        latest_start=dates.latest_start(today),
        start_from=dates.start_from,
        start_until=dates.start_until,
        renewal_notice=dates.renewal_notice,
        broadcaster_date=dates.broadcaster_date,
    )


def freelancer_dates(brief: Brief, today: date) -> FreelancerDates:
    """What somebody who has accepted the confidentiality terms may. The latest useful start is counted from what they
    read: counted from a date that stays with the company, it would give that one away."""
    dates = brief.content.dates.for_freelancers()
    return FreelancerDates(
        project_id=brief.brief_id,
        code_name=brief.content.code_name,
        option_end=dates.option_end,
        latest_start=dates.latest_start(today),
        start_from=dates.start_from,
        start_until=dates.start_until,
    )
