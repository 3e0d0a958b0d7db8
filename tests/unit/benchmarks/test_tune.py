"""Calibration proposes and never decides."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks.match_quality import TRACKS, read
from benchmarks.tune import STEPS, TOLD, Cases, Setting, allowed, by_rank, coordinates, main
from chalicelib.matching.weights import FILE, document, parse, weights
from tests.unit.benchmarks.films import GENRES, SUBJECTS, brief, film, folder, person

PEOPLE, BRIEFS = 90, 24


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Films that the people made whose earlier ones were of the same genre, whatever they were about."""
    draw = random.Random("films")
    people = [
        person(
            number,
            {
                **film(
                    f"Second {number}",
                    draw.randint(1980, 2009),
                    draw.choice(SUBJECTS),
                    genres=draw.sample(GENRES, 2),
                    companies=[f"House {draw.randint(0, 6)}"],
                ),
                "role": [draw.choice(["writer", "producer", "executive_producer"])],
            },
        )
        for number in range(PEOPLE)
    ]
    briefs = [
        brief(number, companies=[f"House {number % 7}", f"House {number % 5}"], genres=[GENRES[number % 3]])
        for number in range(BRIEFS)
    ]
    qrels = [
        (one["id"], someone["id"], draw.choice((1, 2)))
        for one in briefs
        for someone in draw.sample(
            [person for person in people if one["genres"][0] in person["credits"][0]["genres"]], 6
        )
    ]
    return folder(tmp_path / "data", people, briefs, qrels)


def fitted(data: Path, out: Path, *more: str) -> dict[str, object]:
    assert main(["--data", str(data), "--rounds", "1", "--folds", "2", "--out", str(out), *more]) == 0
    loaded: dict[str, object] = json.loads(out.read_text())
    return loaded


def test_a_candidate_has_the_form_of_the_file_in_force_and_its_measured_gain(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = fitted(data, tmp_path / "candidate.json")
    fit = parse(found)
    assert fit.version == f"{weights().version}-candidate"
    assert sum(fit.criteria.values()) == 100
    untold = [name for name in fit.criteria if name not in TOLD]
    assert [fit.criteria[name] for name in untold] == [weights().criteria[name] for name in untold]
    assert {**fit.parameters, **{name: weights().parameters[name] for name in STEPS}} == weights().parameters
    in_force = document()
    assert found.keys() == {*in_force, "measured"}
    assert {name: found[name] for name in ("eligibility", "shortlist", "never_counts")} == {
        name: in_force[name] for name in ("eligibility", "shortlist", "never_counts")
    }
    measured = found["measured"]
    assert isinstance(measured, dict)
    assert measured["cases"].keys() == {"data_open", "data_company"}
    assert measured["changes"], "these films are found by their genre: there is something to learn"
    assert measured["relative_gain_in_sample"][0] > 0
    printed = capsys.readouterr().out.splitlines()
    assert json.loads(printed[-1])["changes"] == measured["changes"]


def test_the_same_seed_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    fitted(data, first, "--seed", "3", "--track", "open")
    fitted(data, second, "--seed", "3", "--track", "open")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("way", ["path", "link", "roundabout"])
def test_the_file_in_force_is_never_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    before = FILE.read_bytes()
    out = FILE
    if way == "link":
        out = tmp_path / "link.json"
        out.symlink_to(FILE)
    elif way == "roundabout":
        out = FILE.parent / ".." / "matching" / FILE.name
    assert main(["--data", str(data), "--out", str(out)]) == 1
    assert "in force" in capsys.readouterr().err
    assert FILE.read_bytes() == before


def test_every_step_keeps_the_sum_of_the_criteria() -> None:
    start = Setting.of(weights())
    moves = [move for steps in coordinates(random.Random(1)) for move in steps]
    assert {name for move in moves for name in move} == {*TOLD, *STEPS}
    for move in moves:
        moved = start.moved(**move)
        assert sum(moved.weights(weights()).criteria.values()) == 100
        assert moved != start
    assert allowed(start)
    assert not allowed(start.moved(genre=-start["genre"], text=start["genre"]))
    assert not allowed(start.moved(closeness_power=100))


@pytest.mark.parametrize("changes", [{}, {"genre": -3, "company": 3, "closeness_power": 2, "half_life_years": -6}])
def test_steps_are_looked_for_in_the_order_that_the_engine_gives(data: Path, changes: dict[str, int]) -> None:
    cases = Cases.of([read(data)], TRACKS, weights())
    setting = cases.start.moved(**changes)
    for case in cases.cases:
        quick = case.measured(setting, np.ones(len(case.briefs), bool))
        assert np.allclose(quick, by_rank(case, setting))


def test_the_folds_are_apart_and_hold_every_brief(data: Path) -> None:
    cases = Cases.of([read(data)], TRACKS, weights())
    parts = np.array([cases.part(number, 5, 1) for number in range(5)])
    assert (parts.sum(axis=0) == 1).all()
    assert parts.sum(axis=1).tolist() == [5, 5, 5, 5, 4]


def test_what_is_learnt_without_a_fold_does_not_depend_on_it(data: Path) -> None:
    cases = Cases.of([read(data)], TRACKS, weights())
    learnt = ~cases.part(0, 2, 1)
    expected = cases.fit(learnt, 1, 1)
    other = Cases.of([read(data)], TRACKS, weights())
    for case in other.cases:  # the briefs held out, judged otherwise
        held_out = ~learnt[case.rows]
        for number in held_out.nonzero()[0].tolist():
            case.briefs[number].relevant.clear()
            case.briefs[number].relevant["p0000"] = 1
    assert other.fit(learnt, 1, 1) == expected


def test_too_few_briefs_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = folder(tmp_path / "few", [person(0)], [brief(0)], [("b000", "p0000", 2)])
    assert main(["--data", str(few), "--out", str(tmp_path / "out.json")]) == 1
    assert "too few" in capsys.readouterr().err
    without = folder(tmp_path / "without", [person(0)], [brief(0)])
    assert main(["--data", str(without), "--out", str(tmp_path / "out.json")]) == 1
    assert "no brief is judged" in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
