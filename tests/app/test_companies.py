"""A company says by what else it is recognised: kept outside of what is checked."""

from __future__ import annotations

from typing import Any

from chalicelib.companies import wiring as companies
from tests.support.api import ADMIN, PRODUCER
from tests.support.examples import SECRETS, company_body
from tests.support.world import World, done

KNOWN_AS: dict[str, Any] = {
    "other_names": ["Maison Falaise"],
    "acronyms": ["FRF"],
    "people": ["Claire Aubenas", "Paul Le Goff"],
    "addresses": ["3 rue du Phare, 29200 Brest"],
    "website": "https://www.falaise-site.test/equipe",
    "domains": ["falaise-autre.test"],
    "handles": ["falaiserouge"],
}


def test_what_it_is_known_as_is_read_back_and_asks_for_no_new_check(world: World) -> None:
    world.company()
    answer = world.api.put("/companies/mine", company_body(**KNOWN_AS), PRODUCER)
    said = done(answer)
    assert said["status"] == "verified"
    assert {name: said[name] for name in KNOWN_AS} == KNOWN_AS
    assert done(world.api.get("/companies/mine", PRODUCER)) == said
    assert world.api.put("/companies/mine", company_body(**KNOWN_AS), PRODUCER).etag == answer.etag


def test_what_is_left_out_stays_and_what_is_empty_is_cleared(world: World) -> None:
    world.company(**KNOWN_AS)
    kept = done(world.api.put("/companies/mine", company_body(), PRODUCER))
    assert {name: kept[name] for name in KNOWN_AS} == KNOWN_AS
    some = done(world.api.put("/companies/mine", company_body(people=[], website=None), PRODUCER))
    assert (some["people"], some["website"], some["acronyms"]) == ([], None, ["FRF"])
    assert some["status"] == "verified"


def test_a_correction_of_its_identity_keeps_it_and_still_asks_for_a_check(world: World) -> None:
    world.company(**KNOWN_AS)
    corrected = done(world.api.put("/companies/mine", company_body(legal_name="Falaise et Cie"), PRODUCER))
    assert (corrected["status"], corrected["other_names"]) == ("unverified", KNOWN_AS["other_names"])
    [listed] = done(world.api.get("/admin/companies", ADMIN))["companies"]
    assert listed["handles"] == KNOWN_AS["handles"]


def test_other_contexts_are_told_all_that_is_hidden_and_what_is_told_after_a_reveal(world: World) -> None:
    company_id = world.company(**KNOWN_AS)
    hidden = companies.queries().hidden(company_id)
    assert hidden is not None
    assert hidden.names == (SECRETS["legal_name"], "Maison Falaise")
    assert hidden.domains == (SECRETS["email_domain"], "falaise-autre.test", "falaise-site.test")
    assert (hidden.siren, hidden.emails) == (SECRETS["siren"], (SECRETS["member"],))
    presented = companies.queries().identity(company_id)
    assert presented is not None
    assert (presented.legal_name, presented.people) == (SECRETS["legal_name"], tuple(KNOWN_AS["people"]))
    assert companies.queries().hidden("nowhere") is companies.queries().identity("nowhere") is None
