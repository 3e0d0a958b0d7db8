"""What the taxonomy asks of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from chalicelib.composition import doors
from chalicelib.vocabulary.clock import paris_day, utc_now
from chalicelib.vocabulary.taxonomy import Taxonomy, taxonomy

if TYPE_CHECKING:
    from chalicelib.taxonomy.service import LiveProject


def shortlists() -> ShortlistsForTaxonomy:
    return ShortlistsForTaxonomy()


class ShortlistsForTaxonomy:
    """Live projects by their code names, and who would sit on their shortlists with other words."""

    def live_projects(self, most: int) -> list[LiveProject]:
        roles = [_live(role) for role in taxonomy().dimensions["roles"].entries]
        in_turn = (one for one in chain.from_iterable(zip_longest(*roles)) if one is not None)
        return list(islice(in_turn, most))

    def seated(self, words: Taxonomy, brief_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        from chalicelib.matching import wiring

        found = {brief_id: wiring.service().foresee(brief_id, words) for brief_id in brief_ids}
        return {brief_id: people for brief_id, people in found.items() if people is not None}


def _live(role: str) -> Iterator[LiveProject]:
    from chalicelib.taxonomy.service import LiveProject

    today = paris_day(utc_now())
    for brief in doors.briefs().live(role):
        if brief.state_on(today) == "live":
            yield LiveProject(brief.brief_id, brief.content.code_name or "")
