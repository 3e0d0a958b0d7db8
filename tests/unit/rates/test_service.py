"""Publishing a grid, and following engagements, on fakes."""

from __future__ import annotations

import pytest

from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import BodyTooLarge, Conflict, Invalid, PreconditionFailed, Retryable
from chalicelib.rates.errors import UnknownVersion
from chalicelib.rates.events import RatesPublished
from chalicelib.rates.grid import Words, shipped
from chalicelib.rates.observed import Observed
from tests.support.rates_fakes import Desk, changed, engagement, scaled, without

ADMIN = Actor("sub-admin", frozenset({"admins"}), "admin@plot-point.test")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_grid_of_the_project_is_in_force_until_another_is_published(desk: Desk) -> None:
    first = desk.service.in_force()
    assert (first.number, first.grid, first.published_by, first.reason) == (1, shipped(), None, None)
    assert desk.service.history() == [first]


def test_a_version_says_who_when_why_and_how_much_and_the_one_before_stays(desk: Desk) -> None:
    second = desk.service.publish(ADMIN, scaled(2), "Relevé d’automne.", 1)
    assert (second.number, second.published_by, second.reason) == (2, ADMIN.sub, "Relevé d’automne.")
    assert (second.published_at, second.differences) == ("2026-11-30T09:00:00.000Z", len(shipped().ranges))
    assert desk.service.in_force() == second
    assert desk.service.version(1).grid == shipped()
    assert [one.number for one in desk.service.history()] == [2, 1]
    assert desk.store.facts == [
        RatesPublished(
            version_id=second.version_id, number=2, differences=len(shipped().ranges), published_by=ADMIN.sub
        )
    ]


def test_what_is_published_again_as_it_stands_is_no_version(desk: Desk) -> None:
    assert desk.service.publish(ADMIN, shipped(), "Rien.", 1).number == 1
    assert desk.store.facts == []


def test_a_grid_made_from_another_version_is_refused(desk: Desk) -> None:
    desk.service.publish(ADMIN, scaled(2), "Une.", 1)
    with pytest.raises(PreconditionFailed):
        desk.service.publish(ADMIN, scaled(3), "Deux.", 1)
    assert desk.service.publish(ADMIN, scaled(3), "Deux.", None).number == 3


@pytest.mark.parametrize(("expected", "refusal"), [(1, PreconditionFailed), (None, Conflict)])
def test_two_administrators_at_once_do_not_both_publish(
    desk: Desk, expected: int | None, refusal: type[Exception]
) -> None:
    publish = desk.store.publish

    def overtaken(*arguments: object) -> None:
        desk.store.publish = publish  # type: ignore[method-assign]
        desk.service.publish(ADMIN, scaled(5), "Plus vite.", 1)
        publish(*arguments)  # type: ignore[arg-type]

    desk.store.publish = overtaken  # type: ignore[method-assign]
    with pytest.raises(refusal):
        desk.service.publish(ADMIN, scaled(2), "Une.", expected)
    assert desk.service.in_force().grid == scaled(5)


