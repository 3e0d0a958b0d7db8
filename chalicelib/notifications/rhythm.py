"""When an e-mail may go: not at night, not too many a day, and the digest in the morning. Paris time, computed here.

The hours and the ceiling are parameters of the deployment; docs/decisions/0010-when-an-e-mail-may-go.md says why these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.vocabulary.clock import PARIS, paris_day

#: When the daily digest goes.
DIGEST_TIME = time(8, 30)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`quiet_from_hour` to `quiet_until_hour` (the latter excluded) nothing goes; there is no quiet when they are
    equal. `daily_ceiling` e-mails at once per person and Paris day; 0 for as many as there are."""

    quiet_from_hour: int = 21
    quiet_until_hour: int = 7
    daily_ceiling: int = 3

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet hours end that it is now; None outside of them."""
        local = now.astimezone(PARIS)
        begins, ends = self.quiet_from_hour, self.quiet_until_hour
        over_midnight = begins > ends
        evening, morning = local.hour >= begins, local.hour < ends
        if not (evening or morning if over_midnight else evening and morning):
            return None
        tomorrow = over_midnight and evening
        return _at(local.date() + timedelta(days=tomorrow), time(ends))

    def tomorrow(self, now: datetime) -> datetime:
        """The first moment of the next Paris day at which an e-mail may go."""
        midnight = _at(paris_day(now) + timedelta(days=1), time(0))
        return self.quiet_until(midnight) or midnight

    @staticmethod
    def next_digest(now: datetime) -> date:
        """The Paris day whose digest has not gone yet."""
        today = paris_day(now)
        return today if now < digest_hour(today) else today + timedelta(days=1)


def digest_hour(day: date) -> datetime:
    """When that day's digest goes."""
    return _at(day, DIGEST_TIME)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, PARIS).astimezone(UTC)
