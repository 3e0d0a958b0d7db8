"""How well texts that tell who is behind an anonymous project are told from those that only look so.

    python -m benchmarks.leak_check                  # benchmarks/leak_check.jsonl
    python -m benchmarks.leak_check --data FILE      # any file of that shape; the last line is one JSON object

One JSON object a line: `{id, lang: fr|en, where: logline|pitch|message, company: {name, acronyms[], siren, domain,
people[], address}, confidential_title, broadcaster, text, leaks: [{kind, span}], harmless}`. What a text is for may be
missing or something else, which counts as unknown. A kind is one of company,
acronym, person, domain, email, phone, url, handle, siren, address, title, broadcaster; a `span` is a part of `text`,
letter by letter. Every field of a company may be null or missing, and so may title and broadcaster. Anything else is
refused with its line and field. Companies, people and works of the project's own set are invented.

A leak is found when a finding that blocks overlaps the span where it stands; a span that the text holds several times
counts once and is found at any of them. A false alarm is a harmless line in which anything blocks. Warnings count for
nothing. `recall` is the share of leaks found, `false_alarm_rate` that of harmless lines with a false alarm. Misses are
printed with what was found instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from chalicelib.briefs.leak_check import Finding, Hidden, Kind, Where, check
from infra.local.console import Failure
from infra.local.state import REPOSITORY

CASES = REPOSITORY / "benchmarks" / "leak_check.jsonl"
WHERE: tuple[Where, ...] = get_args(Where)
KINDS = tuple(kind for kind in get_args(Kind) if kind != "combination")


@dataclass(frozen=True, slots=True)
class Leak:
    """A passage that tells."""

    kind: str
    span: str


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what it must not tell, and where it does."""

    case_id: str
    text: str
    hidden: Hidden
    leaks: tuple[Leak, ...]
    harmless: bool
    where: Where | None


