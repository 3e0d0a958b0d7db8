"""The company's names and initials, and its people's names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import numbers, words
from chalicelib.briefs.leaks.disguises import Sighting, name_words, sightings
from chalicelib.briefs.leaks.findings import Kind, Severity, Spot
from chalicelib.briefs.leaks.reading import Reading, Word, bag

_LEGAL_FORMS = bag(
    """
    eurl gie sa sarl sas sasu scop snc ste scic sca ltd limited llc inc plc gmbh srl sprl bv corp co
    """
)
#: What many companies of the trade are called besides their own name.
GENERIC = bag(
    """
    film films filmes production productions prod prods produzioni studio studios picture pictures media medias
    entertainment television tv cinema cine cinematographique audiovisuel audiovisuelle audiovisuelles groupe
    group company compagnie cie societe image images fiction fictions international europe france contenus
    content creation creations distribution associes associates et and fils freres les le la l de du des d the
    of
    """
)
_ADDED = bag(
    """
    film films production productions prod prods studio studios picture pictures media entertainment television
    tv cinema fiction fictions sas sasu sarl sa ltd group groupe company audiovisuel
    """
)
#: Said right before a company is named.
_BEFORE_COMPANY = bag(
    """
    chez cie compagnie societe boite maison produit produite produits produites production productrice
    producteur produced produces producer developpe developpee developed equipe team groupe group label studio
    studios company structure coproduit coproduction coproduced employeur presente presentent mandate mandatee
    bureaux locaux join rejoindre rejoignez bosse bosser bossons travaille travailler travaillons work working
    worked travaillais
    """
)
_THROUGH = bag(
    """
    par de d by at with of avec pour for from s appelle nomme called named la le l est is c les aux des
    """
)
#: In apposition: "Sillage, société indépendante".
_CALLED_A = bag(
    """
    societe boite maison production productions company producteur productrice producer studio
    """
)
_AUXILIARIES = bag(
    """
    is are nous a has m vous ont have est sont s l il elle on qui te who would will
    """
)
_DOES_FOR_US = bag(
    """
    confie mandate asked charge engage contacte contacted propose hired engages commande signe options rights
    """
)
_OURSELVES = bag("nous notre nos we our us je")
#: What only a company does.
_AFTER_COMPANY = bag(
    """
    produit produira produisait produisons produces produced producing developpe developpera developpons
    develops developed cherche recherche recrute recrutons embauche seeks hires hiring looking recruits
    recruiting coproduit finance optionne options optioned detient porte presente prod signe signera paie paiera
    paye repond repondra garantit enverra envoie gere prendra propose proposera souhaite souhaiterait aimerait
    remercie invite pays offers offer thanks sends wants would
    """
)
REFERENCE_CUES = bag(
    """
    veine esprit lignee maniere facon style reference references rappelle rappellent evoque evoquent influence
    influences inspire inspiree hommage echo echos reminiscent vein spirit recalls homage meets echoes tradition
    remake roman comedie piece pièce novel tragedie mythe myth adaptation relecture lecture cite citons cites
    citer quote quotes evoquer relire relisant revoir
    """
)
RANKS = bag(
    """
    commissaire inspecteur inspectrice capitaine lieutenant lieutenante commandant commandante brigadier
    adjudant colonel general sergent docteur dr professeur pr juge procureur maitre soeur frere pere mere abbe
    oncle tante detective inspector captain sergeant doctor judge father sister brother aunt uncle officer agent
    gendarme major colonelle personnage heros heroine hero character famille clan family veuve fils fille jeune
    vieux vieille petite petit young old cafe hotel rue navire bateau chalutier paquebot cargo voilier village
    hameau planete vaisseau train operation variant escadron boat ship trawler squadron bar restaurant bistrot
    lycee college ecole avenue place boulevard
    """
)
_CIVIL = bag("m mr mme mlle monsieur madame mademoiselle mister mrs ms miss me mm messieurs mesdames")
_AGE = (
    r"(?:\d{1,2}|(?:(?:"
    + "|".join(sorted(numbers.TENS))
    + r")[ -](?:et[ -])?)?(?:"
    + "|".join(sorted(numbers.NUMBER_WORDS, key=len, reverse=True))
    + "))"
)
#: What follows a character's name where it first appears: ", 40 ans", "(17)", ", trente-deux ans", "is nine".
AGED = re.compile(
    rf"\s?[,(]\s?(?:(?:age|agee|aged)\s)?{_AGE}(?:\s(?:ans|years?)\b|-year|\s?[,)])|\s(?:a|is|agee?\sde|aged)\s{_AGE}\b(?!\s(?:projets?|films?|series?))"
)
_APPOSITION = re.compile(r",\s(?:(?:le|la|un|une|the|an?)\s|l')(?P<noun>[a-z]+)(?:\s(?P<next>[a-z]+)[a-z' -]{0,40})?,")
_STAFF = bag(
    """
    productrice producteur producer productrices producteurs gerante gerant directrice directeur fondatrice
    fondateur founder presidente president dirigeante dirigeant associee associe patronne patron boss collegue
    collaboratrice collaborateur assistante assistant ceo manager head developpement development chargee charge
    litteraire equipe team colleague partner
    """
)
_ASK_FOR = bag(
    """
    dites dis tell contactez contacter contact contacts ecrivez ecrire ecris appelez appeler appelle rappelez
    demandez demander joindre joignez call ask write email mail reach signe signee signed cordialement
    sincerement best regards amicalement bises adressez envoyez send interlocutrice interlocuteur moi ici
    """
)
KNOWN_INITIALS = bag(
    """
    sa la tv us uk eu ue fr en vo vf hd id pr pdg sas usa fbi cia nasa onu adn dna cnc bd dvd vod svod sms gps
    sos vip pme rtt crs gign dgse dgsi samu chu irm sdf ado aka diy hlm ovni pc pv qg rh tgv ulm wc cv ok ai ia
    it tf ina csa bac cap ens hec pmu rer vhs art arc cdi cdd tva siren ext int
    """
)


class Name(NamedTuple):
    """`whole` is what the company is called, without its legal form; `cores` what tells it from others, the longest
    first; `strong` whether the whole says that it is a company; `initials` those of its words, small ones aside."""

    whole: tuple[str, ...]
    cores: tuple[tuple[str, ...], ...]
    strong: bool
    initials: str


@lru_cache(maxsize=256)
def _named(name: str) -> Name | None:
    whole = tuple(word for word in name_words(name) if word not in _LEGAL_FORMS) or name_words(name)
    if not whole:
        return None
    telling = [place for place, word in enumerate(whole) if word not in GENERIC and len(word) > 1]
    cores: list[tuple[str, ...]] = []
    if telling:
        core = whole[telling[0] : telling[-1] + 1]
        cores.append(core)
        cores += [(word,) for word in core if len(core) > 1 and len(word) > 3 and words.rare(word)]
    if len(whole) > 1 and whole[0] in ("les", "le", "la", "l", "the"):
        shorter = whole[1:]
        whole = shorter if len(shorter) > 1 or shorter in cores else whole
    strong = any(word in GENERIC and word not in words.FUNCTION_WORDS for word in whole) and len(whole) > 1
    initials = "".join(word[0] for word in whole if word not in words.FUNCTION_WORDS)
    return Name(whole, tuple(dict.fromkeys(cores)), strong, initials)


def company_spots(reading: Reading, names: tuple[str, ...]) -> Iterator[Spot]:
    for name in filter(None, map(_named, names)):
        told: list[tuple[int, int]] = []
        if name.strong:
            for one in sightings(reading, name.whole):
                told.append((one.start, one.end))
                yield _spot(reading, "company", one)
        for core in name.cores:
            for one in sightings(reading, core):
                if any(start <= one.start and one.end <= end for start, end in told):
                    continue
                severity = _company(reading, core, one)
                if severity:
                    yield Spot("company", *reading.original(one.start, one.end), severity)


def _company(reading: Reading, core: tuple[str, ...], one: Sighting) -> Severity | None:
    """How much a company's own word, found somewhere, tells of the company."""
    rare = any(words.rare(word) and len(word) > 2 for word in core)
    letters = "".join(core)
    if one.disguised:
        return "block" if len(letters) > 3 or rare else None
    if one.glued and (rare or len(core) > 1):
        return "block"
    here = _words_in(reading, one)
    before, after = reading.before(one.start, 5), reading.after(one.end, 4)
    shouted = reading.shouted(one.start)
    capital = not shouted and any(word.capital for word in here if word.text not in words.FUNCTION_WORDS)
    determined = bool(before) and before[-1].text in words.DETERMINERS and next_to(reading, before[-1].end, one.start)
    cued = _company_cue(reading, before, after, one)
    if _beside(after, one.end, reading) in _ADDED and (not determined or capital or rare):
        return "block"
    if determined and not capital and not shouted:
        return None
    if determined and capital and before[-1].capital and not shouted and not reading.opens(before[-1].at):
        # "à La Fabrique": an article with a capital amid a sentence is a part of a name.
        return None if longer(reading, [], after, one) or reading.quotation(one.start, one.end) else "block"
    if not cued and _described(reading, one.end):
        return None
    if _fictional(reading, before, one) or longer(reading, before, after, one):
        return "block" if cued and capital and not _fictional(reading, before, one) else None
    if reading.quotation(one.start, one.end) and not cued:
        return "warn" if capital else None
    if reference(before) and not cued:
        return None
    if rare:
        plural = here[-1].text not in (*core, letters) and here[-1].text.endswith(("s", "x", "e"))
        if plural and not cued and (reading.opens(one.start) or not capital):
            return None  # "Kestrels nest in the tower"
        if capital or cued or shouted or sum(word not in words.FUNCTION_WORDS for word in core) > 1:
            return "block"
        # In small letters, by somebody who otherwise uses capitals, it is a word that our lists lack.
        return "block" if not determined and not reading.capitals else None
    plain = all(words.common(word) or word in words.FUNCTION_WORDS for word in core)
    strange = any(word in words.first_names() or word in words.places() or word.isdigit() for word in core)
    if cued:
        return "block" if capital or shouted or not determined else None
    if plain and not strange and capital and not determined and before and len(core) == 1:
        # A common noun with a capital amid a sentence and nothing before it is somebody's name; behind another noun it
        # is that thing's name: "le variant Delta".
        last = before[-1].text
        if last in words.JOINING and last not in ("a", "de", "d", "et", "and", "for"):
            return "warn"
        named = (
            len(before) > 1
            and before[-2].text in words.DETERMINERS
            and last not in words.FUNCTION_WORDS
            and next_to(reading, before[-1].end, one.start)
        )
        return "warn" if named else "block"
    if plain and not strange and len(core) > 1 and sum(word.capital for word in here) > 1 and not shouted:
        return "block"
    return None


