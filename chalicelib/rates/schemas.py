from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from chalicelib.platform.validation import (
    Both,
    Day,
    QuerySchema,
    Schema,
    Shape,
    WholeNumber,
    distinct,
    line,
    paragraphs,
)
from chalicelib.rates import grid, own_cost
from chalicelib.rates.grid import MOST, Basis, CostInput, Difference, Grid, Kind, Unit
from chalicelib.rates.models import Version
from chalicelib.rates.observed import FEWEST, FEWEST_COMPANIES, MONTHS_OLD, Observed, ObservedUnit, Withheld
from chalicelib.rates.own_cost import OwnCost, StepName
from chalicelib.rates.service import ObservedPool
from chalicelib.rates.wording import LABEL, MINIMA_LABEL, OBSERVED_LABEL, WITHHELD
from chalicelib.vocabulary.fields import taxonomy_id
from chalicelib.vocabulary.taxonomy import taxonomy
from chalicelib.vocabulary.text import Bilingual

#: A name of ours inside the grid.
_Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=80)]
_Euros = Annotated[int, Field(ge=1, le=1_000_000)]


def _amount(name: CostInput) -> Any:
    return Annotated[float, Field(ge=0, le=MOST[name], allow_inf_nan=False)]


def _days(name: CostInput) -> Any:
    return Annotated[int, Field(ge=0, le=MOST[name])]


class _Part(Schema):
    """A part of a grid: what an administrator sends is what is read back, field by field."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class GridWords(_Part):
    fr: paragraphs(600)  # type: ignore[valid-type]
    en: paragraphs(600)  # type: ignore[valid-type]


class _Figure(_Part):
    """`source` is required unless it is an `assumption`; `dated`: as of when."""

    assumption: bool
    source: GridWords | None = None
    dated: Day | None = None


class RateRange(_Figure):
    """What a freelancer of this level usually asks in this role, in whole euros excluding VAT per `unit`.
    `sample_size`: how many answers it rests on, when it was observed."""

    role: taxonomy_id("roles")  # type: ignore[valid-type]
    level: taxonomy_id("seniority")  # type: ignore[valid-type]
    unit: Unit
    low: _Euros
    median: _Euros | None = None
    high: _Euros
    sample_size: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    note: GridWords | None = None


class FlatAmount(_Figure):
    """What a whole piece of work usually comes to, in whole euros excluding VAT."""

    id: _Key
    labels: GridWords
    low: _Euros
    median: _Euros | None = None
    high: _Euros


class RateAgreement(_Part):
    """A collective agreement."""

    id: _Key
    labels: GridWords


class MinimumAmount(_Part):
    """Gross, in cents, for the hours that `basis` names."""

    basis: Basis
    cents: Annotated[int, Field(ge=1, le=100_000_000)]


class AgreementMinimum(_Figure):
    """The least that an employer owes under a title of a collective agreement. `roles`: those of ours that may be
    employed under it, `roles_assumed`: by our own reading. `outdated`: later amendments have raised it since."""

    id: _Key
    agreement: _Key
    title: line(200)  # type: ignore[valid-type]
    category: line(40) | None = None  # type: ignore[valid-type]
    roles: distinct(taxonomy_id("roles"), 10)  # type: ignore[valid-type]
    roles_assumed: bool
    contract_forms: distinct(taxonomy_id("contract-forms"), 10, 1)  # type: ignore[valid-type]
    amounts: Annotated[list[MinimumAmount], Field(min_length=1, max_length=6)]
    in_force_since: Day | None = None
    outdated: bool
    note: GridWords | None = None


class ContractFormNote(_Figure):
    """What to know of a form of contract before choosing it. `kind`: whether an employer pays, an invoice, an author's
    rights, or a salary beside an author's rights."""

    id: taxonomy_id("contract-forms")  # type: ignore[valid-type]
    kind: Kind
    note: GridWords


class CostDefault(_Figure):
    """Where an input of the calculator of one's own costs starts: euros a year, per cent, or days a year."""

    input: CostInput
    value: Annotated[float, Field(ge=0, le=max(MOST.values()), allow_inf_nan=False)]


class GridDocument(_Part):
    """A grid, whole. `as_of`: the day on which its figures were gathered; `basis`: what its ranges are amounts of."""

    as_of: Day
    currency: Literal["EUR"]
    basis: GridWords
    ranges: Annotated[list[RateRange], Field(min_length=1, max_length=60)]
    flat_amounts: Annotated[list[FlatAmount], Field(max_length=40)]
    agreements: Annotated[list[RateAgreement], Field(max_length=20)]
    minima: Annotated[list[AgreementMinimum], Field(max_length=80)]
    contract_forms: Annotated[list[ContractFormNote], Field(max_length=20)]
    own_cost: Annotated[list[CostDefault], Field(max_length=20)]

    def grid(self) -> Grid:
        return Grid.model_validate(self.model_dump())

    @staticmethod
    def of(known: Grid) -> GridDocument:
        return GridDocument.model_validate_json(known.model_dump_json())


