"""The people proposed for a project: the shortlist, one of them, several side by side."""

from __future__ import annotations

import json
from typing import Any

from tests.support.browser import Window
from tests.support.site import Given, Screen, example, later, press, refusal
from tests.support.stand import Answer, Asked, document, down

WHY = example("/briefs/x/matches/y")
BRIEF = "01M890MRE0PE83GV91X3G5HANS"
_SECOND = "01M842S0RBNNSS9DXA8NAVEBBB"
_THIRD = "01M842S0RBNNSS9DXA8NAVECCC"
_FOURTH = "01M842S0RBNNSS9DXA8NAVEDDD"
_BROKEN = refusal(500, "internal", "Une erreur est survenue.")
_UNKNOWN = {"holds": None, "source": None, "by": None, "checked_at": None, "expires_at": None}
Answers = dict[str, Given | dict[str, Any]]


def shortlist(**changes: Any) -> dict[str, Any]:
    """Three people: one by rank, one on the seat kept for juniors with a badge and a long name, one drawn."""
    found = example("/briefs/x/matches", eligible=14, considered=210)
    first = found["matches"][0] | {"contributions": WHY["match"]["contributions"]}
    declared = first["profile"]["credits"][0] | {
        "credit_id": "01M890MRE0QDDYAK1E220TCEZZ",
        "title": "Les Veilleurs du détroit",
        "year": 2022,
        "level": 0,
        "facts": {"work": _UNKNOWN, "participation": _UNKNOWN, "function": _UNKNOWN},
    }
    seen = first["profile"]["credits"][1]
    from_a_source = seen | {
        "credit_id": "01M890MRE0QDDYAK1E220TCEYY",
        "facts": seen["facts"]
        | {"function": declared["facts"]["function"]}
        | {"participation": seen["facts"]["participation"] | {"by": "source", "source": "wikidata"}},
    }
    first["profile"]["credits"].append(declared)
    second = first | {
        "position": 2,
        "why": "junior_seat",
        "score": 71.4,
        "profile": first["profile"]
        | {
            "profile_id": _SECOND,
            "display_name": "Marie-Gwenaëlle de Kergoat-Trémazan",
            "level": "junior",
            "verified_years": 0,
            "day_rate": {"min": 230, "max": 230},
            "credits": [from_a_source],
            "background": {
                "kinds": ["diploma", "reading_report"],
                "checked_at": "2026-11-24T10:12:00.000Z",
                "expires_at": "2031-11-23T10:12:00.000Z",
            },
        },
        "deciding_credit_ids": [from_a_source["credit_id"]],
    }
    third = first | {
        "position": 3,
        "why": "rotation",
        "score": 68.0,
        "profile": first["profile"]
        | {
            "profile_id": _THIRD,
            "display_name": "Paul Tanguy",
            "level": "senior",
            "verified_years": 12,
            "day_rate": {"min": 450, "max": 520},
            "region": None,
            "availability": [{"from": "2027-02-01", "until": "2027-06-30"}],
            "work_modes": ["remote", "hybrid"],
        },
    }
    return found | {"matches": [first, second, third]} | changes


FIRST = shortlist()["matches"][0]["profile"]["profile_id"]


_PERSON = f"/briefs/{BRIEF}/people/{FIRST}"
_COMPARE = f"/briefs/{BRIEF}/compare?with="
#: Somebody who was proposed, and whom others have overtaken.
OFF_THE_LIST = WHY | {
    "match": None,
    "decided_by": {
        "by": "criterion",
        "criterion": "tone",
        "points": 0.0,
        "points_of_last_seated": 6.0,
        "text": {"fr": "Le ton a décidé : 0 point contre 6.", "en": "Tone decided: 0 points against 6."},
    },
}


def contact(profile_id: str, state: str, fr: str, en: str) -> dict[str, Any]:
    """A conversation of the project with that person."""
    [one, *_] = example("/briefs/x/conversations")["conversations"]
    return one | {
        "state": state,
        "state_label": {"fr": fr, "en": en},
        "person": one["person"] | {"profile_id": profile_id},
    }


def brief(**changes: Any) -> Answers:
    return {f"GET /briefs/{BRIEF}": example(f"/briefs/{BRIEF}", **changes)}


