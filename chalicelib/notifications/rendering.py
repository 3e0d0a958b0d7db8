"""E-mails from templates: one layout, wording per language, HTML and plain text of the same content.

An e-mail names the project by its code name alone: never the company, its people, the confidential title or the
broadcaster, in no part of it (OBLIGATIONS, row 12), after the reveal neither; and of what somebody wrote in a
conversation it brings the words of an answer alone. One about a case says what its subject declared, what holds of it
and what was written to them, never who reviewed it.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from chalicelib.notifications.casework import AlarmFile, CaseFile, CaseSection, CreditFile, Decided, Invitation
from chalicelib.notifications.contacts import Contact, ContactSection, FittingProject, NearDate
from chalicelib.notifications.departures import Farewell, IdleAccount
from chalicelib.notifications.models import AlarmStep, ContactStep, Kind, Moment, RulingStep, kind_of, kind_of_step
from chalicelib.notifications.rulings import DecisionFile, ReportFile
from chalicelib.notifications.service import AnySection, Message, Project, Proposal, Section
from chalicelib.notifications.wording import FOLDER, words_in
from chalicelib.vocabulary.clock import PARIS, paris_day, stamp, utc_now
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import LANGUAGES, Language, typeset

if TYPE_CHECKING:
    from jinja2 import Environment

#: From how many days before its deadline on a project's countdown is printed as a warning.
URGENT_DAYS = 14

_MONTHS = {
    "fr": (
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ]
    ),
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
}


#: What the layout of a letter may also hold.
_NOTHING_MORE: dict[str, Any] = {
    "about": "",
    "deadline": "",
    "urgent": False,
    "quote": None,
    "notes": [],
    "checks": [],
    "checks_title": "",
    "credits": [],
    "closing": [],
}


class TemplateRenderer:
    """`site_url` without trailing slash; `every` is the minutes in which changes are gathered."""

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
        words = words_in(language)
        # Someone may have left since the e-mail was planned: it counts whom it shows.
        told = [proposal for proposal in proposals if kind == "shortlist" or proposal.profile_id in newcomers]
        known = [proposal for proposal in proposals if proposal not in told]
        sentences = {**words[kind], "action": words["action"]}
        code_name = _one_line(project.code_name)
        values = {
            "kind": kind,
            "said": _sentences(sentences, len(told), code_name=code_name, every=self._every),
            "people": [_person(proposal, language) for proposal in told],
            "known": [_person(proposal, language) for proposal in known],
            **self._project(project, language),
        }
        return _message("shortlist", language, values, unsubscribe)

    def render_case(self, language: Language, file: CaseFile, moment: Moment, unsubscribe: str) -> Message:
        """What happened in a case: what was decided and why, what is missing, and by when."""
        words = words_in(language)["case"]
        decision = _decision(file, moment)
        urgent, deadline = _deadline(file, moment, language)
        values = {
            "said": {**words_in(language)[kind_of(moment)], **_told(file, moment, language)},
            # A decision's title names its subject already, but for a credit's title.
            "about": _about(file, language) if file.kind == "credit" or moment != "decided" else "",
            "deadline": deadline,
            "urgent": urgent,
            "quote": _quote(file, moment, language),
            "notes": [words["answer_how"]] if moment == "question" else [],
            "checks": _checks(file, language) if moment == "received" else [],
            "credits": [_credit(one, decision, language) for one in file.credits] if decision else [],
            "closing": _closing(file, moment, language),
            "link": self._file(file),
            "action": words["action"],
            "checks_title": words["checks_title"],
        }
        return _message("case", language, values, unsubscribe)

    def render_alarm(self, language: Language, file: AlarmFile, step: AlarmStep) -> Message:
        """What happened to an alarm: what it says and on which papers, what was decided and why, and by when to act.
        Nobody turns it off."""
        words = words_in(language)["alarm"]
        contestable = step == "in_force" and file.appeal_until is not None
        values = {
            "said": {"why": words["why"], **_told_of_alarm(file, step, language)},
            "about": "",
            "deadline": _deadline_of_alarm(file, step, language),
            "urgent": step == "raised" or contestable,
            "quote": _quote_of_alarm(file, step, language),
            "notes": _notes_of_alarm(file, step, language),
            "checks": _papers(file, language) if step == "raised" else [],
            "checks_title": words["papers_title"],
            "credits": [],
            "closing": _closing_of_alarm(file, step, language),
            "link": f"{self._site_url}/#/verification/alarms/{file.alarm_id}",
            "action": words["action"]["answer" if step == "raised" else "contest" if contestable else "read"],
        }
        return _message("case", language, values, None)

    def render_report(self, language: Language, file: ReportFile, step: RulingStep) -> Message:
        """What becomes of a report, to whoever made it; or of which rule the other side is reminded. Nobody turns it
        off."""
        words = words_in(language)["ruling"]
        told = {part: said.format(thing=words["things"][file.about]) for part, said in words["steps"][step].items()}
        received = step == "report_received"
        by = words["looked_at_by"].format(date=_instant(file.due_at, language)) if received else ""
        values = {
            "said": {"why": words["why"]["reminded" if step == "reminded" else "reported"], **told},
            "about": _one_line(file.code_name),
            "deadline": by,
            "urgent": False,
            "quote": _quote_of_report(file, step, language),
            "notes": [],
            "checks": [],
            "checks_title": "",
            "credits": [],
            "closing": [words["closing"][step]] if step in words["closing"] else [],
            "link": f"{self._site_url}/#/{'moderation' if step == 'reminded' else 'reports'}",
            "action": words["action"]["rules" if step == "reminded" else "reports"],
        }
        return _message("case", language, values, None)

    def render_decision(self, language: Language, file: DecisionFile, step: RulingStep) -> Message:
        """What is decided against somebody: the statement of its reasons, by when to reply and to contest it. Nobody
        turns it off."""
        words = words_in(language)["ruling"]
        stated = step in ("returned", "suspended")
        told = {part: said.format(**words["whom"][file.kind]) for part, said in words["steps"][step].items()}
        values = {
            "said": {"why": words["why"]["decided"], **told},
            "about": _one_line(file.code_name),
            "deadline": _deadline_of_decision(file, step, language),
            "urgent": stated,
            "quote": _quote_of_decision(file, step, language),
            "notes": [file.redress.in_(language)] if stated else [],
            "checks": _statement(file, language) if stated else [],
            "checks_title": words["statement_title"],
            "credits": [],
            "closing": [words["rights"]],
            "link": f"{self._site_url}/#/moderation/{file.measure_id}",
            "action": words["action"]["contest" if stated else "read"],
        }
        return _message("case", language, values, None)

    def render_invitation(self, invitation: Invitation, unsubscribe: str) -> Message:
        """What an attester is asked. Both languages in one e-mail, French first, for nobody knows which they read."""
        told = [_asked(invitation, language) for language in LANGUAGES]
        values = {"said": told[0], "told": told, "link": invitation.link}
        return _message("attestation", LANGUAGES[0], values, unsubscribe)

    def render_contact(
        self, language: Language, contact: Contact, step: ContactStep, unsubscribe: str | None
    ) -> Message:
        """What the other side of a conversation did, and what can be done now. Nothing of what they wrote but the words
        of an answer."""
        words = words_in(language)["contact"]
        told = _told_of_contact(contact, step, language)
        values = {
            "said": {**words_in(language)[kind_of_step(step)], **told},
            "about": _one_line(contact.code_name),
            "deadline": _deadline_of_contact(contact, step, language),
            "urgent": step == "answer_overdue",
            "quote": _quote_of_answer(contact, step, language),
            "notes": _notes_of_contact(contact, step, language),
            "checks": [],
            "checks_title": "",
            "credits": [],
            "closing": [words[name] for name in _CLOSINGS.get(step, ())],
            "link": self._conversation(contact, step),
            "action": told["action"],
        }
        return _message("case", language, values, unsubscribe)

    def render_fitting(self, language: Language, project: FittingProject, unsubscribe: str) -> Message:
        """A project that fits its reader, by fields of its card."""
        words = words_in(language)
        told = _told_of_fitting(project, language)
        values = {
            "said": {**words["projects"], **told},
            "about": _one_line(project.code_name),
            "deadline": words["fits"]["urgent"] if project.urgent else "",
            "urgent": project.urgent,
            "quote": None,
            "notes": [],
            "checks": _card(project, language),
            "checks_title": words["fits"]["card_title"],
            "credits": [],
            "closing": list(words["fits"]["closing"].values()),
            "link": f"{self._site_url}/#/projects/{project.brief_id}",
            "action": told["action"],
        }
        return _message("case", language, values, unsubscribe)

    def render_near_date(self, language: Language, near: NearDate, unsubscribe: str) -> Message:
        """A date that comes near: why it counts, how many days are left, and what to do now."""
        words = words_in(language)
        countdown, urgent = _days_to(near, language)
        subject = _counted(words["near"]["subject"], _days_left(near))
        values = {
            "said": {
                **words["deadlines"],
                "subject": subject.format(code_name=_one_line(near.code_name), count=_days_left(near)),
                "preheader": words["near"]["preheader"],
                "title": near.title.in_(language),
                "lead": _typeset(near.why.in_(language), language),
            },
            "about": _one_line(near.code_name),
            "deadline": countdown,
            "urgent": urgent,
            "quote": None,
            "notes": [],
            "checks": _next(near, language),
            "checks_title": words["near"]["next_title"],
            "credits": [],
            "closing": [],
            "link": f"{self._site_url}/#/briefs/{near.brief_id}",
            "action": words["near"]["action"],
        }
        return _message("case", language, values, unsubscribe)

    def render_inactivity(self, language: Language, account: IdleAccount) -> Message:
        """That an account goes unless it is used. Nobody turns it off."""
        words = words_in(language)["inactivity"]
        days = {"day": _day(account.deleted_on, language), "since": _day(account.last_active_on, language)}
        values = {
            "said": {part: words[part].format(**days) for part in ("why", "subject", "preheader", "title", "lead")},
            "deadline": words["deadline"].format(**days),
            "urgent": True,
            "notes": [words["keep"]],
            "closing": [words["closing"]],
            "link": f"{self._site_url}/#/",
            "action": words["action"],
        }
        return _message("case", language, {**_NOTHING_MORE, **values}, None)

    def render_receipt(self, language: Language, farewell: Farewell) -> Message:
        """The receipt of an erasure: by context what went, and what is held for how long and why."""
        words = words_in(language)["receipt"]
        days = {
            "requested": _day(farewell.requested_on, language),
            "completed": _day(farewell.completed_on, language),
        }
        lead = words["lead_inactive" if farewell.by_inactivity else "lead"].format(**days)
        done = [
            words["done"].format(label=words["labels"][one.context], removed=one.removed, redacted=one.redacted)
            for one in farewell.steps
        ]
        held = [
            words["held"].format(
                day=_day(one.until, language), label=one.label.in_(language), source=one.source.in_(language)
            )
            for one in farewell.kept
        ]
        values = {
            "said": {**{part: words[part] for part in ("why", "subject", "preheader", "title")}, "lead": lead},
            "about": words["number"].format(receipt=farewell.erasure_id),
            "notes": held or [words["nothing_held"]],
            "checks": done,
            "checks_title": words["done_title"],
            "closing": [words["backups"].format(days=farewell.backups_days), words["rights"]],
            "link": f"{self._site_url}/#/privacy",
            "action": words["action"],
        }
        return _message("case", language, {**_NOTHING_MORE, **values}, None)

    def render_digest(self, language: Language, sections: list[AnySection], unsubscribe: str) -> Message:
        """The e-mail of the morning: project by project, whom there is to meet or what there is to choose; case by case
        and conversation by conversation, what happened."""
        words = words_in(language)
        said = words["digest"]
        projects = [section.project for section in sections if isinstance(section, Section)]
        fitting = [section for section in sections if isinstance(section, FittingProject)]
        sentences = {name: said[name] for name in ("subject", "preheader", "title", "lead", "why", "stop")}
        named = [project.code_name for project in projects]
        if len(fitting) == len(sections):
            sentences |= said["only_fits"]
            named = [project.code_name for project in fitting]
        elif len(projects) < len(sections):
            sentences |= said["with_cases"]
        closing = [words["decide"], words["ordering"]] if projects else []
        closing += words["fits"]["closing"].values() if fitting else []
        values = {
            "said": _sentences(sentences, len(sections), code_name=_one_line(named[0]) if named else ""),
            "sections": [self._told(section, language) for section in sections],
            "closing": closing,
        }
        return _message("digest", language, values, unsubscribe)

    def _told(self, section: AnySection, language: Language) -> dict[str, Any]:
        if isinstance(section, Section):
            return self._section(section, language)
        if isinstance(section, CaseSection):
            return self._case_section(section, language)
        if isinstance(section, ContactSection):
            return self._contact_section(section, language)
        if isinstance(section, FittingProject):
            return self._fitting_section(section, language)
        return self._near_section(section, language)

    def _conversation(self, contact: Contact, step: ContactStep) -> str:
        """Where to go on: whoever was declined goes on with the others."""
        if step == "declined":
            return f"{self._site_url}/#/briefs/{contact.brief_id}"
        return f"{self._site_url}/#/conversations/{contact.thread_id}"

    def _contact_section(self, section: ContactSection, language: Language) -> dict[str, Any]:
        contact, step = section.contact, section.step
        told, quote = _told_of_contact(contact, step, language), _quote_of_answer(contact, step, language)
        said = [told["lead"], quote["ground"] if quote else "", _deadline_of_contact(contact, step, language)]
        return {
            "code_name": _one_line(contact.code_name),
            "role": words_in(language)["contact"]["kicker"],
            "countdown": "",
            "urgent": False,
            "says": " ".join(one for one in said if one),
            "people": [],
            "link": self._conversation(contact, step),
            "action": told["action"],
        }

    def _fitting_section(self, project: FittingProject, language: Language) -> dict[str, Any]:
        words = words_in(language)["fits"]
        _, *card = _card(project, language)  # the role stands above it
        return {
            "code_name": _one_line(project.code_name),
            "role": taxonomy().label("roles", project.role, language),
            "countdown": words["urgent"] if project.urgent else "",
            "urgent": project.urgent,
            "says": " · ".join(card),
            "people": [],
            "link": f"{self._site_url}/#/projects/{project.brief_id}",
            "action": words["later"]["action"],
        }

    def _near_section(self, near: NearDate, language: Language) -> dict[str, Any]:
        words = words_in(language)["near"]
        countdown, urgent = _days_to(near, language)
        return {
            "code_name": _one_line(near.code_name),
            "role": f"{words['kicker']} · {near.title.in_(language)}",
            "countdown": countdown,
            "urgent": urgent,
            "says": " ".join([_typeset(near.why.in_(language), language), *_next(near, language)]),
            "people": [],
            "link": f"{self._site_url}/#/briefs/{near.brief_id}",
            "action": words["action"],
        }

    def _file(self, file: CaseFile) -> str:
        return f"{self._site_url}/#/verification/{file.case_id}"

    def _case_section(self, section: CaseSection, language: Language) -> dict[str, Any]:
        """The shape of a project's section, without anybody to meet."""
        file, words = section.file, words_in(language)["case"]
        told = _told(file, section.moment, language)
        _, deadline = _deadline(file, section.moment, language)
        return {
            "code_name": _about(file, language),
            "role": words["kicker"],
            "countdown": "",
            "urgent": False,
            "says": f"{told['title']}. {deadline}".strip(),
            "people": [],
            "link": self._file(file),
            "action": words["action"],
        }

    def _section(self, section: Section, language: Language) -> dict[str, Any]:
        words = words_in(language)
        says = words["digest"]["whole" if section.whole else "new"]
        said = _sentences({"says": says, "action": words["action"]}, len(section.people))
        people = [_person(proposal, language) for proposal in section.people]
        return {**self._project(section.project, language), **said, "people": people}

    def _project(self, project: Project, language: Language) -> dict[str, Any]:
        days = (project.deadline - paris_day(utc_now())).days if project.deadline else None
        return {
            "code_name": _one_line(project.code_name),
            "role": taxonomy().label("roles", project.role, language),
            "countdown": _countdown(words_in(language), project.deadline, days, language),
            "urgent": days is not None and days <= URGENT_DAYS,
            "link": f"{self._site_url}/#/briefs/{project.brief_id}",
        }


