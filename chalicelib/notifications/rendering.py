"""E-mails from templates: one layout, wording per language, HTML and plain text of the same content. What each tells is
in `letters/`.

An e-mail names the project by its code name alone: never the company, its people, the confidential title or the
broadcaster, in no part of it (OBLIGATIONS, row 12), after the reveal neither; and of what somebody wrote in a
conversation it brings the words of an answer alone. The one exception is who is invited to act for a company: they
read its name, and nothing of any project. One about a case says what its subject declared, what holds of it
and what was written to them, never who reviewed it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.notifications.casework import AlarmFile, CaseFile, CaseSection, Invitation, Recipient
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.contacts import Contact, ContactSection, FittingProject, NearDate
from chalicelib.notifications.departures import Farewell, IdleAccount
from chalicelib.notifications.letters.accounts import inactivity_letter, receipt_letter
from chalicelib.notifications.letters.alarms import alarm_letter
from chalicelib.notifications.letters.attestations import invitation_letter
from chalicelib.notifications.letters.cases import case_letter
from chalicelib.notifications.letters.colleagues import colleague_letter
from chalicelib.notifications.letters.contacts import contact_letter
from chalicelib.notifications.letters.digests import digest_letter
from chalicelib.notifications.letters.projects import fitting_letter, near_date_letter
from chalicelib.notifications.letters.rulings import decision_letter, report_letter
from chalicelib.notifications.letters.shortlists import shortlist_letter
from chalicelib.notifications.messages import AnySection, Message
from chalicelib.notifications.models import AlarmStep, ContactStep, Kind, Moment, RulingStep
from chalicelib.notifications.rulings import DecisionFile, ReportFile
from chalicelib.notifications.shortlists import Project, Proposal, Section
from chalicelib.notifications.wording import FOLDER, words_in
from chalicelib.vocabulary.text import LANGUAGES, Language

if TYPE_CHECKING:
    from jinja2 import Environment

#: What a letter may also hold. `about`, `role`: the project, or what else it is about; `due`: by when (`Due`); `facts`,
#: `done`: labels and values; `reasons`: why its reader; `quote`: what somebody wrote; `remedy`: until when (`Due`) it
#: may be contested; `notes`: before the button; `checks`, `credits`, `closing`: after it.
_NOTHING_MORE: dict[str, Any] = {
    "about": "",
    "role": "",
    "due": None,
    "facts": [],
    "reasons": [],
    "quote": None,
    "remedy": None,
    "notes": [],
    "checks": [],
    "checks_title": "",
    "done": [],
    "done_title": "",
    "credits": [],
    "closing": [],
}


class TemplateRenderer:
    """`site_url` without trailing slash; `every` is the minutes in which changes are gathered. What has no
    `unsubscribe` link nobody turns off. Whoever has an account is led to where they choose what they receive."""

    def __init__(self, site_url: str, every: int) -> None:
        self._site_url = site_url
        self._every = every

    def render(
        self,
        kind: Kind,
        language: Language,
        project: Project,
        proposals: list[Proposal],
        newcomers: tuple[str, ...],
        unsubscribe: str,
    ) -> Message:
        """The e-mail of that kind. `shortlist_changes` shows the people in `newcomers`, then the others in brief."""
        values = shortlist_letter(kind, language, project, proposals, newcomers, self._every, self._site_url)
        return _message("shortlist", language, values, unsubscribe, self._preferences(None))

    def render_case(self, language: Language, file: CaseFile, moment: Moment, unsubscribe: str) -> Message:
        return self._letter(language, case_letter(language, file, moment, self._site_url), unsubscribe, file.recipient)

    def render_alarm(self, language: Language, file: AlarmFile, step: AlarmStep) -> Message:
        return self._letter(language, alarm_letter(language, file, step, self._site_url), None, file.recipient)

    def render_report(self, language: Language, file: ReportFile, step: RulingStep) -> Message:
        values = report_letter(language, file, step, self._site_url)
        return self._letter(language, values, None, file.recipient(step))

    def render_decision(self, language: Language, file: DecisionFile, step: RulingStep) -> Message:
        values = decision_letter(language, file, step, self._site_url)
        return self._letter(language, values, None, file.recipient(step))

    def render_invitation(self, invitation: Invitation, unsubscribe: str) -> Message:
        return _message("twice", LANGUAGES[0], invitation_letter(invitation), unsubscribe, None)

    def render_colleague(self, invitation: ColleagueInvitation, unsubscribe: str) -> Message:
        values = colleague_letter(invitation, self._site_url)
        return _message("twice", LANGUAGES[0], values, unsubscribe, None)

    def render_contact(
        self, language: Language, contact: Contact, step: ContactStep, unsubscribe: str | None
    ) -> Message:
        values = contact_letter(language, contact, step, self._site_url)
        return self._letter(language, values, unsubscribe, contact.recipient)

    def render_fitting(self, language: Language, project: FittingProject, unsubscribe: str) -> Message:
        return self._letter(language, fitting_letter(language, project, self._site_url), unsubscribe, project.recipient)

    def render_near_date(self, language: Language, near: NearDate, unsubscribe: str) -> Message:
        return self._letter(language, near_date_letter(language, near, self._site_url), unsubscribe, near.recipient)

    def render_inactivity(self, language: Language, account: IdleAccount) -> Message:
        values = inactivity_letter(language, account, self._site_url)
        return self._letter(language, values, None, account.recipient)

    def render_receipt(self, language: Language, farewell: Farewell) -> Message:
        values = {**_NOTHING_MORE, **receipt_letter(language, farewell, self._site_url)}
        return _message("letter", language, values, None, None)  # there is no account any more

    def render_digest(self, language: Language, sections: list[AnySection], unsubscribe: str) -> Message:
        values = digest_letter(language, sections, self._site_url)
        return _message("digest", language, values, unsubscribe, self._preferences(_reader(sections[0])))

    def _letter(
        self, language: Language, values: dict[str, Any], unsubscribe: str | None, reader: Recipient | None
    ) -> Message:
        return _message("letter", language, {**_NOTHING_MORE, **values}, unsubscribe, self._preferences(reader))

    def _preferences(self, reader: Recipient | None) -> str:
        """Where they choose what they receive: a freelancer's is a part of a page of their space."""
        page = "privacy" if reader is not None and reader.freelancer else "account"
        return f"{self._site_url}/{page}#emails"


def _reader(section: AnySection) -> Recipient | None:
    """Whom a digest is for; of a shortlist, which is for whoever published the project, nothing says it here."""
    if isinstance(section, Section):
        return None
    if isinstance(section, CaseSection):
        return section.file.recipient
    return section.contact.recipient if isinstance(section, ContactSection) else section.recipient


def _message(
    template: str, language: Language, values: dict[str, Any], unsubscribe: str | None, preferences: str | None
) -> Message:
    words = words_in(language)
    values = {
        **values,
        "language": language,
        "words": words,
        "colon": words["colon"],
        "unsubscribe": unsubscribe,
        "preferences": preferences,
    }
    return Message(
        subject=values["said"]["subject"],
        html=environment().get_template(f"{template}.html.j2").render(values),
        text=environment().get_template(f"{template}.txt.j2").render(values),
        unsubscribe=unsubscribe,
    )


@cache
def environment() -> Environment:
    """Templates by name; what goes into HTML is escaped, and a value that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
