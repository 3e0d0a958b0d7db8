"""A company: declared, checked, and checked again when what was checked changes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.companies.events import CompanyRegistered, CompanyRevised, CompanyVerificationDecided
from chalicelib.companies.models import HiddenFacts, KnownAs, hidden_facts, presented
from chalicelib.companies.schemas import CompanyInput, Invitation
from chalicelib.platform.errors import Invalid
from chalicelib.platform.validation import validate_json
from tests.support.drafts import NOW, checked, company, identity, member
from tests.support.examples import company_body

LATER = NOW + timedelta(hours=1)


def test_a_company_is_unverified_until_an_administrator_says_otherwise() -> None:
    made = company()
    assert (made.status, made.version, made.decision_reason) == ("unverified", 1, None)
    verified, fact = checked(made, "verified", LATER)
    assert (verified.status, verified.version, verified.decision_reason) == ("verified", 2, "Vu.")
    assert fact == CompanyVerificationDecided(company_id=made.company_id, decision="verified", decided_by="admin-1")


def test_the_facts_of_a_company_carry_no_identity() -> None:
    registered = type(company()).register("c-1", identity(), "s-1", NOW)[1]
    assert registered == CompanyRegistered(company_id="c-1", member_sub="s-1")
    assert "Falaise" not in registered.model_dump_json()


@pytest.mark.parametrize("change", ["legal_name", "siren", "email_domain", "mandate"])
def test_any_change_of_what_was_checked_asks_for_a_new_check(change: str) -> None:
    verified, _ = checked(company(), "verified", NOW)
    revised = verified.revise(identity(**{change: "autre"}), LATER)
    assert revised is not None
    assert revised[0].status == "unverified"
    assert revised[1] == CompanyRevised(company_id=verified.company_id, verification_lost=True)


def test_the_same_identity_again_is_no_change() -> None:
    assert company().revise(identity(), LATER) is None


def test_an_unverified_company_loses_nothing_by_a_change() -> None:
    revised = company().revise(identity(legal_name="Autre"), LATER)
    assert revised is not None
    assert revised[1] == CompanyRevised(company_id=revised[0].company_id, verification_lost=False)


def parsed(**changes: Any) -> CompanyInput:
    return CompanyInput.model_validate(company_body(**changes))


@pytest.mark.parametrize("siren", ["552178634", "552 178 634", "418930277"])
def test_a_siren_whose_check_digit_is_right_is_kept_as_nine_digits(siren: str) -> None:
    assert parsed(siren=siren).siren == siren.replace(" ", "")


@pytest.mark.parametrize("siren", ["552178635", "12345", "55217863A", "000000000", "5521786340", "", "٥٥٢١٧٨٦٣٤"])
def test_any_other_siren_is_refused(siren: str) -> None:
    with pytest.raises(ValidationError):
        parsed(siren=siren)


@pytest.mark.parametrize(
    "domain",
    ["maison", "maison.", ".fr", "mai son.fr", "maison.fr/contact", "http://maison.fr", "@maison.fr", "-a.fr", "a..fr"],
)
def test_what_is_not_a_domain_is_refused(domain: str) -> None:
    with pytest.raises(ValidationError):
        parsed(email_domain=domain)


def test_a_domain_is_kept_in_small_letters() -> None:
    assert parsed(email_domain="Falaise-Films.TEST").email_domain == "falaise-films.test"


@pytest.mark.parametrize(
    "address", ["claire", "claire@", "@maison.fr", "claire@mai son.fr", "a@b.fr, c@d.fr", "a@b@c.fr"]
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Invitation.model_validate({"email": address})


def test_what_else_a_company_is_known_as_is_changed_without_a_new_check() -> None:
    verified, _ = checked(company(), "verified", NOW)
    revised = verified.revise(identity(), LATER, KnownAs(other_names=("Falaise",)))
    assert revised is not None
    assert (revised[0].status, revised[0].version) == ("verified", verified.version + 1)
    assert revised[0].known_as.other_names == ("Falaise",)
    assert revised[1] == CompanyRevised(company_id=verified.company_id, verification_lost=False)
    assert revised[0].revise(identity(), LATER, KnownAs(other_names=("Falaise",))) is None
    both = revised[0].revise(identity(legal_name="Autre"), LATER)
    assert both is not None
    assert both[1] == CompanyRevised(company_id=verified.company_id, verification_lost=True)
    assert both[0].known_as == revised[0].known_as


def test_everything_that_tells_who_a_company_is_is_hidden_each_thing_once() -> None:
    known = KnownAs(
        other_names=("Falaise", "Falaise Rouge Films"),
        acronyms=("FRF",),
        people=("Claire Aubenas",),
        addresses=("3 rue du Phare",),
        website="https://www.falaise-site.test/equipe",
        domains=("falaise-autre.test", "falaise-films.test"),
        handles=("falaiserouge",),
    )
    made = company().model_copy(update={"known_as": known})
    assert hidden_facts(made, [member()]) == HiddenFacts(
        names=("Falaise Rouge Films", "Falaise"),
        acronyms=("FRF",),
        siren="552178634",
        domains=("falaise-films.test", "falaise-autre.test", "falaise-site.test"),
        people=("Claire Aubenas",),
        addresses=("3 rue du Phare",),
        handles=("falaiserouge",),
        emails=("claire@falaise-films.test",),
    )
    assert presented(made, [member()]).website == known.website
    bare = hidden_facts(company(), [])
    assert (bare.names, bare.domains, bare.emails) == (("Falaise Rouge Films",), ("falaise-films.test",), ())


def test_a_company_that_calls_itself_otherwise_is_still_recognised_by_what_it_was_called() -> None:
    made = company()
    for name, domain in (("Grève Blanche", "greve.test"), ("Grève Noire", "greve.test")):
        changed = made.revise(identity(legal_name=name, email_domain=domain), LATER)
        assert changed is not None
        made = changed[0]
    hidden = hidden_facts(made, [])
    assert hidden.names == ("Grève Noire", "Falaise Rouge Films", "Grève Blanche")
    assert hidden.domains == ("greve.test", "falaise-films.test")
    back = made.revise(identity(), LATER)
    assert back is not None
    assert hidden_facts(back[0], []).names == ("Falaise Rouge Films", "Grève Blanche", "Grève Noire")
    assert presented(made, []).legal_name == "Grève Noire"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("website", "falaise.test", "wrong_website"),
        ("website", "javascript:alert(1)", "wrong_website"),
        ("website", "https://[", "wrong_website"),
        ("domains", ["pas un domaine"], "wrong_domain"),
        ("handles", ["deux mots"], "wrong_handle"),
        ("handles", ["@"], "wrong_handle"),
        ("acronyms", ["F"], "too_short"),
        ("people", ["Claire Aubenas"] * 2, "repeated"),
        ("people", [f"Personne {n}" for n in range(51)], "too_many"),
        ("other_names", None, "wrong_type"),
    ],
)
def test_what_does_not_look_like_what_it_should_be_is_refused(field: str, value: object, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        validate_json(CompanyInput, json.dumps(company_body(**{field: value})).encode())
    assert [(error.pointer.split("/")[1], error.code) for error in refused.value.fields] == [(field, code)]


def test_what_is_left_out_of_a_declaration_is_not_said_and_what_is_cleared_is() -> None:
    def said(**changes: object) -> dict[str, object]:
        return validate_json(CompanyInput, json.dumps(company_body(**changes)).encode()).known_as()

    assert said() == {}
    assert said(other_names=[], website=None) == {"other_names": (), "website": None}
    assert said(handles=["@falaise.rouge"]) == {"handles": ("falaise.rouge",)}
