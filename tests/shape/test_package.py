"""The archive that the functions run from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from infra.package import LAMBDA_PYTHON, PackagedApp, build, functions

UNZIPPED_LIMIT_BYTES = 25_000_000


@pytest.fixture(scope="session")
def entries(package: PackagedApp) -> dict[str, int]:
    """The archive's files with their sizes in bytes."""
    with ZipFile(package.code_zip) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


@pytest.fixture(scope="session")
def for_lambda(tmp_path_factory: pytest.TempPathFactory) -> PackagedApp:
    """The artefact for AWS; pip fetches its wheels the first time on a machine."""
    return build(tmp_path_factory.mktemp("lambda"), target="lambda")


def test_the_archive_holds_every_file_of_the_application(entries: dict[str, int], repository: Path) -> None:
    sources = {
        path.relative_to(repository).as_posix()
        for path in (repository / "chalicelib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert sources | {"app.py", "chalice/app.py"} <= set(entries)


def test_the_archive_holds_no_sdk_no_tests_no_caches_and_nothing_of_infra(entries: dict[str, int]) -> None:
    roots = {name.split("/")[0] for name in entries}
    assert not roots & {"boto3", "botocore", "tests", "infra", "pytest", "moto", "ministack", "bin"}
    assert not [name for name in entries if name.endswith(".pyc") or "__pycache__" in name]


def test_the_archive_stays_small_enough_to_start_quickly(entries: dict[str, int]) -> None:
    assert sum(entries.values()) < UNZIPPED_LIMIT_BYTES


def test_every_handler_loads_from_the_archive_alone_without_app_and_without_the_sdk(
    package: PackagedApp, tmp_path: Path
) -> None:
    template = json.loads(package.template.read_text())
    handlers = {function["Properties"]["Handler"] for function in functions(template).values()} - {"app.app"}
    program = (
        "import importlib, sys\n"
        "for handler in sys.argv[1:]:\n"
        "    module, name = handler.rsplit('.', 1)\n"
        "    if not callable(getattr(importlib.import_module(module), name, None)):\n"
        "        print(handler, 'does not exist')\n"
        "print('loaded', *sorted({'app', 'boto3', 'botocore'} & set(sys.modules)))\n"
    )
    with ZipFile(package.code_zip) as archive:
        archive.extractall(tmp_path)
    # -S: this environment's own packages are out of reach, as they are on Lambda.
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, *sorted(handlers)],
        cwd=tmp_path,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["loaded"], done.stdout + done.stderr


def test_the_same_sources_give_the_same_bytes(package: PackagedApp, tmp_path: Path) -> None:
    again = build(tmp_path, target="this-machine")
    assert again.code_digest() == package.code_digest()
    assert again.template.read_bytes() == package.template.read_bytes()


def test_the_deployed_template_says_where_in_s3_the_code_lies(package: PackagedApp) -> None:
    deployed = json.loads(package.template_for("artefacts", "abc.zip"))
    places = [function["Properties"]["CodeUri"] for function in functions(deployed).values()]
    assert places == [{"Bucket": "artefacts", "Key": "abc.zip"}] * len(functions(deployed))


def test_the_runtime_on_aws_and_the_wheels_in_the_archive_are_of_one_python(for_lambda: PackagedApp) -> None:
    template = json.loads(for_lambda.template.read_text())
    assert {f["Properties"]["Runtime"] for f in functions(template).values()} == {f"python{LAMBDA_PYTHON}"}
    assert {tuple(f["Properties"]["Architectures"]) for f in functions(template).values()} == {("x86_64",)}
    compiled = "cpython-" + LAMBDA_PYTHON.replace(".", "") + "-x86_64-linux-gnu.so"
    with ZipFile(for_lambda.code_zip) as archive:
        extensions = [name for name in archive.namelist() if name.endswith((".so", ".pyd", ".dylib"))]
    assert extensions
    assert not [name for name in extensions if not name.endswith(compiled)]
