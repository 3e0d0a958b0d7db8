"""Row 7 of the obligations: notice at collection, export in one call, erasure with a receipt through every table,
inactivity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from chalicelib.composition import for_privacy
from chalicelib.platform.settings import Settings
from chalicelib.privacy import notices
from chalicelib.privacy.models import Standing, months_after
from chalicelib.verification.evidence_files import KEPT_AFTER_FINAL
from chalicelib.vocabulary import retention
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.person import Ground
from tests.support.api import Api
from tests.support.departing import INES, NOE, OF_INES, START, Departing, departing
from tests.support.environment import SENDER
from tests.support.tables import declared_resources, declared_tables
from tests.support.world import done


@pytest.fixture(scope="module")
def everywhere() -> Iterator[Departing]:
    with departing() as found:
        yield found


@pytest.fixture
def stage(everywhere: Departing) -> Departing:
    everywhere.begin()
    return everywhere


# ---- notice at collection


def test_row_7_the_notice_says_in_both_languages_what_why_on_which_ground_and_how_long(api: Api) -> None:
    told = done(api.get("/privacy"))
    assert {one["id"] for one in told["collected"]} >= {"account", "profile", "evidence", "conversations", "emails"}
    for one in told["collected"]:
        for name in ("what", "where", "purpose", "basis", "kept"):
            assert one[name]["fr"] and one[name]["en"], (one["id"], name)
    assert {one["route"] for one in told["rights"]} >= {"GET /me/export", "DELETE /me"}
    assert {one["ground"] for one in told["holds"]} == set(retention.HOLDS)
    for hold in told["holds"]:
        assert hold["source"]["fr"] and hold["days"] > 0


def test_row_7_anybody_is_told_where_to_write(api: Api) -> None:
    assert f"<{done(api.get('/privacy'))['contact']}>" in SENDER


def test_row_7_every_context_that_keeps_something_of_people_is_in_the_notice() -> None:
    told = {context for one in notices.COLLECTED for context in one.contexts}
    assert told == {*for_privacy.TABLES, "account"}


def test_row_7_the_notice_promises_the_periods_by_which_the_application_deletes() -> None:
    kept = {one.id: one.kept.fr for one in notices.COLLECTED}
    assert f"{KEPT_AFTER_FINAL.days} jours" in kept["evidence"]
    assert f"{retention.EMAIL_TRACES.days} jours" in kept["emails"]
    assert f"{retention.INVITATIONS.days} jours" in kept["company"]
    assert f"{retention.REMARKS.days} jours" in kept["remarks"]
    assert "24 mois" in kept["account"] and "21 puis de 23 mois" in kept["account"]
    assert set(retention.HOLDS) == set(Ground.__args__)  # type: ignore[attr-defined]


# ---- export


def test_row_7_one_call_gives_everything_and_it_is_what_the_contract_says(stage: Departing) -> None:
    document = done(stage.api.get("/me/export", INES))
    contract = done(stage.api.get("/openapi.json"))
    schema = {"$ref": "#/components/schemas/ExportShape", "components": contract["components"]}
    assert list(OAS31Validator(schema).iter_errors(document)) == []
    assert document["format_version"] == 1
    assert {one["context"] for one in document["sections"]} == {*for_privacy.TABLES, "events"}
    said = json.dumps(document, ensure_ascii=False)
    assert [what for what, word in OF_INES.items() if word not in said] == []


# ---- erasure


def test_row_7_every_table_and_every_bucket_is_somebody_s_to_forget() -> None:
    """A table that is added without anybody to forget people in it, or a word that it holds none, fails here."""
    named = {name for names in for_privacy.TABLES.values() for name in names}
    stored = {f"{logical_id.removesuffix('Table').lower()}_table" for logical_id in declared_tables()}
    for logical_id, resource in declared_resources().items():
        if resource.get("Type") == "AWS::S3::Bucket":
            stored.add(f"{logical_id.removesuffix('Bucket').lower()}_bucket")
    assert stored == {*named, *for_privacy.OF_NOBODY}
    assert not named.intersection(for_privacy.OF_NOBODY)
    assert stored <= set(Settings.model_fields)


def test_row_7_every_one_of_them_has_a_port_and_a_label_in_the_last_e_mail(stage: Departing) -> None:
    from chalicelib.notifications.wording import words_in

    keepers = for_privacy.keepers()
    assert set(keepers) == set(for_privacy.TABLES)
    for keeper in keepers.values():
        assert callable(keeper.export)
        assert callable(keeper.erase)
    for language in ("fr", "en"):
        assert set(words_in(language)["receipt"]["labels"]) >= {*keepers, "account"}


def test_row_7_erasure_leaves_a_receipt_and_nothing_else(stage: Departing) -> None:
    asked = stage.api.call("DELETE", "/me", person=INES)
    assert asked.status == 202
    stage.account.settle()
    assert stage.left(OF_INES) == []
    receipt = stage.receipt(INES)
    assert receipt["state"] == "complete"
    for held in receipt["held"]:
        assert held["until"] > receipt["completed_at"]
        assert held["source"]["fr"]
    stage.look_over()
    assert stage.left(OF_INES) == []


def test_row_7_what_is_held_goes_by_itself(stage: Departing) -> None:
    stage.erase(INES)
    for held in stage.receipt(INES)["held"]:
        kept = [
            one for one in _items(stage) if held["id"] in (one["pk"]["S"], one["sk"]["S"], *one["pk"]["S"].split("#"))
        ]
        expiring = [one for one in kept if one.get("held_until", {}).get("S") == held["until"]]
        assert expiring, held
        assert all("expires_at" in one for one in expiring)


# ---- inactivity


def test_row_7_an_unused_account_is_told_of_at_21_and_23_months_and_deleted_at_24(stage: Departing) -> None:
    account = stage.account
    done(stage.api.get("/me", NOE))
    last = paris_day(account.clock.now)
    done(stage.api.get("/me", INES))
    told: dict[date, list[str]] = {}
    for months in range(1, 25):
        for days in (-1, 1):
            account.clock.now = START.replace(hour=12) + (months_after(last, months) - last) + timedelta(days=days)
            if months == 22 and days == 1:
                done(stage.api.get("/me", INES))  # she is back
            before = len(account.letters)
            account.sweep()
            account.settle()
            subjects = [_subject(one.raw) for one in account.letters[before:] if one.to == NOE.email]
            if subjects:
                told[paris_day(account.clock.now)] = subjects
    warned = [day for day, subjects in told.items() if any("sera supprimé" in one for one in subjects)]
    assert warned == [months_after(last, months) + timedelta(days=1) for months in (21, 23)]
    assert NOE.sub not in account.people
    receipt = stage.receipt(NOE)
    assert (receipt["cause"], receipt["state"]) == ("inactivity", "complete")
    assert any("sont supprimés" in one for one in told[max(told)])
    assert INES.sub in account.people, "used again, an account stays"


def test_row_7_a_day_of_use_is_noted_once_a_day_and_never_for_an_erased_account(stage: Departing) -> None:
    done(stage.api.get("/me", NOE))
    [before] = [one for one in _items(stage) if one["pk"]["S"] == f"ACCOUNT#{NOE.sub}" and one["sk"]["S"] == "STANDING"]
    assert before["last_active_on"]["S"] == paris_day(stage.account.clock.now).isoformat()
    stage.erase(NOE)
    stage.account.clock.advance(timedelta(days=1))
    stage.api.get("/me", NOE)
    [after] = [one for one in _items(stage) if one["pk"]["S"] == f"ACCOUNT#{NOE.sub}" and one["sk"]["S"] == "STANDING"]
    assert set(after) == {"pk", "sk", "erasure_id"}


def test_row_7_months_are_calendar_months() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(2026, 1, 31), 25) == date(2028, 2, 29)
    steps = []
    standing = Standing("sub", date(2026, 1, 15))
    while (step := standing.next_step) is not None:
        steps.append((step[0], step[1].date()))
        standing = Standing("sub", standing.last_active_on, step[0])
    assert steps == [(21, date(2027, 10, 15)), (23, date(2027, 12, 15)), (24, date(2028, 1, 15))]


def _items(stage: Departing) -> list[dict[str, Any]]:
    return [one for table in stage.tables for one in stage.account.tables.images(table)]


def _subject(raw: bytes) -> str:
    from email import message_from_bytes
    from email.policy import default

    return str(message_from_bytes(raw, policy=default)["Subject"])
