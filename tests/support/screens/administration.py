"""What an administrator keeps in order: the words and the rates, what failed, e-mails, figures, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.support.browser import Window
from tests.support.site import Given, Screen, example, later, press, refusal
from tests.support.stand import Answer, down

FAILURE = "01M890P4T8Q7R6S5V4W3X2Y1Z0"
FAILURE_PATH = f"/admin/operations/failures/{FAILURE}"
ALARM = "01M89XGSW89Z82DJGTDM2HZJTC"
SAVE_DRAFT = "#save-draft"
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120" role="img"><title>Un délai</title>'
    '<path d="M10 100L200 40L390 70" fill="none" stroke="#0F5C63"/></svg>'
)
PICTURES: Mapping[str, Given] = {
    f"GET /admin/metrics/plots/{figure}": Answer(DRAWN.encode(), "image/svg+xml")
    for figure in ("proposed", "mutual", "engaged", "answered_in_time", "juniors")
}
OVERTAKEN = refusal(412, "precondition_failed", "Quelqu’un a changé ceci entre-temps.")


def taxonomy(**changes: Any) -> dict[str, Any]:
    return example("/admin/taxonomy", **changes)


def _rename(window: Window) -> None:
    """Changes the first name of the list, and leaves it open."""
    window.page.get_by_role("button", name="Modifier « Sombre »").or_(
        window.page.get_by_role("button", name="Change “Dark”")
    ).click()
    window.page.fill("#entry-dark-fr", "Noir")


def _rename_and_save(window: Window) -> None:
    _rename(window)
    window.page.click(SAVE_DRAFT)
    window.quiet()


def _raise_a_rate(window: Window) -> None:
    window.page.locator("main input[inputmode=decimal]").first.fill("300")
    window.page.click("#preview")
    window.quiet()


def _publish_rates(window: Window) -> None:
    _raise_a_rate(window)
    window.page.fill("#publish-reason", "Grille d’hiver.")
    window.page.click("#publish button[type=submit]")
    window.quiet()


def _add_suppression(window: Window) -> None:
    window.page.fill("#suppression-address", "agathe@semaphore-recits.example")
    window.page.fill("#suppression-note", "La personne a quitté la société.")
    window.page.click("#suppressions form button[type=submit]")


def _dismiss(window: Window) -> None:
    window.page.fill("#dismiss-why", "Message d’essai, sans suite.")
    window.page.click("main form button[type=submit]")


def _replay_those_of_a_kind(window: Window) -> None:
    window.page.select_option("#failures-consumer", "plan_emails")
    window.quiet()
    window.page.click("#replay-all")


def _failure(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /admin/failures/{FAILURE}": example(f"/admin/failures/{FAILURE}", **changes)}


def _admin(name: str, address: str, answers: Mapping[str, Given | dict[str, Any]] | None = None, **more: Any) -> Screen:
    return Screen(name, address, "admins", answers or {}, **more)


_REPLAY = {
    "requested_by": "d0f3",
    "requested_at": "2026-11-25T10:00:00.000Z",
    "begun_at": "2026-11-25T10:00:01.000Z",
    "ended_at": "2026-11-25T10:00:02.000Z",
    "outcome": "parked_again",
}
_NO_SEAT = example("/admin/exposure", seats=0, projects=0, people_shown=0, most_shown_share=None)
_NO_EMAIL = {kind: [] for kind in ("emails", "letters", "alarms", "contacts", "accounts", "rulings", "colleagues")} | {
    "cursor": None
}

#: What facts hold, the last one by a later version.
RECORDED: tuple[dict[str, Any], ...] = (
    {"thread_id": FAILURE, "decision": "not_retained", "ground": "other_dates", "round": 1, "overdue": True},
    {"measure_id": FAILURE, "kind": "user", "subject_id": "a1b2c3d4", "decided_by": "d0f3", "seconded_by": ""},
    {"brief_id": FAILURE, "profile_ids": [FAILURE, ALARM], "cause": "published"},
    {"account_id": "a1b2c3d4", "months": 21, "last_active_on": "2025-02-03"},
    {"new_thing": "never_heard_of", "deep": {"in": [1, 2]}},
)


def audit(*recorded: dict[str, Any]) -> dict[str, Any]:
    entry = example("/admin/audit")["entries"][0]
    return {
        "entries": [entry | {"event_id": str(at), "details": one} for at, one in enumerate(recorded)],
        "cursor": None,
    }


SCREENS: tuple[Screen, ...] = (
    _admin("reference data", "/admin/reference"),
    _admin("reference data out of reach", "/admin/reference", {"GET /admin/taxonomy": down()}, then=later),
    _admin("the words with a draft", "/admin/taxonomy"),
    _admin("the words without a draft", "/admin/taxonomy", {"GET /admin/taxonomy": taxonomy(draft=None)}),
    _admin("the words out of reach", "/admin/taxonomy", {"GET /admin/taxonomy": down()}, then=later),
    _admin("a word being changed", "/admin/taxonomy", then=_rename),
    _admin(
        "words that were changed meanwhile",
        "/admin/taxonomy",
        {"PUT /admin/taxonomy": OVERTAKEN},
        then=_rename_and_save,
    ),
    _admin(
        "a word that is refused",
        "/admin/taxonomy",
        {
            "PUT /admin/taxonomy": refusal(
                422,
                "invalid",
                "La demande contient des erreurs.",
                errors=[
                    {
                        "pointer": "/dimensions/tones/items/0/labels/fr",
                        "code": "same_label",
                        "message": "Une autre entrée proposée porte déjà ce nom : Âpre.",
                    }
                ],
            )
        },
        then=_rename_and_save,
    ),
    _admin("what the words do to shortlists", "/admin/taxonomy", then=press("#see-effect")),
    _admin(
        "an earlier version of the words",
        "/admin/taxonomy?number=1",
        {"GET /admin/taxonomy": taxonomy(shown=taxonomy()["history"][1], draft=None)},
    ),
    _admin("the grid of rates to change", "/admin/rates"),
    _admin("the grid of rates out of reach", "/admin/rates", {"GET /admin/rates": down()}, then=later),
    _admin("what a grid changes", "/admin/rates", then=_raise_a_rate),
    _admin("a grid that was changed meanwhile", "/admin/rates", {"PUT /admin/rates": OVERTAKEN}, then=_publish_rates),
    _admin(
        "an earlier grid",
        "/admin/rates?number=1",
        {"GET /admin/rates": example("/admin/rates", shown=example("/admin/rates")["history"][1])},
    ),
    _admin("operations", "/admin/operations"),
    _admin(
        "operations with nothing to do",
        "/admin/operations",
        {
            "GET /admin/failures": {"failures": [], "cursor": None},
            "GET /admin/notices": {"notices": [], "cursor": None},
            "GET /verification/statistics": example("/verification/statistics", shortage=None),
        },
    ),
    _admin("a service that does not answer", "/admin/operations", {"GET /health": down()}, then=later),
    _admin("incidents", "/admin/operations/failures"),
    _admin("no incident", "/admin/operations/failures", {"GET /admin/failures": {"failures": [], "cursor": None}}),
    _admin("incidents out of reach", "/admin/operations/failures", {"GET /admin/failures": down()}, then=later),
    _admin("incidents run again together", "/admin/operations/failures", then=_replay_those_of_a_kind),
    _admin("an incident", FAILURE_PATH, _failure(replays=[_REPLAY], times_parked=2)),
    _admin(
        "an incident dismissed",
        FAILURE_PATH,
        _failure(
            status="dismissed",
            dismissal={"by": "d0f3", "at": "2026-11-25T10:00:00.000Z", "reason": "Message d’essai, sans suite."},
        ),
    ),
    _admin(
        "an incident that somebody else has settled",
        FAILURE_PATH,
        {f"POST /admin/failures/{FAILURE}/dismiss": refusal(409, "already_settled", "Cet incident est déjà réglé.")},
        then=_dismiss,
    ),
    _admin(
        "an incident that is gone",
        FAILURE_PATH,
        {f"GET /admin/failures/{FAILURE}": refusal(404, "not_found", "Introuvable.")},
    ),
    _admin("e-mails that were sent or not", "/admin/operations/emails"),
    _admin(
        "no e-mail in that state",
        "/admin/operations/emails",
        {"GET /admin/notifications": _NO_EMAIL, "GET /admin/suppressions": {"suppressions": [], "cursor": None}},
    ),
    _admin("an address suppressed", "/admin/operations/emails", then=_add_suppression),
    _admin("an address about to be let in again", "/admin/operations/emails", then=press("#suppressions li button")),
    _admin("delays week by week", "/admin/operations/figures", PICTURES),
    _admin(
        "no week to show",
        "/admin/operations/figures",
        {
            "GET /admin/metrics": example("/admin/metrics", weeks=[]),
            "GET /verification/statistics": example("/verification/statistics", weeks=[]),
        },
    ),
    _admin("exposure", "/admin/operations/exposure"),
    _admin("exposure without a shortlist", "/admin/operations/exposure", {"GET /admin/exposure": _NO_SEAT}),
    _admin(
        "exposure of a period that is refused",
        "/admin/operations/exposure",
        {
            "GET /admin/exposure": refusal(
                422,
                "invalid",
                "La demande contient des erreurs.",
                errors=[{"pointer": "?until", "code": "too_long", "message": "Au plus 366 jours."}],
            )
        },
    ),
    _admin("the audit", "/admin/audit"),
    _admin("the audit of many kinds of facts", "/admin/audit", {"GET /admin/audit": audit(*RECORDED)}),
    _admin("nothing in the audit", "/admin/audit", {"GET /admin/audit": {"entries": [], "cursor": None}}),
    _admin("the chain of an alarm", f"/admin/audit?about=alarm_id&reference={ALARM}", then=press("#chain button")),
    _admin("the audit out of reach", "/admin/audit", {"GET /admin/audit": down()}, then=later),
    Screen("the audit, for somebody else", "/admin/audit", "producers"),
)
