"""Blocks, and what is remembered of who was shown. Days are days in Paris, times ISO 8601 UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.company_names import company_key
from chalicelib.vocabulary.ids import id_of

#: What a producer was given of somebody, from least to most.
Shown = Literal["shortlist_line", "profile", "contact_details"]
SHOWN: tuple[Shown, ...] = get_args(Shown)

#: How a block says which company it keeps away.
By = Literal["name", "siren", "conversation"]

#: So many blocks at a time: all of a long career's employers, and far fewer than would tell, by what no longer comes,
#: which company is behind a project.
BLOCK_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody who is given to whoever is behind a project."""

    brief_id: str
    profile_id: str


@dataclass(frozen=True, slots=True)
class View:
    """That whoever is behind a project was given somebody on a day, and what of them that day."""

    day: date
    brief_id: str
    shown: tuple[Shown, ...]


class Block(BaseModel):
    """A company that a freelancer keeps away. `name` and `siren`: as they wrote them; `thread_id` and `brief_id`: the
    conversation by which they mean whoever is behind its project. `mark`: what a company has to have for the block to
    be about it (`marks_of`)."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    block_id: str
    profile_id: str
    by: By
    mark: str
    name: str | None = None
    siren: str | None = None
    thread_id: str | None = None
    brief_id: str | None = None
    blocked_at: str

    @staticmethod
    def by_name(profile_id: str, name: str, now: datetime) -> Block | None:
        """None when nothing is left of the name but a legal form."""
        key = company_key(name)
        return _block(profile_id, "name", _name(key), now, name=name) if key else None

    @staticmethod
    def by_siren(profile_id: str, siren: str, now: datetime) -> Block:
        return _block(profile_id, "siren", _siren(siren), now, siren=siren)

    @staticmethod
    def by_conversation(profile_id: str, thread_id: str, brief_id: str, company_id: str, now: datetime) -> Block:
        """One per conversation: that two of them are with the same company is nothing that a list may tell."""
        return _block(profile_id, "conversation", _company(company_id), now, thread_id=thread_id, brief_id=brief_id)


def _block(
    profile_id: str,
    by: By,
    mark: str,
    now: datetime,
    *,
    name: str | None = None,
    siren: str | None = None,
    thread_id: str | None = None,
    brief_id: str | None = None,
) -> Block:
    return Block(
        block_id=id_of("block", profile_id, thread_id or mark),
        profile_id=profile_id,
        by=by,
        mark=mark,
        name=name,
        siren=siren,
        thread_id=thread_id,
        brief_id=brief_id,
        blocked_at=stamp(now),
    )


def marks_of(company_id: str, siren: str, names: Iterable[str]) -> tuple[str, ...]:
    """Everything by which a block may be about this company, whoever wrote its name."""
    keys = {company_key(name) for name in names} - {""}
    return (_company(company_id), _siren(siren), *sorted(map(_name, keys)))


def _company(company_id: str) -> str:
    return f"COMPANY#{company_id}"


def _siren(siren: str) -> str:
    return f"SIREN#{siren}"


def _name(key: str) -> str:
    return f"NAME#{key}"
