"""Who is to hear of a live project because it fits them: by its card alone, once each and ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.matching.service import FITTING, FITTING_JUNIORS
from chalicelib.matching.snapshots import CandidateSnapshot
from chalicelib.platform.errors import Retryable
from tests.support.matching_fakes import Matchmaker
from tests.unit.matching.examples import brief, credit, distant_credit, junior, person

BRIEF = "brief-1"


@pytest.fixture
def matchmaker() -> Matchmaker:
    return Matchmaker()


def near(number: int) -> CandidateSnapshot:
    return person(f"near-{number:02}", credits=(credit(f"n{number}", year=2025 - number % 6),))


def far(number: int) -> CandidateSnapshot:
    return person(f"far-{number:02}", credits=(distant_credit(f"f{number}", year=2012),))


def named(matchmaker: Matchmaker) -> list[tuple[str, ...]]:
    return [fact.profile_ids for fact in matchmaker.store.fits]


def test_a_published_project_names_those_it_fits_best_and_the_first_juniors_whatever_their_rank(
    matchmaker: Matchmaker,
) -> None:
    young = [junior(f"young-{n:02}", credits=(distant_credit(f"y{n}", year=2010),)) for n in range(12)]
    matchmaker.people(*map(near, range(30)), *map(far, range(10)), *young)
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    [fact] = matchmaker.store.fits
    assert (fact.brief_id, fact.publication_no, fact.cause) == (BRIEF, 1, "published")
    levels = ["young" if one.startswith("young") else one.split("-")[0] for one in fact.profile_ids]
    assert levels.count("young") == FITTING_JUNIORS
    assert levels.count("near") == FITTING
    assert len(set(fact.profile_ids)) == len(fact.profile_ids) == FITTING + FITTING_JUNIORS


def test_the_same_publication_heard_again_names_nobody_again_even_when_others_would_fit_now(
    matchmaker: Matchmaker,
) -> None:
    matchmaker.people(near(1))
    event = matchmaker.publish(brief())
    matchmaker.service.match_brief(BRIEF, event, "published")
    matchmaker.candidates.put(near(2), 1, near(2).roles)
    for _ in range(3):
        matchmaker.service.match_brief(BRIEF, event, "published")
    assert named(matchmaker) == [("near-01",)]


def test_the_same_people_and_card_name_the_same_in_the_same_order() -> None:
    found = []
    for people in (range(40), reversed(range(40))):
        matchmaker = Matchmaker()
        matchmaker.people(*map(near, people))
        matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
        found.append(named(matchmaker))
    assert found[0] == found[1]


def test_having_worked_with_the_company_brings_somebody_onto_the_shortlist_and_never_among_those_named(
    matchmaker: Matchmaker,
) -> None:
    """Or hearing of a project would tell whose it is to whoever edits their own credits."""
    friends = [
        person(f"friend-{n:02}", credits=(replace(credit(f"w{n}", year=2019), company="Ateliers du Phare"),))
        for n in range(FITTING)
    ]
    strangers = [person(f"other-{n:02}", credits=(credit(f"o{n}", year=2019),)) for n in range(FITTING)]
    matchmaker.people(*friends, *strangers)
    matchmaker.service.match_brief(
        "b1", matchmaker.publish(brief(brief_id="b1", companies=("Ateliers du Phare",))), "published"
    )
    ranked = matchmaker.store.runs["b1", matchmaker.store.shortlists["b1"].run_id].ranked
    assert all(one["profile_id"].startswith("friend") for one in ranked[:FITTING]), "the company counts there"
    plain = Matchmaker()
    plain.people(*friends, *strangers)
    plain.service.match_brief("b1", plain.publish(brief(brief_id="b1")), "published")
    assert matchmaker.store.fits == plain.store.fits
    assert any(one.startswith("other") for one in plain.store.fits[0].profile_ids)


def test_a_revision_names_nobody(matchmaker: Matchmaker) -> None:
    matchmaker.people(near(1))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "revised")
    assert named(matchmaker) == []


def test_a_project_that_is_over_names_nobody(matchmaker: Matchmaker) -> None:
    matchmaker.people(near(1))
    event = matchmaker.publish(brief())
    matchmaker.close(BRIEF)
    matchmaker.service.match_brief(BRIEF, event, "published")
    assert named(matchmaker) == []


def test_a_project_that_comes_back_names_those_alone_who_were_not_named_before(matchmaker: Matchmaker) -> None:
    matchmaker.people(near(1))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    matchmaker.candidates.put(near(2), 1, near(2).roles)
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief(), publication_no=2), "published")
    assert named(matchmaker) == [("near-01",), ("near-02",)]


def test_whoever_becomes_proposable_is_named_for_the_live_projects_that_fit_them_and_once(
    matchmaker: Matchmaker,
) -> None:
    for brief_id in ("b1", "b2"):
        matchmaker.service.match_brief(brief_id, matchmaker.publish(brief(brief_id=brief_id)), "published")
    assert named(matchmaker) == [], "there was nobody"
    for _ in range(3):
        matchmaker.service.profile_changed("near-01", matchmaker.save(near(1)))
    assert [(fact.brief_id, fact.cause, fact.profile_ids) for fact in matchmaker.store.fits] == [
        ("b1", "profile", ("near-01",)),
        ("b2", "profile", ("near-01",)),
    ]


def test_a_change_of_one_profile_names_nobody_else_and_not_that_one_when_many_fit_better(
    matchmaker: Matchmaker,
) -> None:
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "published")
    for number in range(FITTING):
        matchmaker.candidates.put(near(number), 1, near(number).roles)
    matchmaker.service.profile_changed("far-01", matchmaker.save(far(1)))
    assert named(matchmaker) == []
    matchmaker.service.profile_changed("near-00", matchmaker.save(near(0)))
    assert named(matchmaker) == [("near-00",)]


def test_somebody_who_may_no_longer_be_proposed_is_not_named(matchmaker: Matchmaker) -> None:
    matchmaker.people(near(1))
    matchmaker.service.match_brief(BRIEF, matchmaker.publish(brief()), "revised")
    matchmaker.service.profile_changed("near-01", matchmaker.withdraw("near-01"))
    assert named(matchmaker) == []


def test_a_death_between_the_shortlist_and_the_naming_is_made_good_when_the_event_comes_again(
    matchmaker: Matchmaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    matchmaker.people(near(1))
    event = matchmaker.publish(brief())

    def busy(*_: object) -> None:
        raise Retryable("busy")

    with monkeypatch.context() as patched:
        patched.setattr(matchmaker.store, "name", busy)
        with pytest.raises(Retryable):
            matchmaker.service.match_brief(BRIEF, event, "published")
    assert matchmaker.seats(BRIEF) == ["near-01"]
    matchmaker.service.match_brief(BRIEF, event, "published")
    assert named(matchmaker) == [("near-01",)]
    assert len(matchmaker.store.runs) == 1


def test_what_was_found_says_what_it_was_found_from(matchmaker: Matchmaker) -> None:
    matchmaker.people(near(1), near(2))
    event = matchmaker.publish(brief())
    matchmaker.service.match_brief(BRIEF, event, "published")
    found, run = matchmaker.store.fittings[BRIEF, event], matchmaker.store.runs[BRIEF, event]
    assert (found.candidates, found.candidates_digest) == (run.candidates, run.candidates_digest)
    assert (found.weights_version, found.taxonomy_version, found.as_of) == (
        run.weights_version,
        run.taxonomy_version,
        run.as_of,
    )
    assert set(found.fitting) == set(found.named) == {"near-01", "near-02"}