def _message(template: str, language: Language, values: dict[str, Any], unsubscribe: str | None) -> Message:
    values = {**values, "language": language, "words": words_in(language), "unsubscribe": unsubscribe}
    return Message(
        subject=values["said"]["subject"],
        html=environment().get_template(f"{template}.html.j2").render(values),
        text=environment().get_template(f"{template}.txt.j2").render(values),
        unsubscribe=unsubscribe,
    )


def _sentences(words: dict[str, Any], count: int, **values: object) -> dict[str, str]:
    """Each wording for none, one or many, with its values in place."""
    chosen = {name: _counted(text, count) if isinstance(text, dict) else text for name, text in words.items()}
    return {name: text.format(count=count, **values) for name, text in chosen.items()}


def _one_line(text: str) -> str:
    """Names are one line by their schemas; a subject must never carry a line break, whatever else happens."""
    return " ".join(text.split())


def _countdown(words: dict[str, Any], deadline: date | None, days: int | None, language: Language) -> str:
    if deadline is None or days is None:
        return ""
    said: str = words["countdown"]["today" if days <= 0 else "one" if days == 1 else "many"]
    return said.format(days=days, date=_day(deadline, language))


def _day(day: date, language: Language) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number}\u00a0{_MONTHS[language][day.month - 1]} {day.year}"


