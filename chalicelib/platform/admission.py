"""Who may act at this moment, beside who may call a route at all: a context that can close an account to its holder
says so here, once, for every route that there is or will be.

    ask_at_the_door("privacy", door)      # in app.py

A door is given whoever is signed in and the operation that they ask for, before anything of the request is read, and
raises a refusal. It is asked for each request: it must cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.platform.auth import Actor
from chalicelib.platform.operations import Operation

Door = Callable[[Actor, Operation], None]

_doors: dict[str, Door] = {}


def ask_at_the_door(name: str, door: Door) -> None:
    """One door for each name, asked in the order of the names' first mention."""
    _doors[name] = door


def pass_the_doors(actor: Actor, operation: Operation) -> None:
    """Raises what a door refuses with."""
    for door in _doors.values():
        door(actor, operation)
