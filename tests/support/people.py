"""People of the journeys, who do through the routes what one does before the story begins."""

from __future__ import annotations

import uuid
from typing import Any

from infra.local.casework import approve, submit, verify_company, wait_until_followed
from infra.local.client import Client
from tests.support.examples import company_body, credit_body, profile_body
from tests.support.product import LocalProduct

PASSWORD = "Perche-Micro7-Travelling!"


def newcomer(product: LocalProduct, domain: str = "courriel.example") -> Client:
    """Someone who has just signed up and in, and has not said yet what for."""
    address = f"{uuid.uuid4().hex[:12]}@{domain}"
    client = product.visitor()
    client.sign_up(address, PASSWORD)
    return client.sign_in(address, PASSWORD)


def producer(product: LocalProduct, *, verified: bool = True, **company: Any) -> Client:
    """A producer whose company is declared with these differences from the usual one."""
    body = company_body(**company)
    client = newcomer(product, body["email_domain"])
    client.choose_role("producer")
    client.put("/api/companies/mine", body).expect(200)
    if verified:
        verify_company(client, product.administrator())
    return client


def freelancer(product: LocalProduct, *credits: dict[str, Any], **profile: Any) -> Client:
    """A freelancer who has submitted a profile; `profile` and `credits` are what differs from the usual ones."""
    client = newcomer(product)
    client.choose_role("freelancer")
    client.put("/api/profiles/mine", profile_body(**profile)).expect(200)
    for credit in credits or ({},):
        client.post("/api/profiles/mine/credits", credit_body(**credit)).expect(201)
    submit(client, "profile")
    wait_until_followed(client, "/api/profiles/mine", "submitted")
    return client


def verify_profile(administrator: Client, owner: Client) -> str:
    """Confirm a submitted profile with all its credits; returns its id."""
    approve(administrator, submit(owner, "profile"))
    return str(wait_until_followed(owner, "/api/profiles/mine", "verified")["profile_id"])


def demo_freelancer(product: LocalProduct, number: int = 0) -> Client:
    """A freelancer of the demo, verified, signed in."""
    account = product.demo.accounts["freelancers"][number]
    return product.visitor().sign_in(account["email"], product.demo.accounts["password"])


def with_plain_spaces(text: str) -> str:
    """What someone reads, with ordinary spaces where French typography has its own."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
