"""Keys of the companies table:

COMPANY#id / COMPANY          the company
COMPANY#id / MEMBER#sub       a member
COMPANY#id / EVENT#ulid       what happened
MEMBERSHIP#sub / MEMBERSHIP   which company an account acts for: one, claimed once, read consistently
INVITATION#email / INVITATION who was invited where, until they join or for thirty days (TTL)
COMPANY#id / INVITED#id       whom an invitation is for and who invites them, as long as it holds (TTL)
UNVERIFIED / COMPANY#id       the administrators' list, kept in the same transactions as the company
NAMED#key / COMPANY#id        companies that were verified under a name; one that has changed since may still be there
COMPANY#id / PUBLISHER        who stood behind offers of a company that is gone, for as long as that must be known (TTL)
VERIFIED / COMPANY#id         where each verified company says that it is: some thousand items, read whole
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from chalicelib.companies.errors import AlreadyMember
from chalicelib.companies.events import MemberInvited
from chalicelib.companies.models import Awaited, Company, Invited, Member
from chalicelib.platform.errors import Conflict
from chalicelib.platform.outbox import event_item
from chalicelib.platform.table import NEW, Action, ConditionFailed, Delete, Put, Table
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.company_names import company_key
from chalicelib.vocabulary.facts import Fact

#: What has its history here → what its partition begins with.
HISTORIES = {"company": ("COMPANY#",)}

_WAITING = "UNVERIFIED"
_VERIFIED = "VERIFIED"


class CompanyRepository:
    def __init__(self, table: Table) -> None:
        self._table = table

    def get(self, company_id: str) -> Company | None:
        item = self._table.get(_pk(company_id), "COMPANY")
        return _company(item) if item else None

    def names(self, company_ids: Collection[str]) -> dict[str, str]:
        """The legal names of these companies; one that is gone is left out."""
        items = self._table.get_many([(_pk(one), "COMPANY") for one in sorted(set(company_ids))])
        return {one.company_id: one.identity.legal_name for one in map(_company, items)}

    def membership(self, sub: str) -> str | None:
        """The id of the company this account belongs to."""
        claim = self._table.get(f"MEMBERSHIP#{sub}", "MEMBERSHIP")
        return str(claim["company_id"]) if claim else None

    def members(self, company_id: str) -> list[Member]:
        return [_member(item) for item in self._table.query_all(_pk(company_id), prefix="MEMBER#")]

    def member(self, company_id: str, sub: str) -> Member | None:
        item = self._table.get(_pk(company_id), f"MEMBER#{sub}")
        return _member(item) if item else None

    def save_member(self, company_id: str, member: Member) -> None:
        """How to write to someone who is a member already."""
        self._table.write(_member_put(company_id, member))

    def create(self, company: Company, member: Member, fact: Fact, now: datetime) -> None:
        """Raises AlreadyMember when the account belongs to a company already."""
        try:
            self._table.write(
                Put(_item(company), condition=NEW),
                *_membership(company.company_id, member),
                _waiting(company),
                event_item(_pk(company.company_id), fact, aggregate_version=company.version, now=now),
            )
        except ConditionFailed:
            raise AlreadyMember from None

    def save(self, company: Company, fact: Fact, now: datetime) -> None:
        """Raises Conflict when someone else changed the company since it was read."""
        waiting: list[Action] = [_waiting(company), Delete(_VERIFIED, _pk(company.company_id))]
        if company.status == "verified":
            waiting = [Delete(_WAITING, _pk(company.company_id)), _named(company), _placed(company)]
        try:
            self._table.write(
                Put(
                    _item(company),
                    condition="#v = :before",
                    names={"#v": "version"},
                    values={":before": company.version - 1},
                ),
                *waiting,
                event_item(_pk(company.company_id), fact, aggregate_version=company.version, now=now),
            )
        except ConditionFailed:
            raise Conflict from None

    def unverified(self) -> list[Company]:
        """Companies that wait for a check, oldest first."""
        keys = [(str(item["sk"]), "COMPANY") for item in self._table.query_all(_WAITING)]
        companies = [_company(item) for item in self._table.get_many(keys)]
        return sorted(companies, key=lambda company: company.created_at)

    def verified_as(self, name: str) -> list[Company]:
        """The verified companies of this name, however it is written."""
        found = self._table.query_all(_named_pk(name))
        companies = [_company(item) for item in self._table.get_many([(str(one["sk"]), "COMPANY") for one in found])]
        return [
            company
            for company in companies
            if company.status == "verified" and company_key(company.identity.legal_name) == company_key(name)
        ]

    def verified_addresses(self) -> list[tuple[str, ...]]:
        """The addresses of each verified company, whichever it is; none of one that declares none."""
        return [tuple(item["addresses"]) for item in self._table.query_all(_VERIFIED)]

    def invite(self, company: Company, invited: Invited, fact: MemberInvited, now: datetime) -> None:
        """It holds until then; a later one takes its place."""
        expires = {"expires_at": int(invited.until.timestamp())}
        invitation = {
            "pk": f"INVITATION#{invited.email}",
            "sk": "INVITATION",
            "company_id": company.company_id,
            "invitation_id": fact.invitation_id,
            **expires,
        }
        known = {
            "pk": _pk(company.company_id),
            "sk": f"INVITED#{fact.invitation_id}",
            "email": invited.email,
            "invited_by": invited.invited_by,
            **expires,
        }
        replaced = self._keys_of_invitation(invited.email)[1:]
        self._table.write(
            Put(invitation),
            Put(known),
            *[Delete(*key) for key in replaced],
            event_item(_pk(company.company_id), fact, aggregate_version=company.version, now=now),
        )

    def invitation(self, email: str, now: datetime) -> str | None:
        """The company that invites this address, while that holds: what has run out may lie there for days."""
        item = self._table.get(f"INVITATION#{email}", "INVITATION")
        return str(item["company_id"]) if item and item["expires_at"] > now.timestamp() else None

    def invited(self, company_id: str, invitation_id: str, now: datetime) -> Invited | None:
        """Whom that invitation is for; None once they have joined, another one took its place, or it has run out."""
        known = self._table.get(_pk(company_id), f"INVITED#{invitation_id}")
        holds = self._table.get(f"INVITATION#{known['email']}", "INVITATION") if known else None
        if known is None or holds is None or holds.get("invitation_id") != invitation_id:
            return None
        until = datetime.fromtimestamp(int(known["expires_at"]), UTC)
        return Invited(str(known["email"]), str(known["invited_by"]), until) if until > now else None

    def awaited(self, company_id: str, now: datetime) -> list[Awaited]:
        """The invitations that hold, the latest first; but for those of somebody who has left since, and of before
        invitations had a number, which are not listed here."""
        found = [
            Awaited(
                company_id,
                str(item["sk"]).removeprefix("INVITED#"),
                str(item["email"]),
                datetime.fromtimestamp(int(item["expires_at"]), UTC),
            )
            for item in self._table.query_all(_pk(company_id), prefix="INVITED#")
        ]
        holding = [one for one in reversed(found) if one.until > now]
        pointers = self._table.get_many(
            [(f"INVITATION#{email}", "INVITATION") for email in {one.email for one in holding}]
        )
        counts = {item.get("invitation_id") for item in pointers}
        return [one for one in holding if one.invitation_id in counts]

    def join(self, company: Company, member: Member, fact: Fact, now: datetime) -> None:
        """Raises AlreadyMember."""
        try:
            self._table.write(
                *_membership(company.company_id, member),
                *[Delete(*key) for key in self._keys_of_invitation(member.email)],
                event_item(_pk(company.company_id), fact, aggregate_version=company.version, now=now),
            )
        except ConditionFailed:
            raise AlreadyMember from None

    # ---- one person

    def leave(self, company_id: str | None, sub: str, email: str) -> int:
        """The account is a member of nothing any more, and nobody invites its address."""
        keys = [(f"MEMBERSHIP#{sub}", "MEMBERSHIP")]
        keys += [(_pk(company_id), f"MEMBER#{sub}")] if company_id else []
        keys += self._keys_of_invitation(email) if email else []
        keys += self._invited_by(company_id, sub) if company_id else []
        there = self._table.get_many(keys)
        return self._table.delete_all([(str(item["pk"]), str(item["sk"])) for item in there])

    def _keys_of_invitation(self, email: str) -> list[tuple[str, str]]:
        """What is kept of the one that this address has."""
        key = (f"INVITATION#{email.lower()}", "INVITATION")
        item = self._table.get(*key)
        if item is None or "invitation_id" not in item:
            return [key]
        return [key, (_pk(str(item["company_id"])), f"INVITED#{item['invitation_id']}")]

    def _invited_by(self, company_id: str, sub: str) -> list[tuple[str, str]]:
        """Whom they have invited may still join: only who invited them is not known any more."""
        found = self._table.query_all(_pk(company_id), prefix="INVITED#")
        return [(_pk(company_id), str(item["sk"])) for item in found if item["invited_by"] == sub]

    def wind_up(self, company: Company, until: datetime | None) -> None:
        """The company is gone with its last member; of one that published, its name and number stay until then."""
        pk, names = _pk(company.company_id), (company.identity.legal_name, *company.former_names)
        named = {_named_pk(name) for name in names}
        actions: list[Action] = [
            Delete(pk, "COMPANY"),
            Delete(_WAITING, pk),
            Delete(_VERIFIED, pk),
            *[Delete(one, pk) for one in sorted(named)],
        ]
        if until is not None:
            publisher = {
                "pk": pk,
                "sk": "PUBLISHER",
                "legal_name": company.identity.legal_name,
                "siren": company.identity.siren,
                "until": stamp(until),
                "expires_at": int(until.timestamp()),
            }
            actions.append(Put(publisher))
        self._table.write(*actions)

    def publisher(self, company_id: str) -> dict[str, str] | None:
        """What stays of a company that is gone: `legal_name`, `siren`, `until`."""
        item = self._table.get(_pk(company_id), "PUBLISHER")
        return {name: str(item[name]) for name in ("legal_name", "siren", "until")} if item else None


def _pk(company_id: str) -> str:
    return f"COMPANY#{company_id}"


def _item(company: Company) -> dict[str, Any]:
    return {"pk": _pk(company.company_id), "sk": "COMPANY", **company.model_dump(mode="json")}


def _company(item: dict[str, Any]) -> Company:
    return Company.model_validate(item)


def _member(item: dict[str, Any]) -> Member:
    return Member.model_validate(item)


def _membership(company_id: str, member: Member) -> tuple[Put, Put]:
    claim = {"pk": f"MEMBERSHIP#{member.sub}", "sk": "MEMBERSHIP", "company_id": company_id}
    return Put(claim, condition=NEW), _member_put(company_id, member)


def _member_put(company_id: str, member: Member) -> Put:
    return Put({"pk": _pk(company_id), "sk": f"MEMBER#{member.sub}", **member.model_dump(mode="json")})


def _waiting(company: Company) -> Put:
    return Put({"pk": _WAITING, "sk": _pk(company.company_id)})


def _named_pk(name: str) -> str:
    return f"NAMED#{company_key(name)}"


def _named(company: Company) -> Put:
    return Put({"pk": _named_pk(company.identity.legal_name), "sk": _pk(company.company_id)})


def _placed(company: Company) -> Put:
    return Put({"pk": _VERIFIED, "sk": _pk(company.company_id), "addresses": list(company.known_as.addresses)})