def _person(proposal: Proposal, language: Language) -> dict[str, Any]:
    words = words_in(language)
    checked = words["credits"]["one" if proposal.verified_credits == 1 else "many"]
    facts = [taxonomy().label("seniority", proposal.level, language)]
    if proposal.region:
        facts.append(taxonomy().label("regions", proposal.region, language))
    facts.append(
        checked.format(count=proposal.verified_credits) if proposal.verified_credits else words["credits"]["none"]
    )
    return {
        "name": _one_line(proposal.display_name),
        "facts": " · ".join(facts),
        "reasons": [reason[language] for reason in proposal.reasons],
    }


def _instant(moment: str, language: Language) -> str:
    """A time (ISO 8601) as it is read on a clock in Paris."""
    local = datetime.fromisoformat(moment).astimezone(PARIS)
    words = words_in(language)
    time = f"{local.hour}\u00a0h\u00a0{local.minute:02}" if language == "fr" else f"{local.hour}:{local.minute:02}"
    weekday = words["weekdays"][str(local.weekday())]
    return str(words["instant"].format(weekday=weekday, day=_day(local.date(), language), time=time))


def _decision(file: CaseFile, moment: Moment) -> Decided | None:
    """What there is to explain at this moment."""
    if moment == "decided":
        return file.decision
    return file.appeal_decision if moment == "appeal_decided" else None


