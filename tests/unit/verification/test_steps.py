"""What each step makes of what it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.platform.errors import Retryable
from chalicelib.verification.facts_of_credit import Shown, establish
from chalicelib.verification.models import Case, Finding, Step
from chalicelib.verification.steps.attestation import Attested
from chalicelib.verification.steps.contract import StepResult, TaskContext
from chalicelib.verification.steps.evidence import SentFile
from chalicelib.verification.steps.registry import STEPS
from chalicelib.verification.subjects import Claim, CompanyClaim, CreditClaim, Kind, Subject
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.text import Bilingual, typeset
from tests.support.verification_fakes import (
    AGAINST,
    NOW,
    SILENT,
    Answer,
    FakeAttestations,
    FakeCaseStore,
    FakeFiles,
    FakeSources,
    FakeSubjects,
    company_claim,
    contact,
    credit_claim,
    means,
    profile_claim,
)

WORK_ALONE = Answer(level="participation", proves="work", verdict="partial", reason="work_found")


class Desk:
    def __init__(self) -> None:
        self.store, self.sources, self.subjects = FakeCaseStore(), FakeSources(), FakeSubjects()
        self.files, self.attestations = FakeFiles(), FakeAttestations()

    def run(self, name: str, claim: Claim | None = None, others: tuple[Step, ...] = (), **asked: Any) -> StepResult:
        """`claim`: what its subject claims from now on."""
        claim = claim or profile_claim()
        self.subjects.add(claim)
        kind: Kind = "company" if isinstance(claim, CompanyClaim) else asked.get("kind", "profile")
        owner_id = claim.company_id if isinstance(claim, CompanyClaim) else claim.profile_id
        case, _ = Case.open("case-1", Subject(kind, owner_id), asked.get("contact", contact()), NOW)
        step = Step.planned("case-1", name, NOW)
        given = means(self.store, self.subjects, self.sources, self.files, self.attestations)
        task = TaskContext(case=case, step=step, claim=claim, means=given, now=NOW, others=others)
        return STEPS[step.kind](task)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def said(result: StepResult) -> list[tuple[str, str]]:
    return [(one.verdict, one.reason) for one in result.findings]


# ---- credits


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([Answer()], "done"),
        ([SILENT, Answer()], "done"),
        ([WORK_ALONE], "done"),
        ([SILENT], "needs_human"),
        ([Answer(), AGAINST], "needs_human"),
        ([replace(SILENT, verdict="error", reason="unreachable")], "needs_human"),
    ],
)
def test_a_credit_is_settled_by_what_shows_it_unless_something_contradicts(
    desk: Desk, answers: list[Answer], outcome: str
) -> None:
    desk.sources.answers["credit-1-1"] = answers
    result = desk.run("credit#credit-1-1")
    assert (result.outcome, len(result.findings)) == (outcome, len(answers))
    assert {one.credit_id for one in result.findings} == {"credit-1-1"}


def test_a_finding_keeps_where_when_and_under_which_licence_it_was_found(desk: Desk) -> None:
    (found,) = desk.run("credit#credit-1-1").findings
    answer = Answer()
    assert (found.source, found.url, found.licence, found.retrieved_at, found.expires_at, found.proves) == (
        *(answer.source, answer.url, answer.licence, answer.retrieved_at, answer.expires_at, answer.proves),
    )
    assert (found.note_fr, found.note_en) == (answer.note.fr, answer.note.en)


def test_without_a_source_or_a_credit_a_person_looks(desk: Desk) -> None:
    desk.sources.default = ()
    assert said(desk.run("credit#credit-1-1")) == [("noticed", "no_source")]
    assert said(desk.run("credit#gone")) == [("noticed", "credit_gone")]


def test_what_passes_by_itself_is_left_to_the_clockwork(desk: Desk) -> None:
    def fail(_: object) -> None:
        raise Retryable("busy")

    desk.sources.check = fail
    with pytest.raises(Retryable):
        desk.run("credit#credit-1-1")


# ---- companies


def test_a_malformed_siren_is_named_to_whoever_wrote_it_and_nobody_is_asked(desk: Desk) -> None:
    desk.sources.default = (AGAINST,)
    result = desk.run("company_registry", company_claim(siren="732829321"))
    assert (result.outcome, result.findings[0].pointer, said(result)) == (
        "rejected_input",
        "/siren",
        [("contradicts", "malformed")],
    )


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [([Answer(level=None, proves=None)], "done"), ([AGAINST], "needs_human"), ([], "needs_human")],
)
def test_a_company_is_settled_by_the_register(desk: Desk, answers: list[Answer], outcome: str) -> None:
    desk.sources.default = answers
    assert desk.run("company_registry", company_claim()).outcome == outcome


# ---- identity


def test_one_person_under_two_profiles_is_found_by_name_and_work_and_by_address(desk: Desk) -> None:
    first = profile_claim(1, credits=1)
    assert desk.run("identity", first).outcome == "done"
    assert desk.run("identity", first).outcome == "done"
    shared = credit_claim("profile-2", "c", title="LA DIGUE : 1‑1", person_name="x")
    twin = profile_claim(2, person_name="VASSEUR  Noor 1", credits=1)
    twin = replace(twin, credits=(shared,))
    assert said(desk.run("identity", twin, contact=contact(2))) == [("contradicts", "same_work")]
    third = profile_claim(3, credits=0)
    same_mailbox = contact(1).model_copy(update={"email": "Plume.1+deux@courriel.test"})
    assert said(desk.run("identity", third, contact=same_mailbox)) == [("contradicts", "same_address")]


def test_two_people_of_one_name_on_two_works_are_two_people(desk: Desk) -> None:
    desk.run("identity", profile_claim(1))
    namesake = replace(profile_claim(2), person_name="Noor Vasseur 1")
    assert desk.run("identity", namesake, contact=contact(2)).outcome == "done"


def test_one_siren_is_one_company(desk: Desk) -> None:
    assert desk.run("identity", company_claim(1)).outcome == "done"
    assert said(desk.run("identity", company_claim(2))) == [("contradicts", "same_company")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("noor.v+ab@gmail.com", "NoorV@googlemail.com"), (" noor.v@mole.test", "noor.v+x@mole.test")],
)
def test_one_mailbox_is_one_however_it_is_written(desk: Desk, one: str, other: str) -> None:
    first, second = (contact(1).model_copy(update={"email": address}) for address in (one, other))
    assert desk.run("identity", profile_claim(1, credits=0), contact=first).outcome == "done"
    again = desk.run("identity", profile_claim(2, credits=0), contact=second)
    assert said(again) == [("contradicts", "same_address")]


ISNI = "9999999900000010"


def test_one_number_in_a_catalogue_of_people_is_one_person(desk: Desk) -> None:
    desk.run("identity", profile_claim(1, external_ids={"isni": ISNI, "imdb": "nm90000011"}))
    other = profile_claim(2, external_ids={"isni": ISNI, "imdb": "nm90000012", "wikidata": "Q900000011"})
    found = desk.run("identity", other, contact=contact(2))
    assert (found.outcome, said(found)) == ("needs_human", [("contradicts", "same_isni")])
    assert found.findings[0].note_fr == "Un autre profil donne le même identifiant ISNI."


def test_one_number_of_two_catalogues_is_not_the_same(desk: Desk) -> None:
    desk.run("identity", profile_claim(1, external_ids={"wikidata": "Q900000011"}))
    other = profile_claim(2, external_ids={"imdb": "Q900000011"})
    assert desk.run("identity", other, contact=contact(2)).outcome == "done"


def test_a_corrected_number_accuses_nobody_before_its_owner_is_checked_again(desk: Desk) -> None:
    mistaken = profile_claim(1, external_ids={"isni": ISNI})
    desk.run("identity", mistaken)
    desk.subjects.add(replace(mistaken, external_ids={}))
    assert desk.run("identity", profile_claim(2, external_ids={"isni": ISNI}), contact=contact(2)).outcome == "done"


def test_a_number_that_its_owner_keeps_still_counts_when_another_was_corrected(desk: Desk) -> None:
    first = profile_claim(1, external_ids={"isni": ISNI, "imdb": "nm90000011"})
    desk.run("identity", first)
    desk.subjects.add(replace(first, external_ids={"imdb": "nm90000011"}))
    other = profile_claim(2, external_ids=first.external_ids)
    assert said(desk.run("identity", other, contact=contact(2))) == [("contradicts", "same_imdb")]


def test_who_is_gone_accuses_nobody_by_number_work_or_address(desk: Desk) -> None:
    first = profile_claim(1, credits=1, external_ids={"isni": ISNI})
    desk.run("identity", first)
    del desk.subjects.claims["profile-1"]
    again = replace(
        profile_claim(2, credits=0, external_ids={"isni": ISNI}), person_name=first.person_name, credits=first.credits
    )
    assert desk.run("identity", again).outcome == "done"


def test_a_removed_credit_accuses_nobody(desk: Desk) -> None:
    first = profile_claim(1, credits=1)
    desk.run("identity", first)
    desk.subjects.add(replace(first, credits=()))
    twin = replace(profile_claim(2), person_name=first.person_name, credits=first.credits)
    assert desk.run("identity", twin, contact=contact(2)).outcome == "done"


def test_a_corrected_siren_accuses_no_company(desk: Desk) -> None:
    desk.run("identity", company_claim(1))
    desk.subjects.add(company_claim(1, siren="552178639"))
    assert desk.run("identity", company_claim(2)).outcome == "done"


# ---- experience, files, attestations, alarms


def test_years_are_counted_once_and_those_shown_apart(desk: Desk) -> None:
    claim = profile_claim()
    case_credit = claim.credits[0]
    facts = establish(
        None,
        "profile-1",
        case_credit.credit_id,
        Shown("participation", case_credit.digest, {}, "admin-1", "case-0"),
        NOW,
    )
    case, fact = Case.open("case-0", Subject("company", "x"), contact(), NOW)
    desk.store.create(case, fact, NOW)
    after, fact = case.withdraw(NOW)
    desk.store.save(case, after, [fact], NOW, credits=[facts])
    (years,) = desk.run("experience", claim).findings
    assert years.note_en == "script_editor: 3 years declared, 3 verified already."
    corrected = replace(claim, credits=(replace(case_credit, title="Autre"), claim.credits[1]))
    (years,) = desk.run("experience", corrected).findings
    assert years.note_en == "script_editor: 3 years declared, none verified yet."
    known = replace(claim, credits=(replace(case_credit, function="literary-director"),))
    (years,) = desk.run("experience", known).findings
    assert years.note_fr == typeset(
        "Directeur littéraire / directrice littéraire : 3 années déclarées, aucune encore vérifiée."
    )
    assert years.note_en.startswith("Script editor")


def test_a_very_long_work_and_an_empty_career_are_a_persons_to_look_at(desk: Desk) -> None:
    long = replace(profile_claim(credits=0), credits=(credit_claim(started_year=2010),))
    assert desk.run("experience", long).outcome == "needs_human"
    assert said(desk.run("experience", profile_claim(credits=0))) == [("noticed", "junior_path")]


def test_the_papers_of_a_juniors_own_path_are_a_persons_to_read(desk: Desk) -> None:
    desk.files.files["case-1"] = [
        SentFile("a", "checked", kind="referee"),
        SentFile("b", "checked", kind="diploma"),
        SentFile("c", "checked", kind="diploma"),
        SentFile("d", "checked", kind="contract"),
        SentFile("e", "awaited", kind="internship"),
        SentFile("f", "refused", kind="internship"),
        SentFile("g", "checked", kind="reading_report", reused=True),
    ]
    result = desk.run("experience", profile_claim(credits=0))
    assert result.outcome == "needs_human"
    assert said(result) == [("noticed", "diploma"), ("noticed", "referee")]
    beside_credits = desk.run("experience", profile_claim(credits=1))
    assert beside_credits.outcome == "needs_human"
    assert said(beside_credits) == [("noticed", "years"), ("noticed", "diploma"), ("noticed", "referee")]


REFUSED = SentFile("e", "refused", refusal=Bilingual("Le fichier est vide.", "The file is empty."))


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        ([], "done"),
        ([SentFile("e", "checked")], "done"),
        ([REFUSED], "rejected_input"),
        ([SentFile("e", "checked", reused=True)], "needs_human"),
        ([SentFile("e", "awaited")], "needs_human"),
    ],
)
def test_files_are_settled_unless_refused_reused_or_awaited(desk: Desk, files: list[SentFile], outcome: str) -> None:
    desk.files.files["case-1"] = files
    assert desk.run("evidence").outcome == outcome


def test_an_attestation_shows_what_it_confirms_and_a_denial_or_a_signal_is_a_persons(desk: Desk) -> None:
    def attested(**changes: Any) -> StepResult:
        one = Attested("a", "credit-1-1", "confirmed", "function", "2026-11-24T08:00:00.000Z")
        desk.attestations.attested["case-1"] = [replace(one, **changes)]
        return desk.run("attestation")

    confirmed = attested()
    assert (confirmed.outcome, confirmed.findings[0].proves) == ("done", "function")
    assert attested(state="requested", proves=None).outcome == "done"
    assert attested(state="denied", proves=None).outcome == "needs_human"
    elsewhere = attested(proves=None, at_the_company=False)
    assert (elsewhere.outcome, said(elsewhere)) == ("done", [("noticed", "attested_elsewhere")])
    signal = Bilingual("chacun atteste pour l’autre", "each attests for the other")
    assert said(attested(signals=(signal,))) == [("confirms", "attested"), ("contradicts", "signal")]


def test_sources_are_told_which_attempt_is_the_last(desk: Desk) -> None:
    told: list[bool] = []

    def check(_: CreditClaim, *, last: bool) -> list[Answer]:
        told.append(last)
        return []

    desk.sources.check_credit = check  # type: ignore[method-assign, assignment]
    step = Step.planned("case-1", "credit#credit-1-1", NOW)
    case, _ = Case.open("case-1", Subject("profile", "profile-1"), contact(), NOW)
    while step is not None:
        given = means(desk.store, desk.subjects, desk.sources)
        STEPS["credit"](TaskContext(case=case, step=step, claim=profile_claim(), means=given, now=NOW))
        step = step.again(timedelta(), NOW)  # type: ignore[assignment]
    assert told == [False, False, False, False, True]
    # When the credit is looked at once more, later, there are as many attempts again.
    again = Step.planned("case-1", "credit#credit-1-1", NOW).once_more("q-1", NOW)
    given = means(desk.store, desk.subjects, desk.sources)
    for _ in range(4):
        STEPS["credit"](TaskContext(case=case, step=again, claim=profile_claim(), means=given, now=NOW))
        again = again.again(timedelta(), NOW)  # type: ignore[assignment]
    assert told[5:] == [False] * 4


# ---- recommendation


def ended(name: str, outcome: str, *findings: Finding) -> Step:
    return Step.planned("case-1", name, NOW).end(outcome, findings, None, NOW)[0]  # type: ignore[arg-type]


def found(verdict: str = "confirms", credit_id: str | None = "c", **changes: Any) -> Finding:
    return Finding(
        source="catalogue", verdict=verdict, reason="r", note_fr="f", note_en="e", credit_id=credit_id, **changes
    )


@pytest.mark.parametrize(
    ("others", "route", "reasons"),
    [
        ((ended("credit#c", "done", found(proves="function")), ended("alarms", "done")), "fast_lane", {"all_shown"}),
        ((ended("credit#c", "done", found(proves="participation")),), "fast_lane", {"all_shown"}),
        ((ended("credit#c", "done", found(proves="work")),), "normal", {"unshown"}),
        ((ended("credit#c", "needs_human", found("silent")),), "normal", {"unshown"}),
        (
            (
                ended("credit#c", "needs_human", found("silent")),
                ended("attestation", "done", found(proves="function")),
            ),
            "fast_lane",
            {"all_shown"},
        ),
        ((ended("credit#c", "done", found("contradicts", proves="participation")),), "two_reviewers", {"contradicted"}),
        ((ended("evidence", "rejected_input", found("contradicts", pointer="/e")),), "normal", {"rejected_input"}),
        ((ended("alarms", "needs_human", found("contradicts")),), "two_reviewers", {"contradicted", "needs_human"}),
        ((ended("experience", "needs_human"),), "normal", {"needs_human"}),
    ],
)
def test_a_case_is_routed_by_what_the_steps_found_with_reasons_in_both_languages(
    desk: Desk, others: tuple[Step, ...], route: str, reasons: set[str]
) -> None:
    result = desk.run("recommendation", others=others)
    assert (result.outcome, result.route) == ("done", route)
    assert {one.reason for one in result.findings} == reasons
    assert all(one.note_fr and one.note_en and "{" not in one.note_fr + one.note_en for one in result.findings)


def test_a_fact_that_lapsed_or_is_of_another_claim_does_not_hold() -> None:
    shown = Shown("function", "now", {"work": "catalogue"}, "admin-1", "case-1")
    facts = establish(None, "p", "c", shown, NOW)
    assert facts.rank("now", NOW) == 3
    assert facts.rank("before", NOW) == 0
    assert facts.rank("now", NOW + timedelta(days=6 * 365)) == 0
    assert (facts.work.source, facts.function.source) == ("catalogue", "review")  # type: ignore[union-attr]
    until = stamp(NOW + timedelta(days=180))
    licensed = establish(None, "p", "c", replace(shown, until={"work": until, "function": "2099"}), NOW)
    assert licensed.work.expires_at == until  # type: ignore[union-attr]
    assert licensed.function.expires_at == facts.function.expires_at  # type: ignore[union-attr]
    weaker = establish(facts, "p", "c", replace(shown, level="work"), NOW)
    assert weaker.rank("now", NOW) == 3
    corrected = establish(facts, "p", "c", replace(shown, level="work", claim_digest="corrected"), NOW)
    assert (corrected.rank("corrected", NOW), corrected.version) == (1, 2)
