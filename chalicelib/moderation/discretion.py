"""What administrators write to somebody who may not know yet which company is behind a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from chalicelib.moderation.errors import WOULD_TELL
from chalicelib.platform.errors import FieldError, Invalid


class Secrets(Protocol):
    """What moderation asks of briefs and conversations."""

    def would_tell(self, sub: str, text: str, brief_id: str | None) -> Sequence[tuple[int, int]]:
        """From where to where a text would tell this account who is behind a project whose company is not revealed to
        it: this project, and any that it has a conversation about. Nothing for whoever is no freelancer."""


class Discretion:
    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def refuse(self, sub: str, texts: Mapping[str, str], brief_id: str | None) -> None:
        """`texts`: what this account is about to read, by the pointer of its field; `brief_id`: the project that it has
        to do with, where one is known. Raises Invalid with each passage that would tell."""
        problems = [
            _would_tell(pointer, text, *span)
            for pointer, text in texts.items()
            for span in self._secrets.would_tell(sub, text, brief_id)
        ]
        if problems:
            raise Invalid(problems)


def _would_tell(pointer: str, text: str, start: int, end: int) -> FieldError:
    error = WOULD_TELL.broken_at(pointer, passage=text[start:end])
    return FieldError(error.pointer, error.code, error.message, (start, end))
