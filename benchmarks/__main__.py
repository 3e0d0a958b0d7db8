"""Runs the measurements and writes what they found to `docs/benchmarks.md`.

    python -m benchmarks                  # all of them
    python -m benchmarks units package    # some; the others' sections stay as they were

Each is a process of its own, whose last line is one JSON object; so is the last line of this one. A missed target is
written down like a met one, and makes this command fail.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.judging import METRICS
from benchmarks.match_quality import VARIABLE as MATCH_DATA
from infra.local.state import REPOSITORY

_DOCUMENT = REPOSITORY / "docs" / "benchmarks.md"

#: In the order of the document, with what each section is about.
BENCHMARKS = {
    "publish": "From publishing a project to its shortlist and its e-mail, on the local product",
    "freshness": "From a decision about a profile to what a producer is shown, on the local product",
    "site": "How soon pages are there and whether they move, on a processor four times slower, and how much they load",
    "verification_ready": "From submitting ten credits to a case that a person can decide, on the local product",
    "imports": "What a function imports when it starts",
    "package": "What is deployed, unzipped",
    "units": "What one published brief costs, from a hundred people to a hundred thousand",
    "match_speed": "How long the engine takes to rank everyone for a project, beside two search libraries",
    "exposure": "Who would be shown: shortlists of invented projects for an invented population",
    "title_match": "How well titles that people claim are told from those that sources have",
    "leak_check": "How well texts that would tell who the company is are told from those that would not",
    "wording": "How well what may not be asked of a freelancer is told from what a story tells",
    "match_quality": "How many of the people who really worked on a film are found by their earlier credits",
}
#: What some need that the project does not hold: the environment variable that says where it is.
NEEDS = {"match_quality": MATCH_DATA}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of figures: a key of a benchmark's JSON, and what it should be."""

    benchmark: str
    key: str
    label: str
    unit: str
    target: str = "none set"
    below: float | None = None
    least: float | None = None

    def met(self, figures: dict[str, Any]) -> bool | None:
        """None where nothing is asked, or nothing was measured."""
        value = figures.get(self.key)
        if value is None or (self.below is None and self.least is None):
            return None
        return (self.below is None or value < self.below) and (self.least is None or value >= self.least)

    def written(self, figures: dict[str, Any]) -> str:
        value = figures[self.key]
        verdict = {None: "", True: " (met)", False: " (**missed**)"}[self.met(figures)]
        return f"| {self.label} | {value:,} {self.unit} | {self.target}{verdict} |"


