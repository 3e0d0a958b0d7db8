"""Publishing a project as its producer: what is waited for, and for how long."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from infra.local import story


class Clock:
    """Time that passes while somebody sleeps, and nowhere else."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Producer:
    """A client whose project has its shortlist and its e-mail after so many seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._seconds = clock, seconds

    @property
    def _come(self) -> bool:
        return self._clock.now >= self._seconds

    def post(self, *_: Any, **__: Any) -> Any:
        return SimpleNamespace(expect=lambda _: {"brief_id": "brief-1"}, version=lambda: {})

    def get(self, _: str) -> Any:
        matches = {"status": "ready", "matches": [{}]} if self._come else {"status": "pending"}
        return SimpleNamespace(expect=lambda _: matches)

    def mails(self) -> list[dict[str, str]]:
        return [{"text": "/briefs/brief-1"}] if self._come else []


@pytest.mark.parametrize(("seconds", "complete"), [(1, True), (200, True), (1000, False)])
def test_a_busy_machine_is_waited_for_and_one_that_stands_still_is_not(
    monkeypatch: pytest.MonkeyPatch, seconds: float, complete: bool
) -> None:
    clock = Clock()
    monkeypatch.setattr(story, "time", clock)
    published = story.publish(Producer(clock, seconds), {})  # type: ignore[arg-type]
    assert published.complete == complete
    assert clock.now < 400
