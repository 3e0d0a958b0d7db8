"""From the shortlist to the engagement on the packaged product, as a producer and three freelancers live it."""

from __future__ import annotations

import json

from infra.local import contact_story, story
from infra.local.console import Console
from tests.support.examples import SECRETS, brief_body
from tests.support.people import demo_freelancer, producer
from tests.support.product import LocalProduct

#: Nobody of the demo has worked for it, so its name can only come from the brief.
_BROADCASTER = ("hbo-max", "HBO Max")


def test_one_declines_one_is_answered_no_and_one_is_engaged_and_nobody_is_given_away(product: LocalProduct) -> None:
    claire = producer(product)
    published = story.publish(claire, brief_body(code_name="Projet Étale", targeted_broadcaster=_BROADCASTER[0]))
    assert published.shortlist is not None
    cast = contact_story.Cast(*(demo_freelancer(product, number) for number in (2, 3, 4)))
    told = contact_story.tell(Console(), claire, published.brief, published.shortlist, cast)

    assert {error["code"] for error in told.refusal["errors"]} == {"identity_leak"}
    assert told.conversation["state"] == "engaged"
    assert told.conversation["company"]["legal_name"] == SECRETS["legal_name"]
    assert (told.credit["level"], told.credit["facts"]["participation"]["holds"]) == (1, None)
    assert (told.answered["decision"], told.answered["reason"]["id"]) == ("not_retained", "closer_experience")

    hidden = [SECRETS[name] for name in ("legal_name", "siren", "email_domain", "confidential_title")]
    for person in (cast.declining, cast.refused):
        received = [mail for mail in told.mails if person.email in mail["to"]]
        project = person.get(f"/api/projects/{published.brief['brief_id']}")
        conversations = person.get("/api/conversations").body
        text = json.dumps([received, project.body, conversations], ensure_ascii=False).casefold()
        assert [secret for secret in (*hidden, _BROADCASTER[1]) if secret.casefold() in text] == []
    assert {claire.email, cast.refused.email, cast.engaged.email} <= {to for mail in told.mails for to in mail["to"]}