ROWS = (
    Row("publish", "shortlist_p50_seconds", "publish → shortlist, p50, 1,000 profiles", "s", "under 1.5 s", 1.5),
    Row("publish", "shortlist_p95_seconds", "publish → shortlist, p95", "s"),
    Row("publish", "mail_p50_seconds", "publish → e-mail, p50", "s", "under 3 s", 3.0),
    Row("publish", "mail_p95_seconds", "publish → e-mail, p95", "s"),
    Row(
        "freshness",
        "verified_to_shortlist_p50_seconds",
        "profile verified → in a shortlist, p50",
        "s",
        "under 3 s",
        3.0,
    ),
    Row("freshness", "verified_to_shortlist_p95_seconds", "profile verified → in a shortlist, p95", "s"),
    Row("freshness", "readings_that_showed_somebody_removed", "answers that show somebody removed", "", "none", 1),
    *(
        row
        for page, label in (
            ("landing", "landing page"),
            ("landing_english", "landing page in English"),
            ("sign_in", "sign-in"),
            ("rates", "rates"),
            ("producer_home", "producer's home"),
            ("new_project", "new project"),
            ("freelancer_home", "freelancer's home"),
            ("queue", "queue of cases"),
        )
        for row in (
            Row("site", f"{page}_lcp_p50_seconds", f"{label}: largest contentful paint, p50", "s", "under 1.5 s", 1.5),
            Row("site", f"{page}_shift_worst", f"{label}: layout shift, worst", "", "under 0.05", 0.05),
        )
    ),
    Row("site", "landing_script_kb", "script of the landing page, gzipped", "kB", "under 200 kB", 200),
    *(
        Row("site", f"{space}_script_kb", f"script of the {space}'s space, gzipped", "kB", "under 350 kB", 350)
        for space in ("producer", "freelancer", "admin")
    ),
    Row(
        "verification_ready",
        "ready_p50_seconds",
        "ten credits submitted → ready for a person, p50",
        "s",
        "under 5 s",
        5.0,
    ),
    Row("verification_ready", "ready_p95_seconds", "ten credits submitted → ready for a person, p95", "s"),
    Row("imports", "slowest_ms", "slowest import, working copy", "ms", "under 300 ms", 300.0),
    Row("imports", "slowest_archive_ms", "slowest import, archive", "ms", "under 300 ms", 300.0),
    Row("imports", "slowest_archive_not_compiled_ms", "slowest import, archive, not compiled", "ms"),
    Row("package", "lambda_unzipped_mb", "archive for AWS, unzipped", "MB", "under 62 MB, never over 120 MB", 62.0),
    *(
        Row("units", f"{key}_{people}", f"{label}, {people:,} candidates", unit)
        for people in (100, 1_000, 10_000, 100_000)
        for key, label, unit in (
            ("read_units", "read units a brief", ""),
            ("write_units", "write units a brief", ""),
            ("usd_per_brief", "price of a brief in Paris", "USD"),
        )
    ),
    *(
        Row(
            "match_speed",
            f"ours_p50_ms_{people}",
            f"ranking, p50, {people:,} people",
            "ms",
            f"under {most:.0f} ms",
            most,
        )
        for people, most in ((1_000, 5.0), (10_000, 10.0), (100_000, 30.0))
    ),
    Row("match_speed", "times_bm25s_100000", "the same in times of bm25s, 100,000 people", "", "under 3", 3.0),
    Row("match_speed", "load_seconds_100000", "loading a snapshot, 100,000 people", "s", "under 0.5 s", 0.5),
    Row("match_speed", "snapshot_mb_100000", "a snapshot, 100,000 people", "MB", "under 150 MB", 150.0),
    Row("exposure", "projects_showing_one", "projects showing a junior, of 60 with one eligible", ""),
    Row("exposure", "junior_seats_percent", "seats of juniors", "%"),
    Row("exposure", "gini", "Gini coefficient of seats over people eligible at least once", ""),
    Row("exposure", "gini_by_lot", "the same, were every seat drawn by lot", ""),
    Row("exposure", "ten_most_shown_percent", "seats of the ten people shown most", "%"),
    Row("title_match", "precision", "titles called the same that are", "", "at least 0.98", least=0.98),
    Row("title_match", "recall", "titles that are the same and are called so", "", "at least 0.9", least=0.90),
    Row("leak_check", "recall", "direct identifiers held back", "", "at least 0.97", least=0.97),
    Row("leak_check", "false_alarm_rate", "harmless texts held back", "", "at most 0.03", 0.03),
    Row("wording", "precision", "remarks on wording that are right", "", "at least 0.95", least=0.95),
    Row("wording", "recall", "wording that calls for a remark and has one", "", "at least 0.95", least=0.95),
    *(
        Row(
            "match_quality",
            f"{data}_{track}_{metric}",
            f"{label}, {named}, {'open' if track == 'open' else 'with companies'}",
            "",
            "none set" if least is None else f"at least {least}",
            least=least,
        )
        for data, named, track, least_of in (
            ("en", "English", "open", (0.104, 0.180, 0.091)),
            ("fr", "French", "open", (0.115, 0.184, 0.100)),
            ("en", "English", "company", (None, None, None)),
            ("fr", "French", "company", (None, None, None)),
        )
        for metric, label, least in zip(METRICS, ("R@10", "R@50", "nDCG@10"), least_of, strict=True)
    ),
)

