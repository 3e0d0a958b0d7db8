"""What blocks, by weight: one judgement for every passage that may name somebody or may be common words.

    candidate = Candidate("company", 12, 19, frozenset({"whole", "rare:capital_inside", "we_in_sentence"}))
    severity(candidate, score(candidate, "message"), beside=False)   -> "block", "warn" or None

A candidate's facts, and what the text that it stands in is for, each have a weight for its kind, in
`judgement.json`; their sum, with the kind's own, is the logarithm of the odds that the passage gives somebody away.
`benchmarks/leak_judgement.py` fits them and says what they are worth on texts by writers that they have not been fitted
to.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import Sighting
from chalicelib.briefs.leaks.findings import Kind, Severity, Where
from chalicelib.briefs.leaks.numbers import is_number
from chalicelib.briefs.leaks.reading import Reading, bag
from chalicelib.briefs.leaks.surroundings import around, heard

FILE = Path(__file__).with_name("judgement.json")
#: Kinds whose weak candidates are shown to the writer; the others are blocked or left alone.
_WARNED: frozenset[Kind] = frozenset({"company", "title"})


#: How much of a name is said, which counts otherwise in capitals, and of another sort of words.
SHARES = frozenset(
    {
        "whole",
        "whole_of_one",
        "part",
        "part_of_one",
        "most",
        "core",
        "full",
        "full_capitals",
        "surname",
        "first_only",
        "says_company",
        "own_article_capital",
    }
)
_COMPANY_CUES = bag("""
    chez_before company_noun_before company_noun_near done_through introduces_itself company_verb_after asks_reader
    apposed_staff company_does_before this_is_us possessive_of_work work_of
    work_by a_work_before work_from_before staff_closes and_writer_behind door_near makes_behind in_name_of
    signs_work closes_line labelled is_a_company trade_prefix presents_a_work
    genre_from_closes
    """)
_TITLE_CUES = bag(
    """
    naming_before naming_near about_before about_near apposed_genre version_behind quoted named_by_us title_word_near
    title_word_behind this_is_a_work format_next or_how work_does_after is_a_work work_named_before
    in_name_of heads_line labelled in_work
    """
)
#: What says outright that a name of a kind is said there.
_CUES: Mapping[Kind, frozenset[str]] = {
    "company": _COMPANY_CUES,
    "acronym": _COMPANY_CUES,
    "domain": _COMPANY_CUES,
    "person": bag(
        """
        ask_for_before our_staff_near apposed_staff introduces_itself staff_near civil_before speaks_behind in_copy
        surname_told in_name_of role_behind possessive_of_work
        """
    ),
    "title": _TITLE_CUES,
    "broadcaster": frozenset({"targeted", "slot", "acts", "work_for", "day", "made_for"}),
    "address": frozenset({"office", "talking"}),
}


_QUOTED = bag("quoted within_quotation")
_BEHIND = bag(
    """
    comma_behind colon_behind dash_behind tells_after is_after has_after genre_next format_next alone_heading several_do
    is_a_work work_does_after common_behind
    """
)


#: What counts otherwise by how much of a name it is said of.
_IN_LINE = bag("heads_line part_of_line closes_line labelled listed common_behind trade_prefix")
_OF_PEOPLE = bag(
    """
    asks_reader introduces_itself greets_as role_behind possessive_of_work speaks_behind character_does apposed_article
    character_behind company_verb_after addressed me_after and_me_behind alone_in_sentence ends_text last_line
    pronoun_next apposed_yours place_of_action
    """
)
_OF_PEOPLE_THERE = frozenset(f"first_only:{fact}" for fact in _OF_PEOPLE)


_OF_CHANNELS = bag("france fiction drama studios originals group strasbourg uk international")


class Candidate(NamedTuple):
    """`start` and `end` are places in `Reading.folded`."""

    kind: Kind
    start: int
    end: int
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """`block` and `warn` are sums from which on a candidate is blocked or warned of, `beside` the one from which on it
    is blocked where something else in its text is; `kinds` the facts' weights, `words` those of the facts that are
    words, for any kind."""

    block: float
    beside: float
    warn: float
    kinds: Mapping[str, Mapping[str, float]]
    words: Mapping[str, float]

    def score(self, candidate: Candidate) -> float:
        """A fact without a weight, as one that no labelled passage has, weighs nothing."""
        known = self.kinds[candidate.kind]
        return math.fsum([known["any"], *(known.get(fact) or self.words.get(fact, 0.0) for fact in candidate.facts)])


@cache
def weights() -> Weights:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(told["block"], told["beside"], told["warn"], told["kinds"], told["words"])


def placed(candidate: Candidate, where: Where | None) -> Candidate:
    """With what its text is for as one more fact, also of how much is said and of what is said of people; None where
    nobody knows, or it is for something else."""
    if not where:
        return candidate
    told = {f"{fact}:for_{where}" for fact in candidate.facts & (SHARES | _OF_PEOPLE_THERE)}
    return candidate._replace(facts=candidate.facts | {f"for_{where}", *told})


def severity(candidate: Candidate, score: float, *, beside: bool) -> Severity | None:
    """`beside` says that something else in its text blocks: whoever names one of what is hidden mostly speaks of the
    rest, and a text that is held back anyway shows all of it at once."""
    if score >= (weights().beside if beside else weights().block):
        return "block"
    return "warn" if candidate.kind in _WARNED and score >= weights().warn else None


def score(candidate: Candidate, where: Where | None = None) -> float:
    return weights().score(placed(candidate, where))


def candidate(reading: Reading, kind: Kind, one: Sighting, name: tuple[str, ...], *facts: str) -> Candidate:
    """With what can be seen of its form and around it, besides the `facts` that only its kind knows."""
    form = {*facts, *_form(reading, one, name)}
    told = {*around(reading, one.start, one.end)}
    if "own_article_capital" in form:  # "à La Fabrique", "la série Une femme de dos": the article is part of the name
        told -= {"determined", "indefinite"}
        form = {fact.replace("small", "capital_some_inside") for fact in form}
    elif told & {"determined"} and form & {"own_article"} and form & {"capital_inside", "capital_all"}:
        told -= {"determined"}  # "nous, le Sillage": no common noun has a capital behind its article
        told.add("own_article_to_capital")
    if one.glued and len(name) > 1 and _one_word(reading, one):  # "chez lelongquai": its small letters tell nothing
        told -= {"determined", "indefinite"}
        form = {fact.replace("small", "run_together") for fact in form}
    if "own_article" in form and told & {"trade_suffix", "closes_line", "done_through"}:  # ", l'hirondelle films."
        told -= {"determined"}
    capital = any(fact.startswith("capital") for fact in form)
    if capital and {"indefinite", "work_behind"} <= told:  # "a Harlan Grove original"
        told = {*told - {"indefinite"}, "work_of"}
    if told & _QUOTED and told & {"reference_near", "work_of_year", "like_before", "as_word_before"}:
        told.add("quoted_reference")
        if "within_quotation" in told:
            told.add("within_reference")  # "dans la veine de « Marée noire »" for Marée
    if "trade_suffix" in told and "translated_whole" in form:  # "Long-Haul Productions"
        form.add("says_company")
    if {"through_before", "genre_next"} <= told:  # "From Compass Rose, a family drama"
        told.add("work_by")
    if form & {"several_open_with_article"}:  # "La peau du volcan est …": its small letters are those of any title
        told -= {"determined", "indefinite"}
        form = {fact.replace("small", "opening_as_given") for fact in form}
    if "own_article" in form and told & {"part_of_line"} and "small" in form:
        told -= {"determined"}
        told.add("own_article_in_line")
    if {"of_before", "company_verb_after"} <= told and not told & {"company_noun_near", "our_staff_near", "staff_near"}:
        told = {*told - {"company_verb_after", "presents_after", "presents_a_work"}, "of_verb_after"}
    if "felt_for" in told:
        told -= {"through_before", "done_through", "signs"}
    if "genre_before" in told and form & {"part_of_one", "whole_of_one"} and "small" in form:
        told -= {"format_next", "genre_next"}  # "polar maritime, 6 x 52"
    if {"reordered"} <= form:
        form |= {f"reordered:{fact}" for fact in ("english_partly_capital", "capital_opening") if fact in form}
    behind = reading.after(one.end, 1)
    if kind == "broadcaster" and behind and (behind[0].text in _OF_CHANNELS or behind[0].text in words.places()):
        told -= {"capital_behind"}  # "Arte Strasbourg"
    if (kind == "person" and "place_of_action" not in told) or "own_article_capital" in form:
        told -= {"in_before"}
    if told & _CUES[kind]:
        told |= {"cued", *(f"{fact}:cued" for fact in form if fact in SHARES or ":" in fact)}
    for share in SHARES & form:
        form.add(f"{share}:capital" if capital else f"{share}:uncased" if reading.hurried else f"{share}:small")
        form.add(f"{share}:{_sort(_telling(name))}")
        if "capital_all" in form:
            form.add(f"{share}:capital_all")
        told |= {f"{share}:{fact}" for fact in told & (_QUOTED | _IN_LINE)}
        if kind == "person":
            told |= {f"{share}:{fact}" for fact in told & _OF_PEOPLE}
        if "opens_text" in told:
            told |= {f"{share}:opening:{fact}" for fact in told & _BEHIND}
    if form & {"figures_for_words", "number"}:
        told |= {f"number:{fact}" for fact in told & (_QUOTED | _IN_LINE | {"cued"})}
    for head in form & {"opens_as_given", "one_opens_with_article"}:
        told |= {f"{head}:{fact}" for fact in told & _BEHIND}
    if "in_before" in told and capital:
        told.add("in_before_capital")
    if capital and not told & {"determined", "indefinite"} and len(name) == 1:
        told.add("bare_capital")
    if told & {"determined", "indefinite"} and not capital:
        told.add("determined_uncased" if reading.hurried else "determined_small")
    return Candidate(kind, one.start, one.end, frozenset({*told, *form, *heard(reading, one.start, one.end)}))


def _one_word(reading: Reading, one: Sighting) -> bool:
    written = reading.folded[one.start : one.end]
    return written.isalnum() and not words.common(written)


def _telling(name: tuple[str, ...]) -> list[str]:
    if sum(map(len, name)) < 4:  # "M6"
        return list(name)
    return [word for word in name if word not in words.FUNCTION_WORDS] or list(name)


def _form(reading: Reading, one: Sighting, name: tuple[str, ...]) -> Iterator[str]:
    telling = _telling(name)
    here = reading.between(one.start, one.end)
    own = [word for word in here if word.text not in words.FUNCTION_WORDS or word.text in telling] or here
    letters = sum(map(len, telling))
    mixed = [place in reading.foreign for place in range(one.start, one.end) if reading.folded[place].isalpha()]
    hidden = [place for place in reading.veiled if one.start < place < one.end]
    # Between words something invisible comes along with what is pasted; amid one, it is put there.
    veiled = len(hidden) > 1 or any(reading.folded[place - 1 : place + 1].isalpha() for place in hidden)
    if one.disguised or veiled or (any(mixed) and not all(mixed)):
        yield "disguised"
        yield "disguised_long" if letters > 4 else "disguised_short"
    if one.glued:
        yield "glued"
        if len(telling) > 1:
            yield f"glued:{_sort(telling)}"
    sort = _sort(telling)
    yield sort
    if len(telling) > 1:
        yield "several_words"
        if len(telling) > 2:
            yield "many_words"
    yield "long" if letters > 7 else "short" if letters < 4 else "middling"
    if not own:
        yield "in_signs"
        return
    lettered = [word for word in own if not word.text[0].isdigit()]
    capitals = sum(word.capital for word in lettered)
    opening = reading.opens((lettered or own)[0].at)  # "3 Gouttes" has a capital that no sentence asks for
    if lettered and len(lettered) < len(own):
        yield "figures_within"
    if not lettered and not all(word.isdigit() for word in telling):
        yield "figures_for_words"
    if reading.shouted(one.start):
        case = "shouted"
    elif own[0].upper and letters > 2:
        case = "capital_all"
    elif not any(word.capital for word in own):
        case = "uncased" if reading.hurried else "small"
    elif opening and capitals == 1:
        case = "capital_opening"
    elif opening:
        case = "capital_each_opening" if capitals == len(lettered) else "capital_some_opening"
    else:
        case = "capital_inside" if capitals == len(lettered) else "capital_some_inside"
    yield case
    if not reading.french and 0 < capitals < len(lettered) and case != "shouted":
        yield "english_partly_capital"  # which capitalises every word of a title
    yield f"{sort}:{case}"
    if len(telling) > 1:
        yield f"several:{case}"
    written = reading.folded[own[-1].at : own[-1].end]
    if len(own) > len(telling) and not one.disguised:
        yield "comes_apart"
    if not one.disguised and written not in name and len(name) > 0 and written != "".join(name):
        yield "inflected"


def _sort(telling: list[str]) -> str:
    """What a reader takes the words for: the rarest of them decides."""
    if any(words.rare(word) and len(word) > 2 for word in telling):
        return "rare"
    if len(telling) > 1 and telling[0] in ("saint", "sainte", "st", "ste"):
        return "place"
    # Among others, a word that is also a noun is one: "La Jetée blanche".
    named = [word for word in telling if len(telling) == 1 or not words.plain(word)]
    if any(word in words.famous() for word in named):
        return "famous"
    if any(word in words.first_names() for word in named):
        return "first_name"
    if any(word in words.places() for word in named):
        return "place"
    if all(map(is_number, telling)):
        return "number"
    return "common"
