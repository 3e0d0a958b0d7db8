"""Builds what is deployed: the archive of the code and the template of everything around it.

    python -m infra.package        # into build/package/: deployment.zip and template.json

Chalice writes the template from `app.py` and merges `infra/resources.yaml` onto it. Three things are done here
and not by Chalice: gathering the dependencies (its packager calls pip at every build and follows the Python
that builds, where the template, the wheels and the runtime must agree), writing the e-mail of the user pool's
codes in the layout of the others, and writing both files so that the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import yaml

from infra.account_mail import code_message, code_subject

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_OUT = ROOT / "build" / "package"
STAGE = "main"

#: The runtime on AWS. It stands on Amazon Linux 2 (glibc 2.26), which bounds the wheels that load there.
LAMBDA_PYTHON = "3.11"
LAMBDA_PLATFORMS = ("manylinux_2_26_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")

#: `lambda`: wheels for the runtime on AWS, fetched once with pip. `this-machine`: the distributions of the
#: running environment, at the same pins, with its own Python: no network, and it runs on any system.
Target = Literal["lambda", "this-machine"]

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_NOT_SHIPPED = ("__pycache__", "*.pyc", ".*")

#: What of a dependency serves only who develops, compiles against it or takes it off again, wherever it lies: types,
#: sources and headers of C and Cython, static libraries, its own tests, and the lists of what it is made of.
_FOR_DEVELOPERS = (".a", ".c", ".h", ".pxd", ".pyi", ".pyx", "/conftest.py", ".dist-info/RECORD", ".cyclonedx.json")
_TESTS = "/tests/"
#: What numpy has besides and nothing here calls: what builds, documents and tests it, and libraries that `import numpy`
#: loads when they are named. RapidFuzz has everything compiled (twice) and in Python: a pair of titles takes Python a
#: millisecond, and 11 MB stay behind. Powertools brings the pages of Swagger; stdnum knows every maker of network cards
#: and every mobile network; icalendar and holidays have command lines, and holidays the days of stock exchanges. That
#: all runs without is proven in `tests/shape/test_package.py`.
_NOT_CALLED = tuple(
    f"{package}/{part}"
    for package, parts in {
        "numpy": (
            *("_pyinstaller/", "distutils/", "doc/", "f2py/", "testing/"),
            *("_core/_multiarray_tests.", "_core/_operand_flag_tests.", "_core/_rational_tests.", "_core/_simd."),
            *("_core/_struct_ufunc_tests.", "_core/_umath_tests.", "_core/include/", "_core/lib/"),
            *("fft/", "ma/", "polynomial/", "random/"),
        ),
        "rapidfuzz": (
            *("_feature_detector_cpp.", "fuzz_cpp", "process_cpp_impl.", "utils_cpp."),
            *("distance/_initialize_cpp.", "distance/metrics_cpp"),
        ),
        "aws_lambda_powertools": ("event_handler/openapi/swagger_ui/swagger-ui",),
        "dateutil": ("zoneinfo/",),
        "holidays": ("financial/", "generate_ics.", "ical."),
        "icalendar": ("cli.",),
        "stdnum": ("imsi.", "mac.", "oui."),
    }.items()
    for part in parts
)

#: Of these folders only these files are called. Without the package file that imports every country or calendar, Python
#: takes the folder for a namespace and imports what is there.
_CALLED_ALONE = {
    "holidays/calendars/": tuple(
        f"holidays/calendars/{name}.py" for name in ("ethiopian", "gregorian", "julian", "julian_revised")
    ),
    "holidays/countries/": ("holidays/countries/france.py",),
    "holidays/groups/": tuple(f"holidays/groups/{name}.py" for name in ("__init__", "christian", "international")),
    "holidays/locale/": ("holidays/locale/fr/LC_MESSAGES/FR.mo",),
}

#: A package file that names what is called, where the library's names everything: France's days stand on two groups of
#: seventeen, and a function that starts would spend an eighth of a second on the calendars of the others.
_NAMING_LESS = {
    "holidays/groups/__init__.py": (
        b"from holidays.groups.christian import ChristianHolidays\n"
        b"from holidays.groups.international import InternationalHolidays\n"
    ),
}

#: Every archive entry carries this date, or two builds of one source would differ.
_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)


class CannotPackage(Exception):
    """Why there is no package, in words for the person who asked for it."""


@dataclass(frozen=True)
class PackagedApp:
    """`template` is a SAM template in JSON whose functions name the archive beside it (`CodeUri`)."""

    template: Path
    code_zip: Path

    def code_digest(self) -> str:
        """SHA-256 of the archive, in hex: the same sources and pins give the same digest."""
        return hashlib.sha256(self.code_zip.read_bytes()).hexdigest()

    def template_for(self, bucket: str, key: str) -> str:
        """The template with the code in S3, as CloudFormation takes it.

        Put the digest in `key`: CloudFormation updates a function only when where its code lies changes.
        """
        template = json.loads(self.template.read_text())
        for function in functions(template).values():
            function["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": key}
        return json.dumps(template, ensure_ascii=False, sort_keys=True)


def functions(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The Lambda functions of a packaged template, by logical id."""
    return {
        name: resource
        for name, resource in template["Resources"].items()
        if resource.get("Type") == "AWS::Serverless::Function"
    }


