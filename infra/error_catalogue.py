"""docs/errors.md: every refusal that a caller may meet, from the classes that make them."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

import app
import chalicelib
from chalicelib.platform.errors import DomainError, field_rules
from infra.local import origin

_RESOURCES = Path(__file__).parent / "resources.yaml"

_INTRODUCTION = """\
# Errors

<!-- Written by `make contract` from the code. Change the error's class, not this page. -->

Every refusal is an RFC 9457 problem, `application/problem+json`: `type` and `code` name the kind for programs, `status`
repeats the HTTP status, `title` says it to a person, and `errors` lists the wrong fields when there are any, the first
hundred of them.

```json
{
  "type": "urn:plot-point:error:invalid",
  "title": "Certains champs sont à corriger.",
  "status": 422,
  "code": "invalid",
  "errors": [{"pointer": "/code_name", "code": "required", "message": "Ce champ est nécessaire."}]
}
```

Branch on `code`, and on the `code` of each field; show `title` and `message` as they are. They are French unless the
request prefers English (`Accept-Language: en`). `pointer` is a JSON pointer into the body, `?name` for a parameter of
the query, or a header's name. Where an answer has a `Retry-After`, asking again in that many seconds makes sense;
everything else needs a change of the request, or of the world.

Codes are part of the contract: a route may gain one, so treat one that you do not know by its status. Words in braces
are filled in.
"""


def catalogue() -> str:
    """The whole page. The same code gives the same text."""
    return "\n".join(
        [
            _INTRODUCTION,
            "## By code",
            "",
            "“Said by” names the part of the product that refuses; `platform` stands for every route.",
            "",
            *_table(
                ("code", "status", "in French", "in English", "said by", "ask again after"),
                sorted(_errors(kinds("chalicelib"))),
            ),
            "",
            "## Fields",
            "",
            "The codes that stand in `errors`. A code may have several sentences, each for its own kind of field.",
            "",
            *_table(
                ("code", "in French", "in English"),
                sorted({(f"`{rule.code}`", rule.message.fr, rule.message.en) for rule in field_rules()}),
            ),
            "",
            "## The gateway's own answers",
            "",
            "What API Gateway answers before a route is reached, or instead of it. It cannot read `Accept-Language`:",
            "one title has both languages. Those that stand for several statuses leave `status` out of the body.",
            "",
            *_table(("when", "status", "code", "title"), _gateway()),
            "",
            "## The local product's own answers",
            "",
            "What the server in front of `make run` answers by itself; on AWS, CloudFront stands there.",
            "",
            *_table(
                ("code", "status", "in French", "in English", "said by", "ask again after"),
                sorted(_errors(kinds(origin.__name__))),
            ),
            "",
        ]
    )


def kinds(package: str) -> list[type[DomainError]]:
    """Every kind of error that a module of that package defines."""
    for module in pkgutil.walk_packages(chalicelib.__path__, "chalicelib."):
        if module.name.endswith(".errors"):
            importlib.import_module(module.name)
    assert app.app.routes, "the routes' modules are imported, and with them every rule for fields"
    return [kind for kind in _below(DomainError) if f"{kind.__module__}.".startswith(f"{package}.")]


def _below(kind: type[DomainError]) -> Iterator[type[DomainError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _errors(found: Iterable[type[DomainError]]) -> Iterator[tuple[str, ...]]:
    """A row for each code, status and sentence; contexts that say the same share it."""
    speakers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for kind in found:
        wait = "" if kind.retry_after_seconds is None else f"{kind.retry_after_seconds} s"
        row = (f"`{kind.code}`", str(kind.status), kind.message.fr, kind.message.en, wait)
        speakers[row].add(kind.__module__.split(".")[-2])
    for (*said, wait), contexts in speakers.items():
        yield (*said, ", ".join(sorted(contexts)), wait)


def _gateway() -> Iterator[tuple[str, ...]]:
    answers = yaml.load(_RESOURCES.read_text(encoding="utf-8"), Loader=_CloudFormation)["Resources"]["RestAPI"]
    for name, answer in answers["Properties"]["GatewayResponses"].items():
        body = json.loads(answer["ResponseTemplates"]["application/json"])
        yield f"`{name}`", str(answer.get("StatusCode", "")), f"`{body['code']}`", body["title"]


class _CloudFormation(yaml.SafeLoader):
    """Reads the template's own tags (`!Ref`, `!GetAtt`) as what they are written on."""


def _anything(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    assert isinstance(node, yaml.MappingNode), "YAML has no other kind of node"
    return loader.construct_mapping(node)


_CloudFormation.add_multi_constructor("!", _anything)


def _table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
