"""Is it up, what does the static site need to know, and what may be asked of the routes."""

from __future__ import annotations

from functools import cache

from chalicelib.platform import openapi
from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Reply, Request, operations
from chalicelib.platform.schemas import ConfigShape, ContractShape, HealthShape, TaxonomyShape
from chalicelib.platform.settings import settings
from chalicelib.vocabulary import taxonomy

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/health", access=PUBLIC)
def read_health(request: Request) -> Reply[HealthShape]:
    """Whether the service answers."""
    return Reply(HealthShape(status="ok", environment=settings().environment))


@routes.get("/config", access=PUBLIC)
def read_config(request: Request) -> Reply[ConfigShape]:
    """What the site needs before anyone has signed in."""
    known = settings()
    config = ConfigShape(
        region=known.user_pool_id.split("_")[0],
        user_pool_id=known.user_pool_id,
        user_pool_client_id=known.user_pool_client_id,
        identity_endpoint="/idp",
        api_endpoint="/api",
    )
    return Reply(config, headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/taxonomy", access=PUBLIC)
def read_taxonomy(request: Request) -> Reply[TaxonomyShape]:
    """The words that forms choose from: roles, genres, tones, formats, with their labels."""
    return Reply(_taxonomy(), headers=_PUBLIC_FOR_FIVE_MINUTES)


@routes.get("/openapi.json", access=PUBLIC)
def read_contract(request: Request) -> Reply[ContractShape]:
    """This document."""
    return Reply(_contract(), headers=_PUBLIC_FOR_FIVE_MINUTES)


@cache
def _taxonomy() -> TaxonomyShape:
    document = taxonomy.document()
    return TaxonomyShape(
        version=document["version"],
        dimensions={
            name: {part: dimension[part] for part in ("labels", "multiple", "items")}
            for name, dimension in document["dimensions"].items()
        },
    )


@cache
def _contract() -> ContractShape:
    return ContractShape(openapi.document(operations(routes.current_app)))
