"""What happens that somebody is written to about: which step each fact is, and to whom it is told."""

from __future__ import annotations

from chalicelib.conversations.events import (
    AnswerAwaited,
    Answered,
    Declined,
    Engaged,
    EngagementProposed,
    FileAdded,
    InterestShown,
    Interrupted,
    Invited,
    MessageSent,
    MissionBroken,
    Party,
    RevealAsked,
    Revealed,
)
from chalicelib.moderation.events import (
    MeasureAnswered,
    MeasureAppealed,
    MeasureAppealRejected,
    MeasureLifted,
    ReportDecided,
    ReportFiled,
    ReturnOrdered,
    Suspended,
    SuspensionExpired,
)
from chalicelib.notifications.models import AlarmStep, ContactStep, Moment, RulingStep, Side
from chalicelib.verification.events import (
    AlarmAnswered,
    AlarmAppealed,
    AlarmAppealRejected,
    AlarmConfirmed,
    AlarmDismissed,
    AlarmExpired,
    AlarmLifted,
    AlarmRaised,
    AlarmWithdrawn,
    AppealDecided,
    CaseAppealed,
    CaseDecided,
    CaseExpired,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    InformationRequested,
)
from chalicelib.vocabulary.facts import Fact

#: What happens in a case that its subject is written to about.
CaseFact = (
    CaseSubmitted
    | InformationRequested
    | CaseDecided
    | CaseAppealed
    | AppealDecided
    | CaseWithdrawn
    | CaseExpired
    | CaseReopened
)
MOMENT_OF: dict[type[Fact], Moment] = {
    CaseSubmitted: "received",
    InformationRequested: "question",
    CaseDecided: "decided",
    CaseAppealed: "appealed",
    AppealDecided: "appeal_decided",
    CaseWithdrawn: "withdrawn",
    CaseExpired: "expired",
    CaseReopened: "reopened",
}

#: What happens to an alarm that its subject is written to about.
AlarmFact = (
    AlarmRaised
    | AlarmAnswered
    | AlarmConfirmed
    | AlarmDismissed
    | AlarmWithdrawn
    | AlarmAppealed
    | AlarmAppealRejected
    | AlarmLifted
    | AlarmExpired
)
ALARM_STEP_OF: dict[type[Fact], AlarmStep] = {
    AlarmRaised: "raised",
    AlarmAnswered: "answered",
    AlarmConfirmed: "in_force",
    AlarmDismissed: "dismissed",
    AlarmWithdrawn: "withdrawn",
    AlarmAppealed: "appealed",
    AlarmAppealRejected: "upheld",
    AlarmLifted: "lifted",
    AlarmExpired: "expired",
}

#: What happens to a report or a decision that somebody is written to about.
RulingFact = (
    ReportFiled
    | ReportDecided
    | ReturnOrdered
    | Suspended
    | MeasureAnswered
    | MeasureAppealed
    | MeasureAppealRejected
    | MeasureLifted
    | SuspensionExpired
)
RULING_STEP_OF: dict[type[Fact], RulingStep] = {
    ReportFiled: "report_received",
    ReportDecided: "report_settled",
    ReturnOrdered: "returned",
    Suspended: "suspended",
    MeasureAnswered: "replied",
    MeasureAppealed: "appealed",
    MeasureAppealRejected: "upheld",
    MeasureLifted: "lifted",
    SuspensionExpired: "expired",
}

#: What happens in a conversation that somebody is written to about.
ContactFact = (
    Invited
    | InterestShown
    | Declined
    | MessageSent
    | FileAdded
    | RevealAsked
    | Revealed
    | Answered
    | AnswerAwaited
    | EngagementProposed
    | Engaged
    | MissionBroken
    | Interrupted
)


def told_to(fact: ContactFact) -> list[tuple[ContactStep, Side]]:
    """What is told of it, to which sides: what somebody did themselves is told to the other side alone, what both
    brought about to both."""
    if isinstance(fact, Invited):
        return [("invited", "freelancer")]
    if isinstance(fact, InterestShown):
        return [("interest_shown", "producer")]
    if isinstance(fact, Declined):
        return [("declined", "producer")] if fact.invited else []
    if isinstance(fact, MessageSent | FileAdded):
        return [("message", _opposite(fact.sender))]
    if isinstance(fact, RevealAsked):
        return [("reveal_asked", _opposite(fact.by))]
    if isinstance(fact, Revealed):
        return [("revealed", "producer"), ("revealed", "freelancer")]
    if isinstance(fact, Answered):
        return [("answered", "freelancer")]
    if isinstance(fact, AnswerAwaited):
        return _asked_for(fact)
    if isinstance(fact, EngagementProposed):
        return [("engagement_proposed", _opposite(fact.by))]
    if isinstance(fact, Interrupted):
        return [("interrupted", "freelancer")]
    if isinstance(fact, Engaged):
        return [("engaged", "producer"), ("engaged", "freelancer")]
    return [("broken", _opposite(fact.by))]


def _asked_for(fact: AnswerAwaited) -> list[tuple[ContactStep, Side]]:
    """An overdue answer is asked for every other day; an e-mail goes about the 1st, 2nd, 3rd, 5th, 9th time and so on,
    each twice as far from the one before."""
    if not fact.overdue:
        return [("answer_due", "producer")]
    since = max(fact.reminder - 1, 0)
    return [("answer_overdue", "producer")] if since & (since - 1) == 0 else []


def _opposite(party: Party) -> Side:
    return "freelancer" if party == "producer" else "producer"
