from __future__ import annotations

from functools import cache

from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.verification.attestation_links import AttestationLinks
from chalicelib.verification.attestations import AttestationAnswers
from chalicelib.verification.evidence_repository import EvidenceRepository
from chalicelib.verification.pages import AttestationPages
from chalicelib.vocabulary.clock import utc_now


@cache
def attestation_answers() -> AttestationAnswers:
    return AttestationAnswers(_evidence(), AttestationLinks(settings().site_url), utc_now)


@cache
def attestation_pages() -> AttestationPages:
    return AttestationPages(settings().site_url)


def _evidence() -> EvidenceRepository:
    return EvidenceRepository(Table(settings().verification_table))
