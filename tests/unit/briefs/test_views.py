"""What a freelancer reads of a project, stage by stage, listed field by field, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from chalicelib.briefs.calendar import urgency
from chalicelib.briefs.models import Acceptance, Content, Texts, Window
from chalicelib.briefs.schemas import BriefShape, CardFields, ProjectCard
from chalicelib.briefs.views import (
    CARD_FIELDS,
    FULL_FIELDS,
    NEVER_SHOWN,
    REVEALED_FIELDS,
    STAGES,
    CompanyIdentity,
    Stage,
    card,
    freelancer_dates,
    producer_dates,
    seen,
    stage_of,
)
from chalicelib.vocabulary.clock import stamp
from tests.support.drafts import NOW, TODAY, content, draft, live

HIDDEN = {
    "full": ("Zénobie", "optioned", "2027-06-30", "Deux lectures"),
    "revealed": ("Noyés", "france-3", "Falaise Rouge", "552178634"),
}
IDENTITY = CompanyIdentity("Falaise Rouge Films", (), "552178634", "falaise.test", None, (), (), ())


def written(stage: Stage) -> str:
    brief = live(detailed_tasks=Texts(fr="Deux lectures du traitement."))
    return json.dumps(seen(brief, stage, TODAY, IDENTITY), default=str, ensure_ascii=False)


def test_every_field_of_a_brief_is_assigned_to_exactly_one_stage_or_to_none() -> None:
    assigned = [*CARD_FIELDS, *FULL_FIELDS, *REVEALED_FIELDS, *NEVER_SHOWN]
    assert sorted(assigned) == sorted(Content.model_fields)


def test_the_card_is_exactly_the_designs() -> None:
    assert set(card(live(), TODAY)) == {*CARD_FIELDS, "project_id", "published_on", "urgency", "reply_by"}


def test_the_shape_that_is_served_has_what_is_seen_and_no_other_field() -> None:
    for stage in STAGES:
        assert set(ProjectCard.model_fields) == set(seen(live(), stage, TODAY, IDENTITY))
    assert set(CardFields.model_fields) == set(CARD_FIELDS)
    assert set(BriefShape.model_fields) >= {*FULL_FIELDS, *REVEALED_FIELDS, *NEVER_SHOWN}
    assert not {*NEVER_SHOWN} & set(ProjectCard.model_fields)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_shows_what_it_opens_and_nothing_of_those_after(stage: Stage) -> None:
    text, reached = written(stage), STAGES.index(stage)
    for later, secrets in enumerate((HIDDEN["full"], HIDDEN["revealed"]), 1):
        for secret in secrets:
            assert (secret in text) == (later <= reached), secret
    for secret in (live().company_id, "sub-1"):
        assert secret not in text, secret


def test_a_company_that_is_given_by_mistake_is_shown_at_no_stage_before_the_last() -> None:
    assert seen(live(), "card", TODAY, IDENTITY)["company"] is None
    assert seen(live(), "full", TODAY, IDENTITY)["company"] is None
    assert seen(live(), "revealed", TODAY, IDENTITY)["company"] == IDENTITY


@pytest.mark.parametrize(
    ("accepted", "revealed", "stage"),
    [
        (None, False, "card"),
        (None, True, "card"),
        ("2026-12-1", False, "full"),
        ("2026-12-1", True, "revealed"),
        ("2025-01-1", False, "card"),
        ("2025-01-1", True, "revealed"),
    ],
)
def test_the_stage_follows_from_what_was_accepted_and_whether_names_were_told(
    accepted: str | None, revealed: bool, stage: Stage
) -> None:
    acceptance = Acceptance(accepted, stamp(NOW)) if accepted else None
    assert stage_of(acceptance, "2026-12-1", revealed=revealed) == stage


def test_no_confidential_value_is_anywhere_in_a_card() -> None:
    brief = live()
    text = json.dumps(card(brief, TODAY), default=str, ensure_ascii=False)
    for secret in ("Noyés", "france-3", "Zénobie", "optioned", "2027-06-30", brief.company_id, "sub-1"):
        assert secret not in text, secret


@pytest.mark.parametrize(
    ("deadline", "band"),
    [
        (date(2026, 11, 23), "urgent"),
        (date(2026, 12, 7), "urgent"),
        (date(2026, 12, 8), "soon"),
        (date(2027, 1, 22), "soon"),
        (date(2027, 1, 23), "open"),
    ],
)
def test_only_the_band_of_the_deadline_is_shown(deadline: date, band: str) -> None:
    assert urgency(deadline, TODAY) == band


def test_dates_that_stay_with_the_company_change_nothing_on_a_card_not_even_the_band() -> None:
    brief = live()
    hidden = {"renewal_notice_days": 210, "broadcaster_date": date(2026, 12, 2)}
    pressed = brief.model_copy(update={"content": content(**hidden)})
    assert pressed.content.dates.binding(TODAY) != brief.content.dates.binding(TODAY)
    assert card(pressed, TODAY) == card(brief, TODAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (date(2026, 11, 24), date(2026, 12, 7)),
        (date(2026, 12, 8), date(2027, 1, 22)),
        (date(2027, 1, 23), date(2027, 12, 31)),
    ],
)
def test_of_two_options_that_end_in_the_same_band_a_card_tells_none_not_even_by_when_to_answer(
    one: date, other: date
) -> None:
    at_any_time = Window(from_=TODAY, until=date(2027, 6, 30))
    cards = [card(live(option_end_date=end, start_window=at_any_time), TODAY) for end in (one, other)]
    assert cards[0] == {**cards[1], "project_id": cards[0]["project_id"]}
    assert cards[0]["reply_by"] is not None


def test_only_a_project_online_says_until_when_to_answer() -> None:
    assert seen(live(), "revealed", TODAY, IDENTITY)["reply_by"] == date(2027, 1, 22)
    assert seen(draft(), "card", TODAY)["reply_by"] is None


def test_a_freelancers_calendar_is_counted_from_nothing_that_stays_with_the_company() -> None:
    plain = live(start_window=Window(from_=TODAY, until=date(2027, 6, 30)))
    hidden = {"renewal_notice_days": 60, "broadcaster_date": date(2027, 3, 1)}
    pressed = plain.model_copy(update={"content": plain.content.model_copy(update=hidden)})
    assert producer_dates(pressed, TODAY).latest_start == date(2027, 1, 18)
    assert freelancer_dates(pressed, TODAY) == freelancer_dates(plain, TODAY)
    assert freelancer_dates(plain, TODAY).latest_start == producer_dates(plain, TODAY).latest_start == date(2027, 5, 19)


def test_a_companys_calendar_has_every_date_it_gave() -> None:
    dates = producer_dates(live(renewal_notice_days=60, broadcaster_date=date(2027, 3, 1)), TODAY)
    assert (dates.renewal_notice, dates.broadcaster_date) == (date(2027, 5, 1), date(2027, 3, 1))
    assert (dates.option_end, dates.start_from, dates.start_until) == (
        date(2027, 6, 30),
        date(2026, 12, 1),
        date(2027, 1, 31),
    )


def test_the_publication_date_is_the_day_in_paris() -> None:
    brief, _ = draft().publish("sub-1", datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert card(brief, TODAY)["published_on"] == "2026-11-24"
