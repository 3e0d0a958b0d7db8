from __future__ import annotations

from chalicelib.access import ADMINS, PRODUCERS
from chalicelib.companies import wiring
from chalicelib.companies.schemas import (
    CompanyDecision,
    CompanyInput,
    CompanyList,
    CompanyShape,
    Invitation,
    Joining,
    MemberList,
    MemberShape,
)
from chalicelib.platform.http import ApiBlueprint, Reply, Request

routes = ApiBlueprint(__name__)


@routes.put("/companies/mine", access=PRODUCERS)
def declare_company(request: Request) -> Reply:
    body = request.body(CompanyInput)
    company = wiring.service().declare_mine(request.actor, body.identity(), body.contact_language, request.if_match())
    return Reply(CompanyShape.of(company), version=company.version)


@routes.get("/companies/mine", access=PRODUCERS)
def read_company(request: Request) -> Reply:
    company = wiring.service().mine(request.actor)
    return Reply(CompanyShape.of(company), version=company.version)


@routes.get("/companies/mine/members", access=PRODUCERS)
def list_members(request: Request) -> Reply:
    members = wiring.service().colleagues(request.actor)
    return Reply(MemberList(members=[MemberShape.of(member) for member in members]))


@routes.post("/companies/mine/members", access=PRODUCERS)
def invite_member(request: Request) -> Reply:
    wiring.service().invite(request.actor, request.body(Invitation).email)
    return Reply({"invited": True}, status=202)


@routes.post("/companies/join", access=PRODUCERS)
def join_company(request: Request) -> Reply:
    company = wiring.service().join(request.actor, request.body(Joining).contact_language)
    return Reply(CompanyShape.of(company), version=company.version)


@routes.get("/admin/companies", access=ADMINS)
def list_companies_to_verify(request: Request) -> Reply:
    request.choice("status", ("unverified",), "unverified")
    companies = wiring.service().waiting_for_verification()
    return Reply(CompanyList(companies=[CompanyShape.of(company) for company in companies]))


@routes.post("/admin/companies/{company_id}/verification", access=ADMINS)
def decide_company_verification(request: Request, company_id: str) -> Reply:
    body = request.body(CompanyDecision)
    company = wiring.service().decide_verification(
        request.actor, company_id, body.decision, body.reason, request.if_match()
    )
    return Reply(CompanyShape.of(company), version=company.version)
