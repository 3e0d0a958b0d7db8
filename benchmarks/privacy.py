"""How long it takes to tell somebody with a thousand acts everything that is known of them, and to forget it, on the
running local product; and what of them is then still found anywhere.

    make run                                  # in another window
    python -m benchmarks.privacy              # PORT and PLOT_POINT_STATE_DIR as for `make run`

An invented freelancer signs up, is verified, sends a file, accepts a project's terms, shows an interest and writes, all
through the routes. Their thousand acts are facts put into the tables behind the origin, of a kind that nothing follows
from. An export counts from the request to the last byte, an erasure from the request until its receipt says that it is
complete. Then every item of every table, every object of every bucket and every message of every queue is read, in
search of each of their strings. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import boto3
import urllib3
from boto3.dynamodb.types import TypeSerializer

from chalicelib.briefs.events import BriefConfidentialityAccepted
from chalicelib.platform.outbox import event_item
from chalicelib.platform.telemetry import act_for
from chalicelib.vocabulary.clock import paris_day, utc_now
from chalicelib.vocabulary.ids import new_id
from infra.local.casework import approve, submit, wait_until_followed
from infra.local.client import Client, wait_until
from infra.local.demo_data import DemoData
from infra.local.deployment import STACK
from infra.local.emulator import REGION
from infra.local.state import StateDirectory

ACTS = 1_000
#: Asked: both in seconds.
EXPORT_TARGET, ERASURE_TARGET = 5.0, 30.0

_AT_ONCE = 8
_PATIENCE = 120.0

_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
_PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person, of whom nothing is anybody else's."""

    mark: str

    @property
    def name(self) -> str:
        return f"Aziliz Kervella{self.mark}"

    @property
    def email(self) -> str:
        return f"aziliz.{self.mark}@courriel.example"

    @property
    def bio(self) -> str:
        return f"Lectrice du soir à la bibliothèque flottante numéro {self.mark}."

    @property
    def message(self) -> str:
        return f"Je relis votre deuxième acte avant la marée de {self.mark}."

    @property
    def file(self) -> bytes:
        return _PDF + f"% {self.mark}\n".encode()

    @property
    def strings(self) -> dict[str, str]:
        return {
            "name": self.name,
            "e-mail": self.email,
            "presentation": self.bio,
            "message": self.message,
            "file": hashlib.sha256(self.file).hexdigest(),
            "mark": self.mark,
        }


class Behind:
    """The account that the product runs in, with every right."""

    def __init__(self, state: StateDirectory) -> None:
        self._session = boto3.Session("test", "test", region_name=REGION)
        self._endpoint = f"http://127.0.0.1:{int(state.gateway_port.read_text())}"
        (stack,) = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        self.outputs = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}

    def client(self, service: str) -> Any:
        return self._session.client(service, endpoint_url=self._endpoint)

    def put(self, table: str, item: dict[str, Any]) -> None:
        write = TypeSerializer().serialize
        image = {name: write(value) for name, value in item.items()}
        self.client("dynamodb").put_item(TableName=self.outputs[f"{table}Name"], Item=image)

    def stored(self) -> Iterator[tuple[str, bytes]]:
        """Where, and what: every item, every object, every message."""
        tables = self.client("dynamodb")
        for name in tables.list_tables()["TableNames"]:
            for page in tables.get_paginator("scan").paginate(TableName=name):
                for image in page["Items"]:
                    yield f"{name} {image['pk']['S']} {image['sk']['S']}", repr(image).encode()
        objects = self.client("s3")
        for bucket in (one["Name"] for one in objects.list_buckets()["Buckets"]):
            for one in objects.list_objects_v2(Bucket=bucket).get("Contents", ()):
                content = objects.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
                yield f"{bucket} {one['Key']}", one["Key"].encode() + content
        queues = self.client("sqs")
        for url in queues.list_queues().get("QueueUrls", ()):
            answer = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
            for message in answer.get("Messages", ()):
                yield url, message["Body"].encode()


