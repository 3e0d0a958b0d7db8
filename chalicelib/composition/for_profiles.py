"""What profiles asks of others."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.translations import ViewLogs, claimed, kept_out_of
from chalicelib.platform.auth import Actor
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.profiles.service import CaseResult, Engagement, Proposal


def proposals() -> ProposalsForProfiles:
    return ProposalsForProfiles()


def views() -> ViewLogs:
    return ViewLogs()


def engagements() -> EngagementsForProfiles:
    return EngagementsForProfiles()


def cases() -> CasesForProfiles:
    return CasesForProfiles()


class ProposalsForProfiles:
    """Whether a profile was proposed to the actor's company, or is in touch with it. Whoever keeps the company away is
    there for it no longer, but in a conversation that they take part in."""

    def proposed_to(self, actor: Actor, profile_id: str) -> bool:
        return self.proposal(actor, profile_id) is not None

    def proposal(self, actor: Actor, profile_id: str) -> Proposal | None:
        from chalicelib.profiles.service import Proposal

        company_id = doors.companies().company_of(actor.sub)
        if company_id is None:
            return None
        threads = doors.conversations().of_company_with(company_id, profile_id)
        talking = [one.brief_id for one in threads if one.is_under_way]
        if talking:
            return Proposal(talking[0], talking=True)
        if profile_id in kept_out_of(company_id):
            return None
        briefs = (doors.briefs().brief(brief_id) for brief_id in doors.matching().briefs_proposing(profile_id))
        proposing = [brief.brief_id for brief in briefs if brief is not None and brief.company_id == company_id]
        # Asked, or in touch: of several projects the one that they were named for last.
        named = [*(one.brief_id for one in threads), *reversed(proposing)]
        return Proposal(named[0], talking=False) if named else None


class EngagementsForProfiles:
    """What two sides confirmed, as a credit that its owner may call theirs: the code name stands for the title as long
    as the project is under wraps."""

    def confirmed(self, thread_id: str) -> Engagement | None:
        from chalicelib.profiles.models import CreditContent
        from chalicelib.profiles.service import Engagement

        thread = doors.conversations().thread(thread_id)
        brief = doors.briefs().brief(thread.brief_id) if thread else None
        if thread is None or brief is None or thread.round.engagement.since is None:
            return None
        content, since = brief.content, thread.round.engagement.since
        year = paris_day(datetime.fromisoformat(since)).year
        return Engagement(
            profile_id=thread.profile_id,
            number=str(thread.round.publication_no),
            confirmed_at=since,
            content=CreditContent(
                title=content.code_name or "",
                year=year,
                started_year=year,
                function=content.role or "",
                format=content.format or "",
                genres=content.genres,
                tones=content.tones,
                universes=content.universes,
                stakes=content.stakes,
                tasks=content.tasks,
                source_material=content.source_material,
                language=next(iter(content.languages), "fr"),
                company=doors.companies().name(brief.company_id) or "",
                synopsis=(content.logline.fr if content.logline else None) or "",
                contribution="",
            ),
        )


class CasesForProfiles:
    """What verification says of a profile and its credits, as they are claimed now."""

    def profile_of(self, case_id: str) -> str | None:
        case = doors.verification().case(case_id)
        return case.subject.owner_id if case is not None and case.kind != "company" else None

    def result(self, case_id: str) -> CaseResult | None:
        from chalicelib.profiles.models import Background, CheckedFact, Decided, Standing
        from chalicelib.profiles.service import CaseResult
        from chalicelib.verification.subjects import Subject

        case = doors.verification().case(case_id)
        dossier = (
            doors.profiles().dossier(case.subject.owner_id) if case is not None and case.kind != "company" else None
        )
        if case is None or dossier is None:
            return None
        profile_id, claims = case.subject.owner_id, {one.credit_id: one.digest for one in claimed(dossier).credits}
        facts = {
            credit_id: tuple(
                CheckedFact(fact=name, source=fact.source, checked_at=fact.checked_at, expires_at=fact.expires_at)
                for name, fact in held.items()
            )
            for credit_id, held in doors.verification().facts(profile_id, claims, utc_now()).items()
        }
        path = doors.verification().junior_path(profile_id, utc_now())
        background = None
        # What was confirmed was of the person whom the profile named then.
        if (
            path is not None
            and doors.verification().checked_digest(path.case_id, "identity") == claimed(dossier).digest
        ):
            background = Background(kinds=path.kinds, checked_at=path.checked_at, expires_at=path.expires_at)
        if case.kind == "credit":
            return CaseResult(None, facts, background)
        decision = case.standing
        decided = None
        if decision is not None:
            decided = Decided(
                "returned" if decision.verdict.outcome == "refused" else decision.verdict.outcome,
                decision.verdict.text,
                decision.seconded_by or decision.decided_by,
                decision.seconded_at or decision.decided_at,
                still_claimed=doors.verification().checked_digest(case_id, "identity") == claimed(dossier).digest,
            )
        under_way = doors.verification().is_under_way(Subject("profile", profile_id))
        return CaseResult(Standing(decided, under_way), facts, background)
