"""Keys of the profiles table:

PROFILE#id / PROFILE      the person's own values, in one erasable item
PROFILE#id / CREDIT#id    a credit
PROFILE#id / EVENT#ulid   what happened, by id only
PROFILE#id / OWED#return  a pause is to be over on its day; index due: DUE#shard / due_at, removed when it is
OWNER#sub  / OWNER        which profile an account owns: one, claimed once, read consistently; once the person was
                          erased, that there is and will be none
SUBMITTED  / PROFILE#id   the administrators' list, kept in the same transactions as the profile
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, time

from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Item, Put, Table
from chalicelib.profiles.models import Credit, Profile
from chalicelib.vocabulary.clock import PARIS, stamp
from chalicelib.vocabulary.facts import Fact

#: Partitions of the due index: enough that no tick reads one that is hot.
DUE_SHARDS = 4

#: What has its history here → what its partition begins with.
HISTORIES = {"profile": ("PROFILE#",)}

_SUBMITTED = "SUBMITTED"


class ProfileRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, profile_id: str) -> Profile | None:
        item = self._table.get(_pk(profile_id), "PROFILE")
        return Profile.model_validate(item) if item else None

    def names(self, profile_ids: Collection[str]) -> dict[str, str]:
        """How the people of these profiles are called; whose profile is gone is left out."""
        items = self._table.get_many([(_pk(one), "PROFILE") for one in sorted(set(profile_ids))])
        return {one.profile_id: one.content.display_name for one in map(Profile.model_validate, items)}

    def titles(self, credits: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """The works of these credits, each a profile's id and its own; one that is gone is left out."""
        keys = {(_pk(profile_id), f"CREDIT#{credit_id}"): (profile_id, credit_id) for profile_id, credit_id in credits}
        items = self._table.get_many(sorted(keys))
        return {keys[str(one["pk"]), str(one["sk"])]: Credit.model_validate(one).content.title for one in items}

    def owned_by(self, sub: str) -> Profile | None:
        owner = self._table.get(f"OWNER#{sub}", "OWNER")
        return self.get(str(owner["profile_id"])) if owner and "profile_id" in owner else None

    def credits(self, profile_id: str) -> list[Credit]:
        """In the order they were added."""
        items = self._table.query_all(_pk(profile_id), prefix="CREDIT#")
        return [Credit.model_validate(item) for item in items]

    def submitted(self) -> list[Profile]:
        """Profiles that wait for a decision, longest first."""
        keys = [(str(item["sk"]), "PROFILE") for item in self._table.query_all(_SUBMITTED)]
        profiles = [Profile.model_validate(item) for item in self._table.get_many(keys)]
        return sorted(profiles, key=lambda profile: profile.updated_at)

    def create(self, profile: Profile, fact: Fact, now: datetime) -> None:
        """Raises Conflict when the account has made its profile in another window meanwhile."""
        owner = {"pk": f"OWNER#{profile.user_sub}", "sk": "OWNER", "profile_id": profile.profile_id}
        try:
            self._table.write(Put(_item(profile), condition=NEW), Put(owner, condition=NEW), _event(profile, fact, now))
        except ConditionFailed:
            raise Conflict from None

    def save(
        self,
        profile: Profile,
        fact: Fact,
        now: datetime,
        *,
        credits: Sequence[Credit] = (),
        removed_credit: str | None = None,
        pause_changed: bool = False,
    ) -> None:
        """The profile, the credits that changed and what happened, in one transaction, with what is owed from now on
        where that changes. Raises Conflict."""
        pk = _pk(profile.profile_id)
        waiting: Action = Delete(_SUBMITTED, pk)
        if profile.status == "submitted":
            waiting = Put({"pk": _SUBMITTED, "sk": pk})
        changes: list[Action] = [Put(_credit_item(pk, credit)) for credit in credits]
        if removed_credit is not None:
            changes.append(Delete(pk, f"CREDIT#{removed_credit}"))
        if pause_changed:
            changes.append(_owed(profile))
        unchanged = Put(
            _item(profile),
            condition="#v = :before",
            names={"#v": "version"},
            values={":before": profile.version - 1},
        )
        try:
            self._table.write(unchanged, waiting, *changes, _event(profile, fact, now))
        except ConditionFailed:
            raise Conflict from None

    def due(self, now: datetime) -> Iterator[str]:
        """The profiles whose pause is to be over."""
        for shard in range(DUE_SHARDS):
            for item in self._table.query_all(
                f"DUE#{shard}", index="due", hash_key="due_pk", range_key="due_at", up_to=stamp(now)
            ):
                yield str(item["pk"]).removeprefix("PROFILE#")

    def forgive(self, profile_id: str) -> None:
        """Removes an obligation that no longer means anything."""
        self._table.write(Delete(_pk(profile_id), "OWED#return"))

    def erase(self, sub: str, profile: Profile | None, profile_id: str | None, fact: Fact | None, now: datetime) -> int:
        """The profile and its credits are gone, and the account has none ever again. Returns how many items that were.
        Raises Conflict when the profile was changed since it was read."""
        actions: list[Action] = [Put({"pk": f"OWNER#{sub}", "sk": "OWNER", "erased": True})]
        if profile is not None and fact is not None:
            pk = _pk(profile.profile_id)
            unchanged = {"condition": "#v = :v", "names": {"#v": "version"}, "values": {":v": profile.version}}
            actions += [
                Delete(pk, "PROFILE", **unchanged),  # type: ignore[arg-type]
                Delete(_SUBMITTED, pk),
                Delete(pk, "OWED#return"),
                event_item(pk, fact, aggregate_version=profile.version + 1, now=now),
            ]
        try:
            self._table.write(*actions)
        except ConditionFailed:
            raise Conflict from None
        if profile_id is None:
            return 0
        credits = self._table.query_all(_pk(profile_id), prefix="CREDIT#")
        gone = self._table.delete_all([(str(item["pk"]), str(item["sk"])) for item in credits])
        return gone + (profile is not None)


def _pk(profile_id: str) -> str:
    return f"PROFILE#{profile_id}"


def _item(profile: Profile) -> Item:
    return {"pk": _pk(profile.profile_id), "sk": "PROFILE", **profile.model_dump(mode="json")}


def _credit_item(pk: str, credit: Credit) -> Item:
    return {"pk": pk, "sk": f"CREDIT#{credit.credit_id}", **credit.model_dump(mode="json")}


def _owed(profile: Profile) -> Action:
    pk, back = _pk(profile.profile_id), profile.back_on
    if back is None:
        return Delete(pk, "OWED#return")
    due_at = stamp(datetime.combine(back, time(), PARIS).astimezone(UTC))
    shard = zlib.crc32(profile.profile_id.encode()) % DUE_SHARDS
    return Put({"pk": pk, "sk": "OWED#return", "due_pk": f"DUE#{shard}", "due_at": due_at})


def _event(profile: Profile, fact: Fact, now: datetime) -> Put:
    return event_item(_pk(profile.profile_id), fact, aggregate_version=profile.version, now=now)
