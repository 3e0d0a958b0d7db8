"""From a text in French or English to comparable terms.

    terms(text, language) -> list of terms, in the order of the text
    surfaces(text, language) -> {term: the word as it was written}
    readings(text, language) -> what is compared across languages: meanings, other terms, names

A term is a stem (Snowball) of a word folded to lower case without accents, ligatures and elisions; stop
words are left out. Folding comes before stemming so that "enquete", "ENQUÊTE" and "enquêtes" meet, typed
with or without accents. A text is read in the language its small words are in when that clearly is not the
declared one: people paste English into a French field. Other scripts are kept as they are; emoji and
punctuation disappear.

A reading puts the meaning in the place of a word that the lexicon has, so that "meurtre" meets "murder".
It adds proper names unstemmed, at half weight: each stemmer cuts "Jules" or "Paris" in its own way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import Any, NamedTuple

from chalicelib.matching import lexicon
from chalicelib.vocabulary.folding import APOSTROPHES, fold

#: Raised by hand when the same text gives other terms: what was made from the earlier ones is made again.
VERSION = "1"

#: What is read of one text. A pitch is 3,000 characters, a long synopsis 10,000; beyond that lies an
#: accident or an attack.
MAX_CHARACTERS = 20_000
#: A "word" without a space for longer than this is an address or noise.
MAX_WORD = 40
#: Marks a term that is a proper name, `@paris`; no stem contains it.
NAME = "@"

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ELISION = re.compile(r"^(?:qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|[cdjlmnst])'")
_STEMMERS = {"fr": "french", "en": "english"}

#: Stop words, written folded: without accents.
_FRENCH = """
a afin ai ainsi alors apres as au aucun aucune aupres auquel aussi autre autres aux avant avec avoir ayant
bien car ce ceci cela celle celles celui cependant certain certaine certaines certains ces cet cette ceux
chacun chaque chez comme comment contre dans de deja depuis des deux donc dont du durant elle elles en
encore enfin entre es est et etaient etait etant etc ete etes etre eu eux fait faire faut fois font furent
fut grace hors il ils ici je jusque la le les leur leurs lors lorsque lui ma mais malgre me meme memes mes
moi moins mon ne ni non nos notre nous on ont ou outre par parce parfois parmi pas pendant peu peut peuvent
plus plusieurs plutot pour pourquoi pourtant pres puis puisque quand que quel quelle quelles quelque
quelques quels qui quoi rien sa sans se selon sera seront ses si sien soit son sont sous souvent suis sur ta
tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes travers tres trop tu un une
va vers veut vient voici voila vont vos votre vous vu aujourd'hui aujourdhui
"""
_ENGLISH = """
a about above after again against all also am an and another any are around as at away back be became
because become becomes been before being between both but by can cannot come comes could did do does doing
don dont down during each either even ever every few find finds for from further get gets go goes had has
have having he her here hers herself him himself his how however i if in into is it its itself just like
made make makes many me might more most must my myself new no nor not now of off on once one only or other
others our out over own same she should since so some soon still such take takes than that the their them
themselves then there these they this those through to together too two under until up upon us very was way
we well were what when where whether which while who whom whose why will with within without would yet you
your
"""
#: Words of both languages that count as any other, for the weights were found with them, and tell nobody anything in a
#: list of what two texts share.
_LISTED_IN_VAIN = """
able abord actually ailleurs ait alentour allait aller almost alone along already although always anyone
anything appelle apprend arrive arriver asks aura aurait auront avaient avais avait avions beau beaucoup began
begin begins behind belle belongs beside best better bientot big bit bon bonne bref bring brings called came
cause certain cesse chose choses clear combien commence commencer commun compte continue cote coup cours croit
day days debut demande depart dernier derniere derniers desormais devait devenir deviennent devient devoir
dire dit doit doivent done donne donner dos early else end endroit ends enough entire environ eut everyone
everything exactement face facon fact faisait faite faites faits far fera fin finit first five fois force fort
four full fut gave genre give given gives good grand grande grands great gros guere half hand hands happen
happens hard haut heure heures hier high hour hours ici jamais jour journee jours juste keep keeps kept kind
knew know known knows large last late later least leave leaves left lendemain less let lieu life little live
lives loin long longer longtemps longue look looks lors lot main maniere matter mean means mere met mettre
middle mieux milieu mis mise moindre moins moitie moment moments monde mot mots moves moyen much name near
need needs neuf never next nobody nombre nothing nouveau nouvel nouvelle nouvelles nul nulle number old part
partie partout passe passer people petit petite petits place plein pleine plupart point pose possible pourra
pouvait pouvoir premier premiere premiers prend prendre presque propre puisse put puts quart quatre quite
quitte rather real really rencontre rend rendre reste rester retour retrouve retrouver return returns revient
right run runs said sait same savoir say says second seconde see seem seems seen semaine semaines semble sens
sept sert set sets seul seule seulement seuls seven short show shows side simple since sinon six small soir
soirs someone something sometimes soon sorte soudain start starts stay stays step suite suivre sujet surtout
taken tard tell tells temps ten tenir thing things think third three tient tiers time times today told
tomorrow took tot toutefois toward towards traverse tries trois trouve trouver true try turn turns twenty
twice used usual vers vie vieille vieux vite voir vois voit volonte voulait vouloir voulu vrai vraie vraiment
want wanted wants week weeks whole word words work works world would year years young
"""
STOP_WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
_SAY_LITTLE = frozenset(_LISTED_IN_VAIN.split())
#: Small words that only one of the two languages has: they tell which one a text is in.
_TELLING = {
    "fr": STOP_WORDS["fr"] - STOP_WORDS["en"] - {"son", "ton", "sure", "tout"},
    "en": STOP_WORDS["en"] - STOP_WORDS["fr"] - {"on", "or", "son", "an"},
}


def terms(text: str, language: str) -> list[str]:
    """The terms of a text, in order, repeated as often as they occur. An unknown language is read as French
    or English when its small words say so, else unstemmed."""
    words = _words(text)
    spoken = _language_of(words, language)
    return [term for term in (_term(spoken, word) for word in words) if term]


def surfaces(text: str, language: str) -> dict[str, str]:
    """For each term of the text, the lower-case word by which people recognise it: the most frequent form,
    then the first in alphabetical order."""
    words = _words(text)
    spoken = _language_of(words, language)
    forms: dict[str, Counter[str]] = {}
    for word in words:
        term = _term(spoken, word)
        if term:
            forms.setdefault(term, Counter())[_ELISION.sub("", word.casefold())] += 1
    return {term: min(counter.items(), key=lambda pair: (-pair[1], pair[0]))[0] for term, counter in forms.items()}


def says_much(word: str) -> bool:
    """Whether a word tells people anything in a list of words that two texts share."""
    return fold(word) not in _SAY_LITTLE


class Reading(NamedTuple):
    """One occurrence. `halves` is its weight in halves: 2 for a meaning or a term, 1 for a name, which its
    stem already counts. `word` is the lower-case word as written, without elision."""

    term: str
    halves: int
    word: str


def readings(text: str, language: str) -> list[Reading]:
    """What a text says in terms that both languages share, in order, repeated as often as it occurs. The
    language is found as in `terms`."""
    words = _words(text)
    spoken = _language_of(words, language)
    return [
        reading for place, word in enumerate(words) for reading in _readings(spoken, word, place > 0 and _named(word))
    ]


@lru_cache(maxsize=131_072)
def _readings(language: str, word: str, named: bool) -> tuple[Reading, ...]:
    term = _term(language, word)
    if not term:
        return ()
    written = _ELISION.sub("", word.casefold())
    folded = _ELISION.sub("", fold(word)).removesuffix("'s").replace("'", "")
    found = [Reading(each, 2, written) for each in lexicon.concepts(folded, term, language) or (term,)]
    if named:
        found.append(Reading(NAME + folded, 1, written))
    return tuple(found)


def _named(word: str) -> bool:
    """Whether a word inside a text is written as a proper name, elision aside."""
    elision = _ELISION.match(word.casefold()) if "'" in word else None
    return word[elision.end() if elision else 0].isupper()


def _words(text: str) -> list[str]:
    normal = unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).translate(APOSTROPHES)
    return [word for word in _WORD.findall(normal) if len(word) <= MAX_WORD]


def _language_of(words: list[str], declared: str) -> str:
    lowered = [word.casefold() for word in words]
    counts = {language: sum(word in telling for word in lowered) for language, telling in _TELLING.items()}
    other = max(counts, key=lambda language: (counts[language], language != declared, language))
    return other if counts[other] > 2 * counts.get(declared, 0) + 1 else declared


@lru_cache(maxsize=131_072)
def _term(language: str, word: str) -> str:
    """The term of one word, or "" for a stop word or a lone letter."""
    folded = fold(word)
    if folded in STOP_WORDS.get(language, ()):
        return ""
    if language == "fr":
        folded = _ELISION.sub("", folded)
    elif folded.endswith("'s"):
        folded = folded[:-2]
    folded = folded.replace("'", "")
    if len(folded) < 2 or folded in STOP_WORDS.get(language, ()):
        return ""
    stemmer = _stemmer(language)
    return folded if stemmer is None or not folded.isascii() else str(stemmer.stemWord(folded))


@cache
def _stemmer(language: str) -> Any:
    """The Snowball stemmer of a language, imported at its first use, or None where there is none."""
    if language not in _STEMMERS:
        return None
    import Stemmer

    return Stemmer.Stemmer(_STEMMERS[language])
