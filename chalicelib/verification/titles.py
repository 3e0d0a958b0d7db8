"""Whether a title that somebody claims and a title that a source has are of the same work.

    same_work(Title("Le Parrain 2", 1974, "film"), Title("Le Parrain, 2e partie", 1974, "film")).same -> True

A score says how close the titles are, whatever the years. `same` asks in addition for years and kinds:

- Years may differ by one: production, festival and broadcast fall into different ones. Farther apart the same title is
  a remake or a homonym.
- A year is that of the first season, unless the title states another. With a season stated on one side, its year may
  be as late as two years a season and two more allow, and as early as two seasons a year; an episode's number says
  likewise that there were two a year at least. A later year without a season is no proof: that is how remakes look.
- Without a year on one side, only titles that are equal count, of the same kind and of five letters at least.
- A film is no series. A single TV film passes for a film in one database and for a mini-series in another: it may be
  either. A season or an episode in a title makes it a series, whatever was ticked.
- Numbers decide: "X 2" is neither "X" nor "X 3". Only the first may go unsaid ("Dune", "Dune: Part One").
- A subtitle may be missing on one side in the same year; two different ones are two works, and so is a spin-off. A
  second title in brackets or behind a slash is one more title.
- A slip of the keyboard is forgiven inside long words, not where it makes another word: "Marion", "Marianne",
  "Cousin", "Cousine".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil
from typing import Literal, NamedTuple, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from chalicelib.verification.numerals import in_figures, number, rank
from chalicelib.vocabulary.folding import fold

Kind = Literal["series", "film", "single"]

#: What is read of a title, and how many other titles of a work: published ones stay below 300 characters.
MAX_CHARACTERS = 300
MAX_ALIASES = 50

#: How close two titles are, from the same words to a part of them. The lowest that counts as the same, and the lowest
#: where years or kinds leave a doubt.
EQUAL = 1.0
SPACED, REORDERED, SMALL_WORDS, ALTERNATIVE, FIRST_UNSAID = 0.98, 0.96, 0.95, 0.94, 0.93
SLIP, INITIALS = 0.9, 0.9
SUBTITLE = 0.88
LIKE, DOUBTFUL = 0.85, SMALL_WORDS

#: Years that a season may take at most, and seasons and episodes that a year has at most and at least.
YEARS_A_SEASON, YEARS_LATE, SEASONS_A_YEAR, EPISODES_A_YEAR = 2, 2, 2, 2
#: What "the last season" says: not the first, and seldom beyond the eighth.
LAST_SEASON = (2, 8)


@dataclass(frozen=True, slots=True)
class Title:
    """A work as somebody names it. `year` is that of its first showing, of a series that of its first season;
    `kind` is "series", "film" (for cinemas) or "single" (one TV film)."""

    title: str
    year: int | None
    kind: Kind | None
    original_title: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """`score` is the closeness of the two nearest titles, from 0 to 1; `year_distance` how many years lie between the
    two works as dated, None where one is not."""

    score: float
    same: bool
    year_distance: int | None


def same_work(claimed: Title, candidate: Title) -> Match:
    """Compares every title of the one with every title of the other; the nearest that count decide. Never raises,
    whatever the text; an empty title is like no other."""
    distance = None
    if claimed.year is not None and candidate.year is not None:
        distance = abs(claimed.year - candidate.year)
    best, same = 0.0, False
    for one, other in product(_readings(claimed), _readings(candidate)):
        score = _closeness(one, other)
        counts = score >= _needed(one, other)
        if (counts, score) > (same, best):
            best, same = score, counts
    return Match(score=best, same=same, year_distance=distance)


def of_the_series(title: str, kind: Kind | None) -> str:
    """What catalogues list a series under, as it is written: "Le Phare" of "Le Phare, saison 2" and "Le Phare S02E03".
    The whole title where it states no season or episode, or does so at its beginning."""
    raw = title[:MAX_CHARACTERS].strip()
    head, seasons, episode = _without_seasons(fold(raw), kind)
    if seasons is None and episode is None:
        return raw
    # Folding may change the number of letters, and never their order.
    return next((raw[:end] for end in range(1, len(raw)) if fold(raw[:end]) == head), raw)


# ---- reading a title

_Told = TypeVar("_Told", bound=str)


def _each(told: _Told, words: str) -> dict[str, _Told]:
    return dict.fromkeys(words.split(", "), told)


Words = tuple[str, ...]


class _Reading(NamedTuple):
    """A title taken apart. `segments` are the comparable words between colons and dashes; `seasons` and `episode` what
    it states of a series; `place` a country given as a distinction; `opening` the article it begins with, if any;
    `written` the words before any was left out; `initials` whether it may be some; `lead` what stands before its
    first comma; `most` the closeness that it may give at most."""

    segments: tuple[Words, ...]
    seasons: tuple[int, int] | None
    episode: int | None
    kind: str | None
    year: int | None
    place: str | None
    opening: str
    written: Words
    initials: bool
    lead: Words
    most: float

    @property
    def words(self) -> Words:
        return tuple(word for segment in self.segments for word in segment)


_DEFINITE = frozenset({"le", "la", "les", "l", "the"})
_INDEFINITE = frozenset({"un", "une", "a", "an"})
_OF = frozenset({"de", "du", "des", "d", "of"})
_PARTICLES = _OF | {"et"}
#: Left out beside a number: "Part II", "2e partie", "Volume 2", "n° 2" and "2" are the same.
_NUMBERED_BY = """
part parts partie parties vol volume volumes tome chapter chapters chapitre chapitres episode episodes volet acte
no numero
"""
_LABELS = frozenset(_NUMBERED_BY.split())
_SAME_WORDS = {
    "and": "et",
    "docteur": "dr",
    "doctor": "dr",
    "mister": "mr",
    "monsieur": "mr",
    "mrs": "mme",
    "madame": "mme",
    "mademoiselle": "mlle",
    "saint": "st",
    "sainte": "ste",
    "versus": "vs",
    "percent": "pct",
    "pourcent": "pct",
}

#: What a title or its brackets say of the kind, a version or a country, folded.
_KIND_WORDS: dict[str, Kind] = {
    **_each("film", "film, movie, le film, the movie, the film, long metrage, feature film"),
    **_each(
        "series",
        "serie, series, la serie, the series, serie tv, serie televisee, la serie tv, tv series, tv show, "
        "television series, mini-serie, mini serie, miniserie, mini-series, miniseries, tv mini series, "
        "limited series, feuilleton, integrale, l'integrale, web-serie, webserie",
    ),
    **_each("single", "telefilm, le telefilm, tv movie, tv film, television film, unitaire"),
}
_VERSIONS = _each(
    "version",
    "vf, vo, vost, vostfr, version longue, version restauree, version originale, version francaise, director's cut, "
    "inedit, remake, reboot, tv, television, cinema",
)
_PLACES = {
    **_each("us", "us, usa, u.s., etats-unis, american, version americaine, version us"),
    **_each("uk", "uk, u.k., gb, royaume-uni, british, version britannique, version uk"),
    **_each("fr", "france, fr, french"),
    **_each("ca", "quebec, canada, ca"),
    **_each("be", "belgique, belgium, be"),
    **_each("de", "allemagne, germany, de"),
    **_each("au", "australie, australia, au"),
    **_each("it", "italie, italy, it"),
    **_each("es", "espagne, spain, es"),
    **_each("ch", "suisse, switzerland, ch"),
    **_each("dk", "danemark, denmark, dk"),
    **_each("se", "suede, sweden, se"),
}

_YEAR = r"(?:18|19|20)\d\d"
_YEARS = re.compile(rf"(?:depuis |since )?({_YEAR})(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d|\?)?)?")
_BRACKETS = re.compile(r"(?P<before>\w?)[(\[](?P<inside>[^()\[\]]*)[)\]](?P<after>\w?)")
#: "8½" and "Alien³" are two words, and so is "Alien3".
_GLUED = re.compile(r"(?<=\w)(?=[¼½¾⅓⅔²³])|(?<=[^\W\d_]{3})(?=\d{1,2}\b)")
_GROUPED = re.compile(r"\b(\d{1,3})[ .,\u00a0\u202f](?=\d{3}\b)(?!(?:18|19|20)\d\d)")
_HALF = re.compile(r"(?<=\d)\s1[⁄/]2\b")
_PLACE_AT_END = re.compile(r"[\s,]+(U\.?S\.?A?\.?|U\.?K\.?)$")

#: What states a season or an episode. `number` is any word here, and has to be a number, `rank` an ordinal.
_RANGE = r"(?P<number>\w{1,12})\b(?:\s*(?:a|to|et|and|-|–|&|,)\s*(?P<until>\d{1,2})\b)*"
_SEASON = (
    re.compile(r"\bs(?:aison\s?)?(?P<number>\d{1,2})\s?[-.,:x]?\s?(?:episode|ep?)[. ]?\s?(?P<episode>\d{1,3})\b"),
    re.compile(r"\b(?P<number>\d{1,2})x(?P<episode>\d{2,3})\b"),
    re.compile(rf"\b(?:saisons?|seasons?|series|staffel)\s+(?:n[o°]\s*)?{_RANGE}"),
    re.compile(r"\b(?P<rank>\w{2,12})\s+(?:saison|season|series)\b"),
    re.compile(r"\bs\.?\s?(?P<number>\d{1,2})\b"),
)
#: Parts of what is known to be a series: a streaming service's word for a season.
_PART = (
    re.compile(rf"\b(?:parts?|parties?|volume|vol\.?|livre|book)\s+{_RANGE}"),
    re.compile(r"\b(?P<rank>\w{2,12})\s+partie\b"),
)
_EPISODE = (
    re.compile(r"\b(?:episodes?|ep\.?)\s*(?:n[o°]\s*|#\s*)?(?P<number>\w{1,12})\b"),
    re.compile(r"\be(?P<number>\d{1,3})\b"),
    re.compile(r"\b(?P<rank>\w{2,12})\s+episode\b"),
)
_PILOT = re.compile(r"(?<=[-:–—,] )(?:episode )?pilote?\W*$")
_LAST_SEASON = re.compile(r"\b(?:(?:derniere|final|last) (?:saison|season|series)|saison finale|season finale)\b")
_KINDS_AT_END = re.compile(r"[\s,:\-–—]+(le film|the movie|la serie|the series|le telefilm|la serie tv|l'integrale)$")

_SEPARATOR = re.compile(
    r"\s*(?:(?<!\d):|:(?!\d)|;|\||—|\s[-–/]+\s|[-–]\s|\s[-–]|[,\s]\s*\b(?:ou|or)\s*:)\s*|[,;]\s+(?:ou|or)\s+"
)
_ARTICLE_LAST = re.compile(r"^(?P<rest>.*\w.*),\s*(?P<article>le|la|les|l'|the|a|an|un|une)$")
_ARTICLE = re.compile(r"(?:le|la|les|l'|the|a|an|un|une)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_ELIDED = re.compile(r"\b(qu|[cdjlmnst])'(?=\w)")
_NUMERO = re.compile(r"(?:\bn\s?[°º]|\bno\.?|\bnumero|\bnumber|#)\s*(?=\d)")
_PERCENT = re.compile(r"\s*%|\b(?:pour|per) cent\b")
#: "M. Klein"; the letter alone is a title too ("M le maudit").
_MONSIEUR = re.compile(r"\bm\.\s*(?=[^\W\d_]{2})")
_HOURS = re.compile(r"(?<=\d)\s?h\b")
_WORD = re.compile(r"[^\W_]+")
_A_PLACE_FOLLOWS = frozenset({"la", "l", "le", "les"})


def _readings(title: Title) -> Iterator[_Reading]:
    """Each of its names, once; a season or a country that the title states holds for the others too."""
    names = [title.title, title.original_title or "", *title.aliases[:MAX_ALIASES]]
    first = _read(title.title, title.kind, title.year)
    for name in dict.fromkeys(name for name in names if name and not name.isspace()):
        for place, written in enumerate(dict.fromkeys((name, *_alternatives(name[:MAX_CHARACTERS])))):
            one = _read(written, title.kind, title.year)
            yield one._replace(
                seasons=one.seasons or first.seasons,
                episode=one.episode or first.episode,
                kind=first.kind or one.kind,
                place=one.place or first.place,
                most=ALTERNATIVE if place else EQUAL,
            )


def _alternatives(name: str) -> Iterator[str]:
    """The titles in "Dix pour cent (Call My Agent!)" and "Les Revenants / The Returned". A number in brackets is no
    addition, a lone word there may be anything."""
    brackets = _BRACKETS.search(name)
    if brackets and not (brackets["before"] or brackets["after"]) and not _numbered(brackets["inside"]):
        outside = f"{name[: brackets.start()]} {name[brackets.end() :]}"
        if _WORD.search(outside):
            yield outside
            if len(_telling(_comparable(_words(fold(brackets["inside"]))))) > 1:
                yield brackets["inside"]
    parts = [part for part in name.split(" / ") if _WORD.search(part)]
    if len(parts) > 1 and not any(_numbered(part) for part in parts):
        yield from parts


def _numbered(text: str) -> bool:
    return any(word.isdigit() for word in _comparable(_words(fold(text))))


@lru_cache(maxsize=16_384)
def _read(title: str, kind: str | None, year: int | None) -> _Reading:
    raw = title[:MAX_CHARACTERS].strip().replace("×", "x")
    place = None
    at_end = _PLACE_AT_END.search(raw)
    # "This Is Us" is no American version, nor is anything all in capitals.
    if at_end and raw != raw.upper():
        raw, place = raw[: at_end.start()], at_end[1].replace(".", "").casefold()[:2]
    text = _HALF.sub(" et demi", _GROUPED.sub(r"\1", fold(_GLUED.sub(" ", raw))[:MAX_CHARACTERS]))
    initials = sum(letter.isupper() for letter in raw) > 1 and " " not in raw

    found: dict[str, str] = {}
    text = _BRACKETS.sub(lambda bracket: _unbracketed(bracket, found), text)
    if found.get("year"):
        year = year if year is not None else int(found["year"])
    place = found.get("place", place)
    kind = kind or found.get("kind")

    text, seasons, episode = _without_seasons(text.strip(), kind)
    ending = _KINDS_AT_END.search(text)
    if ending and ending.start():
        text, kind = text[: ending.start()], _KIND_WORDS[ending[1]]
    if seasons or episode:
        kind = "series"

    pieces = [_article_first(piece) for piece in _SEPARATOR.split(text)]
    pieces = [piece for piece in pieces if piece not in _KIND_WORDS] or pieces
    written = [_words(piece) for piece in pieces]
    segments: list[Words] = []
    for words in written:
        comparable = _comparable(words)
        if segments and comparable and all(word.isdigit() for word in comparable):
            segments[-1] += comparable
        elif comparable:
            segments.append(comparable)
    if year is not None and segments and segments[-1][-1] == str(year) and sum(map(len, segments)) > 1:
        segments = [segment for segment in (*segments[:-1], segments[-1][:-1]) if segment]
    if not segments:
        segments = [tuple(_WORD.findall(text)) or tuple(text.split()) or tuple(fold(raw).split()) or (raw,)]
    first = written[0][0] if written[0] else ""
    opening = first if first in _DEFINITE | _INDEFINITE else ""
    before_comma, comma, _ = text.partition(", ")
    return _Reading(
        segments=tuple(segments),
        seasons=seasons,
        episode=episode,
        kind=kind,
        year=year,
        place=place,
        opening=opening,
        written=tuple(word for words in written for word in words),
        initials=initials,
        lead=_comparable(_words(before_comma)) if comma else (),
        most=EQUAL,
    )


def _unbracketed(bracket: re.Match[str], found: dict[str, str]) -> str:
    """What stays of brackets in a title: nothing of a year, a country or a kind; else their words, as a subtitle."""
    inside = bracket["inside"].strip()
    before, after = bracket["before"], bracket["after"]
    if before or after:
        return before + inside + after
    if _ARTICLE.fullmatch(inside):
        return f", {inside}"
    told: dict[str, str] = {}
    for part in (part.strip() for part in re.split(r"[,;]", inside)):
        # "série TV 2013", "US TV series", "film de 2005": a year and a country beside a kind.
        years = _YEARS.search(part)
        if years:
            told["year"] = years[1]
            part = re.sub(r"\s+(?:de|of)$", "", (part[: years.start()] + part[years.end() :]).strip())
        place, _, kind = part.partition(" ")
        if part in _PLACES:
            told["place"] = _PLACES[part]
        elif part in _KIND_WORDS:
            told["kind"] = _KIND_WORDS[part]
        elif place in _PLACES and kind in _KIND_WORDS:
            told |= {"place": _PLACES[place], "kind": _KIND_WORDS[kind]}
        elif part and part not in _VERSIONS:
            return f" {inside} " if inside.isdigit() else f" : {inside} : "
    found.update(told)
    return " "


def _without_seasons(text: str, kind: str | None) -> tuple[str, tuple[int, int] | None, int | None]:
    """The title of the series in "X saison 2", "X - S02E03 - Title", "saison 2 de X", and what else was said. What
    follows is the title of a season or an episode. A film has episodes and parts of its own ("Star Wars, épisode
    IV"): those stay in its title."""
    if kind == "film":
        return text, None, None
    marks = _stated(text, _SEASON + (_PART if kind == "series" else ()))
    seasons, episode = None, None
    spans = [mark.span() for mark, _ in marks]
    if marks:
        mark, first = min(marks, key=lambda stated: (stated[0].start(), -stated[0].end()))
        until = number(mark.groupdict().get("until") or "") or first
        seasons = (min(first, until), max(first, until))
        episode = number(mark.groupdict().get("episode") or "")
    elif last := _LAST_SEASON.search(text):
        seasons = LAST_SEASON
        spans.append(last.span())
    told = _stated(text, _EPISODE)
    spans += [mark.span() for mark, _ in told]
    if told:
        episode = episode or told[0][1]
    elif pilot := _PILOT.search(text):
        episode = episode or 1
        spans.append(pilot.span())
    if not spans:
        return text, None, None
    begins = min(begin for begin, _ in spans)
    head = text[:begins].rstrip(" ,:;.-–—/|(")
    if _WORD.search(head):
        return head, seasons, episode
    tail = re.match(r"\s*(?:de la |de |du |des |d'|of |[-:–—]\s*)(.*\w.*)", text[max(end for _, end in spans) :])
    return (tail[1], seasons, episode) if tail else (text, None, None)


def _stated(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[tuple[re.Match[str], int]]:
    """The first place where each of the patterns states a number, and the number."""
    found = []
    for pattern in patterns:
        for mark in pattern.finditer(text):
            told = mark.groupdict()
            value = rank(told["rank"]) if "rank" in told else number(told["number"])
            if value:
                found.append((mark, value))
                break
    return found


def _article_first(piece: str) -> str:
    """A catalogue's "bureau des legendes, le" → "le bureau des legendes"."""
    piece = re.sub(r"\s+,", ",", piece.strip()).strip(" .")
    last = _ARTICLE_LAST.match(piece)
    if not last:
        return piece
    gap = "" if last["article"].endswith("'") else " "
    return f"{last['article']}{gap}{last['rest']}"


def _words(piece: str) -> list[str]:
    piece = _DOTTED.sub(lambda letters: f" {letters[0].replace('.', '')} ", piece)
    piece = _MONSIEUR.sub("mr ", piece)
    piece = _HOURS.sub(" heures ", _PERCENT.sub(" pct ", _NUMERO.sub("numero ", piece)))
    piece = re.sub(r"[&+]", " et ", _ELIDED.sub(r"\1 ", piece)).replace("'", "")
    words = [_SAME_WORDS.get(word, word) for word in _WORD.findall(piece)]
    return _initials_joined(words)


def _initials_joined(words: list[str]) -> list[str]:
    """ "h p i" → "hpi": three letters alone in a row or more."""
    joined: list[str] = []
    row: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            row.append(word)
            continue
        joined += ["".join(row)] if len(row) > 2 else row
        row = []
        joined.append(word)
    return joined[:-1]


def _comparable(words: list[str]) -> Words:
    """Numbers in figures, without articles and the labels of numbers. Indefinite articles within count as "1", for
    that is how they are also written ("4 mariages et 1 enterrement")."""
    found = in_figures(words)
    kept = []
    for place, word in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else ""
        beside = word in _LABELS and (following.isdigit() or (place > 0 and found[place - 1].isdigit()))
        preposition = word == "a" and following in _A_PLACE_FOLLOWS
        leading = place == 0 and word in _INDEFINITE and following and not preposition
        if beside or leading or word in _DEFINITE:
            continue
        kept.append("1" if word in {"un", "une"} and place else word)
    # "les 2 parties ii": a Roman numeral becomes the last word where its label stood behind it.
    return tuple(kept) or tuple(found)


# ---- comparing


def _closeness(one: _Reading, other: _Reading) -> float:
    whole = _alike(_placed(one, other), _placed(other, one))
    if whole < LIKE:
        whole = max(whole, _rearranged(one, other))
    if one.opening and other.opening and _another_article(one, other, whole):
        whole = min(whole, LIKE - 0.05)
    return min(whole, one.most, other.most)


def _placed(one: _Reading, other: _Reading) -> Words:
    """The words without a country that the other has in brackets: "Skam France", "Skam (France)"."""
    words = one.words
    at_end = len(words) > 1 and not one.place and other.place and _PLACES.get(words[-1]) == other.place
    return words[:-1] if at_end else words


def _another_article(one: _Reading, other: _Reading, whole: float) -> bool:
    """Whether the articles make two titles: "Un secret" and "Le Secret" (of a longer title the article is easily
    mistaken), "Le Revenant" and "Les Revenants"."""
    openings = {one.opening, other.opening}
    if (one.opening in _DEFINITE) != (other.opening in _DEFINITE) and min(
        len(_telling(one.words)), len(_telling(other.words))
    ) < 2:
        return True
    return whole == SLIP and len(openings) == 2 and "les" in openings and "the" not in openings


def _alike(one: Words, other: Words) -> float:
    """Closeness of two titles word by word. Below LIKE it only ranks."""
    if not one or not other:
        return 0.0
    if one == other:
        return EQUAL
    if "".join(one) == "".join(other):
        return SPACED
    if _telling(one) == _telling(other) and _small_words_missing(one, other):
        return SMALL_WORDS
    if _first_dropped(one) == _first_dropped(other):
        return FIRST_UNSAID
    if _numbers(one) != _numbers(other):
        return min(0.6, _ratio(one, other))
    return SLIP if _slipped(one, other) else _ratio(one, other)


def _small_words_missing(one: Words, other: Words) -> bool:
    """Whether small words were left out rather than others put in their place: "Le Jour et la Nuit" is not "Le Jour de
    la nuit"."""
    short, long = sorted((one, other), key=len)
    remaining = iter(["de" if word in _OF else word for word in long])
    return all(("de" if word in _OF else word) in remaining for word in short)


def _rearranged(one: _Reading, other: _Reading) -> float:
    """Closeness of titles of which one has a part more, or the same parts in another order."""
    if len(one.segments) > 1 and sorted(one.segments) == sorted(other.segments):
        return REORDERED
    if len(one.segments) == len(other.segments) == 2 and one.segments[1] == other.segments[1]:
        # "Astérix : Mission Cléopâtre" of "Astérix et Obélix", "Terminator : Le Jugement dernier" of "Terminator 2"
        short, long = sorted((one.segments[0], other.segments[0]), key=len)
        if long[: len(short)] == short and len(_telling(one.segments[1])) > 1:
            return SUBTITLE
    return SUBTITLE if _part_of(one, other) or _part_of(other, one) else _initials_of(one, other)


def _part_of(short: _Reading, long: _Reading) -> bool:
    """Whether the one is the other without its subtitle or its end, in which no number may be: that is what tells a
    work from the others of its kind. Or whether it is its subtitle alone."""
    if len(short.segments) > 1:
        return False
    words = short.words
    for place, segment in enumerate(long.segments):
        rest = tuple(word for at, others in enumerate(long.segments) for word in others if at != place)
        enough = len(_telling(segment)) > 1 if place else not _numbers(rest)
        if rest and enough and _alike(words, segment) >= DOUBTFUL:
            return True
    begins = len(words) < len(long.words) and long.words[: len(words)] == words
    if not begins or _numbers(long.words, since=len(words)):
        return False
    # Without a colon: the title to its comma, or long enough to be known by its beginning.
    return (words == long.lead and len("".join(words)) > 4) or len(_telling(words)) > 2


def _initials_of(one: _Reading, other: _Reading) -> float:
    for short, long in ((one, other), (other, one)):
        if short.initials and len(short.words) == 1 and _is_initials(short.words[0], long.written):
            return INITIALS
    return 0.0


def _telling(words: Words) -> Words:
    """Without the small words that people drop or mistake; all of them where there is nothing else."""
    return tuple(word for word in words if word not in _PARTICLES) or words


def _first_dropped(words: Words) -> Words:
    return words[:-1] if len(words) > 1 and words[-1] == "1" else words


def _numbers(words: Words, since: int = 0) -> Counter[str]:
    """The numbers from a place on that tell works apart; "1" within a title is an article as often."""
    return Counter(
        word for place, word in enumerate(words) if place >= since and word.isdigit() and (word != "1" or not place)
    )


def _ratio(one: Words, other: Words) -> float:
    return 0.8 * fuzz.ratio(" ".join(one), " ".join(other)) / 100


def _is_initials(word: str, of: Words) -> bool:
    if len(word) < 3 or len(of) < 3:
        return False
    return word in {
        "".join(each[0] for each in of),
        "".join(each[0] for each in of if each not in _DEFINITE | _PARTICLES),
    }


def _slipped(one: Words, other: Words) -> bool:
    """Whether the one may be the other typed carelessly: one slip in a word, two in a long title."""
    letters = min(len("".join(one)), len("".join(other)))
    if letters < 8 or len(one) != len(other):
        return False
    pairs = [(mine, theirs) for mine, theirs in zip(one, other, strict=True) if mine != theirs]
    if len(pairs) > (1 if letters < 16 else 2):
        return False
    return all(_slip(mine, theirs, alone=len(one) == 1) for mine, theirs in pairs)


def _slip(one: str, other: str, *, alone: bool) -> bool:
    """One slip of the keyboard that does not make another word: a letter doubled or not, two exchanged, a plural, or
    one letter inside a long word. The last letter tells "Louise" from "Louisa" and, in a title of one word, "étudiant"
    from "étudiante"."""
    if any(letter.isdigit() for letter in one + other) or OSA.distance(one, other) != 1:
        return False
    short, long = sorted((one, other), key=len)
    sure = len(long) > (8 if alone else 6)
    if len(short) == len(long):
        if sorted(short) == sorted(long):
            return len(short) > 4
        return short[-1] == long[-1] and short[0] == long[0] and sure
    if long[:-1] == short:
        return len(short) > 3 if long[-1] in "sx" else long[-1] == "e" and sure and not alone
    if long == f"{short[:-1]}es" and short[-1] == "s":
        return sure and not alone
    added = next(place for place, letter in enumerate(long) if place == len(short) or letter != short[place])
    return added > 0 and ((long[added] == long[added - 1] and len(short) > 4) or sure)


# ---- years and kinds

_NEVER = 2.0


def _needed(one: _Reading, other: _Reading) -> float:
    """How close the titles of works of these years and kinds must be; more than 1 where nothing would do."""
    if one.place and other.place and one.place != other.place:
        return _NEVER
    kinds = {one.kind, other.kind}
    if kinds == {"series", "film"}:
        return _NEVER
    needed = DOUBTFUL if kinds == {"series", "single"} else LIKE
    if one.seasons and other.seasons and (one.seasons != other.seasons or one.episode != other.episode):
        return _NEVER
    if one.year is None or other.year is None:
        letters = min(len("".join(one.words)), len("".join(other.words)))
        certain = one.kind == other.kind is not None and letters > 4 and one.place == other.place
        return DOUBTFUL if certain else _NEVER
    if not _years_agree(one, other):
        return _NEVER
    stated = one.seasons or other.seasons or one.episode or other.episode
    if one.year != other.year and not stated:
        # What has no subtitle in one list and a neighbouring year may be the film before ("Hunger Games").
        needed = max(needed, SUBTITLE + 0.01)
    return needed


def _years_agree(one: _Reading, other: _Reading) -> bool:
    assert one.year is not None
    assert other.year is not None
    gap = one.year - other.year
    if bool(one.seasons) == bool(other.seasons) and bool(one.episode) == bool(other.episode):
        return abs(gap) <= 1
    later = one if one.seasons or one.episode else other
    gap = gap if later is one else -gap
    if later.seasons:
        first, last = later.seasons
        latest = 1 if last == 1 else YEARS_A_SEASON * (last - 1) + YEARS_LATE
        return (first - 1) // SEASONS_A_YEAR - 1 <= gap <= latest
    return -1 <= gap <= 1 + ceil((later.episode or 1) / EPISODES_A_YEAR)
