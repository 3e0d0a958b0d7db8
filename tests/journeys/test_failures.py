"""What a function could not use is listed for administrators and, once its cause is mended, replayed by them."""

from __future__ import annotations

from typing import Any

import pytest

from infra.local.client import Client, wait_until
from tests.support.backstage import Backstage
from tests.support.examples import brief_body
from tests.support.people import producer
from tests.support.product import LocalProduct


@pytest.fixture
def backstage(product: LocalProduct) -> Backstage:
    return Backstage(product)


def _failures(administrator: Client, query: str = "") -> list[dict[str, Any]]:
    return list(administrator.get(f"/api/admin/failures{query}").expect(200)["failures"])


def _waiting(administrator: Client, consumer: str, about: str) -> dict[str, Any]:
    """The failure of that consumer whose record names that id, waited for."""

    def found() -> list[dict[str, Any]]:
        return [
            failure
            for failure in _failures(administrator, f"?consumer={consumer}")
            if about in str(administrator.get(f"/api/admin/failures/{failure['failure_id']}").expect(200)["record"])
        ]

    [failure] = wait_until(found, every=0.2, what=f"a failure of {consumer}")
    return dict(failure)


def _until(administrator: Client, failure_id: str, status: str) -> dict[str, Any]:
    def reached() -> dict[str, Any] | None:
        failure: dict[str, Any] = administrator.get(f"/api/admin/failures/{failure_id}").expect(200)
        # Parked again by its consumer, it is so a moment before its replay is noted as over.
        over = all(replay["outcome"] for replay in failure["replays"])
        return failure if failure["status"] == status and over else None

    failure: dict[str, Any] = wait_until(reached, every=0.2, what=f"the failure {status}")
    return failure


def test_a_matching_that_failed_is_listed_and_replayed_when_its_cause_is_mended_and_never_twice(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire, administrator = producer(product), product.administrator()
    draft = claire.post("/api/briefs", brief_body(code_name="Projet Estran"))
    brief_id = draft.expect(201)["brief_id"]
    # A shortlist that nobody can read stands in the way of the one that is to come.
    backstage.put_image("MatchingTable", {"pk": {"S": f"BRIEF#{brief_id}"}, "sk": {"S": "SHORTLIST"}})
    claire.post(f"/api/briefs/{brief_id}/publish", headers=draft.version()).expect(200)

    failure = _waiting(administrator, "match_on_brief_events", brief_id)
    (published,) = [
        item
        for item in backstage.items("BriefsTable")
        if item["pk"] == f"BRIEF#{brief_id}" and item.get("event_type") == "brief.published"
    ]
    assert failure["event_id"] == published["event_id"]
    assert failure["event_type"] == "brief.published"
    assert failure["reason"].startswith("unexpected_")
    path = f"/api/admin/failures/{failure['failure_id']}"
    assert claire.get(path).status == 403

    # Replayed too early, it fails again and says so.
    assert administrator.post(f"{path}/replay").status == 202
    again = _until(administrator, failure["failure_id"], "parked")
    assert (again["times_parked"], again["replays"][0]["outcome"]) == (2, "parked_again")
    assert product.mails_about(claire, brief_id) == []

    backstage.remove("MatchingTable", f"BRIEF#{brief_id}", "SHORTLIST")
    assert administrator.post(f"{path}/replay").status == 202
    replayed = _until(administrator, failure["failure_id"], "replayed")
    assert [one["outcome"] for one in replayed["replays"]] == ["parked_again", "succeeded"]
    assert product.shortlist(claire, brief_id, 15.0)["matches"]
    assert len(wait_until(lambda: product.mails_about(claire, brief_id), 15.0, what="the e-mail")) == 1

    refused = administrator.post(f"{path}/replay")
    assert (refused.status, refused.body["code"]) == (409, "already_settled")
    assert failure["failure_id"] not in [one["failure_id"] for one in _failures(administrator)]


def test_e_mails_that_could_not_be_planned_are_replayed_together_and_go_once_each(
    product: LocalProduct, backstage: Backstage
) -> None:
    claire, administrator = producer(product), product.administrator()
    ids = []
    for number in (1, 2):
        draft = claire.post("/api/briefs", brief_body(code_name=f"Projet Varech {number}"))
        brief_id = draft.expect(201)["brief_id"]
        ids.append(brief_id)
        # A gathering that nobody can read stands in the way of the e-mail.
        broken = {"pk": {"S": f"GATHERING#{brief_id}"}, "sk": {"S": "GATHERING"}}
        backstage.put_image("NotificationsTable", broken)
        claire.post(f"/api/briefs/{brief_id}/publish", headers=draft.version()).expect(200)
    failures = [_waiting(administrator, "plan_emails", brief_id) for brief_id in ids]
    (reason,) = {failure["reason"] for failure in failures}
    for brief_id in ids:
        backstage.remove("NotificationsTable", f"GATHERING#{brief_id}", "GATHERING")

    wanted = {"consumer": "plan_emails", "reason": reason}
    asked = administrator.post("/api/admin/failures/replay", wanted)
    assert (asked.status, asked.body) == (202, {"asked": 2, "more": False})
    twice = administrator.post("/api/admin/failures/replay", wanted)
    assert twice.body == {"asked": 0, "more": False}

    for failure, brief_id in zip(failures, ids, strict=True):
        replayed = _until(administrator, failure["failure_id"], "replayed")
        assert [one["outcome"] for one in replayed["replays"]] == ["succeeded"]
        wait_until(lambda brief_id=brief_id: product.mails_about(claire, brief_id), 15.0, what="the e-mail")
    backstage.settle()
    assert [len(product.mails_about(claire, brief_id)) for brief_id in ids] == [1, 1]
    assert backstage.dead_letters() == 0


def test_a_replay_delivered_several_times_runs_its_consumer_once(product: LocalProduct, backstage: Backstage) -> None:
    administrator = product.administrator()
    backstage.send("EmailsQueue", '{"dedup_key": "", "about": "goemon"}')
    failure = _waiting(administrator, "send_emails", "goemon")
    path = f"/api/admin/failures/{failure['failure_id']}"
    assert administrator.post(f"{path}/replay").status == 202
    after = _until(administrator, failure["failure_id"], "parked")
    (item,) = [one for one in backstage.failures() if one["failure_id"] == failure["failure_id"]]
    (replay,) = item["replays"]
    task = f'{{"failure_id": "{failure["failure_id"]}", "request_id": "{replay["request_id"]}"}}'
    backstage.send("ReplaysQueue", task, 3)
    backstage.settle()
    assert administrator.get(path).expect(200) == after
    assert (after["times_parked"], len(after["replays"])) == (2, 1)
    dismissed = administrator.post(f"{path}/dismiss", {"reason": "Message d’essai, sans objet."}).expect(200)
    assert dismissed["status"] == "dismissed"