@dataclass(frozen=True, slots=True)
class Miss:
    """A leak that was not found or, without one, a harmless text that was held back."""

    case: Case
    leak: Leak | None
    found: tuple[Finding, ...]

    def __str__(self) -> str:
        seen = ", ".join(f"{one.kind} {self.case.text[one.start : one.end]!r}" for one in self.found) or "nothing"
        told = f"{self.leak.kind} {self.leak.span!r}" if self.leak else "harmless"
        return f"  {self.case.case_id}: {told} | {seen} | {self.case.text!r}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file."""

    cases: int
    harmless: int
    leaks: Counter[str]
    missed: tuple[Miss, ...]
    false_alarms: tuple[Miss, ...]

    def figures(self) -> dict[str, Any]:
        """Shares of 1 with four decimals; null where there is nothing to divide by."""
        missed = Counter(miss.leak.kind for miss in self.missed if miss.leak)
        every = self.leaks.total()
        return {
            "benchmark": "leak_check",
            "cases": self.cases,
            "harmless": self.harmless,
            "leaks": every,
            "missed": len(self.missed),
            "false_alarms": len(self.false_alarms),
            "recall": _share(every - len(self.missed), every),
            "false_alarm_rate": _share(len(self.false_alarms), self.harmless),
            "recall_by_kind": {
                kind: _share(self.leaks[kind] - missed[kind], self.leaks[kind]) for kind in KINDS if self.leaks[kind]
            },
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def judge(cases: Sequence[Case]) -> Outcome:
    """Checks each text."""
    missed: list[Miss] = []
    false_alarms: list[Miss] = []
    for case in cases:
        blocking = tuple(one for one in check(case.text, case.hidden, where=case.where) if one.severity == "block")
        if case.harmless and blocking:
            false_alarms.append(Miss(case, None, blocking))
        missed += [Miss(case, leak, blocking) for leak in case.leaks if not _found(case.text, leak, blocking)]
    return Outcome(
        cases=len(cases),
        harmless=sum(case.harmless for case in cases),
        leaks=Counter(leak.kind for case in cases for leak in case.leaks),
        missed=tuple(missed),
        false_alarms=tuple(false_alarms),
    )


def _found(text: str, leak: Leak, blocking: Sequence[Finding]) -> bool:
    start = text.find(leak.span)
    while start >= 0:
        if any(one.start < start + len(leak.span) and start < one.end for one in blocking):
            return True
        start = text.find(leak.span, start + 1)
    return False


def read(file: Path) -> list[Case]:
    """The cases of a file; empty lines are skipped. A Failure names the line and the field that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}") from error
    cases = list(_cases(file, text))
    if not cases:
        raise Failure(f"{file} holds no case.")
    return cases


def _cases(file: Path, text: str) -> Iterator[Case]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _case(json.loads(line))
        except json.JSONDecodeError as error:
            raise Failure(f"{file}, line {number}: no JSON ({error}).") from error
        except (ValueError, RecursionError) as error:
            raise Failure(f"{file}, line {number}: {error}.") from error


def _case(data: Any) -> Case:
    if not isinstance(data, dict):
        raise ValueError("not an object")
    case_id, text, company, harmless = data.get("id"), data.get("text"), data.get("company") or {}, data.get("harmless")
    if isinstance(case_id, bool) or not isinstance(case_id, str | int) or case_id == "":
        raise ValueError("id: a text or a whole number is needed")
    if not isinstance(text, str):
        raise ValueError("text: a text is needed")
    if not isinstance(company, dict):
        raise ValueError("company: an object is needed")
    if not isinstance(harmless, bool):
        raise ValueError("harmless: true or false is needed")
    hidden = Hidden(
        names=_texts(company, "name", "company.name"),
        acronyms=_texts(company, "acronyms", "company.acronyms"),
        siren=next(iter(_texts(company, "siren", "company.siren")), None),
        domains=_texts(company, "domain", "company.domain"),
        people=_texts(company, "people", "company.people"),
        addresses=_texts(company, "address", "company.address"),
        titles=_texts(data, "confidential_title", "confidential_title"),
        broadcasters=_texts(data, "broadcaster", "broadcaster"),
    )
    where = next((one for one in WHERE if one == data.get("where")), None)
    return Case(str(case_id), text, hidden, _leaks(data, text, harmless), harmless, where)


def _texts(data: dict[str, Any], field: str, told: str) -> tuple[str, ...]:
    """One text, several, or none."""
    value = data.get(field)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(one, str) for one in values):
        raise ValueError(f"{told}: a text, a list of texts or null is needed")
    return tuple(one for one in values if one.strip())


def _leaks(data: dict[str, Any], text: str, harmless: bool) -> tuple[Leak, ...]:
    told = data.get("leaks") or []
    if not isinstance(told, list) or not all(isinstance(leak, dict) for leak in told):
        raise ValueError("leaks: a list of objects is needed")
    leaks = []
    for leak in told:
        kind, span = leak.get("kind"), leak.get("span")
        if kind not in KINDS:
            raise ValueError(f"leaks.kind: one of {', '.join(KINDS)} is needed")
        if not isinstance(span, str) or not span or span not in text:
            raise ValueError("leaks.span: a part of the text is needed")
        leaks.append(Leak(kind, span))
    if harmless and leaks:
        raise ValueError("leaks: a harmless text has none")
    return tuple(leaks)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leak_check", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=CASES, metavar="FILE", help="JSON lines (default: the project's)")
    options = parser.parse_args(arguments)
    try:
        outcome = judge(read(options.data))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    for label, misses in (("leaks not found", outcome.missed), ("harmless, and held back", outcome.false_alarms)):
        print(f"{len(misses)} {label}")
        for miss in misses:
            # Half of a pair of surrogates, which JSON allows and no encoding knows, is shown as what it is.
            print(str(miss).encode(errors="backslashreplace").decode())
    print(json.dumps(outcome.figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
