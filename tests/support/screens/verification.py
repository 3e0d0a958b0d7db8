"""What is verified of one's own profile, credits or company, at every step; alarms that concern one."""

from __future__ import annotations

import json
from typing import Any

from tests.support.browser import Window
from tests.support.site import NOT_YET, Given, Screen, example, later, press, refusal
from tests.support.stand import Answer, Asked, document, down

LISTED = example("/verification/mine")["cases"][0]
DOSSIER = example("/verification/mine/x")
CASE = DOSSIER["case_id"]
ALARM = example("/verification/mine/alarms/x")["alarm_id"]
ADDRESS = f"/verification/{CASE}"
ALARM_ADDRESS = f"/verification/alarms/{ALARM}"

_BADGES = DOSSIER["badges"][0]["badges"]
_LONG = "La Très Longue Histoire de la Compagnie des Eaux et de ses Barragistes, saison anniversaire"
#: Decided neither once nor after an appeal.
_UNDECIDED: dict[str, Any] = {"decision": None, "appeal": None, "outcome": None, "appeal_until": None}
_CLOCK = {
    "due_at": "2026-11-28T16:12:57.283Z",
    "seconds_left": 180_000,
    "words": {"fr": "Encore deux jours et deux heures", "en": "Two days and two hours left"},
}
_LATE = _CLOCK | {"seconds_left": -3_600, "words": {"fr": "En retard d’une heure", "en": "An hour late"}}
_QUESTION = DOSSIER["questions"][0] | {"answer": None, "answered_at": None}
_FILE = example("/verification/mine/x/evidence")["files"][0]
_REFUSED = _FILE | {
    "evidence_id": "01M89QPJP6M1EJFGSEXV7KRAQS",
    "status": "rejected",
    "refusal": "encrypted",
    "explanation": {
        "fr": "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection.",
        "en": "This PDF is protected by a password: save it without.",
    },
}
PDF = {"name": "Contrat Marée.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 invented"}


