"""The grid of rates is read, and nothing follows from it: whoever ranks, publishes, shows a profile or writes to people
cannot even ask for it."""

from __future__ import annotations

import ast

import pytest

from tests.shape.test_structure import CODE, COMPOSITION, CONTEXTS, MODULES, ROOT, imports, ours, room


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) in {*CONTEXTS} - {"rates"}])
def test_no_other_context_imports_anything_of_rates(module: str) -> None:
    assert [name for name in ours(module) if room(name) == "rates"] == []


def functions_that_name_rates() -> set[str]:
    """The functions and methods of composition that reach rates, through a module of theirs or the door to them."""
    found = set()
    for file in sorted((CODE / COMPOSITION).glob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                imported = isinstance(node, ast.ImportFrom) and str(node.module).startswith("chalicelib.rates")
                if imported or (isinstance(node, ast.Attribute) and ast.unparse(node) == "doors.rates"):
                    found.add(f"{file.stem}.{function.name}")
    return found


def test_composition_answers_with_rates_for_the_check_of_a_brief_the_audit_and_a_persons_own_data_alone() -> None:
    # `standing` is what rates ask of others; the door is how the answers reach briefs, which alone ask for them.
    assert functions_that_name_rates() == {
        "for_briefs.rates",
        "for_audit.journals",
        "for_privacy.keepers",
        "doors.rates",
        "for_rates.standing",
    }


def test_nothing_reads_the_table_or_the_file_of_the_grid_but_rates() -> None:
    for module in MODULES:
        if room(module) == "rates" or module in ("chalicelib.platform.settings", "chalicelib.composition.for_privacy"):
            continue
        text = (ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")
        assert "rates_table" not in text and "grid.json" not in text, module


def test_the_calculation_of_ones_own_costs_sees_no_range_and_the_rule_of_observation_no_grid() -> None:
    code = ast.parse((CODE / "rates" / "own_cost.py").read_text(encoding="utf-8"))
    read = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    assert not read & {"ranges", "flat_amounts", "range_of", "minima"}
    assert [name for name, _ in imports("chalicelib.rates.observed") if "grid" in name] == []
