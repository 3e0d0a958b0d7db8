"""What rates asks of others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.vocabulary.clock import paris_day

if TYPE_CHECKING:
    from chalicelib.rates.service import Engagement as ObservedEngagement


def engagements() -> EngagementsForRates:
    return EngagementsForRates()


def conversations(sub: str) -> list[str]:
    """The ids of a freelancer's conversations."""
    return doors.conversations().of_freelancer(sub)


class EngagementsForRates:
    """What two sides confirmed, as far as it tells what work in this role is budgeted at."""

    def standing(self, thread_id: str) -> ObservedEngagement | None:
        from chalicelib.rates.service import Engagement

        thread = doors.conversations().thread(thread_id)
        since = thread.round.engagement.since if thread is not None and thread.state == "engaged" else None
        brief = doors.briefs().brief(thread.brief_id) if thread is not None and since is not None else None
        dossier = doors.profiles().dossier(thread.profile_id) if thread is not None and brief is not None else None
        if thread is None or since is None or brief is None or dossier is None:
            return None
        role, budget = brief.content.role, brief.content.budget
        if role is None or budget is None:
            return None
        return Engagement(
            company_id=brief.company_id,
            role=role,
            level=dossier.levels.get(role, "junior"),
            unit=budget.unit,
            minimum=budget.min,
            maximum=budget.max,
            confirmed_on=paris_day(datetime.fromisoformat(since)),
            round_no=thread.round.publication_no,
            contract_forms=brief.content.contract_forms,
        )
