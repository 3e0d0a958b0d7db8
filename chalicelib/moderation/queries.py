"""What other contexts may ask of moderation, answered at once and read-only."""

from __future__ import annotations

from chalicelib.moderation.models import Measure, Report, Standing, Subject
from chalicelib.moderation.repository import ModerationRepository
from chalicelib.vocabulary.clock import Clock


class ModerationQueries:
    def __init__(self, repository: ModerationRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    def is_suspended(self, *subjects: Subject) -> bool:
        """Whether one of them is suspended now."""
        now = self._clock()
        return any(standing.holds(now) for standing in self._repository.standings(subjects))

    def returned(self, brief_id: str) -> Standing | None:
        """The latest decision to return this brief, in force or not any more; None when it never was."""
        return self._repository.standing("brief", brief_id)

    def of_company(self, company_id: str) -> list[Measure]:
        """What was decided, or proposed, about a company and its briefs, the latest first."""
        return self._repository.measures_about(Subject(kind="company", id=company_id))

    def measure(self, measure_id: str) -> Measure | None:
        return self._repository.measure(measure_id)

    def report(self, report_id: str) -> Report | None:
        return self._repository.report(report_id)
