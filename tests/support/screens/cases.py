"""The administrators' queue, and a case in every state in which somebody may come to it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.browser import Window
from tests.support.site import Given, Screen, example, later, press, refusal
from tests.support.stand import Answer, Asked, document, down

CASE = example("/verification/cases/x")
CREDIT = CASE["credits_in_review"][0]
LISTED = example("/verification/cases")["cases"][0]
ID = CASE["case_id"]
ADDRESS = f"/admin/cases/{ID}"
#: Of the account that these screens are shown to, and of another administrator.
YOU, ANOTHER = "d0f3", "7f9f6f0c-3c1e-4b8f-9d57-0e8a4c1b2d3e"
TOKEN = "01M89QPMZSXQ9AEK7TFC88CVX9"
_SHORTAGE = example("/verification/statistics")["shortage"]
_LONG = "La Très Longue Histoire de la Compagnie des Eaux et de ses Barragistes, saison anniversaire"


def lease(sub: str = YOU, minutes: float = 25) -> dict[str, Any]:
    mine = sub == YOU
    until = datetime.now(UTC) + timedelta(minutes=minutes)
    return {"reviewer_sub": sub, "mine": mine, "token": TOKEN if mine else None, "until": until.isoformat()}


def clock(seconds: int, fr: str, en: str) -> dict[str, Any]:
    due = datetime(2026, 11, 26, 16, 12, 59, tzinfo=UTC)
    return {"due_at": due.isoformat(), "seconds_left": seconds, "words": {"fr": fr, "en": en}}


LATE = clock(-4_000, "en retard de 1 h 06", "1 h 06 min late")
PRESSING = clock(2_400, "encore 40 min", "40 min left")
SOON = clock(10_000, "encore 2 h 46", "2 h 46 min left")

_STATES = {
    "queued": {"fr": "en attente d’un examinateur", "en": "waiting for a reviewer"},
    "in_review": {"fr": "en cours d’examen", "en": "under review"},
    "information_requested": {"fr": "en attente d’une réponse", "en": "waiting for an answer"},
    "appealed": {"fr": "en recours", "en": "appealed"},
    "appeal_review": {"fr": "en cours d’examen après recours", "en": "under review after an appeal"},
    "refused": {"fr": "refusé", "en": "refused"},
    "verified": {"fr": "vérifié", "en": "verified"},
    "final": {"fr": "clos définitivement", "en": "final"},
    "reopened": {"fr": "rouvert", "en": "reopened"},
}


def state(name: str) -> dict[str, Any]:
    return {"state": name, "state_label": _STATES[name]}


def found(minutes: float | None = 25, sub: str = YOU, **changes: Any) -> dict[str, Any]:
    """The case in somebody's hands for so long, or in nobody's."""
    held = lease(sub, minutes) if minutes is not None else None
    return copy.deepcopy(CASE) | {"lease": held} | changes


def case(minutes: float | None = 25, sub: str = YOU, **changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /verification/cases/{ID}": lambda _: document(found(minutes, sub, **changes), ETag='"7"')}


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A case of the queue that nobody has."""
    case_id = f"{LISTED['case_id'][:-1]}{number}"
    return LISTED | state("queued") | {"case_id": case_id, "lease": None} | changes


def queue(*cases: dict[str, Any], **more: Any) -> dict[str, Given | dict[str, Any]]:
    return {"GET /verification/cases": {"cases": list(cases), "cursor": None, "shortage": None, **more}}