class Remarks:
    """What the company keeps about the people of the project, as the API does."""

    def __init__(self, *remarks: dict[str, Any]) -> None:
        self.kept = {one["profile_id"]: one for one in remarks}

    def answers(self) -> Answers:
        found: Answers = {f"GET /briefs/{BRIEF}/remarks": self._list}
        for profile_id in (FIRST, _SECOND, _THIRD):
            path = f"/briefs/{BRIEF}/matches/{profile_id}"
            found |= {f"PUT {path}/note": self, f"POST {path}/dismiss": self, f"DELETE {path}/dismiss": self}
        return found

    def _list(self, _asked: Asked) -> Answer:
        kept = [one for one in self.kept.values() if one["note"] or one["dismissal"]]
        return document({"brief_id": BRIEF, "remarks": kept})

    def __call__(self, asked: Asked) -> Answer:
        *_, profile_id, what = asked.path.split("/")
        said, before = json.loads(asked.body or "{}"), self.kept.get(profile_id, remark(profile_id))
        if what == "note":
            note = said["text"].strip() or None
            change = {
                "note": note,
                "version": before["version"] + 1,
                "noted_at": note and _WRITTEN,
                "noted_by_me": True,
            }
        else:
            change = {"dismissal": {"reason": said["reason"], "dismissed_at": _WRITTEN} if said else None}
        self.kept[profile_id] = before | change
        return document(self.kept[profile_id])


_WRITTEN = "2026-11-28T09:30:00.000Z"


def remark(profile_id: str, note: str | None = None, reason: str | None = None) -> dict[str, Any]:
    """What a colleague wrote, or set somebody aside for."""
    return example("/briefs/x/matches/y/note", "PUT") | {
        "profile_id": profile_id,
        "note": note,
        "version": 4 if note else 0,
        "noted_at": _WRITTEN if note else None,
        "noted_by_me": False,
        "dismissal": {"reason": reason, "dismissed_at": _WRITTEN} if reason else None,
    }


THEIR_NOTE = "Vue avec le réalisateur : à reprendre en mars."
NOBODY_YET: Answers = {
    f"GET /briefs/{BRIEF}/conversations": {"conversations": []},
    f"GET /briefs/{BRIEF}/remarks": {"brief_id": BRIEF, "remarks": []},
}
SHORTLIST: Answers = {f"GET /briefs/{BRIEF}/matches": shortlist(), **NOBODY_YET}
LEAKING = "Ici Sémaphore Récits, écrivez-nous."
LEAK = refusal(
    422,
    "invalid",
    "Certains champs sont à corriger.",
    errors=[
        {
            "pointer": "/text",
            "code": "identity_leak",
            "message": "« Sémaphore Récits » (caractères 5 à 20) dirait qui vous êtes avant la levée de l’anonymat. "
            "Le nom de la société reste caché. Plutôt : « notre société ».",
            "start": 4,
            "end": 20,
        }
    ],
)


def _note(window: Window) -> None:
    window.unfold()
    window.page.fill(f"#note-{FIRST}", "À rappeler en janvier.")
    window.later()


def _invite(window: Window) -> None:
    window.page.get_by_label("Choisir Inès Kerbrat").or_(window.page.get_by_label("Choose Inès Kerbrat")).check()
    window.page.fill("#word", LEAKING)
    window.page.click("#invite button[type=submit]")


def _report(window: Window) -> None:
    window.page.check("input[value=misleading]")
    window.page.fill("#report-text", "La fonction ne correspond pas au générique.")
    window.page.click("form:has(#report-text) button")


def _choose_all(window: Window) -> None:
    for box in window.page.locator("main ol input[type=checkbox]").all():
        box.check()


