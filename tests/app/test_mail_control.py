"""Preferences, unsubscribing, what comes back from the mail service, and what administrators see and decide."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.notifications import handlers, mailer
from chalicelib.notifications.models import OF_AN_ACCOUNT, OptionalKind, address_id, to_tag
from chalicelib.notifications.postmaster import Postmaster
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.signing import seal
from chalicelib.vocabulary.clock import PARIS, stamp, utc_now
from tests.support.api import ADMIN, FREELANCER, NEWCOMER, PRODUCER, Answer, Api, Person
from tests.support.environment import REGION, at, queued
from tests.support.examples import today
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.ses_feedback import report
from tests.support.tables import dump, events, rows
from tests.support.world import World, done

DONE: dict[str, list[Any]] = {"batchItemFailures": []}
ONE_CLICK = {"Content-Type": "application/x-www-form-urlencoded"}
ON = {"email": True, "digest": True}
OFF = {"email": False, "digest": False}
EVERYTHING_ON = dict.fromkeys(OF_AN_ACCOUNT, ON)
SECOND = Person("sub-freelancer-2", "yann@courriel.test", ("freelancers",))


def wanted(**changes: Any) -> dict[str, Any]:
    return {"language": None, "kinds": EVERYTHING_ON | changes}


def token(kind: OptionalKind, person: Person = PRODUCER) -> str:
    return seal("unsubscribe", {"sub": person.sub, "kind": kind})


def posted() -> list[Any]:
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def tell() -> None:
    handlers.plan_emails(queue_event(*[envelope(item) for item in events("MatchingTable")]), CONTEXT)
    handlers.send_emails(queue_event(*queued("emails")), CONTEXT)


def published(world: World) -> str:
    """A project goes live and its e-mail is dealt with; the key of the e-mail."""
    brief = world.live_brief()
    world.match()
    tell()
    return f"shortlist/{brief['brief_id']}/1"


def emails(world: World, state: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(world.api.get(f"/admin/notifications?state={state}", ADMIN))["emails"]
    return found


def said(*reports: object) -> None:
    """The mail service reports."""
    assert handlers.take_mail_feedback(queue_event(*reports), CONTEXT) == DONE


# Preferences


def test_everybody_starts_with_everything_on_in_the_company_s_language(api: Api) -> None:
    for person in (PRODUCER, FREELANCER, ADMIN, NEWCOMER):
        answer = api.get("/me/preferences", person)
        assert answer.etag == '"0"'
        assert {name: answer.json[name] for name in ("language", "kinds")} == wanted()
        assert answer.json["address"] == {"suppressed": False, "reason": None, "message": None}
        assert all(label["fr"] and label["en"] for label in answer.json["labels"].values())
    assert rows("NotificationsTable") == []


def test_what_was_read_may_be_sent_back_and_is_kept(api: Api) -> None:
    read = api.get("/me/preferences", PRODUCER)
    body = {name: read.json[name] for name in ("language", "kinds")} | {"language": "en"}
    saved = api.put("/me/preferences", body, PRODUCER, headers={"If-Match": read.etag})
    assert (saved.status, saved.etag, saved.json["language"]) == (200, '"1"', "en")
    assert api.get("/me/preferences", PRODUCER).content == saved.content
    again = api.put("/me/preferences", body, PRODUCER)
    assert again.etag == '"1"', "nothing changed"
    assert api.get("/me/preferences", FREELANCER).json["language"] is None


def test_a_version_that_is_no_longer_current_is_refused(api: Api) -> None:
    done(api.put("/me/preferences", wanted(shortlist=OFF), PRODUCER, headers={"If-Match": '"0"'}))
    before = dump()
    answer = api.put("/me/preferences", wanted(), PRODUCER, headers={"If-Match": '"0"'})
    assert (answer.status, answer.json["code"]) == (412, "precondition_failed")
    assert dump() == before


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"/language": "required", "/kinds": "required"}),
        ({"language": "fr"}, {"/kinds": "required"}),
        ({"language": "fr", "kinds": {"shortlist": ON}}, {"/kinds/shortlist_changes": "required"}),
        (wanted(shortlist={"email": True}), {"/kinds/shortlist/digest": "required"}),
        (wanted(shortlist={**ON, "sms": True}), {"/kinds/shortlist/sms": "unknown_field"}),
        (wanted(shortlist={"email": "yes", "digest": True}), {"/kinds/shortlist/email": "wrong_type"}),
        (wanted(reminders=ON), {"/kinds/reminders": "unknown_field"}),
        (wanted() | {"language": "de"}, {"/language": "unknown_choice"}),
        (wanted() | {"version": 3}, {"/version": "unknown_field"}),
        (wanted() | {"address": {"suppressed": False}}, {"/address": "unknown_field"}),
    ],
)
def test_preferences_are_a_whole_document_and_each_wrong_field_is_named(
    body: dict[str, Any], codes: dict[str, str], api: Api
) -> None:
    answer = api.put("/me/preferences", body, PRODUCER)
    assert (answer.status, answer.codes) == (422, codes)
    assert rows("NotificationsTable") == []


def test_what_is_turned_off_is_not_sent_and_ends_unwanted(world: World) -> None:
    world.company()
    done(world.api.put("/me/preferences", wanted(shortlist=OFF), PRODUCER))
    key = published(world)
    assert posted() == []
    [email] = emails(world, "unwanted")
    assert (email["dedup_key"], email["error_code"]) == (key, "turned_off")


def test_the_language_of_the_preferences_wins_over_the_company_s(world: World) -> None:
    world.company(contact_language="fr")
    done(world.api.put("/me/preferences", wanted() | {"language": "en"}, PRODUCER))
    published(world)
    [sent] = posted()
    assert "your project" in sent.subject


def test_the_headers_of_an_e_mail_turn_off_its_kind_for_its_receiver(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    ses = client("sesv2")

    class Recording:
        def send_email(self, **request: Any) -> Any:
            asked.append(request)
            return ses.send_email(**request)

    monkeypatch.setattr(mailer, "client", lambda _: Recording())
    world.company()
    published(world)
    [request] = asked
    headers = {one["Name"]: one["Value"] for one in request["Content"]["Simple"]["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = re.fullmatch(r"<https://plot-point\.test/api(/unsubscribe/[A-Za-z0-9_.-]+)>", headers["List-Unsubscribe"])
    assert link is not None
    assert PRODUCER.email not in link[1]
    assert f"https://plot-point.test/api{link[1]}" in request["Content"]["Simple"]["Body"]["Text"]["Data"]
    assert one_click(world.api, link[1]).status == 200
    kinds = world.api.get("/me/preferences", PRODUCER).json["kinds"]
    assert kinds == EVERYTHING_ON | {"shortlist": OFF}


# Unsubscribing


def one_click(api: Api, path: str) -> Answer:
    """As a mail program does it: no cookie, no token, one form field."""
    return api.call("POST", path, raw=b"List-Unsubscribe=One-Click", headers=ONE_CLICK)


@pytest.mark.parametrize("kind", ["shortlist", "shortlist_changes", "digest"])
def test_opening_the_link_shows_a_page_with_one_button_and_changes_nothing(kind: OptionalKind, world: World) -> None:
    world.company()
    before = dump()
    answer = world.api.get(f"/unsubscribe/{token(kind)}")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = answer.content.decode()
    assert page.count("<form") == page.count("<button") == 1
    assert "<script" not in page
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert dump() == before


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, EVERYTHING_ON | {kind: OFF}) for kind in OF_AN_ACCOUNT),
        ("digest", {kind: {"email": True, "digest": False} for kind in OF_AN_ACCOUNT}),
    ],
)
def test_one_click_turns_that_kind_off_and_again_changes_nothing(
    kind: OptionalKind, expected: dict[str, Any], world: World
) -> None:
    path = f"/unsubscribe/{token(kind)}"
    assert one_click(world.api, path).status == 200
    assert world.api.get("/me/preferences", PRODUCER).json["kinds"] == expected
    before = dump()
    assert one_click(world.api, path).status == 200
    assert world.api.get(path).status == 200
    assert dump() == before
    assert world.api.get("/me/preferences", FREELANCER).json["kinds"] == wanted()["kinds"]


def test_one_click_keeps_the_rest_of_the_preferences(api: Api) -> None:
    only_digest = {"email": False, "digest": True}
    done(api.put("/me/preferences", wanted(shortlist=only_digest) | {"language": "en"}, PRODUCER))
    one_click(api, f"/unsubscribe/{token('shortlist_changes')}")
    read = api.get("/me/preferences", PRODUCER).json
    assert (read["language"], read["kinds"]) == (
        "en",
        EVERYTHING_ON | {"shortlist": only_digest, "shortlist_changes": OFF},
    )


def test_a_form_may_come_in_the_other_encoding_of_forms(api: Api) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert api.call("POST", f"/unsubscribe/{token('shortlist')}", raw=body, headers=kind).status == 200
    assert api.get("/me/preferences", PRODUCER).json["kinds"]["shortlist"] == OFF


def test_a_form_beyond_any_use_is_refused_and_changes_nothing(api: Api) -> None:
    path = f"/unsubscribe/{token('shortlist')}"
    refused = api.call("POST", path, raw=b"x" * 4_000_001, headers=ONE_CLICK)
    assert (refused.status, refused.json["code"]) == (413, "body_too_large")
    assert rows("NotificationsTable") == []


def test_the_page_speaks_the_language_of_the_preferences_then_the_company_s_then_the_browser_s(world: World) -> None:
    path = f"/unsubscribe/{token('shortlist')}"
    english = {"Accept-Language": "en"}
    assert b'lang="en"' in world.api.get(path, headers=english).content
    world.company(contact_language="fr")
    assert b'lang="fr"' in world.api.get(path, headers=english).content
    done(world.api.put("/me/preferences", wanted() | {"language": "en"}, PRODUCER))
    assert b'lang="en"' in world.api.get(path).content
    assert b'lang="en"' in one_click(world.api, path).content


def crooked() -> list[str]:
    return [
        "x",
        "01M88GZPMNE7HJBHG6M361YV0R",
        "a" * 3000,
        "eyJzdWIiOiJzdWItcHJvZHVjZXIifQ.AAAA",
        "%2e%2e%2f",
    ]


@pytest.mark.parametrize("text", crooked())
def test_a_link_that_is_not_ours_has_a_page_too_and_changes_nothing(text: str, api: Api) -> None:
    before = dump()
    for answer in (api.get(f"/unsubscribe/{text}"), one_click(api, f"/unsubscribe/{text}")):
        assert answer.status == 404
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"<form" not in answer.content
    assert dump() == before


def test_what_was_signed_for_something_else_unsubscribes_nobody(api: Api) -> None:
    others = [
        seal("cursor", {"sub": PRODUCER.sub, "kind": "shortlist"}),
        seal("unsubscribe", {"sub": PRODUCER.sub, "kind": "everything"}),
        seal("unsubscribe", {"kind": "shortlist"}),
        token("shortlist")[:-1],
    ]
    for text in others:
        assert one_click(api, f"/unsubscribe/{text}").status == 404
    assert rows("NotificationsTable") == []


def test_what_a_mail_scanner_adds_to_the_link_is_overlooked(api: Api) -> None:
    assert api.get(f"/unsubscribe/{token('shortlist')}?utm_source=scanner").status == 200


# Feedback


def test_a_bounce_on_the_queue_shows_up_as_a_suppressed_address_and_a_notice_to_administrators(world: World) -> None:
    world.company()
    key = published(world)
    said(report("Delivery", PRODUCER.email, tag=to_tag(key)), report("Bounce", PRODUCER.email, tag=to_tag(key)))
    [email] = emails(world, "bounced")
    assert email["dedup_key"] == key
    [suppression] = done(world.api.get("/admin/suppressions", ADMIN))["suppressions"]
    assert suppression["suppression_id"] == address_id(PRODUCER.email)
    assert (suppression["reason"], suppression["dedup_key"]) == ("hard_bounce", key)
    [notice] = done(world.api.get("/admin/notices", ADMIN))["notices"]
    assert (notice["reason"], notice["dedup_key"], notice["state"]) == ("hard_bounce", key, "open")
    assert notice["suppression_id"] == suppression["suppression_id"]
    assert notice["message"]["fr"] != notice["message"]["en"]
    shown = json.dumps([email, suppression, notice], ensure_ascii=False)
    assert PRODUCER.email not in shown
    address = world.api.get("/me/preferences", PRODUCER).json["address"]
    assert (address["suppressed"], address["reason"]) == (True, "hard_bounce")
    assert address["message"]["fr"]
    later = published(world)
    assert [one["dedup_key"] for one in emails(world, "suppressed")] == [later]
    assert len(posted()) == 1


def test_what_administrators_do_about_e_mails_is_in_the_audit(world: World) -> None:
    world.company()
    said(report("Bounce", PRODUCER.email, tag=to_tag(published(world))))
    [notice] = done(world.api.get("/admin/notices", ADMIN))["notices"]
    suppression_id = notice["suppression_id"]
    since = {"since": stamp(utc_now())}
    lifted = world.api.call("DELETE", f"/admin/suppressions/{suppression_id}", person=ADMIN)
    assert done(lifted)["reason"] == "hard_bounce"
    for _ in range(2):
        done(world.api.post("/admin/suppressions", {"address": PRODUCER.email, "note": "À sa demande."}, ADMIN))
        done(world.api.post(f"/admin/notices/{notice['notice_id']}/done", person=ADMIN))
    found = done(world.api.get(f"/admin/audit?person={ADMIN.sub}&since={since['since']}", ADMIN))["entries"]
    acts = [
        ("mail.suppression_lifted", suppression_id),
        ("mail.address_suppressed", suppression_id),
        ("mail.notice_settled", notice["notice_id"]),
    ]
    assert [(one["event"], one["about"]) for one in found[::-1]] == acts
    assert PRODUCER.email not in json.dumps(found)
    about = done(world.api.get(f"/admin/audit?suppression_id={suppression_id}", ADMIN))["entries"]
    assert [one["event"] for one in about[::-1]] == [event for event, _ in acts[:2]]
    settled = done(world.api.get(f"/admin/audit?notice_id={notice['notice_id']}", ADMIN))["entries"]
    assert settled == [found[0]]


def test_feedback_in_the_other_format_is_found_by_the_message_s_id(world: World) -> None:
    world.company()
    key = published(world)
    [row] = [row for row in rows("NotificationsTable") if row["sk"] == "EMAIL"]
    said(report("Complaint", PRODUCER.email, message_id=row["ses_message_id"]))
    assert [email["dedup_key"] for email in emails(world, "complained")] == [key]


def test_feedback_of_an_e_mail_not_known_yet_comes_again_and_one_never_known_is_set_aside(world: World) -> None:
    young = report("Bounce", PRODUCER.email, message_id="not-yet", sent_at=stamp(utc_now()))
    old = report("Bounce", PRODUCER.email, message_id="never")
    batch = queue_event(young, old)
    answer = handlers.take_mail_feedback(batch, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": batch["Records"][0]["messageId"]}]}
    [parked] = rows("FailuresTable")
    assert (parked["consumer"], parked["reason"]) == ("take_mail_feedback", "no_such_email")


def test_a_message_that_is_no_report_is_parked_and_the_one_after_it_is_taken(world: World) -> None:
    world.company()
    key = published(world)
    greeting = "Successfully validated SNS topic for Amazon SES event publishing."
    said("no JSON", {"eventType": "Bounce"}, greeting, {"eventType": "Open"}, report("Send", "", tag=to_tag(key)))
    said(report("Delivery", PRODUCER.email, tag=to_tag(key)))
    assert sorted(row["reason"] for row in rows("FailuresTable")) == ["no_bounce", "not_json"]
    assert len(emails(world, "delivered")) == 1


def test_feedback_waits_for_a_database_that_is_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.platform import batches

    monkeypatch.setattr(batches, "PAUSES", (0.0,))

    def out(*_: Any) -> None:
        raise Retryable("dynamodb_busy")

    monkeypatch.setattr(Postmaster, "take", out)
    batch = queue_event(report("Bounce", PRODUCER.email, tag="shortlist_x_1"))
    assert len(handlers.take_mail_feedback(batch, CONTEXT)["batchItemFailures"]) == 1


def test_no_log_line_and_no_row_holds_the_address_that_bounced(world: World, logged: io.StringIO) -> None:
    world.company()
    key = published(world)
    said(report("Bounce", PRODUCER.email, tag=to_tag(key)))
    done(world.api.post("/admin/suppressions", {"address": FREELANCER.email, "note": "Au téléphone."}, ADMIN))
    text = logged.getvalue()
    assert "address_suppressed" in text
    kept = repr(rows("NotificationsTable"))
    for address in (PRODUCER.email, FREELANCER.email, "claire", "ines@"):
        assert address not in text.lower()
        assert address not in kept.lower()


# What administrators decide


def test_an_administrator_suppresses_an_address_finds_it_again_and_lets_it_in(world: World) -> None:
    world.company()
    body = {"address": PRODUCER.email.upper(), "note": "Demandé au téléphone."}
    added = world.api.post("/admin/suppressions", body, ADMIN)
    assert (added.status, added.etag) == (201, '"1"')
    found = done(world.api.post("/admin/suppressions", body, ADMIN))
    assert found == added.json
    assert (found["reason"], found["added_by"], found["note"]) == ("administrator", ADMIN.sub, "Demandé au téléphone.")
    published(world)
    assert posted() == []
    path = f"/admin/suppressions/{found['suppression_id']}"
    assert world.api.delete(path, ADMIN, headers={"If-Match": '"7"'}).status == 412
    lifted = world.api.delete(path, ADMIN, headers={"If-Match": added.etag})
    assert (lifted.status, lifted.json) == (200, found)
    assert world.api.delete(path, ADMIN).status == 404
    published(world)
    assert len(posted()) == 1


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({}, {"/address": "required", "/note": "required"}),
        ({"address": "nobody", "note": "x"}, {"/address": "wrong_address"}),
        ({"address": "Claire <claire@x.test>", "note": "x"}, {"/address": "wrong_address"}),
        ({"address": "a@b.test", "note": " "}, {"/note": "too_short"}),
        ({"address": "a@b.test", "note": "x" * 301}, {"/note": "too_long"}),
        ({"address": "a@b.test", "note": "x", "reason": "complaint"}, {"/reason": "unknown_field"}),
    ],
)
def test_a_wrong_field_of_a_suppression_is_named(body: dict[str, Any], codes: dict[str, str], api: Api) -> None:
    answer = api.post("/admin/suppressions", body, ADMIN)
    assert (answer.status, answer.codes) == (422, codes)
    assert rows("NotificationsTable") == []


@pytest.mark.parametrize("name", ["x", "A" * 64, "0" * 63, "0" * 64])
def test_a_suppression_that_is_not_there_is_not_found(name: str, api: Api) -> None:
    assert api.delete(f"/admin/suppressions/{name}", ADMIN).status == 404


def test_a_notice_is_open_until_it_is_done_and_done_once(world: World) -> None:
    world.company()
    said(report("Complaint", PRODUCER.email, tag=to_tag(published(world))))
    [notice] = done(world.api.get("/admin/notices?state=open", ADMIN))["notices"]
    path = f"/admin/notices/{notice['notice_id']}/done"
    finished = done(world.api.post(path, person=ADMIN))
    assert (finished["state"], finished["done_by"]) == ("done", ADMIN.sub)
    other = Person("sub-admin-2", "hugo@plot-point.test", ("admins",))
    assert done(world.api.post(path, person=other)) == finished
    assert done(world.api.get("/admin/notices", ADMIN))["notices"] == []
    assert done(world.api.get("/admin/notices?state=done", ADMIN))["notices"] == [finished]
    assert world.api.get("/admin/notices?state=lost", ADMIN).status == 422


def test_lists_of_administrators_go_on_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.notifications import postmaster

    monkeypatch.setattr(postmaster, "PAGE", 2)
    for number in range(3):
        body = {"address": f"personne{number}@courriel.test", "note": "Au téléphone."}
        done(world.api.post("/admin/suppressions", body, ADMIN))
    first = done(world.api.get("/admin/suppressions", ADMIN))
    second = done(world.api.get(f"/admin/suppressions?cursor={first['cursor']}", ADMIN))
    found = [one["suppression_id"] for one in (*first["suppressions"], *second["suppressions"])]
    assert len(set(found)) == 3
    assert second["cursor"] is None


# The night, the ceiling, and the digest, through the functions


def paris(days: int, hour: str) -> datetime:
    """That hour in Paris, that many days from today."""
    return datetime.combine(today() + timedelta(days=days), time.fromisoformat(hour), PARIS)


@contextmanager
def in_paris(days: int, hour: str) -> Iterator[None]:
    with at(paris(days, hour)):
        yield


def sweep() -> None:
    handlers.sweep_notifications(tick(), CONTEXT)
    handlers.send_emails(queue_event(*queued("emails")), CONTEXT)


def test_changes_of_the_evening_go_at_seven_and_administrators_see_what_they_wait_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPDATE_EMAIL_MINUTES", "0")
    monkeypatch.setenv("QUIET_FROM_HOUR", "21")
    monkeypatch.setenv("QUIET_UNTIL_HOUR", "7")
    with in_paris(1, "22:00"):
        world.company()
        published(world)
        assert len(posted()) == 1, "the answer to the publication goes by night too"
        world.profile(SECOND)
        world.match()
        tell()
        [waiting] = emails(world, "planned")
        assert (waiting["held_for"], waiting["due_at"]) == ("quiet_hours", stamp(paris(2, "07:00")))
    with in_paris(2, "06:59:59"):
        sweep()
        assert len(posted()) == 1
    with in_paris(2, "07:00"):
        sweep()
        assert len(posted()) == 2


def test_what_the_ceiling_holds_is_told_in_the_digest_of_the_morning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPDATE_EMAIL_MINUTES", "0")
    monkeypatch.setenv("DAILY_EMAIL_CEILING", "1")
    with in_paris(1, "10:00"):
        world.company()
        published(world)
    for number, hour in enumerate(("11:00", "12:00")):
        with in_paris(1, hour):
            person = Person(f"sub-f{number}", f"personne{number}@courriel.test", ("freelancers",))
            world.profile(person, display_name=f"Personne {number}")
            world.match()
            tell()
    assert len(posted()) == 2
    [digested] = emails(world, "digested")
    [digest] = [one for one in emails(world, "planned") if one["kind"] == "digest"]
    assert (digest["held_for"], digest["due_at"]) == ("digest_hour", stamp(paris(2, "08:30")))
    assert (digest["brief_id"], digested["kind"]) == (None, "shortlist_changes")
    with in_paris(2, "08:30"):
        sweep()
        sweep()
    assert len(posted()) == 3
    assert "Personne 1" in posted()[2].body
    assert "Personne 0" not in posted()[2].body
