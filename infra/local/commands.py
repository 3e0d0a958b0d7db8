"""What `make run` and `make demo` do."""

from __future__ import annotations

import asyncio
import signal
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from infra.local import contact_story, story
from infra.local.client import Client, wait_until
from infra.local.console import Console, Failure
from infra.local.demo_data import DemoData
from infra.local.first_start import FirstStart
from infra.local.state import StateDirectory, holder_of
from infra.local.supervisor import Product, Settings, is_taken, status_at

_START_SECONDS = 180.0


@asynccontextmanager
async def opened(
    state: StateDirectory, settings: Settings, console: Console, *, population: bool = True
) -> AsyncIterator[tuple[Product, FirstStart]]:
    """The product, open with its demo accounts (and population), and closed at the end.

    SIGINT and SIGTERM cancel the task that is inside.
    """
    product = Product(state, settings, console)
    task = asyncio.current_task()
    assert task is not None, "runs in a task"
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        await product.open()
        with console.step("every function started once"):
            await product.warm()
        first = FirstStart(product, console)
        await asyncio.to_thread(first.accounts)
        if population:
            await asyncio.to_thread(first.population)
        yield product, first
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: None)  # closing is not interrupted
        await product.close()


async def run(state: StateDirectory, settings: Settings, *, population: bool = True) -> None:
    """Open the product and stay open until told to stop. Raises Failure."""
    console = Console()
    console.line("Plot Point on this machine")
    kept = False
    try:
        async with opened(state, settings, console, population=population) as (product, first):
            if population:
                await asyncio.to_thread(first.sample)
            await product.keep()
            kept = True
            _addresses(console, product, first.data)
            await product.wait_for_end_of_emulator()
            raise Failure("The emulator has ended by itself. The end of its log:", product.emulator.last_words())
    except asyncio.CancelledError:
        console.line()
        console.line("Saved: `make run` goes on from here." if kept else "Stopped while starting: nothing has changed.")


async def demo(state: StateDirectory, settings: Settings) -> bool:
    """Tell the whole job twice, for two new producers and three freelancers each; True when all of it came."""
    console = Console()
    url = f"http://127.0.0.1:{settings.port}"
    holder = holder_of(state.lock)
    if holder is not None:
        url = str(holder.get("url", url))
    if status_at(url) is not None:
        with console.step(f"using the product that runs at {url}"):
            await asyncio.to_thread(
                wait_until, lambda: status_at(url) == "open", _START_SECONDS, 0.5, "the end of its start"
            )
        return await asyncio.to_thread(_tell_both, url, console)
    if is_taken(settings.port):
        raise Failure(
            f"Port {settings.port} is taken by another program.", "Choose another one, for example: make demo PORT=8081"
        )
    console.line("No product answers: starting one, and stopping it at the end")
    # A story is told at any hour: its e-mails do not wait for the morning.
    async with opened(state, replace(settings, at_any_hour=True), console) as (product, _):
        await product.keep()
        return await asyncio.to_thread(_tell_both, product.url, console)


def _tell_both(url: str, console: Console) -> bool:
    data = DemoData(datetime.now(ZoneInfo("Europe/Paris")).date())
    password = str(data.accounts["password"])
    administrator = Client(url).sign_in(data.accounts["administrators"][0]["email"], password)
    languages = {account["company"]: account["language"] for account in data.accounts["producers"]}
    complete = []
    summary = []
    for sample in data.briefs:
        company = data.companies[sample["company"]]
        language = languages.get(sample["company"], "fr")
        producer = Client(url)
        address = f"demo-{uuid.uuid4().hex[:8]}@{company['email_domain']}"
        console.title(f"{company['legal_name']}, {sample['brief']['code_name']}")
        with console.step(f"{address} signs up, confirms the address and signs in"):
            producer.sign_up(address, password)
            producer.sign_in(address, password)
        with console.step("chooses to be a producer"):
            producer.choose_role("producer")
        with console.step("introduces and submits the company; once checked, an administrator verifies it"):
            story.introduce_company(producer, administrator, company, language)
        with console.step("writes and publishes the project, waits for shortlist and e-mail"):
            published = story.publish(producer, sample["brief"])
        story.tell(console, published, language)
        complete.append(published.complete)
        console.title(f"From the shortlist to the engagement: {sample['brief']['code_name']}")
        people = [account["email"] for account in data.accounts["freelancers"]]
        cast = contact_story.Cast(*(Client(url).sign_in(email, password) for email in _three(people, len(complete))))
        assert published.shortlist is not None
        told = contact_story.tell(console, producer, published.brief, published.shortlist, cast)
        console.title("Every e-mail of it")
        contact_story.show(console, told)
        summary.append(
            f"  {published.brief['code_name']}: shortlist after {published.shortlist_seconds:.1f} s, "
            f"e-mail after {published.mail_seconds:.1f} s"
        )
    console.title("In short")
    for line in summary:
        console.line(line)
    console.line(f"  The e-mails as a mail reader shows them: {url}/mailbox")
    return len(complete) == len(data.briefs) and all(complete)


def _three(people: Sequence[str], turn: int) -> tuple[str, str, str]:
    """Other people each time, as far as there are others."""
    first, second, third = (people[(turn * 3 + place) % len(people)] for place in range(3))
    return first, second, third


def _addresses(console: Console, product: Product, data: DemoData) -> None:
    accounts = data.accounts
    console.title(f"Plot Point is open at {product.url}")
    console.line(f"  site      {product.url}/")
    console.line(f"  API       {product.url}/api/health")
    console.line(f"  routes    {product.url}/docs")
    console.line(f"  mailbox   {product.url}/mailbox")
    console.line(f"  log       {product.emulator.log}")
    console.line()
    console.line(f"  demo accounts, password {accounts['password']}")
    for kind, label in (("producers", "producer"), ("freelancers", "freelancer"), ("administrators", "administrator")):
        for account in accounts[kind]:
            console.line(f"  {label:<14}{account['email']}")
    console.line()
    console.line(f"  ready after {console.elapsed():.0f} s; Ctrl-C saves and stops")
