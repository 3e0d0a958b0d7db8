"""What may be sent in a conversation: the documents of the trade, under what they really are."""

from __future__ import annotations

from typing import get_args

import pytest

from chalicelib.conversations.attachment_formats import ENDINGS, FINAL_DRAFT, FORMATS, MAXIMUM_BYTES, REFUSALS, TEXT
from chalicelib.conversations.schemas import MediaType
from chalicelib.platform.file_checks import JPEG, PDF, PNG, check
from chalicelib.platform.office_files import DOCX, ODT
from tests.support.evidence_fakes import a_jpeg, a_pdf, a_png
from tests.support.office_fakes import A_FOUNTAIN, a_docx, an_fdx, an_odt

ONE_OF_EACH = {
    PDF.media_type: a_pdf(),
    JPEG.media_type: a_jpeg(),
    PNG.media_type: a_png(),
    DOCX.media_type: a_docx(),
    ODT.media_type: an_odt(),
    FINAL_DRAFT.media_type: an_fdx(),
    TEXT.media_type: A_FOUNTAIN,
}


def refusal(content: bytes, announced: str) -> str | None:
    return check(content, announced, FORMATS, MAXIMUM_BYTES).refusal


def test_the_contract_names_each_format_and_each_has_its_endings() -> None:
    kinds = {one.media_type for one in FORMATS}
    assert kinds == set(get_args(MediaType)) == set(ENDINGS) == set(ONE_OF_EACH)


@pytest.mark.parametrize("announced", ONE_OF_EACH)
def test_each_passes_as_what_it_is_and_as_nothing_else(announced: str) -> None:
    verdicts = {kind: refusal(content, announced) for kind, content in ONE_OF_EACH.items()}
    assert verdicts == dict.fromkeys(ONE_OF_EACH, "another_type") | {announced: None}


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Bonjour</body></html>",
        b"\xef\xbb\xbf  <!doctype html><p>x",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"GIF89a\x00\x01",
        b"MZ\x90\x00\x03",
        b"\x7fELF\x02\x01",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "Scène".encode("utf-16"),
        b"caf\x81 \x00",
    ],
)
def test_pages_drawings_programs_and_what_is_no_text_are_refused(content: bytes) -> None:
    assert {refusal(content, kind) for kind in ONE_OF_EACH} == {"unknown_type"}


@pytest.mark.parametrize(
    ("content", "announced", "reason"),
    [
        (b"Avant <script>alert(1)</script>", TEXT.media_type, "something_else_inside"),
        (b"  \n\n", TEXT.media_type, "empty"),
        (an_fdx("<script/>"), FINAL_DRAFT.media_type, "something_else_inside"),
        (an_fdx("<h:script xmlns:h='x'/>"), FINAL_DRAFT.media_type, "something_else_inside"),
        (an_fdx(before='<!DOCTYPE x [<!ENTITY a "b">]>'), FINAL_DRAFT.media_type, "something_else_inside"),
        (an_fdx(before="<other>") + b"</other>", FINAL_DRAFT.media_type, "damaged"),
        (an_fdx()[:-5], FINAL_DRAFT.media_type, "damaged"),
    ],
)
def test_a_screenplay_is_one_and_nothing_more(content: bytes, announced: str, reason: str) -> None:
    assert refusal(content, announced) == reason
    assert REFUSALS[reason].fr


def test_a_text_of_before_unicode_passes() -> None:
    assert refusal("INT. CAFÉ – JOUR\r\n".encode("cp1252"), TEXT.media_type) is None


def test_a_file_has_its_limit() -> None:
    assert refusal(a_pdf().ljust(MAXIMUM_BYTES + 1), PDF.media_type) == "too_large"
    assert all(REFUSALS[one].fr and REFUSALS[one].en for one in ("too_large", "another_size", "unknown_type"))
