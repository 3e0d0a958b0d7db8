"""People, and impatient clients, who write at the same moment: one change wins, one thing is made, all are told."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.support.people import producer
from tests.support.product import LocalProduct

_AT_ONCE = 5


def test_of_those_who_correct_the_same_version_one_succeeds(product: LocalProduct) -> None:
    claire = producer(product)
    brief = claire.post("/api/briefs", {"code_name": "Projet Estran"})
    path, read = f"/api/briefs/{brief.expect(201)['brief_id']}", {"If-Match": brief.headers["ETag"]}
    names = [f"Projet Estran {number}" for number in range(_AT_ONCE)]
    with ThreadPoolExecutor(_AT_ONCE) as people:
        answers = list(people.map(lambda name: claire.patch(path, {"code_name": name}, read), names))
    told = Counter(answer.status for answer in answers)
    assert told[200] == 1, told
    assert told[409] + told[412] == _AT_ONCE - 1, told
    (won,) = (answer for answer in answers if answer.status == 200)
    now = claire.get(path)
    assert now.expect(200)["code_name"] == won.body["code_name"]
    assert now.headers["ETag"] == won.headers["ETag"] != read["If-Match"]


def test_a_creation_sent_several_times_at_once_under_one_key_is_one_creation(product: LocalProduct) -> None:
    claire = producer(product)
    before = {brief["brief_id"] for brief in claire.get("/api/briefs").expect(200)["briefs"]}
    key = {"Idempotency-Key": "0f6f5f0e-6a2c-4a0e-9f5e-71d5f1f6a9b2"}
    with ThreadPoolExecutor(_AT_ONCE) as attempts:
        answers = list(
            attempts.map(lambda _: claire.post("/api/briefs", {"code_name": "Projet Jusant"}, key), range(_AT_ONCE))
        )
    assert {answer.status for answer in answers} <= {201, 409}
    assert all(answer.headers.get("Retry-After") for answer in answers if answer.status == 409)
    afterwards = claire.post("/api/briefs", {"code_name": "Projet Jusant"}, key).expect(201)
    assert {answer.body["brief_id"] for answer in answers if answer.status == 201} <= {afterwards["brief_id"]}
    after = {brief["brief_id"] for brief in claire.get("/api/briefs").expect(200)["briefs"]}
    assert after - before == {afterwards["brief_id"]}