def _company_cue(reading: Reading, before: list[Word], after: list[Word], one: Sighting) -> bool:
    near = [word.text for word in before]
    while near and near[-1] in _THROUGH and len(near) > 1 and near[-2] not in _THROUGH:
        if near[-2] in _BEFORE_COMPANY:
            return True
        break
    if near and near[-1] in _BEFORE_COMPANY and near[-1] not in ("presente", "presentent"):
        return True
    if len(near) > 2 and near[-1] in _THROUGH and near[-2] in _THROUGH and near[-3] in (_BEFORE_COMPANY | _OURSELVES):
        return True
    if near and near[-1] in ("at", "by") and any(word.capital for word in _words_in(reading, one)):
        return True
    if len(near) > 1 and near[-1] in ("sommes", "are") and near[-2] in _OURSELVES:
        return True
    following = [word.text for word in after]
    if following and (following[0] in _AFTER_COMPANY or (following[0] in _CALLED_A and reading.folded[one.end] != " ")):
        return True
    # Who reads is spoken to, or "we" are: this is no story.
    if following and (following[0] in ("vous", "te") or set(following[:3]) & {"nous", "us", "we", "you"}):
        return True
    while following and following[0] in _AUXILIARIES:
        following.pop(0)
        if following and following[0] in _AFTER_COMPANY | _DOES_FOR_US:
            return True
    return False


