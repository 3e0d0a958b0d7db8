"""What briefs asks of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.composition import doors
from chalicelib.composition.translations import card_snapshot, snapshot_of
from chalicelib.platform.auth import Actor
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.briefs.calendar import Outreach
    from chalicelib.briefs.leak_check import Hidden
    from chalicelib.briefs.models import Content
    from chalicelib.briefs.online import PastMeasure
    from chalicelib.briefs.service import CardFit, Estimate, ReturnOrder
    from chalicelib.briefs.views import CompanyIdentity
    from chalicelib.profiles.queries import ProfileQueries
    from chalicelib.rates.queries import RatesQueries


def companies() -> CompaniesForBriefs:
    return CompaniesForBriefs()


def freelancers() -> ProfileQueries:
    return doors.profiles()


def shortlists() -> ShortlistsForBriefs:
    return ShortlistsForBriefs()


def reveals() -> RevealsForBriefs:
    return RevealsForBriefs()


def people() -> PeopleForBriefs:
    return PeopleForBriefs()


def fits() -> FitsForBriefs:
    return FitsForBriefs()


def contacts() -> ContactsForBriefs:
    return ContactsForBriefs()


def rates() -> RatesQueries:
    """For the check of a brief while it is written, and nothing else."""
    return doors.rates()


def orders() -> OrdersForBriefs:
    return OrdersForBriefs()


def measures() -> MeasuresForBriefs:
    return MeasuresForBriefs()


class CompaniesForBriefs:
    """Who publishes, and who they are for whoever may know."""

    def company_of(self, sub: str) -> str | None:
        return doors.companies().company_of(sub)

    def may_publish(self, company_id: str) -> bool:
        return doors.companies().may_publish(company_id)

    def identity(self, company_id: str) -> CompanyIdentity | None:
        from chalicelib.briefs.views import CompanyIdentity

        known = doors.companies().identity(company_id)
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
        return doors.companies().verified_addresses()

    def hidden(self, company_id: str) -> Hidden | None:
        from chalicelib.briefs.leak_check import Hidden

        known = doors.companies().hidden(company_id)
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
        dossier = doors.profiles().dossier_of(sub)
        thread = doors.conversations().between(brief_id, dossier.profile.profile_id) if dossier else None
        return thread is not None and thread.is_revealed


class PeopleForBriefs:
    """The people of a project, as far as its company knows of them."""

    def are_known(self, brief_id: str, profile_id: str) -> bool:
        """Whoever has come to keep the company away is still somebody whom it knows of: refused here, it would learn
        that they do."""
        if doors.profiles().dossier(profile_id) is None:
            return False
        if doors.matching().has_proposed(brief_id, profile_id):
            return True
        thread = doors.conversations().between(brief_id, profile_id)
        return thread is not None and thread.is_shown_to_producer

    def know_each_other(self, brief_id: str, profile_id: str) -> bool:
        thread = doors.conversations().between(brief_id, profile_id)
        return thread is not None and thread.is_revealed


class ContactsForBriefs:
    """How a company stands with the people of its projects."""

    def overdue(self, company_id: str) -> int:
        return doors.conversations().overdue(company_id)

    def outreach(self, brief_id: str) -> Outreach:
        from chalicelib.briefs.calendar import Outreach

        shortlist = doors.matching().shortlist(brief_id)
        brief = doors.briefs().brief(brief_id)
        number = brief.publication_no if brief else 0
        threads = [one for one in doors.conversations().of_brief(brief_id) if one.round.publication_no == number]
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

        suited = wiring.questions().fits(actor, [card_snapshot(card) for card in cards])
        return [CardFit(one.proposable, one.score) for one in suited]


class ShortlistsForBriefs:
    """What the published criteria guarantee on every shortlist, and how many people could be on one."""

    def fewest_junior_seats(self) -> int:
        return doors.matching().fewest_junior_seats()

    def estimate(self, company_id: str | None, content: Content) -> Estimate:
        from chalicelib.briefs.service import Estimate
        from chalicelib.matching import wiring

        found = wiring.questions().estimate(company_id, snapshot_of("", 0, content))
        return Estimate(found.eligible, found.levels, found.regions, found.left_out)


def has_colleagues(company_id: str, sub: str) -> bool:
    """Whether anybody but this account acts for the company."""
    return any(member.sub != sub for member in doors.companies().members(company_id))


class OrdersForBriefs:
    """What administrators decided of a brief."""

    def returned(self, brief_id: str) -> ReturnOrder | None:
        from chalicelib.briefs.service import ReturnOrder

        standing = doors.moderation().returned(brief_id)
        if standing is None or standing.publication_no is None:
            return None
        return ReturnOrder(standing.measure_id, standing.publication_no, stands=standing.holds(utc_now()))


class MeasuresForBriefs:
    """What was decided about a project and about the whole of its company."""

    def past(self, brief_id: str, company_id: str) -> list[PastMeasure]:
        from chalicelib.briefs.online import PastMeasure
        from chalicelib.moderation.grounds import GROUNDS

        now = utc_now()
        return [
            PastMeasure(
                measure_id=one.measure_id,
                kind="brief" if one.subject_id == brief_id else "company",
                state=one.state,
                stands=one.holds(now),
                ground=GROUNDS[one.ground].label,
                decided_at=one.decided_at,
            )
            for one in doors.moderation().of_company(company_id)
            if one.subject_id in (brief_id, company_id)
        ]
