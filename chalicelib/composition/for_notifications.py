"""What notifications asks of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chalicelib.composition import doors
from chalicelib.composition.for_conversations import ProjectsForConversations
from chalicelib.composition.for_matching import BriefsForMatching, ProfilesForMatching
from chalicelib.composition.for_verification import SubjectsForVerification
from chalicelib.composition.translations import ViewLogs, is_live, is_proposable, kept_out_of
from chalicelib.platform.errors import NotFound
from chalicelib.vocabulary.clock import paris_day, stamp, utc_now
from chalicelib.vocabulary.text import LANGUAGES

if TYPE_CHECKING:
    from datetime import date

    from chalicelib.conversations.models import Thread
    from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
    from chalicelib.moderation.models import Subject
    from chalicelib.notifications.casework import AlarmFile, CaseFile, CreditFile, Decided, Invitation, Recipient
    from chalicelib.notifications.colleagues import ColleagueInvitation
    from chalicelib.notifications.contacts import Card, Contact, FittingProject, Given, NearDate
    from chalicelib.notifications.departures import IdleAccount
    from chalicelib.notifications.models import Side, Which
    from chalicelib.notifications.rulings import DecisionFile, ReportFile
    from chalicelib.notifications.shortlists import Project, Proposal
    from chalicelib.profiles.service import Dossier
    from chalicelib.verification.alarms import Alarm
    from chalicelib.verification.models import Case, Decision
    from chalicelib.verification.subjects import Claim
    from chalicelib.vocabulary.text import Bilingual, Language


def sources() -> SourcesForNotifications:
    return SourcesForNotifications()


def views() -> ViewLogs:
    return ViewLogs()


class SourcesForNotifications:
    """What an e-mail is written from, read when it is sent."""

    def project(self, brief_id: str) -> Project | None:
        from chalicelib.notifications.shortlists import Project

        brief = doors.briefs().brief(brief_id)
        if brief is None:
            return None
        return Project(
            brief_id=brief_id,
            company_id=brief.company_id,
            member_sub=brief.published_by or brief.created_by,
            publication_no=brief.publication_no,
            live=is_live(brief) and not doors.companies().is_suspended(brief.company_id),
            code_name=brief.content.code_name or "",
            role=brief.content.role or "",
            deadline=brief.content.deadline,
        )

    def recipient(self, project: Project) -> Recipient | None:
        """Whoever published it; once they have left or are suspended, whoever has been in the company longest."""
        from chalicelib.moderation.models import Subject
        from chalicelib.notifications.casework import Recipient

        for member in sorted(
            doors.companies().members(project.company_id),
            key=lambda one: (one.sub != project.member_sub, one.joined_at),
        ):
            if member.email and not doors.moderation().is_suspended(Subject(kind="user", id=member.sub)):
                return Recipient(member.sub, member.email, member.language)
        return None

    def language(self, sub: str) -> Language | None:
        company_id = doors.companies().company_of(sub)
        member = doors.companies().member(company_id, sub) if company_id else None
        return member.language if member else None

    def proposals(self, project: Project) -> list[Proposal]:
        from chalicelib.notifications.shortlists import Proposal

        shortlist, kept_out = doors.matching().shortlist(project.brief_id), kept_out_of(project.company_id)
        found = []
        for match in shortlist.matches if shortlist else ():
            dossier = doors.profiles().dossier(match.profile_id)
            if dossier is None or not is_proposable(dossier) or match.profile_id in kept_out:
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
        shortlist = doors.matching().shortlist(brief_id)
        return (shortlist.version, shortlist.people) if shortlist else (0, ())

    def case(self, case_id: str) -> CaseFile | None:
        from chalicelib.notifications.casework import Asked, CaseFile, Recipient

        case = doors.verification().case(case_id)
        claim = SubjectsForVerification().claim(case.subject) if case else None
        if case is None or claim is None or not case.contact.email:
            return None
        question, appeal = case.questions[-1] if case.questions else None, case.appeal
        return CaseFile(
            case_id=case_id,
            kind=case.kind,
            state=case.state,
            recipient=Recipient(
                case.contact.sub, case.contact.email, case.contact.language, freelancer=case.kind != "company"
            ),
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

        found = doors.verification().alarm(alarm_id)
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

    def report(self, report_id: str) -> ReportFile | None:
        from chalicelib.moderation.grounds import OUTCOMES, REPORT_REASONS
        from chalicelib.notifications.rulings import ReportFile

        report = doors.moderation().report(report_id)
        if report is None:
            return None
        brief = doors.briefs().brief(report.thing.brief_id) if report.thing.brief_id else None
        return ReportFile(
            about=report.thing.about,
            author=_account(report.reporter_sub),
            other=_answering(report.thing.subject),
            code_name=(brief.content.code_name or "") if brief else "",
            reason=REPORT_REASONS[report.reason],
            due_at=report.due_at,
            outcome=OUTCOMES[report.outcome] if report.outcome else None,
            answer=report.ruling,
            reminder=report.reminder,
        )

    def decision(self, measure_id: str) -> DecisionFile | None:
        from chalicelib.moderation.grounds import EFFECTS, GROUNDS, NOT_AUTOMATED, REDRESS
        from chalicelib.notifications.rulings import DecisionFile

        measure = doors.moderation().measure(measure_id)
        if measure is None:
            return None
        rule, brief = GROUNDS[measure.ground], None
        owner = _answering(measure.owner)
        if measure.kind == "brief":
            brief = self.project(measure.subject_id)
            owner = (self.recipient(brief) if brief else None) or owner
        upheld = [ruling.text for ruling in measure.rulings if ruling.act == "uphold"]
        return DecisionFile(
            measure_id=measure_id,
            kind=measure.kind,
            owner=owner,
            code_name=brief.code_name if brief else "",
            in_force=measure.holds(utc_now()),
            effect=EFFECTS[measure.kind],
            facts=measure.facts,
            reported=measure.report_id is not None,
            ground=rule.label,
            rule=rule.rule,
            automated=NOT_AUTOMATED,
            redress=REDRESS,
            until=measure.until,
            reply_until=measure.reply_until,
            appeal_until=measure.appeal_until,
            replied=measure.reply is not None,
            contested=measure.appeal is not None,
            upheld=upheld[-1] if upheld else None,
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

    def colleague(self, company_id: str, invitation_id: str) -> ColleagueInvitation | None:
        from chalicelib.notifications.colleagues import ColleagueInvitation

        found = doors.companies().invited(company_id, invitation_id, utc_now())
        company = doors.companies().company(company_id) if found else None
        inviter = doors.companies().member(company_id, found.invited_by) if found else None
        if found is None or company is None or company.suspended or inviter is None:
            return None
        return ColleagueInvitation(found.email, inviter.email, company.identity.legal_name, stamp(found.until))

    def contact(self, thread_id: str, reader: Side) -> Contact | None:
        from chalicelib.conversations.models import TALKING
        from chalicelib.notifications.contacts import Consent, Contact

        thread = doors.conversations().thread(thread_id)
        project = self.project(thread.brief_id) if thread else None
        dossier = doors.profiles().dossier(thread.profile_id) if thread else None
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
            live=project.live and doors.companies().may_publish(project.company_id),
            talking=thread.state in TALKING,
            state=thread.state,
            person=dossier.profile.content.display_name if is_producer else "",
            level=dossier.levels.get(project.role, "junior") if is_producer else "",
            messages=thread.messages,
            last_message_at=thread.last_message_at,
            last_message_from_me=thread.last_message_from == reader,
            last_file_at=thread.last_file_at if thread.files and thread.last_file_from == theirs else None,
            invited_at=now.invited_at,
            interested_at=now.interested_at,
            declined_at=now.declined_at,
            reveal=Consent(reveal.by(mine), reveal.by(theirs), reveal.since),
            engagement=Consent(engagement.by(mine), engagement.by(theirs), engagement.since),
            broken_at=now.broken_at,
            answer=_given(thread),
            answer_due_at=now.answer_due_at,
            interrupted_at=now.interrupted_at,
            card=_card(thread.brief_id, now.reply_by) if not is_producer and thread.state == "invited" else None,
        )

    def fitting(self, brief_id: str, profile_id: str) -> FittingProject | None:
        """By the card, as it was ranked: nothing else of the project may decide whether somebody hears of it."""
        from chalicelib.briefs.views import card
        from chalicelib.matching.eligibility import obstacle
        from chalicelib.notifications.contacts import FittingProject

        brief, dossier, today = (
            doors.briefs().brief(brief_id),
            doors.profiles().dossier(profile_id),
            paris_day(utc_now()),
        )
        if brief is None or dossier is None:
            return None
        try:
            by_card = BriefsForMatching().card(brief_id)
        except NotFound:
            return None
        person = ProfilesForMatching().snapshot(dossier)
        fits = obstacle(by_card, person, today) is None and is_proposable(dossier)
        is_open = fits and doors.conversations().between(brief_id, profile_id) is None
        shown = card(brief, today)
        return FittingProject(
            brief_id=brief_id,
            recipient=_freelancer(dossier) if is_open else None,
            open_to_them=is_open,
            code_name=shown["code_name"],
            urgent=shown["urgency"] == "urgent",
            reasons=_merits(by_card, person, dossier.profile.version, today) if is_open else (),
            **_in_brief(shown),
        )

    def idle_account(self, sub: str) -> IdleAccount | None:
        from chalicelib.notifications.casework import Recipient
        from chalicelib.notifications.departures import IdleAccount

        idle, address = doors.privacy().idle_since(sub), doors.accounts().address(sub)
        if idle is None or address is None:
            return None
        whom = Recipient(
            sub, address, self.language(sub) or LANGUAGES[0], freelancer=doors.profiles().dossier_of(sub) is not None
        )
        return IdleAccount(whom, *idle)

    def near_date(self, brief_id: str, publication_no: int, which: Which) -> NearDate | None:
        from chalicelib.briefs.wording import TITLES, binds
        from chalicelib.notifications.contacts import NearDate

        brief, project, today = doors.briefs().brief(brief_id), self.project(brief_id), paris_day(utc_now())
        if brief is None or project is None:
            return None
        dates = brief.content.dates
        bound = next((one for one in dates.bounds() if one.which == which), None)
        if bound is None:
            return None
        threads = doors.conversations().of_brief(brief_id)
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


def _merits(card: BriefSnapshot, person: CandidateSnapshot, version: int, today: date) -> tuple[Bilingual, ...]:
    """Why this person, by the card."""
    from chalicelib.matching.merits import merits
    from chalicelib.matching.weights import weights
    from chalicelib.vocabulary.taxonomy import taxonomy

    return merits(card, person, version, weights=weights(), taxonomy=taxonomy(), today=today)


def _card(brief_id: str, reply_by: date | None) -> Card | None:
    """What an invitation, to be answered by that day, says of a live project; None of any other."""
    from chalicelib.briefs.views import card
    from chalicelib.notifications.contacts import Card

    brief = doors.briefs().brief(brief_id)
    if brief is None or not is_live(brief):
        return None
    return Card(**_in_brief(card(brief, paris_day(utc_now())) | {"reply_by": reply_by}))


def _in_brief(card: dict[str, Any]) -> dict[str, Any]:
    window = card["start_window"]
    same = {name: card[name] for name in ("role", "format", "genres", "estimated_days", "reply_by")}
    return {**same, "start_from": window["from_"], "start_until": window["until"]}


def _concerned(alarm: Alarm) -> Recipient | None:
    """Whom to write to about an alarm: the person, or of a company whoever declared it and holds its mandate. Not their
    colleagues: it concerns nobody else before they have answered. Raises Retryable."""
    from chalicelib.notifications.casework import Recipient

    if alarm.kind == "company":
        members = sorted(doors.companies().members(alarm.subject_id), key=lambda member: member.joined_at)
        return Recipient(members[0].sub, members[0].email, members[0].language) if members else None
    dossier = doors.profiles().dossier(alarm.subject_id)
    return _freelancer(dossier) if dossier else None


def _answering(subject: Subject) -> Recipient | None:
    """Whom to write to: the account, or of a company whoever declared it and holds its mandate. Raises Retryable."""
    from chalicelib.notifications.casework import Recipient

    if subject.kind == "user":
        return _account(subject.id)
    members = sorted(doors.companies().members(subject.id), key=lambda member: member.joined_at)
    return Recipient(members[0].sub, members[0].email, members[0].language) if members else None


def _account(sub: str) -> Recipient | None:
    """Where to write to an account: as a member of its company, or as a freelancer. Raises Retryable."""
    from chalicelib.notifications.casework import Recipient

    company_id = doors.companies().company_of(sub)
    member = doors.companies().member(company_id, sub) if company_id else None
    if member is not None and member.email:
        return Recipient(member.sub, member.email, member.language)
    dossier = doors.profiles().dossier_of(sub)
    return _freelancer(dossier) if dossier else None


def _freelancer(dossier: Dossier) -> Recipient | None:
    """Where to write to a freelancer, in the language in which they last asked for a check; None without an address.
    Raises Retryable."""
    from chalicelib.notifications.casework import Recipient
    from chalicelib.vocabulary.text import LANGUAGES

    address = doors.accounts().address(dossier.profile.user_sub)
    if address is None:
        return None
    latest = doors.verification().latest_case(dossier.profile.profile_id)
    language = latest.contact.language if latest else LANGUAGES[0]
    return Recipient(dossier.profile.user_sub, address, language, freelancer=True)


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
    shown = doors.verification().badges(claim.profile_id, digests, utc_now())
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
