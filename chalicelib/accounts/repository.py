"""Where roles are kept: `USER#sub`/`ACCOUNT` in the accounts table, and the user pool's groups."""

from __future__ import annotations

from datetime import datetime

from chalicelib.platform.clients import client
from chalicelib.platform.errors import Retryable
from chalicelib.platform.table import NEW, ConditionFailed, Delete, Put, Table
from chalicelib.vocabulary.clock import stamp


class RoleRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def claim_role(self, sub: str, role: str, now: datetime) -> str:
        key = {"pk": f"USER#{sub}", "sk": "ACCOUNT"}
        try:
            self._table.write(Put({**key, "role": role, "chosen_at": stamp(now)}, condition=NEW))
        except ConditionFailed:
            standing = self._table.get(key["pk"], key["sk"])
            return str(standing["role"]) if standing else role
        return role

    def role(self, sub: str) -> tuple[str, str] | None:
        """The role of an account, and when it was chosen."""
        item = self._table.get(f"USER#{sub}", "ACCOUNT")
        return (str(item["role"]), str(item["chosen_at"])) if item else None

    def forget(self, sub: str) -> None:
        self._table.write(Delete(f"USER#{sub}", "ACCOUNT"))


class CognitoDirectory:
    """The user pool. Its username is the account's `sub`: people sign in with their e-mail as an alias."""

    def __init__(self, user_pool_id: str) -> None:
        self._user_pool_id = user_pool_id

    def add_to_group(self, username: str, group: str) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            client("cognito-idp").admin_add_user_to_group(
                UserPoolId=self._user_pool_id, Username=username, GroupName=group
            )
        except (BotoCoreError, ClientError) as error:
            # The role is recorded; choosing it again adds the group, so the caller is told to try again.
            raise Retryable("user_pool_unavailable") from error

    def account(self, username: str) -> tuple[str, str] | None:
        """The `sub` and the address of an account, found by either; None when there is none. Raises Retryable."""
        from botocore.exceptions import BotoCoreError, ClientError

        users = client("cognito-idp")
        try:
            found = users.admin_get_user(UserPoolId=self._user_pool_id, Username=username)
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and error.response["Error"]["Code"] == "UserNotFoundException":
                return None
            raise Retryable("user_pool_unavailable") from error
        known = {one["Name"]: one["Value"] for one in found["UserAttributes"]}
        return known["sub"], known.get("email", "")

    def close(self, username: str) -> None:
        """Nobody signs in to the account any more, and no token of it is renewed; closed already, or gone, it stays so.
        Raises Retryable."""
        for operation in ("admin_disable_user", "admin_user_global_sign_out"):
            self._upon(operation, username)

    def delete(self, username: str) -> bool:
        """Whether there was an account to delete. Raises Retryable."""
        return self._upon("admin_delete_user", username)

    def _upon(self, operation: str, username: str) -> bool:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            getattr(client("cognito-idp"), operation)(UserPoolId=self._user_pool_id, Username=username)
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and error.response["Error"]["Code"] == "UserNotFoundException":
                return False
            raise Retryable("user_pool_unavailable") from error
        return True

    def active_in(self, group: str) -> int:
        """Accounts of the group that are confirmed and not disabled. Raises Retryable."""
        from botocore.exceptions import BotoCoreError, ClientError

        users = client("cognito-idp")
        count: int = 0
        following: dict[str, str] = {}
        try:
            while True:
                answer = users.list_users_in_group(UserPoolId=self._user_pool_id, GroupName=group, **following)
                count += len([one for one in answer["Users"] if one["Enabled"] and one["UserStatus"] == "CONFIRMED"])
                if "NextToken" not in answer:
                    return count
                following = {"NextToken": answer["NextToken"]}
        except (BotoCoreError, ClientError) as error:
            raise Retryable("user_pool_unavailable") from error
