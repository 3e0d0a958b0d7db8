"""What steps ask, answered by what is really there: public sources, the register, the case's files and attestations.

Each is made from something that makes its collaborator when it is first needed, so that a function that runs no step
loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.platform.errors import Retryable
from chalicelib.platform.telemetry import log
from chalicelib.verification import claims
from chalicelib.verification.evidence import NOTES, Evidence
from chalicelib.verification.steps.attestation import Attested, Attestedness
from chalicelib.verification.steps.evidence import SentFile
from chalicelib.verification.subjects import CompanyClaim, CreditClaim, Level, ProfileClaim
from chalicelib.verification.tasks import LONGEST_DELAY
from chalicelib.vocabulary.clock import Clock, stamp
from chalicelib.vocabulary.identifiers import bnf_number

if TYPE_CHECKING:
    from chalicelib.verification.attestations import Answer, Attestation, AttestationRequests
    from chalicelib.verification.evidence_files import Evidence as File
    from chalicelib.verification.evidence_files import EvidenceFiles
    from chalicelib.verification.sources.port import CompanyRegistry, CreditSource, Terms

#: What a format of the taxonomy is for a catalogue; those that may be either are left open.
KINDS: dict[str, claims.Kind] = {
    "single-90": "single",
    "series-52": "series",
    "series-45": "series",
    "series-26": "series",
    "sitcom-26": "series",
    "short-series-13": "series",
    "shortcom": "series",
    "mini-series": "series",
    "anthology-series": "series",
    "daily-serial": "series",
    "serial": "series",
    "digital-series": "series",
    "animation-series": "series",
    "animation-feature": "film",
    "feature-film": "film",
    "short-film": "film",
}


def work_claim(claim: CreditClaim) -> claims.WorkClaim:
    """A credit as sources are asked about it, with what else the person claims as hints against a namesake. A season is
    looked for under its series' title too."""
    from chalicelib.verification.titles import of_the_series

    kind = KINDS.get(claim.format)
    series = of_the_series(claim.title, kind)
    return claims.WorkClaim(
        title=claim.title,
        year=claim.year,
        kind=kind,
        alternative_titles=() if series == claim.title.strip() else (series,),
        function=claim.function,
        company=claim.company,
        person_name=claim.person_name,
        person_ids={
            scheme: bnf_number(number) if scheme == "bnf" else number for scheme, number in claim.external_ids.items()
        },
        isan=claim.isan,
        other_works=tuple(claims.WorkTitle(title=one.title, year=one.year) for one in claim.other_works),
    )


class CreditInquiry:
    """Every configured source of credits, all asked at the same time, for so many seconds at most."""

    def __init__(self, sources: Callable[[], Mapping[str, CreditSource]], seconds: float, clock: Clock) -> None:
        self._sources = sources
        self._seconds = seconds
        self._clock = clock

    def check_credit(self, claim: CreditClaim, *, last: bool) -> Sequence[Evidence]:
        """What each said, in the order of the sources; what one has said is remembered, so that asking again asks the
        others. `last`: nobody asks again, and a source that is out of order just now counts as unreachable; so does at
        once one that asks for more time than there is between two attempts: a person would wait for nothing."""
        asked, sources = work_claim(claim), list(self._sources().values())
        if not sources:
            return ()
        pool = ThreadPoolExecutor(len(sources), thread_name_prefix="source")
        answers = [pool.submit(copy_context().run, source.check, asked) for source in sources]
        wait(answers, self._seconds)
        # Whoever has not answered by now is left to its own time-outs.
        pool.shutdown(wait=False, cancel_futures=True)
        said: list[Evidence] = []
        troubles: list[Retryable] = []
        for source, answer in zip(sources, answers, strict=True):
            try:
                said.append(_answered(answer))
            except Retryable as trouble:
                log.warning("source_out_of_order", source=source.id, reason=str(trouble))
                if _wait_of(trouble) <= LONGEST_DELAY:
                    troubles.append(trouble)
                said.append(_unchecked(source.id, source.terms, "work", "unreachable", self._clock()))
            except Exception as error:  # a bug about one source must not lose what the others say
                log.failure("source_failed", error, source=source.id)
                said.append(_unchecked(source.id, source.terms, "work", "garbled", self._clock()))
        if troubles and not last:
            raise max(troubles, key=_wait_of)
        return said


