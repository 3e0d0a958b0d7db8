from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from chalicelib.platform.validation import QuerySchema, Schema, Shape, WholeNumber, distinct, line, paragraphs
from chalicelib.taxonomy.models import Draft, Version
from chalicelib.taxonomy.rules import Change, Kind
from chalicelib.taxonomy.service import Effect, Preview, State

#: Projects whose shortlists a preview computes: unless more are asked for, and at most. Each costs as much as two
#: matchings, and the gateway waits for 29 seconds.
USUAL_PROJECTS = 10
MOST_PROJECTS = 30

_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=60)]
_MOST_ENTRIES = 300
_MOST_SYNONYMS = 60
_MOST_RELATED = 60


class _Part(Schema):
    """A part of a taxonomy: what an administrator sends is what is read back, field by field."""

    # One schema for both ways, hence one name.
    model_config = ConfigDict(json_schema_mode_override="validation")


class TaxonomyLabels(_Part):
    fr: line(120)  # type: ignore[valid-type]
    en: line(120)  # type: ignore[valid-type]


class TaxonomySynonyms(_Part):
    """Other words for the same thing, as people write them."""

    fr: distinct(line(120), _MOST_SYNONYMS) = []  # type: ignore[valid-type]
    en: distinct(line(120), _MOST_SYNONYMS) = []  # type: ignore[valid-type]


class TaxonomyRelation(_Part):
    """A neighbouring entry of the same dimension; `weight`: how alike they are, from 0 to 1, both ways."""

    id: _Id
    weight: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class TaxonomyEntry(_Part):
    """One word of a dimension. `parent`: what it is a kind of. `retired`: known, named and matched wherever it stands,
    and offered no more."""

    id: _Id
    labels: TaxonomyLabels
    synonyms: TaxonomySynonyms = TaxonomySynonyms()
    parent: _Id | None = None
    related: Annotated[list[TaxonomyRelation], Field(max_length=_MOST_RELATED)] = []
    retired: bool = False


class TaxonomyDimension(_Part):
    """A list of words of one kind, in the order in which forms offer them. `provenance` and `note`: where they come
    from, and what to know before changing them; administrators alone read that."""

    labels: TaxonomyLabels
    multiple: bool
    provenance: paragraphs(2000) | None = None  # type: ignore[valid-type]
    note: paragraphs(2000) | None = None  # type: ignore[valid-type]
    items: Annotated[list[TaxonomyEntry], Field(min_length=1, max_length=_MOST_ENTRIES)]


