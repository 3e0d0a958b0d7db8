"""The pages behind the unsubscribe links: they ask, and say that it is done. No script, no picture, no request but
the form's own; they work without an account and in any mail program's browser."""

from __future__ import annotations

from functools import cache

from chalicelib.notifications.models import OF_AN_ADDRESS, OptionalKind
from chalicelib.notifications.rendering import environment
from chalicelib.notifications.wording import FOLDER, words_in
from chalicelib.vocabulary.text import Language


class UnsubscribePages:
    """`site_url` without trailing slash."""

    def __init__(self, site_url: str) -> None:
        self._site_url = site_url

    def asking(self, kind: OptionalKind, language: Language) -> str:
        """What would be turned off, and the button that does it."""
        words = words_in(language)["unsubscribe"]
        return self._page(words["titles"][kind], [words["asks"][kind]], language, asks=True)

    def done(self, kind: OptionalKind, language: Language) -> str:
        """What is turned off, and how to change one's mind."""
        words = words_in(language)["unsubscribe"]
        back = words["back_without_account" if kind in OF_AN_ADDRESS else "back"]
        return self._page(words["done_title"], [words["done"][kind], back], language)

    def lost(self, language: Language) -> str:
        """For a link that we did not write, or not all of it."""
        words = words_in(language)["unsubscribe"]
        return self._page(words["lost_title"], [words["lost"]], language)

    def _page(self, title: str, paragraphs: list[str], language: Language, *, asks: bool = False) -> str:
        words = words_in(language)
        template = environment().get_template("unsubscribe.html.j2")
        return template.render(
            language=language,
            title=title,
            paragraphs=paragraphs,
            asks=asks,
            words=words["unsubscribe"],
            signature=words["signature"],
            style=_style(),
            site=self._site_url,
        )


@cache
def _style() -> str:
    return (FOLDER / "unsubscribe.css").read_text(encoding="utf-8")
