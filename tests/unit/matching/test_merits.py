"""Why a project fits somebody, as they read it themselves: the sentences of a seat, by the card, and of nobody else."""

from dataclasses import replace

from chalicelib.matching.merits import MOST_TOLD, merits
from chalicelib.matching.weights import weights
from chalicelib.vocabulary.taxonomy import taxonomy
from tests.unit.matching.examples import ROLE, TODAY, brief, credit, junior, person


def told(project, someone):
    found = merits(project, someone, 1, weights=weights(), taxonomy=taxonomy(), today=TODAY)
    return [one.fr.replace("\u202f", " ").replace("\u00a0", " ") for one in found]


def test_their_works_come_first_and_no_more_than_three_reasons_are_told():
    someone = person(credits=(credit("a"), credit("b", year=2020), credit("c", year=2019)))
    assert told(brief(), someone) == [
        "3 crédits vérifiés en polar régional, dont un unitaire 90′ en 2024.",
        "En commun entre « Les Naufrageurs » (2024) et le projet : mer et littoral, secret de famille, ton sombre.",
        "12 ans vérifiés en direction littéraire, niveau senior.",
    ]
    assert MOST_TOLD == 3


def test_that_nothing_is_known_yet_is_no_reason():
    assert told(brief(), junior()) == ["Disponible dès le 1er décembre 2026, à distance."]
    assert told(brief(), junior(verified_years={ROLE: 1}))[0].startswith("Profil junior")


def test_somebody_of_whom_nothing_speaks_is_told_what_is_known_all_the_same():
    [only] = told(brief(), junior(availability=()))
    assert only == "Profil junior : parcours vérifié, pas encore de crédit vérifié en direction littéraire."


def test_past_work_with_the_company_and_the_broadcasters_of_their_works_are_in_no_reason():
    someone = person(credits=(credit("a", company="Falaise Films"), credit("b", company="Falaise Films", year=2021)))
    reasons = told(replace(brief(), companies=("Falaise Films",)), someone)
    assert reasons == told(brief(), someone)
    assert "Falaise" not in " ".join(reasons) and "France 3" not in " ".join(reasons)
