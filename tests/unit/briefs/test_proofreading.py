"""What is read over before a project goes online, and what keeps it from going."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.briefs import leak_check
from chalicelib.briefs.errors import NotInThatState, Unpublishable
from chalicelib.briefs.leak_check import Hidden
from chalicelib.briefs.models import Content, Texts, Window
from chalicelib.briefs.proofreading import Remark, crowd_of, hidden_of, proofread, refusals, texts
from chalicelib.briefs.views import seen
from chalicelib.platform.errors import NotFound
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.support.drafts import NOW, TODAY, content
from tests.unit.briefs.test_confidentiality import CURRENT, INES
from tests.unit.briefs.test_service import HIDDEN, MEMBER, STRANGER, House

#: Of the usual project, with what its company hides.
LEAK = "Une enquête portée par Falaise Rouge Films en Bretagne."
BANNED = "Nous recherchons une jeune femme de moins de 30 ans pour ce poste."


@pytest.fixture
def house() -> House:
    return House()


def read(**changes: Any) -> list[Remark]:
    written = content(**changes)
    return proofread(written, hidden_of(written, HIDDEN, taxonomy()))


def blocking(**changes: Any) -> list[tuple[str, str]]:
    """(pointer, concern) of what blocks."""
    return [(one.passage.pointer, one.concern) for one in read(**changes) if one.severity == "block"]


def test_every_text_that_freelancers_read_is_read_over_and_no_other() -> None:
    every = content(
        code_name="Un nom",
        logline=Texts(fr="Une logline", en="A logline"),
        pitch=Texts(fr="Un pitch", en="A pitch"),
        detailed_tasks=Texts(fr="Des tâches"),
    )
    assert [(one.pointer, one.language, one.text) for one in texts(every)] == [
        ("/code_name", None, "Un nom"),
        ("/logline/fr", "fr", "Une logline"),
        ("/logline/en", "en", "A logline"),
        ("/pitch/fr", "fr", "Un pitch"),
        ("/pitch/en", "en", "A pitch"),
        ("/detailed_tasks/fr", "fr", "Des tâches"),
    ]
    assert texts(Content()) == []


def test_no_field_of_free_text_that_is_shown_before_the_reveal_escapes_being_read() -> None:
    """A field that holds texts in two languages, or a line of its own, is one that is read over."""
    words = {"confidential_title"}  # told with the names, and what is looked for in the others
    free = {
        name
        for name, field in Content.model_fields.items()
        if "Texts" in str(field.annotation) or name.endswith(("_name", "_title"))
    }
    full = Content(**{name: Texts(fr="x") for name in free if "Texts" in str(Content.model_fields[name].annotation)})
    read_over = {one.pointer.split("/")[1] for one in texts(full.model_copy(update={"code_name": "x"}))}
    assert read_over == free - words


def test_the_usual_project_may_go_online() -> None:
    assert blocking() == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"code_name": "Projet Falaise Rouge Films"}, "/code_name"),
        ({"logline": Texts(fr=LEAK)}, "/logline/fr"),
        ({"logline": Texts(fr="Un port.", en="A case by Falaise Rouge Films.")}, "/logline/en"),
        ({"pitch": Texts(fr=LEAK)}, "/pitch/fr"),
        ({"pitch": Texts(fr="Un port.", en="Write to claire@falaise-films.test.")}, "/pitch/en"),
        ({"detailed_tasks": Texts(fr="Écrivez à Claire Aubenas.")}, "/detailed_tasks/fr"),
        ({"pitch": Texts(fr="Titre : Les Noyés de Kerloc’h.")}, "/pitch/fr"),
        ({"pitch": Texts(fr="Appelez le 06 12 34 56 78.")}, "/pitch/fr"),
    ],
)
def test_what_tells_who_is_behind_it_blocks_where_it_stands(changes: dict[str, Any], pointer: str) -> None:
    found = blocking(**changes)
    assert found
    assert {one[0] for one in found} == {pointer}
    assert ("identity") in {one[1] for one in found}


def test_the_leak_check_is_told_what_each_text_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, str | None] = {}

    def note(text: str, hidden: Hidden, crowd: object, where: str | None) -> list[Any]:
        told[text] = where
        return []

    monkeypatch.setattr(leak_check, "check", note)
    read(code_name="un", logline=Texts(fr="deux"), pitch=Texts(fr="trois"), detailed_tasks=Texts(fr="quatre"))
    assert told == {"un": None, "deux": "logline", "trois": "pitch", "quatre": None}


def test_what_may_not_be_asked_blocks_where_it_stands_with_the_place_of_the_passage() -> None:
    remarks = read(detailed_tasks=Texts(fr=BANNED))
    assert remarks
    for one in remarks:
        assert (one.passage.pointer, one.concern) == ("/detailed_tasks/fr", "wording")
        assert 0 <= one.start < one.end <= len(BANNED)
        assert one.reason.fr and one.reason.en
    assert "block" in {one.severity for one in remarks}


def test_the_title_and_the_broadcaster_are_hidden_with_what_the_company_hides() -> None:
    hidden = hidden_of(content(), HIDDEN, taxonomy())
    assert hidden.titles == ("Les Noyés de Kerloc’h",)
    assert "France 3" in hidden.broadcasters
    assert (hidden.names, hidden.siren) == (HIDDEN.names, HIDDEN.siren)
    nothing = hidden_of(content(confidential_title=None, targeted_broadcaster=None), None, taxonomy())
    assert nothing == Hidden()


def test_a_refusal_points_at_the_field_and_the_passage_and_repeats_nothing_of_it() -> None:
    [error] = refusals(read(logline=Texts(fr=LEAK)))
    assert (error.pointer, error.code) == ("/logline/fr", "identity_leak")
    assert error.span is not None
    start, end = error.span
    assert "Falaise" in LEAK[start:end]
    for language in ("fr", "en"):
        told = error.to_json(language)  # type: ignore[arg-type]
        assert (told["start"], told["end"]) == error.span
        assert str(start + 1) in str(told["message"]) and "Falaise" not in str(told["message"])
        assert told["wording"] == {"fr": "notre société de production", "en": "our production company"}
    [banned] = {one.code for one in refusals(read(detailed_tasks=Texts(fr=BANNED)))}
    assert banned == "discriminatory_wording"


# ---- through the service


def drafted(house: House, **changes: Any) -> str:
    return house.service.draft(MEMBER, content(**changes), new_id(house.now)).brief_id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"logline": Texts(fr=LEAK)}, "identity_leak"),
        ({"detailed_tasks": Texts(fr=BANNED)}, "discriminatory_wording"),
    ],
)
def test_a_draft_may_hold_anything_and_does_not_go_online_with_it(
    changes: dict[str, Any], code: str, house: House
) -> None:
    brief_id = drafted(house, **changes)
    house.service.revise(MEMBER, brief_id, {"code_name": "Projet Varech"}, None)
    with pytest.raises(Unpublishable) as refused:
        house.service.publish(MEMBER, brief_id)
    assert {error.code for error in refused.value.fields} == {code}
    kept = house.store.get(brief_id)
    assert kept is not None and kept.state == "draft"


def test_what_is_missing_and_what_should_not_stand_there_are_told_at_once(house: House) -> None:
    brief_id = drafted(house, logline=Texts(fr=LEAK), budget=None)
    with pytest.raises(Unpublishable) as refused:
        house.service.publish(MEMBER, brief_id)
    assert {error.pointer: error.code for error in refused.value.fields} == {
        "/budget": "required",
        "/logline/fr": "identity_leak",
    }


def test_a_live_project_is_not_changed_into_one_that_tells(house: House) -> None:
    brief_id = house.live().brief_id
    brief = house.service.revise(MEMBER, brief_id, {"pitch": {"fr": "La série s’appelle « Les Vasières »."}}, None)
    for changes in ({"logline": {"fr": LEAK}}, {"confidential_title": "Les Vasières"}):
        with pytest.raises(Unpublishable):
            house.service.revise(MEMBER, brief.brief_id, changes, None)
    assert house.store.get(brief.brief_id) == brief


def test_a_project_is_not_put_online_again_with_what_tells(house: House) -> None:
    brief_id = house.live().brief_id
    over = house.service.end(MEMBER, brief_id, "closed")
    house.store._briefs[brief_id] = over.model_copy(update={"content": content(pitch=Texts(fr=LEAK))})
    with pytest.raises(Unpublishable):
        house.service.reopen(MEMBER, brief_id)


def test_what_does_not_fit_the_state_is_said_before_what_stands_in_the_texts(house: House) -> None:
    brief = house.live()
    house.store._briefs[brief.brief_id] = brief.model_copy(update={"content": content(pitch=Texts(fr=LEAK))})
    with pytest.raises(NotInThatState):
        house.service.publish(MEMBER, brief.brief_id)


def test_a_check_says_what_publishing_would_and_keeps_nothing(house: House) -> None:
    for changes in ({}, {"budget": None}, {"logline": Texts(fr=LEAK)}, {"detailed_tasks": Texts(fr=BANNED)}):
        brief_id = drafted(house, **changes)
        before = (house.store.get(brief_id), len(house.store.facts))
        check = house.service.check(MEMBER, brief_id, {})
        assert before == (house.store.get(brief_id), len(house.store.facts))
        try:
            house.service.publish(MEMBER, brief_id)
        except Unpublishable as refused:
            assert not check.is_publishable
            assert list(refused.fields) == check.problems + refusals(check.remarks)
        else:
            assert check.is_publishable


def test_what_a_check_shows_is_what_a_freelancer_then_reads_at_each_stage(house: House) -> None:
    brief_id = drafted(house)
    previews = house.service.check(MEMBER, brief_id, {}).previews
    house.service.publish(MEMBER, brief_id)
    assert house.service.project(INES, brief_id) == previews["card"]
    house.service.accept_confidentiality(INES, brief_id, CURRENT)
    assert house.service.project(INES, brief_id) == previews["full"]
    assert set(previews) == {"card", "full"}


def test_a_live_project_whose_start_has_begun_can_be_checked_and_mended(house: House) -> None:
    brief = house.live()
    house.now += timedelta(days=75)
    assert house.service.check(MEMBER, brief.brief_id, {}).is_publishable
    closed = house.service.end(MEMBER, brief.brief_id, "closed")
    late = house.service.check(MEMBER, closed.brief_id, {})
    assert [error.code for error in late.problems] == ["in_the_past"]


def test_nobody_else_checks_a_companys_project(house: House) -> None:
    with pytest.raises(NotFound):
        house.service.check(STRANGER, drafted(house), {})


def test_an_empty_draft_can_be_checked_and_seen() -> None:
    house = House()
    brief = house.service.draft(MEMBER, Content(), new_id(house.now))
    check = house.service.check(MEMBER, brief.brief_id, {})
    assert not check.is_publishable and check.remarks == []
    assert check.previews["card"]["published_on"] == TODAY.isoformat()
    assert check.previews["card"].keys() == seen(brief, "card", TODAY).keys()


def test_the_day_and_urgency_of_a_preview_are_those_of_publishing_now(house: House) -> None:
    window = Window(from_=TODAY, until=date(2026, 12, 3))
    brief_id = drafted(house, option_end_date=date(2026, 12, 4), start_window=window)
    card = house.service.check(MEMBER, brief_id, {}).previews["card"]
    assert (card["published_on"], card["urgency"], card["live"]) == (TODAY.isoformat(), "urgent", True)
    assert NOW.date() == TODAY


def test_a_rare_combination_is_warned_of_with_how_many_companies_would_fit() -> None:
    told = "Notre société, installée à Lorient, cherche un regard neuf."
    written = content(logline=Texts(fr=told))
    here, elsewhere = ("12 rue des Écoles, 56100 Lorient, Morbihan",), ("1 place du Marché, 13001 Marseille",)

    def warned(crowd: list[tuple[str, ...]]) -> list[tuple[str, int | None]]:
        remarks = proofread(written, hidden_of(written, HIDDEN, taxonomy()), crowd_of(crowd))
        return [(one.severity, one.companies) for one in remarks if one.kind == "combination"]

    assert warned([here, here, elsewhere]) == [("warn", 2)]
    assert warned([here] * 8) == []
