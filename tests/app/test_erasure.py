"""Somebody who left something of theirs everywhere goes, and nothing of it is left: whatever order their erasure is
carried out in, however often, wherever it is cut short, and whatever news come late.

    ERASURE_RUNS=500 python -m pytest tests/app/test_erasure.py -k cut_short

tries more of the places where it may be cut short.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from chalicelib.composition import for_notifications, for_privacy
from chalicelib.conversations import wiring as conversations
from chalicelib.matching.candidates import ERASED
from chalicelib.platform.chain import read_back
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.privacy import wiring
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.retention import HOLDS
from tests.support.api import Answer, Person
from tests.support.departing import BASILE, CLAIRE, INES, MARC, NOE, OF_CLAIRE, OF_INES, Departing, departing
from tests.support.quick_account import HandedBack
from tests.support.tables import rows
from tests.support.world import done

#: Places where an erasure is cut short, of the several hundred there are; each is tried in an order of its own.
RUNS = int(os.environ.get("ERASURE_RUNS", "25"))


class Killed(BaseException):
    """The function died at this line."""


@pytest.fixture(scope="module")
def everywhere() -> Iterator[Departing]:
    with departing() as found:
        yield found


@pytest.fixture
def stage(everywhere: Departing) -> Departing:
    everywhere.begin()
    return everywhere


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["code"]


def items(stage: Departing, table: str, **wanted: str) -> list[dict[str, Any]]:
    images = stage.account.tables.images(table)
    return [one for one in images if all(one.get(name, {}).get("S") == value for name, value in wanted.items())]


def test_they_are_everywhere_before(stage: Departing) -> None:
    """Else nothing below would prove anything."""
    found = stage.left(OF_INES)
    assert {one.partition(":")[0] for one in found} == set(OF_INES)
    where = {one.partition(": ")[2].split()[0] for one in found}
    assert where >= {
        *("ProfilesTable", "CandidatesTable", "MatchingTable", "ConversationsTable", "VerificationTable"),
        *("FailuresTable", "RequestsTable", "evidence"),
    }
    assert {one.partition(":")[0] for one in stage.left(OF_CLAIRE)} == set(OF_CLAIRE)
    assert any(key[0] == "snapshots" for key in stage.objects)


def test_a_freelancer_goes_and_nothing_of_them_is_left(stage: Departing) -> None:
    asked = stage.erase(INES)
    assert (asked["state"], asked["cause"]) == ("under_way", "request")
    assert stage.left(OF_INES) == []
    assert INES.sub not in stage.account.people
    receipt = stage.receipt(INES)
    assert (receipt["state"], receipt["erasure_id"]) == ("complete", asked["erasure_id"])
    assert {one["state"] for one in receipt["steps"]} == {"done"}
    assert {one["context"] for one in receipt["steps"]} == {*for_privacy.TABLES, "account"}
    counts = {one["context"]: one["removed"] + one["redacted"] for one in receipt["steps"]}
    for context in (
        "account",
        "briefs",
        "conversations",
        "failures",
        "matching",
        "profiles",
        "requests",
        "verification",
    ):
        assert counts[context] > 0, context
    said = json.dumps(receipt, ensure_ascii=False)
    assert [word for word in OF_INES.values() if word in said] == []
    held = {one["ground"]: one for one in receipt["held"]}
    assert set(held) == {"alarm_open", "report_open"}
    assert held["alarm_open"]["id"] == stage.alarm_id
    assert held["alarm_open"]["source"]["fr"] == HOLDS["alarm_open"].source.fr


def test_what_happened_in_their_cases_stays_by_ids_and_its_chains_hold(stage: Departing) -> None:
    table = Table(settings().verification_table)
    chained = sorted({item["pk"] for item in rows("VerificationTable") if "chain" in item})
    assert any(pk.startswith("CASE#") for pk in chained)
    stage.erase(INES)
    assert [pk for pk in chained if read_back(table, pk).findings] == []


def test_no_snapshot_and_no_log_of_a_ranking_has_them(stage: Departing) -> None:
    stage.erase(INES)
    snapshots = [content for (bucket, _), content in stage.account._objects.items() if bucket == "snapshots"]
    assert snapshots
    assert not any(stage.profile_id.encode() in content for content in snapshots)
    assert any(
        stage.profile_id.encode() in content for (bucket, _), content in stage.objects.items() if bucket == "snapshots"
    )
    logs = [one for one in items(stage, "MatchingTable") if one["sk"]["S"].startswith(("RUN#", "FITTING#"))]
    changed = [one for one in logs if "erased" in json.dumps(one)]
    assert changed
    assert {one["reproducible"]["BOOL"] for one in changed} == {False}
    assert not any(stage.profile_id in json.dumps(one) for one in logs)
    [tombstone] = items(stage, "CandidatesTable", sk=f"CANDIDATE#{stage.profile_id}")
    assert (tombstone["version"]["N"], tombstone["removed"]) == (str(ERASED), {"BOOL": True})
    assert "snapshot" not in tombstone


def test_the_other_side_keeps_the_conversation_with_a_deleted_account(stage: Departing) -> None:
    before = done(stage.api.get(f"/conversations/{stage.thread_id}", CLAIRE))
    stage.erase(INES)
    after = done(stage.api.get(f"/conversations/{stage.thread_id}", CLAIRE))
    assert (after["opposite"]["fr"], after["opposite_deleted"], after["may"]) == ("Compte supprimé", True, [])
    assert stage.api.post(f"/conversations/{stage.thread_id}/messages", {"text": "Bonjour."}, CLAIRE).status == 409
    assert (after["messages"], after["interested_at"]) == (before["messages"], before["interested_at"])
    assert (after["person"], after["answer_due_at"]) == (None, None)
    said = [
        one["text"] for one in done(stage.api.get(f"/conversations/{stage.thread_id}/messages", CLAIRE))["messages"]
    ]
    assert OF_CLAIRE["message"] in " ".join(said), "their own words stay theirs"
    assert "[compte supprimé]" in said
    for path, body in (("messages", {"text": "Êtes-vous là ?"}), ("outcome", {"outcome": "engaged"})):
        assert refused(stage.api.post(f"/conversations/{stage.thread_id}/{path}", body, CLAIRE)) == (
            409,
            "conversation_state",
        )
    shortlist = done(stage.api.get(f"/briefs/{stage.brief_id}/matches", CLAIRE))
    assert stage.profile_id not in json.dumps(shortlist)


def test_the_account_is_closed_at_once_and_changes_nothing_any_more(stage: Departing) -> None:
    done(stage.api.call("DELETE", "/me", person=INES))
    assert stage.account.disabled == {INES.sub}
    for method, path, body in (
        ("POST", f"/conversations/{stage.thread_id}/messages", {"text": "Encore un mot."}),
        ("PUT", "/profiles/mine", {}),
        ("POST", "/me/role", {"role": "freelancer"}),
    ):
        assert refused(stage.api.call(method, path, body, person=INES)) == (403, "account_closed")
    again = done(stage.api.call("DELETE", "/me", person=INES))
    assert again["erasure_id"] == stage.receipt(INES)["erasure_id"]
    assert stage.api.get("/me/erasure", NOE).status == 404
    stage.account.settle()
    assert stage.api.get("/profiles/mine", INES).status == 404


def test_the_receipt_comes_by_e_mail_once_and_names_nobody(stage: Departing) -> None:
    receipt = stage.erase(INES)
    stage.look_over()
    letters = [one for one in stage.account.letters if one.to == INES.email]
    [letter] = [one for one in letters if receipt["erasure_id"].encode() in one.raw]
    assert letter is letters[-1]
    for word in (OF_INES["name"], OF_INES["surname"]):
        assert word.encode() not in letter.raw.partition(b"\r\n\r\n")[2]
    settled = stage.receipt(INES)
    assert settled["state"] == "settled"
    assert stage.left(OF_INES) == []
    assert [one for one in stage.account.tables.images("FailuresTable") if "feedback" in json.dumps(one)] == []


def test_whoever_wants_no_e_mail_gets_none_and_stays_unwritten_to(stage: Departing) -> None:
    stage.refuse_mail()
    sent = len(stage.account.letters)
    stage.erase(INES)
    assert len(stage.account.letters) == sent
    assert {one["ground"] for one in stage.receipt(INES)["held"]} >= {"mail_refused"}
    assert stage.left(OF_INES) == []


def test_late_news_bring_nothing_back(stage: Departing) -> None:
    heard = stage.events()
    stage.erase(INES)
    Random(7).shuffle(heard)
    stage.hear_again(heard)
    stage.hear_again(heard[::2])
    stage.look_over()
    assert stage.left(OF_INES) == []
    assert not [one for one in items(stage, "CandidatesTable") if one["sk"]["S"] == f"DOCUMENT#{stage.profile_id}"]
    assert stage.receipt(INES)["state"] == "settled"


def test_what_was_under_way_when_the_account_was_closed_is_gone_a_little_later(stage: Departing) -> None:
    """A request that had passed the door writes after every task was done."""
    stage.erase(INES)
    said = conversations.repository().every_message(stage.thread_id)
    first = next(one for one in said if one.sender_sub == INES.sub)
    conversations.repository().redact(stage.thread_id, first.model_copy(update={"text": OF_INES["message"]}))
    assert stage.left(OF_INES) != []
    stage.look_over()
    assert stage.left(OF_INES) == []


# ---- a producer


def test_the_last_producer_of_a_company_goes_and_everyone_who_waits_is_answered(stage: Departing) -> None:
    stage.erase(CLAIRE)
    assert stage.left(OF_CLAIRE) == []
    told = done(stage.api.get(f"/conversations/{stage.thread_id}", INES))
    assert (told["state"], told["answer"]["decision"], told["may"]) == ("not_retained", "not_retained", [])
    assert told["company"] is None
    assert stage.api.get(f"/projects/{stage.brief_id}", NOE).status == 404
    receipt = stage.receipt(CLAIRE)
    [kept] = [one for one in receipt["held"] if one["ground"] == "publisher_of_offers"]
    [publisher] = items(stage, "CompaniesTable", sk="PUBLISHER")
    assert publisher["legal_name"]["S"] == "Falaise Grise Films"
    assert int(publisher["expires_at"]["N"]) > stage.account.clock.now.timestamp()
    assert publisher["until"]["S"] == kept["until"]
    assert not items(stage, "BriefsTable", pk=f"BRIEF#{stage.draft_id}", sk="BRIEF")
    stage.look_over()
    assert stage.left(OF_CLAIRE) == []
    assert any(INES.email == one.to for one in stage.account.letters)


def test_a_returned_project_of_theirs_ends_as_well(stage: Departing) -> None:
    order = {"ground": "identity_told", "facts": "Le synopsis cite une adresse.", "report_id": None}
    done(stage.api.post(f"/admin/briefs/{stage.brief_id}/return", order, BASILE))
    stage.account.settle()
    assert done(stage.api.get(f"/briefs/{stage.brief_id}", CLAIRE))["status"] == "returned"
    stage.erase(CLAIRE)
    told = done(stage.api.get(f"/conversations/{stage.thread_id}", INES))
    assert (told["state"], told["answer"]["decision"]) == ("not_retained", "not_retained")


def test_with_a_colleague_the_company_and_its_projects_stay(stage: Departing) -> None:
    done(stage.api.post("/companies/mine/members", {"email": MARC.email}, CLAIRE))
    done(stage.api.post("/companies/join", {}, MARC))
    sources = for_notifications.sources()
    project = sources.project(stage.brief_id)
    assert project is not None
    assert sources.recipient(project).email == CLAIRE.email  # type: ignore[union-attr]
    path = f"/briefs/{stage.brief_id}/remarks"
    [before] = done(stage.api.get(path, CLAIRE))["remarks"]
    stage.erase(CLAIRE)
    # The notes are the company's, whoever wrote them.
    assert done(stage.api.get(path, MARC))["remarks"] == [before | {"noted_by_me": False}]
    kept = items(stage, "BriefsTable", sk=f"REMARK#{stage.profile_id}")
    assert kept and CLAIRE.sub not in json.dumps(kept)
    # What happens to their projects is told to who is left.
    assert sources.recipient(project).email == MARC.email  # type: ignore[union-attr]
    own = {name: OF_CLAIRE[name] for name in ("address", "message")}
    assert stage.left(own) == []
    assert done(stage.api.get("/companies/mine", MARC))["legal_name"] == "Falaise Grise Films"
    assert done(stage.api.get(f"/briefs/{stage.brief_id}", MARC))["status"] == "live"
    assert done(stage.api.get(f"/conversations/{stage.thread_id}", INES))["opposite_deleted"] is False
    assert stage.receipt(CLAIRE)["held"] == []
    done(stage.api.call("DELETE", "/me", person=MARC))
    stage.account.settle()
    assert stage.left(OF_CLAIRE) == []
    assert not items(stage, "BriefsTable", sk=f"REMARK#{stage.profile_id}")
    assert not items(stage, "BriefsTable", pk=f"PROFILE#{stage.profile_id}")


def test_a_company_whose_only_member_left_is_suspended_is_suspended_until_they_may_act_again(stage: Departing) -> None:
    done(stage.api.post("/companies/mine/members", {"email": MARC.email}, CLAIRE))
    done(stage.api.post("/companies/join", {}, MARC))
    until = stamp(stage.account.clock.now + timedelta(days=3))
    body = {"ground": "harassment", "facts": "Trois messages menaçants.", "until": until}
    done(stage.api.post(f"/admin/users/{MARC.sub}/suspend", body, BASILE))
    stage.account.settle()
    assert done(stage.api.get("/companies/mine", MARC))["suspended"] is False
    stage.erase(CLAIRE)
    assert done(stage.api.get("/companies/mine", MARC))["suspended"] is True
    assert stage.api.get(f"/projects/{stage.brief_id}", NOE).status == 404
    done(stage.api.post(f"/admin/users/{MARC.sub}/restore", person=BASILE))
    stage.account.settle()
    assert done(stage.api.get("/companies/mine", MARC))["suspended"] is False
    assert done(stage.api.get(f"/projects/{stage.brief_id}", NOE))["project_id"] == stage.brief_id


def test_an_administrator_s_erasure_touches_nobody_s_case(stage: Departing) -> None:
    before = len(items(stage, "VerificationTable"))
    stage.erase(BASILE)
    assert len(items(stage, "VerificationTable")) == before


# ---- killed, in any order, twice


def calls_of(stage: Departing, person: Person) -> int:
    """How many calls to the tables it takes to erase somebody."""
    count = 0

    def counted() -> None:
        nonlocal count
        count += 1

    stage.account.tables.on_call = counted
    stage.erase(person)
    return count


def carry_out(stage: Departing, person: Person, die_at: int, random: Random) -> bool:
    """Erases somebody in an order of its own, with repetitions; whether it died at that call."""
    left = die_at

    def die() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    account, died = stage.account, False
    account.tables.on_call = die
    try:
        stage.api.call("DELETE", "/me", person=person)
    except Killed:
        died = True
    for _ in range(500):
        waiting = account.waiting
        if not waiting:
            break
        name = random.choice(waiting)
        try:
            # What is being handled when the function dies comes again; so does what comes twice.
            account.deliver(name, 1, again=random.random() < 0.15 or left == 1, order=random)
        except Killed:
            died = True
        except HandedBack:
            # Whoever died still holds what it had claimed; the message is lost on top, and the sweeper puts it back.
            assert died
    return died


@pytest.mark.parametrize("person", [INES, CLAIRE], ids=["a freelancer", "a producer"])
def test_cut_short_anywhere_and_taken_up_again_it_ends_in_the_same_state(everywhere: Departing, person: Person) -> None:
    words = OF_INES if person is INES else OF_CLAIRE
    everywhere.begin()
    calls = calls_of(everywhere, person)
    assert calls > 100
    random, dead = Random(20261129), 0
    for run in range(RUNS):
        everywhere.begin()
        die_at = random.randrange(1, calls)
        dead += carry_out(everywhere, person, die_at, random)
        everywhere.account.tables.on_call = lambda: None
        for _ in range(3):
            everywhere.account.clock.advance(timedelta(minutes=6))
            everywhere.account.sweep()
            everywhere.account.settle()
        asked = everywhere.api.get("/me/erasure", person)
        if asked.status == 404:
            # It died before anything was written: nothing was promised, and it is asked for again.
            everywhere.erase(person)
        assert everywhere.left(words) == [], (run, die_at)
        assert everywhere.receipt(person)["state"] in ("complete", "settled"), (run, die_at)
        assert person.sub not in everywhere.account.people
    assert dead > RUNS * 0.6


# ---- export


def test_everything_comes_in_one_document(stage: Departing) -> None:
    document = done(stage.api.get("/me/export", INES))
    assert (document["format"], document["format_version"]) == ("plot-point/export", 1)
    assert (document["account_id"], document["email"]) == (INES.sub, INES.email)
    sections = {(one["context"], one["what"]): one["records"] for one in document["sections"]}
    assert {context for context, _ in sections} == {*for_privacy.TABLES, "events"}
    said = json.dumps(document, ensure_ascii=False)
    missing = {"attester", "first name", "surname", "name"} - {what for what, word in OF_INES.items() if word in said}
    assert missing == set()
    for what in set(OF_INES) - {"file"}:
        assert OF_INES[what] in said, what
    [file] = [one for one in sections["verification", "evidence"] if one["sha256"] == OF_INES["file"]]
    assert file["link"].startswith("https://evidence.test/")
    [proposal] = sections["matching", "proposals"]
    # That somebody is proposed no longer, just after they blocked a company, would say whose project it is.
    assert (proposal["project_id"], set(proposal)) == (stage.brief_id, {"project_id", "proposed_at", "level"})
    [noted] = sections["briefs", "remarks_about_me"]
    assert (noted["note"], noted["set_aside"]["reason"]) == (OF_INES["note about her"], "dates")
    assert len(sections["events", "acts"]) > 5
    assert {one["actor"] for one in sections["events", "acts"]} == {INES.sub}
    assert sections["verification", "alarms"][0]["reply"]["text"] == OF_INES["alarm's answer"]
    assert sections["privacy", "activity"] != []


def test_before_the_reveal_an_export_gives_nobody_away(stage: Departing) -> None:
    """Noé never revealed himself; nor is the company's id told to Inès, who did."""
    company = done(stage.api.get("/companies/mine", CLAIRE))
    hidden = [
        company["legal_name"],
        company["siren"],
        CLAIRE.email,
        CLAIRE.sub,
        company["company_id"],
        *OF_CLAIRE.values(),
    ]
    told = stage.api.get("/me/export", NOE).content.decode()
    assert [word for word in hidden if word in told] == []
    assert company["company_id"] not in stage.api.get("/me/export", INES).content.decode()


