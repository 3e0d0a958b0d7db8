"""The only file that knows several contexts: it binds what one asks (a `Protocol` in its service) to what another
answers (its `queries.py`). Contexts are imported when first needed, so that a function loads only what it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound
from chalicelib.vocabulary.clock import PARIS, paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.accounts.queries import AccountQueries
    from chalicelib.briefs.calendar import Outreach
    from chalicelib.briefs.leak_check import Hidden
    from chalicelib.briefs.models import Brief, Content
    from chalicelib.briefs.queries import BriefQueries
    from chalicelib.briefs.service import CardFit, Estimate
    from chalicelib.briefs.views import CompanyIdentity
    from chalicelib.companies.models import Decided as CompanyDecided
    from chalicelib.companies.queries import CompanyQueries
    from chalicelib.conversations.models import Thread
    from chalicelib.conversations.queries import ConversationQueries
    from chalicelib.conversations.service import Behind, Offer, Passage, Person
    from chalicelib.matching.queries import MatchingQueries
    from chalicelib.matching.questions import Mine
    from chalicelib.matching.service import CurrentProfile, LiveBrief, Wanted
    from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
    from chalicelib.notifications.casework import AlarmFile, CaseFile, CreditFile, Decided, Invitation, Recipient
    from chalicelib.notifications.contacts import Contact, FittingProject, Given, NearDate
    from chalicelib.notifications.models import Side, Which
    from chalicelib.notifications.service import Project, Proposal
    from chalicelib.platform.journal import Journal
    from chalicelib.profiles.models import Credit
    from chalicelib.profiles.queries import ProfileQueries
    from chalicelib.profiles.service import CaseResult, Dossier, Engagement
    from chalicelib.rates.queries import RatesQueries
    from chalicelib.rates.service import Engagement as ObservedEngagement
    from chalicelib.verification.alarms import Alarm
    from chalicelib.verification.models import Case, Decision
    from chalicelib.verification.queries import VerificationQueries
    from chalicelib.verification.subjects import (
        Claim,
        CompanyClaim,
        CreditClaim,
        Kind,
        OtherWork,
        ProfileClaim,
        Subject,
    )
    from chalicelib.vocabulary.text import Language


#: What the texts of a person's credits may weigh together in the read model, where an item holds 400 KB: all of two
#: dozen long ones; of more, the beginnings.
CREDIT_TEXTS_BYTES = 200_000

#: When a day by which an answer is owed is over.
END_OF_WORK = time(18)

#: What matching knows of a brief's content beside its dates.
_MATCHED = (
    "role",
    "levels",
    "genres",
    "tones",
    "universes",
    "stakes",
    "format",
    "audiences",
    "development_stage",
    "tasks",
    "source_material",
    "languages",
    "working_mode",
    "region",
    "estimated_days",
    "junior_seats",
    "logline",
    "pitch",
)


def companies_for_briefs() -> CompaniesForBriefs:
    return CompaniesForBriefs()


def freelancers_for_briefs() -> ProfileQueries:
    return _profiles()


def shortlists_for_briefs() -> ShortlistsForBriefs:
    return ShortlistsForBriefs()


def reveals_for_briefs() -> RevealsForBriefs:
    return RevealsForBriefs()


def fits_for_briefs() -> FitsForBriefs:
    return FitsForBriefs()


def proposals_for_profiles() -> ProposalsForProfiles:
    return ProposalsForProfiles()


def briefs_for_matching() -> BriefsForMatching:
    return BriefsForMatching()


def profiles_for_matching() -> ProfilesForMatching:
    return ProfilesForMatching()


def projects_for_conversations() -> ProjectsForConversations:
    return ProjectsForConversations()


def companies_for_conversations() -> CompanyQueries:
    return _companies()


def people_for_conversations() -> PeopleForConversations:
    return PeopleForConversations()


def proposals_for_conversations() -> ProposalsForConversations:
    return ProposalsForConversations()


def contacts_for_briefs() -> ContactsForBriefs:
    return ContactsForBriefs()


def engagements_for_profiles() -> EngagementsForProfiles:
    return EngagementsForProfiles()


def engagements_for_rates() -> EngagementsForRates:
    return EngagementsForRates()


def rates_for_briefs() -> RatesQueries:
    """For the check of a brief while it is written, and nothing else."""
    return _rates()


def sources_for_notifications() -> SourcesForNotifications:
    return SourcesForNotifications()


def subjects_for_verification() -> SubjectsForVerification:
    return SubjectsForVerification()


def cases_for_profiles() -> CasesForProfiles:
    return CasesForProfiles()


def cases_for_companies() -> CasesForCompanies:
    return CasesForCompanies()


def companies_for_attestations() -> CompaniesForAttestations:
    return CompaniesForAttestations()


def people_for_attestations() -> PeopleForAttestations:
    return PeopleForAttestations()


def journals_for_audit() -> list[Journal]:
    """Of every context in which people act."""
    from chalicelib.briefs import wiring as briefs
    from chalicelib.companies import wiring as companies
    from chalicelib.conversations import wiring as conversations
    from chalicelib.profiles import wiring as profiles
    from chalicelib.rates import wiring as rates
    from chalicelib.verification import wiring as verification

    return [
        companies.journal(),
        briefs.journal(),
        profiles.journal(),
        conversations.journal(),
        rates.journal(),
        verification.journal(),
    ]


def administrators_for_verification() -> AdministratorsForVerification:
    return AdministratorsForVerification()


class CompaniesForBriefs:
    """Who publishes, and who they are for whoever may know."""

    def company_of(self, sub: str) -> str | None:
        return _companies().company_of(sub)

    def may_publish(self, company_id: str) -> bool:
        return _companies().may_publish(company_id)

    def identity(self, company_id: str) -> CompanyIdentity | None:
        from chalicelib.briefs.views import CompanyIdentity

        known = _companies().identity(company_id)
        if known is None:
            return None
        return CompanyIdentity(
            legal_name=known.legal_name,
            other_names=known.other_names,
            siren=known.siren,
            domain=known.email_domain,
            website=known.website,
            addresses=known.addresses,
            people=known.people,
            emails=known.emails,
        )

    def verified_addresses(self) -> list[tuple[str, ...]]:
        return _companies().verified_addresses()

    def hidden(self, company_id: str) -> Hidden | None:
        from chalicelib.briefs.leak_check import Hidden

        known = _companies().hidden(company_id)
        if known is None:
            return None
        return Hidden(
            # What an account is called on a social network is one more name for the company.
            names=(*known.names, *known.handles),
            acronyms=known.acronyms,
            siren=known.siren,
            domains=known.domains,
            people=known.people,
            addresses=known.addresses,
        )


class RevealsForBriefs:
    """Whether a company and somebody have told each other who they are, about a project."""

    def revealed_to(self, sub: str, brief_id: str) -> bool:
        dossier = _profiles().dossier_of(sub)
        thread = _conversations().between(brief_id, dossier.profile.profile_id) if dossier else None
        return thread is not None and thread.is_revealed


class ContactsForBriefs:
    """How a company stands with the people of its projects."""

    def overdue(self, company_id: str) -> int:
        return _conversations().overdue(company_id)

    def outreach(self, brief_id: str) -> Outreach:
        from chalicelib.briefs.calendar import Outreach

        shortlist = _matching().shortlist(brief_id)
        brief = _briefs().brief(brief_id)
        number = brief.publication_no if brief else 0
        threads = [one for one in _conversations().of_brief(brief_id) if one.round.publication_no == number]
        invited = [one.round.invited_at for one in threads if one.round.invited_at is not None]
        return Outreach(
            shown=len(set(shortlist.people if shortlist else ()) | {one.profile_id for one in threads}),
            invited=len(invited),
            waiting=sum(one.state == "invited" for one in threads),
            answered=sum(one.state != "invited" for one in threads),
            interested=sum(one.awaits_an_answer and one.round.answer is None for one in threads),
            last_invited_on=paris_day(datetime.fromisoformat(max(invited))) if invited else None,
        )


class FitsForBriefs:
    """How a freelancer's profile suits cards, judged as `GET /projects/{id}/fit` does."""

    def fits(self, actor: Actor, cards: Sequence[Mapping[str, Any]]) -> list[CardFit]:
        from chalicelib.briefs.service import CardFit
        from chalicelib.matching import wiring

        suited = wiring.questions().fits(actor, [_card_snapshot(card) for card in cards])
        return [CardFit(one.proposable, one.score) for one in suited]


