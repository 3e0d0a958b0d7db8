"""`python -m infra.audit verify`: whether the facts of cases and alarms are as they were written.

    python -m infra.audit verify --case ID [--against POSITION:DIGEST]
    python -m infra.audit verify --alarm ID
    python -m infra.audit verify --all

It reads the table of the stack `plot-point` (`--stack`), or any other (`--table`), with the rights of whoever runs it;
`--local`: that of the local product, which must be running. It changes nothing. Its exit code is 1 when something is
wrong, 2 when it cannot tell. `docs/runbooks/verify-the-audit.md` says what to do then.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from chalicelib.audit.wording import TROUBLES
from chalicelib.platform.chain import HEAD, read_back
from chalicelib.platform.clients import client
from chalicelib.platform.outbox import EVENT_PREFIX
from chalicelib.platform.table import Table
from chalicelib.verification.repository import HISTORIES
from chalicelib.vocabulary.facts import Chained, Finding

_OUTPUT = "VerificationTableName"

#: Whose facts are chained, and what lies with them once there is one.
_THINGS = {"CASE#": "CASE", "ALARM#": "ALARM"}


def partitions(table: str) -> Iterator[tuple[str, bool]]:
    """Every partition that has facts, a chain's head, a case or an alarm, and whether it is known to have had facts.

    Reads the keys of the whole table: what it looks for is also what no index tells any more.
    """
    known: dict[str, bool] = {}
    pages = client("dynamodb").get_paginator("scan").paginate(TableName=table, ProjectionExpression="pk, sk")
    for page in pages:
        for item in page["Items"]:
            pk, sk = item["pk"]["S"], item["sk"]["S"]
            if (prefix := f"{pk.partition('#')[0]}#") not in _THINGS:
                continue
            itself = sk == _THINGS[prefix]
            if itself or sk == HEAD or sk.startswith(EVENT_PREFIX):
                known[pk] = known.get(pk, False) or itself
    yield from sorted(known.items())


def verify(table: str, wanted: Sequence[tuple[str, bool]], against: tuple[int, str] | None = None) -> bool:
    """Says what it finds in each of the partitions, and whether all are sound. Raises Retryable."""
    sound, older, chained = True, 0, 0
    for pk, had_facts in wanted:
        found = read_back(Table(table), pk, against=against)
        findings = found.findings
        if had_facts and not found.links and not found.older:
            findings = (*findings, Finding("missing", None, None))
        sound = sound and not findings
        older, chained = older + found.older, chained + found.links
        if findings or len(wanted) <= len(HISTORIES["alarm"]):
            print(_said(found))
        for finding in findings:
            print(f"  {_place(finding)}: {finding.trouble}. {TROUBLES[finding.trouble].en}")
    print(
        f"{'Sound' if sound else 'NOT SOUND'}: {len(wanted)} read, {chained} facts in chains, {older} from before them."
    )
    return sound


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.audit", description="The audit, checked.")
    parser.add_argument("what", choices=("verify",))
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--case", metavar="ID")
    which.add_argument("--alarm", metavar="ID", help="with the chain of its files")
    which.add_argument("--all", action="store_true", help="every case and alarm")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--stack", default="plot-point", help="whose table it is (plot-point)")
    where.add_argument("--table", help="its name")
    where.add_argument("--local", action="store_true", help="that of the local product")
    parser.add_argument("--against", type=_kept, metavar="POSITION:DIGEST", help="a link of the case, kept elsewhere")
    options = parser.parse_args(arguments)
    if options.against and not options.case:
        parser.error("--against goes with --case")
    try:
        if options.local:
            _look_at_the_local_product()
        table = options.table or _table_of(options.stack)
        if options.all:
            wanted = list(partitions(table))
        else:
            kind, identifier = ("case", options.case) if options.case else ("alarm", options.alarm)
            wanted = [(f"{prefix}{identifier}", number == 0) for number, prefix in enumerate(HISTORIES[kind])]
        return 0 if verify(table, wanted, options.against) else 1
    except Exception as error:  # whatever it is, nothing was verified, and a program must not take it for a finding
        print(f"Nothing verified: {error}", file=sys.stderr)
        return 2


def _said(found: Chained) -> str:
    if found.head is None:
        return f"{found.pk}: no chain" + (f"; {found.older} facts from before there was one" if found.older else "")
    older = f", begun after {found.older} facts" if found.older else ""
    link = f"{found.head.position}:{found.head.digest}"
    return f"{found.pk}: {found.links} facts in its chain{older}; the last link is {link}"


def _place(finding: Finding) -> str:
    where = f"place {finding.position}" if finding.position is not None else "no place"
    return f"{where}, {finding.event_id}" if finding.event_id else where


def _kept(text: str) -> tuple[int, str]:
    position, _, digest = text.partition(":")
    if not position.isdigit() or len(digest) != 64:
        raise argparse.ArgumentTypeError("a place and 64 hexadecimal digits, such as 12:9f2c…")
    return int(position), digest


def _table_of(stack: str) -> str:
    (found,) = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return next(str(one["OutputValue"]) for one in found["Outputs"] if one["OutputKey"] == _OUTPUT)


def _look_at_the_local_product() -> None:
    from infra.local.emulator import REGION
    from infra.local.state import StateDirectory

    port = int(Path(StateDirectory.from_environment().gateway_port).read_text())
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
