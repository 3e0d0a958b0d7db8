"""Builds verification with its real collaborators, each loaded when first needed: a function that queues steps asks no
source, and whoever answers an attestation runs no step."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.composition import for_verification
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.vocabulary.clock import utc_now

if TYPE_CHECKING:
    from chalicelib.composition.for_verification import NamesForVerification
    from chalicelib.platform.journal import Journal
    from chalicelib.verification.alarm_repository import AlarmRepository
    from chalicelib.verification.alarm_service import AlarmService
    from chalicelib.verification.attestation_links import AttestationLinks
    from chalicelib.verification.attestations import AttestationAnswers, AttestationInvitations, AttestationRequests
    from chalicelib.verification.claims import WorkTitle
    from chalicelib.verification.endings import Endings
    from chalicelib.verification.evidence_bucket import EvidenceBucket
    from chalicelib.verification.evidence_files import EvidenceFiles
    from chalicelib.verification.evidence_repository import EvidenceRepository
    from chalicelib.verification.pages import AttestationPages
    from chalicelib.verification.personal import CasesOfPerson
    from chalicelib.verification.queries import VerificationQueries
    from chalicelib.verification.rechecks import Rechecks
    from chalicelib.verification.repository import VerificationRepository
    from chalicelib.verification.service import VerificationService
    from chalicelib.verification.sources.http import Fetcher, Pace
    from chalicelib.verification.sources.port import CompanyRegistry, CreditSource, Match, Matcher
    from chalicelib.verification.sources.setting import Setting
    from chalicelib.verification.staffing import Staffing
    from chalicelib.verification.steps.contract import StepResult
    from chalicelib.verification.tasks import VerificationTasks

#: How long a step may take: a batch of them fits into its function's half minute.
STEP_SECONDS = 10.0

#: How long sources are waited for within it, so that what some have said is kept when others do not answer.
SOURCES_SECONDS = 8.0


@cache
def repository() -> VerificationRepository:
    from chalicelib.verification.repository import VerificationRepository

    return VerificationRepository(Table(settings().verification_table))


@cache
def service() -> VerificationService:
    from chalicelib.verification.service import VerificationService

    return VerificationService(repository(), for_verification.subjects(), utc_now)


@cache
def staffing() -> Staffing:
    from chalicelib.verification.staffing import Staffing

    return Staffing(for_verification.administrators())


def names() -> NamesForVerification:
    return for_verification.names()


@cache
def tasks() -> VerificationTasks:
    from chalicelib.verification import inquiries
    from chalicelib.verification.outgoing import StepQueue
    from chalicelib.verification.steps.contract import Means
    from chalicelib.verification.tasks import VerificationTasks

    kept, subjects = repository(), for_verification.subjects()
    means = Means(
        sources=inquiries.CreditInquiry(credit_sources, SOURCES_SECONDS, utc_now),
        registry=inquiries.RegisterInquiry(company_registry, utc_now),
        evidence_files=inquiries.FilesOfCase(evidence_files),
        attestations=inquiries.AttestationsOfCase(attestation_requests, utc_now),
        prints=kept,
        claims=subjects,
        alarms=kept,
        known_facts=kept,
    )
    return VerificationTasks(
        kept,
        subjects,
        means,
        StepQueue(settings().verification_tasks_queue_url),
        _watched,
        _anything_up_to,
        utc_now,
    )


@cache
def rechecks() -> Rechecks:
    from chalicelib.verification.rechecks import Rechecks

    return Rechecks(repository(), for_verification.subjects(), utc_now)


@cache
def queries() -> VerificationQueries:
    from chalicelib.verification.queries import VerificationQueries

    return VerificationQueries(repository(), _alarms(), _evidence())


@cache
def personal() -> CasesOfPerson:
    from chalicelib.verification.personal import CasesOfPerson
    from chalicelib.verification.personal_repository import PersonalCases

    return CasesOfPerson(
        PersonalCases(Table(settings().verification_table)),
        repository(),
        _evidence(),
        _evidence_bucket(),
        _alarms(),
        service,
        lambda: (*credit_sources(), company_registry().id),
        for_verification.has_colleagues,
    )


@cache
def journal() -> Journal:
    from chalicelib.platform.journal import Journal
    from chalicelib.verification.repository import HISTORIES

    return Journal(Table(settings().verification_table), HISTORIES)


@cache
def alarms() -> AlarmService:
    from chalicelib.verification.alarm_documents import AlarmDocuments
    from chalicelib.verification.alarm_service import AlarmService

    documents = AlarmDocuments(_evidence(), _evidence_bucket(), repository().case, utc_now)
    return AlarmService(_alarms(), for_verification.subjects(), documents, utc_now)


def _alarms() -> AlarmRepository:
    from chalicelib.verification.alarm_repository import AlarmRepository

    return AlarmRepository(Table(settings().verification_table))


def _watched(work: Callable[[], StepResult]) -> StepResult:
    from chalicelib.verification.deadline import within

    return within(STEP_SECONDS, work)


def _anything_up_to(limit: timedelta) -> timedelta:
    return limit * random.random()


# ---- what is asked


@cache
def credit_sources() -> dict[str, CreditSource]:
    """Every credit source that may be asked, by id."""
    from chalicelib.verification import sources

    return sources.credit_sources(_setting())


@cache
def company_registry() -> CompanyRegistry:
    from chalicelib.verification.sources.registry import CompanyRegister

    return CompanyRegister(_setting())


def _setting() -> Setting:
    from chalicelib.verification.source_memory import SourceMemory
    from chalicelib.verification.sources.setting import Setting

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
    from chalicelib.verification.sources.http import HttpFetcher

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


# ---- what is sent


@cache
def evidence_files() -> EvidenceFiles:
    from chalicelib.verification.case_holders import CaseHolders
    from chalicelib.verification.evidence_files import EvidenceFiles

    return EvidenceFiles(_evidence(), _evidence_bucket(), CaseHolders(repository().case, alarms(), utc_now), utc_now)


@cache
def attestation_requests() -> AttestationRequests:
    from chalicelib.verification.attestations import AttestationRequests

    return AttestationRequests(
        _evidence(),
        _links(),
        for_verification.attesting_companies(),
        for_verification.attesting_people(),
        utc_now,
    )


@cache
def attestation_answers() -> AttestationAnswers:
    from chalicelib.verification.attestations import AttestationAnswers

    return AttestationAnswers(_evidence(), _links(), utc_now)


@cache
def attestation_invitations() -> AttestationInvitations:
    from chalicelib.verification.attestations import AttestationInvitations

    return AttestationInvitations(_evidence(), _links(), utc_now)


@cache
def attestation_pages() -> AttestationPages:
    from chalicelib.verification.pages import AttestationPages

    return AttestationPages(settings().site_url)


@cache
def endings() -> Endings:
    from chalicelib.verification.endings import Endings

    return Endings(repository().case, _alarms().alarm, evidence_files(), attestation_requests())


def _links() -> AttestationLinks:
    from chalicelib.verification.attestation_links import AttestationLinks

    return AttestationLinks(settings().site_url)


def _evidence_bucket() -> EvidenceBucket:
    from chalicelib.platform.objects import Bucket
    from chalicelib.verification.evidence_bucket import EvidenceBucket

    return EvidenceBucket(Bucket(settings().evidence_bucket))


def _evidence() -> EvidenceRepository:
    from chalicelib.verification.evidence_repository import EvidenceRepository

    return EvidenceRepository(Table(settings().verification_table))