class ShortlistsForBriefs:
    """What the published criteria guarantee on every shortlist, and how many people could be on one."""

    def fewest_junior_seats(self) -> int:
        return _matching().fewest_junior_seats()

    def estimate(self, content: Content) -> Estimate:
        from chalicelib.briefs.service import Estimate
        from chalicelib.matching import wiring

        found = wiring.questions().estimate(_snapshot("", 0, content))
        return Estimate(found.eligible, found.levels, found.regions, found.left_out)


class ProposalsForProfiles:
    """Whether a profile was proposed to the actor's company, or is in touch with it."""

    def proposed_to(self, actor: Actor, profile_id: str) -> bool:
        company_id = _companies().company_of(actor.sub)
        if company_id is None:
            return False
        briefs = (_briefs().brief(brief_id) for brief_id in _matching().briefs_proposing(profile_id))
        if any(brief is not None and brief.company_id == company_id for brief in briefs):
            return True
        return _conversations().in_touch(company_id, profile_id)


class BriefsForMatching:
    """Briefs as snapshots: of who is behind them, the company's name and nothing else, where its producer lets past
    work with it count; for the card that freelancers read, not even that."""

    def live_brief(self, brief_id: str) -> LiveBrief | None:
        from chalicelib.matching.service import LiveBrief

        brief = _briefs().brief(brief_id)
        if brief is None or not _is_live(brief):
            return None
        return LiveBrief(_with_company(brief), brief.publication_no)

    def live_briefs(self, role: str) -> Iterator[str]:
        for brief in _briefs().live(role):
            if _is_live(brief):
                yield brief.brief_id

    def wanted(self, actor: Actor, brief_id: str) -> Wanted:
        from chalicelib.matching.service import Wanted

        brief = _briefs().brief(brief_id)
        if brief is None or brief.company_id != _companies().company_of(actor.sub):
            raise NotFound
        return Wanted(brief.content.role or "", brief.version if _is_live(brief) else None)

    def asked(self, actor: Actor, brief_id: str) -> BriefSnapshot:
        brief = _briefs().brief(brief_id)
        if brief is None or brief.company_id != _companies().company_of(actor.sub) or not brief.publication_no:
            raise NotFound
        return _with_company(brief)

    def card(self, project_id: str) -> BriefSnapshot:
        """From what the card shows and nothing else: the only dates are those of the start window, and there is no
        company whose past work with somebody could count."""
        from chalicelib.briefs.views import card

        brief = _briefs().brief(project_id)
        if brief is None or not _is_live(brief) or not _companies().may_publish(brief.company_id):
            raise NotFound
        return _card_snapshot(card(brief, paris_day(utc_now())))