DECISION: dict[str, Any] = {
    "outcome": "refused",
    "ground": "documents_contradict",
    "reason": {
        "fr": "Les justificatifs contredisent la déclaration",
        "en": "The documents contradict the declaration",
    },
    "text": "Le contrat nomme une fonction de lecture, et le crédit déclare une direction littéraire.",
    "credits": [{"credit_id": CREDIT["credit_id"], "level": "work"}],
    "removals": [],
    "junior_path": False,
    "decided_by": ANOTHER,
    "decided_at": "2026-11-26T10:00:00Z",
    "seconded_by": None,
    "seconded_at": None,
}
SECONDED = DECISION | {"seconded_by": YOU, "seconded_at": "2026-11-26T15:00:00Z"}
APPEAL = {
    "text": "Le contrat joint est celui du pilote : la fonction a changé à la première saison.",
    "appealed_at": "2026-11-27T09:00:00Z",
    "decision": None,
    "changed": False,
}
FINDING = CREDIT["findings"][1]
#: Everything that may be said of a credit, at its longest.
RICH = CREDIT | {
    "credit_id": "01M89QPJCXBP3B3WYKEMNFY9A8",
    "claim": CREDIT["claim"] | {"title": _LONG},
    "corrected_since": True,
    "findings": [
        FINDING,
        FINDING
        | {
            "source": "tmdb",
            "verdict": "contradicts",
            "proves": None,
            "note": {
                "fr": "La source nomme quelqu’un d’autre à cette fonction.",
                "en": "The source names somebody else in this function.",
            },
        },
        FINDING | {"source": "databnf", "verdict": "silent", "proves": None, "url": None},
        *CREDIT["findings"],
    ],
    "facts": [
        {
            "fact": fact,
            "holds": fact != "function",
            "source": "catalogue",
            "checked_at": "2026-01-10T09:00:00Z",
            "expires_at": "2027-01-10T09:00:00Z",
            "reviewer_sub": ANOTHER,
            "case_id": ID,
        }
        for fact in ("work", "participation", "function")
    ],
    "files": [
        CREDIT["files"][0] | {"opened_at": None, "exif": True},
        CREDIT["files"][0] | {"evidence_id": "01M89QPJP6M1EJFGSEXV7KRAQS", "status": "deleted", "kind": "payslip"},
    ],
    "attestations": [
        CREDIT["attestations"][0]
        | {
            "answer": "other_function",
            "answered_at": "2026-11-25T18:00:00Z",
            "status": "answered",
            "company_known": True,
            "attester": "01M89QPJB8T0HD01GH3PGDP8QK",
            "said": "Elle lisait pour nous, puis a suivi l’écriture des deux derniers épisodes.",
        }
    ],
}
#: The steps of the case, that of the rich credit among them.
CHECKS = [*CASE["checks"], CASE["checks"][2] | {"credit_id": RICH["credit_id"], "outcome": "needs_human"}]
SIGNALS = [
    {
        "signal": "mutual_attestation",
        "concerns": [],
        "message": {
            "fr": "Deux personnes s’attestent l’une l’autre.",
            "en": "Two people attest each other.",
        },
    }
]
COMPANY = {
    "kind": "company",
    "person": None,
    "credits_in_review": [],
    "credits": 0,
    "questions": [],
    "company": {
        "company_id": "01M89QPJB8T0HD01GH3PGDP8QJ",
        "legal_name": "Sémaphore Récits",
        "siren": "290611003",
        "email_domain": "semaphore-recits.example",
        "mandate": "Productrice",
    },
}


def act(name: str, *answers: Callable[[Asked], Answer] | Answer | dict[str, Any]) -> dict[str, Any]:
    """What that act on the case is answered with."""
    [answer] = answers
    return {f"POST /verification/cases/{ID}/{name}": answer}


def lost(asked: Asked) -> Answer:
    return refusal(409, "lease_lost", "Ce dossier n’est plus entre vos mains : reprenez-le dans la file.")


def keys(*pressed: str) -> Callable[[Window], None]:
    def do(window: Window) -> None:
        window.press(*pressed)

    return do


def write(selector: str, text: str, *then: str) -> Callable[[Window], None]:
    def do(window: Window) -> None:
        window.page.fill(selector, text)
        for one in then:
            window.page.click(one)
        window.quiet()

    return do


def _refused_without_a_reason(window: Window) -> None:
    window.press("3", "Control+Enter")


def _lost_while_deciding(window: Window) -> None:
    window.press("1", "Control+Enter")
    window.page.click("[role=dialog] button[data-autofocus]")
    window.quiet()


def _reopen(window: Window) -> None:
    window.page.select_option("details select", "documents_missing")
    window.page.click("details form button[type=submit]")
    window.quiet()


_FULL = queue(
    row(1, clock=LATE, pressing=True),
    row(2, clock=PRESSING, kind="company", subject_name="Compagnie des Eaux", credits=0, awaits_second=True),
    row(3, clock=SOON, kind="credit", work_title=_LONG, **state("appealed")),
    row(4, credits=12, route="two_reviewers", route_label={"fr": "Deux examinateurs", "en": "Two reviewers"}),
    row(5, subject_name=None, lease=lease(ANOTHER, 60 * 24 * 365), **state("in_review")),
    row(6, lease=lease(YOU, 60 * 24 * 365), **state("in_review")),
    cursor="more",
    shortage=_SHORTAGE,
)
_FIGURES = {
    "GET /verification/statistics": example("/verification/statistics")
    | {
        "waiting": 14,
        "overdue": 1,
        "oldest_minutes": 1_560,
        "median_waiting_minutes": 310,
        "decided": {"verified": 31, "partly_verified": 8, "refused": 2},
        "median_minutes_to_decision": 245,
        "overturned": 1,
        "appeals": 2,
        "appeals_changed": 1,
    }
}

