"""Reports, decisions against somebody, requests of authorities and alarms, as administrators deal with them."""

from __future__ import annotations

import json
from typing import Any

from tests.support.browser import Window
from tests.support.screens.verification import PDF
from tests.support.site import Given, Screen, example, later, press, refusal
from tests.support.stand import Answer, Asked, document, down

#: Who is signed in, as their token says.
ME = "d0f3"
COLLEAGUE = "5a10"
FAR = "2099-12-02T19:23:54.164Z"
PAST = "2020-12-02T19:23:54.164Z"

REPORT = example("/admin/reports")["reports"][0] | {"claimed_by": None, "claimed_until": None, "due_at": FAR}
REPORT_ADDRESS = f"/admin/reports/{REPORT['report_id']}"
MEASURE = example("/admin/measures/x")
MEASURE_ADDRESS = f"/admin/measures/{MEASURE['measure_id']}"
REQUEST = example("/admin/identity-requests")["requests"][0]
REQUEST_ADDRESS = f"/admin/identity-requests/{REQUEST['request_id']}"
ALARM = example("/admin/alarms/x")
ALARM_ADDRESS = f"/admin/alarms/{ALARM['alarm_id']}"

_LONG = "Nous cherchons une personne disponible de jour comme de nuit, sans enfant, et prête à un essai."
_OVER = {
    "id": "no_breach",
    "label": {"fr": "Aucun manquement à nos règles n’a été constaté", "en": "No breach was found"},
}