class ProfilesForMatching:
    """Profiles as snapshots that carry no name, and as the summary a producer reads of a proposed person."""

    def current(self, profile_id: str) -> CurrentProfile | None:
        from chalicelib.matching.service import CurrentProfile

        dossier = _profiles().dossier(profile_id)
        if dossier is None:
            return None
        if not _is_proposable(dossier):
            return CurrentProfile(dossier.profile.version, None)
        return CurrentProfile(dossier.profile.version, self.snapshot(dossier))

    def mine(self, actor: Actor) -> Mine:
        from chalicelib.matching.questions import Mine

        dossier = _profiles().dossier_of(actor.sub)
        if dossier is None:
            raise NotFound
        return Mine(dossier.profile.version, self.snapshot(dossier))

    def with_levels(self, candidate: CandidateSnapshot) -> CandidateSnapshot:
        works = [
            _Work(credit.function, credit.year, credit.started_year, credit.verification)
            for credit in candidate.credits
        ]
        levels, years = _profiles().levels(candidate.roles, works)
        return replace(candidate, levels=levels, verified_years=years)

    def snapshot(self, dossier: Dossier) -> CandidateSnapshot:
        from chalicelib.matching.snapshots import CandidateSnapshot

        content = dossier.profile.content
        room = CREDIT_TEXTS_BYTES // (2 * max(len(dossier.credits), 1))
        item = content.model_dump(
            mode="json", include={"roles", "languages", "work_modes", "region", "specialities", "bio"}
        )
        item |= {
            "profile_id": dossier.profile.profile_id,
            "verification": dossier.profile.status,
            "availability": [
                {
                    "from": window.from_.isoformat(),
                    "until": window.until.isoformat() if window.until else None,
                }
                for window in content.availability
            ],
            "levels": dossier.levels,
            "verified_years": dossier.verified_years,
            "credits": [
                {
                    "credit_id": credit.credit_id,
                    "verification": credit.level,
                    **credit.content.model_dump(mode="json", exclude={"isan"}),
                    "synopsis": _cut(credit.content.synopsis, room),
                    "contribution": _cut(credit.content.contribution, room),
                }
                for credit in dossier.credits
            ],
        }
        return CandidateSnapshot.from_item(item)

    def summary(self, profile_id: str, role: str) -> dict[str, Any] | None:
        dossier = _profiles().dossier(profile_id)
        if dossier is None or not _is_proposable(dossier):
            return None
        content = dossier.profile.content
        return {
            "profile_id": profile_id,
            "level": dossier.levels.get(role, "junior"),
            "verified_years": dossier.verified_years.get(role, 0),
            "background": dossier.profile.background.model_dump() if dossier.profile.background else None,
            "credits": [
                {
                    "credit_id": credit.credit_id,
                    "level": credit.level,
                    "facts": credit.shown,
                    **credit.content.model_dump(
                        include={"title", "year", "function", "format", "company", "broadcaster"}
                    ),
                }
                for credit in sorted(dossier.credits, key=lambda credit: -credit.year)
            ],
            **content.model_dump(
                include={
                    "display_name",
                    "roles",
                    "languages",
                    "region",
                    "work_modes",
                    "availability",
                    "day_rate",
                }
            ),
        }


