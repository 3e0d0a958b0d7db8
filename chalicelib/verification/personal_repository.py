"""What verification keeps about one person, as an erasure finds it. Keys as `repository`, `evidence_repository` and
`source_memory` draw them; of a case that goes, what happened in it stays, by ids."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from chalicelib.platform.chain import HEAD
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import EVENT_PREFIX
from chalicelib.platform.table import ConditionFailed, Item, Put, Table
from chalicelib.verification.events import CaseOpened

Key = tuple[str, str]


class PersonalCases:
    def __init__(self, table: Table) -> None:
        self._table = table

    def cases(self, owner_id: str, sub: str) -> list[str]:
        """The cases of a profile or a company, and those that the account opened: what leads to the former may be gone
        already."""
        listed = self._table.query_all(f"OWNER#{owner_id}", prefix="CASE#")
        found = [str(item["case_id"]) for item in listed]
        opened = self._table.query_all(sub, index="by_actor", hash_key="actor_sub", range_key="sk", prefix=EVENT_PREFIX)
        for item in opened:
            subject = str(item["payload"].get("subject_id", ""))
            if item["event_type"] == CaseOpened.event_type and subject.partition("/")[0] == owner_id:
                found.append(str(item["pk"]).removeprefix("CASE#"))
        return list(dict.fromkeys(found))

    def forget_case(self, owner_id: str, case_id: str) -> int:
        """Everything that lies under the case, or on the shelf of an alarm, and what points there; but for its facts,
        which hold ids, and the end of their chain."""
        pk = f"CASE#{case_id}"
        items = [
            item
            for item in self._table.query_all(pk)
            if item["sk"] != HEAD and not str(item["sk"]).startswith(EVENT_PREFIX)
        ]
        keys: list[Key] = []
        for item in items:
            keys += _pointing_at(item)
        gone = self._table.delete_all(self._there(keys))
        # The case itself last, but for what leads to it.
        gone += self._table.delete_all([(pk, str(item["sk"])) for item in items if item["sk"] != "CASE"])
        gone += self._table.delete_all(self._there([(pk, "CASE")]))
        return gone + self._table.delete_all(self._there([(f"OWNER#{owner_id}", f"CASE#{case_id}")]))

    def forget_facts(self, profile_id: str) -> int:
        """What was established of their credits and background, and how often they asked today."""
        found = [(str(item["pk"]), str(item["sk"])) for item in self._table.query_all(f"PROFILE#{profile_id}")]
        found = [key for key in found if not key[1].startswith("PRINT#")]
        found += [(str(item["pk"]), str(item["sk"])) for item in self._table.query_all(f"TALLY#{profile_id}")]
        return self._table.delete_all(found)

    def prints(self, holder_id: str) -> int:
        return sum(1 for _ in self._table.query_all(f"PROFILE#{holder_id}", prefix="PRINT#"))

    def attested_by(self, nodes: Iterable[str], is_theirs: Callable[[Item], bool]) -> int:
        """Of the attestations that others asked for around these nodes, those that they were asked for themselves say
        no more who was asked, nor what they added; returns how many that were."""
        named = {
            (f"CASE#{item['case_id']}", str(item["sk"]))
            for node in nodes
            for item in self._table.query_all(f"NODE#{node}", prefix="ATTESTATION#")
        }
        redacted = 0
        for item in self._table.get_many(sorted(named)):
            wordless = {name: value for name, value in item.items() if name not in ("address", "attester", "said")}
            if is_theirs(item) and wordless != item:
                self._replace(item, wordless)
                redacted += 1
        return redacted

    def forget_answers(self, sources: Sequence[str], is_about: Callable[[str], bool]) -> int:
        """The remembered answers of public sources that are about somebody, as text."""
        gone = 0
        for source in sources:
            found = self._table.query_all(f"SOURCE#{source}", prefix="ANSWER#")
            keys = [(str(item["pk"]), str(item["sk"])) for item in found if is_about(_text(item.get("records")))]
            gone += self._table.delete_all(keys)
        return gone

    def _there(self, keys: Sequence[Key]) -> list[Key]:
        return [(str(item["pk"]), str(item["sk"])) for item in self._table.get_many(list(dict.fromkeys(keys)))]

    def _replace(self, before: Item, after: Item) -> None:
        version = int(before["version"])
        changed = {**after, "version": version + 1}
        condition = {"condition": "#v = :v", "names": {"#v": "version"}, "values": {":v": version}}
        try:
            self._table.write(Put(changed, **condition))  # type: ignore[arg-type]
        except ConditionFailed:
            raise Conflict from None


def _pointing_at(item: Item) -> list[Key]:
    """What lies elsewhere because of this item of a case."""
    sk = str(item["sk"])
    if sk == "CASE":
        return [(f"SUBJECT#{item['kind']}#{item['subject_id']}", "OPEN")]
    if sk.startswith("EVIDENCE#") and item.get("sha256"):
        return [(f"HASH#{item['sha256']}", f"EVIDENCE#{item['case_id']}#{item['evidence_id']}")]
    if sk.startswith("ATTESTATION#"):
        own = (*item["own_mailboxes"], *item["own_likenesses"])
        nodes = (item["profile_id"], item["mailbox"], item["likeness"], *own, item.get("attester"))
        return [(f"NODE#{node}", sk) for node in nodes if node]
    return []


def _text(records: Any) -> str:
    return json.dumps(records, ensure_ascii=False, default=str) if records else ""
