"""The grid of rates is read, and nothing follows from it: whoever ranks, publishes, shows a profile or writes to people
cannot even ask for it."""

from __future__ import annotations

import ast

import pytest

from tests.shape.test_structure import CODE, CONTEXTS, MODULES, ROOT, imports, ours, room

#: Which questions composition answers with rates, and for whom.
ANSWERED = {"rates_for_briefs"}


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) in {*CONTEXTS} - {"rates"}])
def test_no_other_context_imports_anything_of_rates(module: str) -> None:
    assert [name for name in ours(module) if room(name) == "rates"] == []


def functions_that_name_rates() -> set[str]:
    """The functions and methods of composition that reach rates, through a module of theirs or `_rates`."""
    tree = ast.parse((CODE / "composition.py").read_text(encoding="utf-8"))
    found = set()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            imported = isinstance(node, ast.ImportFrom) and str(node.module).startswith("chalicelib.rates")
            if imported or (isinstance(node, ast.Name) and node.id == "_rates"):
                found.add(function.name)
    return found


def test_composition_answers_with_rates_for_the_check_of_a_brief_and_the_audit_alone() -> None:
    # `standing` is what rates ask of others; `_rates` is how the answers reach them.
    assert functions_that_name_rates() == {*ANSWERED, "journals_for_audit", "_rates", "standing"}


def test_of_the_other_contexts_only_briefs_may_ask_for_them() -> None:
    for context in {*CONTEXTS} - {"rates", "briefs"}:
        for file in sorted((CODE / context).glob("*.py")):
            named = {node.attr for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)}
            assert not named & ANSWERED, file


def test_nothing_reads_the_table_or_the_file_of_the_grid_but_rates() -> None:
    for module in MODULES:
        if room(module) == "rates" or module == "chalicelib.platform.settings":
            continue
        text = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
        assert "rates_table" not in text and "grid.json" not in text, module


def test_the_calculation_of_ones_own_costs_sees_no_range_and_the_rule_of_observation_no_grid() -> None:
    code = ast.parse((CODE / "rates" / "own_cost.py").read_text(encoding="utf-8"))
    read = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not read & {"ranges", "flat_amounts", "range_of", "minima"}
    assert [name for name, _ in imports("chalicelib.rates.observed") if "grid" in name] == []
