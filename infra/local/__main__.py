"""`python -m infra.local run` and `python -m infra.local demo`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from infra.local import commands
from infra.local.client import TooLate, Unexpected
from infra.local.console import Failure
from infra.local.state import StateDirectory
from infra.local.supervisor import Settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="Plot Point on this machine.")
    parser.add_argument("command", choices=("run", "demo"))
    parser.add_argument("--port", default=os.environ.get("PORT") or "8080", help="where it answers (PORT)")
    parser.add_argument(
        "--fresh",
        action="store_true",
        default=os.environ.get("FRESH") in ("1", "true", "yes"),
        help="start anew (FRESH=1)",
    )
    parser.add_argument("--without-population", action="store_true", help="demo accounts only: for tests")
    parser.add_argument("--update-email-minutes", type=int, help="how long changes are gathered: for tests")
    parser.add_argument(
        "--at-any-hour", action="store_true", help="no quiet hours and no daily ceiling of e-mails: for tests"
    )
    options = parser.parse_args()
    try:
        settings = Settings(
            _port(options.port), options.fresh, options.update_email_minutes, at_any_hour=options.at_any_hour
        )
        state = StateDirectory.from_environment()
        if options.command == "demo":
            return 0 if asyncio.run(commands.demo(state, settings)) else 1
        asyncio.run(commands.run(state, settings, population=not options.without_population))
    except (Failure, TooLate, Unexpected) as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Failure(f"PORT={text} is not a port: choose a number between 1024 and 65535, for example 8081.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
