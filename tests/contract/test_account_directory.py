"""Addresses behind accounts and accounts behind addresses, asked of a user pool."""

from __future__ import annotations

import pytest

from chalicelib.accounts.queries import AccountQueries
from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable


def made(address: str) -> tuple[AccountQueries, str]:
    """A pool with one account of this address, and the account's `sub`."""
    users = client("cognito-idp")
    pool = users.create_user_pool(PoolName="accounts", UsernameAttributes=["email"])["UserPool"]["Id"]
    attributes = [{"Name": "email", "Value": address}]
    user = users.admin_create_user(UserPoolId=pool, Username=address, UserAttributes=attributes)["User"]
    known = {one["Name"]: one["Value"] for one in user["Attributes"]}
    return AccountQueries(CognitoDirectory(pool)), known["sub"]


def test_an_account_is_known_by_its_number_and_by_its_address(aws: None) -> None:
    accounts, sub = made("ines@courriel.test")
    assert accounts.address(sub) == "ines@courriel.test"
    assert accounts.account_at("ines@courriel.test") == sub


def test_nobody_is_none(aws: None) -> None:
    accounts, _ = made("ines@courriel.test")
    assert accounts.address("no-such-account") is None
    assert accounts.account_at("paul@courriel.test") is None


def test_a_pool_that_does_not_answer_is_asked_again_later(aws: None) -> None:
    with pytest.raises(Retryable):
        AccountQueries(CognitoDirectory("eu-west-3_nowhere")).address("sub-1")
