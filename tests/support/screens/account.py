"""Opening an account and coming in."""

from __future__ import annotations

from tests.support.browser import Window
from tests.support.site import Screen, token
from tests.support.stand import document, down


def _sign_in(window: Window) -> None:
    window.page.fill("#email", "claire@falaise-films.test")
    window.page.fill("#password", "nothing of the kind")
    window.page.click("main form button[type=submit]")


def _sign_up(window: Window) -> None:
    window.page.check("input[value=producer]")
    window.page.fill("#name", "Claire Aubin")
    window.page.fill("#email", "claire@falaise-films.test")
    window.page.fill("#password", "Une phrase longue 1")
    window.page.click("main form button[type=submit]")


def _forget(window: Window) -> None:
    window.page.fill("#email", "claire@falaise-films.test")
    window.page.click("main form button[type=submit]")


def _cognito(exception: str) -> dict[str, object]:
    return {"POST /idp": document({"__type": exception, "message": exception}, 400)}


_NO_SIDE_YET = {
    "POST /idp": document({"AuthenticationResult": {"IdToken": token(None), "AccessToken": "a", "RefreshToken": "r"}})
}

SCREENS: tuple[Screen, ...] = (
    Screen("sign-in", "/sign-in"),
    Screen("sign-in with demo accounts", "/sign-in", local=True),
    Screen("sign-in refused", "/sign-in", answers=_cognito("NotAuthorizedException"), then=_sign_in),
    Screen("sign-in without a network", "/sign-in", answers={"POST /idp": down()}, then=_sign_in),
    Screen(
        "an address that was not confirmed", "/sign-in", answers=_cognito("UserNotConfirmedException"), then=_sign_in
    ),
    Screen("sign-up", "/sign-up"),
    Screen("sign-up as a freelancer", "/sign-up?side=freelancer"),
    Screen("a code by e-mail", "/sign-up", then=_sign_up),
    Screen("an account that exists", "/sign-up", answers=_cognito("UsernameExistsException"), then=_sign_up),
    Screen("a password that is too simple", "/sign-up", answers=_cognito("InvalidPasswordException"), then=_sign_up),
    Screen("a forgotten password", "/forgot-password"),
    Screen("a code for another password", "/forgot-password", then=_forget),
    Screen("too many codes", "/forgot-password", answers=_cognito("LimitExceededException"), then=_forget),
    Screen("a code that cannot be sent", "/sign-up", answers=_cognito("CodeDeliveryFailureException"), then=_sign_up),
    Screen(
        "another password is asked for", "/sign-in", answers=_cognito("PasswordResetRequiredException"), then=_sign_in
    ),
    Screen("which side", "/sign-in?next=/account/role", answers=_NO_SIDE_YET, then=_sign_in),
    Screen("which side, before signing in", "/account/role"),
)
