"""The projects that are online as administrators read them: what freelancers read of each, what stands in it that
should not, whose it is, and what was decided about it before. They may then return it, or suspend its company, of
their own accord (moderation)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Any, Literal, Protocol

from chalicelib.briefs.models import Brief, Content, State
from chalicelib.briefs.proofreading import Remark
from chalicelib.briefs.views import CompanyIdentity, seen
from chalicelib.platform.errors import NotFound, WrongCursor
from chalicelib.platform.table import Item
from chalicelib.vocabulary.clock import Clock, paris_day
from chalicelib.vocabulary.folding import fold
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual

PAGE = 50
#: How many live projects one request reads at most, those first whose deadlines are nearest.
MOST_READ = 2_000

MeasuredKind = Literal["brief", "company"]
MeasureState = Literal["proposed", "in_force", "appealed", "declined", "lifted", "expired"]


@dataclass(frozen=True, slots=True)
class PastMeasure:
    """A decision about the project (`brief`) or about its whole company (`company`). `stands`: in force now."""

    measure_id: str
    kind: MeasuredKind
    state: MeasureState
    stands: bool
    ground: Bilingual
    decided_at: str


@dataclass(frozen=True, slots=True)
class Behind:
    """`company` is None once it is gone. `may_publish`: while it may not, nobody sees its projects."""

    company_id: str
    company: CompanyIdentity | None
    may_publish: bool


@dataclass(frozen=True, slots=True)
class OnlineProject:
    """`read`: the full brief, as somebody reads it who has accepted the confidentiality terms."""

    brief: Brief
    state: State
    read: dict[str, Any]
    remarks: list[Remark]
    behind: Behind
    measures: list[PastMeasure]


class Store(Protocol):
    def get(self, brief_id: str) -> Brief | None: ...


class Companies(Protocol):
    """What these screens ask of companies."""

    def may_publish(self, company_id: str) -> bool: ...
    def identity(self, company_id: str) -> CompanyIdentity | None: ...


class Measures(Protocol):
    """What they ask of moderation."""

    def past(self, brief_id: str, company_id: str) -> Sequence[PastMeasure]:
        """What was decided about this project and about the whole of its company, the latest first."""


class OnlineProjects:
    def __init__(
        self,
        store: Store,
        live: Callable[[str], Iterator[Brief]],
        read_over: Callable[[str, Content], list[Remark]],
        companies: Companies,
        measures: Measures,
        clock: Clock,
    ) -> None:
        """`live`: the projects recorded as live that want a role; `read_over`: what a company's texts should not
        say."""
        self._store = store
        self._live = live
        self._read_over = read_over
        self._companies = companies
        self._measures = measures
        self._clock = clock

    def newest(self, text: str | None, position: Item | None) -> tuple[list[Brief], Item | None]:
        """Live projects of companies that may publish, the latest published first, and the position to go on from.
        `text`: of those, the ones whose code name has it, however it is written. Raises WrongCursor.

        Each page reads all that are live, some hundreds and `MOST_READ` at most: their index is in the order of
        deadlines."""
        today, wanted = paris_day(self._clock()), fold(text or "")
        shown = cache(self._companies.may_publish)
        live = chain.from_iterable(map(self._live, taxonomy().dimensions["roles"].entries))
        found = sorted(
            (
                brief
                for brief in islice(live, MOST_READ)
                if brief.state_on(today) == "live"
                and wanted in fold(brief.content.code_name or "")
                and shown(brief.company_id)
            ),
            key=_place,
            reverse=True,
        )
        if position is not None:
            after = position.get("published_at"), position.get("brief_id")
            if not all(isinstance(one, str) for one in after):
                raise WrongCursor
            found = [brief for brief in found if _place(brief) < after]
        if len(found) <= PAGE:
            return found, None
        last = found[PAGE - 1]
        return found[:PAGE], {"published_at": last.published_at, "brief_id": last.brief_id}

    def read(self, brief_id: str) -> OnlineProject:
        """A project that is or was online, as it stands now: what its company has corrected since it went offline is
        in it. Raises NotFound for any other: what was never online is its company's alone."""
        brief, today = self._store.get(brief_id), paris_day(self._clock())
        if brief is None or not brief.publication_no:
            raise NotFound
        company_id = brief.company_id
        return OnlineProject(
            brief=brief,
            state=brief.state_on(today),
            read=seen(brief, "full", today),
            remarks=self._read_over(company_id, brief.content),
            behind=Behind(company_id, self._companies.identity(company_id), self._companies.may_publish(company_id)),
            measures=list(self._measures.past(brief_id, company_id)),
        )


def _place(brief: Brief) -> tuple[str, str]:
    return brief.published_at or "", brief.brief_id