def _case_title(file: CaseFile) -> str:
    """The title of the one credit that a case is about."""
    return _one_line(file.credits[0].title) if file.kind == "credit" and file.credits else ""


def _about(file: CaseFile, language: Language) -> str:
    return str(words_in(language)["case"]["about"][file.kind].format(title=_case_title(file)))


def _told(file: CaseFile, moment: Moment, language: Language) -> dict[str, str]:
    """Subject, preheader, title and lead."""
    words = words_in(language)["case"]
    decision = _decision(file, moment)
    name: str = moment
    if moment == "decided" and decision:
        name = decision.outcome
    if moment == "appeal_decided":
        name = "appeal_changed" if file.appeal_changed else "appeal_upheld"
    outcome = words["outcomes"].get(decision.outcome, {}).get(file.kind, "") if decision else ""
    return {
        part: said[file.kind].format(title=_case_title(file), outcome=outcome)
        for part, said in words["moments"][name].items()
    }


def _deadline(file: CaseFile, moment: Moment, language: Language) -> tuple[bool, str]:
    """By when, said to the subject or by them, and whether to print it as a warning; empty where nothing is owed."""
    words = words_in(language)["case"]
    if moment == "question" and file.question:
        return True, words["answer_by"].format(date=_instant(file.question.until, language))
    if moment in ("received", "appealed", "reopened") and file.due_at:
        late = file.due_at < stamp(utc_now())
        return False, words["late" if late else "by"].format(date=_instant(file.due_at, language))
    return False, ""


