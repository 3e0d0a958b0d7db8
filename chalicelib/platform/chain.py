"""Chains of facts: in a partition that has one, each fact is written with the digest of the one before, so that taking
one away, changing it, or slipping one in shows.

A link covers which fact stands in which place: its id, type and time, what it happened to, in which version, and the
account that did it. It covers no payload: whatever is to be forgotten of somebody goes without breaking it.

The last link is repeated in an item of its own, `CHAIN`, the head. It is written with every fact on condition that it
is as it was read: places have no gaps, whoever writes at once. Facts that a partition had before its chain began are
covered together, by what the first link starts from.

Whoever may write the table could write a whole chain anew. Only a head that was kept elsewhere shows that (`against`).
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

from chalicelib.platform.errors import Retryable
from chalicelib.platform.outbox import EVENT_PREFIX
from chalicelib.platform.table import NEW, Action, ConditionFailed, Item, Put, Table
from chalicelib.vocabulary.facts import Chained, Finding, Head

HEAD = "CHAIN"

#: How often a write is begun because another one took its place in the chain: a case’s checks end a dozen at once.
TRIES = 12
#: Seconds: the longest pause after the first of them, which grows with each.
PAUSE = 0.02

#: What of a fact a link covers, beside its place and the link before.
_COVERED = ("event_id", "event_type", "occurred_at", "aggregate_id", "aggregate_version", "actor_sub")


def write_chained(table: Table, *actions: Action) -> None:
    """Like `Table.write`, its facts as the next links of their partition, of which they have one together. Raises what
    it raises; Retryable when others kept taking the place."""
    facts = {action.item["pk"] for action in actions if isinstance(action, Put) and _is_fact(action)}
    if not facts:
        table.write(*actions)
        return
    (pk,) = facts
    for tried in range(TRIES):
        if tried:
            time.sleep(random.uniform(0, PAUSE * tried))
        try:
            table.write(*_linked(table, pk, actions))
        except ConditionFailed as refused:
            theirs = [index for index in refused.failed if index < len(actions)]
            if theirs:
                raise ConditionFailed(theirs) from None
        except Retryable as passing:
            if str(passing) != "transaction_conflict":
                raise
        else:
            return
    raise Retryable("chain_busy")


def read_head(table: Table, pk: str) -> Head | None:
    """The partition’s last link, None when nothing in it is chained."""
    item = table.get(pk, HEAD)
    return Head(int(item["position"]), str(item["digest"]), int(item["older"])) if item else None


def read_back(table: Table, pk: str, *, against: tuple[int, str] | None = None) -> Chained:
    """Everything of a partition’s chain, recomputed. `against`: a place and the digest that it once had there."""
    for _ in range(TRIES):
        head, items = read_head(table, pk), list(table.query_all(pk, prefix=EVENT_PREFIX))
        if read_head(table, pk) == head:  # nothing was written in between
            break
    return examine(pk, head, items, against=against)


def examine(pk: str, head: Head | None, items: Sequence[Item], *, against: tuple[int, str] | None = None) -> Chained:
    """What is wrong with the facts of a partition, given all of them and the head, if anything is."""
    loose = sorted((item for item in items if "chain" not in item), key=lambda item: str(item["sk"]))
    links = [_Link.of(item) for item in items if "chain" in item]
    at: defaultdict[int, list[_Link]] = defaultdict(list)
    for link in links:
        at[link.position].append(link)
    last = max([*at, head.position if head else 0])
    findings = [
        *_beginnings(pk, head, loose, at),
        *(finding for link in links for finding in _itself(link, pk)),
        *_places(at, last),
        *_order(at, last),
        *_ending(head, at, last),
    ]
    if against is not None and [link.digest for link in at[against[0]]] != [against[1]]:
        findings.append(Finding("changed", against[0], None))
    return Chained(pk, len(links), len(loose), head, tuple(dict.fromkeys(findings)))


@dataclass(frozen=True, slots=True)
class _Link:
    """A chained fact as it lies in the table, whatever somebody made of it: place 0 is nobody's."""

    item: Item
    event_id: str
    position: int
    previous: str
    digest: str

    @staticmethod
    def of(item: Item) -> _Link:
        said = item["chain"] if isinstance(item["chain"], dict) else {}
        position = said.get("position")
        place = position if isinstance(position, int) and position > 0 else 0
        return _Link(item, str(item.get("event_id")), place, str(said.get("previous")), str(said.get("digest")))


