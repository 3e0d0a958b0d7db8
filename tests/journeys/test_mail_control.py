"""What comes back from the mail service, and what people no longer want: through topic, queue and function."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.request import Request, urlopen

from infra.local.client import Client, wait_until
from tests.support.backstage import Backstage
from tests.support.examples import brief_body, company_body
from tests.support.people import PASSWORD, producer, verify_company, with_plain_spaces
from tests.support.product import LocalProduct


def _producer_at(product: LocalProduct, address: str) -> Client:
    """A producer of a verified company whose e-mails go to this address, and who wants none about verification."""
    client = product.visitor()
    client.sign_up(address, PASSWORD)
    client.sign_in(address, PASSWORD)
    client.choose_role("producer")
    preferences = client.get("/api/me/preferences").expect(200)
    for kind in ("verification_steps", "verification_answers"):
        preferences["kinds"][kind] = {"email": False, "digest": False}
    wanted = {"language": preferences["language"], "kinds": preferences["kinds"]}
    client.put("/api/me/preferences", wanted).expect(200)
    client.put("/api/companies/mine", company_body()).expect(200)
    verify_company(client, product.administrator())
    return client


def _in_state(administrator: Client, state: str, brief_id: str) -> list[dict[str, Any]]:
    emails = administrator.get(f"/api/admin/notifications?state={state}").expect(200)["emails"]
    return [email for email in emails if email["brief_id"] == brief_id]


def test_a_bounce_through_the_feedback_queue_suppresses_the_address_and_tells_administrators(
    product: LocalProduct,
) -> None:
    claire = _producer_at(product, f"bounce+{uuid.uuid4().hex[:10]}@simulator.amazonses.com")
    administrator = product.administrator()
    first = product.publish(claire, brief_body(code_name="Projet Ressac"))

    (email,) = wait_until(lambda: _in_state(administrator, "bounced", first), 30.0, 0.2, "the bounce")

    assert email["sent_at"]
    [suppression] = [
        one
        for one in administrator.get("/api/admin/suppressions").expect(200)["suppressions"]
        if one["dedup_key"] == email["dedup_key"]
    ]
    assert suppression["reason"] == "hard_bounce"
    [notice] = [
        one
        for one in administrator.get("/api/admin/notices").expect(200)["notices"]
        if one["dedup_key"] == email["dedup_key"]
    ]
    assert (notice["reason"], notice["suppression_id"]) == ("hard_bounce", suppression["suppression_id"])
    assert claire.email not in str([email, suppression, notice])
    address = claire.get("/api/me/preferences").expect(200)["address"]
    assert (address["suppressed"], address["reason"]) == (True, "hard_bounce")

    second = product.publish(claire, brief_body(code_name="Projet Estran"))
    (held,) = wait_until(lambda: _in_state(administrator, "suppressed", second), 30.0, 0.2, "the second e-mail")
    assert held["error_code"] == "hard_bounce"
    assert product.mails_about(claire, second) == []

    administrator.post(f"/api/admin/notices/{notice['notice_id']}/done").expect(200)
    still_open = administrator.get("/api/admin/notices").expect(200)["notices"]
    assert notice["notice_id"] not in [one["notice_id"] for one in still_open]
    administrator.delete(f"/api/admin/suppressions/{suppression['suppression_id']}").expect(200)
    assert claire.get("/api/me/preferences").expect(200)["address"]["suppressed"] is False


def test_an_e_mail_is_delivered_and_its_header_turns_its_kind_off_with_one_click(product: LocalProduct) -> None:
    claire = producer(product)
    administrator = product.administrator()
    first = product.publish(claire, brief_body(code_name="Projet Galet"))
    (sent,) = wait_until(lambda: product.mails_about(claire, first), what="the e-mail")
    wait_until(lambda: _in_state(administrator, "delivered", first), 30.0, 0.2, "its delivery")

    headers = {name.lower(): value for name, value in sent["headers"]}
    assert headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(r"<(\S+)>", headers["list-unsubscribe"])
    assert found is not None
    link = found[1]
    assert link.startswith(f"{product.url}/api/unsubscribe/")
    assert link in sent["text"]
    assert link in sent["html"]
    before = claire.get("/api/me/preferences").expect(200)
    with urlopen(link) as page:
        assert "<form" in page.read().decode()
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert claire.get("/api/me/preferences").expect(200) == before

    with urlopen(Request(link, b"List-Unsubscribe=One-Click", method="POST")) as page:
        assert page.status == 200
        assert "C’est fait" in with_plain_spaces(page.read().decode())

    after = claire.get("/api/me/preferences").expect(200)["kinds"]
    assert after["shortlist"] == {"email": False, "digest": False}
    assert after["shortlist_changes"] == before["kinds"]["shortlist_changes"]
    second = product.publish(claire, brief_body(code_name="Projet Limon"))
    wait_until(lambda: _in_state(administrator, "unwanted", second), 30.0, 0.2, "what came of the second e-mail")
    assert product.mails_about(claire, second) == []


def test_feedback_that_nobody_can_read_is_parked(product: LocalProduct) -> None:
    backstage = Backstage(product)
    backstage.send("MailFeedbackQueue", "no JSON at all")
    backstage.send("MailFeedbackQueue", '{"eventType": "Bounce", "mail": {}}')
    parked = backstage.parked(2)
    assert sorted((each["consumer"], each["reason"]) for each in parked) == [
        ("take_mail_feedback", "no_bounce"),
        ("take_mail_feedback", "not_json"),
    ]