def reference(before: list[Word]) -> bool:
    return any(word.text in REFERENCE_CUES for word in before)


def _fictional(reading: Reading, before: list[Word], one: Sighting) -> bool:
    if before and (before[-1].text in RANKS or before[-1].text in _CIVIL):
        return True
    if len(before) and before[-1].text in (
        "nomme",
        "nommee",
        "named",
        "prenomme",
        "prenommee",
        "surnomme",
        "surnommee",
    ):
        return True
    if re.match(r",\s(?:1[0-9]|20)\d\d\b", reading.folded[one.end : one.end + 8]):
        return True  # "Paname, 1943": where and when
    return AGED.match(reading.folded, one.end) is not None


def _described(reading: Reading, end: int) -> bool:
    """Whether an apposition says what a character is: "Langlois, le geôlier, …"; people of a company are told apart."""
    found = _APPOSITION.match(reading.folded, end)
    return found is not None and not {found["noun"], found["next"]} & (_STAFF | _CALLED_A)


def longer(reading: Reading, before: list[Word], after: list[Word], one: Sighting) -> bool:
    """Whether the words are part of somebody else's longer name: "Blade Runner", "Philip Marlowe", "Mer du Nord"."""
    if reading.shouted(one.start) or not any(word.capital for word in _words_in(reading, one)):
        return False
    gap = reading.folded[one.end : after[0].at] if after else ""
    if after and after[0].capital and re.fullmatch(r"[ '-]{1,2}", gap) and after[0].text not in _ADDED:
        return True
    if len(after) > 1 and after[0].text in words.JOINING and after[0].text not in ("et", "and", "for", "pour", "a"):
        nearest = next((word for word in after if word.text not in words.JOINING), None)
        if nearest and nearest.capital and re.fullmatch(r"[a-z '-]{2,14}", reading.folded[one.end : nearest.at]):
            return True
    if before and re.fullmatch(r"[ '-]{1,2}", reading.folded[before[-1].end : one.start]):
        last = before[-1]
        if last.capital and last.text not in words.FUNCTION_WORDS and last.text not in words.DETERMINERS:
            return not reading.opens(last.at) or last.text in words.first_names() or words.rare(last.text)
        if last.text in ("de", "du", "des", "d", "of") and len(before) > 1 and before[-2].capital:
            named = before[-2]
            return not reading.opens(named.at) and named.text not in GENERIC
    return False


