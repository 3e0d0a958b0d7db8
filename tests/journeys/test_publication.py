"""The main job, lived by a producer: from signing up to the shortlist and its e-mail, and the life of a live brief."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from infra.local.client import ANY_VERSION, Client, wait_until
from tests.support.examples import SECRETS, brief_body, company_body
from tests.support.people import demo_freelancer, newcomer, producer, verify_company, with_plain_spaces
from tests.support.product import LocalProduct

#: A broadcaster that no freelancer of the demo has worked for, so that its name can only come from the brief.
_BROADCASTER = ("hbo-max", "HBO Max")


def _secrets_in(sent: dict[str, Any], *more: str) -> list[str]:
    """Which secrets an e-mail gives away in any part but its address line, which is the recipient's own."""
    headers = [header for header in sent["headers"] if header[0].lower() not in ("to", "received")]
    everything = json.dumps([sent["from"], sent["subject"], headers, sent["text"], sent["html"]], ensure_ascii=False)
    hidden = [*(SECRETS[name] for name in ("legal_name", "siren", "email_domain", "confidential_title")), *more]
    return [secret for secret in hidden if secret.casefold() in everything.casefold()]


def _one_mail(product: LocalProduct, client: Client, brief_id: str) -> dict[str, Any]:
    (sent,) = wait_until(lambda: product.mails_about(client, brief_id), what="the e-mail")
    return sent


def test_from_signing_up_to_a_shortlist_with_reasons_and_one_email_that_names_nobody(product: LocalProduct) -> None:
    claire = newcomer(product, SECRETS["email_domain"])
    assert claire.get("/api/briefs").status == 403, "no side chosen yet"
    claire.choose_role("producer")
    company = claire.put("/api/companies/mine", company_body()).expect(200)
    assert company["status"] == "unverified"
    verify_company(claire, product.administrator())
    assert claire.get("/api/companies/mine").expect(200)["status"] == "verified"

    draft = claire.post("/api/briefs", {"code_name": "Projet Varech", "working_mode": "hybrid"}).expect(201)
    brief = f"/api/briefs/{draft['brief_id']}"
    refusal = claire.post(f"{brief}/publish", headers=ANY_VERSION)
    assert refusal.status == 422
    assert refusal.headers["Content-Type"].startswith("application/problem+json")
    complete = brief_body(code_name="Projet Varech", targeted_broadcaster=_BROADCASTER[0])
    optional = {"confidential_title", "episode_count", "option_end_date", "targeted_broadcaster"}
    written = {"code_name", "working_mode", "logline", "pitch"}
    missing = {f"/{name}" for name in set(complete) - optional - written} | {"/logline/fr", "/pitch/fr"}
    assert {error["pointer"] for error in refusal.body["errors"]} == missing
    assert {error["code"] for error in refusal.body["errors"]} == {"required"}

    claire.patch(brief, complete, ANY_VERSION).expect(200)
    live = claire.post(f"{brief}/publish", headers=ANY_VERSION).expect(200)
    assert (live["status"], live["publication_no"]) == ("live", 1)
    assert live["published_at"]

    shortlist = product.shortlist(claire, draft["brief_id"])
    assert shortlist["brief_version"] == live["version"]
    assert 1 <= len(shortlist["matches"]) <= 8
    assert [match["position"] for match in shortlist["matches"]] == list(range(1, len(shortlist["matches"]) + 1))
    assert "junior" in {match["profile"]["level"] for match in shortlist["matches"]}
    for match in shortlist["matches"]:
        points = sum(part["points"] for part in match["contributions"])
        assert points == pytest.approx(match["score"], abs=0.005)
        assert all(0 <= part["points"] <= part["maximum"] for part in match["contributions"])
        assert match["reasons"]
        assert all(reason["text"]["fr"] and reason["text"]["en"] for reason in match["reasons"])

    sent = _one_mail(product, claire, draft["brief_id"])
    people = shortlist["matches"]
    assert with_plain_spaces(sent["subject"]) == f"« Projet Varech » : {len(people)} profils pour votre projet"
    assert sent["to"] == [claire.email]
    assert _secrets_in(sent, *_BROADCASTER) == []
    names = [match["profile"]["display_name"] for match in people]
    assert sorted(names, key=sent["text"].index) == names, "in the shortlist's order"
    for match in people:
        assert with_plain_spaces(match["reasons"][0]["text"]["fr"]) in with_plain_spaces(sent["text"])
    link = re.search(r"http\S+", sent["text"])
    assert link and link[0] == f"{product.url}/briefs/{draft['brief_id']}"
    assert link[0] in sent["html"]
    assert product.visitor().get("/").status == 200


