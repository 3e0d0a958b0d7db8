"""What conversations asks of others."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.translations import ViewLogs, is_live, is_verified, kept_out_of
from chalicelib.vocabulary.clock import PARIS, paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.companies.queries import CompanyQueries
    from chalicelib.conversations.service import Behind, Offer, Passage, Person
    from chalicelib.profiles.service import Dossier


#: When a day by which an answer is owed is over.
END_OF_WORK = time(18)


def projects() -> ProjectsForConversations:
    return ProjectsForConversations()


def companies() -> CompanyQueries:
    return doors.companies()


def people() -> PeopleForConversations:
    return PeopleForConversations()


def proposals() -> ProposalsForConversations:
    return ProposalsForConversations()


def views() -> ViewLogs:
    return ViewLogs()


def has_colleagues(company_id: str, sub: str) -> bool:
    """Whether anybody but this account acts for the company."""
    return any(member.sub != sub for member in doors.companies().members(company_id))


class ProjectsForConversations:
    """Projects as conversations go by them, and what must not be told in one."""

    def offer(self, brief_id: str) -> Offer | None:
        from chalicelib.conversations.service import Offer

        brief = doors.briefs().brief(brief_id)
        if brief is None or not brief.publication_no:
            return None
        trusted = doors.companies().may_publish(brief.company_id)
        return Offer(
            brief_id=brief_id,
            company_id=brief.company_id,
            publication_no=brief.publication_no,
            live=trusted and is_live(brief),
            trusted=trusted,
            returned=brief.state_on(paris_day(utc_now())) == "returned",
            suspended=doors.companies().is_suspended(brief.company_id),
            code_name=brief.content.code_name or "",
            role=brief.content.role or "",
        )

    def answer_due(self, brief_id: str, now: datetime) -> datetime:
        """By the band that everybody reads: a date counted from the option's own end would tell it."""
        from chalicelib.briefs.calendar import URGENT_WITHIN_DAYS, answer_by, urgency

        brief, today = doors.briefs().brief(brief_id), paris_day(now)
        deadline = brief.content.deadline if brief else None
        urgent = deadline is not None and urgency(deadline, today) == "urgent"
        day = answer_by(now, today + timedelta(days=URGENT_WITHIN_DAYS) if urgent else None)
        return datetime.combine(day, END_OF_WORK, PARIS).astimezone(UTC)

    def reply_by(self, brief_id: str, now: datetime) -> date | None:
        """By what everybody reads on the card."""
        from chalicelib.briefs.calendar import reply_by, urgency

        brief, today = doors.briefs().brief(brief_id), paris_day(now)
        if brief is None or brief.content.deadline is None:
            return None
        window = brief.content.start_window
        return reply_by(window.until if window else None, urgency(brief.content.deadline, today), today, invited=True)

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        return doors.briefs().terms_accepted(brief_id, sub)

    def leaks(self, brief_id: str, text: str) -> list[Passage]:
        from chalicelib.briefs.leak_check import mask
        from chalicelib.conversations.service import Passage

        found = (one for one in doors.briefs().leaks(brief_id, text) if one.severity == "block")
        return [Passage(one.start, one.end, one.reason, one.wording, mask(one.kind)) for one in found]

    def contact_details(self, text: str) -> list[Passage]:
        from chalicelib.briefs.leak_check import contact_details, mask
        from chalicelib.conversations.service import Passage

        found = contact_details(text)
        return [Passage(one.start, one.end, one.reason, one.wording, mask(one.kind)) for one in found]

    def behind(self, brief_id: str) -> Behind | None:
        from chalicelib.conversations.service import Behind

        brief = doors.briefs().brief(brief_id)
        company = doors.companies().identity(brief.company_id) if brief else None
        if brief is None or company is None:
            return None
        return Behind(
            legal_name=company.legal_name,
            siren=company.siren,
            email_domain=company.email_domain,
            addresses=company.addresses,
            people=company.people,
            contacts=company.emails,
            confidential_title=brief.content.confidential_title,
            targeted_broadcaster=brief.content.targeted_broadcaster,
        )


class PeopleForConversations:
    """Freelancers as the producers who are in touch with them read them."""

    def of_account(self, sub: str, role: str) -> Person | None:
        dossier = doors.profiles().dossier_of(sub)
        return _person(dossier, role, with_contact=False) if dossier else None

    def person(self, profile_id: str, role: str, *, with_contact: bool) -> Person | None:
        dossier = doors.profiles().dossier(profile_id)
        return _person(dossier, role, with_contact=with_contact) if dossier else None


class ProposalsForConversations:
    """Who was proposed for what."""

    def proposed_for(self, brief_id: str, profile_id: str) -> bool:
        return brief_id in doors.matching().briefs_proposing(profile_id)

    def kept_out(self, company_id: str, profile_id: str) -> bool:
        return profile_id in kept_out_of(company_id)


def _person(dossier: Dossier, role: str, *, with_contact: bool) -> Person:
    from chalicelib.conversations.service import Person

    profile = dossier.profile
    return Person(
        profile_id=profile.profile_id,
        sub=profile.user_sub,
        verified=is_verified(dossier),
        suspended=profile.suspended,
        display_name=profile.content.display_name,
        level=dossier.levels.get(role, "junior"),
        email=doors.accounts().address(profile.user_sub) if with_contact else None,
        paused=profile.pause is not None,
    )
