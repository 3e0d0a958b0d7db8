"""How long the engine takes to rank everyone for a project, beside two search libraries on the same people.

    python -m benchmarks.match_speed [--people 1000 10000 100000] [--briefs 40]

Every person has six verified credits. What they are made of (roles, genres, tasks, dates) is drawn as in
`benchmarks/invented.py`; their texts are words of no language, drawn by Zipf's law as those of any language are: the
texts of `invented.py` are variations on a few sentences, and an index of three hundred words would measure nothing.
The three get the same terms: ours work by work, the libraries in the usual way, one document for each person.

The search libraries find a hundred people by words alone. Ours applies the hard rules, compares ten criteria, pools
works and keeps exact points for the hundred, with all that their reasons are made of; making those of the eight on a
shortlist is timed apart.

Beside them, what the words alone would take without numpy: the same postings added up one by one, from arrays of the
standard library, for everyone (`docs/decisions/0013-where-candidates-live.md`).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import bm25s
import tantivy

from benchmarks import invented
from chalicelib.matching import text
from chalicelib.matching.arrays import IMPACT_BITS, Arrays, decode, pack
from chalicelib.matching.candidate_index import set_aside
from chalicelib.matching.documents import number_of, prepare, said_in
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import Ranking, rank
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy
from infra.local.console import Console

POPULATIONS = (1_000, 10_000, 100_000)
BRIEFS = 40
WORKS = 6
TODAY = date(2026, 11, 25)
ROLE = "literary-director"

#: Zipf's law over a vocabulary: the n-th word is said in proportion to 1 / n. Sixty thousand stems are what the
#: synopses of some thirty thousand works have together.
_VOCABULARY = 60_000
#: Words of a work's texts and of a brief's, small words apart: a synopsis of five lines, a pitch of a page.
_WORDS_OF_WORK = (20, 60)
_WORDS_OF_BRIEF = (50, 110)

#: What is asked of p50, in milliseconds.
_TARGETS = {1_000: 5.0, 10_000: 10.0, 100_000: 30.0}
_TIMES_BM25S = 3.0
_LOAD_SECONDS, _SNAPSHOT_MB = 0.5, 150.0

#: People explained, as for a shortlist; people found.
_EXPLAINED, _FOUND = 8, 100
#: Briefs of which the words are added up one by one, which takes long and hardly differs.
_WITHOUT_NUMPY = 5


class Language:
    """Invented words, the same for the same seed, drawn by how common they are."""

    def __init__(self) -> None:
        draw = random.Random("plot-point/speed/words")
        syllables = [a + b for a, b in itertools.product("bcdfghjklmnprstvz", ("a", "e", "i", "o", "u", "an", "our"))]
        words: dict[str, None] = {}
        while len(words) < _VOCABULARY:
            words["".join(draw.choices(syllables, k=draw.choice((2, 3, 3, 4))))] = None
        self._words = list(words)
        self._sums = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def passage(self, draw: random.Random, length: tuple[int, int]) -> str:
        return " ".join(draw.choices(self._words, cum_weights=self._sums, k=draw.randint(*length)))


def people(count: int, language: Language, words: Taxonomy) -> Iterator[CandidateSnapshot]:
    for number in range(count):
        draw = random.Random(f"plot-point/speed/{number}")
        yield _person(number, draw, language, words)


def _person(number: int, draw: random.Random, language: Language, words: Taxonomy) -> CandidateSnapshot:
    person = invented.person(draw, TODAY, words, works=WORKS)
    profile = person["profile"]
    return CandidateSnapshot.from_item(
        {
            **{name: profile[name] for name in ("roles", "languages", "availability", "work_modes", "region")},
            "specialities": profile["specialities"],
            "bio": {"fr": language.passage(draw, _WORDS_OF_WORK)},
            "profile_id": f"{number:026}",
            "verification": "verified",
            "levels": {role: draw.choice(("junior", "mid", "senior")) for role in profile["roles"]},
            "credits": [
                {
                    **credit,
                    "credit_id": f"{place:026}",
                    "verification": max(credit["level"], 1),
                    "synopsis": language.passage(draw, _WORDS_OF_WORK),
                    "contribution": "",
                }
                for place, credit in enumerate(person["credits"])
            ],
        }
    )


def briefs(count: int, language: Language, words: Taxonomy) -> list[BriefSnapshot]:
    found = []
    for number in range(count):
        draw = random.Random(f"plot-point/speed/brief/{number}")

        def some(dimension: str, most: int, draw: random.Random = draw) -> tuple[str, ...]:
            return tuple(draw.sample(list(words.dimensions[dimension].entries), draw.randint(1, most)))

        found.append(
            BriefSnapshot(
                brief_id=f"brief-{number}",
                version=1,
                role=ROLE,
                levels=some("seniority", 2),
                genres=some("genres", 2),
                tones=some("tones", 2),
                universes=some("universes", 2),
                stakes=some("stakes", 2),
                format=some("formats", 1)[0],
                development_stage=some("development-stages", 1)[0],
                tasks=some("tasks", 3),
                source_material=some("source-material", 1)[0],
                languages=("fr",),
                working_mode="hybrid",
                region=some("regions", 1)[0],
                deadline=TODAY + timedelta(days=240),
                start_from=TODAY + timedelta(days=20),
                start_until=TODAY + timedelta(days=90),
                estimated_days=40,
                pitch={"fr": language.passage(draw, _WORDS_OF_BRIEF)},
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds a brief for each ranker, in the order of the briefs; and what loading ours takes."""

    people: int
    ours: list[float]
    reasons: list[float]
    bm25s: list[float]
    tantivy: list[float]
    standard_library: list[float]
    snapshot_mb: float
    load_seconds: float


