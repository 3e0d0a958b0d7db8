"""How well the engine finds the people who really worked on a film, on data in the format of the evaluation sets.

python -m benchmarks.match_quality --data DIR --track open|company --run OUT.tsv
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from chalicelib.matching.arrays import Arrays
from chalicelib.matching.documents import prepare
from chalicelib.matching.ranking import rank
from chalicelib.matching.scoring import Segment
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy

WRITING = "literary-director"
PRODUCING = "artistic-producer"


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def brief_of(data: dict[str, Any], *, companies: bool) -> BriefSnapshot:
    day = date(data["year"], 1, 1)
    return BriefSnapshot(
        brief_id=data["id"],
        version=1,
        role=WRITING,
        genres=tuple(data["genres"]),
        languages=(data["original_language"],),
        deadline=day,
        logline={data["language"]: data["title"]},
        pitch={data["language"]: ". ".join([data["overview"] or "", ", ".join(data["keywords"])])},
        companies=tuple(data["companies"]) if companies else (),
    )


def function(roles: list[str]) -> str:
    if {"writer", "screenplay", "story"} & set(roles):
        return WRITING
    return PRODUCING if "producer" in roles else "other"


def candidate_of(data: dict[str, Any]) -> CandidateSnapshot:
    return CandidateSnapshot(
        profile_id=data["id"],
        roles=(WRITING,),
        verification="verified",
        languages=("fr",),
        credits=tuple(
            CreditSnapshot(
                credit_id=f"{number:04}",
                title=credit["title"],
                year=credit["year"],
                function=function(credit["role"]),
                genres=tuple(credit["genres"]),
                language=credit["original_language"],
                company=(credit["companies"] or [None])[0],
                co_producers=tuple(credit["companies"][1:]),
                text_language=credit["language"],
                synopsis=credit["overview"] or "",
                contribution=", ".join(credit["keywords"]),
                verification=3,
            )
            for number, credit in enumerate(data["credits"])
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--track", choices=("open", "company"), required=True)
    parser.add_argument("--run", type=Path, required=True)
    arguments = parser.parse_args()
    words = taxonomy()
    arrays = Arrays.of(
        (person["id"], 1, prepare(candidate_of(person))) for person in read(arguments.data / "profiles.jsonl.gz")
    )
    segments = [Segment(arrays)]
    import time

    print(arrays.people, arrays.works, file=sys.stderr)
    spent = []
    with arguments.run.open("w", encoding="utf-8") as out:
        for data in read(arguments.data / "briefs.jsonl.gz"):
            brief = brief_of(data, companies=arguments.track == "company")
            t = time.perf_counter()
            ranking = rank(brief, segments, weights=weights(), taxonomy=words, today=brief.deadline, everyone=True)
            spent.append(time.perf_counter() - t)
            for one in ranking.placed[:100]:
                out.write(f"{brief.brief_id}\t{one.profile_id}\t{one.rank}\t{one.score}\n")
    print("p50 ms", sorted(spent)[len(spent) // 2] * 1000, file=sys.stderr)


main()
