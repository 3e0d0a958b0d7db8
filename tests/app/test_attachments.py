"""Files of a conversation through routes, bucket and clockwork: after the reveal, and never before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.platform.clients import client
from chalicelib.vocabulary.clock import utc_now
from chalicelib.vocabulary.retention import ATTACHMENTS_AFTER_THE_END
from tests.app.test_conversations import Directory, Story
from tests.support.api import ADMIN, FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import ATTACHMENTS_BUCKET, at
from tests.support.evidence_fakes import a_jpeg, a_pdf, exif
from tests.support.office_fakes import A_FOUNTAIN, a_docx, an_fdx, an_odt
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import dump, events
from tests.support.world import World, done

OTHER = Person("sub-noe", "noe@courriel.test", ("freelancers",))
NAME = "Bible « Marée haute », v2.pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Files:
    """A conversation of two who know each other, and what they send."""

    def __init__(self, story: Story) -> None:
        self.story, self.api = story, story.api
        self.path = f"/conversations/{story.reveal()}"

    def offer(self, person: Person = PRODUCER, **body: Any) -> Answer:
        body = {"name": NAME, "media_type": "application/pdf", "size": len(a_pdf())} | body
        return self.api.post(f"{self.path}/attachments", body, person)

    def upload(self, offered: dict[str, Any], content: bytes) -> str:
        """What a browser posts with the form. Its id."""
        client("s3").put_object(Bucket=ATTACHMENTS_BUCKET, Key=offered["upload"]["fields"]["key"], Body=content)
        found: str = offered["attachment"]["attachment_id"]
        return found

    def confirm(self, attachment_id: str, person: Person = PRODUCER) -> Answer:
        return self.api.post(f"{self.path}/attachments/{attachment_id}/confirm", person=person)

    def send(self, person: Person = PRODUCER, content: bytes | None = None, **body: Any) -> dict[str, Any]:
        content = a_pdf() if content is None else content
        attachment_id = self.upload(done(self.offer(person, size=len(content), **body)), content)
        return done(self.confirm(attachment_id, person))

    def messages(self, person: Person) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = done(self.api.get(f"{self.path}/messages", person))["messages"]
        return found


@pytest.fixture
def story(world: World) -> Iterator[Story]:
    from chalicelib.accounts import wiring

    with patch.object(wiring, "CognitoDirectory", Directory):
        wiring.queries.cache_clear()
        yield Story(world)
    wiring.queries.cache_clear()


@pytest.fixture
def files(story: Story) -> Files:
    return Files(story)


def kept() -> list[str]:
    return [one["Key"] for one in client("s3").list_objects_v2(Bucket=ATTACHMENTS_BUCKET).get("Contents", [])]


def swept() -> None:
    from chalicelib.conversations.handlers import sweep_conversations

    sweep_conversations(tick(), CONTEXT)


def test_a_file_goes_from_one_side_to_the_other(files: Files) -> None:
    offered = done(files.offer())
    assert offered["upload"]["url"] == f"https://plot-point.test/files/{ATTACHMENTS_BUCKET}"
    assert offered["attachment"]["status"] == "awaited"
    assert files.messages(FREELANCER) == []
    attachment_id = files.upload(offered, a_pdf())
    assert done(files.confirm(attachment_id))["status"] == "added"
    [message] = files.messages(FREELANCER)
    shown = message["attachment"]
    assert (shown["name"], shown["size"], shown["media_type"]) == (
        "Bible « Marée haute », v2.pdf",
        len(a_pdf()),
        "application/pdf",
    )
    assert (message["mine"], shown["mine"], message["text"]) == (False, False, "")
    opened = done(files.api.get(f"{files.path}/attachments/{attachment_id}", FREELANCER))
    url = urlsplit(opened["url"])
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert asked["response-content-disposition"].startswith('attachment; filename="')
    assert "filename*=UTF-8''Bible%20%C2%AB%20Mar%C3%A9e%20haute" in asked["response-content-disposition"]
    assert (asked["response-content-type"], asked["X-Amz-Expires"], opened["seconds"]) == (
        "application/pdf",
        "300",
        300,
    )
    body = client("s3").get_object(Bucket=ATTACHMENTS_BUCKET, Key=url.path.removeprefix("/"))["Body"].read()
    assert body == a_pdf()
    assert kept() == [url.path.removeprefix("/")]
    conversation = done(files.api.get(files.path, FREELANCER))
    assert (conversation["messages"], "add_file" in conversation["may"]) == (1, True)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (a_docx(), "Traitement.docx", DOCX),
        (an_odt(), "traitement.odt", "application/vnd.oasis.opendocument.text"),
        (an_fdx(), "Épisode 1.FDX", "application/x-final-draft"),
        (A_FOUNTAIN, "pilote.fountain", "text/plain"),
    ],
)
def test_either_side_sends_what_the_trade_writes(files: Files, content: bytes, name: str, media_type: str) -> None:
    sent = files.send(FREELANCER, content, name=name, media_type=media_type)
    assert (sent["status"], sent["name"]) == ("added", name)
    assert files.messages(PRODUCER)[0]["attachment"]["name"] == name


def test_where_a_photograph_was_taken_does_not_come_along(files: Files) -> None:
    sent = files.send(content=a_jpeg(exif(6)), name="decor.jpg", media_type="image/jpeg")
    [key] = kept()
    content = client("s3").get_object(Bucket=ATTACHMENTS_BUCKET, Key=key)["Body"].read()
    assert sent["size"] == len(content) < len(a_jpeg(exif(6)))
    assert b"GPS" not in content


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"media_type": "text/html"}, "/media_type", "unknown_choice"),
        ({"media_type": "image/svg+xml"}, "/media_type", "unknown_choice"),
        ({"size": 25_000_001}, "/size", "too_large"),
        ({"size": 0}, "/size", "too_small"),
        ({"name": "page.html"}, "/name", "wrong_ending"),
        ({"name": "bible.pdf.exe"}, "/name", "wrong_ending"),
        ({"name": "bible\u202efdp.exe"}, "/name", "control_characters"),
        ({"name": ""}, "/name", "too_short"),
        ({"name": f"{'a' * 117}.pdf"}, "/name", "too_long"),
    ],
)
def test_what_is_not_taken_is_named(files: Files, body: dict[str, Any], pointer: str, code: str) -> None:
    refused = files.offer(**body)
    assert (refused.status, refused.codes) == (422, {pointer: code})


def test_a_name_that_looks_like_a_path_is_a_name(files: Files) -> None:
    assert files.send(name="../..\\C:/bible.pdf")["name"] == ".._.._C__bible.pdf"


def test_what_comes_is_looked_at_and_refused_in_words(files: Files) -> None:
    page = b"<html><script>alert(1)</script></html>"
    for content, said, reason in ((page, page, "unknown_type"), (a_pdf(), a_pdf()[:-1], "another_size")):
        attachment_id = files.upload(done(files.offer(size=len(said))), content)
        refused = done(files.confirm(attachment_id))
        assert (refused["status"], refused["refusal"]) == ("refused", reason)
        assert refused["explanation"]["fr"]
        gone = files.api.get(f"{files.path}/attachments/{attachment_id}", PRODUCER)
        assert (gone.status, gone.json["code"]) == (409, "attachment_gone")
        assert files.api.get(f"{files.path}/attachments/{attachment_id}", FREELANCER).status == 404
    assert (kept(), files.messages(FREELANCER)) == ([], [])


def test_before_the_reveal_no_file_is_taken_from_either_side(story: Story) -> None:
    path = f"/conversations/{story.interest()['conversation_id']}"
    body = {"name": NAME, "media_type": "application/pdf", "size": 100}
    unknown = "01M842S0RBNNSS9DXA8NAVEFTT"
    for agreeing in (None, PRODUCER):
        if agreeing is not None:
            done(story.api.post(f"{path}/reveal", person=agreeing))
        for person in (PRODUCER, FREELANCER):
            refused = story.api.post(f"{path}/attachments", body, person)
            assert (refused.status, refused.json["code"]) == (409, "no_files_before_reveal")
            assert story.api.post(f"{path}/attachments/{unknown}/confirm", person=person).status == 404
            assert story.api.get(f"{path}/attachments/{unknown}", person).status == 404
            assert "add_file" not in done(story.api.get(path, person))["may"]
    assert kept() == []


def test_once_it_is_over_no_file_is_added_and_those_there_go_after_thirty_days(files: Files) -> None:
    attachment_id = files.send()["attachment_id"]
    late = files.upload(done(files.offer(FREELANCER)), a_pdf())
    done(files.api.post(f"{files.path}/outcome", {"outcome": "not_engaged"}, FREELANCER))
    for refused in (files.offer(), files.confirm(late, FREELANCER)):
        assert (refused.status, refused.json["code"]) == (409, "conversation_state")
    assert done(files.api.get(f"{files.path}/attachments/{attachment_id}", FREELANCER))["url"]
    with at(utc_now() + timedelta(hours=1)):
        swept()
        assert len(kept()) == 1
    with at(utc_now() + ATTACHMENTS_AFTER_THE_END + timedelta(hours=1)):
        for _ in range(2):
            swept()
        assert kept() == []
        gone = files.api.get(f"{files.path}/attachments/{attachment_id}", FREELANCER)
        assert (gone.status, gone.json["code"]) == (409, "attachment_gone")
        [message] = files.messages(PRODUCER)
        assert (message["attachment"]["status"], message["attachment"]["name"]) == ("deleted", None)
    assert NAME not in str(dump()["ConversationsTable"])
    happened = [one["event_type"] for one in events("ConversationsTable") if "file" in one["event_type"]]
    assert happened == ["conversation.file_added", "conversation.file_deleted"]


def test_strangers_find_nothing_and_the_other_side_takes_nothing_back(files: Files) -> None:
    attachment_id = files.send()["attachment_id"]
    one = f"{files.path}/attachments/{attachment_id}"
    for stranger in (OTHER, RIVAL):
        assert files.offer(stranger).status == 404
        for method, path in (("GET", one), ("DELETE", one), ("POST", f"{one}/confirm")):
            assert files.api.call(method, path, person=stranger).status == 404, (method, stranger)
    assert files.api.call("GET", one, person=ADMIN).status == 403
    assert files.api.call("DELETE", one, person=FREELANCER).status == 404
    elsewhere = f"/conversations/{files.story.reveal(OTHER)}/attachments/{attachment_id}"
    assert files.api.get(elsewhere, OTHER).status == 404
    assert files.api.get(elsewhere, PRODUCER).status == 404


def test_taken_back_it_is_gone_from_the_bucket_and_its_name_from_the_conversation(files: Files) -> None:
    attachment_id = files.send()["attachment_id"]
    one = f"{files.path}/attachments/{attachment_id}"
    for _ in range(2):
        assert done(files.api.delete(one, PRODUCER))["status"] == "withdrawn"
    [message] = files.messages(FREELANCER)
    assert (message["attachment"]["status"], message["attachment"]["name"]) == ("withdrawn", None)
    assert (kept(), files.api.get(one, FREELANCER).status) == ([], 409)
    assert NAME not in str([one for one in dump()["ConversationsTable"] if str(one["sk"]).startswith("ATTACHMENT#")])


def test_an_offer_under_one_key_is_one_place_and_a_confirmation_twice_one_message(files: Files) -> None:
    body = {"name": NAME, "media_type": "application/pdf", "size": len(a_pdf())}
    once = {"Idempotency-Key": "once"}
    ids = {
        done(files.api.post(f"{files.path}/attachments", body, PRODUCER, headers=once))["attachment"]["attachment_id"]
        for _ in range(2)
    }
    [attachment_id] = ids
    early = files.confirm(attachment_id)
    assert (early.status, early.json["code"]) == (409, "attachment_not_arrived")
    client("s3").put_object(
        Bucket=ATTACHMENTS_BUCKET,
        Key=f"quarantine/{files.path.removeprefix('/conversations/')}/{attachment_id}",
        Body=a_pdf(),
    )
    assert done(files.confirm(attachment_id)) == done(files.confirm(attachment_id))
    assert len(files.messages(FREELANCER)) == 1


def test_what_never_came_or_was_never_confirmed_leaves_no_trace(files: Files) -> None:
    done(files.offer())
    files.upload(done(files.offer(FREELANCER)), a_pdf())
    with at(utc_now() + timedelta(minutes=16)):
        swept()
    assert (kept(), files.messages(FREELANCER)) == ([], [])
    assert [one for one in dump()["ConversationsTable"] if str(one["sk"]).startswith("ATTACHMENT#")] == []


def test_the_other_side_is_written_to_and_not_told_the_name(files: Files) -> None:
    from chalicelib.notifications import wiring
    from chalicelib.notifications.handlers import plan_emails

    files.send()
    [fact] = [one for one in events("ConversationsTable") if one["event_type"] == "conversation.file_added"]
    assert NAME not in str(fact)
    assert plan_emails(queue_event(envelope(fact)), CONTEXT) == {"batchItemFailures": []}
    planned = [one for one in dump()["NotificationsTable"] if one.get("contact_step") == "message"]
    assert [one["reader"] for one in planned] == ["freelancer"]
    contact = wiring.service()._sources.contact(files.path.removeprefix("/conversations/"), "freelancer")
    assert contact is not None
    for language, said in (("fr", "Un fichier vous a été envoyé"), ("en", "A file has been sent to you")):
        letter = wiring.service()._delivery._renderer.render_contact(
            language, contact, "message", "https://plot-point.test/stop"
        )
        assert said in letter.text
        assert said in letter.html
        assert "Bible" not in letter.subject + letter.text + letter.html


def test_whoever_looks_at_a_report_reads_the_name_and_type_of_a_file_and_of_one_taken_back_its_type(
    files: Files,
) -> None:
    sent = files.send()
    [message] = files.messages(FREELANCER)
    body = {"reason": "other", "message_id": message["message_id"]}
    one = done(files.api.post(f"{files.path}/reports", body, FREELANCER))
    whole = done(files.api.post(f"{files.path}/reports", {"reason": "other"}, FREELANCER))
    shown = {"name": NAME, "media_type": "application/pdf", "size": len(a_pdf())}
    for report in (one, whole):
        [excerpt] = done(files.api.get(f"/admin/reports/{report['report_id']}", ADMIN))["excerpts"]
        assert excerpt == {"part": "producer", "text": "", "file": shown}
    done(files.api.call("DELETE", f"{files.path}/attachments/{sent['attachment_id']}", person=PRODUCER))
    [excerpt] = done(files.api.get(f"/admin/reports/{one['report_id']}", ADMIN))["excerpts"]
    assert excerpt["file"] == {**shown, "name": None}
