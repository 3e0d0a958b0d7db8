from __future__ import annotations

from typing import TYPE_CHECKING

from chalicelib.access import ADMINS, PRODUCERS
from chalicelib.companies.errors import AddressNotConfirmed, AlreadyMember, ForeignAddress, NoCompany, NotVerifiedYet
from chalicelib.platform.errors import Conflict, NotFound, PreconditionFailed, PreconditionRequired
from chalicelib.platform.http import ApiBlueprint, Reply, Request
from chalicelib.platform.lazily import lazily
from chalicelib.platform.operations import OPTIONAL
from chalicelib.vocabulary.clock import stamp

if TYPE_CHECKING:
    from chalicelib.companies import schemas, wiring
else:
    schemas, wiring = lazily("chalicelib.companies.schemas"), lazily("chalicelib.companies.wiring")

routes = ApiBlueprint(__name__)


@routes.put(
    "/companies/mine",
    access=PRODUCERS,
    if_match=OPTIONAL,
    refusals=(AddressNotConfirmed, AlreadyMember, PreconditionRequired, PreconditionFailed, Conflict),
)
def declare_company(request: Request, body: schemas.CompanyInput) -> Reply[schemas.CompanyShape]:
    """Introduce one's production company, or correct it.

    A correction of what had been verified (legal name, SIREN, domain, mandate) asks for a new check; the other ways to
    recognise it do not, and stay as they are when they are left out. The first time there is no version to name; from
    then on `If-Match` is required, for every member may correct it.
    """
    company = wiring.service().declare_mine(
        request.actor,
        body.identity(),
        body.contact_language,
        request.if_match(),
        conditional=request.is_conditional,
        known_as=body.known_as(),
    )
    return Reply(schemas.CompanyShape.of(company), version=company.version)


@routes.get("/companies/mine", access=PRODUCERS, while_suspended=True, refusals=(NotFound,))
def read_company(request: Request) -> Reply[schemas.CompanyShape]:
    """The company one acts for."""
    company = wiring.service().mine(request.actor)
    return Reply(schemas.CompanyShape.of(company), version=company.version)


@routes.get("/companies/mine/members", access=PRODUCERS, while_suspended=True, refusals=(NoCompany,))
def list_members(request: Request) -> Reply[schemas.MemberList]:
    """The people who act for one's company, and the colleagues whom its invitations wait for."""
    members, awaited = wiring.service().colleagues(request.actor), wiring.service().awaited(request.actor)
    return Reply(
        schemas.MemberList(
            members=[schemas.MemberShape.of(member) for member in members],
            invitations=[schemas.InvitationShape.of(one, wiring.letters().went(one)) for one in awaited],
        )
    )


@routes.post(
    "/companies/mine/members",
    access=PRODUCERS,
    status=202,
    creates=True,
    refusals=(NoCompany, NotVerifiedYet, ForeignAddress),
)
def invite_member(request: Request, body: schemas.Invitation) -> Reply[schemas.Invited]:
    """Let a colleague join the company, at an address of the company's own domain, within thirty days."""
    until = wiring.service().invite(request.actor, body.email)
    return Reply(schemas.Invited(invited=True, until=stamp(until)))


@routes.post("/companies/join", access=PRODUCERS, refusals=(NotFound, AlreadyMember))
def join_company(request: Request, body: schemas.Joining) -> Reply[schemas.CompanyShape]:
    """Accept the invitation of one's own confirmed address, which holds for thirty days."""
    company = wiring.service().join(request.actor, body.contact_language)
    return Reply(schemas.CompanyShape.of(company), version=company.version)


@routes.get("/admin/companies", access=ADMINS)
def list_companies_to_verify(request: Request, query: schemas.CompaniesQuery) -> Reply[schemas.CompanyList]:
    """The companies that wait for a check, oldest first."""
    companies = wiring.service().waiting_for_verification()
    return Reply(schemas.CompanyList(companies=[schemas.CompanyShape.of(company) for company in companies]))
