"""What a stranger does with the contract: has a public generator make a client of it, and works with that alone."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from infra.local.client import wait_until
from tests.support.examples import brief_body, company_body
from tests.support.people import newcomer, verify_company
from tests.support.product import LocalProduct

_PACKAGE = "plot_point_client"


@dataclass(frozen=True)
class Generated:
    """The client that was made, and what its maker said meanwhile."""

    said: str

    def module(self, name: str) -> Any:
        return importlib.import_module(f"{_PACKAGE}.{name}")

    def model(self, name: str) -> Any:
        """A class of the client's, by its schema's name."""
        return getattr(self.module("models"), name.replace("-", ""))  # `-Input`, of what is taken and given alike

    def call(self, operation: str, **given: Any) -> Any:
        """The detailed answer of `context.operation`: status, headers and what was parsed."""
        return self.module(f"api.{operation}").sync_detailed(**given)


@pytest.fixture(scope="module")
def generated(product: LocalProduct, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generated]:
    """A client made from the running product's own document."""
    directory = tmp_path_factory.mktemp("generated")
    config = directory / "config.json"
    # Nobody reads this client: its maker need not put it into shape afterwards. It knows pictures as files.
    settings = {"post_hooks": [], "content_type_overrides": {"image/svg+xml": "application/octet-stream"}}
    config.write_text(json.dumps(settings), encoding="utf-8")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--url", f"{product.url}/api/openapi.json", "--config", str(config)),
            *("--output-path", str(directory / _PACKAGE)),
        ],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(directory))
        yield Generated(made.stdout + made.stderr)
        for name in [name for name in sys.modules if name.split(".")[0] == _PACKAGE]:
            del sys.modules[name]


def _signed_in(product: LocalProduct, generated: Generated, token: str | None) -> Any:
    """The generated client, which answers with what the document describes or not at all."""
    client: ModuleType = generated.module("client")
    return client.AuthenticatedClient(
        base_url=f"{product.url}/api", token=token, timeout=30.0, raise_on_unexpected_status=True
    )


def test_the_generator_understands_the_whole_document(product: LocalProduct, generated: Generated) -> None:
    assert "warning" not in generated.said.lower()
    assert "skipping" not in generated.said.lower()
    document = product.visitor().get("/api/openapi.json").expect(200)
    for methods in document["paths"].values():
        for operation in methods.values():
            module = generated.module(f"api.{operation['tags'][0]}.{operation['operationId']}")
            assert callable(module.sync_detailed)
    for name in document["components"]["schemas"]:
        assert generated.model(name), name


def test_a_generated_client_publishes_a_brief_and_reads_who_came(product: LocalProduct, generated: Generated) -> None:
    claire = newcomer(product, company_body()["email_domain"])
    claire.choose_role("producer")
    client = _signed_in(product, generated, claire.id_token)

    declared = generated.call(
        "companies.declare_company", client=client, body=generated.model("CompanyInput").from_dict(company_body())
    )
    assert declared.status_code == 200
    assert declared.parsed.legal_name == company_body()["legal_name"]
    verify_company(claire, product.administrator())
    company = generated.call("companies.read_company", client=client)
    assert company.parsed.status == generated.model("CompanyShapeStatus").VERIFIED

    body = generated.model("BriefInput").from_dict(brief_body(code_name="Projet Criste"))
    key = uuid.uuid4().hex
    drafts = [
        generated.call("briefs.draft_brief", client=client, body=body, idempotency_key=key) for _ in ("once", "again")
    ]
    assert [draft.status_code for draft in drafts] == [201, 201]
    brief_id = drafts[0].parsed.brief_id
    assert drafts[1].parsed.brief_id == brief_id, "sent again under its key, it creates nothing more"
    assert drafts[1].headers["Idempotency-Replayed"] == "true"

    published = generated.call(
        "briefs.publish_brief", client=client, brief_id=brief_id, if_match=drafts[0].headers["ETag"]
    )
    assert published.status_code == 200
    assert published.parsed.status == generated.model("BriefShapeStatus").LIVE

    def ready() -> Any:
        shortlist = generated.call("matching.read_shortlist", client=client, brief_id=brief_id).parsed
        return shortlist if shortlist.status == generated.model("MatchesShapeStatus").READY else None

    shortlist = wait_until(ready, 30.0, 0.2, "the shortlist")
    assert 1 <= len(shortlist.matches) <= 8
    for match in shortlist.matches:
        assert match.profile.display_name
        assert match.reasons
        assert all(reason.text.fr and reason.text.en for reason in match.reasons)
    seen = {match.profile.profile_id for match in shortlist.matches}
    assert len(seen) == len(shortlist.matches)


def test_a_generated_client_reads_a_refusal(product: LocalProduct, generated: Generated) -> None:
    claire = newcomer(product, company_body()["email_domain"])
    claire.choose_role("producer")
    client = _signed_in(product, generated, claire.id_token)
    generated.call(
        "companies.declare_company", client=client, body=generated.model("CompanyInput").from_dict(company_body())
    )
    verify_company(claire, product.administrator())
    draft = generated.call(
        "briefs.draft_brief", client=client, body=generated.model("BriefInput")(code_name="Projet Salicorne")
    )

    refused = generated.call(
        "briefs.publish_brief",
        client=client,
        brief_id=draft.parsed.brief_id,
        if_match=draft.headers["ETag"],
        accept_language="en",
    )

    assert refused.status_code == 422
    assert isinstance(refused.parsed, generated.model("ProblemShape"))
    assert refused.parsed.code == "not_publishable"
    assert refused.parsed.title.startswith("This project cannot be published yet")
    assert "/role" in {wrong.pointer for wrong in refused.parsed.errors}
    assert {wrong.code for wrong in refused.parsed.errors} == {"required"}

    stranger = generated.call("companies.read_company", client=_signed_in(product, generated, "nobody"))
    assert (stranger.status_code, stranger.parsed.code) == (401, "unauthenticated")


def test_a_person_reads_the_same_contract_at_docs(product: LocalProduct) -> None:
    visitor = product.visitor()
    document = visitor.get("/api/openapi.json").expect(200)
    for language, title in (("fr", "Les routes de Plot Point"), ("en", "The routes of Plot Point")):
        answer = visitor.get(f"/docs?lang={language}")
        page = answer.expect(200)
        assert f"<h1>{title}</h1>" in page
        for methods in document["paths"].values():
            for operation in methods.values():
                assert f'<h3 id="{operation["operationId"]}">' in page
        assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert visitor.get("/local/contract.css").expect(200)
