"""People who have already done the ordinary things, through the routes, so that a test starts where it matters."""

from __future__ import annotations

from typing import Any

from tests.support.api import ADMIN, FREELANCER, PRODUCER, Answer, Api, Person
from tests.support.examples import brief_body, company_body, credit_body, profile_body
from tests.support.records import CONTEXT, stream_event
from tests.support.tables import events


class World:
    def __init__(self, api: Api) -> None:
        self.api = api
        self._delivered: set[str] = set()

    def company(self, producer: Person = PRODUCER, *, verified: bool = True, **changes: Any) -> str:
        """A company's id."""
        company_id: str = done(self.api.put("/companies/mine", company_body(**changes), producer))["company_id"]
        if verified:
            path = f"/admin/companies/{company_id}/verification"
            done(self.api.post(path, {"decision": "verified", "reason": "Extrait Kbis lu."}, ADMIN))
        return company_id

    def draft(self, producer: Person = PRODUCER, **changes: Any) -> dict[str, Any]:
        return done(self.api.post("/briefs", brief_body(**changes), producer))

    def live_brief(self, producer: Person = PRODUCER, **changes: Any) -> dict[str, Any]:
        """A published brief of a producer who has a verified company."""
        brief = self.draft(producer, **changes)
        return done(self.api.post(f"/briefs/{brief['brief_id']}/publish", person=producer))

    def profile(
        self,
        freelancer: Person = FREELANCER,
        *,
        verified: bool = True,
        credits: tuple[dict[str, Any], ...] = ({},),
        **changes: Any,
    ) -> dict[str, Any]:
        """A profile as its owner reads it; each of `credits` is what differs from the usual one."""
        done(self.api.put("/profiles/mine", profile_body(**changes), freelancer))
        ids = [
            done(self.api.post("/profiles/mine/credits", credit_body(**credit), freelancer))["credit_id"]
            for credit in credits
        ]
        profile = done(self.api.get("/profiles/mine", freelancer))
        if verified:
            done(self.api.post("/profiles/mine/verification", person=freelancer))
            judgements = [{"credit_id": one, "level": 3} for one in ids]
            path = f"/admin/profiles/{profile['profile_id']}/verification"
            done(self.api.post(path, {"decision": "verified", "reason": "Vu.", "credits": judgements}, ADMIN))
            profile = done(self.api.get("/profiles/mine", freelancer))
        return profile

    def match(self) -> None:
        """Hands to matching what the streams of briefs and profiles have not delivered yet, profiles first."""
        from chalicelib.matching import handlers

        for table, handler in (
            ("ProfilesTable", handlers.match_on_profile_events),
            ("BriefsTable", handlers.match_on_brief_events),
        ):
            for item in events(table):
                if item["event_id"] not in self._delivered:
                    self._delivered.add(item["event_id"])
                    assert handler(stream_event(item, table=table), CONTEXT) == {"batchItemFailures": []}


def done(answer: Answer) -> dict[str, Any]:
    """The body of an answer that must be a success."""
    assert 200 <= answer.status < 300, (answer.status, answer.content)
    body: dict[str, Any] = answer.json
    return body
