"""What people read before they give anything (GDPR, article 13), as data in both languages. Every period is taken from
`vocabulary/retention.py`, by which the application deletes: the notice cannot say anything else.

Not legal advice; the legal grounds are those of article 6(1) of the GDPR.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.vocabulary import retention
from chalicelib.vocabulary.text import Bilingual

#: The day of the last change of what stands here.
VERSION = "2026-11-29"

_CONTRACT = Bilingual("Exécution du contrat (b)", "Performance of the contract (b)")
_LEGAL = Bilingual("Obligation légale (c)", "Legal obligation (c)")
_INTEREST = Bilingual(
    "Intérêt légitime (f) : sécurité et bon fonctionnement du service",
    "Legitimate interest (f): security and proper working of the service",
)
_TRUST = Bilingual(
    "Intérêt légitime (f) : que ce qui est affiché soit vrai", "Legitimate interest (f): that what is shown is true"
)


@dataclass(frozen=True, slots=True)
class Collected:
    """`contexts`: the parts of the application that keep it, as an export and an erasure name them."""

    id: str
    what: Bilingual
    where: Bilingual
    purpose: Bilingual
    basis: Bilingual
    kept: Bilingual
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Right:
    right: Bilingual
    how: Bilingual
    route: str | None = None


def _as_long_as_the_account() -> Bilingual:
    months = retention.INACTIVE_MONTHS
    first, second = retention.NOTICE_MONTHS
    return Bilingual(
        f"Tant que vous avez un compte. Sans utilisation pendant {months} mois, il est supprimé ; nous vous "
        f"prévenons au bout de {first} puis de {second} mois.",
        f"As long as you have an account. Unused for {months} months, it is deleted; we tell you after {first} and "
        f"after {second} months.",
    )


def _then(beginning: Bilingual, period: timedelta, until: Bilingual) -> Bilingual:
    days = period.days
    return Bilingual(f"{beginning.fr} {days} jours {until.fr}", f"{beginning.en} {days} days {until.en}")


_ACCOUNT_LONG = _as_long_as_the_account()

COLLECTED: tuple[Collected, ...] = (
    Collected(
        id="account",
        what=Bilingual(
            "Adresse e-mail, mot de passe (chez notre prestataire d’identité), rôle",
            "E-mail address, password (with our identity provider), role",
        ),
        where=Bilingual("À l’inscription", "When you sign up"),
        purpose=Bilingual("Vous identifier et vous écrire", "To identify you and write to you"),
        basis=_CONTRACT,
        kept=_ACCOUNT_LONG,
        contexts=("accounts", "account"),
    ),
    Collected(
        id="activity",
        what=Bilingual("Le jour de votre dernière utilisation", "The day on which you last used the service"),
        where=Bilingual("À chaque utilisation, une fois par jour", "At each use, once a day"),
        purpose=Bilingual("Supprimer les comptes que personne n’utilise", "To delete accounts that nobody uses"),
        basis=_LEGAL,
        kept=_ACCOUNT_LONG,
        contexts=("privacy",),
    ),
    Collected(
        id="profile",
        what=Bilingual(
            "Nom affiché, métiers, crédits, spécialités, langues, disponibilités, tarif indicatif, région, texte de "
            "présentation, identifiants professionnels",
            "Displayed name, roles, credits, specialities, languages, availability, indicative rate, region, "
            "presentation, professional identifiers",
        ),
        where=Bilingual("Sur la page de votre profil", "On the page of your profile"),
        purpose=Bilingual(
            "Vous proposer aux producteurs dont le projet vous correspond",
            "To propose you to producers whose project suits you",
        ),
        basis=_CONTRACT,
        kept=_ACCOUNT_LONG,
        contexts=("profiles", "matching"),
    ),
    Collected(
        id="shown",
        what=Bilingual(
            "À quels projets vous avez été proposé, quel jour", "For which projects you were proposed, on which day"
        ),
        where=Bilingual("Quand une sélection est calculée", "When a shortlist is computed"),
        purpose=Bilingual(
            "Expliquer et reproduire un classement (règlement sur l’IA), vérifier que chacun a sa chance",
            "To explain and reproduce a ranking (AI Act), to see that everybody has a chance",
        ),
        basis=_LEGAL,
        kept=_then(
            Bilingual("Les décomptes par jour :", "Counts by day:"),
            retention.EXPOSURE,
            Bilingual("; le reste, tant que vous avez un compte.", "; the rest, as long as you have an account."),
        ),
        contexts=("matching",),
    ),
    Collected(
        id="views",
        what=Bilingual(
            "Qu’un producteur a lu votre nom, votre profil ou vos coordonnées : pour quel projet et quel jour. "
            "Producteurs : vos lectures sont notées au nom du projet, jamais au vôtre",
            "That a producer read your name, your profile or your contact details: for which project and on which day. "
            "Producers: what you read is noted by the project, never by your name",
        ),
        where=Bilingual(
            "Quand un producteur ouvre une sélection, un profil ou un échange, ou en reçoit l’e-mail",
            "When a producer opens a shortlist, a profile or a conversation, or gets the e-mail about it",
        ),
        purpose=Bilingual("Que vous sachiez qui vous a vu", "So that you know who saw you"),
        basis=_LEGAL,
        kept=_then(Bilingual("Pendant", "For"), retention.VIEWS, Bilingual("après la lecture.", "after the reading.")),
        contexts=("visibility",),
    ),
    Collected(
        id="remarks",
        what=Bilingual(
            "Ce que l’équipe d’une production note pour elle-même d’une personne proposée, et qu’elle l’a mise de côté",
            "What a production’s team notes for itself about somebody who was proposed, and that it set them aside",
        ),
        where=Bilingual("Sur la page d’un projet", "On the page of a project"),
        purpose=Bilingual(
            "Que l’équipe se souvienne de sa lecture ; cela ne change ni la sélection ni rien d’autre",
            "So that the team remembers what it thought; it changes neither the shortlist nor anything else",
        ),
        basis=_CONTRACT,
        kept=_then(
            Bilingual("Pendant", "For"),
            retention.REMARKS,
            Bilingual(
                "après le dernier changement. Qui a écrit une note : tant que cette personne a un compte. La personne "
                "dont parle une note la lit dans l’export de ses données.",
                "after the last change. Who wrote a note: as long as they have an account. Whoever a note is about "
                "reads it in the export of their data.",
            ),
        ),
        contexts=("briefs",),
    ),
    Collected(
        id="blocks",
        what=Bilingual("Les sociétés que vous tenez à distance", "The companies that you keep away"),
        where=Bilingual("Dans vos réglages", "In your settings"),
        purpose=Bilingual("Ne pas leur proposer votre profil", "Not to propose you to them"),
        basis=_CONTRACT,
        kept=Bilingual(
            f"Jusqu’à ce que vous leviez le blocage. {_ACCOUNT_LONG.fr}",
            f"Until you lift the block. {_ACCOUNT_LONG.en}",
        ),
        contexts=("visibility",),
    ),
    Collected(
        id="company",
        what=Bilingual(
            "Votre appartenance à une société, et ce qui l’identifie (dénomination, SIREN, domaine, mandat) ; "
            "l’adresse à laquelle une société vous invite à la rejoindre",
            "That you act for a company, and what identifies it (legal name, SIREN, domain, mandate); the address at "
            "which a company invites you to join it",
        ),
        where=Bilingual(
            "Sur la page de la société ; d’un membre de la société qui vous invite, et un e-mail vous le dit",
            "On the page of the company; from a member of the company that invites you, and an e-mail tells you so",
        ),
        purpose=Bilingual(
            "Savoir qui publie une offre anonyme, comme la loi le veut",
            "To know who publishes an anonymous offer, as the law requires",
        ),
        basis=_LEGAL,
        kept=Bilingual(
            f"{_ACCOUNT_LONG.fr} Une invitation : {retention.INVITATIONS.days} jours, ou jusqu’à ce que vous "
            "l’acceptiez.",
            f"{_ACCOUNT_LONG.en} An invitation: {retention.INVITATIONS.days} days, or until you accept it.",
        ),
        contexts=("companies", "briefs"),
    ),
    Collected(
        id="verification",
        what=Bilingual(
            "Ce que vous affirmez, ce qu’en disent des sources publiques et les personnes que vous faites "
            "interroger, les décisions, les alertes",
            "What you claim, what public sources and people whom you have asked say of it, decisions, alarms",
        ),
        where=Bilingual("Quand vous demandez une vérification", "When you ask for a verification"),
        purpose=Bilingual("Vérifier les crédits et les mandats", "To check credits and mandates"),
        basis=_TRUST,
        kept=_ACCOUNT_LONG,
        contexts=("verification",),
    ),
    Collected(
        id="evidence",
        what=Bilingual("Les pièces que vous joignez", "The files that you attach"),
        where=Bilingual("Dans un dossier de vérification", "In a verification case"),
        purpose=Bilingual("Prouver ce que vous affirmez", "To prove what you claim"),
        basis=_TRUST,
        kept=_then(
            Bilingual("Supprimées", "Deleted"),
            retention.EVIDENCE_FILES,
            Bilingual("après la fin du dossier.", "after the end of the case."),
        ),
        contexts=("verification",),
    ),
    Collected(
        id="conversations",
        what=Bilingual(
            "Invitations, marques d’intérêt, messages, réponses, missions",
            "Invitations, interest, messages, answers, engagements",
        ),
        where=Bilingual("Dans vos échanges", "In your conversations"),
        purpose=Bilingual("Vous mettre en relation", "To put you in touch"),
        basis=_CONTRACT,
        kept=_ACCOUNT_LONG,
        contexts=("conversations",),
    ),
    Collected(
        id="attachments",
        what=Bilingual(
            "Les fichiers que vous envoyez une fois l’anonymat levé",
            "The files that you send once both sides have revealed who they are",
        ),
        where=Bilingual("Dans vos échanges", "In your conversations"),
        purpose=Bilingual("Les remettre à l’autre partie", "To hand them to the other side"),
        basis=_CONTRACT,
        kept=_then(
            Bilingual("Supprimés", "Deleted"),
            retention.ATTACHMENTS_AFTER_THE_END,
            Bilingual(
                f"après la fin de l’échange, et au plus tard {retention.ATTACHMENTS_AT_MOST.days} jours après l’envoi.",
                f"after the end of the conversation, and at the latest {retention.ATTACHMENTS_AT_MOST.days} days after "
                "they were sent.",
            ),
        ),
        contexts=("conversations",),
    ),
    Collected(
        id="observed_budgets",
        what=Bilingual(
            "Le budget des missions confirmées, sous une empreinte qui ne dit ni qui ni pour qui",
            "The budget of confirmed engagements, under a digest that says neither who nor for whom",
        ),
        where=Bilingual("Quand les deux parties confirment", "When both sides confirm"),
        purpose=Bilingual("Des statistiques, dès dix missions", "Statistics, from ten engagements on"),
        basis=_INTEREST,
        kept=Bilingual(
            f"{retention.OBSERVED_ENGAGEMENT_MONTHS} mois.", f"{retention.OBSERVED_ENGAGEMENT_MONTHS} months."
        ),
        contexts=("rates",),
    ),
    Collected(
        id="taxonomy",
        what=Bilingual(
            "Pour l’administration : quelles versions du vocabulaire un compte a publiées",
            "For administrators: which versions of the vocabulary an account published",
        ),
        where=Bilingual("À la publication d’une version", "When a version is published"),
        purpose=Bilingual(
            "Savoir par quels mots un classement a été fait", "To know which words a ranking was made by"
        ),
        basis=_INTEREST,
        kept=Bilingual(
            "Sans limite, sous un identifiant qui ne mène à personne une fois le compte supprimé.",
            "Without limit, under an id that leads to nobody once the account is deleted.",
        ),
        contexts=("taxonomy",),
    ),
    Collected(
        id="moderation",
        what=Bilingual(
            "Vos signalements, et les décisions qui vous concernent avec vos réponses",
            "Your reports, and the decisions that concern you with your replies",
        ),
        where=Bilingual("Quand vous signalez quelque chose ou contestez une décision", "When you report or contest"),
        purpose=Bilingual(
            "Protéger chacun, motiver et revoir les décisions", "To protect everybody, to give reasons and review them"
        ),
        basis=_INTEREST,
        kept=_then(
            Bilingual("Supprimés", "Deleted"),
            retention.SETTLED_MODERATION,
            Bilingual("après la fin de l’affaire.", "after the matter is over."),
        ),
        contexts=("moderation",),
    ),
    Collected(
        id="emails",
        what=Bilingual(
            "Vos préférences, et quels e-mails vous ont été envoyés (jamais leur texte)",
            "Your preferences, and which e-mails were sent to you (never their text)",
        ),
        where=Bilingual("Dans vos réglages, et à chaque envoi", "In your settings, and at each sending"),
        purpose=Bilingual(
            "Ne rien vous envoyer deux fois ni sans votre accord", "To send you nothing twice or unwanted"
        ),
        basis=_CONTRACT,
        kept=_then(
            Bilingual("La trace d’un e-mail :", "The trace of an e-mail:"),
            retention.EMAIL_TRACES,
            Bilingual(
                "; vos préférences, tant que vous avez un compte.",
                "; your preferences, as long as you have an account.",
            ),
        ),
        contexts=("notifications",),
    ),
    Collected(
        id="technical",
        what=Bilingual(
            "Les réponses à vos demandes, pour ne pas les exécuter deux fois ; les incidents techniques",
            "Answers to your requests, so that none is carried out twice; technical incidents",
        ),
        where=Bilingual("À chaque demande qui crée quelque chose", "At each request that creates something"),
        purpose=Bilingual("Le bon fonctionnement du service", "Proper working of the service"),
        basis=_INTEREST,
        kept=Bilingual(
            f"Les réponses : {retention.REPEATED_REQUESTS // timedelta(hours=1)} heures. Les incidents : "
            f"{retention.SETTLED_FAILURES.days} jours une fois traités.",
            f"Answers: {retention.REPEATED_REQUESTS // timedelta(hours=1)} hours. Incidents: "
            f"{retention.SETTLED_FAILURES.days} days once settled.",
        ),
        contexts=("requests", "failures"),
    ),
    Collected(
        id="receipt",
        what=Bilingual(
            "Le reçu d’un effacement : identifiants, dates et nombres",
            "The receipt of an erasure: ids, dates and counts",
        ),
        where=Bilingual("Quand un compte est supprimé", "When an account is deleted"),
        purpose=Bilingual("Montrer que l’effacement a eu lieu", "To show that the erasure took place"),
        basis=_LEGAL,
        kept=_then(
            Bilingual("Pendant", "For"), retention.RECEIPTS, Bilingual("après l’effacement.", "after the erasure.")
        ),
        contexts=("privacy",),
    ),
)

CONTROLLER = Bilingual(
    "Le responsable du traitement est l’exploitant de Plot Point ; son adresse est celle des e-mails que vous recevez.",
    "The controller is the operator of Plot Point; their address is that of the e-mails that you receive.",
)

#: What there is no field for.
NEVER: tuple[Bilingual, ...] = (
    Bilingual(
        "Date de naissance, photo, sexe, nationalité, situation de famille",
        "Birth date, photo, sex, nationality, family situation",
    ),
    Bilingual("Rémunération antérieure", "Previous pay"),
    Bilingual("Infractions et condamnations", "Offences and convictions"),
    Bilingual("Traceurs publicitaires", "Advertising trackers"),
)

RECIPIENTS: tuple[Bilingual, ...] = (
    Bilingual(
        "Les producteurs à qui vous êtes proposé lisent votre nom, vos crédits vérifiés, vos disponibilités "
        "et votre tarif indicatif ; vos coordonnées, seulement après accord des deux côtés.",
        "Producers to whom you are proposed read your name, verified credits, availability and indicative rate; your "
        "contact details only once both sides agree.",
    ),
    Bilingual(
        "Les personnes que vous faites interroger lisent le crédit qu’elles attestent.",
        "People whom you have asked read the credit that they attest.",
    ),
    Bilingual(
        "Amazon Web Services (Paris, eu-west-3) héberge les données et envoie les e-mails, comme sous-traitant.",
        "Amazon Web Services (Paris, eu-west-3) hosts the data and sends the e-mails, as a processor.",
    ),
)

RIGHTS: tuple[Right, ...] = (
    Right(
        Bilingual("Accès et portabilité (articles 15 et 20)", "Access and portability (articles 15 and 20)"),
        Bilingual("Toutes vos données en un document, tout de suite.", "All of your data in one document, at once."),
        "GET /me/export",
    ),
    Right(
        Bilingual("Effacement (article 17)", "Erasure (article 17)"),
        Bilingual(
            "La suppression commence aussitôt et vous est confirmée par un reçu.",
            "Deletion begins at once and is confirmed by a receipt.",
        ),
        "DELETE /me",
    ),
    Right(
        Bilingual("Savoir qui vous a vu (article 15)", "To know who saw you (article 15)"),
        Bilingual(
            "Projet par projet et jour par jour ; la société, après accord des deux côtés.",
            "By project and day; the company, once both sides agree.",
        ),
        "GET /me/views",
    ),
    Right(
        Bilingual("Rectification (article 16)", "Rectification (article 16)"),
        Bilingual("Sur les pages de votre profil et de votre société.", "On the pages of your profile and company."),
    ),
    Right(
        Bilingual("Opposition aux e-mails (article 21)", "Objection to e-mails (article 21)"),
        Bilingual(
            "Par le lien de chaque e-mail, ou dans vos réglages.", "By the link in each e-mail, or in your settings."
        ),
        "PUT /me/preferences",
    ),
    Right(
        Bilingual("Décision humaine (article 22)", "Human decision (article 22)"),
        Bilingual(
            "Aucune décision n’est prise par une machine seule ; chaque refus est motivé et peut être contesté.",
            "No decision is taken by a machine alone; each refusal has its reason and may be contested.",
        ),
    ),
    Right(
        Bilingual("Réclamation (article 77)", "Complaint (article 77)"),
        Bilingual("Auprès de la CNIL (cnil.fr).", "With the CNIL (cnil.fr)."),
    ),
)

#: What an export leaves out, and why (GDPR, article 15(4)).
NOT_EXPORTED: tuple[Bilingual, ...] = (
    Bilingual(
        "Avant la levée de l’anonymat, ce qui dirait qui est derrière un projet.",
        "Before the reveal, what would tell who is behind a project.",
    ),
    Bilingual(
        "Le score et les raisons écrites pour un producteur : ils comptent ce que sa société sait de vos travaux, et "
        "pourraient la faire reconnaître. Ce que la fiche d’un projet dit de vous se lit sur sa page.",
        "The score and the reasons written for a producer: they count what their company knows of your work, and could "
        "tell which it is. What a project’s card says of you is read on its page.",
    ),
    Bilingual(
        "L’identité des personnes qui ont examiné un dossier, et ce que des tiers y ont dit sous leur nom.",
        "Who reviewed a case, and what others said there under their name.",
    ),
)

NOT_ADVICE = Bilingual(
    "Cette notice informe ; elle ne remplace pas un conseil juridique.",
    "This notice informs; it is no legal advice.",
)