def _words_in(reading: Reading, one: Sighting) -> list[Word]:
    return reading.between(one.start, one.end)


def next_to(reading: Reading, end: int, start: int) -> bool:
    return re.fullmatch(r"[\s'\"-]{0,2}", reading.folded[end:start]) is not None


def _beside(after: list[Word], end: int, reading: Reading) -> str:
    if after and next_to(reading, end, after[0].at):
        return after[0].text
    return ""


def _spot(reading: Reading, kind: Kind, one: Sighting) -> Spot:
    return Spot(kind, *reading.original(one.start, one.end))


# ---- initials


def acronym_spots(reading: Reading, acronyms: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Spot]:
    told = {"".join(name_words(acronym)): True for acronym in acronyms}
    for name in filter(None, map(_named, names)):
        told.setdefault(name.initials, False)
    for letters, given in told.items():
        if len(letters) < 2 or not re.search("[a-z]", letters):
            continue
        for one in sightings(reading, (letters,)):
            if _initials(reading, letters, one, given):
                yield _spot(reading, "acronym", one)


def _initials(reading: Reading, letters: str, one: Sighting, given: bool) -> bool:
    before, after = reading.before(one.start, 5), reading.after(one.end, 4)
    cased = re.sub(r"[^A-Za-z0-9]", "", reading.cased[one.start : one.end])
    upper = cased[: len(letters)].isupper() and not reading.shouted(one.start)
    cued = _company_cue(reading, before, after, one)
    ambiguous = letters in KNOWN_INITIALS or words.common(letters) or len(letters) < 3
    if not given:
        return upper and cued and len(letters) > 1
    if _beside(after, one.end, reading) in _ADDED and (upper or not ambiguous):
        return True
    determined = bool(before) and before[-1].text in words.DETERMINERS and next_to(reading, before[-1].end, one.start)
    if ambiguous:
        if letters in KNOWN_INITIALS:
            return upper and cued
        return (upper and (not determined or cued)) or (cued and not determined and len(letters) > 2)
    if one.disguised:
        return len(letters) > 3 or upper or cued
    return upper or cued or not determined or words.rare(letters)


# ---- people


