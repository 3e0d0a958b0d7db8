"""The archive that the functions run from."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from benchmarks.package import LIMIT_MB, TARGET_MB
from chalicelib.briefs.calendar import public_holidays
from chalicelib.briefs.ics import ProducerDates, producer_calendar
from chalicelib.verification.titles import Title, same_work
from infra.package import LAMBDA_PYTHON, PackagedApp, build, functions, is_run
from tests.unit.matching import examples

#: Ranks somebody for a project from documents through bytes, as functions do, and explains it. Prints who came and what
#: was loaded.
_RANKS = """
import json, sys
from datetime import date
from chalicelib.matching import arrays, documents
from chalicelib.matching.entries import Entry
from chalicelib.matching.ranking import rank
from chalicelib.matching.population import Segment
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy

brief, people, today = json.load(sys.stdin)
people = {one.profile_id: one for one in map(CandidateSnapshot.from_item, people)}
entries = [Entry(profile_id, 1, documents.document(one)) for profile_id, one in people.items()]
everyone = Segment(arrays.decode(arrays.encode(entries)))
ranking = rank(
    BriefSnapshot.from_item(brief), [everyone], weights=weights(), taxonomy=taxonomy(), today=date.fromisoformat(today)
)
for placed in ranking.placed:
    ranking.explain(placed, sorted(credit.credit_id for credit in people[placed.profile_id].credits))
print(*[placed.profile_id for placed in ranking.placed])
print(sys.modules["numpy"].__file__)
"""


@pytest.fixture(scope="session")
def entries(package: PackagedApp) -> dict[str, int]:
    """The archive's files with their sizes in bytes."""
    with ZipFile(package.code_zip) as archive:
        return {entry.filename: entry.file_size for entry in archive.infolist()}


@pytest.fixture(scope="session")
def unzipped(package: PackagedApp, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("task")
    with ZipFile(package.code_zip) as archive:
        archive.extractall(directory)
    return directory


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


def test_the_archive_stays_as_small_as_its_benchmark_asks(entries: dict[str, int], for_lambda: PackagedApp) -> None:
    with ZipFile(for_lambda.code_zip) as archive:
        on_aws = sum(entry.file_size for entry in archive.infolist())
    assert max(on_aws, sum(entries.values())) < TARGET_MB * 1e6 < LIMIT_MB * 1e6


def test_every_handler_loads_from_the_archive_alone_without_app_without_the_sdk_and_without_numpy(
    package: PackagedApp, unzipped: Path
) -> None:
    template = json.loads(package.template.read_text())
    handlers = {function["Properties"]["Handler"] for function in functions(template).values()} - {"app.app"}
    program = (
        "import importlib, sys\n"
        "for handler in sys.argv[1:]:\n"
        "    module, name = handler.rsplit('.', 1)\n"
        "    if not callable(getattr(importlib.import_module(module), name, None)):\n"
        "        print(handler, 'does not exist')\n"
        "print('loaded', *sorted({'app', 'boto3', 'botocore', 'numpy'} & set(sys.modules)))\n"
    )
    # -S: this environment's own packages are out of reach, as they are on Lambda.
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, *sorted(handlers)],
        cwd=unzipped,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["loaded"], done.stdout + done.stderr


