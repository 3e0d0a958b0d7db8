"""Requirements that a project may not make: discriminatory, or misleading about the work and its pay.

    check_wording("Nous cherchons une jeune femme, test non rémunéré.") -> [Remark(kind="sex", …), …]

What is asked of the person is flagged; the story is left alone, where a heroine may be 25 and a policeman Jewish. A
remark that blocks keeps a brief from being published, one that warns is shown to the producer and to nobody else.

`wording_rules.json` is the law and the words: for each kind a reason with its source and a safer wording; rules, each
a list of patterns (`wording_patterns.py` gives their language); and cues, which tell of whom a sentence speaks. A rule
`if_sought` counts only where a sentence speaks of the person sought, since a story may hold the same words; a rule
`unless_story` (pay, hours, exclusivity) counts everywhere but in a story. The cue nearest on the left decides, then the
nearest on the right; a sentence without any follows the one before it when it is an item of a list, a few words or
goes on about the same person, and is a requirement by itself when it is made of nothing else ("Sans enfants.").

Sources: code du travail L1132-1, L1142-1, L1221-6, L5321-3, L5331-2, L5331-3, L8221-5, L8221-6; code pénal 225-1; code
de commerce L441-10, L442-1; code de l'éducation L124-7; directive (UE) 2023/970, article 5.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from chalicelib.briefs.wording_patterns import Pattern
from chalicelib.vocabulary.folding import fold
from chalicelib.vocabulary.text import Bilingual

FILE = Path(__file__).with_name("wording_rules.json")

Severity = Literal["block", "warn"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A requirement that may not be made. `text[start:end]` is what is flagged, `reason` says the rule and its legal
    source, `wording` what may be written instead, None where the only remedy is to remove it."""

    kind: str
    start: int
    end: int
    severity: Severity
    reason: Bilingual
    wording: Bilingual | None


def check_wording(text: str) -> list[Remark]:
    """The remarks on a text in French, English or both, sorted by position; offsets are those of the text given.
    Never raises, whatever the text."""
    folded = _folded(text)
    remarks: list[Remark] = []
    for candidate in _kept(_candidates(folded), len(folded.text)):
        kind = _rulebook().kinds[candidate.rule.kind]
        start, end = folded.original(candidate.start, candidate.end)
        remarks.append(Remark(candidate.rule.kind, start, end, candidate.rule.severity, kind.reason, kind.wording))
    return sorted(remarks, key=lambda remark: (remark.start, remark.end, remark.kind))


# --- the rules -------------------------------------------------------------------------------------------------------

