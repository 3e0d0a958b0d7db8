"""The chain of a case's and an alarm's facts, read through the route and by the command, as the product wrote it."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.audit.wording import TROUBLES
from chalicelib.platform.chain import HEAD
from chalicelib.platform.clients import client
from chalicelib.platform.table import Delete, Put, Table
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.ids import new_id
from infra import audit as command
from tests.app.test_alarm_routes import NO, WHY, Desk
from tests.app.test_verification_routes import (
    BASILE,
    NADIR,
    REFUSED,
    SALOME,
    Office,
    office,
    people,
)
from tests.support.api import FREELANCER, PRODUCER
from tests.support.environment import EVIDENCE_BUCKET
from tests.support.evidence_fakes import a_pdf
from tests.support.world import done

__all__ = ["office", "people"]

TABLE = "VerificationTable"


def chains(office: Office, query: str) -> list[dict[str, Any]]:
    return done(office.api.get(f"/admin/audit/chain?{query}", SALOME))["chains"]  # type: ignore[no-any-return]


def decided_case(office: Office) -> str:
    """With a file, which is told beside the case, and a refusal by two."""
    office.world.profile(verified=False)
    case_id: str = done(office.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))["case_id"]
    path, content = f"/verification/mine/{case_id}/evidence", a_pdf()
    body = {"kind": "contract", "media_type": "application/pdf", "size": len(content)}
    offered = done(office.api.post(path, body, FREELANCER))
    client("s3").put_object(Bucket=EVIDENCE_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
    done(office.api.post(f"{path}/{offered['evidence']['evidence_id']}/confirm", person=FREELANCER))
    done(office.api.post(f"/verification/mine/{case_id}/submit", person=FREELANCER))
    office.work()
    done(office.act(case_id, "decision", SALOME, **REFUSED))
    done(office.act(case_id, "second-decision", NADIR, confirms=True))
    return case_id


def facts(pk: str) -> list[dict[str, Any]]:
    """In the order of their chain."""
    return sorted(Table(TABLE).query_all(pk, prefix="EVENT#"), key=lambda item: item["chain"]["position"])


def verified(*arguments: str) -> int:
    return command.main(["verify", "--table", TABLE, *arguments])


def test_every_fact_of_a_case_is_in_its_chain(office: Office) -> None:
    case_id = decided_case(office)
    kept = facts(f"CASE#{case_id}")
    assert {"verification.opened", "verification.evidence_accepted", "verification.step_ended"} < {
        item["event_type"] for item in kept
    }
    assert [item["chain"]["position"] for item in kept] == [*range(1, len(kept) + 1)]
    assert chains(office, f"case_id={case_id}") == [
        {
            "of": "case",
            "position": len(kept),
            "digest": kept[-1]["chain"]["digest"],
            "older": 0,
            "sound": True,
            "findings": [],
        }
    ]


def test_an_alarm_has_a_chain_and_its_files_another(office: Office) -> None:
    desk = Desk(office)
    alarm_id = desk.raised(office.world.profile(verified=False)["profile_id"])
    done(office.api.post(f"/verification/mine/alarms/{alarm_id}/answer", NO, FREELANCER))
    done(desk.act(alarm_id, "put-in-force", BASILE, WHY))
    of_alarm, of_files = chains(office, f"alarm_id={alarm_id}")
    assert (of_alarm["of"], of_alarm["position"], of_alarm["sound"]) == ("alarm", 4, True)
    assert (of_files["of"], of_files["position"], of_files["sound"]) == ("files", 1, True)


def test_a_decision_that_somebody_else_is_said_to_have_taken_is_found(office: Office) -> None:
    case_id = decided_case(office)
    (decided,) = [item for item in facts(f"CASE#{case_id}") if item["event_type"] == "verification.decided"]
    Table(TABLE).write(Put({**decided, "actor_sub": BASILE.sub}))
    (chain,) = chains(office, f"case_id={case_id}")
    assert not chain["sound"]
    assert chain["findings"] == [
        {
            "trouble": "changed",
            "label": {"fr": TROUBLES["changed"].fr, "en": TROUBLES["changed"].en},
            "position": decided["chain"]["position"],
            "event_id": decided["event_id"],
        }
    ]


def test_one_case_or_one_alarm_is_asked_for(office: Office) -> None:
    some = new_id(utc_now())
    for query in ("", f"?case_id={some}&alarm_id={some}"):
        refused = office.api.get(f"/admin/audit/chain{query}", SALOME)
        assert (refused.status, refused.codes) == (422, {"?case_id": "one_of_case_or_alarm"})
    nothing = {"position": None, "digest": None, "older": 0, "sound": True, "findings": []}
    assert chains(office, f"case_id={some}") == [{"of": "case", **nothing}]
    assert office.api.get(f"/admin/audit/chain?case_id={some}", PRODUCER).status == 403


def test_the_command_reads_every_chain_back(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    case_id = decided_case(office)
    Desk(office).raised(office.world.profile(verified=False)["profile_id"])
    assert verified("--case", case_id) == 0
    last = facts(f"CASE#{case_id}")[-1]
    link = f"{last['chain']['position']}:{last['chain']['digest']}"
    assert f"the last link is {link}" in capsys.readouterr().out
    assert verified("--case", case_id, "--against", link) == 0
    assert verified("--all") == 0
    assert "Sound: 3 read" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_and_ends_with_one(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    case_id = decided_case(office)
    pk, table = f"CASE#{case_id}", Table(TABLE)
    *_, last = facts(pk)
    table.write(Delete(pk, last["sk"]))
    assert verified("--case", case_id) == verified("--all") == 1
    assert f"place {last['chain']['position']}: missing" in capsys.readouterr().out
    table.write(Put(last), Delete(pk, HEAD))
    assert verified("--case", case_id) == 1
    assert "no place: head" in capsys.readouterr().out
    for item in facts(pk):
        table.write(Delete(pk, item["sk"]))
    assert verified("--all") == 1, "a case without anything that happened to it"
    assert "no place: missing" in capsys.readouterr().out


def test_the_command_shows_that_a_chain_was_written_anew(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    case_id = decided_case(office)
    link = facts(f"CASE#{case_id}")[2]["chain"]
    other = "0" * 64
    assert verified("--case", case_id, "--against", f"{link['position']}:{link['digest']}") == 0
    assert verified("--case", case_id, "--against", f"{link['position']}:{other}") == 1
    with pytest.raises(SystemExit):
        verified("--all", "--against", f"1:{other}")
    capsys.readouterr()
    assert command.main(["verify", "--table", "NoSuchTable", "--all"]) == 2
    assert "Nothing verified" in capsys.readouterr().err


def test_what_was_verified_before_there_was_a_chain_is_told(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.world.profile(verified=False)
    case_id = office.submitted()
    pk, table = f"CASE#{case_id}", Table(TABLE)
    older = facts(pk)
    for item in older:
        table.write(Put({name: value for name, value in item.items() if name != "chain"}))
    table.write(Delete(pk, HEAD))
    assert verified("--case", case_id) == 0
    assert f"no chain; {len(older)} facts from before there was one" in capsys.readouterr().out
    done(office.act(case_id, "decision", SALOME, **REFUSED))
    assert verified("--case", case_id) == 0
    assert f"begun after {len(older)} facts" in capsys.readouterr().out
