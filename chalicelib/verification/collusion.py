"""Signs that attestations were arranged, seen in who attests for whom. Pure; each is for a person to judge.

Honest people show some of them too: an assistant answers for a whole house, two colleagues vouch for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.verification.signals import Signal
from chalicelib.vocabulary.text import Bilingual

if TYPE_CHECKING:
    from chalicelib.verification.attestations import Attestation

#: Profiles that one mailbox is asked about within so many days before it is worth saying.
SHARED_BY = 3
SHARED_WITHIN = timedelta(days=30)

#: Confirmations that one profile, or one mailbox, gathers within so long.
BURST_OF = 4
BURST_WITHIN = timedelta(minutes=30)

_POSITIVE = ("confirms", "other_function")


def signals_among(own: Sequence[Attestation], around: Sequence[Attestation]) -> list[Signal]:
    """Of the attestations of one case (`own`), with all that those concerned have to do with (`around`, `own`
    included or not). Signals that concern no attestation of the case are left out; the same question gives the same
    answer whatever the order of what is given."""
    everything = {one.attestation_id: one for one in (*around, *own) if one.withdrawn_at is None}
    ordered = [everything[key] for key in sorted(everything)]
    mine = {one.attestation_id for one in own}
    found = [*mutual(ordered), *shared_address(ordered), *bursts(ordered), *own_address(ordered), *own_domain(ordered)]
    return [signal for signal in found if mine.intersection(signal.concerns)]


def mutual(attestations: Sequence[Attestation]) -> list[Signal]:
    """A was to attest for B, and B for A. Concerns: the two attestations."""
    return [
        Signal("mutual_attestation", (one.attestation_id, other.attestation_id), _MUTUAL)
        for place, one in enumerate(attestations)
        for other in attestations[place + 1 :]
        if one.profile_id != other.profile_id and _asked_of(one, other) and _asked_of(other, one)
    ]


def _asked_of(one: Attestation, other: Attestation) -> bool:
    """Whether who made the other request is the person asked in this one."""
    return one.attester == other.profile_id or one.mailbox in other.own_mailboxes


def shared_address(attestations: Sequence[Attestation]) -> list[Signal]:
    """One mailbox was asked about several people in a short time. Concerns: the attestations of that time."""
    found = []
    for group in _groups(attestations, lambda one: one.likeness):
        near = _widest(group, lambda one: one.asked_at, SHARED_WITHIN, lambda ones: len({o.profile_id for o in ones}))
        people = len({one.profile_id for one in near})
        if people >= SHARED_BY:
            found.append(Signal("shared_address", _ids(near), _SHARED.format(people=people, days=SHARED_WITHIN.days)))
    return found


def bursts(attestations: Sequence[Attestation]) -> list[Signal]:
    """Many confirmations at one go, for one person or from one mailbox. Concerns: those attestations."""
    confirmed = [one for one in attestations if one.answer in _POSITIVE]
    found: dict[tuple[str, ...], Signal] = {}
    for group in (*_groups(confirmed, lambda one: one.profile_id), *_groups(confirmed, lambda one: one.likeness)):
        near = _widest(group, lambda one: str(one.answered_at), BURST_WITHIN, len)
        if len(near) >= BURST_OF:
            minutes = int(BURST_WITHIN.total_seconds() // 60)
            found[_ids(near)] = Signal("burst", _ids(near), _BURST.format(count=len(near), minutes=minutes))
    return list(found.values())


def own_address(attestations: Sequence[Attestation]) -> list[Signal]:
    """The attester's mailbox is, or but for dots and tags looks like, one of the asker's own account."""
    return [
        Signal("own_address", (one.attestation_id,), _OWN_ADDRESS)
        for one in attestations
        if one.attester == one.profile_id or one.mailbox in one.own_mailboxes or one.likeness in one.own_likenesses
    ]


def own_domain(attestations: Sequence[Attestation]) -> list[Signal]:
    """The asker's own account is on the attester's domain, and nobody has proved that it is the company's."""
    return [
        Signal("own_domain", (one.attestation_id,), _OWN_DOMAIN)
        for one in attestations
        if one.domain in one.own_domains and not one.company_known
    ]


def _groups(attestations: Sequence[Attestation], by: Callable[[Attestation], str]) -> list[list[Attestation]]:
    groups: dict[str, list[Attestation]] = {}
    for one in attestations:
        groups.setdefault(by(one), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _widest(
    group: Sequence[Attestation],
    when: Callable[[Attestation], str],
    within: timedelta,
    weight: Callable[[list[Attestation]], int],
) -> list[Attestation]:
    """The weightiest of its stretches of that length; of equals the first."""
    ordered = sorted(group, key=lambda one: (when(one), one.attestation_id))
    moments = [datetime.fromisoformat(when(one)) for one in ordered]
    best: list[Attestation] = []
    for start, moment in enumerate(moments):
        near = [one for one, then in zip(ordered[start:], moments[start:], strict=True) if then - moment <= within]
        if weight(near) > weight(best):
            best = near
    return best


def _ids(attestations: Sequence[Attestation]) -> tuple[str, ...]:
    return tuple(sorted(one.attestation_id for one in attestations))


_MUTUAL = Bilingual(
    "Ces deux personnes ont chacune été appelées à attester pour l’autre.",
    "Each of these two people was asked to attest for the other.",
)
_SHARED = Bilingual(
    "La même adresse a été sollicitée pour {people} personnes en {days} jours.",
    "The same address was asked about {people} people within {days} days.",
)
_BURST = Bilingual(
    "{count} confirmations sont arrivées en {minutes} minutes.", "{count} confirmations came within {minutes} minutes."
)
_OWN_ADDRESS = Bilingual(
    "L’adresse de qui atteste est, ou semble être, celle de la personne elle-même.",
    "The attester’s address is, or appears to be, the person’s own.",
)
_OWN_DOMAIN = Bilingual(
    "Qui atteste et la personne ont une adresse au même domaine, dont rien ne prouve qu’il soit celui de la société.",
    "Attester and person have addresses on the same domain, and nothing proves that it is the company’s.",
)
