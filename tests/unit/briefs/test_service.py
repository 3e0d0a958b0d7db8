"""What the clockwork owes a brief, on stores in memory: a matching that never came, a last day that passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.briefs.calendar import Outreach
from chalicelib.briefs.errors import AnswersOverdue, CompanyNotVerified, NoCompany, NotInThatState, Unpublishable
from chalicelib.briefs.events import BriefDeadlineNear
from chalicelib.briefs.leak_check import Hidden
from chalicelib.briefs.models import Brief
from chalicelib.briefs.repository import MATCHING_PATIENCE
from chalicelib.briefs.service import BriefService, CardFit, ReturnOrder
from chalicelib.briefs.views import CompanyIdentity
from chalicelib.platform.auth import Actor
from chalicelib.platform.errors import Conflict, Invalid, NotFound, PreconditionFailed, Retryable
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from chalicelib.vocabulary.text import Bilingual
from tests.support.drafts import NOW, content
from tests.support.fakes import FakeBriefStore
from tests.support.moderation_fakes import Orders

MEMBER = Actor("sub-1", frozenset({"producers"}), "claire@falaise-films.test")
STRANGER = Actor("sub-2", frozenset({"producers"}), "paul@autre-rive.test")
AFTER_THE_OPTION = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)


IDENTITY = CompanyIdentity(
    legal_name="Falaise Rouge Films",
    other_names=("Falaise",),
    siren="552178634",
    domain="falaise-films.test",
    website=None,
    addresses=("3 rue du Phare, Brest",),
    people=("Claire Aubenas",),
    emails=("claire@falaise-films.test",),
)


HIDDEN = Hidden(
    names=("Falaise Rouge Films", "Falaise"),
    acronyms=("FRF",),
    siren="552178634",
    domains=("falaise-films.test",),
    people=("Claire Aubenas",),
    addresses=("3 rue du Phare, 29200 Brest",),
)


class Companies:
    verified = True

    def company_of(self, sub: str) -> str | None:
        return {"sub-1": "company-1", "sub-2": "company-2"}.get(sub)

    def may_publish(self, company_id: str) -> bool:
        return self.verified

    def identity(self, company_id: str) -> CompanyIdentity | None:
        return IDENTITY if company_id == "company-1" else None

    def hidden(self, company_id: str) -> Hidden | None:
        return HIDDEN if company_id == "company-1" else None

    def verified_addresses(self) -> list[tuple[str, ...]]:
        return [("12 rue des Écoles, 56100 Lorient",)]


class Freelancers:
    def is_verified(self, sub: str) -> bool:
        return True


class Shortlists:
    fewest = 1

    def fewest_junior_seats(self) -> int:
        return self.fewest


class Reveals:
    """Which pairs of account and project know who the other is."""

    def __init__(self) -> None:
        self.known: set[tuple[str, str]] = set()

    def revealed_to(self, sub: str, brief_id: str, /) -> bool:
        return (sub, brief_id) in self.known


class Fits:
    """Scores by code name; `unfit` are kept out by a hard rule. `seen` holds what was asked about."""

    def __init__(self) -> None:
        self.scores: dict[str, int] = {}
        self.unfit: set[str] = set()
        self.seen: list[Mapping[str, Any]] = []

    def fits(self, _actor: Actor, cards: Sequence[Mapping[str, Any]]) -> list[CardFit]:
        self.seen += cards
        return [CardFit(one["code_name"] not in self.unfit, self.scores.get(one["code_name"], 0)) for one in cards]


class Contacts:
    """`owed`: answers that the company owes for too long."""

    owed = 0
    reached = Outreach()

    def overdue(self, company_id: str) -> int:
        return self.owed

    def outreach(self, brief_id: str) -> Outreach:
        return self.reached


class Notice:
    sentence = Bilingual("Dans la fourchette indicative.", "Within the indicative range.")


class Rates:
    def notice(self, *_: object, **__: object) -> Notice:
        return Notice()


class House:
    """The service, its store, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW
        self.store = FakeBriefStore()
        self.companies = Companies()
        self.shortlists = Shortlists()
        self.reveals = Reveals()
        self.fits = Fits()
        self.contacts = Contacts()
        self.orders = Orders()
        self.service = BriefService(
            self.store,
            self.companies,
            Freelancers(),
            self.shortlists,
            self.contacts,
            self.reveals,
            self.fits,
            Rates(),
            self.orders,
            lambda: self.now,
        )

    def live(self) -> Brief:
        drafted = self.service.draft(MEMBER, content(), new_id(self.now))
        return self.service.publish(MEMBER, drafted.brief_id)

    def happened(self) -> list[str]:
        return [fact.event_type for fact, _ in self.store.facts]

    def tick(self) -> None:
        for owed in self.service.due():
            self.service.settle(*owed)