def _beginnings(
    pk: str, head: Head | None, loose: Sequence[Item], at: Mapping[int, Sequence[_Link]]
) -> Iterator[Finding]:
    """Facts without a link: those that the chain began after, as they were then, and no others."""
    if not at and head is None:
        return  # nothing here was ever chained
    first = at.get(1, ())
    begins = _beginning(pk, loose)
    if all(link.previous == begins for link in first) and (head is None or head.older == len(loose)):
        return
    began = min((link.event_id for link in first), default=None)
    late = [str(item.get("event_id")) for item in loose if began is not None and str(item.get("event_id")) > began]
    yield from (Finding("unchained", None, event_id) for event_id in late)
    if not late:
        yield Finding("beginning", None, None)


def _itself(link: _Link, pk: str) -> Iterator[Finding]:
    if _digest(link.previous, link.position, link.item) != link.digest:
        yield Finding("changed", link.position, link.event_id)
    if link.position == 0 or (link.item["pk"], link.item["sk"]) != (pk, f"{EVENT_PREFIX}{link.event_id}"):
        yield Finding("out_of_place", link.position, link.event_id)


def _places(at: Mapping[int, Sequence[_Link]], last: int) -> Iterator[Finding]:
    for position in range(1, last + 1):
        found = at.get(position, ())
        if not found:
            yield Finding("missing", position, None)
        elif len(found) > 1:
            yield from (Finding("doubled", position, link.event_id) for link in found)


def _order(at: Mapping[int, Sequence[_Link]], last: int) -> Iterator[Finding]:
    """Each link follows the one before, as far as there is exactly one."""
    for one, other in pairwise(range(1, last + 1)):
        match [*at.get(one, ())], [*at.get(other, ())]:
            case [before], [after] if after.previous != before.digest:
                yield Finding("out_of_place", other, after.event_id)


def _ending(head: Head | None, at: Mapping[int, Sequence[_Link]], last: int) -> Iterator[Finding]:
    if head is None:
        if last:
            yield Finding("head", None, None)
    elif head.position < last or any(link.digest != head.digest for link in at.get(head.position, ())):
        yield Finding("head", head.position, None)


def _linked(table: Table, pk: str, actions: Sequence[Action]) -> list[Action]:
    """The actions with the next links in their facts, and the head that goes with them."""
    before = read_head(table, pk)
    if before is None:
        older = list(table.query_all(pk, prefix=EVENT_PREFIX))
        head = Head(0, _beginning(pk, older), len(older))
    else:
        head = before
    linked: list[Action] = []
    for action in actions:
        if isinstance(action, Put) and _is_fact(action):
            position = head.position + 1
            digest = _digest(head.digest, position, action.item)
            chain = {"position": position, "previous": head.digest, "digest": digest}
            linked.append(replace(action, item={**action.item, "chain": chain}))
            head = Head(position, digest, head.older)
        else:
            linked.append(action)
    item = {"pk": pk, "sk": HEAD, "position": head.position, "digest": head.digest, "older": head.older}
    if before is None:
        return [*linked, Put(item, condition=NEW)]
    as_read = {":position": before.position, ":digest": before.digest}
    condition = "#p = :position AND digest = :digest"
    return [*linked, Put(item, condition=condition, names={"#p": "position"}, values=as_read)]


def _is_fact(put: Put) -> bool:
    return str(put.item["sk"]).startswith(EVENT_PREFIX)


def _beginning(pk: str, older: Sequence[Item]) -> str:
    """What stands before the first link: whose chain it is, and the facts that are older than it, in their order."""
    return _sha256([pk, *([item.get(name) for name in _COVERED] for item in older)])


def _digest(previous: str, position: int, item: Item) -> str:
    return _sha256([previous, position, *(item.get(name) for name in _COVERED)])


def _sha256(content: list[Any]) -> str:
    """Of the content as JSON, in which nothing can pass for something else."""
    return sha256(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