class ProjectsForConversations:
    """Projects as conversations go by them, and what must not be told in one."""

    def offer(self, brief_id: str) -> Offer | None:
        from chalicelib.conversations.service import Offer

        brief = _briefs().brief(brief_id)
        if brief is None or not brief.publication_no:
            return None
        trusted = _companies().may_publish(brief.company_id)
        return Offer(
            brief_id=brief_id,
            company_id=brief.company_id,
            publication_no=brief.publication_no,
            live=trusted and _is_live(brief),
            trusted=trusted,
            code_name=brief.content.code_name or "",
            role=brief.content.role or "",
        )

    def answer_due(self, brief_id: str, now: datetime) -> datetime:
        """By the band that everybody reads: a date counted from the option's own end would tell it."""
        from chalicelib.briefs.calendar import URGENT_WITHIN_DAYS, answer_by, urgency

        brief, today = _briefs().brief(brief_id), paris_day(now)
        deadline = brief.content.deadline if brief else None
        urgent = deadline is not None and urgency(deadline, today) == "urgent"
        day = answer_by(now, today + timedelta(days=URGENT_WITHIN_DAYS) if urgent else None)
        return datetime.combine(day, END_OF_WORK, PARIS).astimezone(UTC)

    def terms_accepted(self, brief_id: str, sub: str) -> bool:
        return _briefs().terms_accepted(brief_id, sub)

    def leaks(self, brief_id: str, text: str) -> list[Passage]:
        from chalicelib.briefs.leak_check import mask
        from chalicelib.conversations.service import Passage

        found = (one for one in _briefs().leaks(brief_id, text) if one.severity == "block")
        return [Passage(one.start, one.end, one.reason, one.wording, mask(one.kind)) for one in found]

    def contact_details(self, text: str) -> list[Passage]:
        from chalicelib.briefs.leak_check import contact_details, mask
        from chalicelib.conversations.service import Passage

        found = contact_details(text)
        return [Passage(one.start, one.end, one.reason, one.wording, mask(one.kind)) for one in found]

    def behind(self, brief_id: str) -> Behind | None:
        from chalicelib.conversations.service import Behind

        brief = _briefs().brief(brief_id)
        company = _companies().identity(brief.company_id) if brief else None
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
        dossier = _profiles().dossier_of(sub)
        return _person(dossier, role, with_contact=False) if dossier else None

    def person(self, profile_id: str, role: str, *, with_contact: bool) -> Person | None:
        dossier = _profiles().dossier(profile_id)
        return _person(dossier, role, with_contact=with_contact) if dossier else None


class ProposalsForConversations:
    """Who was proposed for what."""

    def proposed_for(self, brief_id: str, profile_id: str) -> bool:
        return brief_id in _matching().briefs_proposing(profile_id)


class EngagementsForProfiles:
    """What two sides confirmed, as a credit that its owner may call theirs: the code name stands for the title as long
    as the project is under wraps."""

    def confirmed(self, thread_id: str) -> Engagement | None:
        from chalicelib.profiles.models import CreditContent
        from chalicelib.profiles.service import Engagement

        thread = _conversations().thread(thread_id)
        brief = _briefs().brief(thread.brief_id) if thread else None
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
                company=_companies().name(brief.company_id) or "",
                synopsis=(content.logline.fr if content.logline else None) or "",
                contribution="",
            ),
        )


class EngagementsForRates:
    """What two sides confirmed, as far as it tells what work in this role is budgeted at."""

    def standing(self, thread_id: str) -> ObservedEngagement | None:
        from chalicelib.rates.service import Engagement

        thread = _conversations().thread(thread_id)
        since = thread.round.engagement.since if thread is not None and thread.state == "engaged" else None
        brief = _briefs().brief(thread.brief_id) if thread is not None and since is not None else None
        dossier = _profiles().dossier(thread.profile_id) if thread is not None and brief is not None else None
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