class GridProposal(Schema):
    """A grid to look at before it is published."""

    grid: GridDocument


class GridInput(GridProposal):
    """A grid to put in force. `reason`: why it changes, kept with the version."""

    reason: paragraphs(1000)  # type: ignore[valid-type]


class OwnCostInput(Schema):
    """One's own figures, none of which is kept; what is left out, or null, starts from the grid's default. Euros and
    days are of a year. Social charges are counted on the net income, on what is billed, or on both, as the status has
    it."""

    desired_net: _amount("desired_net") | None = None  # type: ignore[valid-type]
    charges_on_net_percent: _amount("charges_on_net_percent") | None = None  # type: ignore[valid-type]
    charges_on_billed_percent: _amount("charges_on_billed_percent") | None = None  # type: ignore[valid-type]
    expenses: _amount("expenses") | None = None  # type: ignore[valid-type]
    weekdays: _days("weekdays") | None = None  # type: ignore[valid-type]
    public_holidays: _days("public_holidays") | None = None  # type: ignore[valid-type]
    holidays: _days("holidays") | None = None  # type: ignore[valid-type]
    other_absences: _days("other_absences") | None = None  # type: ignore[valid-type]
    unbilled_days: _days("unbilled_days") | None = None  # type: ignore[valid-type]

    def said(self) -> dict[CostInput, float]:
        given = self.model_dump(exclude_none=True)
        return {name: given[name] for name in grid.COST_INPUTS if name in given}


class CostInputShape(Shape):
    """One figure that the result rests on. `by_default`: nobody said otherwise, and `source` says where it comes
    from."""

    input: CostInput
    label: Both
    value: float
    by_default: bool
    assumption: bool | None
    source: Both | None


class CostStepShape(Shape):
    """One line of the calculation: the figures it takes, in words, and what it gives, in whole euros or days."""

    step: StepName
    label: Both
    formula: Both
    value: int


class OwnCostShape(Shape):
    """What has to be billed a day to live from it, in whole euros before VAT, with every figure and every step.
    `grid_version`: of the grid whose defaults were taken. Nothing of it was kept."""

    day_amount: int
    turnover: int
    billed_days: int
    rounding: Both
    inputs: list[CostInputShape]
    steps: list[CostStepShape]
    grid_version: int

    @staticmethod
    def of(found: OwnCost, version: Version) -> OwnCostShape:
        defaults = {one.input: one for one in (*grid.shipped().own_cost, *version.grid.own_cost)}
        inputs = []
        for name in grid.COST_INPUTS:
            by_default, default = name in found.by_default, defaults[name]
            inputs.append(
                CostInputShape(
                    input=name,
                    label=_both(own_cost.LABELS[name]),
                    value=found.inputs[name],
                    by_default=by_default,
                    assumption=default.assumption if by_default else None,
                    source=_both(default.source.bilingual) if by_default and default.source else None,
                )
            )
        return OwnCostShape(
            day_amount=found.day_amount,
            turnover=found.turnover,
            billed_days=found.billed_days,
            rounding=_both(own_cost.ROUNDING),
            inputs=inputs,
            steps=[
                CostStepShape(step=one.name, label=_both(one.label), formula=_both(one.formula), value=one.value)
                for one in found.steps
            ],
            grid_version=version.number,
        )


class MinimaShape(Shape):
    """What binds an employer, apart from the ranges; `label` says so."""

    label: Both
    agreements: list[RateAgreement]
    items: list[AgreementMinimum]


class RoleTitlesShape(Shape):
    """Under which titles of the agreements somebody in this role may be employed; none where they have no title."""

    role: str
    titles: list[str]


class ContractFormShape(ContractFormNote):
    """What to know of a form of contract. `titles`: by role, for a form that is an employment."""

    label: Both
    titles: list[RoleTitlesShape]


class RatesShape(Shape):
    """The grid in force: indicative ranges, `label` beside them wherever they are shown; what binds employers, apart.
    Every figure has its `source` or is an `assumption`."""

    version: int
    published_at: str
    label: Both
    as_of: date
    currency: Literal["EUR"]
    basis: GridWords
    ranges: list[RateRange]
    flat_amounts: list[FlatAmount]
    minima: MinimaShape
    contract_forms: list[ContractFormShape]
    own_cost: list[CostDefault]

    @staticmethod
    def of(version: Version) -> RatesShape:
        known, parts = version.grid, GridDocument.of(version.grid)
        return RatesShape(
            version=version.number,
            published_at=version.published_at,
            label=_both(LABEL),
            as_of=parts.as_of,
            currency=parts.currency,
            basis=parts.basis,
            ranges=parts.ranges,
            flat_amounts=parts.flat_amounts,
            minima=MinimaShape(label=_both(MINIMA_LABEL), agreements=parts.agreements, items=parts.minima),
            contract_forms=[
                ContractFormShape(
                    **{name: getattr(one, name) for name in ContractFormNote.model_fields},
                    label=Both(**taxonomy().dimensions["contract-forms"].entries[one.id].labels),
                    titles=_titles(known, one),
                )
                for one in parts.contract_forms
            ],
            own_cost=parts.own_cost,
        )


