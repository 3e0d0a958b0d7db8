"""A few invented people and films in the form of the evaluation sets."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

SUBJECTS = ("lighthouse keeper", "village school", "river barge", "glass factory", "mountain rescue", "opera singer")
GENRES = ("Drama", "Thriller", "Comedy")


def film(title: str, year: int, about: str, **changes: Any) -> dict[str, Any]:
    return {
        "title": title,
        "year": year,
        "genres": ["Drama"],
        "keywords": [],
        "overview": f"The story of a {about} and of the winter that changed everything.",
        "language": "en",
        "original_language": "en",
        "companies": [],
        **changes,
    }


def brief(number: int, **changes: Any) -> dict[str, Any]:
    about = SUBJECTS[number % len(SUBJECTS)]
    return {
        "id": f"b{number:03}",
        "kind": "film",
        **film(f"Return {number}", 2010 + number % 3, about, genres=[GENRES[number % 3]]),
        **changes,
    }


def person(number: int, *credits: dict[str, Any]) -> dict[str, Any]:
    about = SUBJECTS[number % len(SUBJECTS)]
    usual = film(
        f"First {number}",
        1990 + number % 18,
        about,
        genres=[GENRES[number % 3]],
        companies=[f"House {number % 7} Films"],
    )
    return {"id": f"p{number:04}", "credits": [{**usual, "role": ["writer"]}, *credits]}


def folder(
    at: Path,
    people: Iterable[Mapping[str, Any]],
    briefs: Iterable[Mapping[str, Any]],
    qrels: Sequence[tuple[str, str, int]] | None = None,
) -> Path:
    at.mkdir(parents=True, exist_ok=True)
    for name, records in (("profiles", people), ("briefs", briefs)):
        with gzip.open(at / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(record) + "\n" for record in records)
    if qrels is not None:
        lines = [f"{brief_id}\t{profile}\t{relevance}\t0\n" for brief_id, profile, relevance in qrels]
        (at / "qrels.tsv").write_text("brief_id\tprofile_id\trelevance\tsequel_link\n" + "".join(lines))
    return at
