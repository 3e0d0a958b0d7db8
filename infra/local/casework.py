"""Verification as people do it, over HTTP: somebody submits, an administrator takes the case and decides.

Used by the first start, the demo, the benchmarks and the journeys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from infra.local.client import Client, wait_until

Kind = Literal["profile", "credit", "company"]

_READY_SECONDS = 90.0
_FOLLOWED_SECONDS = 300.0
_EVERY = 0.1  # each question is a call of the API function, on the same machine as what it waits for

#: What an administrator says where everything is in order, by kind.
_APPROVALS: dict[Kind, dict[str, str]] = {
    "profile": {"ground": "all_confirmed", "text": "Références vérifiées une à une."},
    "credit": {"ground": "all_confirmed", "text": "Référence vérifiée."},
    "company": {"ground": "company_confirmed", "text": "SIREN, domaine et mandat contrôlés."},
}


def submit(subject: Client, kind: Kind, credit_id: str | None = None) -> str:
    """Asks for the checks and returns the case's id; goes on with a case that is open already."""
    wanted = {"kind": kind} if credit_id is None else {"kind": kind, "credit_id": credit_id}
    opened = subject.post("/api/verification/mine", wanted)
    if opened.status == 409 and opened.body["code"] == "case_already_open":
        cases = subject.get("/api/verification/mine").expect(200)["cases"]
        case = next(one for one in cases if (one["kind"], one["credit_id"]) == (kind, credit_id))
    else:
        case = opened.expect(201)
    if case["state"] == "draft":
        subject.post(f"/api/verification/mine/{case['case_id']}/submit").expect(200)
    return str(case["case_id"])


def wait_until_ready(administrator: Client, case_id: str, seconds: float = _READY_SECONDS) -> Mapping[str, Any]:
    """The case, once its checks have ended and it is an administrator's to take. Raises TooLate."""

    def ready() -> Mapping[str, Any] | None:
        case: Mapping[str, Any] = administrator.get(f"/api/verification/cases/{case_id}").expect(200)
        return case if case["state"] not in ("submitted", "checks_running") else None

    return wait_until(ready, seconds, _EVERY, "the end of the checks")


def claim(administrator: Client, case_id: str) -> str:
    """Takes the case; returns the lease's token."""
    taken = administrator.post(f"/api/verification/cases/{case_id}/claim").expect(200)
    return str(taken["lease"]["token"])


def approve(administrator: Client, case_id: str, level: str = "function") -> Mapping[str, Any]:
    """Waits for the checks, then confirms the case as a whole, each credit up to this fact; returns the decided case.
    What follows from it comes a moment later."""
    case = wait_until_ready(administrator, case_id)
    return decide(administrator, case, claim(administrator, case_id), level)


def decide(administrator: Client, case: Mapping[str, Any], token: str, level: str = "function") -> Mapping[str, Any]:
    """Confirms a case that one has under a lease; of somebody without credits, their background."""
    credits = [{"credit_id": one["credit_id"], "level": level} for one in case["credits_in_review"]]
    verdict: dict[str, Any] = {
        "lease_token": token,
        "outcome": "verified",
        **_APPROVALS[case["kind"]],
        "credits": credits,
    }
    if case["kind"] == "profile" and not credits:
        verdict |= {"ground": "junior_path_confirmed", "junior_path": True}
    path = f"/api/verification/cases/{case['case_id']}/decision"
    decided: Mapping[str, Any] = administrator.post(path, verdict).expect(200)
    return decided


def refuse(first: Client, second: Client, case_id: str, ground: str, text: str) -> Mapping[str, Any]:
    """One administrator proposes a refusal and another confirms it; returns the refused case."""
    path = f"/api/verification/cases/{case_id}"
    verdict = {"lease_token": claim(first, case_id), "outcome": "refused", "ground": ground, "text": text}
    first.post(f"{path}/decision", verdict).expect(200)
    confirmation = {"lease_token": claim(second, case_id), "confirms": True}
    refused: Mapping[str, Any] = second.post(f"{path}/second-decision", confirmation).expect(200)
    return refused


def reopen(administrator: Client, case_id: str, ground: str = "established_wrongly") -> None:
    """Has a decided case looked at again. What was decided stands meanwhile."""
    path = f"/api/verification/cases/{case_id}"
    read = administrator.get(path)
    read.expect(200)
    administrator.post(f"{path}/reopen", {"ground": ground}, read.version()).expect(200)


def wait_until_followed(subject: Client, path: str, status: str) -> Mapping[str, Any]:
    """What is decided, as the profile or the company at this path says it. Raises TooLate."""

    def followed() -> Mapping[str, Any] | None:
        answer: Mapping[str, Any] = subject.get(path).expect(200)
        return answer if answer["status"] == status else None

    return wait_until(followed, _FOLLOWED_SECONDS, _EVERY, f"what follows the decision at {path}")


def verify_company(producer: Client, administrator: Client) -> None:
    """The producer's company, as declared, through its case to the right to publish."""
    approve(administrator, submit(producer, "company"))
    wait_until_followed(producer, "/api/companies/mine", "verified")
