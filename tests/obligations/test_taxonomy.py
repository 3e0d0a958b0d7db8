"""What law and fairness make of the words that matching goes by, by row of the obligations: its number is in each
test's name."""

from __future__ import annotations

import json
from typing import Any

from chalicelib.matching import wiring as matching
from chalicelib.taxonomy import wiring as taxonomies
from chalicelib.vocabulary.ids import id_of
from chalicelib.vocabulary.taxonomy import parse
from tests.app.test_taxonomy import another_process, deliver, market, unlike
from tests.support.api import ADMIN, PRODUCER
from tests.support.tables import rows
from tests.support.taxonomy_files import in_force, publish, save
from tests.support.world import World, done

#: What of a run tells how people stood.
_RANKED = ("seats", "ranked", "candidates_digest", "rotation", "junior_rotation")


def runs(cause: str) -> list[dict[str, Any]]:
    return [one for one in rows("MatchingTable") if one["sk"].startswith("RUN#") and one["cause"] == cause]


def as_bytes(run: dict[str, Any]) -> str:
    return json.dumps({name: run[name] for name in _RANKED}, sort_keys=True, default=str)


def ranked_again(brief_id: str, seed: str) -> dict[str, Any]:
    """The log of one more computation, by a process that was started now."""
    another_process()
    run_id = id_of("again", seed)
    matching.service().match_brief(brief_id, run_id, "overdue")
    return next(one for one in runs("overdue") if one["run_id"] == run_id)


def test_row_8_each_run_says_which_version_of_the_taxonomy_it_was_made_with(world: World) -> None:
    brief_id = market(world)["brief_id"]
    [first] = runs("published")
    published = publish(world.api, unlike(world.api))
    deliver()
    [second] = runs("vocabulary")
    versions = {one["version"]: one["number"] for one in published["history"]}
    assert [versions[run["taxonomy_version"]] for run in (first, second)] == [1, 2]
    assert second["brief_id"] == brief_id


def test_row_8_the_version_that_a_run_names_gives_the_same_ranking_after_others_were_published(world: World) -> None:
    brief_id = market(world)["brief_id"]
    publish(world.api, unlike(world.api))
    [second] = [ranked_again(brief_id, "with the second")]
    publish(world.api, again=1)
    third = ranked_again(brief_id, "with the third")
    assert as_bytes(third) != as_bytes(second)
    number = next(
        one["number"]
        for one in done(world.api.get("/admin/taxonomy", ADMIN))["history"]
        if one["version"] == second["taxonomy_version"]
    )
    document = taxonomies.service().state(number).document
    seats = matching.service().foresee(brief_id, parse({**document, "version": second["taxonomy_version"]}))
    assert seats == tuple(seat["profile_id"] for seat in second["seats"])


def test_row_8_the_same_words_published_again_give_the_same_ranking_to_the_byte(world: World) -> None:
    brief_id = market(world)["brief_id"]
    first = ranked_again(brief_id, "before any publication")
    publish(world.api, unlike(world.api))
    moved = ranked_again(brief_id, "with other words")
    publish(world.api, again=1)
    last = ranked_again(brief_id, "with the first again")
    assert as_bytes(moved) != as_bytes(first)
    assert as_bytes(last) == as_bytes(first)
    assert len({one["taxonomy_version"] for one in (first, moved, last)}) == 3


def test_row_8_a_draft_ranks_nobody(world: World) -> None:
    brief_id = market(world)["brief_id"]
    first = ranked_again(brief_id, "before the draft")
    save(world.api, unlike(world.api))
    done(world.api.post("/admin/taxonomy/preview", {}, ADMIN))
    assert as_bytes(ranked_again(brief_id, "with a draft")) == as_bytes(first)
    assert runs("vocabulary") == []


def test_row_9_a_shortlist_that_other_words_reshuffle_says_so_to_its_producer(world: World) -> None:
    brief_id = market(world)["brief_id"]
    publish(world.api, unlike(world.api))
    deliver()
    read = done(world.api.get(f"/briefs/{brief_id}/matches", PRODUCER))
    assert read["cause"] == "vocabulary"
    assert read["cause_label"] == {"fr": "Le vocabulaire a changé.", "en": "The vocabulary changed."}


def test_row_9_anyone_reads_the_words_and_weights_in_force_and_which_version_they_are(world: World) -> None:
    published = publish(world.api, unlike(world.api))
    another_process()
    read = done(world.api.get("/taxonomy"))
    assert read["version"] == published["shown"]["version"]
    dark = next(one for one in read["dimensions"]["tones"]["items"] if one["id"] == "dark")
    assert {"id": "feel-good", "weight": 0.9} in dark["related"]
    listed = {name: [one["id"] for one in of["items"]] for name, of in in_force(world.api)["dimensions"].items()}
    assert {name: [one["id"] for one in of["items"]] for name, of in read["dimensions"].items()} == listed
