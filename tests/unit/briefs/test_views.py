"""What a freelancer reads of a project: the card, listed field by field, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from chalicelib.briefs.calendar import urgency
from chalicelib.briefs.models import Window
from chalicelib.briefs.schemas import BriefShape, CardFields, ProjectCard
from chalicelib.briefs.views import CARD_FIELDS, card, freelancer_dates, producer_dates
from tests.support.drafts import TODAY, content, draft, live

CONFIDENTIAL = {
    "confidential_title",
    "targeted_broadcaster",
    "pitch",
    "rights_status",
    "option_end_date",
    "renewal_notice_days",
    "broadcaster_date",
    "junior_seats",
    "company_affinity",
}


def test_the_card_is_exactly_the_designs() -> None:
    assert set(card(live(), TODAY)) == {*CARD_FIELDS, "project_id", "published_on", "urgency"}
    assert not CONFIDENTIAL & set(CARD_FIELDS)


def test_every_field_of_a_brief_is_either_on_the_card_or_known_to_be_confidential() -> None:
    assert set(type(content()).model_fields) == {*CARD_FIELDS, *CONFIDENTIAL}


def test_the_shape_that_is_served_has_the_cards_fields_and_no_other() -> None:
    assert set(ProjectCard.model_fields) == set(card(live(), TODAY))
    assert set(CardFields.model_fields) == set(CARD_FIELDS)
    assert set(BriefShape.model_fields) >= CONFIDENTIAL


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
