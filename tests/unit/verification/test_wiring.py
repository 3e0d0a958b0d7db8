from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from chalicelib.platform.settings import settings
from chalicelib.verification import wiring
from chalicelib.verification.claims import WorkClaim, WorkTitle
from chalicelib.verification.sources import CREDIT_SOURCES, credit_sources
from chalicelib.verification.sources.http import HttpFetcher, Pace
from chalicelib.verification.titles import EQUAL
from tests.support.environment import variables
from tests.support.source_fakes import FakeFetcher, a_setting, same_letters, says, stand_in


@pytest.fixture
def matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_matcher", lambda: same_letters)


def test_sources_say_who_asks_and_how_to_reach_us(matcher: None) -> None:
    with variables():
        fetcher = wiring._setting().fetcher(Pace())
    assert isinstance(fetcher, HttpFetcher)
    assert fetcher.user_agent == "PlotPoint/1.0 (https://plot-point.test; bonjour@plot-point.test)"


def test_the_surroundings_say_where_a_source_answers(matcher: None) -> None:
    with stand_in(says(b"{}")) as server, variables(SOURCE_ADDRESSES=f'{{"wikidata": "{server.address}/"}}'):
        setting = replace(wiring._setting(), store=a_setting(FakeFetcher([])).store)
        claim = WorkClaim(title="Les Brumes", function="script-reader", person_name="Ana Le Bris")
        assert credit_sources(setting)["wikidata"].check(claim).reason == "garbled"
    [(path, _, _)] = server.heard
    assert path == "/sparql"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, False),
        ({"TMDB_KEY": "k"}, False),
        ({"TMDB_AGREEMENT": "contract-2026-1"}, False),
        ({"TMDB_KEY": "", "TMDB_AGREEMENT": ""}, False),
        ({"TMDB_KEY": "k", "TMDB_AGREEMENT": "contract-2026-1"}, True),
    ],
)
def test_tmdb_is_asked_with_a_key_and_an_agreement_alone(matcher: None, given: dict[str, str], asked: bool) -> None:
    with variables(**given):
        assert ("tmdb" in wiring.credit_sources()) is asked
        assert "'k'" not in repr(settings())


def test_sources_are_made_once_and_each_has_a_name_of_its_own(matcher: None) -> None:
    with variables():
        assert wiring.credit_sources() is wiring.credit_sources()
        assert wiring.company_registry() is wiring.company_registry()
        ids = {*wiring.credit_sources(), wiring.company_registry().id}
    assert ids == {"wikidata", "databnf", "isan", "registry"}
    every = [make(a_setting(FakeFetcher([]))).id for make in CREDIT_SOURCES]
    assert len(every) == len(set(every))


def test_titles_are_matched_by_the_rules_of_titles_with_everything_that_is_known_of_them() -> None:
    matches = wiring._matcher()
    known = WorkTitle(
        title="The Mists", year=2015, kind="series", original_title="Les Brumes", aliases=("Brumes de Morlaix",)
    )
    for title in ("Mists, The", "LES BRUMES", "Les brumes de Morlaix"):
        match = matches(WorkTitle(title=title, year=2016, kind="series"), known)
        assert (match.same, match.year_distance) == (True, 1)
        assert match.score >= EQUAL
        assert matches(known, WorkTitle(title=title, year=2016, kind="series")).same
    assert matches(WorkTitle(title="Les Brumes, saison 3", year=2018), known).same
    for other in (
        WorkTitle(title="Les Brumes 2", year=2016, kind="series"),
        WorkTitle(title="Les Brumes", year=2019, kind="series"),
        WorkTitle(title="Les Brumes", year=2015, kind="film"),
    ):
        assert not matches(other, known).same


def test_whoever_queues_steps_loads_no_source() -> None:
    code = (
        "import sys; from chalicelib.verification import wiring; wiring.tasks();"
        "assert not {'urllib3', 'rapidfuzz', 'stdnum', 'chalicelib.verification.evidence_files'} & set(sys.modules),"
        "sorted(sys.modules)"
    )
    with variables():
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
