"""What follows from the mail service's reports, and what administrators decide of it."""

from __future__ import annotations

from contextlib import suppress

import pytest

from chalicelib.notifications.errors import NoSuchEmail
from chalicelib.notifications.models import SOFT_BOUNCES, Feedback, address_id
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import NotFound, PreconditionFailed, Retryable
from chalicelib.vocabulary.clock import stamp
from tests.support.notification_fakes import ADDRESS, BRIEF, Killed, PostOffice

KEY = f"shortlist/{BRIEF}/1"
ID = address_id(ADDRESS)
SALOME = Actor("sub-admin", frozenset({"admins"}), "salome@plot-point.test")


def gone(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    office.work_off()
    assert office.email().state == "sent"


def test_a_bounce_suppresses_the_address_and_leaves_a_note_to_administrators(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("delivered"))
    office.later(minutes=1)
    office.postmaster.take(office.report("bounced"))
    assert office.email().state == "bounced"
    [suppression], _ = office.postmaster.suppressions(None)
    assert (suppression.address_id, suppression.reason, suppression.dedup_key) == (ID, "hard_bounce", KEY)
    [note], _ = office.postmaster.notices("open", None)
    assert (note.reason, note.dedup_key, note.address_id) == ("hard_bounce", KEY, ID)


def test_the_next_e_mail_to_an_address_that_bounced_ends_suppressed(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("bounced"))
    office.hear(office.publish("a"))
    office.work_off()
    assert office.email(number=2).state == "suppressed"
    assert office.post.keys == [KEY]


def test_an_out_of_office_reply_changes_nothing_and_counts_for_nothing(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("delivered"))
    office.postmaster.take(office.report("soft_bounced"))
    assert office.email().state == "delivered"
    assert office.store.turned_back == {}


def many(office: PostOffice, count: int) -> list[str]:
    """The keys of that many e-mails that went."""
    for _ in range(count):
        office.hear(office.publish("a"))
        office.work_off()
    return [f"shortlist/{BRIEF}/{number}" for number in range(1, count + 1)]


def test_the_third_e_mail_that_an_address_turns_back_is_the_last_it_gets(office: PostOffice) -> None:
    keys = many(office, SOFT_BOUNCES)
    for key in keys[:-1]:
        office.postmaster.take(office.report("soft_bounced", key))
        office.postmaster.take(office.report("soft_bounced", key))
    assert office.store.suppressed == {}
    office.postmaster.take(office.report("soft_bounced", keys[-1]))
    assert office.store.suppressed[ID].reason == "soft_bounces"
    [note], _ = office.postmaster.notices("open", None)
    assert note.reason == "soft_bounces"


def test_an_e_mail_that_was_delivered_after_all_no_longer_counts(office: PostOffice) -> None:
    keys = many(office, SOFT_BOUNCES)
    for key in keys[:-1]:
        office.postmaster.take(office.report("soft_bounced", key))
    office.postmaster.take(office.report("delivered", keys[0]))
    office.postmaster.take(office.report("soft_bounced", keys[-1]))
    assert office.store.suppressed == {}
    assert office.store.turned_back[ID].keys == (keys[1], keys[2])


def test_a_complaint_weighs_more_than_a_bounce_and_an_administrator_more_than_both(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("complained"))
    office.postmaster.take(office.report("bounced"))
    assert office.store.suppressed[ID].reason == "complaint"
    office.postmaster.suppress(SALOME, ADDRESS, "Demandé au téléphone.")
    kept = office.store.suppressed[ID]
    assert (kept.reason, kept.added_by, kept.note) == ("administrator", "sub-admin", "Demandé au téléphone.")
    office.hear(office.publish("a"))
    assert office.postmaster.suppress(SALOME, ADDRESS.upper(), "Encore.") == kept


def test_a_suppression_that_was_lifted_does_not_come_back_with_a_repeated_report(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("bounced"))
    office.postmaster.lift(ID, None)
    office.postmaster.take(office.report("bounced"))
    assert office.store.suppressed == {}
    office.hear(office.publish("a"))
    office.work_off()
    assert office.email(number=2).state == "sent"


def test_lifting_looks_at_the_version_and_at_what_there_is(office: PostOffice) -> None:
    with pytest.raises(NotFound):
        office.postmaster.lift(ID, None)
    office.postmaster.suppress(SALOME, ADDRESS, "Demandé au téléphone.")
    with pytest.raises(PreconditionFailed):
        office.postmaster.lift(ID, 7)
    office.postmaster.lift(ID, 1)
    assert office.store.suppressed == {}


def test_a_notice_is_done_once_by_whoever_was_first(office: PostOffice) -> None:
    gone(office)
    office.postmaster.take(office.report("bounced"))
    [note], _ = office.postmaster.notices("open", None)
    office.later(minutes=5)
    first = office.postmaster.finish_notice(SALOME, note.notice_id)
    again = office.postmaster.finish_notice(Actor("sub-other", frozenset({"admins"}), ""), note.notice_id)
    assert (first.state, first.done_by) == ("done", "sub-admin")
    assert again == first
    assert office.postmaster.notices("open", None)[0] == []
    office.postmaster.take(office.report("bounced"))
    assert office.postmaster.notices("open", None)[0] == []
    with pytest.raises(NotFound):
        office.postmaster.finish_notice(SALOME, "01JDNEVERWAS000000000000AA")


def test_feedback_about_an_e_mail_not_known_yet_comes_again_and_is_set_aside_when_it_never_will_be(
    office: PostOffice,
) -> None:
    stranger = Feedback("bounced", "message-of-others", None, stamp(office.now), ADDRESS)
    with pytest.raises(Retryable):
        office.postmaster.take(stranger)
    office.later(minutes=10, seconds=1)
    with pytest.raises(NoSuchEmail):
        office.postmaster.take(stranger)


@pytest.mark.parametrize("report", ["sent", "delivered", "bounced"])
def test_feedback_closes_the_window_between_accepted_and_marked(office: PostOffice, report: str) -> None:
    office.hear(office.publish("a"))
    accept = office.post.send

    def dies_after_it_was_accepted(*given: object) -> str:
        accept(*given)  # type: ignore[arg-type]
        raise Killed

    office.post.send = dies_after_it_was_accepted  # type: ignore[method-assign]
    with suppress(Killed):
        office.work_off()
    office.post.send = accept  # type: ignore[method-assign]
    assert office.email().state == "sending"
    office.postmaster.take(office.report(report))  # type: ignore[arg-type]
    office.pass_time(60)
    assert office.post.keys == [KEY], "no second one"
    assert (office.email().state, office.email().ses_message_id) == (report, "message-unmarked")


def test_an_answer_that_got_lost_on_its_way_back_sends_no_second_e_mail_once_feedback_says_that_it_went(
    office: PostOffice,
) -> None:
    office.hear(office.publish("a"))
    accept = office.post.send

    def answers_too_late(*given: object) -> str:
        accept(*given)  # type: ignore[arg-type]
        raise Retryable("ses_unreachable")

    office.post.send = answers_too_late  # type: ignore[method-assign]
    office.work_off()
    office.post.send = accept  # type: ignore[method-assign]
    assert office.email().state == "planned"
    office.postmaster.take(office.report("delivered"))
    office.pass_time(60)
    assert office.post.keys == [KEY]


def test_feedback_that_arrives_while_the_e_mail_is_handed_over_stands(office: PostOffice) -> None:
    office.hear(office.publish("a"))
    accept = office.post.send

    def reported_at_once(*given: object) -> str:
        message_id = accept(*given)  # type: ignore[arg-type]
        office.postmaster.take(office.report("delivered"))
        return message_id

    office.post.send = reported_at_once  # type: ignore[method-assign]
    office.work_off()
    assert office.email().state == "delivered"
    assert office.email().sent_at is not None
    office.pass_time(60)
    assert office.post.keys == [KEY]


def test_changes_keep_their_distance_from_when_the_e_mail_went_and_not_from_when_it_was_delivered(
    office: PostOffice,
) -> None:
    gone(office)
    office.later(minutes=14)
    office.postmaster.take(office.report("delivered"))
    office.later(minutes=2)
    office.hear(office.compute("a", "b"))
    office.work_off()
    assert len(office.post.keys) == 2


def test_a_report_that_somebody_else_s_write_crosses_is_noted_all_the_same(office: PostOffice) -> None:
    gone(office)
    take_feedback = office.store.take_feedback
    crossed = False

    def crossing(*given: object) -> None:
        nonlocal crossed
        if not crossed:
            crossed = True
            office.postmaster.take(office.report("delivered"))
        take_feedback(*given)  # type: ignore[arg-type]

    office.store.take_feedback = crossing  # type: ignore[method-assign]
    office.postmaster.take(office.report("bounced"))
    assert office.email().state == "bounced"
    assert ID in office.store.suppressed
