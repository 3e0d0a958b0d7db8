"""Who sees what of a project: the one module that decides. What a freelancer can receive of a project, by whatever way,
is what `seen` gives for the stage that they have reached, and nothing else.

    stage_of(accepted, current_terms, revealed) -> Stage     how far somebody has come
    seen(brief, stage, today, identity) -> dict              what they read, ready for `ProjectCard`
    card(brief, today) -> dict                               of that, the fields of the card alone: what a project is
                                                             found and ranked by for freelancers
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from chalicelib.briefs.calendar import reply_by, urgency
from chalicelib.briefs.ics import FreelancerDates, ProducerDates
from chalicelib.briefs.models import Acceptance, Brief
from chalicelib.vocabulary.clock import paris_day

#: What somebody has reached of a project: `card` any verified freelancer, `full` whoever accepted the confidentiality
#: terms in force, `revealed` whoever the company and they have told each other their names. Each has what comes before.
Stage = Literal["card", "full", "revealed"]
STAGES: tuple[Stage, ...] = ("card", "full", "revealed")

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

#: What the confidentiality terms open.
FULL_FIELDS = ("pitch", "rights_status", "option_end_date", "detailed_tasks")

#: What is told with the names.
REVEALED_FIELDS = ("confidential_title", "targeted_broadcaster")

#: What no freelancer ever reads: how the company steers its shortlist, and dates that stay with it.
NEVER_SHOWN = ("junior_seats", "company_affinity", "renewal_notice_days", "broadcaster_date")

#: Each stage with the fields that it adds to those before.
ADDED: dict[Stage, tuple[str, ...]] = {"card": CARD_FIELDS, "full": FULL_FIELDS, "revealed": REVEALED_FIELDS}


@dataclass(frozen=True, slots=True)
class CompanyIdentity:
    """Who is behind a project, as it is told after the reveal. `emails`: where its members are written to; `people`:
    whom it names of itself."""

    legal_name: str
    other_names: tuple[str, ...]
    siren: str
    domain: str
    website: str | None
    addresses: tuple[str, ...]
    people: tuple[str, ...]
    emails: tuple[str, ...]


def stage_of(acceptance: Acceptance | None, current_terms: str, *, revealed: bool) -> Stage:
    """How far somebody has come. Nothing opens to whoever never accepted any terms. Terms that have changed since close
    the full brief until they are accepted; what was revealed stays so, for nobody unlearns a name."""
    if acceptance is None:
        return "card"
    if revealed:
        return "revealed"
    return "full" if acceptance.terms_version == current_terms else "card"


def fields_at(stage: Stage) -> tuple[str, ...]:
    """The fields of the content that are read at a stage, those of the stages before included."""
    return tuple(name for one in STAGES[: STAGES.index(stage) + 1] for name in ADDED[one])


def seen(brief: Brief, stage: Stage, today: date, identity: CompanyIdentity | None = None) -> dict[str, Any]:
    """What a freelancer at this stage reads of a project. The fields of later stages are there and None, so that an
    answer never tells by its shape which of them are filled in. `identity` is taken over at the last stage alone."""
    content: dict[str, Any] = dict.fromkeys(fields_at(STAGES[-1]))
    content |= brief.content.model_dump(include=set(fields_at(stage)))
    deadline, window = brief.content.deadline, brief.content.start_window
    # That of the deadline, of which they see the band alone, and of no date that stays with the company.
    band = urgency(deadline, today) if deadline else "open"
    is_live = brief.state_on(today) == "live"
    return {
        "project_id": brief.brief_id,
        "stage": stage,
        "live": is_live,
        "published_on": paris_day(datetime.fromisoformat(brief.published_at)).isoformat() if brief.published_at else "",
        "urgency": band,
        "reply_by": reply_by(window.until if window else None, band, today) if is_live else None,
        **content,
        "company": identity if stage == "revealed" else None,
    }


_OF_A_CARD = {"project_id", "published_on", "urgency", "reply_by", *CARD_FIELDS}


def card(brief: Brief, today: date) -> dict[str, Any]:
    """The fields that every verified freelancer reads of a live brief, and no other."""
    return {name: value for name, value in seen(brief, "card", today).items() if name in _OF_A_CARD}


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
