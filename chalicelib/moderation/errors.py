from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

NOT_A_GROUND = FieldRule(
    "not_a_ground",
    Bilingual("Ce motif ne vaut pas pour cette décision.", "This ground is not one for this decision."),
)
WITHIN_WHICH = FieldRule(
    "within_which",
    Bilingual("Dites de quel échange est ce message.", "Say which conversation the message belongs to."),
)
TELL_THEM = FieldRule(
    "tell_them",
    Bilingual(
        "Un rappel dit à la personne concernée ce qui lui est rappelé.",
        "A reminder tells whoever it concerns what they are reminded of.",
    ),
)
ALREADY_OVER = FieldRule(
    "in_the_past", Bilingual("Cette date est passée ou trop proche.", "This date has passed or is too near.")
)
WOULD_TELL = FieldRule(
    "identity_leak",
    Bilingual(
        "« {passage} » dirait à cette personne qui est derrière le projet.",
        "“{passage}” would tell this person who is behind the project.",
    ),
)

_STATES: dict[str, Bilingual] = {
    "proposed": Bilingual("proposée", "proposed"),
    "in_force": Bilingual("en vigueur", "in force"),
    "appealed": Bilingual("contestée", "contested"),
    "declined": Bilingual("écartée", "declined"),
    "lifted": Bilingual("levée", "lifted"),
    "expired": Bilingual("échue", "expired"),
}


class MeasureNotInThatState(DomainError):
    def __init__(self, state: str) -> None:
        super().__init__(state=_STATES[state])

    status = 409
    code = "measure_state"
    message = Bilingual(
        "Cette décision est {state} : cette action n’est pas possible.",
        "This decision is {state}: this action is not possible.",
    )
    sample = {"state": _STATES["lifted"]}


class AlreadyDecided(DomainError):
    """There is a decision about it already, in force or proposed."""

    status = 409
    code = "already_decided"
    message = Bilingual(
        "Une décision est déjà proposée ou en vigueur à ce sujet.",
        "A decision about this is proposed or in force already.",
    )


class NotLive(DomainError):
    status = 409
    code = "brief_not_live"
    message = Bilingual("Ce projet n’est pas en ligne.", "This project is not online.")


class OwnMeasure(DomainError):
    """Nobody decides about themselves or a colleague."""

    status = 403
    code = "own_measure"
    message = Bilingual(
        "Cette décision vous concerne, vous ou votre société.", "This decision is about you or your company."
    )


class AnotherPersonNeeded(DomainError):
    status = 403
    code = "another_person_needed"
    message = Bilingual(
        "Une autre personne, qui n’a pris aucune part à cette décision, doit s’en charger.",
        "Another person, who took no part in this decision, must do this.",
    )


class TooLateToReply(DomainError):
    status = 409
    code = "too_late_to_reply"
    message = Bilingual("Le délai pour répondre est passé.", "The time to reply has passed.")


class TooLateToContest(DomainError):
    status = 409
    code = "too_late_to_contest"
    message = Bilingual("Le délai pour contester est passé.", "The time to contest this has passed.")


class TooManyReports(DomainError):
    """More reports in an hour than anybody has to make."""

    def __init__(self, seconds: int = 3600) -> None:
        super().__init__()
        self.retry_after_seconds = seconds  # type: ignore[misc]  # of this refusal: until the hour is over

    status = 429
    code = "too_many_reports"
    message = Bilingual(
        "C’est beaucoup en une heure : reprenez un peu plus tard.",
        "That is a lot within an hour: go on a little later.",
    )
    retry_after_seconds = 3600


class HeldBySomebody(DomainError):
    """Another administrator has the report."""

    status = 409
    code = "report_claimed"
    message = Bilingual(
        "Une autre personne de l’équipe traite ce signalement.",
        "Somebody else on the team is dealing with this report.",
    )


class ReportIsDecided(DomainError):
    status = 409
    code = "report_decided"
    message = Bilingual("Ce signalement est déjà traité.", "This report has been dealt with already.")


class OwnReport(DomainError):
    status = 403
    code = "own_report"
    message = Bilingual("Ce signalement vient de vous ou vous concerne.", "This report comes from you or is about you.")


class IdentityNotReadable(DomainError):
    """Not granted, over, or not for this reader."""

    status = 403
    code = "identity_not_readable"
    message = Bilingual(
        "Ce document n’est lisible que par les deux personnes qui l’ont demandé et accordé, pendant vingt-quatre "
        "heures.",
        "This document can be read only by the two people who asked for it and agreed to it, for twenty-four hours.",
    )


class IdentityRequestOver(DomainError):
    status = 409
    code = "identity_request_over"
    message = Bilingual("Cette demande n’attend plus d’accord.", "This request no longer waits for an agreement.")
