"""What a file really is, from its bytes alone: a plain PDF, JPEG or PNG, or the reason why it is not kept.

The check looks for what could act on whoever opens the file or hide something in it; it does not say whether the
document is true. It answers for any bytes and raises for none. Shapes: PDF, ISO 32000-1 §7.5 (file structure), §7.5.7
(object streams), §12.6 (actions); JPEG, ITU-T T.81 annex B; PNG, W3C PNG (third edition) §5. Other formats are written
as `Format`s beside these.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

#: A4 at 600 dots an inch has 35 million; more asks for a picture that unfolds in the reader's memory.
MAXIMUM_PIXELS = 100_000_000

#: What one object stream of a PDF may unfold to. Those that office programs write hold tens of kilobytes.
OBJECT_STREAM_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Notes:
    """What a file says of itself. Of a picture's Exif data only that there was some: where it was taken is not kept."""

    producer: str | None = None
    created: str | None = None
    exif: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """`refusal` is a key of `file_refusals.REFUSALS`, or None. `content` is what may be kept: the bytes as they came
    or, of a picture, without what its camera wrote beside it (place, device, time) but for which way up it is."""

    refusal: str | None
    media_type: str | None
    notes: Notes = Notes()
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that may be kept. `is_it`: whether these bytes begin as one; `keep`: what may be kept of them and
    what they say of themselves, or RefusedFile."""

    media_type: str
    is_it: Callable[[bytes], bool]
    keep: Callable[[bytes], tuple[bytes, Notes]]


class RefusedFile(Exception):  # it says what became of the file
    """`reason` is a key of `file_refusals.REFUSALS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check(content: bytes, announced: str, formats: Sequence[Format], maximum_bytes: int) -> Checked:
    """`announced` is the media type that the file was sent as, `formats` those that are taken: the first that knows the
    file says what it is."""
    if not content:
        return Checked("empty", None)
    if len(content) > maximum_bytes:
        return Checked("too_large", None)
    found = next((one for one in formats if one.is_it(content)), None)
    if found is None:
        return Checked("unknown_type", None)
    if found.media_type != announced:
        return Checked("another_type", found.media_type)
    try:
        kept, notes = found.keep(content)
    except RefusedFile as refused:
        return Checked(refused.reason, found.media_type)
    return Checked(None, found.media_type, notes, kept)


_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


# --------------------------------------------------------------------------------------------- two files in one

#: Archives, by the marks that their readers look for anywhere; and what a browser would run.
_FOREIGN = (
    b"rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\xfd7zxz\x00",
    b"<script",
    b"<html",
    b"<!doctype html",
    b"<iframe",
    b"<?php",
)
#: A ZIP is read from its end: the end of its directory lies within 64 KB of the last byte.
_ZIP_END = b"PK\x05\x06"
_ZIP_TAIL = 65_535 + 22


def no_other_file(content: bytes) -> None:
    lowered = content.lower()
    if _ZIP_END in content[-_ZIP_TAIL:] or any(mark in lowered for mark in _FOREIGN):
        raise RefusedFile("something_else_inside")


# ------------------------------------------------------------------------------------------------------------ PDF


def _name(*names: str) -> re.Pattern[bytes]:
    """One of these names of a PDF, also where its letters are written by their numbers (`/J#61vaScript`)."""
    spelled = ["".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name) for name in names]
    begins = "".join(sorted({name[0] for name in names}))  # spares trying every name at every slash
    whole = f"/(?=[#{begins}])(?:{'|'.join(spelled)})" + r"(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
    return re.compile(whole.encode("ascii"))


# Long names only: one of three letters would turn up by chance in the bytes of a scanned page.
_ENCRYPTED = _name("Encrypt")
_SCRIPT = _name("JavaScript", "Rendition")
_ATTACHED = _name("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia", "Collection")
_ACTS = _name("Launch", "SubmitForm", "ImportData", "GoToE", "Movie", "Sound", "XFA")
_OPENING = _name("OpenAction")
_OBJECT_STREAM = _name("ObjStm")
_FLATE = _name("FlateDecode")
_OTHER_FILTERS = _name(
    "ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode", "Crypt", "DCTDecode", "JPXDecode", "Predictor"
)
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
#: From where the page is shown: `[3 0 R /Fit]` moves the view and does nothing else; word processors write it.
_PLACE = re.compile(rb"\s*\[\s*\d{1,10}\s+\d{1,5}\s+R\s*/(?:Fit[A-Z]{0,2}|XYZ)[\s\d.\-nul]*\]")
_END = re.compile(rb"startxref\s+\d{1,10}\s+%%EOF\s*\Z")

#: How far behind the name of an object stream its content may begin.
_REACH = 65_536

#: Object streams hold a hundred objects and more each; a document of our size has a few dozen of them.
_MOST_OBJECT_STREAMS = 2_000
_MOST_UNFOLDED_BYTES = 64_000_000
_MOST_TRIES = 20_000

_BLANK = b"\x00\t\n\x0c\r "


