"""What a company notes about the people of its project, and whom it sets aside: by whom it is read, and that nothing
follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.vocabulary import retention
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from tests.app.test_conversations import OTHER, Directory, Story
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS
from tests.support.tables import declared_tables, dump, events, rows
from tests.support.world import World, done

COLLEAGUE = Person("sub-colleague", f"paul@{SECRETS['email_domain']}", ("producers",))
RIVAL_COMPANY = {"legal_name": "Autre Rive", "siren": "418930277", "email_domain": "autre-rive.test"}
#: In letters that are the same however a text is written down.
WORDS = "juste sur le polar"
TEXT = f"Très {WORDS}, à rappeler en janvier."


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    from chalicelib.accounts import wiring

    with patch.object(wiring, "CognitoDirectory", Directory):
        wiring.queries.cache_clear()
        yield Story(world)
    wiring.queries.cache_clear()


def path(story: Story, what: str, profile: dict[str, Any] | None = None) -> str:
    return f"/briefs/{story.brief_id}/matches/{(profile or story.profile)['profile_id']}/{what}"


def note(story: Story, text: str, person: Person = PRODUCER, version: int | str | None = None) -> Answer:
    headers = {} if version is None else {"If-Match": str(version)}
    return story.api.call("PUT", path(story, "note"), {"text": text}, person=person, headers=headers)


def dismiss(story: Story, reason: str = "dates", profile: dict[str, Any] | None = None) -> Answer:
    return story.api.post(path(story, "dismiss", profile), {"reason": reason}, PRODUCER)


def remarks(story: Story, person: Person = PRODUCER) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(story.api.get(f"/briefs/{story.brief_id}/remarks", person))["remarks"]
    return found


def colleague(story: Story) -> Person:
    done(story.api.post("/companies/mine/members", {"email": COLLEAGUE.email}, PRODUCER))
    done(story.api.post("/companies/join", {}, COLLEAGUE))
    return COLLEAGUE


def exported(story: Story, person: Person, what: str) -> list[dict[str, Any]]:
    document = done(story.api.get("/me/export", person))
    [section] = [one for one in document["sections"] if (one["context"], one["what"]) == ("briefs", what)]
    records: list[dict[str, Any]] = section["records"]
    return records


# ---- notes


def test_a_note_is_the_company_s_and_says_who_wrote_it_last(story: Story) -> None:
    assert remarks(story) == []
    written = note(story, TEXT)
    assert (written.status, written.headers["ETag"]) == (200, '"1"')
    [mine], [theirs] = remarks(story), remarks(story, colleague(story))
    assert (mine["note"], mine["version"], mine["noted_by_me"]) == (TEXT, 1, True)
    assert theirs == mine | {"noted_by_me": False}
    assert mine["dismissal"] is None


def test_two_who_change_a_note_do_not_overwrite_each_other(story: Story) -> None:
    done(note(story, TEXT))
    unconditional = note(story, "Autre chose.", colleague(story))
    assert (unconditional.status, unconditional.json["code"]) == (428, "precondition_required")
    done(note(story, "Autre chose.", COLLEAGUE, 1))
    late = note(story, "Et encore.", PRODUCER, 1)
    assert (late.status, late.json["code"]) == (412, "precondition_failed")
    assert remarks(story)[0]["note"] == "Autre chose."
    assert done(note(story, "Et encore.", PRODUCER, "*"))["version"] == 3


def test_a_dismissal_is_no_change_of_the_note_that_a_colleague_is_writing(story: Story) -> None:
    done(note(story, TEXT))
    done(dismiss(story))
    assert done(note(story, "Plus tard.", PRODUCER, 1))["dismissal"]["reason"] == "dates"


def test_an_empty_text_takes_the_note_away_and_its_versions_go_on(story: Story) -> None:
    done(note(story, TEXT))
    assert done(note(story, "  ", PRODUCER, 1))["note"] is None
    assert remarks(story) == []
    assert note(story, "Trop tard.", PRODUCER, 1).status == 412
    assert done(note(story, "De nouveau."))["version"] == 3


def test_a_note_that_does_not_change_is_no_new_version(story: Story) -> None:
    done(note(story, TEXT))
    before = dump()
    assert done(note(story, TEXT, PRODUCER, 1))["version"] == 1
    assert dump() == before


def test_a_note_that_is_too_long_is_refused(story: Story) -> None:
    assert done(note(story, "a" * 2000))["version"] == 1
    refused = note(story, "a" * 2001, PRODUCER, 1)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/text")


# ---- about whom, by whom


def test_only_people_of_the_project_are_written_about(story: Story) -> None:
    stranger = story.world.profile(Person("sub-paul", "paul@courriel.test", ("freelancers",)), display_name="Paul T.")
    before = dump()
    for profile in (stranger, {"profile_id": new_id(utc_now())}):
        assert story.api.call("PUT", path(story, "note", profile), {"text": TEXT}, person=PRODUCER).status == 404
        assert dismiss(story, profile=profile).status == 404
        assert story.api.call("DELETE", path(story, "dismiss", profile), person=PRODUCER).status == 404
    assert dump() == before


def test_whoever_shows_an_interest_is_of_the_project_and_whoever_turned_away_unasked_is_not(story: Story) -> None:
    person = Person("sub-paul", "paul@courriel.test", ("freelancers",))
    profile = story.world.profile(person, display_name="Paul T.")
    done(story.api.post(f"/projects/{story.brief_id}/decline", person=person))
    assert dismiss(story, profile=profile).status == 404
    done(story.api.post(f"/projects/{story.brief_id}/interest", {}, person))
    assert dismiss(story, profile=profile).status == 200


def test_that_somebody_keeps_the_company_away_is_not_told_by_a_refusal(story: Story) -> None:
    done(note(story, TEXT))
    done(story.api.post("/me/blocks", {"siren": SECRETS["siren"]}, FREELANCER))
    story.world.match()
    assert note(story, "Et puis ?", PRODUCER, 1).status == 200
    assert len(remarks(story)) == 1


def test_nobody_else_reads_or_writes_any_of_it(story: Story) -> None:
    story.world.company(RIVAL, **RIVAL_COMPANY)
    done(note(story, TEXT))
    assert story.api.get(f"/briefs/{story.brief_id}/remarks", RIVAL).status == 404
    assert note(story, "Pris.", RIVAL, 1).status == 404
    for person in (FREELANCER, OTHER):
        assert story.api.get(f"/briefs/{story.brief_id}/remarks", person).status == 403
    assert remarks(story)[0]["note"] == TEXT


# ---- dismissals


def test_a_dismissal_has_a_reason_of_a_closed_list_and_a_way_back(story: Story) -> None:
    assert dismiss(story, "trop vieille").status == 422
    assert story.api.post(path(story, "dismiss"), {}, PRODUCER).status == 422
    assert done(dismiss(story, "rate"))["dismissal"]["reason"] == "rate"
    assert done(dismiss(story, "known"))["dismissal"]["reason"] == "known"
    for _ in range(2):
        assert done(story.api.delete(path(story, "dismiss"), PRODUCER))["dismissal"] is None
    assert remarks(story) == []


def test_a_dismissal_changes_no_rank_no_count_and_nothing_that_the_person_reads(story: Story) -> None:
    from chalicelib.matching import wiring

    today = utc_now().date()

    def standing() -> list[Any]:
        matches = done(story.api.get(f"/briefs/{story.brief_id}/matches", PRODUCER))
        theirs = [
            done(story.api.get(where, FREELANCER))
            for where in (f"/projects/{story.brief_id}/fit", f"/projects/{story.brief_id}", "/me/views")
        ]
        outreach = done(story.api.get(f"/briefs/{story.brief_id}/outreach", PRODUCER))
        exposure = [sorted(one.profile_id for one in day.seats) for day in wiring.repository().exposures(today, today)]
        places = [(one["profile"]["profile_id"], one["rank"], one["score"]) for one in matches["matches"]]
        return [places, matches["eligible"], theirs, outreach, exposure]

    before, facts = standing(), len(events("BriefsTable"))
    done(dismiss(story))
    done(note(story, TEXT))
    story.deliver()
    assert standing() == before
    assert len(events("BriefsTable")) == facts
    # Nor when everyone is ranked anew.
    done(
        story.api.call(
            "PATCH", f"/briefs/{story.brief_id}", {"renewal_notice_days": 9}, person=PRODUCER, headers={"If-Match": "*"}
        )
    )
    story.world.match()
    assert standing()[0] == before[0]
    assert standing()[4] == before[4]


def test_the_text_is_in_no_event_no_log_no_e_mail_and_no_index(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    done(note(story, TEXT))
    done(dismiss(story, "known"))
    story.deliver()
    output = capsys.readouterr()
    assert WORDS not in output.out + output.err
    holding = [
        (table, item["pk"], item["sk"])
        for table in declared_tables()
        for item in rows(table)
        if WORDS in json.dumps(item, default=str)
    ]
    assert holding == [("BriefsTable", f"BRIEF#{story.brief_id}", f"REMARK#{story.profile['profile_id']}")]
    [item] = [one for one in rows("BriefsTable") if str(one["sk"]).startswith("REMARK#")]
    assert not {"company_pk", "live_pk", "due_pk", "actor_sub", "event_month"} & set(item)


# ---- how long, and whose


def test_what_nobody_changed_for_two_years_is_gone(story: Story) -> None:
    done(note(story, TEXT))
    done(dismiss(story))
    with at(utc_now() + retention.REMARKS - timedelta(minutes=1)):
        assert len(remarks(story)) == 1
    with at(utc_now() + retention.REMARKS + timedelta(minutes=1)):
        assert remarks(story) == []
        assert done(note(story, "De nouveau."))["version"] == 1
        assert len(remarks(story)) == 1


def test_whoever_a_note_is_about_reads_it_in_their_export_and_before_the_reveal_not_whose_it_is(story: Story) -> None:
    told = f"Vue avec {SECRETS['legal_name']} en 2024. {TEXT}"
    done(note(story, told))
    done(dismiss(story, "known"))
    [before] = exported(story, FREELANCER, "remarks_about_me")
    assert before["project_id"] == story.brief_id
    assert SECRETS["legal_name"] not in before["note"] and before["note"].endswith(TEXT)
    assert before["set_aside"]["reason"] == "known"
    assert PRODUCER.sub not in json.dumps(before)
    assert exported(story, OTHER, "remarks_about_me") == []
    story.reveal()
    assert exported(story, FREELANCER, "remarks_about_me")[0]["note"] == told


def test_whoever_wrote_a_note_has_it_in_their_export_and_colleagues_have_not(story: Story) -> None:
    done(note(story, TEXT))
    [mine] = exported(story, PRODUCER, "remarks_by_me")
    assert (mine["note"], mine["profile_id"]) == (TEXT, story.profile["profile_id"])
    assert exported(story, colleague(story), "remarks_by_me") == []
