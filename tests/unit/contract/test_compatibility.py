"""What breaks a client, one difference at a time."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import app
from chalicelib.platform import openapi
from chalicelib.platform.http import operations
from infra.compatibility import RULES, Finding, breaks

Json = dict[str, Any]
Change = Callable[[Json], object]


def document() -> Json:
    """A small product: a public list, a shelf for keepers, named schemas that nest and one that contains itself."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1.0.0"},
        "servers": [{"url": "/api"}],
        "paths": {
            "/loaves/{loaf_id}": {
                "get": {
                    "operationId": "read_loaf",
                    "tags": ["loaves"],
                    "parameters": [
                        {"name": "loaf_id", "in": "path", "required": True, "schema": {"type": "string"}},
                        {
                            "name": "crumb",
                            "in": "query",
                            "required": False,
                            "schema": {"type": "string", "enum": ["open", "tight"], "default": "open"},
                        },
                        {"name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"}},
                    ],
                    "responses": {
                        "200": {
                            "description": "A loaf.",
                            "headers": {"ETag": {"schema": {"type": "string"}}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Loaf"}}},
                        },
                        "404": {"$ref": "#/components/responses/missing"},
                        "409": problem("sold", "stale"),
                    },
                    "security": [],
                }
            },
            "/loaves": {
                "post": {
                    "operationId": "bake_loaf",
                    "tags": ["loaves"],
                    "parameters": [],
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/LoafInput"}},
                            "application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/LoafInput"}},
                        },
                    },
                    "responses": {"201": {"description": "Baked."}},
                    "security": [{"account": ["bakers", "keepers"]}],
                },
                "delete": {
                    "operationId": "clear_shelf",
                    "tags": ["loaves"],
                    "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                    "responses": {"200": {"description": "Done."}},
                    "security": [{"account": []}],
                },
            },
        },
        "components": {
            "responses": {"missing": problem("not_found")},
            "schemas": {
                "Problem": {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]},
                "Loaf": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "baked_on": {"type": "string", "format": "date"},
                        "state": {"type": "string", "enum": ["warm", "cold"]},
                        "weight": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                        "price": {"type": "number"},
                        "slices": {"type": "array", "items": {"$ref": "#/components/schemas/Slice"}},
                        "stock": {"type": "object", "additionalProperties": {"type": "integer"}},
                        "sealed": {
                            "type": "object",
                            "properties": {"by": {"type": "string"}},
                            "additionalProperties": False,
                        },
                        "starter": {"$ref": "#/components/schemas/Starter"},
                    },
                    "required": ["name", "state", "weight", "slices"],
                },
                "Slice": {"type": "object", "properties": {"thick": {"type": "boolean"}}, "required": ["thick"]},
                "Starter": {
                    "type": "object",
                    "properties": {"fed_from": {"anyOf": [{"$ref": "#/components/schemas/Starter"}, {"type": "null"}]}},
                },
                "LoafInput": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string", "minLength": 1, "maxLength": 80},
                        "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
                        "flour": {"type": "string", "enum": ["wheat", "rye"]},
                        "code": {"type": "string"},
                        "grams": {"type": "number", "minimum": 100, "maximum": 5000},
                        "seeds": {"type": "array", "items": {"type": "string"}, "minItems": 0, "maxItems": 5},
                        "oven": {"anyOf": [{"$ref": "#/components/schemas/OvenInput"}, {"type": "null"}]},
                        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    },
                    "required": ["name"],
                },
                "OvenInput": {"type": "object", "properties": {"degrees": {"type": "integer"}}},
            },
            "securitySchemes": {"account": {"type": "http", "scheme": "bearer", "description": "A token."}},
        },
    }


def problem(*codes: str) -> Json:
    schema = {"$ref": "#/components/schemas/Problem", "properties": {"code": {"enum": list(codes)}}}
    return {"description": "No.", "content": {"application/problem+json": {"schema": schema}}}


def after(change: Change) -> list[Finding]:
    """What breaks when the small product changes so."""
    current = document()
    change(current)
    return breaks(document(), current)


def read(current: Json) -> Json:
    found: Json = current["paths"]["/loaves/{loaf_id}"]["get"]
    return found


