"""One e-mail per publication, changes gathered, failures sorted."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest

from chalicelib.notifications.casework import Recipient
from chalicelib.notifications.models import ATTEMPTS, CLAIM_LASTS, FINAL
from chalicelib.platform.errors import Retryable
from tests.support.notification_fakes import BRIEF, CLAIRE, EVERY, Killed, PostOffice

KEY = f"shortlist/{BRIEF}/1"


def test_a_publication_sends_one_e_mail_to_whoever_published_in_their_language(office: PostOffice) -> None:
    office.sources.addressee = Recipient(CLAIRE, "paul@falaise-films.test", "en")
    office.hear(office.publish("a", "b"))
    office.work_off()
    [(key, recipient, message)] = office.post.accepted
    assert key == KEY
    assert recipient.email == "paul@falaise-films.test"
    assert message.subject == "shortlist en Projet Goémon"
    assert message.html == "a,b"
    sent = office.email()
    assert (sent.state, sent.attempts, sent.ses_message_id, sent.due_at) == ("sent", 1, "message-1", None)


def test_the_same_news_three_times_and_the_same_message_three_times_send_one_e_mail(office: PostOffice) -> None:
    published = office.publish("a")
    office.hear(published, published, published)
    office.queue.waiting = [KEY, KEY, KEY]
    office.work_off()
    office.hear(published)
    office.pass_time(120)
    assert office.post.keys == [KEY]


def test_an_empty_shortlist_is_told_too(office: PostOffice) -> None:
    office.hear(office.publish())
    office.work_off()
    assert office.post.accepted[0][2].html == ""


def test_reopening_sends_another_e_mail_and_editing_does_not(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.hear(office.compute("a", cause="revised"))
    office.work_off()
    assert office.post.keys == [KEY]
    office.hear(office.publish("a"))
    office.work_off()
    assert office.post.keys == [KEY, f"shortlist/{BRIEF}/2"]


def test_people_who_only_change_places_are_not_worth_an_e_mail(office: PostOffice) -> None:
    office.hear(office.publish("a", "b"))
    office.work_off()
    told = office.compute("b", "a")
    assert (told.changed, told.reordered) == (False, True)
    office.hear(told)
    office.pass_time(120)
    assert office.post.keys == [KEY]


def test_news_of_an_earlier_publication_that_comes_late_sends_nothing(office: PostOffice) -> None:
    first = office.publish("a")
    second = office.publish("a")
    office.hear(second)
    office.hear(first)
    office.pass_time(60)
    assert office.post.keys == [f"shortlist/{BRIEF}/2"]


def test_an_e_mail_of_a_publication_that_another_replaced_before_it_went_is_cancelled(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.hear(office.publish("a"))
    office.work_off()
    assert office.post.keys == [f"shortlist/{BRIEF}/2"]
    assert (office.email().state, office.email().error_code) == ("cancelled", "project_no_longer_live")


def test_a_project_closed_before_its_e_mail_went_cancels_it_for_good(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.close()
    office.work_off()
    assert office.email().state == "cancelled"
    office.pass_time(120)
    assert office.post.asked == 0


def test_a_project_that_is_no_more_cancels_its_e_mail(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.sources.current = None
    office.work_off()
    assert office.email().state == "cancelled"


def test_a_refused_address_is_marked_and_never_tried_again(office: PostOffice) -> None:
    office.post.mood = "refuses"
    office.hear(office.publish("a"))
    office.work_off()
    assert (office.email().state, office.email().error_code) == ("refused", "message_rejected")
    office.post.mood = "accepts"
    office.queue.enqueue(KEY)
    office.pass_time(24 * 60)
    assert office.post.asked == 1
    [refused], _ = office.service.in_state("refused", None)
    assert refused.dedup_key == KEY


def test_a_member_who_left_is_a_refusal_and_asks_the_post_for_nothing(office: PostOffice) -> None:
    office.sources.addressee = None
    office.hear(office.publish("a"))
    office.work_off()
    assert (office.email().state, office.email().error_code) == ("refused", "no_recipient")
    assert office.post.asked == 0


def test_a_busy_post_is_asked_again_later_and_the_e_mail_then_goes_once(office: PostOffice) -> None:
    office.post.mood = "busy"
    office.hear(office.publish("a"))
    office.work_off()
    waiting = office.email()
    assert (waiting.state, waiting.attempts, waiting.error_code) == ("planned", 1, "ses_busy")
    assert waiting.due_at is not None
    office.post.mood = "accepts"
    office.pass_time(30)
    assert office.post.keys == [KEY]
    assert (office.email().state, office.email().attempts) == ("sent", 2)
    assert office.email().error_code is None


def test_a_post_that_is_out_for_four_hours_loses_no_e_mail(office: PostOffice) -> None:
    office.post.mood = "busy"
    office.hear(office.publish("a"))
    office.work_off()
    office.pass_time(4 * 60)
    assert office.email().state == "planned"
    office.post.mood = "accepts"
    office.pass_time(120)
    assert office.post.keys == [KEY]


def test_an_e_mail_that_never_goes_is_given_up_after_ten_attempts(office: PostOffice) -> None:
    office.post.mood = "busy"
    office.hear(office.publish("a"))
    office.work_off()
    office.pass_time(24 * 60)
    assert office.post.asked == ATTEMPTS == 10
    assert (office.email().state, office.email().error_code) == ("given_up", "ses_busy")
    assert office.email().due_at is None


def test_an_e_mail_over_which_functions_die_is_given_up_too(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.queue.waiting.clear()
    for _ in range(ATTEMPTS):
        office.wire.calls.clear()
        office.wire.fatal = 6  # email, change, project, recipient, preferences, then this one: the proposals
        with pytest.raises(Killed, match=r"sources\.proposals"):
            office.service.send(KEY)
        office.wire.fatal = None
        office.later(minutes=6)
    office.pass_time(60)
    assert office.post.asked == 0
    assert (office.email().state, office.email().error_code) == ("given_up", "died_sending")


def test_a_claim_keeps_others_away_until_its_holder_must_be_dead(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.queue.waiting.clear()
    office.wire.calls.clear()
    office.wire.fatal = 3
    with pytest.raises(Killed):
        office.service.send(KEY)
    office.wire.fatal = None
    assert office.email().state == "sending"
    office.later(seconds=CLAIM_LASTS.total_seconds())
    office.service.send(KEY)
    assert office.post.keys == []
    office.later(seconds=1)
    office.service.send(KEY)
    assert office.post.keys == [KEY]


def test_whoever_lost_its_claim_while_sending_marks_nothing(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    taken_over = replace(office.email(), state="sending", attempts=2)
    accept = office.post.send

    def slow(*given: object) -> str:
        office.store.emails[KEY] = taken_over
        return accept(*given)  # type: ignore[arg-type]

    office.post.send = slow  # type: ignore[method-assign]
    office.work_off()
    assert office.email() == taken_over


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fatal", range(1, 17))
def test_a_kill_at_any_point_between_plan_and_mark_loses_no_e_mail_and_repeats_it_in_the_known_window_only(
    fatal: int, after: bool
) -> None:
    office = PostOffice()
    office.wire.fatal, office.wire.after = fatal, after
    published = office.publish("a", "b")
    for step in (lambda: office.hear(published), office.work_off):
        with suppress(Killed):
            step()
    killed_at = office.wire.calls[fatal - 1] if len(office.wire.calls) >= fatal else None
    at_first = list(office.wire.calls)
    office.wire.fatal = None
    # The stream and the queue deliver again what nobody acknowledged; the sweeper does the rest.
    office.hear(published)
    office.work_off()
    office.pass_time(20)
    assert set(office.post.keys) == {KEY}
    assert office.email().state == "sent"
    accepted_unmarked = (killed_at == "post.send" and after) or (
        killed_at == "store.change" and not after and "post.send" in at_first
    )
    assert len(office.post.keys) == (2 if accepted_unmarked else 1)
    office.pass_time(24 * 60)
    assert len(office.post.keys) == (2 if accepted_unmarked else 1)
    assert all(email.state in FINAL for email in office.store.emails.values())


def test_the_kills_above_cover_every_call_between_plan_and_mark(office: PostOffice) -> None:
    office.hear(office.publish("a", "b"))
    office.work_off()
    assert office.wire.calls == [
        "store.gathering",
        "sources.seated",
        "store.plan",
        "queue.enqueue",
        "store.email",
        "store.change",
        "sources.project",
        "sources.recipient",
        "store.preferences",
        "sources.proposals",
        "store.suppression",
        "links.unsubscribe",
        "renderer.render",
        "store.note_sent",
        "post.send",
        "store.change",
        "views.listed",
    ]


def test_whom_an_e_mail_names_is_noted_once_it_is_sent_and_not_before(office: PostOffice) -> None:
    office.post.mood = "busy"
    office.hear(office.publish("a", "b"))
    office.work_off()
    assert office.views.given == []
    office.post.mood = "accepts"
    office.pass_time(20)
    assert office.views.given == [(BRIEF, "a"), (BRIEF, "b")]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fatal", range(1, 20))
def test_a_kill_while_telling_changes_still_tells_them_once(fatal: int, after: bool) -> None:
    office = PostOffice()
    office.hear(office.publish("a"))
    office.work_off()
    office.later(minutes=30)
    changed = office.compute("a", "b")
    office.wire.calls.clear()
    office.wire.fatal, office.wire.after = fatal, after
    with pytest.raises(Killed):
        office.hear(changed)
        office.work_off()
    killed_at, at_first = office.wire.calls[-1], list(office.wire.calls)
    office.wire.fatal = None
    office.hear(changed)
    office.work_off()
    office.pass_time(60)
    told = [key for key in office.post.keys if key != KEY]
    assert told[0] == f"changes/{BRIEF}/1/2"
    accepted_unmarked = (killed_at == "post.send" and after) or (
        killed_at == "store.change" and not after and "post.send" in at_first
    )
    assert len(told) == (2 if accepted_unmarked else 1)


def test_two_functions_that_announce_at_once_plan_one_e_mail_and_the_later_news_is_not_lost(
    office: PostOffice,
) -> None:
    first = office.publish("a")
    second = office.compute("a", "b")
    seated = office.sources.seated
    office.sources.version, office.sources.people = 1, ("a",)

    def meanwhile(brief_id: str) -> tuple[int, tuple[str, ...]]:
        office.sources.seated = seated  # type: ignore[method-assign]
        office.hear(first)
        office.sources.version, office.sources.people = 2, ("a", "b")
        return seated(brief_id)

    office.sources.seated = meanwhile  # type: ignore[method-assign]
    with pytest.raises(Retryable):
        office.hear(second)
    office.hear(second)
    assert list(office.store.emails) == [KEY]
    office.work_off()
    office.pass_time(20)
    assert office.post.keys == [KEY, f"changes/{BRIEF}/1/2"]


def test_changes_soon_after_an_e_mail_wait_until_it_is_old_enough_and_go_together(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    for people in (("a", "b"), ("a", "b", "c"), ("d", "a", "b", "c")):
        office.later(minutes=2)
        office.hear(office.compute(*people))
        office.work_off()
    assert office.post.keys == [KEY]
    office.pass_time(15)
    [_, (key, _, message)] = office.post.accepted
    assert key == f"changes/{BRIEF}/1/4"
    assert message.text == "d,b,c"
    office.pass_time(120)
    assert len(office.post.accepted) == 2


def test_the_first_change_after_a_quiet_time_is_told_at_once(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.later(minutes=15)
    office.hear(office.compute("a", "b"))
    office.work_off()
    assert len(office.post.keys) == 2


def test_changes_wait_while_an_outage_holds_up_the_e_mail_before_them_and_then_keep_their_distance(
    office: PostOffice,
) -> None:
    office.post.mood = "busy"
    office.hear(office.publish("a"))
    office.work_off()
    for people in (("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d")):
        office.pass_time(20)
        office.hear(office.compute(*people))
    assert list(office.store.emails) == [KEY]
    office.post.mood = "accepts"
    office.pass_time(180)
    first, second = (office.store.emails[key].updated_at for key in office.post.keys)
    assert datetime.fromisoformat(second) - datetime.fromisoformat(first) >= EVERY
    assert office.post.accepted[1][2].text == "b,c,d"


def test_a_reshuffle_and_somebody_who_came_and_went_are_no_news(office: PostOffice) -> None:
    office.hear(office.publish("a", "b"))
    office.work_off()
    office.hear(office.compute("b", "a"), office.compute("b", "a", "c"), office.compute("b", "a"))
    office.pass_time(120)
    assert office.post.keys == [KEY]


def test_somebody_who_left_is_no_news(office: PostOffice) -> None:
    office.hear(office.publish("a", "b"))
    office.work_off()
    office.hear(office.compute("a"))
    office.pass_time(120)
    assert office.post.keys == [KEY]


def test_a_change_heard_of_after_what_followed_it_is_told(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    somebody_new = office.compute("a", "b")
    only_reshuffled = office.compute("b", "a")
    office.hear(only_reshuffled)
    office.hear(somebody_new)
    office.pass_time(30)
    assert office.post.accepted[-1][2].text == "b"
    assert len(office.post.accepted) == 2


def test_changes_of_a_closed_project_are_told_to_nobody(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.hear(office.compute("a", "b"))
    office.close()
    office.pass_time(120)
    assert office.post.keys == [KEY]
    assert office.store.gatherings[BRIEF].due_at is None


def test_an_e_mail_about_newcomers_who_left_before_it_went_is_cancelled(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.later(minutes=20)
    office.hear(office.compute("a", "b"))
    office.sources.withdrawn.add("b")
    office.work_off()
    assert office.post.keys == [KEY]
    assert office.store.emails[f"changes/{BRIEF}/1/2"].error_code == "newcomers_left"


def test_reopening_forgets_changes_that_were_not_told_yet_for_its_own_e_mail_shows_them(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    office.hear(office.compute("a", "b"))
    office.hear(office.publish("a", "b"))
    office.work_off()
    office.pass_time(120)
    assert office.post.keys == [KEY, f"shortlist/{BRIEF}/2"]


def test_news_that_was_told_is_not_told_again_when_it_is_repeated(office: PostOffice) -> None:
    published = office.publish("a")
    office.hear(published)
    changed = office.compute("a", "b")
    office.hear(changed)
    office.pass_time(60)
    office.hear(published, changed, changed)
    office.pass_time(60)
    assert len(office.post.keys) == 2


def test_a_message_about_an_e_mail_that_nobody_planned_does_nothing(office: PostOffice) -> None:
    office.service.send("shortlist/other/1")
    assert office.post.asked == 0
    assert office.store.emails == {}
