"""Verification on the packaged product, through the routes alone: as a freelancer and a producer submit and follow a
case, and as three administrators decide it. Public sources may answer or be silent: a person decides either way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import urllib3

from chalicelib.vocabulary.clock import stamp, utc_now
from infra.local.casework import approve, claim, refuse, submit, wait_until_followed, wait_until_ready
from infra.local.client import ANY_VERSION, Client, Reply, wait_until
from tests.support.backstage import Backstage
from tests.support.evidence_fakes import a_pdf
from tests.support.examples import brief_body, company_body, credit_body, profile_body, today
from tests.support.people import newcomer, producer, with_plain_spaces
from tests.support.product import LocalProduct
from tests.support.records import tick

FACTS = ("work", "participation", "function")
_HTTP = urllib3.PoolManager()


def _somebody(product: LocalProduct, *credits: dict[str, Any], **profile: Any) -> Client:
    """A freelancer with a profile that nobody has looked at yet."""
    client = newcomer(product)
    client.choose_role("freelancer")
    client.put("/api/profiles/mine", profile_body(**profile)).expect(200)
    for credit in credits:
        client.post("/api/profiles/mine/credits", credit_body(**credit)).expect(201)
    return client


def _followed(subject: Client, case_id: str) -> dict[str, Any]:
    """The case as whoever it is about reads it."""
    case: dict[str, Any] = subject.get(f"/api/verification/mine/{case_id}").expect(200)
    return case


def _send_file(subject: Client, case_id: str, kind: str, content: bytes, **about: str) -> str:
    """Sends a PDF as a browser does: a place asked for, the form posted there, its arrival confirmed."""
    path = f"/api/verification/mine/{case_id}/evidence"
    wanted = {"kind": kind, "media_type": "application/pdf", "size": len(content), **about}
    offered = subject.post(path, wanted).expect(201)
    fields = {**offered["upload"]["fields"], "file": (f"{kind}.pdf", content, "application/pdf")}
    assert _HTTP.request("POST", offered["upload"]["url"], fields=fields).status in (200, 201, 204)
    evidence_id = str(offered["evidence"]["evidence_id"])
    kept = subject.post(f"{path}/{evidence_id}/confirm").expect(200)
    assert (kept["status"], kept["size"]) == ("accepted", len(content)), kept
    return evidence_id


def _act(administrator: Client, case_id: str, act: str, token: str, **more: Any) -> Reply:
    return administrator.post(f"/api/verification/cases/{case_id}/{act}", {"lease_token": token, **more})


def _refused(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.body["code"]


def _letter(subject: Client, case_id: str, subject_line: str) -> dict[str, Any]:
    """The one e-mail about the case with this subject, waited for."""

    def found() -> list[dict[str, Any]]:
        return [mail for mail in _letters(subject, case_id) if with_plain_spaces(mail["subject"]) == subject_line]

    [mail] = wait_until(found, what=f"the e-mail “{subject_line}”")
    return mail


def _letters(subject: Client, case_id: str) -> list[dict[str, Any]]:
    return [mail for mail in subject.mails() if f"/verification/{case_id}" in mail["text"]]


def _told(administrator: Client, case_id: str) -> list[str]:
    """What happened to the case, in order."""
    case = administrator.get(f"/api/verification/cases/{case_id}").expect(200)
    return [one["event"].removeprefix("verification.") for one in case["history"]]


def test_a_senior_with_ten_credits_is_checked_decided_and_seen_fact_by_fact(product: LocalProduct) -> None:
    years = [today().year - number for number in range(1, 11)]
    credits = [{"title": f"Estran {year}", "year": year, "started_year": None} for year in years]
    # Two of the demo's people work in German and in Dutch: whoever does is sure of a seat.
    noemie = _somebody(product, *credits, display_name="Noémie Tanguy", languages=["fr", "de", "nl"])
    salome = product.administrator()

    case_id = submit(noemie, "profile")
    received = _followed(noemie, case_id)
    assert received["clock"]["seconds_left"] > 0
    case = wait_until_ready(salome, case_id)

    assert case["state"] == "queued"
    assert case["recommendation"]["label"]["fr"]
    assert case_id in [one["case_id"] for one in _queue(salome)]
    assert [one["claim"]["title"] for one in case["credits_in_review"]] == [one["title"] for one in credits]
    assert all(one["findings"] for one in case["credits_in_review"]), "each source said something, or that it cannot"
    waiting = _followed(noemie, case_id)
    assert [one["status"] for one in waiting["checks"]].count("under_way") == 0
    assert [one["check"] for one in waiting["checks"]].count("credit") == 10
    assert {one["level"] for one in waiting["badges"]} == {0}, "nothing is established before somebody decides"
    assert noemie.get("/api/profiles/mine").expect(200)["status"] == "submitted"

    levels = ["function"] * 8 + ["participation", None]
    ids = [one["credit_id"] for one in case["credits_in_review"]]
    verdict = {
        "outcome": "partly_verified",
        "ground": "confirmed_in_part",
        "text": "Neuf crédits sur dix sont établis. Pour le dernier, un générique suffira.",
        "credits": [{"credit_id": one, "level": level} for one, level in zip(ids, levels, strict=True)],
    }
    token = claim(salome, case_id)
    decided = _act(salome, case_id, "decision", token, **verdict).expect(200)
    assert (decided["state"], decided["lease"]) == ("partly_verified", None)

    profile = wait_until_followed(noemie, "/api/profiles/mine", "partly_verified")
    assert profile["decision_reason"] == verdict["text"]
    assert profile["levels"] == {"literary-director": "senior"}
    assert profile["verified_years"]["literary-director"] == 9
    badges = noemie.get("/api/verification/mine/badges").expect(200)["credits"]
    assert {one["credit_id"]: one["level"] for one in badges} == dict(zip(ids, [3] * 8 + [2, 0], strict=True))
    for badge in badges[0]["badges"]:
        assert badge["source"]
        assert badge["checked_at"] < stamp(utc_now()) < badge["expires_at"]
    mine = _followed(noemie, case_id)
    assert (mine["decision"]["text"], mine["decision"]["by_two_people"]) == (verdict["text"], False)
    assert mine["appeal_until"] > stamp(utc_now() + timedelta(days=29))
    mail = _letter(noemie, case_id, "Votre profil est vérifié en partie")
    assert f"{product.url}/verification/{case_id}" in mail["text"]
    assert salome.get("/api/me").expect(200)["sub"] not in str(mine) + mail["text"]

    claire = producer(product)
    brief_id = product.publish(claire, brief_body(code_name="Projet Vasière", languages=["fr", "de", "nl"]))
    matches = product.shortlist(claire, brief_id)["matches"]
    [match] = [one for one in matches if one["profile"]["profile_id"] == profile["profile_id"]]
    proposed = claire.get(f"/api/profiles/{profile['profile_id']}").expect(200)
    assert (match["profile"]["level"], proposed["levels"]) == ("senior", profile["levels"])
    held = {one["credit_id"]: [one["facts"][name]["holds"] for name in FACTS] for one in proposed["credits"]}
    assert held == dict(zip(ids, [[True] * 3] * 8 + [[True, True, None], [None] * 3], strict=True))
    assert {one["credit_id"]: one["facts"] for one in match["profile"]["credits"]} == {
        one["credit_id"]: one["facts"] for one in proposed["credits"]
    }
    told = _told(salome, case_id)
    assert [told[0], told[1], told[2], told[-2], told[-1]] == ["opened", "submitted", "planned", "claimed", "decided"]
    assert told.count("step_ended") >= 16


def test_a_junior_without_any_credit_is_verified_by_a_way_of_their_own(product: LocalProduct) -> None:
    malo = _somebody(product, display_name="Malo Quentric")
    salome = product.administrator()
    case_id = str(malo.post("/api/verification/mine", {"kind": "profile"}).expect(201)["case_id"])
    papers = {
        kind: a_pdf(info=f"/Producer (Scanner 4) /Title ({kind} {case_id})")
        for kind in ("diploma", "internship", "reading_report", "referee")
    }
    files = {kind: _send_file(malo, case_id, kind, content) for kind, content in papers.items()}

    assert submit(malo, "profile") == case_id
    case = wait_until_ready(salome, case_id)

    assert case["credits_in_review"] == []
    assert {one["evidence_id"] for one in case["files"]} == set(files.values())
    path = f"/api/verification/cases/{case_id}/evidence/{files['diploma']}/open"
    assert _refused(salome.post(path)) == (403, "not_the_reviewer")
    token = claim(salome, case_id)
    reading = salome.post(path).expect(200)
    opened = _HTTP.request("GET", reading["url"])
    assert (opened.status, opened.data) == (200, papers["diploma"])
    assert _HTTP.request("GET", reading["url"].partition("?")[0]).status == 403, "nobody without the signed link"
    assert _refused(product.administrator(1).post(path)) == (403, "not_the_reviewer")

    verdict = {
        "outcome": "verified",
        "ground": "junior_path_confirmed",
        "text": "Diplôme, stage, fiches et référente sont confirmés. Bienvenue !",
        "junior_path": True,
    }
    _act(salome, case_id, "decision", token, **verdict).expect(200)

    profile = wait_until_followed(malo, "/api/profiles/mine", "verified")
    assert profile["levels"] == {"literary-director": "junior"}
    assert set(profile["background"]["kinds"]) == set(papers)
    badges = malo.get("/api/verification/mine/badges").expect(200)
    assert badges["credits"] == []
    assert badges["junior_path"]["expires_at"] > stamp(utc_now() + timedelta(days=365))
    mail = _letter(malo, case_id, "Votre profil est vérifié")
    assert verdict["text"] in mail["text"]
    assert _followed(malo, case_id)["missing"] == []


def test_a_forged_credit_is_refused_by_two_contested_and_decided_by_a_third(product: LocalProduct) -> None:
    forger = _somebody(product, {"title": "Les Vaches de mer", "company": "Ateliers du Phare"})
    salome, basile, nadir = (product.administrator(number) for number in range(3))
    case_id = str(forger.post("/api/verification/mine", {"kind": "profile"}).expect(201)["case_id"])
    [credit] = forger.get("/api/profiles/mine").expect(200)["credits"]
    contract = a_pdf(info="/Producer (Retouche 9) /Title (Contrat refait)")
    _send_file(forger, case_id, "contract", contract, credit_id=credit["credit_id"])
    submit(forger, "profile")
    wait_until_ready(salome, case_id)

    token, why = claim(salome, case_id), "Le nom du signataire a été remplacé sur le contrat."
    refusal = {"outcome": "refused", "ground": "forged_document", "text": why}
    proposed = _act(salome, case_id, "decision", token, **refusal).expect(200)
    assert (proposed["state"], proposed["awaits_second"]) == ("queued", True)
    assert _followed(forger, case_id)["decision"] is None
    assert _refused(salome.post(f"/api/verification/cases/{case_id}/claim")) == (403, "own_decision")
    assert _letter(forger, case_id, "Votre profil : demande de vérification reçue")
    assert len(_letters(forger, case_id)) == 1, "nothing is told before it counts"

    second = claim(basile, case_id)
    assert _act(basile, case_id, "second-decision", second, confirms=True).expect(200)["state"] == "refused"
    returned = wait_until(lambda: _with_reason(forger, why), what="the profile given back")
    assert returned["status"] == "draft"
    told = _followed(forger, case_id)
    assert (told["decision"]["ground"], told["decision"]["by_two_people"]) == ("forged_document", True)
    assert why in _letter(forger, case_id, "Votre profil : vérification refusée")["text"]

    path = f"/api/verification/mine/{case_id}/appeal"
    assert forger.post(path, {"text": "Non"}).status == 422
    appealed = forger.post(path, {"text": "La société a changé de gérante entre les deux versions."}).expect(200)
    assert appealed["state"] == "appealed"
    assert _letter(forger, case_id, "Votre profil : contestation reçue")
    for reviewer in (salome, basile):
        answer = reviewer.post(f"/api/verification/cases/{case_id}/appeal/claim")
        assert _refused(answer) == (403, "own_decision")
    taken = nadir.post(f"/api/verification/cases/{case_id}/appeal/claim").expect(200)
    upheld = {**refusal, "text": "La société confirme qu’elle n’a pas signé ce contrat."}
    ended = _act(nadir, case_id, "appeal/decision", taken["lease"]["token"], **upheld).expect(200)
    assert (ended["state"], ended["appeal"]["changed"]) == ("final", False)

    told = _followed(forger, case_id)
    assert (told["state"], told["outcome"], told["appeal"]["changed"]) == ("final", "refused", False)
    assert told["badges"][0]["badges"] == []
    assert _refused(forger.post(path, {"text": "Encore une fois, je conteste."})) == (409, "wrong_state")
    assert upheld["text"] in _letter(forger, case_id, "Votre profil : la décision est maintenue")["text"]
    assert len(_letters(forger, case_id)) == 4, "received, refused, contested, upheld: once each"
    happened = ["claimed", "decision_proposed", "claimed", "decided", "appealed", "claimed", "appeal_decided"]
    assert _told(salome, case_id)[-len(happened) :] == happened


def test_a_company_shows_number_mandate_and_domain_and_only_then_publishes(product: LocalProduct) -> None:
    malformed = company_body(siren="552178635")
    claire = newcomer(product, company_body()["email_domain"])
    claire.choose_role("producer")
    wrong = claire.put("/api/companies/mine", malformed)
    assert (wrong.status, [one["pointer"] for one in wrong.body["errors"]]) == (422, ["/siren"])
    claire.put("/api/companies/mine", company_body()).expect(200)
    salome = product.administrator()
    draft = claire.post("/api/briefs", brief_body(code_name="Projet Nasse"))
    path = f"/api/briefs/{draft.expect(201)['brief_id']}/publish"

    case_id = str(claire.post("/api/verification/mine", {"kind": "company"}).expect(201)["case_id"])
    _send_file(claire, case_id, "other", a_pdf(info=f"/Title (Mandat de gérance {case_id})"))
    submit(claire, "company")
    case = wait_until_ready(salome, case_id)
    assert _refused(claire.post(path, headers=ANY_VERSION)) == (409, "company_not_verified")
    assert {case["company"][name] for name in ("siren", "email_domain", "mandate")} == {
        company_body()[name] for name in ("siren", "email_domain", "mandate")
    }
    checks = {one["check"]: one for one in case["checks"]}
    assert checks.keys() == {"identity", "company_registry", "evidence", "alarms"}
    assert checks["company_registry"]["findings"], "the register answered, or could not be asked"
    assert len(case["files"]) == 1

    approve(salome, case_id)
    wait_until_followed(claire, "/api/companies/mine", "verified")

    assert claire.post(path, headers=ANY_VERSION).expect(200)["status"] == "live"
    assert _letter(claire, case_id, "Votre société est vérifiée")
    read = claire.get("/api/companies/mine")
    changed = claire.put("/api/companies/mine", company_body(mandate="Gérante"), read.version()).expect(200)
    assert changed["status"] == "unverified", "another mandate is to be shown anew"
    another = claire.post("/api/briefs", brief_body(code_name="Projet Senne"))
    again = f"/api/briefs/{another.expect(201)['brief_id']}/publish"
    assert _refused(claire.post(again, headers=ANY_VERSION)) == (409, "company_not_verified")


def test_a_lease_that_runs_out_in_the_middle_of_a_decision_leaves_nothing_half_written(product: LocalProduct) -> None:
    ines = _somebody(product, {})
    salome, basile, backstage = product.administrator(), product.administrator(1), Backstage(product)
    case_id = submit(ines, "profile")
    case = wait_until_ready(salome, case_id)
    token = claim(salome, case_id)
    [credit] = case["credits_in_review"]
    verdict = {
        "outcome": "verified",
        "ground": "all_confirmed",
        "text": "Tout est confirmé.",
        "credits": [{"credit_id": credit["credit_id"], "level": "function"}],
    }

    def kept() -> list[dict[str, Any]]:
        return [item for item in backstage.items("VerificationTable") if case_id in str(item)]

    # Half an hour passes while she writes.
    a_minute_ago = stamp(utc_now() - timedelta(minutes=1))
    over = {"lease.until": a_minute_ago, "due_at": a_minute_ago}
    backstage.change("VerificationTable", f"CASE#{case_id}", "CASE", over)
    before = kept()

    for act, said in (("decision", verdict), ("request-information", {"text": "Quelle saison ?"}), ("renew", {})):
        assert _refused(_act(salome, case_id, act, token, **said)) == (409, "lease_lost")
    assert kept() == before
    assert _followed(ines, case_id)["decision"] is None
    assert ines.get("/api/profiles/mine").expect(200)["status"] == "submitted"

    backstage.invoke("sweep_verification", tick())
    back = salome.get(f"/api/verification/cases/{case_id}").expect(200)
    assert (back["state"], back["lease"]) == ("queued", None)
    other = claim(basile, case_id)
    assert _refused(_act(salome, case_id, "decision", token, **verdict)) == (409, "lease_lost")
    assert _act(basile, case_id, "decision", other, **verdict).expect(200)["state"] == "verified"
    assert wait_until_followed(ines, "/api/profiles/mine", "verified")["credits"][0]["level"] == 3
    assert _told(salome, case_id).count("decided") == 1


def test_a_question_is_answered_in_time_and_comes_back_to_who_asked(product: LocalProduct) -> None:
    yann = _somebody(product, {"title": "Le Raz de Sein"})
    salome = product.administrator()
    case_id = submit(yann, "profile")
    wait_until_ready(salome, case_id)
    question = "Quelle saison avez-vous suivie, et avec qui ?"
    asked = _act(salome, case_id, "request-information", claim(salome, case_id), text=question).expect(200)
    assert (asked["state"], asked["clock"], asked["lease"]) == ("information_requested", None, None)

    mail = _letter(yann, case_id, "Votre profil : une question avant de décider")
    assert question in mail["text"]
    link = re.search(r"http\S+/verification/\w+", mail["text"])
    assert link and link[0] == f"{product.url}/verification/{case_id}"
    told = _followed(yann, case_id)
    [open_question] = told["questions"]
    [answer] = [one for one in told["missing"] if one["what"] == "answer"]
    assert answer["until"] == open_question["until"] > stamp(utc_now() + timedelta(days=13))

    said = {"text": "La deuxième saison, avec Paul Nivet aux Ateliers du Phare."}
    path = f"/api/verification/mine/{case_id}/answer"
    sent = [yann.post(path, said, {"Idempotency-Key": f"answer-{case_id}"}).expect(200) for _ in range(2)]
    assert [len(one["questions"]) for one in sent] == [1, 1]
    held = salome.get(f"/api/verification/cases/{case_id}").expect(200)
    assert (held["state"], held["lease"]["mine"], held["clock"] is not None) == ("in_review", True, True)
    assert held["questions"][0]["answer"] == said["text"]
    taken = product.administrator(1).post(f"/api/verification/cases/{case_id}/claim")
    assert _refused(taken) == (409, "taken_by_another")

    def looked_again() -> bool:
        return all(one["status"] != "under_way" for one in _followed(yann, case_id)["checks"])

    wait_until(looked_again, every=0.2, what="the checks that read the answer")
    approve(salome, case_id)
    wait_until_followed(yann, "/api/profiles/mine", "verified")
    assert _letter(yann, case_id, "Votre profil est vérifié")


def test_what_was_established_wrongly_is_taken_away_by_two_and_the_profile_is_proposed_no_longer(
    product: LocalProduct,
) -> None:
    ronan = _somebody(product, {"title": "La Passe du Four"}, languages=["fr", "ar", "it"])
    salome, basile, nadir = (product.administrator(number) for number in range(3))
    case_id = submit(ronan, "profile")
    approve(salome, case_id)
    profile_id = wait_until_followed(ronan, "/api/profiles/mine", "verified")["profile_id"]
    claire = producer(product)
    brief_id = product.publish(claire, brief_body(code_name="Projet Casier", languages=["fr", "ar", "it"]))
    seated = [one["profile"]["profile_id"] for one in product.shortlist(claire, brief_id)["matches"]]
    assert profile_id in seated

    read = basile.get(f"/api/verification/cases/{case_id}")
    reopening = {"ground": "established_wrongly"}
    basile.post(f"/api/verification/cases/{case_id}/reopen", reopening, read.version()).expect(200)
    assert ronan.get("/api/profiles/mine").expect(200)["status"] == "verified", "it stands until somebody decides"
    refuse(basile, nadir, case_id, "established_wrongly", "Le générique nomme une autre personne.")
    wait_until_followed(ronan, "/api/profiles/mine", "draft")

    left = [one["profile"]["profile_id"] for one in product.shortlist(claire, brief_id)["matches"]]
    assert profile_id not in left
    assert claire.get(f"/api/profiles/{profile_id}").status == 404


def _queue(administrator: Client) -> list[dict[str, Any]]:
    """The whole queue, page after page."""
    cases: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = administrator.get(f"/api/verification/cases{cursor and f'?cursor={cursor}'}").expect(200)
        cases += page["cases"]
        if not page["cursor"]:
            assert [one["clock"]["due_at"] for one in cases] == sorted(one["clock"]["due_at"] for one in cases)
            return cases
        cursor = page["cursor"]


def _with_reason(freelancer: Client, reason: str) -> dict[str, Any] | None:
    profile: dict[str, Any] = freelancer.get("/api/profiles/mine").expect(200)
    return profile if profile["decision_reason"] == reason else None