class SourcesForNotifications:
    """What an e-mail is written from, read when it is sent."""

    def project(self, brief_id: str) -> Project | None:
        from chalicelib.notifications.service import Project

        brief = _briefs().brief(brief_id)
        if brief is None:
            return None
        return Project(
            brief_id=brief_id,
            company_id=brief.company_id,
            member_sub=brief.published_by or brief.created_by,
            publication_no=brief.publication_no,
            live=_is_live(brief),
            code_name=brief.content.code_name or "",
            role=brief.content.role or "",
            deadline=brief.content.deadline,
        )

    def recipient(self, project: Project) -> Recipient | None:
        from chalicelib.notifications.casework import Recipient

        member = _companies().member(project.company_id, project.member_sub)
        return Recipient(member.sub, member.email, member.language) if member and member.email else None

    def language(self, sub: str) -> Language | None:
        company_id = _companies().company_of(sub)
        member = _companies().member(company_id, sub) if company_id else None
        return member.language if member else None

    def proposals(self, project: Project) -> list[Proposal]:
        from chalicelib.notifications.service import Proposal

        shortlist = _matching().shortlist(project.brief_id)
        found = []
        for match in shortlist.matches if shortlist else ():
            dossier = _profiles().dossier(match.profile_id)
            if dossier is None or not _is_proposable(dossier):
                continue
            found.append(
                Proposal(
                    profile_id=match.profile_id,
                    display_name=dossier.profile.content.display_name,
                    level=dossier.levels.get(project.role, "junior"),
                    region=dossier.profile.content.region,
                    verified_credits=sum(credit.level > 0 for credit in dossier.credits),
                    reasons=[reason["text"] for reason in match.reasons],
                )
            )
        return found

    def seated(self, brief_id: str) -> tuple[int, tuple[str, ...]]:
        """The shortlist's version and the profile ids on it; version 0 and nobody while there is none."""
        shortlist = _matching().shortlist(brief_id)
        return (shortlist.version, shortlist.people) if shortlist else (0, ())

    def case(self, case_id: str) -> CaseFile | None:
        from chalicelib.notifications.casework import Asked, CaseFile, Recipient

        case = _verification().case(case_id)
        claim = SubjectsForVerification().claim(case.subject) if case else None
        if case is None or claim is None or not case.contact.email:
            return None
        question, appeal = case.questions[-1] if case.questions else None, case.appeal
        return CaseFile(
            case_id=case_id,
            kind=case.kind,
            state=case.state,
            recipient=Recipient(case.contact.sub, case.contact.email, case.contact.language),
            credits=_told_credits(case, claim),
            submitted_at=case.submitted_at,
            due_at=case.due_at,
            question=Asked(question.text, question.asked_at, question.until) if question else None,
            decision=_told_decision(case.decision, case.decided_at),
            appeal_until=case.owed_at if case.state in ("verified", "partly_verified", "refused") else None,
            appealed_at=appeal.appealed_at if appeal else None,
            appeal_decision=_told_decision(appeal.decision if appeal else None),
            appeal_changed=appeal.changed if appeal else False,
            reopened=bool(case.earlier_decisions),
        )

    def alarm(self, alarm_id: str) -> AlarmFile | None:
        from chalicelib.notifications.casework import AlarmFile, Paper
        from chalicelib.verification.alarms import BASES, LABELS
        from chalicelib.verification.wording import DOCUMENTS, what_follows

        found = _verification().alarm(alarm_id)
        if found is None:
            return None
        alarm, files = found
        ruling = alarm.rulings[-1] if alarm.rulings else None
        return AlarmFile(
            alarm_id=alarm_id,
            kind=alarm.kind,
            version=alarm.version,
            recipient=_concerned(alarm),
            reason=LABELS[alarm.reason],
            basis=BASES[alarm.origin],
            what_follows=what_follows(alarm.kind, alarm.state),
            text=alarm.text,
            papers=tuple(Paper(DOCUMENTS[one.kind], one.offered_at) for one in files),
            reply_until=alarm.reply_until,
            replied=alarm.reply is not None,
            decide_until=alarm.owed_at,
            lapsed=alarm.state == "withdrawn" and ruling is None,
            ruling=ruling.text if ruling else None,
            in_force_from=alarm.in_force_from,
            until=alarm.until,
            appeal_until=alarm.appeal_until,
        )

    def invitation(self, case_id: str, attestation_id: str) -> Invitation | None:
        from chalicelib.notifications.casework import Invitation
        from chalicelib.verification import wiring

        found = wiring.attestation_invitations().invitation(case_id, attestation_id)
        if found is None:
            return None
        claim = found.claim
        return Invitation(
            address=found.address,
            link=found.link,
            person=claim.person,
            work=claim.work,
            function=claim.function,
            company=claim.company,
            year=claim.year,
            started_year=claim.started_year,
            expires_at=found.expires_at,
        )

    def contact(self, thread_id: str, reader: Side) -> Contact | None:
        from chalicelib.conversations.models import TALKING
        from chalicelib.notifications.contacts import Consent, Contact

        thread = _conversations().thread(thread_id)
        project = self.project(thread.brief_id) if thread else None
        dossier = _profiles().dossier(thread.profile_id) if thread else None
        if thread is None or project is None or dossier is None:
            return None
        mine: Side = reader
        theirs: Side = "producer" if reader == "freelancer" else "freelancer"
        reveal, engagement, now = thread.reveal, thread.round.engagement, thread.round
        is_producer = reader == "producer"
        return Contact(
            thread_id=thread_id,
            reader=reader,
            recipient=self.recipient(project) if is_producer else _freelancer(dossier),
            brief_id=thread.brief_id,
            code_name=project.code_name,
            role=project.role,
            live=project.live and _companies().may_publish(project.company_id),
            talking=thread.state in TALKING,
            state=thread.state,
            person=dossier.profile.content.display_name if is_producer else "",
            level=dossier.levels.get(project.role, "junior") if is_producer else "",
            messages=thread.messages,
            last_message_at=thread.last_message_at,
            last_message_from_me=thread.last_message_from == reader,
            invited_at=now.invited_at,
            interested_at=now.interested_at,
            declined_at=now.declined_at,
            reveal=Consent(reveal.by(mine), reveal.by(theirs), reveal.since),
            engagement=Consent(engagement.by(mine), engagement.by(theirs), engagement.since),
            broken_at=now.broken_at,
            answer=_given(thread),
            answer_due_at=now.answer_due_at,
        )

    def fitting(self, brief_id: str, profile_id: str) -> FittingProject | None:
        """By the card, as it was ranked: nothing else of the project may decide whether somebody hears of it."""
        from chalicelib.briefs.views import card
        from chalicelib.matching.eligibility import obstacle
        from chalicelib.notifications.contacts import FittingProject

        brief, dossier, today = _briefs().brief(brief_id), _profiles().dossier(profile_id), paris_day(utc_now())
        if brief is None or dossier is None:
            return None
        try:
            by_card = BriefsForMatching().card(brief_id)
        except NotFound:
            return None
        fits = obstacle(by_card, ProfilesForMatching().snapshot(dossier), today) is None
        is_open = fits and _conversations().between(brief_id, profile_id) is None
        shown = card(brief, today)
        window = shown["start_window"]
        return FittingProject(
            brief_id=brief_id,
            recipient=_freelancer(dossier) if is_open else None,
            open_to_them=is_open,
            code_name=shown["code_name"],
            role=shown["role"],
            urgent=shown["urgency"] == "urgent",
            format=shown["format"],
            genres=shown["genres"],
            start_from=window["from_"],
            start_until=window["until"],
            estimated_days=shown["estimated_days"],
        )

    def near_date(self, brief_id: str, publication_no: int, which: Which) -> NearDate | None:
        from chalicelib.briefs.wording import TITLES, binds
        from chalicelib.notifications.contacts import NearDate

        brief, project, today = _briefs().brief(brief_id), self.project(brief_id), paris_day(utc_now())
        if brief is None or project is None:
            return None
        dates = brief.content.dates
        bound = next((one for one in dates.bounds() if one.which == which), None)
        if bound is None:
            return None
        threads = _conversations().of_brief(brief_id)
        return NearDate(
            brief_id=brief_id,
            recipient=self.recipient(project),
            binds=project.live
            and project.publication_no == publication_no
            and dates.binding(today) == bound
            and bound.day >= today,
            code_name=project.code_name,
            role=project.role,
            which=which,
            title=TITLES[which],
            why=binds(bound, dates),
            day=bound.day,
            waiting=sum(thread.awaits_an_answer for thread in threads),
            invited=sum(thread.state == "invited" for thread in threads),
        )


