"""French and English words of stories that mean the same.

    concepts(word, stem, language) -> what a word means, () when the lexicon does not have it
    compiled() -> dict             what lexicon.json must hold

`lexicon.tsv` is the source, one meaning a line: French words, a tab, English words, each separated by
spaces, in the order of the first French word, which names the meaning. `lexicon.json` is made from it, so
that nothing is stemmed when a function starts:

    python -m chalicelib.matching.lexicon      writes lexicon.json

A word is looked for as it is written, then by its stem: "mère" is a mother and not the sea, though their
stems meet once accents are folded.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from chalicelib.vocabulary.folding import fold

SOURCE = Path(__file__).with_name("lexicon.tsv")
FILE = Path(__file__).with_name("lexicon.json")

#: Marks a term that is a meaning, `=enquête`; no stem contains it.
MEANING = "="

Index = dict[str, dict[str, dict[str, tuple[str, ...]]]]


def concepts(word: str, stem: str, language: str) -> tuple[str, ...]:
    """What a word can mean, as terms that both languages share. `word` is folded and without elision, `stem`
    its term. () for a word the lexicon does not have, and in any language but French and English."""
    known = _index().get(language)
    if known is None:
        return ()
    return known["words"].get(word) or known["stems"].get(stem, ())


def rows() -> list[tuple[list[str], list[str]]]:
    """The lines of the source: French words, English words. Raises ValueError naming the line."""
    found = []
    for number, line in enumerate(SOURCE.read_text(encoding="utf-8").splitlines(), 1):
        french, tab, english = line.partition("\t")
        if not (tab and french.split() and english.split()):
            raise ValueError(f"{SOURCE.name}, line {number}: French words, a tab and English words are expected")
        found.append((french.split(), english.split()))
    return found


def compiled() -> dict[str, dict[str, dict[str, list[str]]]]:
    """language → "stems" → meanings, sorted, and "words" (folded) for those that mean less than their stem."""
    from chalicelib.matching import text  # which reads through this module

    found: dict[str, dict[str, dict[str, set[str]]]] = {part: {"words": {}, "stems": {}} for part in ("fr", "en")}
    stem_of: dict[tuple[str, str], str] = {}
    for french, english in rows():
        for language, words in (("fr", french), ("en", english)):
            for word in words:
                meaning = MEANING + french[0]
                stem = _only(text.terms(word, language), word)
                stem_of[language, fold(word)] = stem
                found[language]["words"].setdefault(fold(word), set()).add(meaning)
                found[language]["stems"].setdefault(stem, set()).add(meaning)
    for (language, word), stem in stem_of.items():
        if found[language]["words"][word] == found[language]["stems"][stem]:
            del found[language]["words"][word]
    return {
        language: {kind: {key: sorted(entries[key]) for key in sorted(entries)} for kind, entries in kinds.items()}
        for language, kinds in found.items()
    }


def _only(stems: list[str], word: str) -> str:
    if len(stems) != 1:
        raise ValueError(f"{SOURCE.name}: {word!r} is a stop word or more than one word")
    return stems[0]


@cache
def _index() -> Index:
    loaded = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        language: {kind: {key: tuple(names) for key, names in entries.items()} for kind, entries in kinds.items()}
        for language, kinds in loaded.items()
    }


if __name__ == "__main__":
    FILE.write_text(
        json.dumps(compiled(), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )
