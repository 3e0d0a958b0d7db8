"""The targeted broadcaster, by its name, by what the trade calls it, and by its slots.

A channel is also where works of reference were shown and what characters watch: named for that, it tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from chalicelib.briefs.leaks import words
from chalicelib.briefs.leaks.disguises import Sighting, name_words, sightings, unmistakable
from chalicelib.briefs.leaks.findings import Spot
from chalicelib.briefs.leaks.judgement import Candidate, candidate
from chalicelib.briefs.leaks.reading import Reading, bag
from chalicelib.briefs.leaks.surroundings import CHOOSES, REFERENCE


class Channel(NamedTuple):
    """`names` are nobody else's; `shared` are words of the language too, which count with a capital or a slot;
    `described` are what the trade says instead, which counts where a target or a slot is spoken of."""

    names: tuple[str, ...]
    shared: tuple[str, ...] = ()
    described: tuple[str, ...] = ()


_PUBLIC = (
    "le service public",
    "groupe public",
    "public broadcaster",
    "television publique",
    "public service",
    "chaine publique",
)
_CHANNELS = (
    Channel(
        ("TF1", "TF 1", "TF1+", "groupe TF1", "Téhéfun"), (), ("la une", "la premiere chaine", "la chaine de Bouygues")
    ),
    Channel(("TMC",), (), ()),
    Channel(("TFX",), (), ()),
    Channel(
        ("France 2", "FR2", "F2", "FTV", "France TV", "France Télévisions", "France Television"),
        (),
        ("la 2", "la deux", "antenne 2", "la deuxieme chaine", *_PUBLIC),
    ),
    Channel(
        ("France 3", "FR3", "F3", "FTV", "France TV", "France Télévisions"),
        (),
        ("la 3", "la trois", "la troisieme chaine", *_PUBLIC),
    ),
    Channel(("France 4", "F4", "Okoo", "Culturebox"), (), ("la 4", *_PUBLIC)),
    Channel(("France 5", "F5"), (), ("la 5", "la cinquieme", *_PUBLIC)),
    Channel(("France Télévisions", "France TV", "FTV", "francetv", "France Television"), (), _PUBLIC),
    Channel(("france.tv slash", "ftv slash", "france tv slash"), ("slash",), ()),
    Channel(("Outre-mer La 1ère", "La 1ère", "pôle outre-mer", "la premiere outre mer"), (), ()),
    Channel(
        ("Arte", "Arte France", "ArteTV"),
        (),
        ("la chaine franco allemande", "franco german channel", "la chaine culturelle", "la chaine europeenne"),
    ),
    Channel(("M6", "M6+", "groupe M6"), (), ("la 6", "la six", "la sixieme", "la petite chaine qui monte")),
    Channel(("W9",), (), ()),
    Channel(("6ter",), (), ()),
    Channel(("Téva",), (), ()),
    Channel(("Gulli",), (), ()),
    Channel(
        ("Canal+", "Canal plus", "C+", "Création Originale Canal", "Canalplus", "MyCanal"),
        ("Canal",),
        ("la chaine cryptee", "la quatrieme chaine", "la chaine payante"),
    ),
    Channel(("OCS", "Ciné+ OCS", "Ciné plus"), (), ()),
    Channel(("13e Rue", "13ème Rue", "Treizième Rue", "13th Street"), (), ()),
    Channel(("Polar+", "Polar plus"), (), ()),
    Channel(("TV5Monde", "TV5 Monde", "TV5"), (), ()),
    Channel(("Netflix", "NFLX"), (), ("le n rouge", "plateforme au n rouge", "big red n", "los gatos")),
    Channel(
        ("Prime Video", "Amazon Prime", "Amazon Prime Video", "Amazon Studios", "PrimeVideo", "Amazon Originals"),
        ("Prime", "Amazon"),
        ("la plateforme de bezos",),
    ),
    Channel(("Disney+", "Disney plus", "Disney"), (), ("la souris", "grandes oreilles", "the mouse house")),
    Channel(("HBO Max", "HBO", "Warner Bros Discovery", "WBD"), ("Max",), ()),
    Channel(("Apple TV", "Apple TV+", "Apple TV plus"), ("Apple",), ("la pomme", "cupertino")),
    Channel(("Paramount+", "Paramount plus", "Paramount", "P+"), (), ()),
    Channel(("RTBF",), (), ("la une", "la trois", "la television belge")),
    Channel(("RTS", "Radio Télévision Suisse"), (), ("la television suisse", "la chaine suisse")),
    Channel(("Radio-Canada", "ici télé", "tou.tv"), (), ()),
    Channel(("BBC One", "BBC 1", "BBC1", "BBC"), (), ("the beeb", "auntie")),
    Channel(("BBC Two", "BBC 2", "BBC2", "BBC"), (), ("the beeb",)),
    Channel(("BBC", "BBC One", "BBC Two", "BBC Three", "BBC Four", "iPlayer"), (), ("the beeb", "auntie")),
    Channel(("ITV", "ITV1", "ITVX", "ITV 1"), (), ()),
    Channel(("Channel 4", "C4", "Channel4"), (), ()),
    Channel(("Channel 5", "Channel5", "C5"), (), ()),
    Channel(("Sky Atlantic", "Sky Studios"), ("Sky",), ()),
    Channel(("C8",), (), ()),
    Channel(("NRJ 12",), (), ()),
    Channel(("TF1 Séries Films",), (), ()),
    Channel((), ("Peacock",), ()),
    Channel(("Hulu",), (), ()),
    Channel((), ("Salto",), ()),
    Channel(("ZDF",), (), ()),
    Channel(("Rai", "Rai 1", "Rai Uno"), (), ()),
    Channel(("RTÉ", "RTÉ One", "RTÉ Two", "RTÉ 1"), (), ()),
    Channel(("TG4",), (), ()),
    Channel(("S4C",), (), ()),
    Channel(("Paris Première",), (), ()),
    Channel(("Comédie+", "Comédie plus"), (), ()),
    Channel(("RMC Story", "RMC Découverte", "RMC"), (), ()),
    Channel(("VRT", "VRT 1"), (), ()),
    Channel(("RTL-TVI", "RTL TVI", "RTL"), (), ()),
    Channel(("ARD", "Das Erste"), (), ()),
    Channel(("SVT",), (), ()),
    Channel(("NRK",), (), ()),
    Channel(("Viaplay",), (), ()),
    Channel(("BritBox",), (), ()),
    Channel(("AMC", "AMC+"), (), ()),
    Channel(("CBC", "CBC Gem"), (), ()),
    Channel(("TVA",), (), ()),
    Channel(("MUBI",), (), ()),
)
#: Answers that name nobody.
_NOBODY = frozenset(
    {
        "autre diffuseur",
        "pas encore de diffuseur",
        "other",
        "none yet",
        "aucun",
        "none",
        "autre",
        "inconnu",
        "a definir",
    }
)

_TARGETED = bag(
    """
    vise visons visee vises visant cible ciblons ciblee ciblant destine destinee destines case cases slot slots
    prime access commande commandes commandee convention interesse interesses interessee interessees soumis
    soumettre pitch pitche pitchons pitcher presente presenterons diffuseur diffuseurs broadcaster commissioned
    commission commissioner greenlit greenlight target targeting targeted aimed aiming intended preachat prebuy
    preachete lecture unite conseillere conseiller retours feedback notes option developpement development
    developing negociation discussion discussions talks attend attendu lettre accord signe signed convaincre
    valide validee proposer propose proposee adresse positionne positionnee wants veut souhaite pitched pitching
    original originale originals calibre calibree remettre remise ordered asked requested veulent want client
    commanditaire demande demandee guichet guichets expects expect deliver livrer livrons rendre door diffusera
    diffusion acheteur acheteurs buyer buyers strand strands unit unite taille taillee tailles taillees viseur vue
    pencilled penciled earmarked slated scheduled options optioned optioning positionnement greenlighting
    programmation grille evenement offered offering offert proposons sell sold vendre vendu vendue goes going """
)
_FIRST_PERSON = bag("notre nos nous ns on our we us je j i my mon")
#: Single words that name a channel: where several are listed, it is of all of them that something is said.
_ANY_CHANNEL = bag("tf1 m6 arte netflix disney canal hbo itv bbc apple amazon hulu paramount sky rtbf w9 tmc")
_MINE = bag("je j i ai mon ma my")
#: What is made for a channel: "une mini-série pour Netflix".
_WORK = bag(
    """
    serie series film films unitaire collection documentaire documentary doc projet project format quotidienne
    drama comedy comedie pilote pilot show feuilleton telefilm episodes miniserie miniseries saison season polar
    thriller fiction programme emission docu developpement development animation sitcom
    """
)
#: What somebody did for a channel before.
_WORKED = bag("travaille worked bosse ecrit written wrote lectrice lecteur reader reading lu passe spent years ans")
_SHOWN = bag(
    """
    diffuse diffusee diffuses diffusees diffusait diffusion sorti sortie vue vu vus vues passe passait aired
    airing broadcast shown ran released succes carton replay rediffusion programmee comme like produite produit
    adaptee decouverte cultissime culte hit premiered originally creee cree
    """
)
_IN_STORY = bag(
    """
    journaliste journalistes presentateur presentatrice animateur animatrice regarde regardent regarder watch
    watches watching binge binges binging reporter reporters emission journal jt plateau television poste
    televiseur correspondant correspondante cameraman anchor presenter news newsreader stagiaire vedette star
    jeu camions camion zapping ecran telecommande crew van camera cameras micro air chanson dessin dessins
    chante fredonne princesse poster affiche pyjama mug figurine cartoon cartoons
    """
)
_PAST = re.compile(
    r"\b(?:19[4-9]\d|20[01]\d|202[0-4])\b|\bannees\s|\b(?:used\sto|autrefois|jadis|a\sl'epoque|il\sy\sa\s\w+\sans|fifties|sixties|seventies|eighties|nineties)\b"
)
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = (
    "janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|april|june|july|"
    "august|september|october|november|december"
)
#: "le lundi de …", "… mardi 21h10", "… on Mondays", "Sunday at nine".
_BEFORE_DAY = re.compile(
    rf"\b(?:{_DAYS}|{_MONTHS})s?\b"
    r"(?:[\s-](?:soirs?|nights?|evenings?|fiction|drama|strand|polar|serie|unitaire|\d{1,2}\s?h\s?\d{0,2}))*"
    r"\s(?:de\s|d'|sur\s|on\s|of\s|for\s|chez\s)?$"
)
_BEHIND_DAY = re.compile(
    r"(?:'s)?(?:\s(?:drama|fiction|prime|access|polar))?,?\s(?:(?:le|on|du|a|en)\s)?(?:[a-z]+\s)?(?:(?:le|on|du)\s)?"
    rf"(?:{_DAYS})s?\b"
)
#: "ITV 9pm", "TF1 21h10"
_HOUR = re.compile(r"(?:\s(?:access|prime|fiction|drama))?\W{1,3}(?:\d{1,2}[.:]?\d{0,2}\s?pm|\d{1,2}\s?h\s?\d{0,2})\b")
#: "… has it", "… has the first look", "… l'a en lecture", "… a une option dessus".
_HOLDS = re.compile(
    r"(?:\s(?:has|have|had|holds|got)\s(?:it\b|(?:the\s|a\s|an\s|our\s)?(?:first\s(?:look|refusal|option)|option|script))"
    r"|\s(?:l'a|l'ont|la\stient|le\stient|nous\ssuit|nous\sattend)\b|\sa\s(?:une\soption|la\smain|le\spremier\sregard))"
)
#: Before a channel that has a project to read: "out to …", "on submission with …", "entre les mains de …".
_OUT_TO = re.compile(
    r"\b(?:out\s(?:to|with|at)|(?:on|in)\ssubmission\s(?:to|with|at)|first[\s-]look\s(?:at|with|for)|under\soption\sat|"
    r"(?:entre\sles\smains|sur\sle\sbureau|dans\sles\stuyaux)\sde|en\slecture\s(?:chez|a)|parti[es]?\schez|envoye[es]?\s(?:a|chez))\s$"
)
_SLOT = re.compile(
    rf"\b(?:case|slot|creneau|rendez-vous|prime|soiree|fiction|polar|unitaire|serie)s?\b[^.!?\n,;]{{0,25}}?\b(?:{_DAYS})s?(?:[\s-](?:soir|night|evening)s?)?"
    rf"|\b(?:{_DAYS})s?[\s-](?:soir|night|evening|line-?up)s?(?:\s(?:slot|case|fiction|drama|a\s\d\dh\d{{0,2}}))?"
    r"|\b(?:case|slot|creneau)\s(?:de\s|du\s|des\s|d'|of\s)?(?:\d{1,2}\s?h\s?\d{0,2}|prime|access|avant-soiree|deuxieme|"
    r"premiere|second|\d{1,2}[ :.]?\d{0,2}\s?pm)[a-z -]{0,24}"
    r"|\b(?:\d{1,2}\s?h\s?\d{2}|[89]\s?pm)\s(?:slot|case)"
)


@lru_cache(maxsize=128)
def _channels(label: str) -> tuple[Channel, ...]:
    told = name_words(label)
    text = " ".join(told)
    if not told or text in _NOBODY:
        return ()
    found = [
        (len(name), channel)
        for channel in _CHANNELS
        for name in {" ".join(name_words(name)) for name in (*channel.names, *channel.shared)}
        if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text)
    ]
    if not found:
        return (Channel((re.split(r"[,(–—;|]|\s-\s", label)[0],)),)
    longest = max(length for length, _ in found)
    return tuple(dict.fromkeys(channel for length, channel in found if length == longest))


def spots(reading: Reading, broadcasters: tuple[str, ...], told: Iterable[Candidate]) -> Iterator[Spot]:
    """The channels that are `told`, and the slots: on their own they warn, beside a channel they block."""
    if not any(map(_channels, broadcasters)):
        return
    told = list(told)
    for one in told:
        yield Spot("broadcaster", *reading.original(one.start, one.end))
    sentences = {reading.sentence(one.start) for one in told}
    for slot in _SLOT.finditer(reading.folded):
        blocked = reading.sentence(slot.start()) in sentences
        if blocked or "case" in slot[0] or "slot" in slot[0]:
            yield Spot("broadcaster", *reading.original(slot.start(), slot.end()), "block" if blocked else "warn")


def candidates(reading: Reading, broadcasters: tuple[str, ...]) -> Iterator[Candidate]:
    for label in broadcasters:
        for channel in _channels(label):
            for names, sort in ((channel.names, "own"), (channel.shared, "shared"), (channel.described, "described")):
                for name in names:
                    told = name_words(name)
                    for one in sightings(reading, told):
                        here = reading.cased[one.start : one.end]
                        if re.search(r"\b(?:dell'|commedia )$", reading.folded[max(0, one.start - 9) : one.start]):
                            continue  # "commedia dell'arte"
                        plain = sort == "own" or not one.disguised  # "l'A6" is no disguise of "la six"
                        if plain and (len("".join(told)) > 2 or here[:1].isupper() or reading.hurried):
                            yield candidate(reading, "broadcaster", one, told, *_facts(reading, one, sort))


def _shows_a_work(reading: Reading, one: Sighting) -> bool:
    """Whether a work that the channel shows is named just before: "Baron Noir sur Canal+"."""
    before = reading.before(one.start, 2)
    if len(before) < 2 or before[-1].text not in ("sur", "on"):
        return False
    work, preposition = before
    quoted = any(mark in reading.folded[work.end : preposition.at] for mark in "'\"»”")
    return quoted or (work.capital and not reading.opens(work.at))


#: A length that only a project's own has: "4 x 52", "90 minutes".
_FORMATTED = re.compile(r"\b\d{1,3}\s?[x*]\s?\d{2,3}\b|\b(?:unitaire|one-off|miniserie|mini-serie|episodes)\b")
_MAKING = bag(
    "ecrit ecrite ecrits wrote written write made make fait faite concu concue built designed developed develop"
)


def _made_for(led: list[str]) -> bool:
    """Whether something was written, or thought up, for the channel: "we wrote it for …"."""
    for at, word in enumerate(led):
        if word in ("pour", "for"):
            return bool(set(led[:at]) & _MAKING)
    return False


def _facts(reading: Reading, one: Sighting, sort: str) -> Iterator[str]:
    yield sort
    start, end = reading.sentence(one.start)
    around = reading.vocabulary(start, end)
    before, after = reading.before(one.start, 9), reading.after(one.end, 6)
    near = {word.text for word in [*before, *after]}
    led = [word.text for word in before]
    shows = [word.text for word in reading.after(one.end, 1)] == ["diffuse"]
    slot = _SLOT.search(reading.folded, max(start, one.start - 60), min(end, one.end + 60)) is not None
    slot = slot or _HOUR.match(reading.folded, one.end) is not None
    led_by_day = _BEFORE_DAY.search(reading.folded[max(start, one.start - 45) : one.start]) is not None
    day = led_by_day or _BEHIND_DAY.match(reading.folded, one.end) is not None
    holds = _HOLDS.match(reading.folded, one.end) is not None
    out_to = _OUT_TO.search(reading.folded[max(start, one.start - 40) : one.start]) is not None
    targeted = bool(near & _TARGETED) or slot or shows or day or holds or out_to
    past = _PAST.search(reading.folded, start, end) is not None
    ours = bool(around & _FIRST_PERSON)
    small = not reading.cased[one.start].isupper()
    acts = reading.opens(before[-1].at if led[-1:] == ["la"] else one.start)
    acts = acts and bool({word.text for word in after[:2]} & (CHOOSES | {"nous", "us", "entre", "joins"}))
    work_for = led[-1:] in (["pour"], ["for"]) and bool(set(led[-6:-1]) & _WORK)
    for fact, told in (
        ("targeted", targeted), ("slot", slot), ("holds", holds or out_to), ("past", past),
        ("shown", bool(near & _SHOWN)),
        ("ours", ours), ("day", day), ("made_for", _made_for(led)),
        ("work_told", _FORMATTED.search(reading.folded, start, end) is not None),
        ("in_story", bool(near & _IN_STORY)), ("referred", bool(near & REFERENCE)),
        ("targeted_ours", targeted and ours), ("past_shown", past and bool(near & _SHOWN)),
        ("work_shown_on", _shows_a_work(reading, one)), ("spelt_out", sort == "own" and unmistakable(reading, one)),
        ("told_by", led[-1:] in (["de"], ["d"], ["of"], ["from"]) and bool(set(led[-3:-1]) & _IN_STORY)),
        ("mine_past", past and bool(around & _MINE)),
        ("among_channels", bool(near & _ANY_CHANNEL)), ("work_for", work_for),
        ("acts", acts), ("acts_ours", acts and ours), ("told_targeted", targeted and bool(near & _IN_STORY)),
        ("worked_for", bool(around & _MINE) and bool(set(led) & _WORKED)),
        ("targeted_in_sentence", bool(around & _TARGETED)),
    ):  # fmt: skip
        if told:
            yield fact
            yield f"{sort}:{fact}"
    if not targeted:
        yield f"{sort}:untargeted"
    if small and sort != "described":
        yield f"{sort}:small"
    if sort == "own":
        return
    if sort == "shared" and before and before[-1].text in words.DETERMINERS:
        yield "shared:determined"
    if reading.opens(one.start):
        yield f"{sort}:opens"
        if not targeted:
            yield f"{sort}:opens_untargeted"
    if sort == "described" and near & {"pour", "for"} and ours:
        yield "described:for_us"