def measure(count: int, projects: Sequence[BriefSnapshot], language: Language, console: Console) -> Measured:
    words = taxonomy()
    said: list[list[str]] = []  # the terms of each person's works, as the libraries get them

    def entries() -> Iterator[Any]:
        for person in people(count, language, words):
            said.append([term for credit in person.credits for term in text.terms(credit.synopsis, "fr")])
            yield person.profile_id, 1, prepare(person)

    with tempfile.TemporaryDirectory(prefix="plot-point-speed-") as scratch:
        file = Path(scratch) / "snapshot"
        with console.step(f"{count} people"):
            data = pack(Arrays.of(entries()))
            file.write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            size = len(data)
            del data
        loads = []
        for _ in range(5):
            began = time.perf_counter()
            kept = file.read_bytes()
            if hashlib.sha256(kept).hexdigest() != digest:
                raise AssertionError("the snapshot is not what was written")
            arrays = decode(kept)
            arrays.place_of  # noqa: B018 - who is where belongs to what a function needs before its first brief
            loads.append(time.perf_counter() - began)
        segments = [Segment(arrays)]
        with console.step(f"bm25s, {count} documents"):
            usual = bm25s.BM25()
            usual.index(said, show_progress=False)
        with console.step(f"tantivy, {count} documents"):
            searcher, parse = _tantivy(Path(scratch), said)
        del said[:]
        set_aside()
        asked = [text.terms(brief.pitch["fr"], "fr") for brief in projects]

        ranked: list[Ranking] = []

        def ours(number: int) -> None:
            ranked[:] = [rank(projects[number], segments, weights=weights(), taxonomy=words, today=TODAY)]

        def reasons(_: int) -> None:
            (ranking,) = ranked
            for placed in ranking.placed[:_EXPLAINED]:
                ranking.explain(placed, [f"{place:026}" for place in range(WORKS)])

        def theirs(number: int) -> None:
            usual.retrieve([asked[number]], k=min(_FOUND, count), show_progress=False)

        def engine(number: int) -> None:
            searcher.search(parse(asked[number]), _FOUND)

        def one_by_one(number: int) -> None:
            _add_up(arrays, posted, said_in([("fr", projects[number].pitch["fr"])]))

        posted = array("I", arrays.tables["postings"].tobytes())
        in_turn = _times((ours, reasons, theirs, engine), len(projects))
        spent = (*in_turn, *_times((one_by_one,), min(len(projects), _WITHOUT_NUMPY)))
    return Measured(count, *spent, snapshot_mb=size / 1e6, load_seconds=median(loads))


