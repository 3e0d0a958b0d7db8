"""What the product has in it from its first start on: demo accounts, population, one published project."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from botocore.exceptions import ClientError

from infra.local import story
from infra.local.accounts import ensure_accounts
from infra.local.client import Client
from infra.local.console import Console, Failure
from infra.local.demo_data import DemoData
from infra.local.population import load_population
from infra.local.supervisor import Product

# In the product's own state, so that a restored save and what is said of it never disagree.
_DONE = "/plot-point/local/done"
_MATCHABLE_SECONDS = 120.0
# Of the candidates table, one item for each person.
_PEOPLE: dict[str, Any] = {
    "Select": "COUNT",
    "FilterExpression": "begins_with(sk, :person)",
    "ExpressionAttributeValues": {":person": {"S": "CANDIDATE#"}},
}


class FirstStart:
    """The stages of a first start; each is done once per state."""

    def __init__(self, product: Product, console: Console) -> None:
        self._product = product
        self._console = console
        self._ssm = product.emulator.client("ssm")
        self.data = DemoData(datetime.now(ZoneInfo("Europe/Paris")).date())

    def accounts(self) -> None:
        """Demo accounts, and the producers' companies, submitted, checked and verified."""
        if self._done("accounts"):
            return
        with self._console.step("demo accounts"):
            self._ensure_accounts()
            self._introduce_companies()
        self._mark("accounts")

    def population(self) -> None:
        """The demo's freelancers, each where matching will find them."""
        if self._done("population"):
            return
        with self._console.step("demo population") as step:
            matchable = load_population(
                self._product.emulator, self.api_environment(), self.data, self._ensure_accounts(), step.note
            )
            self.wait_until_matchable(matchable)
        self._mark("population")

    def sample(self) -> None:
        """Publish the sample project as its demo producer, and show what comes of it."""
        if self._done("sample"):
            return
        sample = self.data.briefs[0]
        account = self.producer_of(sample["company"])
        producer = Client(self._product.url).sign_in(account["email"], self.password)
        with self._console.step(f"{account['name']} publishes “{sample['brief']['code_name']}”"):
            published = story.publish(producer, sample["brief"])
        story.tell(self._console, published, account["language"])
        self._mark("sample")

    @property
    def password(self) -> str:
        return str(self.data.accounts["password"])

    def producer_of(self, company: str) -> Mapping[str, Any]:
        """The demo account of a company, by the company's key."""
        return next(account for account in self.data.accounts["producers"] if account["company"] == company)

    def administrator(self, number: int = 0) -> Client:
        """One of the three, signed in."""
        email = self.data.accounts["administrators"][number]["email"]
        return Client(self._product.url).sign_in(email, self.password)

    def _ensure_accounts(self) -> dict[str, str]:
        pool_id = self._product.deployment.outputs["UserPoolId"]
        return ensure_accounts(self._product.emulator, pool_id, self.data)

    def _introduce_companies(self) -> None:
        def introduce(account: Mapping[str, Any]) -> None:
            producer = Client(self._product.url).sign_in(account["email"], self.password)
            company = self.data.companies[account["company"]]
            story.introduce_company(producer, self.administrator(), company, account["language"])

        accounts = self.data.accounts["producers"]
        with ThreadPoolExecutor(len(accounts)) as pool:
            for done in [pool.submit(introduce, account) for account in accounts]:
                done.result()

    def api_environment(self) -> dict[str, str]:
        """The environment that the deployed API function has."""
        function = self._product.deployment.resources["APIHandler"]
        answer = self._product.emulator.client("lambda").get_function_configuration(FunctionName=function)
        variables: dict[str, str] = answer["Environment"]["Variables"]
        return variables

    def wait_until_matchable(self, count: int) -> None:
        """Until the streams have brought that many profiles to matching. Raises Failure when no more of them come."""
        pages = self._product.emulator.client("dynamodb").get_paginator("scan")
        table = self._product.deployment.outputs["CandidatesTableName"]
        arrived, deadline = 0, time.monotonic() + _MATCHABLE_SECONDS
        while arrived < count:
            if time.monotonic() > deadline:
                raise Failure(
                    "The profiles do not reach matching. The end of the emulator's log:",
                    self._product.emulator.last_words(),
                )
            began, before = time.monotonic(), arrived
            arrived = sum(page["Count"] for page in pages.paginate(TableName=table, **_PEOPLE))
            if arrived > before:
                deadline = time.monotonic() + _MATCHABLE_SECONDS
            # Counting many must not keep the emulator from what is waited for.
            time.sleep(max(0.2, 4 * (time.monotonic() - began)))

    def _done(self, stage: str) -> bool:
        return stage in self._stages()

    def _stages(self) -> list[str]:
        try:
            return str(self._ssm.get_parameter(Name=_DONE)["Parameter"]["Value"]).split(",")
        except ClientError as error:
            if error.response["Error"]["Code"] == "ParameterNotFound":
                return []
            raise

    def _mark(self, stage: str) -> None:
        stages = ",".join([*self._stages(), stage])
        self._ssm.put_parameter(Name=_DONE, Value=stages, Type="String", Overwrite=True)
