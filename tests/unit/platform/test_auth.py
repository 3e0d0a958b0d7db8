"""Who is asking, from the claims of a verified token."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.auth import PUBLIC, SIGNED_IN, Actor, members_of
from chalicelib.platform.errors import Forbidden, Unauthenticated

CLAIMS = {"sub": "s-1", "token_use": "id", "email": "a@b.test"}


@pytest.mark.parametrize("groups", ["producers,admins", "[producers admins]", "producers, admins"])
def test_groups_are_read_in_both_forms_the_gateway_sends(groups: str) -> None:
    actor = Actor.from_claims({**CLAIMS, "cognito:groups": groups})
    assert actor.groups == {"producers", "admins"}


@given(st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), unique=True, max_size=5))
def test_any_groups_come_out_the_same_from_both_forms(groups: list[str]) -> None:
    comma = Actor.from_claims({**CLAIMS, "cognito:groups": ",".join(groups)})
    bracket = Actor.from_claims({**CLAIMS, "cognito:groups": "[" + " ".join(groups) + "]"})
    assert comma.groups == bracket.groups == set(groups)


def test_an_account_without_a_role_has_no_group() -> None:
    assert Actor.from_claims(CLAIMS).groups == frozenset()


@pytest.mark.parametrize(
    "claims",
    [
        None,
        {},
        {"sub": "s-1", "token_use": "access"},
        {"sub": "s-1"},
        {"token_use": "id"},
        {"sub": "", "token_use": "id"},
    ],
)
def test_missing_claims_and_an_access_token_are_nobody(claims: dict[str, str] | None) -> None:
    with pytest.raises(Unauthenticated):
        Actor.from_claims(claims)


@pytest.mark.parametrize(("verified", "email"), [("true", "a@b.test"), (True, "a@b.test"), ("false", ""), (False, "")])
def test_an_address_that_was_not_confirmed_is_not_the_actors(verified: object, email: str) -> None:
    assert Actor.from_claims({**CLAIMS, "email_verified": verified}).email == email


def test_a_public_route_asks_nothing_and_knows_nobody() -> None:
    assert PUBLIC.admit(None) is None
    assert PUBLIC.admit(CLAIMS) is None


def test_anyone_signed_in_is_admitted_where_no_group_is_asked() -> None:
    actor = SIGNED_IN.admit(CLAIMS)
    assert actor is not None
    assert actor.sub == "s-1"


def test_one_of_the_groups_is_enough_and_none_is_refused() -> None:
    access = members_of("producers", "admins")
    assert access.admit({**CLAIMS, "cognito:groups": "admins"})
    with pytest.raises(Forbidden):
        access.admit({**CLAIMS, "cognito:groups": "freelancers"})
    with pytest.raises(Forbidden):
        access.admit(CLAIMS)


def test_a_group_whose_name_contains_another_is_not_that_other() -> None:
    with pytest.raises(Forbidden):
        members_of("admins").admit({**CLAIMS, "cognito:groups": "former-admins"})