class SubjectsForVerification:
    """Profiles, credits and companies as what is claimed there, and whose they are."""

    def claim(self, subject: Subject) -> Claim | None:
        if subject.kind == "company":
            return self.company(subject.owner_id)
        dossier = _profiles().dossier(subject.owner_id)
        if dossier is None:
            return None
        claim = _claimed(dossier)
        return claim if subject.credit_id is None or claim.credit(subject.credit_id) else None

    def owned_by(self, sub: str, kind: Kind) -> str | None:
        if kind == "company":
            return _companies().company_of(sub)
        dossier = _profiles().dossier_of(sub)
        return dossier.profile.profile_id if dossier else None

    def parties(self, subject: Subject) -> frozenset[str]:
        if subject.kind == "company":
            return self._colleagues(subject.owner_id)
        dossier = _profiles().dossier(subject.owner_id)
        if dossier is None:
            return frozenset()
        company_id = _companies().company_of(dossier.profile.user_sub)
        colleagues = self._colleagues(company_id) if company_id else frozenset()
        return colleagues | {dossier.profile.user_sub}

    def pressing(self, subject: Subject) -> bool:
        from chalicelib.matching.eligibility import obstacle
        from chalicelib.verification.due import PRESSING_DAYS

        dossier = _profiles().dossier(subject.owner_id) if subject.kind != "company" else None
        if dossier is None:
            return False
        # As if they were verified already: whether that is worth hurrying for is the question.
        person = replace(ProfilesForMatching().snapshot(dossier), verification="verified")
        today = paris_day(utc_now())
        last = today + timedelta(days=PRESSING_DAYS)
        for role in person.roles:
            for brief in _briefs().live(role):
                if (brief.content.deadline or date.max) > last:
                    break  # they come in the order of their deadlines
                option_ends = brief.content.option_end_date is not None and _is_live(brief)
                snapshot = _snapshot(brief.brief_id, brief.version, brief.content)
                if option_ends and obstacle(snapshot, person, today) is None:
                    return True
        return False

    def company(self, company_id: str) -> CompanyClaim | None:
        from chalicelib.verification.subjects import CompanyClaim

        company = _companies().company(company_id)
        if company is None:
            return None
        identity = company.identity
        return CompanyClaim(
            company_id=company_id,
            legal_name=identity.legal_name,
            siren=identity.siren,
            email_domain=identity.email_domain,
            mandate=identity.mandate,
            member_subs=tuple(sorted(self._colleagues(company_id))),
        )

    def _colleagues(self, company_id: str) -> frozenset[str]:
        return frozenset(member.sub for member in _companies().members(company_id))


class AdministratorsForVerification:
    """Who may review."""

    def active(self) -> int:
        return _accounts().active_administrators()


class CasesForProfiles:
    """What verification says of a profile and its credits, as they are claimed now."""

    def profile_of(self, case_id: str) -> str | None:
        case = _verification().case(case_id)
        return case.subject.owner_id if case is not None and case.kind != "company" else None

    def result(self, case_id: str) -> CaseResult | None:
        from chalicelib.profiles.models import Background, CheckedFact, Decided, Standing
        from chalicelib.profiles.service import CaseResult
        from chalicelib.verification.subjects import Subject

        case = _verification().case(case_id)
        dossier = _profiles().dossier(case.subject.owner_id) if case is not None and case.kind != "company" else None
        if case is None or dossier is None:
            return None
        profile_id, claims = case.subject.owner_id, {one.credit_id: one.digest for one in _claimed(dossier).credits}
        facts = {
            credit_id: tuple(
                CheckedFact(fact=name, source=fact.source, checked_at=fact.checked_at, expires_at=fact.expires_at)
                for name, fact in held.items()
            )
            for credit_id, held in _verification().facts(profile_id, claims, utc_now()).items()
        }
        path = _verification().junior_path(profile_id, utc_now())
        background = None
        # What was confirmed was of the person whom the profile named then.
        if path is not None and _verification().checked_digest(path.case_id, "identity") == _claimed(dossier).digest:
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
                still_claimed=_verification().checked_digest(case_id, "identity") == _claimed(dossier).digest,
            )
        under_way = _verification().is_under_way(Subject("profile", profile_id))
        return CaseResult(Standing(decided, under_way), facts, background)


