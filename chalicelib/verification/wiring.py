from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from email.utils import parseaddr
from functools import cache

from chalicelib import composition
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.verification import sources
from chalicelib.verification.alarm_repository import AlarmRepository
from chalicelib.verification.alarm_service import AlarmService
from chalicelib.verification.attestation_links import AttestationLinks
from chalicelib.verification.attestations import AttestationAnswers, AttestationInvitations
from chalicelib.verification.claims import WorkTitle
from chalicelib.verification.deadline import within
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.verification.outgoing import StepQueue
from chalicelib.verification.pages import AttestationPages
from chalicelib.verification.queries import VerificationQueries
from chalicelib.verification.rechecks import Rechecks
from chalicelib.verification.repository import VerificationRepository
from chalicelib.verification.service import VerificationService
from chalicelib.verification.source_memory import SourceMemory
from chalicelib.verification.sources.http import Fetcher, HttpFetcher, Pace
from chalicelib.verification.sources.port import CompanyRegistry, CreditSource, Match, Matcher
from chalicelib.verification.sources.registry import CompanyRegister
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.steps.attestation import Attested
from chalicelib.verification.steps.contract import Means, StepResult
from chalicelib.verification.steps.credit import Evidence
from chalicelib.verification.steps.evidence import SentFile
from chalicelib.verification.subjects import CompanyClaim, CreditClaim
from chalicelib.verification.tasks import VerificationTasks
from chalicelib.vocabulary.clock import utc_now

#: How long a step may take: a batch of them fits into its function's half minute.
STEP_SECONDS = 10.0


class Silent:
    """What is asked where nothing is configured: it says nothing, and a person decides."""

    def check_credit(self, _: CreditClaim) -> Sequence[Evidence]:
        return ()

    def look_up(self, _: CompanyClaim) -> Sequence[Evidence]:
        return ()


class NothingSent:
    """The files and the attestations of cases to which nobody can add any."""

    def of_case(self, _: str) -> Sequence[SentFile]:
        return ()


class NobodyAsked:
    def of_case(self, _: str) -> Sequence[Attested]:
        return ()


@cache
def repository() -> VerificationRepository:
    return VerificationRepository(Table(settings().verification_table))


@cache
def service() -> VerificationService:
    return VerificationService(repository(), composition.subjects_for_verification(), utc_now)


@cache
def tasks() -> VerificationTasks:
    kept = repository()
    means = Means(
        sources=Silent(),
        registry=Silent(),
        evidence_files=NothingSent(),
        attestations=NobodyAsked(),
        prints=kept,
        alarms=kept,
        known_facts=kept,
    )
    return VerificationTasks(
        kept,
        composition.subjects_for_verification(),
        means,
        StepQueue(settings().verification_tasks_queue_url),
        _watched,
        _anything_up_to,
        utc_now,
    )


@cache
def rechecks() -> Rechecks:
    return Rechecks(repository(), composition.subjects_for_verification(), utc_now)


@cache
def queries() -> VerificationQueries:
    return VerificationQueries(repository(), _alarms())


class KeptDocuments:
    """Files that alarms rest on, as they are kept."""

    def __init__(self, store: EvidenceRepository) -> None:
        self._store = store

    def accepted(self, case_id: str, evidence_id: str) -> str | None:
        found = self._store.evidence(case_id, evidence_id)
        return found.sha256 if found is not None and found.status == "accepted" else None


@cache
def alarms() -> AlarmService:
    return AlarmService(_alarms(), composition.subjects_for_verification(), KeptDocuments(_evidence()), utc_now)


def _alarms() -> AlarmRepository:
    return AlarmRepository(Table(settings().verification_table))


def _watched(work: Callable[[], StepResult]) -> StepResult:
    return within(STEP_SECONDS, work)


def _anything_up_to(limit: timedelta) -> timedelta:
    return limit * random.random()


@cache
def credit_sources() -> dict[str, CreditSource]:
    """Every credit source that may be asked, by id."""
    return sources.credit_sources(_setting())


@cache
def company_registry() -> CompanyRegistry:
    return CompanyRegister(_setting())


def _setting() -> Setting:
    known = settings()
    return Setting(
        fetcher=_fetcher,
        store=SourceMemory(Table(known.verification_table)),
        clock=utc_now,
        same_work=_matcher(),
        addresses=known.source_addresses,
        keys={"tmdb": known.tmdb_key},
        agreements={"tmdb": known.tmdb_agreement},
    )


def _fetcher(pace: Pace) -> Fetcher:
    return HttpFetcher(_user_agent(), utc_now, pace)


def _user_agent() -> str:
    """Who asks and how to reach us, as public services want it (https://meta.wikimedia.org/wiki/User-Agent_policy)."""
    known = settings()
    return f"PlotPoint/1.0 ({known.site_url}; {parseaddr(known.mail_sender)[1]})"


def _matcher() -> Matcher:
    from chalicelib.verification.titles import Title, same_work

    def titled(work: WorkTitle) -> Title:
        return Title(work.title, work.year, work.kind, work.original_title, work.aliases)

    def matches(claimed: WorkTitle, candidate: WorkTitle) -> Match:
        return same_work(titled(claimed), titled(candidate))

    return matches


@cache
def attestation_answers() -> AttestationAnswers:
    return AttestationAnswers(_evidence(), AttestationLinks(settings().site_url), utc_now)


@cache
def attestation_invitations() -> AttestationInvitations:
    return AttestationInvitations(_evidence(), AttestationLinks(settings().site_url), utc_now)


@cache
def attestation_pages() -> AttestationPages:
    return AttestationPages(settings().site_url)


def _evidence() -> EvidenceRepository:
    return EvidenceRepository(Table(settings().verification_table))
