"""The tables as `infra/resources.yaml` declares them, made on the in-process AWS of the tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from boto3.dynamodb.types import Binary, TypeDeserializer

from chalicelib.platform.clients import client

RESOURCES = Path(__file__).resolve().parents[2] / "infra" / "resources.yaml"

#: What DynamoDB's `create_table` takes of a table's properties.
_CREATED_WITH = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes", "BillingMode", "StreamSpecification")


class _Template(yaml.SafeLoader):
    """Reads CloudFormation's short forms (`!Ref X`) as what they stand for."""


def _short_form(loader: _Template, suffix: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        return {suffix: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {suffix: loader.construct_sequence(node, deep=True)}
    return {suffix: loader.construct_mapping(node, deep=True)}  # type: ignore[arg-type]


_Template.add_multi_constructor("!", _short_form)


@cache
def declared_resources() -> dict[str, dict[str, Any]]:
    """Logical id → what `infra/resources.yaml` says of it."""
    with RESOURCES.open(encoding="utf-8") as file:
        resources: dict[str, dict[str, Any]] = yaml.load(file, Loader=_Template)["Resources"]
    return resources


@cache
def declared_tables() -> dict[str, dict[str, Any]]:
    """Logical id → arguments of `create_table`, without the name."""
    found = {}
    for logical_id, resource in declared_resources().items():
        if resource.get("Type") != "AWS::DynamoDB::Table":
            continue
        arguments = {name: resource["Properties"][name] for name in _CREATED_WITH if name in resource["Properties"]}
        if "StreamSpecification" in arguments:
            arguments["StreamSpecification"] = {"StreamEnabled": True, **arguments["StreamSpecification"]}
        found[logical_id] = arguments
    return found


def variable(logical_id: str) -> str:
    """The environment variable that names a table: BriefsTable → BRIEFS_TABLE."""
    return logical_id.removesuffix("Table").upper() + "_TABLE"


def create_tables() -> None:
    """Each table under its logical id."""
    for logical_id, arguments in declared_tables().items():
        client("dynamodb").create_table(TableName=logical_id, **arguments)


def rows(table: str) -> list[dict[str, Any]]:
    """Every item of a table, in the order of its keys."""
    read = TypeDeserializer().deserialize
    items: list[dict[str, Any]] = []
    for page in client("dynamodb").get_paginator("scan").paginate(TableName=table):
        items += [{name: _plain(read(value)) for name, value in item.items()} for item in page["Items"]]
    return sorted(items, key=lambda item: (item["pk"], item["sk"]))


def _plain(value: Any) -> Any:
    """The SDK's own class for bytes, as bytes; anything else as it is."""
    return bytes(value) if isinstance(value, Binary) else value


def dump() -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored anywhere, but for the day on which each account was last used: to compare before and
    after."""
    return {table: [one for one in rows(table) if "last_active_on" not in one] for table in declared_tables()}


def state() -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored but the log of who read whom, which is all that a reading leaves behind."""
    stored = dump()
    stored["VisibilityTable"] = [item for item in stored["VisibilityTable"] if not item["sk"].startswith("VIEW#")]
    return stored


def events(table: str) -> list[dict[str, Any]]:
    """The event items of a table, oldest first."""
    found = [item for item in rows(table) if str(item["sk"]).startswith("EVENT#")]
    return sorted(found, key=lambda item: (item["occurred_at"], item["aggregate_version"]))
