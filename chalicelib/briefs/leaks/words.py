"""Which words are anybody's: common nouns, first names, places. And what a word of a title is called in the other
language.

The lists are the project's own: `words.tsv` pairs French words with English ones, `common.txt` and `everyday.txt` add
words that names are made of, `first_names.txt` and `places.txt` those that stories are peopled with and set in,
`famous.txt` those of myths, tales and history. They are read when first used.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from chalicelib.briefs.leaks.numbers import NUMBER_WORDS
from chalicelib.briefs.leaks.reading import bag, stemmer_of
from chalicelib.vocabulary.folding import fold

_ROOM = Path(__file__).parent

#: Words that carry no meaning of their own, folded.
FUNCTION_WORDS = bag(
    """
    a au aux avec ce ces cet cette chez d dans de des du elle elles en est et eux il ils j je l la le les leur
    leurs lui m ma mais me mes mon n ne nos notre nous on ou par pas pour qu que qui s sa sans se ses si son
    sont sur t ta te tes ton tu un une vers vos votre vous y an and are as at be but by for from has have he her
    his i if in into is it its me my no not of on or our she so than that the their them they this to us was we
    were what when which who will with you your
    """
)
#: Words before a common noun; a company is named without them, "chez Horizon".
DETERMINERS = bag(
    """
    le la les l un une des du d au aux ce cet cette ces mon ton son ma ta sa mes tes ses notre votre leur nos
    vos leurs quel quelle quels quelles chaque aucun aucune plusieurs quelques nouvel nouveau nouvelle premier
    premiere grand grande petit petite vieux vieil vieille autre autres bel beau belle meme tout toute de the a
    an this that these those my your his her its our their every each no any some of new first old whole
    """
)
#: Initials that stand for things everybody speaks of.
KNOWN_INITIALS = bag(
    """
    sa la tv us uk eu ue fr en vo vf hd id pr pdg sas usa fbi cia nasa onu adn dna cnc bd dvd vod svod sms gps
    sos vip pme rtt crs gign dgse dgsi samu chu irm sdf ado aka diy hlm ovni pc pv qg rh tgv ulm wc cv ok ai ia
    it tf ina csa bac cap ens hec pmu rer vhs art arc cdi cdd tva siren ext int
    rdv svp stp rsvp asap fyi btw nb ps tba tbc tbd eta cv
    nda faq cgu rgpd gdpr pdf dm bep bts dut iut lpo smic sncf ratp edf nhs mp gp pta lhr jfk
    """
)
#: Channels that everybody calls by their initials.
CHANNELS_INITIALS = bag(
    """
    lcp rts rtbf bbc itv hbo tmc tfx ocs rmc vrt rtl ard svt nrk amc cbc tva zdf rte cnn bfm rfi rai nbc cbs abc fox
    pbs lci tf1 m6 c8 w9
    """
)
ARTICLES = bag("le la les l un une des the a an")
JOINING = bag("de du des d la le les l et a au aux en of the and in for sur sous &")


def rare(word: str) -> bool:
    """Whether a folded word is no common noun, first name, place, known name or number: whoever reads it thinks of one
    thing."""
    return not (
        word.isdigit()
        or word in KNOWN_INITIALS
        or common(word)
        or word in first_names()
        or word in places()
        or word in famous()
    )


#: Endings of nouns, adjectives and verbs, in either language, the longest first.
_SUFFIXES = (
    "issements ements aient erent ation ement ments ment ions ant ent ees "
    "ing aux eux ait ons ais ies ied ers ee es ed er ez ai al el le ly s x e d r y"
)
_ENDINGS = tuple(_SUFFIXES.split())


@lru_cache(maxsize=8192)
def common(word: str) -> bool:
    """Whether a folded word is a common one, in most of its inflections."""
    if len(word) < 2 or word in FUNCTION_WORDS or word in DETERMINERS or word in _plain():
        return True
    for ending in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) > 2 and (base in _plain() or f"{base}e" in _plain() or f"{base}er" in _plain()):
            return True
    return False


def plain(word: str) -> bool:
    """Whether a folded word is in the lists of common ones as it is."""
    return word in _plain()


@lru_cache(maxsize=8192)
def stems(word: str) -> frozenset[str]:
    """The word without its endings, as French and as English has them. Three letters that are left of six or more are
    those of too many words: "marais" is none of "marier"."""
    told = (word, *_forms().get(word, ()))
    found = ((one, stemmer_of(language).stemWord(one)) for language in ("french", "english") for one in told)
    return frozenset(stem for one, stem in found if len(stem) > 3 or len(stem) >= len(one) - 2)


#: Words that have forms of their own, each with those.
_WITH_FORMS = """
    oeil yeux; ciel cieux; aieul aieux; man men; woman women; child children; foot feet; tooth teeth; goose geese;
    mouse mice; ox oxen; wolf wolves; life lives; wife wives; knife knives; leaf leaves; half halves; shelf shelves;
    thief thieves; calf calves; loaf loaves; hoof hooves; scarf scarves; elf elves; dwarf dwarves; sheaf sheaves;
    fireman firemen; fisherman fishermen; die dice; monsieur messieurs; madame mesdames; mademoiselle mesdemoiselles;
    dormir dort dors dorment; mourir meurt meurs meurent; vivre vit vivent vecu; faire fait font fais; dire dit
    disent; voir voit voient vu vue vus vues; vouloir veut veux veulent; savoir sait sais savent; tenir tient tiens
    tiennent; venir vient viens viennent; prendre prend prends prennent pris; perdre perd perds; attendre attend
    attends; entendre entend entends; rendre rend rends; vendre vend vends; descendre descend descends; mentir ment
    mens mentent; sortir sors sortent; partir pars partent; courir courent; boire boit
    boivent bu; croire croit crois croient; rire rit ris rient; suivre suit suivent; ecrire ecrit ecris ecrivent;
    lire lit lis lisent; naitre nait naissent ne nee nes nees; connaitre connait connaissent; disparaitre disparait
    disparaissent disparu; aller va vais vont; fuir fuit fuient; battre bat bats battent; mordre mord mords; craindre
    craint craignent; eteindre eteint eteinte eteints; peindre peint peinte; ouvrir ouvert ouverte ouvre ouvrent;
    offrir offert offerte offre; couvrir couvert couverte couvre; souffrir souffre souffrent;
    sleep slept; die died dying dies; tell told; say said; go went gone; come came; take took taken; see saw seen; know
    knew known; lose lost; find found; leave left; fall fell fallen; feel felt; fly flew flown; fight fought; forget
    forgot forgotten; give gave given; grow grew grown; hold held; keep kept; lay laid; lead led; lie lied lying; make
    made; meet met; pay paid; run ran; sing sang sung; sink sank sunk; sit sat; sell sold; send sent; shoot shot; speak
    spoke spoken; steal stole stolen; stand stood; swim swam; swear swore sworn; teach taught; think thought; throw
    threw thrown; wake woke woken; win won; wear wore worn; write wrote written; break broke broken; burn burnt burned;
    hide hid hidden; bite bit bitten; eat ate eaten; drink drank drunk; drive drove driven; begin began begun; buy
    bought; catch caught; build built; bring brought; choose chose chosen; dig dug; hear heard; read reading; rise rose
    risen; ring rang rung; shine shone; sweep swept; tear tore torn; weep wept; weave wove woven; bind bound; freeze
    froze frozen; hang hung; dream dreamt; spell spelt; spill spilt; smell smelt; learn learnt
    """


@cache
def _forms() -> dict[str, list[str]]:
    """For each form the words that have it."""
    found: dict[str, list[str]] = {}
    for line in _WITH_FORMS.replace("\n", " ").split(";"):
        word, *forms = line.split()
        for form in forms:
            found.setdefault(form, []).append(word)
    return found


@lru_cache(maxsize=2048)
def translations(word: str) -> frozenset[str]:
    """What a folded word is called in the other language, folded; empty for one that the lexicon lacks."""
    found: set[str] = set()
    for told in stems(word):
        found.update(_translated().get(told, ()))
    if not found and word.endswith(("ee", "ees")):  # "étranglée" is listed as "étranglé"
        return translations(word.removesuffix("s")[:-1])
    return frozenset(found)


def phrases(told: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What an expression that is not translated word by word is called in the other language, all folded."""
    return tuple(_phrases().get(told, ()))


