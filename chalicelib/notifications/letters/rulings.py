"""What becomes of reports and of decisions of administrators, told to whom they concern."""

from __future__ import annotations

from typing import Any

from chalicelib.notifications.letters.typesetting import by, instant, lines_of, one_line, typeset
from chalicelib.notifications.models import RulingStep
from chalicelib.notifications.rulings import DecisionFile, ReportFile
from chalicelib.notifications.wording import words_in
from chalicelib.vocabulary.text import Language


def report_letter(language: Language, file: ReportFile, step: RulingStep, site_url: str) -> dict[str, Any]:
    """What becomes of a report, to whoever made it; or of which rule the other side is reminded. Nobody turns it
    off."""
    words = words_in(language)["ruling"]
    told = {part: said.format(thing=words["things"][file.about]) for part, said in words["steps"][step].items()}
    why = "reminded" if step == "reminded" else "reported"
    return {
        "kicker": words["kickers"][why],
        "said": {"why": words["why"][why], **told},
        "about": one_line(file.code_name),
        "due": by(words["looked_at_by"], file.due_at, language) if step == "report_received" else None,
        "quote": _quote_of_report(file, step, language),
        "closing": [words["closing"][step]] if step in words["closing"] else [],
        "link": f"{site_url}/{'moderation' if step == 'reminded' else 'reports'}",
        "action": words["action"]["rules" if step == "reminded" else "reports"],
    }


def decision_letter(language: Language, file: DecisionFile, step: RulingStep, site_url: str) -> dict[str, Any]:
    """What is decided against somebody: the statement of its reasons, by when to reply and to contest it. Nobody
    turns it off."""
    words = words_in(language)["ruling"]
    stated = step in ("returned", "suspended")
    told = {part: said.format(**words["whom"][file.kind]) for part, said in words["steps"][step].items()}
    return {
        "kicker": words["kickers"]["decided"],
        "said": {"why": words["why"]["decided"], **told},
        "about": one_line(file.code_name),
        "due": by(words["reply_by"], file.reply_until, language, "urgent") if stated and file.reply_until else None,
        "quote": _quote_of_decision(file, step, language),
        "notes": [typeset(file.redress.in_(language), language)] if stated else [],
        "checks": _statement(file, language) if stated else [],
        "checks_title": words["statement_title"],
        "closing": [words["rights"]],
        "link": f"{site_url}/moderation/{file.measure_id}",
        "action": words["action"]["contest" if stated else "read"],
    }


def _quote_of_report(file: ReportFile, step: RulingStep, language: Language) -> dict[str, Any] | None:
    """What was reported and why; what came of it; of what the other side is reminded."""
    words = words_in(language)["ruling"]
    if step == "report_settled" and file.outcome and file.answer:
        ground = file.outcome.in_(language) + "."
        return {"title": words["outcome_title"], "ground": ground, "lines": lines_of(file.answer)}
    if step == "reminded" and file.reminder:
        return {"title": words["reminder_title"], "ground": "", "lines": lines_of(file.reminder)}
    return {"title": words["reason_title"], "ground": file.reason.in_(language) + ".", "lines": []}


def _quote_of_decision(file: DecisionFile, step: RulingStep, language: Language) -> dict[str, Any] | None:
    """The facts it rests on, or why an appeal changed nothing."""
    words = words_in(language)["ruling"]
    ground = typeset(file.ground.in_(language), language) + "."
    if step in ("returned", "suspended"):
        return {"title": words["facts_title"], "ground": ground, "lines": lines_of(file.facts)}
    if step == "upheld" and file.upheld:
        return {"title": words["upheld_title"], "ground": ground, "lines": lines_of(file.upheld)}
    return None


def _statement(file: DecisionFile, language: Language) -> list[str]:
    """The rest of the statement of reasons: what is decided and how long, by which rule, where it comes from, by whom,
    until when to contest it."""
    words = words_in(language)["ruling"]
    lines = [file.effect.in_(language)]
    if file.until:
        lines.append(words["until"].format(date=instant(file.until, language)))
    elif file.kind != "brief":
        lines.append(words["no_end"])
    lines += [file.rule.in_(language), words["origin"]["report" if file.reported else "own"]]
    lines.append(file.automated.in_(language))
    if file.appeal_until:
        lines.append(words["appeal_by"].format(date=instant(file.appeal_until, language)))
    return [typeset(line, language) for line in lines]
