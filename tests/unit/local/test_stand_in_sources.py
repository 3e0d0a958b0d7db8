from __future__ import annotations

import asyncio
import json
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.verification.claims import CompanyClaim, WorkClaim, WorkTitle
from chalicelib.verification.inquiries import KINDS
from chalicelib.verification.sources.databnf import DataBnf
from chalicelib.verification.sources.errors import TryLater
from chalicelib.verification.sources.registry import CompanyRegister
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.sources.wikidata import Wikidata
from infra.local.catalogue import Catalogue
from infra.local.demo_data import WRITTEN_ON, DemoData
from infra.local.stand_in_sources import DOINGS, StandInSources
from tests.support.source_fakes import FakeSourceStore, a_setting, an_http_fetcher

DEMO = DemoData(WRITTEN_ON)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[StandInSources]:
    """Answering at once, on a loop of its own."""
    sources, loop = StandInSources(Catalogue.of(DEMO), tmp_path / "port"), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(sources.start(), loop).result(5)
    for name in sources.addresses:
        behave(sources, name, does="answers", seconds=0)
    try:
        yield sources
    finally:
        asyncio.run_coroutine_threadsafe(sources.stop(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def behave(sources: StandInSources, name: str, **behaviour: Any) -> None:
    request = urllib.request.Request(
        sources.addresses[name], json.dumps(behaviour).encode(), {"Content-Type": "application/json"}, method="PUT"
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.status == 200


def setting(sources: StandInSources) -> Setting:
    return replace(a_setting(an_http_fetcher(), FakeSourceStore()), addresses=sources.addresses)


def confirmed(level: int) -> tuple[str, dict[str, Any]]:
    """Somebody of the demo with two works of their own, and one of them that was confirmed so far."""
    for entry in DEMO.profiles:
        found = [credit for credit in entry["credits"] if credit["level"] == level]
        others = [credit for credit in entry["credits"] if credit["level"] >= 2 and credit not in found[:1]]
        if found and others:
            return entry["profile"]["display_name"], found[0] | {"other": others[0]}
    raise AssertionError(f"nobody with a credit of level {level}")


def claim(person: str, credit: dict[str, Any]) -> WorkClaim:
    other = credit["other"]
    return WorkClaim(
        title=credit["title"],
        year=credit["year"],
        kind=KINDS.get(credit["format"]),
        function=credit["function"],
        company=credit["company"],
        person_name=person,
        other_works=(WorkTitle(title=other["title"], year=other["year"]),),
    )


@pytest.mark.parametrize(
    ("level", "reason"), [(3, "function_found"), (2, "person_found"), (1, "work_found"), (0, "nothing_found")]
)
def test_wikidata_knows_as_much_of_the_demo_as_was_confirmed(running: StandInSources, level: int, reason: str) -> None:
    evidence = Wikidata(setting(running)).check(claim(*confirmed(level)))
    assert evidence.reason == reason


def test_wikidata_knows_works_of_the_demo_by_their_isan(running: StandInSources) -> None:
    person, credit = next(
        (entry["profile"]["display_name"], one)
        for entry in DEMO.profiles
        for one in entry["credits"]
        if one.get("isan") and one["level"] == 3
    )
    asked = replace(claim(person, credit | {"other": credit}), year=None, company=None, isan=credit["isan"])
    wikidata = Wikidata(setting(running))
    assert wikidata.check(asked).matched_fields[:2] == ("title", "isan")
    other = wikidata.check(replace(asked, year=credit["year"], isan="FFFF-FFFF-0000-0000"))
    assert (other.verdict, other.reason) == ("partial", "another_isan")


def test_the_library_knows_the_novel_behind_a_work_alone(running: StandInSources) -> None:
    person, credit = confirmed(3)
    adapted = next(
        one
        for entry in DEMO.profiles
        for one in entry["credits"]
        if one["source_material"] == "novel" and one["level"] > 0
    )
    bnf = DataBnf(setting(running))
    assert [work.audiovisual for work in bnf.search_work(WorkTitle(title=adapted["title"]))] == [False]
    assert bnf.check(replace(claim(person, credit), title="Nul n’a ce titre")).reason == "nothing_found"


def test_the_register_knows_the_companies_of_the_demo(running: StandInSources) -> None:
    register = CompanyRegister(setting(running))
    for company in DEMO.companies.values():
        assert register.check(CompanyClaim(siren=company["siren"], name=company["legal_name"])).verdict == "confirms"
    assert register.check(CompanyClaim(siren="552178634", name="Falaise Films")).reason == "not_registered"


def test_what_others_know_is_added(running: StandInSources) -> None:
    credit = dict(confirmed(3)[1], title="Trois îles sous le vent", level=3)
    entry = {"profile": {"display_name": "Solveig Kermadec"}, "credits": [credit]}
    asked = claim("Solveig Kermadec", credit)
    assert Wikidata(setting(running)).check(asked).reason == "nothing_found"
    running.knows(running.catalogue.adding([entry]))
    assert Wikidata(setting(running)).check(asked).proves == "work"


@pytest.mark.parametrize(
    ("does", "said"),
    [("fails", "http_503"), ("is_busy", "http_429"), ("garbles", "garbled"), ("hangs", "timed_out")],
)
def test_a_stand_in_fails_as_it_is_told_to_and_answers_again(running: StandInSources, does: str, said: str) -> None:
    asked = claim(*confirmed(3))
    behave(running, "wikidata", does=does, seconds=0, retry_after=7)
    if said == "garbled":
        assert Wikidata(setting(running)).check(asked).reason == said
    else:
        with pytest.raises(TryLater, match=said) as trouble:
            Wikidata(setting(running)).check(asked)
        assert (trouble.value.after is not None) is (does == "is_busy")
    behave(running, "wikidata", does="answers", seconds=0)
    assert Wikidata(setting(running)).check(asked).reason == "function_found"


def test_every_behaviour_is_tried_above() -> None:
    assert set(DOINGS) == {"answers", "fails", "is_busy", "garbles", "hangs"}


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [("wikidata", {"does": "sleeps"}, 400), ("wikidata", {}, 400), ("imdb", {"does": "hangs"}, 404)],
)
def test_a_behaviour_or_source_that_there_is_not_is_refused(
    running: StandInSources, name: str, body: dict[str, Any], status: int
) -> None:
    address = running.addresses["wikidata"].replace("wikidata", name)
    request = urllib.request.Request(address, json.dumps(body).encode(), method="PUT")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=5)
    assert refusal.value.code == status
    refusal.value.close()


def test_a_port_is_kept_from_one_start_to_the_next_unless_somebody_else_has_it(tmp_path: Path) -> None:
    async def addresses(*, beside: bool) -> list[dict[str, str]]:
        first = StandInSources(Catalogue(), tmp_path / "port")
        second = StandInSources(Catalogue(), tmp_path / "port")
        await first.start()
        if not beside:
            await first.stop()
        await second.start()
        await first.stop()
        await second.stop()
        return [first.addresses, second.addresses]

    first, again = asyncio.run(addresses(beside=False))
    assert first == again
    first, other = asyncio.run(addresses(beside=True))
    assert first != other
