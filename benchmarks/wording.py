"""How well requirements that may not be made are told from stories and from what may be asked.

    python -m benchmarks.wording                  # benchmarks/wording.jsonl
    python -m benchmarks.wording --data FILE      # any file of that shape; the last line is one JSON object

One JSON object a line: `{id, lang, text, kinds}`; `kinds` are the kinds of requirement that the text makes, of
those of `chalicelib/briefs/wording_rules.json`, and is empty for a harmless text. The texts of the project are
invented. They were written in five lots, each before anybody saw what the rules made of it, and the rules were
mended after each look, so that the figures of today are kind to them. The first looks say more: precision .94, .95,
.83, .91 and 1; recall .94, .68, .76, .76 and .67, the later lots being written to be hard to find.

Precision is the share of flagged texts that are to be flagged, recall the share of those to be flagged that are, and
`kind` the share of the texts rightly flagged where one of the kinds is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.briefs.wording_check import FILE, Remark, check_wording
from infra.local.console import Failure
from infra.local.state import REPOSITORY

CASES = REPOSITORY / "benchmarks" / "wording.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A text and the kinds of requirement that it makes."""

    case_id: str
    text: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    case: Case
    remarks: tuple[Remark, ...]

    def __str__(self) -> str:
        found = ", ".join(f"{each.kind} “{self.case.text[each.start : each.end]}”" for each in self.remarks)
        return f"  {self.case.case_id}: {self.case.text} | {', '.join(sorted(self.case.kinds)) or 'harmless'} | {found}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file."""

    answers: tuple[Answer, ...]

    @property
    def false_positives(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.remarks and not answer.case.kinds]

    @property
    def false_negatives(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.case.kinds and not answer.remarks]

    @property
    def found(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.case.kinds and answer.remarks]

    def figures(self) -> dict[str, Any]:
        """Shares of 1 with four decimals; null where there is nothing to divide by."""
        found = self.found
        called, due = len(found) + len(self.false_positives), len(found) + len(self.false_negatives)
        right = sum(any(remark.kind in answer.case.kinds for remark in answer.remarks) for answer in found)
        return {
            "benchmark": "wording",
            "texts": len(self.answers),
            "harmless": sum(not answer.case.kinds for answer in self.answers),
            "false_positives": len(self.false_positives),
            "false_negatives": len(self.false_negatives),
            "precision": round(len(found) / called, 4) if called else None,
            "recall": round(len(found) / due, 4) if due else None,
            "kind": round(right / len(found), 4) if found else None,
        }


def judge(cases: Sequence[Case]) -> Outcome:
    """Checks each text."""
    return Outcome(tuple(Answer(case, tuple(check_wording(case.text))) for case in cases))


def read(file: Path) -> list[Case]:
    """The cases of a file; empty lines are skipped. A Failure names the line and the field that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}") from error
    cases = list(_cases(file, text))
    if not cases:
        raise Failure(f"{file} holds no text.")
    return cases


def _cases(file: Path, text: str) -> Iterator[Case]:
    known = frozenset(json.loads(FILE.read_text(encoding="utf-8"))["kinds"])
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _case(json.loads(line), known)
        except json.JSONDecodeError as error:
            raise Failure(f"{file}, line {number}: no JSON ({error}).") from error
        except (ValueError, RecursionError) as error:
            raise Failure(f"{file}, line {number}: {error}.") from error


def _case(data: Any, known: frozenset[str]) -> Case:
    if not isinstance(data, dict):
        raise ValueError("not an object")
    case_id, text, kinds = data.get("id"), data.get("text"), data.get("kinds")
    if isinstance(case_id, bool) or not isinstance(case_id, str | int) or case_id == "":
        raise ValueError("id: a text or a whole number is needed")
    if not isinstance(text, str):
        raise ValueError("text: a text is needed")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise ValueError("kinds: a list of texts is needed")
    unknown = sorted(set(kinds) - known)
    if unknown:
        raise ValueError(f"kinds: {', '.join(unknown)} is none of {', '.join(sorted(known))}")
    return Case(str(case_id), text, frozenset(kinds))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wording", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=CASES, metavar="FILE", help="JSON lines (default: the project's)")
    options = parser.parse_args(arguments)
    try:
        outcome = judge(read(options.data))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    for label, misses in (
        ("flagged, and harmless", outcome.false_positives),
        ("not flagged, and to be flagged", outcome.false_negatives),
    ):
        print(f"{len(misses)} {label}")
        for miss in misses:
            print(str(miss).encode(errors="backslashreplace").decode())
    print(json.dumps(outcome.figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