class Person(NamedTuple):
    first: tuple[str, ...]
    last: tuple[str, ...]


_PARTICLES = bag("de du des d le la les von van der den di da del della el al ben ould mac mc o saint")


@lru_cache(maxsize=512)
def _person(name: str) -> Person | None:
    told = read_case(name)
    named = [(word, upper) for word, upper in told if word not in _CIVIL]
    if len(named) < 2:
        return Person((), (named[0][0],)) if named else None
    parts = [word for word, _ in named]
    shouting = [word for word, upper in named if upper and len(word) > 1]
    if shouting and len(shouting) < len(parts) and not named[-1][1]:  # "DURAND Claire"
        return Person(tuple(word for word in parts if word not in shouting), tuple(shouting))
    first = 1
    # "Jean-Pierre", "Marie Claire"
    hyphenated = re.match(r"\s*[^\s-]+((?:-[^\s-]+)+)\s", name)
    if hyphenated:
        first += hyphenated[1].count("-")
    first = min(first, len(parts) - 1)
    return Person(tuple(parts[:first]), tuple(parts[first:]))


def read_case(name: str) -> list[tuple[str, bool]]:
    from chalicelib.briefs.leaks.reading import read

    return [(word.text, word.upper) for word in read(name).words]


def people_spots(reading: Reading, people: tuple[str, ...]) -> Iterator[Spot]:
    for person in filter(None, map(_person, people)):
        if person.first:
            for order in ((*person.first, *person.last), (*person.last, *person.first)):
                for one in sightings(reading, order):
                    if one.disguised or _is_a_name(reading, one):
                        yield _spot(reading, "person", one)
            yield from _abbreviated(reading, person)
        for last in _surnames(person):
            for one in sightings(reading, last):
                if _surname(reading, person, last, one):
                    yield _spot(reading, "person", one)
        if person.first:
            for one in sightings(reading, person.first):
                if not one.disguised and _first_name(reading, one):
                    yield _spot(reading, "person", one)


def _is_a_name(reading: Reading, one: Sighting) -> bool:
    """ "Rose Marchand", not "la rose marchande"."""
    here = _words_in(reading, one)
    if any(word.capital for word in here) and any(
        not word.capital and words.common(word.text) and word.text not in _PARTICLES for word in here
    ):
        return False  # "Marie, petite dernière"
    if "," in reading.folded[one.start : one.end] and not all(word.capital or word.text in _PARTICLES for word in here):
        return False
    if one.glued or any(word.capital for word in here) or not all(words.common(word.text) for word in here):
        return True
    before = reading.before(one.start, 1)
    return not before or before[-1].text not in words.DETERMINERS


def _surnames(person: Person) -> list[tuple[str, ...]]:
    """The whole surname, and each half of a double one."""
    halves = [(word,) for word in person.last if len(person.last) > 1 and word not in _PARTICLES and words.rare(word)]
    bare = tuple(word for word in person.last if word not in _PARTICLES)
    return list(dict.fromkeys(filter(None, [person.last, bare, *halves])))


