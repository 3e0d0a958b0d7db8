"""What `make run` promises about itself: it is kept, it survives being killed, and it says what is wrong."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.origin import SITE
from infra.local.state import REPOSITORY
from tests.support.product import LocalProduct, running_product, wait_until


@pytest.fixture
def own_product(tmp_path: Path) -> Iterator[LocalProduct]:
    with running_product(tmp_path / "state") as product:
        yield product


def _run_command(product: LocalProduct, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.local", "run", "--without-population"],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "PLOT_POINT_STATE_DIR": str(product.directory),
            "PORT": str(product.port),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_restart_keeps_accounts_companies_briefs_sessions_and_emails(own_product: LocalProduct) -> None:
    producer = own_product.new_producer()
    brief_id = own_product.publish(producer, own_product.demo.briefs[0]["brief"])
    own_product.shortlist(producer, brief_id)
    (mail,) = wait_until(lambda: own_product.mails_about(producer, brief_id))

    assert own_product.stop() == 0
    own_product.start()

    assert producer.get(f"/api/briefs/{brief_id}").expect(200)["status"] == "live"
    assert producer.get("/api/companies/mine").expect(200)["status"] == "verified"
    assert own_product.shortlist(producer, brief_id)["matches"] == []
    assert [kept["id"] for kept in own_product.mails_about(producer, brief_id)] == [mail["id"]]

    another = own_product.publish(producer, own_product.demo.briefs[1]["brief"])
    own_product.shortlist(producer, another)
    assert wait_until(lambda: own_product.mails_about(producer, another))


def test_after_kill_9_it_starts_from_the_last_save_says_from_when_and_everything_in_it_is_whole(
    own_product: LocalProduct,
) -> None:
    producer = own_product.new_producer()
    saved = own_product.publish(producer, own_product.demo.briefs[0]["brief"])
    wait_until(lambda: own_product.mails_about(producer, saved))
    time.sleep(4)  # longer than the pause after which changes are saved
    lost_or_whole = own_product.publish(producer, own_product.demo.briefs[1]["brief"])

    own_product.kill()
    own_product.start()

    assert "did not stop properly: starting from what was saved on" in own_product.output
    assert producer.get(f"/api/briefs/{saved}").expect(200)["status"] == "live"
    assert len(own_product.mails_about(producer, saved)) == 1
    reply = producer.get(f"/api/briefs/{lost_or_whole}")
    if reply.status == 200 and reply.body["status"] == "live":
        own_product.shortlist(producer, lost_or_whole)
        wait_until(lambda: own_product.mails_about(producer, lost_or_whole))
    else:
        assert own_product.mails_about(producer, lost_or_whole) == []


def test_when_only_the_supervisor_is_killed_nothing_is_lost(own_product: LocalProduct) -> None:
    producer = own_product.new_producer()
    brief_id = own_product.publish(producer, own_product.demo.briefs[0]["brief"])

    own_product.kill_supervisor()
    own_product.start()

    assert producer.get(f"/api/briefs/{brief_id}").expect(200)["status"] == "live"
    own_product.shortlist(producer, brief_id)
    assert len(wait_until(lambda: own_product.mails_about(producer, brief_id))) == 1


def test_a_second_start_says_where_the_product_already_runs(product: LocalProduct) -> None:
    second = _run_command(product)

    assert second.returncode != 0
    assert f"Plot Point already runs at {product.url}" in second.stderr


def test_a_busy_port_is_named_with_the_way_out(product: LocalProduct, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = _run_command(product, PORT=str(port), PLOT_POINT_STATE_DIR=str(tmp_path))

    assert refused.returncode != 0
    assert f"Port {port} is taken" in refused.stderr
    assert "make run PORT=" in refused.stderr


def test_a_port_that_is_none_is_refused_in_words(product: LocalProduct, tmp_path: Path) -> None:
    refused = _run_command(product, PORT="http", PLOT_POINT_STATE_DIR=str(tmp_path))

    assert refused.returncode != 0
    assert "PORT=http is not a port" in refused.stderr


def test_fresh_starts_anew(own_product: LocalProduct) -> None:
    producer = own_product.new_producer()
    own_product.stop()

    anew = LocalProduct(own_product.directory, (*own_product.options, "--fresh"))
    anew.start()
    try:
        assert producer.email is not None
        assert anew.visitor().can_sign_in(producer.email, anew.demo.accounts["password"]) is False
    finally:
        anew.stop()


def test_another_host_name_is_not_answered(product: LocalProduct) -> None:
    reply = product.visitor().get("/api/health", headers={"Host": "rebound.example"})

    assert reply.status == 421
    assert reply.body["code"] == "misdirected_request"


def test_only_what_people_do_for_their_own_account_reaches_cognito(product: LocalProduct) -> None:
    for target in (
        "AWSCognitoIdentityProviderService.AdminAddUserToGroup",
        "AWSCognitoIdentityProviderService.ListUsers",
        "DynamoDB_20120810.Scan",
        "",
    ):
        reply = product.visitor().post("/idp", {}, headers={"X-Amz-Target": target})
        assert reply.status == 403, target


@pytest.mark.parametrize(
    "target",
    [
        "/_ministack/reset",
        "/_local/save",
        "/api/../../../../../_ministack/reset",
        "/api/%2e%2e/%2e%2e/%2e%2e/%2e%2e/_ministack/health",
        "/api/..%2f..%2f..%2f..%2f_ministack/health",
        "/..%2f..%2fpyproject.toml",
        "/%2e%2e/pyproject.toml",
        "//etc/passwd",
    ],
)
def test_neither_the_emulators_own_doors_nor_files_are_on_the_origin(product: LocalProduct, target: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", product.port)
    connection.putrequest("GET", target)  # sent as it is: other clients tidy the path
    connection.endheaders()

    answer = connection.getresponse()

    if answer.status == 200:  # an address like any other, that the site itself will not know
        assert answer.read() == (SITE / "app.html").read_bytes()
    else:
        assert answer.status == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_gateways_own_refusals_have_the_shape_of_our_errors(product: LocalProduct) -> None:
    for path, status, code in (("/api/me", 401, "unauthenticated"), ("/api/nowhere", 404, "not_found")):
        reply = product.visitor().get(path)
        assert (reply.status, reply.body["code"]) == (status, code)
        assert reply.headers["Content-Type"] == "application/problem+json"


def test_an_email_is_shown_in_a_frame_that_can_run_nothing(product: LocalProduct) -> None:
    producer = product.demo_producer()
    mail = wait_until(producer.mails)[0]

    page = product.visitor().get(f"/mailbox/{mail['id']}")
    frame = product.visitor().get(f"/mailbox/{mail['id']}/html")

    assert "sandbox=" in page.expect(200)
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
