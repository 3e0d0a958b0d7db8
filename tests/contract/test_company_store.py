"""What every store of companies promises, on the one in memory and on DynamoDB's tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from chalicelib.companies.errors import AlreadyMember
from chalicelib.companies.events import MemberInvited, MemberJoined
from chalicelib.companies.models import Company, Invited, KnownAs
from chalicelib.companies.repository import CompanyRepository
from chalicelib.platform.errors import Conflict
from chalicelib.platform.table import Put, Table
from chalicelib.vocabulary.ids import new_id
from tests.support.drafts import NOW, checked, company, identity, member
from tests.support.fakes import FakeCompanyStore
from tests.support.tables import events, rows

LATER = NOW + timedelta(hours=1)


class Kept:
    def __init__(self, store: FakeCompanyStore | CompanyRepository, happened: Callable[[], list[str]]) -> None:
        self.store = store
        self.happened = happened

    def company(self, sub: str = "sub-1", minutes: int = 0) -> Company:
        now = NOW + timedelta(minutes=minutes)
        made, fact = Company.register(new_id(now), identity(), sub, now)
        self.store.create(made, member(sub), fact, now)
        return made


@pytest.fixture(params=["memory", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "memory":
        fake = FakeCompanyStore()
        return Kept(fake, lambda: [fact.event_type for fact, _ in fake.facts])
    request.getfixturevalue("aws")
    store = CompanyRepository(Table("CompaniesTable"))
    return Kept(store, lambda: [item["event_type"] for item in events("CompaniesTable")])


def test_a_company_comes_back_with_its_first_member(kept: Kept) -> None:
    made = kept.company()
    assert kept.store.get(made.company_id) == made
    assert kept.store.membership("sub-1") == made.company_id
    assert kept.store.members(made.company_id) == [member("sub-1")]
    assert kept.store.member(made.company_id, "sub-1") == member("sub-1")
    assert kept.happened() == ["company.registered"]


def test_what_else_a_company_is_known_as_is_kept_and_replaced(kept: Kept) -> None:
    made = kept.company()
    known = KnownAs(other_names=("Falaise",), people=("Claire Aubenas",), website="https://falaise.test")
    revised = made.revise(identity(), LATER, known)
    assert revised is not None
    kept.store.save(*revised, LATER)
    assert kept.store.get(made.company_id) == revised[0]
    assert [one.known_as for one in kept.store.unverified()] == [known]


def test_what_is_not_there_is_none(kept: Kept) -> None:
    other = kept.company("sub-2")
    assert kept.store.get(new_id(NOW)) is None
    assert kept.store.membership("sub-1") is None
    assert kept.store.member(other.company_id, "sub-1") is None
    assert kept.store.members(new_id(NOW)) == []
    assert kept.store.invitation("paul@falaise-films.test", NOW) is None


def test_an_account_belongs_to_one_company_and_a_second_leaves_no_trace(kept: Kept) -> None:
    first = kept.company()
    second = company()
    with pytest.raises(AlreadyMember):
        kept.store.create(second, member(), Company.register(second.company_id, identity(), "sub-1", NOW)[1], NOW)
    assert kept.store.membership("sub-1") == first.company_id
    assert kept.store.get(second.company_id) is None
    assert kept.happened() == ["company.registered"]


def test_of_two_changes_from_the_same_version_the_second_is_refused(kept: Kept) -> None:
    made = kept.company()
    changed = checked(made, "verified", LATER)
    kept.store.save(*changed, LATER)
    with pytest.raises(Conflict):
        kept.store.save(*checked(made, "verified", LATER, "admin-2"), LATER)
    assert kept.store.get(made.company_id) == changed[0]
    assert kept.happened() == ["company.registered", "company.verification_decided"]


def test_what_was_never_created_cannot_be_saved(kept: Kept) -> None:
    with pytest.raises(Conflict):
        kept.store.save(*checked(company(), "verified", LATER), LATER)
    assert kept.store.unverified() == []


def test_the_administrators_list_has_the_unverified_oldest_first(kept: Kept) -> None:
    companies = [kept.company(f"sub-{number}", minutes=number) for number in range(3)]
    verified, fact = checked(companies[1], "verified", LATER)
    kept.store.save(verified, fact, LATER)
    assert kept.store.unverified() == [companies[0], companies[2]]
    revised = verified.revise(identity(mandate="Gérante"), LATER)
    assert revised
    kept.store.save(*revised, LATER)
    assert [one.company_id for one in kept.store.unverified()] == [one.company_id for one in companies]


def invitation(company: Company, until: datetime, invitation_id: str = "invitation-1") -> tuple[Invited, MemberInvited]:
    fact = MemberInvited(company_id=company.company_id, invitation_id=invitation_id, invited_by="sub-1")
    return Invited("paul@falaise-films.test", "sub-1", until), fact


def test_someone_invited_joins_once_and_the_invitation_is_used_up(kept: Kept) -> None:
    made = kept.company()
    paul = member("sub-2", "Paul@Falaise-Films.test")
    invited, fact = invitation(made, NOW + timedelta(days=30))
    kept.store.invite(made, invited, fact, NOW)
    assert kept.store.invited(made.company_id, fact.invitation_id, NOW) == invited
    assert kept.store.invited("company-other", fact.invitation_id, NOW) is None
    assert kept.store.invitation("paul@falaise-films.test", NOW) == made.company_id
    joined = MemberJoined(company_id=made.company_id, member_sub="sub-2")
    kept.store.join(made, paul, joined, LATER)
    assert kept.store.invitation("paul@falaise-films.test", LATER) is None
    assert kept.store.invited(made.company_id, fact.invitation_id, LATER) is None
    assert kept.store.membership("sub-2") == made.company_id
    assert kept.store.members(made.company_id) == [member("sub-1"), paul]
    with pytest.raises(AlreadyMember):
        kept.store.join(made, paul, joined, LATER)
    assert sorted(kept.happened()) == ["company.member_invited", "company.member_joined", "company.registered"]


def test_an_invitation_holds_until_its_time_is_over_and_another_one_takes_its_place(kept: Kept) -> None:
    made, address, until = kept.company(), "paul@falaise-films.test", NOW + timedelta(days=30)
    first, fact = invitation(made, until)
    kept.store.invite(made, first, fact, NOW)
    assert kept.store.invitation(address, until - timedelta(seconds=1)) == made.company_id
    assert kept.store.invitation(address, until) is None
    assert kept.store.invited(made.company_id, fact.invitation_id, until) is None
    second, again = invitation(made, until + timedelta(days=1), "invitation-2")
    kept.store.invite(made, second, again, NOW + timedelta(days=1))
    assert kept.store.invitation(address, until) == made.company_id
    assert kept.store.invited(made.company_id, fact.invitation_id, NOW) is None
    assert kept.store.invited(made.company_id, again.invitation_id, until) == second


def test_of_two_invitations_of_one_address_written_at_once_one_is_waited_for(aws: None) -> None:
    table = Table("CompaniesTable")
    kept = Kept(CompanyRepository(table), list)
    made, until = kept.company(), NOW + timedelta(days=30)
    kept.store.invite(made, *invitation(made, until), NOW)
    first = table.get(f"COMPANY#{made.company_id}", "INVITED#invitation-1")
    assert first is not None
    kept.store.invite(made, *invitation(made, until, "invitation-2"), NOW)
    table.write(Put(first))  # as when both had read what was there before either
    assert [one.invitation_id for one in kept.store.awaited(made.company_id, NOW)] == ["invitation-2"]


def test_what_has_run_out_is_marked_to_go(aws: None) -> None:
    store = CompanyRepository(Table("CompaniesTable"))
    made, fact = Company.register(new_id(NOW), identity(), "sub-1", NOW)
    store.create(made, member("sub-1"), fact, NOW)
    until = NOW + timedelta(days=30)
    store.invite(made, *invitation(made, until), NOW)
    items = [one for one in rows("CompaniesTable") if str(one["sk"]).startswith(("INVITATION", "INVITED#"))]
    assert [int(one["expires_at"]) for one in items] == [int(until.timestamp())] * 2


def test_whoever_leaves_is_known_of_no_invitation_and_whom_they_invited_may_still_join(aws: None) -> None:
    store = CompanyRepository(Table("CompaniesTable"))
    made, fact = Company.register(new_id(NOW), identity(), "sub-1", NOW)
    store.create(made, member("sub-1"), fact, NOW)
    store.invite(made, *invitation(made, NOW + timedelta(days=30)), NOW)
    store.leave(made.company_id, "sub-1", "sub-1@falaise-films.test")
    assert store.invitation("paul@falaise-films.test", NOW) == made.company_id
    assert "sub-1" not in repr(
        [one for one in rows("CompaniesTable") if not str(one["sk"]).startswith(("EVENT#", "COMPANY"))]
    )
    assert store.invited(made.company_id, "invitation-1", NOW) is None
    store.invite(made, *invitation(made, NOW + timedelta(days=30), "invitation-2"), NOW)
    store.leave(None, "sub-2", "Paul@falaise-films.test")
    assert [one for one in rows("CompaniesTable") if "paul@" in repr(one)] == []


def test_verified_companies_are_found_by_their_name_however_it_is_written(aws: None) -> None:
    store = CompanyRepository(Table("CompaniesTable"))

    def registered(sub: str, name: str) -> Company:
        made, fact = Company.register(new_id(NOW), identity(legal_name=name), sub, NOW)
        store.create(made, member(sub), fact, NOW)
        return made

    def verified(made: Company) -> Company:
        after, fact = checked(made, "verified", LATER)
        store.save(after, fact, LATER)
        return after

    mine, namesake = verified(registered("sub-1", "Les Films du Môle")), verified(registered("sub-2", "films du mole"))
    other = registered("sub-3", "Les Films du Môle")
    for written in ("LES FILMS DU MOLE", "Les Films du Môle SARL", "Les films du Môle Productions"):
        assert [one.company_id for one in store.verified_as(written)] == [mine.company_id]
    assert [one.company_id for one in store.verified_as("Films du Môle")] == [namesake.company_id]
    assert store.verified_as("Une Autre Maison") == []
    changed = mine.revise(identity(legal_name="Une Autre Maison"), LATER)
    assert changed is not None
    store.save(*changed, LATER)
    assert store.verified_as("Les Films du Môle") == []
    assert store.verified_as("Une Autre Maison") == []
    assert verified(other).company_id in {one.company_id for one in store.verified_as("Les Films du Môle")}


def test_where_verified_companies_are_is_known_as_long_as_they_are_verified(aws: None) -> None:
    store = CompanyRepository(Table("CompaniesTable"))
    made, fact = Company.register(new_id(NOW), identity(), "sub-1", NOW)
    made = made.model_copy(update={"known_as": KnownAs(addresses=("12 rue des Écoles, 56100 Lorient",))})
    store.create(made, member("sub-1"), fact, NOW)
    assert store.verified_addresses() == []
    after, fact = checked(made, "verified", LATER)
    store.save(after, fact, LATER)
    assert store.verified_addresses() == [("12 rue des Écoles, 56100 Lorient",)]
    lost = after.revise(identity(legal_name="Une Autre Maison"), LATER)
    assert lost is not None
    store.save(*lost, LATER)
    assert store.verified_addresses() == []
