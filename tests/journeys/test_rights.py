"""What people may ask about themselves, and what administrators answer for, on the packaged product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from infra.local import story
from infra.local.client import ANY_VERSION, Client, Reply, wait_until
from tests.support.examples import brief_body
from tests.support.people import PASSWORD, freelancer, producer, verify_profile
from tests.support.product import LocalProduct

_SECONDS = 60.0


def _until(person: Client, path: str, holds: Any, what: str) -> dict[str, Any]:
    def seen() -> dict[str, Any] | None:
        read: dict[str, Any] = person.get(path).expect(200)
        return read if holds(read) else None

    return wait_until(seen, _SECONDS, 0.3, what)


def _cards(person: Client) -> set[str]:
    return {one["project_id"] for one in person.get("/api/projects").expect(200)["projects"]}


def test_a_freelancer_reads_who_saw_them_takes_their_data_along_and_is_forgotten(product: LocalProduct) -> None:
    somebody = freelancer(product, display_name="Nolwenn Kerdoncuff")
    profile_id = verify_profile(product.administrator(), somebody)
    claire = producer(product)
    published = story.publish(claire, brief_body(code_name="Projet Ressac"))
    brief_id = published.brief["brief_id"]
    thread = somebody.post(f"/api/projects/{brief_id}/interest", {"text": "Cette histoire me touche."}).expect(200)
    claire.get(f"/api/conversations/{thread['conversation_id']}").expect(200)

    views = _until(somebody, "/api/me/views", lambda read: read["views"], "the view")["views"]
    assert "Projet Ressac" in [one["viewer"]["code_name"] for one in views]
    assert {one["viewer"]["company"] for one in views} == {None}

    export = somebody.get("/api/me/export").expect(200)
    told = json.dumps(export, ensure_ascii=False)
    assert [one for one in ("Nolwenn Kerdoncuff", somebody.email, "Cette histoire me touche.") if one not in told] == []

    asked = somebody.delete("/api/me").expect(202)
    assert asked["erasure_id"]

    def receipts() -> list[dict[str, Any]]:
        return [mail for mail in somebody.mails() if asked["erasure_id"] in mail["text"]]

    wait_until(lambda: receipts() or None, _SECONDS, 0.5, "the receipt")
    assert not product.visitor().can_sign_in(somebody.email, PASSWORD)
    assert claire.get(f"/api/profiles/{profile_id}").status == 404
    left = claire.get(f"/api/conversations/{thread['conversation_id']}").expect(200)
    said = claire.get(f"/api/conversations/{thread['conversation_id']}/messages").expect(200)
    assert left["opposite_deleted"]
    assert "Cette histoire me touche." not in json.dumps([left, said], ensure_ascii=False)


def test_administrators_edit_the_grid_return_a_project_and_suspend_and_restore_an_account(
    product: LocalProduct,
) -> None:
    first, second = product.administrator(0), product.administrator(1)
    read = first.get("/api/admin/rates")
    grid = read.expect(200)["grid"]
    grid["ranges"][0]["high"] += 10
    saved = first.put("/api/admin/rates", {"grid": grid, "reason": "Relevé."}, headers=read.version()).expect(200)
    assert product.visitor().get("/api/rates").expect(200)["version"] == saved["version"]

    claire, reader = producer(product), freelancer(product)
    verify_profile(first, reader)
    brief_id = story.publish(claire, brief_body(code_name="Projet Jusant")).brief["brief_id"]
    wait_until(lambda: brief_id in _cards(reader) or None, _SECONDS, 0.3, "the card")

    facts = "Le synopsis cite l’adresse des bureaux de la société."
    returned = first.post(f"/api/admin/briefs/{brief_id}/return", {"ground": "identity_told", "facts": facts})
    measure = returned.expect(201)["measure_id"]
    _until(claire, f"/api/briefs/{brief_id}", lambda brief: brief["status"] == "returned", "the return")
    assert claire.get(f"/api/moderation/mine/{measure}").expect(200)["statement"]["facts"] == facts
    assert brief_id not in _cards(reader)
    claire.post(f"/api/briefs/{brief_id}/publish", headers=ANY_VERSION).expect(200)
    wait_until(lambda: brief_id in _cards(reader) or None, _SECONDS, 0.3, "the card again")

    sub = claire.get("/api/me").expect(200)["sub"]
    week = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 6 * 24 * 3600))
    order = {"ground": "harassment", "facts": "Trois messages menaçants.", "until": week}
    suspended = first.post(f"/api/admin/users/{sub}/suspend", order).expect(201)
    assert suspended["state"] == "in_force"

    def refusal() -> Reply | None:
        answer = claire.post("/api/briefs", brief_body())
        return answer if answer.status == 403 else None

    refused = wait_until(refusal, _SECONDS, 0.3, "the suspension")
    assert refused.body["code"] == "account_suspended"
    assert claire.get("/api/me/export").status == 200
    measure_id = suspended["measure_id"]
    claire.post(f"/api/moderation/mine/{measure_id}/reply", {"text": "Ces messages ne sont pas de moi."}).expect(200)
    second.post(f"/api/admin/users/{sub}/restore").expect(200)
    claire.post("/api/briefs", brief_body()).expect(201)

    asked = {"authority": "Inspection du travail", "basis": "Code du travail, article L5332-2", "reference": "UC-417"}
    request = first.post(f"/api/admin/briefs/{brief_id}/identity", asked).expect(201)["request_id"]
    path = f"/api/admin/identity-requests/{request}"
    assert first.post(f"{path}/grant").body["code"] == "another_person_needed"
    second.post(f"{path}/grant").expect(200)
    document = second.post(f"{path}/open").expect(200)
    assert document["company"]["legal_name"] == claire.get("/api/companies/mine").expect(200)["legal_name"]

    acts = first.get(f"/api/admin/audit?brief_id={brief_id}").expect(200)["entries"]
    assert {"brief.published", "brief.returned"} <= {one["event"] for one in acts}


def test_the_audit_of_every_case_is_as_it_was_written(product: LocalProduct) -> None:
    verify_profile(product.administrator(), freelancer(product))
    environment = {**os.environ, "PLOT_POINT_STATE_DIR": str(product.directory), "PORT": str(product.port)}
    command = [sys.executable, "-m", "infra.audit", "verify", "--all", "--local"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_whoever_asks_reads_what_is_promised_and_what_is_kept_of_them(product: LocalProduct) -> None:
    visitor = product.visitor()
    figures = visitor.get("/api/metrics").expect(200)
    proposal = figures["last_twelve_months"]["first_proposal"]
    assert (proposal["n"] is None) == (proposal["withheld"] is not None)
    assert figures["fewest"] == 10
    notice = visitor.get("/api/privacy").expect(200)
    assert all(one["what"]["fr"] and one["kept"]["fr"] for one in notice["collected"])
