"""Keys of the matching table:

BRIEF#id / SHORTLIST      the shortlist in force: counts, versions, who sits
BRIEF#id / MATCH#profile  one seat, or a former one (`seated` false: the producer has seen this person);
                          index by_profile: PROFILE#id / proposed_at
BRIEF#id / RUN#id         one computation; its id is that of the event that asked for it, so a repeated
                          event finds its run done
BRIEF#id / EVENT#ulid     what happened
BRIEF#id / FITTING#run    whom the project fits by its card alone, as one run found it
PROFILE#id / NAMED#brief  this person was named once as somebody whom the project fits: never again
EXPOSURE#month / day#BRIEF#id
                          who the brief's last shortlist of a Paris day showed, by ids, against counts of who could
                          have been; kept thirteen months, so that a year can be compared with the one before. An
                          erasure finds them from the briefs of by_profile and the days (`as_of`) of their runs
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.matching.errors import AlreadyDone
from chalicelib.matching.events import ProjectFits, ShortlistComputed
from chalicelib.matching.models import Exposure, Fitting, Match, Run, Shortlist, ShownSeat
from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Item, Put, Table, Update
from chalicelib.vocabulary.retention import EXPOSURE

EXPOSURE_KEPT = EXPOSURE

#: Runs read at once in search of a brief's first: it is among the first few.
_RUNS_READ = 5


class MatchingRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def shortlist(self, brief_id: str) -> Shortlist | None:
        head = self._table.get(_pk(brief_id), "SHORTLIST")
        if head is None:
            return None
        seats = self._table.get_many([(_pk(brief_id), f"MATCH#{profile_id}") for profile_id in head["people"]])
        matches = sorted((_match(seat) for seat in seats), key=lambda match: match.position)
        fields = {name: head[name] for name in Shortlist.__slots__ if name not in ("matches", "cause", "kept_out")}
        kept_out = tuple(head.get("kept_out", ()))
        return Shortlist(**fields, matches=tuple(matches), cause=head.get("cause"), kept_out=kept_out)

    def has_run(self, brief_id: str, run_id: str) -> bool:
        return self._table.get(_pk(brief_id), f"RUN#{run_id}") is not None

    def first_seats(self, brief_id: str) -> tuple[str, ...]:
        """Who sat on the brief's first shortlist, in its order; nobody before there is one. A run's id is that of the
        event which asked for it, so runs come in the order of what asked; news of a profile may be older than the
        publication, and be looked at after it."""
        for item in self._table.query_all(_pk(brief_id), prefix="RUN#", limit=_RUNS_READ):
            if item["cause"] != "profile":
                return tuple(seat["profile_id"] for seat in item["seats"])
        return ()

    def has_proposed(self, brief_id: str, profile_id: str) -> bool:
        """Whether the brief's shortlist has or had this person."""
        return self._table.get(_pk(brief_id), f"MATCH#{profile_id}") is not None

    def briefs_proposing(self, profile_id: str) -> Iterator[str]:
        """The briefs whose shortlist has or had this person."""
        for item in self._table.query_all(f"PROFILE#{profile_id}", index="by_profile", hash_key="profile_pk"):
            yield str(item["pk"]).removeprefix("BRIEF#")

    def replace(
        self,
        before: Shortlist | None,
        after: Shortlist,
        run: Run,
        exposure: Exposure,
        fact: ShortlistComputed | None,
        now: datetime,
    ) -> None:
        """Puts `after` in force with its run, its exposure (in place of the day's) and, when there is one, its fact,
        all in one transaction.

        Raises AlreadyDone when the run exists, Retryable when another computation came first.
        """
        pk = _pk(after.brief_id)
        actions: list[Action] = [
            Put({"pk": pk, "sk": f"RUN#{run.run_id}", **_plain(asdict(run))}, condition=NEW),
            _head(before, after),
            Put(_exposure_item(exposure, now)),
        ]
        actions += [Put(_seat(pk, match)) for match in after.matches]
        gone = set(before.people if before else ()) - set(after.people)
        actions += [
            Update(pk, f"MATCH#{profile_id}", "SET seated = :no", values={":no": False}) for profile_id in sorted(gone)
        ]
        if fact is not None:
            actions.append(event_item(pk, fact, aggregate_version=after.version, now=now))
        try:
            self._table.write(*actions)
        except ConditionFailed as refused:
            if 0 in refused.failed:
                raise AlreadyDone from None
            raise Retryable("shortlist_changed_meanwhile") from None

    def has_named(self, brief_id: str, run_id: str) -> bool:
        """Whether this run has found already whom the project fits."""
        return self._table.get(_pk(brief_id), f"FITTING#{run_id}") is not None

    def named_among(self, brief_id: str, profile_ids: Sequence[str]) -> set[str]:
        """Those of these people who were named for the project before."""
        items = self._table.get_many([(_person(profile_id), f"NAMED#{brief_id}") for profile_id in profile_ids])
        return {str(item["pk"]).removeprefix("PROFILE#") for item in items}

    def named_for(self, profile_id: str) -> set[str]:
        """The briefs for which this person was named."""
        found = self._table.query_all(_person(profile_id), prefix="NAMED#")
        return {str(item["sk"]).removeprefix("NAMED#") for item in found}

    def name(self, fitting: Fitting, fact: ProjectFits | None, now: datetime) -> None:
        """Keeps what a run found and names those who were not named before, with the fact, in one transaction.

        Raises AlreadyDone when the run has done so, Retryable when another one named somebody meanwhile.
        """
        pk = _pk(fitting.brief_id)
        actions: list[Action] = [
            Put({"pk": pk, "sk": f"FITTING#{fitting.run_id}", **_plain(asdict(fitting))}, condition=NEW)
        ]
        actions += [
            Put(
                {"pk": _person(profile_id), "sk": f"NAMED#{fitting.brief_id}", "run_id": fitting.run_id},
                condition=NEW,
            )
            for profile_id in fitting.named
        ]
        if fact is not None:
            actions.append(event_item(pk, fact, aggregate_version=fitting.publication_no, now=now))
        try:
            self._table.write(*actions)
        except ConditionFailed as refused:
            if 0 in refused.failed:
                raise AlreadyDone from None
            raise Retryable("named_meanwhile") from None

    def exposures(self, first: date, last: date) -> Iterator[Exposure]:
        """Those of these days, both included, in the order of days: one partition a month."""
        month = first.replace(day=1)
        while month <= last:
            for item in self._table.query_all(f"EXPOSURE#{month:%Y-%m}", since=max(first, month).isoformat()):
                if item["day"] > last.isoformat():
                    return
                yield _exposure(item)
            month = (month + timedelta(days=31)).replace(day=1)


