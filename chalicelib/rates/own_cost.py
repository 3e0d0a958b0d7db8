"""What somebody has to charge to live from it: the person's own costs, computed from figures that are all theirs.

    billed days   = weekdays − public holidays − holidays − other absences − unbilled days
    charges       = net × charges on net, and turnover × charges on what is billed
    turnover      = (net × (1 + charges on net) + expenses) ÷ (1 − charges on what is billed)
    amount a day  = turnover ÷ billed days, rounded up to the next whole euro

The turnover is before VAT. The form is a common one: `blocnotes.iergo.fr` quotes net × 1.7 ÷ 120 days, which are 70 %
of charges on the net and no expenses. Nothing of it is kept, and nobody else is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from chalicelib.platform.errors import Invalid
from chalicelib.rates.errors import NO_DAY_LEFT
from chalicelib.rates.grid import COST_INPUTS, CostInput, Grid, exact, shipped, wrong_cost
from chalicelib.rates.wording import euros
from chalicelib.vocabulary.text import Bilingual, Language

#: Input → what it is called. Days are those of a year that fall on a weekday; euros are of a year.
LABELS: Mapping[CostInput, Bilingual] = {
    "desired_net": Bilingual("Revenu net souhaité, par an", "Desired net income, a year"),
    "charges_on_net_percent": Bilingual(
        "Cotisations, en pourcentage du revenu net", "Social charges, per cent of the net income"
    ),
    "charges_on_billed_percent": Bilingual(
        "Cotisations, en pourcentage de ce qui est facturé", "Social charges, per cent of what is billed"
    ),
    "expenses": Bilingual("Frais professionnels, par an", "Professional expenses, a year"),
    "weekdays": Bilingual("Jours de semaine dans l’année", "Weekdays in the year"),
    "public_holidays": Bilingual("Jours fériés tombant en semaine", "Public holidays on weekdays"),
    "holidays": Bilingual("Jours de congé", "Days of holiday"),
    "other_absences": Bilingual("Autres absences", "Other absences"),
    "unbilled_days": Bilingual("Jours travaillés et non facturés", "Days worked and not billed"),
}

ROUNDING = Bilingual(
    "Le calcul est exact de bout en bout ; chaque résultat est donné à l’euro supérieur, les formules au centime près.",
    "The calculation is exact throughout; each result is given up to the next whole euro, and formulas to the cent.",
)

StepName = Literal["billed_days", "charges_on_net", "to_cover", "turnover", "day_amount"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the calculation: what it finds, from which figures, and how much: days, or whole euros."""

    name: StepName
    label: Bilingual
    formula: Bilingual
    value: int


@dataclass(frozen=True, slots=True)
class OwnCost:
    """`inputs`: every figure it rests on; `by_default`: those that nobody changed. `turnover` and `day_amount` are
    whole euros before VAT, `billed_days` days a year."""

    inputs: Mapping[CostInput, float]
    by_default: frozenset[CostInput]
    billed_days: int
    turnover: int
    day_amount: int
    steps: tuple[Step, ...]


def own_cost(grid: Grid, said: Mapping[CostInput, float]) -> OwnCost:
    """`said`: the inputs that the person gives; for the others, the grid's defaults. Raises Invalid naming each input
    that is out of bounds, days that are no whole ones, or those that leave no day to bill."""
    # A grid that was published before an input existed leaves it to the project's own default.
    defaults: dict[CostInput, float] = {one.input: one.value for one in (*shipped().own_cost, *grid.own_cost)}
    inputs: dict[CostInput, float] = {name: said.get(name, defaults[name]) for name in COST_INPUTS}
    problems = [error for name in COST_INPUTS if (error := wrong_cost(name, inputs[name], f"/{name}"))]
    if problems:
        raise Invalid(problems)
    days = int(
        inputs["weekdays"]
        - inputs["public_holidays"]
        - inputs["holidays"]
        - inputs["other_absences"]
        - inputs["unbilled_days"]
    )
    if days < 1:
        raise Invalid([NO_DAY_LEFT.broken_at("/unbilled_days")])
    net, expenses = exact(inputs["desired_net"]), exact(inputs["expenses"])
    on_net, on_billed = (exact(inputs[name]) / 100 for name in ("charges_on_net_percent", "charges_on_billed_percent"))
    charges = net * on_net
    to_cover = net + charges + expenses
    turnover = to_cover / (1 - on_billed)
    day_amount = ceil(turnover / days)
    steps = (
        Step(
            "billed_days",
            Bilingual("Jours facturés", "Billed days"),
            _same(
                " − ".join(
                    _number(inputs[name], "fr")
                    for name in ("weekdays", "public_holidays", "holidays", "other_absences", "unbilled_days")
                )
            ),
            days,
        ),
        Step(
            "charges_on_net",
            Bilingual("Cotisations sur le revenu net", "Charges on the net income"),
            _formula("{net} × {on_net} %", inputs),
            ceil(charges),
        ),
        Step(
            "to_cover",
            Bilingual("Revenu, cotisations et frais", "Income, charges and expenses"),
            _formula("{net} + {charges} + {expenses}", inputs, charges=charges),
            ceil(to_cover),
        ),
        Step(
            "turnover",
            Bilingual("À facturer dans l’année, hors taxes", "To bill in the year, excluding VAT"),
            _formula("{to_cover} ÷ (1 − {on_billed} %)", inputs, to_cover=to_cover),
            ceil(turnover),
        ),
        Step(
            "day_amount",
            Bilingual("À facturer par jour, hors taxes", "To bill a day, excluding VAT"),
            _formula("{turnover} ÷ {days}", inputs, turnover=turnover, days=days),
            day_amount,
        ),
    )
    by_default = frozenset(name for name in COST_INPUTS if name not in said)
    return OwnCost(inputs, by_default, days, ceil(turnover), day_amount, steps)


def _number(value: float, language: Language) -> str:
    text = f"{value:g}" if value < 100_000 else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "fr" else text


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)


def _formula(
    form: str,
    inputs: Mapping[CostInput, float],
    *,
    charges: Fraction = Fraction(0),
    to_cover: Fraction = Fraction(0),
    turnover: Fraction = Fraction(0),
    days: int = 0,
) -> Bilingual:
    def filled(language: Language) -> str:
        return (form if language == "fr" else form.replace(" %", "%")).format(
            net=euros(inputs["desired_net"], language),
            expenses=euros(inputs["expenses"], language),
            on_net=_number(inputs["charges_on_net_percent"], language),
            on_billed=_number(inputs["charges_on_billed_percent"], language),
            charges=euros(float(charges), language),
            to_cover=euros(float(to_cover), language),
            turnover=euros(float(turnover), language),
            days=days,
        )

    return Bilingual(filled("fr"), filled("en"))
