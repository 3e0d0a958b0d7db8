"""Is it up, what does the static site need to know, and what may be asked of the routes."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Reply, Request, operations
from chalicelib.platform.lazily import lazily
from chalicelib.platform.settings import settings
from chalicelib.vocabulary import taxonomy
from chalicelib.vocabulary.taxonomy import Taxonomy

if TYPE_CHECKING:
    from chalicelib.platform import openapi, schemas
else:
    openapi, schemas = lazily("chalicelib.platform.openapi"), lazily("chalicelib.platform.schemas")

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/health", access=PUBLIC, speaks=False)
def read_health(request: Request) -> Reply[schemas.HealthShape]:
    """Whether the service answers."""
    return Reply(schemas.HealthShape(status="ok", environment=settings().environment))


@routes.get("/config", access=PUBLIC, speaks=False)
def read_config(request: Request) -> Reply[schemas.ConfigShape]:
    """What the site needs before anyone has signed in."""
    known = settings()
    config = schemas.ConfigShape(
        region=known.user_pool_id.split("_")[0],
        user_pool_id=known.user_pool_id,
        user_pool_client_id=known.user_pool_client_id,
        identity_endpoint="/idp",
        api_endpoint="/api",
    )
    return Reply(config, headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/taxonomy", access=PUBLIC)
def read_taxonomy(request: Request) -> Reply[schemas.TaxonomyShape]:
    """The words that forms choose from: roles, genres, tones, formats, with their labels.

    An entry that is `retired` stands where it was chosen before, and is not to be offered.
    """
    return Reply(_taxonomy(taxonomy.taxonomy()), headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/openapi.json", access=PUBLIC, speaks=False)
def read_contract(request: Request) -> Reply[schemas.ContractShape]:
    """This document."""
    return Reply(_contract(), headers=_PUBLIC_FOR_FIVE_MINUTES)


@lru_cache(maxsize=1)
def _taxonomy(_in_force: Taxonomy) -> schemas.TaxonomyShape:
    """Made anew for another one."""
    document = taxonomy.document()
    return schemas.TaxonomyShape(
        version=document["version"],
        dimensions={
            name: {part: dimension[part] for part in ("labels", "multiple", "items")}
            for name, dimension in document["dimensions"].items()
        },
    )


@cache
def _contract() -> schemas.ContractShape:
    return schemas.ContractShape(openapi.document(operations(routes.current_app)))