def _quote(file: CaseFile, moment: Moment, language: Language) -> dict[str, Any] | None:
    """What a reviewer wrote: the question, or the reason of a decision."""
    words = words_in(language)["case"]
    decision = _decision(file, moment)
    if decision:
        return {
            "title": words["reason_title"],
            "ground": decision.ground.in_(language) + ".",
            "lines": _lines(decision.text),
        }
    if moment in ("question", "expired") and file.question:
        return {"title": words["question_title"], "ground": "", "lines": _lines(file.question.text)}
    return None


def _lines(text: str) -> list[str]:
    return [line for line in (_one_line(one) for one in text.splitlines()) if line]


def _checks(file: CaseFile, language: Language) -> list[str]:
    words = words_in(language)["case"]
    checks = dict(words["checks"][file.kind])
    proof = [checks.pop("proof")] if "proof" in checks else []
    count = len(file.credits)
    credits = [words["credits"]["one" if count == 1 else "many"].format(count=count)] if count else []
    return [*checks.values(), *credits, *proof]


def _credit(credit: CreditFile, decision: Decided | None, language: Language) -> dict[str, Any]:
    """Each of the three facts: how and when it was confirmed, or that it is not established; and how to complete it."""
    words = words_in(language)["case"]
    held = {fact.level: fact for fact in credit.facts}
    lines = []
    for level, said in words["facts"].items():
        fact = held.get(level)
        if fact is None:
            lines.append(words["not_yet"].format(fact=said))
            continue
        day = _day(paris_day(datetime.fromisoformat(fact.checked_at)), language)
        source = words["sources"].get(fact.source, words["sources"]["other"])
        lines.append(words["holds"].format(fact=said, date=day, source=source))
    missing = next((level for level in words["facts"] if level not in held), None)
    return {
        "title": _one_line(credit.title),
        "facts": f"{taxonomy().label('roles', credit.function, language)} · {credit.year}",
        "lines": lines,
        "missing": words["complete"][missing] if missing and decision and decision.completable else "",
    }


