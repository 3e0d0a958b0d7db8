"""Would a client that follows one OpenAPI document be broken by another? Pure: two documents in, findings out.

What a client sends must stay accepted (requests may only widen), and what it reads must stay readable (answers may
only narrow). Besides the wire, the names that generated clients are made of must stay: operations, their groups,
schemas, path parameters. `docs/decisions/0008-how-the-contract-is-kept.md` says what is deliberately no break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Direction = Literal["request", "response"]
Document = Mapping[str, Any]
Schema = Mapping[str, Any]

#: Every rule, and why what it finds breaks a client.
RULES = {
    "server-removed": "clients call the address that they were given",
    "path-removed": "the path no longer exists",
    "operation-removed": "the method is no longer accepted there",
    "operation-renamed": "generated clients call an operation by its id",
    "operation-regrouped": "generated clients find an operation under its first tag",
    "path-parameter-renamed": "generated clients give path parameters by name",
    "access-no-longer-public": "it was open to everyone and now asks who calls",
    "access-limited": "it was open to every account and now asks for a role",
    "access-role-removed": "a role that could call it no longer can",
    "access-scheme-changed": "callers prove who they are in another way",
    "parameter-removed": "what it did is no longer done, and unknown parameters of a query are refused",
    "parameter-required": "requests without it were accepted",
    "parameter-form-changed": "it is written in another way",
    "body-removed": "a body that was accepted is no longer",
    "body-required": "requests without a body were accepted",
    "request-media-type-removed": "a body of that media type was accepted",
    "request-field-removed": "unknown fields are refused, so those who send it are",
    "request-field-required": "requests without it were accepted",
    "request-fields-closed": "fields beside the named ones were accepted",
    "request-type-refused": "values of that type were accepted",
    "request-null-refused": "null was accepted",
    "request-choice-removed": "that value was accepted",
    "request-choices-limited": "values beside the listed ones were accepted",
    "request-format-changed": "texts of another format were accepted",
    "request-pattern-changed": "texts of another form were accepted",
    "request-limit-tightened": "values up to the former limit were accepted",
    "request-repetition-refused": "lists with repetitions were accepted",
    "request-default-changed": "those who leave it out get something else",
    "request-rule-changed": "a rule changed that this comparison does not understand",
    "response-status-removed": "clients recognise a success by its status",
    "response-status-added": "clients know no other success than those that were documented",
    "response-media-type-removed": "clients read that media type",
    "response-header-removed": "clients read that header",
    "response-field-removed": "clients read that field",
    "response-field-optional": "clients count on that field being there",
    "response-field-unexpected": "the object was said to have no other field",
    "response-type-new": "clients do not expect values of that type",
    "response-null-possible": "clients do not expect null",
    "response-choice-added": "clients know the listed values only",
    "response-choices-opened": "clients know the listed values only",
    "response-format-changed": "clients parse the former format",
    "response-rule-changed": "a rule changed that this comparison does not understand",
    "error-code-moved": "clients find that refusal under its status",
    "error-code-replaced": "clients recognise that refusal by its code",
    "schema-renamed": "generated clients name a class after the schema",
}

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PROBLEM = "application/problem+json"
#: Limit → whether a greater value is stricter, and what absence means.
_LIMITS: dict[str, tuple[bool, float]] = {
    "minimum": (True, float("-inf")),
    "exclusiveMinimum": (True, float("-inf")),
    "minLength": (True, 0),
    "minItems": (True, 0),
    "minProperties": (True, 0),
    "maximum": (False, float("inf")),
    "exclusiveMaximum": (False, float("inf")),
    "maxLength": (False, float("inf")),
    "maxItems": (False, float("inf")),
    "maxProperties": (False, float("inf")),
}
#: What says something to people and nothing about values.
_NOTES = {"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}
_UNDERSTOOD = (
    _NOTES
    | _LIMITS.keys()
    | {"type", "enum", "const", "format", "pattern", "uniqueItems", "anyOf", "oneOf", "$ref"}
    | {"properties", "required", "additionalProperties", "items", "allOf"}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a client would break. `place` is where, in the published document's names:
    `POST /briefs ?cursor`, `POST /briefs body`, `BudgetInput /max` (`[]`: each entry, `{}`: each value)."""

    rule: str
    place: str
    sentence: str
    detail: str = ""
    routes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable while the two documents differ in this way; another difference has another id."""
        return " ".join(part for part in (self.rule, self.place, self.detail) if part)

    def __str__(self) -> str:
        shown = ", ".join(self.routes[:4]) + (f" and {len(self.routes) - 4} more" if len(self.routes) > 4 else "")
        where = f" ({shown})" if shown and not self.place.startswith(self.routes[0]) else ""
        return f"{self.id}\n    {self.sentence}: {RULES[self.rule]}{where}"


def breaks(published: Document, current: Document) -> list[Finding]:
    """What breaks in a client of `published` that meets `current`: each difference once, in the order of the paths."""
    found: dict[str, Finding] = {}
    for finding in _Documents(published, current).compare():
        known = found.get(finding.id)
        if known is None:
            found[finding.id] = finding
        else:
            found[finding.id] = replace(known, routes=(*dict.fromkeys((*known.routes, *finding.routes)),))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Place:
    base: str
    steps: tuple[str, ...] = ()

    def __truediv__(self, step: str) -> _Place:
        return _Place(self.base, (*self.steps, step.replace("~", "~0").replace("/", "~1")))

    def __str__(self) -> str:
        return f"{self.base} /{'/'.join(self.steps)}" if self.steps else self.base


class _Documents:
    def __init__(self, published: Document, current: Document) -> None:
        self._old = published
        self._new = current
        self._sent, self._answered = _Schemas(published, current, "request"), _Schemas(published, current, "response")

    def compare(self) -> Iterator[Finding]:
        yield from self._servers()
        new_paths = {_nameless(path): path for path in self._new.get("paths", {})}
        for path, operations in self._old.get("paths", {}).items():
            path_now = new_paths.get(_nameless(path))
            if path_now is None:
                yield Finding("path-removed", path, f"{path} is gone")
                continue
            now = self._new["paths"][path_now]
            for method in _METHODS:
                if method not in operations:
                    continue
                route = f"{method.upper()} {path}"
                if method not in now:
                    yield Finding("operation-removed", route, f"{route} is gone", routes=(route,))
                    continue
                yield from (
                    replace(finding, routes=(route,))
                    for finding in self._operation(
                        route,
                        _with_shared_parameters(operations, method),
                        _with_shared_parameters(now, method),
                        list(zip(_names(path), _names(path_now), strict=True)),
                    )
                )

    def _servers(self) -> Iterator[Finding]:
        kept = {server["url"] for server in self._new.get("servers", ())}
        for server in self._old.get("servers", ()):
            if server["url"] not in kept:
                yield Finding("server-removed", server["url"], f"{server['url']} is no longer among the servers")

    def _operation(
        self, route: str, old: Mapping[str, Any], new: Mapping[str, Any], names: list[tuple[str, str]]
    ) -> Iterator[Finding]:
        for name, name_now in names:
            if name != name_now:
                yield Finding("path-parameter-renamed", f"{route} {{{name}}}", f"it is now {{{name_now}}}", name_now)
        if old.get("operationId") != new.get("operationId"):
            now = str(new.get("operationId"))
            yield Finding("operation-renamed", route, f"{old.get('operationId')} is now {now}", now)
        if _group(old) != _group(new):
            yield Finding("operation-regrouped", route, f"{_group(old)} is now {_group(new)}", str(_group(new)))
        yield from self._access(route, old, new)
        yield from self._parameters(route, old, new, dict(names))
        yield from self._body(route, old, new)
        yield from self._responses(route, old, new)

    # --- who may call ---------------------------------------------------------------------------------------

    def _access(self, route: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        before: list[dict[str, list[str]]] = old.get("security", self._old.get("security", []))
        now: list[dict[str, list[str]]] = new.get("security", self._new.get("security", []))
        if _public(now):
            return
        if _public(before):
            yield Finding("access-no-longer-public", route, f"{route} now asks who calls")
            return
        for way in before:
            same = [other for other in now if other.keys() == way.keys()]
            if not same or not all(self._same_scheme(scheme) for scheme in way):
                schemes = " and ".join(sorted(way))
                yield Finding("access-scheme-changed", route, f"`{schemes}` no longer opens {route} as it did", schemes)
                continue
            for scheme, roles in way.items():
                wanted = [set(other[scheme]) for other in same]
                if any(not some for some in wanted):
                    continue  # open to every account
                if not roles:
                    yield Finding("access-limited", route, f"{route} now asks for a role", scheme)
                for role in sorted(set(roles) - set().union(*wanted)):
                    yield Finding("access-role-removed", route, f"`{role}` may no longer call {route}", role)

    def _same_scheme(self, name: str) -> bool:
        before, now = (
            document.get("components", {}).get("securitySchemes", {}).get(name, {})
            for document in (self._old, self._new)
        )
        return {**before, "description": ""} == {**now, "description": ""}

    # --- what is sent ---------------------------------------------------------------------------------------

    def _parameters(
        self, route: str, old: Mapping[str, Any], new: Mapping[str, Any], renamed: Mapping[str, str]
    ) -> Iterator[Finding]:
        before = _by_key(self._old, old.get("parameters", ()))
        now = _by_key(self._new, new.get("parameters", ()))
        for (where, name), parameter in before.items():
            place = _Place(f"{route} {_shown(where, parameter['name'])}")
            other = now.pop((where, renamed.get(name, name) if where == "path" else name), None)
            if other is None:
                yield Finding("parameter-removed", str(place), f"{parameter['name']} is gone")
                continue
            if other.get("required") and not parameter.get("required"):
                yield Finding("parameter-required", str(place), f"{parameter['name']} is now required")
            for aspect in ("style", "explode", "allowReserved", "content"):
                if parameter.get(aspect) != other.get(aspect):
                    yield Finding("parameter-form-changed", str(place), f"its `{aspect}` changed", aspect)
            old_schema, new_schema = parameter.get("schema", {}), other.get("schema", {})
            if not other.get("required") and not parameter.get("required"):
                yield from _default(place, old_schema, new_schema)
            yield from self._sent.compare(old_schema, new_schema, place)
        for (where, _), parameter in now.items():
            if parameter.get("required") and where != "path":
                shown = _shown(where, parameter["name"])
                yield Finding("parameter-required", f"{route} {shown}", f"{parameter['name']} is new, and required")

    def _body(self, route: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        before = _resolved(self._old, old.get("requestBody", {}))
        now = _resolved(self._new, new.get("requestBody", {}))
        place = f"{route} body"
        if now.get("required") and not before.get("required"):
            yield Finding("body-required", place, "a body is now required")
        if not before:
            return
        if not now:
            yield Finding("body-removed", place, "it takes no body any more")
            return
        for media_type, content in before["content"].items():
            if media_type not in now["content"]:
                yield Finding("request-media-type-removed", place, f"{media_type} is no longer accepted", media_type)
                continue
            other = now["content"][media_type]
            yield from self._sent.compare(content.get("schema", {}), other.get("schema", {}), _Place(place))

    # --- what is answered -----------------------------------------------------------------------------------

    def _responses(self, route: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        before = {status: _resolved(self._old, answer) for status, answer in old.get("responses", {}).items()}
        now = {status: _resolved(self._new, answer) for status, answer in new.get("responses", {}).items()}
        for status in now:
            if status not in before and not _is_error(status):
                yield Finding("response-status-added", f"{route} {status}", f"{status} may now be answered")
        for status, answer in before.items():
            place = _Place(f"{route} {status}")
            if status not in now:
                if not _is_error(status):
                    yield Finding("response-status-removed", str(place), f"{status} is no longer answered")
                continue
            yield from self._answer(place, answer, now[status])
        yield from self._codes(route, before, now)

    def _answer(self, place: _Place, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        headers_now = {name.lower(): header for name, header in new.get("headers", {}).items()}
        for name, header in old.get("headers", {}).items():
            other = headers_now.get(name.lower())
            if other is None:
                yield Finding("response-header-removed", str(place), f"the header {name} is gone", name)
                continue
            header, other = _resolved(self._old, header), _resolved(self._new, other)
            where = _Place(f"{place} header {name}")
            yield from self._answered.compare(header.get("schema", {}), other.get("schema", {}), where)
        for media_type, content in old.get("content", {}).items():
            if media_type not in new.get("content", {}):
                yield Finding("response-media-type-removed", str(place), f"{media_type} is gone", media_type)
                continue
            before = _without_codes(content.get("schema", {}))
            yield from self._answered.compare(
                before, _without_codes(new["content"][media_type].get("schema", {})), place
            )

    def _codes(self, route: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
        """A refusal that is no longer made harms nobody, and clients must bear new ones. But one that is made under
        another status, or perhaps under another code, is not recognised any more."""
        before, now = _codes_by_status(old), _codes_by_status(new)
        known, answered = set().union(*before.values()), set().union(*now.values())
        fresh = ", ".join(sorted(answered - known))
        for status, codes in before.items():
            for code in sorted(codes - now.get(status, set())):
                elsewhere = sorted(other for other, some in now.items() if code in some)
                if elsewhere and not any(code in before.get(other, ()) for other in elsewhere):
                    sentence = f"`{code}` is now under {', '.join(elsewhere)}"
                    yield Finding("error-code-moved", f"{route} {status}", sentence, code)
                elif not elsewhere and fresh:
                    sentence = f"`{code}` is gone, and there is {fresh}"
                    yield Finding("error-code-replaced", f"{route} {status}", sentence, code)


class _Schemas:
    """Compares what may stand in a request, or in an answer."""

    def __init__(self, published: Document, current: Document, direction: Direction) -> None:
        self._old = published
        self._new = current
        self._direction = direction
        self._found: dict[tuple[str, str], list[Finding]] = {}

    def compare(
        self, old: Any, new: Any, place: _Place, inside: frozenset[tuple[str, str]] = frozenset()
    ) -> Iterator[Finding]:
        """`inside`: the pairs of named schemas that are being compared around this one, for those that contain
        themselves."""
        old, new = _as_schema(old), _as_schema(new)
        name, name_now = _name(old), _name(new)
        if name and name_now:
            if (name, name_now) in inside:
                return
            if name != name_now:
                yield Finding("schema-renamed", str(place), f"{name} is now {name_now}", f"{name} → {name_now}")
            # Once, however many schemas have them: what is found is said of these two names, wherever they are met.
            if (name, name_now) not in self._found:
                within = self._within(old, new, _Place(name), inside | {(name, name_now)})
                self._found[name, name_now] = list(within)
            yield from self._found[name, name_now]
            return
        yield from self._within(old, new, place, inside)

    def _within(self, old: Schema, new: Schema, place: _Place, inside: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        if "$ref" in old or "$ref" in new or "allOf" in old or "allOf" in new:
            yield from self.compare(_resolved(self._old, old), _resolved(self._new, new), place, inside)
            return
        if _is_anything(old) or _is_anything(new):
            yield from self._anything(old, new, place)
            return
        before, now = _options(old), _options(new)
        null_before, null_now = _NULL in before, _NULL in now
        if self._sent and null_before and not null_now:
            yield self._finding("null-refused", place, "null is now refused")
        if not self._sent and null_now and not null_before:
            yield self._finding("null-possible", place, "it may now be null")
        before = [option for option in before if option != _NULL]
        now = [option for option in now if option != _NULL]
        if self._sent:
            for option in before:
                yield from self._matched([(option, other) for other in now], option, place, inside)
        else:
            for option in now:
                yield from self._matched([(other, option) for other in before], option, place, inside)

    @property
    def _sent(self) -> bool:
        return self._direction == "request"

    def _finding(self, rule: str, place: _Place, sentence: str, detail: str = "") -> Finding:
        return Finding(f"{self._direction}-{rule}", str(place), sentence, detail)

    def _anything(self, old: Schema, new: Schema, place: _Place) -> Iterator[Finding]:
        if self._sent and not _is_anything(new):
            yield self._finding("type-refused", place, "not everything is accepted any more", "anything")
        if not self._sent and not _is_anything(old):
            yield self._finding("type-new", place, "it may now be anything", "anything")

    def _matched(
        self, pairs: list[tuple[Schema, Schema]], option: Schema, place: _Place, inside: frozenset[tuple[str, str]]
    ) -> Iterator[Finding]:
        """The differences from the nearest of the other side's options."""
        attempts = [list(self._option(old, new, place, inside)) for old, new in pairs if self._same_kind(old, new)]
        if attempts:
            yield from min(attempts, key=len)
            return
        kind = " or ".join(sorted(_kinds(self._old if self._sent else self._new, option)))
        if self._sent:
            yield self._finding("type-refused", place, f"{kind} is no longer accepted", kind)
        else:
            yield self._finding("type-new", place, f"it may now be {kind}", kind)

    def _same_kind(self, old: Schema, new: Schema) -> bool:
        before, now = _kinds(self._old, old), _kinds(self._new, new)
        narrow, wide = (before, now) if self._sent else (now, before)
        return bool(narrow & (wide | ({"integer"} if "number" in wide else set())))

    def _option(self, old: Schema, new: Schema, place: _Place, inside: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        if any(keyword in schema for schema in (old, new) for keyword in ("$ref", "allOf", "anyOf", "oneOf")):
            yield from self.compare(old, new, place, inside)
            return
        yield from self._choices(old, new, place)
        yield from self._texts(old, new, place)
        if self._sent:
            yield from self._limits(old, new, place)
        yield from self._object(old, new, place, inside)
        if "items" in old or "items" in new:
            yield from self.compare(old.get("items", {}), new.get("items", {}), place / "[]", inside)
        for keyword in sorted((old.keys() | new.keys()) - _UNDERSTOOD):
            if old.get(keyword) != new.get(keyword):
                yield self._finding("rule-changed", place, f"`{keyword}` changed", keyword)

    def _choices(self, old: Schema, new: Schema, place: _Place) -> Iterator[Finding]:
        before, now = _choices(old), _choices(new)
        if self._sent and now is not None:
            if before is None:
                yield self._finding("choices-limited", place, f"only {', '.join(now)} are accepted now")
            else:
                for choice in sorted(before - now):
                    yield self._finding("choice-removed", place, f"{choice} is no longer accepted", choice)
        if not self._sent and before is not None:
            if now is None:
                yield self._finding("choices-opened", place, "it may now be something else than the listed values")
            else:
                for choice in sorted(now - before):
                    yield self._finding("choice-added", place, f"it may now be {choice}", choice)

    def _texts(self, old: Schema, new: Schema, place: _Place) -> Iterator[Finding]:
        before, now = old.get("format"), new.get("format")
        # What is sent may lose its format, what is answered may gain one.
        if before != now and (now if self._sent else before) is not None:
            detail = f"{before or 'none'} → {now or 'none'}"
            yield self._finding("format-changed", place, f"its format changed: {detail}", detail)
        pattern = new.get("pattern")
        if self._sent and pattern is not None and pattern != old.get("pattern"):
            yield self._finding("pattern-changed", place, f"it must now match {pattern}", pattern)

    def _limits(self, old: Schema, new: Schema, place: _Place) -> Iterator[Finding]:
        for limit, (greater_is_stricter, otherwise) in _LIMITS.items():
            before, now = old.get(limit, otherwise), new.get(limit, otherwise)
            if (now > before) if greater_is_stricter else (now < before):
                detail = f"{limit} {old.get(limit, 'none')} → {now}"
                yield self._finding("limit-tightened", place, f"its limit changed: {detail}", detail)
        if new.get("uniqueItems") and not old.get("uniqueItems"):
            yield self._finding("repetition-refused", place, "each entry may now be given once only")

    def _object(self, old: Schema, new: Schema, place: _Place, inside: frozenset[tuple[str, str]]) -> Iterator[Finding]:
        if "object" not in _kinds(self._old, old) or "object" not in _kinds(self._new, new):
            return
        before, now = old.get("properties", {}), new.get("properties", {})
        required, required_now = set(old.get("required", ())), set(new.get("required", ()))
        others, others_now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        for name in before:
            if name in now:
                if self._sent and name not in required | required_now:
                    yield from _default(place / name, before[name], now[name])
                yield from self.compare(before[name], now[name], place / name, inside)
            elif self._sent and others_now is not False:
                yield from self.compare(before[name], others_now, place / name, inside)
            else:
                yield self._finding("field-removed", place / name, f"the field {name} is gone")
        for name in sorted(now.keys() - before.keys()):
            if isinstance(others, Mapping) and others:
                yield from self.compare(others, now[name], place / name, inside)
            elif not self._sent and others is False:
                yield self._finding("field-unexpected", place / name, f"there is now a field {name}")
        if self._sent:
            for name in sorted(required_now - required):
                yield self._finding("field-required", place / name, f"the field {name} is now required")
            if others is not False and others_now is False:
                yield self._finding("fields-closed", place, "only the named fields are accepted now")
        else:
            for name in sorted((required & now.keys()) - required_now):
                yield self._finding("field-optional", place / name, f"the field {name} may now be missing")
            if others is False and others_now is not False:
                yield self._finding("field-unexpected", place, "there may now be any other field")
        if others is not False and others_now is not False:
            yield from self.compare(others, others_now, place / "{}", inside)


_NULL: Schema = {"type": "null"}


def _default(place: _Place, old: Any, new: Any) -> Iterator[Finding]:
    """No default is null: both say that nothing was said."""
    before, now = _as_schema(old).get("default"), _as_schema(new).get("default")
    if before != now:
        detail = f"{json.dumps(before, ensure_ascii=False)} → {json.dumps(now, ensure_ascii=False)}"
        yield Finding("request-default-changed", str(place), f"its default changed: {detail}", detail)


def _as_schema(schema: Any) -> Schema:
    if schema is True:
        return {}
    return {"not": {}} if schema is False else schema


def _name(schema: Schema) -> str | None:
    reference = schema.get("$ref")
    return None if reference is None else str(reference).rsplit("/", 1)[-1]


def _resolved(document: Document, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without `$ref` and `allOf` at its top: they and what stands beside them are one."""
    if "$ref" not in value and "allOf" not in value:
        return value
    parts: list[Mapping[str, Any]] = list(value.get("allOf", ()))
    if "$ref" in value:
        target: Any = document
        for step in str(value["$ref"]).removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        parts.append(target)
    parts.append({name: inner for name, inner in value.items() if name not in ("$ref", "allOf")})
    whole: dict[str, Any] = {}
    for part in parts:
        part = _resolved(document, part)
        properties = dict(whole.get("properties", {}))
        for name, inner in part.get("properties", {}).items():
            properties[name] = {**properties.get(name, {}), **inner}
        required = [*whole.get("required", ()), *part.get("required", ())]
        whole |= part
        if properties:
            whole["properties"] = properties
        if required:
            whole["required"] = required
    return whole


def _is_anything(schema: Schema) -> bool:
    return schema.keys() <= _NOTES


def _options(schema: Schema) -> list[Schema]:
    """What it may be, one of: null apart from the rest."""
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            beside = {name: inner for name, inner in schema.items() if name != keyword and name not in _NOTES}
            return [found for option in schema[keyword] for found in _options({**beside, **_as_schema(option)})]
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return [found for kind in kinds for found in _options({**schema, "type": kind})]
    values = schema.get("enum")
    if values is not None and None in values:
        rest = {**schema, "enum": [value for value in values if value is not None]}
        return [rest, _NULL] if kinds != "null" else [_NULL]
    return [_NULL] if kinds == "null" else [schema]


def _kinds(document: Document, schema: Schema) -> set[str]:
    schema = _resolved(document, schema)
    if _is_anything(schema):
        return set(_JSON_KINDS.values())
    found: set[str] = set()
    for option in _options(schema):
        if "$ref" in option or "allOf" in option:
            found |= _kinds(document, option)
        elif "type" in option:
            found.add(str(option["type"]))
        elif (choices := _values(option)) is not None:
            found |= {_JSON_KINDS[type(choice)] for choice in choices}
        elif option.keys() & {"properties", "additionalProperties"}:
            found.add("object")
        elif "items" in option:
            found.add("array")
        else:
            found |= set(_JSON_KINDS.values())
    return found


_JSON_KINDS = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}


def _values(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values


def _choices(schema: Schema) -> set[str] | None:
    values = _values(schema)
    return None if values is None else {json.dumps(value, ensure_ascii=False) for value in values}


def _nameless(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _names(path: str) -> list[str]:
    return re.findall(r"\{([^}]*)\}", path)


def _with_shared_parameters(item: Mapping[str, Any], method: str) -> Mapping[str, Any]:
    operation: Mapping[str, Any] = item[method]
    return {**operation, "parameters": [*item.get("parameters", ()), *operation.get("parameters", ())]}


def _by_key(document: Document, parameters: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Mapping[str, Any]]:
    found = [_resolved(document, parameter) for parameter in parameters]
    return {(one["in"], one["name"].lower() if one["in"] == "header" else one["name"]): one for one in found}


def _shown(where: str, name: str) -> str:
    return {"query": f"?{name}", "path": f"{{{name}}}"}.get(where, f"{where} {name}")


def _group(operation: Mapping[str, Any]) -> str | None:
    return next(iter(operation.get("tags", ())), None)


def _public(ways: list[dict[str, list[str]]]) -> bool:
    return not ways or {} in ways


def _is_error(status: str) -> bool:
    return status[0] in "45"


def _codes_by_status(responses: Mapping[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for status, answer in responses.items():
        code = answer.get("content", {}).get(_PROBLEM, {}).get("schema", {}).get("properties", {}).get("code", {})
        found[status] = set(code.get("enum", ()))
    return found


def _without_codes(schema: Schema) -> Schema:
    """The codes of a problem are compared apart: new ones may come."""
    properties = schema.get("properties", {})
    if "$ref" not in schema or "enum" not in properties.get("code", {}):
        return schema
    rest = {name: inner for name, inner in properties.items() if name != "code"}
    kept = {name: inner for name, inner in schema.items() if name != "properties"}
    return {**kept, "properties": rest} if rest else kept