_INTRODUCTION = """# Benchmarks

`make bench` measures and writes this page (`ONLY="units package"` for some of it). Figures are of the machine and day
that each section names; a median is shown wherever one run says little.

- **publish** runs the packaged product on the emulator of AWS on one machine, both halves on the same cores: on AWS the
  functions do not compete with the database, and a call costs milliseconds less. Compare runs of one machine.
- **freshness** runs the same product with the demo's eighty freelancers: the clock starts before an administrator's
  decision on a case, which the profile follows through stream, topic and queue. More people would not be more reading
  (units, below), only more ranking (match_speed).
- **site** opens pages of the packaged product in Chromium, on a screen of 412 by 823 points, with the processor slowed
  four times and nothing of the site kept from before; the product runs on the same cores. Scripts are those of the
  built site, everything that an account of a space may ever load included.
- **verification_ready** runs it with the stand-ins of the public sources (`infra/local/stand_in_sources.py`), each of
  which answers in 200 ms. A credit takes four questions, three of them to Wikidata one after the other, which all
  functions together ask five at once at most: 1.2 s of what is measured is that, whatever the machine.
- **imports** are medians of processes taken in turn. A first start on Lambda compiles everything, for the archive is
  read-only there and carries sources alone: the third column. What Lambda adds before an import is not in it.
- **package** is the archive unzipped. It was 17 MB before numpy, which holds the index in flat arrays
  (`docs/decisions/0013-where-candidates-live.md`). Of the 59 MB of numpy 41 are shipped: its linear algebra alone
  is 28, and numpy does not load without; tests, types, headers and libraries that nothing here calls stay behind
  (`infra/package.py`). The functions that rank load it when they first rank, the others never do. Snowball's stemmers
  in C are 2.7 MB; those in Python were 0.8, and took some 25 times as long for a word.
  RapidFuzz comes without its compiled parts, 11 MB, for it has everything in Python too.
- **units** are counted from the sizes of items and do not depend on the machine
  (`docs/decisions/0012-units-are-counted.md`); `make conformance` compares the counting with Amazon's DynamoDB Local.
- **prices** (and units) are of one brief among so many people, published while a function holds the snapshot of
  everyone and 36 of them have changed since. Prices are units and requests times those in `benchmarks/prices.json`,
  where each has its source, or says that it is an assumption; so is how much of loading and of building a snapshot one
  brief bears. The seconds of Lambda are a function's own on this machine, and an assumption for each of its calls and
  each megabyte they carry. Not in a price: storage, backups, logs, metrics, traces, data transfer, and what costs the
  same whether there are briefs or none.
- **match_speed** ranks with the product's engine for invented people of six works each, whose texts are drawn by Zipf's
  law; the two search libraries get the same terms and rank by words alone. Making the reasons of eight people is timed
  apart, and so is adding up the words alone without numpy (`docs/decisions/0013-where-candidates-live.md`).
- **exposure** ranks with the product's engine and compares the seats with a draw by lot among those who were eligible
  for each project; the words are those of `GET /admin/exposure` (`chalicelib/matching/exposure.py`). The population's
  regions and tastes are drawn evenly, so differences between regions are the chance of a few seats (n stands beside
  each; the last line of the text says how far they go when regions are dealt to the people anew), and those between
  levels come from points: a junior has fewer works that could be close. On the plot, Gini 0
  would be the same number of seats for everybody.
- **title_match** compares published titles and years of films, series and TV films, labelled by hand; the rules are
  those of `chalicelib/verification/titles.py`. The project's pairs were written in four lots, each of the later three
  before anybody saw what the rules made of it: at that first look precision was 1 of each, and recall .96 of the second
  (230 pairs), .95 of the third (119), .98 of the fourth (92). After the second and the third the rules were mended on
  what they had missed, so that the figure below is kind to them; the first looks say more. Any file of the same shape
  is judged by `python -m benchmarks.title_match --data FILE`.
- **leak_check** and **wording** judge invented texts, labelled by hand; half of them are harmless look-alikes. Both
  sets have served to mend what they judge, so the figures below are kind; `docs/decisions/0022-what-a-leak-is.md` has
  those of texts that somebody else wrote and that were judged before anything was mended. Any file of the same shape is
  judged by `python -m benchmarks.leak_check --data FILE`, or `wording`.
- **match_quality** needs credits that are not in the project, and is skipped where it is not told where they are:
  `MATCH_DATA=/data/en:/data/fr make bench ONLY=match_quality`; one folder and track alone, with its run,
  `python -m benchmarks.match_quality --data /data/fr --track open --run run.tsv`. It asks the product's engine for the
  makers of 750 films of 2010 to 2012 (210 of them told in French as well) among 12,734 people, by the credits they had
  before, and counts those who really wrote or produced them. Film data without anybody's profile: no world, tone,
  format, level or availability, so only genre, language, words, dates, functions and companies are tried.

![What a published project costs and reads, by how many people may be proposed](cost.svg)

![Seats shown against people eligible, by level and by region, and how seats are spread](exposure.svg)

## Matching quality

R@10 and R@50 are the share of a film's makers among the first 10 and 50 people, nDCG@10 gives their places and
who wrote more weight. *Open* is a project without its company, *with companies* one that names those behind it, as
projects here do unless the producer switches that off. The usual way is BM25 on one text per person.

| R@10 / R@50 | English, open | French, open | English, with companies | French, with companies |
|---|---|---|---|---|
{quality}

Thousands who would fit as well count as wrong, so figures are low; they compare rankers and promise nothing to a
producer. The intervals under `match_quality` below say how far the same engine would swing on other films: in French by
.03 on R@10 either way, so that a difference of .01 there is no finding.

What generalises, and what may not. The rule and its form (work by work, pooled by a high power) were chosen on these
same films, in both languages and three years at once, so the figures are a little kind to it; the French films are
among the English ones, so that the two are not two witnesses. Films of 2012 fare no worse than those of 2010 and 2011,
but one year is no other decade. Half of what the open track finds are sequels and other films of one family; without
those, R@10 is near .07 in English and .05 in French. Companies find three times as many, and find again whom the
company knows: that is why they are a criterion apart, to be switched off. Television fiction, script editors and
profiles written by their owners are not in these data; that the order of merit carries over to them is a judgement,
not a measurement. `python -m benchmarks.tune` refits the weights and tells what a fit is worth on briefs that it has
not seen (`docs/recipes/calibrate-the-weights.md`).

## All figures
"""

