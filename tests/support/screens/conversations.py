"""What productions and freelancers say to each other, how it ends, and what is decided about either."""

from __future__ import annotations

from typing import Any

from tests.support.browser import Window
from tests.support.site import Given, Screen, example, later, press, refusal
from tests.support.stand import down

Answers = dict[str, Given | dict[str, Any]]

THREAD = example("/conversations/x")["conversation_id"]
PROJECT = example("/conversations/x")["project_id"]
BRIEF = example("/briefs/x")["brief_id"]
OTHER = example("/briefs/x/conversations")["conversations"][0]
CALM = {"mine_at": None, "theirs_at": None, "since": None}
ASKED = CALM | {"theirs_at": "2026-12-02T08:30:00.000Z"}
AGREED = {
    "mine_at": "2026-12-02T08:30:00.000Z",
    "theirs_at": "2026-12-02T09:30:00.000Z",
    "since": "2026-12-02T09:30:00.000Z",
}
LONG = "Anticonstitutionnellement-" * 12
COMPANY: dict[str, Any] = {
    "legal_name": "Sémaphore Récits",
    "siren": "123456782",
    "email_domain": "semaphore.example",
    "addresses": ["3 quai des Brumes, 29200 Brest"],
    "people": ["Claire Aubin", "Malo Le Gall"],
    "contacts": ["claire@semaphore.example", f"{'une-adresse-bien-longue.' * 4}@semaphore.example"],
    "confidential_title": "Le Sel et la Dette",
    "targeted_broadcaster": "m6",
}
LEAK = refusal(
    422,
    "invalid",
    "Certains champs sont à corriger.",
    errors=[
        {
            "pointer": "/text",
            "code": "identity_leak",
            "message": "« Sémaphore Récits » (caractères 4 à 20) dirait qui vous êtes avant la levée de l’anonymat. "
            "Plutôt : « la production ».",
            "start": 4,
            "end": 20,
        }
    ],
)
FILE = example("/conversations/x/attachments/x")["attachment"]


def thread(side: str = "freelancer", **changes: Any) -> Answers:
    base = example("/conversations/x") if side == "freelancer" else OTHER | {"conversation_id": THREAD}
    return {f"GET /conversations/{THREAD}": base | changes}


def messages(*those: dict[str, Any], cursor: str | None = None) -> Answers:
    """Those messages, the latest first."""
    [first] = example("/conversations/x/messages")["messages"]
    listed = [{**first, "message_id": f"{index}", **one} for index, one in enumerate(those)]
    return {f"GET /conversations/{THREAD}/messages": {"messages": listed, "cursor": cursor}}


def writes(text: str) -> Any:
    def act(window: Window) -> None:
        window.page.get_by_label("Votre message").or_(window.page.get_by_label("Your message")).last.fill(text)
        window.page.click("form:has(textarea) button[type=submit]")
        window.quiet()

    return act


def _opens(*names: str) -> Any:
    """Presses the buttons of those names, French or English, in their order."""

    def act(window: Window) -> None:
        for name in names:
            window.page.locator(
                "main button", has_text=name.split("|")[window.page.evaluate("document.documentElement.lang") == "en"]
            ).first.click()
            window.quiet()

    return act


NOBODY = example("/briefs/x/answers", waiting=[])
ENDING_LEAK = refusal(
    422,
    "invalid",
    "Certains champs sont à corriger.",
    errors=[
        {
            "pointer": "/answers/0/text",
            "code": "identity_leak",
            "message": "« Sémaphore Récits » dirait qui vous êtes. Plutôt : « la production ».",
            "start": 20,
            "end": 36,
        }
    ],
)
#: A project past its dates, for which nobody waits.
OVER: Answers = {
    f"GET /briefs/{BRIEF}/answers": NOBODY,
    f"GET /briefs/{BRIEF}": example(
        "/briefs/x",
        status="expired",
        option_end_date="2026-11-20",
        start_window={"from": "2026-10-01", "until": "2026-11-10"},
    ),
}
DATES_PASSED = refusal(
    422,
    "not_publishable",
    "Ce projet ne peut pas encore être publié : voici ce qui manque ou ce qui est à corriger.",
    errors=[
        {"pointer": "/option_end_date", "code": "in_the_past", "message": "Cette date est passée."},
        {
            "pointer": "/pitch/fr",
            "code": "identity_leak",
            "message": "« Sémaphore » dirait qui vous êtes.",
            "start": 0,
            "end": 4,
        },
    ],
)
ANSWERS_LATE = refusal(
    409,
    "answers_overdue",
    "Des personnes attendent votre réponse depuis plus longtemps que promis (2) : répondez-leur d’abord.",
)
REPORT = example("/reports")["reports"][0]
MEASURE = example("/moderation/mine/x")
MEASURES = {
    "suspended": True,
    "measures": [
        MEASURE | {"kind": "company", "measure_id": "1"},
        MEASURE | {"measure_id": "2", "state": "lifted", "may": []},
    ],
}