SCREENS: tuple[Screen, ...] = (
    Screen("the queue", "/", "admins", {**_FULL, **_FIGURES}),
    Screen("an empty queue", "/", "admins", queue()),
    Screen("nothing behind these filters", "/?mine=true&kind=company", "admins", queue()),
    Screen(
        "cases that wait for an answer",
        "/?state=information_requested",
        "admins",
        queue(row(1, clock=None, answer_until="2026-12-09T16:12:59Z", **state("information_requested"))),
    ),
    Screen("a queue without its figures", "/", "admins", {"GET /verification/statistics": down()}, then=later),
    Screen("a queue that cannot be read", "/", "admins", {"GET /verification/cases": down()}, then=later),
    Screen(
        "a case that somebody else took first",
        "/",
        "admins",
        queue(row(1))
        | {
            f"POST /verification/cases/{row(1)['case_id']}/claim": refusal(
                409, "taken_by_another", "Une autre personne examine ce dossier."
            )
        },
        then=keys("j", "c"),
    ),
    Screen("which keys do what", "/", "admins", queue(row(1)), then=keys("?")),
    Screen("a case that nobody has", ADDRESS, "admins", case(None, **state("queued"))),
    Screen(
        "a case in one’s hands",
        ADDRESS,
        "admins",
        case(credits_in_review=[RICH, CREDIT], checks=CHECKS, signals=SIGNALS),
    ),
    Screen("a case in somebody else’s hands", ADDRESS, "admins", case(20, ANOTHER)),
    Screen("a case that one is about to lose", ADDRESS, "admins", case(3)),
    Screen("a case that one has lost", ADDRESS, "admins", case(-1)),
    Screen("a case about a company", ADDRESS, "admins", case(**COMPANY), then=keys("2")),
    Screen("a case about a credit", ADDRESS, "admins", case(kind="credit", person=CASE["person"])),
    Screen("a decision that is prepared", ADDRESS, "admins", case(), then=keys("2")),
    Screen("a refusal without a reason", ADDRESS, "admins", case(), then=_refused_without_a_reason),
    Screen("a decision to read again", ADDRESS, "admins", case(), then=keys("1", "Control+Enter")),
    Screen(
        "a decision that comes too late",
        ADDRESS,
        "admins",
        {**case(), **act("decision", lost)},
        then=_lost_while_deciding,
    ),
    Screen(
        "a question to ask",
        ADDRESS,
        "admins",
        {
            **case(),
            **act(
                "request-information",
                refusal(
                    422,
                    "invalid",
                    "À corriger.",
                    errors=[
                        {"pointer": "/text", "code": "too_long", "message": "De 1 à 4 000 caractères sont attendus."}
                    ],
                ),
            ),
        },
        then=write("#question", "Qui était votre interlocuteur ?", "form:has(#question) button[type=submit]"),
    ),
    Screen(
        "a case that waits for an answer",
        ADDRESS,
        "admins",
        case(
            None,
            clock=None,
            answer_until="2026-12-09T16:12:59Z",
            questions=[CASE["questions"][0] | {"answer": None, "answered_at": None}],
            **state("information_requested"),
        ),
    ),
    Screen(
        "one’s own proposal",
        ADDRESS,
        "admins",
        case(None, awaits_second=True, pending_decision=DECISION | {"decided_by": YOU}, **state("queued")),
    ),
    Screen(
        "a proposal to confirm",
        ADDRESS,
        "admins",
        case(awaits_second=True, pending_decision=DECISION),
        then=keys("1", "Control+Enter"),
    ),
    Screen(
        "a proposal to send back",
        ADDRESS,
        "admins",
        case(awaits_second=True, pending_decision=DECISION),
        then=keys("2", "Control+Enter"),
    ),
    Screen(
        "an appeal that nobody has",
        ADDRESS,
        "admins",
        case(None, decision=SECONDED, appeal=APPEAL, **state("appealed")),
    ),
    Screen(
        "an appeal in one’s hands",
        ADDRESS,
        "admins",
        case(decision=SECONDED, appeal=APPEAL, **state("appeal_review")),
        then=keys("1"),
    ),
    Screen(
        "a case that was decided, contested and reopened",
        ADDRESS,
        "admins",
        case(
            credits_in_review=[RICH],
            checks=CHECKS,
            earlier_decisions=[SECONDED],
            earlier_appeals=[APPEAL],
            overturned=[
                {
                    "decision": DECISION,
                    "overturned_by": YOU,
                    "overturned_at": "2026-11-28T09:00:00Z",
                    "note": "Le second contrat n’a pas été ouvert.",
                }
            ],
        ),
    ),
    Screen(
        "a decided case that cannot be reopened any more",
        ADDRESS,
        "admins",
        {
            **case(None, clock=None, decision=SECONDED, **state("refused")),
            **act("reopen", refusal(412, "changed", "Ce dossier a changé depuis que vous l’avez lu.")),
        },
        then=_reopen,
    ),
    Screen(
        "a case that is over",
        ADDRESS,
        "admins",
        case(
            None,
            clock=None,
            decision=SECONDED,
            appeal=APPEAL | {"decision": SECONDED | {"outcome": "verified"}, "changed": True},
            **state("final"),
        ),
    ),
    Screen(
        "one’s own case",
        ADDRESS,
        "admins",
        {f"GET /verification/cases/{ID}": refusal(403, "own_case", "Ce dossier est le vôtre ou celui d’un collègue.")},
    ),
    Screen("a case that is not there", ADDRESS, "admins", {f"GET /verification/cases/{ID}": refusal(404)}),
    Screen("a case that cannot be read", ADDRESS, "admins", {f"GET /verification/cases/{ID}": down()}, then=later),
    Screen(
        "a file that is kept no longer",
        ADDRESS,
        "admins",
        {
            **case(),
            f"POST /verification/cases/{ID}/evidence/{CREDIT['files'][0]['evidence_id']}/open": refusal(
                409, "file_not_kept", "Cette pièce n’est pas, ou n’est plus, conservée."
            ),
        },
        then=press("button[aria-label*='onglet']"),
    ),
)
