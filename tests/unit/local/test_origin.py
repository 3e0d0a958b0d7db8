"""What the one origin of the local product lets through to S3: a file with its form, to a bucket that takes files."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from infra.local.mailbox import Mailbox
from infra.local.origin import SITE_POLICY, Origin
from tests.support.product import free_port

MEGABYTE = 1024 * 1024
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
ASIDE = {"Authorization": "Bearer t", "X-Amz-Target": "DynamoDB_20120810.Scan", "Cookie": "a=b"}
Asked = tuple[str, str, int, bool]


def behind_the_origin(site: Path, story: Callable[[Origin, ClientSession], Awaitable[None]]) -> list[Asked]:
    """What S3 was asked: method, path with its query, size of the body, whether anything was told beside the form."""
    asked: list[Asked] = []

    async def s3(request: web.Request) -> web.Response:
        body = await request.read()
        asked.append((request.method, request.path_qs, len(body), any(one in request.headers for one in ASIDE)))
        headers = {"Access-Control-Allow-Origin": "*", "ETag": '"e"'}
        return web.Response(status=204, headers=headers)

    async def told() -> None:
        upstream = web.Application(client_max_size=100 * MEGABYTE)
        upstream.add_routes([web.route("*", "/{path:.*}", s3)])
        runner = web.AppRunner(upstream)
        await runner.setup()
        behind = free_port()
        await web.TCPSite(runner, "127.0.0.1", behind).start()
        origin = Origin(free_port(), site, Mailbox(site / "mail"))
        origin.upstream.files_url = f"http://127.0.0.1:{behind}"
        origin.upstream.buckets = frozenset({"evidence-1", "attachments-1"})
        await origin.start()
        try:
            async with ClientSession() as session:
                await story(origin, session)
        finally:
            await origin.stop()
            await runner.cleanup()

    asyncio.run(told())
    return asked


def test_a_file_goes_with_its_form_to_its_bucket_and_nothing_of_the_account_goes_with_it(tmp_path: Path) -> None:
    async def story(origin: Origin, session: ClientSession) -> None:
        url = f"{origin.url}/files/evidence-1?delete"
        async with session.post(url, data=b"x" * (20 * MEGABYTE), headers=FORM | ASIDE) as answer:
            assert (answer.status, answer.headers["ETag"]) == (204, '"e"')
            assert "Access-Control-Allow-Origin" not in answer.headers

    assert behind_the_origin(tmp_path, story) == [("POST", "/evidence-1", 20 * MEGABYTE, False)]


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("POST", "/files/snapshots-1", 3, 404),
        ("POST", "/files/evidence-1/evidence/case-1", 3, 405),
        ("POST", "/files/evidence-1", 27 * MEGABYTE, 413),
        ("PUT", "/files/evidence-1", 3, 405),
        ("DELETE", "/files/evidence-1", 0, 405),
    ],
    ids=["a bucket of our own", "one object", "more than a file may be", "another method", "taking away"],
)
def test_nothing_else_of_s3_is_reached(tmp_path: Path, method: str, path: str, size: int, status: int) -> None:
    async def story(origin: Origin, session: ClientSession) -> None:
        async with session.request(method, origin.url + path, data=b"x" * size, headers=FORM) as answer:
            assert answer.status == status

    assert behind_the_origin(tmp_path, story) == []


def test_only_a_form_is_passed_on(tmp_path: Path) -> None:
    async def story(origin: Origin, session: ClientSession) -> None:
        async with session.post(f"{origin.url}/files/evidence-1", data={"Action": "DeleteQueue"}) as answer:
            assert answer.status == 415

    assert behind_the_origin(tmp_path, story) == []


def test_files_have_no_place_while_the_product_starts(tmp_path: Path) -> None:
    async def story(origin: Origin, session: ClientSession) -> None:
        origin.upstream.files_url = None
        async with session.post(f"{origin.url}/files/evidence-1", data=b"x") as answer:
            assert answer.status == 503

    assert behind_the_origin(tmp_path, story) == []


def test_an_address_is_answered_with_what_is_written_ahead_for_it_or_the_page_of_every_other(tmp_path: Path) -> None:
    for name in ("index", "app", "sign-in"):
        (tmp_path / f"{name}.html").write_text(name, encoding="utf-8")
    answers = {"/": "index", "/sign-in": "sign-in", "/sign-in?next=/briefs": "sign-in", "/briefs/1": "app"}

    async def story(origin: Origin, session: ClientSession) -> None:
        for address, name in answers.items():
            async with session.get(f"{origin.url}{address}") as answer:
                assert (answer.status, await answer.text()) == (200, name)
        async with session.get(f"{origin.url}/..%2F..%2Fetc%2Fpasswd") as answer:
            assert await answer.text() == "app"

    behind_the_origin(tmp_path, story)


def test_the_site_is_served_under_one_policy_that_names_no_other_origin(tmp_path: Path) -> None:
    (tmp_path / "app.html").write_text("<!doctype html><title>Plot Point</title>", encoding="utf-8")

    async def story(origin: Origin, session: ClientSession) -> None:
        async with session.get(f"{origin.url}/company") as answer:
            assert answer.headers["Content-Security-Policy"] == SITE_POLICY

    behind_the_origin(tmp_path, story)
    assert "http" not in SITE_POLICY
