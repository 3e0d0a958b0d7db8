from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from botocore.stub import Stubber

from chalicelib.accounts import repository
from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.platform.errors import Retryable

POOL = "eu-west-3_people"
ASKED = {"UserPoolId": POOL, "GroupName": "admins"}


@pytest.fixture
def pool() -> Iterator[Stubber]:
    users = boto3.client(
        "cognito-idp", region_name="eu-west-3", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with Stubber(users) as stubber, patch.object(repository, "client", lambda _: users):
        yield stubber
        stubber.assert_no_pending_responses()


def user(name: str, *, enabled: bool = True, status: str = "CONFIRMED") -> dict[str, Any]:
    made = datetime(2026, 11, 2, tzinfo=UTC)
    return {"Username": name, "Enabled": enabled, "UserStatus": status, "UserCreateDate": made}


def test_accounts_that_can_sign_in_are_counted_page_after_page(pool: Stubber) -> None:
    first = [user("sub-1"), user("sub-2", enabled=False), user("sub-3", status="FORCE_CHANGE_PASSWORD")]
    pool.add_response("list_users_in_group", {"Users": first, "NextToken": "more"}, ASKED)
    pool.add_response("list_users_in_group", {"Users": [user("sub-4")]}, {**ASKED, "NextToken": "more"})
    assert CognitoDirectory(POOL).active_in("admins") == 2


def test_a_pool_that_does_not_answer_is_asked_again_later(pool: Stubber) -> None:
    pool.add_client_error("list_users_in_group", "TooManyRequestsException")
    with pytest.raises(Retryable, match="user_pool_unavailable"):
        CognitoDirectory(POOL).active_in("admins")
