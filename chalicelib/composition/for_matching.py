"""What matching asks of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chalicelib.composition import doors, for_profiles
from chalicelib.composition.translations import (
    ViewLogs,
    card_snapshot,
    is_live,
    is_proposable,
    kept_out_of,
    with_company,
)
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound
from chalicelib.vocabulary.clock import paris_day, utc_now

if TYPE_CHECKING:
    from chalicelib.composition.for_profiles import ProposalsForProfiles
    from chalicelib.matching.questions import Mine
    from chalicelib.matching.service import CurrentProfile, LiveBrief, Wanted
    from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
    from chalicelib.profiles.service import Dossier


#: What the texts of a person's credits may weigh together in the read model, where an item holds 400 KB: all of two
#: dozen long ones; of more, the beginnings.
CREDIT_TEXTS_BYTES = 200_000


def briefs() -> BriefsForMatching:
    return BriefsForMatching()


def profiles() -> ProfilesForMatching:
    return ProfilesForMatching()


def proposals() -> ProposalsForProfiles:
    """Of people, asked about for their own sake: as their profile does."""
    return for_profiles.proposals()


def blocks() -> BlocksForMatching:
    return BlocksForMatching()


def views() -> ViewLogs:
    return ViewLogs()


class BlocksForMatching:
    """Who keeps the company behind a brief away. Never asked for what a freelancer reads."""

    def kept_out(self, brief_id: str) -> frozenset[str]:
        brief = doors.briefs().brief(brief_id)
        return kept_out_of(brief.company_id) if brief is not None else frozenset()

    def kept_out_of(self, company_id: str) -> frozenset[str]:
        return kept_out_of(company_id)


class BriefsForMatching:
    """Briefs as snapshots: of who is behind them, the company's name and nothing else, where its producer lets past
    work with it count; for the card that freelancers read, not even that."""

    def live_brief(self, brief_id: str) -> LiveBrief | None:
        from chalicelib.matching.service import LiveBrief

        brief = doors.briefs().brief(brief_id)
        if brief is None or not is_live(brief):
            return None
        return LiveBrief(with_company(brief), brief.publication_no)

    def live_briefs(self, role: str) -> Iterator[str]:
        for brief in doors.briefs().live(role):
            if is_live(brief):
                yield brief.brief_id

    def wanted(self, actor: Actor, brief_id: str) -> Wanted:
        from chalicelib.matching.service import Wanted

        brief = doors.briefs().brief(brief_id)
        if brief is None or brief.company_id != doors.companies().company_of(actor.sub):
            raise NotFound
        return Wanted(brief.content.role or "", brief.version if is_live(brief) else None)

    def asked(self, actor: Actor, brief_id: str) -> BriefSnapshot:
        brief = doors.briefs().brief(brief_id)
        if brief is None or brief.company_id != doors.companies().company_of(actor.sub) or not brief.publication_no:
            raise NotFound
        return with_company(brief)

    def card(self, project_id: str) -> BriefSnapshot:
        """From what the card shows and nothing else: the only dates are those of the start window, and there is no
        company whose past work with somebody could count."""
        from chalicelib.briefs.views import card

        brief = doors.briefs().brief(project_id)
        if brief is None or not is_live(brief) or not doors.companies().may_publish(brief.company_id):
            raise NotFound
        return card_snapshot(card(brief, paris_day(utc_now())))


class ProfilesForMatching:
    """Profiles as snapshots that carry no name, and as the summary a producer reads of a proposed person."""

    def current(self, profile_id: str) -> CurrentProfile | None:
        from chalicelib.matching.service import CurrentProfile

        dossier = doors.profiles().dossier(profile_id)
        if dossier is None:
            return None
        if not is_proposable(dossier):
            return CurrentProfile(dossier.profile.version, None)
        return CurrentProfile(dossier.profile.version, self.snapshot(dossier))

    def mine(self, actor: Actor) -> Mine:
        from chalicelib.matching.questions import Mine

        dossier = doors.profiles().dossier_of(actor.sub)
        if dossier is None:
            raise NotFound
        return Mine(dossier.profile.version, self.snapshot(dossier))

    def with_levels(self, candidate: CandidateSnapshot) -> CandidateSnapshot:
        works = [
            _Work(credit.function, credit.year, credit.started_year, credit.verification)
            for credit in candidate.credits
        ]
        levels, years = doors.profiles().levels(candidate.roles, works)
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
            "paused": dossier.profile.pause is not None,
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
        dossier = doors.profiles().dossier(profile_id)
        if dossier is None or not is_proposable(dossier):
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


@dataclass(frozen=True, slots=True)
class _Work:
    """A credit as levels are computed from."""

    function: str
    year: int
    started_year: int | None
    level: int


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
