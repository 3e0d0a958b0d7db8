"""The published weights of the ranking: `weights.json`, checked whole on loading.

The file is a public document (`GET /matching/criteria` serves it): every criterion has its name and a
sentence in French and English, and the parameters are integers (percent, years, tenths) so that two readers
never round differently.

    weights() -> Weights      the file in force, parsed once per process
    document() -> dict        the file as it stands
    parse(document) -> Weights
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("weights.json")

#: Criteria measured on one work, those that qualify that work, and those of the whole profile. In the order
#: they are shown.
CONTENT = ("genre", "tone", "universe", "stakes", "format", "language", "stage_and_tasks", "text", "company")
QUALITY = ("recency", "verification")
CRITERIA = (*CONTENT, *QUALITY, "other_works", "level", "working_mode")

#: What a score is out of: hundredths of a point out of a hundred.
TOTAL = 10_000


class WeightsError(ValueError):
    """The weights file contradicts itself; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`criteria` maps a criterion to its weight; they sum to 100. `parameters` are those of the file."""

    version: str
    criteria: Mapping[str, int]
    parameters: Mapping[str, Any]

    def maxima(self, asked: frozenset[str]) -> dict[str, int]:
        """The most that each criterion can give, in hundredths, summing to TOTAL: a criterion the brief says
        nothing about gives 0 and its weight is shared among the others in proportion. All 0 when nothing is
        asked."""
        total = sum(weight for name, weight in self.criteria.items() if name in asked)
        if not total:
            return dict.fromkeys(CRITERIA, 0)
        shares = {name: self.criteria[name] * TOTAL if name in asked else 0 for name in CRITERIA}
        maxima = {name: share // total for name, share in shares.items()}
        by_remainder = sorted(CRITERIA, key=lambda name: (-(shares[name] % total), CRITERIA.index(name)))
        for name in by_remainder[: TOTAL - sum(maxima.values())]:
            maxima[name] += 1
        return maxima

    def percent(self, name: str) -> float:
        """A parameter written in percent, as a share of one."""
        return int(self.parameters[name]) / 100


def parse(document: Mapping[str, Any]) -> Weights:
    """Checks the whole document. Raises WeightsError."""
    criteria = document["criteria"]
    if set(criteria) != set(CRITERIA):
        raise WeightsError(f"criteria: {sorted(set(criteria) ^ set(CRITERIA))} missing or unknown")
    for name, body in criteria.items():
        _integer(f"criteria/{name}/weight", body["weight"], 0, 100)
        for part in ("labels", "explanation"):
            _bilingual(f"criteria/{name}/{part}", body[part])
    if sum(body["weight"] for body in criteria.values()) != 100:
        raise WeightsError("criteria: the weights do not sum to 100")
    for part in ("eligibility", "shortlist", "never_counts"):
        for entry in document[part]:
            _bilingual(f"{part}/{entry.get('id')}", entry)
    _check_parameters(document["parameters"])
    return Weights(
        version=document["version"],
        criteria={name: criteria[name]["weight"] for name in CRITERIA},
        parameters=document["parameters"],
    )


def _check_parameters(parameters: Mapping[str, Any]) -> None:
    bounds = {
        "half_life_years": (1, 100),
        "closeness_power": (1, 20),
        "text_full_match_words_tenths": (1, 1000),
        "text_terms": (1, 1000),
        "text_common_percent": (0, 99),
        "seats": (1, 50),
        "junior_seats": (1, parameters["seats"]),  # never none: juniors are guaranteed to be seen
        "near_tie_percent": (0, 10),
    }
    modes = ("remote", "hybrid", "on-site", "on-set")
    for name, value in parameters.items():
        if name == "other_mode_percent":
            for asked in modes:
                for accepted, share in value[asked].items():
                    _integer(f"parameters/{name}/{asked}/{accepted}", share, 0, 100)
        elif name == "elsewhere_percent":
            for mode in modes:
                _integer(f"parameters/{name}/{mode}", value[mode], 0, 100)
        elif name == "verification_percent":
            for step in ("1", "2", "3"):
                _integer(f"parameters/{name}/{step}", value[step], 0, 100)
        else:
            _integer(f"parameters/{name}", value, *bounds.get(name, (0, 100)))
    if parameters["tasks_percent"] + parameters["source_percent"] + parameters["stage_percent"] != 100:
        raise WeightsError("parameters: tasks, source and stage do not sum to 100 percent")


def _integer(where: str, value: Any, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise WeightsError(f"{where}: {value!r} is not a whole number from {low} to {high}")


def _bilingual(where: str, texts: Mapping[str, Any]) -> None:
    for language in ("fr", "en"):
        if not (isinstance(texts.get(language), str) and texts[language].strip()):
            raise WeightsError(f"{where}: no text in {language!r}")


@cache
def document() -> dict[str, Any]:
    """The file as it stands: what `GET /matching/criteria` serves. Do not modify the returned value."""
    with FILE.open(encoding="utf-8") as file:
        loaded: dict[str, Any] = json.load(file)
    return loaded


@cache
def weights() -> Weights:
    """The weights in force."""
    return parse(document())
