from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.verification.claims import CompanyClaim, WorkClaim
from chalicelib.verification.evidence import (
    LEVELS,
    NOTES,
    SAYS_NOTHING,
    Evidence,
    Level,
    Reason,
    Verdict,
    proven,
)
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Bilingual

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def evidence(verdict: Verdict = "confirms", level: Level | None = "work", **changes: object) -> Evidence:
    found = Evidence(
        source="wikidata",
        verdict=verdict,
        level=level,
        reason="work_found",
        note=Bilingual("Connu.", "Known."),
        matched_fields=("title", "year"),
        scores={"title": 97},
        url="https://www.wikidata.org/wiki/Q900000001",
        retrieved_at=stamp(NOW),
        expires_at=stamp(NOW + timedelta(days=365)),
        licence="CC0 1.0",
        payload_hash="a" * 64,
    )
    return replace(found, **changes)  # type: ignore[arg-type]


VERDICTS = st.sampled_from(get_args(Verdict))
EVIDENCE = st.builds(
    evidence,
    VERDICTS,
    st.sampled_from((*LEVELS, None)),
    expires_at=st.sampled_from([stamp(NOW - timedelta(seconds=1)), stamp(NOW + timedelta(days=1))]),
)
STANDING = st.sampled_from((*LEVELS, None))


def rank(level: Level | None) -> int:
    return -1 if level is None else LEVELS.index(level)


@given(STANDING, st.lists(EVIDENCE, max_size=6))
def test_no_evidence_lowers_what_is_established(level: Level | None, found: list[Evidence]) -> None:
    assert rank(proven(level, found, NOW)) >= rank(level)


@given(STANDING, st.lists(EVIDENCE, max_size=6), st.lists(EVIDENCE.filter(lambda one: one.verdict in SAYS_NOTHING)))
def test_silence_and_failures_change_nothing_wherever_they_come(
    level: Level | None, found: list[Evidence], nothing: list[Evidence]
) -> None:
    assert proven(level, [*nothing, *found], NOW) == proven(level, found, NOW) == proven(level, [*found, *nothing], NOW)


@pytest.mark.parametrize(
    ("verdict", "level", "proves"),
    [
        ("confirms", "function", "function"),
        ("confirms", "work", "work"),
        ("partial", "function", "participation"),
        ("partial", "work", None),
        ("contradicts", "participation", "work"),
        ("contradicts", "work", None),
        ("silent", "function", None),
        ("error", "function", None),
        ("confirms", None, None),
    ],
)
def test_what_is_partly_confirmed_leaves_what_comes_before_it_confirmed(
    verdict: Verdict, level: Level | None, proves: Level | None
) -> None:
    assert evidence(verdict, level).proves == proves


def test_evidence_counts_until_its_time_is_over() -> None:
    one = evidence("confirms", "function")
    last = NOW + timedelta(days=365)
    assert proven(None, [one], last - timedelta(milliseconds=1)) == "function"
    assert proven(None, [one], last) is None
    assert proven("work", [one], last) == "work"


def test_the_highest_of_several_counts() -> None:
    found = [evidence("confirms", "work"), evidence("confirms", "function"), evidence("confirms", "participation")]
    assert proven(None, found, NOW) == "function"


def test_evidence_comes_back_from_its_item_as_it_was_and_never_changes() -> None:
    for one in (evidence(), evidence("silent", None, url=None, payload_hash=None, matched_fields=(), scores={})):
        assert Evidence.from_item(one.to_item()) == one
    with pytest.raises(FrozenInstanceError):
        evidence().verdict = "silent"  # type: ignore[misc]


def test_every_reason_is_told_in_both_languages() -> None:
    assert set(NOTES) == set(get_args(Reason))
    for note in NOTES.values():
        told = note.format(source="Wikidata", found="Les Brumes de Morlaix {année}")
        assert told.fr != told.en
        assert "{source}" not in told.fr + told.en


def a_claim(**changes: object) -> WorkClaim:
    fields: dict[str, object] = {"title": "Dune", "function": "script-reader", "person_name": "Ana Le Bris", **changes}
    return WorkClaim(**fields)  # type: ignore[arg-type]


def test_a_claim_names_the_field_that_is_wrong() -> None:
    for field in ("title", "function", "person_name"):
        with pytest.raises(ValueError, match=f"^{field}:"):
            a_claim(**{field: "  "})
    with pytest.raises(ValueError, match=r"^person_ids: no such scheme as facebook"):
        a_claim(person_ids={"imdb": "nm1", "facebook": "x"})
    for field in ("siren", "name"):
        with pytest.raises(ValueError, match=f"^{field}:"):
            CompanyClaim(**{"siren": "552178634", "name": "Falaise", field: ""})


def test_the_titles_of_a_claim_are_given_once() -> None:
    claim = a_claim(title=" Le Gois ", alternative_titles=("Le Gois", "", "The Gois"))
    assert claim.titles == ("Le Gois", "The Gois")
    assert claim.work.aliases == ("Le Gois", "", "The Gois")