_SOUGHT, _MARKER, _STORY, _PREMISE, _TOPIC, _COMPANY = "sought", "marker", "story", "premise", "topic", "company"
_GOVERNING = (_SOUGHT, _MARKER, _STORY, _PREMISE, _TOPIC, _COMPANY)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that ask for something of one kind, and where they do not."""

    kind: str
    severity: Severity
    if_sought: bool
    negatable: bool
    patterns: tuple[Pattern, ...]
    unless_before: tuple[Pattern, ...]
    unless_after: tuple[Pattern, ...]
    unless_sentence: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    reason: Bilingual
    wording: Bilingual | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    cues: Mapping[str, tuple[Pattern, ...]]
    kinds: Mapping[str, Kind]
    rules: tuple[Rule, ...]


@cache
def _rulebook() -> Rulebook:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    macros: dict[str, str] = data["macros"]

    def patterns(sources: Sequence[str]) -> tuple[Pattern, ...]:
        return tuple(Pattern(source, macros) for source in sources)

    return Rulebook(
        cues={name: patterns(sources) for name, sources in data["cues"].items()},
        kinds={
            name: Kind(Bilingual(**kind["reason"]), Bilingual(**kind["wording"]) if kind["wording"] else None)
            for name, kind in data["kinds"].items()
        },
        rules=tuple(
            Rule(
                rule["kind"],
                rule["severity"],
                rule["says"] == "if_sought",
                rule.get("negatable", False),
                patterns(rule["patterns"]),
                patterns(rule.get("unless_before", ())),
                patterns(rule.get("unless_after", ())),
                patterns(rule.get("unless_sentence", ())),
            )
            for rule in data["rules"]
        ),
    )


# --- the text, folded, with the way back -----------------------------------------------------------------------------

#: "un·e", "motivé.e.s", "candidat(e)s", "directeur/trice", "le·la": the second form, which the rules do not need.
_INCLUSIVE = re.compile(
    r"(?<=[a-z])(?:"
    r"[·•‧⋅∙][a-z]{1,7}(?:[·•‧⋅∙][a-z]{1,3})?(?![a-z])"
    r"|\((?:e|s|es|ne|nes|ve|ves|se|le|rice|trice|euse|rices|trices|euses)\)"
    r"|\.(?:e|s|es|ne|nes|ve|ves|se|rice|trice|euse|rices|trices|euses)(?:\.s)?(?![a-z])"
    r"|-(?:e|es|ne|nes|ve|ves|rice|trice|euse|rices|trices|euses)(?:-s)?(?![a-z'])"
    r"|/(?:e|es|ne|nes|ve|ves|se|la|le|une|elle|rice|trice|euse|rices|trices|euses|teuse)(?![a-z])"
    r")"
)
_SENTENCE_ENDS = re.compile(r"[.!?…]+(?=[\s\"'»”)]|\Z)|[\r\n]+")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦+>]|[0-9]{1,2}[.)])?\s*")
_LISTED = re.compile(r"\s*(?:[-–—•*·▪◦+>]|[0-9]{1,2}[.)]\s)")
_WORD = re.compile(r"[a-z0-9']+")
_CLAUSE_ENDS = re.compile(r"[,;:()]|\s[-–—]\s|\s(?:mais|but)\s")
_PART_ENDS = re.compile(r"[;:]|\s[-–—]\s")
_GOES_ON = re.compile(r"(?:il|elle|iel|ils|elles|he|she|they|ce|cette personne|celui|celle)(?![a-z])")
_DUTY = re.compile(
    r"(?:il|elle|iel|ils|elles|he|she|they)[\s]+(?:ou elle\s+)?"
    r"(?:devra|devront|doit|doivent|sera|seront|aura|auront|must|should|will|shall|needs?|ha(?:s|ve) to)(?![a-z])"
)
#: A sentence of a story: somebody does something. "Il faut", "il n'y a pas" and "il est" tell nothing of the kind.
_TELLS = re.compile(
    r"(?:il|elle|ils|elles|he|she|they)\s+(?!(?:faut|faudra|s'agit|y|n|ne|n'y|n'est|est|will|must|should)(?![a-z]))"
)
_JOINING = frozenset({"et", "ou", "ni", "pas", "de", "non", "aucun", "aucune", "and", "or", "no", "not"})
#: How far, in letters, an exception or a negation reaches.
_NEAR = 100
#: Cues that may begin at one place.
_SAME_PLACE = 3
_FEW_WORDS = 8
_UNCOVERED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in folded letters; `places[i]` is where the letter i stands in the original."""

    text: str
    places: Sequence[int]
    source: str

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for a span, which is not empty, of the folded text: whole letters, with the
        accents that follow them."""
        last = self.places[end - 1] + 1
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return self.places[start], last


@cache
def _letter(char: str) -> str:
    return "" if unicodedata.category(char) == "Cf" else fold(char)


def _folded(text: str) -> Folded:
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        letter = char.lower() if char.isascii() and char != "`" else _letter(char)
        letters.append(letter)
        places.extend([place] * len(letter))
    whole = "".join(letters)
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for found in _INCLUSIVE.finditer(whole):
        pieces.append(whole[at : found.start()])
        kept.extend(places[at : found.start()])
        at = found.end()
    pieces.append(whole[at:])
    kept.extend(places[at:])
    return Folded("".join(pieces), kept, text)


# --- of whom a sentence speaks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Cue:
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of a rule, before it is known whether they count."""

    rule: Rule
    start: int
    end: int


def _sentences(folded: Folded) -> Iterator[Sentence]:
    start = 0
    for found in _SENTENCE_ENDS.finditer(folded.text):
        if found.end() > start and not _wrapped(folded, found):
            yield from _sentence(folded, start, found.end())
            start = found.end()
    yield from _sentence(folded, start, len(folded.text))


def _wrapped(folded: Folded, found: re.Match[str]) -> bool:
    """Whether a line only breaks because it is full: the next one goes on in small letters."""
    if found[0] not in ("\n", "\r\n", "\r") or found.end() >= len(folded.text):
        return False
    before = folded.text[: found.start()].rstrip(" \t")
    return folded.source[folded.places[found.end()]].islower() and not before.endswith(":")


def _sentence(folded: Folded, start: int, end: int) -> Iterator[Sentence]:
    piece = folded.text[start:end]
    if piece.strip():
        indent = _BULLET.match(piece)
        yield Sentence(start + (indent.end() if indent else 0), end, _LISTED.match(piece) is not None)


