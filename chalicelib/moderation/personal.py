"""What moderation keeps about one person: what they reported, what was reported of them, and decisions about their
account. What is over goes; what is under way stays for a while without any text. Decisions about a company are the
company's, but for the words that the person wrote there. Who is behind a brief is told to authorities by what others
keep (`vocabulary/retention.py`, `publisher_of_offers`); that they asked is not the person's to read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from chalicelib.moderation.models import IN_FORCE, Measure, Report, Said, Subject
from chalicelib.moderation.schemas import MyMeasureShape, MyReportShape
from chalicelib.platform.errors import Conflict, Retryable
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.person import Erased, Held, Person
from chalicelib.vocabulary.retention import HOLDS


class Keeping(Protocol):
    def reports_by(self, sub: str) -> list[Report]: ...
    def reports_against(self, subject: Subject) -> list[Report]: ...
    def amend_report(self, report: Report) -> None: ...
    def forget_report(self, report: Report) -> None: ...
    def measures_about(self, owner: Subject) -> list[Measure]: ...
    def measures_of(self, owner: Subject) -> list[Measure]: ...
    def amend_measure(self, measure: Measure) -> None: ...
    def forget_measure(self, measure: Measure) -> None: ...
    def forget_pace(self, sub: str) -> int: ...


class RulingsOfPerson:
    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping

    def export(self, person: Person, now: datetime, /) -> dict[str, list[dict[str, Any]]]:
        reports = self._keeping.reports_by(person.sub)
        decisions = self._keeping.measures_of(Subject(kind="user", id=person.sub))
        return {
            "reports": [MyReportShape.of(one).model_dump(mode="json") for one in reports],
            "decisions": [MyMeasureShape.of(one, now).model_dump(mode="json") for one in decisions],
        }

    def erase(self, person: Person, now: datetime, /) -> Erased:
        removed, redacted, held = self._keeping.forget_pace(person.sub), 0, list[Held]()
        try:
            for report in self._keeping.reports_by(person.sub):
                kept = self._erase_report(report, now)
                removed, redacted = removed + (kept is None), redacted + (kept is not None)
                held += [kept] if kept is not None else []
            for report in self._keeping.reports_against(Subject(kind="user", id=person.sub)):
                redacted += self._without_text(report)
            for measure in self._keeping.measures_about(Subject(kind="user", id=person.sub)):
                kept = self._erase_measure(measure, now)
                removed, redacted = removed + (kept is None), redacted + (kept is not None)
                held += [kept] if kept is not None else []
            if person.company_id is not None:
                for measure in self._keeping.measures_of(Subject(kind="company", id=person.company_id)):
                    redacted += self._without_words_of(measure, person.sub)
        except Conflict:
            raise Retryable("changed_meanwhile") from None
        return Erased(removed, redacted, tuple(held))

    def _erase_report(self, report: Report, now: datetime) -> Held | None:
        """Gone once it is settled; until then without its text, for as long as its outcome may be contested."""
        if report.is_decided:
            self._keeping.forget_report(report)
            return None
        until = report.held_until or stamp(now + HOLDS["report_open"].lasts)
        if report.text is not None or report.held_until is None:
            self._keeping.amend_report(report.model_copy(update={"text": None, "held_until": until}))
        return Held("report", report.report_id, until, "report_open")

    def _without_text(self, report: Report) -> bool:
        """What others wrote of the person: that there was a report stays, without its words."""
        wordless = report.model_copy(
            update={"text": None, "ruling": "" if report.is_decided else None, "reminder": None}
        )
        if wordless == report:
            return False
        self._keeping.amend_report(wordless)
        return True

    def _erase_measure(self, measure: Measure, now: datetime) -> Held | None:
        if measure.state not in IN_FORCE:
            self._keeping.forget_measure(measure)
            return None
        longest = stamp(now + HOLDS["sanction_in_force"].lasts)
        until = measure.held_until or min(measure.until or longest, longest)
        wordless = measure.model_copy(
            update={
                "facts": "",
                "reply": _wordless(measure.reply),
                "appeal": _wordless(measure.appeal),
                "rulings": tuple(one.model_copy(update={"text": None}) for one in measure.rulings),
                "held_until": until,
            }
        )
        if wordless != measure:
            self._keeping.amend_measure(wordless)
        return Held("suspension", measure.measure_id, until, "sanction_in_force")

    def _without_words_of(self, measure: Measure, sub: str) -> bool:
        words = {
            name: _wordless(said)
            for name, said in (("reply", measure.reply), ("appeal", measure.appeal))
            if said is not None and said.by == sub and said.text
        }
        if not words:
            return False
        self._keeping.amend_measure(measure.model_copy(update=words))
        return True


def _wordless(said: Said | None) -> Said | None:
    return said.model_copy(update={"text": ""}) if said is not None else None
