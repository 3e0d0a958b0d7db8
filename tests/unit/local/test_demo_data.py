from __future__ import annotations

import json
from datetime import date, timedelta

from chalicelib.platform.validation import validate_json
from chalicelib.profiles.schemas import CreditInput, ProfileInput
from infra.local.demo_data import WRITTEN_ON, DemoData


def test_dates_of_the_demo_move_with_the_calendar() -> None:
    as_written = DemoData(WRITTEN_ON).briefs[1]["brief"]
    two_years_on = DemoData(WRITTEN_ON + timedelta(days=731)).briefs[1]["brief"]

    option = date.fromisoformat(as_written["option_end_date"])
    assert date.fromisoformat(two_years_on["option_end_date"]) == option + timedelta(days=731)
    start = date.fromisoformat(two_years_on["start_window"]["from"])
    assert start > WRITTEN_ON + timedelta(days=731)


def test_years_of_credits_move_with_the_calendar_and_texts_stay() -> None:
    as_written = DemoData(WRITTEN_ON).profiles[0]["credits"][0]
    later = DemoData(date(WRITTEN_ON.year + 2, 1, 15)).profiles[0]["credits"][0]

    assert later["year"] == as_written["year"] + 2
    assert later["synopsis"] == as_written["synopsis"]


def test_every_profile_of_the_demo_is_one_that_the_routes_accept_whatever_the_day() -> None:
    for today in (WRITTEN_ON, WRITTEN_ON + timedelta(days=1000)):
        for entry in DemoData(today).profiles:
            validate_json(ProfileInput, json.dumps(entry["profile"]).encode())
            for credit in entry["credits"]:
                declared = {name: value for name, value in credit.items() if name != "level"}
                validate_json(CreditInput, json.dumps(declared).encode())


def test_every_account_of_the_demo_belongs_to_somebody() -> None:
    data = DemoData(WRITTEN_ON)
    keys = {profile["key"] for profile in data.profiles}

    assert {account["profile"] for account in data.accounts["freelancers"]} <= keys
    assert {account["company"] for account in data.accounts["producers"]} <= set(data.companies)
    assert {brief["company"] for brief in data.briefs} <= set(data.companies)