class CasesForCompanies:
    """What verification says of a company."""

    def company_of(self, case_id: str) -> str | None:
        case = _verification().case(case_id)
        return case.subject.owner_id if case is not None and case.kind == "company" else None

    def decided(self, case_id: str) -> CompanyDecided | None:
        from chalicelib.companies.models import Decided

        case = _verification().case(case_id)
        claim = SubjectsForVerification().company(case.subject.owner_id) if case is not None else None
        decision = case.standing if case is not None else None
        if decision is None or claim is None:
            return None
        return Decided(
            "verified" if decision.verdict.outcome == "verified" else "unverified",
            decision.verdict.text,
            decision.seconded_by or decision.decided_by,
            decision.seconded_at or decision.decided_at,
            still_claimed=_verification().checked_digest(case_id, "company_registry") == claim.digest,
        )


class CompaniesForAttestations:
    """Which domains are a company's own."""

    def domains(self, company: str) -> frozenset[str]:
        return _companies().proved_domains(company)


class PeopleForAttestations:
    """The addresses behind profiles, and the profiles behind addresses."""

    def addresses(self, profile_id: str) -> frozenset[str]:
        dossier = _profiles().dossier(profile_id)
        address = _accounts().address(dossier.profile.user_sub) if dossier else None
        return frozenset({address} if address else ())

    def profile_at(self, address: str) -> str | None:
        sub = _accounts().account_at(address)
        dossier = _profiles().dossier_of(sub) if sub else None
        return dossier.profile.profile_id if dossier else None


@dataclass(frozen=True, slots=True)
class _Work:
    """A credit as levels are computed from."""

    function: str
    year: int
    started_year: int | None
    level: int


def _with_company(brief: Brief) -> BriefSnapshot:
    snapshot = _snapshot(brief.brief_id, brief.version, brief.content)
    name = _companies().name(brief.company_id) if brief.content.company_affinity is not False else None
    return snapshot if name is None else replace(snapshot, companies=(name,))


def _snapshot(brief_id: str, version: int, content: Content) -> BriefSnapshot:
    """A brief as it is matched. Without any date, as a draft may be, whoever is free on some day from today on is free
    in time."""
    from chalicelib.matching.snapshots import BriefSnapshot

    window, deadline = content.start_window, content.deadline or date.max
    return BriefSnapshot.from_item(
        {
            **content.model_dump(mode="json", include=set(_MATCHED)),
            "brief_id": brief_id,
            "version": version,
            "deadline": deadline.isoformat(),
            "start_from": window.from_.isoformat() if window else None,
            "start_until": window.until.isoformat() if window else None,
        }
    )


def _card_snapshot(card: Mapping[str, Any]) -> BriefSnapshot:
    """A live project as matching knows it from its card alone."""
    from chalicelib.matching.snapshots import BriefSnapshot

    begins, ends = (card["start_window"][edge].isoformat() for edge in ("from_", "until"))
    item = {name: card[name] for name in _MATCHED if name in card}
    item |= {"brief_id": card["project_id"], "version": 0}
    item |= {"deadline": ends, "start_from": begins, "start_until": ends}
    return BriefSnapshot.from_item(item)


def _claimed(dossier: Dossier) -> ProfileClaim:
    from chalicelib.verification.subjects import OtherWork, ProfileClaim

    profile, works = dossier.profile, [(one.credit_id, one.content.title, one.year) for one in dossier.credits]
    external_ids = profile.content.external_ids.given
    return ProfileClaim(
        profile_id=profile.profile_id,
        owner_sub=profile.user_sub,
        person_name=profile.content.display_name,
        roles=profile.content.roles,
        credits=tuple(
            _claimed_credit(
                profile.profile_id,
                profile.content.display_name,
                external_ids,
                credit,
                tuple(OtherWork(title, year) for credit_id, title, year in works if credit_id != credit.credit_id),
            )
            for credit in dossier.credits
        ),
        external_ids=external_ids,
        complete=not profile.content.missing(),
    )


def _claimed_credit(
    profile_id: str,
    person_name: str,
    external_ids: Mapping[str, str],
    credit: Credit,
    other_works: tuple[OtherWork, ...],
) -> CreditClaim:
    from chalicelib.verification.subjects import CreditClaim

    content = credit.content
    return CreditClaim(
        profile_id=profile_id,
        credit_id=credit.credit_id,
        person_name=person_name,
        title=content.title,
        year=content.year,
        started_year=content.started_year,
        function=content.function,
        format=content.format,
        company=content.company,
        broadcaster=content.broadcaster,
        isan=content.isan,
        external_ids=external_ids,
        other_works=other_works,
    )


