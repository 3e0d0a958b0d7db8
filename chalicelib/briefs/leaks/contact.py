"""Contact details, whoever's they are: what needs no secret to be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.briefs.leaks import numbers, words
from chalicelib.briefs.leaks.findings import Kind, Spot
from chalicelib.briefs.leaks.numbers import Number, Telling
from chalicelib.briefs.leaks.reading import Reading, bag

_TLD = (
    "agency|app|art|asso|be|biz|bzh|ca|ch|cinema|cloud|club|co|com|corsica|de|dev|digital|email|es|eu|film|films|fr|gg|group|"
    "info|io|it|link|live|lu|ly|mc|me|media|movie|net|news|online|org|page|paris|pictures|pro|production|productions|re|"
    "site|social|store|studio|studios|tech|tel|tv|uk|us|video|website|wiki|world|xyz"
)
#: Endings that are also words or bits of words: they count behind "www", a scheme or "@" only, or with a path.
_WORDLIKE_TLD = bag(
    """
    art be co de es film films it link live me media movie news page production productions re
    """
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_OPEN, _SHUT = r"[\[({<]?\s?", r"\s?[\])}>]?"
_DOT = rf"(?:\s{{0,2}}{_OPEN}(?:[.•·]|\bpoint\b|\bdot\b){_SHUT}\s{{0,2}}|[_-](?:dot|point)[_-])"
_HYPHEN = (
    r"(?:\s{0,2}[\[(]?(?:[-_]|\btiret(?:\s(?:bas|du\s(?:6|8|six|huit)))?\b|"
    r"\bdash\b|\bhyphen\b|\bunderscore\b)[\])]?\s{0,2})"
)
_AT = re.compile(
    r"\s{0,3}(?:[\[({<]\s?(?:@|a|at|chez|arr?obas[ez]?)\s?[\])}>]|@|\barr?obas[ez]?\b|\bat\s?sign\b|"
    r"[_-](?:at|arr?obas[ez]?)[_-])\s{0,3}"
)
_SPOKEN_AT = re.compile(r"\s(?:at|chez)\s")
#: Whoever has a letter box there needs no ending: "lea underscore m at gmail".
_PROVIDER = re.compile(
    r"(?:\s?@\s?|\s(?:at|chez|arr?obas[ez]?)\s)(?:gmail|hotmail|outlook|yahoo|icloud|proton\s?mail|wanadoo|laposte|gmx)\b"
)
_MAIL_CUES = bag("mail email courriel mel ecrire ecrivez ecris write writing reach adresse address boite inbox e")
_LOCAL = re.compile(
    rf"(?:[a-z0-9]{{1,40}}|(?<![a-z0-9])(?:[a-z0-9]\s){{2,40}})(?:(?:{_DOT}|{_HYPHEN}|\+)[a-z0-9]{{1,40}}){{0,4}}$"
)
_DOMAIN = re.compile(
    rf"(?:(?:[a-z0-9]\s){{3,40}}[a-z0-9]?|{_LABEL})(?:(?:{_DOT}|{_HYPHEN}|\s){_LABEL}){{0,4}}?{_DOT}(?:{_TLD})\b(?:\.[a-z]{{2}}\b)?"
)
_AFTER_AT = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,60}")
_HANDLE = re.compile(r"(?<![a-z0-9._-])@(?:\s?[a-z_][a-z0-9_.-]{2,60}|[0-9]{1,4}[a-z_][a-z0-9_.-]{3,60})")
_DISCORD = re.compile(r"\b[a-z][a-z0-9_.]{1,30}#[0-9]{4}\b")
_SCHEME = re.compile(
    r"\bh\s?[tx]\s?[tx]\s?p\s?s?\s?:\s?/\s?/\s?[^\s<>\"]{2,300}|\bwww\d?(?:\.|\s?(?:point|dot)\s)\s?[a-z0-9][^\s<>\"]{1,200}"
)
_SITE = re.compile(
    rf"(?<![a-z0-9@.-])(?P<name>{_LABEL}(?:\.{_LABEL}){{0,3}})\.(?P<tld>{_TLD})(?:\.uk)?(?![a-z0-9-])(?P<path>/[^\s<>\"]{{0,200}})?"
)
_DEFUSED_SITE = re.compile(
    rf"(?<![a-z0-9@.-])(?P<name>{_LABEL}(?:{_HYPHEN}{_LABEL}){{0,4}})"
    rf"(?P<dot>\s{{0,2}}[\[({{]\s?(?:\.|point|dot)\s?[\])}}]\s{{0,2}}|\s(?:point|dot)\s)(?P<tld>{_TLD})\b"
)
_NETWORK_NAME = re.compile(
    r"\b(?:insta(?:gram)?|twitter|tik\s?tok|facebook|linkedin|whats\s?app|telegram|skype|discord|snap(?:chat)?|bluesky|"
    r"mastodon|youtube|messenger|twitch|threads|vimeo)\b"
)
#: A name that only an account has, where a network is spoken of.
_AT_HANDLE = re.compile(r"(?:\bat\s)?(?<![a-z0-9_./-])[a-z0-9.]{2,30}_[a-z0-9_.]{2,40}\b")
_NETWORK = re.compile(
    r"\b(?:insta(?:gram)?|twitter|tik\s?tok|facebook|fb|linkedin|whats\s?app|telegram|skype|discord|snap(?:chat)?|bluesky|"
    r"mastodon|youtube|messenger|twitch|signal|threads|x|ig|vimeo)\b"
    r"(?:\s(?:est|c'est|is|sous|le|nom|de|pseudo|compte|as|under|handle|account|on|me)){0,5}\s?[:=@>-]{0,3}\s?"
    r"(?P<handle>[a-z0-9_][a-z0-9_.-]{3,40})"
)
#: "atelier.mistigri sur Instagram"; "mon insta si besoin : atelier.mistigri".
_DOTTED = r"(?P<handle>[a-z0-9]{2,20}(?:[._][a-z0-9]{2,20}){1,4})"
_ON_NETWORK = re.compile(
    rf"(?<![a-z0-9@/._-]){_DOTTED}\s(?:sur|on)\s(?:insta|twitter|tik|face|linked|tele|snap|blue|mast)"
)
_NETWORK_TOLD = re.compile(
    rf"\b(?:insta(?:gram)?|twitter|tiktok|facebook|linkedin|telegram|skype|discord|bluesky)\b[^.!?\n:]{{0,30}}:\s{_DOTTED}"
)
#: With spaces around its signs: "bit . ly / aube-rouge".
_SPACED = re.compile(
    rf"(?<![a-z0-9@.-])[a-z0-9-]{{2,40}}\s?\.\s?(?:{_TLD})\s?/\s?[a-z0-9_-]{{2,60}}(?:\s?/\s?[a-z0-9_-]{{2,60}})*"
)
#: With a path behind, any ending is one of an address.
_PATHED = re.compile(r"(?<![a-z0-9@./-])[a-z0-9-]{3,40}\.[a-z]{2,6}/[a-z][a-z0-9_./-]{3,80}")

#: Institutions that everybody in the trade refers to.
_INSTITUTIONS = frozenset(
    f"{name}.{tld}"
    for tld, names in {
        "fr": "cnc sacd scam afdas csa arcom procirep legifrance service-public gouv urssaf bnf inpi societe ina",
        "org": "wikipedia wga", "com": "imdb allocine", "uk": "bbc bfi gov writersguild",
    }.items()
    for name in names.split()
)  # fmt: skip
_PHONE_CUES = bag(
    """
    tel telephone telephoner phone appelez appeler appelle rappelez call ring mobile portable joindre joignable
    whatsapp sms texto text standard ligne fixe cell contactez numero dial
    """
)
_NOT_PHONES = bag(
    "isbn issn ean isan imdb code combinaison loto departements rcs siren siret tva vat timecode timecodes tc minutage"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d:\d\d(?::\d\d)?\b")
_REGISTER_CUES = bag(
    """
    siren siret rcs tva vat immatriculee immatricule immatriculation registration registered registre insee
    """
)
_DATES = re.compile(
    r"\b(?:[0-3]?\d\s?[/.-]\s?[01]?\d\s?[/.-]\s?(?:19|20)\d\d|[0-3]\d\s[01]\d\s(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)\b"
    r"|\b97[89][-\s]?(?:\d[-\s]?){9}\d\b"
)
_MONEY_AFTER = re.compile(
    r"\s?(?:€|k€|m€|\$|£|%|euros?\b|dollars?\b|eur\b|ht\b|spectateurs?\b|entrees?\b|vues?\b|habitants?\b|signes?\b|"
    r"exemplaires?\b|viewers?\b|people\b|copies\b|words\b|mots\b)"
)
_MONEY_BEFORE = re.compile(r"[€$£]\s?$")
_DIALLED = re.compile(r"0[1-9]\d{8}")
_FRENCH_ABROAD = re.compile(r"(?:00)?33(?:0?)[1-9]\d{8}")
_BRITISH = re.compile(r"0[1237]\d{9}")
_AMERICAN = re.compile(r"1?[2-9]\d\d[2-9]\d{6}")

STREET_TYPES = (
    "rue|r|avenue|av|ave|boulevard|bd|bld|blvd|boul|place|pl|quai|impasse|imp|allees?|all|chemin|ch|route|rte|cours|passage|"
    "square|sq|faubourg|fbg|fg|villa|cite|sentier|ruelle|esplanade|promenade|parvis|mail|venelle|montee|cour|voie|rond|zone"
)
ENGLISH_STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|court|square|sq|mews|close|terrace|gardens|gdns|row|hill|wharf|yard|"
    "walk|wk|quay|parade|crescent|cres|grove|way|works|wynd|arches"
)
_STREET = re.compile(
    rf"\b(?P<number>\d{{1,4}})(?:\s?(?:bis|ter|quater|[a-d]\b))?,?\s{{1,2}}(?:(?:{STREET_TYPES})\.?\s(?P<name>[a-z0-9'.\s-]{{2,50}})|"
    rf"(?P<english>(?:[a-z]+\s){{1,3}})(?:{ENGLISH_STREETS})\b)(?P<rest>[^\n]{{0,60}})"
)
_POSTCODE = re.compile(r"\b(?:f-?)?\d{2}\s?\d{3}\s[a-z]|\b[a-z]{1,2}\d{1,2}[a-z]?\s\d[a-z]{2}\b")
OFFICE_CUES = bag(
    """
    adresse bureaux bureau siege locaux installes installee installe situes situe venez retrouvez rendez passez
    rdv domicilies courrier boite office offices headquarters premises address located based come visit drop
    """
)


def spots(reading: Reading) -> Iterator[Spot]:
    """E-mails, phones, links, handles, registration numbers and postal addresses of anybody."""
    yield from _mail(reading)
    yield from _links(reading)
    yield from _handles(reading)
    yield from _numbers(reading)
    yield from _streets(reading)


def _spot(reading: Reading, kind: Kind, start: int, end: int) -> Spot:
    return Spot(kind, *reading.original(start, end))


def _mail(reading: Reading) -> Iterator[Spot]:
    text = reading.folded
    yield from _at_provider(reading)
    for pattern, sure in ((_AT, True), (_SPOKEN_AT, False)):
        for found in pattern.finditer(text):
            first = max(0, found.start() - 90)
            local = _LOCAL.search(text[first : found.start()])
            domain = _DOMAIN.match(text, found.end())
            if local and domain and (sure or _told(domain[0])):
                yield _spot(reading, "email", first + local.start(), domain.end())
            elif sure:
                after = _AFTER_AT.match(text, found.end())
                if not after:
                    continue
                led = reading.before(found.start() + 1, 1)
                determined = bool(led) and led[-1].text in words.DETERMINERS
                if found[0].strip().isalpha() and (determined or words.common(after[0])):
                    continue  # "son arobase tatouée"
                whole = local[0] if local else ""
                glued = found[0] == "@" and len(whole) > 0
                if glued and not (len(whole) >= 4 and len(after[0]) >= 5):
                    continue  # "P@scal" is a name in disguise
                if found[0].strip() != "@" or glued:
                    if len(found[0].strip()) <= 3 and not glued and len(after[0]) < 5:
                        continue
                    start = first + local.start() if local and glued else found.start()
                    yield _spot(reading, "email" if local else "handle", start, after.end())


def _at_provider(reading: Reading) -> Iterator[Spot]:
    """An address at one of those where everybody has one, without its ending."""
    text = reading.folded
    for found in _PROVIDER.finditer(text):
        first = max(0, found.start() - 90)
        local = _LOCAL.search(text[first : found.start()])
        if not local or local[0].isdigit():
            continue
        composed = re.search(r"[^a-z]", local[0].strip()) is not None
        cued = {word.text for word in reading.before(found.start() + 1, 8)} & _MAIL_CUES
        if composed or "@" in found[0] or "rob" in found[0] or (cued and words.rare(local[0])):
            yield _spot(reading, "email", first + local.start(), found.end())


def _told(domain: str) -> bool:
    return re.search(r"\bdot\b|\bpoint\b|\.(?:" + _TLD + r")\b", domain) is not None


def _links(reading: Reading) -> Iterator[Spot]:
    text = reading.folded
    for found in _SCHEME.finditer(text):
        yield _spot(reading, "url", found.start(), found.start() + len(found[0].rstrip(".,;:!?)'")))
    for found in _SITE.finditer(text):
        ending = reading.cased[found.start("tld") : found.end("tld")]
        if (
            (found["tld"] in _WORDLIKE_TLD and not found["path"] and not found["name"].startswith("www"))
            or (ending[0].isupper() and not ending.isupper())  # the next sentence, without its space
            or (found["tld"] not in ("com", "fr", "org", "net") and not found["path"] and words.common(found["name"]))
            or len(found["name"]) < 2
            or (f"{found['name'].removeprefix('www.')}.{found['tld']}" in _INSTITUTIONS and not found["path"])
            or found["name"].isdigit()
        ):
            continue
        yield _spot(reading, "url", found.start(), found.end())
    for found in _DEFUSED_SITE.finditer(text):
        bracketed = found["dot"].strip()[:1] in tuple("[({")
        said = found["name"].split()[-1]
        if bracketed or not (
            said in words.FUNCTION_WORDS or said in words.DETERMINERS or found["tld"] in _WORDLIKE_TLD
        ):
            before = reading.before(found.start(), 1)
            determined = bool(before) and before[-1].text in words.DETERMINERS
            if not bracketed and found["tld"] == "com" and (words.common(said) or determined):
                continue  # "faire un gros point com"
            yield _spot(reading, "url", found.start(), found.end())
    for pattern in (_PATHED, _SPACED):
        for found in pattern.finditer(text):
            yield _spot(reading, "url", found.start(), found.end())


def _handles(reading: Reading) -> Iterator[Spot]:
    text = reading.folded
    for pattern in (_HANDLE, _DISCORD):
        for found in pattern.finditer(text):
            yield _spot(reading, "handle", found.start(), found.end())
    for pattern in (_ON_NETWORK, _NETWORK_TOLD):
        for found in pattern.finditer(text):
            yield _spot(reading, "handle", found.start("handle"), found.end("handle"))
    for found in _AT_HANDLE.finditer(text):
        if _NETWORK_NAME.search(text, *reading.sentence(found.start())):
            yield _spot(reading, "handle", found.start(), found.end())
    for found in _NETWORK.finditer(text):
        handle = found["handle"].rstrip(".-")
        told = text[found.start() : found.start("handle")]
        marked = re.search(r"[a-z0-9][_.][a-z0-9]|\d", handle) and not handle.isdigit()
        if marked or (re.search(r"[:=@>]", told) and words.rare(handle) and len(handle) >= 5):
            yield _spot(reading, "handle", found.start("handle"), found.start("handle") + len(handle))


def _numbers(reading: Reading) -> Iterator[Spot]:
    dates = [found.span() for form in (_DATES, _CLOCK) for found in form.finditer(reading.folded)]
    for run in numbers.runs(reading):
        run = [number for number in run if not any(start <= number.at < end for start, end in dates)]
        first = 0
        while first < len(run):
            best = max(_dialled(reading, run, first), default=None)
            if best is None:
                first += 1
                continue
            until, kind = best
            yield _spot(reading, kind, run[first].at, run[until - 1].end)
            first = until


def _dialled(reading: Reading, run: list[Number], first: int) -> Iterator[tuple[int, Kind]]:
    start = run[first].at
    before = {word.text for word in reading.before(start, 6)}
    plus = reading.folded[max(0, start - 3) : start].rstrip(" (").endswith("+") or (
        bool(reading.before(start, 1)) and reading.before(start, 1)[-1].text == "plus"
    )
    if _MONEY_BEFORE.search(reading.folded, max(0, start - 3), start):
        return
    # A number that is spelt out without anything that announces it begins with a zero.
    announced = plus or not run[first].spoken or bool(before & (_PHONE_CUES | _REGISTER_CUES))
    for told in numbers.tellings(run, first, 15, lambda digits: announced or digits[0] == "0"):
        if len(told.digits) < 7:
            continue
        end = run[told.until - 1].end
        if _MONEY_AFTER.match(reading.folded, end):
            continue
        if _registered(reading, told, before, start):
            yield told.until, "siren"
        elif not _another_number(reading, start) and _a_phone(reading.folded[start:end], told, before, plus):
            yield told.until, "phone"


def _another_number(reading: Reading, start: int) -> bool:
    """Whether what a number is called last is no telephone: "SIREN 840 937 152, tél. 01 …" is one behind another."""
    for word in reversed(reading.before(start, 6)):
        if word.text in _PHONE_CUES:
            return False
        if word.text in _NOT_PHONES:
            return True
    return False


def _a_phone(written: str, told: Telling, before: set[str], plus: bool) -> bool:
    digits, pieces = told.digits, told.pieces
    if plus and 9 <= len(digits) <= 15:
        return True
    if _DIALLED.fullmatch(digits):
        years = re.search(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", written)
        return told.spoken or not years or pieces in ((2, 4, 4), (4, 2, 2, 2), (4, 3, 3), (4, 6))
    if _FRENCH_ABROAD.fullmatch(digits) and (digits.startswith("00") or len(pieces) > 3 or before & _PHONE_CUES):
        return True
    if _BRITISH.fullmatch(digits):
        return True
    if digits.startswith("00") and 11 <= len(digits) <= 15 and pieces[0] >= 2:
        return True
    if _AMERICAN.fullmatch(digits) and pieces[-3:] == (3, 3, 4) and re.search(r"[-.)]", written):
        return True
    if digits[0] == "0" and len(digits) == 9 and pieces == (2, 3, 2, 2):
        return True
    return (
        bool(before & _PHONE_CUES)
        and (8 <= len(digits) <= 13 or pieces == (3, 4))
        and len(pieces) < 8
        and not told.spoken
        and not (pieces[0] == 4 and re.match("19|20", digits))  # a year and what follows it
    )


def _registered(reading: Reading, told: Telling, before: set[str], start: int) -> bool:
    digits = told.digits
    if len(digits) == 11 and reading.folded[max(0, start - 3) : start].strip() == "fr":
        return True
    if len(digits) in (9, 14) and before & _REGISTER_CUES:
        return True
    return len(digits) == 14 and told.pieces in ((14,), (3, 3, 3, 5), (9, 5)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _streets(reading: Reading) -> Iterator[Spot]:
    for found in _STREET.finditer(reading.folded):
        before = {word.text for word in reading.before(found.start(), 8)}
        coded = _POSTCODE.search(reading.folded, found.start("number") + 3, found.end())
        if coded and not before & OFFICE_CUES and _of_a_story(reading, found):
            continue
        if coded or before & OFFICE_CUES:
            end = coded.end() if coded else found.end("english") if found["english"] else _name_end(reading, found)
            yield _spot(reading, "address", found.start(), max(end, found.start() + 1))


#: What stands at an address in a story, or happens there.
_HOUSED = bag(
    """
    maison immeuble appartement villa pavillon ferme manoir hotel boutique grenier cave tour famille house building flat
    family home mansion vit vivent habite habitent lives live dort meurt disparait lived vivait habitait ferme fermee
    abandonne abandonnee disparue stands stood loge logent logeait reside resident residait demeure emmenage squatte
    cache planque sequestre lodges lodged stays hides hidden hiding squats moves moved chambre loft cabanon grange
    peniche mas hangar squat commissariat ecole lycee cottage barn flatshare barge boarding school
    """
)
_SPEAKS = bag("nous notre nos vous votre je moi on our we us you your i my tel mail email contact societe company")


def _of_a_story(reading: Reading, street: re.Match[str]) -> bool:
    """Whether a house of a story has the address: "Au 3, rue de l'Église, 11100 Narbonne, une maison fermée"."""
    led = [word.text for word in reading.before(street.start("number"), 1)]
    said = reading.vocabulary(*reading.sentence(street.start("number")))
    return led in (["au"], ["at"]) and bool(said & _HOUSED) and not said & (_SPEAKS | OFFICE_CUES)


def _name_end(reading: Reading, found: re.Match[str]) -> int:
    """The last word of the street's name: the capitalised ones behind its type, small words between."""
    end = found.start("name")
    for word in reading.words:
        if word.at < found.start("name") or word.at >= found.end("name"):
            continue
        if word.capital or word.text.isdigit():
            end = word.end
        elif word.text not in words.JOINING:
            break
    return end if end > found.start("name") else found.end("name")
