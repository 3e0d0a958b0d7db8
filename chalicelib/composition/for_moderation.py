"""What moderation asks of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.composition.translations import is_live
from chalicelib.platform.auth import Actor
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.briefs.models import Brief, Texts
    from chalicelib.conversations.models import Thread
    from chalicelib.moderation.grounds import About, Kind
    from chalicelib.moderation.identity_requests import Offeror
    from chalicelib.moderation.models import Subject, Thing
    from chalicelib.moderation.report_desk import Excerpt
    from chalicelib.moderation.service import BriefInQuestion

#: How many of the latest messages of a conversation are read with a report about it.
MESSAGES_READ = 50


def briefs() -> BriefsForModeration:
    return BriefsForModeration()


def parties() -> PartiesForModeration:
    return PartiesForModeration()


def effects() -> EffectsForModeration:
    return EffectsForModeration()


def things() -> ThingsForModeration:
    return ThingsForModeration()


def secrets() -> SecretsForModeration:
    return SecretsForModeration()


def offers() -> OffersForModeration:
    return OffersForModeration()


class BriefsForModeration:
    """Briefs as decisions go by them."""

    def in_question(self, brief_id: str) -> BriefInQuestion | None:
        from chalicelib.moderation.service import BriefInQuestion

        brief = doors.briefs().brief(brief_id)
        if brief is None or not brief.publication_no:
            return None
        return BriefInQuestion(brief.company_id, brief.publication_no, is_live(brief))


class PartiesForModeration:
    """Who is who, as far as nobody decides about themselves."""

    def exists(self, subject: Subject) -> bool:
        if subject.kind == "company":
            return doors.companies().company(subject.id) is not None
        return self.company_of(subject.id) is not None or doors.profiles().dossier_of(subject.id) is not None

    def company_of(self, sub: str) -> str | None:
        return doors.companies().company_of(sub)

    def concerned(self, sub: str, subject: Subject) -> bool:
        if subject.kind == "user" and subject.id == sub:
            return True
        mine = self.company_of(sub)
        theirs = subject.id if subject.kind == "company" else self.company_of(subject.id)
        return mine is not None and mine == theirs


class EffectsForModeration:
    """Whether those who follow decisions have."""

    def are_in_line(self, kind: Kind, subject_id: str) -> bool:
        from chalicelib.companies import wiring as companies
        from chalicelib.composition.for_profiles import SuspensionsForProfiles

        if kind == "brief":
            return self._is_returned(subject_id)
        company_id = subject_id if kind == "company" else doors.companies().company_of(subject_id)
        if company_id is not None and not companies.service().follows_suspensions(company_id):
            return False
        dossier = doors.profiles().dossier_of(subject_id) if kind == "user" else None
        if dossier is None:
            return True
        return dossier.profile.suspended == SuspensionsForProfiles().account_is_suspended(subject_id)

    def _is_returned(self, brief_id: str) -> bool:
        brief, standing = doors.briefs().brief(brief_id), doors.moderation().returned(brief_id)
        if brief is None or standing is None:
            return True
        if standing.holds(utc_now()):
            return brief.publication_no != standing.publication_no or not is_live(brief)
        followed = brief.state != "returned" or brief.measure_id != standing.measure_id
        # While its company may not publish, briefs keeps in mind that it comes back, however long that takes.
        return followed or doors.briefs().comes_back(brief_id)


class ThingsForModeration:
    """What is reported: who may see it, who answers for it, what it says."""

    def seen_by(self, actor: Actor, about: About, thing_id: str, within: str | None) -> Thing | None:
        if about == "brief":
            return self._brief(actor, thing_id)
        if about == "profile":
            return self._profile(actor, thing_id)
        return self._said(actor, within or thing_id, thing_id if within else None)

    def excerpts(self, thing: Thing) -> list[Excerpt]:
        if thing.about == "brief":
            brief = doors.briefs().brief(thing.id)
            return list(_texts_of(brief)) if brief else []
        if thing.about == "profile":
            return list(_claims_of(thing.id))
        return self._messages(thing)

    def _brief(self, actor: Actor, brief_id: str) -> Thing | None:
        from chalicelib.moderation.models import Subject, Thing

        brief, dossier = doors.briefs().brief(brief_id), doors.profiles().dossier_of(actor.sub)
        if brief is None or dossier is None or "freelancers" not in actor.groups:
            return None
        shown = is_live(brief) and doors.companies().may_publish(brief.company_id) and dossier.profile.may_be_shown
        if not shown and doors.conversations().between(brief_id, dossier.profile.profile_id) is None:
            return None
        return Thing(
            about="brief",
            id=brief_id,
            brief_id=brief_id,
            by="freelancer",
            subject=Subject(kind="company", id=brief.company_id),
        )

    def _profile(self, actor: Actor, profile_id: str) -> Thing | None:
        from chalicelib.composition.for_profiles import ProposalsForProfiles
        from chalicelib.moderation.models import Subject, Thing

        dossier = doors.profiles().dossier(profile_id) if "producers" in actor.groups else None
        if dossier is None or not ProposalsForProfiles().proposed_to(actor, profile_id):
            return None
        return Thing(
            about="profile",
            id=profile_id,
            profile_id=profile_id,
            by="producer",
            subject=Subject(kind="user", id=dossier.profile.user_sub),
        )

    def _said(self, actor: Actor, thread_id: str, message_id: str | None) -> Thing | None:
        """A conversation that the actor is in, or a message of the other side there."""
        from chalicelib.moderation.models import Subject, Thing

        thread = doors.conversations().thread(thread_id)
        side = _side(actor, thread) if thread is not None else None
        if thread is None or side is None:
            return None
        if message_id is not None:
            message = doors.conversations().message(thread_id, message_id)
            if message is None or message.sender == side:
                return None
        other = Subject(kind="user", id=thread.freelancer_sub)
        return Thing(
            about="conversation" if message_id is None else "message",
            id=message_id or thread_id,
            within=thread_id if message_id else None,
            brief_id=thread.brief_id,
            profile_id=thread.profile_id,
            by=side,
            subject=other if side == "producer" else Subject(kind="company", id=thread.company_id),
        )

    def _messages(self, thing: Thing) -> list[Excerpt]:
        from chalicelib.moderation.report_desk import Excerpt, ReportedFile

        thread_id = thing.within or thing.id
        if thing.within is not None:
            message = doors.conversations().message(thread_id, thing.id)
            found = [message] if message else []
        else:
            found = doors.conversations().latest_messages(thread_id, MESSAGES_READ)
        sent = doors.conversations().attachments(thread_id, [one.attachment_id for one in found if one.attachment_id])
        files = {one.attachment_id: ReportedFile(one.name, one.media_type, one.size) for one in sent}
        return [Excerpt(one.sender, one.text, files.get(one.attachment_id or "")) for one in found]


class SecretsForModeration:
    """Which companies a freelancer does not know yet, and what would tell."""

    def would_tell(self, sub: str, text: str, brief_id: str | None) -> list[tuple[int, int]]:
        dossier = doors.profiles().dossier_of(sub)
        if dossier is None or not text:
            return []
        hidden = set(doors.conversations().unrevealed_to(sub))
        if brief_id is not None:
            thread = doors.conversations().between(brief_id, dossier.profile.profile_id)
            hidden |= {brief_id} if thread is None or not thread.is_revealed else set()
        found = [one for hidden_id in hidden for one in doors.briefs().leaks(hidden_id, text)]
        return sorted({(one.start, one.end) for one in found if one.severity == "block"})


class OffersForModeration:
    """Who is behind a brief, for authorities."""

    def company_behind(self, brief_id: str) -> str | None:
        brief = doors.briefs().brief(brief_id)
        return brief.company_id if brief is not None and brief.publication_no else None

    def behind(self, brief_id: str) -> Offeror | None:
        from chalicelib.moderation.identity_requests import Offeror, Publication

        brief = doors.briefs().brief(brief_id)
        if brief is None or not brief.publication_no:
            return None
        company = doors.companies().company(brief.company_id)
        kept = doors.companies().publisher(brief.company_id) if company is None else None
        published = doors.briefs().publications(brief_id)
        addresses = {
            sub: self._address(brief.company_id, sub)
            for sub in {one.publisher for one in published if one.publisher is not None}
        }
        return Offeror(
            company_id=brief.company_id,
            legal_name=company.identity.legal_name if company else (kept or {}).get("legal_name"),
            siren=company.identity.siren if company else (kept or {}).get("siren"),
            addresses=company.known_as.addresses if company else (),
            email_domain=company.identity.email_domain if company else None,
            code_name=brief.content.code_name or "",
            state=brief.state,
            publications=tuple(
                Publication(one.number, one.published_at, one.publisher, addresses.get(one.publisher or ""))
                for one in published
            ),
        )

    def _address(self, company_id: str, sub: str) -> str | None:
        member = doors.companies().member(company_id, sub)
        return member.email if member and member.email else doors.accounts().address(sub)


def _side(actor: Actor, thread: Thread) -> str | None:
    if thread.freelancer_sub == actor.sub:
        return "freelancer"
    mine = doors.companies().company_of(actor.sub)
    return "producer" if mine == thread.company_id and thread.is_shown_to_producer else None


def _texts_of(brief: Brief) -> Iterator[Excerpt]:
    """What freelancers read of a brief, text by text."""
    from chalicelib.moderation.report_desk import Excerpt

    content = brief.content
    if content.code_name:
        yield Excerpt("code_name", content.code_name)
    texts: dict[str, Texts | None] = {
        "logline": content.logline,
        "pitch": content.pitch,
        "detailed_tasks": content.detailed_tasks,
    }
    for part, text in texts.items():
        for language in ("fr", "en"):
            said = getattr(text, language) if text else None
            if said:
                yield Excerpt(f"{part}.{language}", said)


def _claims_of(profile_id: str) -> Iterator[Excerpt]:
    """What a producer reads of a profile, in words."""
    from chalicelib.moderation.report_desk import Excerpt

    dossier = doors.profiles().dossier(profile_id)
    if dossier is None:
        return
    content = dossier.profile.content
    yield Excerpt("display_name", content.display_name)
    for language in ("fr", "en"):
        said = getattr(content.bio, language) if content.bio else None
        if said:
            yield Excerpt(f"bio.{language}", said)
    for credit in dossier.credits:
        yield Excerpt("credit", f"{credit.content.title} ({credit.content.year})")
