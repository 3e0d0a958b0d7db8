"""The life of a brief: which change is possible when, what publishing needs, what the dates say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.briefs.errors import NotInThatState, Unpublishable
from chalicelib.briefs.events import BriefDrafted, BriefEnded, BriefMatchingOverdue, BriefPublished, BriefRevised
from chalicelib.briefs.models import Brief, Budget, Content, Texts, Window
from chalicelib.vocabulary.clock import paris_day
from tests.support.drafts import NOW, TODAY, content, draft, live

LATER = NOW + timedelta(hours=2)
AFTER_THE_OPTION = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)

STATES: dict[str, tuple[Brief, datetime]] = {
    "draft": (draft(), LATER),
    "live": (live(), LATER),
    "closed": (live().end("closed", NOW)[0], LATER),
    "filled": (live().end("filled", NOW)[0], LATER),
    "expired, recorded": (live().expire(AFTER_THE_OPTION)[0], AFTER_THE_OPTION + timedelta(hours=1)),  # type: ignore[index]
    "expired, by its date alone": (live(), AFTER_THE_OPTION),
}

ACTIONS: dict[str, Callable[[Brief, datetime], Any]] = {
    "publish": lambda brief, now: brief.publish("sub-2", now),
    "reopen": lambda brief, now: brief.reopen("sub-2", now),
    "close": lambda brief, now: brief.end("closed", now),
    "fill": lambda brief, now: brief.end("filled", now),
    "revise": lambda brief, now: brief.revise(content(code_name="Projet Varech"), now),
}

POSSIBLE = {
    "draft": {"publish", "revise"},
    "live": {"close", "fill", "revise"},
    "closed": {"reopen", "revise"},
    "filled": {"reopen", "revise"},
    "expired, recorded": {"reopen", "revise"},
    "expired, by its date alone": {"reopen", "revise"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_is_possible_in_its_states_and_refused_in_the_others(state: str, action: str) -> None:
    brief, now = STATES[state]
    if action not in POSSIBLE[state]:
        with pytest.raises(NotInThatState) as refused:
            ACTIONS[action](brief, now)
        assert refused.value.status == 409
    elif state.startswith("expired") and action == "reopen":
        with pytest.raises(Unpublishable) as impossible:
            ACTIONS[action](brief, now)
        assert {error.code for error in impossible.value.fields} == {"in_the_past"}
    else:
        changed, _ = ACTIONS[action](brief, now)
        assert changed.version == brief.version + 1
        assert changed.updated_at > brief.updated_at
        assert changed.created_at == brief.created_at
        assert (changed.brief_id, changed.company_id) == (brief.brief_id, brief.company_id)


def test_a_refusal_names_the_state_in_the_readers_language() -> None:
    with pytest.raises(NotInThatState) as refused:
        draft().end("closed", NOW)
    french, english = refused.value.to_problem("fr")["title"], refused.value.to_problem("en")["title"]
    assert "{" not in french + english
    assert "draft" in english
    assert "draft" not in french


def test_a_draft_may_be_empty() -> None:
    brief, fact = Brief.draft("b-1", "c-1", "s-1", Content(), NOW)
    assert (brief.state, brief.version, brief.publication_no, brief.published_at) == ("draft", 1, 0, None)
    assert fact == BriefDrafted(brief_id="b-1", company_id="c-1", member_sub="s-1")


def test_publishing_dates_the_brief_and_says_who_published() -> None:
    brief, fact = draft().publish("sub-2", LATER)
    assert (brief.state, brief.publication_no, brief.published_by) == ("live", 1, "sub-2")
    assert brief.published_at == "2026-11-23T10:30:00.000Z"
    assert fact == BriefPublished(brief_id=brief.brief_id, publication_no=1)


def test_each_reopening_is_a_new_publication_and_an_edit_is_not() -> None:
    brief = live()
    edited, fact = brief.revise(content(code_name="Projet Varech"), LATER)
    assert (edited.publication_no, edited.published_at) == (1, brief.published_at)
    assert fact == BriefRevised(brief_id=brief.brief_id, live=True)
    closed, ended = edited.end("closed", LATER)
    assert ended == BriefEnded(brief_id=brief.brief_id, how="closed")
    reopened, published = closed.reopen("sub-2", LATER)
    assert (reopened.publication_no, reopened.state) == (2, "live")
    assert published == BriefPublished(brief_id=brief.brief_id, publication_no=2)


def test_an_edit_of_a_draft_says_that_nothing_live_changed() -> None:
    _, fact = draft().revise(Content(), LATER)
    assert fact == BriefRevised(brief_id=fact.aggregate_id, live=False)


def test_an_empty_brief_lists_every_field_that_publishing_needs() -> None:
    with pytest.raises(Unpublishable) as refused:
        draft_of(Content()).publish("sub-1", NOW)
    named = [error.pointer for error in refused.value.fields]
    assert len(named) == len(set(named))
    assert set(named) == {
        "/code_name", "/role", "/levels", "/genres", "/tones", "/universes", "/stakes", "/format", "/audiences",
        "/development_stage", "/tasks", "/source_material", "/rights_status", "/start_window", "/estimated_days",
        "/working_mode", "/region", "/languages", "/contract_forms", "/budget", "/logline/fr", "/pitch/fr",
    }  # fmt: skip
    assert {error.code for error in refused.value.fields} == {"required"}
    assert refused.value.status == 422


def draft_of(some: Content) -> Brief:
    return Brief.draft("b-1", "c-1", "s-1", some, NOW)[0]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({name: empty}, f"/{name}") for name, empty in {
        "code_name": None, "role": None, "levels": (), "genres": (), "tones": (), "universes": (), "stakes": (),
        "format": None, "audiences": (), "development_stage": None, "tasks": (), "source_material": None,
        "rights_status": None, "start_window": None, "estimated_days": None, "working_mode": None, "region": None,
        "languages": (), "contract_forms": (), "budget": None, "option_end_date": None,
    }.items()]
    + [
        ({"logline": None}, "/logline/fr"),
        ({"logline": Texts(en="In a harbour")}, "/logline/fr"),
        ({"pitch": Texts(fr=None)}, "/pitch/fr"),
        ({"pitch": Texts(fr="")}, "/pitch/fr"),
    ],
)  # fmt: skip
def test_each_missing_field_alone_keeps_a_brief_from_publishing(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Unpublishable) as refused:
        draft(**changes).publish("sub-1", NOW)
    assert [error.pointer for error in refused.value.fields] == [pointer]


@pytest.mark.parametrize(
    "changes",
    [
        {"confidential_title": None},
        {"targeted_broadcaster": None},
        {"episode_count": None},
        {"logline": Texts(fr="Un port.", en="A harbour.")},
        {"working_mode": "remote", "region": None},
        {"rights_status": "owned", "option_end_date": None},
        {"budget": Budget(min=400, max=400, unit="day")},
        {"option_end_date": TODAY, "start_window": Window(from_=TODAY, until=TODAY)},
    ],
)
def test_what_may_be_left_out_or_lies_on_the_edge_publishes(changes: dict[str, Any]) -> None:
    assert draft(**changes).publish("sub-1", NOW)[0].state == "live"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"budget": Budget(min=401, max=400, unit="day")}, {"/budget/max": "inverted"}),
        (
            {"start_window": Window(from_=date(2027, 1, 2), until=date(2027, 1, 1))},
            {"/start_window/until": "end_before_start"},
        ),
        (
            {"start_window": Window(from_=date(2027, 7, 1), until=date(2027, 8, 1))},
            {"/start_window/from": "after_option_end"},
        ),
    ],
)
def test_what_cannot_be_true_is_told_even_of_a_draft(changes: dict[str, Any], expected: dict[str, str]) -> None:
    assert {error.pointer: error.code for error in content(**changes).contradictions()} == expected


def test_past_dates_are_told_the_day_after_and_not_on_the_day() -> None:
    some = content(option_end_date=TODAY, start_window=Window(from_=TODAY, until=TODAY))
    assert some.past_dates(TODAY) == []
    tomorrow = {error.pointer: error.code for error in some.past_dates(TODAY + timedelta(days=1))}
    assert tomorrow == {"/option_end_date": "in_the_past", "/start_window/until": "in_the_past"}


def test_a_live_brief_cannot_be_made_incomplete() -> None:
    with pytest.raises(Unpublishable) as refused:
        live().revise(content(budget=None), LATER)
    assert [error.pointer for error in refused.value.fields] == ["/budget"]


def test_a_start_that_has_passed_meanwhile_does_not_keep_a_live_brief_from_being_mended() -> None:
    in_march = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
    changed, _ = live().revise(content(code_name="Projet Varech"), in_march)
    assert changed.content.code_name == "Projet Varech"


def test_a_broadcasters_date_is_refused_once_passed_and_when_the_work_would_start_after_it() -> None:
    passed = content(broadcaster_date=date(2026, 11, 22))
    assert [(error.pointer, error.code) for error in passed.past_dates(date(2026, 11, 23))] == [
        ("/broadcaster_date", "in_the_past")
    ]
    assert content(broadcaster_date=date(2026, 11, 23)).past_dates(date(2026, 11, 23)) == []
    before = content(broadcaster_date=date(2026, 11, 30))
    assert [(error.pointer, error.code) for error in before.contradictions()] == [
        ("/start_window/from", "after_broadcaster_date")
    ]
    assert content(broadcaster_date=date(2026, 12, 1)).contradictions() == []


def test_a_notice_of_renewal_is_counted_from_an_options_end_which_is_then_needed() -> None:
    lost = content(rights_status="owned", option_end_date=None, renewal_notice_days=30)
    assert [error.pointer for error in lost.missing()] == ["/option_end_date"]
    assert content(renewal_notice_days=30).missing() == []
    # The notice may have been given already: that its last day has passed is nobody's mistake.
    assert content(renewal_notice_days=300).past_dates(date(2026, 11, 23)) == []


def test_the_deadline_is_the_projects_own_whatever_binds_before_it() -> None:
    assert content(renewal_notice_days=30, broadcaster_date=date(2027, 3, 1)).deadline == date(2027, 6, 30)


def test_the_last_day_is_the_options_end_or_else_the_end_of_the_start_window() -> None:
    assert content().deadline == date(2027, 6, 30)
    assert content(option_end_date=None).deadline == date(2027, 1, 31)
    assert Content().deadline is None


@given(st.datetimes(min_value=datetime(2026, 11, 23), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)))
def test_a_live_brief_is_expired_from_midnight_in_paris_after_its_last_day_on(moment: datetime) -> None:
    brief, day = live(), paris_day(moment)
    assert brief.state_on(day) == ("expired" if day > date(2027, 6, 30) else "live")
    recorded = brief.expire(moment)
    assert (recorded is not None) == (brief.state_on(day) == "expired")
    if recorded:
        assert recorded[0].state == "expired"
        assert recorded[1] == BriefEnded(brief_id=brief.brief_id, how="expired")


@pytest.mark.parametrize("state", ["draft", "closed", "filled", "expired, recorded"])
def test_only_what_is_live_expires(state: str) -> None:
    brief, _ = STATES[state]
    assert brief.expire(AFTER_THE_OPTION) is None


LATER_DATES = content(
    option_end_date=date(2028, 6, 30), start_window=Window(from_=date(2027, 8, 1), until=date(2027, 9, 1))
)


@pytest.mark.parametrize("state", ["expired, recorded", "expired, by its date alone"])
def test_an_expired_brief_reopens_once_its_dates_are_mended_and_not_before(state: str) -> None:
    expired, now = STATES[state]
    mended, _ = expired.revise(LATER_DATES, now)
    assert mended.state_on(paris_day(now)) == "expired"
    assert mended.reopen("sub-1", now)[0].publication_no == 2


def test_another_date_does_not_hide_that_a_brief_has_ended() -> None:
    _, fact = live().revise(LATER_DATES, AFTER_THE_OPTION)
    assert fact == BriefEnded(brief_id=fact.aggregate_id, how="expired")


def test_asking_for_matching_again_changes_nothing_and_says_so() -> None:
    brief = live()
    assert brief.ask_for_matching_again() == BriefMatchingOverdue(brief_id=brief.brief_id)


def test_a_brief_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="frozen"):
        live().state = "closed"  # type: ignore[misc]


def test_a_budget_of_nothing_is_no_budget() -> None:
    with pytest.raises(Unpublishable) as refusal:
        draft(budget=Budget(min=0, max=0, unit="flat")).publish("sub-1", NOW)
    assert [field.pointer for field in refusal.value.fields] == ["/budget/max"]