def _pk(brief_id: str) -> str:
    return f"BRIEF#{brief_id}"


def _person(profile_id: str) -> str:
    return f"PROFILE#{profile_id}"


def _head(before: Shortlist | None, after: Shortlist) -> Put:
    fields = {name: getattr(after, name) for name in Shortlist.__slots__ if name != "matches"}
    item = {"pk": _pk(after.brief_id), "sk": "SHORTLIST", "people": list(after.people), **_plain(fields)}
    if before is None:
        return Put(item, condition=NEW)
    return Put(item, condition="#v = :before", names={"#v": "version"}, values={":before": before.version})


def _seat(pk: str, match: Match) -> Item:
    return {
        "pk": pk,
        "sk": f"MATCH#{match.profile_id}",
        "profile_pk": f"PROFILE#{match.profile_id}",
        "seated": True,
        **_plain(asdict(match)),
    }


def _match(item: Item) -> Match:
    return Match(**{name: item[name] for name in Match.__slots__})


def _exposure_item(exposure: Exposure, now: datetime) -> Item:
    return {
        "pk": f"EXPOSURE#{exposure.day[:7]}",
        "sk": f"{exposure.day}#{_pk(exposure.brief_id)}",
        "expires_at": int((now + EXPOSURE_KEPT).timestamp()),
        **_plain(asdict(exposure)),
    }


def _exposure(item: Item) -> Exposure:
    fields = {name: item[name] for name in Exposure.__slots__}
    return Exposure(**{**fields, "seats": tuple(ShownSeat(**seat) for seat in item["seats"])})


def _plain(value: Any) -> Any:
    """Tuples as lists, which is what the table keeps."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