def _closing(file: CaseFile, moment: Moment, language: Language) -> list[str]:
    """What a decision leaves open, and what can be done about it."""
    words = words_in(language)["case"]
    decision = _decision(file, moment)
    if decision is None:
        return [words["silence"]] if moment == "received" and file.credits else []
    lines = [words["junior_path"]] if decision.junior_path else []
    if decision.completable:
        lines += [words["not_false"]] if any(len(one.facts) < len(words["facts"]) for one in file.credits) else []
        lines += [words["complete"]["company"]] if file.kind == "company" and decision.outcome == "refused" else []
    if moment == "decided" and file.appeal_until:
        lines.append(words["appeal"].format(date=_instant(file.appeal_until, language)))
    return lines


def _told_of_alarm(file: AlarmFile, step: AlarmStep, language: Language) -> dict[str, str]:
    """Subject, preheader, title and lead. What it says is in none of the first three, which others may see on a
    screen."""
    words = words_in(language)["alarm"]
    name: str = step
    if step == "in_force" and not file.replied:
        name = "in_force_unanswered"
    if step == "withdrawn" and file.lapsed:
        name = "lapsed"
    day = _day(datetime.fromisoformat(file.reply_until).astimezone(PARIS).date(), language) if file.reply_until else ""
    whom = words["whom"][file.kind]
    return {part: said.format(**whom, day=day) for part, said in words["steps"][name].items()}


def _deadline_of_alarm(file: AlarmFile, step: AlarmStep, language: Language) -> str:
    """By when they may act, or hear from us; empty where nothing is awaited."""
    words = words_in(language)["alarm"]
    if step == "raised" and file.reply_until:
        return str(words["reply_by"].format(date=_instant(file.reply_until, language)))
    if step == "answered" and file.decide_until:
        return str(words["decide_by"].format(date=_instant(file.decide_until, language)))
    if step == "in_force" and file.appeal_until:
        return str(words["appeal_by"].format(date=_instant(file.appeal_until, language)))
    return ""


def _quote_of_alarm(file: AlarmFile, step: AlarmStep, language: Language) -> dict[str, Any] | None:
    """What it says, or why it was decided against them."""
    words = words_in(language)["alarm"]
    if step == "raised" and file.text:
        ground = f"{file.reason.in_(language)}. {file.basis.in_(language)}."
        return {"title": words["said_title"], "ground": ground, "lines": _lines(file.text)}
    if step in ("in_force", "upheld") and file.ruling:
        return {"title": words["why_title"], "ground": file.reason.in_(language) + ".", "lines": _lines(file.ruling)}
    return None


def _notes_of_alarm(file: AlarmFile, step: AlarmStep, language: Language) -> list[str]:
    """How to do what may be done by then."""
    words = words_in(language)["alarm"]
    if step == "raised":
        return [words["reply_how"]]
    return [words["appeal_how"]] if step == "in_force" and file.appeal_until else []


