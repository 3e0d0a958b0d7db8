"""What people are written about their report and about a decision, from the real stores, through the functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.notifications import handlers
from chalicelib.vocabulary.clock import utc_now
from tests.app.test_moderation import ADMIN, BASILE, FACTS, Town
from tests.support.api import FREELANCER, PRODUCER
from tests.support.environment import REGION, at, queued
from tests.support.examples import SECRETS
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import events
from tests.support.world import World, done

DONE: dict[str, list[Any]] = {"batchItemFailures": []}


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    with patch.object(CognitoDirectory, "account", lambda _, name: (name, f"{name}@courriel.test")):
        yield Town(world)


def tell() -> list[Any]:
    """Hands every fact of moderation to the planner and every message to the sender, twice each; what is in the mailbox
    since the last time."""
    mailbox = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    before = len(mailbox)
    facts = [envelope(item) for item in events("ModerationTable")]
    assert handlers.plan_emails(queue_event(*facts, *facts), CONTEXT) == DONE
    messages = queued("emails")
    assert handlers.send_emails(queue_event(*messages, *messages), CONTEXT) == DONE
    return list(mailbox[before:])


def test_a_report_is_acknowledged_and_its_outcome_told_to_whoever_made_it_and_a_reminder_to_the_other_side(
    town: Town,
) -> None:
    report = done(town.api.post("/reports", {"about": "brief", "id": town.brief, "reason": "fraud"}, FREELANCER))
    [received] = tell()
    assert received.destinations["ToAddresses"] == [f"{FREELANCER.sub}@courriel.test"]
    assert received.subject == "Votre signalement est bien arrivé"
    ruling = {"outcome": "reminder", "ruling": "Nous l’avons rappelé.", "reminder": "Les dates doivent être tenables."}
    done(town.api.post(f"/admin/reports/{report['report_id']}/settle", ruling, ADMIN))
    to_author, to_other = sorted(tell(), key=lambda one: one.subject, reverse=True)
    assert to_author.destinations["ToAddresses"] == [f"{FREELANCER.sub}@courriel.test"]
    assert "Nous l’avons rappelé." in to_author.body
    assert "Un rappel des règles a été adressé" in to_author.body
    assert to_other.destinations["ToAddresses"] == [PRODUCER.email]
    assert "Les dates doivent être tenables." in to_other.body
    for letter in (received, to_author):
        raw = str(letter.raw_data if hasattr(letter, "raw_data") else letter.body)
        assert not [secret for secret in SECRETS.values() if secret in raw]
    assert tell() == []


def test_a_returned_brief_comes_with_its_statement_of_reasons_and_each_step_is_told_once(town: Town) -> None:
    measure = town.returned()
    [letter] = tell()
    assert letter.destinations["ToAddresses"] == [PRODUCER.email]
    assert letter.subject == "Votre projet est à corriger"
    for said in (
        FACTS,
        "Le texte laisse reconnaître la société.",
        "aucun moyen automatisé",
        "Elle fait suite à un constat de notre équipe.",
        "Vous pouvez répondre jusqu’au",
        "Vous pouvez la contester jusqu’au",
        measure["measure_id"],
    ):
        assert said in letter.body, said
    path = f"/moderation/mine/{measure['measure_id']}"
    done(town.api.post(f"{path}/appeal", {"text": "Cette adresse est celle du décor."}, PRODUCER))
    assert [one.subject for one in tell()] == ["Votre contestation est bien arrivée"]
    done(town.api.post(f"/admin/measures/{measure['measure_id']}/uphold", {"text": "C’est le siège."}, BASILE))
    [upheld] = tell()
    assert "C’est le siège." in upheld.body
    assert tell() == []


def test_a_suspension_is_told_with_its_end_and_so_is_that_it_is_over(town: Town) -> None:
    from chalicelib.moderation.handlers import sweep_moderation

    town.suspended(f"users/{FREELANCER.sub}", days=3)
    [letter] = tell()
    assert letter.destinations["ToAddresses"] == [f"{FREELANCER.sub}@courriel.test"]
    assert letter.subject == "Votre compte est suspendu"
    assert "Elle prend fin d’elle-même le" in letter.body
    with at(utc_now() + timedelta(days=3, minutes=1)):
        sweep_moderation(tick(), CONTEXT)
        assert [one.subject for one in tell()] == ["La suspension a pris fin"]


def test_what_is_lifted_before_it_was_told_is_told_by_its_end_alone(town: Town) -> None:
    town.suspended(f"users/{FREELANCER.sub}", days=3)
    done(town.api.post(f"/admin/users/{FREELANCER.sub}/restore", person=ADMIN))
    assert [one.subject for one in tell()] == ["La décision est levée"]


def test_who_is_behind_a_brief_is_in_no_e_mail(town: Town) -> None:
    asked = {"authority": "Inspection du travail", "basis": "L5332-2", "reference": "UC12"}
    request = done(town.api.post(f"/admin/briefs/{town.brief}/identity", asked, ADMIN))
    done(town.api.post(f"/admin/identity-requests/{request['request_id']}/grant", person=BASILE))
    done(town.api.post(f"/admin/identity-requests/{request['request_id']}/open", person=BASILE))
    assert tell() == []


def test_whoever_is_in_touch_is_told_neutrally_that_a_returned_project_is_offline(town: Town) -> None:
    town.interested()
    town.returned()
    facts = [envelope(item) for item in events("ConversationsTable")]
    assert handlers.plan_emails(queue_event(*facts, *facts), CONTEXT) == DONE
    assert handlers.send_emails(queue_event(*queued("emails")), CONTEXT) == DONE
    mailbox = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    [letter] = [one for one in mailbox if "hors ligne pour le moment" in one.subject]
    assert letter.destinations["ToAddresses"] == [f"{FREELANCER.sub}@courriel.test"]
    assert not [secret for secret in (*SECRETS.values(), FACTS, "corriger") if secret in letter.body]


def test_a_project_that_is_back_before_it_was_told_is_not_told(town: Town) -> None:
    town.interested()
    town.returned()
    done(town.api.post(f"/briefs/{town.brief}/publish", person=PRODUCER))
    facts = [envelope(item) for item in events("ConversationsTable")]
    assert handlers.plan_emails(queue_event(*facts), CONTEXT) == DONE
    assert handlers.send_emails(queue_event(*queued("emails")), CONTEXT) == DONE
    mailbox = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    assert not [one for one in mailbox if "hors ligne" in one.subject]
