"""Why this person, why not me, how many there are: through the routes."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.matching import wiring as matching
from chalicelib.matching.weights import CRITERIA
from tests.support.api import FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.examples import SECRETS, brief_body, company_body, credit_body, day, profile_body, today
from tests.support.tables import dump
from tests.support.world import World, done
from tests.unit.matching.examples import ROLE, credit, person

OTHERS = [Person(f"sub-o{number}", f"o{number}@courriel.test", ("freelancers",)) for number in range(8)]


def people(count: int, **changes: Any) -> None:
    """Other juniors whom matching knows, each with one verified credit that is all the usual project asks for."""
    for number in range(count):
        other(f"talent-{number}", source_material="novel", **changes)


def other(profile_id: str, **changes: Any) -> None:
    snapshot = person(
        profile_id,
        levels={ROLE: "junior"},
        availability=((today(), None),),
        credits=(credit(f"of-{profile_id}", **changes),),
    )
    matching.candidates().put(snapshot, 1, snapshot.roles)


def why(world: World, brief: dict[str, Any], profile_id: str, asking: Person = PRODUCER) -> Answer:
    return world.api.get(f"/briefs/{brief['brief_id']}/matches/{profile_id}", asking)


def fit(world: World, brief: dict[str, Any], asking: Person = FREELANCER) -> Answer:
    return world.api.get(f"/projects/{brief['brief_id']}/fit", asking)


# ---- GET /briefs/{id}/matches/{profile_id}


def test_somebody_on_the_shortlist_is_told_as_on_the_shortlist(world: World) -> None:
    world.company()
    profile = world.profile()
    brief = world.live_brief()
    world.match()
    listed = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))["matches"][0]
    told = done(why(world, brief, profile["profile_id"]))
    assert told["match"] == listed
    assert told["profile"] == listed["profile"]
    standing = told["standing"]
    assert (standing["rank"], standing["eligible"]) == (1, 1)
    assert standing["contributions"] == listed["contributions"]
    assert (standing["score"], standing["summary"]) == (listed["score"], listed["summary"])
    assert told["obstacle"] is None and told["decided_by"] is None


def test_somebody_proposed_for_another_project_hears_what_decided_and_what_would_bring_them_in(world: World) -> None:
    world.company()
    profile = world.profile(credits=({"genres": ["romance"], "tones": ["light"], "source_material": "novel"},))
    former = world.live_brief()
    world.match()
    done(world.api.post(f"/briefs/{former['brief_id']}/close", person=PRODUCER))
    people(9, synopsis="")
    brief = world.live_brief()
    world.match()
    told = done(why(world, brief, profile["profile_id"]))
    assert told["match"] is None
    assert (told["standing"]["rank"], told["standing"]["eligible"]) == (10, 10)
    decided = told["decided_by"]
    assert (decided["by"], decided["criterion"]) == ("criterion", "genre")
    assert decided["points"] < decided["points_of_last_seated"]
    assert decided["text"]["fr"].startswith("Ce qui a décidé\u202f: Genre, ")
    assert told["counterfactuals"]
    for one in told["counterfactuals"]:
        assert one["rank_after"] < one["rank_before"] == 10
    best = told["counterfactuals"][0]
    assert (best["field"], best["entry"]["id"]) == ("genres", "romance")
    genres = ["regional-crime", "romance"] if best["action"] == "add" else ["romance"]
    done(world.api.patch(f"/briefs/{brief['brief_id']}", {"genres": genres}, PRODUCER))
    assert done(why(world, brief, profile["profile_id"]))["standing"]["rank"] == best["rank_after"]


def test_who_was_never_proposed_reads_as_who_does_not_exist(world: World) -> None:
    world.company()
    world.company(RIVAL, legal_name="Autre Rive", siren="418930277", email_domain="autre-rive.test")
    profile = world.profile()
    theirs = world.live_brief()
    world.match()
    rivals = world.live_brief(RIVAL, role="script-reader")
    known = why(world, theirs, profile["profile_id"])
    assert known.status == 200
    stranger = why(world, rivals, profile["profile_id"], RIVAL)
    nobody = why(world, rivals, rivals["brief_id"], RIVAL)
    assert stranger.status == nobody.status == 404
    assert stranger.content == nobody.content


def test_a_former_proposal_of_another_project_of_the_company_is_told_what_keeps_them_out(world: World) -> None:
    world.company()
    profile = world.profile()
    world.live_brief()
    world.match()
    other = world.live_brief(languages=["fr", "en"])
    told = done(why(world, other, profile["profile_id"]))
    assert told["standing"] is None
    assert told["obstacle"]["code"] == "language"
    assert told["obstacle"]["text"]["en"] == "Working language asked for, not on the profile: English."
    [without] = told["counterfactuals"]
    assert (without["field"], without["action"], without["rank_before"]) == ("languages", "remove", None)


def test_a_profile_that_went_back_to_its_owner_is_in_no_answer(world: World) -> None:
    world.company()
    profile = world.profile()
    brief = world.live_brief()
    world.match()
    world.take_back(FREELANCER)
    assert why(world, brief, profile["profile_id"]).status == 404


def test_a_draft_has_no_proposals_to_ask_about(world: World) -> None:
    world.company()
    profile = world.profile()
    world.live_brief()
    world.match()
    assert why(world, world.draft(), profile["profile_id"]).status == 404


# ---- GET /projects/{id}/fit


def test_a_verified_freelancer_hears_their_place_what_gave_it_and_what_would_change_it(world: World) -> None:
    world.company()
    people(4)
    usual = {name: credit_body()[name] for name in ("title", "synopsis", "contribution")}
    for number in range(5):  # each a little older, so that there are ranks in between
        other(f"older-{number}", tones=(), year=today().year - 3 - number, **usual)
    profile = world.profile(credits=({"tones": []},), work_modes=["on-site"])
    world.match()
    brief = world.live_brief()
    world.match()
    told = done(fit(world, brief))
    assert told["can_be_proposed"] and told["obstacles"] == []
    standing = told["standing"]
    rank = standing["rank"]
    assert (rank > 4, standing["eligible"]) == (True, 10)
    assert [part["criterion"] for part in standing["contributions"]] == [one for one in CRITERIA if one != "company"]
    assert round(sum(part["points"] for part in standing["contributions"]), 2) == standing["score"]
    assert standing["deciding_credit_ids"] == [profile["credits"][0]["credit_id"]]
    assert {one["field"] for one in told["counterfactuals"]} <= {
        "work_modes",
        "specialities/development_stages",
        "credits/tones",
    }
    best = next(one for one in told["counterfactuals"] if one["field"] == "work_modes")
    done(world.api.put("/profiles/mine", profile_body(work_modes=["on-site", best["entry"]["id"]]), FREELANCER))
    assert done(fit(world, brief))["standing"]["rank"] == best["rank_after"] < rank


CHANGED_BEHIND_THE_CARD: dict[str, dict[str, Any]] = {
    "confidential title": {"confidential_title": "Marée de quatre heures"},
    "broadcaster": {"targeted_broadcaster": "arte"},
    "pitch": {
        "pitch": {"fr": "Une gendarme et son père marin face à un naufrage jamais expliqué.", "en": "A harbour."}
    },
    "option's end": {"option_end_date": day(50)},
    "notice of renewal": {"renewal_notice_days": 200},
    "broadcaster's date": {"broadcaster_date": day(20)},
    "rights": {"rights_status": "owned", "option_end_date": None},
    "junior places": {"junior_seats": 3},
    "whether past work with the company counts": {"company_affinity": False},
}


@pytest.mark.parametrize("what", CHANGED_BEHIND_THE_CARD)
def test_nothing_that_the_card_does_not_show_changes_one_byte_of_a_fit(what: str, world: World) -> None:
    world.company()
    world.profile(work_modes=["on-site"])
    people(3, tones=("light",))
    brief = world.live_brief()
    world.match()
    before = fit(world, brief)
    assert before.status == 200
    done(world.api.patch(f"/briefs/{brief['brief_id']}", CHANGED_BEHIND_THE_CARD[what], PRODUCER))
    world.match()
    assert fit(world, brief).content == before.content


def test_neither_does_the_company_even_one_that_the_person_has_worked_for(world: World) -> None:
    world.company()
    world.profile(credits=({"company": "Ateliers du Phare"},))
    people(3)
    brief = world.live_brief()
    world.match()
    before = fit(world, brief)
    done(world.api.put("/companies/mine", company_body(legal_name="Ateliers du Phare"), PRODUCER))
    world.verify_company()
    world.match()
    assert fit(world, brief).content == before.content


def test_no_confidential_value_is_anywhere_in_a_fit(world: World) -> None:
    world.company()
    world.profile(work_modes=["on-site"])
    brief = world.live_brief()
    world.match()
    text = fit(world, brief).content.decode()
    for secret in (*SECRETS.values(), "Zénobie", brief_body()["option_end_date"], day(241 - 52)):
        assert secret not in text, secret


def test_a_profile_that_is_not_verified_yet_is_placed_as_if_and_told_what_is_missing(world: World) -> None:
    world.company()
    people(2)
    other("little", tones=("light",), universes=("hospital",), stakes=("grief",), format="series-52", synopsis="")
    world.profile(verified=False)
    brief = world.live_brief()
    world.match()
    told = done(fit(world, brief))
    assert not told["can_be_proposed"]
    [obstacle] = told["obstacles"]
    assert (obstacle["code"], obstacle["facts"]) == ("verification", {"status": "draft"})
    assert "vérification" in obstacle["text"]["fr"]
    assert told["standing"]["eligible"] == 4
    assert told["standing"]["deciding_credit_ids"] == []
    further = told["counterfactuals"][0]
    assert (further["field"], further["facts"]) == ("credits/verification", {"level": 1})
    assert further["rank_before"] == told["standing"]["rank"] > further["rank_after"]


def test_who_cannot_be_proposed_hears_it_with_the_change_that_would_let_them_in(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief(languages=["fr", "en"])
    told = done(fit(world, brief))
    assert [one["code"] for one in told["obstacles"]] == ["language"]
    [change] = told["counterfactuals"]
    assert change["entry"]["id"] == "en"
    done(world.api.put("/profiles/mine", profile_body(languages=["fr", "en"]), FREELANCER))
    told = done(fit(world, brief))
    assert told["can_be_proposed"] and told["standing"]["rank"] == change["rank_after"]


def test_a_fit_follows_the_profile_at_once_before_matching_has_heard_of_the_change(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    world.match()
    before = done(fit(world, brief))["standing"]["score"]
    done(world.api.put("/profiles/mine", profile_body(work_modes=["on-set"]), FREELANCER))
    assert done(fit(world, brief))["standing"]["score"] < before


def test_there_is_no_fit_without_a_profile_nor_with_a_project_that_is_not_shown(world: World) -> None:
    world.company()
    brief = world.live_brief()
    assert fit(world, brief).status == 404
    world.profile()
    assert fit(world, brief).status == 200
    assert fit(world, world.draft()).status == 404
    world.take_back(PRODUCER, "Mandat expiré.")
    assert fit(world, brief).status == 404
    world.verify_company()
    done(world.api.post(f"/briefs/{brief['brief_id']}/close", person=PRODUCER))
    assert fit(world, brief).status == 404


# ---- POST /briefs/estimate


def estimate(world: World, **fields: Any) -> Answer:
    return world.api.post("/briefs/estimate", fields, PRODUCER)


def test_an_estimate_counts_by_level_and_region_and_tells_the_strictest_rule(world: World) -> None:
    people(3)
    world.profile(OTHERS[3], region="corse", credits=({"year": 2019, "started_year": 2010},))
    world.profile(OTHERS[4], roles=["script-reader"])
    world.profile(OTHERS[5], languages=["en"])
    world.profile(OTHERS[6], languages=["en"])
    world.profile(OTHERS[7], verified=False)
    world.match()
    done(estimate(world, role="script-reader"))  # the first reading may ask for an index that is not there yet
    before = dump()
    told = done(estimate(world, role="literary-director", languages=["fr"]))
    assert told["eligible"] == 4
    assert {one["id"]: one["people"] for one in told["levels"]} == {"junior": 3, "senior": 1}
    assert [(one["id"], one["people"]) for one in told["regions"]] == [("bretagne", 3), ("other", 1)]
    assert told["regions"][1]["labels"] == {"fr": "Autres régions", "en": "Other regions"}
    assert [(one["rule"], one["people"]) for one in told["left_out"]] == [
        ("role", 1),
        ("language", 2),
        ("availability", 0),
    ]
    assert told["strictest"] == "language"
    assert dump() == before


def test_an_estimate_needs_no_more_than_a_role_and_takes_the_dates_that_there_are(world: World) -> None:
    world.profile(availability=[{"from": day(30), "until": None}])
    world.match()
    assert done(estimate(world, role="literary-director"))["eligible"] == 1
    soon = {"start_window": {"from": day(1), "until": day(9)}}
    told = done(estimate(world, role="literary-director", **soon))
    assert (told["eligible"], told["strictest"]) == (0, "availability")
    later = {"option_end_date": day(90), "estimated_days": 20}
    assert done(estimate(world, role="literary-director", **soon, **later))["eligible"] == 1
    assert done(estimate(world, **brief_body()))["eligible"] == 1


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, {"/role": "required"}),
        ({"role": None}, {"/role": "wrong_type"}),
        ({"role": "showrunner"}, {"/role": "unknown_id"}),
        ({"role": "literary-director", "salary": 3}, {"/salary": "unknown_field"}),
        ({"role": "literary-director", "option_end_date": day(-1)}, {"/option_end_date": "in_the_past"}),
        (
            {"role": "literary-director", "start_window": {"from": day(9), "until": day(8)}},
            {"/start_window/until": "end_before_start"},
        ),
    ],
)
def test_a_wrong_field_of_an_estimate_is_named(fields: dict[str, Any], codes: dict[str, str], world: World) -> None:
    answer = estimate(world, **fields)
    assert (answer.status, answer.codes) == (422, codes)


# ---- the shortlist shown


def test_a_shortlist_says_why_and_when_it_was_computed(world: World) -> None:
    world.company()
    world.profile()
    brief = world.live_brief()
    path = f"/briefs/{brief['brief_id']}/matches"
    assert done(world.api.get(path, PRODUCER))["cause"] is None
    world.match()
    first = done(world.api.get(path, PRODUCER))
    assert first["cause"] == "published"
    done(world.api.patch(f"/briefs/{brief['brief_id']}", {"tones": ["light"]}, PRODUCER))
    world.match()
    second = done(world.api.get(path, PRODUCER))
    assert second["cause"] == "revised"
    assert second["computed_at"] > first["computed_at"]
    done(world.api.post("/profiles/mine/credits", credit_body(title="Une autre"), FREELANCER))
    world.match()
    assert done(world.api.get(path, PRODUCER))["cause"] == "profile"
