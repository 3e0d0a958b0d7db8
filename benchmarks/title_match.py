"""How well titles that people claim are told from those that sources have.

    python -m benchmarks.title_match                  # benchmarks/titles.jsonl
    python -m benchmarks.title_match --data FILE      # any file of that shape; the last line is one JSON object

One JSON object a line: `{id, claimed: {title, year, kind}, candidate: {title, original_title, aliases[], year, kind},
same}`. A year is a whole number or null, a kind `series`, `film`, `single` or null; `original_title` and `aliases` may
be missing or null, of the claimed title too. Anything else is refused with its line and field. The pairs of the
project are published titles and years, labelled by hand.

Precision is the share of what is called the same that is the same, recall the share of what is the same that is called
so. Every miss is printed with how close its titles were found.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from chalicelib.verification.titles import Kind, Match, Title, same_work
from infra.local.console import Failure
from infra.local.state import REPOSITORY

PAIRS = REPOSITORY / "benchmarks" / "titles.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two titles and whether they are of the same work."""

    pair_id: str
    claimed: Title
    candidate: Title
    same: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A pair that was judged otherwise than it is."""

    pair: Pair
    match: Match

    def __str__(self) -> str:
        return (
            f"  {self.match.score:.2f}  {self.pair.pair_id}: {_told(self.pair.claimed)} | {_told(self.pair.candidate)}"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: misses, and how many were right."""

    found: int
    refused: int
    false_positives: tuple[Miss, ...]
    false_negatives: tuple[Miss, ...]

    def figures(self) -> dict[str, Any]:
        """Shares of 1 with four decimals; null where there is nothing to divide by."""
        called, same = self.found + len(self.false_positives), self.found + len(self.false_negatives)
        return {
            "benchmark": "title_match",
            "pairs": called + self.refused + len(self.false_negatives),
            "same": same,
            "true_positives": self.found,
            "false_positives": len(self.false_positives),
            "false_negatives": len(self.false_negatives),
            "true_negatives": self.refused,
            "precision": round(self.found / called, 4) if called else None,
            "recall": round(self.found / same, 4) if same else None,
        }


def judge(pairs: Sequence[Pair]) -> Outcome:
    """Compares each pair."""
    matches = [(pair, same_work(pair.claimed, pair.candidate)) for pair in pairs]
    return Outcome(
        found=sum(pair.same and match.same for pair, match in matches),
        refused=sum(not pair.same and not match.same for pair, match in matches),
        false_positives=tuple(Miss(pair, match) for pair, match in matches if match.same and not pair.same),
        false_negatives=tuple(Miss(pair, match) for pair, match in matches if pair.same and not match.same),
    )


def read(file: Path) -> list[Pair]:
    """The pairs of a file; empty lines are skipped. A Failure names the line and the field that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{file} cannot be read: {error}") from error
    pairs = list(_pairs(file, text))
    if not pairs:
        raise Failure(f"{file} holds no pair.")
    return pairs


def _pairs(file: Path, text: str) -> Iterator[Pair]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _pair(json.loads(line))
        except json.JSONDecodeError as error:
            raise Failure(f"{file}, line {number}: no JSON ({error}).") from error
        except (ValueError, RecursionError) as error:
            raise Failure(f"{file}, line {number}: {error}.") from error


def _pair(data: Any) -> Pair:
    if not isinstance(data, dict):
        raise ValueError("not an object")
    pair_id, same = data.get("id"), data.get("same")
    if isinstance(pair_id, bool) or not isinstance(pair_id, str | int) or pair_id == "":
        raise ValueError("id: a text or a whole number is needed")
    if not isinstance(same, bool):
        raise ValueError("same: true or false is needed")
    return Pair(str(pair_id), _title(data, "claimed"), _title(data, "candidate"), same)


def _title(data: dict[str, Any], field: str) -> Title:
    told = data.get(field)
    if not isinstance(told, dict):
        raise ValueError(f"{field}: an object is needed")
    title, year, kind = told.get("title"), told.get("year"), told.get("kind")
    original, aliases = told.get("original_title"), told.get("aliases")
    if not isinstance(title, str) or not title.strip():
        raise ValueError(f"{field}.title: a text is needed")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ValueError(f"{field}.year: a whole number or null is needed")
    if kind is not None and kind not in get_args(Kind):
        raise ValueError(f"{field}.kind: one of {', '.join(get_args(Kind))} or null is needed")
    if original is not None and not isinstance(original, str):
        raise ValueError(f"{field}.original_title: a text or null is needed")
    if aliases is not None and not (isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)):
        raise ValueError(f"{field}.aliases: a list of texts is needed")
    return Title(title, year, cast("Kind | None", kind), original, tuple(aliases or ()))


def _told(title: Title) -> str:
    others = [name for name in (title.original_title, *title.aliases) if name]
    also = f" = {' = '.join(others)}" if others else ""
    return f"{title.title}{also}, {title.year if title.year is not None else 'no year'}, {title.kind or 'no kind'}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.title_match", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=PAIRS, metavar="FILE", help="JSON lines (default: the project's)")
    options = parser.parse_args(arguments)
    try:
        outcome = judge(read(options.data))
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    for label, misses in (
        ("called the same, and are not", outcome.false_positives),
        ("not called the same, and are", outcome.false_negatives),
    ):
        print(f"{len(misses)} {label}")
        for miss in misses:
            # Half of a pair of surrogates, which JSON allows and no encoding knows, is shown as what it is.
            print(str(miss).encode(errors="backslashreplace").decode())
    print(json.dumps(outcome.figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
