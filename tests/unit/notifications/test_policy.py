"""Before an e-mail goes: is it wanted, does the address take it, is this the hour, were there enough today."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.models import Channels, Kind, Preferences, Suppression, address_id
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.vocabulary.clock import PARIS, stamp
from tests.support.notification_fakes import ADDRESS, BRIEF, CLAIRE, Killed, PostOffice

KEY = f"shortlist/{BRIEF}/1"
TODAY = "2026-11-23"
DIGEST = f"digest/{CLAIRE}/2026-11-24"

ONLY_DIGEST = Channels(email=False, digest=True)
ONLY_AT_ONCE = Channels(email=True, digest=False)
NOTHING = Channels(email=False, digest=False)


@pytest.fixture
def office() -> PostOffice:
    """Quiet hours from 21 to 7, three e-mails a day. It is nine in the morning in Paris."""
    return PostOffice(Rhythm())


def wishes(office: PostOffice, **kinds: Channels) -> None:
    chosen: dict[Kind, Channels] = dict(kinds)  # type: ignore[arg-type]
    office.store.wishes[CLAIRE] = Preferences(CLAIRE, None, chosen, 1)


def paris(office: PostOffice, text: str) -> None:
    """It is that hour in Paris."""
    office.now = datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def live(office: PostOffice) -> None:
    """A project whose first e-mail has gone."""
    office.hear(office.publish("a"))
    office.work_off()
    assert office.post.keys == [KEY]
    office.post.accepted.clear()


def change(office: PostOffice, *people: str) -> str:
    """Somebody new is seated, and the queue is worked off; the key of the e-mail that would tell it."""
    office.hear(office.compute(*people))
    office.work_off()
    return f"changes/{BRIEF}/1/{office.sources.version}"


# Preferences


def test_without_preferences_everything_goes_at_once(office: PostOffice) -> None:
    live(office)
    office.later(minutes=20)
    key = change(office, "a", "b")
    assert office.post.keys == [key]


def test_what_is_turned_off_ends_unwanted_and_asks_the_post_for_nothing(office: PostOffice) -> None:
    wishes(office, shortlist=NOTHING)
    office.hear(office.publish("a"))
    office.work_off()
    assert (office.email().state, office.email().error_code) == ("unwanted", "turned_off")
    assert office.post.asked == 0
    office.pass_time(24 * 60)
    assert office.post.asked == 0


def test_one_kind_turned_off_leaves_the_other_on(office: PostOffice) -> None:
    wishes(office, shortlist=NOTHING)
    office.hear(office.publish("a"))
    office.work_off()
    office.later(minutes=20)
    assert office.post.keys == []
    key = change(office, "a", "b")
    assert office.post.keys == [key]


def test_a_language_that_was_set_wins_over_the_company_s(office: PostOffice) -> None:
    office.store.wishes[CLAIRE] = Preferences(CLAIRE, "en", {}, 1)
    office.hear(office.publish("a"))
    office.work_off()
    assert office.post.accepted[0][2].subject == "shortlist en Projet Goémon"


def test_every_e_mail_carries_the_link_that_turns_its_kind_off(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.later(minutes=20)
    change(office, "a", "b")
    links = [message.unsubscribe for _, _, message in office.post.accepted]
    assert [link.rsplit("/", 1)[1] for link in links] == [f"{CLAIRE}.shortlist", f"{CLAIRE}.shortlist_changes"]


# Suppressed addresses


def test_an_address_that_gets_nothing_ends_its_e_mails_suppressed_and_asks_the_post_for_nothing(
    office: PostOffice,
) -> None:
    digest = address_id(ADDRESS)
    office.store.suppressed[digest] = Suppression(digest, "hard_bounce", stamp(office.now))
    office.hear(office.publish("a"))
    office.work_off()
    assert (office.email().state, office.email().error_code) == ("suppressed", "hard_bounce")
    assert office.post.asked == 0


def test_an_address_is_the_same_in_capitals() -> None:
    assert address_id(" Claire@Falaise-Films.TEST ") == address_id("claire@falaise-films.test")


# Quiet hours


def test_changes_at_night_wait_for_seven_and_say_why(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T21:00")
    key = change(office, "a", "b")
    waiting = office.store.emails[key]
    assert (waiting.state, waiting.held_for, waiting.attempts) == ("planned", "quiet_hours", 0)
    assert waiting.due_at == "2026-11-24T06:00:00.000Z"
    office.pass_time(10 * 60 - 5)
    assert office.post.keys == []
    office.pass_time(10)
    assert office.post.keys == [key]
    assert office.store.emails[key].held_for is None


def test_changes_at_a_minute_to_nine_in_the_evening_go_at_once(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T20:59")
    key = change(office, "a", "b")
    assert office.post.keys == [key]


def test_the_answer_to_a_publication_goes_at_any_hour_and_counts_towards_no_ceiling(office: PostOffice) -> None:
    paris(office, f"{TODAY}T03:00")
    office.hear(office.publish("a"))
    office.work_off()
    assert office.post.keys == [KEY]
    assert office.store.places == {}


def test_a_message_about_an_e_mail_that_is_held_does_nothing_before_its_hour(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T22:00")
    key = change(office, "a", "b")
    before = office.store.emails[key]
    office.queue.enqueue(key)
    office.work_off()
    assert office.store.emails[key] == before


def test_further_changes_of_the_night_go_together_once_the_first_have_gone(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T22:00")
    change(office, "a", "b")
    for people in (("a", "b", "c"), ("a", "b", "c", "d")):
        office.later(minutes=90)
        change(office, *people)
    office.pass_time(12 * 60)
    assert [message.text for _, _, message in office.post.accepted] == ["b", "c,d"]


# The ceiling and the digest


def four_changes(office: PostOffice) -> list[str]:
    """Four e-mails' worth of news on one day, a good while apart."""
    people = ["a"]
    keys = []
    for newcomer in "bcde":
        office.later(minutes=30)
        people.append(newcomer)
        keys.append(change(office, *people))
    return keys