class RateVersionShape(Shape):
    """A version of the grid: who put it in force, when and why (nobody, for the one that came with the project), and
    how many entries it changed."""

    number: int
    as_of: date
    published_at: str
    published_by: str | None
    reason: str | None
    differences: int

    @staticmethod
    def of(version: Version) -> RateVersionShape:
        return RateVersionShape(
            as_of=version.grid.as_of, **version.model_dump(include=RateVersionShape.model_fields.keys() - {"as_of"})
        )


class RateVersionsShape(Shape):
    """`version`: the number of the one in force. `shown`: the one that was asked for, whole. `history`: every
    version, the latest first."""

    version: int
    shown: RateVersionShape
    grid: GridDocument
    history: list[RateVersionShape]

    @staticmethod
    def of(in_force: Version, shown: Version, history: Sequence[Version]) -> RateVersionsShape:
        return RateVersionsShape(
            version=in_force.number,
            shown=RateVersionShape.of(shown),
            grid=GridDocument.of(shown.grid),
            history=[RateVersionShape.of(one) for one in history],
        )


class RateVersionsQuery(QuerySchema):
    """`number`: the version to show whole; the one in force when none is named."""

    number: Annotated[WholeNumber, Field(ge=1, le=999_999)] | None = None


class RateDifferenceShape(Shape):
    """One entry that the grid adds (`before` is null), takes away (`after` is null) or changes. `part`: which list, or
    which field; `key`: which entry of it."""

    part: str
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @staticmethod
    def of(one: Difference) -> RateDifferenceShape:
        return RateDifferenceShape(part=one.part, key=one.key, before=one.before, after=one.after)


class RatePreviewShape(Shape):
    """What publishing the grid would change of the version in force; nothing has changed."""

    differences: list[RateDifferenceShape]


class ObservedQuery(QuerySchema):
    role: taxonomy_id("roles")  # type: ignore[valid-type]


class ObservedFiguresShape(Shape):
    """Means of the middle half of the budgets, rounded to `rounded_to` whole euros excluding VAT. `at_least`: that many
    engagements, confirmed from the month of `since` to that of `until`."""

    minimum: int
    maximum: int
    rounded_to: int
    at_least: int
    since: date
    until: date

    @staticmethod
    def of(told: Observed) -> ObservedFiguresShape:
        return ObservedFiguresShape(
            minimum=told.minimum,
            maximum=told.maximum,
            rounded_to=told.rounded_to,
            at_least=told.at_least,
            since=told.since,
            until=told.until,
        )


class WithheldShape(Shape):
    """Why there are no figures."""

    code: Withheld
    message: Both


class ObservedPoolShape(Shape):
    """One level in one unit: `figures`, or why they are `withheld`."""

    level: str
    unit: ObservedUnit
    figures: ObservedFiguresShape | None
    withheld: WithheldShape | None

    @staticmethod
    def of(pool: ObservedPool) -> ObservedPoolShape:
        if isinstance(pool.told, Observed):
            figures, withheld = ObservedFiguresShape.of(pool.told), None
        else:
            figures, withheld = None, WithheldShape(code=pool.told, message=_both(WITHHELD[pool.told]))
        return ObservedPoolShape(level=pool.level, unit=pool.unit, figures=figures, withheld=withheld)


class ObservedRuleShape(Shape):
    """When figures are told: from so many engagements, of so many companies, so many months old at least."""

    engagements: int
    companies: int
    months_old: int


class ObservedShape(Shape):
    """What the budgets of confirmed engagements in a role were, where nobody's can be read from it."""

    role: str
    label: Both
    rule: ObservedRuleShape
    pools: list[ObservedPoolShape]

    @staticmethod
    def of(role: str, pools: Iterable[ObservedPool]) -> ObservedShape:
        return ObservedShape(
            role=role,
            label=_both(OBSERVED_LABEL),
            rule=ObservedRuleShape(engagements=FEWEST, companies=FEWEST_COMPANIES, months_old=MONTHS_OLD),
            pools=[ObservedPoolShape.of(one) for one in pools],
        )


def _titles(known: Grid, form: ContractFormNote) -> list[RoleTitlesShape]:
    if form.kind not in ("employment", "mixed"):
        return []
    return [
        RoleTitlesShape(role=role, titles=list(dict.fromkeys(one.title for one in known.minima_of(role, (form.id,)))))
        for role in taxonomy().dimensions["roles"].entries
    ]


def _both(text: Bilingual) -> Both:
    return Both(fr=text.fr, en=text.en)
