"""Addresses behind accounts and accounts behind addresses, as a user pool answers (Cognito's AdminGetUser)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from botocore.stub import Stubber

from chalicelib.accounts.queries import AccountQueries
from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable

POOL = "eu-west-3_accounts"
SUB = "2f1c7d5e-0000-4000-8000-000000000001"
FOUND = {
    "Username": SUB,
    "UserAttributes": [
        {"Name": "email", "Value": "ines@courriel.test"},
        {"Name": "email_verified", "Value": "true"},
        {"Name": "sub", "Value": SUB},
    ],
}


@pytest.fixture
def pool(aws: None) -> Iterator[Stubber]:
    with Stubber(client("cognito-idp")) as stubbed:
        yield stubbed
        stubbed.assert_no_pending_responses()


def accounts() -> AccountQueries:
    return AccountQueries(CognitoDirectory(POOL))


def asked_for(username: str) -> dict[str, str]:
    return {"UserPoolId": POOL, "Username": username}


def test_an_account_is_known_by_its_number_and_by_its_address(pool: Stubber) -> None:
    pool.add_response("admin_get_user", FOUND, asked_for(SUB))
    assert accounts().address(SUB) == "ines@courriel.test"
    pool.add_response("admin_get_user", FOUND, asked_for("ines@courriel.test"))
    assert accounts().account_at("ines@courriel.test") == SUB


def test_nobody_is_none(pool: Stubber) -> None:
    for _ in range(2):
        pool.add_client_error("admin_get_user", "UserNotFoundException", http_status_code=400)
    assert accounts().address("no-such-account") is None
    assert accounts().account_at("paul@courriel.test") is None


@pytest.mark.parametrize("code", ["TooManyRequestsException", "InternalErrorException", "ResourceNotFoundException"])
def test_a_pool_that_does_not_answer_is_asked_again_later(pool: Stubber, code: str) -> None:
    pool.add_client_error("admin_get_user", code, http_status_code=400)
    with pytest.raises(Retryable):
        accounts().address(SUB)
