"""What moderation says of one person, and what of it outlives an erasure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.moderation import wiring
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.person import Person
from chalicelib.vocabulary.retention import HOLDS
from tests.app.test_moderation import FREELANCER, PRODUCER, Town
from tests.support.api import ADMIN
from tests.support.tables import rows
from tests.support.world import World, done

REPORTED = "Les dates de ce projet ne tiennent pas debout."
REPLIED = "Je n’ai jamais écrit ces messages."
OF_THEM = "Cette personne invente ses crédits."


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    with patch.object(CognitoDirectory, "account", lambda _, name: (name, f"{name}@courriel.test")):
        yield Town(world)


def person(town: Town) -> Person:
    return Person(FREELANCER.sub, FREELANCER.email, town.profile, None)


def kept() -> str:
    return json.dumps(rows("ModerationTable"), default=str, ensure_ascii=False)


def story(town: Town) -> str:
    """A report of theirs, one about them, and a suspension that they replied to; its id."""
    done(
        town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud", "text": REPORTED}, FREELANCER)
    )
    done(
        town.api.post(
            "/reports", {"about": "profile", "id": town.profile, "reason": "fraud", "text": OF_THEM}, PRODUCER
        )
    )
    measure_id: str = town.suspended(f"users/{FREELANCER.sub}")["measure_id"]
    done(town.api.post(f"/moderation/mine/{measure_id}/reply", {"text": REPLIED}, FREELANCER))
    return measure_id


def test_an_export_has_one_s_own_reports_and_decisions_and_nobody_who_decided(town: Town) -> None:
    story(town)
    exported = wiring.personal().export(person(town), utc_now())
    assert [one["text"] for one in exported["reports"]] == [REPORTED]
    [decision] = exported["decisions"]
    assert decision["reply"]["text"] == REPLIED
    text = json.dumps(exported, ensure_ascii=False)
    for hidden in (ADMIN.sub, PRODUCER.sub, OF_THEM):
        assert hidden not in text


def test_what_is_under_way_stays_without_words_and_goes_by_itself_and_a_second_run_finds_the_same(town: Town) -> None:
    measure_id = story(town)
    now = utc_now()
    first = wiring.personal().erase(person(town), now)
    second = wiring.personal().erase(person(town), now + timedelta(days=3))
    assert first.held == second.held
    assert second.removed == 0
    assert {one.ground for one in first.held} == {"report_open", "sanction_in_force"}
    for words in (REPORTED, REPLIED, OF_THEM, "menaçants"):
        assert words not in kept()
    by_key = {(one["pk"], one["sk"]): one for one in rows("ModerationTable")}
    measure = by_key[f"MEASURE#{measure_id}", "MEASURE"]
    [until] = [one.until for one in first.held if one.ground == "sanction_in_force"]
    assert measure["expires_at"] == int(datetime.fromisoformat(until).timestamp())
    assert until == measure["until"], "no longer than it was to last"
    [report] = [one for one in first.held if one.ground == "report_open"]
    assert datetime.fromisoformat(report.until) == now + HOLDS["report_open"].lasts


def test_what_is_over_goes_with_all_that_leads_to_it(town: Town) -> None:
    measure_id = story(town)
    done(town.api.post(f"/admin/users/{FREELANCER.sub}/restore", person=ADMIN))
    for report in done(town.api.get("/admin/reports", ADMIN))["reports"]:
        ruling = {"outcome": "no_breach", "ruling": "Rien à redire."}
        done(town.api.post(f"/admin/reports/{report['report_id']}/settle", ruling, ADMIN))
    erased = wiring.personal().erase(person(town), utc_now())
    assert erased.held == ()
    left = [one for one in rows("ModerationTable") if not str(one["sk"]).startswith("EVENT#")]
    assert not [one for one in left if measure_id in str(one)]
    assert not [one for one in left if one["pk"] == f"REPORTER#{FREELANCER.sub}"]
    assert {str(one["pk"]).partition("#")[0] for one in left} == {"REPORT", "REPORTER", "AGAINST", "PACE"}, (
        "the other's"
    )
    assert wiring.personal().erase(person(town), utc_now()).removed == 0


def test_of_a_producer_the_words_go_and_the_decision_about_the_company_stays(town: Town) -> None:
    measure = town.returned()
    done(town.api.post(f"/moderation/mine/{measure['measure_id']}/appeal", {"text": REPLIED}, PRODUCER))
    erased = wiring.personal().erase(Person(PRODUCER.sub, PRODUCER.email, None, town.company_id), utc_now())
    assert (erased.redacted, erased.held) == (1, ())
    assert REPLIED not in kept()
    assert done(town.api.get(f"/admin/measures/{measure['measure_id']}", ADMIN))["state"] == "appealed"


def test_what_leads_to_what_is_held_goes_when_that_does(town: Town) -> None:
    story(town)
    wiring.personal().erase(person(town), utc_now())
    theirs = (f"REPORTER#{FREELANCER.sub}", f"OWNER#user#{FREELANCER.sub}", f"SUBJECT#user#{FREELANCER.sub}")
    leading = [one for one in rows("ModerationTable") if one["pk"] in theirs]
    assert {one["pk"] for one in leading} == set(theirs)
    assert all("expires_at" in one for one in leading)


def test_what_was_proposed_and_declined_is_forgotten_however_many_came_after(town: Town) -> None:
    for number in range(2):
        facts = {"facts": f"Un fait écarté, le numéro {number}."}
        measure = town.suspended(f"users/{FREELANCER.sub}", days=None, **facts)
        headers = {"If-Match": f'"{measure["version"]}"'}
        done(town.api.post(f"/admin/measures/{measure['measure_id']}/decline", person=ADMIN, headers=headers))
    assert done(town.api.get("/moderation/mine", FREELANCER))["measures"] == []
    assert "Un fait écarté" in kept()
    wiring.personal().erase(person(town), utc_now())
    assert "Un fait écarté" not in kept()