def waiting(*those: dict[str, Any]) -> Answers:
    """A project for whose answers these people wait; without any, two."""
    people = those or (
        OTHER | {"conversation_id": "1"},
        OTHER | {"conversation_id": "2", "opposite": {"fr": LONG, "en": LONG}},
    )
    listed = [{"conversation": one, "reason": None, "text": None} for one in people]
    return {f"GET /briefs/{BRIEF}/answers": example("/briefs/x/answers", waiting=listed)}


def ends(text: str) -> Any:
    """Writes to the first who waits and ends the project."""

    def act(window: Window) -> None:
        window.page.fill("#text-1", text)
        window.page.check("input[value=filled]")
        window.page.click("form button[type=submit]")
        window.quiet()

    return act


def measure(**changes: Any) -> Answers:
    return {f"GET /moderation/mine/{MEASURE['measure_id']}": MEASURE | changes}


def contests(window: Window) -> None:
    window.page.fill("#appeal", "Ces faits ne sont pas les miens.")
    window.page.click("form:has(#appeal) button[type=submit]")
    window.quiet()


SCREENS: tuple[Screen, ...] = (
    Screen(
        "a production’s conversations",
        "/conversations",
        "producers",
        {
            "GET /conversations": {
                "conversations": [
                    OTHER | {"conversation_id": "1"},
                    OTHER | {"conversation_id": "2", "answer_due_at": "2026-11-20T17:00:00.000Z"},
                    OTHER | {"conversation_id": "3", "state": "engaged", "may": ["write"]},
                    OTHER | {"conversation_id": "4", "state": "declined", "may": [], "code_name": LONG},
                ],
                "cursor": "next",
            }
        },
    ),
    Screen("a freelancer’s conversations", "/conversations", "freelancers"),
    Screen(
        "no conversation yet",
        "/conversations",
        "producers",
        {"GET /conversations": {"conversations": [], "cursor": None}},
    ),
    Screen(
        "a freelancer without a conversation",
        "/conversations",
        "freelancers",
        {"GET /conversations": {"conversations": [], "cursor": None}},
    ),
    Screen(
        "conversations that cannot be read", "/conversations", "producers", {"GET /conversations": down()}, then=later
    ),
    Screen("conversations, for an administrator", "/conversations", "admins"),
    Screen(
        "a conversation with everything to do",
        f"/conversations/{THREAD}",
        "producers",
        {
            **thread("producer", reveal=ASKED, may=["write", "agree_to_reveal", "answer"]),
            **messages({"mine": False}, {"masked": True, "mine": False}, {"text": LONG}, cursor="next"),
        },
    ),
    Screen(
        "an answer that stops it",
        f"/conversations/{THREAD}",
        "producers",
        thread("producer", answer_due_at="2026-11-20T17:00:00.000Z"),
        then=_opens("Écrire ma réponse|Write my answer"),
    ),
    Screen(
        "an invitation",
        f"/conversations/{THREAD}",
        "freelancers",
        {
            **thread(
                state="invited",
                state_label={"fr": "invitation envoyée", "en": "invitation sent"},
                may=["show_interest", "decline", "write"],
                messages=0,
                reveal=CALM,
                interested_at=None,
                answer_due_at=None,
            ),
            **messages(),
        },
    ),
    Screen("a reveal that is proposed", f"/conversations/{THREAD}", "freelancers"),
    Screen(
        "a reveal that was agreed to",
        f"/conversations/{THREAD}",
        "freelancers",
        thread(
            may=["withdraw_from_reveal", "decline"],
            reveal=CALM | {"mine_at": "2026-12-02T08:30:00.000Z"},
            answer_due_at="2026-11-20T17:00:00.000Z",
        ),
    ),
    Screen(
        "after the reveal, of a company that names little",
        f"/conversations/{THREAD}",
        "freelancers",
        thread(
            state="revealed",
            state_label={"fr": "anonymat levé", "en": "identities revealed"},
            reveal=AGREED,
            company=COMPANY | {"addresses": [], "people": [], "contacts": [], "email_domain": None},
            may=["write", "add_file", "confirm_engagement", "decline"],
        ),
    ),
    Screen(
        "after the reveal, for the production",
        f"/conversations/{THREAD}",
        "producers",
        {
            **thread(
                "producer",
                state="revealed",
                state_label={"fr": "anonymat levé", "en": "identities revealed"},
                reveal=AGREED,
                engagement=ASKED,
                person=OTHER["person"] | {"email": f"{'ines.kerbrat.' * 8}@courriel.test"},
                may=["write", "add_file", "answer", "confirm_engagement"],
                answer={
                    "decision": "retained",
                    "reason": {"id": "to_meet", "labels": {"fr": "Envie d’en parler", "en": "To talk"}},
                    "message": {"fr": "Nous aimerions vous parler.", "en": "We would like to talk to you."},
                    "text": None,
                    "answered_at": "2026-12-02T10:00:00.000Z",
                },
            ),
            **messages(
                {"attachment": FILE | {"mine": True}, "text": ""},
                {"attachment": FILE | {"attachment_id": "2", "status": "withdrawn", "name": None}, "text": ""},
                {"mine": False},
            ),
        },
        then=_opens("L’échange n’aboutit pas|It comes to nothing"),
    ),
    Screen(
        "an engagement",
        f"/conversations/{THREAD}",
        "freelancers",
        thread(
            state="engaged",
            state_label={"fr": "engagement confirmé", "en": "engagement confirmed"},
            company=COMPANY,
            opposite={"fr": "Sémaphore Récits", "en": "Sémaphore Récits"},
            reveal=AGREED,
            engagement=AGREED,
            may=["write", "add_file", "break_mission"],
        ),
        then=_opens("La mission s’est interrompue|The mission was broken off"),
    ),
    Screen(
        "a conversation that is over",
        f"/conversations/{THREAD}",
        "freelancers",
        {
            **thread(
                state="not_retained",
                state_label={"fr": "réponse négative", "en": "not retained"},
                may=[],
                project_live=False,
                answer={
                    "decision": "not_retained",
                    "reason": {"id": "other_dates", "labels": {"fr": "D’autres dates", "en": "Other dates"}},
                    "message": {"fr": "Merci : vos dates sont trop tardives.", "en": "Your dates are too late."},
                    "text": None,
                    "answered_at": "2026-12-05T10:00:00.000Z",
                },
            ),
            **messages(),
        },
    ),
    Screen(
        "a mission that broke off, with an account that is gone",
        f"/conversations/{THREAD}",
        "producers",
        thread(
            "producer",
            state="broken",
            state_label={"fr": "mission interrompue", "en": "mission broken off"},
            may=[],
            reveal=AGREED,
            engagement=AGREED,
            person=None,
            opposite={"fr": "Compte supprimé", "en": "Deleted account"},
            opposite_deleted=True,
            broken={
                "mine": False,
                "at": "2026-12-06T10:00:00.000Z",
                "reason": {"id": "dates", "labels": {"fr": "Les dates n’ont pas tenu", "en": "The dates did not hold"}},
            },
        ),
    ),
    Screen(
        "thinking again after a no",
        f"/conversations/{THREAD}",
        "freelancers",
        thread(
            state="declined",
            state_label={"fr": "décliné", "en": "declined"},
            may=["show_interest"],
            declined_at="2026-12-03T10:00:00.000Z",
            notice={"fr": "Ce projet est hors ligne pour le moment.", "en": "This project is offline for the moment."},
        ),
        then=_opens("Cela m’intéresse|I am interested"),
    ),
    Screen(
        "a message that would tell who it is",
        f"/conversations/{THREAD}",
        "producers",
        {**thread("producer", may=["write"]), f"POST /conversations/{THREAD}/messages": LEAK},
        then=writes("Ici Sémaphore Récits, à Brest."),
    ),
    Screen(
        "a message that is one too many",
        f"/conversations/{THREAD}",
        "producers",
        {
            **thread("producer", may=["write"]),
            f"POST /conversations/{THREAD}/messages": refusal(429, "too_many", "C’est beaucoup en une heure."),
        },
        then=writes("Bonjour"),
    ),
    Screen(
        "a message to a conversation that has just ended",
        f"/conversations/{THREAD}",
        "freelancers",
        {
            **thread(),
            f"POST /conversations/{THREAD}/messages": refusal(409, "conversation_state", "Cet échange est terminé."),
        },
        then=writes("Bonjour"),
    ),
    Screen(
        "a conversation that is not one’s own",
        f"/conversations/{THREAD}",
        "freelancers",
        {f"GET /conversations/{THREAD}": refusal(404, "not_found", "Rien de tel.")},
    ),
    Screen(
        "messages that do not come",
        f"/conversations/{THREAD}",
        "freelancers",
        {f"GET /conversations/{THREAD}/messages": refusal(500)},
        then=later,
    ),
    Screen(
        "reporting a message",
        f"/conversations/{THREAD}",
        "freelancers",
        messages({"mine": False, "text": "Un essai, sans frais."}),
        then=press("ol button"),
    ),
    Screen(
        "everyone in touch with a project",
        f"/briefs/{BRIEF}/conversations",
        "producers",
        {
            f"GET /briefs/{BRIEF}/conversations": {
                "conversations": [
                    OTHER | {"conversation_id": "1", "answer_due_at": "2026-11-20T17:00:00.000Z"},
                    OTHER | {"conversation_id": "2", "state": "engaged", "may": []},
                    OTHER
                    | {"conversation_id": "3", "state": "invited", "may": [], "opposite": {"fr": LONG, "en": LONG}},
                    OTHER | {"conversation_id": "4", "state": "lapsed", "may": []},
                ]
            }
        },
    ),
    Screen(
        "a project that is in touch with nobody",
        f"/briefs/{BRIEF}/conversations",
        "producers",
        {f"GET /briefs/{BRIEF}/conversations": {"conversations": []}},
    ),
    Screen("a project’s answers", f"/briefs/{BRIEF}/answers", "producers", waiting()),
    Screen(
        "nobody awaits an answer", f"/briefs/{BRIEF}/answers", "producers", {f"GET /briefs/{BRIEF}/answers": NOBODY}
    ),
    Screen(
        "answers that are owed by a project past its date",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {
            **waiting(OTHER | {"conversation_id": "1", "answer_due_at": "2026-11-20T17:00:00.000Z"}),
            f"GET /briefs/{BRIEF}": example("/briefs/x", status="expired"),
        },
    ),
    Screen(
        "a project that may go back online",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {f"GET /briefs/{BRIEF}/answers": NOBODY, f"GET /briefs/{BRIEF}": example("/briefs/x", status="closed")},
    ),
    Screen(
        "a project that goes back online only with other dates",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {**OVER, f"POST /briefs/{BRIEF}/reopen": DATES_PASSED},
        then=_opens("Enregistrer et remettre en ligne|Save and put back online"),
    ),
    Screen(
        "a project that stays offline while answers are late",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {
            f"GET /briefs/{BRIEF}/answers": NOBODY,
            f"GET /briefs/{BRIEF}": example("/briefs/x", status="closed"),
            f"POST /briefs/{BRIEF}/reopen": ANSWERS_LATE,
        },
        then=_opens("Remettre le projet en ligne|Put the project back online"),
    ),
    Screen(
        "an answer that would tell who it is",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {**waiting(), f"PUT /briefs/{BRIEF}/answers": ENDING_LEAK},
        then=ends("Merci, de la part de Sémaphore Récits."),
    ),
    Screen(
        "a project that somebody changed meanwhile",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {**waiting(), f"POST /briefs/{BRIEF}/fill": refusal(412, "precondition_failed", "La version a changé.")},
        then=ends("Merci."),
    ),
    Screen(
        "answers that cannot be read",
        f"/briefs/{BRIEF}/answers",
        "producers",
        {f"GET /briefs/{BRIEF}/answers": refusal(500)},
        then=later,
    ),
    Screen(
        "one’s reports",
        "/reports",
        "freelancers",
        {
            "GET /reports": {
                "reasons": [],
                "reports": [
                    REPORT,
                    REPORT | {"report_id": "2", "outcome": None, "answer": None, "decided_at": None, "text": None},
                    REPORT
                    | {
                        "report_id": "3",
                        "about": "conversation",
                        "outcome": None,
                        "decided_at": None,
                        "text": LONG,
                        "due_at": "2027-12-03T18:53:54.127Z",
                    },
                ],
            }
        },
    ),
    Screen("nothing reported", "/reports", "producers", {"GET /reports": {"reasons": [], "reports": []}}),
    Screen("reports that cannot be read", "/reports", "producers", {"GET /reports": down()}, then=later),
    Screen("decisions about one’s company", "/moderation", "producers", {"GET /moderation/mine": MEASURES}),
    Screen(
        "no decision about oneself",
        "/moderation",
        "freelancers",
        {"GET /moderation/mine": {"measures": [], "suspended": False}},
    ),
    Screen("a decision about a project", f"/moderation/{MEASURE['measure_id']}", "producers", measure()),
    Screen(
        "a decision that was contested",
        f"/moderation/{MEASURE['measure_id']}",
        "freelancers",
        measure(
            kind="user",
            state="appealed",
            may=[],
            reply={"text": LONG, "at": "2026-12-04T10:00:00.000Z"},
            appeal={"text": "Ce n’est pas moi.", "at": "2026-12-05T10:00:00.000Z"},
            upheld="Les faits sont établis.",
        ),
    ),
    Screen(
        "a contest that comes too late",
        f"/moderation/{MEASURE['measure_id']}",
        "freelancers",
        {
            **measure(kind="user"),
            f"POST /moderation/mine/{MEASURE['measure_id']}/appeal": refusal(
                409, "too_late_to_contest", "Le délai pour contester est passé."
            ),
        },
        then=contests,
    ),
)
