"""Texts of office programs pass as they came; what could act on their reader, or hides something, is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.platform import office_files
from chalicelib.platform.file_checks import Checked, check
from chalicelib.platform.file_refusals import REFUSALS
from chalicelib.platform.office_files import DOCX, ODT
from tests.support.office_fakes import a_docx, a_relation, an_archive, an_odt

MAXIMUM = 1_000_000


def looked_at(content: bytes, announced: str) -> Checked:
    return check(content, announced, (DOCX, ODT), MAXIMUM)


@pytest.mark.parametrize(("content", "kind"), [(a_docx(), DOCX), (an_odt(), ODT)])
def test_a_plain_text_passes_as_it_came(content: bytes, kind: office_files.Format) -> None:
    assert looked_at(content, kind.media_type) == Checked(None, kind.media_type, content=content)


def test_links_that_a_reader_clicks_and_pictures_that_come_along_pass() -> None:
    hyperlink = a_relation("https://cinema.test/", "hyperlink")
    assert looked_at(a_docx(relations=hyperlink), DOCX.media_type).refusal is None
    picture = a_relation("media/image1.png", "image", "Internal")
    assert looked_at(a_docx(("word/media/image1.png", b"\x89PNG"), relations=picture), DOCX.media_type).refusal is None
    drawn = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
    assert looked_at(an_odt(("Pictures/1.png", b"\x89PNG"), body=drawn), ODT.media_type).refusal is None


DDE = '<w:instrText xml:space="preserve"> DDE</w:instrText><w:instrText>AUTO c:\\cmd.exe</w:instrText>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (a_docx(("word/vbaProject.bin", b"x")), "script"),
        (a_docx(("word/activeX/activeX1.xml", "<a/>")), "script"),
        (a_docx(("word/embeddings/oleObject1.bin", b"x")), "attached_files"),
        (a_docx(relations=a_relation("https://elsewhere.test/t.dotm")), "acts_by_itself"),
        (a_docx(relations=a_relation("https://elsewhere.test/1.png", "image")), "acts_by_itself"),
        (a_docx(relations=a_relation("\\\\elsewhere.test\\x", mode="e&#120;ternal")), "acts_by_itself"),
        (a_docx(("customXml/_rels/i.rels", f"<R>{a_relation('http://x.test')}</R>")), "acts_by_itself"),
        (a_docx(body=DDE), "acts_by_itself"),
        (a_docx(body='<w:fldSimple w:instr="DDEAUTO c:\\cmd"/>'), "acts_by_itself"),
        (a_docx(body='<!DOCTYPE x [<!ENTITY a "b">]>'), "damaged"),
        (a_docx(("word/footnotes.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')), "something_else_inside"),
        (a_docx(body="<w:t>"), "damaged"),
        (an_odt(("Basic/Standard/Module1.xml", "<x/>")), "script"),
        (an_odt(("Scripts/python/x.py", "pass")), "script"),
        (an_odt(("ObjectReplacements/x.bin", b"x")), "attached_files"),
        (an_odt(body="<script:event-listener/>"), "script"),
        (an_odt(body='<draw:image xlink:href="https://elsewhere.test/1.png"/>'), "acts_by_itself"),
        (an_odt(body='<draw:image xlink:href="../../etc/passwd"/>'), "acts_by_itself"),
        (an_odt(body="<draw:object-ole/>"), "acts_by_itself"),
        (an_odt(manifest="<m:encryption-data/>"), "encrypted"),
    ],
)
def test_what_could_act_on_its_reader_is_refused(content: bytes, reason: str) -> None:
    kind = ODT if b"oasis" in content[:100] else DOCX
    assert looked_at(content, kind.media_type).refusal == reason


@pytest.mark.parametrize(
    "content",
    [
        a_docx() + b"<html>",
        a_docx() + a_docx(),
        an_odt()[:-22] + b"hidden" + an_odt()[-22:],
        a_docx(("Word/Document.xml", "<x/>")),
    ],
)
def test_an_archive_holds_its_parts_once_and_nothing_between_or_behind_them(content: bytes) -> None:
    kind = ODT if b"oasis" in content[:100] else DOCX
    assert looked_at(content, kind.media_type).refusal in ("something_else_inside", "unknown_type")


def test_a_text_with_macros_and_other_archives_are_no_text() -> None:
    macros = a_docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml")
    template = an_archive(("mimetype", "application/vnd.oasis.opendocument.text-template"), stored=("mimetype",))
    for content in (macros, template, an_archive(("a.txt", "a")), b"PK\x03\x04", b"PK\x05\x06" + bytes(18)):
        for kind in (DOCX, ODT):
            assert looked_at(content, kind.media_type).refusal == "unknown_type"


def test_a_text_is_what_it_was_announced_as() -> None:
    assert looked_at(a_docx(), ODT.media_type).refusal == "another_type"
    assert looked_at(an_odt(), DOCX.media_type).refusal == "another_type"


def test_what_unfolds_without_end_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "MOST_UNFOLDED_BYTES", 100_000)
    bomb = a_docx(("word/media/image1.png", bytes(100_001)))
    assert len(bomb) < 2_000
    assert looked_at(bomb, DOCX.media_type).refusal == "unreadable"


def test_one_part_of_xml_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "MOST_XML_BYTES", 10_000)
    monkeypatch.setattr(office_files._part, "__defaults__", (10_000,))
    assert looked_at(a_docx(body=f"<w:t>{'mer ' * 5_000}</w:t>"), DOCX.media_type).refusal == "unreadable"


@settings(max_examples=300)
@given(st.sampled_from([(a_docx(), DOCX), (an_odt(), ODT)]), st.data())
def test_a_text_with_bytes_changed_or_cut_anywhere_gets_an_answer(
    file: tuple[bytes, office_files.Format], data: st.DataObject
) -> None:
    content, kind = file
    place = data.draw(st.integers(0, len(content) - 1))
    change = data.draw(st.binary(max_size=4))
    end = data.draw(st.sampled_from([len(content), place, len(content) - 1]))
    spoilt = content[:place] + change + content[place + len(change) : end]
    checked = looked_at(spoilt, kind.media_type)
    assert checked.refusal is None or REFUSALS.get(checked.refusal) or checked.refusal == "unknown_type"
