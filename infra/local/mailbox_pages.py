"""The mailbox as pages: what was sent, as its reader sees it, with the plain text and the headers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2

from chalicelib.vocabulary.text import Language
from infra.local.mailbox import Mail

_PAGES = Path(__file__).parent / "pages"
STYLE = _PAGES / "mailbox.css"
_PARIS = ZoneInfo("Europe/Paris")

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_PAGES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def mailbox_page(mails: list[Mail], language: Language) -> str:
    """The list, newest first."""
    return render("mailbox.html", language, mails=mails)


def mail_page(mail: Mail, language: Language) -> str:
    """One e-mail: HTML in a frame that can run nothing, plain text, headers."""
    return render("mail.html", language, mail=mail)


def mail_frame(mail: Mail) -> str:
    """The e-mail's own HTML; its links open in a new tab, for the frame may not leave the page."""
    return f'<base target="_blank">{mail.html}'


def render(name: str, language: Language, **values: object) -> str:
    """A page of the local product, in that language."""
    return _templates.get_template(name).render(
        language=language, fr=language == "fr", moment=lambda value: _moment(value, language), **values
    )


def _moment(value: datetime, language: Language) -> str:
    """Paris time, which is the readers'."""
    paris = value.astimezone(_PARIS)
    return paris.strftime("%d/%m/%Y à %H:%M:%S" if language == "fr" else "%d/%m/%Y at %H:%M:%S")
