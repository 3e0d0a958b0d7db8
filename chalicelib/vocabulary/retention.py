"""How long what is known of people is kept: the one place that says so. Whatever deletes reads its period here, and so
does the notice that people read (`privacy/notices.py`), which therefore cannot promise anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.vocabulary.person import Ground
from chalicelib.vocabulary.text import Bilingual

#: Calendar months without any act after which an account is deleted, and at which its holder is told so before
#: (OBLIGATIONS, row 7).
INACTIVE_MONTHS = 24
NOTICE_MONTHS = (21, 23)

#: The trace of an e-mail (its kind and its state: never its words), once nothing happens to it any more.
EMAIL_TRACES = timedelta(days=400)

#: An e-mail that an address turned back for a while, as it counts against the address.
SOFT_BOUNCES = timedelta(days=30)

#: An invitation to join a company, by the address that it was for, while nobody accepts it.
INVITATIONS = timedelta(days=30)

#: A file of evidence, once the case or the alarm that it belongs to is final.
EVIDENCE_FILES = timedelta(days=30)

#: A file sent in a conversation, once the conversation is over; and in one that never ends, as a mission that went
#: well, once it was sent.
ATTACHMENTS_AFTER_THE_END = timedelta(days=30)
ATTACHMENTS_AT_MOST = timedelta(days=365)

#: The answer to a request that created something, for whoever sends it again.
REPEATED_REQUESTS = timedelta(hours=24)

#: A record that could not be used, once an administrator has settled it.
SETTLED_FAILURES = timedelta(days=90)

#: A report, a decision or a request of an authority, once it is over: as long as a personal action can be brought about
#: it (Code civil, article 2224).
SETTLED_MODERATION = timedelta(days=5 * 365)

#: Who was shown on which day, by ids.
EXPOSURE = timedelta(days=396)

#: That a producer was given somebody, for that person to read: twelve months.
VIEWS = timedelta(days=366)

#: What a company notes about the people of a project, from its last change on: two years, as files of candidates.
REMARKS = timedelta(days=2 * 365)

#: Calendar months for which an engagement counts among the observed budgets, without anything that leads to who it was.
OBSERVED_ENGAGEMENT_MONTHS = 36

#: An export that was too large for an answer, and the link to it.
EXPORT_OBJECTS = timedelta(hours=1)
EXPORT_LINKS = timedelta(minutes=15)

#: The receipt of an erasure: ids, counts and dates, to show that it was done (GDPR, article 5(2)), as long as somebody
#: may bring a personal action about it (Code civil, article 2224: five years).
RECEIPTS = timedelta(days=5 * 365 + 1)

#: Backups of the tables (point in time), which nobody reads but to restore a table that was lost.
BACKUPS = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Hold:
    """What the law, or somebody else's right, keeps of an erased person, in words; `source`: the rule; `lasts`: for how
    long from the erasure on, at most. Not legal advice."""

    label: Bilingual
    source: Bilingual
    lasts: timedelta


HOLDS: Mapping[Ground, Hold] = {
    "alarm_open": Hold(
        Bilingual(
            "Une alerte qui n’est pas close : son motif, ses dates, ses décisions, sans aucun texte.",
            "An alarm that is not over: its reason, its dates, its decisions, without any text.",
        ),
        Bilingual(
            "RGPD, article 17, paragraphe 3, point e) : constatation, exercice ou défense de droits en justice",
            "GDPR, article 17(3)(e): establishment, exercise or defence of legal claims",
        ),
        timedelta(days=2 * 365),
    ),
    "report_open": Hold(
        Bilingual(
            "Un signalement en cours : son motif, sa date, les identifiants, sans aucun texte.",
            "A report under way: its reason, its date, ids, without any text.",
        ),
        Bilingual(
            "Règlement (UE) 2022/2065, article 20 : six mois pour contester une décision",
            "Regulation (EU) 2022/2065, article 20: six months to contest a decision",
        ),
        timedelta(days=183),
    ),
    "sanction_in_force": Hold(
        Bilingual(
            "Une suspension en vigueur : sa durée et son motif, sans aucun texte.",
            "A suspension in force: how long and on which ground, without any text.",
        ),
        Bilingual(
            "RGPD, article 17, paragraphe 3, point e) ; règlement (UE) 2022/2065, article 23",
            "GDPR, article 17(3)(e); Regulation (EU) 2022/2065, article 23",
        ),
        timedelta(days=365),
    ),
    "publisher_of_offers": Hold(
        Bilingual(
            "Qui était derrière des offres publiées : la dénomination et le numéro SIREN de la société.",
            "Who stood behind published offers: the company’s legal name and its SIREN number.",
        ),
        Bilingual(
            "Code du travail, articles L5332-1 et L5332-2 ; prescription d’un an des contraventions "
            "(code de procédure pénale, article 9)",
            "Code du travail, articles L5332-1 and L5332-2; limitation of one year for petty offences "
            "(Code de procédure pénale, article 9)",
        ),
        timedelta(days=366),
    ),
    "mail_refused": Hold(
        Bilingual(
            "Que votre adresse ne veut aucun e-mail : son empreinte, qui ne permet pas de la relire.",
            "That your address wants no e-mail: a digest of it, from which it cannot be read.",
        ),
        Bilingual(
            "RGPD, article 21, paragraphe 3 : ne plus écrire à qui s’y est opposé",
            "GDPR, article 21(3): no more writing to whoever objected",
        ),
        timedelta(days=3 * 365),
    ),
}
