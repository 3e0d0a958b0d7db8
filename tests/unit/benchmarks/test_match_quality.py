"""What the measurement of quality makes of its data, and the run that it writes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.match_quality import (
    FINANCING,
    PRODUCING,
    VARIABLE,
    WRITING,
    brief_of,
    candidate_of,
    function_of,
    main,
    mended,
    ranked,
    read,
)
from chalicelib.matching.population import Segment
from chalicelib.matching.ranking import rank
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.benchmarks.films import brief, film, folder, person


def run(at: Path, track: str = "open") -> list[list[str]]:
    out = at / "out" / "run.tsv"
    assert main(["--data", str(at), "--track", track, "--run", str(out)]) == 0
    assert [file.name for file in out.parent.iterdir()] == ["run.tsv"]
    return [line.split("\t") for line in out.read_text().splitlines()]


def test_a_run_has_a_hundred_people_a_brief_the_best_first(tmp_path: Path) -> None:
    folder(tmp_path, (person(number) for number in range(130)), (brief(number) for number in range(3)))
    rows = run(tmp_path)
    assert len(rows) == 300
    for number in range(3):
        own = [row for row in rows if row[0] == f"b{number:03}"]
        assert [int(rank) for _, _, rank, _ in own] == list(range(1, 101))
        assert len({profile for _, profile, _, _ in own}) == 100
        points = [int(score) for *_, score in own]
        assert points == sorted(points, reverse=True)
        assert points[0] > points[-1]


def test_everybody_is_a_candidate_even_without_a_credit(tmp_path: Path) -> None:
    nobody: list[dict[str, Any]] = [
        {"id": "p-none"},
        {"id": "p-null", "credits": None},
        {"id": "p-empty", "credits": []},
    ]
    folder(tmp_path, [*nobody, person(0)], [brief(0)])
    rows = run(tmp_path)
    assert {row[1] for row in rows} == {"p-none", "p-null", "p-empty", "p0000"}
    assert rows[0][1] == "p0000"
    assert {row[3] for row in rows[1:]} == {"0"}


@pytest.mark.parametrize(
    "name", ["title", "overview", "genres", "keywords", "companies", "language", "original_language"]
)
@pytest.mark.parametrize("missing", [True, False], ids=["missing", "null"])
def test_anything_but_an_id_and_a_year_may_be_unknown(tmp_path: Path, name: str, missing: bool) -> None:
    def without(record: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in record.items() if key != name} | ({} if missing else {name: None})

    someone = person(0)
    someone["credits"] = [without(credit) for credit in someone["credits"]]
    folder(tmp_path, [someone, person(1)], [without(brief(0))])
    for track in ("open", "company"):
        assert len(run(tmp_path, track)) == 2


def test_a_credit_without_year_or_role_counts_without_being_recent(tmp_path: Path) -> None:
    credit = {**film("Old", 2009, "lighthouse keeper"), "role": ["writer"]}
    unknown = {**credit, "year": None, "role": None}
    folder(tmp_path, [{"id": "known", "credits": [credit]}, {"id": "unknown", "credits": [unknown]}], [brief(0)])
    first, second = run(tmp_path)
    assert (first[1], second[1]) == ("known", "unknown")
    assert int(first[3]) > int(second[3]) > 0


@pytest.mark.parametrize(("people", "briefs"), [(0, 0), (0, 2), (3, 0)])
def test_empty_files_give_an_empty_run(tmp_path: Path, people: int, briefs: int) -> None:
    folder(tmp_path, (person(number) for number in range(people)), (brief(number) for number in range(briefs)))
    assert run(tmp_path) == []


def test_the_last_line_has_the_figures_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    qrels = [("b000", "p0000", 2), ("b001", "p0001", 1), ("b-elsewhere", "p0001", 1)]
    folder(tmp_path, (person(number) for number in range(60)), [brief(0), brief(1)], qrels)
    run(tmp_path)
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["benchmark"] == "match_quality"
    assert (figures["track"], figures["briefs"], figures["judged_briefs"]) == ("open", 2, 3)
    assert (figures["people"], figures["works"], figures["rows"]) == (60, 60, 120)
    assert figures["weights"] == weights().version
    for metric in ("recall_10", "recall_50", "ndcg_10"):
        assert figures[f"{metric}_low"] <= figures[metric] <= figures[f"{metric}_high"]
    assert figures["recall_50"] == pytest.approx(2 / 3, abs=1e-4)


def test_without_judgements_nothing_is_said_of_quality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder(tmp_path, [person(0)], [brief(0)])
    run(tmp_path)
    assert not {"recall_10", "judged_briefs"} & json.loads(capsys.readouterr().out.splitlines()[-1]).keys()


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "line 2: not JSON"), ('{"year": 2010}', "`id`"), ('{"id": "b", "year": "soon"}', "`year` is 'soon'")],
)
def test_a_line_that_is_no_brief_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    import gzip

    folder(tmp_path, [person(0)], [])
    with gzip.open(tmp_path / "briefs.jsonl.gz", "wt") as out:
        out.write(f"{json.dumps(brief(0))}\n{line}\n")
    kept = tmp_path / "run.tsv"
    kept.write_text("before")
    assert main(["--data", str(tmp_path), "--track", "open", "--run", str(kept)]) == 1
    assert said in capsys.readouterr().err
    assert kept.read_text() == "before"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "no"), "--track", "open", "--run", str(tmp_path / "run")]) == 1
    assert "profiles.jsonl.gz" in capsys.readouterr().err


def test_without_arguments_the_folders_of_the_environment_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("benchmarks.match_quality.REPOSITORY", tmp_path)
    for name in ("first", "second"):
        folder(tmp_path / name, [person(0)], [brief(0)], [("b000", "p0000", 2)])
    monkeypatch.setenv(VARIABLE, f"{tmp_path / 'first'}:{tmp_path / 'second'}")
    assert main([]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["first_open_recall_10"] == figures["second_company_recall_10"] == 1.0


# ---- the translation


def test_two_tracks_differ_by_the_companies_alone() -> None:
    data = brief(0, companies=["House 1 Films"])
    with_them, without = brief_of(data, companies=True), brief_of(data, companies=False)
    assert with_them.companies == ("House 1 Films",)
    assert without == replace(with_them, companies=())


def test_the_company_track_finds_who_worked_with_the_company(tmp_path: Path) -> None:
    about = "clock maker"
    alone = {"id": "alone", "credits": [{**film("Alone", 2005, about, companies=["House 1"]), "role": ["writer"]}]}
    other = {"id": "other", "credits": [{**film("Alone", 2005, about, companies=["House 2"]), "role": ["writer"]}]}
    folder(tmp_path, [alone, other], [brief(0, companies=["HOUSE 2 Productions"])])
    assert run(tmp_path, "company")[0][1] == "other"
    points = {row[3] for row in run(tmp_path, "open")}
    assert len(points) == 1


def test_the_ranking_is_that_of_production(tmp_path: Path) -> None:
    data = folder(tmp_path, (person(number) for number in range(40)), [brief(0)])
    collection = read(data)
    project = brief_of(brief(0), companies=False)
    expected = rank(
        project,
        [Segment(collection.arrays)],
        weights=weights(),
        taxonomy=taxonomy(),
        today=project.deadline,
        everyone=True,
    )
    (found,) = ranked(collection, "open")
    assert found.placed == [(one.profile_id, one.score) for one in expected.in_order]
    assert project.deadline.year == brief(0)["year"]


def test_everything_that_the_data_says_is_in_the_snapshots() -> None:
    data = brief(1, keywords=["ghost train"], companies=["A", "B"], original_language="da", language="fr")
    project = brief_of(data, companies=True)
    assert project.logline == {"fr": data["title"]}
    assert project.pitch == {"fr": data["overview"], "en": "ghost train"}
    assert (project.genres, project.languages, project.companies) == ((data["genres"][0],), ("da",), ("A", "B"))
    credit = {**film("Seven", 1999, "x", keywords=["ghost train"], companies=["A", "B", "C"]), "role": ["producer"]}
    (work,) = candidate_of({"id": "p", "credits": [credit]}).credits
    assert (work.title, work.year, work.synopsis, work.contribution) == (
        "Seven",
        1999,
        credit["overview"],
        "ghost train",
    )
    assert (work.company, work.co_producers, work.language) == ("A", ("B", "C"), "en")
    assert work.verified


def test_the_words_of_one_language_are_one_text() -> None:
    project = brief_of(brief(0, keywords=["ghost train", "fog"]), companies=False)
    assert project.pitch == {"en": f"{brief(0)['overview']}\nghost train, fog"}


def test_functions_are_as_near_to_writing_as_meant() -> None:
    floor = weights().percent("related_function_floor_percent")
    likeness = taxonomy().dimensions["roles"].similarity(WRITING, PRODUCING)
    assert function_of(["producer", "screenplay"]) == WRITING
    assert function_of(["executive_producer", "producer"]) == PRODUCING
    assert floor + (1 - floor) * likeness == pytest.approx(1 - (1 - floor) / 2)
    assert function_of(["executive_producer"]) == function_of(["stunts"]) == function_of([]) == FINANCING
    assert not taxonomy().knows("roles", FINANCING)


def test_broken_escapes_of_company_names_are_mended() -> None:
    assert mended("Cinu00e9ma Falaise") == "Cinéma Falaise"
    assert mended(r"\u00c9toile") == "Étoile"
    assert mended("Clubdeal") == "Clubdeal"
    assert mended("Studio u0041") == "Studio u0041"
