"""The files that an alarm rests on, all of them on its own shelf: they are kept as long as it lasts and thirty days
more, whatever becomes of the case in which one was found, and are opened as its own are.
"""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.platform.errors import Conflict
from chalicelib.verification.alarms import Alarm, Document
from chalicelib.verification.errors import TakenMeanwhile
from chalicelib.verification.evidence_files import Evidence, EvidenceStore, Files
from chalicelib.verification.models import Case
from chalicelib.vocabulary.clock import Clock
from chalicelib.vocabulary.ids import id_of


class AlarmDocuments:
    """`case`: the case of an id, if there is one."""

    def __init__(self, store: EvidenceStore, files: Files, case: Callable[[str], Case | None], clock: Clock) -> None:
        self._store = store
        self._files = files
        self._case = case
        self._clock = clock

    def kept(self, alarm: Alarm, case_id: str, evidence_id: str) -> Document | None:
        """A file that was checked and accepted, on the alarm's shelf or, of a case about the same person or company,
        copied there; None for any other. Done again, it copies nothing twice. Raises Conflict, Retryable."""
        if case_id != alarm.alarm_id and not self._is_of_its_subject(alarm, case_id):
            return None
        file = self._store.evidence(case_id, evidence_id)
        if file is not None and case_id != alarm.alarm_id:
            file = self._copy(alarm.alarm_id, file)
        if file is None or file.status != "accepted" or file.sha256 is None:
            return None
        return Document(evidence_id=file.evidence_id, sha256=file.sha256)

    def _is_of_its_subject(self, alarm: Alarm, case_id: str) -> bool:
        """What is said of somebody is no key to the files of others."""
        case = self._case(case_id)
        company = alarm.kind == "company"
        return case is not None and (case.kind == "company") == company and case.subject.owner_id == alarm.subject_id

    def _copy(self, alarm_id: str, file: Evidence) -> Evidence | None:
        copy, fact = file.copied(alarm_id, id_of(alarm_id, file.case_id, file.evidence_id))
        standing = self._store.evidence(alarm_id, copy.evidence_id)
        if standing is not None:
            return standing
        content = self._files.read(file.key) if file.status == "accepted" else None
        if content is None:
            return None
        self._files.put(copy.key, content, copy.media_type)
        shelf = self._store.shelf(alarm_id)
        try:
            self._store.adopt(shelf, shelf.with_upload(), copy, fact, self._clock())
        except TakenMeanwhile:
            standing = self._store.evidence(alarm_id, copy.evidence_id)
            if standing is None:
                raise Conflict from None
            return standing
        return copy
