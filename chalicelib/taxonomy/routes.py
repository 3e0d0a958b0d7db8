from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS
from chalicelib.platform.errors import Conflict, PreconditionFailed
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import REQUIRED
from chalicelib.taxonomy.errors import AlreadyInForce, NoDraft, UnknownTaxonomy

if TYPE_CHECKING:
    from chalicelib.taxonomy import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.taxonomy.schemas"), lazily("chalicelib.taxonomy.wiring")

routes = ApiBlueprint(__name__)


def _state(number: int | None = None) -> Reply[schemas.TaxonomyVersionsShape]:
    state = wiring.service().state(number)
    return Reply(schemas.TaxonomyVersionsShape.of(state), version=state.head.revision)


@routes.get("/admin/taxonomy", access=ADMINS, refusals=(UnknownTaxonomy,))
def read_taxonomy_versions(
    request: Request, query: schemas.TaxonomyVersionsQuery
) -> Reply[schemas.TaxonomyVersionsShape]:
    """The taxonomy in force, or an earlier version whole, with the draft of the next and the history.

    The ETag is that of all this: it changes when a draft is saved, and when a version is published.
    """
    return _state(query.number)


@routes.put("/admin/taxonomy", access=ADMINS, if_match=REQUIRED, refusals=(PreconditionFailed, Conflict))
def save_taxonomy_draft(request: Request, body: schemas.TaxonomyDocument) -> Reply[schemas.TaxonomyVersionsShape]:
    """Save the draft of the next version, whole; nothing changes until it is published.

    Every id of the version in force must be there: an entry that is to be offered no more is `retired`. A draft that
    says what is in force is none, and takes away the one there was.
    """
    wiring.service().save_draft(request.actor, body.document(), request.if_match())
    return _state()


@routes.post("/admin/taxonomy/preview", access=ADMINS, refusals=(NoDraft,))
def preview_taxonomy(request: Request, body: schemas.TaxonomyPreviewInput) -> Reply[schemas.TaxonomyPreviewShape]:
    """What publishing the draft would change, of the words and of shortlists.

    The shortlists of live projects, the most pressing of each role in turn, are computed now under the version in force
    and under the draft, as matching would. Nothing is kept, and nobody is told.
    """
    preview = wiring.service().preview(body.projects)
    return Reply(schemas.TaxonomyPreviewShape.of(preview), version=preview.head.revision)


@routes.post(
    "/admin/taxonomy/publish",
    access=ADMINS,
    if_match=REQUIRED,
    refusals=(NoDraft, UnknownTaxonomy, AlreadyInForce, PreconditionFailed, Conflict),
)
def publish_taxonomy(request: Request, body: schemas.TaxonomyPublication) -> Reply[schemas.TaxonomyVersionsShape]:
    """Put the draft in force, or what an earlier version said, with the reason for it.

    It becomes a new version, which never changes afterwards, and is in force everywhere within a minute. Entries that
    came since an earlier version stay known and are retired. Every live project is matched again.
    """
    wiring.service().publish(request.actor, body.reason, body.again, request.if_match())
    return _state()
