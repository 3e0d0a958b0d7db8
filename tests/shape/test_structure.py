"""The shape of the code: imports follow the arrows, every route says who may call it, events carry no identity."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.platform.auth import Access
from chalicelib.platform.http import operations
from chalicelib.vocabulary.facts import Fact

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "chalicelib"
ROOMS = ("platform", "vocabulary")
#: Where what one context asks is bound to what another answers.
COMPOSITION = "composition"
CONTEXTS = sorted(
    path.name for path in CODE.iterdir() if path.is_dir() and path.name not in (*ROOMS, COMPOSITION, "__pycache__")
)
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in CODE.rglob("*.py") if path.name != "__init__.py"
)

#: What knows keys and items: matching has two tables, hence two such files; what functions remember of public sources
#: is no case's, verification's files and attestations lie beside its cases,
#: and what a company notes about people beside its projects.
REPOSITORIES = (
    "alarm_repository",
    "repository",
    "candidates",
    "source_memory",
    "evidence_repository",
    "personal_repository",
    "remark_repository",
)

#: The files of a context whose name says what they are (`DESIGN` §3); others carry words of the trade.
KINDS = ("models", "events", "errors", "service", "repository", "schemas", "routes", "handlers", "queries", "wiring")


@cache
def imports(module: str) -> tuple[tuple[str, bool], ...]:
    """(imported module or name, whether at the top) for every import, with names followed into packages of ours."""
    tree = ast.parse((ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{module}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.append((full if full in MODULES else node.module, id(node) in top))
    return tuple(found)


def ours(module: str) -> Iterator[str]:
    for name, _ in imports(module):
        if name.split(".")[0] == "chalicelib":
            yield name


def kind(module: str) -> str:
    return module.rsplit(".", 1)[-1]


def room(module: str) -> str:
    """The context or room of one of our modules, or the module's own name when it stands alone."""
    return module.split(".")[1]


def modules_of(*kinds: str) -> list[str]:
    return [module for module in MODULES if room(module) in CONTEXTS and kind(module) in kinds]


def strays(module: str, allowed: tuple[str, ...]) -> list[str]:
    """Imports of ours that begin with none of the allowed names."""
    return [
        name for name in ours(module) if not any(name == prefix or name.startswith(prefix + ".") for prefix in allowed)
    ]


def test_the_contexts_are_those_of_the_design() -> None:
    assert set(CONTEXTS) >= {"accounts", "companies", "briefs", "profiles", "matching", "notifications"}


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) in CONTEXTS])
def test_a_context_knows_another_through_its_events_alone(module: str) -> None:
    foreign = [name for name in ours(module) if room(name) in CONTEXTS and room(name) != room(module)]
    assert [name for name in foreign if kind(name) != "events"] == []


def test_composition_is_the_only_place_that_knows_several_contexts() -> None:
    knowing = {
        module
        for module in MODULES
        if room(module) != COMPOSITION and len({room(name) for name in ours(module)} & {*CONTEXTS}) > 1
    }
    through_events = {
        module
        for module in knowing
        if all(kind(name) == "events" or room(name) == room(module) for name in ours(module) if room(name) in CONTEXTS)
    }
    assert knowing == through_events


def test_only_wiring_asks_composition() -> None:
    asking = {
        (room(module), kind(module), name.removeprefix("chalicelib.composition."))
        for module in MODULES
        for name in ours(module)
        if room(module) != COMPOSITION and name.startswith("chalicelib.composition")
    }
    assert {(where, "wiring", f"for_{where}") for where, _, _ in asking} == asking


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) == "vocabulary"])
def test_vocabulary_imports_nothing_else_of_ours(module: str) -> None:
    assert strays(module, ("chalicelib.vocabulary",)) == []


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) == "platform"])
def test_platform_imports_vocabulary_and_itself_alone(module: str) -> None:
    assert strays(module, ("chalicelib.platform", "chalicelib.vocabulary")) == []


#: Kind → what it may import of ours, `.` standing for its own context.
ALLOWED = {
    "events": ("chalicelib.vocabulary",),
    "errors": ("chalicelib.platform.errors", "chalicelib.vocabulary.text"),
    "models": (
        *("chalicelib.vocabulary", "chalicelib.platform.errors", ".events", ".errors"),
        *(".states", ".subjects", ".grounds", ".due", ".calendar", ".grid", ".rules"),
    ),
    "repository": (
        *("chalicelib.vocabulary", "chalicelib.platform", ".models", ".events", ".errors"),
        *(".states", ".subjects", ".facts_of_credit", ".junior_path", ".calendar", ".grid", ".grounds", ".observed"),
        ".rules",
    ),
    "candidates": ("chalicelib.vocabulary", "chalicelib.platform", ".entries", ".errors", ".snapshots"),
    "alarm_repository": ("chalicelib.vocabulary", "chalicelib.platform", ".alarms", ".subjects"),
    "evidence_repository": (
        "chalicelib.vocabulary",
        "chalicelib.platform",
        ".evidence_files",
        ".attestations",
        ".events",
        ".errors",
    ),
    "queries": (
        *("chalicelib.vocabulary", "chalicelib.platform.table", ".repository", ".models", ".service"),
        *(".level", ".facts_of_credit", ".junior_path", ".states", ".subjects"),
        *(".alarm_repository", ".alarms", ".evidence_repository", ".evidence_files"),
        *(".leak_check", ".proofreading", ".budgets", ".grid"),
    ),
    "handlers": ("chalicelib.platform", ".wiring", ".errors", ".feedback"),
}


