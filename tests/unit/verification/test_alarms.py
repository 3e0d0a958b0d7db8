"""Alarms, one rule at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed
from chalicelib.verification.alarm_service import AlarmFilter, AlarmService
from chalicelib.verification.alarms import LABELS, LONGEST_TEXT, ORIGINS, REASONS, REPLY_WITHIN, Alarm, check_text
from chalicelib.verification.errors import (
    AlarmNotInThatState,
    OwnAlarm,
    OwnAlarmDecision,
    ReplyAwaited,
    TooLateToAppeal,
)
from chalicelib.verification.subjects import Subject
from chalicelib.vocabulary.clock import stamp
from tests.support.verification_fakes import (
    FakeAlarmStore,
    FakeDocuments,
    FakeSubjects,
    SetClock,
    administrator,
    company_claim,
    freelancer,
    profile_claim,
)

PERSON, COMPANY = Subject("profile", "profile-1"), Subject("company", "company-1")
FILE = ("alarm-1", "file-1")
WHY = "Votre réponse n’explique pas la date du contrat."
SAID = "Le contrat produit porte une date postérieure à la diffusion."


class House:
    def __init__(self) -> None:
        self.clock, self.store = SetClock(), FakeAlarmStore()
        self.subjects = FakeSubjects(profile_claim(1), profile_claim(2), company_claim(1))
        self.documents = FakeDocuments({FILE: "a" * 64, ("alarm-2", "file-2"): "b" * 64})
        self.service = AlarmService(self.store, self.subjects, self.documents, self.clock)

    def prepared(self, alarm_id: str = "alarm-1", subject: Subject = PERSON, **changes: Any) -> Alarm:
        given = {"reason": "forged_credit_or_identity", "origin": "own_finding", "reporter": None} | changes
        return self.service.prepare(administrator(1), alarm_id, subject, **given)

    def raised(self, alarm_id: str = "alarm-1", **changes: Any) -> Alarm:
        self.prepared(alarm_id, **changes)
        return self.service.raise_(administrator(1), alarm_id, SAID, [FILE])

    def in_force(self, **changes: Any) -> Alarm:
        self.raised(**changes)
        self.clock.pass_(REPLY_WITHIN)
        return self.service.put_in_force(administrator(2), "alarm-1", WHY)


@pytest.fixture
def house() -> House:
    return House()


def wrong(raised: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in raised.value.fields]


def deciding(house: House) -> list[Callable[[Actor], Alarm]]:
    """The acts of a second administrator."""
    service = house.service
    return [lambda who: service.put_in_force(who, "alarm-1", WHY), lambda who: service.dismiss(who, "alarm-1")]


def hearing(house: House) -> list[Callable[[Actor], Alarm]]:
    """The acts of a third."""
    return [lambda who: house.service.uphold(who, "alarm-1", WHY), lambda who: house.service.lift(who, "alarm-1")]


def test_nobody_puts_in_force_what_they_raised(house: House) -> None:
    house.raised()
    house.clock.pass_(REPLY_WITHIN)
    for act in deciding(house):
        with pytest.raises(OwnAlarmDecision):
            act(administrator(1))
    assert house.service.put_in_force(administrator(2), "alarm-1", WHY).holds(house.clock())


def test_nothing_follows_before_the_answer_or_ten_days(house: House) -> None:
    house.raised()
    house.clock.pass_(REPLY_WITHIN - timedelta(milliseconds=1))
    for act in deciding(house):
        with pytest.raises(ReplyAwaited):
            act(administrator(2))
    house.clock.pass_(timedelta(milliseconds=1))
    assert house.service.put_in_force(administrator(2), "alarm-1", WHY).state == "in_force"


def test_once_answered_it_may_be_decided_at_once(house: House) -> None:
    house.raised()
    house.service.answer(freelancer(), "alarm-1", "Le contrat a été refait, voici l’original.")
    dismissed = house.service.dismiss(administrator(2), "alarm-1")
    assert (dismissed.state, dismissed.text) == ("dismissed", None)
    assert dismissed.reply is not None
    assert dismissed.reply.text is None


def test_an_answer_that_comes_late_counts_until_it_is_decided(house: House) -> None:
    house.raised()
    house.clock.pass_(2 * REPLY_WITHIN)
    assert house.service.answer(freelancer(), "alarm-1", "Pardon du retard.").state == "answered"
    with pytest.raises(AlarmNotInThatState):
        house.service.answer(freelancer(), "alarm-1", "Autre chose encore.")


def test_it_ends_after_24_months_however_late_the_clockwork_is(house: House) -> None:
    house.in_force()
    began = house.clock()
    house.clock.now = began.replace(year=began.year + 2) - timedelta(milliseconds=1)
    alarm, _ = house.service.read(administrator(4), "alarm-1")
    assert alarm.holds(house.clock())
    assert house.service.due() == []
    house.clock.pass_(timedelta(milliseconds=1))
    assert not alarm.holds(house.clock())
    with pytest.raises(AlarmNotInThatState):
        house.service.lift(administrator(3), "alarm-1")
    assert house.service.due() == ["alarm-1"]
    house.service.settle("alarm-1")
    house.service.settle("alarm-1")
    ended, told = house.service.read(administrator(4), "alarm-1")
    assert (ended.state, ended.text) == ("expired", None)
    assert told[-1]["event_type"] == "verification.alarm_expired"
    assert house.service.due() == []


def test_one_of_a_leap_day_ends_the_day_before_march(house: House) -> None:
    house.clock.now = datetime(2028, 2, 19, 12, tzinfo=UTC)
    assert house.in_force().until == "2030-02-28T12:00:00.000Z"


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_has_words_and_an_origin_that_somebody_signs(reason: Any, house: House) -> None:
    assert LABELS[reason].fr != LABELS[reason].en
    assert ORIGINS[reason]
    for origin in ("own_finding", "signed_report", "competent_body"):
        reporter = None if origin == "own_finding" else "freelancer-2"
        if origin in ORIGINS[reason]:
            assert house.prepared(f"{reason}-{origin}", reason=reason, origin=origin, reporter=reporter)
        else:
            with pytest.raises(Invalid) as raised:
                house.prepared(f"{reason}-{origin}", reason=reason, origin=origin, reporter=reporter)
            assert wrong(raised) == [("/basis", "not_this_origin")]


@pytest.mark.parametrize(
    ("origin", "reporter"), [("signed_report", None), ("signed_report", " "), ("own_finding", "x")]
)
def test_an_anonymous_report_raises_nothing(origin: Any, reporter: Any, house: House) -> None:
    with pytest.raises(Invalid) as raised:
        house.prepared(origin=origin, reporter=reporter)
    assert wrong(raised) == [("/reporter", "reporter_missing")]


def test_it_is_about_somebody_not_about_a_credit(house: House) -> None:
    with pytest.raises(Invalid) as raised:
        house.prepared(subject=Subject.credit("profile-1", "credit-1-1"))
    assert wrong(raised) == [("/subject/kind", "one_credit_only")]
    with pytest.raises(NotFound):
        house.prepared(subject=Subject("profile", "nobody"))


def test_companies_and_freelancers_alike(house: House) -> None:
    house.in_force(subject=COMPANY, reason="non_payment", origin="signed_report", reporter="freelancer-1")
    [alarm] = house.store.about(COMPANY)
    assert (alarm.reason, alarm.holds(house.clock())) == ("non_payment", True)


def test_it_rests_on_files_that_are_kept(house: House) -> None:
    house.prepared()
    for evidence in ([], [("alarm-1", "never sent")]):
        with pytest.raises(Invalid) as raised:
            house.service.raise_(administrator(1), "alarm-1", SAID, evidence)
        assert {code for _, code in wrong(raised)} == {"no_document"}
    assert house.service.raise_(administrator(1), "alarm-1", SAID, [FILE, FILE]).documents[0].sha256 == "a" * 64
    assert house.service.evidence_from("alarm-1") is None


def test_it_does_not_last_by_being_raised_again(house: House) -> None:
    house.raised()
    house.clock.pass_(REPLY_WITHIN)
    house.service.dismiss(administrator(2), "alarm-1")
    house.prepared("alarm-2")
    with pytest.raises(Invalid) as raised:
        house.service.raise_(administrator(1), "alarm-2", SAID, [FILE])
    assert wrong(raised) == [("/documents/0", "already_relied_on")]
    assert house.service.raise_(administrator(1), "alarm-2", SAID, [("alarm-2", "file-2")]).state == "raised"


def test_one_that_was_taken_back_may_be_raised_anew(house: House) -> None:
    house.raised()
    house.service.withdraw(administrator(1), "alarm-1")
    house.prepared("alarm-2")
    assert house.service.raise_(administrator(1), "alarm-2", SAID, [FILE]).state == "raised"


@pytest.mark.parametrize(
    "text",
    [
        "Il a fait l’objet d’une garde à vue.",
        "Une plainte au pénal est en cours.",
        "A été MISE EN EXAMEN.",
        "She was convicted last year.",
        "Son casier judiciaire n’est pas vierge.",
        "C’est un escroc.",
        "Le producteur a déposé plainte.",
        "Une plainte pour faux suit son cours.",
        "L’infraction est constituée : faux et usage de faux.",
        "Mis en cause pour agression.",
    ],
)
def test_words_of_criminal_law_are_refused(text: str, house: House) -> None:
    house.prepared()
    with pytest.raises(Invalid) as raised:
        house.service.raise_(administrator(1), "alarm-1", text, [FILE])
    assert wrong(raised) == [("/text", "criminal_matters")]


def test_words_of_the_trade_pass() -> None:
    for text in (
        "Condamnée par le tribunal de commerce à régler deux factures de 2025.",
        "Credited on a crime series that he did not write for.",
        "La pénalité de retard prévue au contrat n’a pas été réglée.",
    ):
        assert check_text(text) == []


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST_TEXT + 1)])
def test_words_there_must_be_and_few(text: str) -> None:
    assert [one.code for one in check_text(text)] == ["wrong_length"]


def test_nobody_deals_with_one_about_themselves_or_that_they_reported(house: House) -> None:
    house.subjects.colleagues["profile-1"] = frozenset({"admin-3"})
    with pytest.raises(OwnAlarm):
        house.service.prepare(administrator(3), "alarm-9", PERSON, "non_payment", "competent_body", "conseil")
    with pytest.raises(OwnAlarm):
        house.service.prepare(administrator(2), "alarm-9", PERSON, "non_payment", "signed_report", "admin-2")
    house.raised(reason="confidentiality_breach", origin="signed_report", reporter="admin-2")
    house.clock.pass_(REPLY_WITHIN)
    for number in (2, 3):
        with pytest.raises(OwnAlarm):
            house.service.put_in_force(administrator(number), "alarm-1", WHY)
        assert not house.service.may_read(f"admin-{number}", "alarm-1")
    assert house.service.may_read("admin-4", "alarm-1")


def test_an_appeal_goes_to_a_third_person_and_lengthens_nothing(house: House) -> None:
    until = house.in_force().until
    house.service.appeal(freelancer(), "alarm-1", "Je conteste.")
    for number in (1, 2):
        for act in hearing(house):
            with pytest.raises(OwnAlarmDecision):
                act(administrator(number))
    [contested] = house.store.about(PERSON)
    assert contested.holds(house.clock())
    upheld = house.service.uphold(administrator(3), "alarm-1", WHY)
    assert (upheld.state, upheld.until) == ("in_force", until)
    with pytest.raises(AlarmNotInThatState):
        house.service.appeal(freelancer(), "alarm-1", "Encore.")


def test_an_appeal_that_is_right_lifts_it(house: House) -> None:
    house.in_force()
    house.service.appeal(freelancer(), "alarm-1", "Je conteste.")
    lifted = house.service.lift(administrator(3), "alarm-1")
    assert (lifted.state, lifted.holds(house.clock())) == ("lifted", False)
    assert house.store.about(PERSON) == [lifted]


def test_thirty_days_to_appeal(house: House) -> None:
    house.in_force()
    house.clock.pass_(timedelta(days=30))
    with pytest.raises(TooLateToAppeal):
        house.service.appeal(freelancer(), "alarm-1", "Je conteste.")


def test_its_subject_sees_it_once_it_is_raised_and_nobody_else_does(house: House) -> None:
    house.prepared()
    assert house.service.mine(freelancer()) == []
    with pytest.raises(NotFound):
        house.service.answer(freelancer(), "alarm-1", "Quoi ?")
    raised = house.service.raise_(administrator(1), "alarm-1", SAID, [FILE])
    assert house.service.mine(freelancer()) == [raised]
    assert house.service.mine(freelancer(2)) == []
    for act in (house.service.answer, house.service.appeal):
        with pytest.raises(NotFound):
            act(freelancer(2), "alarm-1", "Pas le mien.")


def test_done_again_by_the_same_person_is_done_once(house: House) -> None:
    first = house.prepared()
    assert house.prepared() == first
    with pytest.raises(Conflict):
        house.prepared(subject=COMPANY)
    steps: list[Any] = [
        lambda: house.service.raise_(administrator(1), "alarm-1", SAID, [FILE]),
        lambda: house.service.answer(freelancer(), "alarm-1", "Je conteste."),
        lambda: house.service.put_in_force(administrator(2), "alarm-1", WHY),
        lambda: house.service.appeal(freelancer(), "alarm-1", "Je conteste encore."),
        lambda: house.service.uphold(administrator(3), "alarm-1", WHY),
        lambda: house.service.lift(administrator(4), "alarm-1"),
    ]
    for step in steps:
        once = step()
        assert step() == once
    assert len(house.store.facts_told) == 7


def test_what_nobody_goes_on_with_lapses(house: House) -> None:
    house.raised()
    house.prepared("alarm-2")
    house.clock.pass_(timedelta(days=60))
    with pytest.raises(AlarmNotInThatState):
        house.service.put_in_force(administrator(2), "alarm-1", WHY)
    for alarm_id in house.service.due():
        house.service.settle(alarm_id)
    assert [house.service.read(administrator(4), one)[0].state for one in ("alarm-1", "alarm-2")] == [
        "withdrawn",
        "withdrawn",
    ]
    assert house.service.listed(AlarmFilter(), None)[0] == []


def test_a_decision_against_its_subject_says_why_without_words_of_criminal_law(house: House) -> None:
    house.raised()
    house.clock.pass_(REPLY_WITHIN)
    for text, code in (("", "wrong_length"), ("x" * 1001, "wrong_length"), ("C’est un escroc.", "criminal_matters")):
        with pytest.raises(Invalid) as raised:
            house.service.put_in_force(administrator(2), "alarm-1", text)
        assert wrong(raised) == [("/text", code)]
    house.service.put_in_force(administrator(2), "alarm-1", WHY)
    house.service.appeal(freelancer(), "alarm-1", "Je conteste.")
    with pytest.raises(Invalid):
        house.service.uphold(administrator(3), "alarm-1", " ")
    upheld = house.service.uphold(administrator(3), "alarm-1", "La pièce dit le contraire.")
    assert [ruling.text for ruling in upheld.rulings] == [WHY, "La pièce dit le contraire."]
    lifted = house.service.lift(administrator(4), "alarm-1")
    assert [ruling.text for ruling in lifted.rulings] == [None, None, None]


def test_who_decides_has_read_what_stands_now(house: House) -> None:
    read = house.raised().version
    house.clock.pass_(REPLY_WITHIN)
    house.service.answer(freelancer(), "alarm-1", "Voici l’original.")
    for act in (
        lambda: house.service.put_in_force(administrator(2), "alarm-1", WHY, read),
        lambda: house.service.dismiss(administrator(2), "alarm-1", read),
    ):
        with pytest.raises(PreconditionFailed):
            act()
    assert house.service.put_in_force(administrator(2), "alarm-1", WHY, read + 1).state == "in_force"
    assert house.service.put_in_force(administrator(2), "alarm-1", WHY, read + 1).state == "in_force", "done again"
    for act in (
        lambda: house.service.uphold(administrator(3), "alarm-1", WHY, read),
        lambda: house.service.lift(administrator(3), "alarm-1", read),
    ):
        with pytest.raises(PreconditionFailed):
            act()


def test_nobody_reads_one_about_themselves_or_that_they_reported(house: House) -> None:
    house.subjects.colleagues["profile-1"] = frozenset({"admin-3"})
    house.raised(reason="confidentiality_breach", origin="signed_report", reporter="admin-2")
    for number in (2, 3):
        with pytest.raises(OwnAlarm):
            house.service.read(administrator(number), "alarm-1")
    assert house.service.read(administrator(1), "alarm-1")[0].text == SAID


def test_what_waits_is_filtered(house: House) -> None:
    house.raised()
    house.prepared("alarm-2", COMPANY, reason="non_payment", origin="competent_body", reporter="conseil")

    def waiting(**wanted: Any) -> list[str]:
        return [alarm.alarm_id for alarm in house.service.listed(AlarmFilter(**wanted), None)[0]]

    assert waiting() == ["alarm-2", "alarm-1"]
    assert waiting(state="raised") == ["alarm-1"]
    assert waiting(kind="company") == ["alarm-2"]
    assert waiting(due=True) == ["alarm-2"], "an answer is awaited of the other"
    house.clock.pass_(REPLY_WITHIN)
    assert waiting(due=True) == ["alarm-2", "alarm-1"]


def test_it_may_be_contested_once_and_says_until_when(house: House) -> None:
    began = house.raised()
    assert began.appeal_until is None
    house.clock.pass_(REPLY_WITHIN)
    in_force = house.service.put_in_force(administrator(2), "alarm-1", WHY)
    assert in_force.appeal_until == stamp(house.clock() + timedelta(days=30))
    house.service.appeal(freelancer(), "alarm-1", "Je conteste.")
    assert house.service.uphold(administrator(3), "alarm-1", WHY).appeal_until is None