def _wait_of(trouble: Retryable) -> timedelta:
    """How long whoever is in trouble wants to be left alone."""
    return getattr(trouble, "after", None) or timedelta()


def _unchecked(
    source: str, terms: Terms, level: Level | None, reason: Literal["unreachable", "garbled"], now: datetime
) -> Evidence:
    """That a check did not take place."""
    from chalicelib.verification.sources.desk import FAILURE_STANDS

    return Evidence(
        source=source,
        verdict="silent" if reason == "unreachable" else "error",
        level=level,
        reason=reason,
        note=NOTES[reason].format(source=terms.name, found=""),
        retrieved_at=stamp(now),
        expires_at=stamp(now + FAILURE_STANDS),
        licence=terms.licence,
    )


def _answered(answer: Future[Evidence]) -> Evidence:
    from chalicelib.verification.sources.errors import TryLater

    if not answer.done() or answer.cancelled():
        raise TryLater("timed_out")
    return answer.result()


class RegisterInquiry:
    """The register of companies."""

    def __init__(self, registry: Callable[[], CompanyRegistry], clock: Clock) -> None:
        self._registry = registry
        self._clock = clock

    def look_up(self, claim: CompanyClaim) -> Sequence[Evidence]:
        """What it says; that it is unreachable where it asks for more time than there is between two attempts."""
        asked = claims.CompanyClaim(siren=claim.siren, name=claim.legal_name, domain=claim.email_domain)
        registry = self._registry()
        try:
            return (registry.check(asked),)
        except Retryable as trouble:
            if _wait_of(trouble) <= LONGEST_DELAY:
                raise
            log.warning("source_out_of_order", source=registry.id, reason=str(trouble))
            return (_unchecked(registry.id, registry.terms, None, "unreachable", self._clock()),)


class FilesOfCase:
    """The files that were sent for a case."""

    def __init__(self, files: Callable[[], EvidenceFiles]) -> None:
        self._files = files

    def of_case(self, case_id: str) -> Sequence[SentFile]:
        files = self._files()
        reused = {signal.concerns[0] for signal in files.signals(case_id)}
        return [_sent(one, one.evidence_id in reused) for one in files.of_case(case_id)]


def _sent(file: File, reused: bool) -> SentFile:
    state = "refused" if file.refusal else "awaited" if file.status == "quarantine" else "checked"
    return SentFile(file.evidence_id, state, file.credit_id, file.explanation, reused, file.kind)


#: What an answer from the company's own domain shows of a credit.
_SHOWN: dict[Answer, Level] = {"confirms": "function", "other_function": "participation"}


class AttestationsOfCase:
    """The attestations that were asked for in a case about what is claimed now: what was said of a credit before it
    was corrected says nothing of the corrected one."""

    def __init__(self, requests: Callable[[], AttestationRequests], clock: Clock) -> None:
        self._requests = requests
        self._clock = clock

    def of_case(self, case_id: str, claim: ProfileClaim) -> Sequence[Attested]:
        requests = self._requests()
        asked = [one for one in requests.of_case(case_id) if one.withdrawn_at is None and _still_claimed(one, claim)]
        signals = requests.signals(case_id) if asked else []
        return [
            Attested(
                one.attestation_id,
                one.credit_id,
                self._state(one),
                proves=_SHOWN.get(one.answer) if one.answer and one.company_known else None,
                answered_at=one.answered_at,
                at_the_company=one.company_known,
                signals=tuple(signal.sentence for signal in signals if one.attestation_id in signal.concerns),
            )
            for one in asked
        ]

    def _state(self, one: Attestation) -> Attestedness:
        if one.answer is not None:
            return "confirmed" if one.answer in _SHOWN else "denied"
        return "requested" if one.is_open(self._clock()) else "expired"


def _still_claimed(one: Attestation, claim: ProfileClaim) -> bool:
    from chalicelib.verification.attestations import Claim

    credit = claim.credit(one.credit_id)
    return credit is not None and one.claim.is_about_what(Claim.of(credit))
