"""What people read of a case beside the sentences of its findings: what each step checks, and how; what a fact says."""

from __future__ import annotations

from chalicelib.vocabulary.text import Bilingual

#: Step → what is checked.
CHECKS: dict[str, Bilingual] = {
    "identity": Bilingual("Une personne, un profil", "One person, one profile"),
    "company_registry": Bilingual("La société", "The company"),
    "credit": Bilingual("Le crédit", "The credit"),
    "experience": Bilingual("L’expérience", "Experience"),
    "evidence": Bilingual("Les justificatifs", "Documents"),
    "attestation": Bilingual("Les attestations", "Attestations"),
    "alarms": Bilingual("Les alertes", "Alarms"),
    "recommendation": Bilingual("La préparation de l’examen", "Preparing the review"),
}

#: Step → how.
METHODS: dict[str, Bilingual] = {
    "identity": Bilingual(
        "Nous vérifions qu’aucun autre compte ne porte la même adresse, les mêmes œuvres ou le même SIREN.",
        "We check that no other account has the same address, the same works or the same SIREN.",
    ),
    "company_registry": Bilingual(
        "Nous lisons le SIREN, l’activité et l’état de la société dans le registre public.",
        "We read the SIREN, the activity and the state of the company in the public register.",
    ),
    "credit": Bilingual(
        "Nous cherchons l’œuvre, puis votre participation et votre fonction, dans les sources publiques. "
        "Une source qui se tait ne vous retire rien.",
        "We look for the work, then for your participation and your function, in public sources. "
        "A source that says nothing takes nothing away from you.",
    ),
    "experience": Bilingual(
        "Nous comptons les années que vos crédits vérifiés couvrent dans chaque fonction.",
        "We count the years that your verified credits cover in each function.",
    ),
    "evidence": Bilingual(
        "Nous contrôlons les fichiers que vous joignez ; seule la personne qui examine le dossier les ouvre.",
        "We check the files that you send; only the person reviewing the case opens them.",
    ),
    "attestation": Bilingual(
        "Nous demandons à une personne de la société, à son adresse professionnelle, ce qu’elle confirme.",
        "We ask somebody at the company, at their work address, what they confirm.",
    ),
    "alarms": Bilingual(
        "Nous regardons si une alerte, prise par deux personnes et à laquelle vous avez pu répondre, est en vigueur.",
        "We look whether an alarm, decided by two people and open to your reply, is in force.",
    ),
    "recommendation": Bilingual(
        "Nous réunissons ce qui a été trouvé pour la personne qui décidera.",
        "We put together what was found for the person who will decide.",
    ),
}

#: Fact of a credit → what its badge says.
FACTS: dict[str, Bilingual] = {
    "work": Bilingual("L’œuvre existe", "The work exists"),
    "participation": Bilingual("Participation confirmée", "Participation confirmed"),
    "function": Bilingual("Fonction confirmée", "Function confirmed"),
}

#: Route → what it means for who reviews.
ROUTES: dict[str, Bilingual] = {
    "fast_lane": Bilingual("Voie rapide", "Fast lane"),
    "normal": Bilingual("Examen normal", "Normal review"),
    "two_reviewers": Bilingual("À examiner à deux", "Two reviewers"),
}

#: What is missing → what the subject is told to do.
MISSING: dict[str, Bilingual] = {
    "profile_incomplete": Bilingual(
        "Complétez votre profil : la vérification pourra alors commencer.",
        "Complete your profile: verification can then start.",
    ),
    "not_submitted": Bilingual(
        "Demandez la vérification : rien n’est contrôlé avant.", "Ask for verification: nothing is checked before."
    ),
    "answer": Bilingual("Répondez à la question qui vous est posée.", "Answer the question that you were asked."),
    "correction": Bilingual(
        "Corrigez ou remplacez ce qui ne peut pas être accepté.", "Correct or replace what cannot be accepted."
    ),
    "proof_of_credit": Bilingual(
        "Rien ne montre encore ce crédit : joignez un document ou demandez une attestation à la société.",
        "Nothing shows this credit yet: send a document or ask the company for an attestation.",
    ),
    "proof_of_background": Bilingual(
        "Joignez de quoi établir votre parcours : diplôme, stage, fiche de lecture.",
        "Send what shows your background: diploma, internship, reading report.",
    ),
    "proof_of_mandate": Bilingual(
        "Joignez de quoi établir votre mandat au sein de la société.",
        "Send what shows your mandate within the company.",
    ),
}

#: A file → what it is, as whoever an alarm is about reads it.
DOCUMENTS: dict[str, Bilingual] = {
    "end_credits": Bilingual("Générique", "End credits"),
    "contract": Bilingual("Contrat", "Contract"),
    "payslip": Bilingual("Bulletin de paie", "Payslip"),
    "diploma": Bilingual("Diplôme", "Diploma"),
    "internship": Bilingual("Convention ou attestation de stage", "Internship papers"),
    "reading_report": Bilingual("Fiche de lecture", "Reading report"),
    "referee": Bilingual("Lettre d’un référent", "Referee’s letter"),
    "ruling": Bilingual("Décision d’une instance compétente", "Ruling of a competent body"),
    "correspondence": Bilingual("Échange de courriers ou d’e-mails", "Letters or e-mails"),
    "invoice": Bilingual("Facture ou relevé", "Invoice or statement"),
    "other": Bilingual("Autre pièce", "Other document"),
}

_UNDECIDED = Bilingual(
    "Rien ne change pour vous tant qu’une seconde personne de notre équipe n’a pas décidé, ce qu’elle ne peut faire "
    "qu’après votre réponse ou la fin du délai. Aucun producteur, aucun freelance n’en est informé.",
    "Nothing changes for you until a second person on our team has decided, which they may only do after your reply or "
    "the end of the time limit. No producer and no freelancer is told.",
)
_IN_FORCE: dict[str, Bilingual] = {
    "profile": Bilingual(
        "Tant qu’elle est en vigueur, vos demandes de vérification sont orientées vers un examen à deux, où cette "
        "alerte est lue. Vos badges et votre place dans les sélections ne changent pas ; aucun producteur ne la voit.",
        "While it is in force, your verification requests go to a review by two people, who read this alarm. Your "
        "badges and your place in shortlists do not change; no producer sees it.",
    ),
    "company": Bilingual(
        "Tant qu’elle est en vigueur, les demandes de vérification de votre société sont orientées vers un examen à "
        "deux, où cette alerte est lue. Vos projets en ligne et vos sélections ne changent pas ; aucun freelance ne "
        "la voit.",
        "While it is in force, your company’s verification requests go to a review by two people, who read this alarm. "
        "Your live projects and your shortlists do not change; no freelancer sees it.",
    ),
}
_OVER = Bilingual(
    "Elle n’a aucun effet. Ses textes sont effacés, ses pièces le seront trente jours après sa fin ; il ne reste que "
    "la trace des étapes et de leurs dates.",
    "It has no effect. Its texts are erased, and its papers will be thirty days after its end; what stays is the "
    "record of its stages and their dates.",
)


def what_follows(kind: str, state: str) -> Bilingual:
    """From an alarm that was raised, for whoever it is about."""
    if state in ("raised", "answered"):
        return _UNDECIDED
    return _IN_FORCE[kind] if state in ("in_force", "appealed") else _OVER
