"""Is it up, what does the static site need to know, and what may be asked of the routes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Reply, Request, operations
from chalicelib.platform.lazily import lazily
from chalicelib.platform.settings import settings
from chalicelib.vocabulary import taxonomy

if TYPE_CHECKING:
    from chalicelib.platform import openapi, schemas
else:
    openapi, schemas = lazily("chalicelib.platform.openapi"), lazily("chalicelib.platform.schemas")

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/health", access=PUBLIC)
def read_health(request: Request) -> Reply[schemas.HealthShape]:
    """Whether the service answers."""
    return Reply(schemas.HealthShape(status="ok", environment=settings().environment))


@routes.get("/config", access=PUBLIC)
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
    """The words that forms choose from: roles, genres, tones, formats, with their labels."""
    return Reply(_taxonomy(), headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/openapi.json", access=PUBLIC)
def read_contract(request: Request) -> Reply[schemas.ContractShape]:
    """This document."""
    return Reply(_contract(), headers=_PUBLIC_FOR_FIVE_MINUTES)


@cache
def _taxonomy() -> schemas.TaxonomyShape:
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
