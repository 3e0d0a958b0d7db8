"""What every store of briefs promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.briefs.calendar import due_reminder, reminders
from chalicelib.briefs.models import Brief, Window
from chalicelib.briefs.repository import MATCHING_PATIENCE, RESUMPTION_EVERY, BriefRepository
from chalicelib.briefs.service import BriefStore
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Table
from chalicelib.vocabulary.facts import Fact
from chalicelib.vocabulary.ids import new_id
from tests.support.drafts import NOW, content, draft
from tests.support.fakes import FakeBriefStore
from tests.support.tables import events

LATER = NOW + timedelta(hours=1)
LAST_MINUTE = datetime(2027, 6, 30, 21, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2027, 6, 30, 22, 0, tzinfo=UTC)


class Kept:
    """A store and what it recorded as having happened: (type, aggregate version)."""

    def __init__(self, store: BriefStore, happened: Callable[[], list[tuple[str, int]]]) -> None:
        self.store = store
        self.happened = happened

    def draft(self, now: datetime = NOW, company_id: str = "company-1", **changes: object) -> Brief:
        brief, fact = Brief.draft(new_id(now), company_id, "sub-1", content(**changes), now)
        self.store.create(brief, fact, now)
        return brief

    def live(self, now: datetime = NOW, **changes: object) -> Brief:
        brief, fact = self.draft(now, **changes).publish("sub-1", now)
        self.store.save(brief, fact, now)
        return brief


@pytest.fixture(params=["memory", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "memory":
        fake = FakeBriefStore()
        return Kept(fake, lambda: [(fact.event_type, version) for fact, version in fake.facts])
    request.getfixturevalue("aws")
    return Kept(
        BriefRepository(Table("BriefsTable")),
        lambda: [(item["event_type"], int(item["aggregate_version"])) for item in events("BriefsTable")],
    )


def test_a_brief_comes_back_as_it_was_kept(kept: Kept) -> None:
    brief = kept.live()
    assert kept.store.get(brief.brief_id) == brief
    assert kept.store.get(new_id(NOW)) is None


def test_an_empty_draft_comes_back_as_it_was_kept(kept: Kept) -> None:
    from chalicelib.briefs.models import Content

    brief, fact = Brief.draft(new_id(NOW), "company-1", "sub-1", Content(), NOW)
    kept.store.create(brief, fact, NOW)
    assert kept.store.get(brief.brief_id) == brief


def test_every_change_is_kept_with_what_happened(kept: Kept) -> None:
    brief = kept.live()
    kept.store.save(*brief.end("closed", LATER), LATER)
    assert sorted(kept.happened(), key=lambda one: one[1]) == [
        ("brief.drafted", 1),
        ("brief.published", 2),
        ("brief.ended", 3),
    ]


def test_of_two_changes_from_the_same_version_the_second_is_refused_and_leaves_no_trace(kept: Kept) -> None:
    brief = kept.draft()
    first, second = (brief.revise(content(code_name=name), LATER) for name in ("Projet Varech", "Projet Algue"))
    kept.store.save(*first, LATER)
    with pytest.raises(Conflict):
        kept.store.save(*second, LATER)
    assert kept.store.get(brief.brief_id) == first[0]
    assert len(kept.happened()) == 2


def test_what_was_never_created_cannot_be_saved(kept: Kept) -> None:
    with pytest.raises(Conflict):
        kept.store.save(*draft().publish("sub-1", NOW), NOW)
    assert kept.happened() == []


def test_a_company_reads_its_own_briefs_last_changed_first_page_after_page(kept: Kept) -> None:
    own = [kept.draft(NOW + timedelta(minutes=number)) for number in range(3)]
    kept.draft(company_id="company-2")
    first, position = kept.store.of_company("company-1", 2, None)
    rest, end = kept.store.of_company("company-1", 2, position)
    assert [brief.brief_id for brief in first + rest] == [brief.brief_id for brief in reversed(own)]
    assert end is None
    assert kept.store.of_company("company-3", 2, None) == ([], None)


def test_live_briefs_of_a_role_come_most_pressing_first_page_after_page(kept: Kept) -> None:
    ends = [date(2027, 9, 1), date(2027, 7, 1), date(2027, 8, 1)]
    ids = {end: kept.live(NOW + timedelta(minutes=end.month), option_end_date=end).brief_id for end in ends}
    kept.live(role="script-reader")
    kept.draft()
    found: list[str] = []
    after: str | None = None
    for _ in range(4):
        page, after = kept.store.live("literary-director", 1, after)
        found += [brief.brief_id for brief in page]
        if after is None:
            break
    assert found == [ids[end] for end in sorted(ends)]
    assert after is None


def test_a_brief_that_ended_is_live_for_nobody(kept: Kept) -> None:
    brief = kept.live()
    kept.store.save(*brief.end("filled", LATER), LATER)
    assert kept.store.live("literary-director", 10, None) == ([], None)


def test_a_brief_whose_role_changed_is_found_under_the_new_one_only(kept: Kept) -> None:
    brief = kept.live()
    kept.store.save(*brief.revise(content(role="script-reader"), LATER), LATER)
    assert kept.store.live("literary-director", 10, None)[0] == []
    assert [one.brief_id for one in kept.store.live("script-reader", 10, None)[0]] == [brief.brief_id]


def test_a_live_version_owes_a_matching_after_a_while_until_it_is_done(kept: Kept) -> None:
    brief = kept.live()
    assert list(kept.store.due(NOW + MATCHING_PATIENCE - timedelta(seconds=1))) == []
    assert list(kept.store.due(NOW + MATCHING_PATIENCE)) == [(brief.brief_id, "matching")]
    kept.store.matched(brief.brief_id, brief.version)
    assert list(kept.store.due(NOW + MATCHING_PATIENCE)) == []
    kept.store.matched(brief.brief_id, brief.version)


def test_news_of_an_older_version_does_not_settle_what_a_newer_one_is_owed(kept: Kept) -> None:
    brief = kept.live()
    edited, fact = brief.revise(content(code_name="Projet Varech"), LATER)
    kept.store.save(edited, fact, LATER)
    kept.store.matched(brief.brief_id, brief.version)
    assert list(kept.store.due(LATER + MATCHING_PATIENCE)) == [(brief.brief_id, "matching")]
    kept.store.matched(brief.brief_id, edited.version)
    assert list(kept.store.due(LATER + MATCHING_PATIENCE)) == []


def test_asking_again_is_published_and_puts_the_obligation_off(kept: Kept) -> None:
    brief = kept.live()
    kept.store.ask_for_matching_again(brief, brief.ask_for_matching_again(), LATER)
    assert ("brief.matching_overdue", brief.version) in kept.happened()
    assert list(kept.store.due(LATER + timedelta(seconds=1))) == []
    assert list(kept.store.due(LATER + MATCHING_PATIENCE)) == [(brief.brief_id, "matching")]
    assert kept.store.get(brief.brief_id) == brief


def test_a_matching_is_asked_for_once_for_each_version_of_the_vocabulary(kept: Kept) -> None:
    brief, other = kept.live(), kept.live()
    kept.store.matched(brief.brief_id, brief.version)
    for number in (2, 2, 3, 2):
        kept.store.follow_vocabulary(brief, number, brief.vocabulary_changed(number), LATER)
    assert kept.happened().count(("brief.vocabulary_changed", brief.version)) == 2
    assert (brief.brief_id, "matching") in list(kept.store.due(LATER + MATCHING_PATIENCE))
    asked = [brief.brief_id, other.brief_id]
    assert kept.store.following(asked, 3) == kept.store.following(asked, 2) == {brief.brief_id}
    assert kept.store.following(asked, 4) == set()
    assert kept.store.get(brief.brief_id) == brief


def test_which_version_of_the_vocabulary_every_brief_follows_never_goes_back(kept: Kept) -> None:
    assert kept.store.vocabulary_followed() == 1
    for number, then in ((3, 3), (2, 3), (4, 4)):
        kept.store.vocabulary_is_followed(number)
        assert kept.store.vocabulary_followed() == then


def test_an_expiry_is_due_from_midnight_in_paris_after_the_last_day(kept: Kept) -> None:
    brief = kept.live()
    kept.store.matched(brief.brief_id, brief.version)
    assert (brief.brief_id, "expiry") not in list(kept.store.due(LAST_MINUTE))
    assert (brief.brief_id, "expiry") in list(kept.store.due(MIDNIGHT))


def test_moving_the_deadline_moves_the_expiry(kept: Kept) -> None:
    brief = kept.live()
    window = Window(from_=date(2026, 12, 1), until=date(2026, 12, 31))
    changed = brief.revise(content(option_end_date=date(2027, 1, 15), start_window=window), LATER)
    kept.store.save(*changed, LATER)
    kept.store.matched(brief.brief_id, changed[0].version)
    midnight = datetime(2027, 1, 15, 23, 0, tzinfo=UTC)
    assert (brief.brief_id, "expiry") not in list(kept.store.due(midnight - timedelta(seconds=1)))
    assert (brief.brief_id, "expiry") in list(kept.store.due(midnight))


def test_a_brief_that_ended_owes_nothing_and_a_draft_never_did(kept: Kept) -> None:
    kept.draft()
    brief = kept.live()
    kept.store.save(*brief.end("closed", LATER), LATER)
    assert list(kept.store.due(datetime(2030, 1, 1, tzinfo=UTC))) == []


def test_an_obligation_that_means_nothing_any_more_can_be_dropped_twice(kept: Kept) -> None:
    brief = kept.live()
    for _ in range(2):
        kept.store.forgive(brief.brief_id, "matching", NOW + MATCHING_PATIENCE)
    assert list(kept.store.due(NOW + MATCHING_PATIENCE)) == []


def test_an_obligation_that_is_not_due_yet_is_another_one_and_is_not_dropped(kept: Kept) -> None:
    brief = kept.live()
    kept.store.forgive(brief.brief_id, "matching", NOW)
    assert list(kept.store.due(NOW + MATCHING_PATIENCE)) == [(brief.brief_id, "matching")]


def test_a_brief_that_waits_for_its_company_is_looked_at_again_until_something_else_happens_to_it(kept: Kept) -> None:
    live = kept.live()
    returned, fact = returned_of(live)
    kept.store.save(returned, fact, LATER)
    assert not kept.store.owes_resumption(live.brief_id)
    with pytest.raises(Conflict):
        kept.store.owe_resumption(live, LATER)
    kept.store.owe_resumption(returned, LATER)
    assert kept.store.owes_resumption(live.brief_id)
    assert list(kept.store.due(LATER + RESUMPTION_EVERY - timedelta(seconds=1))) == []
    assert list(kept.store.due(LATER + RESUMPTION_EVERY)) == [(live.brief_id, "resumption")]
    corrected, fact = returned.revise(content(code_name="Projet Varech"), LATER)
    kept.store.save(corrected, fact, LATER)
    assert kept.store.owes_resumption(live.brief_id)
    kept.store.save(*corrected.end("closed", LATER), LATER)
    assert not kept.store.owes_resumption(live.brief_id)


def test_a_brief_that_is_back_online_is_not_to_come_back(kept: Kept) -> None:
    returned, fact = returned_of(kept.live())
    kept.store.save(returned, fact, LATER)
    kept.store.owe_resumption(returned, LATER)
    kept.store.save(*returned.publish("sub-1", LATER), LATER)
    assert not kept.store.owes_resumption(returned.brief_id)


def returned_of(brief: Brief) -> tuple[Brief, Fact]:
    returned = brief.send_back("m-1", brief.publication_no, LATER)
    assert returned is not None
    return returned


# Reminders. The option of these briefs ends on 30 June 2027: 31 May (a Monday), 16, 23 and 28 June, at 07:00 UTC.

THIRTY, FOURTEEN, SEVEN, TWO = (
    datetime(2027, month, day, 7, 0, tzinfo=UTC) for month, day in ((5, 31), (6, 16), (6, 23), (6, 28))
)


def reminded(kept: Kept) -> list[str]:
    return [event_type for event_type, _ in kept.happened() if event_type == "brief.deadline_near"]


def owed_reminder(kept: Kept, brief: Brief, now: datetime) -> bool:
    return (brief.brief_id, "reminder") in list(kept.store.due(now))


def remind(kept: Kept, brief: Brief, now: datetime) -> None:
    kept.store.remind(brief, due_reminder(brief.content.dates, now), now)


def test_a_live_brief_owes_each_reminder_in_its_turn_and_then_none(kept: Kept) -> None:
    brief = kept.live()
    for number, moment in enumerate((THIRTY, FOURTEEN, SEVEN, TWO), 1):
        assert not owed_reminder(kept, brief, moment - timedelta(seconds=1))
        assert owed_reminder(kept, brief, moment)
        remind(kept, brief, moment)
        remind(kept, brief, moment)
        assert len(reminded(kept)) == number
    assert not owed_reminder(kept, brief, datetime(2030, 1, 1, tzinfo=UTC))
    assert kept.store.get(brief.brief_id) == brief


def test_a_tick_that_comes_late_sends_the_nearest_reminder_alone(kept: Kept) -> None:
    brief = kept.live()
    remind(kept, brief, SEVEN + timedelta(days=2))
    assert len(reminded(kept)) == 1
    assert not owed_reminder(kept, brief, TWO - timedelta(seconds=1))
    assert owed_reminder(kept, brief, TWO)


def test_a_reminder_that_is_not_due_is_not_sent(kept: Kept) -> None:
    brief = kept.live()
    kept.store.remind(brief, reminders(brief.content.dates)[0], THIRTY - timedelta(seconds=1))
    assert reminded(kept) == []
    assert owed_reminder(kept, brief, THIRTY)


def test_a_reminder_for_a_version_that_has_been_changed_is_not_sent(kept: Kept) -> None:
    brief = kept.live()
    later = brief.revise(content(option_end_date=date(2027, 12, 31)), LATER)
    kept.store.save(*later, LATER)
    remind(kept, brief, THIRTY)
    assert reminded(kept) == []
    assert not owed_reminder(kept, brief, datetime(2027, 11, 30, tzinfo=UTC))
    assert owed_reminder(kept, brief, datetime(2027, 12, 1, 8, 0, tzinfo=UTC))


def test_a_change_between_the_hour_of_a_reminder_and_its_tick_does_not_lose_it(kept: Kept) -> None:
    brief = kept.live()
    changed, fact = brief.revise(content(code_name="Projet Varech"), THIRTY + timedelta(minutes=2))
    kept.store.save(changed, fact, THIRTY + timedelta(minutes=2))
    assert owed_reminder(kept, changed, THIRTY + timedelta(minutes=5))
    remind(kept, changed, THIRTY + timedelta(minutes=5))
    assert len(reminded(kept)) == 1


def test_a_reminder_is_sent_once_in_a_publication_though_its_day_comes_again(kept: Kept) -> None:
    brief = kept.live()
    remind(kept, brief, THIRTY)
    put_off, fact = brief.revise(content(option_end_date=date(2027, 7, 30)), THIRTY + timedelta(days=1))
    kept.store.save(put_off, fact, THIRTY + timedelta(days=1))
    again = datetime(2027, 6, 30, 7, 0, tzinfo=UTC)
    assert owed_reminder(kept, put_off, again)
    remind(kept, put_off, again)
    assert len(reminded(kept)) == 1
    assert owed_reminder(kept, put_off, datetime(2027, 7, 16, 7, 0, tzinfo=UTC))


def test_a_new_publication_reminds_anew(kept: Kept) -> None:
    brief = kept.live()
    remind(kept, brief, THIRTY)
    closed, fact = brief.end("closed", THIRTY + timedelta(days=1))
    kept.store.save(closed, fact, THIRTY + timedelta(days=1))
    assert not owed_reminder(kept, brief, TWO)
    mended, fact = closed.model_copy(
        update={
            "content": content(
                option_end_date=date(2027, 7, 30), start_window=Window(from_=date(2027, 6, 1), until=date(2027, 7, 1))
            )
        }
    ).reopen("sub-1", THIRTY + timedelta(days=2))
    kept.store.save(mended, fact, THIRTY + timedelta(days=2))
    remind(kept, mended, datetime(2027, 6, 30, 7, 0, tzinfo=UTC))
    assert len(reminded(kept)) == 2


def test_what_is_left_to_do_without_a_reminder_to_send_is_to_owe_the_next_one(kept: Kept) -> None:
    brief = kept.live()
    kept.store.remind(brief, None, THIRTY)
    assert reminded(kept) == []
    assert not owed_reminder(kept, brief, FOURTEEN - timedelta(seconds=1))
    assert owed_reminder(kept, brief, FOURTEEN)


def test_an_acceptance_is_kept_per_account_and_project_with_what_happened(kept: Kept) -> None:
    brief, other = kept.live(), kept.live(LATER)
    acceptance, fact = brief.accept_confidentiality("2026-12-1", LATER)
    kept.store.accept(brief, "sub-ines", acceptance, fact, LATER)
    assert kept.store.acceptance(brief.brief_id, "sub-ines") == acceptance
    assert kept.store.acceptance(brief.brief_id, "sub-leo") is None
    assert kept.store.acceptance(other.brief_id, "sub-ines") is None
    assert kept.happened().count(("brief.confidentiality_accepted", brief.version)) == 1
    assert kept.store.get(brief.brief_id) == brief


def test_the_same_terms_are_accepted_once_and_the_second_time_leaves_no_trace(kept: Kept) -> None:
    brief = kept.live()
    first = brief.accept_confidentiality("2026-12-1", NOW)
    kept.store.accept(brief, "sub-ines", *first, NOW)
    with pytest.raises(Conflict):
        kept.store.accept(brief, "sub-ines", *brief.accept_confidentiality("2026-12-1", LATER), LATER)
    assert kept.store.acceptance(brief.brief_id, "sub-ines") == first[0]
    assert kept.happened().count(("brief.confidentiality_accepted", brief.version)) == 1


def test_new_terms_take_the_place_of_former_ones_of_which_the_fact_remains(kept: Kept) -> None:
    brief = kept.live()
    kept.store.accept(brief, "sub-ines", *brief.accept_confidentiality("2026-12-1", NOW), NOW)
    newer = brief.accept_confidentiality("2027-01-1", LATER)
    kept.store.accept(brief, "sub-ines", *newer, LATER)
    assert kept.store.acceptance(brief.brief_id, "sub-ines") == newer[0]
    assert kept.happened().count(("brief.confidentiality_accepted", brief.version)) == 2
