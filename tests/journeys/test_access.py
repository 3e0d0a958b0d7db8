"""Who gets in, and how far: tokens, groups, other companies' briefs, and what a freelancer may know of a project."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from chalicelib.briefs.schemas import ProjectCard
from infra.local.client import ANY_VERSION, Client, Reply
from tests.support.backstage import Backstage
from tests.support.examples import SECRETS, brief_body, profile_body
from tests.support.people import PASSWORD, demo_freelancer, freelancer, newcomer, producer
from tests.support.product import LocalProduct

_PUBLIC = {"/health", "/config", "/taxonomy", "/openapi.json", "/matching/criteria", "/rates", "/privacy", "/metrics"}

#: Public too; asked nothing, they may say what they need.
_PUBLIC_ASKING = {"/rates/observed", "/rates/own-cost"}

#: Open to whoever holds a link that we signed; any other text there is a page that was not found.
_BY_LINK = {"/unsubscribe/{token}", "/attestations/{token}"}


def _routes() -> Iterator[tuple[str, str]]:
    """(method, path) of every route of the application, with an id in the place of each parameter."""
    from app import app

    for path, methods in app.routes.items():
        for method in methods:
            yield method, path


def _with(client: Client, token: str) -> Client:
    return Client(client.url, id_token=token)


def _claims(client: Client) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(str(client.id_token), options={"verify_signature": False})
    return claims


def _kid(client: Client) -> str:
    return str(jwt.get_unverified_header(str(client.id_token))["kid"])


def test_every_route_that_is_not_public_answers_401_without_a_token(product: LocalProduct) -> None:
    visitor = product.visitor()
    asked = []
    for method, path in _routes():
        reply = visitor.request(
            method, f"/api{path.replace('{', '').replace('}', '')}", {} if method != "GET" else None
        )
        if path in _BY_LINK:
            assert reply.status == (404 if method == "GET" else 415), "a mail program posts a form, and no JSON"
        elif path in _PUBLIC_ASKING:
            assert reply.status in (200, 422), (method, path)
        else:
            assert reply.status == (200 if path in _PUBLIC else 401), (method, path)
        asked.append(path)
    assert set(asked) > _PUBLIC


def test_a_token_that_was_tampered_with_or_signed_by_anyone_else_opens_nothing(product: LocalProduct) -> None:
    reader = demo_freelancer(product)
    genuine, claims, kid = str(reader.id_token), _claims(reader), _kid(reader)
    head, body, signature = genuine.split(".")
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    promoted = {**claims, "cognito:groups": ["admins"]}
    other_body = base64.urlsafe_b64encode(json.dumps(promoted).encode()).rstrip(b"=").decode()
    swapped = "A" if signature[40] != "A" else "B"
    forged = {
        "another signature": f"{head}.{body}.{signature[:40]}{swapped}{signature[41:]}",
        "no signature": f"{head}.{body}.",
        "other claims under the same signature": f"{head}.{other_body}.{signature}",
        "unsigned": jwt.encode(promoted, "", algorithm="none", headers={"kid": kid}),
        "a shared secret in place of the key": jwt.encode(
            promoted, "plot-point" * 4, algorithm="HS256", headers={"kid": kid}
        ),
        "a stranger's key under our key's name": jwt.encode(
            promoted, stranger, algorithm="RS256", headers={"kid": kid}
        ),
        "not a token": "plot-point",
    }
    assert reader.get("/api/me").status == 200
    for what, token in forged.items():
        assert _with(reader, token).get("/api/me").status == 401, what
        assert _with(reader, token).get("/api/admin/companies").status == 401, what


def test_a_token_that_has_expired_or_that_is_meant_for_another_use_opens_nothing(product: LocalProduct) -> None:
    reader = demo_freelancer(product)
    claims, now = _claims(reader), int(time.time())
    pool = Backstage(product).outputs["UserPoolId"]
    pem = (product.state.live / "cognito-pool-keys" / f"{pool}-id.pem").read_bytes()
    key = load_pem_private_key(pem, None)

    def signed(**changes: Any) -> Reply:
        token = jwt.encode(claims | changes, key, algorithm="RS256", headers={"kid": _kid(reader)})  # type: ignore[arg-type]
        return _with(reader, token).get("/api/me")

    assert signed().status == 200, "signed as the pool does, so that what follows is refused for its own reason"
    assert signed(iat=now - 7200, auth_time=now - 7200, exp=now - 3600).status == 401
    assert signed(token_use="access").status == 401
    issuer = str(claims["iss"])
    assert signed(iss=issuer[:-3] + "xyz").status == 401

    answer = reader._identity(
        "InitiateAuth",
        ClientId=reader._client_id(),
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": reader.email, "PASSWORD": product.demo.accounts["password"]},
    )
    access_token = answer["AuthenticationResult"]["AccessToken"]
    assert _with(reader, access_token).get("/api/me").status == 401


def test_an_administrator_of_another_user_pool_is_nobody_here(product: LocalProduct) -> None:
    cognito = Backstage(product).client("cognito-idp")
    pool = cognito.create_user_pool(PoolName="somebody-else")["UserPool"]["Id"]
    client_id = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="site", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    )["UserPoolClient"]["ClientId"]
    cognito.create_group(UserPoolId=pool, GroupName="admins")
    cognito.admin_create_user(UserPoolId=pool, Username="mallory@courriel.example", MessageAction="SUPPRESS")
    cognito.admin_set_user_password(
        UserPoolId=pool, Username="mallory@courriel.example", Password=PASSWORD, Permanent=True
    )
    cognito.admin_add_user_to_group(UserPoolId=pool, Username="mallory@courriel.example", GroupName="admins")
    token = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "mallory@courriel.example", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["IdToken"]

    mallory = Client(product.url, id_token=token)

    assert mallory.get("/api/me").status == 401
    assert mallory.get("/api/admin/companies").status == 401


def test_each_side_of_the_market_is_closed_to_the_other_and_administration_to_both(product: LocalProduct) -> None:
    undecided, reader, claire = newcomer(product), demo_freelancer(product), product.demo_producer()
    administrator = product.administrator()
    for client, path in (
        (undecided, "/api/briefs"),
        (undecided, "/api/projects"),
        (undecided, "/api/admin/companies"),
        (reader, "/api/briefs"),
        (reader, "/api/companies/mine"),
        (reader, "/api/admin/profiles"),
        (claire, "/api/projects"),
        (claire, "/api/profiles/mine"),
        (claire, "/api/admin/notifications"),
        (administrator, "/api/briefs"),
        (administrator, "/api/projects"),
    ):
        assert client.get(path).status == 403, (client.email, path)
    assert undecided.post("/api/me/role", {"role": "admin"}).status == 422
    assert reader.post("/api/me/role", {"role": "producer"}).status == 409
    reader.refresh()
    assert reader.get("/api/briefs").status == 403


def test_another_companys_brief_does_not_exist_on_any_route(product: LocalProduct) -> None:
    claire, rival = producer(product), product.demo_producer()
    brief_id = claire.post("/api/briefs", brief_body()).expect(201)["brief_id"]
    routes = [(method, path) for method, path in _routes() if path.startswith("/briefs/{brief_id}")]
    assert len(routes) >= 7
    for live in (False, True):
        proposed = brief_id  # nobody's id, while nobody is proposed
        if live:
            claire.post(f"/api/briefs/{brief_id}/publish", headers=ANY_VERSION).expect(200)
            proposed = product.shortlist(claire, brief_id)["matches"][0]["profile"]["profile_id"]
        bodies: dict[tuple[str, str], dict[str, object]] = {
            ("PATCH", "/briefs/{brief_id}"): {"code_name": "À moi"},
            ("POST", "/briefs/{brief_id}/invitations"): {"profile_ids": [proposed]},
            ("PUT", "/briefs/{brief_id}/answers"): {"answers": []},
            ("PUT", "/briefs/{brief_id}/matches/{profile_id}/note"): {"text": "À revoir."},
            ("POST", "/briefs/{brief_id}/matches/{profile_id}/dismiss"): {"reason": "dates"},
        }
        for method, path in routes:
            body = bodies.get((method, path), {} if method == "POST" else None)
            theirs, nobodys = (
                f"/api{path.format(brief_id=one, profile_id=proposed)}"
                for one in (brief_id, "01JDCNEVERWASTHEREATALL000")
            )
            refusal = rival.request(method, theirs, body, ANY_VERSION)
            unknown = rival.request(method, nobodys, body, ANY_VERSION)
            assert refusal.status == 404, (method, path, live)
            assert refusal.body == unknown.body, "one that is not theirs and one that is not: no difference"
    mine = claire.get(f"/api/briefs/{brief_id}").expect(200)
    assert (mine["status"], mine["code_name"]) == ("live", "Projet Goémon")
    assert brief_id not in json.dumps(rival.get("/api/briefs").expect(200))


def test_a_freelancer_reads_the_card_of_a_project_and_nothing_else_in_any_byte(product: LocalProduct) -> None:
    claire = producer(product)
    hidden = {
        **SECRETS,
        "pitch": "Zénobie revient au pays",
        "targeted_broadcaster": "paramount-plus",
        "producer": str(claire.email),
        "sub": claire.get("/api/me").expect(200)["sub"],
        "company_id": claire.get("/api/companies/mine").expect(200)["company_id"],
        "deadline": brief_body()["option_end_date"],
    }
    brief_id = product.publish(claire, brief_body(targeted_broadcaster=hidden["targeted_broadcaster"]))
    product.shortlist(claire, brief_id)
    reader, unverified = demo_freelancer(product), freelancer(product)

    received: list[Reply] = []
    card = reader.get(f"/api/projects/{brief_id}")
    received.append(card)
    assert set(card.expect(200)) == set(ProjectCard.model_fields)
    assert card.body["code_name"] == "Projet Goémon"
    assert card.body["budget"] == {"min": 300, "max": 400, "unit": "day"}
    listed = reader.get("/api/projects?role=literary-director")
    received.append(listed)
    (same,) = [project for project in listed.expect(200)["projects"] if project["project_id"] == brief_id]
    assert same == card.body

    for method, path in _routes():
        for client in (reader, unverified):
            address = re.sub(r"\{\w+\}", brief_id, path)
            if method != "GET" and not path.startswith(("/briefs", "/companies", "/admin")):
                continue  # what freelancers write about themselves says nothing of a project
            received.append(client.request(method, f"/api{address}", None if method == "GET" else {}))
    received.append(unverified.put("/api/profiles/mine", profile_body(region="atlantide")))
    refusal = unverified.get(f"/api/projects/{brief_id}")
    assert (refusal.status, refusal.body["code"]) == (403, "profile_not_verified")

    for reply in received:
        everything = json.dumps([reply.body, dict(reply.headers)], ensure_ascii=False)
        if isinstance(reply.body, dict) and "dimensions" in reply.body:
            continue  # the taxonomy names every broadcaster there is
        found = [name for name, value in hidden.items() if value.casefold() in everything.casefold()]
        assert found == [], everything[:300]


@pytest.mark.parametrize("text", ["{", "[]", '"Projet"', "null", '{"code_name": "\\u0000"}', '{"inconnu": 1}'])
def test_a_body_that_is_no_project_is_refused_in_words_and_leaves_nothing(product: LocalProduct, text: str) -> None:
    rival = product.demo_producer(1)
    before = rival.get("/api/briefs").expect(200)["briefs"]

    refusal = rival.request("POST", "/api/briefs", text.encode())

    assert refusal.status in (400, 422)
    assert refusal.headers["Content-Type"].startswith("application/problem+json")
    assert refusal.body["title"]
    assert rival.get("/api/briefs").expect(200)["briefs"] == before
