"""Reports, decisions and who is behind a brief, through the routes, with what queues and streams bring about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from chalicelib.accounts.repository import CognitoDirectory
from chalicelib.vocabulary.clock import stamp, utc_now
from tests.support.api import ADMIN, FREELANCER, PRODUCER, RIVAL, Answer, Person
from tests.support.environment import at
from tests.support.examples import SECRETS
from tests.support.records import CONTEXT, envelope, queue_event, tick
from tests.support.tables import events
from tests.support.world import World, done

BASILE = Person("sub-basile", "basile@plot-point.test", ("admins",))
NADIR = Person("sub-nadir", "nadir@plot-point.test", ("admins",))
COLLEAGUE = Person("sub-marc", "marc@falaise-films.test", ("producers",))
FACTS = "Le synopsis cite l’adresse des bureaux de la société."
RETURN = {"ground": "identity_told", "facts": FACTS}
SUSPENSION = {"ground": "harassment", "facts": "Trois messages menaçants, les 2, 3 et 4 décembre."}
ASKED = {
    "authority": "Inspection du travail, unité de contrôle 12",
    "basis": "Code du travail, article L5332-2",
    "reference": "UC12-2026-0417",
}


class Town:
    """A verified company with a live project, a freelancer on its shortlist, and what queues deliver, twice."""

    def __init__(self, world: World) -> None:
        self.world, self.api = world, world.api
        self.company_id = world.company()
        self.profile: str = world.profile()["profile_id"]
        self.brief: str = world.live_brief()["brief_id"]
        self._delivered: set[str] = set()
        self.deliver()

    def deliver(self) -> None:
        from chalicelib.briefs.handlers import settle_brief_obligations
        from chalicelib.companies.handlers import settle_verified_companies
        from chalicelib.conversations.handlers import settle_conversations
        from chalicelib.profiles.handlers import settle_verified_profiles

        handlers = (
            settle_brief_obligations,
            settle_verified_companies,
            settle_verified_profiles,
            settle_conversations,
        )
        for table in ("ModerationTable", "BriefsTable", "CompaniesTable", "ProfilesTable", "ConversationsTable"):
            for item in events(table):
                if item["event_id"] in self._delivered:
                    continue
                self._delivered.add(item["event_id"])
                for handler in handlers:
                    twice = queue_event(envelope(item), envelope(item))
                    assert handler(twice, CONTEXT) == {"batchItemFailures": []}
        self.world.match()

    def status(self) -> str:
        return str(done(self.api.get(f"/briefs/{self.brief}", PRODUCER))["status"])

    def returned(self, by: Person = ADMIN, **body: Any) -> dict[str, Any]:
        measure = done(self.api.post(f"/admin/briefs/{self.brief}/return", {**RETURN, **body}, by))
        self.deliver()
        return measure

    def suspended(self, path: str, days: int | None = 3, by: Person = ADMIN, **body: Any) -> dict[str, Any]:
        until = stamp(utc_now() + timedelta(days=days)) if days is not None else None
        measure = done(self.api.post(f"/admin/{path}/suspend", {**SUSPENSION, "until": until, **body}, by))
        self.deliver()
        return measure

    def interested(self) -> str:
        """The conversation's id."""
        return str(done(self.api.post(f"/projects/{self.brief}/interest", {}, FREELANCER))["conversation_id"])

    def shortlist(self) -> list[str]:
        matches = done(self.api.get(f"/briefs/{self.brief}/matches", PRODUCER))["matches"]
        return [one["profile_id"] for one in matches]


@pytest.fixture
def town(world: World) -> Iterator[Town]:
    with patch.object(CognitoDirectory, "account", lambda _, name: (name, f"{name}@courriel.test")):
        yield Town(world)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, str(answer.json["code"])


# ---- a brief goes back to its company


def test_a_returned_brief_is_offline_and_its_company_reads_why_corrects_it_and_publishes_again(town: Town) -> None:
    measure = town.returned()
    assert (measure["kind"], measure["state"], measure["in_force"]) == ("brief", "in_force", True)
    assert town.status() == "returned"
    assert done(town.api.get("/projects", FREELANCER))["projects"] == []
    assert town.api.get(f"/projects/{town.brief}", FREELANCER).status == 404
    [mine] = done(town.api.get("/moderation/mine", PRODUCER))["measures"]
    statement = mine["statement"]
    assert statement["facts"] == FACTS
    assert statement["ground"]["id"] == "identity_told"
    assert statement["origin"] == "own_initiative"
    assert mine["may"] == ["reply", "appeal"]
    assert ADMIN.sub not in str(mine)
    brief = done(town.api.get(f"/briefs/{town.brief}", PRODUCER))
    assert brief["measure_id"] == measure["measure_id"]
    done(town.api.patch(f"/briefs/{town.brief}", {"code_name": "Projet Varech"}, PRODUCER))
    assert town.status() == "returned"
    published = done(town.api.post(f"/briefs/{town.brief}/publish", person=PRODUCER))
    assert (published["status"], published["publication_no"], published["measure_id"]) == ("live", 2, None)
    town.deliver()
    assert town.status() == "live", "the decision was about what was online then"
    assert len(done(town.api.get("/projects", FREELANCER))["projects"]) == 1