def report(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    """A report that waits, unless it says something else."""
    waiting = {"outcome": None, "ruling": None, "reminder": None, "settled_at": None, "settled_by": None}
    history = example("/admin/reports/x")["history"][:1]
    return {f"GET {REPORT_ADDRESS}": REPORT | waiting | {"history": history} | changes}


def mine(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return report(claimed_by=ME, claimed_until=FAR, **changes)


def measure(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET {MEASURE_ADDRESS}": MEASURE | changes}


def suspension(state: str, **changes: Any) -> dict[str, Given | dict[str, Any]]:
    by = changes.pop("by", COLLEAGUE)
    statement = MEASURE["statement"] | {"until": FAR, "prompted_by": "report"}
    proposed = {
        "kind": "user",
        "owner": {"kind": "user", "id": "3a5e"},
        "state": state,
        "in_force": state in ("in_force", "appealed"),
        "decided_by": by,
        "rulings": [{"act": "propose", "by": by, "at": MEASURE["decided_at"], "text": None}],
        "statement": statement,
        "report_id": REPORT["report_id"],
    }
    return measure(**proposed | changes)


def request(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET {REQUEST_ADDRESS}": REQUEST | changes}


def alarm(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET {ALARM_ADDRESS}": ALARM | changes}


def draft(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    """An alarm that one prepares oneself."""
    begun = {
        "state": "draft",
        "state_label": {"fr": "en préparation", "en": "in preparation"},
        "prepared_by": ME,
        "documents": [],
        "history": ALARM["history"][:1],
        "rulings": [],
        **dict.fromkeys(("text", "reply", "raised_at", "reply_until", "in_force_from", "until")),
    }
    return alarm(**begun | changes)


def raised(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    told = {
        "state": "raised",
        "state_label": {"fr": "réponse attendue", "en": "reply awaited"},
        "rulings": [],
        "reply_until": FAR,
        **dict.fromkeys(("reply", "in_force_from", "until")),
    }
    return alarm(**told | changes)


def answered(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    label = {"fr": "répondue", "en": "answered"}
    return raised(state="answered", state_label=label, reply=ALARM["reply"], may_be_decided=True, **changes)


def offered(asked: Asked) -> Answer:
    """A place on the site's own origin, as the API gives it."""
    answer = example("/admin/alarms/x/evidence", "POST")
    assert json.loads(asked.body or "")["media_type"] == "application/pdf"
    return document(answer | {"upload": answer["upload"] | {"url": "/api/posted"}}, 201)


def send_file(window: Window) -> None:
    window.page.set_input_files("input[type=file]", [PDF])  # type: ignore[arg-type]
    window.quiet()


def open_forms(window: Window) -> None:
    """Everything that is under a button."""
    for button in window.page.query_selector_all("main button[aria-expanded=false]"):
        button.click()
    window.quiet()


def _settle(window: Window) -> None:
    window.page.check("input[value=reminder]")
    window.page.fill("#ruling", "Nous avons rappelé la règle à Sémaphore Récits.")
    window.page.fill("#reminder", "Tout travail demandé est rémunéré.")
    window.page.click("form:has(#ruling) button[type=submit]")
    window.quiet()


def _return(window: Window) -> None:
    open_forms(window)
    window.page.select_option("#return-ground", "unpaid_work")
    window.page.fill("#return-facts", "Un essai non payé est demandé.")
    window.page.click("form:has(#return-facts) button[type=submit]")
    window.quiet()


def _suspend_for_long(window: Window) -> None:
    open_forms(window)
    window.page.check("input[value='30']")


def _prepare(window: Window) -> None:
    window.page.fill("#alarm-subject", "https://plot-point.test/profil")
    window.page.select_option("#alarm-reason", "non_payment")
    window.page.check("input[value=competent_body]")
    window.page.fill("#alarm-reporter", "Conseil de prud’hommes de Lyon")
    window.page.click("form button[type=submit]")
    window.quiet()


def _confirm(window: Window) -> None:
    window.page.fill("#alarm-put_in_force", "Votre réponse n’explique pas les deux dates.")
    window.page.click("form:has(#alarm-put_in_force) button[type=submit]")
    window.quiet()


_LEAK = {
    "pointer": "/ruling",
    "code": "identity_leak",
    "message": "Ce passage laisse deviner qui porte le projet.",
    "start": 30,
    "end": 46,
}

SCREENS: tuple[Screen, ...] = (
    Screen(
        "reports that wait",
        "/admin/moderation",
        "admins",
        {
            "GET /admin/reports": {
                "reports": [
                    REPORT | {"due_at": PAST, "overdue": True, "claimed_by": COLLEAGUE, "claimed_until": FAR},
                    REPORT
                    | {
                        "report_id": "b",
                        "about": "brief",
                        "message_text": None,
                        "excerpts": [{"part": "pitch.fr", "text": _LONG * 4, "file": None}],
                    },
                    REPORT
                    | {"report_id": "c", "about": "profile", "by": "producer", "claimed_by": ME, "claimed_until": FAR},
                ],
                "cursor": "more",
            }
        },
    ),
    Screen(
        "reports that are settled",
        "/admin/moderation?status=settled&about=message",
        "admins",
        {"GET /admin/reports": {"reports": [REPORT | {"settled_at": PAST, "outcome": _OVER}], "cursor": None}},
    ),
    Screen("no report", "/admin/moderation", "admins", {"GET /admin/reports": {"reports": [], "cursor": None}}),
    Screen(
        "the queue of reports that cannot be read",
        "/admin/moderation",
        "admins",
        {"GET /admin/reports": down()},
        then=later,
    ),
    Screen("a report to take", REPORT_ADDRESS, "admins", report(due_at=PAST, overdue=True)),
    Screen(
        "a report that somebody else reads", REPORT_ADDRESS, "admins", report(claimed_by=COLLEAGUE, claimed_until=FAR)
    ),
    Screen("a report that was mine", REPORT_ADDRESS, "admins", report(claimed_by=ME, claimed_until=PAST)),
    Screen(
        "a report to answer",
        REPORT_ADDRESS,
        "admins",
        mine(
            about="conversation",
            excerpts=[
                {"part": "producer", "text": _LONG, "file": None},
                {
                    "part": "freelancer",
                    "text": "",
                    "file": {"name": "Bible.pdf", "media_type": "application/pdf", "size": 340_000},
                },
                {"part": "freelancer", "text": "", "file": {"name": None, "media_type": "application/pdf", "size": 1}},
            ],
        ),
    ),
    Screen(
        "a report about a brief",
        REPORT_ADDRESS,
        "admins",
        mine(about="brief", text=None, excerpts=[{"part": "pitch.en", "text": "A treatment, unpaid.", "file": None}]),
        then=_suspend_for_long,
    ),
    Screen(
        "a report about somebody who is gone",
        REPORT_ADDRESS,
        "admins",
        mine(
            about="profile",
            by="producer",
            against={"kind": "user", "id": "3a5e"},
            project_id=None,
            excerpts=[],
            message_text=None,
        ),
        then=open_forms,
    ),
    Screen(
        "a ruling that would tell who it is",
        REPORT_ADDRESS,
        "admins",
        {
            **mine(),
            f"POST {REPORT_ADDRESS}/settle": refusal(422, "invalid", "Ces champs sont à corriger.", errors=[_LEAK]),
        },
        then=_settle,
    ),
    Screen(
        "a report that somebody else was faster to take",
        REPORT_ADDRESS,
        "admins",
        {**report(), f"POST {REPORT_ADDRESS}/claim": refusal(409, "held", "Quelqu’un d’autre l’a pris.")},
        then=press("main button"),
    ),
    Screen("a project returned after a report", REPORT_ADDRESS, "admins", mine(), then=_return),
    Screen("a report that is settled", REPORT_ADDRESS, "admins"),
    Screen(
        "a report that is not there",
        REPORT_ADDRESS,
        "admins",
        {f"GET {REPORT_ADDRESS}": refusal(404, "not_found", "Ce signalement n’existe pas.")},
    ),
    Screen(
        "measures",
        "/admin/measures",
        "admins",
        {
            "GET /admin/measures": {
                "measures": [
                    MEASURE | {"measure_id": "a", "kind": "user", "state": "proposed", "decided_at": PAST},
                    MEASURE
                    | {
                        "measure_id": "b",
                        "kind": "company",
                        "state": "appealed",
                        "appeal": {"text": _LONG, "at": PAST},
                    },
                    MEASURE | {"measure_id": "c", "reply": {"text": _LONG, "at": PAST}},
                    MEASURE,
                ],
                "cursor": "more",
            }
        },
    ),
    Screen(
        "measures that are over",
        "/admin/measures?status=over&kind=brief",
        "admins",
        {"GET /admin/measures": {"measures": [MEASURE | {"state": "lifted", "ended_at": PAST}], "cursor": None}},
    ),
    Screen("no measure", "/admin/measures", "admins", {"GET /admin/measures": {"measures": [], "cursor": None}}),
    Screen(
        "the list of measures that cannot be read",
        "/admin/measures",
        "admins",
        {"GET /admin/measures": down()},
        then=later,
    ),
    Screen("a measure in force", MEASURE_ADDRESS, "admins", then=open_forms),
    Screen("a suspension to confirm", MEASURE_ADDRESS, "admins", suspension("proposed"), then=open_forms),
    Screen("a suspension that one proposed", MEASURE_ADDRESS, "admins", suspension("proposed", by=ME), then=open_forms),
    Screen(
        "an appeal to hear",
        MEASURE_ADDRESS,
        "admins",
        suspension(
            "appealed", appeal={"text": _LONG, "at": PAST}, reply={"text": "Je n’ai rien écrit de tel.", "at": PAST}
        ),
    ),
    Screen(
        "an appeal for somebody else",
        MEASURE_ADDRESS,
        "admins",
        suspension("appealed", by=ME, appeal={"text": _LONG, "at": PAST}),
    ),
    Screen(
        "a measure that is over",
        MEASURE_ADDRESS,
        "admins",
        suspension("lifted", ended_at=PAST, upheld="Les faits sont établis.", appeal={"text": _LONG, "at": PAST}),
    ),
    Screen(
        "a measure that is not there",
        MEASURE_ADDRESS,
        "admins",
        {f"GET {MEASURE_ADDRESS}": refusal(404, "not_found", "Cette décision n’existe pas.")},
    ),
    Screen(
        "requests of authorities",
        "/admin/identity-requests",
        "admins",
        {
            "GET /admin/identity-requests": {
                "requests": [
                    REQUEST
                    | {
                        "request_id": "a",
                        "state": "asked",
                        "agree_until": FAR,
                        "settled_at": None,
                        "settled_by": None,
                        "readable_until": None,
                    },
                    REQUEST | {"readable_until": FAR},
                    REQUEST | {"request_id": "c", "state": "refused", "readable_until": None},
                ],
                "cursor": None,
            }
        },
    ),
    Screen(
        "no request of an authority",
        "/admin/identity-requests",
        "admins",
        {"GET /admin/identity-requests": {"requests": [], "cursor": None}},
    ),
    Screen(
        "requests that cannot be read",
        "/admin/identity-requests",
        "admins",
        {"GET /admin/identity-requests": down()},
        then=later,
    ),
    Screen(
        "a request to grant",
        REQUEST_ADDRESS,
        "admins",
        request(state="asked", agree_until=FAR, settled_at=None, settled_by=None, readable_until=None),
    ),
    Screen(
        "a request of one’s own",
        REQUEST_ADDRESS,
        "admins",
        request(state="asked", asked_by=ME, agree_until=FAR, settled_at=None, settled_by=None, readable_until=None),
    ),
    Screen(
        "who is behind a project",
        REQUEST_ADDRESS,
        "admins",
        request(asked_by=ME, readable_until=FAR),
        then=press("main section:nth-of-type(2) button"),
    ),
    Screen("a request that one may not read", REQUEST_ADDRESS, "admins", request(readable_until=FAR)),
    Screen("a request whose day is over", REQUEST_ADDRESS, "admins", request(readable_until=PAST)),
    Screen(
        "a request that is not there",
        REQUEST_ADDRESS,
        "admins",
        {f"GET {REQUEST_ADDRESS}": refusal(404, "not_found", "Cette demande n’existe pas.")},
    ),
    Screen(
        "alarms",
        "/admin/alarms",
        "admins",
        {
            "GET /admin/alarms": {
                "alarms": [
                    example("/admin/alarms")["alarms"][0]
                    | {"alarm_id": state, "state": state, "reply_until": reply_until}
                    for state, reply_until in (
                        ("answered", FAR),
                        ("raised", PAST),
                        ("appealed", PAST),
                        ("raised", FAR),
                        ("draft", None),
                        ("in_force", PAST),
                    )
                ],
                "cursor": "more",
            }
        },
    ),
    Screen(
        "no alarm",
        "/admin/alarms?state=draft&kind=company",
        "admins",
        {"GET /admin/alarms": {"alarms": [], "cursor": None}},
    ),
    Screen(
        "alarms that are over",
        "/admin/alarms?state=over",
        "admins",
        {
            "GET /admin/alarms": {
                "alarms": [
                    example("/admin/alarms")["alarms"][0]
                    | {"state": "lifted", "state_label": {"fr": "levée", "en": "lifted"}, "ended_at": PAST}
                ],
                "cursor": None,
            }
        },
    ),
    Screen(
        "no alarm that is over",
        "/admin/alarms?state=over",
        "admins",
        {"GET /admin/alarms": {"alarms": [], "cursor": None}},
    ),
    Screen(
        "the list of alarms that cannot be read", "/admin/alarms", "admins", {"GET /admin/alarms": down()}, then=later
    ),
    Screen("an alarm to prepare", "/admin/alarms/new", "admins", then=_prepare),
    Screen("an alarm to raise", ALARM_ADDRESS, "admins", draft()),
    Screen(
        "an alarm without papers",
        ALARM_ADDRESS,
        "admins",
        draft(
            files=[
                ALARM["files"][0]
                | {"status": "rejected", "explanation": {"fr": "Ce PDF est protégé.", "en": "This PDF is protected."}}
            ]
        ),
    ),
    Screen(
        "a paper of an alarm that was kept",
        ALARM_ADDRESS,
        "admins",
        {
            **draft(),
            f"POST {ALARM_ADDRESS}/evidence": offered,
            "POST /posted": Answer("", status=204),
        },
        then=send_file,
    ),
    Screen("an alarm that somebody else prepares", ALARM_ADDRESS, "admins", draft(prepared_by=COLLEAGUE)),
    Screen("an alarm whose reply is awaited", ALARM_ADDRESS, "admins", raised()),
    Screen("an alarm to decide", ALARM_ADDRESS, "admins", answered(), then=open_forms),
    Screen("an alarm of one’s own to be decided", ALARM_ADDRESS, "admins", answered(prepared_by=ME)),
    Screen(
        "an alarm that somebody else decided first",
        ALARM_ADDRESS,
        "admins",
        {
            **answered(),
            f"POST {ALARM_ADDRESS}/put-in-force": refusal(412, "changed", "Cette alerte a changé entre-temps."),
        },
        then=_confirm,
    ),
    Screen("an alarm in force, for the team", ALARM_ADDRESS, "admins", then=open_forms),
    Screen(
        "a contested alarm",
        ALARM_ADDRESS,
        "admins",
        alarm(
            state="appealed", state_label={"fr": "contestée", "en": "contested"}, appealed_at=PAST, appeal_text=_LONG
        ),
    ),
    Screen(
        "an alarm that is over",
        ALARM_ADDRESS,
        "admins",
        alarm(
            state="lifted",
            state_label={"fr": "levée", "en": "lifted"},
            ended_at=PAST,
            text=None,
            files=[],
            reply=ALARM["reply"] | {"text": None},
            rulings=[],
            appealed_at=PAST,
        ),
    ),
    Screen(
        "an alarm that no administrator finds",
        ALARM_ADDRESS,
        "admins",
        {f"GET {ALARM_ADDRESS}": refusal(404, "not_found", "Cette alerte n’existe pas.")},
    ),
)
