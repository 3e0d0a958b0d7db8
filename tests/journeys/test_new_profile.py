"""The other direction: a freelancer who is verified joins the shortlists of projects that are already live."""

from __future__ import annotations

from typing import Any

from infra.local.client import wait_until
from tests.support.backstage import Backstage
from tests.support.examples import brief_body
from tests.support.people import freelancer, producer, verify_profile, with_plain_spaces
from tests.support.product import LocalProduct


def test_a_verified_freelancer_joins_a_live_shortlist_and_comes_first_in_one_email_of_changes(
    product: LocalProduct,
) -> None:
    claire = producer(product)
    # Two of the demo's people work in Portuguese, so the newcomer is sure to be given a seat.
    brief_id = product.publish(claire, brief_body(code_name="Projet Laminaire", languages=["fr", "pt"]))
    before = product.shortlist(claire, brief_id)
    (announced,) = wait_until(lambda: product.mails_about(claire, brief_id), what="the e-mail")
    assert len(before["matches"]) == 2

    ines = freelancer(
        product,
        {"year": 2024},
        {"year": 2019, "started_year": None},
        display_name="Aliénor Boscher",
        languages=["fr", "pt"],
    )
    administrator = product.administrator()
    assert ines.get("/api/profiles/mine").expect(200)["status"] == "submitted"
    assert product.shortlist(claire, brief_id)["matches"] == before["matches"], "not before she is verified"
    profile_id = verify_profile(administrator, ines)

    def joined() -> dict[str, Any] | None:
        shortlist = product.shortlist(claire, brief_id)
        seated = [match["profile"]["profile_id"] for match in shortlist["matches"]]
        return shortlist if profile_id in seated else None

    after = wait_until(joined, every=0.2, what="the newcomer's seat")
    assert len(after["matches"]) == 3
    (seat,) = [match for match in after["matches"] if match["profile"]["profile_id"] == profile_id]
    assert seat["reasons"]
    assert claire.get(f"/api/profiles/{profile_id}").expect(200)["display_name"] == "Aliénor Boscher"

    mails = wait_until(lambda: (found := product.mails_about(claire, brief_id))[1:] and found, what="the changes")
    assert mails[1]["id"] == announced["id"]
    assert with_plain_spaces(mails[0]["subject"]) == "« Projet Laminaire » : un nouveau profil pour votre projet"
    text = mails[0]["text"]
    others = [match["profile"]["display_name"] for match in before["matches"]]
    assert "Aliénor Boscher (Nouveau)" in text
    assert all(text.index("Aliénor Boscher") < text.index(other) for other in others)

    Backstage(product).settle()
    assert len(product.mails_about(claire, brief_id)) == 2
    assert ines.get(f"/api/projects/{brief_id}").expect(200)["code_name"] == "Projet Laminaire"
