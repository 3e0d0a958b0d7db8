from __future__ import annotations

from functools import cache

from chalicelib import composition
from chalicelib.audit.service import AuditService
from chalicelib.vocabulary.clock import utc_now


@cache
def service() -> AuditService:
    return AuditService(composition.journals_for_audit(), utc_now)
