"""Rows 7, 10 and 12 of the obligations, where files go from one side of a conversation to the other."""

from __future__ import annotations

import json

from chalicelib.privacy import notices
from chalicelib.vocabulary import retention
from tests.app.test_attachments import Files, kept
from tests.app.test_attachments import story as story  # a fixture
from tests.app.test_conversations import Story
from tests.support.api import FREELANCER, PRODUCER
from tests.support.departing import INES, NOTE, OF_INES, departing
from tests.support.examples import SECRETS
from tests.support.tables import dump
from tests.support.world import done


def test_row_7_files_are_in_the_notice_in_the_export_and_gone_with_whoever_sent_them() -> None:
    [told] = [one for one in notices.COLLECTED if one.id == "attachments"]
    assert f"{retention.ATTACHMENTS_AFTER_THE_END.days} jours" in told.kept.fr
    with departing() as everywhere:
        everywhere.begin()
        sections = done(everywhere.api.get("/me/export", INES))["sections"]
        [files] = [one["records"] for one in sections if one["what"] == "attachments"]
        assert OF_INES["name of a file"] in [one["name"] for one in files if one["mine"]]
        assert all(one["link"] for one in files)
        assert NOTE in everywhere.account._objects.values()
        everywhere.erase(INES)
        assert not [key for key in everywhere.account._objects if key[0] == "attachments"]
        assert everywhere.left({"name": OF_INES["name of a file"]}) == []


def test_row_10_opening_a_file_s_address_changes_nothing(story: Story) -> None:
    files = Files(story)
    attachment_id = files.send()["attachment_id"]
    before = dump()
    for person in (PRODUCER, FREELANCER):
        done(files.api.get(f"{files.path}/attachments/{attachment_id}", person))
    assert dump() == before


def test_row_12_no_file_and_no_name_of_one_goes_anywhere_before_the_reveal(story: Story) -> None:
    path = f"/conversations/{story.interest()['conversation_id']}"
    name = f"{SECRETS['legal_name']}, bible.pdf"
    body = {"name": name, "media_type": "application/pdf", "size": 100}
    refused = story.api.post(f"{path}/attachments", body, PRODUCER)
    assert (refused.status, refused.json["code"]) == (409, "no_files_before_reveal")
    assert name not in json.dumps(dump(), default=str, ensure_ascii=False)
    for where in (path, f"{path}/messages", "/conversations"):
        assert name not in story.api.get(where, FREELANCER).content.decode()
    assert kept() == []
