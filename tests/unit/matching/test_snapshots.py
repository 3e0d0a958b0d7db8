"""The engine's view of projects and people: what it holds, and that storing it loses nothing."""

import json
from dataclasses import fields
from decimal import Decimal

from hypothesis import given, settings

from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from tests.unit.matching import examples


@settings(max_examples=15, deadline=None)
@given(person=examples.people, brief=examples.briefs)
def test_a_snapshot_read_back_from_its_stored_form_is_the_same(person, brief):
    assert CandidateSnapshot.from_item(json.loads(json.dumps(person.to_item()))) == person
    assert BriefSnapshot.from_item(json.loads(json.dumps(brief.to_item()))) == brief


def test_a_stored_form_holds_no_float_since_dynamodb_takes_none():
    def walk(value):
        assert not isinstance(value, float)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(examples.person().to_item())
    walk(examples.brief().to_item())


def test_a_project_stored_before_it_could_ask_for_junior_seats_keeps_one():
    stored = examples.brief(junior_seats=3).to_item()
    assert BriefSnapshot.from_item(stored).junior_seats == 3
    assert BriefSnapshot.from_item(stored | {"junior_seats": None}).junior_seats == 1
    del stored["junior_seats"]
    assert BriefSnapshot.from_item(stored).junior_seats == 1


def test_numbers_that_come_back_from_the_store_as_decimals_become_integers():
    item = examples.person().to_item()
    item["verified_years"] = {examples.ROLE: Decimal(12)}
    item["credits"][0] |= {"year": Decimal(2024), "verification": Decimal(3)}

    assert CandidateSnapshot.from_item(item) == examples.person()


WHO_SOMEBODY_IS = """
    name display_name first_name last_name email phone photo sex gender age birth_date nationality address
    day_rate rate created_at signed_up_at updated_at user_sub
"""
WHO_IS_BEHIND_A_PROJECT = """
    company company_id company_pk confidential_title title targeted_broadcaster budget rights_status
"""


def test_no_field_tells_who_somebody_is_what_they_cost_or_when_they_came():
    known = {field.name for kind in (CandidateSnapshot, CreditSnapshot) for field in fields(kind)}

    assert not known & set(WHO_SOMEBODY_IS.split())


def test_no_field_of_a_project_tells_the_company_its_secret_title_or_its_budget():
    known = {field.name for field in fields(BriefSnapshot)}

    assert not known & set(WHO_IS_BEHIND_A_PROJECT.split())


def test_somebody_of_whom_no_level_is_known_is_a_junior():
    assert examples.person(levels={}).level(examples.ROLE) == "junior"