def test_three_e_mails_a_day_go_at_once_and_the_fourth_joins_the_digest_of_the_morning(office: PostOffice) -> None:
    live(office)
    keys = four_changes(office)
    assert office.post.keys == keys[:3]
    assert office.store.emails[keys[3]].state == "digested"
    digest = office.store.emails[DIGEST]
    assert (digest.state, digest.held_for, digest.due_at) == ("planned", "digest_hour", "2026-11-24T07:30:00.000Z")
    office.pass_time(24 * 60)
    key, recipient, message = office.post.accepted[3]
    assert (key, recipient.email, message.html) == (DIGEST, ADDRESS, f"{BRIEF}:e")
    sent = office.store.emails[DIGEST]
    assert sent.sent_at is not None
    assert "2026-11-24T07:30" <= sent.sent_at < "2026-11-24T07:36"
    assert len(office.post.accepted) == 4


def test_the_next_day_has_places_again(office: PostOffice) -> None:
    live(office)
    four_changes(office)
    paris(office, "2026-11-24T09:00")
    office.sweep()
    office.work_off()
    key = change(office, "a", "b", "c", "d", "e", "f")
    assert office.post.keys[-1] == key


def test_the_day_is_that_of_paris() -> None:
    office = PostOffice(Rhythm(0, 0, 1))
    live(office)
    paris(office, f"{TODAY}T23:30")
    first = change(office, "a", "b")
    paris(office, "2026-11-24T00:30")  # still the 23rd in London
    second = change(office, "a", "b", "c")
    assert office.post.keys == [first, second]


def test_whoever_wants_no_digest_gets_the_fourth_at_seven_the_next_morning(office: PostOffice) -> None:
    wishes(office, shortlist_changes=ONLY_AT_ONCE)
    live(office)
    keys = four_changes(office)
    held = office.store.emails[keys[3]]
    assert (held.state, held.held_for, held.due_at) == ("planned", "daily_ceiling", "2026-11-24T06:00:00.000Z")
    office.pass_time(24 * 60)
    assert office.post.keys == keys
    assert DIGEST not in office.store.emails


