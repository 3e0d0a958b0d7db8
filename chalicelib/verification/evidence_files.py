"""Files that prove a claim: how they come, are checked, are read by one person, and go.

    quarantine ──checked──▶ accepted ──its time is over──▶ deleted
         └──checked, or never arrived──▶ rejected

The bytes lie in a bucket, under `quarantine/` as they came and under `evidence/` once checked; a record of each lies
with its case. What is put under `evidence/` are the very bytes that were checked, so that a second upload to the same
place changes nothing. A record owes something (`due_at`) until nothing of it is left under `quarantine/`; the shelf of
a case owes the deletion of everything on it. The sweeper finds both, so any step may be cut short or come twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Literal, Protocol

from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.platform.file_checks import JPEG, PDF, PNG, Checked, check
from chalicelib.platform.telemetry import log
from chalicelib.verification.errors import (
    WRONG_MEDIA_TYPE,
    WRONG_SIZE,
    NoMoreEvidence,
    NotArrivedYet,
    NotKept,
    NotTheReviewer,
    TakenMeanwhile,
    TooManyFiles,
    UploadOver,
)
from chalicelib.verification.events import EvidenceAccepted, EvidenceDeleted, EvidenceRead, EvidenceRejected
from chalicelib.verification.refusals import REFUSALS
from chalicelib.verification.signals import Signal
from chalicelib.verification.wording import DOCUMENTS
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.retention import EVIDENCE_FILES
from chalicelib.vocabulary.text import Bilingual, Language

Status = Literal["quarantine", "accepted", "rejected", "deleted"]

#: What a file shows: the papers that confirm a function, then those of a junior's own path (TRADE §3.3), then those
#: that an alarm rests on: what a competent body ruled, an exchange of letters, what was invoiced.
Kind = Literal[
    "end_credits",
    "contract",
    "payslip",
    "diploma",
    "internship",
    "reading_report",
    "referee",
    "ruling",
    "correspondence",
    "invoice",
    "other",
]

#: How long an upload may take to begin, and how long after that nothing of it can arrive any more.
UPLOAD_SECONDS = 600
ARRIVAL_MARGIN = timedelta(minutes=5)

#: How long a reviewer's link opens the file.
READING_SECONDS = 300

#: How long a file is kept once its case is final (DESIGN §7).
KEPT_AFTER_FINAL = EVIDENCE_FILES

#: Files that a case holds, and uploads that may be begun for it in all: a refused file may be sent again.
MOST_FILES = 20
MOST_UPLOADS = 60

#: Attempts to write what others write at the same time; each refusal means that one of them got on.
_ATTEMPTS = 5

MAXIMUM_BYTES = 10_000_000

#: What is taken, and what a file of each is called when it is opened.
FORMATS = (PDF, JPEG, PNG)
MEDIA_TYPES = tuple(one.media_type for one in FORMATS)
_EXTENSIONS = {PDF.media_type: "pdf", JPEG.media_type: "jpg", PNG.media_type: "png"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file. `owner` is the account that sent it; `media_type` what it was announced as, which an accepted one is.

    `size` (bytes) and `sha256` are those of what came. `producer`, `created` and `exif` are what the file says of
    itself. `reviewer` is who opened it last. Times are ISO 8601 UTC."""

    case_id: str
    evidence_id: str
    owner: str
    kind: Kind
    credit_id: str | None
    media_type: str
    status: Status
    offered_at: str
    upload_until: str
    #: When the sweeper looks at it.
    due_at: str | None
    version: int
    size: int | None = None
    sha256: str | None = None
    checked_at: str | None = None
    refusal: str | None = None
    producer: str | None = None
    created: str | None = None
    exif: bool = False
    reviewer: str | None = None
    opened_at: str | None = None
    deleted_at: str | None = None

    @property
    def upload_key(self) -> str:
        return f"quarantine/{self.case_id}/{self.evidence_id}"

    @property
    def folder(self) -> str:
        """Where it lies once accepted, and nothing else does."""
        return f"evidence/{self.case_id}/{self.evidence_id}/"

    @property
    def key(self) -> str:
        """Named by its content: two checks of different bytes never write over each other."""
        return f"{self.folder}{self.sha256}"

    @property
    def explanation(self) -> Bilingual | None:
        """Why it was refused, for whoever sent it."""
        return REFUSALS[self.refusal] if self.refusal else None

    def settled(self, checked: Checked, content: bytes, now: datetime) -> tuple[Evidence, Fact]:
        """Accepted or rejected, by what its bytes are."""
        if self.status != "quarantine":
            raise ValueError(f"{self.evidence_id} is {self.status}")
        after = replace(
            self,
            status="accepted" if checked.refusal is None else "rejected",
            size=len(content),
            sha256=sha256(content).hexdigest(),
            checked_at=stamp(now),
            refusal=checked.refusal,
            producer=checked.notes.producer,
            created=checked.notes.created,
            exif=checked.notes.exif,
            version=self.version + 1,
        )
        if checked.refusal is None:
            return after, EvidenceAccepted(evidence_id=self.evidence_id, case_id=self.case_id)
        return after, EvidenceRejected(evidence_id=self.evidence_id, case_id=self.case_id, refusal=checked.refusal)

    def never_arrived(self, now: datetime) -> tuple[Evidence, Fact]:
        after = replace(
            self, status="rejected", refusal="never_arrived", checked_at=stamp(now), version=self.version + 1
        )
        return after, EvidenceRejected(evidence_id=self.evidence_id, case_id=self.case_id, refusal="never_arrived")

    def opened(self, reader: str, now: datetime) -> tuple[Evidence, Fact]:
        after = replace(self, reviewer=reader, opened_at=stamp(now), version=self.version + 1)
        return after, EvidenceRead(evidence_id=self.evidence_id, case_id=self.case_id, reader=reader)

    def deleted(self, now: datetime) -> tuple[Evidence, Fact]:
        """What stays is the proof that it was checked: not what the file said of itself."""
        after = replace(
            self,
            status="deleted",
            deleted_at=stamp(now),
            due_at=None,
            producer=None,
            created=None,
            version=self.version + 1,
        )
        return after, EvidenceDeleted(evidence_id=self.evidence_id, case_id=self.case_id)

    def copied(self, case_id: str, evidence_id: str) -> tuple[Evidence, Fact]:
        """The same file on another shelf, which decides how long it is kept there; nobody has opened it there yet."""
        copy = replace(
            self,
            case_id=case_id,
            evidence_id=evidence_id,
            credit_id=None,
            due_at=None,
            reviewer=None,
            opened_at=None,
            version=1,
        )
        return copy, EvidenceAccepted(evidence_id=evidence_id, case_id=case_id)

    def cleared(self) -> Evidence:
        """Nothing more is owed for it."""
        return replace(self, due_at=None, version=self.version + 1)