def _papers(file: AlarmFile, language: Language) -> list[str]:
    said = words_in(language)["alarm"]["paper"]
    return [
        said.format(
            label=paper.label.in_(language),
            date=_day(paris_day(datetime.fromisoformat(paper.received_at)), language),
        )
        for paper in file.papers
    ]


def _closing_of_alarm(file: AlarmFile, step: AlarmStep, language: Language) -> list[str]:
    """What follows and what does not, until when; and the rights over what is kept."""
    words = words_in(language)["alarm"]
    ends = [words["until"].format(date=_instant(file.until, language))] if file.until and step in _HOLDING else []
    copies = [words["copy"]] if step in ("raised", *_HOLDING) else []
    return [*copies, file.what_follows.in_(language), *ends, words["rights"]]


#: Steps after which it is in force.
_HOLDING: tuple[AlarmStep, ...] = ("in_force", "appealed", "upheld")


def _quote_of_report(file: ReportFile, step: RulingStep, language: Language) -> dict[str, Any] | None:
    """What was reported and why; what came of it; of what the other side is reminded."""
    words = words_in(language)["ruling"]
    if step == "report_settled" and file.outcome and file.answer:
        ground = file.outcome.in_(language) + "."
        return {"title": words["outcome_title"], "ground": ground, "lines": _lines(file.answer)}
    if step == "reminded" and file.reminder:
        return {"title": words["reminder_title"], "ground": "", "lines": _lines(file.reminder)}
    return {"title": words["reason_title"], "ground": file.reason.in_(language) + ".", "lines": []}


def _deadline_of_decision(file: DecisionFile, step: RulingStep, language: Language) -> str:
    """Until when to reply, where somebody may."""
    if step not in ("returned", "suspended") or file.reply_until is None:
        return ""
    said = words_in(language)["ruling"]["reply_by"]
    return str(said.format(date=_instant(file.reply_until, language)))


def _quote_of_decision(file: DecisionFile, step: RulingStep, language: Language) -> dict[str, Any] | None:
    """The facts it rests on, or why an appeal changed nothing."""
    words = words_in(language)["ruling"]
    ground = _typeset(file.ground.in_(language), language) + "."
    if step in ("returned", "suspended"):
        return {"title": words["facts_title"], "ground": ground, "lines": _lines(file.facts)}
    if step == "upheld" and file.upheld:
        return {"title": words["upheld_title"], "ground": ground, "lines": _lines(file.upheld)}
    return None


def _statement(file: DecisionFile, language: Language) -> list[str]:
    """The rest of the statement of reasons: what is decided and how long, by which rule, where it comes from, by whom,
    until when to contest it."""
    words = words_in(language)["ruling"]
    lines = [file.effect.in_(language)]
    if file.until:
        lines.append(words["until"].format(date=_instant(file.until, language)))
    elif file.kind != "brief":
        lines.append(words["no_end"])
    lines += [file.rule.in_(language), words["origin"]["report" if file.reported else "own"]]
    lines.append(file.automated.in_(language))
    if file.appeal_until:
        lines.append(words["appeal_by"].format(date=_instant(file.appeal_until, language)))
    return [_typeset(line, language) for line in lines]


#: What is said at the end of an e-mail about a conversation. Where its page has a button that counts as consent, that
#: opening the page is none.
_CLOSINGS: dict[ContactStep, tuple[str, ...]] = {
    "invited": ("free",),
    "interest_shown": ("owed",),
    "reveal_asked": ("opening",),
    "engagement_proposed": ("opening",),
    "answer_due": ("owed",),
    "answer_overdue": ("owed",),
}


def _told_of_contact(contact: Contact, step: ContactStep, language: Language) -> dict[str, str]:
    """Subject, preheader, title, lead and what the button says. Who a person is stands in none of the first two, which
    others may see on a screen."""
    name: str = step
    if step == "answered" and contact.answer:
        name = contact.answer.decision
    level = taxonomy().label("seniority", contact.level, language).lower() if contact.level else ""
    values = {"code_name": _one_line(contact.code_name), "person": _one_line(contact.person), "level": level}
    words = words_in(language)["contact"][contact.reader][name]
    return {part: said.format(**values) for part, said in words.items()}


def _deadline_of_contact(contact: Contact, step: ContactStep, language: Language) -> str:
    """By when an answer is owed, to whoever owes it."""
    if contact.answer_due_at is None or step not in ("interest_shown", "answer_due", "answer_overdue"):
        return ""
    said = words_in(language)["contact"]["answer_was_due" if step == "answer_overdue" else "answer_by"]
    return str(said.format(date=_instant(contact.answer_due_at, language)))


