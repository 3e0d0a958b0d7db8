"""Plain documents and pictures pass; what could act on their reader, or hides something, is refused by its name."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.platform import file_checks
from chalicelib.platform.file_checks import OBJECT_STREAM_BYTES, Checked
from chalicelib.verification.evidence_files import FORMATS, MAXIMUM_BYTES, MEDIA_TYPES
from chalicelib.verification.refusals import REFUSALS
from tests.support.evidence_fakes import a_chunk, a_jpeg, a_pdf, a_png, an_object_stream, exif

PDF, JPEG, PNG = MEDIA_TYPES
ZIP = b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18)
JAVASCRIPT = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def check(content: bytes, announced: str) -> Checked:
    return file_checks.check(content, announced, FORMATS, MAXIMUM_BYTES)


def refusal(content: bytes, announced: str = PDF) -> str | None:
    return check(content, announced).refusal


def test_a_plain_pdf_passes_as_it_came_with_what_it_says_of_itself() -> None:
    checked = check(a_pdf(), PDF)
    assert (checked.refusal, checked.media_type, checked.content) == (None, PDF, a_pdf())
    assert (checked.notes.producer, checked.notes.created) == ("Traitement 7.2", "2021-03-14")


def test_what_a_pdf_says_is_told_in_one_line_and_not_at_length() -> None:
    info = "/Producer (\xfe\xff" + "\x00A\x00\n\x00" + "\x00B" * 90 + ")"
    producer = check(a_pdf(info=info), PDF).notes.producer
    assert producer is not None
    assert "\n" not in producer
    assert len(producer) <= 100


def test_a_pdf_with_its_objects_compressed_passes() -> None:
    assert refusal(a_pdf(an_object_stream(b"6 0 << /Type /Font >>"))) is None
    assert refusal(a_pdf(an_object_stream(b"", "", raw=b"6 0 << /Type /Font >>"))) is None


def test_a_pdf_that_opens_on_a_page_passes_for_that_does_nothing() -> None:
    assert refusal(a_pdf(catalog="/OpenAction [3 0 R /XYZ null null 0]")) is None
    assert refusal(a_pdf(catalog="/OpenAction[3 0 R/FitH 842]")) is None


@pytest.mark.parametrize("behind", [b"", b"\r\n", b"\n\n \n"])
def test_blank_lines_behind_a_pdf_are_nothing(behind: bytes) -> None:
    assert refusal(a_pdf() + behind) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (a_pdf(JAVASCRIPT), "script"),
        (a_pdf("<< /S /J#61va#53cript /J#53 (1) >>"), "script"),
        (a_pdf(an_object_stream(b"6 0 " + JAVASCRIPT.encode())), "script"),
        (a_pdf(an_object_stream(b"", "", raw=b"6 0 " + JAVASCRIPT.encode())), "script"),
        (a_pdf("<< /Type /O#62jStm >>\nstream\n" + zlib.compress(b"/S /JavaScript ").decode("latin-1")), "script"),
        # A text in the dictionary that looks like the beginning of the content, and like its end.
        (a_pdf(an_object_stream(b"6 0 " + JAVASCRIPT.encode(), "/Filter /FlateDecode /X (endobj stream\n)")), "script"),
        (a_pdf("<< /S /Rendition /JS (1) >>"), "script"),
        (a_pdf(catalog="/OpenAction 5 0 R"), "acts_by_itself"),
        (a_pdf(catalog="/OpenAction << /S /URI /URI (https://ailleurs.test) >>"), "acts_by_itself"),
        (a_pdf(catalog="/Open#41ction [3 0 R /Fit]", trailer="/OpenAction 5 0 R"), "acts_by_itself"),
        (a_pdf("<< /S /Launch /F (calc.exe) >>"), "acts_by_itself"),
        (a_pdf("<< /S /SubmitForm /F (https://ailleurs.test) >>"), "acts_by_itself"),
        (a_pdf(catalog="/AcroForm << /XFA [(a) 5 0 R] >>"), "acts_by_itself"),
        (a_pdf(catalog="/Names << /EmbeddedFiles 5 0 R >>"), "attached_files"),
        (a_pdf("<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream"), "attached_files"),
        (a_pdf("<< /Subtype /FileAttachment >>"), "attached_files"),
        (a_pdf(trailer="/Encrypt 5 0 R"), "encrypted"),
        (a_pdf(trailer="/Encrypt 5 0 R", catalog="/OpenAction 5 0 R"), "encrypted"),
        (a_pdf(an_object_stream(b"a", "/Filter [/ASCIIHexDecode /FlateDecode]")), "unreadable"),
        (a_pdf(an_object_stream(b"a", "/Filter [/FlateDecode /FlateDecode]")), "unreadable"),
        (a_pdf(an_object_stream(b"a", raw=b"not compressed at all")), "unreadable"),
        (a_pdf(an_object_stream(bytes(OBJECT_STREAM_BYTES + 1) + b"/S /JavaScript ")), "unreadable"),
        (a_pdf("<< /Type /ObjStm >>"), "unreadable"),
        (a_pdf() + ZIP, "something_else_inside"),
        (a_pdf("<< >>\nstream\n" + ZIP.decode("latin-1") + "\nendstream"), "something_else_inside"),
        (a_pdf("(<ScRiPt>alert\\(1\\)</script>)"), "something_else_inside"),
        (a_pdf() + b"<html>", "something_else_inside"),
        (a_pdf() + b"MZ and so on", "something_else_inside"),
        (a_pdf()[:-8], "damaged"),
        (a_pdf().replace(b"startxref", b"startxxxx"), "damaged"),
        (a_pdf().replace(b"%PDF-1.7", b"%PDF-9.9"), "damaged"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF\n", "damaged"),
        (b"\n" + a_pdf(), "unknown_type"),
        (b"MZ" + a_pdf(), "unknown_type"),
    ],
)
def test_a_pdf_that_acts_or_hides_or_is_cut_short_is_refused(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


def test_plain_pictures_pass() -> None:
    assert check(a_png(), PNG) == Checked(None, PNG, content=a_png())
    assert check(a_jpeg(), JPEG) == Checked(None, JPEG, content=a_jpeg())


def test_of_a_photograph_only_which_way_up_it_is_stays() -> None:
    checked = check(a_jpeg(exif(6)), JPEG)
    assert (checked.refusal, checked.notes.exif) == (None, True)
    assert b"GPS" not in checked.content
    assert b"Exif\x00\x00MM\x00\x2a" in checked.content
    again = check(checked.content, JPEG)
    assert (again.refusal, again.content) == (None, checked.content)


@pytest.mark.parametrize("marker", [0xE1, 0xED, 0xFE])
def test_what_programs_write_beside_a_photograph_is_not_kept(marker: int) -> None:
    checked = check(a_jpeg((marker, b"http://ns.adobe.com/xap/1.0/\x00Latitude")), JPEG)
    assert (checked.refusal, checked.notes.exif, checked.content) == (None, False, a_jpeg())


def test_what_programs_write_beside_a_png_is_not_kept() -> None:
    checked = check(a_png((b"eXIf", b"II*\x00"), (b"tEXt", b"Comment\x00here"), (b"iTXt", b"x")), PNG)
    assert (checked.refusal, checked.notes.exif, checked.content) == (None, True, a_png())


@pytest.mark.parametrize("behind", [a_jpeg(), b"\x00\x00notes of a phoneSEFT"])
def test_a_second_view_behind_a_photograph_is_cut_off(behind: bytes) -> None:
    assert check(a_jpeg() + behind, JPEG).content == a_jpeg()


@pytest.mark.parametrize(
    ("content", "announced", "reason"),
    [
        (a_jpeg() + ZIP, JPEG, "something_else_inside"),
        (a_jpeg() + a_jpeg() + ZIP, JPEG, "something_else_inside"),
        (a_jpeg((0xFE, b"<script>alert(1)</script>")), JPEG, "something_else_inside"),
        (a_jpeg() + b"Rar!\x1a\x07\x00", JPEG, "something_else_inside"),
        (a_jpeg() + b"anything", JPEG, "something_else_inside"),
        (a_jpeg()[:-1], JPEG, "damaged"),
        (a_jpeg()[:40], JPEG, "damaged"),
        (b"\xff\xd8\xff\xd9", JPEG, "damaged"),
        (a_jpeg(width=0), JPEG, "damaged"),
        (a_jpeg(width=20_000, height=20_000), JPEG, "too_many_pixels"),
        (a_png() + ZIP, PNG, "something_else_inside"),
        (a_png() + b"\x00", PNG, "something_else_inside"),
        (a_png((b"tEXt", b"a\x00<?php system($_GET[0])")), PNG, "something_else_inside"),
        (a_png()[:-4], PNG, "damaged"),
        (a_png().replace(b"IDAT", b"IDAU"), PNG, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + a_chunk(b"IEND", b""), PNG, "damaged"),
        (a_png(height=0), PNG, "damaged"),
        (a_png(width=2**31 - 1, height=2**31 - 1), PNG, "too_many_pixels"),
    ],
)
def test_a_picture_that_hides_or_is_cut_short_is_refused(content: bytes, announced: str, reason: str) -> None:
    assert refusal(content, announced) == reason


@pytest.mark.parametrize("content", [a_pdf(), a_jpeg(), a_png()])
def test_a_file_is_what_it_was_announced_as(content: bytes) -> None:
    verdicts = [refusal(content, announced) for announced in MEDIA_TYPES]
    assert sorted(map(str, verdicts)) == ["None", "another_type", "another_type"]


@pytest.mark.parametrize("content", [ZIP, b"GIF89a", b"<html>", b"RIFF....WEBP", b"{}"])
def test_anything_else_is_refused(content: bytes) -> None:
    assert [refusal(content, announced) for announced in MEDIA_TYPES] == ["unknown_type"] * 3


def test_nothing_at_all_and_far_too_much_are_refused() -> None:
    assert refusal(b"") == "empty"
    assert refusal(a_pdf().ljust(MAXIMUM_BYTES)) is None
    assert refusal(a_pdf().ljust(MAXIMUM_BYTES + 1)) == "too_large"


MAGIC = [b"", b"%PDF-1.7\n1 0 obj\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", a_pdf(), a_jpeg(exif()), a_png()]
PIECES = [
    b"/ObjStm ", b"stream\n", b"endobj", b"/OpenAction [", b"startxref\n0\n%%EOF", b"Exif\x00\x00II*\x00", b"\xff\xe1",
    b"IHDR", b"IEND", b"/Producer (", b"(\xfe\xff", b"x\x9c", b"\\", b"#4", b"\xff\xda\x00\x03\x00",
]  # fmt: skip


@given(
    st.sampled_from(MAGIC),
    st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(PIECES)), max_size=12),
    st.sampled_from([*MEDIA_TYPES, "text/html", ""]),
)
@example(a_jpeg((0xE1, b"Exif\x00\x00II*\x00\xff\xff\xff\xff")), [], JPEG)
def test_any_bytes_get_an_answer_and_a_refusal_that_can_be_explained(
    magic: bytes, pieces: list[bytes], announced: str
) -> None:
    content = magic + b"".join(pieces)
    checked = check(content, announced)
    if checked.refusal is None:
        assert checked.media_type == announced
        again = check(checked.content, announced)
        assert (again.refusal, again.content) == (None, checked.content)
    else:
        assert REFUSALS[checked.refusal].fr
        assert checked.content == b""


@given(st.sampled_from([(a_pdf(), PDF), (a_jpeg(exif()), JPEG), (a_png(), PNG)]), st.data())
def test_a_file_with_one_byte_changed_or_cut_anywhere_gets_an_answer(
    file: tuple[bytes, str], data: st.DataObject
) -> None:
    content, announced = file
    place = data.draw(st.integers(0, len(content) - 1))
    changed = content[:place] + bytes([data.draw(st.integers(0, 255))]) + content[place + 1 :]
    for one in (changed, content[:place]):
        assert check(one, announced).refusal in {None, *REFUSALS}