def _harmless_pdf(content: bytes) -> list[bytes]:
    """The parts in which its objects lie readable: the file itself, and what it holds compressed."""
    last = content.rfind(b"%%EOF")
    if not re.match(rb"%PDF-[12]\.\d\s", content) or not re.search(rb"\d\s+\d+\s+obj\b", content) or last < 0:
        raise RefusedFile("damaged")
    if content[last + 5 :].strip(_BLANK):
        raise RefusedFile("something_else_inside")
    if not _END.search(content[max(0, last - 1024) : last + 5]):
        raise RefusedFile("damaged")
    if _ENCRYPTED.search(content):
        # What is encrypted cannot be looked into: said first, for the rest would be guesses.
        raise RefusedFile("encrypted")
    parts = [content, *_object_streams(content)]
    for part in parts:
        _harmless_objects(part)
    return parts


def _harmless_objects(part: bytes) -> None:
    if _SCRIPT.search(part):
        raise RefusedFile("script")
    if _ATTACHED.search(part):
        raise RefusedFile("attached_files")
    if _ACTS.search(part):
        raise RefusedFile("acts_by_itself")
    for opening in _OPENING.finditer(part):
        if not _PLACE.match(part, opening.end()):
            raise RefusedFile("acts_by_itself")


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The objects that lie compressed, unfolded. Refuses those that it cannot look into.

    Whatever follows such a stream's name within reach is unfolded as well: a dictionary can hold a text that looks
    like the beginning of another stream.
    """
    names = [found.end() for found in _OBJECT_STREAM.finditer(content)]
    if len(names) > _MOST_OBJECT_STREAMS or any(not _STREAM.search(content, at, at + _REACH) for at in names):
        raise RefusedFile("unreadable")
    tries = unfolded = 0
    for stream in _STREAM.finditer(content):
        nearest = bisect(names, stream.start()) - 1
        if nearest < 0 or stream.start() > names[nearest] + _REACH:
            continue
        found, whole = _unfolded(content, stream.end())
        tries, unfolded = tries + 1, unfolded + len(found)
        if b"endobj" not in content[names[nearest] : stream.start()]:
            described = content[max(0, content.rfind(b"obj", 0, names[nearest] - 7)) : stream.start()]
            filters = len(_FLATE.findall(described))
            if _OTHER_FILTERS.search(described) or filters > 1 or (filters == 1 and not whole):
                raise RefusedFile("unreadable")
        if tries > _MOST_TRIES or unfolded > _MOST_UNFOLDED_BYTES:
            raise RefusedFile("unreadable")
        if found:
            yield found


def _unfolded(content: bytes, at: int) -> tuple[bytes, bool]:
    """What the zlib data that begins there unfolds to, up to a limit, and whether that was all of it."""
    unfolding, found, step = zlib.decompressobj(), bytearray(), 16_384
    try:
        while at < len(content) and not unfolding.eof and len(found) < OBJECT_STREAM_BYTES:
            found += unfolding.decompress(unfolding.unconsumed_tail + content[at : at + step], OBJECT_STREAM_BYTES)
            at += step
    except zlib.error:
        return bytes(found), False
    return bytes(found), unfolding.eof


_INFO = {
    name: re.compile(rb"/" + name + rb"\s*\(((?:[^()\\]|\\.){0,200})\)", re.DOTALL)
    for name in (b"Producer", b"CreationDate")
}


def _notes_of_pdf(parts: list[bytes]) -> Notes:
    producer, created = (_first(_INFO[name], parts) for name in (b"Producer", b"CreationDate"))
    day = re.match(rb"D:(\d{4})(\d{2})?(\d{2})?", created[1]) if created else None
    return Notes(
        producer=_readable(producer[1]) if producer else None,
        created="-".join(part.decode("ascii") for part in day.groups() if part) if day else None,
    )


def _first(pattern: re.Pattern[bytes], parts: list[bytes]) -> re.Match[bytes] | None:
    return next((found for part in parts if (found := pattern.search(part))), None)


def _readable(text: bytes) -> str | None:
    """A text of a PDF as one line, at most 100 characters."""
    decoded = text.decode("utf-16", "ignore") if text[:2] in (b"\xfe\xff", b"\xff\xfe") else text.decode("latin-1")
    return " ".join("".join(one if one.isprintable() else " " for one in decoded).split())[:100] or None


# ----------------------------------------------------------------------------------------------------------- JPEG

_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
#: Pieces of a picture's file: a picture of our size in pieces of a hundred bytes.
_MOST_PIECES = 100_000
_SCAN, _END_OF_IMAGE, _APP1, _APP13, _COMMENT = 0xDA, 0xD9, 0xE1, 0xED, 0xFE
_MARKER = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def _jpeg(content: bytes) -> tuple[bytes, bool]:
    """What is kept, and whether there was Exif data. Refuses what is not one picture from its first byte to its last,
    but for a second view of the same scene, or the notes that some phones write behind it: both are cut off."""
    kept, exif, at, drawn = [b"\xff\xd8"], False, 2, False
    upright: bytes | None = None
    while True:
        found = _MARKER.match(content, at)
        if found is None or len(kept) > _MOST_PIECES:
            raise RefusedFile("damaged")
        marker, at = found[1][0], found.end()
        if marker == _END_OF_IMAGE:
            break
        length = int.from_bytes(content[at : at + 2], "big")
        segment = content[at + 2 : at + length]
        if length < 2 or len(segment) != length - 2:
            raise RefusedFile("damaged")
        at += length
        if marker in _FRAMES:
            if len(segment) < 6:
                raise RefusedFile("damaged")
            _must_fit(int.from_bytes(segment[3:5], "big"), int.from_bytes(segment[1:3], "big"))
            drawn = True
        if marker == _APP1 and segment.startswith(b"Exif\x00\x00"):
            exif = True
            upright = upright or _which_way_up(segment[6:])
        # The index of further views (MPF, in APP2) points to what is cut off.
        if marker not in (_APP1, _APP13, _COMMENT) and not segment.startswith(b"MPF\x00"):
            kept.append(b"\xff" + bytes([marker]) + content[at - length : at])
        if marker == _SCAN:
            following = _NEXT_MARKER.search(content, at)
            if following is None or not drawn:
                raise RefusedFile("damaged")
            kept.append(content[at : following.start()])
            at = following.start()
    if not drawn or len(kept) < 3:
        raise RefusedFile("damaged")
    behind = content[at:].strip(b"\x00")
    if behind and not (behind.startswith(_JPEG) or behind.endswith(b"SEFT")):
        raise RefusedFile("something_else_inside")
    if upright is not None:
        kept.insert(1, upright)
    return b"".join([*kept, b"\xff\xd9"]), exif


def _which_way_up(exif: bytes) -> bytes | None:
    """An Exif segment that says how the picture is turned, as this one does, and nothing else."""
    order: Literal["little", "big"] = "little" if exif[:2] == b"II" else "big"
    start = int.from_bytes(exif[4:8], order)
    for entry in range(min(64, int.from_bytes(exif[start : start + 2], order))):
        field = exif[start + 2 + 12 * entry : start + 14 + 12 * entry]
        if int.from_bytes(field[:2], order) == 0x0112:
            turned = int.from_bytes(field[8:10], order)
            if not 1 <= turned <= 8:
                return None
            tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([turned])
            segment = b"Exif\x00\x00" + tiff + b"\x00\x00\x00\x00\x00\x00"
            return b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment
    return None


def _must_fit(width: int, height: int) -> None:
    if not width or not height:
        raise RefusedFile("damaged")
    if width * height > MAXIMUM_PIXELS:
        raise RefusedFile("too_many_pixels")


# ------------------------------------------------------------------------------------------------------------ PNG

#: What programs and cameras write beside the picture.
_PNG_NOTES = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")


def _png(content: bytes) -> tuple[bytes, bool]:
    """Like `_jpeg`."""
    kept, exif, at = [_PNG], False, len(_PNG)
    seen: list[bytes] = []
    while not seen or seen[-1] != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        chunk = content[at : at + 12 + length]
        kind = chunk[4:8]
        if len(chunk) != 12 + length or len(kind) != 4 or len(seen) > _MOST_PIECES:
            raise RefusedFile("damaged")
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise RefusedFile("damaged")
        if not seen:
            if kind != b"IHDR" or length != 13:
                raise RefusedFile("damaged")
            _must_fit(int.from_bytes(chunk[8:12], "big"), int.from_bytes(chunk[12:16], "big"))
        exif = exif or kind == b"eXIf"
        if kind not in _PNG_NOTES:
            kept.append(chunk)
        seen.append(kind)
        at += len(chunk)
    if b"IDAT" not in seen:
        raise RefusedFile("damaged")
    if content[at:]:
        raise RefusedFile("something_else_inside")
    return b"".join(kept), exif


# -------------------------------------------------------------------------------------------------------- the formats


def _kept_pdf(content: bytes) -> tuple[bytes, Notes]:
    no_other_file(content)
    return content, _notes_of_pdf(_harmless_pdf(content))


def _kept_picture(read: Callable[[bytes], tuple[bytes, bool]]) -> Callable[[bytes], tuple[bytes, Notes]]:
    def keep(content: bytes) -> tuple[bytes, Notes]:
        kept, exif = read(content)
        # In what is kept, and in what is cut off: a picture with something behind it was made to be two things.
        no_other_file(content)
        return kept, Notes(exif=exif)

    return keep


# Readers look for a PDF's header in the first kilobyte; one that does not stand first leaves room for another file.
PDF = Format("application/pdf", lambda content: content.startswith(b"%PDF-"), _kept_pdf)
JPEG = Format("image/jpeg", lambda content: content.startswith(_JPEG), _kept_picture(_jpeg))
PNG = Format("image/png", lambda content: content.startswith(_PNG), _kept_picture(_png))
