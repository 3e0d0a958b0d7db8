"""The packaged application, built once: what these tests read is what gets deployed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from infra.package import PackagedApp, build


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> PackagedApp:
    """Built from the running environment, so that no network is needed."""
    return build(tmp_path_factory.mktemp("package"), target="this-machine")


@pytest.fixture(scope="session")
def packaged(package: PackagedApp) -> dict[str, Any]:
    """The template with its conditions unresolved."""
    template: dict[str, Any] = json.loads(package.template.read_text())
    return template


@pytest.fixture(scope="session")
def template(packaged: dict[str, Any]) -> dict[str, Any]:
    """The template as production deploys it: every `Fn::If` resolved, with someone to tell of alarms."""
    conditions = {"IsProduction": True, "OnEmulator": False, "OnAws": True, "HasAlarmEmail": True}
    resolved: dict[str, Any] = _resolve(packaged, conditions)
    return resolved


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parents[2]


_NO_VALUE = {"Ref": "AWS::NoValue"}


def _resolve(value: Any, conditions: dict[str, bool]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"Fn::If"}:
            condition, when_true, when_false = value["Fn::If"]
            return _resolve(when_true if conditions[condition] else when_false, conditions)
        resolved = {name: _resolve(inner, conditions) for name, inner in value.items()}
        return {name: inner for name, inner in resolved.items() if inner != _NO_VALUE}
    if isinstance(value, list):
        return [_resolve(inner, conditions) for inner in value]
    return value
