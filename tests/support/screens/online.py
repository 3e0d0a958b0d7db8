"""The projects that are online, as administrators look at them of their own accord."""

from __future__ import annotations

from tests.support.screens.moderation import FAR, open_forms
from tests.support.site import Screen, example, later, refusal
from tests.support.stand import down

PROJECT = example("/admin/briefs/x")
PROJECT_ADDRESS = f"/admin/projects/{PROJECT['brief_id']}"
PROJECT_PATH = f"/admin/briefs/{PROJECT['brief_id']}"
_LISTED = example("/admin/briefs")["projects"][0]
_TITLE = "Une enquête de Sémaphore Récits"

SCREENS: tuple[Screen, ...] = (
    Screen(
        "projects online",
        "/admin/projects",
        "admins",
        {
            "GET /admin/briefs": {
                "projects": [
                    _LISTED,
                    _LISTED | {"brief_id": "b", "code_name": None, "logline": None, "publication_no": 3},
                ],
                "cursor": "more",
            }
        },
    ),
    Screen("no project online", "/admin/projects", "admins", {"GET /admin/briefs": {"projects": [], "cursor": None}}),
    Screen(
        "no project of that name",
        "/admin/projects?text=goemon",
        "admins",
        {"GET /admin/briefs": {"projects": [], "cursor": None}},
    ),
    Screen(
        "projects online that cannot be read",
        "/admin/projects",
        "admins",
        {"GET /admin/briefs": down()},
        then=later,
    ),
    Screen("a project online", PROJECT_ADDRESS, "admins", then=open_forms),
    Screen(
        "a project online that tells who is behind it",
        PROJECT_ADDRESS,
        "admins",
        {
            f"GET {PROJECT_PATH}": PROJECT
            | {
                "read": PROJECT["read"] | {"code_name": _TITLE},
                "company": PROJECT["company"] | {"may_publish": False},
                "measures": [],
                "findings": [
                    PROJECT["findings"][0]
                    | {
                        "pointer": "/code_name",
                        "language": None,
                        "concern": "identity",
                        "kind": "company",
                        "start": 15,
                        "end": 31,
                        "passage": "Sémaphore Récits",
                        "severity": "warn",
                    }
                ],
            }
        },
    ),
    Screen(
        "a project that is not online any more",
        PROJECT_ADDRESS,
        "admins",
        {
            f"GET {PROJECT_PATH}": PROJECT
            | {
                "status": "returned",
                "findings": [],
                "company": PROJECT["company"] | {"legal_name": None, "siren": None},
                "measures": [PROJECT["measures"][0] | {"kind": "company", "state": "in_force", "decided_at": FAR}],
            }
        },
    ),
    Screen(
        "a project that was never online",
        PROJECT_ADDRESS,
        "admins",
        {f"GET {PROJECT_PATH}": refusal(404, "not_found", "Cette page n’existe pas.")},
    ),
)