class _Cues:
    """The cues of a text, by sentence."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._by_sentence: list[list[Cue]] = [[] for _ in sentences]
        ends = [sentence.end for sentence in sentences]
        for says in _GOVERNING:
            for pattern in _rulebook().cues[says]:
                if pattern.opens_sentence:
                    spans: Iterable[tuple[int, int]] = _opening(pattern, text, sentences)
                else:
                    spans = pattern.spans(text)
                for start, end in spans:
                    at = bisect_left(ends, end)
                    if at < len(sentences) and start >= sentences[at].start:
                        self._by_sentence[at].append(Cue(start, end, says))
        for cues in self._by_sentence:
            # Where two cues begin together, what names the story or the company is the closer reading.
            cues.sort(key=lambda cue: (cue.start, cue.says not in (_SOUGHT, _MARKER), cue.end))

    def of(self, at: int) -> Sequence[Cue]:
        return self._by_sentence[at]


def _opening(pattern: Pattern, text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    if pattern.possible(text):
        for sentence in sentences:
            end = pattern.at(text, sentence.start)
            if end is not None:
                yield sentence.start, end


def _candidates(folded: Folded) -> list[Candidate]:
    """What counts, sentence after sentence."""
    sentences = list(_sentences(folded))
    ends = [sentence.end for sentence in sentences]
    by_sentence: list[list[Candidate]] = [[] for _ in sentences]
    for rule in _rulebook().rules:
        for pattern in rule.patterns:
            for start, end in pattern.spans(folded.text):
                at = bisect_left(ends, end)
                if at < len(sentences) and start >= sentences[at].start and end > start:
                    by_sentence[at].append(Candidate(rule, start, end))
    if not any(by_sentence):
        return []
    cues = _Cues(folded.text, sentences)
    counted: list[Candidate] = []
    before: frozenset[str] = frozenset()
    for at, (sentence, candidates) in enumerate(zip(sentences, by_sentence, strict=True)):
        reading = _Reading(folded.text, sentence, cues.of(at), candidates, before)
        counted += [candidate for candidate in candidates if reading.counts(candidate)]
        says = frozenset(cue.says for cue in cues.of(at)) & {_SOUGHT, _STORY, _PREMISE}
        if says or not (sentence.listed or reading.brief):
            before = says
    return counted


def _any(patterns: Sequence[Pattern], text: str) -> bool:
    return any(True for pattern in patterns for _ in pattern.spans(text))


class _Reading:
    """One sentence, and what the one before it spoke of."""

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        cues: Sequence[Cue],
        candidates: Sequence[Candidate],
        before: frozenset[str],
    ) -> None:
        self._text = text
        self._sentence = sentence
        self._cues = cues
        self._candidates = candidates
        self._before = before
        self._piece = text[sentence.start : sentence.end]
        self._starts = [cue.start for cue in cues]

    @cached_property
    def brief(self) -> bool:
        return len(_WORD.findall(self._piece)) <= _FEW_WORDS

    @cached_property
    def _promises_equality(self) -> bool:
        return _any(_rulebook().cues["equality"], self._piece)

    @cached_property
    def _says(self) -> frozenset[str]:
        return frozenset(cue.says for cue in self._cues)

    @cached_property
    def _loose(self) -> list[int]:
        """Where the words begin that are part of no requirement."""
        covered = bytearray(len(self._piece))
        for candidate in self._candidates:
            start, end = candidate.start - self._sentence.start, candidate.end - self._sentence.start
            covered[start:end] = b"1" * (end - start)
        return [
            self._sentence.start + word.start()
            for word in _WORD.finditer(self._piece)
            if not covered[word.start()] and word[0] not in _JOINING
        ]

    @cached_property
    def _part_ends(self) -> list[tuple[int, int]]:
        return [
            (self._sentence.start + found.start(), self._sentence.start + found.end())
            for found in _PART_ENDS.finditer(self._piece)
        ]

    def counts(self, candidate: Candidate) -> bool:
        rule = candidate.rule
        if self._excepted(candidate) or (rule.if_sought and rule.kind not in _CONDITIONS and self._promises_equality):
            return False
        said = self._governing(candidate)
        if not rule.if_sought:
            return said not in (_STORY, _PREMISE) and not (said is None and self._tells())
        if said is None:
            return self._follows() or self._stands_alone(candidate)
        return said in (_SOUGHT, _MARKER)

    def _excepted(self, candidate: Candidate) -> bool:
        rule = candidate.rule
        left = self._text[max(self._sentence.start, candidate.start - _NEAR) : candidate.start]
        right = self._text[candidate.end : min(self._sentence.end, candidate.end + _NEAR)]
        if any(pattern.ends(left) for pattern in rule.unless_before):
            return True
        if any(pattern.opens(right) for pattern in rule.unless_after):
            return True
        if _any(rule.unless_sentence, self._piece):
            return True
        if not rule.negatable:
            return False
        cues = _rulebook().cues
        clause = _CLAUSE_ENDS.split(left)[-1]
        inside = self._text[candidate.start : candidate.end]
        return _any(cues["negation"], clause) or _any(cues["negation_inside"], inside)

    def _governing(self, candidate: Candidate) -> str | None:
        """What the cue that governs these words says; None where there is none."""
        later = bisect_left(self._starts, candidate.end)
        if candidate.rule.if_sought:
            for cue in self._cues[later : later + _SAME_PLACE]:
                if cue.says == _STORY and not self._text[candidate.end : cue.start].strip(" -"):
                    return _STORY  # "a gay protagonist"
        for at in range(later - 1, -1, -1):
            cue = self._cues[at]
            if cue.start >= candidate.start and (cue.end > candidate.end or cue.says in (_STORY, _PREMISE)):
                continue
            between = self._text[cue.end : candidate.start]
            apart = _CLAUSE_ENDS.search(between) is not None
            if cue.says == _TOPIC and (apart or not candidate.rule.if_sought):
                continue
            if apart and self._resumes(candidate, cue, between):
                continue
            if cue.says == _MARKER and self._says & {_STORY, _PREMISE}:
                continue
            return cue.says
        for cue in self._cues[later:]:
            if cue.says in (_STORY, _PREMISE) and _PART_ENDS.search(self._text, candidate.end, cue.start):
                continue
            if cue.says == _TOPIC or (cue.says == _PREMISE and not candidate.rule.if_sought):
                continue
            return cue.says
        return None

    def _resumes(self, candidate: Candidate, cue: Cue, between: str) -> bool:
        """Whether a sentence comes back from the story to the person: "une série sur les pompiers, moins de 35 ans"."""
        if not candidate.rule.if_sought:
            return cue.says == _PREMISE or (cue.says == _STORY and bool(self._says & {_SOUGHT, _MARKER}))
        told = _CLAUSE_ENDS.split(between)[-1]
        return (
            cue.says == _PREMISE
            and any(other.says == _SOUGHT for other in self._cues[: bisect_left(self._starts, cue.start)])
            and len(_WORD.findall(told)) <= 1
        )

    def _follows(self) -> bool:
        if self._cues or _SOUGHT not in self._before:
            return False
        if _DUTY.match(self._piece):
            return True
        if self._before & {_STORY, _PREMISE}:
            return self._sentence.listed or self._stands_first()
        return self._sentence.listed or self.brief or _GOES_ON.match(self._piece) is not None

    def _tells(self) -> bool:
        return _SOUGHT not in self._before and _TELLS.match(self._piece) is not None

    def _stands_first(self) -> bool:
        return any(candidate.start - self._sentence.start <= _UNCOVERED_WORDS for candidate in self._candidates)

    def _stands_alone(self, candidate: Candidate) -> bool:
        """Whether a sentence is made of requirements only, and these words begin it or an item of it."""
        start, end = self._part(candidate)
        if self._before & {_STORY, _PREMISE} or bisect_left(self._starts, end) > bisect_left(self._starts, start):
            return False
        loose = bisect_left(self._loose, end) - bisect_left(self._loose, start)
        left = (
            _CLAUSE_ENDS.split(self._text[max(start, candidate.start - _NEAR) : candidate.start])[-1]
            if loose <= _UNCOVERED_WORDS
            else ""
        )
        return loose <= _UNCOVERED_WORDS and all(word in _JOINING for word in left.split())

    def _part(self, candidate: Candidate) -> tuple[int, int]:
        """The part of the sentence, between colons, semicolons or dashes, that holds these words."""
        before = bisect_right(self._part_ends, candidate.start, key=lambda ends: ends[1])
        after = bisect_left(self._part_ends, candidate.end, key=lambda ends: ends[0])
        start = self._part_ends[before - 1][1] if before else self._sentence.start
        end = self._part_ends[after][0] if after < len(self._part_ends) else self._sentence.end
        return start, end


#: Conditions of the work, which no promise of equal treatment makes good.
_CONDITIONS = frozenset({"trainee", "availability", "previous_pay"})


def _kept(candidates: Sequence[Candidate], length: int) -> list[Candidate]:
    """Without what a longer match of the same kind, or of another condition of the work, already says."""
    said: dict[str, bytearray] = {}
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda each: (each.start - each.end, each.start)):
        subject = candidate.rule.kind if candidate.rule.if_sought else ""
        letters = said.setdefault(subject, bytearray(length))
        also = said.setdefault(candidate.rule.kind, bytearray(length))
        start, end = candidate.start, candidate.end
        if any(letters[start:end]) or any(also[start:end]):
            continue
        letters[start:end] = also[start:end] = b"1" * (end - start)
        kept.append(candidate)
    return kept
