"""Stand-ins of public sources on this machine, so that the local product is whole without a network.

GET /wikidata/sparql?query=…                             as the source of that name answers (`source_answers.py`)
PUT /wikidata  {"does": "hangs"}                         from now on it does something else
PUT /wikidata  {"does": "answers", "seconds": 0.2}       and answers again, this long after each question
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from infra.local.catalogue import Catalogue
from infra.local.emulator import free_port
from infra.local.source_answers import Answering, answers

#: How long a stand-in takes for an answer unless it is told otherwise.
SECONDS = 0.2
#: Longer than anybody waits for a source.
_FOR_EVER = 120.0

#: `fails`: an outage, told by a page of HTML; `is_busy`: too many requests, to be sent again in a while; `garbles`: the
#: first half of an answer; `hangs`: none at all.
Doing = Literal["answers", "fails", "is_busy", "garbles", "hangs"]
DOINGS: tuple[Doing, ...] = get_args(Doing)

_PAGE = b"<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head><body></body></html>"


class Behaviour(BaseModel):
    """`retry_after`: the seconds that a busy source asks for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    does: Doing
    seconds: float = Field(SECONDS, ge=0, le=_FOR_EVER)
    retry_after: int = Field(30, ge=0)


@dataclass
class _Source:
    answering: Answering
    behaviour: Behaviour


class StandInSources:
    """The server, at 127.0.0.1. `port_file` remembers its port, which the deployed functions know."""

    def __init__(self, catalogue: Catalogue, port_file: Path) -> None:
        self._port_file = port_file
        self._runner: web.AppRunner | None = None
        self._port: int | None = None
        ready = Behaviour(does="answers")
        self._sources = {name: _Source(answering, ready) for name, answering in answers(catalogue).items()}
        self.catalogue = catalogue

    @property
    def addresses(self) -> dict[str, str]:
        """By source, as the template's `SourceAddresses`. The server has been started."""
        assert self._port is not None, "started"
        return {name: f"http://127.0.0.1:{self._port}/{name}" for name in self._sources}

    async def start(self) -> None:
        application = web.Application()
        application.add_routes([web.put("/{source}", self._behave), web.get("/{source}{path:/.+}", self._answer)])
        self._runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        self._port = self._last_port() or free_port()
        try:
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        except OSError:  # somebody else has it by now
            self._port = free_port()
            await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port_file.parent.mkdir(parents=True, exist_ok=True)
        self._port_file.write_text(str(self._port))

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def knows(self, catalogue: Catalogue) -> None:
        """From now on the sources answer from this catalogue."""
        self.catalogue = catalogue
        for name, answering in answers(catalogue).items():
            self._sources[name].answering = answering

    def _last_port(self) -> int | None:
        try:
            return int(self._port_file.read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _source(self, request: web.Request) -> _Source:
        try:
            return self._sources[request.match_info["source"]]
        except KeyError:
            raise web.HTTPNotFound from None

    async def _behave(self, request: web.Request) -> web.Response:
        source = self._source(request)
        try:
            source.behaviour = Behaviour.model_validate_json(await request.read())
        except ValidationError as error:
            raise web.HTTPBadRequest(text=error.json(include_url=False), content_type="application/json") from None
        return web.json_response(source.behaviour.model_dump())

    async def _answer(self, request: web.Request) -> web.Response:
        source = self._source(request)
        behaviour = source.behaviour
        await asyncio.sleep(_FOR_EVER if behaviour.does == "hangs" else behaviour.seconds)
        if behaviour.does == "is_busy":
            return web.Response(status=429, headers={"Retry-After": str(behaviour.retry_after)})
        if behaviour.does == "fails":
            return web.Response(status=503, body=_PAGE, content_type="text/html")
        answered = source.answering(request.match_info["path"], dict(request.query))
        body = answered.body[: len(answered.body) // 2] if behaviour.does == "garbles" else answered.body
        return web.Response(status=answered.status, body=body, headers={"Content-Type": answered.content_type})
