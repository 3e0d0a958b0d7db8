"""What an e-mail is made of, from the real stores: the code name, and not one byte of what is confidential."""

from __future__ import annotations

from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.composition import for_notifications
from chalicelib.notifications import handlers, wiring
from chalicelib.notifications.shortlists import Section
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.support.api import FREELANCER, PRODUCER, Person
from tests.support.environment import REGION, queued
from tests.support.examples import SECRETS
from tests.support.records import CONTEXT, envelope, queue_event
from tests.support.tables import events, rows
from tests.support.world import World, done

STOP = "https://plot-point.test/api/unsubscribe/signed"
NEWCOMER = Person("sub-freelancer-2", "yann@courriel.test", ("freelancers",))


def confidential() -> list[str]:
    """Every spelling in which a secret could slip in."""
    broadcaster = SECRETS["targeted_broadcaster"]
    found = [value for name, value in SECRETS.items() if name != "targeted_broadcaster"]
    found += [broadcaster, taxonomy().label("broadcasters", broadcaster, "fr"), "Falaise", PRODUCER.sub]
    return [one.lower() for one in found]


def in_the_mailbox() -> list[Any]:
    return list(ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages)


def tell() -> None:
    handlers.plan_emails(queue_event(*[envelope(item) for item in events("MatchingTable")]), CONTEXT)
    handlers.send_emails(queue_event(*queued("emails")), CONTEXT)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_e_mail_of_any_kind_holds_a_byte_of_the_company_its_people_the_title_or_the_broadcaster(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("UPDATE_EMAIL_MINUTES", "0")
    world.company(contact_language=language)
    world.profile()
    world.match()
    brief = world.live_brief()
    world.match()
    tell()
    world.profile(NEWCOMER, display_name="Yann Le Bihan")
    world.match()
    tell()
    assert len(in_the_mailbox()) == 2
    sources = for_notifications.sources()
    project = sources.project(brief["brief_id"])
    assert project is not None
    proposals = sources.proposals(project)
    newest = tuple(one.profile_id for one in proposals if one.display_name == "Yann Le Bihan")
    renderer = wiring.service()._delivery._renderer
    for kind, newcomers in (("shortlist", ()), ("shortlist_changes", newest)):
        message = renderer.render(kind, language, project, proposals, newcomers, STOP)  # type: ignore[arg-type]
        for part in (message.subject, message.html, message.text):
            assert "Projet Goémon" in part
            assert [secret for secret in confidential() if secret in part.lower()] == []
        assert "Inès Kerbrat" not in message.subject
    digest = renderer.render_digest(language, [Section(project, proposals, whole=True)], STOP)  # type: ignore[arg-type]
    for part in (digest.subject, digest.html, digest.text):
        assert "Projet Goémon" in part
        assert [secret for secret in confidential() if secret in part.lower()] == []
    for sent in in_the_mailbox():
        written = f"{sent.subject} {sent.body}".lower()
        assert [secret for secret in confidential() if secret in written] == []


def test_the_record_of_an_e_mail_holds_no_address_no_name_and_no_text(world: World) -> None:
    world.company()
    world.profile()
    world.match()
    world.live_brief()
    world.match()
    tell()
    # Of whom it went to, the account's id alone, for their export and for their erasure.
    written = repr(rows("NotificationsTable")).lower()
    personal = [PRODUCER.email, FREELANCER.email, "inès", "kerbrat", "goémon", "gendarme"]
    secrets = [one for one in confidential() if one != PRODUCER.sub]
    assert [one for one in [*personal, *secrets] if one in written] == []


def test_no_log_line_of_the_whole_way_to_the_mailbox_holds_an_address_a_name_or_a_text(
    world: World, logged: Any
) -> None:
    world.company()
    world.profile()
    world.match()
    world.live_brief()
    world.match()
    tell()
    written = logged.getvalue().lower()
    assert "email_sent" in written
    personal = [PRODUCER.email, FREELANCER.email, "inès", "kerbrat", "goémon", "marée de quatre heures"]
    spellings = [*personal, *(one.encode("ascii", "backslashreplace").decode() for one in personal)]
    assert [one for one in spellings if one in written] == []


def test_the_e_mail_goes_to_whoever_published_even_when_somebody_else_wrote_the_draft(world: World) -> None:
    world.company()
    colleague = Person("sub-colleague", "paule@falaise-films.test", ("producers",))
    joined = world.api.post("/companies/mine/members", {"email": colleague.email}, PRODUCER)
    assert 200 <= joined.status < 300, joined.content
    done(world.api.post("/companies/join", {"contact_language": "en"}, colleague))
    brief = world.draft()
    done(world.api.post(f"/briefs/{brief['brief_id']}/publish", person=colleague))
    world.match()
    tell()
    [sent] = in_the_mailbox()
    assert sent.destinations["ToAddresses"] == [colleague.email]
    assert "your project" in sent.subject


def test_somebody_who_lost_verification_before_the_e_mail_went_is_not_in_it(world: World) -> None:
    world.company()
    world.profile()
    world.profile(NEWCOMER, display_name="Yann Le Bihan")
    world.match()
    world.live_brief()
    world.match()
    world.take_back(NEWCOMER)
    tell()
    [sent] = in_the_mailbox()
    assert "Yann Le Bihan" not in str(sent.body)
    assert "un profil" in sent.subject