@pytest.fixture
def house() -> House:
    return House()


def test_a_matching_that_never_came_is_asked_for_again_once_per_delay(house: House) -> None:
    house.live()
    house.tick()
    assert "brief.matching_overdue" not in house.happened()
    house.now += MATCHING_PATIENCE
    house.tick()
    house.tick()
    assert house.happened().count("brief.matching_overdue") == 1
    house.now += MATCHING_PATIENCE
    house.tick()
    assert house.happened().count("brief.matching_overdue") == 2


def test_a_matching_that_came_is_owed_no_more(house: House) -> None:
    brief = house.live()
    house.service.matching_done(brief.brief_id, brief.version)
    house.now += MATCHING_PATIENCE
    assert house.service.due() == []


def test_a_last_day_that_passed_is_recorded_and_nothing_is_owed_any_more(house: House) -> None:
    brief = house.live()
    house.now = AFTER_THE_OPTION
    house.tick()
    house.tick()
    kept = house.store.get(brief.brief_id)
    assert kept is not None
    assert kept.state == "expired"
    assert house.happened().count("brief.ended") == 1
    assert "brief.matching_overdue" not in house.happened()
    assert house.service.due() == []


def near(house: House) -> list[tuple[str, int, int]]:
    return [
        (fact.which, fact.days_left, fact.publication_no)
        for fact, _ in house.store.facts
        if isinstance(fact, BriefDeadlineNear)
    ]


def test_a_company_is_reminded_of_the_options_end_at_its_hours_and_once(house: House) -> None:
    house.live()
    for month, day in ((5, 31), (6, 16), (6, 23), (6, 28)):
        house.now = datetime(2027, month, day, 6, 59, tzinfo=UTC)
        house.tick()
        before = len(near(house))
        house.now = datetime(2027, month, day, 7, 0, tzinfo=UTC)
        house.tick()
        house.tick()
        assert len(near(house)) == before + 1
    assert near(house) == [("option_end", left, 1) for left in (30, 14, 7, 2)]


def test_a_reminder_told_twice_or_late_or_after_a_change_is_sent_once(house: House) -> None:
    brief = house.live()
    house.now = datetime(2027, 6, 25, 9, 0, tzinfo=UTC)  # two days late for the seventh, and never ticked before
    for _ in range(3):
        house.service.settle(brief.brief_id, "reminder")
    assert near(house) == [("option_end", 7, 1)]
    house.service.revise(MEMBER, brief.brief_id, {"code_name": "Projet Varech"}, None)
    house.service.settle(brief.brief_id, "reminder")
    assert near(house) == [("option_end", 7, 1)]
    house.now = datetime(2027, 6, 28, 7, 0, tzinfo=UTC)
    house.tick()
    assert near(house) == [("option_end", 7, 1), ("option_end", 2, 1)]


def test_the_notice_of_renewal_is_reminded_of_before_the_options_end(house: House) -> None:
    brief = house.live()
    house.service.revise(MEMBER, brief.brief_id, {"renewal_notice_days": 20}, None)
    for offset in range(250):
        house.now = NOW + timedelta(days=offset)
        house.tick()
    assert near(house) == [
        *[("renewal_notice", left, 1) for left in (30, 14, 7, 2)],
        *[("option_end", left, 1) for left in (14, 7, 2)],
    ]