def offered(
    case_id: str,
    evidence_id: str,
    owner: str,
    kind: Kind,
    credit_id: str | None,
    media_type: str,
    now: datetime,
) -> Evidence:
    until = now + timedelta(seconds=UPLOAD_SECONDS)
    return Evidence(
        case_id=case_id,
        evidence_id=evidence_id,
        owner=owner,
        kind=kind,
        credit_id=credit_id,
        media_type=media_type,
        status="quarantine",
        offered_at=stamp(now),
        upload_until=stamp(until),
        due_at=stamp(until + ARRIVAL_MARGIN),
        version=1,
    )


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a case has of files: how many uploads were begun, and from when on nothing is kept (None: it is open).

    `case_version` is that of the case when it last ended or was reopened: older news of it changes nothing."""

    case_id: str
    uploads: int = 0
    delete_after: str | None = None
    case_version: int = 0
    due_at: str | None = None
    #: 0: never written.
    version: int = 0

    def with_upload(self) -> Shelf:
        return replace(self, uploads=self.uploads + 1, version=self.version + 1)

    def ended(self, final_at: datetime, case_version: int) -> Shelf:
        delete_after = stamp(final_at + KEPT_AFTER_FINAL)
        return replace(
            self,
            delete_after=delete_after,
            due_at=delete_after,
            case_version=case_version,
            version=self.version + 1,
        )

    def reopened(self, case_version: int) -> Shelf:
        return replace(self, delete_after=None, due_at=None, case_version=case_version, version=self.version + 1)

    def emptied(self) -> Shelf:
        return replace(self, due_at=None, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A form that puts one file in its place: `fields` go first, then the file as `file`; nothing else may come."""

    url: str
    fields: dict[str, str]
    until: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A link that opens a file for `seconds`; whoever holds it can."""

    url: str
    seconds: int


class EvidenceStore(Protocol):
    def shelf(self, case_id: str) -> Shelf:
        """An unwritten one when the case never had any."""

    def evidence(self, case_id: str, evidence_id: str) -> Evidence | None: ...

    def of_case(self, case_id: str) -> list[Evidence]:
        """In the order in which they were offered."""

    def offer(self, before: Shelf, after: Shelf, evidence: Evidence) -> None:
        """Both in one transaction. Raises TakenMeanwhile unless the shelf is as it was read and the file is new."""

    def adopt(self, before: Shelf, after: Shelf, evidence: Evidence, fact: Fact, now: datetime) -> None:
        """A file that was accepted elsewhere, with the fact, in one transaction. Raises as `offer`."""

    def change(self, before: Evidence, after: Evidence, fact: Fact | None, now: datetime) -> None:
        """With the fact, in one transaction. Raises TakenMeanwhile unless the file is as it was read."""

    def change_shelf(self, before: Shelf, after: Shelf) -> None:
        """Raises TakenMeanwhile."""

    def with_hash(self, digest: str) -> list[tuple[str, str, str]]:
        """Owner, case and id of every file that was ever accepted with this content."""

    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        """Case and file (None: its shelf) of what should have been dealt with by now."""


class Files(Protocol):
    """The bucket. All raise Retryable."""

    def upload(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        """Address and fields of a form that puts one object of that type under exactly that key, encrypted."""

    def read(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes, media_type: str) -> None: ...
    def under(self, prefix: str) -> list[str]: ...
    def delete(self, keys: list[str]) -> None: ...
    def link(self, key: str, name: str, media_type: str, seconds: int, *, inline: bool) -> str:
        """Opens under that name: in the browser when `inline`, else as a download."""


class Cases(Protocol):
    def may_read(self, account: str, case_id: str) -> bool:
        """Whether the account reviews the case, or the alarm, now."""

    def evidence_from(self, case_id: str) -> str | None:
        """The account that may add files to the case now; None when there is no such case or it takes none."""


class EvidenceFiles:
    def __init__(self, store: EvidenceStore, files: Files, cases: Cases, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._cases = cases
        self._clock = clock

    def offer(
        self,
        account: str,
        case_id: str,
        evidence_id: str,
        kind: Kind,
        media_type: str,
        size: int,
        credit_id: str | None = None,
    ) -> tuple[Evidence, Upload]:
        """A place for one file, and the form that fills it. The same id again gives the same place.

        Raises NotFound unless the account may add to this case, Invalid, TooManyFiles, NoMoreEvidence, UploadOver,
        Conflict, Retryable."""
        self._must_own(account, case_id)
        wrong = [] if media_type in MEDIA_TYPES else [WRONG_MEDIA_TYPE.broken_at("/media_type")]
        if not 1 <= size <= MAXIMUM_BYTES:
            wrong.append(WRONG_SIZE.broken_at("/size"))
        if wrong:
            raise Invalid(wrong)
        now = self._clock()
        evidence = self._store.evidence(case_id, evidence_id)
        if evidence is None:
            evidence = self._place(offered(case_id, evidence_id, account, kind, credit_id, media_type, now))
        left = int((datetime.fromisoformat(evidence.upload_until) - now).total_seconds())
        if evidence.status != "quarantine" or left <= 0:
            raise UploadOver
        url, fields = self._files.upload(evidence.upload_key, evidence.media_type, MAXIMUM_BYTES, left)
        return evidence, Upload(url, fields, evidence.upload_until)

    def _place(self, evidence: Evidence) -> Evidence:
        """As placed, by whoever was first with this id."""
        shelf = self._store.shelf(evidence.case_id)
        if shelf.delete_after is not None:
            raise NoMoreEvidence
        held = [one for one in self._store.of_case(evidence.case_id) if one.status in ("quarantine", "accepted")]
        if len(held) >= MOST_FILES or shelf.uploads >= MOST_UPLOADS:
            raise TooManyFiles
        try:
            self._store.offer(shelf, shelf.with_upload(), evidence)
        except TakenMeanwhile:
            placed = self._store.evidence(evidence.case_id, evidence.evidence_id)
            if placed is None:
                raise Conflict from None
            return placed
        return evidence

    def confirm(self, account: str, case_id: str, evidence_id: str) -> Evidence:
        """The file has been sent: it is checked now, and accepted or rejected. Again: as it stands.

        Raises NotFound, NotArrivedYet, Retryable."""
        self._must_own(account, case_id)
        evidence = self._existing(case_id, evidence_id)
        if evidence.status != "quarantine":
            return evidence
        content = self._files.read(evidence.upload_key)
        if content is None:
            evidence = self._existing(case_id, evidence_id)  # another confirmation may have been faster
            if evidence.status != "quarantine":
                return evidence
            raise NotArrivedYet
        return self._settle(evidence, content)

    def open(
        self,
        reader: str,
        case_id: str,
        evidence_id: str,
        language: Language = "fr",
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> Reading:
        """A link for the case's reviewer, written down before it is given: it shows the file, which is named by what it
        is, in that language, and by the title of its credit (`titles`). Raises NotTheReviewer, NotFound, NotKept,
        Conflict, Retryable."""
        if not self._cases.may_read(reader, case_id):
            raise NotTheReviewer
        for _ in range(_ATTEMPTS):
            evidence = self._existing(case_id, evidence_id)
            if evidence.status != "accepted":
                raise NotKept
            now = self._clock()
            after, fact = evidence.opened(reader, now)
            try:
                self._store.change(evidence, after, fact, now)
            except TakenMeanwhile:
                continue
            name = _name(evidence, language, titles.get(evidence.credit_id or ""))
            url = self._files.link(evidence.key, name, evidence.media_type, READING_SECONDS, inline=True)
            return Reading(url, READING_SECONDS)
        raise Conflict

    def of_case(self, case_id: str) -> list[Evidence]:
        return self._store.of_case(case_id)

    def signals(self, case_id: str) -> list[Signal]:
        """Files of this case that another account sent as well. Concerns: the file here, then the cases there."""
        found = []
        for evidence in self._store.of_case(case_id):
            if evidence.sha256 is None or evidence.refusal is not None:
                continue
            others = {
                other_case for owner, other_case, _ in self._store.with_hash(evidence.sha256) if owner != evidence.owner
            }
            if others:
                found.append(Signal("evidence_reused", (evidence.evidence_id, *sorted(others)), _REUSED))
        return found

    def case_ended(self, case_id: str, final_at: datetime, case_version: int) -> None:
        """The case is final: its files go thirty days after. News that are older than what is known change nothing.

        Raises Retryable when others kept writing."""
        self._follow(case_id, case_version, lambda shelf: shelf.ended(final_at, case_version))

    def case_reopened(self, case_id: str, case_version: int) -> None:
        """Like `case_ended`: its files are kept again, those that are not gone yet."""
        self._follow(case_id, case_version, lambda shelf: shelf.reopened(case_version))

    def sweep(self) -> int:
        """Deals with what is due; returns how much of it was. What cannot be done now stays due."""
        done = 0
        for case_id, evidence_id in list(self._store.due(self._clock())):
            try:
                if evidence_id is None:
                    self._empty(case_id)
                else:
                    self._attend(case_id, evidence_id)
                done += 1
            except (Retryable, TakenMeanwhile, NotFound) as error:
                log.warning("evidence_waits", case_id=case_id, evidence_id=evidence_id, reason=type(error).__name__)
        return done

    def _attend(self, case_id: str, evidence_id: str) -> None:
        """Nothing can arrive for this file any more: it is settled if nobody did, and what was left behind goes."""
        now = self._clock()
        evidence = self._existing(case_id, evidence_id)
        if evidence.due_at is None or evidence.due_at > stamp(now):
            return  # an index tells of what was
        if evidence.status == "quarantine":
            content = self._files.read(evidence.upload_key)
            if content is not None:
                evidence = self._settle(evidence, content)
            else:
                after, fact = evidence.never_arrived(now)
                self._store.change(evidence, after, fact, now)
                evidence = after
        keeps = {evidence.key} if evidence.status == "accepted" else set()
        # Beside it may lie what a check that lost against another one had put there.
        strays = [key for key in self._files.under(evidence.folder) if key not in keeps]
        self._files.delete([evidence.upload_key, *strays])
        self._store.change(evidence, evidence.cleared(), None, now)

    def _empty(self, case_id: str) -> None:
        """The time of the case's files is over."""
        now = self._clock()
        shelf = self._store.shelf(case_id)
        if shelf.due_at is None or shelf.due_at > stamp(now):
            return
        for evidence in self._store.of_case(case_id):
            self._files.delete([evidence.upload_key, *self._files.under(evidence.folder)])
            if evidence.status != "deleted":
                after, fact = evidence.deleted(now)
                self._store.change(evidence, after, fact, now)
        self._store.change_shelf(shelf, shelf.emptied())

    def _settle(self, evidence: Evidence, content: bytes) -> Evidence:
        """Checked once, whoever asks and how often. Raises Retryable."""
        checked = check(content, evidence.media_type, FORMATS, MAXIMUM_BYTES)
        now = self._clock()
        after, fact = evidence.settled(checked, content, now)
        if after.status == "accepted":
            self._files.put(after.key, checked.content, after.media_type)
        try:
            self._store.change(evidence, after, fact, now)
        except TakenMeanwhile:
            standing = self._existing(evidence.case_id, evidence.evidence_id)
            if after.status == "accepted" and not (standing.status == "accepted" and standing.key == after.key):
                self._files.delete([after.key])
            return standing
        try:
            self._files.delete([after.upload_key])
        except Retryable:
            log.warning("upload_left", case_id=after.case_id, evidence_id=after.evidence_id)  # still due
        return after

    def _follow(self, case_id: str, case_version: int, change: _Change) -> None:
        for _ in range(_ATTEMPTS):
            shelf = self._store.shelf(case_id)
            if shelf.case_version >= case_version:
                return
            try:
                self._store.change_shelf(shelf, change(shelf))
                return
            except TakenMeanwhile:
                continue
        raise Retryable("shelf_taken")

    def _must_own(self, account: str, case_id: str) -> None:
        if self._cases.evidence_from(case_id) != account:
            raise NotFound

    def _existing(self, case_id: str, evidence_id: str) -> Evidence:
        evidence = self._store.evidence(case_id, evidence_id)
        if evidence is None:
            raise NotFound
        return evidence


class _Change(Protocol):
    def __call__(self, shelf: Shelf, /) -> Shelf: ...


_REUSED = Bilingual(
    "Cette pièce a aussi été envoyée, à l’identique, par un autre compte.",
    "This very file was also sent by another account.",
)


def _name(evidence: Evidence, language: Language, title: str | None) -> str:
    """ "Contrat - La Marée haute.pdf"."""
    what = DOCUMENTS[evidence.kind].in_(language)
    return f"{' - '.join([what, *([title] if title else [])])}.{_EXTENSIONS[evidence.media_type]}"
