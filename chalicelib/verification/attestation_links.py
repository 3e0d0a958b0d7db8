"""The links that attesters get: signed, naming the request by its ids and its last moment, nothing of anybody."""

from __future__ import annotations

from chalicelib.platform.signing import seal, unseal
from chalicelib.verification.attestations import Attestation

_PURPOSE = "attestation"


class AttestationLinks:
    """`site_url` without trailing slash."""

    def __init__(self, site_url: str) -> None:
        self._site_url = site_url

    def link(self, attestation: Attestation) -> str:
        """Raises Retryable."""
        named = {
            "case": attestation.case_id,
            "attestation": attestation.attestation_id,
            "until": attestation.expires_at,
        }
        return f"{self._site_url}/api/attestations/{seal(_PURPOSE, named)}"

    def read(self, token: str) -> tuple[str, str, str] | None:
        """Case, attestation and until when; None for a text that is none of ours. Raises Retryable."""
        named = unseal(_PURPOSE, token)
        if named is None:
            return None
        return str(named["case"]), str(named["attestation"]), str(named["until"])
