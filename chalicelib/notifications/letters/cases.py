"""What happened in a case of verification, told to its subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalicelib.notifications.casework import CaseFile, CaseSection, CreditFile, Decided
from chalicelib.notifications.letters.typesetting import Due, by, day_in_words, is_past, lines_of, one_line
from chalicelib.notifications.models import Moment, kind_of
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Language


def case_letter(language: Language, file: CaseFile, moment: Moment, site_url: str) -> dict[str, Any]:
    """What happened in a case: what was decided and why, what is missing, and by when."""
    words = words_in(language)["case"]
    decision = _decision(file, moment)
    return {
        "kicker": words["kicker"],
        "said": {**words_in(language)[kind_of(moment)], **_told(file, moment, language)},
        # A decision's title names its subject already, but for a credit's title.
        "about": _about(file, language) if file.kind == "credit" or moment != "decided" else "",
        "due": _due(file, moment, language),
        "quote": _quote(file, moment, language),
        "remedy": _remedy(file, moment, language),
        "notes": [words["answer_how"]] if moment == "question" else [],
        "checks": _checks(file, language) if moment == "received" else [],
        "credits": [_credit(one, decision, language) for one in file.credits] if decision else [],
        "closing": _closing(file, moment, language),
        "link": _page(file, site_url),
        "action": words["actions"].get(moment, words["action"]),
        "checks_title": words["checks_title"],
    }


def case_section(section: CaseSection, language: Language, site_url: str) -> dict[str, Any]:
    """The shape of a project's section, without anybody to meet."""
    file, words = section.file, words_in(language)["case"]
    told = _told(file, section.moment, language)
    return {
        "code_name": _about(file, language),
        "role": words["kicker"],
        "due": _due(file, section.moment, language),
        "says": f"{told['title']}.",
        "link": _page(file, site_url),
        "action": words["action"],
    }


def _page(file: CaseFile, site_url: str) -> str:
    return f"{site_url}/verification/{file.case_id}"


def _decision(file: CaseFile, moment: Moment) -> Decided | None:
    """What there is to explain at this moment."""
    if moment == "decided":
        return file.decision
    return file.appeal_decision if moment == "appeal_decided" else None


def _case_title(file: CaseFile) -> str:
    """The title of the one credit that a case is about."""
    return one_line(file.credits[0].title) if file.kind == "credit" and file.credits else ""


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


def _due(file: CaseFile, moment: Moment, language: Language) -> Due | None:
    """By when, said to the subject or by them; None where nothing is owed."""
    words = words_in(language)["case"]
    if moment == "question" and file.question:
        return by(words["answer_by"], file.question.until, language, "urgent")
    if moment in ("received", "appealed", "reopened") and file.due_at:
        return by(words["late" if is_past(file.due_at) else "by"], file.due_at, language)
    return None


def _remedy(file: CaseFile, moment: Moment, language: Language) -> Due | None:
    """Until when a decision may be contested: after its reason, which is what it would be contested for."""
    if moment == "decided" and file.appeal_until and not _is_all_verified(file):
        return by(words_in(language)["case"]["appeal_by"], file.appeal_until, language)
    return None


def _is_all_verified(file: CaseFile) -> bool:
    """Good news comes with no deadline."""
    return file.decision is not None and file.decision.outcome == "verified"


def _quote(file: CaseFile, moment: Moment, language: Language) -> dict[str, Any] | None:
    """What a reviewer wrote: the question, or the reason of a decision."""
    words = words_in(language)["case"]
    decision = _decision(file, moment)
    if decision:
        return {
            "title": words["reason_title"],
            "ground": decision.ground.in_(language) + ".",
            "lines": lines_of(decision.text),
        }
    if moment in ("question", "expired") and file.question:
        return {"title": words["question_title"], "ground": "", "lines": lines_of(file.question.text)}
    return None


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
        day = day_in_words(paris_day(datetime.fromisoformat(fact.checked_at)), language)
        source = words["sources"].get(fact.source, words["sources"]["other"])
        lines.append(words["holds"].format(fact=said, date=day, source=source))
    missing = next((level for level in words["facts"] if level not in held), None)
    return {
        "title": one_line(credit.title),
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
        until = by(words["appeal_by"], file.appeal_until, language).sentence
        lines.append(f"{until} {words['appeal']}" if _is_all_verified(file) else words["appeal"])
    return lines
