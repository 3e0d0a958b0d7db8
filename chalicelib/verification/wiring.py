"""Builds the sources with what they really ask and remember."""

from __future__ import annotations

from email.utils import parseaddr
from functools import cache

from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.verification import sources
from chalicelib.verification.claims import WorkTitle
from chalicelib.verification.source_memory import SourceMemory
from chalicelib.verification.sources.http import Fetcher, HttpFetcher, Pace
from chalicelib.verification.sources.port import CompanyRegistry, CreditSource, Match, Matcher
from chalicelib.verification.sources.registry import CompanyRegister
from chalicelib.verification.sources.setting import Setting
from chalicelib.vocabulary.clock import utc_now


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
