"""A company: declared, checked, and checked again when what was checked changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.companies.events import CompanyRegistered, CompanyRevised, CompanyVerificationDecided
from chalicelib.companies.schemas import CompanyInput, Invitation
from tests.support.drafts import NOW, checked, company, identity
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
