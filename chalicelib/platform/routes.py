"""Is it up, and what does the static site need to know."""

from __future__ import annotations

from chalicelib.platform.auth import PUBLIC
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.settings import settings
from chalicelib.vocabulary import taxonomy

routes = ApiBlueprint(__name__)

_PUBLIC_FOR_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}


@routes.get("/health", access=PUBLIC)
def read_health(request: Request) -> Reply:
    return Reply({"status": "ok", "environment": settings().environment})


@routes.get("/config", access=PUBLIC)
def read_config(request: Request) -> Reply:
    known = settings()
    return Reply(
        {
            "region": known.user_pool_id.split("_")[0],
            "user_pool_id": known.user_pool_id,
            "user_pool_client_id": known.user_pool_client_id,
            "identity_endpoint": "/idp",
            "api_endpoint": "/api",
        },
        headers=_PUBLIC_FOR_FIVE_MINUTES,
    )


@routes.get("/taxonomy", access=PUBLIC)
def read_taxonomy(request: Request) -> Reply:
    return Reply(taxonomy.document(), headers=_PUBLIC_FOR_FIVE_MINUTES)
