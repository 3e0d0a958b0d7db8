"""From the shortlist to the engagement, as a producer and three freelancers live it.

One declines, one is answered no, one is engaged once both have revealed who they are. Everything goes through HTTPS
routes, as from a browser. Used by the demo and by the journeys.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.client import ANY_VERSION, Client, TooLate, wait_until
from infra.local.console import Console

_MAIL_SECONDS = 90.0
_FOLLOWED_SECONDS = 300.0

_WORDS = {
    "invitation": "Votre travail nous donne envie de vous parler de cette histoire. La lisez-vous ?",
    "why_this_story": "Ce que la honte fait aux familles, et comment on la raconte sans juger personne.",
    "closest_work": "Une mini-série adaptée d’un roman : six mois sur la bible, puis un suivi épisode par épisode.",
    "question": "À quel stade en est le traitement, et qui écrit ?",
    "reply": "Deuxième version du traitement, avec une autrice confirmée ; le plus urgent est la structure.",
    "contact": "Le plus simple est de m’appeler au 06 12 34 56 78.",
    "regret": "Merci d’avoir lu le projet de si près. Nous poursuivons avec un profil plus avancé sur l’adaptation.",
}


@dataclass(frozen=True)
class Cast:
    """Three freelancers of the demo, each signed in, with the profile they are read by."""

    declining: Client
    refused: Client
    engaged: Client

    @property
    def all(self) -> tuple[Client, Client, Client]:
        return self.declining, self.refused, self.engaged


@dataclass(frozen=True)
class Told:
    """How it went: the conversation that ended in an engagement, the credit it became, and every e-mail of the story,
    oldest first."""

    conversation: Mapping[str, Any]
    credit: Mapping[str, Any]
    refusal: Mapping[str, Any]
    answered: Mapping[str, Any]
    mails: Sequence[Mapping[str, Any]]


def tell(
    console: Console, producer: Client, brief: Mapping[str, Any], shortlist: Mapping[str, Any], cast: Cast
) -> Told:
    """Lives the story of one published project. Raises TooLate when what should follow does not come."""
    brief_id = str(brief["brief_id"])
    before = {mail["id"] for person in (producer, *cast.all) for mail in person.mails()}
    seated = [match["profile"]["profile_id"] for match in shortlist["matches"]]
    asked = {
        profile_id: person
        for person in cast.all
        if (profile_id := person.get("/api/profiles/mine").expect(200)["profile_id"]) in seated
    }
    if asked:
        with console.step(f"the producer invites {len(asked)} of the shortlist, who read of it by e-mail"):
            body = {"profile_ids": list(asked), "text": _WORDS["invitation"]}
            invited = producer.post(f"/api/briefs/{brief_id}/invitations", body).expect(200)["conversations"]
            for one in invited:
                _wait_for_mail(asked[one["person"]["profile_id"]], before, one["conversation_id"])
    with console.step("one declines: no reason is asked"):
        cast.declining.post(f"/api/projects/{brief_id}/decline").expect(200)
    with console.step("two show interest, without knowing who asks"):
        answers = [{"question": name, "text": _WORDS[name]} for name in ("why_this_story", "closest_work")]
        _interested(cast.refused, brief_id, {"text": _WORDS["question"]})
        thread_id = _interested(cast.engaged, brief_id, {"answers": answers})
    thread = f"/api/conversations/{thread_id}"
    with console.step("a message that would tell who the producer is is refused, with the passage") as step:
        company = producer.get("/api/companies/mine").expect(200)
        leak = {"text": f"Chez {company['legal_name']}, écrivez-nous : bonjour@{company['email_domain']}"}
        refusal = producer.post(f"{thread}/messages", leak).expect(422)
        step.note(f"{len(refusal['errors'])} passages")
    with console.step("they write about the project; contact details wait for the reveal"):
        producer.post(f"{thread}/messages", {"text": _WORDS["reply"]}).expect(201)
        cast.engaged.post(f"{thread}/messages", {"text": _WORDS["contact"]}).expect(201)
        read = producer.get(f"{thread}/messages").expect(200)["messages"][0]
        assert read["masked"], read
        step.note(read["text"])
    with console.step("the producer asks for the reveal; the freelancer accepts the terms, and agrees"):
        producer.post(f"{thread}/reveal").expect(200)
        terms = cast.engaged.get(f"/api/projects/{brief_id}/confidentiality").expect(200)
        accepted = {"version": terms["version"]}
        cast.engaged.post(f"/api/projects/{brief_id}/confidentiality", accepted).expect(200)
        revealed = cast.engaged.post(f"{thread}/reveal").expect(200)
    console.line(f"    the freelancer now reads: {revealed['company']['legal_name']}")
    console.line(f"    the producer now reads:   {producer.get(thread).expect(200)['person']['email']}")
    with console.step("both confirm the engagement"):
        for side in (producer, cast.engaged):
            engaged = side.post(f"{thread}/outcome", {"outcome": "engaged"}).expect(200)
    with console.step("it becomes a credit, which says that the work exists and no more"):
        credit = wait_until(lambda: _credit(cast.engaged, brief), _FOLLOWED_SECONDS, 0.2, "the credit")
    with console.step("the producer writes to whoever waits, and closes the project as filled"):
        waiting = producer.get(f"/api/briefs/{brief_id}/answers").expect(200)["waiting"]
        prepared = [
            {
                "conversation_id": one["conversation"]["conversation_id"],
                "reason": "closer_experience",
                "text": _WORDS["regret"],
            }
            for one in waiting
        ]
        producer.put(f"/api/briefs/{brief_id}/answers", {"answers": prepared}).expect(200)
        producer.post(f"/api/briefs/{brief_id}/fill", headers=ANY_VERSION).expect(200)
        answered = wait_until(lambda: _answer(cast.refused, brief_id), _FOLLOWED_SECONDS, 0.2, "the answer")
    with console.step("the last e-mails arrive"):
        _wait_for_mail(cast.refused, before, _WORDS["regret"][:20])
        mails = _since(before, producer, *cast.all)
    return Told(engaged, credit, refusal, answered, mails)


def show(console: Console, told: Told) -> None:
    """Prints every e-mail of the story, in the order in which they were sent."""
    for mail in told.mails:
        console.line()
        console.line(f"To:      {', '.join(mail['to'])}")
        console.line(f"Subject: {mail['subject']}")
        console.line(textwrap.indent(mail["text"].strip(), "  "))


def _interested(person: Client, brief_id: str, body: Mapping[str, Any]) -> str:
    seen = person.post(f"/api/projects/{brief_id}/interest", body).expect(200)
    return str(seen["conversation_id"])


def _credit(person: Client, brief: Mapping[str, Any]) -> Mapping[str, Any] | None:
    credits = person.get("/api/profiles/mine").expect(200)["credits"]
    return next((one for one in credits if one["title"] == brief["code_name"]), None)


def _answer(person: Client, brief_id: str) -> Mapping[str, Any] | None:
    conversations = person.get("/api/conversations").expect(200)["conversations"]
    found = next((one["answer"] for one in conversations if one["project_id"] == brief_id), None)
    return found if found and found["decision"] == "not_retained" else None


def _wait_for_mail(person: Client, known: set[str], text: str) -> None:
    """Until somebody has an e-mail that is not one of those, with this in it: as a rule, the id of what it links to.
    Raises TooLate."""
    wait_until(
        lambda: [mail for mail in person.mails() if mail["id"] not in known and text in mail["text"]],
        _MAIL_SECONDS,
        0.3,
        "an e-mail",
    )


def _since(before: set[str], *people: Client) -> list[Mapping[str, Any]]:
    found = {mail["id"]: mail for person in people for mail in person.mails() if mail["id"] not in before}
    if not found:
        raise TooLate("no e-mail of the story was sent")
    return [found[one] for one in sorted(found)]
