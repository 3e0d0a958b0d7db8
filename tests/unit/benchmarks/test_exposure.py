"""The simulation of who is shown: the same each time, and with what it is meant to show."""

from __future__ import annotations

from pathlib import Path

from benchmarks.exposure import BY_RANK, PRODUCTION, figures, outcomes, plot, population, projects, ranked
from chalicelib.vocabulary.taxonomy import taxonomy


def test_the_same_people_and_projects_give_the_same_figures_and_the_same_picture(tmp_path: Path) -> None:
    words = taxonomy()
    written = []
    for number in range(2):
        people, briefs = population(120), projects(24, words)
        rankings = ranked(people, briefs, words)
        found = outcomes(people, briefs, rankings)
        plot(found, words, tmp_path / f"{number}.svg")
        written.append((figures(found, (1.0, 1.0), 120, 24), (tmp_path / f"{number}.svg").read_bytes()))
    assert written[0] == written[1]
    told = written[0][0]
    assert told["seats"] == sum(min(8, len(ranking.placed)) for ranking in rankings)
    with_a_junior = sum("junior" in ranking.pool.levels for ranking in rankings)
    assert told["projects_showing_one"] == told["projects_with_an_eligible_junior"] == with_a_junior > 0
    assert told["gini_at_least"] <= told["gini"] <= told["gini_at_most"]
    assert found[BY_RANK].report.juniors.by_why.keys() == {"rank"} < found[PRODUCTION].report.juniors.by_why.keys()