def test_nobody_is_reminded_of_a_project_that_has_ended_before_or_meanwhile(house: House) -> None:
    closed, expired = house.live(), house.live()
    house.service.end(MEMBER, closed.brief_id, "closed")
    house.now = AFTER_THE_OPTION
    house.service.settle(expired.brief_id, "reminder")
    house.service.settle(closed.brief_id, "reminder")
    assert near(house) == []
    house.tick()
    assert house.service.due() == []


def test_what_is_owed_to_a_brief_that_is_gone_is_dropped(house: House) -> None:
    house.store._owed["nowhere", "matching"] = (1, "2026-01-01T00:00:00.000Z")
    house.tick()
    assert house.service.due() == []


def test_an_expiry_that_meets_an_edit_is_left_for_the_next_tick(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    brief = house.live()
    house.now = AFTER_THE_OPTION

    def edited_meanwhile(brief: Brief, fact: Fact, now: datetime) -> None:
        raise Conflict

    with monkeypatch.context() as patched:
        patched.setattr(house.store, "save", edited_meanwhile)
        with pytest.raises(Retryable):
            house.service.settle(brief.brief_id, "expiry")
    assert (brief.brief_id, "expiry") in house.service.due()


def test_another_companys_brief_is_not_found_by_any_use_case(house: House) -> None:
    brief = house.live()
    uses = (
        lambda: house.service.read(STRANGER, brief.brief_id),
        lambda: house.service.revise(STRANGER, brief.brief_id, {"code_name": "Pris"}, None),
        lambda: house.service.publish(STRANGER, brief.brief_id),
        lambda: house.service.reopen(STRANGER, brief.brief_id),
        lambda: house.service.end(STRANGER, brief.brief_id, "closed"),
    )
    for use in uses:
        with pytest.raises(NotFound):
            use()
    assert house.store.get(brief.brief_id) == brief


def test_a_producer_without_a_company_drafts_nothing(house: House) -> None:
    with pytest.raises(NoCompany):
        house.service.draft(Actor("sub-9", frozenset({"producers"}), ""), content(), new_id(house.now))


def test_fewer_junior_seats_than_the_criteria_keep_are_refused_by_name_and_never_set_right_in_silence(
    house: House,
) -> None:
    brief = house.service.draft(MEMBER, content(junior_seats=2), new_id(house.now))
    assert brief.content.junior_seats == 2
    house.shortlists.fewest = 3
    for refused in (
        lambda: house.service.draft(MEMBER, content(junior_seats=2), new_id(house.now)),
        lambda: house.service.revise(MEMBER, brief.brief_id, {"junior_seats": 1}, None),
    ):
        with pytest.raises(Invalid) as refusal:
            refused()
        [error] = refusal.value.fields
        assert (error.pointer, error.code) == ("/junior_seats", "too_few_junior_seats")
        assert "3" in error.message.fr
    # What the criteria have outgrown since is no reason to refuse another change.
    assert house.service.revise(MEMBER, brief.brief_id, {"code_name": "Projet Varech"}, None).version == 2
    cleared = house.service.revise(MEMBER, brief.brief_id, {"junior_seats": None}, None)
    assert cleared.content.junior_seats is None


def test_an_unverified_company_neither_publishes_nor_reopens(house: House) -> None:
    closed = house.service.end(MEMBER, house.live().brief_id, "closed")
    drafted = house.service.draft(MEMBER, content(), new_id(house.now))
    house.companies.verified = False
    with pytest.raises(CompanyNotVerified):
        house.service.publish(MEMBER, drafted.brief_id)
    with pytest.raises(CompanyNotVerified):
        house.service.reopen(MEMBER, closed.brief_id)


def test_a_project_that_was_ended_is_changed_only_where_something_keeps_it_from_being_reopened(house: House) -> None:
    filled = house.service.end(MEMBER, house.live().brief_id, "filled")
    with pytest.raises(NotInThatState):
        house.service.revise(MEMBER, filled.brief_id, {"code_name": "Projet Varech"}, None)
    house.now = AFTER_THE_OPTION
    with pytest.raises(Unpublishable):
        house.service.reopen(MEMBER, filled.brief_id)
    window = {"from_": date(2027, 8, 1), "until": date(2027, 9, 1)}
    later = {"option_end_date": date(2028, 6, 30), "start_window": window}
    assert house.service.revise(MEMBER, filled.brief_id, later, None).state == "filled"
    assert house.service.reopen(MEMBER, filled.brief_id).state == "live"


def test_whatever_keeps_an_ended_project_offline_it_can_be_changed_meanwhile(house: House) -> None:
    filled = house.service.end(MEMBER, house.live().brief_id, "filled")
    house.companies.verified = False
    assert house.service.revise(MEMBER, filled.brief_id, {"estimated_days": 12}, None).content.estimated_days == 12


@pytest.mark.parametrize("ended", ["filled", "closed", None])
def test_a_project_that_was_online_never_takes_a_name_that_tells_whose_it_is(house: House, ended: Any) -> None:
    brief = house.live()
    if ended:
        house.service.end(MEMBER, brief.brief_id, ended)
    house.now = AFTER_THE_OPTION
    with pytest.raises(Unpublishable) as refused:
        house.service.revise(MEMBER, brief.brief_id, {"code_name": "Falaise Rouge Films"}, None)
    assert {one.pointer for one in refused.value.fields} == {"/code_name"}
    assert house.service.revise(MEMBER, brief.brief_id, {"code_name": "Projet Varech"}, None).version > 1


def test_an_older_version_is_refused_before_anything_else(house: House) -> None:
    brief = house.live()
    house.now += timedelta(minutes=1)
    with pytest.raises(PreconditionFailed):
        house.service.end(MEMBER, brief.brief_id, "closed", expected=brief.version - 1)


def test_a_company_that_owes_answers_for_too_long_opens_no_project_and_keeps_those_it_has(house: House) -> None:
    live = house.live()
    ended = house.service.end(MEMBER, house.live().brief_id, "closed")
    draft = house.service.draft(MEMBER, content(), new_id(house.now))
    house.contacts.owed = 3
    for opening in (house.service.publish, house.service.reopen):
        with pytest.raises(AnswersOverdue) as refused:
            opening(MEMBER, (draft if opening == house.service.publish else ended).brief_id)
        assert refused.value.values == {"count": 3}
    assert house.service.read(MEMBER, live.brief_id).state == "live"
    house.contacts.owed = 0
    assert house.service.publish(MEMBER, draft.brief_id).state == "live"


def test_a_project_whose_mission_broke_off_comes_back_once(house: House) -> None:
    brief = house.service.end(MEMBER, house.live().brief_id, "filled")
    for _ in range(2):
        house.service.mission_broken(brief.brief_id)
    again = house.service.read(MEMBER, brief.brief_id)
    assert (again.state, again.publication_no, again.published_by) == ("live", 2, MEMBER.sub)
    published = [fact for fact, _ in house.store.facts if fact.event_type == "brief.published"]
    assert [fact.model_dump()["resumed"] for fact in published] == [False, True]


def test_a_project_that_cannot_come_back_stays_as_it_is(house: House) -> None:
    brief = house.service.end(MEMBER, house.live().brief_id, "filled")
    house.companies.verified = False
    house.service.mission_broken(brief.brief_id)
    house.companies.verified = True
    house.now = AFTER_THE_OPTION
    house.tick()
    house.service.mission_broken(brief.brief_id)
    house.service.mission_broken(new_id(house.now))
    assert house.service.read(MEMBER, brief.brief_id).state == "filled"
    assert list(house.store.due(house.now + timedelta(days=1))) == []


def test_a_project_whose_mission_broke_off_while_its_company_might_not_publish_comes_back_when_it_may(
    house: House,
) -> None:
    brief = house.service.end(MEMBER, house.live().brief_id, "filled")
    house.companies.verified = False
    house.service.mission_broken(brief.brief_id)
    for _ in range(3):
        house.now += timedelta(days=10)
        house.tick()
    assert house.service.read(MEMBER, brief.brief_id).state == "filled"
    house.companies.verified = True
    house.now += timedelta(minutes=10)
    house.tick()
    assert house.service.read(MEMBER, brief.brief_id).state == "live"
    house.service.end(MEMBER, brief.brief_id, "closed")
    house.now += timedelta(days=1)
    house.tick()
    assert house.service.read(MEMBER, brief.brief_id).state == "closed"


def test_advice_counts_down_to_the_day_that_binds_and_warns_of_silence(house: House) -> None:
    brief = house.live()
    house.contacts.reached = Outreach(shown=8)
    calm = house.service.advice(MEMBER, brief.brief_id)
    assert calm.wave is not None
    assert 0 < calm.wave.now < 8
    assert calm.danger is None
    house.now = datetime(2027, 6, 21, 8, 0, tzinfo=UTC)
    late = house.service.advice(MEMBER, brief.brief_id)
    assert late.danger is not None
    assert (late.danger.short, late.danger.silence) == ("days", "nobody_invited")
    house.service.end(MEMBER, brief.brief_id, "closed")
    over = house.service.advice(MEMBER, brief.brief_id)
    assert (over.wave, over.danger) == (None, None)


# ---- what administrators decide of a project


def test_a_returned_project_is_corrected_and_published_again_and_late_news_do_not_return_it_twice(
    house: House,
) -> None:
    brief = house.live()
    house.orders.given[brief.brief_id] = ReturnOrder("m-1", 1, stands=True)
    for _ in range(2):
        house.service.follow_order(brief.brief_id)
    returned = house.service.read(MEMBER, brief.brief_id)
    assert (returned.state, returned.measure_id, house.happened()[-1]) == ("returned", "m-1", "brief.returned")
    house.service.revise(MEMBER, brief.brief_id, {"code_name": "Projet Varech"}, None)
    assert house.service.publish(MEMBER, brief.brief_id).publication_no == 2
    house.service.follow_order(brief.brief_id)
    assert house.service.read(MEMBER, brief.brief_id).state == "live"


def test_a_decision_that_is_lifted_puts_the_project_back_unless_it_moved_on(house: House) -> None:
    brief = house.live()
    house.orders.given[brief.brief_id] = ReturnOrder("m-1", 1, stands=True)
    house.service.follow_order(brief.brief_id)
    house.orders.given[brief.brief_id] = ReturnOrder("m-1", 1, stands=False)
    house.companies.verified = False
    house.service.follow_order(brief.brief_id)
    house.now += timedelta(days=30)
    house.tick()
    assert house.service.read(MEMBER, brief.brief_id).state == "returned", "nobody may publish for it"
    house.companies.verified = True
    house.now += timedelta(minutes=10)
    house.tick()
    back = house.service.read(MEMBER, brief.brief_id)
    assert (back.state, back.publication_no) == ("live", 2)
    house.service.end(MEMBER, brief.brief_id, "closed")
    house.service.follow_order(brief.brief_id)
    assert house.service.read(MEMBER, brief.brief_id).state == "closed"


def test_what_is_closed_before_the_decision_reaches_it_stays_closed(house: House) -> None:
    brief = house.live()
    house.service.end(MEMBER, brief.brief_id, "closed")
    house.orders.given[brief.brief_id] = ReturnOrder("m-1", 1, stands=True)
    house.service.follow_order(brief.brief_id)
    house.service.follow_order("no such brief")
    assert house.service.read(MEMBER, brief.brief_id).state == "closed"


def test_a_returned_project_may_be_given_up_and_expires_with_its_dates(house: House) -> None:
    given_up, left = house.live(), house.live()
    for brief in (given_up, left):
        house.orders.given[brief.brief_id] = ReturnOrder("m-1", 1, stands=True)
        house.service.follow_order(brief.brief_id)
    assert house.service.end(MEMBER, given_up.brief_id, "closed").state == "closed"
    assert left.content.deadline is not None
    house.now += left.content.deadline - house.now.date() + timedelta(days=2)
    house.tick()
    assert house.service.read(MEMBER, left.brief_id).state == "expired"
    assert house.happened()[-1] == "brief.ended"
