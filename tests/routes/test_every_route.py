"""Every route, tried as each kind of person with what its description allows and with what it forbids.

Schemathesis makes the requests from the OpenAPI document alone and judges the answers by it. Half of them are right,
some of those about things that exist; the other half are wrong somewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest.mock import DEFAULT, patch

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import has_only_additional_properties_in_non_body_parameters

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.app.test_alarm_routes import Desk
from tests.app.test_verification_routes import Catalogue, Office
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Api, Person
from tests.support.contract import document
from tests.support.environment import aws
from tests.support.gateway import Gateway
from tests.support.tables import state
from tests.support.world import World, done

STRANGER = Person("", "")
PEOPLE = {"a stranger": STRANGER, "a producer": PRODUCER, "a freelancer": FREELANCER, "an administrator": ADMIN}

#: Requests of each kind, right and wrong, per route and person: for some 700 such pairs, what five minutes allow.
EXAMPLES = 8

load_all_checks()
JUDGED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "missing_required_header",
        "ignored_auth",
    )
]

NEGATIVE = CHECKS.get_one("negative_data_rejection")

for dimension in taxonomy().dimensions.values():
    schemathesis.openapi.format(f"taxonomy-{dimension.id}", st.sampled_from(sorted(dimension.entries)))

OPERATIONS = sorted((path, method) for path, methods in document()["paths"].items() for method in methods)


#: Reading changes nothing (which is looked at each time), so all that is read is read on one account; whatever else a
#: route may do, it does on an account of its own.
ACCOUNTS = [(path if method != "get" else "read", path, method) for path, method in OPERATIONS]


def nobody(_: CognitoDirectory, __: str) -> None:
    return None


def two_people(_: CognitoDirectory, __: str) -> int:
    return 2


@pytest.fixture(scope="module")
def there(request: pytest.FixtureRequest) -> Iterator[tuple[World, dict[str, str]]]:
    """An account with something of everything, and the ids of what there is."""
    # The user pool is another's service: that a group was asked for is tried where roles are, that an account was
    # closed where it is erased.
    pool = patch.multiple(
        CognitoDirectory, add_to_group=DEFAULT, account=nobody, active_in=two_people, close=DEFAULT, delete=DEFAULT
    )
    with aws(), pool:
        world = World(Api())
        company_id = world.company()
        profile = world.profile()
        brief = world.live_brief()
        world.match()
        case = done(world.api.post("/verification/mine", {"kind": "profile"}, FREELANCER))
        done(world.api.post(f"/verification/mine/{case['case_id']}/submit", person=FREELANCER))
        ids = {
            "alarm_id": Desk(Office(world, Catalogue())).raised(profile["profile_id"]),
            "case_id": case["case_id"],
            "company_id": company_id,
            "brief_id": brief["brief_id"],
            "project_id": brief["brief_id"],
            "profile_id": profile["profile_id"],
            "credit_id": profile["credits"][0]["credit_id"],
        }
        yield world, ids


@cache
def described() -> Any:
    return schemathesis.openapi.from_dict({**copy.deepcopy(document()), "servers": [{"url": "/"}]})


@pytest.mark.parametrize(
    ("there", "path", "method"),
    ACCOUNTS,
    ids=[f"{method.upper()} {path}" for _, path, method in ACCOUNTS],
    indirect=["there"],
    scope="module",
)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_route_answers_what_its_description_says_and_nothing_else(
    who: str, there: tuple[World, dict[str, str]], path: str, method: str
) -> None:
    world, ids = there
    schema = described()
    schema.app = Gateway(world.api, [person for person in PEOPLE.values() if person is not STRANGER])
    operation = schema[path][method.upper()]
    token = {"Authorization": f"Bearer {PEOPLE[who].sub}"} if PEOPLE[who] is not STRANGER else {}
    before = state() if method == "get" else None

    def judge(case: Any) -> None:
        response = case.call(headers=token)
        right = {NEGATIVE} if _right_as_sent(case, token) else set()
        case.validate_response(response, checks=[check for check in JUDGED if check not in right], headers=token)

    generously = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )

    @generously
    @given(operation.as_strategy(GenerationMode.POSITIVE), st.booleans())
    def what_is_allowed(case: Any, real: bool) -> None:
        if real:
            case.path_parameters.update({name: value for name, value in ids.items() if name in case.path_parameters})
        judge(case)

    @generously
    @given(operation.as_strategy(GenerationMode.NEGATIVE))
    def what_is_forbidden(case: Any) -> None:
        judge(case)

    what_is_allowed()
    if _can_be_wrong(document()["paths"][path][method]):
        what_is_forbidden()
    if before is not None:
        assert state() == before, "a GET changed something"


def _right_as_sent(case: Any, token: dict[str, str]) -> bool:
    """Whether nothing is left of what was made wrong: the person's token was put back, and a parameter that nobody
    knows had a value that a query cannot hold. Those that are sent are refused:
    `tests/app/test_repeated_requests.py`."""
    missing = {name: value for name, value in token.items() if name not in case.headers}
    case.headers.update(missing)
    try:
        return bool(token) and has_only_additional_properties_in_non_body_parameters(case)
    finally:
        for name in missing:
            del case.headers[name]


def _can_be_wrong(operation: dict[str, Any]) -> bool:
    """Whether a request can break the route's description: one that takes nothing can only be right."""
    return "requestBody" in operation or any(
        parameter["in"] != "header" or "pattern" in parameter["schema"] for parameter in operation["parameters"]
    )
