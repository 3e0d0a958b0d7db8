"""`Idempotency-Key`: a request that creates something may be sent again, and what it creates exists once.

An answer is kept for a day under its caller and key. While the first attempt runs, a second one is told to wait; an
attempt that died leaves its claim, and the next one takes over *with the same new id*, so that what the dead one had
already written is found and not made again (`docs/decisions/0007-idempotency.md`).

Keys of the requests table:

CALLER#sub / KEY#hash   one request: what it was, its attempt under way or its answer; gone a day later (TTL)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chalicelib.platform.errors import DomainError, IdempotencyKeyReused, RequestInProgress, Retryable
from chalicelib.platform.table import ConditionFailed, Delete, Item, Put, Table
from chalicelib.platform.telemetry import log
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.retention import REPEATED_REQUESTS

REMEMBERED = REPEATED_REQUESTS

#: An attempt older than this belongs to a function that died: functions live 30 seconds.
ATTEMPT_LASTS = timedelta(seconds=35)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller was told. `headers` are those that belong to the answer (its ETag)."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The claim of one run. `first` unless another run died under the same key before it."""

    pk: str
    sk: str
    fingerprint: str
    new_id: str
    number: int
    expires_at: int

    @property
    def first(self) -> bool:
        return self.number == 1


class Answers:
    """The requests table. The clock is that of the caller."""

    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock

    def once(self, caller: str, key: str, fingerprint: str, run: Callable[[str], Answer]) -> tuple[Answer, bool]:
        """The answer to this request, and whether it had been given before. `run` receives the id that the new thing
        takes; it must bear to be run again with it after having been cut short.

        Raises IdempotencyKeyReused (the key served for another `fingerprint`), RequestInProgress, Retryable, and
        whatever `run` raises; a refusal is not remembered, for it changed nothing.
        """
        pk, sk = f"CALLER#{caller}", f"KEY#{hashlib.sha256(key.encode()).hexdigest()}"
        claim = self._claim(pk, sk, fingerprint)
        if isinstance(claim, Answer):
            return claim, True
        try:
            answer = run(claim.new_id)
        except DomainError:
            self._let_go(claim)
            raise
        except Exception:
            self._unlock(claim)
            raise
        # Not remembered, the answer is still true: a repetition runs again, with the same id, and finds it made.
        self._quietly(_if_ours(claim, {**_item(claim), **_told(answer)}))
        return answer, False

    def given_to(self, caller: str) -> list[Item]:
        """What is remembered of a caller: an answer's status and until when it is kept."""
        return list(self._table.query_all(f"CALLER#{caller}"))

    def forget(self, caller: str) -> int:
        """Nothing is remembered of a caller any more; returns how many requests that were. One that is being carried
        out is not remembered afterwards either."""
        return self._table.delete_all([(item["pk"], item["sk"]) for item in self.given_to(caller)])

    def _claim(self, pk: str, sk: str, fingerprint: str) -> _Attempt | Answer:
        now = self._clock()
        attempt = _Attempt(pk, sk, fingerprint, new_id(now), 1, int((now + REMEMBERED).timestamp()))
        # An item past its time may still be there: DynamoDB removes it within days, not seconds.
        claim = Put(
            {**_item(attempt), "locked_until": _seconds(now + ATTEMPT_LASTS)},
            condition="attribute_not_exists(pk) OR expires_at < :now",
            values={":now": _seconds(now)},
        )
        try:
            self._table.write(claim)
        except ConditionFailed:
            return self._join(attempt, now)
        return attempt

    def _join(self, mine: _Attempt, now: datetime) -> _Attempt | Answer:
        """What stands under the key: its answer, or its attempt taken over from a function that died."""
        standing = self._table.get(mine.pk, mine.sk)
        if standing is None:
            raise RequestInProgress  # let go between our two looks: the caller's next attempt will find it free
        if standing["fingerprint"] != mine.fingerprint:
            raise IdempotencyKeyReused
        if "status" in standing:
            return Answer(standing["status"], standing["body"], standing["headers"])
        if standing["locked_until"] >= _seconds(now):
            raise RequestInProgress
        before = int(standing["number"])
        taken = _Attempt(mine.pk, mine.sk, mine.fingerprint, standing["new_id"], before + 1, mine.expires_at)
        claim = Put(
            {**_item(taken), "locked_until": _seconds(now + ATTEMPT_LASTS)},
            condition="#n = :before AND attribute_not_exists(#s)",
            names={"#n": "number", "#s": "status"},
            values={":before": before},
        )
        try:
            self._table.write(claim)
        except ConditionFailed:
            raise RequestInProgress from None
        log.warning("request_taken_over", attempt=taken.number)
        return taken

    def _let_go(self, claim: _Attempt) -> None:
        """After a refusal. One that follows a run that died keeps the new id: that run may have written."""
        if not claim.first:
            self._unlock(claim)
            return
        self._quietly(
            Delete(claim.pk, claim.sk, condition="#n = :mine", names={"#n": "number"}, values={":mine": claim.number})
        )

    def _unlock(self, claim: _Attempt) -> None:
        self._quietly(_if_ours(claim, {**_item(claim), "locked_until": 0}))

    def _quietly(self, action: Put | Delete) -> None:
        """The claim ends by itself, so a failure to end it now must not hide what came of the request."""
        try:
            self._table.write(action)
        except (ConditionFailed, Retryable):
            log.warning("request_claim_left")


def fingerprint(*parts: str) -> str:
    """What a request was, for comparison: the parts cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part.encode())}:".encode())
        digest.update(part.encode())
    return digest.hexdigest()


def _item(attempt: _Attempt) -> Item:
    return {
        "pk": attempt.pk,
        "sk": attempt.sk,
        "fingerprint": attempt.fingerprint,
        "new_id": attempt.new_id,
        "number": attempt.number,
        "expires_at": attempt.expires_at,
    }


def _told(answer: Answer) -> Item:
    return {"status": answer.status, "body": answer.body, "headers": dict(answer.headers)}


def _if_ours(attempt: _Attempt, item: Item) -> Put:
    """The write, on condition that nobody has taken the claim over."""
    return Put(item, condition="#n = :mine", names={"#n": "number"}, values={":mine": attempt.number})


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
