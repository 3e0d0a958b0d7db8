"""What `make bench` writes down, and what it leaves as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as page


def test_what_needs_data_from_elsewhere_is_skipped_and_its_figures_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "docs" / "benchmarks.md"
    document.parent.mkdir()
    document.write_text('# Old\n\n## match_quality\n\nMeasured before.\n\n```json\n{"en_open_recall_10": 0.2}\n```\n')
    monkeypatch.setattr(page, "REPOSITORY", tmp_path)
    monkeypatch.setattr(page, "_DOCUMENT", document)
    monkeypatch.delenv(page.NEEDS["match_quality"], raising=False)
    assert page.main(["match_quality"]) == 0
    assert "skipped: its data is not in the project, and MATCH_DATA" in capsys.readouterr().out
    written = document.read_text()
    assert "Measured before." in written
    assert "| R@10, English, open | 0.2  | at least 0.104 (met) |" in written


def test_a_figure_under_what_is_asked_is_told_as_missed() -> None:
    row = page.Row("one", "key", "label", "", "at least 3", least=3.0)
    assert row.written({"key": 2.9}).endswith("at least 3 (**missed**) |")
    assert row.written({"key": 3.0}).endswith("at least 3 (met) |")