def build(out: Path = DEFAULT_OUT, target: Target = "lambda") -> PackagedApp:
    """Writes `deployment.zip` and `template.json` into `out`. Raises CannotPackage."""
    out.mkdir(parents=True, exist_ok=True)
    installed = _wheels_for_lambda() if target == "lambda" else _own_distributions()
    dependencies = {entry: _NAMING_LESS.get(entry, file) for entry, file in installed.items() if is_run(entry)}
    python = LAMBDA_PYTHON if target == "lambda" else f"{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory(prefix="plot-point-package-") as scratch:
        template, own_code = _chalice(Path(scratch))
        for function in functions(template).values():
            # Chalice names the Python that runs it here.
            function["Properties"]["Runtime"] = f"python{python}"
        template["Resources"]["UserPool"]["Properties"]["VerificationMessageTemplate"] |= {
            "EmailSubject": code_subject(),
            "EmailMessage": code_message(),
        }
        package = PackagedApp(out / "template.json", out / "deployment.zip")
        _write_archive(package.code_zip, {**dependencies, **{name: _packed(name, own_code[name]) for name in own_code}})
    _replace(package.template, json.dumps(template, ensure_ascii=False, indent=1, sort_keys=True).encode())
    return package


def is_run(entry: str) -> bool:
    """Whether a file of the dependencies can be of use to a function, by its path in the archive."""
    if any(entry.startswith(folder) and entry not in called for folder, called in _CALLED_ALONE.items()):
        return False
    return not (entry.endswith(_FOR_DEVELOPERS) or _TESTS in entry or entry.startswith(_NOT_CALLED))


def _chalice(scratch: Path) -> tuple[dict[str, Any], dict[str, bytes | Path]]:
    """Chalice's template with ours merged onto it, and the archive's entries without the dependencies."""
    project = scratch / "project"
    ignore = shutil.ignore_patterns(*_NOT_SHIPPED)
    shutil.copytree(ROOT / "chalicelib", project / "chalicelib", ignore=ignore)
    shutil.copy(ROOT / "app.py", project)
    shutil.copytree(ROOT / ".chalice", project / ".chalice", ignore=shutil.ignore_patterns("deploy*"))
    command = [
        *(sys.executable, "-c", "import sys; from chalice.cli import main; sys.exit(main())"),
        *("package", "--stage", STAGE, "--merge-template", str(ROOT / "infra" / "resources.yaml")),
        *("--template-format", "yaml", str(scratch / "out")),
    ]
    # A fixed, small environment: the packager must not pick up the account or the settings of whoever builds.
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if name in os.environ},
        "AWS_DEFAULT_REGION": "eu-west-3",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotPackage(f"Chalice could not package the application:\n{done.stdout}{done.stderr}")
    # JSON, because CloudFormation refuses the aliases that YAML makes of parts standing in two places.
    template: dict[str, Any] = yaml.safe_load((scratch / "out" / "sam.yaml").read_text())
    with ZipFile(scratch / "out" / "deployment.zip") as archive:
        return template, {entry: archive.read(entry) for entry in archive.namelist()}