def test_the_engine_ranks_and_explains_with_what_the_archive_has_of_numpy(unzipped: Path) -> None:
    people = [examples.person().to_item(), examples.junior().to_item()]
    said = json.dumps([examples.brief().to_item(), people, examples.TODAY.isoformat()])
    done = subprocess.run(
        [sys.executable, "-S", "-c", _RANKS],
        cwd=unzipped,
        env={},
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["p1 junior", str(unzipped / "numpy" / "__init__.py")], done.stderr


def test_titles_are_compared_with_what_the_archive_has_of_rapidfuzz(unzipped: Path) -> None:
    program = (
        "import rapidfuzz\n"
        "from chalicelib.verification.titles import Title, same_work\n"
        "claimed, candidate = Title('Le Fare breton', 2015, 'film'), Title('Le Phare breton', 2015, 'film')\n"
        "print(same_work(claimed, candidate).score, rapidfuzz.__file__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=unzipped, env={}, capture_output=True, text=True, check=False
    )
    here = same_work(Title("Le Fare breton", 2015, "film"), Title("Le Phare breton", 2015, "film"))
    assert done.stdout.split() == [str(here.score), str(unzipped / "rapidfuzz" / "__init__.py")], done.stderr


def test_days_are_counted_and_calendar_files_written_with_what_the_archive_has_of_their_libraries(
    unzipped: Path,
) -> None:
    program = (
        "import sys, holidays, icalendar\n"
        "from datetime import UTC, date, datetime\n"
        "from chalicelib.briefs.calendar import public_holidays\n"
        "from chalicelib.briefs.ics import ProducerDates, producer_calendar\n"
        "dates = ProducerDates('p', 'Projet Goémon', date(2027, 6, 30), renewal_notice=date(2027, 5, 31))\n"
        "print(producer_calendar(dates, 'fr', datetime(2026, 11, 23, tzinfo=UTC)))\n"
        "print(*sorted(day.isoformat() for year in range(2025, 2032) for day in public_holidays(year)))\n"
        "print(holidays.__file__, icalendar.__file__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=unzipped,
        env={"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    dates = ProducerDates("p", "Projet Goémon", date(2027, 6, 30), renewal_notice=date(2027, 5, 31))
    here = producer_calendar(dates, "fr", datetime(2026, 11, 23, tzinfo=UTC))
    off = sorted(day.isoformat() for year in range(2025, 2032) for day in public_holidays(year))
    assert here is not None
    assert len(off) == 7 * 11
    assert done.stdout.splitlines() == [
        *here.splitlines(),
        "",
        " ".join(off),
        f"{unzipped / 'holidays' / '__init__.py'} {unzipped / 'icalendar' / '__init__.py'}",
    ], done.stderr


def test_numbers_are_checked_and_metrics_written_with_what_the_archive_has_of_their_libraries(unzipped: Path) -> None:
    program = (
        "from chalicelib.platform import telemetry\n"
        "from chalicelib.vocabulary.identifiers import isan, isni\n"
        "from stdnum.fr import siren\n"
        "print(siren.validate('552 178 634'), isni('9999 9999 0000 0010'), isan('ffff00010000 0000'))\n"
        "telemetry.count('brief_published')\n"
        "telemetry.log.info('done')\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program], cwd=unzipped, env={}, capture_output=True, text=True, check=False
    )
    numbers, metric, line = done.stdout.splitlines()
    assert numbers == "552178634 9999999900000010 FFFF-0001-0000-0000-Y", done.stderr
    assert (json.loads(metric)["brief_published"], json.loads(line)["message"]) == ([1.0], "done")


def test_everything_that_the_application_calls_of_numpy_is_in_the_archive(unzipped: Path, repository: Path) -> None:
    called = sorted({name for file in (repository / "chalicelib").rglob("*.py") for name in _of_numpy(file)})
    assert "add.reduceat" in called
    program = (
        "import operator, sys, numpy, numpy.typing\n"
        "for name in sys.argv[1:]:\n"
        "    operator.attrgetter(name)(numpy)\n"
        "print('all there')\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, *called],
        cwd=unzipped,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["all there"], done.stderr


def _of_numpy(file: Path) -> Iterator[str]:
    """What a module names of numpy, as `add.reduceat`. Fails for a part that is imported in another way."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] != "numpy", (file, node.module)
        if isinstance(node, ast.Import):
            names = {(one.name, one.asname) for one in node.names if one.name.split(".")[0] == "numpy"}
            assert names <= {("numpy", "np"), ("numpy.typing", "npt")}, (file, names)
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if parts and isinstance(node, ast.Name) and node.id == "np":
            yield ".".join(parts)


def test_what_serves_only_developers_and_what_is_never_called_stays_out_of_the_archive() -> None:
    kept = (
        *("numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so", "numpy/lib/_function_base_impl.py"),
        *("holidays/countries/france.py", "holidays/locale/fr/LC_MESSAGES/FR.mo", "holidays/groups/christian.py"),
        *("icalendar/cal/calendar.py", "dateutil/rrule.py", "stdnum/isan.py"),
    )
    left_out = (
        *("numpy/f2py/__init__.py", "numpy/lib/tests/test_io.py", "numpy/__init__.pyi", "numpy/conftest.py"),
        *("holidays/countries/__init__.py", "holidays/countries/spain.py", "holidays/locale/fr/LC_MESSAGES/GP.mo"),
        *("holidays/calendars/__init__.py", "holidays/calendars/islamic.py", "holidays/groups/hindu.py"),
        *("icalendar/tests/test_cli.py", "icalendar/cli.py", "dateutil/zoneinfo/rebuild.py", "stdnum/oui.dat"),
        "aws_lambda_powertools/event_handler/openapi/swagger_ui/swagger-ui-bundle.min.js",
        *("rapidfuzz/fuzz_cpp_avx2.cpython-311-x86_64-linux-gnu.so", "rapidfuzz/distance/metrics_cpp.pyd"),
    )
    assert [name for name in (*kept, *left_out) if is_run(name)] == list(kept)


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
    # Libraries that a wheel brings for its extensions (`numpy.libs`) are of no Python.
    with ZipFile(for_lambda.code_zip) as archive:
        extensions = [
            name
            for name in archive.namelist()
            if name.endswith((".so", ".pyd", ".dylib")) and not name.split("/")[0].endswith(".libs")
        ]
    assert extensions
    assert not [name for name in extensions if not name.endswith(compiled)]
