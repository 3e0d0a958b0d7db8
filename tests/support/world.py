"""People who have already done the ordinary things, so that a test starts where it matters: through the routes, but for
what takes queues and an administrator, which goes through the same services as the demo's population."""

from __future__ import annotations

from typing import Any

from chalicelib.companies import wiring as companies
from chalicelib.platform.auth import Actor
from chalicelib.profiles import wiring as profiles
from chalicelib.verification.models import Case, Verdict
from infra.local.population import approval
from infra.local.settled_cases import settle
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Answer, Api, Person
from tests.support.examples import brief_body, company_body, credit_body, profile_body
from tests.support.records import CONTEXT, stream_event
from tests.support.tables import events

#: Who takes a verification back: nobody decides again on what they decided, and it takes two.
_DOUBTING = Person("sub-doubting", "zoe@plot-point.test", ("admins",))
_CONFIRMING = Person("sub-confirming", "ange@plot-point.test", ("admins",))


class World:
    def __init__(self, api: Api) -> None:
        self.api = api
        self._delivered: set[str] = set()

    def company(self, producer: Person = PRODUCER, *, verified: bool = True, **changes: Any) -> str:
        """A company's id."""
        company_id: str = done(self.api.put("/companies/mine", company_body(**changes), producer))["company_id"]
        if verified:
            self.verify_company(producer)
        return company_id

    def verify_company(self, producer: Person = PRODUCER) -> None:
        """The company, as it is declared now."""
        settle(_actor(producer), "company", ADMIN.sub, lambda _: approval("company_confirmed"))

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
        for credit in credits:
            done(self.api.post("/profiles/mine/credits", credit_body(**credit), freelancer))
        if verified:
            self.verify_profile(freelancer)
        return done(self.api.get("/profiles/mine", freelancer))

    def verify_profile(self, freelancer: Person = FREELANCER) -> None:
        """The profile with every credit, as it is declared now."""

        def confirmed(case: Case) -> Verdict:
            return approval("all_confirmed", dict.fromkeys(case.credit_ids, 3))

        settle(_actor(freelancer), "profile", ADMIN.sub, confirmed)

    def take_back(self, subject: Person, text: str = "À revoir.") -> None:
        """The latest verification of somebody's profile or company: looked at again, and refused by two people."""
        case = done(self.api.get("/verification/mine", subject))["cases"][0]
        path = f"/verification/cases/{case['case_id']}"
        done(self.api.post(f"{path}/reopen", {"ground": "established_wrongly"}, _DOUBTING))
        refusal = {"outcome": "refused", "ground": "established_wrongly", "text": text}
        for administrator, act, said in (
            (_DOUBTING, "decision", refusal),
            (_CONFIRMING, "second-decision", {"confirms": True}),
        ):
            token = done(self.api.post(f"{path}/claim", person=administrator))["lease"]["token"]
            done(self.api.post(f"{path}/{act}", {"lease_token": token, **said}, administrator))
        following = companies if case["kind"] == "company" else profiles
        following.service().follow_case(case["case_id"])

    def match(self) -> None:
        """Hands to matching what its streams (profiles, visibility, briefs: in this order) have not delivered yet."""
        from chalicelib.matching import handlers

        for table, handler in (
            ("ProfilesTable", handlers.match_on_profile_events),
            ("VisibilityTable", handlers.match_on_profile_events),
            ("BriefsTable", handlers.match_on_brief_events),
        ):
            for item in events(table):
                if item["event_id"] not in self._delivered:
                    self._delivered.add(item["event_id"])
                    assert handler(stream_event(item, table=table), CONTEXT) == {"batchItemFailures": []}


def _actor(person: Person) -> Actor:
    return Actor(person.sub, frozenset(person.groups), person.email)


def done(answer: Answer) -> dict[str, Any]:
    """The body of an answer that must be a success."""
    assert 200 <= answer.status < 300, (answer.status, answer.content)
    body: dict[str, Any] = answer.json
    return body
