"""Small texts as office and screenplay programs write them, to be spoilt in one place."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def an_archive(*parts: tuple[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name, content in parts:
            part = ZipInfo(name, (2026, 11, 30, 9, 0, 0))
            part.compress_type = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(part, content)
    return held.getvalue()


def a_relation(target: str, kind: str = "attachedTemplate", mode: str = "External") -> str:
    return f'<Relationship Id="rId9" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def a_docx(
    *more: tuple[str, str | bytes], body: str = "<w:t>Mer forte.</w:t>", relations: str = "", kind: str = _TEXT_TYPE
) -> bytes:
    types = f'<Types xmlns="t"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    return an_archive(
        ("[Content_Types].xml", types),
        ("_rels/.rels", '<Relationships xmlns="r"/>'),
        ("word/document.xml", f"<w:document {_W}><w:body><w:p><w:r>{body}</w:r></w:p></w:body></w:document>"),
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="r">{relations}</Relationships>'),
        *more,
    )


def an_odt(*more: tuple[str, str | bytes], body: str = "", manifest: str = "") -> bytes:
    spaces = 'xmlns:o="o" xmlns:draw="d" xmlns:xlink="x" xmlns:script="s" xmlns:m="m"'
    return an_archive(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", f"<o:document-content {spaces}><o:scripts/><o:body>{body}</o:body></o:document-content>"),
        ("META-INF/manifest.xml", f"<m:manifest {spaces}>{manifest}</m:manifest>"),
        *more,
        stored=("mimetype",),
    )


def an_fdx(inside: str = "", before: str = "") -> bytes:
    text = f'<Paragraph Type="Scene Heading"><Text>INT. PHARE - NUIT</Text></Paragraph>{inside}'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>'
    return (
        f'{head}{before}<FinalDraft DocumentType="Script" Version="5"><Content>{text}</Content></FinalDraft>'.encode()
    )


A_FOUNTAIN = "Title: Marée haute\n\nINT. PHARE - NUIT\n\nMAËLLE\nÀ demain.\n".encode()