def _quote_of_answer(contact: Contact, step: ContactStep, language: Language) -> dict[str, Any] | None:
    answer = contact.answer
    if step != "answered" or answer is None:
        return None
    lines = _lines(answer.words.in_(language)) if answer.words else []
    return {
        "title": words_in(language)["contact"]["answer_title"],
        "ground": _typeset(answer.reason.in_(language), language) + ".",
        "lines": [_typeset(line, language) for line in lines],
    }


def _notes_of_contact(contact: Contact, step: ContactStep, language: Language) -> list[str]:
    words = words_in(language)["contact"]
    if step == "answered" and contact.answer and contact.answer.words is None:
        return [words["words_elsewhere"]]
    if step in words["with_words"] and contact.is_unanswered and contact.comes_with_the_opening:
        return [words["with_words"][step]]
    if step == "message" and contact.last_file_at is not None:
        return [words["with_a_file"]]
    return []


def _told_of_fitting(project: FittingProject, language: Language) -> dict[str, str]:
    values = {
        "code_name": _one_line(project.code_name),
        "role": taxonomy().label("roles", project.role, language),
        "format": taxonomy().label("formats", project.format, language),
    }
    words = words_in(language)["fits"]["now" if project.urgent else "later"]
    return {part: said.format(**values) for part, said in words.items()}


def _card(project: FittingProject, language: Language) -> list[str]:
    """What the card says in a few words, the role first: no text that its producer wrote."""
    words = words_in(language)["fits"]
    lines = [
        words["role"].format(role=taxonomy().label("roles", project.role, language)),
        words["format"].format(format=taxonomy().label("formats", project.format, language)),
    ]
    if project.genres:
        genres = ", ".join(taxonomy().label("genres", genre, language) for genre in project.genres)
        lines.append(words["genres"].format(genres=genres))
    if project.start_from and project.start_until:
        window = {"from_": _day(project.start_from, language), "until": _day(project.start_until, language)}
        lines.append(words["start"].format(**window))
    if project.estimated_days is not None:
        lines.append(_counted(words["days"], project.estimated_days).format(count=project.estimated_days))
    return lines


def _days_left(near: NearDate) -> int:
    return max((near.day - paris_day(utc_now())).days, 0)


def _days_to(near: NearDate, language: Language) -> tuple[str, bool]:
    """How many days are left, and whether to print it as a warning."""
    days = _days_left(near)
    said = _counted(words_in(language)["near"]["countdown"], days)
    return said.format(count=days, date=_day(near.day, language)), days <= URGENT_DAYS


def _next(near: NearDate, language: Language) -> list[str]:
    """What there is to do: whoever waits for an answer first, then whom to invite, then what the date itself asks."""
    words = words_in(language)["near"]
    people = ("waiting", near.waiting) if near.waiting else ("invited", near.invited)
    return [_counted(words[people[0]], people[1]).format(count=people[1]), words["which"][near.which]]


def _counted(words: dict[str, str], count: int) -> str:
    return words["none" if count == 0 else "one" if count == 1 else "many"]


def _typeset(text: str, language: Language) -> str:
    """A line of an answer of ours, or of a producer, as its language is printed."""
    return typeset(text) if language == "fr" else text


def _asked(invitation: Invitation, language: Language) -> dict[str, Any]:
    words = words_in(language)["attestation"]
    person, work = _one_line(invitation.person), _one_line(invitation.work)
    years = str(invitation.year)
    if invitation.started_year is not None and invitation.started_year != invitation.year:
        years = f"{invitation.started_year}–{invitation.year}"
    values = {
        "person": person,
        "work": work,
        "function": taxonomy().label("roles", invitation.function, language),
        "period": years,
        "company": _one_line(invitation.company),
    }
    said = {
        name: words[name].format(person=person, work=work, date=_instant(invitation.expires_at, language))
        for name in words
        if name != "claim"
    }
    return {
        **said,
        "language": language,
        "claim": [(words["claim"][name], value) for name, value in values.items()],
        "colon": "\u202f:" if language == "fr" else ":",
        "notes": [said["opening"], said["free"], said["privacy"]],
    }


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
