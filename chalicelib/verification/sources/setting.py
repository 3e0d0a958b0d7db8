"""What a source is built from, whichever it is: so that a new one needs a file and a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chalicelib.verification.sources.desk import Desk, SourceStore
from chalicelib.verification.sources.http import Fetcher, Pace
from chalicelib.verification.sources.port import Matcher, Terms
from chalicelib.vocabulary.clock import Clock


@dataclass(frozen=True, slots=True)
class Setting:
    """`fetcher`: makes what asks one source at its pace. `addresses`: source → where it answers, where that is not its
    public address. `keys` and `agreements`: source → the key to it, the reference of the contract that allows its
    use."""

    fetcher: Callable[[Pace], Fetcher]
    store: SourceStore
    clock: Clock
    same_work: Matcher
    addresses: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    agreements: Mapping[str, str] = field(default_factory=dict)

    def desk(self, source: str, terms: Terms, pace: Pace, public_address: str) -> Desk:
        address = self.addresses.get(source, public_address)
        return Desk(source, terms, address, self.fetcher(pace), self.store, self.clock)
