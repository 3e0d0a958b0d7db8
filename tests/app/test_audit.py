"""Who did what, read through the route, of what was done through the routes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.audit.wording import EVENTS
from chalicelib.platform.clients import client
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from tests.app.test_alarm_routes import NO, WHY, Desk
from tests.app.test_verification_routes import (
    BASILE,
    CONTESTED,
    NADIR,
    REFUSED,
    SALOME,
    VERIFIED,
    Office,
    later,
    office,
    people,
)
from tests.shape.test_structure import facts
from tests.support.api import FREELANCER, PRODUCER
from tests.support.environment import EVIDENCE_BUCKET, at
from tests.support.evidence_fakes import a_pdf
from tests.support.world import done

__all__ = ["office", "people"]


def audit(office: Office, query: str = "") -> list[dict[str, Any]]:
    """All pages of it, the earliest first."""
    found: list[dict[str, Any]] = []
    answer = done(office.api.get(f"/admin/audit{query}", SALOME))
    while True:
        found += answer["entries"]
        if answer["cursor"] is None:
            return found[::-1]
        joined = f"{query}&" if query else "?"
        answer = done(office.api.get(f"/admin/audit{joined}cursor={answer['cursor']}", SALOME))


def acts(entries: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(one["event"].removeprefix("verification."), one["actor"]) for one in entries]


def test_every_act_on_a_case_is_there_with_who_did_it(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]
    path, content = f"/verification/mine/{case_id}/evidence", a_pdf()
    body = {"kind": "contract", "media_type": "application/pdf", "size": len(content)}
    offered = done(office.api.post(path, body, FREELANCER))
    evidence_id = offered["evidence"]["evidence_id"]
    client("s3").put_object(Bucket=EVIDENCE_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
    done(office.api.post(f"{path}/{evidence_id}/confirm", person=FREELANCER))
    done(office.api.post(f"/verification/mine/{case_id}/submit", person=FREELANCER))
    office.work()
    token = office.claim(case_id)["lease"]["token"]
    done(office.api.post(f"/verification/cases/{case_id}/evidence/{evidence_id}/open", person=SALOME))
    done(office.act(case_id, "renew", token=token))
    token = office.case(case_id)["lease"]["token"]
    done(office.act(case_id, "request-information", token=token, text="Qui était le producteur ?"))
    done(office.api.post(f"/verification/mine/{case_id}/answer", {"text": "Paul Nivet."}, FREELANCER))
    token = office.case(case_id)["lease"]["token"]
    done(office.act(case_id, "decision", token=token, **REFUSED))
    done(office.act(case_id, "second-decision", BASILE, confirms=False, note="À relire."))
    done(office.act(case_id, "decision", BASILE, **REFUSED))
    done(office.act(case_id, "second-decision", NADIR, confirms=True))
    done(office.api.post(f"/verification/mine/{case_id}/appeal", CONTESTED, FREELANCER))

    mine, salome, basile, nadir = FREELANCER.sub, SALOME.sub, BASILE.sub, NADIR.sub
    entries = audit(office, f"?case_id={case_id}")
    by_people = [one for one in acts(entries) if one[1] is not None]
    assert by_people == [
        ("opened", mine),
        ("evidence_accepted", mine),
        ("submitted", mine),
        ("claimed", salome),
        ("evidence_opened", salome),
        ("lease_renewed", salome),
        ("information_requested", salome),
        ("information_provided", mine),
        ("decision_proposed", salome),
        ("claimed", basile),
        ("decision_overturned", basile),
        ("claimed", basile),
        ("decision_proposed", basile),
        ("claimed", nadir),
        ("decided", nadir),
        ("appealed", mine),
    ]
    assert {one for one, actor in acts(entries) if actor is None} >= {"planned", "step_ended", "queued"}
    assert [one["details"]["evidence_id"] for one in entries if one["event"].endswith("evidence_opened")] == [
        evidence_id
    ]
    told = json.dumps(entries, ensure_ascii=False)
    for text in ("Paul Nivet", "producteur", REFUSED["text"], CONTESTED["text"], "relire", "Inès", FREELANCER.email):
        assert text not in told

    assert acts(audit(office, f"?case_id={case_id}&person={basile}")) == [one for one in by_people if one[1] == basile]
    assert acts(audit(office, f"?person={salome}")) == [one for one in by_people if one[1] == salome]
    assert audit(office, f"?case_id={new_id(utc_now())}") == []
    assert audit(office, "?person=nobody") == []


def test_an_alarm_s_history_has_its_files_and_what_its_subject_did(office: Office) -> None:
    desk = Desk(office)
    profile_id = office.world.profile(verified=False)["profile_id"]
    alarm_id = desk.raised(profile_id)
    evidence_id = desk.read(alarm_id)["documents"][0]
    done(office.api.post(f"/admin/alarms/{alarm_id}/evidence/{evidence_id}/open", person=BASILE))
    done(office.api.post(f"/verification/mine/alarms/{alarm_id}/answer", NO, FREELANCER))
    done(desk.act(alarm_id, "put-in-force", BASILE, WHY))
    entries = audit(office, f"?alarm_id={alarm_id}")
    assert acts(entries) == [
        ("alarm_prepared", SALOME.sub),
        ("evidence_accepted", SALOME.sub),
        ("alarm_raised", SALOME.sub),
        ("evidence_opened", BASILE.sub),
        ("alarm_answered", FREELANCER.sub),
        ("alarm_confirmed", BASILE.sub),
    ]
    told = json.dumps(entries, ensure_ascii=False)
    for text in ("forged", "contrat", "avenant", "explique"):
        assert text not in told


def test_briefs_companies_and_profiles_are_there_too(office: Office) -> None:
    world = office.world
    company_id = world.company()
    profile = world.profile(verified=False)
    brief = world.live_brief()
    done(office.api.patch(f"/briefs/{brief['brief_id']}", {"code_name": "Projet Varech"}, PRODUCER))
    done(office.api.post(f"/briefs/{brief['brief_id']}/close", person=PRODUCER))
    of_brief = audit(office, f"?brief_id={brief['brief_id']}")
    assert [(one["event"], one["actor"]) for one in of_brief] == [
        ("brief.drafted", PRODUCER.sub),
        ("brief.published", PRODUCER.sub),
        ("brief.revised", PRODUCER.sub),
        ("brief.ended", PRODUCER.sub),
    ]
    assert [one["event"] for one in audit(office, f"?company_id={company_id}")] == [
        "company.registered",
        "company.verification_decided",
    ]
    of_profile = audit(office, f"?profile_id={profile['profile_id']}")
    assert acts(of_profile) == [("profile.saved", FREELANCER.sub)] * 2
    everything = audit(office)
    assert [one["event_id"] for one in everything] == sorted(one["event_id"] for one in everything)
    assert {one["event"].split(".")[0] for one in everything} == {"brief", "company", "profile", "verification"}
    by_producer = [one for one in everything if one["actor"] == PRODUCER.sub]
    assert audit(office, f"?person={PRODUCER.sub}") == by_producer
    assert "Varech" not in json.dumps(everything)
    assert audit(office, "?until=2020-01-01T00:00:00Z") == []
    for query in (f"person={PRODUCER.sub}", f"company_id={company_id}"):
        assert audit(office, f"?{query}&until=2000-01-01T00:00:00Z") == []
        assert audit(office, f"?{query}&since=2000-01-01T00:00:00Z") == audit(office, f"?{query}")


def test_pages_hold_everything_once(office: Office) -> None:
    world = office.world
    world.company(verified=False)
    brief = world.draft()
    for number in range(60):
        done(office.api.patch(f"/briefs/{brief['brief_id']}", {"code_name": f"Projet {number}"}, PRODUCER))
    entries = audit(office, f"?brief_id={brief['brief_id']}")
    assert len(entries) == len({one["event_id"] for one in entries}) == 61
    assert len(audit(office, f"?person={PRODUCER.sub}")) == 62
    assert [one for one in audit(office) if one["event"].startswith("brief.")] == entries
    first = done(office.api.get(f"/admin/audit?brief_id={brief['brief_id']}", SALOME))
    assert len(first["entries"]) == 50
    other = office.api.get(f"/admin/audit?person={PRODUCER.sub}&cursor={first['cursor']}", SALOME)
    assert other.codes == {"?cursor": "wrong_cursor"}
    assert (other.status, other.json["code"]) == (422, "invalid")


def test_what_happens_later_comes_first_whatever_the_page(office: Office) -> None:
    office.world.profile(verified=False)
    with at(later(days=40)):
        office.world.company(verified=False)
        assert {one["event"].split(".")[0] for one in audit(office)} == {"company"}, "the last thirty days"
        since = (later(days=-50)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert {one["event"].split(".")[0] for one in audit(office, f"?since={since}")} == {"company", "profile"}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?case_id={id}&brief_id={id}", {"?brief_id": "one_thing_at_a_time"}),
        ("?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z", {"?until": "end_before_start"}),
        ("?since=2024-01-01T00:00:00Z&until=2026-01-01T00:00:00Z", {"?since": "period_too_long"}),
        ("?since=2020-01-01T00:00:00Z", {"?since": "period_too_long"}),
        ("?since=2199-01-01T00:00:00Z", {"?since": "end_before_start"}),
    ],
)
def test_what_does_not_go_together_is_refused_by_its_name(query: str, codes: dict[str, str], office: Office) -> None:
    answer = office.api.get("/admin/audit" + query.format(id=new_id(utc_now())), SALOME)
    assert (answer.status, answer.codes) == (422, codes)


def test_every_fact_of_what_people_do_has_a_name_in_both_languages() -> None:
    kept: set[type[Fact]] = {fact for fact in facts() if not fact.event_type.startswith("matching.")}
    assert set(EVENTS) == {fact.event_type for fact in kept}
    for label in EVENTS.values():
        assert label.fr != label.en


def test_a_decision_by_one_is_there_as_theirs(office: Office) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    [credit] = office.case(case_id)["credits_in_review"]
    judged = [{"credit_id": credit["credit_id"], "level": "function"}]
    done(office.act(case_id, "decision", **VERIFIED, credits=judged))
    assert acts(audit(office, f"?case_id={case_id}"))[-1] == ("decided", SALOME.sub)
