from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule, Forbidden, Invalid
from chalicelib.vocabulary.text import Bilingual

UNKNOWN_CREDIT = FieldRule(
    "unknown_credit", Bilingual("Ce crédit n’est pas de ce dossier.", "This credit is not part of this case.")
)
CREDIT_GOES_WITH_CREDIT = FieldRule(
    "credit_goes_with_credit",
    Bilingual(
        "Nommez le crédit quand c’est un crédit qui est à vérifier, et seulement alors.",
        "Name the credit when a credit is to be verified, and only then.",
    ),
)
END_BEFORE_START = FieldRule("end_before_start", Bilingual("La fin précède le début.", "The end is before the start."))
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
FUNCTION_NOT_CONFIRMED = FieldRule(
    "function_not_confirmed",
    Bilingual(
        "Un crédit est vérifié quand la fonction est confirmée ; sinon, il l’est en partie.",
        "A credit is verified once the function is confirmed; otherwise it is partly verified.",
    ),
)
NOT_THIS_GROUND = FieldRule(
    "not_this_ground",
    Bilingual("Ce motif ne va pas avec cette issue.", "This ground does not go with this outcome."),
)
REFUSED_AND_CONFIRMED = FieldRule(
    "refused_and_confirmed",
    Bilingual(
        "Un refus n’établit ni participation, ni fonction, ni parcours.",
        "A refusal establishes no participation, no function and no background.",
    ),
)
NO_BACKGROUND = FieldRule(
    "no_background",
    Bilingual("Seul un profil a un parcours à confirmer.", "Only a profile has a background to confirm."),
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


STATE_LABELS: dict[str, Bilingual] = {
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
        super().__init__(state=STATE_LABELS[state])

    status = 409
    code = "wrong_state"
    message = Bilingual(
        "Le dossier est {state} : cette action n’est pas possible.",
        "The case is {state}: this action is not possible.",
    )
    sample = {"state": STATE_LABELS["final"]}


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


WRONG_MEDIA_TYPE = FieldRule(
    "wrong_media_type",
    Bilingual("Un PDF, ou une image JPEG ou PNG, est attendu.", "A PDF, or a JPEG or PNG image, is expected."),
)
WRONG_SIZE = FieldRule("wrong_size", Bilingual("De 1 octet à 10 Mo.", "From 1 byte to 10 MB."))
FREE_MAIL = FieldRule(
    "free_mail",
    Bilingual(
        "Donnez une adresse professionnelle, au domaine de la société : les messageries grand public n’attestent rien.",
        "Give a work address, on the company’s own domain: public mail services attest nothing.",
    ),
)
NOT_OF_THE_COMPANY = FieldRule(
    "not_of_the_company",
    Bilingual(
        "Cette adresse n’est pas au domaine de la société qui a produit l’œuvre.",
        "This address is not on the domain of the company that produced the work.",
    ),
)
WRONG_ATTESTER_ADDRESS = FieldRule(
    "wrong_address", Bilingual("Une adresse e-mail est attendue.", "An e-mail address is expected.")
)


ONE_CREDIT_ONLY = FieldRule(
    "one_credit_only",
    Bilingual(
        "Une alerte porte sur une personne ou une société, pas sur un crédit.",
        "An alarm is about a person or a company, not about one credit.",
    ),
)
NOT_A_SIGNED_SOURCE = FieldRule(
    "not_this_origin",
    Bilingual(
        "Ce motif ne peut pas reposer sur cette origine : un signalement signé ou une instance compétente est requis.",
        "This reason cannot rest on this origin: a signed report or a competent body is required.",
    ),
)
REPORTER_MISSING = FieldRule(
    "reporter_missing",
    Bilingual(
        "Dites qui signale (personne, si le constat est le nôtre) : aucune alerte ne naît d’un signalement anonyme.",
        "Say who reports it (nobody, if the finding is our own): an anonymous report raises no alarm.",
    ),
)
NO_DOCUMENT = FieldRule(
    "no_document",
    Bilingual(
        "De 1 à {most} pièces, contrôlées et conservées, sont nécessaires.",
        "From 1 to {most} files, checked and kept, are needed.",
    ),
)
ALREADY_RELIED_ON = FieldRule(
    "already_relied_on",
    Bilingual(
        "Une autre alerte sur ce sujet reposait déjà sur cette pièce.",
        "Another alarm about this subject rested on this file already.",
    ),
)
NO_TEXT = FieldRule(
    "wrong_length", Bilingual("De 1 à {most} caractères sont attendus.", "From 1 to {most} characters are expected.")
)
OF_CRIMINAL_MATTERS = FieldRule(
    "criminal_matters",
    Bilingual(
        "Ne mentionnez ni infraction, ni plainte, ni condamnation pénale : la loi interdit de les conserver ici.",
        "Mention no criminal offence, complaint or conviction: the law forbids keeping them here.",
    ),
)


class TakenMeanwhile(Exception):
    """Somebody else wrote what was to be changed."""


class TooManyFiles(DomainError):
    status = 409
    code = "too_many_files"
    message = Bilingual(
        "Ce dossier a déjà reçu toutes les pièces qu’il peut contenir.",
        "This case has already received all the files it can hold.",
    )


class NoMoreEvidence(DomainError):
    status = 409
    code = "no_more_evidence"
    message = Bilingual("Ce dossier est clos : il ne reçoit plus de pièces.", "This case is closed: it takes no files.")


class UploadOver(DomainError):
    status = 409
    code = "upload_over"
    message = Bilingual(
        "Le délai d’envoi de cette pièce est passé : demandez-en un nouveau.",
        "The time to send this file is over: ask for a new upload.",
    )


class NotArrivedYet(DomainError):
    """The upload was confirmed before it was made."""

    status = 409
    code = "not_arrived_yet"
    message = Bilingual(
        "Le fichier n’est pas encore arrivé : envoyez-le, puis confirmez.",
        "The file has not arrived yet: send it, then confirm.",
    )
    retry_after_seconds = 2


class NotTheReviewer(DomainError):
    status = 403
    code = "not_the_reviewer"
    message = Bilingual(
        "Prenez d’abord ce dossier : seule la personne qui l’examine ouvre ses pièces.",
        "Claim this case first: only the person reviewing it opens its files.",
    )


class NotKept(DomainError):
    """The file is not there to be read: refused, still under check, or deleted in time."""

    status = 409
    code = "file_not_kept"
    message = Bilingual("Cette pièce n’est pas, ou n’est plus, conservée.", "This file is not, or no longer, kept.")


class AlreadyAsked(DomainError):
    status = 409
    code = "already_asked"
    message = Bilingual(
        "Cette adresse a déjà été sollicitée pour ce crédit.",
        "This address has already been asked about this credit.",
    )


class AskedTooOften(DomainError):
    """So many requests a day from one person."""

    status = 429
    code = "asked_too_often"
    message = Bilingual(
        "Vous avez demandé beaucoup d’attestations aujourd’hui : reprenez demain.",
        "You have asked for many attestations today: go on tomorrow.",
    )


class AddressAskedTooOften(DomainError):
    """So many requests a week to one mailbox, whoever makes them."""

    status = 429
    code = "address_asked_too_often"
    message = Bilingual(
        "Cette adresse a déjà reçu plusieurs demandes cette semaine : choisissez une autre personne, ou attendez.",
        "This address has already received several requests this week: choose someone else, or wait.",
    )


class LostLink(Exception):
    """A text that we did not write, or not all of it; or a request that is no longer made."""


class LinkExpired(Exception):
    """The fourteen days are over."""


class LinkUsed(Exception):
    """It was answered already."""


ALARM_STATES: dict[str, Bilingual] = {
    "draft": Bilingual("en préparation", "in preparation"),
    "raised": Bilingual("en attente de la réponse de la personne concernée", "waiting for its subject’s answer"),
    "answered": Bilingual("à trancher", "to be decided"),
    "in_force": Bilingual("en vigueur", "in force"),
    "appealed": Bilingual("en vigueur et en recours", "in force and appealed"),
    "dismissed": Bilingual("écartée", "dismissed"),
    "withdrawn": Bilingual("retirée", "withdrawn"),
    "lifted": Bilingual("levée", "lifted"),
    "expired": Bilingual("échue", "expired"),
}


class AlarmNotInThatState(DomainError):
    """The act does not fit the alarm's state."""

    def __init__(self, state: str) -> None:
        super().__init__(state=ALARM_STATES[state])

    status = 409
    code = "wrong_alarm_state"
    message = Bilingual(
        "L’alerte est {state} : cette action n’est pas possible.", "The alarm is {state}: this action is not possible."
    )
    sample = {"state": ALARM_STATES["expired"]}


class ReplyAwaited(DomainError):
    """Nothing follows from an alarm before its subject has answered or had ten days to."""

    status = 409
    code = "reply_awaited"
    message = Bilingual(
        "La personne concernée a dix jours pour répondre : rien ne se décide avant sa réponse ou la fin de ce délai.",
        "Its subject has ten days to answer: nothing is decided before they do, or before those days are over.",
    )


class OwnAlarm(Forbidden):
    code = "own_alarm"
    message = Bilingual(
        "Cette alerte vous concerne, vous ou un collègue, ou vient de vous : une autre personne doit s’en charger.",
        "This alarm is about you or a colleague, or comes from you: somebody else must handle it.",
    )


class OwnAlarmDecision(Forbidden):
    """Who raises it, who decides it and who hears the appeal are three people; who takes it back is who raised it."""

    code = "own_alarm_decision"
    message = Bilingual(
        "Cette étape de l’alerte ne vous revient pas : elle revient à une autre personne.",
        "This stage of the alarm is not yours: it is somebody else’s.",
    )
