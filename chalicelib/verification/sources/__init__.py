"""Where credits and companies are looked up. A new credit source is a file here and a line in `CREDIT_SOURCES`
(docs/recipes/add-a-credit-source.md)."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.verification.sources.databnf import DataBnf
from chalicelib.verification.sources.isan import Isan
from chalicelib.verification.sources.port import CreditSource
from chalicelib.verification.sources.setting import Setting
from chalicelib.verification.sources.tmdb import Tmdb
from chalicelib.verification.sources.wikidata import Wikidata

CREDIT_SOURCES: tuple[Callable[[Setting], CreditSource], ...] = (
    Wikidata,
    DataBnf,
    Isan,
    Tmdb,
)


def credit_sources(setting: Setting) -> dict[str, CreditSource]:
    """Every source that may be asked, by id."""
    made = (make(setting) for make in CREDIT_SOURCES)
    return {source.id: source for source in made if source.enabled}
