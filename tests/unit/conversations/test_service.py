"""From the invitation to the outcome, on stores in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.conversations.errors import (
    AlreadyRevealed,
    NotEngaged,
    NotOpen,
    NotProposed,
    NotRevealedYet,
    ProfileUnverified,
    ProjectOver,
    RevealUnavailable,
    TermsNotAccepted,
    TooManyMessages,
)
from chalicelib.conversations.models import PER_HOUR, PreparedAnswer, Thread, thread_id_of
from chalicelib.conversations.schemas import ConversationShape
from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.vocabulary.text import typeset
from tests.support.conversation_fakes import (
    ADMIN,
    COLLEAGUE,
    FREELANCER,
    OTHER,
    PRODUCER,
    RIVAL,
    SECRET,
    FakeHouse,
)

INES = thread_id_of("brief-1", "profile-ines")


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse()


def invited(house: FakeHouse) -> None:
    house.service.invite(PRODUCER, "brief-1", ["profile-ines"], None)


def interested(house: FakeHouse) -> None:
    house.service.show_interest(FREELANCER, "brief-1", None, ())


def revealed(house: FakeHouse) -> None:
    interested(house)
    house.service.agree_to_reveal(PRODUCER, INES)
    house.service.agree_to_reveal(FREELANCER, INES)


def engaged(house: FakeHouse) -> None:
    revealed(house)
    house.service.confirm_engagement(PRODUCER, INES)
    house.service.confirm_engagement(FREELANCER, INES)


def state(house: FakeHouse) -> str:
    thread = house.store.get(INES)
    assert thread is not None
    return thread.state


# ---- invitation, interest, refusal


def test_an_invitation_opens_one_conversation_that_both_sides_read(house: FakeHouse) -> None:
    [seen] = house.service.invite(PRODUCER, "brief-1", ["profile-ines"], "Votre travail nous intéresse.")
    assert (seen.side, seen.thread.state) == ("producer", "invited")
    theirs = house.service.read(FREELANCER, INES)
    assert (theirs.side, theirs.company, theirs.person) == ("freelancer", None, None)
    [said], _ = house.service.messages(FREELANCER, INES, None)
    assert (said.text, said.mine) == ("Votre travail nous intéresse.", False)


def test_an_invitation_says_until_when_an_answer_is_of_use_and_an_answer_ends_it(house: FakeHouse) -> None:
    house.service.invite(PRODUCER, "brief-1", ["profile-ines"], None)
    shown = ConversationShape.of(house.service.read(FREELANCER, INES))
    assert shown.reply_by == house.projects.reply_by("brief-1", house.now)
    house.projects.change("brief-1", live=False)
    assert ConversationShape.of(house.service.read(FREELANCER, INES)).reply_by is None
    house.projects.change("brief-1", live=True)
    house.service.decline(FREELANCER, "brief-1")
    assert ConversationShape.of(house.service.read(FREELANCER, INES)).reply_by is None


def test_an_invitation_sent_again_asks_nobody_twice(house: FakeHouse) -> None:
    for _ in range(2):
        house.service.invite(PRODUCER, "brief-1", ["profile-ines"], "Un mot.")
    house.service.invite(COLLEAGUE, "brief-1", ["profile-ines"], "Un mot.")
    assert house.happened() == ["invited", "message_sent"]


def test_nobody_is_asked_when_one_of_them_may_not_be(house: FakeHouse) -> None:
    house.proposed.discard(("brief-1", "profile-noe"))
    with pytest.raises(NotProposed):
        house.service.invite(PRODUCER, "brief-1", ["profile-ines", "profile-noe"], None)
    assert house.happened() == []


@pytest.mark.parametrize("why", ["keeps the company away", "paused"])
def test_whoever_keeps_the_company_away_or_pauses_is_not_asked_and_reads_as_not_proposed(
    house: FakeHouse, why: str
) -> None:
    if why == "paused":
        house.people.people["profile-ines"] = replace(house.people.people["profile-ines"], paused=True)
    else:
        house.away.add(("company-1", "profile-ines"))
    for people in (["profile-ines"], ["profile-noe", "profile-ines"]):
        with pytest.raises(NotProposed):
            house.service.invite(PRODUCER, "brief-1", people, None)
    assert house.happened() == []
    # What they do themselves reaches whoever is behind the project, and goes on as any conversation.
    house.service.show_interest(FREELANCER, "brief-1", None, ())
    [seen] = house.service.invite(PRODUCER, "brief-1", ["profile-ines"], None)
    assert seen.thread.state == "interested"


def test_whoever_was_asked_before_is_asked_no_more_than_that_by_asking_again(house: FakeHouse) -> None:
    invited(house)
    house.away.add(("company-1", "profile-ines"))
    invited(house)
    assert house.happened() == ["invited"]
    house.projects.change("brief-1", publication_no=2)
    with pytest.raises(NotProposed):
        invited(house)


def test_a_producers_readings_are_noted_with_what_they_gave_and_a_freelancers_are_not(house: FakeHouse) -> None:
    house.service.show_interest(FREELANCER, "brief-1", None, ())
    house.service.read(FREELANCER, INES)
    house.service.mine(FREELANCER, None)
    assert house.given == []
    house.service.show_interest(OTHER, "brief-1", None, ())
    house.service.read(PRODUCER, INES)
    assert house.given == [[("brief-1", "profile-ines", False)]]
    house.given.clear()
    house.service.of_brief(PRODUCER, "brief-1")
    [noted] = house.given  # a list is noted at once
    assert sorted(noted) == [("brief-1", "profile-ines", False), ("brief-1", "profile-noe", False)]
    for actor in (PRODUCER, FREELANCER):
        house.service.agree_to_reveal(actor, INES)
    house.given.clear()
    house.service.mine(PRODUCER, None)
    [noted] = house.given
    assert sorted(noted) == [("brief-1", "profile-ines", True), ("brief-1", "profile-noe", False)]


def test_an_invitation_that_tells_who_the_producer_is_reaches_nobody(house: FakeHouse) -> None:
    with pytest.raises(Invalid) as refused:
        house.service.invite(PRODUCER, "brief-1", ["profile-ines"], f"Chez {SECRET}, nous aimons.")
    [problem] = refused.value.fields
    assert (problem.pointer, problem.code) == ("/text", "identity_leak")
    assert typeset(f"« {SECRET} » (caractères 6 à 18)") in problem.message.fr
    assert "notre société" in problem.message.fr
    assert house.happened() == []


def test_only_its_own_company_invites(house: FakeHouse) -> None:
    with pytest.raises(NotFound):
        house.service.invite(RIVAL, "brief-1", ["profile-ines"], None)


def test_a_project_that_is_over_takes_no_invitation_and_no_interest(house: FakeHouse) -> None:
    invited(house)
    house.projects.change("brief-1", live=False)
    with pytest.raises(ProjectOver):
        house.service.invite(PRODUCER, "brief-1", ["profile-noe"], None)
    with pytest.raises(ProjectOver):
        interested(house)
    assert state(house) == "invited"


def test_a_stranger_to_a_project_that_is_over_does_not_learn_that_it_was(house: FakeHouse) -> None:
    house.projects.change("brief-1", live=False)
    with pytest.raises(NotFound):
        interested(house)


def test_interest_is_owed_an_answer_and_shown_twice_changes_nothing(house: FakeHouse) -> None:
    interested(house)
    first = house.store.get(INES)
    interested(house)
    assert house.store.get(INES) == first
    assert first is not None
    assert first.round.answer_due_at is not None
    assert house.happened() == ["interest_shown"]


def test_the_guided_answers_become_messages_once(house: FakeHouse) -> None:
    for _ in range(2):
        house.service.show_interest(FREELANCER, "brief-1", "Bonjour.", [("why_this_story", "La mer.")])
    said, _ = house.service.messages(PRODUCER, INES, None)
    assert [(one.text, one.message.question) for one in said] == [("Bonjour.", None), ("La mer.", "why_this_story")]


def test_somebody_who_is_not_verified_shows_no_interest(house: FakeHouse) -> None:
    house.people.people.pop("profile-ines")
    with pytest.raises(ProfileUnverified):
        interested(house)


def test_whoever_declines_unasked_leaves_no_trace_for_the_producer(house: FakeHouse) -> None:
    house.service.decline(FREELANCER, "brief-1")
    assert house.service.of_brief(PRODUCER, "brief-1") == []
    assert house.service.mine(PRODUCER, None)[0] == []
    with pytest.raises(NotFound):
        house.service.read(PRODUCER, INES)
    [fact] = [fact for fact, _ in house.store.facts]
    assert fact.model_dump()["invited"] is False


def test_declining_an_invitation_asks_no_reason_and_may_be_thought_over(house: FakeHouse) -> None:
    invited(house)
    house.service.decline(FREELANCER, "brief-1")
    house.service.decline(FREELANCER, "brief-1")
    assert state(house) == "declined"
    interested(house)
    assert state(house) == "interested"
    assert house.happened() == ["invited", "declined", "interest_shown"]


def test_declining_takes_back_what_was_owed_and_agreed(house: FakeHouse) -> None:
    interested(house)
    house.service.agree_to_reveal(FREELANCER, INES)
    house.service.decline(FREELANCER, "brief-1")
    thread = house.store.get(INES)
    assert thread is not None
    assert (thread.round.answer_due_at, thread.reveal.freelancer_at) == (None, None)
    with pytest.raises(NotOpen):
        house.service.agree_to_reveal(PRODUCER, INES)


def test_a_refused_person_is_not_invited_behind_their_back(house: FakeHouse) -> None:
    interested(house)
    house.service.answer(PRODUCER, INES, "not_retained", "other_dates", None)
    with pytest.raises(NotOpen):
        interested(house)
    with pytest.raises(NotOpen):
        invited(house)


# ---- messages


def test_strangers_are_told_that_there_is_nothing(house: FakeHouse) -> None:
    interested(house)
    for stranger in (OTHER, RIVAL, ADMIN):
        with pytest.raises(NotFound):
            house.service.read(stranger, INES)
        with pytest.raises(NotFound):
            house.service.messages(stranger, INES, None)
        with pytest.raises(NotFound):
            house.service.say(stranger, INES, "Bonjour", None, "m-1")
        with pytest.raises(NotFound):
            house.service.agree_to_reveal(stranger, INES)


def test_contact_details_are_masked_for_the_other_side_until_the_reveal(house: FakeHouse) -> None:
    interested(house)
    _, said = house.service.say(FREELANCER, INES, "Écrivez-moi : ines@plume.test", None, "m-1")
    assert said.text == "Écrivez-moi : ines@plume.test"
    [theirs], _ = house.service.messages(PRODUCER, INES, None)
    assert "@" not in theirs.text
    assert theirs.masked
    house.service.agree_to_reveal(PRODUCER, INES)
    house.service.agree_to_reveal(FREELANCER, INES)
    [theirs], _ = house.service.messages(PRODUCER, INES, None)
    assert (theirs.text, theirs.masked) == ("Écrivez-moi : ines@plume.test", False)


def test_a_freelancer_learns_nothing_from_naming_a_company(house: FakeHouse) -> None:
    interested(house)
    _, said = house.service.say(FREELANCER, INES, f"Êtes-vous {SECRET} ?", None, "m-1")
    assert said.text == f"Êtes-vous {SECRET} ?"
    [theirs], _ = house.service.messages(PRODUCER, INES, None)
    assert (theirs.text, theirs.masked) == (f"Êtes-vous {SECRET} ?", False)


def test_what_a_project_hides_since_is_masked_in_what_was_said_before(house: FakeHouse) -> None:
    interested(house)
    house.service.say(PRODUCER, INES, "Nous sommes au Havre.", None, "m-1")
    house.projects.leaks = lambda _brief_id, text: house.projects._found(text, "au Havre")  # type: ignore[method-assign]
    [said], _ = house.service.messages(FREELANCER, INES, None)
    assert "Havre" not in said.text


def test_what_a_project_hides_since_is_masked_in_its_answer(house: FakeHouse) -> None:
    interested(house)
    house.service.answer(PRODUCER, INES, "not_retained", "other_dates", "Nous tournons au Havre.")
    house.projects.leaks = lambda _brief_id, text: house.projects._found(text, "au Havre")  # type: ignore[method-assign]
    for seen in (house.service.read(FREELANCER, INES), house.service.mine(FREELANCER, None)[0][0]):
        assert seen.thread.round.answer is not None
        assert "Havre" not in (seen.thread.round.answer.text or "")
    own = house.service.read(PRODUCER, INES).thread.round.answer
    assert own is not None
    assert own.text == "Nous tournons au Havre."


def test_after_the_reveal_both_say_what_they_like(house: FakeHouse) -> None:
    revealed(house)
    house.service.say(PRODUCER, INES, f"{SECRET}, claire@falaise-films.test", None, "m-1")
    [said], _ = house.service.messages(FREELANCER, INES, None)
    assert said.text == f"{SECRET}, claire@falaise-films.test"


def test_a_message_sent_again_is_one_message(house: FakeHouse) -> None:
    interested(house)
    for _ in range(2):
        house.service.say(FREELANCER, INES, "Bonjour", None, "m-1")
    assert len(house.service.messages(PRODUCER, INES, None)[0]) == 1
    assert house.happened().count("message_sent") == 1


def test_there_is_a_pace(house: FakeHouse) -> None:
    interested(house)
    for number in range(PER_HOUR["message"]):
        house.service.say(FREELANCER, INES, "Encore", None, f"m-{number:04}")
    with pytest.raises(TooManyMessages) as refused:
        house.service.say(FREELANCER, INES, "Encore", None, "m-9999")
    assert 0 < (refused.value.retry_after_seconds or 0) <= 3600
    house.now += timedelta(hours=1)
    house.service.say(FREELANCER, INES, "Encore", None, "m-9999")
    thread = house.store.get(INES)
    assert thread is not None
    assert thread.messages == PER_HOUR["message"] + 1


def test_a_conversation_that_is_over_takes_no_message(house: FakeHouse) -> None:
    interested(house)
    house.service.answer(PRODUCER, INES, "not_retained", "other_dates", None)
    for actor in (PRODUCER, FREELANCER):
        with pytest.raises(NotOpen):
            house.service.say(actor, INES, "Bonjour", None, "m-1")


# ---- the reveal


def test_both_identities_appear_at_the_same_moment(house: FakeHouse) -> None:
    interested(house)
    house.service.agree_to_reveal(PRODUCER, INES)
    assert house.service.read(FREELANCER, INES).company is None
    asking = house.service.read(PRODUCER, INES).person
    assert asking is not None
    assert asking.email is None
    house.service.agree_to_reveal(FREELANCER, INES)
    company, person = house.service.read(FREELANCER, INES).company, house.service.read(PRODUCER, INES).person
    assert company is not None
    assert person is not None
    assert (company.legal_name, person.email) == (SECRET, "sub-ines@plume.test")
    assert house.happened()[-2:] == ["reveal_asked", "revealed"]


def test_nobody_reveals_before_there_is_interest(house: FakeHouse) -> None:
    invited(house)
    for actor in (PRODUCER, FREELANCER):
        with pytest.raises(NotOpen):
            house.service.agree_to_reveal(actor, INES)


def test_nobody_learns_who_it_is_without_the_confidentiality_terms(house: FakeHouse) -> None:
    interested(house)
    house.projects.declined_terms.add(("brief-1", FREELANCER.sub))
    house.service.agree_to_reveal(PRODUCER, INES)
    with pytest.raises(TermsNotAccepted):
        house.service.agree_to_reveal(FREELANCER, INES)
    assert house.service.read(FREELANCER, INES).company is None


def test_a_consent_given_twice_counts_once(house: FakeHouse) -> None:
    interested(house)
    house.service.agree_to_reveal(PRODUCER, INES)
    house.service.agree_to_reveal(COLLEAGUE, INES)
    assert house.service.read(FREELANCER, INES).company is None
    assert house.happened().count("reveal_asked") == 1


def test_a_consent_may_be_withdrawn_until_the_other_side_gives_theirs(house: FakeHouse) -> None:
    interested(house)
    house.service.agree_to_reveal(PRODUCER, INES)
    house.service.withdraw_from_reveal(PRODUCER, INES)
    house.service.withdraw_from_reveal(PRODUCER, INES)
    house.service.agree_to_reveal(FREELANCER, INES)
    assert house.service.read(FREELANCER, INES).company is None
    house.service.agree_to_reveal(PRODUCER, INES)
    with pytest.raises(AlreadyRevealed):
        house.service.withdraw_from_reveal(PRODUCER, INES)
    assert house.service.read(FREELANCER, INES).company is not None


def test_two_consents_that_race_reveal(house: FakeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    interested(house)
    save = house.store.save

    def overtaken(thread: Thread, *rest: object, **more: object) -> None:
        monkeypatch.setattr(house.store, "save", save)
        house.service.agree_to_reveal(FREELANCER, INES)
        save(thread, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(house.store, "save", overtaken)
    house.service.agree_to_reveal(PRODUCER, INES)
    assert state(house) == "revealed"
    assert house.happened()[-2:] == ["reveal_asked", "revealed"]


def test_a_withdrawal_that_races_a_consent_leaves_one_of_the_two_and_nothing_between(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    interested(house)
    house.service.agree_to_reveal(PRODUCER, INES)
    save = house.store.save

    def overtaken(thread: Thread, *rest: object, **more: object) -> None:
        monkeypatch.setattr(house.store, "save", save)
        house.service.agree_to_reveal(FREELANCER, INES)
        save(thread, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(house.store, "save", overtaken)
    with pytest.raises(AlreadyRevealed):
        house.service.withdraw_from_reveal(PRODUCER, INES)
    assert state(house) == "revealed"


def test_nobody_is_revealed_to_a_company_that_is_not_verified_any_more(house: FakeHouse) -> None:
    interested(house)
    house.projects.change("brief-1", live=False, trusted=False)
    with pytest.raises(RevealUnavailable):
        house.service.agree_to_reveal(FREELANCER, INES)


def test_an_act_that_is_overtaken_for_ever_is_to_be_tried_again(
    house: FakeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    interested(house)

    def always(*_: object, **__: object) -> None:
        raise Conflict

    monkeypatch.setattr(house.store, "save", always)
    with pytest.raises(Retryable):
        house.service.agree_to_reveal(PRODUCER, INES)


# ---- answers


def test_an_answer_is_asked_for_before_its_date_at_its_date_and_after(house: FakeHouse) -> None:
    interested(house)
    house.sweep()
    assert "answer_awaited" not in house.happened()
    told = []
    for _ in range(12):
        house.now += timedelta(days=1)
        house.sweep()
        house.sweep()
        told.append(house.happened().count("answer_awaited"))
    assert told == [0, 0, 0, 0, 0, 1, 2, 2, 3, 3, 4, 4]
    overdue = [fact.model_dump()["overdue"] for fact, _ in house.store.facts if "awaited" in fact.event_type]
    assert overdue == [False, True, True, True]


def test_an_answer_given_is_owed_no_more(house: FakeHouse) -> None:
    interested(house)
    house.now += timedelta(days=30)
    assert len(house.store.overdue("company-1", house.now)) == 1
    house.service.answer(PRODUCER, INES, "retained", "to_meet", None)
    assert house.store.overdue("company-1", house.now) == []
    house.sweep()
    assert "answer_awaited" not in house.happened()
    house.service.answer(PRODUCER, INES, "not_retained", "other_budget", "Merci.")
    assert state(house) == "not_retained"
    assert house.happened()[-2:] == ["answered", "answered"]


def test_an_answer_that_leaks_is_not_given(house: FakeHouse) -> None:
    interested(house)
    with pytest.raises(Invalid):
        house.service.answer(PRODUCER, INES, "not_retained", "other_dates", f"{SECRET} vous remercie.")
    assert state(house) == "interested"


def test_the_freelancer_gives_no_answer_to_themselves(house: FakeHouse) -> None:
    interested(house)
    with pytest.raises(NotFound):
        house.service.answer(FREELANCER, INES, "retained", "to_meet", None)


# ---- the end of a project


def test_closing_answers_everyone_as_it_was_written_to_each(house: FakeHouse) -> None:
    interested(house)
    house.service.show_interest(OTHER, "brief-1", None, ())
    prepared = PreparedAnswer(thread_id=INES, reason="other_dates", text="À une prochaine fois, j’espère.")
    house.service.prepare_answers(PRODUCER, "brief-1", [prepared])
    house.projects.change("brief-1", live=False)
    for _ in range(2):
        house.service.project_ended("brief-1", "closed")
    answers = {one.thread.profile_id: one.thread.round.answer for one in house.service.of_brief(PRODUCER, "brief-1")}
    told = {who: (answer.reason, answer.text) for who, answer in answers.items() if answer}
    assert told == {
        "profile-ines": ("other_dates", "À une prochaine fois, j’espère."),
        "profile-noe": ("project_stopped", None),
    }
    assert house.happened().count("answered") == 2


def test_words_kept_without_a_reason_go_with_that_of_how_the_project_ends(house: FakeHouse) -> None:
    interested(house)
    words = PreparedAnswer(thread_id=INES, reason=None, text="Merci de nous avoir lus.")
    house.service.prepare_answers(PRODUCER, "brief-1", [words])
    house.projects.change("brief-1", live=False)
    house.service.project_ended("brief-1", "filled")
    [ended] = house.service.of_brief(PRODUCER, "brief-1")
    assert ended.thread.round.answer is not None
    told = ended.thread.round.answer
    assert (told.reason, told.text) == ("another_profile", "Merci de nous avoir lus.")


def test_filling_tells_the_others_and_leaves_whoever_is_engaged(house: FakeHouse) -> None:
    engaged(house)
    house.service.show_interest(OTHER, "brief-1", None, ())
    house.projects.change("brief-1", live=False)
    house.service.project_ended("brief-1", "filled")
    assert state(house) == "engaged"
    other = house.store.get(thread_id_of("brief-1", "profile-noe"))
    assert other is not None
    assert other.round.answer is not None
    assert other.round.answer.reason == "another_profile"


def test_a_project_that_expires_answers_nobody_by_itself(house: FakeHouse) -> None:
    interested(house)
    house.service.invite(PRODUCER, "brief-1", ["profile-noe"], None)
    house.projects.change("brief-1", live=False)
    house.projects.answer_due = lambda _brief_id, now: now + timedelta(days=2)  # type: ignore[method-assign]
    house.service.project_ended("brief-1", "expired")
    assert state(house) == "interested"
    other = house.store.get(thread_id_of("brief-1", "profile-noe"))
    assert other is not None
    assert other.state == "lapsed"
    house.now += timedelta(days=2)
    assert len(house.store.overdue("company-1", house.now)) == 1


def test_the_end_of_a_former_life_says_nothing_to_those_of_the_present_one(house: FakeHouse) -> None:
    house.projects.change("brief-1", publication_no=2)
    interested(house)
    house.service.project_ended("brief-1", "closed")
    assert state(house) == "interested"


def test_what_is_prepared_is_for_those_who_wait_and_tells_nobody_who_the_producer_is(house: FakeHouse) -> None:
    interested(house)
    other = PreparedAnswer(thread_id=thread_id_of("brief-1", "profile-noe"), reason="other_dates")
    with pytest.raises(NotFound):
        house.service.prepare_answers(PRODUCER, "brief-1", [other])
    leaking = PreparedAnswer(thread_id=INES, reason="other_dates", text=SECRET)
    with pytest.raises(Invalid) as refused:
        house.service.prepare_answers(PRODUCER, "brief-1", [leaking])
    assert refused.value.fields[0].pointer == "/answers/0/text"


def test_a_project_that_comes_back_may_begin_again_with_whoever_was_refused(house: FakeHouse) -> None:
    revealed(house)
    house.service.answer(PRODUCER, INES, "not_retained", "another_profile", None)
    house.projects.change("brief-1", publication_no=2)
    invited(house)
    seen = house.service.read(FREELANCER, INES)
    assert seen.thread.state == "invited"
    assert seen.company is not None
    interested(house)
    assert state(house) == "revealed"


# ---- outcomes


def test_an_engagement_needs_both_and_a_reveal(house: FakeHouse) -> None:
    interested(house)
    with pytest.raises(NotRevealedYet):
        house.service.confirm_engagement(PRODUCER, INES)
    house.service.agree_to_reveal(PRODUCER, INES)
    house.service.agree_to_reveal(FREELANCER, INES)
    house.service.confirm_engagement(PRODUCER, INES)
    house.service.confirm_engagement(COLLEAGUE, INES)
    assert state(house) == "revealed"
    house.service.confirm_engagement(FREELANCER, INES)
    assert state(house) == "engaged"
    assert house.happened()[-2:] == ["engagement_proposed", "engaged"]
    thread = house.store.get(INES)
    assert thread is not None
    assert thread.round.answer_due_at is None


def test_an_engagement_may_be_taken_back_before_the_other_confirms(house: FakeHouse) -> None:
    revealed(house)
    house.service.confirm_engagement(PRODUCER, INES)
    house.service.withdraw_engagement(PRODUCER, INES)
    house.service.confirm_engagement(FREELANCER, INES)
    assert state(house) == "revealed"
    house.service.confirm_engagement(PRODUCER, INES)
    with pytest.raises(NotOpen):
        house.service.withdraw_engagement(PRODUCER, INES)


def test_both_may_say_that_it_comes_to_nothing(house: FakeHouse) -> None:
    interested(house)
    house.service.turn_away(FREELANCER, INES, "other_dates", None)
    assert state(house) == "declined"
    interested(house)
    house.service.turn_away(PRODUCER, INES, "another_profile", None)
    assert state(house) == "not_retained"


def test_a_mission_breaks_off_once_and_only_if_there_was_one(house: FakeHouse) -> None:
    revealed(house)
    with pytest.raises(NotEngaged):
        house.service.break_mission(FREELANCER, INES, "dates")
    house.service.confirm_engagement(PRODUCER, INES)
    house.service.confirm_engagement(FREELANCER, INES)
    house.service.break_mission(FREELANCER, INES, "dates")
    house.service.break_mission(PRODUCER, INES, "other")
    assert house.happened().count("mission_broken") == 1
    assert state(house) == "broken"
    broken_off = house.store.get(INES)
    for side in (PRODUCER, FREELANCER):
        with pytest.raises(NotOpen):  # an engagement that both confirmed is on record, and not to be half unsaid
            house.service.withdraw_engagement(side, INES)
    assert house.store.get(INES) == broken_off
