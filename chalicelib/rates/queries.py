"""What other contexts may ask of rates, answered at once and read-only: for whoever writes a brief, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.rates.budgets import Budget, Stand, where_the_budget_stands
from chalicelib.rates.repository import RatesRepository


class RatesQueries:
    def __init__(self, repository: RatesRepository) -> None:
        self._repository = repository

    def notice(
        self,
        role: str,
        levels: Sequence[str],
        budget_min: int,
        budget_max: int,
        unit: str,
        *,
        estimated_days: int | None = None,
        contract_forms: Sequence[str] = (),
    ) -> Stand:
        """Where a budget stands beside the grid in force: for its producer alone, while they write. Amounts are whole
        euros excluding VAT per `unit`; a flat budget is compared by its estimated days, and not without them. Raises
        Retryable."""
        budget = Budget(budget_min, budget_max, unit, estimated_days, tuple(contract_forms))
        return where_the_budget_stands(self._repository.in_force().grid, role, levels, budget)
