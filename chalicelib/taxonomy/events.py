"""What happens to the taxonomy: which version took whose place. No word of it is carried."""

from __future__ import annotations

from typing import ClassVar

from chalicelib.vocabulary.facts import Fact


class TaxonomyDraftSaved(Fact):
    """An administrator saved what is to become the next version; nothing has changed yet. `differences` from the
    version in force: none once the draft says the same, and is one no more."""

    event_type: ClassVar[str] = "taxonomy.draft_saved"
    draft_id: str
    revision: int
    differences: int
    saved_by: str


class TaxonomyPublished(Fact):
    """Another version is in force. `number` counts the versions, `differences` what it changes of the one before;
    `again`: the earlier version that it says again, 0 for one that is new."""

    event_type: ClassVar[str] = "taxonomy.published"
    version_id: str
    number: int
    differences: int
    again: int
    published_by: str