def test_a_producer_s_export_has_their_company_and_their_own_words(stage: Departing) -> None:
    document = done(stage.api.get("/me/export", CLAIRE))
    said = json.dumps(document, ensure_ascii=False)
    assert [what for what, word in OF_CLAIRE.items() if word not in said] == []


def test_a_document_that_is_too_large_lies_elsewhere_for_an_hour(
    stage: Departing, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.privacy import exports

    monkeypatch.setattr(exports, "ANSWER_BYTES", 2_000)
    answer = stage.api.get("/me/export", INES)
    assert (answer.status, answer.json["sections"]) == (303, [])
    assert answer.headers["Location"] == answer.json["elsewhere"]
    bucket = settings().exports_bucket
    [(key, content)] = [(key, one) for (where, key), one in stage.account._objects.items() if where == bucket]
    assert key in answer.json["elsewhere"]
    assert json.loads(content)["email"] == INES.email
    stage.account.clock.advance(timedelta(minutes=61))
    stage.account.sweep()
    assert not [key for where, key in stage.account._objects if where == bucket]


def test_an_export_that_lies_there_goes_with_its_person(stage: Departing, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.privacy import exports

    monkeypatch.setattr(exports, "ANSWER_BYTES", 2_000)
    assert stage.api.get("/me/export", INES).status == 303
    stage.erase(INES)
    assert stage.left(OF_INES) == []
    assert wiring.repository().exports(INES.sub) == []
