"""The stand-ins of the public sources: on one machine, without a network, claims are checked against what they know."""

from __future__ import annotations

from typing import Any

from infra.local.client import Client, wait_until
from tests.support.product import LocalProduct


def test_what_sources_know_of_each_credit_stands_beside_it(product: LocalProduct) -> None:
    entry, credits = _known(product)
    ana = product.new_freelancer()
    ana.put("/api/profiles/mine", entry["profile"]).expect(200)
    for credit in credits:
        declared = {name: value for name, value in credit.items() if name != "level"}
        ana.post("/api/profiles/mine/credits", declared).expect(201)
    unseen = {**declared, "title": "Personne n’a vu ce film", "isan": None}
    ana.post("/api/profiles/mine/credits", unseen).expect(201)
    case = _ready(product, ana, "profile")
    found = {
        one["claim"]["title"]: {finding["source"]: finding for finding in one["findings"]}
        for one in case["credits_in_review"]
    }
    for credit in credits:
        known = found[credit["title"]]["wikidata"]
        assert (known["verdict"], known["proves"]) == ("confirms", "function")
        assert known["url"].startswith("https://www.wikidata.org/wiki/Q")
    unknown = found["Personne n’a vu ce film"]
    assert {unknown[source]["verdict"] for source in ("wikidata", "databnf", "isan")} == {"silent"}
    assert {unknown[source]["reason"] for source in ("wikidata", "databnf")} == {"nothing_found"}
    assert not any(finding["proves"] for finding in unknown.values())


def test_the_register_knows_a_company_of_the_demo(product: LocalProduct) -> None:
    case = _ready(product, product.new_producer(verified=False), "company")
    (check,) = (one for one in case["checks"] if one["check"] == "company_registry")
    assert check["outcome"] == "done"
    (finding,) = check["findings"]
    assert (finding["source"], finding["verdict"], finding["reason"]) == ("registry", "confirms", "company_found")


def _known(product: LocalProduct) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Somebody of the demo, and two works on which sources know them in their function."""
    for entry in product.demo.profiles:
        credits = [credit for credit in entry["credits"] if credit["level"] == 3]
        if len(credits) > 1:
            return entry, credits[:2]
    raise AssertionError("the demo has nobody with two verified works")


def _ready(product: LocalProduct, client: Client, kind: str) -> dict[str, Any]:
    """A case of theirs as an administrator finds it once its checks have ended."""
    case_id = client.post("/api/verification/mine", {"kind": kind}).expect(201)["case_id"]
    client.post(f"/api/verification/mine/{case_id}/submit").expect(200)
    administrator = product.administrator()

    def ready() -> dict[str, Any] | None:
        case: dict[str, Any] = administrator.get(f"/api/verification/cases/{case_id}").expect(200)
        return case if case["state"] == "queued" else None

    return wait_until(ready, 60.0, 0.25, "the end of the checks")