def bake(current: Json) -> Json:
    found: Json = current["paths"]["/loaves"]["post"]
    return found


def clear(current: Json) -> Json:
    found: Json = current["paths"]["/loaves"]["delete"]
    return found


def sent(current: Json) -> Json:
    found: Json = current["components"]["schemas"]["LoafInput"]["properties"]
    return found


def shown(current: Json) -> Json:
    found: Json = current["components"]["schemas"]["Loaf"]["properties"]
    return found


def rename_schema(current: Json) -> None:
    schemas = current["components"]["schemas"]
    schemas["Boule"] = schemas.pop("Loaf")
    read(current)["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] = "#/components/schemas/Boule"


def rename_path_parameter(current: Json) -> None:
    current["paths"]["/loaves/{id}"] = current["paths"].pop("/loaves/{loaf_id}")
    read_now = current["paths"]["/loaves/{id}"]["get"]
    read_now["parameters"][0]["name"] = "id"


def move_code(current: Json) -> None:
    responses = read(current)["responses"]
    responses["409"] = problem("stale")
    responses["410"] = problem("sold")


#: The id of what must be found → the change that breaks.
BREAKING: dict[str, Change] = {
    "server-removed /api": lambda d: d.update(servers=[{"url": "/v2"}]),
    "path-removed /loaves/{loaf_id}": lambda d: d["paths"].pop("/loaves/{loaf_id}"),
    "operation-removed POST /loaves": lambda d: d["paths"]["/loaves"].pop("post"),
    "operation-renamed POST /loaves make_loaf": lambda d: bake(d).update(operationId="make_loaf"),
    "operation-regrouped POST /loaves bread": lambda d: bake(d).update(tags=["bread"]),
    "path-parameter-renamed GET /loaves/{loaf_id} {loaf_id} id": rename_path_parameter,
    "access-no-longer-public GET /loaves/{loaf_id}": lambda d: read(d).update(security=[{"account": []}]),
    "access-limited DELETE /loaves account": lambda d: clear(d).update(security=[{"account": ["bakers"]}]),
    "access-role-removed POST /loaves keepers": lambda d: bake(d).update(security=[{"account": ["bakers"]}]),
    "access-scheme-changed POST /loaves account": lambda d: bake(d).update(security=[{"key": ["bakers", "keepers"]}]),
    "parameter-removed GET /loaves/{loaf_id} ?crumb": lambda d: read(d)["parameters"].pop(1),
    "parameter-removed GET /loaves/{loaf_id} header If-Match": lambda d: read(d)["parameters"].pop(2),
    "parameter-required GET /loaves/{loaf_id} ?crumb": lambda d: read(d)["parameters"][1].update(required=True),
    "parameter-required POST /loaves ?oven": lambda d: bake(d)["parameters"].append(
        {"name": "oven", "in": "query", "required": True, "schema": {"type": "string"}}
    ),
    "parameter-required POST /loaves header X-Oven": lambda d: bake(d)["parameters"].append(
        {"name": "X-Oven", "in": "header", "required": True, "schema": {"type": "string"}}
    ),
    "parameter-form-changed GET /loaves/{loaf_id} ?crumb style": lambda d: read(d)["parameters"][1].update(
        style="spaceDelimited"
    ),
    'request-choice-removed GET /loaves/{loaf_id} ?crumb "tight"': lambda d: read(d)["parameters"][1]["schema"].update(
        enum=["open"]
    ),
    'request-default-changed GET /loaves/{loaf_id} ?crumb "open" → "tight"': lambda d: read(d)["parameters"][1][
        "schema"
    ].update(default="tight"),
    "body-removed POST /loaves body": lambda d: bake(d).pop("requestBody"),
    "body-required DELETE /loaves body": lambda d: clear(d)["requestBody"].update(required=True),
    "request-media-type-removed POST /loaves body application/merge-patch+json": lambda d: bake(d)["requestBody"][
        "content"
    ].pop("application/merge-patch+json"),
    "request-field-removed LoafInput /code": lambda d: sent(d).pop("code"),
    "request-field-required LoafInput /flour": lambda d: d["components"]["schemas"]["LoafInput"].update(
        required=["name", "flour"]
    ),
    "request-fields-closed OvenInput": lambda d: d["components"]["schemas"]["OvenInput"].update(
        additionalProperties=False
    ),
    "request-type-refused LoafInput /grams number": lambda d: sent(d)["grams"].update(type="integer"),
    "request-type-refused LoafInput /labels/{} string": lambda d: sent(d)["labels"].update(
        additionalProperties={"type": "integer"}
    ),
    "request-type-refused LoafInput /seeds/[] string": lambda d: sent(d)["seeds"].update(items={"type": "boolean"}),
    "request-type-refused OvenInput /degrees integer": lambda d: d["components"]["schemas"]["OvenInput"][
        "properties"
    ].update(degrees={"type": "string"}),
    "request-type-refused DELETE /loaves body /{} anything": lambda d: clear(d)["requestBody"]["content"][
        "application/json"
    ]["schema"].update(additionalProperties={"type": "string"}),
    "request-null-refused LoafInput /note": lambda d: sent(d).update(note={"type": "string"}),
    "request-null-refused LoafInput /oven": lambda d: sent(d).update(oven={"$ref": "#/components/schemas/OvenInput"}),
    'request-choice-removed LoafInput /flour "rye"': lambda d: sent(d)["flour"].update(enum=["wheat", "spelt"]),
    "request-choices-limited LoafInput /code": lambda d: sent(d)["code"].update(enum=["A", "B"]),
    "request-format-changed LoafInput /code none → uuid": lambda d: sent(d)["code"].update(format="uuid"),
    "request-pattern-changed LoafInput /code ^[A-Z]$": lambda d: sent(d)["code"].update(pattern="^[A-Z]$"),
    "request-limit-tightened LoafInput /name maxLength 80 → 70": lambda d: sent(d)["name"].update(maxLength=70),
    "request-limit-tightened LoafInput /name minLength 1 → 2": lambda d: sent(d)["name"].update(minLength=2),
    "request-limit-tightened LoafInput /code maxLength none → 9": lambda d: sent(d)["code"].update(maxLength=9),
    "request-limit-tightened LoafInput /grams maximum 5000 → 4000": lambda d: sent(d)["grams"].update(maximum=4000),
    "request-limit-tightened LoafInput /grams minimum 100 → 200": lambda d: sent(d)["grams"].update(minimum=200),
    "request-limit-tightened LoafInput /seeds maxItems 5 → 4": lambda d: sent(d)["seeds"].update(maxItems=4),
    "request-limit-tightened LoafInput /seeds minItems 0 → 1": lambda d: sent(d)["seeds"].update(minItems=1),
    "request-repetition-refused LoafInput /seeds": lambda d: sent(d)["seeds"].update(uniqueItems=True),
    'request-default-changed LoafInput /code null → "A"': lambda d: sent(d)["code"].update(default="A"),
    "request-rule-changed LoafInput /grams multipleOf": lambda d: sent(d)["grams"].update(multipleOf=50),
    "response-status-removed POST /loaves 201": lambda d: bake(d).update(responses={}),
    "response-status-added POST /loaves 202": lambda d: bake(d)["responses"].update({"202": {"description": "Later."}}),
    "response-media-type-removed GET /loaves/{loaf_id} 200 application/json": lambda d: read(d)["responses"]["200"][
        "content"
    ].clear(),
    "response-header-removed GET /loaves/{loaf_id} 200 ETag": lambda d: read(d)["responses"]["200"]["headers"].clear(),
    "response-field-removed Loaf /name": lambda d: shown(d).pop("name"),
    "response-field-removed Slice /thick": lambda d: d["components"]["schemas"]["Slice"].update(properties={}),
    "response-field-removed Starter /fed_from": lambda d: d["components"]["schemas"]["Starter"].update(properties={}),
    "response-field-optional Loaf /state": lambda d: d["components"]["schemas"]["Loaf"].update(
        required=["name", "weight", "slices"]
    ),
    "response-field-unexpected Loaf /sealed/at": lambda d: shown(d)["sealed"]["properties"].update(
        at={"type": "string"}
    ),
    "response-field-unexpected Loaf /sealed": lambda d: shown(d)["sealed"].pop("additionalProperties"),
    "response-type-new Loaf /name integer": lambda d: shown(d)["name"].update(type="integer"),
    "response-type-new Loaf /weight number": lambda d: shown(d)["weight"].update(
        anyOf=[{"type": "number"}, {"type": "null"}]
    ),
    "response-type-new Loaf /stock/{} string": lambda d: shown(d)["stock"].update(
        additionalProperties={"type": "string"}
    ),
    "response-type-new Loaf /stock/{} anything": lambda d: shown(d)["stock"].pop("additionalProperties"),
    "response-null-possible Loaf /name": lambda d: shown(d)["name"].update(type=["string", "null"]),
    'response-choice-added Loaf /state "stale"': lambda d: shown(d)["state"]["enum"].append("stale"),
    "response-choices-opened Loaf /state": lambda d: shown(d)["state"].pop("enum"),
    "response-format-changed Loaf /baked_on date → date-time": lambda d: shown(d)["baked_on"].update(
        format="date-time"
    ),
    "response-rule-changed Loaf /name contentEncoding": lambda d: shown(d)["name"].update(contentEncoding="base64"),
    "error-code-moved GET /loaves/{loaf_id} 409 sold": move_code,
    "error-code-replaced GET /loaves/{loaf_id} 409 sold": lambda d: read(d)["responses"].update(
        {"409": problem("sold_out", "stale")}
    ),
    "schema-renamed GET /loaves/{loaf_id} 200 Loaf → Boule": rename_schema,
}


@pytest.mark.parametrize(("finding", "change"), BREAKING.items(), ids=list(BREAKING))
def test_a_change_that_breaks_is_found_where_it_is_and_nothing_else(finding: str, change: Change) -> None:
    assert [found.id for found in after(change)] == [finding]


def test_every_rule_is_shown_at_work() -> None:
    assert {finding.split(" ")[0] for finding in BREAKING} == set(RULES)


def move_to_reference(current: Json) -> None:
    schemas = current["components"]["schemas"]
    schemas["Name"] = shown(current)["name"]
    shown(current)["name"] = {"$ref": "#/components/schemas/Name"}


#: What a client must bear, or does not notice.
HARMLESS: dict[str, Change] = {
    "a new path": lambda d: d["paths"].update({"/cakes": copy.deepcopy(d["paths"]["/loaves"])}),
    "a new method": lambda d: d["paths"]["/loaves"].update(put=copy.deepcopy(bake(d))),
    "a new server": lambda d: d["servers"].append({"url": "https://bakery.example"}),
    "a new optional parameter": lambda d: bake(d)["parameters"].append(
        {"name": "oven", "in": "query", "schema": {"type": "string"}}
    ),
    "a new optional field in a request": lambda d: sent(d).update(salt={"type": "integer"}),
    "a new field in an answer": lambda d: shown(d).update(salt={"type": "integer"}),
    "a new field in an answer, always there": lambda d: d["components"]["schemas"]["Slice"].update(
        properties={"thick": {"type": "boolean"}, "salt": {"type": "integer"}}, required=["thick", "salt"]
    ),
    "a required field of a request that may wait": lambda d: d["components"]["schemas"]["LoafInput"].pop("required"),
    "more accepted: longer": lambda d: sent(d)["name"].update(maxLength=90),
    "more accepted: no limit": lambda d: sent(d)["name"].pop("maxLength"),
    "more accepted: null": lambda d: sent(d)["flour"].update(type=["string", "null"]),
    "more accepted: another type": lambda d: sent(d).update(note={}),
    "more accepted: another choice": lambda d: sent(d)["flour"]["enum"].append("spelt"),
    "more accepted: whole numbers among numbers": lambda d: d["components"]["schemas"]["OvenInput"]["properties"][
        "degrees"
    ].update(type="number"),
    "more accepted: fields beside the named ones": lambda d: d["components"]["schemas"]["LoafInput"].pop(
        "additionalProperties"
    ),
    "a field that may be given under any name": lambda d: (
        d["components"]["schemas"]["LoafInput"].pop("additionalProperties"),
        sent(d).pop("code"),
    ),
    "less answered: never null": lambda d: shown(d).update(weight={"type": "integer"}),
    "less answered: fewer choices": lambda d: shown(d)["state"].update(enum=["warm"]),
    "less answered: a constant": lambda d: shown(d).update(state={"const": "warm", "type": "string"}),
    "less answered: a format": lambda d: shown(d)["name"].update(format="uuid"),
    "less answered: whole numbers": lambda d: shown(d)["price"].update(type="integer"),
    "a limit in an answer": lambda d: shown(d)["name"].update(maxLength=10),
    "an answer's field that is always there": lambda d: d["components"]["schemas"]["Loaf"]["required"].append("price"),
    "a new refusal": lambda d: read(d)["responses"].update({"409": problem("sold", "stale", "frozen")}),
    "a new status that refuses": lambda d: bake(d)["responses"].update({"503": problem("closed")}),
    "a refusal that is no longer made": lambda d: read(d)["responses"].update({"409": problem("sold")}),
    "a status that refuses no more": lambda d: read(d)["responses"].pop("409"),
    "open to every account": lambda d: bake(d).update(security=[{"account": []}]),
    "open to everyone": lambda d: bake(d).update(security=[]),
    "open to one more role": lambda d: bake(d).update(security=[{"account": ["bakers", "keepers", "guests"]}]),
    "a parameter that may be left out": lambda d: read(d)["parameters"][2].pop("required"),
    "a header in another case": lambda d: read(d)["parameters"][2].update(name="if-match"),
    "other words": lambda d: (read(d).update(summary="Else."), sent(d)["name"].update(description="Else.")),
    "the same, by reference": move_to_reference,
    "the same, in another form": lambda d: shown(d)["weight"].update({"anyOf": [{"type": ["integer", "null"]}]}),
    "the same, in parts": lambda d: d["components"]["schemas"].update(
        Slice={"allOf": [d["components"]["schemas"]["Slice"], {"description": "Of bread."}]}
    ),
    "a schema that nobody refers to": lambda d: d["components"]["schemas"].update(Cake={"type": "object"}),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=list(HARMLESS))
def test_a_change_that_breaks_nobody_is_not_found(change: Change) -> None:
    assert [str(found) for found in after(change)] == []


def test_a_finding_says_where_why_and_for_which_routes() -> None:
    (found,) = after(lambda d: sent(d).pop("code"))

    assert found.routes == ("POST /loaves",)
    assert str(found).splitlines() == [
        "request-field-removed LoafInput /code",
        "    the field code is gone: unknown fields are refused, so those who send it are (POST /loaves)",
    ]


def test_a_schema_of_two_routes_is_found_once() -> None:
    published = document()
    published["paths"]["/loaves"]["put"] = copy.deepcopy(bake(published))
    current = copy.deepcopy(published)
    sent(current).pop("code")

    assert [(found.id, found.routes) for found in breaks(published, current)] == [
        ("request-field-removed LoafInput /code", ("PUT /loaves", "POST /loaves"))
    ]


def test_the_nearest_of_several_forms_is_the_one_that_is_compared() -> None:
    def forms(current: Json, second: Json) -> None:
        one = {"type": "object", "properties": {"a": {"type": "string"}, "z": {"type": "string"}}}
        shown(current)["price"] = {"oneOf": [one, second]}

    two = {"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "string"}}, "required": ["b"]}
    published, current = document(), document()
    forms(published, two)
    forms(current, {**two, "properties": {"b": {"type": "string"}}})

    assert [found.id for found in breaks(published, current)] == ["response-field-removed Loaf /price/c"]


# --- the product's own document ------------------------------------------------------------------------------

PRODUCT = openapi.document(operations(app))


def product() -> Json:
    return copy.deepcopy(PRODUCT)


def test_the_products_document_breaks_nobody_that_follows_it() -> None:
    assert breaks(PRODUCT, product()) == []


def _named(suffix: str) -> list[str]:
    """The product's schemas that only requests, or only answers, are made of."""
    used = {name for name in PRODUCT["components"]["schemas"] if name.endswith(suffix)}
    return sorted(name for name in used if PRODUCT["components"]["schemas"][name].get("properties"))


def _fields(suffix: str) -> list[tuple[str, str]]:
    schemas = PRODUCT["components"]["schemas"]
    return [(name, field) for name in _named(suffix) for field in schemas[name]["properties"]]


ROUTES = [(path, method) for path, methods in PRODUCT["paths"].items() for method in methods]


#: Each compares the whole document with itself, a third of a second: a draw of few places at each run.
few = settings(max_examples=5, deadline=None)


@few
@given(st.sampled_from(_named("Shape")), st.sampled_from(_named("Input")), st.sampled_from(ROUTES))
def test_growing_breaks_nobody(answer: str, request: str, route: tuple[str, str]) -> None:
    current = product()
    schemas = current["components"]["schemas"]
    schemas[answer]["properties"]["added"] = {"type": "string"}
    schemas[request]["properties"]["added"] = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
    path, method = route
    operation = current["paths"][path][method]
    operation["parameters"].append({"name": "added", "in": "query", "required": False, "schema": {"type": "string"}})
    current["paths"]["/added"] = {method: {**copy.deepcopy(operation), "operationId": "added"}}

    assert [str(found) for found in breaks(PRODUCT, current)] == []


@few
@given(st.sampled_from(_fields("Input")))
def test_no_field_of_a_request_goes_away_unseen(field: tuple[str, str]) -> None:
    name, removed = field
    current = product()
    schema = current["components"]["schemas"][name]
    del schema["properties"][removed]

    assert f"request-field-removed {name} /{removed}" in [found.id for found in breaks(PRODUCT, current)]


@few
@given(st.sampled_from(_fields("Input")))
def test_no_field_of_a_request_becomes_required_unseen(field: tuple[str, str]) -> None:
    name, asked = field
    current = product()
    schema = current["components"]["schemas"][name]
    was = asked in schema.get("required", ())
    schema["required"] = sorted({*schema.get("required", ()), asked})

    found = [one.id for one in breaks(PRODUCT, current)]
    assert found == ([] if was else [f"request-field-required {name} /{asked}"])


@few
@given(st.sampled_from(_fields("Shape")))
def test_no_field_of_an_answer_goes_away_unseen(field: tuple[str, str]) -> None:
    name, removed = field
    current = product()
    del current["components"]["schemas"][name]["properties"][removed]

    assert f"response-field-removed {name} /{removed}" in [found.id for found in breaks(PRODUCT, current)]


@few
@given(st.sampled_from(_fields("Shape")))
def test_no_field_of_an_answer_becomes_null_unseen(field: tuple[str, str]) -> None:
    name, emptied = field
    current = product()
    properties = current["components"]["schemas"][name]["properties"]
    was = {"type": "null"} in properties[emptied].get("anyOf", ()) or not (properties[emptied].keys() - {"default"})
    properties[emptied] = {"anyOf": [properties[emptied], {"type": "null"}]}

    found = [one.id for one in breaks(PRODUCT, current)]
    assert found == ([] if was else [f"response-null-possible {name} /{emptied}"])


@few
@given(st.sampled_from(ROUTES))
def test_no_route_goes_away_nor_changes_its_name_unseen(route: tuple[str, str]) -> None:
    path, method = route
    shown_as = f"{method.upper()} {path}"
    current = product()
    current["paths"][path][method]["operationId"] += "_2"
    assert [found.rule for found in breaks(PRODUCT, current)] == ["operation-renamed"]

    del current["paths"][path][method]
    assert [found.id for found in breaks(PRODUCT, current)] == [f"operation-removed {shown_as}"]

    del current["paths"][path]
    assert f"path-removed {path}" in [found.id for found in breaks(PRODUCT, current)]


@few
@given(st.sampled_from(ROUTES))
def test_no_route_asks_for_more_unseen(route: tuple[str, str]) -> None:
    path, method = route
    current = product()
    operation = current["paths"][path][method]
    before = operation["security"]
    operation["security"] = [{"account": ["nobody-yet"]}]

    roles = before[0]["account"] if before else []
    expected = [f"access-role-removed {method.upper()} {path} {role}" for role in roles]
    if not roles:
        rule = "access-limited" if before else "access-no-longer-public"
        expected = [f"{rule} {method.upper()} {path}" + (" account" if before else "")]
    assert [found.id for found in breaks(PRODUCT, current)] == expected
