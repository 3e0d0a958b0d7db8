"""Everything around files of evidence and attestations, in memory; and small files of each kind."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from chalicelib.platform.errors import Retryable
from chalicelib.verification.attestations import Attestation, Claim, Tally
from chalicelib.verification.errors import TakenMeanwhile
from chalicelib.verification.evidence_files import Evidence, Shelf
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.facts import Fact

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

CLAIM = Claim("Inès Kerjean", "Les Marées noires", "literary-director", "Falaise Films", 2021, 2019)


class FakeEvidenceStore:
    """The store of files and of attestations. `facts` is what it was told to publish, in order."""

    def __init__(self) -> None:
        self.shelves: dict[str, Shelf] = {}
        self.records: dict[tuple[str, str], Evidence] = {}
        self.hashes: dict[str, dict[str, tuple[str, str, str]]] = {}
        self.asked: dict[tuple[str, str], Attestation] = {}
        self.tallies: dict[tuple[str, str], tuple[str, ...]] = {}
        self.facts: list[Fact] = []

    def shelf(self, case_id: str) -> Shelf:
        return self.shelves.get(case_id, Shelf(case_id))

    def evidence(self, case_id: str, evidence_id: str) -> Evidence | None:
        return self.records.get((case_id, evidence_id))

    def of_case(self, case_id: str) -> list[Evidence]:
        return [self.records[key] for key in sorted(self.records) if key[0] == case_id]

    def offer(self, before: Shelf, after: Shelf, evidence: Evidence) -> None:
        key = (evidence.case_id, evidence.evidence_id)
        if self.shelves.get(before.case_id, Shelf(before.case_id)).version != before.version or key in self.records:
            raise TakenMeanwhile
        self.shelves[after.case_id], self.records[key] = after, evidence

    def change(self, before: Evidence, after: Evidence, fact: Fact | None, now: datetime) -> None:
        key = (before.case_id, before.evidence_id)
        if self.records[key].version != before.version:
            raise TakenMeanwhile
        self.records[key] = after
        if before.status == "quarantine" and after.status == "accepted":
            self._know(after)
        self._tell(fact)

    def adopt(self, before: Shelf, after: Shelf, evidence: Evidence, fact: Fact, now: datetime) -> None:
        self.offer(before, after, evidence)
        self._know(evidence)
        self._tell(fact)

    def _know(self, evidence: Evidence) -> None:
        known = self.hashes.setdefault(str(evidence.sha256), {})
        known[f"{evidence.case_id}/{evidence.evidence_id}"] = (evidence.owner, evidence.case_id, evidence.evidence_id)

    def change_shelf(self, before: Shelf, after: Shelf) -> None:
        if self.shelves.get(before.case_id, Shelf(before.case_id)).version != before.version:
            raise TakenMeanwhile
        self.shelves[after.case_id] = after

    def with_hash(self, digest: str) -> list[tuple[str, str, str]]:
        known = self.hashes.get(digest, {})
        return [known[key] for key in sorted(known)]

    def due(self, now: datetime) -> Iterator[tuple[str, str | None]]:
        owed: list[tuple[str, str, str | None]] = [
            (one.due_at, one.case_id, one.evidence_id) for one in self.records.values() if one.due_at
        ]
        owed += [(one.due_at, one.case_id, None) for one in self.shelves.values() if one.due_at]
        for due_at, case_id, evidence_id in sorted(owed, key=lambda one: one[0]):
            if due_at <= stamp(now):
                yield case_id, evidence_id

    def attestation(self, case_id: str, attestation_id: str) -> Attestation | None:
        return self.asked.get((case_id, attestation_id))

    def attestations(self, case_id: str) -> list[Attestation]:
        return [self.asked[key] for key in sorted(self.asked) if key[0] == case_id]

    def tally(self, whose: str, period: str, until: datetime) -> Tally:
        return Tally(whose, period, until, self.tallies.get((whose, period), ()))

    def ask(
        self, attestation: Attestation, counted: tuple[tuple[Tally, Tally], ...], fact: Fact, now: datetime
    ) -> None:
        key = (attestation.case_id, attestation.attestation_id)
        moved = [one for one, _ in counted if self.tallies.get((one.whose, one.period), ()) != one.attestation_ids]
        if key in self.asked or moved:
            raise TakenMeanwhile
        self.asked[key] = attestation
        for _, after in counted:
            self.tallies[after.whose, after.period] = after.attestation_ids
        self._tell(fact)

    def change_attestation(self, before: Attestation, after: Attestation, fact: Fact | None, now: datetime) -> None:
        key = (before.case_id, before.attestation_id)
        if self.asked[key].version != before.version:
            raise TakenMeanwhile
        self.asked[key] = after
        self._tell(fact)

    def around(self, nodes: Iterable[str]) -> list[Attestation]:
        wanted = set(nodes)
        found = [one for one in self.asked.values() if wanted.intersection(one.nodes)]
        return sorted(found, key=lambda one: one.attestation_id)

    def _tell(self, fact: Fact | None) -> None:
        if fact is not None:
            self.facts.append(fact)


class FakeFiles:
    """The bucket. While `broken`, every call fails as S3 does."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.broken = False

    def upload(self, key: str, media_type: str, maximum_bytes: int, seconds: int) -> tuple[str, dict[str, str]]:
        self._work()
        said = {"key": key, "Content-Type": media_type, "bytes": str(maximum_bytes), "seconds": str(seconds)}
        return "https://evidence.test/", said

    def read(self, key: str) -> bytes | None:
        self._work()
        return self.held.get(key)

    def put(self, key: str, content: bytes, media_type: str) -> None:
        self._work()
        self.held[key], self.types[key] = content, media_type

    def under(self, prefix: str) -> list[str]:
        self._work()
        return sorted(key for key in self.held if key.startswith(prefix))

    def delete(self, keys: list[str]) -> None:
        self._work()
        for key in keys:
            self.held.pop(key, None)

    def link(self, key: str, name: str, media_type: str, seconds: int, *, inline: bool) -> str:
        self._work()
        return f"https://evidence.test/{key}?name={name}&seconds={seconds}" + ("&inline" if inline else "")

    def _work(self) -> None:
        if self.broken:
            raise Retryable("s3_unreachable")