def _concerned(alarm: Alarm) -> Recipient | None:
    """Whom to write to about an alarm: the person, or of a company whoever declared it and holds its mandate. Not their
    colleagues: it concerns nobody else before they have answered. Raises Retryable."""
    from chalicelib.notifications.casework import Recipient

    if alarm.kind == "company":
        members = sorted(_companies().members(alarm.subject_id), key=lambda member: member.joined_at)
        return Recipient(members[0].sub, members[0].email, members[0].language) if members else None
    dossier = _profiles().dossier(alarm.subject_id)
    return _freelancer(dossier) if dossier else None


def _freelancer(dossier: Dossier) -> Recipient | None:
    """Where to write to a freelancer, in the language in which they last asked for a check; None without an address.
    Raises Retryable."""
    from chalicelib.notifications.casework import Recipient
    from chalicelib.vocabulary.text import LANGUAGES

    address = _accounts().address(dossier.profile.user_sub)
    if address is None:
        return None
    latest = _verification().latest_case(dossier.profile.profile_id)
    return Recipient(dossier.profile.user_sub, address, latest.contact.language if latest else LANGUAGES[0])


def _given(thread: Thread) -> Given | None:
    """The producer's answer as an e-mail may bring it: what they wrote before the reveal without what would tell who
    they are, what they wrote after it not at all, for they may sign it."""
    from chalicelib.conversations.service import masked
    from chalicelib.conversations.wording import MESSAGES, REASONS
    from chalicelib.notifications.contacts import Given
    from chalicelib.vocabulary.text import Bilingual

    answer = thread.round.answer
    if answer is None:
        return None
    words: Bilingual | None = MESSAGES[answer.reason]
    if answer.text is not None and thread.is_revealed:
        words = None
    elif answer.text is not None:
        said = masked(answer.text, ProjectsForConversations().leaks(thread.brief_id, answer.text))
        words = Bilingual(said, said)
    return Given(answer.decision, REASONS[answer.reason], words, answer.answered_at)


def _told_credits(case: Case, claim: Claim) -> tuple[CreditFile, ...]:
    """The credits that a case looks at, as they are claimed now, the latest first, with what holds of each."""
    from chalicelib.notifications.casework import CreditFile, ShownFact
    from chalicelib.verification.planner import credits_to_check
    from chalicelib.verification.subjects import ProfileClaim

    if not isinstance(claim, ProfileClaim):
        return ()
    looked_at = credits_to_check(case, claim)
    digests = {one.credit_id: one.digest for one in looked_at}
    shown = _verification().badges(claim.profile_id, digests, utc_now())
    return tuple(
        CreditFile(
            title=one.title,
            year=one.year,
            function=one.function,
            facts=tuple(
                ShownFact(fact["fact"], fact["source"], fact["checked_at"]) for fact in shown.get(one.credit_id, ())
            ),
        )
        for one in sorted(looked_at, key=lambda one: -one.year)
    )


def _told_decision(decision: Decision | None, counts_since: str | None = None) -> Decided | None:
    """`counts_since`: when it became one, where a second administrator had to confirm it first."""
    from chalicelib.notifications.casework import Decided
    from chalicelib.verification.grounds import LABELS

    if decision is None:
        return None
    verdict = decision.verdict
    return Decided(
        outcome=verdict.outcome,
        ground=LABELS[verdict.ground],
        text=verdict.text,
        decided_at=counts_since or decision.decided_at,
        junior_path=verdict.junior_path,
        completable=verdict.outcome != "refused" or verdict.ground in ("documents_missing", "mandate_not_shown"),
    )


def _person(dossier: Dossier, role: str, *, with_contact: bool) -> Person:
    from chalicelib.conversations.service import Person

    profile = dossier.profile
    return Person(
        profile_id=profile.profile_id,
        sub=profile.user_sub,
        verified=_is_proposable(dossier),
        display_name=profile.content.display_name,
        level=dossier.levels.get(role, "junior"),
        email=_accounts().address(profile.user_sub) if with_contact else None,
    )


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _is_live(brief: Brief) -> bool:
    return brief.state_on(paris_day(utc_now())) == "live"


def _is_proposable(dossier: Dossier) -> bool:
    from chalicelib.profiles.models import VERIFIED

    return dossier.profile.status in VERIFIED


def _accounts() -> AccountQueries:
    from chalicelib.accounts import wiring

    return wiring.queries()


def _companies() -> CompanyQueries:
    from chalicelib.companies import wiring

    return wiring.queries()


def _briefs() -> BriefQueries:
    from chalicelib.briefs import wiring

    return wiring.queries()


def _conversations() -> ConversationQueries:
    from chalicelib.conversations import wiring

    return wiring.queries()


def _profiles() -> ProfileQueries:
    from chalicelib.profiles import wiring

    return wiring.queries()


def _verification() -> VerificationQueries:
    from chalicelib.verification import wiring

    return wiring.queries()


def _rates() -> RatesQueries:
    from chalicelib.rates import wiring

    return wiring.queries()


def _matching() -> MatchingQueries:
    from chalicelib.matching import wiring

    return wiring.queries()
