"""The simple site at `/`: its pages run in Node on the API's own examples, and its words cover what the API may say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest

from chalicelib.conversations.errors import STATES
from chalicelib.conversations.models import BreakReason, NegativeReason, PositiveReason, Question
from chalicelib.conversations.schemas import Act
from chalicelib.moderation.grounds import ConversationReason
from chalicelib.vocabulary import taxonomy

REPOSITORY = Path(__file__).parents[3]
SCRIPTS = sorted((REPOSITORY / "web" / "js").glob("*.js"))
NODE = shutil.which("node")


def _shortlist() -> dict[str, Any]:
    """The example of a shortlist, with a second person on it."""
    examples = json.loads((REPOSITORY / "chalicelib/matching/examples.json").read_text(encoding="utf-8"))
    shortlist: dict[str, Any] = examples["MatchesShape"]
    first = shortlist["matches"][0]
    second = {**first, "profile": {**first["profile"], "profile_id": "01M842S0RBNNSS9DXA8NAVEBBB"}}
    return {**shortlist, "matches": [first, second]}


@pytest.mark.skipif(NODE is None, reason="the pages run in Node")
def test_every_page_does_what_it_says_on_the_api_s_own_examples() -> None:
    assert NODE is not None
    given = {
        "SITE_TAXONOMY": taxonomy.document(),
        "SITE_SHORTLIST": _shortlist(),
        "SITE_ACTS": get_args(Act),
        "SITE_STATES": {state: {"fr": words.fr, "en": words.en} for state, words in STATES.items()},
    }
    ran = subprocess.run(
        [NODE, "--test", "--test-reporter=spec", str(REPOSITORY / "tests/site/pages.test.mjs")],
        env={**os.environ, **{name: json.dumps(value) for name, value in given.items()}},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _sentences() -> dict[str, str]:
    """The source of each language's sentences."""
    text = (REPOSITORY / "web/js/text.js").read_text(encoding="utf-8")
    french, english = re.split(r"^  en: \{$", text.split("const SENTENCES = {")[1].split("\n};")[0], flags=re.M)
    return {"fr": french, "en": english}


def _names(source: str) -> list[str]:
    return re.findall(r"^    (\w+):", source, flags=re.M)


def test_each_sentence_of_the_site_is_there_once_in_both_languages() -> None:
    french, english = (_names(source) for source in _sentences().values())
    assert french == english
    assert len(set(french)) == len(french)


def test_the_site_says_no_sentence_that_is_not_written() -> None:
    written = set(_names(_sentences()["fr"]))
    said = {name for script in SCRIPTS for name in re.findall(r'\bsay\("(\w+)"', script.read_text(encoding="utf-8"))}
    assert said - written == set()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("words", "closed_list"),
    [
        ("answer_reasons", (*get_args(PositiveReason), *get_args(NegativeReason))),
        ("break_reasons", get_args(BreakReason)),
        ("report_reasons", get_args(ConversationReason)),
        ("questions", get_args(Question)),
        ("stands_freelancer", tuple(STATES)),
        ("stands_producer", tuple(STATES)),
    ],
)
def test_the_site_has_a_word_for_every_entry_of_the_api_s_closed_lists(
    language: str, words: str, closed_list: tuple[str, ...]
) -> None:
    source = _sentences()[language]
    found = re.search(rf"^    {words}: \{{(.*?)\}},$", source, flags=re.M | re.S)
    assert found is not None
    assert sorted(re.findall(r'(?:^|[{,\s])(\w+): "', found[1])) == sorted(closed_list)


def test_no_page_carries_a_script_or_a_style_of_its_own() -> None:
    page = (REPOSITORY / "web/index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []
    code = "".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\.style\b|style:", code) == []
