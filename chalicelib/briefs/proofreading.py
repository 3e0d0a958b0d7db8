"""What is read over before a project goes online: every text that freelancers will read, for what tells who is behind
it and for what may not be asked of anybody. A draft may hold anything; what blocks keeps it from being published.

    texts(content) -> list[Passage]               what freelancers read, and where it stands
    proofread(content, hidden, crowd) -> list[Remark]
                                                  what stands in it that should not
    refusals(remarks) -> list[FieldError]         of these, what keeps it from being published
    leaks(text, hidden) -> list[Finding]          the first half of that, for any text
    hidden_of(content, company, words) -> Hidden  what nobody may learn before the reveal: of the company and the brief
    as_published(brief, now) -> Brief             the same, as it would be if it went online now
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from chalicelib.briefs.errors import DISCRIMINATORY_WORDING, IDENTITY_LEAK
from chalicelib.briefs.models import Brief, Content, Texts
from chalicelib.briefs.views import fields_at
from chalicelib.platform.errors import FieldError
from chalicelib.platform.lazily import lazily
from chalicelib.vocabulary.clock import stamp
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import LANGUAGES, Bilingual, Language

if TYPE_CHECKING:
    from chalicelib.briefs import leak_check, wording_check
    from chalicelib.briefs.leak_check import Crowd, Finding, Hidden, Where
else:  # what reads texts is loaded with its words when the first one is read
    leak_check, wording_check = lazily("chalicelib.briefs.leak_check"), lazily("chalicelib.briefs.wording_check")

#: The one field that is written freely and in no language.
_CODE_NAME = "code_name"
#: Fields whose texts are for what the leak check knows.
_READ_AS: dict[str, Where] = {"logline": "logline", "pitch": "pitch"}

#: `identity`: it tells who is behind the project. `wording`: it asks what may not be asked.
Concern = Literal["identity", "wording"]
Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that freelancers read. `pointer` is the JSON pointer of its field."""

    pointer: str
    language: Language | None
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that should not stand there: `passage.text[start:end]`, counted in code points. `wording` may take its
    place; None where the only remedy is to remove it. `companies`, of a combination of details only: how many verified
    companies would fit, None when nobody counted."""

    passage: Passage
    concern: Concern
    kind: str
    start: int
    end: int
    severity: Severity
    reason: Bilingual
    wording: Bilingual | None
    companies: int | None = None


def texts(content: Content) -> list[Passage]:
    """What freelancers read before the reveal, of what is written freely, in the order of the stages."""
    found = [Passage(f"/{_CODE_NAME}", None, content.code_name)] if content.code_name else []
    for name in fields_at("full"):
        value = getattr(content, name)
        if isinstance(value, Texts):
            given = ((language, getattr(value, language)) for language in LANGUAGES)
            found += [Passage(f"/{name}/{language}", language, text) for language, text in given if text]
    return found


def proofread(content: Content, hidden: Hidden, crowd: Crowd | None = None) -> list[Remark]:
    """In the order in which it is read; of one passage, by place. `crowd` counts how many companies
    would fit what the texts say of their own."""
    return [remark for passage in texts(content) for remark in _remarks(passage, hidden, crowd)]


def refusals(remarks: Iterable[Remark]) -> list[FieldError]:
    return [_refusal(remark) for remark in remarks if remark.severity == "block"]


def leaks(text: str, hidden: Hidden, crowd: Crowd | None = None, where: Where | None = None) -> list[Finding]:
    """What one text tells of what is hidden, and contact details whoever's they are. `where` is what it is for."""
    return leak_check.check(text, hidden, crowd, where)


def crowd_of(addresses: Iterable[Sequence[str]]) -> Crowd:
    """The verified companies, of each of which its addresses are known: as places, the towns that they name, with or
    without the department's number before them."""
    return leak_check.KnownCompanies(
        [
            leak_check.CompanyFacts(places=frozenset(place for address in one for place in _places(address)))
            for one in addresses
        ]
    )


def _places(address: str) -> Iterator[str]:
    """What an address says after its street: "12 rue des Écoles, 56100 Lorient, Morbihan" → 56100, Lorient,
    Morbihan."""
    for part in re.split(r"[,;\n]", address)[1:]:
        numbered = re.match(r"\s*(\d{5})\s+(.+)", part)
        yield from numbered.groups() if numbered else (part.strip(),)


def hidden_of(content: Content, company: Hidden | None, words: Taxonomy) -> Hidden:
    """`company`: what the company has to hide, None for one that is gone. The title and the broadcaster are added, the
    latter by every name it goes by."""
    titles = (content.confidential_title,) if content.confidential_title else ()
    broadcasters: tuple[str, ...] = ()
    entry = words.dimensions["broadcasters"].entries.get(content.targeted_broadcaster or "")
    if entry is not None:
        named = [*entry.labels.values(), *(one for synonyms in entry.synonyms.values() for one in synonyms)]
        broadcasters = tuple(dict.fromkeys(named))
    return replace(company or leak_check.Hidden(), titles=titles, broadcasters=broadcasters)


def as_published(brief: Brief, now: datetime) -> Brief:
    return brief.model_copy(update={"state": "live", "published_at": stamp(now)})


def _remarks(passage: Passage, hidden: Hidden, crowd: Crowd | None) -> list[Remark]:
    found = [
        Remark(passage, "identity", one.kind, one.start, one.end, one.severity, one.reason, one.wording, one.companies)
        for one in leaks(passage.text, hidden, crowd, _READ_AS.get(passage.pointer.split("/")[1]))
    ]
    found += [
        Remark(passage, "wording", one.kind, one.start, one.end, one.severity, one.reason, one.wording)
        for one in wording_check.check_wording(passage.text)
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.concern, one.kind))


def _refusal(remark: Remark) -> FieldError:
    rule = IDENTITY_LEAK if remark.concern == "identity" else DISCRIMINATORY_WORDING
    message = Bilingual(
        rule.message.fr.format(first=remark.start + 1, last=remark.end, reason=remark.reason.fr),
        rule.message.en.format(first=remark.start + 1, last=remark.end, reason=remark.reason.en),
    )
    return FieldError(remark.passage.pointer, rule.code, message, (remark.start, remark.end), remark.wording)
