from __future__ import annotations

from functools import cache

from chalicelib.audit.service import AuditService
from chalicelib.composition import for_audit
from chalicelib.vocabulary.clock import utc_now


@cache
def service() -> AuditService:
    return AuditService(for_audit.journals(), utc_now)
