"""Stores in memory that keep the promises of the real ones: the contract suites run on both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from chalicelib.briefs.calendar import Reminder, next_reminder
from chalicelib.briefs.models import Acceptance, Brief
from chalicelib.briefs.repository import MATCHING_PATIENCE, RESUMPTION_EVERY, reminder_owed
from chalicelib.companies.errors import AlreadyMember
from chalicelib.companies.events import MemberInvited
from chalicelib.companies.models import Awaited, Company, Invited, Member
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Item
from chalicelib.profiles.models import Credit, Profile
from chalicelib.vocabulary.clock import PARIS, stamp
from chalicelib.vocabulary.facts import Fact


class FakeBriefStore:
    def __init__(self) -> None:
        self.facts: list[tuple[Fact, int]] = []
        self._briefs: dict[str, Brief] = {}
        self._owed: dict[tuple[str, str], tuple[int, str]] = {}
        self._reminded: set[tuple[str, int, str, int]] = set()
        self._followed = 1
        self._following: dict[str, int] = {}
        self._accepted: dict[tuple[str, str], Acceptance] = {}

    def get(self, brief_id: str) -> Brief | None:
        return self._briefs.get(brief_id)

    def create(self, brief: Brief, fact: Fact, now: datetime) -> None:
        if brief.brief_id in self._briefs:
            raise Conflict
        self._keep(brief, fact)

    def save(self, brief: Brief, fact: Fact, now: datetime) -> None:
        standing = self._briefs.get(brief.brief_id)
        if standing is None or standing.version != brief.version - 1:
            raise Conflict
        self._keep(brief, fact)
        if brief.state == "draft":
            return
        if brief.state == "live" and brief.content.deadline is not None:
            day_after = datetime.combine(brief.content.deadline + timedelta(days=1), time(), PARIS)
            self._owe(brief, "matching", now + MATCHING_PATIENCE)
            self._owe(brief, "expiry", day_after.astimezone(UTC))
            _, owed_before = self._owed.get((brief.brief_id, "reminder"), (0, None))
            self._owe_reminder(brief, reminder_owed(brief, now, owed_before))
        else:
            for what in ("matching", "expiry", "reminder"):
                self._owed.pop((brief.brief_id, what), None)
        if brief.state != "returned":
            self._owed.pop((brief.brief_id, "resumption"), None)
        if brief.state == "returned" and brief.content.deadline is not None:
            day_after = datetime.combine(brief.content.deadline + timedelta(days=1), time(), PARIS)
            self._owe(brief, "expiry", day_after.astimezone(UTC))

    def of_company(self, company_id: str, limit: int, position: Item | None) -> tuple[list[Brief], Item | None]:
        own = [brief for brief in self._briefs.values() if brief.company_id == company_id]
        return _page(sorted(own, key=lambda brief: brief.updated_at, reverse=True), limit, position)

    def live(self, role: str, limit: int, after: str | None) -> tuple[list[Brief], str | None]:
        wanted = [brief for brief in self._briefs.values() if brief.state == "live" and brief.content.role == role]
        ordered = sorted(wanted, key=lambda brief: (str(brief.content.deadline), brief.brief_id))
        ids = [brief.brief_id for brief in ordered]
        start = ids.index(after) + 1 if after in ids else 0
        page = ordered[start : start + limit]
        return page, page[-1].brief_id if len(page) == limit else None

    def due(self, now: datetime) -> Iterator[tuple[str, str]]:
        for (brief_id, what), (_, due_at) in list(self._owed.items()):
            if due_at <= stamp(now):
                yield brief_id, what

    def matched(self, brief_id: str, version: int) -> None:
        owed = self._owed.get((brief_id, "matching"))
        if owed and owed[0] <= version:
            self._owed.pop((brief_id, "matching"))

    def forgive(self, brief_id: str, what: str, now: datetime) -> None:
        owed = self._owed.get((brief_id, what))
        if owed and owed[1] <= stamp(now):
            self._owed.pop((brief_id, what))

    def remind(self, brief: Brief, reminder: Reminder | None, now: datetime) -> None:
        version, due_at = self._owed.get((brief.brief_id, "reminder"), (0, ""))
        if version != brief.version or due_at > stamp(now):
            return
        following = next_reminder(brief.content.dates, now)
        self._owe_reminder(brief, following.at if following else None)
        if reminder is None:
            return
        sent = (brief.brief_id, brief.publication_no, reminder.bound.which, reminder.days_left)
        if sent not in self._reminded:
            self._reminded.add(sent)
            self.facts.append((brief.remind(reminder), brief.version))

    def ask_for_matching_again(self, brief: Brief, fact: Fact, now: datetime) -> None:
        self.facts.append((fact, brief.version))
        self._owe(brief, "matching", now + MATCHING_PATIENCE)

    def owe_resumption(self, brief: Brief, now: datetime) -> None:
        if self._briefs[brief.brief_id].version != brief.version:
            raise Conflict
        self._owe(brief, "resumption", now + RESUMPTION_EVERY)

    def owes_resumption(self, brief_id: str) -> bool:
        return (brief_id, "resumption") in self._owed

    def vocabulary_followed(self) -> int:
        return self._followed

    def vocabulary_is_followed(self, number: int) -> None:
        self._followed = max(self._followed, number)

    def following(self, brief_ids: Sequence[str], number: int) -> set[str]:
        return {brief_id for brief_id in brief_ids if self._following.get(brief_id, 1) >= number}

    def follow_vocabulary(self, brief: Brief, number: int, fact: Fact, now: datetime) -> None:
        if self._following.get(brief.brief_id, 1) < number:
            self._following[brief.brief_id] = number
            self.facts.append((fact, brief.version))
            self._owe(brief, "matching", now + MATCHING_PATIENCE)

    def acceptance(self, brief_id: str, sub: str) -> Acceptance | None:
        return self._accepted.get((brief_id, sub))

    def accept(self, brief: Brief, sub: str, acceptance: Acceptance, fact: Fact, now: datetime) -> None:
        before = self._accepted.get((brief.brief_id, sub))
        if before is not None and before.terms_version == acceptance.terms_version:
            raise Conflict
        self._accepted[brief.brief_id, sub] = acceptance
        self.facts.append((fact, brief.version))

    def _keep(self, brief: Brief, fact: Fact) -> None:
        self._briefs[brief.brief_id] = brief
        self.facts.append((fact, brief.version))

    def _owe_reminder(self, brief: Brief, due_at: datetime | None) -> None:
        self._owed.pop((brief.brief_id, "reminder"), None)
        if due_at is not None:
            self._owe(brief, "reminder", due_at)

    def _owe(self, brief: Brief, what: str, due_at: datetime) -> None:
        self._owed[brief.brief_id, what] = (brief.version, stamp(due_at))


class FakeCompanyStore:
    def __init__(self) -> None:
        self.facts: list[tuple[Fact, int]] = []
        self._companies: dict[str, Company] = {}
        self._members: dict[str, tuple[str, Member]] = {}
        self._invitations: dict[str, tuple[str, str, Invited]] = {}

    def get(self, company_id: str) -> Company | None:
        return self._companies.get(company_id)

    def membership(self, sub: str) -> str | None:
        return self._members[sub][0] if sub in self._members else None

    def members(self, company_id: str) -> list[Member]:
        found = [member for company, member in self._members.values() if company == company_id]
        return sorted(found, key=lambda member: member.sub)

    def member(self, company_id: str, sub: str) -> Member | None:
        company, member = self._members.get(sub, (None, None))
        return member if company == company_id else None

    def save_member(self, company_id: str, member: Member) -> None:
        self._members[member.sub] = (company_id, member)

    def create(self, company: Company, member: Member, fact: Fact, now: datetime) -> None:
        if member.sub in self._members or company.company_id in self._companies:
            raise AlreadyMember
        self._companies[company.company_id] = company
        self._members[member.sub] = (company.company_id, member)
        self.facts.append((fact, company.version))

    def save(self, company: Company, fact: Fact, now: datetime) -> None:
        standing = self._companies.get(company.company_id)
        if standing is None or standing.version != company.version - 1:
            raise Conflict
        self._companies[company.company_id] = company
        self.facts.append((fact, company.version))

    def unverified(self) -> list[Company]:
        waiting = [company for company in self._companies.values() if company.status == "unverified"]
        return sorted(waiting, key=lambda company: company.created_at)

    def invite(self, company: Company, invited: Invited, fact: MemberInvited, now: datetime) -> None:
        self._invitations[invited.email] = (company.company_id, fact.invitation_id, invited)
        self.facts.append((fact, company.version))

    def invitation(self, email: str, now: datetime) -> str | None:
        company_id, _, invited = self._invitations.get(email, (None, None, None))
        return company_id if invited is not None and invited.until > now else None

    def awaited(self, company_id: str, now: datetime) -> list[Awaited]:
        found = [
            Awaited(company_id, invitation_id, invited.email, invited.until)
            for of, invitation_id, invited in self._invitations.values()
            if of == company_id and invited.until > now
        ]
        return sorted(found, key=lambda one: one.invitation_id, reverse=True)

    def invited(self, company_id: str, invitation_id: str, now: datetime) -> Invited | None:
        found = [one for *key, one in self._invitations.values() if key == [company_id, invitation_id]]
        return found[0] if found and found[0].until > now else None

    def join(self, company: Company, member: Member, fact: Fact, now: datetime) -> None:
        if member.sub in self._members:
            raise AlreadyMember
        self._members[member.sub] = (company.company_id, member)
        self._invitations.pop(member.email.lower(), None)
        self.facts.append((fact, company.version))


class FakeProfileStore:
    def __init__(self) -> None:
        self.facts: list[tuple[Fact, int]] = []
        self._profiles: dict[str, Profile] = {}
        self._credits: dict[str, dict[str, Credit]] = {}
        self._back: dict[str, datetime] = {}

    def get(self, profile_id: str) -> Profile | None:
        return self._profiles.get(profile_id)

    def owned_by(self, sub: str) -> Profile | None:
        return next((profile for profile in self._profiles.values() if profile.user_sub == sub), None)

    def credits(self, profile_id: str) -> list[Credit]:
        kept = self._credits.get(profile_id, {})
        return [kept[credit_id] for credit_id in sorted(kept)]

    def submitted(self) -> list[Profile]:
        waiting = [profile for profile in self._profiles.values() if profile.status == "submitted"]
        return sorted(waiting, key=lambda profile: profile.updated_at)

    def create(self, profile: Profile, fact: Fact, now: datetime) -> None:
        if self.owned_by(profile.user_sub) or profile.profile_id in self._profiles:
            raise Conflict
        self._profiles[profile.profile_id] = profile
        self.facts.append((fact, profile.version))

    def save(
        self,
        profile: Profile,
        fact: Fact,
        now: datetime,
        *,
        credits: Sequence[Credit] = (),
        removed_credit: str | None = None,
        pause_changed: bool = False,
    ) -> None:
        standing = self._profiles.get(profile.profile_id)
        if standing is None or standing.version != profile.version - 1:
            raise Conflict
        self._profiles[profile.profile_id] = profile
        kept = self._credits.setdefault(profile.profile_id, {})
        kept.update({credit.credit_id: credit for credit in credits})
        if removed_credit is not None:
            kept.pop(removed_credit, None)
        if pause_changed:
            self.forgive(profile.profile_id)
            if profile.back_on is not None:
                self._back[profile.profile_id] = datetime.combine(profile.back_on, time(), PARIS)
        self.facts.append((fact, profile.version))

    def due(self, now: datetime) -> Iterator[str]:
        yield from [profile_id for profile_id, moment in self._back.items() if moment <= now]

    def forgive(self, profile_id: str) -> None:
        self._back.pop(profile_id, None)


def _page(ordered: list[Brief], limit: int, position: Item | None) -> tuple[list[Brief], Item | None]:
    start = int(position["after"]) if position else 0
    page = ordered[start : start + limit]
    return page, {"after": str(start + limit)} if len(page) == limit else None