def test_whoever_wants_the_digest_alone_gets_one_e_mail_a_day_with_everything(office: PostOffice) -> None:
    wishes(office, shortlist=ONLY_DIGEST, shortlist_changes=ONLY_DIGEST)
    office.hear(office.publish("a"))
    office.work_off()
    people = ["a"]
    for newcomer in "bcd":
        office.later(minutes=30)
        people.append(newcomer)
        change(office, *people)
    assert office.post.keys == []
    office.pass_time(24 * 60)
    assert office.post.keys == [DIGEST]
    assert office.post.accepted[0][2].html == f"{BRIEF}:a,b,c,d", "the shortlist as it stands, with its newcomers"


def test_a_digest_joins_the_newcomers_of_one_project(office: PostOffice) -> None:
    wishes(office, shortlist_changes=ONLY_DIGEST)
    live(office)
    people = ["a"]
    for newcomer in "bc":
        office.later(minutes=30)
        people.append(newcomer)
        change(office, *people)
    [entry] = office.store.emails[DIGEST].entries
    assert entry.newcomers == ("b", "c")


def test_what_comes_while_the_digest_of_today_goes_waits_for_tomorrow_s(office: PostOffice) -> None:
    wishes(office, shortlist_changes=ONLY_DIGEST)
    paris(office, f"{TODAY}T07:30")
    live(office)
    office.later(minutes=20)
    change(office, "a", "b")
    today = f"digest/{CLAIRE}/{TODAY}"
    office.store.emails[today] = replace(office.store.emails[today], state="sending")
    office.later(minutes=20)  # ten past eight: a clock that is ahead has already sent it
    change(office, "a", "b", "c")
    assert [entry.newcomers for entry in office.store.emails[today].entries] == [("b",)]
    assert [entry.newcomers for entry in office.store.emails[DIGEST].entries] == [("c",)]


def with_a_digest(office: PostOffice) -> None:
    wishes(office, shortlist_changes=ONLY_DIGEST)
    live(office)
    office.later(minutes=20)
    change(office, "a", "b")
    assert office.store.emails[DIGEST].state == "planned"


def test_a_digest_about_a_project_that_is_over_is_cancelled(office: PostOffice) -> None:
    with_a_digest(office)
    office.close()
    office.pass_time(24 * 60)
    assert (office.store.emails[DIGEST].state, office.post.keys) == ("cancelled", [])
    assert office.store.emails[DIGEST].error_code == "nothing_left_to_tell"


def test_a_digest_about_somebody_who_left_is_cancelled(office: PostOffice) -> None:
    with_a_digest(office)
    office.sources.withdrawn.add("b")
    office.pass_time(24 * 60)
    assert (office.store.emails[DIGEST].state, office.post.keys) == ("cancelled", [])


def test_a_digest_for_a_member_who_left_or_whose_project_another_took_over_is_cancelled(office: PostOffice) -> None:
    with_a_digest(office)
    office.sources.addressee = Recipient("sub-colleague", "paule@falaise-films.test", "fr")
    office.pass_time(24 * 60)
    assert (office.store.emails[DIGEST].state, office.post.keys) == ("cancelled", [])


def test_a_digest_turned_off_before_it_went_ends_unwanted(office: PostOffice) -> None:
    with_a_digest(office)
    wishes(office, shortlist_changes=NOTHING)
    office.pass_time(24 * 60)
    assert (office.store.emails[DIGEST].state, office.post.keys) == ("unwanted", [])


def test_a_digest_to_an_address_that_gets_nothing_ends_suppressed(office: PostOffice) -> None:
    with_a_digest(office)
    digest = address_id(ADDRESS)
    office.store.suppressed[digest] = Suppression(digest, "complaint", stamp(office.now))
    office.pass_time(24 * 60)
    assert (office.store.emails[DIGEST].state, office.store.emails[DIGEST].error_code) == ("suppressed", "complaint")


