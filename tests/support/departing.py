"""A freelancer and a producer who have left something of theirs in every corner of the product, and what must be found
nowhere once they are gone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.notifications import wiring as notifications
from chalicelib.notifications.events import AddressSuppressed
from chalicelib.notifications.models import Suppression, address_id
from chalicelib.platform.parking import park
from chalicelib.platform.settings import settings
from chalicelib.platform.table import Table
from chalicelib.verification.source_memory import SourceMemory
from chalicelib.verification.sources.cache import Remembered
from chalicelib.vocabulary.clock import stamp
from tests.support.api import ADMIN, Api, Person
from tests.support.environment import ATTACHMENTS_BUCKET, EVIDENCE_BUCKET, forget
from tests.support.evidence_fakes import a_pdf
from tests.support.market import numbered_ids
from tests.support.quick_account import QuickAccount, quick_account
from tests.support.world import World, done

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

CLAIRE = Person("5e9d1c1a-0000-4000-8000-000000000001", "claire.vaugirard@falaise-films.test", ("producers",))
MARC = Person("5e9d1c1a-0000-4000-8000-000000000002", "marc.tessier@falaise-films.test", ("producers",))
INES = Person("5e9d1c1a-0000-4000-8000-000000000003", "ines.kerbrat@courriel.test", ("freelancers",))
NOE = Person("5e9d1c1a-0000-4000-8000-000000000004", "noe.bellance@courriel.test", ("freelancers",))
BASILE = Person("5e9d1c1a-0000-4000-8000-000000000005", "basile@plot-point.test", ("admins",))

FILE = a_pdf(info="/Producer (Le logiciel de Kerbrat)")

#: What each sends the other.
NOTE = a_pdf(info="/Producer (Le traitement de texte de Kerbrat)")
CONTRACT = a_pdf(info="/Producer (Le contrat de la Falaise)")

#: Words of the freelancer, each nowhere else in the tests' data.
OF_INES = {
    "name": "Inès Kerbrat",
    "first name": "Inès",
    "surname": "Kerbrat",
    "address": INES.email,
    "presentation": "Lectrice de nuit chez un éditeur de Saint-Guénolé.",
    "title of a credit": "La Balise aux sept lampes",
    "synopsis": "Un gardien compte les naufrages de sa propre vie.",
    "answer": "La lampe du phare m’a toujours hantée.",
    "message": "Je relirai le traitement dès le mardi de Pâques.",
    "report": "On me demande de travailler sans contrat de plume.",
    "file": hashlib.sha256(FILE).hexdigest(),
    "name of a file": "Note de lecture de la balise.pdf",
    "file in a conversation": hashlib.sha256(NOTE).hexdigest(),
    "alarm's answer": "Mon avenant est signé de deux encres.",
    "attester": "regie@ateliers-du-ponant.test",
    "note about her": "Prend le train de nuit pour chaque séance.",
}

#: Words of the producer.
OF_CLAIRE = {
    "address": CLAIRE.email,
    "message": "Passons au découpage du deuxième acte ensemble.",
    "name of a file": "Projet de contrat de la falaise.pdf",
    "file in a conversation": hashlib.sha256(CONTRACT).hexdigest(),
    "confidential title": "Les Noyées du Raz",
    "pitch": "Zoé rentre au bourg et rouvre un dossier que chacun croyait clos à jamais.",
    "person": "Claire Vaugirard",
}


class Departing:
    """The account with all of it; each test begins from the same state."""

    def __init__(self, account: QuickAccount) -> None:
        self.account, self.api = account, Api()
        account.people |= {one.sub: one.email for one in (CLAIRE, MARC, INES, NOE, ADMIN, BASILE)}
        with numbered_ids():
            self._prepare()
        self.people = dict(account.people)
        self.tables = account.tables.state()
        self.objects = dict(account._objects)

    def begin(self) -> None:
        """Everybody and everything as at first."""
        account = self.account
        account.tables.restore(self.tables)
        account.empty()
        account._objects.update(self.objects)
        account.people.clear()
        account.people.update(self.people)
        account.disabled.clear()
        account.tables.on_call = lambda: None
        account.clock.now = START + timedelta(hours=2)
        forget()

    def _prepare(self) -> None:
        _api, world = self.api, World(self.api)
        company = {
            "legal_name": "Falaise Grise Films",
            "email_domain": "falaise-films.test",
            "people": [OF_CLAIRE["person"]],
        }
        world.company(CLAIRE, **company)
        content = {
            "display_name": OF_INES["name"],
            "bio": {"fr": OF_INES["presentation"], "en": None},
        }
        credit = {
            "title": OF_INES["title of a credit"],
            "synopsis": OF_INES["synopsis"],
            "company": "Ateliers du Ponant",
        }
        self.profile_id = world.profile(INES, credits=(credit,), **content)["profile_id"]
        world.profile(NOE, display_name="Noé Bellance")
        brief = world.live_brief(
            CLAIRE,
            confidential_title=OF_CLAIRE["confidential title"],
            pitch={"fr": OF_CLAIRE["pitch"], "en": None},
        )
        self.brief_id: str = brief["brief_id"]
        self.draft_id: str = world.draft(CLAIRE, code_name="Projet Varech")["brief_id"]
        self.account.settle()
        self.account.sweep()
        self.account.settle()
        self._talk(world)
        self._verify()
        self._leave_traces()
        self.account.settle()
        self.account.sweep()
        self.account.settle()

    def _talk(self, world: World) -> None:
        api, path = self.api, f"/projects/{self.brief_id}"
        version = done(api.get(f"{path}/confidentiality", INES))["version"]
        done(api.post(f"{path}/confidentiality", {"version": version}, INES))
        answers = [{"question": "why_this_story", "text": OF_INES["answer"]}]
        said = done(api.post(f"{path}/interest", {"answers": answers}, INES))
        self.thread_id: str = said["conversation_id"]
        messages = f"/conversations/{self.thread_id}/messages"
        done(api.post(messages, {"text": OF_INES["message"]}, INES, headers={"Idempotency-Key": "a-key"}))
        done(api.post(messages, {"text": f"Bonjour Inès ! {OF_CLAIRE['message']}"}, CLAIRE))
        for one in (CLAIRE, INES):
            done(api.post(f"/conversations/{self.thread_id}/reveal", person=one))
        done(api.post(messages, {"text": f"Chère {OF_INES['name']}, écrivons-nous : {INES.email}."}, CLAIRE))
        self._send(INES, OF_INES["name of a file"], NOTE)
        self._send(CLAIRE, OF_CLAIRE["name of a file"], CONTRACT)
        match = f"/briefs/{self.brief_id}/matches/{self.profile_id}"
        done(api.put(f"{match}/note", {"text": OF_INES["note about her"]}, CLAIRE))
        done(api.post(f"{match}/dismiss", {"reason": "dates"}, CLAIRE))
        report = {"reason": "unpaid_work", "text": OF_INES["report"]}
        done(api.post(f"/conversations/{self.thread_id}/reports", report, INES))
        prepared = [{"conversation_id": self.thread_id, "reason": "project_stopped", "text": "Merci, chère Inès."}]
        done(api.put(f"/briefs/{self.brief_id}/answers", {"answers": prepared}, CLAIRE))
        done(api.post(f"{path}/decline", person=NOE))

    def _send(self, who: Person, name: str, content: bytes) -> None:
        path = f"/conversations/{self.thread_id}/attachments"
        body = {"name": name, "media_type": "application/pdf", "size": len(content)}
        offered = done(self.api.post(path, body, who))
        self.account.put_object(ATTACHMENTS_BUCKET, offered["upload"]["fields"]["key"], content)
        done(self.api.post(f"{path}/{offered['attachment']['attachment_id']}/confirm", person=who))

    def _verify(self) -> None:
        api = self.api
        case_id = done(api.post("/verification/mine", {"kind": "profile"}, INES))["case_id"]
        self.case_id: str = case_id
        path = f"/verification/mine/{case_id}"
        offered = done(
            api.post(
                f"{path}/evidence",
                {"kind": "contract", "media_type": "application/pdf", "size": len(FILE)},
                INES,
            )
        )
        self.account.put_object(EVIDENCE_BUCKET, offered["upload"]["fields"]["key"], FILE)
        done(api.post(f"{path}/evidence/{offered['evidence']['evidence_id']}/confirm", person=INES))
        [credit] = done(api.get("/profiles/mine", INES))["credits"]
        asked = {"credit_id": credit["credit_id"], "address": OF_INES["attester"]}
        done(api.post(f"{path}/attestations", asked, INES))
        done(api.post(f"{path}/submit", person=INES))
        prepared = done(
            api.post(
                "/admin/alarms",
                {
                    "kind": "profile",
                    "subject_id": self.profile_id,
                    "reason": "forged_credit_or_identity",
                    "basis": "own_finding",
                },
                ADMIN,
            )
        )
        self.alarm_id: str = prepared["alarm_id"]
        files = f"/admin/alarms/{self.alarm_id}/evidence"
        body = {"kind": "contract", "media_type": "application/pdf", "size": len(FILE)}
        offered = done(api.post(files, body, ADMIN))
        evidence_id = offered["evidence"]["evidence_id"]
        self.account.put_object(EVIDENCE_BUCKET, offered["upload"]["fields"]["key"], FILE)
        done(api.post(f"{files}/{evidence_id}/confirm", person=ADMIN))
        said = {
            "text": "Le contrat produit porte une date postérieure.",
            "documents": [{"evidence_id": evidence_id}],
        }
        done(api.post(f"/admin/alarms/{self.alarm_id}/raise", said, ADMIN))
        reply = {"text": OF_INES["alarm's answer"]}
        done(api.post(f"/verification/mine/alarms/{self.alarm_id}/answer", reply, INES))

    def _leave_traces(self) -> None:
        """What machines keep: a record that nobody could use, an answer of a public source, an address that refuses."""
        park(
            consumer="take_mail_feedback",
            reason="bad_feedback",
            event_id="message-1",
            record={"body": json.dumps({"recipients": [INES.email], "about": OF_INES["name"]})},
        )
        memory = SourceMemory(Table(settings().verification_table))
        records = ({"ref": "Q1", "names": [OF_INES["name"]], "title": OF_INES["title of a credit"]},)
        until = stamp(START + timedelta(days=30))
        memory.keep_answer(
            "wikidata",
            "0" * 64,
            Remembered(
                payload_hash="1" * 64, url="https://source.test", retrieved_at=until, expires_at=until, records=records
            ),
        )

    # ---- what a test does

    def refuse_mail(self) -> None:
        """The freelancer's address wants no e-mail any more."""
        address = address_id(INES.email)
        suppression = Suppression(address, "complaint", stamp(START), note="Ne plus écrire à Inès.")
        fact = AddressSuppressed(suppression_id=address)
        notifications._repository().suppress(None, suppression, fact, START)

    def left(self, words: dict[str, str]) -> list[str]:
        """Where which of these words are still found, in capitals or not, or as their escapes in JSON."""
        found = []
        for where, content in self.account.stored():
            text = content.decode("utf-8", "replace").casefold()
            plain = text.encode().decode("unicode_escape", "replace") if "\\u" in text else text
            found += [f"{what}: {where}" for what, word in words.items() if word.casefold() in text + plain]
        return found

    def erase(self, person: Person) -> dict[str, Any]:
        """Asked for, and carried out to the end."""
        receipt: dict[str, Any] = done(self.api.call("DELETE", "/me", person=person))
        self.account.settle()
        return receipt

    def receipt(self, person: Person) -> dict[str, Any]:
        answer: dict[str, Any] = done(self.api.get("/me/erasure", person))
        return answer

    def look_over(self) -> None:
        """What follows a quarter of an hour later, and whatever else was due."""
        self.account.clock.advance(timedelta(hours=1))
        self.account.sweep()
        self.account.settle()

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        """Every fact that there is, with its table: to be heard again, late."""
        return [
            (table, image)
            for table in self.tables
            for image in self.account.tables.images(table)
            if image["sk"]["S"].startswith("EVENT#")
        ]

    def hear_again(self, heard: list[tuple[str, dict[str, Any]]]) -> None:
        """Hands these facts to every reader of their streams once more, and what follows from them."""
        for table, image in heard:
            self.account._streamed(table, image)
        self.account.settle()


@contextmanager
def departing() -> Iterator[Departing]:
    with quick_account(START) as account:
        yield Departing(account)