#: R@10 / R@50 of the number of credits alone, and of BM25 on all of a person's texts as one document, on the same data.
_OTHER_RANKERS = (
    "| number of credits | .016 / .045 | .013 / .056 | | |",
    "| BM25, one text a person | .064 / .107 | .061 / .126 | | |",
)


def main(arguments: list[str]) -> int:
    unknown = [name for name in arguments if name not in BENCHMARKS]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    sections = _sections()
    failed = []
    for name in arguments or BENCHMARKS:
        print(f"\n{name}", flush=True)
        if name in NEEDS and not os.environ.get(NEEDS[name]):
            print(f"  skipped: its data is not in the project, and {NEEDS[name]} does not say where it is", flush=True)
            continue
        lines, code = _run(name)
        told = bool(lines) and lines[-1].startswith("{")
        if told:
            sections[name] = _section(name, lines)
        figures = json.loads(lines[-1]) if told else {}
        if code != 0 or any(row.met(figures) is False for row in ROWS if row.benchmark == name):
            failed.append(name)
    _DOCUMENT.write_text(_document(sections), encoding="utf-8")
    print(
        f"\nWritten to {_DOCUMENT.relative_to(REPOSITORY)}."
        + (f" Missed a target or failed: {', '.join(failed)}." if failed else "")
    )
    # What is written down, measured now or before: `publish_shortlist_p50_seconds` and so on.
    figures = {
        f"{name}_{key}": value
        for name in BENCHMARKS
        for key, value in _figures(sections.get(name, ""))
        if key != "benchmark"
    }
    print(json.dumps({"benchmark": "all", "failed": failed, **figures}))
    return 1 if failed else 0


def _run(name: str) -> tuple[list[str], int]:
    """The lines that a benchmark prints, shown while they come."""
    lines: list[str] = []
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return lines, process.returncode


def _section(name: str, lines: list[str]) -> str:
    details = "\n".join(lines[:-1]).strip("\n")
    return (
        f"## {name}\n\n{BENCHMARKS[name]}. {_machine()}, {datetime.now(UTC):%Y-%m-%d}.\n\n"
        f"```text\n{details}\n```\n\n```json\n{lines[-1]}\n```\n"
    )


def _document(sections: dict[str, str]) -> str:
    table = ["| figure | measured | target |", "|---|---|---|"]
    figures = {name: dict(_figures(section)) for name, section in sections.items()}
    table += [row.written(figures[row.benchmark]) for row in ROWS if row.key in figures.get(row.benchmark, {})]
    ordered = [sections[name] for name in BENCHMARKS if name in sections]
    return "\n".join(
        [_INTRODUCTION.format(quality="\n".join(_quality(figures.get("match_quality", {})))), *table, "", *ordered]
    )


def _quality(figures: dict[str, Any]) -> list[str]:
    """Rows of the table of rankers."""

    def cell(case: str) -> str:
        reached = [figures.get(f"{case}_{metric}") for metric in ("recall_10", "recall_50")]
        return " / ".join(f"**{value:.3f}**".replace("0.", ".") for value in reached if value is not None)

    cases = ("en_open", "fr_open", "en_company", "fr_company")
    return [*_OTHER_RANKERS, f"| this engine | {' | '.join(cell(case) for case in cases)} |"]


def _sections() -> dict[str, str]:
    """The sections of the document as it stands, by benchmark."""
    if not _DOCUMENT.exists():
        return {}
    parts = re.split(r"^## (\w+)\n", _DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: f"## {name}\n{body.rstrip()}\n" for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def _figures(section: str) -> Iterator[tuple[str, Any]]:
    found = re.search(r"```json\n(.*)\n```", section)
    if found:
        yield from json.loads(found[1]).items()


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{platform.system()} on {platform.machine()}{_processor()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB of memory, Python {platform.python_version()}"
    )


def _processor() -> str:
    """The processor's name where the system tells it."""
    file = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*:\s*(.+)$", file.read_text(), re.MULTILINE) if file.exists() else []
    return f" ({names[0]})" if names else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