def test_a_digest_held_up_by_an_outage_until_the_evening_goes_in_the_morning(office: PostOffice) -> None:
    with_a_digest(office)
    office.post.mood = "busy"
    paris(office, "2026-11-24T20:55")
    office.sweep()
    office.work_off()
    assert office.store.emails[DIGEST].error_code == "ses_busy"
    office.post.mood = "accepts"
    office.pass_time(30)
    assert office.store.emails[DIGEST].held_for == "quiet_hours"
    office.pass_time(12 * 60)
    assert office.post.keys == [DIGEST]


def test_an_e_mail_tried_again_takes_one_place_of_the_day(office: PostOffice) -> None:
    live(office)
    office.later(minutes=20)
    office.post.mood = "busy"
    key = change(office, "a", "b")
    office.pass_time(60)
    office.post.mood = "accepts"
    office.pass_time(60)
    assert office.post.keys == [key]
    [taken] = office.store.places.values()
    assert taken == [key]


def test_an_e_mail_held_every_night_is_never_given_up(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T22:00")
    key = change(office, "a", "b")
    for _ in range(30):
        office.later(days=1)
        office.sweep()
        office.work_off()
    assert (office.store.emails[key].state, office.store.emails[key].attempts) == ("planned", 0)
    office.later(hours=10)
    office.sweep()
    office.work_off()
    assert office.post.keys == [key]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fatal", range(1, 26))
def test_a_kill_while_a_fourth_e_mail_goes_over_into_the_digest_still_tells_it_once(fatal: int, after: bool) -> None:
    office = PostOffice(Rhythm(21, 7, 1))
    live(office)
    office.later(minutes=20)
    first = change(office, "a", "b")
    office.later(minutes=20)
    changed = office.compute("a", "b", "c")
    office.wire.calls.clear()
    office.wire.fatal, office.wire.after = fatal, after
    with suppress(Killed):
        office.hear(changed)
        office.work_off()
    office.wire.fatal = None
    office.hear(changed)
    office.work_off()
    office.pass_time(30 * 60)
    assert office.post.keys == [first, DIGEST]
    assert office.post.accepted[-1][2].html == f"{BRIEF}:c"
    assert [len(taken) for taken in office.store.places.values()] == [1]


def test_the_kills_above_cover_every_call_on_the_way_into_the_digest() -> None:
    office = PostOffice(Rhythm(21, 7, 1))
    live(office)
    office.later(minutes=20)
    change(office, "a", "b")
    office.later(minutes=20)
    office.wire.calls.clear()
    change(office, "a", "b", "c")
    assert office.wire.calls[-3:] == ["store.take_place", "store.email", "store.hand_over"]
    assert len(office.wire.calls) <= 25


def test_two_e_mails_that_go_over_at_once_are_both_told(office: PostOffice) -> None:
    wishes(office, shortlist_changes=ONLY_DIGEST)
    live(office)
    office.later(minutes=20)
    hand_over = office.store.hand_over
    calls = 0

    def meanwhile(*given: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            digest = given[3]
            entry = replace(digest.entries[0], brief_id="brief-2", newcomers=("z",))  # type: ignore[attr-defined]
            office.store.emails[DIGEST] = replace(digest, entries=(entry,))  # type: ignore[type-var]
        hand_over(*given)  # type: ignore[arg-type]

    office.store.hand_over = meanwhile  # type: ignore[method-assign]
    change(office, "a", "b")
    assert [entry.brief_id for entry in office.store.emails[DIGEST].entries] == ["brief-2", BRIEF]


def test_a_held_e_mail_is_never_late_by_more_than_a_tick(office: PostOffice) -> None:
    live(office)
    paris(office, f"{TODAY}T23:00")
    key = change(office, "a", "b")
    office.pass_time(9 * 60)
    sent = office.store.emails[key].sent_at
    assert sent is not None
    seven = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert seven <= datetime.fromisoformat(sent) <= seven + timedelta(minutes=5)
