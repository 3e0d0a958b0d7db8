"""The main job as two people live it: a producer publishes a project, and the shortlist comes by e-mail.

Everything goes through HTTPS routes, as from a browser. Used at the first start, by the demo and by the benchmark.
"""

from __future__ import annotations

import textwrap
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from infra.local import casework
from infra.local.client import Client, TooLate
from infra.local.console import Console

#: A product that does its work late is no broken one: on a machine that is busy with something else, a dozen functions
#: start one after the other before the e-mail goes.
_WAIT_SECONDS = 300.0
_MAIL_EVERY = 0.05
_MATCHES_EVERY = 0.2  # each question is a call of the API function, on the same machine as what it waits for


@dataclass(frozen=True)
class Published:
    """What came of publishing a project, with the seconds since the moment of publishing."""

    began: datetime
    brief: Mapping[str, Any]
    shortlist: Mapping[str, Any] | None
    shortlist_seconds: float
    mail: Mapping[str, Any] | None
    mail_seconds: float

    @property
    def complete(self) -> bool:
        return bool(self.shortlist and self.shortlist["matches"]) and self.mail is not None


def introduce_company(producer: Client, administrator: Client, company: Mapping[str, Any], language: str) -> str:
    """Declare the producer's company, submit it, and have an administrator verify it; returns its id."""
    known = producer.get("/api/companies/mine")
    headers = known.version() if known.status == 200 else {}
    declared = producer.put("/api/companies/mine", {**company, "contact_language": language}, headers)
    company_id = str(declared.expect(200)["company_id"])
    if declared.body["status"] != "verified":
        casework.verify_company(producer, administrator)
    return company_id


def publish(producer: Client, brief: Mapping[str, Any], seconds: float = _WAIT_SECONDS) -> Published:
    """Draft and publish a project, then wait for its shortlist and its e-mail."""
    draft = producer.post("/api/briefs", brief)
    brief_id = draft.expect(201)["brief_id"]
    moment, began = datetime.now(UTC), time.monotonic()
    published = producer.post(f"/api/briefs/{brief_id}/publish", headers=draft.version()).expect(200)
    shortlist: Mapping[str, Any] | None = None
    mail: Mapping[str, Any] | None = None
    shortlist_seconds = mail_seconds = asked = 0.0
    while (shortlist is None or mail is None) and time.monotonic() < began + seconds:
        if mail is None:
            mail = next((each for each in producer.mails() if brief_id in each["text"]), None)
            mail_seconds = time.monotonic() - began
        if shortlist is None and time.monotonic() - asked >= _MATCHES_EVERY:
            asked = time.monotonic()
            answer = producer.get(f"/api/briefs/{brief_id}/matches").expect(200)
            shortlist = answer if answer["status"] == "ready" else None
            shortlist_seconds = time.monotonic() - began
        time.sleep(_MAIL_EVERY)
    return Published(moment, published, shortlist, shortlist_seconds, mail, mail_seconds)


def tell(console: Console, published: Published, language: str) -> None:
    """Print the shortlist with its reasons and the e-mail as it was sent. Raises TooLate when either is missing."""
    brief, shortlist, mail = published.brief, published.shortlist, published.mail
    if shortlist is None:
        raise TooLate(f"No shortlist for “{brief['code_name']}” within {_WAIT_SECONDS:.0f} s.")
    console.title(
        f"“{brief['code_name']}”: shortlist after {published.shortlist_seconds:.1f} s "
        f"({len(shortlist['matches'])} of {shortlist['eligible']} eligible)"
    )
    for match in shortlist["matches"]:
        profile = match["profile"]
        seat = {
            "rank": "",
            "junior_seat": ", the junior's seat",
            "rotation": ", drawn among near-ties",
            "again": ", again",
        }
        console.line(
            f"{match['position']}. {profile['display_name']} · {profile['level']} · "
            f"{match['score']:.1f}/100{seat[match['why']]}"
        )
        for reason in match["reasons"]:
            console.line(
                textwrap.fill(reason["text"][language], 100, initial_indent="   – ", subsequent_indent="     ")
            )
    if mail is None:
        raise TooLate(f"No e-mail for “{brief['code_name']}” within {_WAIT_SECONDS:.0f} s.")
    console.title(f"E-mail after {published.mail_seconds:.1f} s")
    console.line(f"From:    {mail['from']}")
    console.line(f"To:      {', '.join(mail['to'])}")
    console.line(f"Subject: {mail['subject']}")
    console.line()
    console.line(textwrap.indent(mail["text"].strip(), "  "))
