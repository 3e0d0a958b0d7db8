"""Every step there is: a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.verification.steps import (
    alarms,
    attestation,
    company_registry,
    credit,
    evidence,
    experience,
    identity,
    recommendation,
)
from chalicelib.verification.steps.contract import StepResult, TaskContext

STEPS: dict[str, Callable[[TaskContext], StepResult]] = {
    "identity": identity.run,
    "company_registry": company_registry.run,
    "credit": credit.run,
    "experience": experience.run,
    "evidence": evidence.run,
    "attestation": attestation.run,
    "alarms": alarms.run,
    "recommendation": recommendation.run,
}
