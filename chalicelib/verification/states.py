"""The life of a case: its states, the acts that lead from one to the next, and nothing else decides.

    draft → submitted → checks_running → queued → in_review ⇄ information_requested
      → verified · partly_verified · refused → appealed → appeal_review → final
    withdrawn, expired, reopened

A refusal, and a decision that takes something away, is first proposed: the case goes back to the queue until a second
administrator confirms it (`decide_…`) or overturns it.
"""

from __future__ import annotations

from typing import Literal, get_args

State = Literal[
    "draft",
    "submitted",
    "checks_running",
    "queued",
    "in_review",
    "information_requested",
    "verified",
    "partly_verified",
    "refused",
    "appealed",
    "appeal_review",
    "final",
    "withdrawn",
    "expired",
    "reopened",
]
STATES: tuple[State, ...] = get_args(State)

Outcome = Literal["verified", "partly_verified", "refused"]
#: From the least to the most that a subject can be granted.
OUTCOMES: tuple[Outcome, ...] = ("refused", "partly_verified", "verified")

Act = Literal[
    "submit",
    "plan",
    "make_ready",
    "advise",
    "claim",
    "renew",
    "release",
    "request_information",
    "answer",
    "propose",
    "overturn",
    "decide_verified",
    "decide_partly_verified",
    "decide_refused",
    "appeal",
    "decide_appeal",
    "close",
    "withdraw",
    "expire",
    "reopen",
]
ACTS: tuple[Act, ...] = get_args(Act)

#: (state, act) → state. What is not here cannot happen.
TRANSITIONS: dict[tuple[State, Act], State] = {
    ("draft", "submit"): "submitted",
    ("draft", "withdraw"): "withdrawn",
    ("submitted", "plan"): "checks_running",
    ("submitted", "withdraw"): "withdrawn",
    ("checks_running", "make_ready"): "queued",
    ("checks_running", "withdraw"): "withdrawn",
    # The automatic checks looked again, after an answer or new evidence: whoever has the case keeps it.
    ("queued", "advise"): "queued",
    ("in_review", "advise"): "in_review",
    ("information_requested", "advise"): "information_requested",
    ("appealed", "advise"): "appealed",
    ("appeal_review", "advise"): "appeal_review",
    ("reopened", "advise"): "reopened",
    ("queued", "claim"): "in_review",
    ("queued", "withdraw"): "withdrawn",
    # Claimed again once the lease has run out.
    ("in_review", "claim"): "in_review",
    ("in_review", "renew"): "in_review",
    ("in_review", "release"): "queued",
    ("in_review", "request_information"): "information_requested",
    ("in_review", "propose"): "queued",
    ("in_review", "overturn"): "queued",
    ("in_review", "decide_verified"): "verified",
    ("in_review", "decide_partly_verified"): "partly_verified",
    ("in_review", "decide_refused"): "refused",
    ("in_review", "withdraw"): "withdrawn",
    ("information_requested", "answer"): "in_review",
    ("information_requested", "expire"): "expired",
    ("information_requested", "withdraw"): "withdrawn",
    ("verified", "appeal"): "appealed",
    ("verified", "close"): "final",
    ("verified", "reopen"): "reopened",
    ("partly_verified", "appeal"): "appealed",
    ("partly_verified", "close"): "final",
    ("partly_verified", "reopen"): "reopened",
    ("refused", "appeal"): "appealed",
    ("refused", "close"): "final",
    ("refused", "reopen"): "reopened",
    ("appealed", "claim"): "appeal_review",
    ("appeal_review", "claim"): "appeal_review",
    ("appeal_review", "renew"): "appeal_review",
    ("appeal_review", "release"): "appealed",
    ("appeal_review", "decide_appeal"): "final",
    ("final", "reopen"): "reopened",
    ("expired", "reopen"): "reopened",
    ("reopened", "claim"): "in_review",
}

#: Decided by people; an appeal is possible for a time.
DECIDED: frozenset[State] = frozenset({"verified", "partly_verified", "refused"})
#: Nothing more happens by itself.
ENDED: frozenset[State] = frozenset({"final", "withdrawn", "expired"})
#: In these states the subject has its one open case.
OPEN: frozenset[State] = frozenset(STATES) - DECIDED - ENDED
#: Waiting for an administrator, or with one.
IN_QUEUE: frozenset[State] = frozenset({"queued", "in_review", "appealed", "appeal_review", "reopened"})
#: Automatic checks are made: for the first time, or once more beside the people who have the case.
CHECKED: frozenset[State] = IN_QUEUE | {"checks_running", "information_requested"}
#: With an administrator, under a lease.
LEASED: frozenset[State] = frozenset({"in_review", "appeal_review"})


def deciding(outcome: Outcome) -> Act:
    """The act that gives a case this outcome."""
    acts: dict[Outcome, Act] = {
        "verified": "decide_verified",
        "partly_verified": "decide_partly_verified",
        "refused": "decide_refused",
    }
    return acts[outcome]


def following(state: State, act: Act) -> State | None:
    """The state that the act leads to; None when it is not possible there."""
    return TRANSITIONS.get((state, act))