def main() -> int:
    arguments = argparse.ArgumentParser(description="Export and erasure on the running local product.")
    arguments.add_argument("--url", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    arguments.add_argument("--acts", type=int, default=ACTS)
    asked = arguments.parse_args()
    demo = DemoData(paris_day(utc_now()))
    password = demo.accounts["password"]
    administrator = Client(asked.url).sign_in(demo.accounts["administrators"][0]["email"], password)
    behind, somebody = Behind(StateDirectory.from_environment()), Somebody(uuid.uuid4().hex[:10])

    said("somebody signs up, is verified, writes")
    client, sub = lived(asked.url, somebody, administrator, password)
    said(f"{asked.acts} acts")
    act(behind, sub, asked.acts)

    began = time.monotonic()
    document = client.get("/api/me/export").expect(200)
    exported = time.monotonic() - began
    acts = next(len(one["records"]) for one in document["sections"] if one["what"] == "acts")
    text = json.dumps(document, ensure_ascii=False)
    missing = [what for what, string in somebody.strings.items() if string not in text]
    before = left(behind, somebody)

    began = time.monotonic()
    client.delete("/api/me").expect(202)
    receipt = wait_until(lambda: complete(client), _PATIENCE, 0.1, "the end of the erasure")
    erased = time.monotonic() - began
    found = left(behind, somebody)
    for where in found:
        said(f"still there: {where}")

    met = exported < EXPORT_TARGET and erased < ERASURE_TARGET and not found and not missing and acts >= asked.acts
    figures = {
        "benchmark": "privacy",
        "acts": acts,
        "export_seconds": round(exported, 2),
        "export_kb": len(text.encode()) // 1000,
        "strings_missing_in_export": len(missing),
        "places_before": len(before),
        "erasure_seconds": round(erased, 2),
        "removed": sum(one["removed"] for one in receipt["steps"]),
        "redacted": sum(one["redacted"] for one in receipt["steps"]),
        "held": len(receipt["held"]),
        "places_after": len(found),
        "met": met,
    }
    print(json.dumps(figures))
    return 0 if met else 1


def lived(url: str, somebody: Somebody, administrator: Client, password: str) -> tuple[Client, str]:
    """What a freelancer leaves behind, through the routes."""
    client = Client(url)
    client.sign_up(somebody.email, password)
    client.sign_in(somebody.email, password).choose_role("freelancer")
    client.put("/api/profiles/mine", profile(somebody)).expect(200)
    for number in range(5):
        client.post("/api/profiles/mine/credits", credit(somebody, number)).expect(201)
    sub = str(client.get("/api/me").expect(200)["sub"])
    case_id = client.post("/api/verification/mine", {"kind": "profile"}).expect(201)["case_id"]
    send_file(client, case_id, somebody.file)
    approve(administrator, submit(client, "profile"))
    wait_until_followed(client, "/api/profiles/mine", "verified")
    for project in client.get("/api/projects").expect(200)["projects"][:1]:
        path = f"/api/projects/{project['project_id']}"
        version = client.get(f"{path}/confidentiality").expect(200)["version"]
        client.post(f"{path}/confidentiality", {"version": version}).expect(200)
        thread = client.post(f"{path}/interest", {"text": somebody.message}).expect(200)
        client.post(
            f"/api/conversations/{thread['conversation_id']}/messages",
            {"text": f"{somebody.message} {somebody.name}"},
            headers={"Idempotency-Key": somebody.mark},
        ).expect(201)
    return client, sub


def send_file(client: Client, case_id: str, content: bytes) -> None:
    path = f"/api/verification/mine/{case_id}/evidence"
    body = {"kind": "contract", "media_type": "application/pdf", "size": len(content)}
    offered = client.post(path, body).expect(201)
    fields = {**offered["upload"]["fields"], "file": ("contrat.pdf", content, "application/pdf")}
    urllib3.PoolManager().request("POST", offered["upload"]["url"], fields=fields)
    client.post(f"{path}/{offered['evidence']['evidence_id']}/confirm").expect(200)


def act(behind: Behind, sub: str, acts: int) -> None:
    """So many facts of theirs, and what each made true."""

    def accepted(_: int) -> None:
        now = utc_now()
        brief_id = new_id(now)
        act_for(sub)
        fact = BriefConfidentialityAccepted(brief_id=brief_id, terms_version="1")
        behind.put("BriefsTable", event_item(f"BRIEF#{brief_id}", fact, aggregate_version=1, now=now).item)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(accepted, range(acts)))


def complete(client: Client) -> dict[str, Any] | None:
    receipt: dict[str, Any] = client.get("/api/me/erasure").expect(200)
    return receipt if receipt["state"] != "under_way" else None


def left(behind: Behind, somebody: Somebody) -> list[str]:
    """Where which of their strings are found, as they are or in Base64."""
    found = []
    for where, content in behind.stored():
        text = content.decode("utf-8", "replace").casefold()
        for what, string in somebody.strings.items():
            hidden = base64.b64encode(string.encode())[2:-4]
            if string.casefold() in text or hidden in content:
                found.append(f"{what}: {where}")
    return found


def profile(somebody: Somebody) -> dict[str, Any]:
    return {
        "display_name": somebody.name,
        "roles": ["literary-director"],
        "bio": {"fr": somebody.bio, "en": None},
        "specialities": {"genres": ["regional-crime"], "tones": ["dark"], "formats": ["single-90"]},
        "languages": ["fr"],
        "availability": [{"from": paris_day(utc_now()).isoformat(), "until": None}],
        "day_rate": {"min": 320, "max": 380},
        "work_modes": ["remote"],
        "region": "bretagne",
    }


def credit(somebody: Somebody, number: int) -> dict[str, Any]:
    year = paris_day(utc_now()).year - 2 - number
    return {
        "title": f"Le Bac de {somebody.mark}, épisode {number}",
        "year": year,
        "started_year": year - 1,
        "function": "literary-director",
        "format": "single-90",
        "genres": ["regional-crime"],
        "tones": ["dark"],
        "universes": ["seaside"],
        "stakes": ["family-secret"],
        "tasks": ["script-notes"],
        "source_material": "original",
        "language": "fr",
        "company": "Ateliers du Ponant",
        "broadcaster": "arte",
        "synopsis": f"Un passeur retrouve la trace de {somebody.mark}.",
        "contribution": "Notes de lecture, du synopsis à la version de tournage.",
    }


def said(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
