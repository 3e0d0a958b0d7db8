"""What a person wants to receive: read and set by themselves, signed in, or turned off by the link in an e-mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from chalicelib.notifications.errors import TakenMeanwhile
from chalicelib.notifications.models import (
    KINDS,
    Channels,
    Kind,
    OptionalKind,
    Preferences,
    Suppression,
    address_id,
    without,
)
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, Retryable
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.text import Language

_ATTEMPTS = 5


class PreferenceStore(Protocol):
    def preferences(self, sub: str) -> Preferences: ...
    def save_preferences(self, before: Preferences, after: Preferences) -> Preferences: ...
    def suppression(self, address_id: str) -> Suppression | None: ...


class Tokens(Protocol):
    def read(self, token: str) -> tuple[str, OptionalKind] | None:
        """The account and the kind of e-mail that an unsubscribe link is for; None for a text that we did not write.
        Raises Retryable."""


class Languages(Protocol):
    def language(self, sub: str) -> Language | None:
        """In which language the account's company writes to it; None when it has no company."""


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """What a link turns off, and the language of the person whose it is, where it is known."""

    kind: OptionalKind
    language: Language | None


class PreferenceService:
    def __init__(self, store: PreferenceStore, tokens: Tokens, languages: Languages) -> None:
        self._store = store
        self._tokens = tokens
        self._languages = languages

    def read(self, actor: Actor) -> tuple[Preferences, Suppression | None]:
        """The account's preferences, and why its address gets nothing when it does not."""
        suppression = self._store.suppression(address_id(actor.email)) if actor.email else None
        return self._store.preferences(actor.sub), suppression

    def save(
        self, actor: Actor, language: Language | None, kinds: Mapping[Kind, Channels], version: int | None
    ) -> tuple[Preferences, Suppression | None]:
        """Raises PreconditionFailed, Conflict."""
        before, suppression = self.read(actor)
        if version not in (None, before.version):
            raise PreconditionFailed
        after = replace(before, language=language, kinds={**before.kinds, **kinds})
        if after == before:
            return before, suppression
        try:
            return self._store.save_preferences(before, after), suppression
        except TakenMeanwhile:
            raise Conflict from None

    def describe(self, token: str) -> Unsubscribe:
        """What the link would turn off; nothing is changed. Raises NotFound, Retryable."""
        sub, kind = self._read(token)
        return self._described(sub, kind)

    def unsubscribe(self, token: str) -> Unsubscribe:
        """Turns off what the link is for; again changes nothing. Raises NotFound, Retryable."""
        sub, kind = self._read(token)
        for _ in range(_ATTEMPTS):
            before = self._store.preferences(sub)
            after = without(before, kind)
            if all(after.of(one) == before.of(one) for one in KINDS):
                return self._described(sub, kind)
            try:
                self._store.save_preferences(before, after)
            except TakenMeanwhile:
                continue
            log.info("unsubscribed", kind=kind)
            return self._described(sub, kind)
        raise Retryable("preferences_changed_meanwhile")

    def _read(self, token: str) -> tuple[str, OptionalKind]:
        found = self._tokens.read(token)
        if found is None:
            raise NotFound
        return found

    def _described(self, sub: str, kind: OptionalKind) -> Unsubscribe:
        return Unsubscribe(kind, self._store.preferences(sub).language or self._languages.language(sub))