def _times(rankers: Sequence[Callable[[int], None]], projects: int) -> list[list[float]]:
    """Milliseconds, ranker by ranker; in turn, so that a slow moment of the machine is everybody's."""
    spent: list[list[float]] = [[] for _ in rankers]
    for ranker in rankers:  # what is computed once is not part of a brief
        ranker(0)
    for number in range(projects):
        for ranker, times in zip(rankers, spent, strict=True):
            began = time.perf_counter()
            ranker(number)
            times.append((time.perf_counter() - began) * 1000)
    return spent


def _add_up(arrays: Arrays, posted: array[int], terms: Mapping[str, int]) -> array[float]:
    said = array("f", bytes(4 * (arrays.works + arrays.people)))
    for first, after in arrays.locate([number_of(term) for term in terms]):
        for posting in posted[first:after]:
            said[posting >> IMPACT_BITS] += posting & ((1 << IMPACT_BITS) - 1)
    return said


def _tantivy(folder: Path, said: Sequence[Sequence[str]]) -> tuple[Any, Callable[[Sequence[str]], Any]]:
    """An index in files, as the library reads them by memory mapping, and what makes a query of terms."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("works", stored=False, tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    (folder / "tantivy").mkdir()
    index = tantivy.Index(schema, str(folder / "tantivy"))
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for terms in said:
        writer.add_document(tantivy.Document(works=" ".join(terms)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()

    def query(terms: Sequence[str]) -> Any:
        each = [tantivy.Query.term_query(schema, "works", term) for term in terms]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in each])

    return index.searcher(), query


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.match_speed", description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=list(POPULATIONS), metavar="N")
    parser.add_argument("--briefs", type=int, default=BRIEFS, metavar="N")
    chosen = parser.parse_args(arguments)
    console = Console()
    language = Language()
    projects = briefs(chosen.briefs, language, taxonomy())
    measured = [measure(count, projects, language, console) for count in chosen.people]
    console.line()
    console.line(
        f"  {'p50 a brief, ms':<16} {'ours':>8} {'bm25s':>8} {'tantivy':>8} {'no numpy':>9}   snapshot        load"
    )
    for one in measured:
        times = (one.ours, one.reasons, one.bm25s, one.tantivy, one.standard_library)
        console.line(
            f"  {one.people:<16,}{''.join(f' {median(spent):>8.1f}' for spent in times)}"
            f"   {one.snapshot_mb:>6.1f} MB  {one.load_seconds:>6.3f} s"
        )
    figures: dict[str, Any] = {"benchmark": "match_speed", "briefs": chosen.briefs, "works_a_person": WORKS}
    for one in measured:
        figures |= {
            f"ours_p50_ms_{one.people}": round(median(one.ours), 2),
            f"reasons_p50_ms_{one.people}": round(median(one.reasons), 2),
            f"bm25s_p50_ms_{one.people}": round(median(one.bm25s), 2),
            f"tantivy_p50_ms_{one.people}": round(median(one.tantivy), 2),
            f"words_without_numpy_p50_ms_{one.people}": round(median(one.standard_library), 2),
            f"times_bm25s_{one.people}": round(median(one.ours) / median(one.bm25s), 2),
            f"snapshot_mb_{one.people}": round(one.snapshot_mb, 1),
            f"load_seconds_{one.people}": round(one.load_seconds, 3),
        }
    console.line(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
