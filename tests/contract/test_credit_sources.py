"""Each source against its recorded exchanges, and against everything that is no answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.verification.claims import CompanyClaim, WorkClaim, WorkTitle
from chalicelib.verification.evidence import Evidence
from chalicelib.verification.sources import CREDIT_SOURCES, credit_sources
from chalicelib.verification.sources.databnf import DataBnf
from chalicelib.verification.sources.errors import Garbled, NoTurn, Refused, TryLater, Unreachable
from chalicelib.verification.sources.http import Limits
from chalicelib.verification.sources.isan import Isan
from chalicelib.verification.sources.port import CreditSource
from chalicelib.verification.sources.registry import CompanyRegister
from chalicelib.verification.sources.tmdb import Tmdb
from chalicelib.verification.sources.wikidata import Wikidata
from chalicelib.vocabulary.clock import stamp
from tests.support.source_fakes import (
    FIXTURES,
    IMPATIENT,
    NOW,
    Act,
    FakeClock,
    FakeFetcher,
    FakeSourceStore,
    Recorded,
    a_setting,
    an_http_fetcher,
    exchange,
    says,
    stand_in,
)

SIREN = "552178634"
CLAIM = WorkClaim(
    title="Les Brumes de Morlaix",
    year=2016,
    kind="series",
    function="literary-director",
    person_name="Éloïse MORVAN",
    company="SAS Falaise Films",
    person_ids={"imdb": "nm90000011"},
)
COMPANY = CompanyClaim(siren=SIREN, name="Falaise Films SARL")


def wikidata(*recorded: str) -> Wikidata:
    return Wikidata(a_setting(Recorded("wikidata", *recorded)))


def databnf(*recorded: str) -> DataBnf:
    return DataBnf(a_setting(Recorded("databnf", *recorded)))


def register(*recorded: str) -> CompanyRegister:
    return CompanyRegister(a_setting(Recorded("registry", *recorded)))


def tmdb(*recorded: str) -> Tmdb:
    return Tmdb(a_setting(Recorded("tmdb", *recorded)))


def said(evidence: Evidence) -> tuple[str, str | None, str]:
    return evidence.verdict, evidence.level, evidence.reason


# Wikidata -----------------------------------------------------------------------------------------------------------


def test_wikidata_confirms_the_function_of_a_person_whom_number_and_company_identify() -> None:
    evidence = wikidata("works", "credits").check(CLAIM)
    assert said(evidence) == ("confirms", "function", "function_found")
    assert evidence.matched_fields == ("title", "year", "company", "person_name", "person_id", "function")
    assert evidence.url == "https://www.wikidata.org/wiki/Q900000001"
    assert (evidence.source, evidence.licence) == ("wikidata", "CC0 1.0")
    assert (evidence.retrieved_at, evidence.expires_at) == (stamp(NOW), stamp(NOW + timedelta(days=365)))
    assert evidence.scores == {"title": 100}
    assert "Wikidata" in evidence.note.fr
    assert "Les Brumes de Morlaix" in evidence.note.en


def test_wikidata_takes_an_alias_in_the_other_language_and_a_late_season_for_the_same_work() -> None:
    source = Wikidata(
        a_setting(FakeFetcher([exchange("wikidata", "works").body, exchange("wikidata", "credits").body]))
    )
    evidence = source.check(replace(CLAIM, title="The Mists of Morlaix", year=2021))
    assert said(evidence) == ("confirms", "function", "function_found")


def test_wikidata_finds_nothing_where_the_title_belongs_to_a_work_of_other_years() -> None:
    evidence = wikidata("works").check(replace(CLAIM, year=2024))
    assert said(evidence) == ("silent", "work", "nothing_found")
    assert evidence.url is None


def test_wikidata_confirms_the_work_alone_where_it_names_nobody() -> None:
    evidence = wikidata("works", "credits-empty").check(CLAIM)
    assert said(evidence) == ("confirms", "work", "work_found")


def test_wikidata_never_recognises_a_person_by_name_alone() -> None:
    claim = replace(CLAIM, company=None, person_ids={})
    evidence = wikidata("works", "credits").check(claim)
    assert said(evidence) == ("partial", "participation", "too_few_hints")
    assert evidence.proves == "work"


def test_wikidata_counts_another_claimed_work_as_a_hint() -> None:
    claim = replace(CLAIM, company=None, other_works=(WorkTitle(title="The Gois Crossing", year=2012),))
    evidence = wikidata("works", "credits", "other-works").check(claim)
    assert said(evidence) == ("confirms", "function", "function_found")
    assert "other_work" in evidence.matched_fields


def test_wikidata_does_not_count_the_claimed_work_itself_as_another() -> None:
    claim = replace(
        CLAIM,
        person_name="Yann Kerbrat",
        person_ids={},
        other_works=(WorkTitle(title="Les brumes de Morlaix", year=2015),),
    )
    evidence = wikidata("works", "credits", "other-works-of-a-screenwriter").check(claim)
    assert said(evidence) == ("partial", "participation", "too_few_hints")


def test_wikidata_tells_a_namesake_by_the_number() -> None:
    evidence = wikidata("works", "credits").check(replace(CLAIM, person_ids={"isni": "0000 0001 2222 2222"}))
    assert said(evidence) == ("confirms", "work", "namesake")


def test_wikidata_shows_a_number_that_it_gives_another_name() -> None:
    evidence = wikidata("works", "credits").check(replace(CLAIM, person_name="Maëlle Le Goff"))
    assert said(evidence) == ("partial", "participation", "another_name")


def test_wikidata_takes_the_isan_for_the_year_and_shows_another_one() -> None:
    same = replace(CLAIM, year=None, company=None, isan="ISAN 0000-0001-8CFA-0000-I")
    assert wikidata("works", "credits").check(same).matched_fields[:2] == ("title", "isan")
    other = replace(CLAIM, isan="1881-66C7-3420-6541-Y")
    assert said(wikidata("works", "credits").check(other)) == ("partial", "work", "another_isan")


def test_wikidata_does_not_confirm_a_work_by_its_title_alone() -> None:
    evidence = wikidata("works", "credits").check(replace(CLAIM, year=None, company=None))
    assert said(evidence) == ("partial", "work", "title_alone")
    assert evidence.proves is None


def test_wikidata_finds_works_and_people() -> None:
    series, film = wikidata("works").search_work(WorkTitle(title="Les Brumes de Morlaix"))
    assert (series.ref, series.kind, series.first_year, series.last_year) == ("Q900000001", "series", 2015, 2020)
    assert (series.title, series.original_title) == ("Les Brumes de Morlaix", "Les Brumes de Morlaix")
    assert {"The Mists of Morlaix", "Mists of Morlaix"} <= set(series.aliases)
    assert (film.kind, film.first_year, film.companies) == ("film", 1978, ("Studios de l’Elorn",))
    one, other = wikidata("people").search_person("Éloïse Morvan", {"imdb": "nm90000011"})
    assert one.names == ("Éloïse Morvan", "Eloise Morvan")
    assert one.ids == {"wikidata": "Q900000011", "imdb": "nm90000011", "isni": "0000000121032683"}
    assert other.ids == {"wikidata": "Q900000019", "viaf": "900000019"}


@pytest.mark.parametrize("title", ['Dix "pour" cent', "Fin\\", "Un\nsaut", '" } DROP ALL #', "Ça ira ?x {"])
def test_whatever_is_in_a_title_it_stays_a_literal_of_the_query(title: str) -> None:
    fetcher = FakeFetcher([exchange("wikidata", "works-empty").body, exchange("databnf", "works-empty").body])
    for source in (Wikidata(a_setting(fetcher)), DataBnf(a_setting(fetcher))):
        assert said(source.check(replace(CLAIM, title=title))) == ("silent", "work", "nothing_found")
    for _, parameters, _, _ in fetcher.asked:
        quoted = json.dumps(title, ensure_ascii=False)
        assert quoted in parameters["query"]
        assert title not in parameters["query"].replace(quoted, "")


# data.bnf.fr --------------------------------------------------------------------------------------------------------


def test_databnf_confirms_a_work_that_it_calls_audiovisual_rather_than_the_novel_of_that_title() -> None:
    evidence = databnf("works").check(replace(CLAIM, person_ids={}))
    assert said(evidence) == ("partial", "participation", "too_few_hints")
    assert evidence.url == "https://data.bnf.fr/ark:/12148/cb90000032b"
    assert evidence.licence == "Licence Ouverte 2.0"


def test_databnf_says_nothing_for_a_work_of_which_it_knows_the_novel_alone() -> None:
    evidence = databnf("works-text-alone").check(replace(CLAIM, year=1994))
    assert said(evidence) == ("silent", "work", "another_medium")
    assert evidence.url == "https://data.bnf.fr/ark:/12148/cb90000031x"
    assert evidence.proves is None


def test_databnf_keeps_apart_the_authors_of_a_work() -> None:
    novel, show = databnf("works").search_work(WorkTitle(title="Les Brumes de Morlaix"))
    assert (novel.audiovisual, show.audiovisual) == (False, True)
    assert [(credit.person.names, dict(credit.person.ids)) for credit in show.credits] == [
        (("Éloïse Morvan",), {"bnf": "90000022d", "isni": "0000000121032683"}),
        (("Yann Kerbrat",), {"bnf": "90000023m"}),
    ]
    [person] = databnf("people").search_person("Éloïse Morvan", {"isni": "0000 0001 2103 2683"})
    assert person.ids == {"bnf": "90000022d", "isni": "0000000121032683"}


# The company register -----------------------------------------------------------------------------------------------


def test_the_register_confirms_an_active_producer_under_any_of_its_names() -> None:
    for name in ("Falaise Films SARL", "La Falaise", "FALAISE FILMS Productions"):
        evidence = register("active").check(CompanyClaim(siren="552 178 634", name=name))
        assert said(evidence) == ("confirms", None, "company_found")
        assert evidence.matched_fields == ("siren", "name", "activity")
        assert evidence.url == f"https://annuaire-entreprises.data.gouv.fr/entreprise/{SIREN}"


@pytest.mark.parametrize(
    ("recorded", "verdict", "reason"),
    [
        ("closed", "contradicts", "closed"),
        ("another-company", "contradicts", "another_company"),
        ("another-activity", "partial", "another_activity"),
        ("name-withheld", "partial", "name_withheld"),
        ("found-elsewhere", "silent", "not_registered"),
        ("empty", "silent", "not_registered"),
    ],
)
def test_the_register_says_what_is_not_as_declared(recorded: str, verdict: str, reason: str) -> None:
    assert said(register(recorded).check(COMPANY)) == (verdict, None, reason)


def test_the_register_is_not_asked_for_a_number_whose_check_digit_is_wrong() -> None:
    assert said(register().check(CompanyClaim(siren="552178635", name="Falaise Films"))) == (
        "contradicts",
        None,
        "malformed",
    )
    with pytest.raises(ValueError, match="siren"):
        register().look_up("552178635")


def test_the_register_looks_a_company_up() -> None:
    answer = register("active").look_up(SIREN)
    assert answer.company is not None
    assert answer.company.name == "FALAISE FILMS"
    assert (answer.company.active, answer.company.activity) == (True, "59.11A")
    assert answer.company.created_on == "2004-03-01"
    assert answer.retrieved_at == stamp(NOW)
    assert register("empty").look_up(SIREN).company is None


def test_the_register_keeps_the_company_and_nobody_behind_it() -> None:
    store = FakeSourceStore()
    body = exchange("registry", "active").body
    body["results"][0]["dirigeants"] = [{"nom": "MORVAN", "prenoms": "ELOISE", "annee_de_naissance": "1970"}]
    CompanyRegister(a_setting(FakeFetcher([body]), store)).check(COMPANY)
    [kept] = store.answers.values()
    assert kept.records is not None
    assert "MORVAN" not in json.dumps([dict(record) for record in kept.records])


# ISAN ---------------------------------------------------------------------------------------------------------------

NUMBERS = json.loads((FIXTURES / "isan" / "numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", NUMBERS["well_formed"])
def test_a_well_formed_isan_counts_for_the_claim_without_proving_it(number: str) -> None:
    evidence = Isan(a_setting(FakeFetcher([]))).check(replace(CLAIM, isan=number))
    assert said(evidence) == ("partial", "work", "well_formed")
    assert evidence.proves is None


@pytest.mark.parametrize("number", NUMBERS["malformed"])
def test_a_wrong_check_character_is_shown(number: str) -> None:
    evidence = Isan(a_setting(FakeFetcher([]))).check(replace(CLAIM, isan=number))
    assert said(evidence) == ("contradicts", "work", "malformed")


def test_without_an_isan_there_is_nothing_to_check() -> None:
    for number in (None, " "):
        evidence = Isan(a_setting(FakeFetcher([]))).check(replace(CLAIM, isan=number))
        assert said(evidence) == ("silent", "work", "no_number")


# TMDB ---------------------------------------------------------------------------------------------------------------


def test_tmdb_confirms_the_job_of_a_person_whom_number_and_company_identify() -> None:
    evidence = tmdb("search-tv", "tv", "find", "person").check(CLAIM)
    assert said(evidence) == ("confirms", "function", "function_found")
    assert evidence.url == "https://www.themoviedb.org/tv/900001"
    assert evidence.expires_at == stamp(NOW + timedelta(days=180))


def test_tmdb_does_not_take_one_job_for_another() -> None:
    evidence = tmdb("search-tv", "tv", "find", "person").check(replace(CLAIM, function="development-executive"))
    assert said(evidence) == ("confirms", "participation", "person_found")


def test_tmdb_counts_another_claimed_work_as_a_hint() -> None:
    claim = replace(CLAIM, company=None, other_works=(WorkTitle(title="Le passage du Gois", year=2012),))
    assert said(tmdb("search-tv", "tv", "find", "person").check(claim)) == ("confirms", "function", "function_found")


def test_tmdb_looks_a_person_up_by_name_where_no_number_is_given() -> None:
    claim = replace(CLAIM, person_name="Éloïse Morvan", person_ids={})
    evidence = tmdb("search-tv", "tv", "search-person", "person").check(claim)
    assert said(evidence) == ("partial", "participation", "too_few_hints")
    evidence = tmdb("search-tv", "tv", "search-person-empty").check(claim)
    assert said(evidence) == ("confirms", "work", "work_found")


def test_tmdb_finds_nothing() -> None:
    assert said(tmdb("search-tv-empty").check(CLAIM)) == ("silent", "work", "nothing_found")


def test_tmdb_takes_a_number_that_nobody_has_for_nobody() -> None:
    answers = [exchange("tmdb", name).body for name in ("search-tv", "tv")]
    source = Tmdb(a_setting(FakeFetcher([*answers, Refused("http_404")])))
    assert said(source.check(replace(CLAIM, person_ids={"tmdb": "1"}))) == ("confirms", "work", "work_found")


def test_tmdb_tells_a_television_film_from_one_for_cinemas() -> None:
    works = tmdb("search-tv", "search-movie").search_work(WorkTitle(title="Les Brumes de Morlaix"))
    assert [(work.ref, work.kind) for work in works] == [
        ("tv/900001", "series"),
        ("tv/900009", "series"),
        ("movie/900002", "single"),
    ]
    [person] = tmdb("find", "person").search_person("Éloïse Morvan", {"imdb": "nm90000011"})
    assert person.ids == {"tmdb": "9000011", "imdb": "nm90000011", "wikidata": "Q900000011"}


def test_tmdb_is_off_without_both_a_key_and_an_agreement() -> None:
    setting = a_setting(FakeFetcher([]))
    assert "tmdb" in credit_sources(setting)
    for without in (
        replace(setting, keys={}),
        replace(setting, agreements={}),
        replace(setting, agreements={"tmdb": ""}),
    ):
        assert "tmdb" not in credit_sources(without)
        assert said(Tmdb(without).check(CLAIM)) == ("error", "work", "refused")


def test_the_key_to_tmdb_goes_into_a_header_and_nowhere_else() -> None:
    fetcher = FakeFetcher([exchange("tmdb", "search-tv-empty").body])
    store = FakeSourceStore()
    evidence = Tmdb(a_setting(fetcher, store)).check(CLAIM)
    [(url, parameters, _, headers)] = fetcher.asked
    assert headers == {"Authorization": "Bearer a-key"}
    assert "a-key" not in f"{url} {parameters} {store.answers} {evidence}"


# Every source, against what is no answer ----------------------------------------------------------------------------

Check = Callable[[Any], Evidence]


def by_claim(make: Callable[[Any], CreditSource]) -> Check:
    return lambda setting: make(setting).check(CLAIM)


#: Every source that asks somebody: its first question, and an answer to it that finds nothing.
ASKING: dict[str, tuple[Check, Any]] = {
    "wikidata": (by_claim(Wikidata), exchange("wikidata", "works-empty").body),
    "databnf": (by_claim(DataBnf), exchange("databnf", "works-empty").body),
    "tmdb": (by_claim(Tmdb), exchange("tmdb", "search-tv-empty").body),
    "registry": (lambda setting: CompanyRegister(setting).check(COMPANY), exchange("registry", "empty").body),
}


def test_every_source_is_held_against_what_is_no_answer() -> None:
    setting = a_setting(FakeFetcher([]))
    assert {make(setting).id for make in CREDIT_SOURCES} == {*ASKING, "isan"} - {"registry"}


def at(source: str, address: str, limits: Limits = IMPATIENT, store: FakeSourceStore | None = None) -> Any:
    setting = a_setting(an_http_fetcher(limits=limits), store)
    return replace(setting, addresses={source: address})


@pytest.fixture(params=sorted(ASKING))
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_empty_answer_is_silence(source: str) -> None:
    check, empty = ASKING[source]
    with stand_in(says(json.dumps(empty).encode())) as server:
        evidence = check(at(source, server.address))
    nothing = "not_registered" if source == "registry" else "nothing_found"
    assert (evidence.verdict, evidence.reason) == ("silent", nothing)
    assert evidence.payload_hash is not None
    [(_, _, headers)] = server.heard
    assert headers["User-Agent"] == "PlotPoint/1.0 (https://plot-point.test; bonjour@plot-point.test)"


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(0.5)
    handler.close_connection = True


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


#: What is no answer, and never will be → an error that a person sees.
GARBAGE: dict[str, Act] = {
    "noise": says(bytes(range(256))),
    "nothing": says(b""),
    "an error page with status 200": says(b"<!doctype html><h1>Maintenance</h1>", content_type="text/html"),
    "an error page that calls itself JSON": says(b"<!doctype html><h1>Maintenance</h1>"),
    "JSON that calls itself something else": says(b'{"results": []}', content_type="text/plain"),
    "no content type": says(b'{"results": []}', content_type=None),
    "truncated JSON": says(b'{"head": {"vars": []}, "results": {"bindings": [{"work"'),
    "another encoding": says(b'{"results": []}', Content_Encoding="gzip"),
    "too much": says(b'{"results": [' + b" " * 20_000 + b"]}"),
    "too deep": says(b"[" * 9_000),
    "a number": says(b"1"),
    "null": says(b"null"),
    "NaN": says(b'{"results": NaN}'),
    "another shape": says(b'{"results": {"bindings": "none"}}'),
    "things of another shape": says(b'{"head": {"vars": []}, "results": [{"siren": 1, "id": "x"}, 2]}'),
    "rows of another shape": says(b'{"head": {"vars": ["work"]}, "results": {"bindings": [{"work": 1}]}}'),
    "a company in no state": says(b'{"results": [{"siren": "552178634", "etat_administratif": ""}]}'),
    "a work without an address": says(
        b'{"head": {"vars": ["concept"]}, "results": {"bindings": [{"concept": {"value": ""}}]}}'
    ),
    "rows without what they are about": says(
        b'{"head": {"vars": ["work"]}, "results": {"bindings": [{"label": {"value": 3}}]}}'
    ),
}


@pytest.mark.parametrize("answer", sorted(GARBAGE))
def test_garbage_is_an_error_and_counts_for_nothing(source: str, answer: str) -> None:
    with stand_in(GARBAGE[answer]) as server:
        evidence = ASKING[source][0](at(source, server.address))
    assert (evidence.verdict, evidence.reason) == ("error", "garbled")
    assert evidence.proves is None
    assert evidence.expires_at == stamp(NOW + timedelta(days=1))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in an answer, from the whole to the smallest part."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in parts:
        yield from places(inner, (*path, name))


def spoiled(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """The answer with something else at that place."""
    if not path:
        return junk
    changed = value.copy()
    changed[path[0]] = spoiled(value[path[0]], path[1:], junk)
    return changed


JUNK = [None, True, 0, -1, "", "x", [], {}, [None], [{}], {"value": None}, ["x"]]

RECORDED = {
    "wikidata": ["works", "credits"],
    "databnf": ["works"],
    "tmdb": ["search-tv", "tv", "find", "person"],
    "registry": ["active"],
}


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_wrong_in_an_answer_a_source_gives_evidence(source: str, data: st.DataObject) -> None:
    answers = [exchange(source, name).body for name in RECORDED[source]]
    nth = data.draw(st.integers(0, len(answers) - 1))
    place = data.draw(st.sampled_from(list(places(answers[nth]))))
    answers[nth] = spoiled(answers[nth], place, data.draw(st.sampled_from(JUNK)))
    # A search that finds nobody by number goes on by name.
    fetcher = FakeFetcher([*answers, *(exchange("tmdb", "search-person-empty").body for _ in range(3))])
    evidence = ASKING[source][0](a_setting(fetcher))
    assert Evidence.from_item(evidence.to_item()) == evidence


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (says(b"", 429, Retry_After="17"), timedelta(seconds=17)),
        (says(b"", 429, Retry_After="Wed, 25 Nov 2026 09:02:00 GMT"), timedelta(minutes=2)),
        (says(b"", 429), None),
        (says(b"", 503, Retry_After="5"), timedelta(seconds=5)),
        (says(b"You have been banned", 403, Retry_After="86400"), timedelta(days=1)),
        (says(b"<h1>Bad gateway</h1>", 502, "text/html"), None),
        (says(b"java.util.concurrent.TimeoutException", 500, "text/plain"), None),
        (says(b'{"results": []}', Content_Length="500"), None),
        (silent, None),
        (hanging_up, None),
        (dripping, None),
    ],
    ids=[
        *("429 in seconds", "429 by date", "429", "503", "a ban", "502", "500"),
        *("cut off", "slow", "hanging up", "dripping"),
    ],
)
def test_what_passes_by_itself_is_to_be_tried_later(source: str, answer: Act, after: timedelta | None) -> None:
    began = time.monotonic()
    with stand_in(answer) as server, pytest.raises(TryLater) as raised:
        ASKING[source][0](at(source, server.address))
    assert raised.value.after == after
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_an_error_for_a_person_to_see(source: str, status: int) -> None:
    with stand_in(says(b'{"erreur": "Veuillez indiquer au moins un param\xc3\xa8tre"}', status)) as server:
        evidence = ASKING[source][0](at(source, server.address))
    assert (evidence.verdict, evidence.reason) == ("error", "refused")
    assert len(server.heard) == 1


def test_without_network_a_source_is_silent_and_says_that_it_was_not_asked(source: str) -> None:
    with stand_in(says(b"")) as server:
        nobody = server.address
    evidence = ASKING[source][0](at(source, nobody))
    assert (evidence.verdict, evidence.reason) == ("silent", "unreachable")
    assert evidence.payload_hash is None
    assert "n’a pas eu lieu" in evidence.note.fr


def test_after_several_failures_a_source_is_left_alone(source: str) -> None:
    store, clock = FakeSourceStore(), FakeClock()
    fetcher = FakeFetcher([TryLater("http_500")] * 5)
    for _ in range(5):
        with pytest.raises(TryLater, match="http_500"):
            ASKING[source][0](a_setting(fetcher, store, clock))
    with pytest.raises(TryLater, match="circuit_open") as raised:
        ASKING[source][0](a_setting(fetcher, store, clock))
    assert raised.value.after == timedelta(seconds=30)
    clock.passes(seconds=30)
    fetcher.answers.append(ASKING[source][1])
    assert ASKING[source][0](a_setting(fetcher, store, clock)).verdict == "silent"
    assert store.circuit(source).is_untroubled


def test_our_own_pace_and_refusals_trouble_no_circuit(source: str) -> None:
    store = FakeSourceStore()
    for _ in range(8):
        with pytest.raises(TryLater, match="no_turn"):
            ASKING[source][0](a_setting(FakeFetcher([NoTurn("no_turn")]), store))
        assert ASKING[source][0](a_setting(FakeFetcher([Refused("http_400")]), store)).reason == "refused"
    assert store.circuit(source).is_untroubled


def test_with_no_network_nobody_waits_for_a_circuit(source: str) -> None:
    store = FakeSourceStore()
    fetcher = FakeFetcher([Unreachable("no_connection")] * 5)
    for _ in range(8):
        assert ASKING[source][0](a_setting(fetcher, store)).reason == "unreachable"
    assert len(fetcher.asked) == 5


def test_a_question_is_asked_once_while_its_answer_may_be_kept(source: str) -> None:
    check, empty = ASKING[source]
    store, clock = FakeSourceStore(), FakeClock()
    fetcher = FakeFetcher([empty, empty])
    first = check(a_setting(fetcher, store, clock))
    clock.passes(hours=23)
    again = check(a_setting(fetcher, store, clock))
    assert len(fetcher.asked) == 1
    assert (again.retrieved_at, again.payload_hash) == (first.retrieved_at, first.payload_hash)
    clock.passes(days=31)
    check(a_setting(fetcher, store, clock))
    assert len(fetcher.asked) == 2


def test_what_is_kept_gives_the_same_evidence_as_what_was_answered(source: str) -> None:
    """So nothing that decides is lost by what a licence leaves out."""
    store, answers = FakeSourceStore(), RECORDED[source]
    fetcher = FakeFetcher([exchange(source, name).body for name in answers])
    first = ASKING[source][0](a_setting(fetcher, store))
    assert first.verdict in ("confirms", "partial")
    assert ASKING[source][0](a_setting(fetcher, store)) == first
    assert len(fetcher.asked) == len(answers)


def test_no_search_hides_a_failure() -> None:
    for failure in (Garbled("not_json"), Unreachable("no_connection"), TryLater("http_500"), Refused("http_400")):
        for make in (Wikidata, DataBnf, Tmdb):
            with pytest.raises(type(failure)):
                make(a_setting(FakeFetcher([failure]))).search_work(CLAIM.work)
            with pytest.raises(type(failure)):
                make(a_setting(FakeFetcher([failure]))).search_person("Éloïse Morvan", {})


@pytest.mark.parametrize("make", CREDIT_SOURCES)
def test_a_source_says_what_it_allows(make: Callable[[Any], CreditSource]) -> None:
    source = make(a_setting(FakeFetcher([])))
    assert source.terms.licence
    assert source.kind in ("auto", "assisted")
    assert 1 <= source.pace.parallel <= 5
    assert source.terms.keep_for <= timedelta(days=180)
