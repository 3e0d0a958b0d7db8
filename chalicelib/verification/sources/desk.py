"""Where one source is asked: the memory first, then through its circuit, over HTTP; and what came, as evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from chalicelib.verification.evidence import NOTES, Evidence, Level, Reason, Verdict
from chalicelib.verification.sources.breaker import Breaker, CircuitStore
from chalicelib.verification.sources.cache import AnswerStore, Memory, Record, digest_of
from chalicelib.verification.sources.errors import Garbled, NoTurn, Refused, TryLater, Unreachable
from chalicelib.verification.sources.http import Fetcher
from chalicelib.verification.sources.port import Terms
from chalicelib.vocabulary.clock import Clock, stamp

#: What did not take place is worth trying again the next day.
FAILURE_STANDS = timedelta(days=1)
#: Catalogues grow: what was not found this month may be there the next.
SILENCE_STANDS = timedelta(days=30)
#: Characters of a source's own words that a note quotes.
MOST_OF_A_TITLE = 200


class SourceStore(CircuitStore, AnswerStore, Protocol):
    """What every function remembers of the sources together."""


@dataclass(frozen=True, slots=True)
class Question:
    """`secret_headers`: keys to the source, which neither memory nor evidence ever sees."""

    path: str
    parameters: Mapping[str, str]
    accept: str = "application/json"
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    records: tuple[Record, ...]
    payload_hash: str
    retrieved_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was made of the answers: evidence without where and when. `found`: what the source calls the thing."""

    verdict: Verdict
    level: Level | None
    reason: Reason
    found: str = ""
    url: str | None = None
    matched_fields: tuple[str, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)


class Desk:
    """Asks one source. `base`: where it answers, without a trailing slash."""

    def __init__(
        self, source: str, terms: Terms, base: str, fetcher: Fetcher, store: SourceStore, clock: Clock
    ) -> None:
        self.source = source
        self.terms = terms
        self._base = base.rstrip("/")
        self._fetcher = fetcher
        self._breaker = Breaker(source, store, clock)
        self._memory = Memory(source, store, terms.storable, terms.keep_for)
        self._clock = clock

    def ask(self, question: Question, read: Callable[[Any], tuple[Record, ...]]) -> Answer:
        """The answer as `read` makes it from the source's JSON; `read` raises Garbled for another shape.

        Raises TryLater, Unreachable, Refused, Garbled. The circuit is troubled neither by a refusal, for
        the source is there, nor by a question that our own pace left no time for.
        """
        digest = digest_of(self.source, question.path, question.parameters)
        known = self._memory.recall(digest, self._clock())
        if known is not None and known.records is not None:
            return Answer(known.records, known.payload_hash, known.retrieved_at)
        troubled = self._breaker.admit()
        url = self._base + question.path
        try:
            fetched = self._fetcher.get(
                url, question.parameters, accept=question.accept, secret_headers=question.secret_headers
            )
            records = read(fetched.payload)
        except NoTurn:
            raise
        except TryLater as error:
            self._breaker.failed(after=error.after)
            raise
        except Unreachable:
            self._breaker.failed("unreachable")
            raise
        except Garbled:
            self._breaker.failed()
            raise
        except Refused:
            self._answered(troubled)
            raise
        self._answered(troubled)
        now = self._clock()
        self._memory.keep(digest, records, fetched.payload_hash, url, now)
        return Answer(records, fetched.payload_hash, stamp(now))

    def _answered(self, troubled: bool) -> None:
        # Where nothing was wrong there is nothing to forget; a failure that somebody else had meanwhile is forgotten by
        # the next who is answered.
        if troubled:
            self._breaker.succeeded()

    def report(self, level: Level | None, inquire: Callable[[Inquiry], Finding]) -> Evidence:
        """What an inquiry found, or why it did not take place. `level`: what it is about. Raises Retryable alone."""
        inquiry = Inquiry(self)
        try:
            finding = inquire(inquiry)
        except Unreachable:
            finding = Finding(verdict="silent", level=level, reason="unreachable")
        except Refused:
            finding = Finding(verdict="error", level=level, reason="refused")
        except Garbled:
            finding = Finding(verdict="error", level=level, reason="garbled")
        return self._evidence(finding, inquiry)

    def _evidence(self, finding: Finding, inquiry: Inquiry) -> Evidence:
        now = self._clock()
        if finding.reason in ("unreachable", "refused", "garbled"):
            stands = FAILURE_STANDS
        elif finding.verdict == "silent":
            stands = SILENCE_STANDS
        else:
            stands = self.terms.valid_for
        return Evidence(
            source=self.source,
            verdict=finding.verdict,
            level=finding.level,
            reason=finding.reason,
            note=NOTES[finding.reason].format(source=self.terms.name, found=finding.found[:MOST_OF_A_TITLE]),
            matched_fields=finding.matched_fields,
            scores=finding.scores,
            url=finding.url,
            retrieved_at=inquiry.retrieved_at or stamp(now),
            expires_at=stamp(now + stands),
            licence=self.terms.licence,
            payload_hash=inquiry.payload_hash,
        )


class Inquiry:
    """The questions behind one piece of evidence: when the oldest answer was given, and the hash of all."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._answers: list[Answer] = []

    def ask(self, question: Question, read: Callable[[Any], tuple[Record, ...]]) -> tuple[Record, ...]:
        answer = self._desk.ask(question, read)
        self._answers.append(answer)
        return answer.records

    @property
    def retrieved_at(self) -> str | None:
        return min((answer.retrieved_at for answer in self._answers), default=None)

    @property
    def payload_hash(self) -> str | None:
        """That of the only answer, else the SHA-256 of all their hashes in order; None when nothing was answered."""
        hashes = [answer.payload_hash for answer in self._answers]
        if len(hashes) <= 1:
            return next(iter(hashes), None)
        return hashlib.sha256("".join(hashes).encode()).hexdigest()