@cache
def _phrases() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line in (_ROOM / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        french, english = (tuple(re.findall("[a-z0-9]+", side)) for side in fold(line).split("\t"))
        found.setdefault(french, []).append(english)
        found.setdefault(english, []).append(french)
        if len(english) == 2:  # "glow worm" and "glowworm"
            found[french].append(("".join(english),))
            found.setdefault(("".join(english),), []).append(french)
    return found


@cache
def first_names() -> frozenset[str]:
    return frozenset(_listed("first_names.txt"))


@cache
def places() -> frozenset[str]:
    return frozenset(_listed("places.txt"))


@cache
def famous() -> frozenset[str]:
    return frozenset(_listed("famous.txt"))


def _listed(file: str) -> list[str]:
    lines = (_ROOM / file).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in fold(line).split()]


@cache
def _rows() -> list[tuple[list[str], list[str]]]:
    rows = []
    for line in (_ROOM / "words.tsv").read_text(encoding="utf-8").splitlines():
        french, english = fold(line).split("\t")
        rows.append((french.replace("-", " ").split(), english.replace("-", " ").split()))
    return rows


@cache
def _plain() -> frozenset[str]:
    return frozenset(
        [
            *NUMBER_WORDS,
            *_listed("common.txt"),
            *_listed("everyday.txt"),
            *(word for row in _rows() for side in row for word in side),
        ]
    )


@cache
def _translated() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for french, english in _rows():
        for side, other, language in ((french, english, "french"), (english, french, "english")):
            for word in side:
                stem = stemmer_of(language).stemWord(word)
                # "amiante" is none of "ami", and what is left of it in the other language tells it as well.
                for key in (stem,) if stem in stems(word) else stems(word):
                    found.setdefault(key, set()).update(other)
    return found