@pytest.mark.parametrize("module", modules_of(*ALLOWED))
def test_each_kind_of_file_imports_what_its_kind_may(module: str) -> None:
    own = f"chalicelib.{room(module)}"
    allowed = tuple(own + name if name.startswith(".") else name for name in ALLOWED[kind(module)])
    events = tuple(f"chalicelib.{context}.events" for context in CONTEXTS) if kind(module) == "handlers" else ()
    assert strays(module, allowed + events) == []


@pytest.mark.parametrize("module", modules_of("service"))
def test_a_service_knows_neither_storage_nor_http_nor_how_it_is_put_together(module: str) -> None:
    own = f"chalicelib.{room(module)}"
    outward = (*REPOSITORIES, "queries", "schemas", "routes", "handlers", "wiring")
    assert [name for name in ours(module) if name in {f"{own}.{one}" for one in outward}] == []
    assert [
        name
        for name in ours(module)
        if name.startswith("chalicelib.platform.")
        and kind(name) not in ("auth", "errors", "telemetry", "table")  # of `table`, the type of a position alone
    ] == []


@pytest.mark.parametrize("module", modules_of("models", "events", "errors", "service", "queries", "schemas"))
def test_what_decides_never_reads_the_clock_or_the_surroundings(module: str) -> None:
    text = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    for reading in ("utc_now(", "datetime.now(", "date.today(", "os.environ", "settings()", "random."):
        assert reading not in text, reading


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) in CONTEXTS])
def test_only_a_repository_knows_keys_and_writes_events(module: str) -> None:
    if kind(module) in (*REPOSITORIES, "wiring"):
        return
    tree = ast.parse((ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8"))
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module in ("chalicelib.platform.table", "chalicelib.platform.outbox")
        for alias in node.names
    }
    assert taken <= {"Item", "Envelope"}


@pytest.mark.parametrize("module", MODULES)
def test_aws_sdk_is_imported_where_it_is_called_and_never_on_loading(module: str) -> None:
    sdk = [(name, top) for name, top in imports(module) if name.split(".")[0] in ("boto3", "botocore")]
    assert [name for name, top in sdk if top] == []
    if sdk:
        assert room(module) == "platform" or kind(module) in ("repository", "mailer")


@pytest.mark.parametrize("path", sorted(CODE.rglob("*.py")), ids=lambda path: str(path.relative_to(CODE)))
def test_files_are_named_by_the_trade_and_never_by_technique(path: Path) -> None:
    assert not re.search(r"util|helper|common|manager|misc|base", path.stem)


def test_app_is_a_table_of_contents() -> None:
    tree = ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))
    assert {type(node) for node in tree.body} <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}
    registered = {
        node.args[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "register_blueprint"
        and isinstance(node.args[0], ast.Name)
    }
    imported = {
        alias.asname
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in ("routes", "handlers")
    }
    assert registered == imported
    files = [path for name in ("routes", "handlers") for path in CODE.rglob(f"*{name}.py")]
    assert len(registered) == len(files)


def test_every_route_says_who_may_call_it() -> None:
    import app

    assert len(operations(app.app)) > 30
    for operation in operations(app.app):
        assert isinstance(operation.access, Access), operation.name


def test_every_route_that_is_not_public_has_the_gateway_check_its_token() -> None:
    import app

    for path, methods in app.app.routes.items():
        for method, entry in methods.items():
            assert (entry.authorizer is None) == entry.view_function.operation.access.public, f"{method} {path}"


def test_a_get_changes_nothing() -> None:
    """No view behind a GET calls a use case that writes."""
    import app

    writing = re.compile(
        r"\.(save|create|declare|draft|revise|publish|end|reopen|decide|invite|join|add|correct|remove|submit|choose)\w*\("
    )
    for path, methods in app.app.routes.items():
        if "GET" in methods:
            source = inspect.getsource(inspect.unwrap(methods["GET"].view_function))
            assert not writing.search(source), path


#: What costs in the SDK; its empty root package is looked at by the logger.
SDK = ("botocore.session", "botocore.client", "botocore.config", "botocore.exceptions")


def fresh(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or done.stdout


@pytest.mark.parametrize("module", modules_of("handlers"))
def test_a_handler_loads_without_the_app_and_without_the_sdk(module: str) -> None:
    fresh(f"import sys, {module}; assert not {{'app', 'boto3', 'numpy', *{SDK}}} & set(sys.modules), 'too much'")


def test_the_app_loads_without_the_sdk_and_without_reading_its_surroundings() -> None:
    fresh(
        "import os, sys; os.environ.clear(); import app;"
        f"assert not {{'boto3', 'jinja2', 'numpy', 'stdnum', *{SDK}}} & set(sys.modules), 'too much'"
    )


def facts() -> list[type[Fact]]:
    for module in modules_of("events"):
        importlib.import_module(module)
    return [fact for fact in Fact.__subclasses__() if fact.__module__.startswith("chalicelib.")]


FORBIDDEN = re.compile(
    r"name|title|email|mail|address|siren|domain|phone|birth|age$|sex|gender|nationality|photo|broadcaster|logline|"
    r"pitch|bio|text|synopsis|contribution|mandate|reason|rate|budget|region|language"
)


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.event_type)
def test_an_event_carries_ids_and_neutral_values_and_no_identity(fact: type[Fact]) -> None:
    for name, field in fact.model_fields.items():
        assert not FORBIDDEN.search(name), f"{fact.__name__}.{name}"
        flat = field.annotation in (str, int, bool) or "Literal" in str(field.annotation)
        flat = flat or (name.endswith("_ids") and field.annotation == tuple[str, ...])
        assert flat, f"{fact.__name__}.{name}: {field.annotation}"


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.event_type)
def test_an_event_is_frozen_told_in_the_past_and_begins_with_what_it_happened_to(fact: type[Fact]) -> None:
    assert fact.model_config["frozen"]
    assert next(iter(fact.model_fields)).endswith("_id")
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", fact.event_type)
    assert re.search(r"(ed|withdrawn|overdue|near|fits|shown|sent|broken)$", fact.event_type)
    assert fact.__doc__ or fact.event_type