def _surname(reading: Reading, person: Person, last: tuple[str, ...], one: Sighting) -> bool:
    letters = "".join(last)
    rare = any(words.rare(word) for word in last)
    if len(letters) < 3:
        return False
    if one.disguised:
        return len(letters) > 4 and rare
    here = _words_in(reading, one)
    before, after = reading.before(one.start, 5), reading.after(one.end, 3)
    capital = any(word.capital for word in here if word.text not in _PARTICLES)
    shouted = reading.shouted(one.start)
    title = bool(before) and before[-1].text in _CIVIL and before[-1].text not in ("me",)
    if title and before[-1].text == "m" and reading.folded[before[-1].end : before[-1].end + 1] == "'":
        title = False  # "m'appelle"
    if before and before[-1].text in _PARTICLES and len(before) > 1 and before[-1].text in person.last:
        before = before[:-1]
    if before and (before[-1].text in person.first) and next_to(reading, before[-1].end, one.start):
        return True
    if before and before[-1].text in RANKS:
        return False
    if title:
        spelled = before[-1].text in ("monsieur", "madame", "mademoiselle", "mister", "miss")
        near = {word.text for word in [*reading.before(one.start, 8), *reading.after(one.end, 8)]}
        if not rare and spelled and not near & (_OURSELVES | {"vous", "you", "your", "votre", "vos"}):
            return False  # a character's neighbours are called by names that everybody has
        return capital or shouted or rare
    staffed = _staff_near(before)
    if (
        before
        and before[-1].capital
        and not shouted
        and re.fullmatch(r"[ -.]{1,2}", reading.folded[before[-1].end : one.start])
    ):
        other = before[-1].text
        if other in words.first_names() or (
            len(other) == 1 and not (person.first and person.first[0].startswith(other))
        ):
            return False
        if not reading.opens(before[-1].at) and other not in words.FUNCTION_WORDS and words.rare(other):
            return False
    determined = bool(before) and before[-1].text in words.DETERMINERS and next_to(reading, before[-1].end, one.start)
    if AGED.match(reading.folded, one.end) or _described(reading, one.end):
        return False
    if determined and before[-1].text in ("un", "une", "des", "a", "an"):
        return False  # "un Delacroix": a painting
    determined = determined or (here[0].text in words.DETERMINERS and not capital)
    if rare:
        if capital or staffed or shouted or _asked(before) or _company_cue(reading, before, after, one):
            return True
        return not determined and len(letters) > 3 and not reading.capitals
    return (
        (capital or shouted)
        and not determined
        and (staffed or _company_cue(reading, before, after, one) or _asked(before))
    )


def _staff_near(before: list[Word]) -> bool:
    near = [word.text for word in before[-3:]]
    return any(word in _STAFF for word in near) and any(word in _OURSELVES for word in near)


def _asked(before: list[Word]) -> bool:
    return bool(before) and any(word.text in _ASK_FOR for word in before[-2:])


def _abbreviated(reading: Reading, person: Person) -> Iterator[Spot]:
    """ "C. Durand", "Claire D.", "J.-P. Durand", "Durand C."."""
    initial = r"\.?[ -]{0,2}".join(re.escape(word[0]) for word in person.first)
    last = r"[ '-]{1,2}".join(map(re.escape, person.last))
    first = r"[ -]{1,2}".join(map(re.escape, person.first))
    short = next((word for word in person.last if word not in _PARTICLES), person.last[0])[0]
    for pattern in (
        rf"(?<![a-z0-9]){initial}\.?\s{{1,2}}{last}(?![a-z0-9])",
        rf"(?<![a-z0-9]){last}\s{{1,2}}{initial}\.",
        rf"(?<![a-z0-9]){first}\s{{1,2}}{re.escape(short)}(?:\.|(?![a-z0-9']))",
    ):
        for found in re.finditer(pattern, reading.folded):
            shown = reading.cased[found.start() : found.end()]
            letters = re.findall(r"[A-Za-z]+", shown)
            # "M. Klein" may be mister Klein; "Claire d." is nobody, "Claire a" is a sentence.
            if all(part[0].isupper() for part in letters if part.casefold() not in _PARTICLES or len(part) == 1):
                yield Spot("person", *reading.original(found.start(), found.end()))


def _first_name(reading: Reading, one: Sighting) -> bool:
    """A first name alone is anybody's, unless it is said whose."""
    here = _words_in(reading, one)
    if not here or not here[0].capital or reading.shouted(one.start):
        return False
    before, after = reading.before(one.start, 4), reading.after(one.end, 3)
    if after and after[0].capital and next_to(reading, one.end, after[0].at):
        return False
    near = [word.text for word in before]
    if near and (
        near[-1] in _ASK_FOR
        or (len(near) > 1 and near[-1] in ("a", "to", "with", "for", "c", "est", "is", "name") and near[-2] in _ASK_FOR)
    ):
        return not AGED.match(reading.folded, one.end)
    if _staff_near(before) or (len(after) > 1 and after[0].text in _OURSELVES and after[1].text in _STAFF):
        return True
    tail = reading.folded[one.end :].strip(" .!,-\n")
    if tail or not reading.opens(one.start):
        return False
    lead = reading.folded[: one.start].rstrip(" -–\n")
    return bool(lead) and (
        lead.endswith((",", "cordialement", "regards", "best", "bientot", "vous", "amicalement"))
        or "\n" in reading.folded[len(lead) : one.start]
    )