def case(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    """The case, and nothing decided of it unless it says so."""
    return {f"GET /verification/mine/{CASE}": DOSSIER | changes}


def alarm(**changes: Any) -> dict[str, Given | dict[str, Any]]:
    return {f"GET /verification/mine/alarms/{ALARM}": example("/verification/mine/alarms/x", **changes)}


def offered(asked: Asked) -> Answer:
    """A place on the site's own origin, as the API gives it."""
    answer = example("/verification/mine/x/evidence", "POST")
    assert json.loads(asked.body or "")["media_type"] == "application/pdf"
    return document(answer | {"upload": answer["upload"] | {"url": "/api/posted"}}, 201)


def in_review(**more: Any) -> dict[str, Given | dict[str, Any]]:
    changes = _UNDECIDED | {
        "state": "in_review",
        "state_label": {"fr": "en examen", "en": "in review"},
        "clock": _CLOCK,
    }
    return case(**changes) | {
        f"POST /verification/mine/{CASE}/evidence": offered,
        "POST /posted": Answer("", status=204),
        **more,
    }


def send(*files: dict[str, Any]) -> Any:
    def act(window: Window) -> None:
        window.page.set_input_files("input[type=file]", list(files) or [PDF])  # type: ignore[arg-type]
        window.quiet()

    return act


def write(field: str, text: str) -> Any:
    """Writes into that form and sends it."""

    def act(window: Window) -> None:
        window.page.fill(f"[id^={field}]", text)
        window.page.click(f"form:has([id^={field}]) button[type=submit]")

    return act


def _ask_somebody(window: Window) -> None:
    window.page.fill("#attestation-address", "paul@ateliers-phare.example")
    window.page.click("form:has(#attestation-address) button[type=submit]")


_YOURS = LISTED | {
    "case_id": "a",
    "state": "draft",
    "state_label": {"fr": "brouillon", "en": "draft"},
    "outcome": None,
    "submitted_at": None,
    "appeal_until": None,
}
_UNDERWAY = LISTED | {
    "case_id": "b",
    "kind": "credit",
    "credit_id": DOSSIER["badges"][0]["credit_id"],
    "state": "queued",
    "state_label": {"fr": "en attente d’examen", "en": "waiting for review"},
    "outcome": None,
    "clock": _CLOCK,
    "appeal_until": None,
}
_NONE: dict[str, Given | dict[str, Any]] = {
    "GET /verification/mine": {"cases": [], "cursor": None},
    "GET /verification/mine/alarms": {"alarms": []},
}
_TO_SHOW = {
    "GET /verification/mine/badges": {
        "credits": [DOSSIER["badges"][0] | {"level": 1, "badges": _BADGES[:1], "title": _LONG}],
        "junior_path": {"source": "review", "checked_at": "2026-11-25T16:13:00Z", "expires_at": "2031-11-24T16:13:00Z"},
    }
}

SCREENS: tuple[Screen, ...] = (
    Screen(
        "one’s own verifications",
        "/verification",
        "freelancers",
        {"GET /verification/mine": {"cases": [_YOURS, _UNDERWAY, LISTED], "cursor": "more"}},
    ),
    Screen("no verification yet", "/verification", "freelancers", {**_NONE, **_TO_SHOW}),
    Screen(
        "no verification before a profile", "/verification", "freelancers", {**_NONE, "GET /profiles/mine": NOT_YET}
    ),
    Screen("a company without a verification", "/verification", "producers", _NONE),
    Screen(
        "a verification that cannot be prepared",
        "/verification",
        "freelancers",
        {**_NONE, "POST /verification/mine": refusal(409, "case_already_open", "Une vérification est déjà en cours.")},
        then=press("main button"),
    ),
    Screen(
        "verifications that cannot be read",
        "/verification",
        "freelancers",
        {"GET /verification/mine": down()},
        then=later,
    ),
    Screen("a verification that is decided", ADDRESS, "freelancers"),
    Screen(
        "a verification to ask for",
        ADDRESS,
        "freelancers",
        case(
            **_UNDECIDED,
            state="draft",
            state_label={"fr": "brouillon", "en": "draft"},
            submitted_at=None,
            questions=[],
            checks=[],
            missing=[
                {
                    "what": "profile_incomplete",
                    "credit_id": None,
                    "message": {"fr": "Complétez votre profil.", "en": "Complete your profile."},
                    "until": None,
                },
                {
                    "what": "proof_of_credit",
                    "credit_id": DOSSIER["badges"][0]["credit_id"],
                    "message": {"fr": "Rien ne montre encore ce crédit.", "en": "Nothing shows this credit yet."},
                    "until": "2026-12-03T16:12:57Z",
                },
            ],
            badges=[DOSSIER["badges"][0] | {"badges": _BADGES[:1], "level": 1, "title": _LONG}],
        ),
    ),
    Screen(
        "checks under way",
        ADDRESS,
        "freelancers",
        case(
            **_UNDECIDED,
            state="checks_running",
            state_label={"fr": "contrôles en cours", "en": "checks running"},
            checks=[one | {"status": "under_way"} for one in DOSSIER["checks"]],
            clock=_CLOCK,
        ),
    ),
    Screen(
        "a question to answer",
        ADDRESS,
        "freelancers",
        case(
            **_UNDECIDED,
            state="information_requested",
            state_label={"fr": "précision demandée", "en": "information requested"},
            questions=[_QUESTION],
            clock=_LATE,
        ),
    ),
    Screen(
        "an answer that nobody awaits any more",
        ADDRESS,
        "freelancers",
        {
            **case(
                **_UNDECIDED,
                state="information_requested",
                state_label={"fr": "précision demandée", "en": "information requested"},
                questions=[_QUESTION],
            ),
            f"POST /verification/mine/{CASE}/answer": refusal(409, "state", "Ce dossier n’attend plus de réponse."),
        },
        then=write("answer-", "Paul Nivet, producteur artistique."),
    ),
    Screen(
        "a refusal to contest",
        ADDRESS,
        "freelancers",
        case(
            state="refused",
            state_label={"fr": "refusé", "en": "refused"},
            outcome="refused",
            decision=DOSSIER["decision"] | {"outcome": "refused", "by_two_people": True},
        ),
    ),
    Screen(
        "reasons that are too short",
        ADDRESS,
        "freelancers",
        case(state="refused", outcome="refused", decision=DOSSIER["decision"] | {"outcome": "refused"}),
        then=write("appeal-", "Non"),
    ),
    Screen(
        "an appeal that changed the decision",
        ADDRESS,
        "freelancers",
        case(
            state="final",
            state_label={"fr": "définitif", "en": "final"},
            appeal_until=None,
            appeal={
                "text": "Le contrat est joint : la fonction y est nommée.",
                "appealed_at": "2026-11-26T09:00:00Z",
                "decision": DOSSIER["decision"],
                "changed": True,
            },
        ),
    ),
    Screen(
        "a file that was kept",
        ADDRESS,
        "freelancers",
        in_review(),
        then=send(),
    ),
    Screen(
        "files that were not kept",
        ADDRESS,
        "freelancers",
        in_review(
            **{
                f"GET /verification/mine/{CASE}/evidence": {"files": [_FILE, _REFUSED]},
                f"POST /verification/mine/{CASE}/evidence/{_FILE['evidence_id']}/confirm": _REFUSED,
            }
        ),
        then=send(PDF, {"name": "scénario.docx", "mimeType": "application/msword", "buffer": b"x"}),
    ),
    Screen(
        "a file that did not leave",
        ADDRESS,
        "freelancers",
        in_review(**{"POST /posted": down()}),
        then=send(),
    ),
    Screen("somebody who is asked", ADDRESS, "freelancers", in_review(), then=_ask_somebody),
    Screen(
        "somebody who is no longer asked",
        ADDRESS,
        "freelancers",
        in_review(),
        then=press('button[aria-label*="paul@ateliers-phare.example"]'),
    ),
    Screen(
        "a verification that is taken back",
        ADDRESS,
        "freelancers",
        in_review(
            **{
                f"POST /verification/mine/{CASE}/withdraw": DOSSIER
                | _UNDECIDED
                | {"state": "withdrawn", "state_label": {"fr": "retiré", "en": "withdrawn"}}
            }
        ),
        then=press("details:last-of-type button"),
    ),
    Screen(
        "the verification of a company",
        ADDRESS,
        "producers",
        case(
            **_UNDECIDED,
            kind="company",
            state="queued",
            state_label={"fr": "en attente d’examen", "en": "waiting for review"},
            badges=[],
            questions=[],
            clock=_CLOCK,
        ),
    ),
    Screen(
        "a verification that is not one’s own", ADDRESS, "producers", {f"GET /verification/mine/{CASE}": refusal(404)}
    ),
    Screen("an alarm in force", ALARM_ADDRESS, "freelancers"),
    Screen(
        "an alarm to answer",
        ALARM_ADDRESS,
        "freelancers",
        alarm(
            state="raised",
            state_label={"fr": "ouverte", "en": "raised"},
            reply=None,
            rulings=[],
            appeal_until=None,
            in_force_from=None,
            until=None,
        ),
    ),
    Screen(
        "an alarm that was upheld",
        ALARM_ADDRESS,
        "producers",
        alarm(
            kind="company",
            state="in_force",
            appealed_at="2026-11-26T09:00:00Z",
            appeal_text="La date du contrat est celle de l’avenant.",
            appeal_until=None,
            rulings=[
                *example("/verification/mine/alarms/x")["rulings"],
                {"act": "uphold", "at": "2026-11-30T09:00:00Z", "text": "Les deux dates restent inexpliquées."},
            ],
        ),
    ),
)
