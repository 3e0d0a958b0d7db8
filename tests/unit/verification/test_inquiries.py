"""What steps ask, and how what is really there answers them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification import claims
from chalicelib.verification.alarms import Alarm
from chalicelib.verification.attestations import AttestationAnswers, AttestationRequests, Claim
from chalicelib.verification.case_holders import CaseHolders
from chalicelib.verification.endings import Endings
from chalicelib.verification.evidence import NOTES, Evidence
from chalicelib.verification.evidence_files import EvidenceFiles
from chalicelib.verification.inquiries import (
    KINDS,
    AttestationsOfCase,
    CreditInquiry,
    FilesOfCase,
    RegisterInquiry,
    work_claim,
)
from chalicelib.verification.models import Case, Lease
from chalicelib.verification.sources.errors import TryLater
from chalicelib.verification.sources.isan import Isan
from chalicelib.verification.sources.port import CreditSource, Terms
from chalicelib.verification.states import STATES, State
from chalicelib.verification.subjects import CreditClaim, OtherWork, ProfileClaim, Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.support.evidence_fakes import (
    START,
    FakeCases,
    FakeClock,
    FakeCompanies,
    FakeEvidenceStore,
    FakeFiles,
    FakeLinks,
    FakePeople,
    a_pdf,
)
from tests.support.source_fakes import FakeFetcher, a_setting
from tests.support.verification_fakes import company_claim, contact, credit_claim

SOON = timedelta(seconds=0.2)


def evidence(source: str) -> Evidence:
    return Evidence(
        source=source,
        verdict="confirms",
        level="work",
        reason="work_found",
        note=NOTES["work_found"],
        retrieved_at=stamp(START),
        expires_at=stamp(START + timedelta(days=365)),
        licence="CC0-1.0",
    )


@dataclass
class FakeSource:
    id: str
    answer: Callable[[], Evidence]
    asked: list[claims.WorkClaim] = field(default_factory=list)
    terms: Terms = field(default_factory=lambda: Terms(name="Le Catalogue", licence="CC0-1.0"))

    def check(self, claim: claims.WorkClaim) -> Evidence:
        self.asked.append(claim)
        return self.answer()


def failing(error: Exception) -> Callable[[], Evidence]:
    def fail() -> Evidence:
        raise error

    return fail


def saying(name: str) -> FakeSource:
    return FakeSource(name, lambda: evidence(name))


def inquiry(*sources: FakeSource, seconds: float = 5.0) -> CreditInquiry:
    known: dict[str, CreditSource] = {one.id: one for one in sources}  # type: ignore[misc]
    return CreditInquiry(lambda: known, seconds, FakeClock())


# ---- credits


def test_a_credit_is_asked_about_with_what_else_the_person_claims() -> None:
    credit = credit_claim(format="series-52", other_works=(OtherWork("Le Phare", 2019),))
    asked = work_claim(credit)
    assert (asked.title, asked.year, asked.kind, asked.company) == ("La Digue", 2023, "series", "Les Films du Môle")
    assert (asked.person_name, asked.function) == ("Noor Vasseur", "script_editor")
    assert asked.other_works == (claims.WorkTitle(title="Le Phare", year=2019),)
    assert asked.titles == ("La Digue",)
    assert work_claim(credit_claim(title="La Digue, saison 2", format="series-52")).titles == (
        "La Digue, saison 2",
        "La Digue",
    )


def test_sources_are_told_the_numbers_as_catalogues_have_them() -> None:
    numbers = {
        "isni": "9999999900000010",
        "bnf": "ark:/12148/cb900000229",
        "wikidata": "Q900000011",
        "imdb": "nm90000011",
    }
    asked = work_claim(credit_claim(isan="FFFF-0001-0000-0000-Y", external_ids=numbers))
    assert asked.isan == "FFFF-0001-0000-0000-Y"
    assert asked.person_ids == numbers | {"bnf": "900000229"}
    evidence = Isan(a_setting(FakeFetcher([]))).check(asked)
    assert (evidence.reason, evidence.matched_fields) == ("well_formed", ("isan",))
    assert (work_claim(credit_claim()).isan, work_claim(credit_claim()).person_ids) == (None, {})


def test_another_isan_is_another_claim_and_a_persons_own_numbers_are_none_of_it() -> None:
    claim = credit_claim()
    digests = {claim.digest, *(replace(claim, isan=f"FFFF-000{number}-0000-0000").digest for number in (1, 2))}
    assert len(digests) == 3
    assert replace(claim, external_ids={"isni": "9999999900000010"}).digest == claim.digest


def test_the_kinds_are_of_formats_that_exist_and_the_others_may_be_either() -> None:
    formats = set(taxonomy().dimensions["formats"].entries)
    assert set(KINDS) < formats
    assert formats - set(KINDS) == {
        *("two-part-90", "collection-90", "docu-fiction", "audio-fiction", "interactive-fiction"),
    }
    assert work_claim(credit_claim(format="docu-fiction")).kind is None


def test_every_source_is_asked_and_answers_come_in_their_order() -> None:
    sources = [saying("one"), saying("two"), saying("three")]
    answers = inquiry(*sources).check_credit(credit_claim(), last=False)
    assert [one.source for one in answers] == ["one", "two", "three"]
    assert [len(one.asked) for one in sources] == [1, 1, 1]


def test_sources_are_asked_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=5)

    def meet(name: str) -> Callable[[], Evidence]:
        def answer() -> Evidence:
            together.wait()
            return evidence(name)

        return answer

    answers = inquiry(FakeSource("one", meet("one")), FakeSource("two", meet("two"))).check_credit(
        credit_claim(), last=False
    )
    assert len(answers) == 2


def test_without_a_source_there_is_no_answer() -> None:
    assert inquiry().check_credit(credit_claim(), last=False) == ()


def test_one_that_is_out_of_order_is_asked_again_no_sooner_than_the_slowest_wants() -> None:
    sources = (
        FakeSource("busy", failing(TryLater("http_429", timedelta(seconds=90)))),
        FakeSource("down", failing(TryLater("http_503"))),
        saying("well"),
    )
    with pytest.raises(Retryable) as told:
        inquiry(*sources).check_credit(credit_claim(), last=False)
    assert getattr(told.value, "after", None) == timedelta(seconds=90)


def test_at_the_last_attempt_what_the_others_say_is_kept_and_silence_proves_nothing() -> None:
    down = FakeSource("down", failing(TryLater("http_503")))
    answers = inquiry(down, saying("well")).check_credit(credit_claim(), last=True)
    assert [(one.source, one.verdict, one.reason) for one in answers] == [
        ("down", "silent", "unreachable"),
        ("well", "confirms", "work_found"),
    ]
    assert answers[0].proves is None
    assert "Le Catalogue" in answers[0].note.fr


@pytest.fixture
def hanging() -> Iterator[FakeSource]:
    release = threading.Event()

    def hang() -> Evidence:
        release.wait(10)
        return evidence("hanging")

    yield FakeSource("hanging", hang)
    release.set()


def test_one_that_hangs_is_not_waited_for(hanging: FakeSource) -> None:
    asking = inquiry(hanging, saying("well"), seconds=SOON.total_seconds())
    with pytest.raises(TryLater, match="timed_out"):
        asking.check_credit(credit_claim(), last=False)
    answers = asking.check_credit(credit_claim(), last=True)
    assert [one.reason for one in answers] == ["unreachable", "work_found"]


def test_a_bug_in_one_source_loses_nothing_of_what_the_others_say() -> None:
    broken = FakeSource("broken", failing(ZeroDivisionError()))
    answers = inquiry(broken, saying("well")).check_credit(credit_claim(), last=False)
    assert [(one.source, one.verdict, one.reason) for one in answers] == [
        ("broken", "error", "garbled"),
        ("well", "confirms", "work_found"),
    ]
    assert answers[0].proves is None


def test_one_that_wants_to_be_left_alone_for_long_is_not_waited_for() -> None:
    banned = FakeSource("banned", failing(TryLater("http_429", timedelta(minutes=16))))
    answers = inquiry(banned, saying("well")).check_credit(credit_claim(), last=False)
    assert [one.reason for one in answers] == ["unreachable", "work_found"]
    patient = FakeSource("patient", failing(TryLater("http_429", timedelta(minutes=15))))
    with pytest.raises(TryLater):
        inquiry(banned, patient).check_credit(credit_claim(), last=False)


def test_the_register_is_asked_about_number_name_and_domain() -> None:
    asked: list[claims.CompanyClaim] = []

    class Register:
        def check(self, claim: claims.CompanyClaim) -> Evidence:
            asked.append(claim)
            return evidence("registry")

    answers = register_inquiry(Register()).look_up(company_claim())
    assert [one.source for one in answers] == ["registry"]
    assert asked == [claims.CompanyClaim(siren="732829320", name="Les Films du Môle", domain="mole.test")]


def register_inquiry(register: Any) -> RegisterInquiry:
    return RegisterInquiry(lambda: register, FakeClock())


def test_a_register_out_of_order_is_asked_again_unless_it_wants_to_be_left_alone_for_long() -> None:
    for minutes in (None, 15):
        after = timedelta(minutes=minutes) if minutes else None
        with pytest.raises(TryLater):
            register_inquiry(FakeSource("registry", failing(TryLater("http_429", after)))).look_up(company_claim())
    busy = FakeSource("registry", failing(TryLater("http_429", timedelta(hours=24))))
    [told] = register_inquiry(busy).look_up(company_claim())
    assert (told.verdict, told.level, told.reason) == ("silent", None, "unreachable")


# ---- files


def test_files_are_told_as_awaited_checked_or_refused_and_whether_others_sent_them() -> None:
    store, files, cases = FakeEvidenceStore(), FakeFiles(), FakeCases()
    cases.owners["case-2"] = "sub-noor"
    desk = EvidenceFiles(store, files, cases, FakeClock())

    def send(account: str, case_id: str, evidence_id: str, content: bytes) -> None:
        placed, _ = desk.offer(account, case_id, evidence_id, "contract", "application/pdf", 2000, "credit-1")
        files.held[placed.upload_key] = content
        desk.confirm(account, case_id, evidence_id)

    send("sub-noor", "case-2", "e-0", a_pdf())
    send("sub-ines", "case-1", "e-1", a_pdf())
    send("sub-ines", "case-1", "e-2", b"no file of that kind")
    desk.offer("sub-ines", "case-1", "e-3", "other", "application/pdf", 2000)
    told = {one.evidence_id: one for one in FilesOfCase(lambda: desk).of_case("case-1")}
    assert {name: (one.state, one.reused) for name, one in told.items()} == {
        "e-1": ("checked", True),
        "e-2": ("refused", False),
        "e-3": ("awaited", False),
    }
    assert told["e-1"].credit_id == "credit-1"
    assert [told[name].kind for name in sorted(told)] == ["contract", "contract", "other"]
    assert told["e-2"].refusal is not None


# ---- attestations

CREDIT = CreditClaim(
    profile_id="profile-ines",
    credit_id="credit-1",
    person_name="Inès Kerjean",
    title="Les Marées noires",
    year=2021,
    started_year=2019,
    function="literary-director",
    format="series-52",
    company="Falaise Films",
    broadcaster=None,
)
PERSON = ProfileClaim(
    profile_id="profile-ines",
    owner_sub="sub-ines",
    person_name="Inès Kerjean",
    roles=("literary-director",),
    credits=(CREDIT,),
)


class Attesting:
    def __init__(self) -> None:
        self.store, self.clock, self.companies = FakeEvidenceStore(), FakeClock(), FakeCompanies()
        self.requests = AttestationRequests(self.store, FakeLinks(), self.companies, FakePeople(), self.clock)
        self.answers = AttestationAnswers(self.store, FakeLinks(), self.clock)
        self.told = AttestationsOfCase(lambda: self.requests, self.clock)

    def ask(self, attestation_id: str = "a-1", address: str = "paul@falaise-films.test") -> str:
        self.requests.ask(attestation_id, "case-1", "profile-ines", "credit-1", Claim.of(CREDIT), address)
        invitation = self.requests.invitation("case-1", attestation_id)
        assert invitation is not None
        return invitation.link


@pytest.mark.parametrize(
    ("answer", "state", "proves"),
    [
        (None, "requested", None),
        ("confirms", "confirmed", "function"),
        ("other_function", "confirmed", "participation"),
        ("does_not_confirm", "denied", None),
        ("unknown_person", "denied", None),
    ],
)
def test_an_attestation_is_told_by_its_answer(answer: str | None, state: str, proves: str | None) -> None:
    desk = Attesting()
    link = desk.ask()
    if answer:
        desk.answers.answer(link, answer, "")  # type: ignore[arg-type]
    [told] = desk.told.of_case("case-1", PERSON)
    assert (told.credit_id, told.state, told.proves) == ("credit-1", state, proves)


def test_an_answer_from_a_domain_that_nobody_proved_shows_nothing_by_itself() -> None:
    desk = Attesting()
    desk.companies.known.clear()
    desk.answers.answer(desk.ask(), "confirms", "")
    [told] = desk.told.of_case("case-1", PERSON)
    assert (told.state, told.proves, told.at_the_company) == ("confirmed", None, False)


def test_a_request_runs_out_and_one_that_was_withdrawn_is_not_told() -> None:
    desk = Attesting()
    desk.ask()
    desk.ask("a-2", "marc@falaise-films.test")
    desk.requests.withdraw("profile-ines", "case-1", "a-2")
    desk.clock.passes(days=15)
    assert [(one.attestation_id, one.state) for one in desk.told.of_case("case-1", PERSON)] == [("a-1", "expired")]


def test_what_was_said_of_a_credit_says_nothing_once_it_is_corrected() -> None:
    desk = Attesting()
    desk.answers.answer(desk.ask(), "confirms", "")
    corrected = replace(PERSON, credits=(replace(CREDIT, function="script-reader"),))
    assert desk.told.of_case("case-1", corrected) == []
    assert desk.told.of_case("case-1", replace(PERSON, credits=())) == []
    capitals = replace(PERSON, credits=(replace(CREDIT, title="LES MARÉES NOIRES"),))
    assert len(desk.told.of_case("case-1", capitals)) == 1


def test_signs_of_an_arrangement_come_with_the_attestations_they_concern() -> None:
    desk = Attesting()
    desk.companies.known["Falaise Films"] = frozenset({"falaise-films.test", "courriel.test"})
    desk.answers.answer(desk.ask("a-1", "ines+moi@courriel.test"), "confirms", "")
    desk.ask("a-2")
    told = {one.attestation_id: one for one in desk.told.of_case("case-1", PERSON)}
    assert len(told["a-1"].signals) == 1
    assert told["a-2"].signals == ()


# ---- who may, and what follows


class FakeAlarms:
    """One alarm, which `admin-7` prepares and `admin-8` reads."""

    def evidence_from(self, alarm_id: str) -> str | None:
        return "admin-7" if alarm_id == "alarm-1" else None

    def may_read(self, sub: str, alarm_id: str) -> bool:
        return (sub, alarm_id) == ("admin-8", "alarm-1")


def case_in(state: State, **changes: object) -> Case:
    case, _ = Case.open("case-1", Subject("profile", "profile-1"), contact(), START)
    return case.model_copy(update={"state": state, "version": 7, **changes})


@pytest.mark.parametrize("state", STATES)
def test_files_come_from_whoever_answers_for_an_open_case(state: State) -> None:
    case = case_in(state)
    holders = CaseHolders({"case-1": case}.get, FakeAlarms(), FakeClock())
    decided_or_over = {"verified", "partly_verified", "refused", "final", "withdrawn", "expired"}
    assert holders.evidence_from("case-1") == (None if state in decided_or_over else case.contact.sub)
    assert holders.evidence_from("another") is None
    assert holders.evidence_from("alarm-1") == "admin-7"


def test_the_reviewer_is_whoever_holds_the_lease_while_it_runs() -> None:
    clock = FakeClock()
    lease = Lease(reviewer_sub="admin-1", token="t", until=stamp(START + timedelta(minutes=30)))
    cases = {"case-1": case_in("in_review", lease=lease), "case-2": case_in("queued", lease=lease)}
    holders = CaseHolders(cases.get, FakeAlarms(), clock)
    assert [holders.may_read(account, "case-1") for account in ("admin-1", "admin-8")] == [True, False]
    assert not holders.may_read("admin-1", "case-2")
    assert not holders.may_read("admin-1", "another")
    assert [holders.may_read(account, "alarm-1") for account in ("admin-1", "admin-8")] == [False, True]
    clock.passes(minutes=30)
    assert not holders.may_read("admin-1", "case-1")


class FollowedFiles:
    def __init__(self, done: list[object]) -> None:
        self._done = done

    def case_ended(self, *told: object) -> None:
        self._done.append(("files_go", *told))

    def case_reopened(self, *told: object) -> None:
        self._done.append(("files_stay", *told))


class FollowedAttestations:
    def __init__(self, done: list[object]) -> None:
        self._done = done

    def case_ended(self, case_id: str) -> None:
        self._done.append(("nobody_is_asked", case_id))


def nobodys(_: str) -> None:
    return None


@pytest.mark.parametrize("state", STATES)
def test_files_and_attestations_follow_what_the_case_is_now(state: State) -> None:
    done: list[object] = []
    endings = Endings({"case-1": case_in(state)}.get, nobodys, FollowedFiles(done), FollowedAttestations(done))
    endings.follow("case-1")
    endings.follow("another")
    if state in ("final", "withdrawn", "expired"):
        assert done == [("files_go", "case-1", START, 7), ("nobody_is_asked", "case-1")]
    elif state in ("verified", "partly_verified", "refused"):
        assert done == []
    else:
        assert done == [("files_stay", "case-1", 7)]


def test_the_files_of_an_alarm_go_once_it_is_over() -> None:
    done: list[object] = []
    about = Subject("profile", "profile-1")
    alarm, _ = Alarm.prepare("alarm-1", about, "non_payment", "competent_body", "conseil", "admin-1", (), START)
    kept = {"alarm-1": alarm}
    endings = Endings(nobodys, kept.get, FollowedFiles(done), FollowedAttestations(done))
    endings.follow_alarm("alarm-1")
    endings.follow_alarm("another")
    assert done == [], "it is not over"
    kept["alarm-1"], _ = alarm.withdraw("admin-1", START)
    endings.follow_alarm("alarm-1")
    assert done == [("files_go", "alarm-1", START, 2)]
