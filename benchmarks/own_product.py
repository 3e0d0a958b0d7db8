"""A local product of a benchmark's own: opened anew, measured, closed."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Callable

from infra.local.client import TooLate, Unexpected
from infra.local.commands import opened
from infra.local.console import Console, Failure
from infra.local.first_start import FirstStart
from infra.local.state import REPOSITORY, StateDirectory
from infra.local.supervisor import Product, Settings

#: Measures, prints what it found, and returns the exit code.
Measure = Callable[[Console, Product, FirstStart], int]


def measured(measure: Measure, *, population: bool = True) -> int:
    """What `measure` returns, or 1 with what went wrong. `population`: with the demo's eighty freelancers."""
    try:
        return asyncio.run(_measure(measure, population))
    except (Failure, TooLate, Unexpected) as failure:
        print(failure, file=sys.stderr)
        return 1


async def _measure(measure: Measure, population: bool) -> int:
    console = Console()
    state = StateDirectory(REPOSITORY / "build" / "bench")
    settings = Settings(port=free_port(), fresh=True)
    async with opened(state, settings, console, population=population) as (product, first):
        # This loop serves the origin and the sources: whoever asks them anything is on another thread.
        return await asyncio.to_thread(measure, console, product, first)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
