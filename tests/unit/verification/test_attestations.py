"""Attestations: asked at the company's own domain, answered once, and what around them deserves a second look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.platform.errors import Conflict, Invalid, NotFound, Retryable
from chalicelib.verification.attestations import (
    ANSWERS,
    ASKED_BY_ONE_A_DAY,
    ASKED_OF_ONE_A_WEEK,
    SAID,
    Attestation,
    AttestationAnswers,
    AttestationRequests,
    Claim,
)
from chalicelib.verification.collusion import BURST_OF, SHARED_BY, signals_among
from chalicelib.verification.errors import (
    AddressAskedTooOften,
    AlreadyAsked,
    AskedTooOften,
    LinkExpired,
    LinkUsed,
    LostLink,
    TakenMeanwhile,
)
from chalicelib.verification.mailboxes import is_address, is_at, is_free, likeness, mailbox
from chalicelib.vocabulary.clock import stamp
from tests.support.evidence_fakes import (
    CLAIM,
    START,
    FakeClock,
    FakeCompanies,
    FakeEvidenceStore,
    FakeLinks,
    FakePeople,
)

PAUL = "paul@falaise-films.test"


class Desk:
    """Both services and everything around them."""

    def __init__(self) -> None:
        self.store, self.clock, self.links = FakeEvidenceStore(), FakeClock(), FakeLinks()
        self.people, self.companies = FakePeople(), FakeCompanies()
        self.requests = AttestationRequests(self.store, self.links, self.companies, self.people, self.clock)
        self.answers = AttestationAnswers(self.store, self.links, self.clock)

    def ask(self, attestation_id: str = "ask-1", address: str = PAUL, **more: Any) -> Attestation:
        asked = {"case_id": "case-1", "profile_id": "profile-ines", "credit_id": "credit-1", "claim": CLAIM} | more
        return self.requests.ask(attestation_id, address=address, **asked)

    def link(self, attestation: Attestation) -> str:
        return self.links.link(attestation)

    def told(self) -> list[str]:
        return [fact.event_type.removeprefix("verification.attestation_") for fact in self.store.facts]


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---- whom one may ask


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("paul", "wrong_address"),
        ("paul@", "wrong_address"),
        ("paul@falaise", "wrong_address"),
        ("Paul <paul@falaise-films.test>", "wrong_address"),
        ("paul@falaise-films.test\nbcc: x@y.test", "wrong_address"),
        ("paul@gmail.com", "free_mail"),
        ("paul@Orange.fr", "free_mail"),
        ("paul@sub.laposte.net", "free_mail"),
        ("paul@yopmail.com", "free_mail"),
        ("paul@\u212aompagnie.test", "wrong_address"),
        ("paul@falaise-f\u0456lms.test", "wrong_address"),
        ("paul@xn--falaise-flms-x9k.test", "not_of_the_company"),
        ("paul@autre-rive.test", "not_of_the_company"),
        ("paul@pas-falaise-films.test", "not_of_the_company"),
        ("paul@falaise-films.test.ailleurs.test", "not_of_the_company"),
    ],
)
def test_an_address_that_attests_nothing_is_refused_by_name(desk: Desk, address: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        desk.ask(address=address)
    assert [(field.pointer, field.code) for field in refused.value.fields] == [("/address", code)]
    assert (desk.store.asked, desk.store.tallies) == ({}, {})


@pytest.mark.parametrize("domain", ["gmail.com", "orange.fr"])
def test_an_address_that_anybody_may_open_attests_nothing_whatever_the_company_says(desk: Desk, domain: str) -> None:
    desk.companies.known["Falaise Films"] |= {domain}
    with pytest.raises(Invalid) as refused:
        desk.ask(address=f"paul@{domain}")
    assert [field.code for field in refused.value.fields] == ["free_mail"]
    assert desk.ask(address=PAUL).company_known


@pytest.mark.parametrize("address", [PAUL, "PAUL@Falaise-Films.test", "paul@paris.falaise-films.test"])
def test_an_address_at_the_domain_that_the_company_has_proved_is_taken(desk: Desk, address: str) -> None:
    attestation = desk.ask(address=address)
    assert (attestation.company_known, attestation.address) == (True, address)
    assert desk.told() == ["asked"]


def test_of_a_company_that_is_not_with_us_the_domain_is_only_stated(desk: Desk) -> None:
    attestation = desk.ask(address="lou@la-jetee.test", claim=replace(CLAIM, company="La Jetée"))
    assert (attestation.company_known, attestation.domain) == (False, "la-jetee.test")


def test_asking_again_under_the_same_id_changes_nothing(desk: Desk) -> None:
    assert desk.ask() == desk.ask()
    assert desk.told() == ["asked"]


def test_one_mailbox_is_asked_once_about_a_claim_and_again_about_a_corrected_one(desk: Desk) -> None:
    desk.ask()
    with pytest.raises(AlreadyAsked):
        desk.ask("ask-2", "paul+encore@falaise-films.test")
    desk.ask("ask-3", claim=replace(CLAIM, year=2022))
    desk.ask("ask-4", credit_id="credit-2")
    assert CLAIM.digest != replace(CLAIM, year=2022).digest


def test_what_expired_without_an_answer_may_be_asked_again_and_what_was_answered_may_not(desk: Desk) -> None:
    first = desk.ask()
    desk.clock.passes(days=14)
    second = desk.ask("ask-2")
    desk.answers.answer(desk.link(second), "does_not_confirm", "")
    desk.clock.passes(days=14)
    with pytest.raises(AlreadyAsked):
        desk.ask("ask-3")
    assert first.attestation_id != second.attestation_id


def test_one_person_asks_so_many_times_a_day(desk: Desk) -> None:
    for number in range(ASKED_BY_ONE_A_DAY):
        desk.ask(f"ask-{number}", f"p{number}@falaise-films.test")
    with pytest.raises(AskedTooOften):
        desk.ask("one-more", "p-more@falaise-films.test")
    desk.clock.passes(days=1)
    desk.ask("one-more", "p-more@falaise-films.test")


def test_one_mailbox_is_asked_so_many_times_a_week_however_it_is_spelled(desk: Desk) -> None:
    spelled = ["p.aul", "pa.ul", "pau.l", "paul+a", "p.a.u.l"]
    for number in range(ASKED_OF_ONE_A_WEEK):
        desk.ask(
            f"ask-{number}",
            f"{spelled[number]}@falaise-films.test",
            profile_id=f"profile-{number}",
            case_id=f"c{number}",
        )
    with pytest.raises(AddressAskedTooOften):
        desk.ask("one-more", profile_id="profile-more", case_id="c-more")
    desk.clock.passes(days=7)
    desk.ask("one-more", profile_id="profile-more", case_id="c-more")


def test_of_two_requests_at_once_one_is_told_to_ask_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = desk.store.ask

    def overtaken(*arguments: Any) -> None:
        monkeypatch.setattr(desk.store, "ask", real)
        desk.ask("ask-2", "lou@falaise-films.test")
        real(*arguments)

    monkeypatch.setattr(desk.store, "ask", overtaken)
    with pytest.raises(Conflict):
        desk.ask()
    assert desk.ask().attestation_id == "ask-1"


# ---- answering


def test_looking_changes_nothing_however_often(desk: Desk) -> None:
    attestation = desk.ask()
    for _ in range(3):
        assert desk.answers.look(desk.link(attestation)) == attestation
    assert desk.told() == ["asked"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_answer_is_recorded_once_with_its_line_of_text(desk: Desk, answer: Any) -> None:
    link = desk.link(desk.ask())
    given = desk.answers.answer(link, answer, "  Saisons 1\r\net 2\x00 " + "x" * SAID)
    assert (given.answer, given.answered_at) == (answer, stamp(START))
    assert given.said is not None
    assert given.said.startswith("Saisons 1 et 2 xxx")
    assert len(given.said) == SAID
    for again in (lambda: desk.answers.answer(link, "confirms", ""), lambda: desk.answers.look(link)):
        with pytest.raises(LinkUsed):
            again()
    assert desk.told() == ["asked", "answered"]
    assert desk.store.attestation("case-1", "ask-1") == given


def test_an_answer_without_words_has_none(desk: Desk) -> None:
    assert desk.answers.answer(desk.link(desk.ask()), "confirms", " \u200b\n").said is None


def test_of_two_answers_at_once_one_counts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    link = desk.link(desk.ask())
    real = desk.store.change_attestation

    def overtaken(*arguments: Any) -> None:
        monkeypatch.setattr(desk.store, "change_attestation", real)
        desk.answers.answer(link, "unknown_person", "")
        real(*arguments)

    monkeypatch.setattr(desk.store, "change_attestation", overtaken)
    with pytest.raises(LinkUsed):
        desk.answers.answer(link, "confirms", "")
    assert [one.answer for one in desk.store.attestations("case-1")] == ["unknown_person"]
    assert desk.told() == ["asked", "answered"]


def test_a_link_ends_with_its_fourteenth_day(desk: Desk) -> None:
    link = desk.link(desk.ask())
    desk.clock.passes(days=14, milliseconds=-1)
    desk.answers.look(link)
    desk.clock.passes(milliseconds=1)
    with pytest.raises(LinkExpired):
        desk.answers.look(link)
    with pytest.raises(LinkExpired):
        desk.answers.answer(link, "confirms", "")
    assert desk.store.attestations("case-1")[0].answer is None


def test_what_is_none_of_ours_or_was_withdrawn_leads_nowhere(desk: Desk) -> None:
    attestation = desk.ask()
    with pytest.raises(LostLink):
        desk.answers.look("anything")
    with pytest.raises(LostLink):
        desk.answers.look(f"case-1.ask-9.{attestation.expires_at}")
    desk.requests.withdraw("profile-ines", "case-1", "ask-1")
    with pytest.raises(LostLink):
        desk.answers.answer(desk.link(attestation), "confirms", "")


def test_only_who_asked_withdraws_and_an_answer_stays(desk: Desk) -> None:
    attestation = desk.ask()
    with pytest.raises(NotFound):
        desk.requests.withdraw("profile-yann", "case-1", "ask-1")
    answered = desk.answers.answer(desk.link(attestation), "confirms", "")
    assert desk.requests.withdraw("profile-ines", "case-1", "ask-1") == answered


def test_the_e_mail_has_what_it_needs_until_nobody_is_to_be_asked(desk: Desk) -> None:
    attestation = desk.ask()
    invitation = desk.requests.invitation("case-1", "ask-1")
    assert invitation is not None
    assert (invitation.address, invitation.link, invitation.claim) == (PAUL, desk.link(attestation), CLAIM)
    desk.answers.answer(invitation.link, "confirms", "")
    assert desk.requests.invitation("case-1", "ask-1") is None
    assert desk.requests.invitation("case-1", "ask-9") is None


def test_with_its_case_a_request_ends_and_its_address_is_forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask()
    desk.answers.answer(desk.link(desk.ask("ask-2", "lou@falaise-films.test")), "confirms", "Oui")
    with monkeypatch.context() as taken:
        taken.setattr(desk.store, "change_attestation", lambda *_: (_ for _ in ()).throw(TakenMeanwhile))
        with pytest.raises(Retryable):
            desk.requests.case_ended("case-1")
    for _ in range(2):
        desk.requests.case_ended("case-1")
    first, second = desk.requests.of_case("case-1")
    assert (first.address, first.withdrawn_at) == (None, stamp(START))
    assert (second.address, second.answer, second.said) == (None, "confirms", "Oui")
    assert desk.told() == ["asked", "asked", "answered", "cancelled"]


# ---- mailboxes


def test_one_mailbox_under_several_spellings_is_one() -> None:
    assert mailbox("Lea.Roc+pp@Maison.test") == mailbox("lea.roc@maison.test")
    assert mailbox("l.e.a@gmail.com") == mailbox("lea@googlemail.com")
    assert mailbox("lea.roc@maison.test") != mailbox("learoc@maison.test")
    assert likeness("lea.roc@maison.test") == likeness("learoc+x@maison.test")
    assert likeness("lea@maison.test") != likeness("lea@autre.test")


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_not(text: str) -> None:
    if is_address(text):
        assert text.count("@") == 1
    assert isinstance(is_free(text), bool)
    assert len(mailbox(text)) == len(likeness(text)) == 64


def test_a_domain_counts_with_what_lies_below_it_and_nothing_beside() -> None:
    assert is_at("a@paris.maison.fr", "Maison.fr.")
    assert not is_at("a@lamaison.fr", "maison.fr")
    assert not is_free("free.fr.test")
    assert not is_free("fr")


# ---- signals


def an(number: int, **changes: Any) -> Attestation:
    claim: Claim = CLAIM
    made = Attestation(
        attestation_id=f"ask-{number}",
        case_id="case-1",
        profile_id="ines",
        credit_id="credit-1",
        claim=claim,
        address=None,
        domain="falaise-films.test",
        company_known=True,
        mailbox=f"box-{number}",
        likeness=f"like-{number}",
        attester=None,
        own_mailboxes=("box-ines",),
        own_likenesses=("like-ines",),
        own_domains=(),
        asked_at=stamp(START),
        expires_at=stamp(START + timedelta(days=14)),
    )
    return replace(made, **changes)


def answered(number: int, minutes: float, **changes: Any) -> Attestation:
    return an(number, answer="confirms", answered_at=stamp(START + timedelta(minutes=minutes)), **changes)


def seen(own: list[Attestation], around: list[Attestation] | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(signal.signal, signal.concerns) for signal in signals_among(own, around or [])]


def test_attestations_like_any_others_show_nothing() -> None:
    other = an(3, case_id="case-2", profile_id="yann", own_mailboxes=("box-yann",), own_likenesses=("like-yann",))
    assert seen([an(1), answered(2, 0)], [other]) == []


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"attester": "yann"}, {"attester": "ines"}),
        ({"mailbox": "box-yann"}, {"mailbox": "box-ines"}),
        ({"attester": "yann"}, {"mailbox": "box-ines"}),
    ],
    ids=["by profile", "by mailbox", "by one of each"],
)
def test_two_people_who_attest_for_each_other_are_seen(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    other = an(2, case_id="case-2", profile_id="yann", own_mailboxes=("box-yann",), own_likenesses=(), **theirs)
    assert seen([an(1, **mine)], [other]) == [("mutual_attestation", ("ask-1", "ask-2"))]
    assert seen([an(1, **mine)], [replace(other, withdrawn_at=stamp(START))]) == []
    assert seen([an(1)], [other]) == []


def test_an_address_that_is_asked_about_many_people_in_a_short_time_is_seen() -> None:
    many = [
        an(n, case_id=f"case-{n}", profile_id=f"p{n}", likeness="like-paul", own_mailboxes=(), own_likenesses=())
        for n in range(1, SHARED_BY + 1)
    ]
    assert seen(many[:1], many) == [("shared_address", tuple(f"ask-{n}" for n in range(1, SHARED_BY + 1)))]
    late = [replace(one, asked_at=stamp(START + timedelta(days=31 * n))) for n, one in enumerate(many)]
    assert seen(late[:1], late) == []
    same = [replace(one, profile_id="p1") for one in many]
    assert seen(same[:1], same) == []


def test_confirmations_that_come_at_one_go_are_seen() -> None:
    quick = [answered(n, n) for n in range(1, BURST_OF + 1)]
    assert seen(quick) == [("burst", tuple(f"ask-{n}" for n in range(1, BURST_OF + 1)))]
    assert seen([answered(n, 60 * n) for n in range(1, BURST_OF + 1)]) == []
    assert seen([replace(one, answer="unknown_person") for one in quick]) == []


def test_ones_own_address_is_seen_whatever_dots_and_tags_it_has() -> None:
    for changes in ({"mailbox": "box-ines"}, {"likeness": "like-ines"}, {"attester": "ines"}):
        assert seen([an(1, **changes)]) == [("own_address", ("ask-1",))]


def test_ones_own_domain_is_seen_unless_it_is_proved_to_be_the_companys() -> None:
    mine = an(1, domain="ines-ecrit.test", own_domains=("ines-ecrit.test",), company_known=False)
    assert seen([mine]) == [("own_domain", ("ask-1",))]
    assert seen([replace(mine, company_known=True)]) == []


def test_signals_are_the_same_in_whatever_order_they_are_looked_for() -> None:
    some = [answered(n, n, likeness="like-ines") for n in range(1, BURST_OF + 1)]
    expected = seen(some)
    assert {name for name, _ in expected} == {"burst", "own_address"}
    assert all(seen(list(order)) == expected for order in permutations(some))


def test_a_signal_says_what_it_is_in_both_languages_and_holds_nothing_of_anybody() -> None:
    for signal in signals_among([answered(n, n, likeness="like-ines") for n in range(1, BURST_OF + 1)], []):
        assert signal.sentence.fr
        assert signal.sentence.en
        assert "{" not in signal.sentence.fr + signal.sentence.en


def test_the_service_looks_at_all_who_have_to_do_with_the_case(desk: Desk) -> None:
    desk.people.accounts |= {"profile-ines": "ines@falaise-films.test", "profile-paul": PAUL}
    desk.ask()
    assert desk.requests.signals("case-1") == []
    desk.ask("ask-2", "ines@falaise-films.test", case_id="case-2", profile_id="profile-paul")
    [signal] = desk.requests.signals("case-1")
    assert (signal.signal, signal.concerns) == ("mutual_attestation", ("ask-1", "ask-2"))
    assert desk.requests.signals("case-9") == []
