"""The demo accounts in the user pool, made by the account's owner as administrators are on AWS."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import ClientError

from infra.local.demo_data import DemoData
from infra.local.emulator import Emulator

_GROUPS = {"producers": "producers", "freelancers": "freelancers", "administrators": "admins"}


def ensure_accounts(emulator: Emulator, pool_id: str, data: DemoData) -> dict[str, str]:
    """Every demo account, confirmed, with its password and its group; returns each one's `sub` by address."""
    password = data.accounts["password"]
    wanted = [(account, group) for kind, group in _GROUPS.items() for account in data.accounts[kind]]
    with ThreadPoolExecutor(4) as pool:
        subs = pool.map(lambda pair: _ensure(emulator, pool_id, pair[0], password, pair[1]), wanted)
        return {account["email"]: sub for (account, _), sub in zip(wanted, subs, strict=True)}


def _ensure(emulator: Emulator, pool_id: str, account: Mapping[str, Any], password: str, group: str) -> str:
    cognito = emulator.client("cognito-idp")
    email = account["email"]
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    if "name" in account:
        attributes.append({"Name": "name", "Value": account["name"]})
    try:
        cognito.admin_create_user(
            UserPoolId=pool_id, Username=email, UserAttributes=attributes, MessageAction="SUPPRESS"
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
    cognito.admin_set_user_password(UserPoolId=pool_id, Username=email, Password=password, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool_id, Username=email, GroupName=group)
    user = cognito.admin_get_user(UserPoolId=pool_id, Username=email)
    return str(next(item["Value"] for item in user["UserAttributes"] if item["Name"] == "sub"))
