"""What may be sent to the other side once both know each other: documents and pictures, and screenplays as the programs
of the trade write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chalicelib.platform import file_refusals
from chalicelib.platform.file_checks import JPEG, PDF, PNG, Format, Notes, RefusedFile, no_other_file
from chalicelib.platform.office_files import DOCX, ODT, xml_elements
from chalicelib.vocabulary.text import Bilingual

#: A series bible with its pictures; what is larger is a film, and goes elsewhere.
MAXIMUM_BYTES = 25_000_000

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Where a file says what it is, of those that say it in words.
_BEGINNING = 2_000
#: What no text has: control characters but for tabulators, line and page breaks.
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def _beginning(content: bytes) -> bytes:
    return content[:_BEGINNING].removeprefix(_BYTE_ORDER_MARK).lstrip()


def _is_final_draft(content: bytes) -> bool:
    begins = _beginning(content)
    return begins.startswith((b"<?xml", b"<FinalDraft")) and b"<FinalDraft" in begins


def _kept_final_draft(content: bytes) -> tuple[bytes, Notes]:
    no_other_file(content)
    xml_elements(content, _acts_in_a_page, root="FinalDraft")
    return content, Notes()


def _acts_in_a_page(element: str, _: dict[str, str]) -> str | None:
    return "something_else_inside" if element.lower() in ("script", "html", "svg", "iframe") else None


def _is_text(content: bytes) -> bool:
    """In UTF-8, or in the encoding that Windows had before it. What begins like a page or a drawing is none."""
    if _beginning(content).startswith(b"<") or _NOT_TEXT.search(content):
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _kept_text(content: bytes) -> tuple[bytes, Notes]:
    no_other_file(content)
    if not content.removeprefix(_BYTE_ORDER_MARK).strip():
        raise RefusedFile("empty")
    return content, Notes()


#: Final Draft's own format (`.fdx`), XML since its version 8. No registry knows a media type for it.
FINAL_DRAFT = Format("application/x-final-draft", _is_final_draft, _kept_final_draft)
#: Fountain (fountain.io, syntax 1.1) is plain text with a convention.
TEXT = Format("text/plain", _is_text, _kept_text)

#: In the order in which they are recognised: whatever is nothing else may be a text.
FORMATS = (PDF, JPEG, PNG, DOCX, ODT, FINAL_DRAFT, TEXT)

#: Media type → how the names of its files end.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    PDF.media_type: (".pdf",),
    DOCX.media_type: (".docx",),
    ODT.media_type: (".odt",),
    FINAL_DRAFT.media_type: (".fdx",),
    TEXT.media_type: (".fountain", ".txt"),
    PNG.media_type: (".png",),
    JPEG.media_type: (".jpg", ".jpeg"),
}

#: Reason → what the sender is told.
REFUSALS: Mapping[str, Bilingual] = {
    **file_refusals.REFUSALS,
    "too_large": Bilingual(
        "Le fichier dépasse 25 Mo : allégez-le ou envoyez-le en plusieurs parties.",
        "The file is over 25 MB: make it lighter or send it in several parts.",
    ),
    "another_size": Bilingual(
        "Le fichier reçu n’a pas la taille annoncée : envoyez-le de nouveau.",
        "The file that came is not of the size announced: send it again.",
    ),
    "unknown_type": Bilingual(
        "Ce n’est ni un PDF, ni un texte (DOCX, ODT, Final Draft, Fountain), ni une image JPEG ou PNG.",
        "This is neither a PDF, nor a text (DOCX, ODT, Final Draft, Fountain), nor a JPEG or PNG image.",
    ),
}
