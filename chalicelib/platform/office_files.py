"""Texts of office programs, DOCX and ODT: archives of a known layout, of which nothing may act on whoever opens them.

Shapes: ZIP, PKWARE APPNOTE 6.3 §4.3; DOCX, ECMA-376 part 2 (packages) and part 1 §17 (texts); ODT, OASIS OpenDocument
1.3 part 2 (packages).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

from chalicelib.platform.file_checks import Format, Notes, RefusedFile

#: A text of two hundred pages with as many pictures has some four hundred parts; one part of XML, some megabytes.
MOST_PARTS = 4_000
MOST_UNFOLDED_BYTES = 300_000_000
MOST_XML_BYTES = 20_000_000

_LOCAL_HEADER, _END = b"PK\x03\x04", b"PK\x05\x06"
_LOCAL_HEADER_BYTES, _END_BYTES = 30, 22
_ENCRYPTED, _DESCRIBED_BEHIND = 0x1, 0x8
#: What stands behind a part of which the size was not known before: 12 to 24 bytes, with or without a mark.
_DESCRIPTION_BYTES = 24

#: All that reading an archive that somebody made up may raise.
_BROKEN = (
    *(BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, struct.error),
    *(ValueError, KeyError, IndexError, OverflowError, OSError),
)

_DOCX_TEXT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT = "application/vnd.oasis.opendocument.text"

#: Name of an element (without its prefix) and its attributes (likewise) → what it does, a key of `REFUSALS`, or None.
Looking = Callable[[str, dict[str, str]], str | None]


def xml_elements(content: bytes, looking: Looking, *, root: str | None = None) -> str:
    """Reads XML to its end and hands each element to `looking`; gives the text that stands in elements called
    `instrText`, where fields say what they do. Raises RefusedFile for what is not well formed, declares a document
    type (entities may unfold without end), has another root, or is refused by `looking`."""
    parser = ParserCreate()
    path: list[str] = []
    fields: list[str] = []

    def doctype(*_: object) -> None:
        raise RefusedFile("something_else_inside")

    def begins(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not path and root is not None and local != root:
            raise RefusedFile("damaged")
        path.append(local)
        reason = looking(local, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        if reason is not None:
            raise RefusedFile(reason)

    def ends(_: str) -> None:
        path.pop()

    def says(text: str) -> None:
        if path[-1] == "instrText":
            fields.append(text)

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, says
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError, LookupError):  # malformed, or in an encoding that nobody knows
        raise RefusedFile("damaged") from None
    return "".join(fields)


def _opened(content: bytes) -> ZipFile | None:
    if not content.startswith(_LOCAL_HEADER):
        return None
    try:
        return ZipFile(BytesIO(content))
    except _BROKEN:
        return None


def _part(archive: ZipFile, name: str, most: int = MOST_XML_BYTES) -> bytes | None:
    """None when there is no such part, or none that can be read."""
    try:
        with archive.open(name) as part:
            found = part.read(most + 1)
    except _BROKEN:
        return None
    return found if len(found) <= most else None


def _read(archive: ZipFile, name: str) -> bytes:
    found = _part(archive, name)
    if found is None:
        raise RefusedFile("unreadable")
    return found


def _is_docx(content: bytes) -> bool:
    archive = _opened(content)
    return archive is not None and _DOCX_TEXT in (_part(archive, "[Content_Types].xml") or b"")


def _is_odt(content: bytes) -> bool:
    archive = _opened(content)
    return archive is not None and _part(archive, "mimetype", 200) == _ODT.encode()


def _parts(content: bytes) -> tuple[ZipFile, list[str]]:
    """The archive and what its parts are called. Refuses one that holds bytes which belong to none of them."""
    archive = _opened(content)
    if archive is None:
        raise RefusedFile("damaged")
    parts = sorted(archive.infolist(), key=lambda one: one.header_offset)
    if any(one.flag_bits & _ENCRYPTED for one in parts):
        raise RefusedFile("encrypted")
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNFOLDED_BYTES:
        raise RefusedFile("unreadable")
    names = [one.filename for one in parts]
    if len({name.lower() for name in names}) != len(names):
        raise RefusedFile("something_else_inside")  # which of the two is read depends on the program
    at = 0
    for one in parts:
        if not 0 <= one.header_offset - at <= (_DESCRIPTION_BYTES if at else 0):
            raise RefusedFile("something_else_inside")
        at = _end_of(content, one)
    slack = _DESCRIPTION_BYTES if parts[-1].flag_bits & _DESCRIBED_BEHIND else 0
    if not 0 <= archive.start_dir - at <= slack or content[-_END_BYTES:-18] != _END:
        raise RefusedFile("something_else_inside")
    return archive, names


def _end_of(content: bytes, part: ZipInfo) -> int:
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER_BYTES]
    if len(header) < _LOCAL_HEADER_BYTES or not header.startswith(_LOCAL_HEADER):
        raise RefusedFile("damaged")
    name, extra = struct.unpack("<HH", header[26:30])
    return int(part.header_offset + _LOCAL_HEADER_BYTES + name + extra + part.compress_size)


# ----------------------------------------------------------------------------------------------------------- DOCX

#: Has Word start another program and take what it says.
_DDE = re.compile(r"DDEAUTO|(?:^|\W)DDE\s", re.IGNORECASE)


def _harmless_docx(content: bytes) -> tuple[bytes, Notes]:
    archive, names = _parts(content)
    lowered = [name.lower() for name in names]
    if any("vbaproject" in name or "/activex/" in name for name in lowered):
        raise RefusedFile("script")
    if any("/embeddings/" in name for name in lowered):
        raise RefusedFile("attached_files")
    for name in _xml(names):
        if _DDE.search(xml_elements(_read(archive, name), _acts_in_docx)):
            raise RefusedFile("acts_by_itself")
    return content, Notes()


def _xml(names: list[str]) -> Iterator[str]:
    """The parts that say what is done: relations wherever they are, and the text's own."""
    for name in names:
        lowered = name.lower()
        if lowered.endswith(".rels") or (lowered.startswith("word/") and lowered.endswith(".xml")):
            yield name


