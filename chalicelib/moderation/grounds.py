"""Why something is reported, and why something is decided against somebody: closed lists, each entry with its label
and, for a decision, the rule that it rests on.

The rules are those of the marketplace's own terms, beside the French law that binds anyone: code du travail L5332-1 and
L5332-2 (anonymous offers), L1132-1 (discrimination), L5321-3 (nobody pays to be placed); and the regulation (EU)
2022/2065 (DSA), articles 16, 17 and 20, for how a report is handled and what a decision says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from chalicelib.vocabulary.text import Bilingual

#: What somebody may report.
About = Literal["brief", "profile", "conversation", "message"]

ReportReason = Literal[
    "contact_outside",
    "identity_sought",
    "discrimination",
    "harassment",
    "unpaid_work",
    "fraud",
    "misleading",
    "not_a_project",
    "other",
]
#: Those for which a conversation is reported from its own page.
ConversationReason = Literal[
    "contact_outside", "identity_sought", "discrimination", "harassment", "unpaid_work", "fraud", "other"
]
REPORT_REASONS: dict[ReportReason, Bilingual] = {
    "contact_outside": Bilingual("Cherche à sortir de la plateforme", "Tries to move outside the platform"),
    "identity_sought": Bilingual("Cherche à lever l’anonymat", "Tries to get round the anonymity"),
    "discrimination": Bilingual("Propos ou exigence discriminatoires", "Discriminatory words or requirement"),
    "harassment": Bilingual("Harcèlement ou menace", "Harassment or threat"),
    "unpaid_work": Bilingual("Travail demandé sans rémunération", "Work asked for without pay"),
    "fraud": Bilingual("Tromperie", "Deceit"),
    "misleading": Bilingual("Information inexacte", "Inaccurate information"),
    "not_a_project": Bilingual("Ce n’est pas un projet de fiction", "Not a fiction project"),
    "other": Bilingual("Autre", "Other"),
}

#: What came of a report.
Outcome = Literal["no_breach", "reminder", "measure_taken", "out_of_scope"]
OUTCOMES: dict[Outcome, Bilingual] = {
    "no_breach": Bilingual("Aucun manquement à nos règles n’a été constaté", "We found no breach of our rules"),
    "reminder": Bilingual("Un rappel des règles a été adressé", "A reminder of the rules was sent"),
    "measure_taken": Bilingual("Une mesure a été prise", "A measure was taken"),
    "out_of_scope": Bilingual(
        "Cela ne relève pas de la plateforme, mais d’une autre instance", "This is for another body, not the platform"
    ),
}

#: Against what a decision is made.
Kind = Literal["brief", "user", "company"]

Ground = Literal[
    "identity_told",
    "discriminatory",
    "misleading",
    "unpaid_work",
    "rights_not_held",
    "not_a_project",
    "harassment",
    "contact_outside",
    "false_identity",
    "repeated_breach",
]


@dataclass(frozen=True, slots=True)
class Rule:
    """`label`: what is held against; `rule`: the rule that says so, explained."""

    label: Bilingual
    rule: Bilingual
    against: tuple[Kind, ...]


GROUNDS: dict[Ground, Rule] = {
    "identity_told": Rule(
        Bilingual("Le texte laisse reconnaître la société", "The text lets the company be recognised"),
        Bilingual(
            "Avant la levée de l’anonymat, rien dans un projet ne dit qui le porte (conditions d’utilisation, anonymat "
            "des projets).",
            "Before the reveal nothing in a project says who is behind it (terms of use, anonymity of projects).",
        ),
        ("brief",),
    ),
    "discriminatory": Rule(
        Bilingual("Exigence discriminatoire", "Discriminatory requirement"),
        Bilingual(
            "Aucune offre ne peut écarter quelqu’un pour un motif discriminatoire (code du travail, art. L1132-1 et "
            "L5321-2).",
            "No offer may turn somebody away on a discriminatory ground (French labour code, L1132-1 and L5321-2).",
        ),
        ("brief", "user", "company"),
    ),
    "misleading": Rule(
        Bilingual("Information inexacte ou trompeuse", "Inaccurate or misleading information"),
        Bilingual(
            "Une offre ne peut contenir d’allégation fausse ou de nature à induire en erreur (code du travail, "
            "art. L5331-3).",
            "An offer may not hold a claim that is false or likely to mislead (French labour code, L5331-3).",
        ),
        ("brief", "user", "company"),
    ),
    "unpaid_work": Rule(
        Bilingual("Travail demandé sans rémunération", "Work asked for without pay"),
        Bilingual(
            "Tout travail demandé par un projet est rémunéré, l’essai compris (conditions d’utilisation, "
            "rémunération).",
            "All work that a project asks for is paid, trials included (terms of use, pay).",
        ),
        ("brief", "user", "company"),
    ),
    "rights_not_held": Rule(
        Bilingual("Droits non établis sur l’œuvre", "Rights in the work not established"),
        Bilingual(
            "Un projet n’est présenté que par qui détient les droits annoncés (conditions d’utilisation, droits).",
            "A project is presented only by who holds the rights that it states (terms of use, rights).",
        ),
        ("brief", "company"),
    ),
    "not_a_project": Rule(
        Bilingual("Ce n’est pas un projet de fiction", "Not a fiction project"),
        Bilingual(
            "La plateforme réunit des projets de fiction et celles et ceux qui les développent (conditions "
            "d’utilisation, objet).",
            "The platform brings together fiction projects and those who develop them (terms of use, purpose).",
        ),
        ("brief",),
    ),
    "harassment": Rule(
        Bilingual("Harcèlement ou menace", "Harassment or threat"),
        Bilingual(
            "Nul ne harcèle ni ne menace qui que ce soit dans un échange (conditions d’utilisation, échanges).",
            "Nobody harasses or threatens anybody in a conversation (terms of use, conversations).",
        ),
        ("user", "company"),
    ),
    "contact_outside": Rule(
        Bilingual("Contournement de la plateforme", "Going round the platform"),
        Bilingual(
            "Les coordonnées s’échangent après la levée de l’anonymat, par les deux (conditions d’utilisation, "
            "échanges).",
            "Contact details are exchanged once both have revealed who they are (terms of use, conversations).",
        ),
        ("user", "company"),
    ),
    "false_identity": Rule(
        Bilingual("Identité ou qualité inexacte", "Untrue identity or capacity"),
        Bilingual(
            "Chacun s’inscrit sous sa véritable identité et au titre qu’il détient (conditions d’utilisation, compte ; "
            "code du travail, art. L5332-2).",
            "Everyone registers as who they are and in the capacity that they hold (terms of use, account; French "
            "labour code, L5332-2).",
        ),
        ("user", "company"),
    ),
    "repeated_breach": Rule(
        Bilingual("Manquements répétés après rappel", "Repeated breaches after a reminder"),
        Bilingual(
            "Qui passe outre un rappel des règles peut être suspendu (conditions d’utilisation, suspension ; règlement "
            "(UE) 2022/2065, art. 23).",
            "Whoever disregards a reminder of the rules may be suspended (terms of use, suspension; Regulation (EU) "
            "2022/2065, article 23).",
        ),
        ("user", "company"),
    ),
}
GROUND_IDS: tuple[Ground, ...] = get_args(Ground)

#: How somebody contests a decision (DSA, article 17(3)(f)).
REDRESS = Bilingual(
    "Vous pouvez répondre dans les quatorze jours, et contester la décision dans les six mois : une autre personne de "
    "notre équipe, qui n’y a pris aucune part, réexaminera tout. Vous pouvez aussi saisir un tribunal.",
    "You may reply within fourteen days, and contest the decision within six months: another person on our team, who "
    "took no part in it, will look at everything again. You may also go to court.",
)

#: That no machine decided (DSA, article 17(3)(c)).
NOT_AUTOMATED = Bilingual(
    "Cette décision a été prise par des personnes ; aucun moyen automatisé n’y a servi.",
    "This decision was made by people; no automated means was used.",
)

#: What each decision does, and for whom.
EFFECTS: dict[Kind, Bilingual] = {
    "brief": Bilingual(
        "Le projet n’est plus en ligne. Corrigé, il peut être publié de nouveau à tout moment.",
        "The project is no longer online. Once corrected, it can be published again at any time.",
    ),
    "user": Bilingual(
        "Le compte ne peut plus rien publier, envoyer ni proposer, et n’est plus proposé. Lire ses données, les "
        "exporter, les effacer, répondre et contester restent possibles.",
        "The account can publish, send and propose nothing more, and is no longer proposed. Reading one’s own data, "
        "exporting it, erasing it, replying and contesting remain possible.",
    ),
    "company": Bilingual(
        "La société et ses membres ne peuvent plus rien publier, envoyer ni proposer ; ses projets ne sont plus "
        "visibles. Lire ses données, les exporter, répondre et contester restent possibles.",
        "The company and its members can publish, send and propose nothing more; its projects are no longer shown. "
        "Reading one’s own data, exporting it, replying and contesting remain possible.",
    ),
}
