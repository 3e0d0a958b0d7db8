"""The pages behind the unsubscribe links: they ask, and say that it is done. No script, no picture, no request but
the form's own; they work without an account and in any mail program's browser."""

from __future__ import annotations

from functools import cache

from chalicelib.notifications.models import EmailKind
from chalicelib.notifications.rendering import FOLDER, environment, words_in
from chalicelib.vocabulary.text import Language


def asking_page(kind: EmailKind, language: Language, site_url: str) -> str:
    """What would be turned off, and the button that does it."""
    words = words_in(language)["unsubscribe"]
    return _page(words["titles"][kind], [words["asks"][kind]], language, site_url, asks=True)


def done_page(kind: EmailKind, language: Language, site_url: str) -> str:
    """What is turned off, and how to change one's mind."""
    words = words_in(language)["unsubscribe"]
    return _page(words["done_title"], [words["done"][kind], words["back"]], language, site_url)


def lost_page(language: Language, site_url: str) -> str:
    """For a link that we did not write, or not all of it."""
    words = words_in(language)["unsubscribe"]
    return _page(words["lost_title"], [words["lost"]], language, site_url)


def _page(title: str, paragraphs: list[str], language: Language, site_url: str, *, asks: bool = False) -> str:
    words = words_in(language)
    return (
        environment()
        .get_template("unsubscribe.html.j2")
        .render(
            language=language,
            title=title,
            paragraphs=paragraphs,
            asks=asks,
            words=words["unsubscribe"],
            signature=words["signature"],
            style=_style(),
            site=site_url,
        )
    )


@cache
def _style() -> str:
    return (FOLDER / "unsubscribe.css").read_text(encoding="utf-8")
