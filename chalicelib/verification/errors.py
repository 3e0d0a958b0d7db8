from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Forbidden, Invalid
from chalicelib.vocabulary.text import Bilingual

UNKNOWN_CREDIT = FieldRule(
    "unknown_credit", Bilingual("Ce crédit n’est pas de ce dossier.", "This credit is not part of this case.")
)
UNKNOWN_FACT = FieldRule(
    "unknown_fact",
    Bilingual("Ce fait n’est pas établi : rien à retirer.", "This fact is not established: nothing to take away."),
)
NOT_FOR_THIS_SUBJECT = FieldRule(
    "not_for_this_subject",
    Bilingual("Cette issue n’existe pas pour une société.", "A company cannot be given this outcome."),
)
WORSE_THAN_APPEALED = FieldRule(
    "worse_than_appealed",
    Bilingual(
        "Un recours ne peut pas aggraver la décision contestée.",
        "An appeal cannot make the decision it contests worse.",
    ),
)
NOTHING_CONFIRMED = FieldRule(
    "nothing_confirmed",
    Bilingual("Aucun crédit n’est confirmé : ce serait un refus.", "No credit is confirmed: that would be a refusal."),
)


class Incomplete(Invalid):
    code = "not_ready_for_verification"
    message = Bilingual(
        "Le profil n’est pas encore complet : terminez-le avant de demander sa vérification.",
        "The profile is not complete yet: finish it before asking for its verification.",
    )


class CaseAlreadyOpen(DomainError):
    status = 409
    code = "case_already_open"
    message = Bilingual(
        "Une vérification est déjà en cours pour cet élément.", "A verification of this is already under way."
    )


_STATES: dict[str, Bilingual] = {
    "draft": Bilingual("en préparation", "in preparation"),
    "submitted": Bilingual("déposé", "submitted"),
    "checks_running": Bilingual("en cours de contrôle automatique", "being checked automatically"),
    "queued": Bilingual("en attente d’un examinateur", "waiting for a reviewer"),
    "in_review": Bilingual("en cours d’examen", "under review"),
    "information_requested": Bilingual("en attente d’une réponse", "waiting for an answer"),
    "verified": Bilingual("vérifié", "verified"),
    "partly_verified": Bilingual("vérifié en partie", "partly verified"),
    "refused": Bilingual("refusé", "refused"),
    "appealed": Bilingual("en recours", "appealed"),
    "appeal_review": Bilingual("en cours d’examen après recours", "under review after an appeal"),
    "final": Bilingual("clos définitivement", "final"),
    "withdrawn": Bilingual("retiré", "withdrawn"),
    "expired": Bilingual("échu", "expired"),
    "reopened": Bilingual("rouvert", "reopened"),
}


class NotInThatState(DomainError):
    """The act does not fit the case's state."""

    def __init__(self, state: str) -> None:
        super().__init__(state=_STATES[state])

    status = 409
    code = "wrong_state"
    message = Bilingual(
        "Le dossier est {state} : cette action n’est pas possible.",
        "The case is {state}: this action is not possible.",
    )
    sample = {"state": _STATES["final"]}


class LeaseLost(DomainError):
    """The act came without the lease in force: it ran out, or somebody else has the case."""

    status = 409
    code = "lease_lost"
    message = Bilingual(
        "Ce dossier n’est plus entre vos mains : reprenez-le dans la file. Rien n’a été enregistré.",
        "This case is no longer in your hands: take it from the queue again. Nothing was recorded.",
    )


class TakenByAnother(DomainError):
    status = 409
    code = "taken_by_another"
    message = Bilingual(
        "Une autre personne examine ce dossier en ce moment.", "Somebody else is reviewing this case right now."
    )


class OwnCase(Forbidden):
    code = "own_case"
    message = Bilingual(
        "Ce dossier est le vôtre ou celui d’un collègue : une autre personne doit l’examiner.",
        "This case is yours or a colleague’s: somebody else must review it.",
    )


class OwnDecision(Forbidden):
    code = "own_decision"
    message = Bilingual(
        "Vous avez déjà pris part à une décision sur ce dossier : une autre personne doit l’examiner.",
        "You already took part in a decision on this case: somebody else must review it.",
    )


class SecondDecisionAwaited(DomainError):
    """A decision is already proposed: it is to be confirmed or overturned, not replaced."""

    status = 409
    code = "second_decision_awaited"
    message = Bilingual(
        "Une décision est déjà proposée : confirmez-la ou renvoyez le dossier à l’examen.",
        "A decision is already proposed: confirm it or send the case back to review.",
    )


class NoSecondDecisionAwaited(DomainError):
    status = 409
    code = "no_second_decision_awaited"
    message = Bilingual(
        "Aucune décision n’attend de confirmation sur ce dossier.", "No decision on this case waits to be confirmed."
    )


class TooLateToAppeal(DomainError):
    status = 409
    code = "too_late_to_appeal"
    message = Bilingual(
        "Le délai de recours de trente jours est passé.", "The thirty days in which to appeal have passed."
    )


class StepSettledMeanwhile(Exception):
    """The step has ended, or a later attempt is under way: this result is not wanted any more."""
