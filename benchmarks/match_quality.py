"""How well the engine finds the people who really worked on a film, by their earlier credits.

    python -m benchmarks.match_quality --data DIR --track open|company --run OUT.tsv
    MATCH_DATA=DIR:DIR python -m benchmarks.match_quality      # each of them, in both tracks

DIR holds `briefs.jsonl.gz` and `profiles.jsonl.gz`, and perhaps `qrels.tsv`, which says who is right. OUT.tsv gets
`brief profile rank score`, the first hundred people of each brief. The last line printed is one JSON object.

This only translates: `rank` is the product's. Everybody is a candidate, for the data has nothing of what makes somebody
eligible, and today is the first day of the brief's year. The two tracks differ by one thing: whether a brief names the
companies behind the film, as a project on the platform does unless its producer switches that off.

A brief has `id`, `year`, and perhaps `title`, `overview`, `language` (of those), `genres`, `keywords`,
`original_language`, `companies`. A profile has `id` and `credits`, each with the same and `role`. Anything but an id
and a brief's year may be missing or null.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.judging import METRICS, Judgements, interval, judged, mean, read_judgements
from chalicelib.matching.arrays import Arrays
from chalicelib.matching.documents import prepare
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import rank
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.weights import Weights, weights
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.console import Console, Failure
from infra.local.state import REPOSITORY

OPEN, COMPANY = TRACKS = ("open", "company")
#: Where the folders are that `python -m benchmarks` measures, separated as in PATH.
VARIABLE = "MATCH_DATA"
ROWS = 100

#: What a film's brief looks for, and so the function of those who wrote: the nearest the product has to it.
WRITING = "literary-director"
#: Half as near to writing as writing itself, which leaves a work .95 of its closeness.
PRODUCING = "artistic-producer"
#: No role of the product's, as near to writing as nothing: .9.
FINANCING = "executive-producer"

_FUNCTIONS = {
    **dict.fromkeys(("writer", "screenplay", "story", "script_editor", "dialogue", "development"), WRITING),
    "producer": PRODUCING,
}

#: An escape that lost its backslash, for a letter that ASCII has not: `Cinu00e9ma`. Only those of the Latin, Greek and
#: Cyrillic alphabets: "Clubdeal" has none.
_BROKEN_ESCAPE = re.compile(r"\\?u(0[0-5][0-9a-f]{2})")

Data = Mapping[str, Any]


# ---- the translation


def brief_of(data: Data, *, companies: bool) -> BriefSnapshot:
    """A film to be made as the project it would be. Its keywords are English, whatever the language of its texts."""
    language = data.get("language") or ""
    pitch = [(language, data.get("overview") or ""), ("en", _listed(data))]
    return BriefSnapshot(
        brief_id=data["id"],
        version=1,
        role=WRITING,
        genres=_strings(data.get("genres")),
        languages=_strings(data.get("original_language")),
        deadline=date(int(data["year"]), 1, 1),
        logline={language: data.get("title") or ""},
        pitch={spoken: "\n".join(text for told, text in pitch if told == spoken) for spoken, _ in pitch},
        companies=_companies(data) if companies else (),
    )


def candidate_of(data: Data) -> CandidateSnapshot:
    """A person with their credits, every one of them checked, and nothing declared."""
    return CandidateSnapshot(
        profile_id=data["id"],
        roles=(WRITING,),
        verification="verified",
        credits=tuple(credit_of(credit, number) for number, credit in enumerate(data.get("credits") or ())),
    )


def credit_of(data: Data, number: int) -> CreditSnapshot:
    """One credit; of one without a year, nothing is recent."""
    companies = _companies(data)
    return CreditSnapshot(
        credit_id=f"{number:04}",
        title=data.get("title") or "",
        year=int(data.get("year") or 0),
        function=function_of(_strings(data.get("role"))),
        genres=_strings(data.get("genres")),
        language=data.get("original_language") or None,
        company=companies[0] if companies else None,
        co_producers=companies[1:],
        text_language=data.get("language") or "",
        synopsis=data.get("overview") or "",
        contribution=_listed(data),
        verification=3,
    )


def function_of(roles: Sequence[str]) -> str:
    """The function of somebody who did all of these on one film: the nearest to writing; FINANCING for roles that
    nobody knows."""
    found = {_FUNCTIONS.get(role, FINANCING) for role in roles}
    return next((function for function in (WRITING, PRODUCING) if function in found), FINANCING)


def mended(name: str) -> str:
    """A company's name as it is written: `Cinu00e9ma` → `Cinéma`."""
    return _BROKEN_ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if int(found[1], 16) >= 0xA0 else found[0],
        name,
    )


def _companies(data: Data) -> tuple[str, ...]:
    return tuple(mended(name) for name in _strings(data.get("companies")))


def _listed(data: Data) -> str:
    return ", ".join(_strings(data.get("keywords")))


def _strings(value: Any) -> tuple[str, ...]:
    """A list of words, a single one, or nothing; what is no word is left out."""
    several = (value,) if isinstance(value, str) else value or ()
    return tuple(one for one in several if isinstance(one, str) and one)


# ---- the data


@dataclass(frozen=True, eq=False)
class Collection:
    """One folder: its people ready to be ranked, its briefs as they are written, and who is right for each, None when
    nobody says."""

    name: str
    arrays: Arrays
    briefs: Sequence[Data]
    judgements: Judgements | None