def _acts_in_docx(element: str, attributes: dict[str, str]) -> str | None:
    """A link that is followed when the document opens; one that a reader clicks is nothing."""
    if element == "Relationship" and attributes.get("TargetMode", "").lower() == "external":
        return None if attributes.get("Type", "").endswith("/hyperlink") else "acts_by_itself"
    if element == "fldSimple" and _DDE.search(attributes.get("instr", "")):
        return "acts_by_itself"
    return None


# ------------------------------------------------------------------------------------------------------------ ODT

_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\|\.\./)", re.IGNORECASE)
_ODT_TEXTS = ("content.xml", "styles.xml", "META-INF/manifest.xml")


def _harmless_odt(content: bytes) -> tuple[bytes, Notes]:
    archive, names = _parts(content)
    if any(name.lower().startswith(("basic/", "scripts/", "dialogs/")) for name in names):
        raise RefusedFile("script")
    if any(name.lower().endswith(".bin") for name in names):
        raise RefusedFile("attached_files")
    for name in names:
        if name in _ODT_TEXTS or name.endswith("/content.xml"):
            xml_elements(_read(archive, name), _acts_in_odt)
    return content, Notes()


def _acts_in_odt(element: str, attributes: dict[str, str]) -> str | None:
    if element == "encryption-data":
        return "encrypted"
    if element in ("event-listener", "script", "applet", "plugin"):
        return "script"
    if element in ("dde-source", "dde-connection-decl", "floating-frame", "object-ole"):
        return "acts_by_itself"
    if element in ("image", "object", "section-source") and _ELSEWHERE.match(attributes.get("href", "")):
        return "acts_by_itself"
    return None


DOCX = Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _is_docx, _harmless_docx)
ODT = Format(_ODT, _is_odt, _harmless_odt)