def test_a_grid_that_is_wrong_is_refused_whole_by_its_fields_and_changes_nothing(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        desk.service.publish(ADMIN, without("ranges", 0), "Une.", 1)
    assert [one.pointer for one in refused.value.fields] == ["/grid/ranges"]
    with pytest.raises(Invalid):
        desk.service.preview(without("ranges", 0))
    assert desk.service.in_force().number == 1


def test_a_grid_too_heavy_for_its_item_is_refused(desk: Desk) -> None:
    note = Words(fr="é" * 200_000, en="e")
    with pytest.raises(BodyTooLarge):
        desk.service.publish(ADMIN, changed("contract_forms", 0, note=note), "Une.", 1)


def test_a_preview_tells_the_differences_and_publishes_nothing(desk: Desk) -> None:
    [difference] = desk.service.preview(changed("ranges", 0, high=381))
    assert (difference.part, difference.key) == ("ranges", "literary-director/junior/day")
    assert desk.service.in_force().number == 1


def test_a_version_that_never_was_is_unknown(desk: Desk) -> None:
    with pytest.raises(UnknownVersion):
        desk.service.version(2)


def test_ones_own_cost_takes_the_defaults_in_force(desk: Desk) -> None:
    desk.service.publish(ADMIN, changed("own_cost", 0, value=12_000.0), "Une.", 1)
    found, version = desk.service.own_cost({})
    assert (found.day_amount, version.number) == (170, 2)


# ---- engagements


def engaged(desk: Desk, number: int, **changes: object) -> str:
    thread_id = f"thread-{number}"
    desk.engagements.standing_now[thread_id] = engagement(**{"company_id": f"company-{number % 5}", **changes})
    desk.service.follow_engagement(thread_id)
    return thread_id


def told(desk: Desk, level: str = "mid", unit: str = "day") -> object:
    pools = desk.service.observed("literary-director")
    [found] = [one.told for one in pools if (one.level, one.unit) == (level, unit)]
    return found


def test_every_level_and_unit_is_answered_for(desk: Desk) -> None:
    assert len(desk.service.observed("script-reader")) == 3 * 3


def test_engagements_are_counted_once_each_however_often_the_news_comes(desk: Desk) -> None:
    for number in range(9):
        engaged(desk, number)
        engaged(desk, number)
    assert told(desk) == "too_few"
    engaged(desk, 9)
    assert isinstance(told(desk), Observed)
    assert told(desk, "senior") == told(desk, unit="week") == "too_few"


def test_an_engagement_that_broke_off_counts_no_longer_in_whichever_order_the_news_come(desk: Desk) -> None:
    threads = [engaged(desk, number) for number in range(10)]
    assert isinstance(told(desk), Observed)
    del desk.engagements.standing_now[threads[0]]
    desk.service.follow_engagement(threads[0])
    desk.service.follow_engagement(threads[0])
    assert told(desk) == "too_few"


def test_one_that_breaks_off_while_it_is_written_down_is_not_left_behind(desk: Desk) -> None:
    thread_id = engaged(desk, 1)
    desk.store.drop_entry(desk.service._digest("engagement", thread_id))
    desk.engagements.meanwhile = lambda: desk.engagements.standing_now.pop(thread_id)
    desk.service.follow_engagement(thread_id)
    assert list(desk.store.entries("literary-director")) == []


def test_one_that_changes_all_the_time_is_looked_at_later(desk: Desk) -> None:
    class Restless:
        seen = 0

        def standing(self, thread_id: str) -> object:
            self.seen += 1
            return engagement() if self.seen % 2 else None

    desk.service._engagements = Restless()  # type: ignore[assignment]
    with pytest.raises(Retryable):
        desk.service.follow_engagement("thread-1")


def test_the_budget_is_that_of_the_confirmation_and_another_round_has_another(desk: Desk) -> None:
    engaged(desk, 1, minimum=400)
    engaged(desk, 1, minimum=900)
    [kept] = desk.store.entries("literary-director")
    assert kept.minimum == 400
    engaged(desk, 1, minimum=900, round_no=2)
    [kept] = desk.store.entries("literary-director")
    assert kept.minimum == 900


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "flat"},
        {"contract_forms": ("cddu",)},
        {"contract_forms": ("freelance-invoice", "cddu")},
        {"contract_forms": ("copyright",)},
        {"contract_forms": ("cheque",)},
        {"contract_forms": ()},
    ],
)
def test_a_budget_without_a_measure_in_common_is_not_observed(desk: Desk, changes: dict[str, object]) -> None:
    engaged(desk, 1, **changes)
    assert list(desk.store.entries("literary-director")) == []
    engaged(desk, 2, contract_forms=("umbrella", "freelance-invoice"), unit="week")
    assert len(list(desk.store.entries("literary-director"))) == 1


def test_an_entry_names_neither_company_nor_day(desk: Desk) -> None:
    engaged(desk, 1)
    [kept] = desk.store.entries("literary-director")
    assert "company-1" not in kept.company
    assert kept.month.day == 1