def read(folder: Path) -> Collection:
    """Raises Failure for a folder or a line that is not what it should be. The first of two with one id counts."""
    judgements = folder / "qrels.tsv"
    people = (
        (person["id"], 1, prepare(candidate_of(person)))
        for person in _records(folder / "profiles.jsonl.gz", year=False)
    )
    return Collection(
        folder.resolve().name,
        Arrays.of(people),
        list(_records(folder / "briefs.jsonl.gz", year=True)),
        read_judgements(judgements) if judgements.exists() else None,
    )


def _records(path: Path, *, year: bool) -> Iterator[Data]:
    seen: set[str] = set()
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                record = _record(line, f"{path}, line {number}", year=year)
                if record["id"] not in seen:
                    seen.add(record["id"])
                    yield record
    except FileNotFoundError:
        raise Failure(f"There is no {path}.") from None
    except (OSError, EOFError, UnicodeDecodeError) as damaged:
        raise Failure(f"{path} cannot be read: {damaged}.") from damaged


def _record(line: str, where: str, *, year: bool) -> Data:
    try:
        record = json.loads(line)
    except ValueError as damaged:
        raise Failure(f"{where}: not JSON ({damaged}).") from None
    if not isinstance(record, dict) or not isinstance(record.get("id"), str) or len(record["id"].split()) != 1:
        raise Failure(f"{where}: `id` is not a word.")
    if year and not (isinstance(record.get("year"), int) and 1 <= record["year"] <= 9999):
        raise Failure(f"{where}: `year` is {record.get('year')!r}, not a year.")
    return record


# ---- the measurement


@dataclass(frozen=True, slots=True)
class Ranked:
    """Whom the engine puts first for one brief, best first, with their points; and the milliseconds it took."""

    brief_id: str
    placed: Sequence[tuple[str, int]]
    milliseconds: float


def ranked(collection: Collection, track: str, by: Weights | None = None) -> Iterator[Ranked]:
    """Every brief, as production ranks it; `by` other weights than those in force."""
    segments, words, used = [Segment(collection.arrays)], taxonomy(), by or weights()
    for data in collection.briefs:
        brief = brief_of(data, companies=track == COMPANY)
        began = time.perf_counter()
        ranking = rank(brief, segments, weights=used, taxonomy=words, today=brief.deadline, depth=ROWS, everyone=True)
        spent = (time.perf_counter() - began) * 1000
        yield Ranked(brief.brief_id, [(one.profile_id, one.score) for one in ranking.in_order], spent)


def lines(run: Iterable[Ranked]) -> Iterator[str]:
    for one in run:
        for number, (profile, score) in enumerate(one.placed, 1):
            yield f"{one.brief_id}\t{profile}\t{number}\t{score}\n"


def write(path: Path, written: Iterable[str]) -> None:
    """The whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as out:
            out.writelines(written)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def measure(collection: Collection, track: str, path: Path, console: Console) -> dict[str, Any]:
    """Writes the run and says what was found."""
    with console.step(f"{collection.name}, {track}: {len(collection.briefs)} briefs"):
        run = list(ranked(collection, track))
        write(path, lines(run))
    figures: dict[str, Any] = {
        "briefs": len(collection.briefs),
        "people": collection.arrays.people,
        "works": collection.arrays.works,
        "rows": sum(len(one.placed) for one in run),
        "milliseconds_p50": round(median([one.milliseconds for one in run] or [0.0]), 2),
    }
    if collection.judgements:
        found = judged({one.brief_id: [profile for profile, _ in one.placed] for one in run}, collection.judgements)
        figures["judged_briefs"] = len(found)
        for metric, values in zip(METRICS, zip(*found, strict=True), strict=True):
            low, high = interval(values)
            console.line(f"    {metric:<10} {mean(values):.4f}   95 % interval {low:.4f} to {high:.4f}")
            figures |= {
                metric: round(mean(values), 4),
                f"{metric}_low": round(low, 4),
                f"{metric}_high": round(high, 4),
            }
    return figures


def _measure_all(folders: Sequence[Path], console: Console) -> dict[str, Any]:
    figures: dict[str, Any] = {"weights": weights().version}
    for folder in folders:
        with console.step(str(folder.name)):
            collection = read(folder)
        for track in TRACKS:
            path = REPOSITORY / "build" / "match_quality" / f"{collection.name}-{track}.tsv"
            found = measure(collection, track, path, console)
            figures |= {f"{collection.name}_{track}_{key}": value for key, value in found.items()}
    return figures


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.match_quality", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, metavar="DIR")
    parser.add_argument("--track", choices=TRACKS)
    parser.add_argument("--run", type=Path, metavar="OUT.tsv")
    chosen = parser.parse_args(arguments)
    given = [chosen.data, chosen.track, chosen.run]
    folders = [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]
    if None in given and (any(given) or not folders):
        parser.error(f"--data, --track and --run are needed, or none of them and {VARIABLE}")
    console = Console()
    try:
        if None in given:
            figures = _measure_all(folders, console)
        else:
            with console.step(str(chosen.data)):
                collection = read(chosen.data)
            figures = {"track": chosen.track, "weights": weights().version}
            figures |= measure(collection, chosen.track, chosen.run, console)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    console.line(json.dumps({"benchmark": "match_quality", **figures}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
