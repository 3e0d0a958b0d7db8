"""The taxonomy through the routes: drafted, looked at, published by administrators, and in force everywhere."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from chalicelib.briefs.handlers import settle_brief_obligations, sweep_briefs
from chalicelib.matching.handlers import match_on_brief_events
from chalicelib.platform import words
from chalicelib.platform.table import Table
from chalicelib.taxonomy.handlers import relay_taxonomy_events
from chalicelib.vocabulary import taxonomy as vocabulary
from chalicelib.vocabulary.clock import paris_day, utc_now
from tests.support.api import ADMIN, FREELANCER, PRODUCER, Api, Person
from tests.support.environment import at, forget
from tests.support.examples import brief_body, credit_body, profile_body
from tests.support.records import CONTEXT, envelope, queue_event, stream_event, tick
from tests.support.tables import dump, events, rows
from tests.support.taxonomy_files import NEW_ENTRY, entry, in_force, publish, save
from tests.support.world import World, done


def another_process() -> None:
    """One that was started now: it holds nothing, and looks which version is in force."""
    forget()


def offered(api: Api, dimension: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in done(api.get("/taxonomy"))["dimensions"][dimension]["items"]}


# ---- versions


def test_the_taxonomy_of_the_project_is_in_force_until_one_is_published(api: Api) -> None:
    answer = api.get("/admin/taxonomy", ADMIN)
    assert answer.etag == '"1"'
    read = done(answer)
    assert (read["in_force"], read["draft"]) == (1, None)
    assert read["history"] == [read["shown"]]
    assert (read["shown"]["version"], read["shown"]["published_by"]) == (vocabulary.shipped().version, None)
    assert rows("TaxonomyTable") == []


def test_what_is_read_can_be_sent_back_and_is_no_draft(api: Api) -> None:
    assert save(api, in_force(api))["draft"] is None


def test_a_draft_changes_nothing_until_it_is_published(api: Api) -> None:
    document = in_force(api)
    entry(document, "genres", "noir")["labels"]["fr"] = "Roman noir"
    before = api.get("/taxonomy").content
    saved = save(api, document)
    another_process()
    assert api.get("/taxonomy").content == before
    assert (saved["in_force"], saved["draft"]["made_from"], saved["draft"]["saved_by"]) == (1, 1, ADMIN.sub)
    assert saved["draft"]["taxonomy"] == document
    assert [(one["kind"], one["entry"]) for one in saved["draft"]["changes"]] == [("renamed", "noir")]


def test_a_published_version_says_who_when_and_why_and_is_served_to_anyone(api: Api) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    published = publish(api, document)
    name = f"{paris_day(utc_now()).isoformat()}.2"
    assert (published["in_force"], published["draft"], published["taxonomy"]) == (2, None, document)
    assert {
        name: published["shown"][name] for name in ("number", "version", "published_by", "reason", "differences")
    } == {
        "number": 2,
        "version": name,
        "published_by": ADMIN.sub,
        "reason": "Relecture annuelle.",
        "differences": 1,
    }
    assert [one["number"] for one in published["history"]] == [2, 1]
    another_process()
    assert done(api.get("/taxonomy"))["version"] == name
    assert offered(api, "genres")["island-mystery"]["labels"] == NEW_ENTRY["labels"]
    first = done(api.get("/admin/taxonomy?number=1", ADMIN))
    assert (first["in_force"], first["shown"]["number"]) == (2, 1)
    assert len(first["taxonomy"]["dimensions"]["genres"]["items"]) == len(
        vocabulary.shipped().dimensions["genres"].entries
    )
    assert api.get("/admin/taxonomy?number=3", ADMIN).json["code"] == "unknown_taxonomy_version"


def test_saving_and_publishing_need_the_revision_that_was_read(api: Api) -> None:
    document = in_force(api)
    entry(document, "genres", "noir")["labels"]["fr"] = "Roman noir"
    first = api.put("/admin/taxonomy", document, ADMIN, headers={"If-Match": '"1"'})
    assert first.etag == '"2"'
    for method, path, body in (
        ("PUT", "/admin/taxonomy", document),
        ("POST", "/admin/taxonomy/publish", {"reason": "Trop tard."}),
    ):
        stale = api.call(method, path, body, person=ADMIN, headers={"If-Match": '"1"'})
        assert (stale.status, stale.json["code"]) == (412, "precondition_failed")
        blind = api.call(method, path, body, person=ADMIN, headers={"If-Match": None})
        assert (blind.status, blind.json["code"]) == (428, "precondition_required")
    assert done(api.get("/admin/taxonomy", ADMIN))["in_force"] == 1
    published = api.post("/admin/taxonomy/publish", {"reason": "Relue."}, ADMIN, headers={"If-Match": first.etag})
    assert (done(published)["in_force"], published.etag) == (2, '"3"')


def test_without_a_draft_there_is_nothing_to_publish_or_to_look_at(api: Api) -> None:
    for path, body in (("/admin/taxonomy/publish", {"reason": "Rien."}), ("/admin/taxonomy/preview", {})):
        answer = api.post(path, body, ADMIN)
        assert (answer.status, answer.json["code"]) == (409, "no_draft")


def test_a_draft_is_refused_whole_with_every_wrong_place(api: Api) -> None:
    document = in_force(api)
    document["dimensions"]["stakes"]["items"].pop(0)
    document["dimensions"]["roles"]["items"][0]["retired"] = True
    document["dimensions"]["seniority"]["items"].append(NEW_ENTRY | {"parent": None, "related": []})
    refused = api.put("/admin/taxonomy", document, ADMIN)
    assert (refused.status, refused.codes) == (
        422,
        {
            "/dimensions/stakes/items": "vanished",
            "/dimensions/roles/items/0/retired": "permanent",
            "/dimensions/seniority/items/3/id": "closed_dimension",
        },
    )
    assert rows("TaxonomyTable") == []


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"id": "Roman Noir"}, "/id", "wrong_form"),
        ({"labels": {"fr": "Noir"}}, "/labels/en", "required"),
        ({"related": [{"id": "crime", "weight": 1.2}]}, "/related/0/weight", "too_large"),
        ({"retired": "oui"}, "/retired", "wrong_type"),
        ({"weight": 3}, "/weight", "unknown_field"),
    ],
)
def test_a_field_of_another_form_is_named(api: Api, change: dict[str, Any], pointer: str, code: str) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"][4] |= change
    answer = api.put("/admin/taxonomy", document, ADMIN)
    assert (answer.status, answer.codes) == (422, {f"/dimensions/genres/items/4{pointer}": code})


def test_an_earlier_version_can_be_put_in_force_again_and_what_came_since_stays_known(api: Api) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    entry(document, "tones", "dark")["labels"] = {"fr": "Ténébreux", "en": "Gloomy"}
    publish(api, document)
    waiting = in_force(api)
    entry(waiting, "tones", "gritty")["labels"]["fr"] = "Rugueux"
    save(api, waiting)
    again = publish(api, again=1)
    assert (again["in_force"], again["shown"]["again"], again["draft"]["made_from"]) == (3, 1, 2)
    another_process()
    assert offered(api, "genres")["island-mystery"]["retired"] is True
    assert offered(api, "tones")["dark"]["labels"] == vocabulary.shipped().dimensions["tones"].entries["dark"].labels
    same = api.post("/admin/taxonomy/publish", {"reason": "Encore.", "again": 3}, ADMIN)
    assert (same.status, same.json["code"]) == (409, "already_in_force")
    missing = api.post("/admin/taxonomy/publish", {"reason": "Encore.", "again": 9}, ADMIN)
    assert (missing.status, missing.json["code"]) == (404, "unknown_taxonomy_version")


def test_what_administrators_did_is_in_the_audit_and_goes_through_the_relay(api: Api) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    publish(api, document)
    entries = done(api.get("/admin/audit", ADMIN))["entries"]
    assert [(one["event"], one["actor"]) for one in entries] == [
        ("taxonomy.published", ADMIN.sub),
        ("taxonomy.draft_saved", ADMIN.sub),
    ]
    facts = events("TaxonomyTable")
    assert relay_taxonomy_events(stream_event(*facts, table="TaxonomyTable"), CONTEXT) == {"batchItemFailures": []}
    assert "Mystère" not in json.dumps(facts, default=str, ensure_ascii=False)


# ---- in force everywhere


def test_a_process_that_runs_learns_of_a_version_within_a_minute(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    done(api.get("/taxonomy"))
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    publish(api, document)
    assert "island-mystery" not in offered(api, "genres")
    now = words.time.time()
    monkeypatch.setattr(words.time, "time", lambda: now + words.LOOKED_AT_EVERY_SECONDS)
    assert "island-mystery" in offered(api, "genres")


def test_a_version_is_read_once_and_then_one_small_item_a_minute(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    publish(api, document)
    another_process()
    read: list[str] = []
    get = Table.get
    monkeypatch.setattr(Table, "get", lambda table, pk, sk: read.append(sk) or get(table, pk, sk))
    now = words.time.time()
    for minute in range(3):
        monkeypatch.setattr(words.time, "time", lambda minute=minute: now + 60 * minute)
        for _ in range(2):
            done(api.get("/taxonomy"))
    assert read == ["HEAD", "DOCUMENT#000002", "HEAD", "HEAD"]


def test_routes_that_need_no_words_read_nothing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "get", lambda *_: pytest.fail("read"))
    for path in ("/health", "/config", "/openapi.json"):
        assert api.get(path).status == 200


def test_when_the_version_in_force_cannot_be_read_the_words_that_are_known_serve_on(
    api: Api, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    publish(api, document)
    another_process()
    assert "island-mystery" in offered(api, "genres")
    now = words.time.time()
    monkeypatch.setattr(words.time, "time", lambda: now + 61)

    def unreachable(*_: object) -> None:
        raise RuntimeError("no table")

    monkeypatch.setattr(Table, "get", unreachable)
    assert "island-mystery" in offered(api, "genres")
    assert "words_not_renewed" in logged.getvalue()


# ---- entries that are retired


def without(api: Api, **retired: str) -> None:
    """Publishes a version in which one entry of each of these dimensions is retired."""
    document = in_force(api)
    for dimension, identifier in retired.items():
        entry(document, dimension, identifier)["retired"] = True
    publish(api, document)
    another_process()


def test_a_retired_entry_is_not_chosen_anew_and_stays_where_it_was(world: World) -> None:
    api = world.api
    world.company()
    brief = world.draft()
    genre = brief_body()["genres"][0]
    without(api, genres=genre)
    assert offered(api, "genres")[genre]["retired"] is True
    refused = api.post("/briefs", brief_body(), PRODUCER)
    assert (refused.status, refused.codes) == (422, {"/genres/0": "no_longer_offered"})
    kept = api.patch(f"/briefs/{brief['brief_id']}", {"code_name": "Autre nom", "genres": brief["genres"]}, PRODUCER)
    assert done(kept)["genres"] == brief["genres"]
    gone = done(api.patch(f"/briefs/{brief['brief_id']}", {"genres": ["comedy"]}, PRODUCER))
    assert gone["genres"] == ["comedy"]
    back = api.patch(f"/briefs/{brief['brief_id']}", {"genres": ["comedy", genre]}, PRODUCER)
    assert back.codes == {"/genres/1": "no_longer_offered"}


def test_a_profile_keeps_what_it_had_and_takes_nothing_retired(world: World) -> None:
    api = world.api
    profile = world.profile(verified=False)
    region, form = profile_body()["region"], credit_body()["format"]
    without(api, regions=region, formats=form)
    assert done(api.put("/profiles/mine", profile_body(display_name="Nom d’usage"), FREELANCER))["region"] == region
    credit_id = profile["credits"][0]["credit_id"]
    done(api.put(f"/profiles/mine/credits/{credit_id}", credit_body(title="Titre corrigé"), FREELANCER))
    other = Person("sub-other", "autre@courriel.test", ("freelancers",))
    assert api.put("/profiles/mine", profile_body(), other).codes == {
        "/region": "no_longer_offered",
        "/specialities/formats/0": "no_longer_offered",
    }
    done(api.put("/profiles/mine", profile_body(region="corse", specialities={}), other))
    assert api.post("/profiles/mine/credits", credit_body(), other).codes == {"/format": "no_longer_offered"}


def test_retired_entries_are_still_looked_for_and_named(world: World) -> None:
    api = world.api
    world.company()
    world.profile()
    brief = world.live_brief()
    genre = brief["genres"][0]
    without(api, genres=genre)
    [card] = done(api.get(f"/projects?genre={genre}", FREELANCER))["projects"]
    assert genre in card["genres"]


def test_a_renamed_entry_is_called_by_its_new_name_in_reasons(world: World) -> None:
    document = in_force(world.api)
    entry(document, "formats", "series-52")["labels"] = {"fr": "Série d’une heure", "en": "One-hour series"}
    publish(world.api, document)
    another_process()
    words.renew()
    from chalicelib.matching.wording import phrase

    assert phrase(vocabulary.taxonomy(), "formats", "series-52").fr == "série d’une heure"
    assert phrase(vocabulary.shipped(), "formats", "series-52").fr == "une série 52′"


# ---- what it changes in matching


def market(world: World) -> dict[str, Any]:
    """A live project that wants a dark tone, and three people: one has it, one has what is near, one neither."""
    world.company()
    for number, tones in enumerate((["dark"], ["gritty"], ["feel-good"])):
        person = Person(f"sub-{number}", f"personne{number}@courriel.test", ("freelancers",))
        world.profile(person, credits=({"tones": tones},), display_name=f"Personne {number}")
    brief = world.live_brief(tones=["dark"])
    world.match()
    return brief


def unlike(api: Api) -> dict[str, Any]:
    """A draft in which a dark tone is like one that is feel-good, and unlike a gritty one."""
    document = in_force(api)
    for name in ("dark", "gritty", "feel-good"):
        one = entry(document, "tones", name)
        one["related"] = [link for link in one["related"] if link["id"] not in ("dark", "gritty", "feel-good")]
    entry(document, "tones", "dark")["related"].append({"id": "feel-good", "weight": 0.9})
    return document


def shown(api: Api, brief_id: str) -> list[str]:
    return [one["profile"]["profile_id"] for one in done(api.get(f"/briefs/{brief_id}/matches", PRODUCER))["matches"]]


def deliver() -> None:
    """What happened to the taxonomy, to briefs; what happened to briefs, to matching; what came of it, to briefs."""
    for table in ("TaxonomyTable", "MatchingTable"):
        told = [envelope(item) for item in events(table)]
        assert settle_brief_obligations(queue_event(*told), CONTEXT) == {"batchItemFailures": []}
        if table == "TaxonomyTable":
            assert match_on_brief_events(stream_event(*events("BriefsTable")), CONTEXT) == {"batchItemFailures": []}


def test_a_preview_shows_what_would_move_and_keeps_nothing(world: World) -> None:
    brief = market(world)
    save(world.api, unlike(world.api))
    standing = shown(world.api, brief["brief_id"])
    before = dump()
    preview = done(world.api.post("/admin/taxonomy/preview", {}, ADMIN))
    assert dump() == before
    assert {one["kind"] for one in preview["changes"]} == {"related"}
    assert (preview["in_force"], preview["projects_looked_at"], preview["projects_changed"]) == (1, 1, 1)
    [effect] = preview["projects"]
    assert (effect["brief_id"], effect["code_name"]) == (brief["brief_id"], brief["code_name"])
    assert effect["before"] == standing
    assert effect["after"] == [standing[0], standing[2], standing[1]]
    assert (effect["entering"], effect["leaving"]) == ([], [])
    assert effect["moved"] == [
        {"profile_id": standing[2], "before": 3, "after": 2},
        {"profile_id": standing[1], "before": 2, "after": 3},
    ]
    assert "Personne" not in json.dumps(preview, ensure_ascii=False)
    assert done(world.api.post("/admin/taxonomy/preview", {"projects": 0}, ADMIN))["projects"] == []


def test_what_the_preview_showed_is_what_publishing_gives_with_a_cause_that_producers_read(world: World) -> None:
    brief = market(world)
    save(world.api, unlike(world.api))
    [effect] = done(world.api.post("/admin/taxonomy/preview", {}, ADMIN))["projects"]
    published = publish(world.api)
    deliver()
    read = done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))
    assert [one["profile"]["profile_id"] for one in read["matches"]] == effect["after"]
    assert read["cause"] == "vocabulary"
    [run] = [one for one in rows("MatchingTable") if one["sk"].startswith("RUN#") and one["cause"] == "vocabulary"]
    assert run["taxonomy_version"] == published["shown"]["version"]
    assert not [one for one in rows("BriefsTable") if one["sk"] == "OWED#matching"]


def test_a_publication_that_comes_twice_or_late_asks_once_for_each_live_project(world: World) -> None:
    brief = market(world)
    world.draft()
    publish(world.api, unlike(world.api))
    for _ in range(2):
        deliver()
    asked = [one for one in events("BriefsTable") if one["event_type"] == "brief.vocabulary_changed"]
    assert [(one["payload"]["brief_id"], one["payload"]["number"]) for one in asked] == [(brief["brief_id"], 2)]


def test_a_publication_whose_news_got_lost_is_followed_at_the_next_tick(world: World) -> None:
    brief = market(world)
    publish(world.api, unlike(world.api))
    another_process()
    for _ in range(2):
        sweep_briefs(tick(), CONTEXT)
    asked = [one for one in events("BriefsTable") if one["event_type"] == "brief.vocabulary_changed"]
    assert [one["payload"]["brief_id"] for one in asked] == [brief["brief_id"]]
    [owed] = [one for one in rows("BriefsTable") if one["sk"] == "OWED#matching"]
    assert owed["due_at"]


def test_ranking_uses_the_version_in_force_and_not_the_one_that_a_process_still_holds(world: World) -> None:
    brief = market(world)
    done(world.api.get("/taxonomy"))
    publish(world.api, unlike(world.api))
    assert vocabulary.taxonomy().number == 1
    deliver()
    assert vocabulary.taxonomy().number == 2
    assert done(world.api.get(f"/briefs/{brief['brief_id']}/matches", PRODUCER))["cause"] == "vocabulary"


def test_the_new_version_is_dated_in_paris(api: Api) -> None:
    document = in_force(api)
    document["dimensions"]["genres"]["items"].append(NEW_ENTRY)
    with at(utc_now().replace(year=2026, month=12, day=31, hour=23, minute=30)):
        assert publish(api, document)["shown"]["version"] == "2027-01-01.2"