def _packed(name: str, content: bytes | Path) -> bytes | Path:
    """A file of ours as it is shipped: JSON that people edit line by line is read by functions without the lines."""
    if not name.startswith("chalicelib/") or not name.endswith(".json") or isinstance(content, Path):
        return content
    return json.dumps(json.loads(content), ensure_ascii=False, separators=(",", ":")).encode()


def _pins() -> dict[str, str]:
    return dict(_PIN.findall((ROOT / "requirements.txt").read_text()))


def _wheels_for_lambda() -> dict[str, bytes | Path]:
    """Every file of the dependencies as Lambda runs them, from a cache that pip fills once per pins."""
    requirements = ROOT / "requirements.txt"
    kind = f"{LAMBDA_PYTHON} {' '.join(LAMBDA_PLATFORMS)}\n".encode()
    key = hashlib.sha256(kind + requirements.read_bytes()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plot-point" / "lambda"
    kept = cache / key
    if not kept.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".unfinished-") as unfinished:
            filled = Path(unfinished) / "packages"
            _pip_install(requirements, filled)
            try:
                filled.rename(kept)
            except OSError:
                if not kept.is_dir():  # two builds at once both get here; either result is the same
                    raise
    return {str(file.relative_to(kept)): file for file in kept.rglob("*") if file.is_file()}


def _pip_install(requirements: Path, into: Path) -> None:
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--retries", "1"),
        *("--require-hashes", "--no-deps", "--no-compile"),
        *("--only-binary", ":all:", "--implementation", "cp", "--python-version", LAMBDA_PYTHON),
        *(option for platform in LAMBDA_PLATFORMS for option in ("--platform", platform)),
        *("--target", str(into), "--requirement", str(requirements)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotPackage(
            "The packages that Lambda runs are not on this machine yet and pip could not fetch them. "
            "Connect to the network once and try again: they are kept for later builds. "
            f"`make run` does without them.\n{_last_line(done.stderr)}"
        )
    shutil.rmtree(into / "bin", ignore_errors=True)


def _last_line(text: str) -> str:
    return next((line for line in reversed(text.splitlines()) if line.strip()), "")


def _own_distributions() -> dict[str, bytes | Path]:
    """Every file of the dependencies as installed in the running environment."""
    return {entry: file for name, version in _pins().items() for entry, file in _installed(name, version)}


def _installed(name: str, version: str) -> Iterator[tuple[str, Path]]:
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        raise CannotPackage(f"{name} is not installed in this environment: run `make setup`.") from None
    if distribution.version != version:
        raise CannotPackage(
            f"{name} is installed at {distribution.version} and requirements.txt asks for {version}: run `make setup`."
        )
    for file in distribution.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:
            yield file.as_posix(), Path(str(distribution.locate_file(file)))


def _write_archive(path: Path, entries: dict[str, bytes | Path]) -> None:
    """Writes the archive in one step: nobody ever reads half of it."""
    unfinished = path.with_suffix(".unfinished")
    with ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            content = entries[name]
            entry = ZipInfo(name, _ENTRY_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix, whichever system builds: the permissions below are read there
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content if isinstance(content, bytes) else content.read_bytes())
    unfinished.replace(path)


def _replace(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="directory to write into")
    parser.add_argument(
        "--target",
        choices=("lambda", "this-machine"),
        default="lambda",
        help="the runtime on AWS (default), or this Python on this system",
    )
    arguments = parser.parse_args()
    began = time.monotonic()
    try:
        package = build(arguments.out, arguments.target)
    except CannotPackage as reason:
        print(reason, file=sys.stderr)
        return 1
    with ZipFile(package.code_zip) as archive:
        unzipped = sum(entry.file_size for entry in archive.infolist())
    print(f"{package.template}")
    print(
        f"{package.code_zip}: {package.code_zip.stat().st_size / 1e6:.1f} MB, "
        f"{unzipped / 1e6:.1f} MB unzipped, {time.monotonic() - began:.1f} s"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
