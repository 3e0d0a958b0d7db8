"""What is kept over a stop and over a kill, looked at record by record."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infra.local.client import wait_until
from infra.local.state import holder_of
from tests.support.backstage import Backstage
from tests.support.examples import brief_body
from tests.support.people import freelancer, producer, verify_profile
from tests.support.product import LocalProduct, running_product


@pytest.fixture
def own_product(tmp_path: Path) -> Iterator[LocalProduct]:
    with running_product(tmp_path / "state") as product:
        yield product


def _by_partition(items: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        found[item["pk"]].append(item)
    return found


def _assert_every_record_is_whole(backstage: Backstage) -> None:
    """State and fact are written together, so each says what the other does."""
    for table, state in (("BriefsTable", "BRIEF"), ("ProfilesTable", "PROFILE"), ("CompaniesTable", "COMPANY")):
        for pk, items in _by_partition(backstage.items(table)).items():
            heads = [item for item in items if item["sk"] == state]
            versions = {int(item["aggregate_version"]) for item in items if item["sk"].startswith("EVENT#")}
            assert len(heads) == (1 if versions else len(heads)), pk
            for head in heads:
                assert versions == set(range(1, int(head["version"]) + 1)), pk
                live = head.get("state") == "live"
                assert any(item["sk"] == "OWED#expiry" for item in items) == live, pk
    matching = _by_partition(backstage.items("MatchingTable"))
    exposures = [item for pk, items in matching.items() if pk.startswith("EXPOSURE#") for item in items]
    latest = {item["brief_id"]: item["run_id"] for item in sorted(exposures, key=lambda item: item["day"])}
    briefs = {pk: items for pk, items in matching.items() if pk.startswith("BRIEF#")}
    assert {f"BRIEF#{brief_id}" for brief_id in latest} == set(briefs)
    for pk, items in briefs.items():
        (head,) = [item for item in items if item["sk"] == "SHORTLIST"]
        runs = [item for item in items if item["sk"].startswith("RUN#")]
        seated = {item["profile_id"] for item in items if item["sk"].startswith("MATCH#") and item["seated"]}
        assert int(head["version"]) == len(runs), pk
        assert seated == set(head["people"]), pk
        assert latest[head["brief_id"]] == head["run_id"], pk
    notifications = backstage.items("NotificationsTable")
    gathered = {item["brief_id"] for item in notifications if item["sk"] == "GATHERING"}
    emails = [item for item in notifications if item["sk"] == "EMAIL"]
    assert {item["brief_id"] for item in emails if "brief_id" in item} == gathered, (
        "letters of verification gather none"
    )


def _processes_below(directory: Path) -> list[int]:
    """Living processes that were told of this state directory."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment = (entry / "environ").read_bytes()
        except OSError:
            continue
        if str(directory).encode() in environment and int(entry.name) != os.getpid():
            found.append(int(entry.name))
    return found


def test_a_shortlist_survives_a_stop_and_a_kill_in_the_middle_of_work_with_every_record_whole(
    own_product: LocalProduct,
) -> None:
    claire = producer(own_product)
    ines = freelancer(own_product, display_name="Aliénor Boscher")
    profile_id = verify_profile(own_product.administrator(), ines)
    brief_id = own_product.publish(claire, brief_body())

    def seated() -> dict[str, Any] | None:
        shortlist = own_product.shortlist(claire, brief_id)
        return shortlist if shortlist["matches"] else None

    people = wait_until(seated, every=0.2, what="the shortlist")["matches"]
    (mail,) = wait_until(lambda: own_product.mails_about(claire, brief_id), what="the e-mail")
    brief = claire.get(f"/api/briefs/{brief_id}").expect(200)
    backstage = Backstage(own_product)
    backstage.settle()

    assert own_product.stop() == 0
    assert _processes_below(own_product.directory) == []
    own_product.start()

    claire.refresh()
    assert claire.get(f"/api/briefs/{brief_id}").expect(200) == brief
    assert own_product.shortlist(claire, brief_id)["matches"] == people
    assert own_product.mails_about(claire, brief_id) == [mail]
    assert ines.get("/api/profiles/mine").expect(200)["profile_id"] == profile_id
    _assert_every_record_is_whole(backstage)
    own_product.administrator().get("/api/admin/companies").expect(200)

    after_the_stop = own_product.publish(claire, brief_body(code_name="Projet Marnage"))
    (match,) = own_product.shortlist(claire, after_the_stop)["matches"]
    assert match["profile"]["profile_id"] == profile_id
    assert len(wait_until(lambda: own_product.mails_about(claire, after_the_stop), what="the e-mail")) == 1
    time.sleep(4)  # longer than the pause after which changes are saved

    in_the_middle = [own_product.publish(claire, brief_body(code_name=f"Projet Ressac {n}")) for n in range(3)]
    own_product.kill()
    wait_until(lambda: holder_of(own_product.state.emulator_lock) is None, what="the end of the emulator")
    wait_until(lambda: not _processes_below(own_product.directory), 10.0, what="the end of every function")
    own_product.start()

    assert "starting from what was saved on" in own_product.output
    assert own_product.shortlist(claire, brief_id)["matches"] == people
    assert own_product.mails_about(claire, brief_id) == [mail]
    assert len(own_product.mails_about(claire, after_the_stop)) == 1
    backstage.settle()
    _assert_every_record_is_whole(backstage)
    for one in in_the_middle:
        if claire.get(f"/api/briefs/{one}").status == 200 and (
            claire.get(f"/api/briefs/{one}").expect(200)["status"] == "live"
        ):
            assert own_product.shortlist(claire, one)["matches"]
            assert len(wait_until(lambda one=one: own_product.mails_about(claire, one))) == 1  # type: ignore[misc]
        else:
            assert own_product.mails_about(claire, one) == []

    after_the_kill = own_product.publish(claire, brief_body(code_name="Projet Jusant"))
    assert own_product.shortlist(claire, after_the_kill)["matches"]
    assert len(wait_until(lambda: own_product.mails_about(claire, after_the_kill), what="the e-mail")) == 1