SCREENS: tuple[Screen, ...] = (
    Screen("a shortlist", f"/briefs/{BRIEF}", "producers", SHORTLIST),
    Screen("a shortlist with people chosen", f"/briefs/{BRIEF}", "producers", SHORTLIST, then=_choose_all),
    Screen(
        "a shortlist of people who were asked already",
        f"/briefs/{BRIEF}",
        "producers",
        {
            **SHORTLIST,
            f"GET /briefs/{BRIEF}/conversations": {
                "conversations": [
                    contact(FIRST, "interested", "intérêt manifesté", "interest shown"),
                    contact(_SECOND, "invited", "invitation envoyée", "invitation sent"),
                    contact(_THIRD, "declined", "décliné", "declined"),
                ]
            },
            f"GET /briefs/{BRIEF}/outreach": example(
                f"/briefs/{BRIEF}/outreach",
                interested=1,
                danger={
                    "short": "days",
                    "silence": "nobody_answered",
                    "message": {
                        "fr": "Il reste douze jours et personne n’a encore répondu.",
                        "en": "Twelve days are left and nobody has answered yet.",
                    },
                },
            ),
        },
    ),
    Screen(
        "a shortlist that is being computed",
        f"/briefs/{BRIEF}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": shortlist(status="pending", matches=[])},
    ),
    Screen(
        "a shortlist that is being made again",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, f"GET /briefs/{BRIEF}/matches": shortlist(status="updating")},
    ),
    Screen(
        "a shortlist without anybody",
        f"/briefs/{BRIEF}",
        "producers",
        {
            f"GET /briefs/{BRIEF}/matches": shortlist(matches=[], eligible=0),
            "POST /briefs/estimate": example(
                "/briefs/estimate",
                "POST",
                eligible=0,
                left_out=[
                    {"rule": "role", "people": 12},
                    {"rule": "language", "people": 0},
                    {"rule": "availability", "people": 1},
                ],
                strictest="role",
            ),
        },
    ),
    Screen("a draft without a shortlist", f"/briefs/{BRIEF}", "producers", brief(status="draft", calendar=None)),
    Screen(
        "the shortlist of a project that is filled", f"/briefs/{BRIEF}", "producers", SHORTLIST | brief(status="filled")
    ),
    Screen(
        "the shortlist of a project that was returned",
        f"/briefs/{BRIEF}",
        "producers",
        SHORTLIST | brief(status="returned", measure_id="01M890MRE0PE83GV91X3G5HANS"),
    ),
    Screen(
        "a project that expired before anybody came",
        f"/briefs/{BRIEF}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": shortlist(status="pending", matches=[])} | brief(status="expired"),
    ),
    Screen(
        "a shortlist that cannot be read",
        f"/briefs/{BRIEF}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": _BROKEN},
        then=later,
    ),
    Screen(
        "a shortlist whose details cannot be read",
        f"/briefs/{BRIEF}",
        "producers",
        {
            **SHORTLIST,
            f"GET /briefs/{BRIEF}/matches/{FIRST}": _BROKEN,
            f"GET /briefs/{BRIEF}/conversations": _BROKEN,
            f"GET /briefs/{BRIEF}/outreach": _BROKEN,
        },
        then=later,
    ),
    Screen("a project that is not there", f"/briefs/{BRIEF}", "producers", {f"GET /briefs/{BRIEF}": refusal(404)}),
    Screen("a shortlist for a freelancer", f"/briefs/{BRIEF}", "freelancers"),
    Screen("an invitation to nobody", f"/briefs/{BRIEF}", "producers", SHORTLIST, then=press("#invite [type=submit]")),
    Screen(
        "an invitation that would tell who one is",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, f"POST /briefs/{BRIEF}/invitations": LEAK},
        then=_invite,
    ),
    Screen(
        "an invitation that is one too many",
        f"/briefs/{BRIEF}",
        "producers",
        {
            **SHORTLIST,
            f"POST /briefs/{BRIEF}/invitations": refusal(429, "too_many_messages", "C’est beaucoup en une heure."),
        },
        then=_invite,
    ),
    Screen(
        "an invitation without a network",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, f"POST /briefs/{BRIEF}/invitations": down()},
        then=_invite,
    ),
    Screen("an invitation that went", f"/briefs/{BRIEF}", "producers", SHORTLIST, then=_invite),
    Screen(
        "somebody set aside",
        f"/briefs/{BRIEF}",
        "producers",
        SHORTLIST | Remarks().answers(),
        then=press("main li:first-child footer button"),
    ),
    Screen(
        "somebody who cannot be set aside just now",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, f"POST /briefs/{BRIEF}/matches/{FIRST}/dismiss": down()},
        then=press("main li:first-child footer button"),
    ),
    Screen(
        "what colleagues noted, and whom they set aside",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, **Remarks(remark(FIRST, THEIR_NOTE), remark(_SECOND, reason="dates")).answers()},
        then=Window.unfold,
    ),
    Screen(
        "notes that cannot be read",
        f"/briefs/{BRIEF}",
        "producers",
        {**SHORTLIST, f"GET /briefs/{BRIEF}/remarks": _BROKEN},
        then=later,
    ),
    Screen(
        "a note that a colleague has changed meanwhile",
        _PERSON,
        "producers",
        {
            **NOBODY_YET,
            **Remarks(remark(FIRST, THEIR_NOTE)).answers(),
            f"PUT /briefs/{BRIEF}/matches/{FIRST}/note": refusal(412, "precondition_failed"),
        },
        then=_note,
    ),
    Screen(
        "a note without a network",
        _PERSON,
        "producers",
        {**NOBODY_YET, f"PUT /briefs/{BRIEF}/matches/{FIRST}/note": down()},
        then=_note,
    ),
    Screen("a proposed person", _PERSON, "producers", NOBODY_YET),
    Screen(
        "a proposed person who is not on the shortlist any more",
        _PERSON,
        "producers",
        {**NOBODY_YET, f"GET /briefs/{BRIEF}/matches/{FIRST}": OFF_THE_LIST},
    ),
    Screen(
        "somebody who came of their own accord",
        _PERSON,
        "producers",
        {
            f"GET /briefs/{BRIEF}/matches/{FIRST}": refusal(404),
            f"GET /briefs/{BRIEF}/conversations": {
                "conversations": [contact(FIRST, "interested", "intérêt manifesté", "interest shown")]
            },
        },
    ),
    Screen(
        "a proposed person without any work",
        _PERSON,
        "producers",
        {
            **NOBODY_YET,
            f"GET /profiles/{FIRST}": example(
                f"/profiles/{FIRST}",
                credits=[],
                day_rate=None,
                availability=[],
                bio={"fr": None, "en": None},
                background={
                    "kinds": ["internship"],
                    "checked_at": "2026-11-24T10:12:00.000Z",
                    "expires_at": "2031-11-23T10:12:00.000Z",
                },
            ),
        },
    ),
    Screen("a profile that is no longer open", _PERSON, "producers", {f"GET /profiles/{FIRST}": refusal(404)}),
    Screen(
        "a person whose place cannot be read",
        _PERSON,
        "producers",
        {f"GET /briefs/{BRIEF}/matches/{FIRST}": _BROKEN, f"GET /briefs/{BRIEF}/conversations": _BROKEN},
        then=later,
    ),
    Screen("a profile that was reported", _PERSON, "producers", NOBODY_YET, then=_report),
    Screen(
        "a report that is one too many",
        _PERSON,
        "producers",
        {**NOBODY_YET, "POST /reports": refusal(429, "too_many_reports", "C’est beaucoup en un jour.")},
        then=_report,
    ),
    Screen("two people side by side", f"{_COMPARE}{FIRST},{_SECOND}", "producers", SHORTLIST),
    Screen(
        "four people side by side, one of them off the shortlist",
        f"{_COMPARE}{FIRST},{_SECOND},{_THIRD},{_FOURTH}",
        "producers",
        {
            **SHORTLIST,
            f"GET /briefs/{BRIEF}/matches/{_FOURTH}": OFF_THE_LIST
            | {"profile": WHY["profile"] | {"profile_id": _FOURTH, "display_name": "Nolwenn Le Dantec"}},
            f"GET /briefs/{BRIEF}/conversations": {
                "conversations": [contact(_SECOND, "declined", "décliné", "declined")]
            },
        },
    ),
    Screen("nobody to compare", f"/briefs/{BRIEF}/compare", "producers", SHORTLIST),
    Screen(
        "a comparison with somebody who is gone",
        f"{_COMPARE}{FIRST},{_SECOND},{_FOURTH}",
        "producers",
        {**SHORTLIST, f"GET /briefs/{BRIEF}/matches/{_FOURTH}": refusal(404)},
    ),
    Screen(
        "a comparison that cannot be read",
        f"{_COMPARE}{FIRST},{_SECOND}",
        "producers",
        {f"GET /briefs/{BRIEF}/matches": _BROKEN},
        then=later,
    ),
)