class TaxonomyDocument(_Part):
    """A taxonomy, whole: every dimension that there is, and no other."""

    dimensions: dict[_Id, TaxonomyDimension]

    def document(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


class TaxonomyPreviewInput(Schema):
    """`projects`: of how many live ones the shortlists are computed."""

    projects: Annotated[int, Field(ge=0, le=MOST_PROJECTS)] = USUAL_PROJECTS


class TaxonomyPublication(Schema):
    """`again`: the number of an earlier version, to put in force what it said; without it, the draft is published."""

    reason: line(500)  # type: ignore[valid-type]
    again: Annotated[int, Field(ge=1, le=999_999)] | None = None


class TaxonomyVersionsQuery(QuerySchema):
    """`number`: the version to show whole; the one in force when none is named."""

    number: Annotated[WholeNumber, Field(ge=1, le=999_999)] | None = None


class TaxonomyVersionShape(Shape):
    """A version: `version` is what logs of rankings call it; who put it in force, when and why (nobody, for the one
    that came with the project); how many things it changed, and which earlier version it says again."""

    number: int
    version: str
    published_at: str | None
    published_by: str | None
    reason: str | None
    differences: int
    again: int | None

    @staticmethod
    def of(version: Version) -> TaxonomyVersionShape:
        return TaxonomyVersionShape(**{name: getattr(version, name) for name in TaxonomyVersionShape.model_fields})


class TaxonomyChangeShape(Shape):
    """One thing that a version changes of the one before. `entry` is empty for what a dimension says of itself and for
    the order of its entries. `before` and `after`: as the document has them, null where there is nothing."""

    kind: Kind
    dimension: str
    entry: str
    before: Any
    after: Any

    @staticmethod
    def of(change: Change) -> TaxonomyChangeShape:
        return TaxonomyChangeShape(
            kind=change.kind,
            dimension=change.dimension,
            entry=change.entry,
            before=change.before,
            after=change.after,
        )


class TaxonomyDraftShape(Shape):
    """What is to become the next version, who saved it last, and what it changes of the version in force.
    `made_from`: the number of the version that was in force when it was saved."""

    taxonomy: TaxonomyDocument
    saved_at: str
    saved_by: str
    made_from: int
    changes: list[TaxonomyChangeShape]

    @staticmethod
    def of(draft: Draft, changes: Sequence[Change]) -> TaxonomyDraftShape:
        return TaxonomyDraftShape(
            taxonomy=TaxonomyDocument.model_validate(draft.document),
            saved_at=draft.saved_at,
            saved_by=draft.saved_by,
            made_from=draft.made_from,
            changes=[TaxonomyChangeShape.of(one) for one in changes],
        )


class TaxonomyVersionsShape(Shape):
    """`version`: of all this, as in the ETag: it grows by one when a draft is saved and when a version is published.
    `in_force`: the number of the version in force. `shown`: the one that was asked for, with its `taxonomy` whole.
    `draft`: the next one, while there is one. `history`: every version, the latest first."""

    version: int
    in_force: int
    shown: TaxonomyVersionShape
    taxonomy: TaxonomyDocument
    draft: TaxonomyDraftShape | None
    history: list[TaxonomyVersionShape]

    @staticmethod
    def of(state: State) -> TaxonomyVersionsShape:
        return TaxonomyVersionsShape(
            version=state.head.revision,
            in_force=state.head.number,
            shown=TaxonomyVersionShape.of(state.shown),
            taxonomy=TaxonomyDocument.model_validate(state.document),
            draft=TaxonomyDraftShape.of(state.draft, state.draft_changes) if state.draft else None,
            history=[TaxonomyVersionShape.of(one) for one in state.history],
        )


class SeatMoveShape(Shape):
    """Somebody who stays on a shortlist at another place; 1 is the first."""

    profile_id: str
    before: int
    after: int


class ShortlistEffectShape(Shape):
    """Who would sit on a project's shortlist, in order, if it were computed now under the version in force (`before`)
    and under the draft (`after`): by ids alone, and the project by its code name."""

    brief_id: str
    code_name: str
    before: list[str]
    after: list[str]
    entering: list[str]
    leaving: list[str]
    moved: list[SeatMoveShape]

    @staticmethod
    def of(effect: Effect) -> ShortlistEffectShape:
        return ShortlistEffectShape(
            brief_id=effect.project.brief_id,
            code_name=effect.project.code_name,
            before=list(effect.before),
            after=list(effect.after),
            entering=list(effect.entering),
            leaving=list(effect.leaving),
            moved=[
                SeatMoveShape(profile_id=one.profile_id, before=one.before, after=one.after) for one in effect.moved
            ],
        )


class TaxonomyPreviewShape(Shape):
    """What publishing the draft would change; `version` is the ETag to publish it with. `projects_looked_at` counts the
    live projects whose shortlist was computed under both, `projects_changed` those where it is not the same; `projects`
    lists them all."""

    version: int
    in_force: int
    changes: list[TaxonomyChangeShape]
    projects_looked_at: int
    projects_changed: int
    projects: list[ShortlistEffectShape]

    @staticmethod
    def of(preview: Preview) -> TaxonomyPreviewShape:
        return TaxonomyPreviewShape(
            version=preview.head.revision,
            in_force=preview.head.number,
            changes=[TaxonomyChangeShape.of(one) for one in preview.changes],
            projects_looked_at=len(preview.effects),
            projects_changed=sum(one.before != one.after for one in preview.effects),
            projects=[ShortlistEffectShape.of(one) for one in preview.effects],
        )
