"""A module that waits until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from chalicelib.platform.lazily import lazily


def fresh(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_is_run_when_something_of_it_is_asked_for_and_not_before() -> None:
    fresh(
        "import sys; from chalicelib.platform.lazily import lazily;"
        "schemas = lazily('chalicelib.briefs.schemas'); assert 'chalicelib.briefs.models' not in sys.modules;"
        "assert schemas.BriefInput.__name__ == 'BriefInput'; assert 'chalicelib.briefs.models' in sys.modules"
    )


def test_it_is_the_same_module_for_whoever_imports_it_in_the_ordinary_way() -> None:
    fresh(
        "from chalicelib.platform.lazily import lazily; schemas = lazily('chalicelib.briefs.schemas');"
        "from chalicelib.briefs.schemas import BriefInput; assert schemas.BriefInput is BriefInput;"
        "assert lazily('chalicelib.briefs.schemas') is schemas"
    )


def test_one_that_does_not_exist_is_missed_at_once() -> None:
    with pytest.raises(ModuleNotFoundError):
        lazily("chalicelib.briefs.nothing")
