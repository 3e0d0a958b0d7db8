"""What holds of the leak check for every text."""

from __future__ import annotations

import string
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.briefs.leak_check import Hidden, check, contact_details
from chalicelib.briefs.leaks.reading import read

NAME, PERSON, TITLE = "Ostrelan Studio", "Tomasz Wielgosz", "Le Sang des Kerjean"
HIDDEN = Hidden(
    names=(NAME,),
    acronyms=("OST",),
    siren="905331274",
    domains=("ostrelan.fr",),
    people=(PERSON,),
    addresses=("54 cours Lafayette, 69003 Lyon",),
    titles=(TITLE,),
    broadcasters=("Canal+",),
)
_CYRILLIC = str.maketrans("aeopcxyi", "аеорсхуі")
_GREEK = str.maketrans("aoTKEN", "αοΤΚΕΝ")
_FIGURES = str.maketrans("eo", "30")
_ACCENTS = str.maketrans("aeuo", "âéüö")
DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "accents": lambda name: name.translate(_ACCENTS),
    "combining accents": lambda name: name.replace("e", "e\u0301").replace("a", "a\u0308"),
    "Cyrillic letters": lambda name: name.translate(_CYRILLIC),
    "Greek letters": lambda name: name.translate(_GREEK),
    "figures for letters": lambda name: name.translate(_FIGURES),
    "spaced letters": " ".join,
    "dotted letters": lambda name: ".".join(name.replace(" ", "")),
    "starred letters": lambda name: "*".join(name.replace(" ", "")),
    "hyphens": lambda name: name.replace(" ", "-"),
    "underscores": lambda name: name.replace(" ", "_"),
    "no space": lambda name: name.replace(" ", ""),
    "a hashtag": lambda name: "#" + name.replace(" ", "").lower(),
    "invisible characters": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "entities": lambda name: "".join(f"&#{ord(char)};" for char in name),
    "named entities": lambda name: name.translate(str.maketrans({"e": "&eacute;", "a": "&agrave;"})),
    "entities escaped again": lambda name: name.replace("e", "&amp;eacute;"),
    "full width": lambda name: "".join(chr(ord(char) + 0xFEE0) if char != " " else "\u3000" for char in name),
    "mathematical letters": lambda name: "".join(
        chr(0x1D400 + string.ascii_uppercase.index(char)) if char.isupper() else char for char in name
    ),
    "tags": lambda name: name[:3] + "<b>" + name[3:] + "</b>",
    "line breaks": lambda name: name.replace(" ", "\u00a0"),
}
_WORDS = "vent pluie demain soudain elle marche dort encore souvent jadis village enfant"
#: Neither the words of a name nor a digit, and no word that could lead on to one.
QUIET = st.lists(
    st.sampled_from(_WORDS.split()),
    min_size=1,
).map(" ".join)


def blocks(text: str, kind: str | None = None) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in check(text, HIDDEN) if one.severity == "block" and kind in (None, one.kind)]


@given(st.sampled_from(sorted(DISGUISES)), st.sampled_from([NAME, PERSON, TITLE]), QUIET, QUIET)
@settings(max_examples=300, deadline=None)
def test_any_disguise_of_a_name_is_found_where_it_stands(disguise: str, name: str, before: str, after: str):
    written = DISGUISES[disguise](name)
    text = f"{before} {written} {after}"
    start = len(before) + 1
    assert any(first < start + len(written) and start < last for first, last in blocks(text)), text
    for first, last in blocks(text):
        assert start <= first < last <= start + len(written) + 1, text[first:last]


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_odd(text: str):
    findings = check(text, HIDDEN)
    assert all(0 <= one.start < one.end <= len(text) for one in findings)
    assert findings == sorted(findings, key=lambda one: (one.start, one.end, one.severity))
    for severity in ("block", "warn"):
        ours = [one for one in findings if one.severity == severity]
        assert all(one.end <= other.start for one, other in pairwise(ours))
    contact_details(text)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_letter_that_is_read_stands_somewhere_in_the_original(text: str):
    reading = read(text)
    assert len(reading.folded) == len(reading.cased) == len(reading.starts) == len(reading.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(reading.starts, reading.ends, strict=True))
    assert reading.starts == sorted(reading.starts)


@given(QUIET)
@settings(max_examples=200, deadline=None)
def test_a_text_without_any_of_the_words_gives_nothing(text: str):
    assert check(text, HIDDEN) == []


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), QUIET)
@settings(max_examples=200, deadline=None)
def test_no_company_is_too_odd(name: str, person: str, title: str, text: str):
    odd = Hidden((name,), (name,), name, (name,), (person,), (title,), (title,), (name,))
    check(f"{text} {name} {person} {title}", odd)


@given(st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-", " - ", "/", "\u00a0"]))
@settings(max_examples=200, deadline=None)
def test_any_french_mobile_number_is_found_however_it_is_grouped(number: int, between: str):
    digits = f"06{number:08}"
    text = "Appelez " + between.join(digits[at : at + 2] for at in range(0, 10, 2)) + " demain"
    assert [one.kind for one in contact_details(text)] == ["phone"]