class FakeCases:
    """Who may add to a case, and who reviews it."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {"case-1": "sub-ines"}
        self.reviewers: dict[str, str] = {}

    def may_read(self, account: str, case_id: str) -> bool:
        return self.reviewers.get(case_id) == account

    def evidence_from(self, case_id: str) -> str | None:
        return self.owners.get(case_id)


class FakeClock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **much: float) -> None:
        self.now += timedelta(**much)


class FakeCompanies:
    def __init__(self, **domains: str) -> None:
        self.known = {"Falaise Films": frozenset({"falaise-films.test"})}

    def domains(self, company: str) -> frozenset[str]:
        return self.known.get(company, frozenset())


class FakePeople:
    def __init__(self) -> None:
        self.accounts: dict[str, str] = {"profile-ines": "ines@courriel.test"}

    def addresses(self, profile_id: str) -> frozenset[str]:
        return frozenset({self.accounts[profile_id]} if profile_id in self.accounts else ())

    def profile_at(self, address: str) -> str | None:
        return next((profile_id for profile_id, mail in self.accounts.items() if mail == address.lower()), None)


class FakeLinks:
    def link(self, attestation: Attestation) -> str:
        return f"{attestation.case_id}.{attestation.attestation_id}.{attestation.expires_at}"

    def read(self, token: str) -> tuple[str, str, str] | None:
        parts = token.split(".", 2)
        return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None


# ------------------------------------------------------------------------------------------------ small files


def a_pdf(*objects: str, catalog: str = "", trailer: str = "", info: str = "/Producer (Traitement 7.2)") -> bytes:
    """One blank page; `objects` are further ones from number 5 on, as written."""
    numbered = [
        f"1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalog} >>\nendobj\n",
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
        f"4 0 obj\n<< {info} /CreationDate (D:20210314101500+01'00') >>\nendobj\n",
        *(f"{number} 0 obj\n{written}\nendobj\n" for number, written in enumerate(objects, 5)),
    ]
    content = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for written in numbered:
        places.append(len(content))
        content += written.encode("latin-1")
    start = len(content)
    content += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    content += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    content += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n".encode()
    return content + f"startxref\n{start}\n%%EOF\n".encode()


def an_object_stream(content: bytes, described: str = "/Filter /FlateDecode", raw: bytes | None = None) -> str:
    """Objects compressed, as the text of an object."""
    packed = zlib.compress(content) if raw is None else raw
    head = f"<< /Type /ObjStm /N 1 /First 4 {described} /Length {len(packed)} >>\nstream\n"
    return head + packed.decode("latin-1") + "\nendstream"


def a_jpeg(*segments: tuple[int, bytes], width: int = 8, height: int = 8) -> bytes:
    """The frame of a grey picture; `segments` come before it as marker and content."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    table = bytes([0]) + bytes([1] + [0] * 15) + bytes([0])
    told = [(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), *segments]
    told += [(0xDB, bytes(65)), (0xC0, frame), (0xC4, table), (0xDA, bytes([1, 1, 0, 0, 63, 0]))]
    written = b"".join(bytes([0xFF, marker]) + struct.pack(">H", len(said) + 2) + said for marker, said in told)
    return b"\xff\xd8" + written + b"\x2a\xff\x00\x55\xff\xd9"


def exif(orientation: int = 6) -> tuple[int, bytes]:
    """A camera's notes: how it was held, and where (48° 51′ N), in a segment for `a_jpeg`."""
    turned = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    place = struct.pack("<HHII", 0x8825, 4, 1, 38)
    where = struct.pack("<H", 1) + struct.pack("<HHI4s", 1, 2, 2, b"N\x00\x00\x00") + b"GPS 48.8566 2.3522"
    return 0xE1, b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<H", 2) + turned + place + bytes(4) + where


def a_chunk(kind: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def a_png(*chunks: tuple[bytes, bytes], width: int = 2, height: int = 2) -> bytes:
    """A grey picture; `chunks` come between its header and its points."""
    told = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *chunks]
    told += [(b"IDAT", zlib.compress(b"\x00\x80\x80" * 2)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(a_chunk(*one) for one in told)