def test_a_producer_who_reads_english_gets_the_email_in_english(product: LocalProduct) -> None:
    claire = producer(product, contact_language="en")
    brief_id = product.publish(claire, brief_body(code_name="Kelp", targeted_broadcaster=_BROADCASTER[0]))

    sent = _one_mail(product, claire, brief_id)

    people = product.shortlist(claire, brief_id)["matches"]
    assert sent["subject"] == f"“Kelp”: {len(people)} profiles for your project"
    assert with_plain_spaces(people[0]["reasons"][0]["text"]["en"]) in with_plain_spaces(sent["text"])
    assert '<html lang="en">' in sent["html"]
    assert _secrets_in(sent, *_BROADCASTER) == []


def test_a_company_publishes_once_it_is_verified_and_not_before(product: LocalProduct) -> None:
    claire = producer(product, verified=False)
    company_id = claire.get("/api/companies/mine").expect(200)["company_id"]
    draft = claire.post("/api/briefs", brief_body()).expect(201)
    path = f"/api/briefs/{draft['brief_id']}"

    refusal = claire.post(f"{path}/publish", headers=ANY_VERSION)
    assert (refusal.status, refusal.body["code"]) == (409, "company_not_verified")
    assert claire.get(path).expect(200)["status"] == "draft"

    administrator = product.administrator()
    waiting = administrator.get("/api/admin/companies?status=unverified").expect(200)["companies"]
    assert company_id in [company["company_id"] for company in waiting]
    verify_company(claire, administrator)

    assert claire.post(f"{path}/publish", headers=ANY_VERSION).expect(200)["status"] == "live"
    _one_mail(product, claire, draft["brief_id"])


def test_a_live_brief_is_matched_again_when_edited_and_announced_again_only_when_reopened(
    product: LocalProduct,
) -> None:
    claire = producer(product)
    # Few of the demo's people work in Italian: all of them have a seat, and an edit brings nobody new.
    brief_id = product.publish(claire, brief_body(code_name="Projet Sargasse", languages=["fr", "it"]))
    path = f"/api/briefs/{brief_id}"
    first = product.shortlist(claire, brief_id)
    _one_mail(product, claire, brief_id)

    edited = claire.patch(path, {"genres": ["espionage"], "estimated_days": 20}, ANY_VERSION).expect(200)
    assert edited["version"] == first["brief_version"] + 1

    def answered() -> dict[str, Any] | None:
        matches: dict[str, Any] = claire.get(f"{path}/matches").expect(200)
        assert (matches["status"] == "ready") == (matches["brief_version"] == edited["version"])
        return matches if matches["status"] == "ready" else None

    second = wait_until(answered, what="the shortlist of the edited brief")
    assert second["shortlist_version"] > first["shortlist_version"]
    scores = [{match["profile"]["profile_id"]: match["score"] for match in each["matches"]} for each in (first, second)]
    assert scores[0].keys() == scores[1].keys()
    assert scores[0] != scores[1]

    refused = claire.patch(path, {"genres": []}, ANY_VERSION)
    assert refused.status == 422, "a live brief stays complete"

    assert claire.post(f"{path}/close", headers=ANY_VERSION).expect(200)["status"] == "closed"
    reader = demo_freelancer(product)
    assert reader.get(f"/api/projects/{brief_id}").status == 404
    assert claire.post(f"{path}/close", headers=ANY_VERSION).status == 409

    reopened = claire.post(f"{path}/reopen", headers=ANY_VERSION).expect(200)
    assert (reopened["status"], reopened["publication_no"]) == ("live", 2)
    mails = wait_until(lambda: (found := product.mails_about(claire, brief_id))[1:] and found, what="a second e-mail")
    assert [mail["subject"] for mail in mails] == [mails[0]["subject"]] * 2
    assert reader.get(f"/api/projects/{brief_id}").status == 200

    assert claire.post(f"{path}/fill", headers=ANY_VERSION).expect(200)["status"] == "filled"
    assert reader.get(f"/api/projects/{brief_id}").status == 404
    assert len(product.mails_about(claire, brief_id)) == 2
