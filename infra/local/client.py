"""The product as a person's browser sees it: sign up and in at `/idp`, then the API with a bearer token.

Used by the demo, the benchmark and the journeys; nothing here knows what is behind the origin.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote

import urllib3

#: Whatever version there is: for what changes something that nobody else is editing.
ANY_VERSION = {"If-Match": "*"}

CONFIRMATION_CODE = "123456"  # the local product sends no real code by e-mail
_TIMEOUT = urllib3.Timeout(connect=3.0, read=40.0)

T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """An answer of the product."""

    status: int
    body: Any  # parsed when it is JSON, else text
    headers: Mapping[str, str]

    def expect(self, *statuses: int) -> Any:
        """The body, when the status is one of those expected. Raises Unexpected otherwise."""
        if self.status not in statuses:
            raise Unexpected(self)
        return self.body

    def version(self) -> dict[str, str]:
        """The headers of a change made to what this answer showed, and to nothing newer."""
        return {"If-Match": self.headers["ETag"]}


class Unexpected(Exception):
    """An answer with another status than the caller can go on with."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status}: {json.dumps(reply.body, ensure_ascii=False)[:2000]}")
        self.reply = reply


class TooLate(Exception):
    """What was waited for did not come in time."""


@dataclass
class Client:
    """One person's session with the product at `url`. Signed out until `sign_in`."""

    url: str
    id_token: str | None = None
    email: str | None = None
    _refresh_token: str | None = field(default=None, repr=False)
    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=4, timeout=_TIMEOUT, retries=False), repr=False
    )

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("POST", path, {} if body is None else body, headers)

    def put(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("PUT", path, body, headers)

    def patch(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("PATCH", path, body, headers)

    def delete(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.request("DELETE", path, headers=headers)

    def request(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Call the origin. `body` is sent as JSON, or as it is when it is bytes."""
        sent: dict[str, str] = {"Accept": "application/json"}
        content: bytes | None = None
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        if self.id_token is not None:
            sent["Authorization"] = f"Bearer {self.id_token}"
        sent.update(headers or {})
        answer = self._pool.request(method, f"{self.url}{path}", body=content, headers=sent, redirect=False)
        return Reply(answer.status, _parsed(answer), answer.headers)  # whose names have no case

    def sign_up(self, email: str, password: str, name: str | None = None) -> None:
        """Open an account and confirm its address, as the form and the code by e-mail do."""
        client_id = self._client_id()
        attributes = [{"Name": "email", "Value": email}]
        if name is not None:
            attributes.append({"Name": "name", "Value": name})
        self._identity("SignUp", ClientId=client_id, Username=email, Password=password, UserAttributes=attributes)
        self._identity("ConfirmSignUp", ClientId=client_id, Username=email, ConfirmationCode=CONFIRMATION_CODE)

    def sign_in(self, email: str, password: str) -> Client:
        """Raises Unexpected when the address or the password is wrong. Returns itself."""
        answer = self._identity(
            "InitiateAuth",
            ClientId=self._client_id(),
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": email, "PASSWORD": password},
        )
        self._take(answer["AuthenticationResult"])
        self.email = email
        return self

    def can_sign_in(self, email: str, password: str) -> bool:
        """Whether there is such an account with that password."""
        try:
            self.sign_in(email, password)
        except Unexpected:
            return False
        return True

    def refresh(self) -> None:
        """A new ID token, which says what has changed about the account since the last one."""
        answer = self._identity(
            "InitiateAuth",
            ClientId=self._client_id(),
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": self._refresh_token},
        )
        self._take(answer["AuthenticationResult"])

    def choose_role(self, role: str) -> None:
        """Say once what the account is for (`producer` or `freelancer`), and have a token that says so."""
        self.post("/api/me/role", {"role": role}).expect(200, 201)
        self.refresh()

    def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """E-mails that were sent, newest first; to this account's address unless another is given."""
        address = quote(to or self.email or "", safe="")
        reply = self.get(f"/mailbox.json?to={address}")
        messages: list[dict[str, Any]] = reply.expect(200)["messages"]
        return messages

    def _take(self, result: Mapping[str, str]) -> None:
        self.id_token = result["IdToken"]
        self._refresh_token = result.get("RefreshToken", self._refresh_token)

    def _client_id(self) -> str:
        return str(self.get("/api/config").expect(200)["user_pool_client_id"])

    def _identity(self, operation: str, **parameters: Any) -> Any:
        headers = {
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
        }
        signed_out = Client(self.url, _pool=self._pool)
        return signed_out.request("POST", "/idp", parameters, headers).expect(200)


def wait_until(
    found: Callable[[], T | None],
    seconds: float = 30.0,
    every: float = 0.05,
    what: str = "what was waited for",
) -> T:
    """Ask until there is an answer that is not None (nor empty). Raises TooLate."""
    deadline = time.monotonic() + seconds
    while True:
        answer = found()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TooLate(f"{what} did not come within {seconds:.0f} s")
        time.sleep(every)


def _parsed(answer: urllib3.BaseHTTPResponse) -> Any:
    text = answer.data.decode(errors="replace")
    if "json" not in answer.headers.get("Content-Type", ""):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