def test_each_event_type_is_one_fact() -> None:
    types = [fact.event_type for fact in facts()]
    assert len(types) == len(set(types))


def documented() -> dict[str, set[str]]:
    """Event type → its fields, from the table in docs/events.md."""
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in (ROOT / "docs" / "events.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    return {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[3])) for row in rows}


def test_the_documentation_lists_exactly_the_events_that_exist_with_their_fields() -> None:
    assert documented() == {fact.event_type: set(fact.model_fields) for fact in facts()}


def test_the_documentation_names_the_handlers_that_read_each_event() -> None:
    text = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    for context in CONTEXTS:
        file = CODE / context / "handlers.py"
        if not file.exists():
            continue
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            read = {
                node.args[0].id
                for node in ast.walk(function)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "read_as"
                and isinstance(node.args[0], ast.Name)
            }
            types = {fact.event_type for fact in facts() if fact.__name__ in read}
            rows = [line for line in text.splitlines() if line.startswith("| `") and f"`{function.name}`" in line]
            assert {row.split("`")[1] for row in rows} == types, function.name


def worded_on_the_site(group: str) -> set[str]:
    """The keys of what the site's audit has words for."""
    text = (ROOT / "web" / "src" / "i18n" / "fr" / "auditDetails.ts").read_text(encoding="utf-8")
    [block] = re.findall(rf"^  {group}: {{\n(.*?)^  }},", text, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"^    (\w+):", block, re.MULTILINE))


def test_the_site_s_audit_has_words_for_every_field_of_an_event() -> None:
    fields = {name for fact in facts() for name in fact.model_fields}
    assert worded_on_the_site("field") == fields


def test_the_site_s_audit_has_words_for_every_value_of_a_closed_list() -> None:
    from chalicelib.briefs import calendar
    from chalicelib.conversations import events, models
    from chalicelib.matching.events import Cause
    from chalicelib.moderation import grounds as moderation
    from chalicelib.privacy.events import Cause as WhyErased
    from chalicelib.verification import attestations, grounds, refusals, states, subjects, wording
    from chalicelib.verification.models import Route

    lists = [
        calendar.Which,
        events.Party,
        models.Decision,
        models.NegativeReason,
        models.PositiveReason,
        Cause,
        WhyErased,
    ]
    lists += [moderation.About, moderation.Outcome, moderation.Kind, moderation.Ground, Route, subjects.Kind]
    lists += [grounds.Ground, states.Outcome, attestations.Answer]
    values = {value for closed in lists for value in get_args(closed)}
    values |= refusals.REFUSALS.keys() | wording.CHECKS.keys()
    # How a step and a project ended, and what became of a company and of a profile.
    values |= {
        "done",
        "needs_human",
        "rejected_input",
        "closed",
        "filled",
        "expired",
        "verified",
        "unverified",
        "returned",
    }
    assert worded_on_the_site("value") == values
