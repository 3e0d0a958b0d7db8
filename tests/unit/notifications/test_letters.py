"""E-mails of verification: one per thing that happened, of what still stands, to whoever wants them, at their hour."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.companies.events import MemberInvited
from chalicelib.notifications.colleagues import ColleagueInvitation
from chalicelib.notifications.models import (
    MOMENTS,
    Channels,
    Moment,
    Preferences,
    Suppression,
    address_id,
    kind_of,
    mailbox_sub,
)
from chalicelib.notifications.occasions import CaseFact
from chalicelib.notifications.rhythm import Rhythm
from chalicelib.verification.events import (
    AppealDecided,
    CaseAppealed,
    CaseDecided,
    CaseExpired,
    CaseReopened,
    CaseSubmitted,
    CaseWithdrawn,
    InformationRequested,
)
from chalicelib.vocabulary.clock import PARIS, stamp
from tests.support.case_files import CASE, HAPPENED, INES, INVITATION, QUESTION, case_file
from tests.support.notification_fakes import Killed, PostOffice

ABOUT = {"case_id": CASE, "kind": "profile", "subject_id": "profile-1"}
SAID = {"outcome": "refused", "ground": "documents_missing", "decided_by": "sub-admin"}
FACTS: dict[Moment, CaseFact] = {
    "received": CaseSubmitted(case_id=CASE),
    "question": InformationRequested(case_id=CASE, question_id="question-1", reviewer_sub="sub-admin"),
    "decided": CaseDecided(**ABOUT, **SAID, seconded_by=""),
    "appealed": CaseAppealed(case_id=CASE),
    "appeal_decided": AppealDecided(**ABOUT, **SAID, changed=False),
    "withdrawn": CaseWithdrawn(**ABOUT),
    "expired": CaseExpired(**ABOUT),
    "reopened": CaseReopened(case_id=CASE, ground="established_wrongly", reopened_by="sub-admin"),
}
INVITED = f"attestation/{CASE}/ask-1"
ONLY_DIGEST = Channels(email=False, digest=True)
NOTHING = Channels(email=False, digest=False)


@pytest.fixture
def office() -> PostOffice:
    """Quiet hours from 21 to 7, three e-mails a day. It is nine in the morning in Paris."""
    return PostOffice(Rhythm())


def key(moment: Moment) -> str:
    return f"verification/{CASE}/{moment.replace('_', '-')}/7"


def happens(office: PostOffice, moment: Moment, **changes: Any) -> str:
    """The case comes to this moment, and notifications hear of it; the key of its e-mail."""
    office.sources.file = case_file(moment, **changes)
    office.service.case_moved(FACTS[moment], 7, HAPPENED)
    return key(moment)


def paris(office: PostOffice, text: str) -> None:
    office.now = datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC)


def wishes(office: PostOffice, sub: str = INES, **kinds: Channels) -> None:
    office.store.wishes[sub] = Preferences(sub, None, dict(kinds), 1)  # type: ignore[arg-type]


def state(office: PostOffice, dedup_key: str) -> tuple[str, str | None]:
    email = office.store.emails[dedup_key]
    return email.state, email.error_code


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_thing_that_happens_in_a_case_is_told_to_its_subject_once(office: PostOffice, moment: Moment) -> None:
    happens(office, moment)
    happens(office, moment)
    office.work_off()
    happens(office, moment)
    office.pass_time(60)
    [(sent, recipient, message)] = office.post.accepted
    assert (sent, recipient.sub, message.subject) == (key(moment), INES, f"{moment} fr {CASE}")
    assert message.unsubscribe.endswith(f"{INES}.{kind_of(moment)}")


def test_the_same_point_reached_again_is_another_e_mail(office: PostOffice) -> None:
    happens(office, "question")
    office.work_off()
    office.sources.file = case_file("question", question=replace(QUESTION, asked_at="2026-11-24T08:00:00.000Z"))
    office.service.case_moved(FACTS["question"], 12, "2026-11-24T08:00:00.000Z")
    office.work_off()
    assert office.post.keys == [key("question"), f"verification/{CASE}/question/12"]


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_call_it_goes_once_all_the_same(after: bool) -> None:
    whole = PostOffice()
    happens(whole, "decided")
    whole.work_off()
    for fatal, name in enumerate(whole.wire.calls, start=1):
        office = PostOffice()
        office.wire.fatal, office.wire.after = fatal, after
        with suppress(Killed):
            happens(office, "decided")
            office.work_off()
        office.wire.fatal = None
        happens(office, "decided")
        office.pass_time(60)
        # After the post took it and before our mark nobody can know (docs/decisions/0002-exactly-one-e-mail.md).
        window = (name, after) == ("post.send", True) or (fatal == len(whole.wire.calls) and not after)
        assert office.post.keys == [key("decided")] * (2 if window else 1), (name, after)


#: What each e-mail speaks of, gone by the time it would go.
MOVED_ON: dict[Moment, dict[str, Any]] = {
    "received": {"state": "verified"},
    "question": {"state": "in_review"},
    "decided": {"decision": None, "state": "reopened"},
    "appealed": {"state": "final"},
    "appeal_decided": {"appeal_decision": None, "state": "reopened"},
    "withdrawn": {"state": "draft"},
    "expired": {"state": "reopened"},
    "reopened": {"state": "withdrawn"},
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_what_the_case_has_left_behind_is_not_told(office: PostOffice, moment: Moment) -> None:
    happens(office, moment, **MOVED_ON[moment])
    office.pass_time(30)
    assert office.post.asked == 0
    assert state(office, key(moment)) == ("cancelled", "case_moved_on")


@pytest.mark.parametrize("moment", ["received", "question", "decided", "appealed", "appeal_decided"])
def test_an_earlier_round_is_not_told_with_the_words_of_a_later_one(office: PostOffice, moment: Moment) -> None:
    office.sources.file = case_file(moment)
    office.service.case_moved(FACTS[moment], 3, "2026-11-01T08:00:00.000Z")
    office.work_off()
    assert office.post.asked == 0
    assert office.store.emails[key(moment).replace("/7", "/3")].state == "cancelled"


def test_a_decision_that_is_contested_already_is_known(office: PostOffice) -> None:
    happens(office, "decided", state="appealed", appealed_at="2026-11-23T08:30:00.000Z")
    office.work_off()
    assert state(office, key("decided"))[0] == "cancelled"


def test_a_case_whose_subject_is_gone_is_told_to_nobody(office: PostOffice) -> None:
    happens(office, "withdrawn")
    office.sources.file = None
    office.work_off()
    assert state(office, key("withdrawn")) == ("cancelled", "case_moved_on")


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_night_only_what_answers_an_act_goes(office: PostOffice, moment: Moment) -> None:
    paris(office, "2026-11-23T23:15")
    happens(office, moment)
    office.work_off()
    if kind_of(moment) == "verification_steps":
        assert office.post.keys == [key(moment)]
        return
    held = office.store.emails[key(moment)]
    assert (held.state, held.held_for, office.post.asked) == ("planned", "quiet_hours", 0)
    paris(office, "2026-11-24T07:01")
    office.sweep()
    office.work_off()
    assert office.post.keys == [key(moment)]


def test_beyond_the_day_s_ceiling_a_letter_waits_for_the_next_day_whole(office: PostOffice) -> None:
    office.store.places[(INES, datetime(2026, 11, 23, tzinfo=UTC).date())] = ["a/1", "b/1", "c/1"]
    happens(office, "decided")
    office.work_off()
    assert office.store.emails[key("decided")].held_for == "daily_ceiling"
    paris(office, "2026-11-24T07:01")
    office.sweep()
    office.work_off()
    assert office.post.keys == [key("decided")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_who_turned_a_kind_off_gets_none_of_it_and_the_rest(office: PostOffice, moment: Moment) -> None:
    wishes(office, verification_answers=NOTHING)
    happens(office, moment)
    office.work_off()
    wanted = kind_of(moment) == "verification_steps"
    assert office.post.keys == ([key(moment)] if wanted else [])
    assert state(office, key(moment)) == (("sent", None) if wanted else ("unwanted", "turned_off"))


def test_an_address_that_gets_nothing_gets_no_letter_either(office: PostOffice) -> None:
    office.store.suppressed[address_id("ines@courriel.test")] = Suppression(
        address_id("ines@courriel.test"), "hard_bounce", stamp(office.now)
    )
    happens(office, "question")
    office.work_off()
    assert state(office, key("question")) == ("suppressed", "hard_bounce")


def test_who_wants_the_digest_alone_finds_it_there_once(office: PostOffice) -> None:
    wishes(office, verification_answers=ONLY_DIGEST)
    happens(office, "decided")
    office.work_off()
    assert state(office, key("decided"))[0] == "digested"
    paris(office, "2026-11-24T08:31")
    office.sweep()
    office.work_off()
    [(sent, recipient, message)] = office.post.accepted
    assert (sent, recipient.sub) == (f"digest/{INES}/2026-11-24", INES)
    assert message.html == f"{CASE}:decided"


def test_a_digest_does_not_tell_what_has_been_left_behind(office: PostOffice) -> None:
    wishes(office, verification_answers=ONLY_DIGEST)
    happens(office, "question")
    office.work_off()
    office.sources.file = case_file("withdrawn")
    paris(office, "2026-11-24T08:31")
    office.sweep()
    office.work_off()
    assert office.post.asked == 0


def test_the_language_is_the_one_they_set_and_else_that_of_their_case(office: PostOffice) -> None:
    office.store.wishes[INES] = Preferences(INES, "en", {}, 1)
    happens(office, "decided")
    office.work_off()
    assert office.post.accepted[0][2].subject == f"decided en {CASE}"


# Invitations


def invited(office: PostOffice) -> None:
    office.sources.invited = INVITATION
    office.service.attestation_asked(CASE, "ask-1")


def test_an_attester_is_written_to_once_at_the_address_that_was_given(office: PostOffice) -> None:
    invited(office)
    invited(office)
    office.work_off()
    invited(office)
    office.pass_time(60)
    [(sent, recipient, message)] = office.post.accepted
    assert (sent, recipient.email, message.html) == (INVITED, INVITATION.address, INVITATION.link)


def test_a_request_that_was_withdrawn_answered_or_has_expired_is_not_sent(office: PostOffice) -> None:
    invited(office)
    office.sources.invited = None
    office.work_off()
    assert (office.post.asked, state(office, INVITED)) == (0, ("cancelled", "no_longer_asked"))


def test_the_suppression_list_holds_for_attesters(office: PostOffice) -> None:
    digest = address_id(INVITATION.address)
    office.store.suppressed[digest] = Suppression(digest, "complaint", stamp(office.now))
    invited(office)
    office.work_off()
    assert (office.post.asked, state(office, INVITED)) == (0, ("suppressed", "complaint"))


def test_whoever_wants_no_such_requests_gets_none_without_an_account(office: PostOffice) -> None:
    invited(office)
    office.work_off()
    link = office.post.accepted[0][2].unsubscribe
    assert link.endswith(f"{mailbox_sub(INVITATION.address)}.attestation")
    assert "paul" not in link
    wishes(office, mailbox_sub(INVITATION.address), attestation=NOTHING)
    office.service.attestation_asked(CASE, "ask-2")
    office.work_off()
    assert state(office, f"attestation/{CASE}/ask-2") == ("unwanted", "turned_off")
    assert office.post.keys == [INVITED]


def test_an_attester_is_not_woken(office: PostOffice) -> None:
    paris(office, "2026-11-23T22:00")
    invited(office)
    office.work_off()
    assert office.post.asked == 0
    assert office.store.emails[INVITED].held_for == "quiet_hours"


# Colleagues

COLLEAGUE = ColleagueInvitation(
    "paul.delattre@falaise-films.test", "claire@falaise-films.test", "Falaise Films", "2026-12-23T08:00:00.000Z"
)
FROM_A_COLLEAGUE = "colleague/company-1/invitation-1"


def joins(office: PostOffice, invitation_id: str = "invitation-1") -> None:
    office.sources.colleagues["company-1", invitation_id] = COLLEAGUE
    fact = MemberInvited(company_id="company-1", invitation_id=invitation_id, invited_by="sub-producer")
    office.service.colleague_invited(fact)


def test_a_colleague_is_written_to_once_per_invitation_at_the_address_that_is_invited(office: PostOffice) -> None:
    joins(office)
    joins(office)
    office.work_off()
    joins(office)
    joins(office, "invitation-2")
    office.pass_time(60)
    assert office.post.keys == [FROM_A_COLLEAGUE, "colleague/company-1/invitation-2"]
    assert {recipient.email for _, recipient, _ in office.post.accepted} == {COLLEAGUE.address}


def test_an_invitation_that_is_over_before_its_e_mail_goes_is_not_sent(office: PostOffice) -> None:
    joins(office)
    office.sources.colleagues.clear()
    office.work_off()
    assert (office.post.asked, state(office, FROM_A_COLLEAGUE)) == (0, ("cancelled", "no_longer_asked"))


def test_the_suppression_list_holds_for_colleagues_and_they_are_not_woken(office: PostOffice) -> None:
    paris(office, "2026-11-23T22:00")
    joins(office)
    office.work_off()
    assert office.store.emails[FROM_A_COLLEAGUE].held_for == "quiet_hours"
    digest = address_id(COLLEAGUE.address)
    office.store.suppressed[digest] = Suppression(digest, "hard_bounce", stamp(office.now))
    office.pass_time(12 * 60)
    assert (office.post.asked, state(office, FROM_A_COLLEAGUE)) == (0, ("suppressed", "hard_bounce"))


def test_whoever_wants_no_invitations_gets_none_without_an_account(office: PostOffice) -> None:
    joins(office)
    office.work_off()
    assert office.post.accepted[0][2].unsubscribe.endswith(f"{mailbox_sub(COLLEAGUE.address)}.colleagues")
    wishes(office, mailbox_sub(COLLEAGUE.address), colleagues=NOTHING)
    joins(office, "invitation-2")
    office.work_off()
    assert state(office, "colleague/company-1/invitation-2") == ("unwanted", "turned_off")


def test_no_record_of_a_letter_holds_an_address_a_name_or_a_text(office: PostOffice) -> None:
    happens(office, "question")
    invited(office)
    joins(office)
    office.work_off()
    written = repr(office.store.emails).lower()
    personal = ["courriel.test", "paul", "falaise", "inès", "kerbrat", "phare", "saison"]
    assert [one for one in personal if one in written] == []
