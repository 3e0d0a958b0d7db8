"""The contract as files: what the routes are, what clients hold, and where the two may differ.

    python -m infra.contract write      docs/api/openapi.json and docs/errors.md, from the code
    python -m infra.contract check      what is out of date, and what would break a client; ends with 1 if anything does
    python -m infra.contract release    docs/api/published.json: from now on, today's document is what clients hold

`docs/decisions/0008-how-the-contract-is-kept.md` says why.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, RootModel

from app import app
from chalicelib.platform import openapi
from chalicelib.platform.http import operations
from infra import compatibility
from infra.compatibility import Finding
from infra.error_catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = Path("docs/api/openapi.json")
ERRORS = Path("docs/errors.md")
PUBLISHED = Path("docs/api/published.json")
ACCEPTED = Path("docs/api/accepted-breaks.json")


class AcceptedBreak(BaseModel):
    """A break that is meant: which finding, why clients must bear it, since when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    finding: str
    reason: Annotated[str, Field(min_length=10)]
    date: date


class AcceptedBreaks(RootModel[list[AcceptedBreak]]):
    """`docs/api/accepted-breaks.json`."""


class CannotRelease(Exception):
    """Why today's document may not become the published one."""


@dataclass(frozen=True)
class Contract:
    """The contract's files under `root`, against `document`, which is what the code says today."""

    root: Path
    document: dict[str, Any]

    def generated(self) -> dict[Path, str]:
        """The files that follow from the code, with what must stand in them."""
        return {OPENAPI: as_text(self.document), ERRORS: catalogue()}

    def write(self) -> list[Path]:
        """Write those that differ; returns which."""
        outdated = self.outdated()
        for path in outdated:
            _write(self.root / path, self.generated()[path])
        return outdated

    def outdated(self) -> list[Path]:
        """The generated files that do not say what the code says."""
        return [path for path, text in self.generated().items() if _read(self.root / path) != text]

    def published(self) -> dict[str, Any] | None:
        """The document that clients hold; None before the first release."""
        text = _read(self.root / PUBLISHED)
        return None if text is None else json.loads(text)

    def accepted(self) -> list[AcceptedBreak]:
        text = _read(self.root / ACCEPTED)
        return [] if text is None else AcceptedBreaks.model_validate_json(text).root

    def breaks(self) -> list[Finding]:
        """What would break a client that follows the published document."""
        published = self.published()
        return [] if published is None else compatibility.breaks(published, self.document)

    def broken_promises(self) -> list[str]:
        """What may not stay so: a break that nobody accepted, an acceptance of what breaks nothing, an accepted
        break without a new major version."""
        published = self.published()
        if published is None:
            return [
                f"{PUBLISHED} is missing: `make release-contract` makes today's document the first that clients hold"
            ]
        found = self.breaks()
        accepted = [one.finding for one in self.accepted()]
        ids = {finding.id for finding in found}
        promises = [str(finding) for finding in found if finding.id not in accepted]
        promises += [f"{ACCEPTED} accepts what breaks nothing: {id}" for id in accepted if id not in ids]
        promises += [
            f"{ACCEPTED} accepts twice: {id}" for id in sorted({id for id in accepted if accepted.count(id) > 1})
        ]
        before, now = published["info"]["version"], self.document["info"]["version"]
        if found and _major(now) <= _major(before):
            promises.append(f"clients would break: the version must become {_major(before) + 1}.0.0 (it is {now})")
        return promises

    def release(self) -> None:
        """Make today's document the published one; what was accepted is then history. Raises CannotRelease."""
        promises = self.broken_promises() if self.published() is not None else []
        if promises:
            raise CannotRelease("\n".join(promises))
        self.write()
        _write(self.root / PUBLISHED, as_text(self.document))
        _write(self.root / ACCEPTED, "[]\n")


def today() -> Contract:
    """This repository's contract."""
    return Contract(ROOT, openapi.document(operations(app)))


def as_text(document: dict[str, Any]) -> str:
    """The document for reading and for comparing: the same content gives the same text."""
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _major(version: str) -> int:
    return int(version.split(".")[0])


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.contract", description="The contract as files.")
    parser.add_argument("what", choices=("write", "check", "release"))
    what = parser.parse_args(arguments).what
    contract = today()
    if what == "write":
        for path in contract.write():
            print(f"written: {path}")
        return 0
    if what == "check":
        said = [f"{path} is out of date: run `make contract`" for path in contract.outdated()]
        said += contract.broken_promises()
        print("\n".join(said) or "The contract's files say what the code says, and no client would break.")
        return 1 if said else 0
    try:
        contract.release()
    except CannotRelease as error:
        print(f"{error}\n\ndocs/recipes/change-the-contract.md says what to do.", file=sys.stderr)
        return 1
    print(f"{PUBLISHED} is {contract.document['info']['version']}, as of today")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
