"""What stands around a passage that may name somebody, as short named facts.

    around(reading, start, end) -> {"through_before", "asks_reader", "company_verb_after", …}

Each is one observation; what they weigh together is `judgement`'s. The lists are closed classes of words: prepositions,
verbs that companies or synopses take, words of the trade, words that stories are made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from chalicelib.briefs.leaks import numbers, words
from chalicelib.briefs.leaks.reading import Reading, Word, bag

#: What companies of the trade add to their own name.
ADDED = bag(
    """
    film films production productions prod prods studio studios picture pictures media entertainment television
    tv cinema fiction fictions sas sasu sarl sa ltd group groupe company audiovisuel animation docs doc video pics
    documentaires originals pict pix ent fic anim bros brothers freres cie co sons fils associes partners distrib
    """
)
_COMPANY_NOUN = bag(
    """
    cie compagnie societe boite maison producteur productrice producteurs equipe team groupe group label studio
    studios company structure production productions employeur bureaux locaux coproducteur coproduction firm
    producer producers outfit house employer gens people prod prods indie indies banner
    """
)
_COMPANY_DOES = bag(
    """
    produit produits produite produites produced developpe developpee developped presente presentent mandate
    mandatee coproduit coproduced made fabrique fabriquee join rejoindre rejoignez bosse bosser bossons travaille
    travailler travaillons work working worked travaillais signe signee signed porte portee engage engages contacte
    contacted hired mene menee menes porte portes portees pilote pilotee pilotes pilotees conduit conduite
    led steered driven run
    """
)
_THROUGH = bag("par by at with avec chez for pour pr from")
_NAMES_ITSELF = bag(
    "sommes are appelle appelons nomme nommons called named suis jsuis am c cest est is its im this ici here"
)
_LINKS = bag("de d of la le les l est is des du s")
#: Verbs behind a name of which a company, or somebody who works, is the subject.
_COMPANY_VERB = bag(
    """
    produit produira produisait produces produced producing developpe developpera develops developed cherche
    recherche recrute embauche seeks hires hiring recruits recruiting coproduit finance finances optionne options
    optioned detient holds owns porte presente signe signera signs paie paiera paye pays repond repondra garantit
    guarantees enverra envoie sends gere handles prendra propose proposera offers offer souhaite souhaitent
    souhaiterait aimerait remercie thanks invite invites wants tient assure charge reglera regle attend attends
    prepare confie commande verse valide accueille collabore lance monte possede fournit relit recoit vient
    needs runs manages retains covers requires prefers believes expects represents employs provides licences
    commissions backs pilote accompagne soumet cede initie compte entend demande vise reste presents launches
    launching putting assembling building making looking setting preparing casting founded fondee fonde creee
    cree started defend defendons signent produisons produisent cherchons cherchent developpons developpent
    occupe coordonne supervise transmet transmettra rappelle rappellera confirme suggere coordinates oversees
    confirms suggests destine destinent reserve reservent envisage envisagent espere esperent negocie pitch pitche
    pitches boucle
    preparons montons lancons fabrique fabriquons ecrit makes develops
    """
)
_PRESENTS = bag("presente presentent presents propose proposent brings produit produisent produces signe signent")
_AUXILIARY = bag(
    "is are has have was were been be et ete est sont a ont will would s l vous nous te me deja can va already now"
)
#: What a company's name stands before: "a Harlan Grove original", "Lark's new show".
_WORK = bag(
    """
    original originals production coproduction series film films drama comedy documentary doc picture feature
    movie show debut slate project pilot miniseries serie premiere creation projet
    """
)
#: Where a name is written outside: "sonnez chez …", "ring …".
_DOOR = bag("ring sonnez sonner sonne interphone digicode buzzer buzz bell sonnette boite")
_WRITERS = bag("auteur auteurs autrice autrices writer writers scenariste scenaristes ses its notre our")
#: Before a street where somebody says that they are, or asks to come.
_AT = bag("on nous je j we i passe passez venez viens come meet retrouve rdv rendez sommes suis")
#: Before a word that is only cited as one: "le mot « marelle »".
_SAYING = bag("mot mots word words terme termes expression")
#: Before a character: "la petite qui joue Zéphyrine".
_PLAYS = bag("joue jouer jouent jouait incarne incarner plays playing played")
_CREW = bag("makers lot folks crew gang people team bande gens copains equipe")
#: ", as our English friends call us", ", comme on l'appelle ici": a name is behind.
_CALLED_US = re.compile(
    r"\s?['\"]?,?\s?(?:as\s(?:[a-z]+\s){1,4}call(?:s|ed)?\sus|comme\s(?:[a-z]+\s){0,4}(?:nous|on\snous)\sappell)"
)
_CALLED_IT = re.compile(
    r"\s?['\"]?,?\s?(?:as\s(?:it's|it\sis|we|they)\s(?:call(?:ed)?|known)|as\s(?:[a-z]+\s){1,4}calls?\sit|"
    r"comme\s(?:[a-z]+\s){0,4}(?:l'appel|on\sl'appel|il\ss'appel|elle\ss'appel))"
)
_TITLE_WORD = bag("label titre titres title titled titree intitule intitulee intitules entitled")
#: ", c'est nous", ", c'est le titre de travail": what is said of a name that was put first.
_THIS_IS = re.compile(r"\s?['\"]?\s?[,:-]\s?(?:c'est|c'etait|ce sera|ce sont|this is|it's|it is|that's|thats|cest|c)\s")
_COUNT = (
    r"(?:\d{1,3}|"
    + "|".join(sorted((*numbers.NUMBER_WORDS, "une", "un", "a", "douzaine"), key=len, reverse=True))
    + ")"
)
_FORMAT = re.compile(
    r"\d{1,3}\s?[x*]\s?\d{1,3}\b|\d+\s?(?:minutes|min|mn|episodes|')|"
    rf"\b{_COUNT}[\s-](?:fois\s|times\s)?(?:half[\s-]hours?|hours?|heures?|volets?|part(?:ie)?s?|episodes?|saisons?|"
    r"seasons?|minutes|films?|demi-heures)\b"
)
#: What stands between the parts of a line that tells of a project: "Title, drama, 6 x 52, Company."
_PART = re.compile(r"\s?(?:[,;:/|()\n]|[.!?](?=\s|$)|\s-\s)[\s)\"']*")
_ENDS_PART = re.compile(r"\s?(?:[.!?](?=\s|$)|\n)[\s)\"']*")
#: What a company may add to its name before the part ends: " films", " & co".
_TRADE_TAIL = re.compile(rf"(?:(?:[\s-]|\s?&\s?|\s(?:et|and)\s)(?:{'|'.join(sorted(ADDED))})\b){{1,2}}")
#: Behind a title that is told as one: "(working)", "(titre provisoire)", "(w.t.)".
_LABELLED = re.compile(
    r"\s?['\"]?\s?[(\[]\s?(?:working|titre|provisoire|title|w\.?\s?t\.?\W|tbc|nom\sde\s(?:code|travail)|code|oui|yes|"
    r"comme|as\sin|like\sthe)"
)
#: Behind somebody who works there: "Gwenola au développement", "Edwige (la prod)", "Sam from legal".
_ROLE = re.compile(
    r"'s\s(?:desk|office|inbox|attention|team|assistant)\b|,?\s(?:[(-]\s?)?(?:(?:a|au|aux|du|de|cote|from|in|on|en|charg[a-z]+|responsable|head)\s(?:de\s|of\s)?(?:(?:la|le|les|the)\s|l')?|"
    r"(?:la|le|les|the)\s|l'|(?<=[(-]))(?:prod|production|dev|developpement|development|compta[a-z]*|juridique|legal|"
    r"accounts|editorial|edition|bureau|office|fabrication|post-?prod[a-z]*|distribution|standard|direction|"
    r"administration|admin|com|attention|communication|presse|rh|hr|litteraire|business\saffairs)\b"
)
#: What characters do, and companies do not.
_CHARACTER_DOES = bag(
    """
    meurt decouvre apprend tombe aime deteste fuit disparait revient retrouve rencontre vit survit part quitte cache
    croit refuse tue trahit epouse perd pleure rit dort reve marche court boit mange ment vole vend herite cherche
    doit devient reste rentre arrive comprend soupconne accuse enquete enterre eleve grandit vieillit sait ignore
    emmene sauve emporte ramasse oublie ose danse chante nage couche accouche demenage hesite s se
    dies discovers learns falls loves hates flees vanishes returns finds meets lives survives leaves hides believes
    refuses kills betrays marries loses cries laughs sleeps dreams walks runs drinks eats lies steals sells inherits
    becomes stays arrives understands suspects accuses buries raises grows knows ignores saves forgets dares dances
    sings swims goes comes wakes wants gets keeps turns drives fights breaks climbs digs burns drowns now never
    """
)
_CHARACTER = bag(
    "personnage personnages character characters heroine heros hero protagoniste protagonist role narrateur narratrice "
    "narrator antagoniste antagonist villain mechant"
)
#: Before a work that others made: "the Welsh …", "la série danoise …".
_ELSEWHERE = bag(
    """
    welsh danish british swedish norwegian icelandic irish scottish italian spanish german american korean japanese
    israeli belgian canadian australian french gallois galloise danois danoise britannique suedois suedoise norvegien
    norvegienne islandais islandaise irlandais irlandaise ecossais ecossaise italien italienne espagnol espagnole
    allemand allemande americain americaine coreen coreenne japonais japonaise israelien israelienne belge canadien
    canadienne quebecois quebecoise australien australienne francais francaise anglais anglaise
    """
)
_OF_DATES = bag(
    """
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi
    vendredi samedi dimanche matin midi soir minuit printemps ete automne hiver january february march april may june
    july august september october november december monday tuesday wednesday thursday friday saturday sunday morning
    noon evening midnight spring summer autumn winter
    """
)
_BEFORE_DATES = bag(
    """
    en in de du fin debut mi jusqu des by until since depuis le ce every chaque on this next last early late mid end
    courant avant apres before after from for of au pour d
    """
)
#: Behind a number that is a date's or a count's.
_DATE_GOES_ON = re.compile(
    r"\s(?:(?:au|to|et|and|ou|or)\s\d{1,2}\s)?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    r"novembre|decembre|january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
#: Amid others of its sort: "Brume, marée, moteurs".
_LISTED = re.compile(r",\s(?:[a-z']+\s){0,2}[a-z']+(?:,\s|\s(?:et|and|ou|or)\s|\s?[:.])")
_AFTER_SIGN = re.compile(r"\s?['\"]?\s?[,:(=-]\s?")
_US_BEFORE = re.compile(
    r"\b(?:nous|we|us|notre (?:societe|boite|maison)|our (?:company|firm))\s?[,:(-]\s?(?:(?:le|la|les|the)\s|l')?$"
)
_DASHED = re.compile(r"\s-\s(?P<inside>[^\n]{3,60}?)\s-\s")
_TRADE = bag(
    """
    societe producteur productrice producteurs producer producers production company option options optionne
    optioned mandat case diffuseur broadcaster rights droits slate titre title projet project contrat contract
    bible pilote pilot developpement development ecriture remuneration fee fees honoraires devis facture invoice
    delivery livraison calendrier budget commande commission mission collaboration collaborer signature relecture
    traitement aide subvention financement convention coproduction coproducteur note notes script scenario
    dossier editor candidature profil cv rendez rdv meeting call visio tournage
    """
)
_STAFF = bag(
    """
    productrice producteur producer productrices producteurs gerante gerant directrice directeur fondatrice
    fondateur founder president dirigeante dirigeant associee associe boss collegue collaboratrice
    collaborateur assistante assistant ceo manager head developpement development chargee charge litteraire
    equipe team colleague partner executive salarie salaries salariee salariees employe employes employees
    attention interlocuteur interlocutrice referent referente contact
    """
)
_ASK_FOR = bag(
    """
    dites dis tell contactez contacter contact contacts ecrivez ecrire ecris appelez appeler appelle rappelez
    demandez demander joindre joignez call ask write email mail reach signe signee signed cordialement
    sincerely best regards amicalement bises adressez envoyez send interlocutrice interlocuteur moi ici from
    demande parler parlez adresse howya hiya hey bonsoir merci thanks bonjour hello hi
    sincerement salut slt coucou cc bjr vois voyez msg ping dmd fais
    """
)
#: Before whoever is written to: "Merci Marc, …", "Dear Ana,".
_GREETS = bag(
    "merci bonjour bonsoir cher chere dear hi hello hey salut coucou thanks you desole desolee sorry bravo ok oui"
)
_WE = bag("nous ns notre nos we our us ours")
_I = bag("je j jte jsuis moi mon ma mes i im my me")
_YOU = bag("vous vs votre vos tu te t toi ton ta tes stp svp you u your ur yours pls")
REFERENCE = bag(
    """
    veine esprit lignee maniere facon style reference references rappelle rappellent evoque evoquent influence
    influences inspire inspiree hommage echo echos reminiscent vein spirit recalls homage meets echoes tradition
    compare comparer compares comparable comparables comparison comparaison semblable similar
    remake roman comedie piece novel tragedie mythe myth adaptation relecture lecture cite citons cites citer
    quote quotes evoquer relire relisant revoir pense think
    """
)
_RANK = bag(
    """
    commissaire inspecteur inspectrice capitaine lieutenant lieutenante commandant commandante brigadier
    adjudant colonel general sergent docteur dr professeur pr juge procureur maitre soeur frere pere mere abbe
    oncle tante detective inspector captain sergeant doctor judge father sister brother aunt uncle officer agent
    gendarme major colonelle personnage heros heroine hero character famille clan family veuve fils fille jeune
    vieux vieille petite petit young old ingenieur marechal roi reine saint sainte comte comtesse duc lord lady
    operation variant escadron squadron mission planete vaisseau dieu deesse lune constellation the
    """
) - {"the"}
_PLACE_NOUN = bag(
    """
    foret gare rue place quai pont chateau citadelle village ville hameau ile lac mont montagne vallee rivage
    plage port hotel cafe restaurant bar bistrot lycee college ecole avenue boulevard route chemin abbaye ferme
    domaine station metro quartier paroisse prison hopital navire bateau chalutier paquebot cargo voilier train
    forest street bridge castle town island lake valley beach harbour road lane church farm school prison
    hospital ship boat trawler park square river house avenue commune plateau phare lighthouse baie bay
    """
)
_PLACE_AFTER = _PLACE_NOUN | bag("forest days day moor hills woods dock docks lock wharf tower gate market")
_IN = bag("a au aux en dans sous sur vers in at on near under into to through across around entre between pres of")
CIVIL = bag("m mr mme mlle monsieur madame mademoiselle mister mrs ms miss mm messieurs mesdames")
_INDEFINITE = bag("un une des a an some any deux trois two three plusieurs quelques ce cette this that these")
_NAMED = bag("nomme nommee named prenomme prenommee surnomme surnommee baptise baptisee appele appelee dubbed")
NAMING = bag("intitule intitulee intitules titre titres titled entitled title called codename appelons appelle")
ABOUT = bag(
    """
    serie projet project film bible pilote pilot script scenario dossier episode episodes saison season show
    synopsis traitement treatment adaptation tournage series drama feature minisserie miniserie telefilm
    unitaire developpement development developpe developing travaille travailler working sequencier arche pitch
    version ecriture writing teaser ep eps lu relu lire relire lisez lis read reread droits rights option
    """
)
#: What a title does in a synopsis.
_TELLS = bag(
    """
    suit suivra raconte racontera explore explorera parle commence se s interroge plonge dresse reunit retrace
    melange mele debute demarre met brosse deroule ouvre entrelace alterne adapte revisite traverse imagine
    entremele croise ausculte sonde scrute chronique decrit depeint relate narre questionne aborde evoque
    follows tells explores begins opens takes cuts moves unfolds charts traces tracks spans asks imagines turns
    blends weaves interweaves alternates dives centres centers revolves retells plays examines depicts chronicles
    will sera entre avance passe inspire situe
    """
)
_GENRE = bag(
    """
    thriller polar drame drama comedie comedy serie series miniserie saga adventure aventure chronique chronicle
    fiction film unitaire mystery mystere conte tale western whodunnit romance fresque feuilleton titre title
    episodes part parter hander satire fable tragedie tragedy story histoire project projet quotidienne
    hebdomadaire documentaire documentary docu doc docuserie feature show sitcom programme programmes magazine
    divertissement emission jeu game collection anthologie anthology portraits telefilm animation factual soap
    musical metrage format prime talk reality heist procedural farce huis
    policier policiere thrillers polars comedies drames fantastique horreur horror suspense espionnage biopic
    anticipation dystopie dystopia melodrame melodrama dramedy vaudeville parodie parody docufiction docudrama
    mockumentary fantasy slasher western telenovela shortcom webserie volet volets trilogie trilogy tetralogie
    diptych diptyque triptyque pastorale odyssee romcom teenmovie spinoff prequel sequel opus
    """
)
_YOURS = bag("votre vos ton ta tes your")
_ON_THE_PAGE = bag(
    """
    scene scenes page pages acte act plan dialogue dialogues sequence sequences replique repliques personnage
    personnages character characters subplot arc intrigue prologue epilogue plot beat beats twist flashback
    midpoint ending heroine protagonist protagoniste line lines
    """
)
_OF_A_STORY = bag(
    """
    homme femme mere pere fille fils enfant enfants soeur frere policier policiere enquete disparition mort
    meurtre decouvre decouvrent cache disparait couple veuve amant fuit revient woman man mother father daughter
    son child children sister brother police murder dead death disappears discovers widow killer detective lover
    girl boy finds secret body corpse cadavre corps guerre war wife husband mari epouse orphelin village villa
    """
)
#: What a channel does with a project, or a work with its public.
CHOOSES = bag(
    """
    veut voudrait wants asked demande dit said adore aime suit prend picked picks passed took takes reprend commande
    ordered reclame exige souhaite hesite valide validated cherche seeks bought buys achete lit repond accepte refuse
    attend croit relance renouvelle confirme confirmed likes loves soutient porte decide decides repousse pushed
    """
)
_PLURAL = bag("les des nos mes ses vos ces leurs")
#: Verbs in the third person of the singular that French synopses have behind a title.
_ONE_DOES = bag(
    """
    suit suivra raconte racontera explore explorera parle commence interroge plonge dresse reunit retrace mele
    demarre met brosse ouvre alterne adapte revisite traverse imagine est sera a aura avance etait avait compte
    comptera dure durera comporte
    """
)
_PREPOSITION = bag(
    """
    sous sur dans entre apres avant sans contre derriere devant depuis pendant loin hors vers chez under behind after
    before beneath without between beyond below above over against
    """
)
_PAST_YEAR = re.compile(r"1[0-9]\d\d|20[01]\d")
_AGE = (
    r"(?:\d{1,2}|(?:(?:"
    + "|".join(sorted(numbers.TENS))
    + r")[ -](?:et[ -])?)?(?:"
    + "|".join(sorted(numbers.NUMBER_WORDS, key=len, reverse=True))
    + "))"
)
#: What follows a character's name where it first appears: ", 40 ans", "(17)", ", trente-deux ans", "is nine".
_AGED = re.compile(
    rf"\s?[,(]\s?(?:(?:age|agee|aged)\s)?{_AGE}(?:\s(?:ans|years?)\b|-year|\s?[,)])|"
    rf"\s(?:a|is|agee?\sde|aged)\s(?:now\s|just\s|almost\s|nearly\s|maintenant\s|bientot\s|deja\s|only\s)?{_AGE}\b(?!\s(?:projets?|films?|series?))"
)
_YEAR_AFTER = re.compile(r"\s?['\"]?\s?,?\s?(?:\((?:[^()]{0,40})?(?:19|20)\d\d\)|(?:(?:de|by)\s|d')[A-Z])")
_DATED = re.compile(r",\s(?:en\s|in\s)?(?:1[0-9]|20)\d\d\b")
_APPOSITION = re.compile(r"\s?[,(]\s?(?P<inside>[^,()\n]{3,60})[,)]")
_IN_BRACKETS = re.compile(r"\s?\(\s?(?P<inside>[^()\n]{3,80})\)")
_CLOSING = re.compile(r"\s?['\"]?\s?[,:(-]\s?(?P<inside>[^,()\n.!?]{3,90})(?:[.!?)]|$)")
_OR_HOW = re.compile(r"\s?['\"]?,?\s(?:ou|or)\s(?:comment|how)\b")
_VERSION = re.compile(r",?\s(?:v\d|saison|season|episodes?|s0?\d)\b")


#: Behind whoever makes a work: "Comédie de 90', … à la production", "eight hours, … developing".
_MAKES = re.compile(
    r",?\s(?:a\sla\s(?:production|manoeuvre|barre)|aux\s(?:manettes|commandes)|(?:en\s)?production\sdeleguee|"
    r"(?:is\s|are\s)?(?:producing|developing|attached)|to\s(?:produce|develop)|(?:en|in)\s(?:coproduction|association))\b"
)
#: Before whoever something is told of as theirs: "au nom de …", "on behalf of …", "signe sous le nom …".
_IN_NAME = re.compile(
    r"\b(?:au\snom\s(?:de|des|du)|sous\sle\snom(?:\sde)?|pour\sle\scompte\s(?:de|des|du)|au\scredit\sde|a\sl'ordre\s(?:de|des|du)|"
    r"in\sthe\sname\sof|on\sbehalf\sof|under\sthe\sname|copyright|c\)|an?\soutfit\scalled)\s(?:(?:la|le|les|the)\s|[dl]')?[\"']?$"
)
#: Before a surname that is told as one: "Surname's …", "nom de famille : …".
_SURNAME_TOLD = re.compile(
    r"\b(?:surname|last\sname|family\sname|nom|nom\sde\sfamille)(?:'s|\sis|\sc'est|\sest)?\s?[,:]?\s$"
)
#: Behind somebody who speaks, or is to be spoken to: "… ici", "… here", "… au téléphone", "… en copie".
_SPEAKS = re.compile(
    r",?\s(?:ici|here|speaking|a\sl'appareil|au\s(?:telephone|tel|bout\sdu\sfil)|on\sthe\s(?:phone|line))\b"
)
_IN_COPY = re.compile(r",?\s(?:est\s|is\s)?(?:en\s(?:copie|cc)|in\s(?:copy|cc)|cc'd|on\scc)\b")
#: Behind a name that is taken up again, as it is in speech: "Odile elle gueule", "Karim il dit".
_TAKEN_UP = re.compile(r",?\s(?:il|elle|he|she)\s[a-z]")
#: Behind a character, who is told by what it is: "Harold the goat".
_EPITHET = re.compile(r"\s(?:the|le|la|l')\s?[a-z]+")
#: What may stand behind a company that signs what it makes: nothing, or where it is.
_SIGNED = re.compile(r"['\"]?(?:\s?[,/(-]\s?[A-Z][A-Za-z-]+\)?)?\s?[.!)]?\s*$")


#: How the facts begin that are words of the text: anywhere in it, and next to the passage in its sentence.
HEARD = ("says ", "before ", "after ", "second_before ", "second_after ")


def heard(reading: Reading, start: int, end: int) -> Iterator[str]:
    """The text's other words, without their endings: what is learnt of each from labelled texts adds to the closed
    lists."""
    here = Counter(reading.stems[word.at] for word in reading.between(start, end))
    for stem, count in reading.said.items():
        if count > here[stem]:
            yield f"says {stem}"
    before, after = reading.before(start, 2)[::-1], reading.after(end, 2)
    for places, near in ((("before", "second_before"), before), (("after", "second_after"), after)):
        for place, word in zip(places, near, strict=False):
            yield f"{place} {reading.stems[word.at]}"


def around(reading: Reading, start: int, end: int) -> Iterator[str]:
    """`start` and `end` are places in `Reading.folded`; a fact may be told twice."""
    before, after = reading.before(start, 8), reading.after(end, 7)
    yield from _beside(reading, start, end, before, after)
    yield from _led(reading, before, start, end)
    yield from _followed(reading, after, end)
    yield from _said_in(reading, start, end)


def next_to(reading: Reading, end: int, start: int) -> bool:
    return re.fullmatch(r"[\s'\"-]{0,2}", reading.folded[end:start]) is not None


def longer(reading: Reading, before: list[Word], after: list[Word], start: int, end: int) -> Iterator[str]:
    """Whether the words are part of somebody else's longer name: "Blade Runner", "Philip Marlowe", "Mer du Nord"."""
    if reading.shouted(start) or not any(word.capital for word in reading.between(start, end)):
        return
    gap = reading.folded[end : after[0].at] if after else ""
    version = _VERSION.match(reading.folded, end)
    if after and after[0].capital and re.fullmatch(r"[ '-]{1,2}", gap) and after[0].text not in ADDED and not version:
        yield "capital_behind"
    if len(after) > 1 and after[0].text in words.JOINING and after[0].text not in ("et", "and", "for", "pour", "a"):
        nearest = next((word for word in after if word.text not in words.JOINING), None)
        if nearest and nearest.capital and re.fullmatch(r"[a-z '-]{2,14}", reading.folded[end : nearest.at]):
            yield "capital_behind_joined"
    if before and re.fullmatch(r"[ '-]{1,2}", reading.folded[before[-1].end : start]):
        last = before[-1]
        if last.capital and last.text not in words.FUNCTION_WORDS and last.text not in words.DETERMINERS:
            if last.text in words.first_names():
                yield "first_name_before"
            elif not reading.opens(last.at) or words.rare(last.text):
                yield "capital_before"
        if (
            last.text in ("de", "du", "des", "d", "of")
            and len(before) > 1
            and before[-2].capital
            and not reading.opens(before[-2].at)
            and before[-2].text not in ADDED
        ):
            yield "capital_before_joined"


def _beside(reading: Reading, start: int, end: int, before: list[Word], after: list[Word]) -> Iterator[str]:
    yield from longer(reading, before, after, start, end)
    text = reading.folded
    if after and next_to(reading, end, after[0].at) and after[0].text in ADDED:
        yield "trade_suffix"
    if not text[:start].strip(" \"'-–\n"):
        yield "opens_text"
    elif reading.opens(start):
        yield "opens_later_sentence"
    if not text[end:].strip(" .!?,-\"'\n)"):
        yield "ends_text"
    if _CALLED_US.match(text, end):
        yield "introduces_itself"
    if _CALLED_IT.match(text, end):
        yield "title_word_behind"
    sign = text[end : end + 2].strip()[:1]
    if sign == ",":
        yield "comma_behind"
    if sign and sign in ":=":
        yield "colon_behind"
    if re.match(r"\s-\s", text[end : end + 3]):
        yield "dash_behind"
    if before and re.fullmatch(r"\s?[:–-]\s?[\"']?", text[before[-1].end : start]):
        yield "colon_before"
    if before and re.fullmatch(r",\s[\"']?", text[before[-1].end : start]):
        yield "comma_before"
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if "\n" in text[:start] and len(line.strip()) < 4 and text[end : end + 60].split("\n")[0].strip(" .,") == "":
        yield "alone_on_line"
    yield from _alone(reading, start, end)
    yield from _in_line(reading, start, end, before)
    yield from _signs(reading, start, end, before)
    around_it = reading.quotation(start, end)
    if around_it:
        inside = [word for word in reading.between(*around_it) if word.text not in words.FUNCTION_WORDS]
        own = [word for word in reading.between(start, end) if word.text not in words.FUNCTION_WORDS]
        yield "quoted" if len(inside) <= len(own) else "within_quotation"
    if not reading.capitals:
        yield "text_without_capitals"
    own = reading.between(start, end)
    if own and all(word.text in _GREETING or word.text in words.FUNCTION_WORDS for word in own):
        yield "as_greeting"
    if any(word.text in _CALENDAR for word in own):
        yield "calendar_word"
    _, last = reading.sentence(start)
    behind = [word.text for word in reading.between(last, min(len(text), last + 40))][:3] if last < len(text) else []
    if _PRONOUN & {*behind}:
        yield "pronoun_next"
    if reading.shouted(start):
        yield "shouted"


def _signs(reading: Reading, start: int, end: int, before: list[Word]) -> Iterator[str]:
    """Whether the passage ends the text behind a sign or a preposition, as whoever makes the work does: "Drame
    4 x 52', Sorrel."."""
    if not _SIGNED.match(reading.cased, end):
        return
    gap = reading.folded[before[-1].end : start] if before else ""
    led = bool(before) and before[-1].text in _BY and gap == " "
    first = max(0, reading.sentence(start)[0] - 80)
    work = _FORMAT.search(reading.folded, first, start) or reading.vocabulary(first, start) & _GENRE
    capital = any(word.capital for word in reading.between(start, end))
    if (led or (before and re.search(r"[,;:/()-]", gap)) or (not before and start)) and (capital or work):
        yield "signs"
        if work:
            yield "signs_work"


_BY = bag("par by chez pour for from")
#: Words that people greet, thank and take leave with.
_GREETING = bag(
    """
    bon bonne bonnes bons nuit soir soiree journee matin weekend week end vacances demain bientot tot vent courage
    merci salut bonjour bonsoir hello good night evening morning afternoon tomorrow soon luck bye au revoir voir
    plus tard adieu cheers santes sante later see bien beau belle grand mille chance route voyage lundi mardi mercredi
    jeudi vendredi samedi dimanche prochain prochaine next monday tuesday wednesday thursday friday saturday sunday
    """
)
_PRONOUN = bag("elle she he her his")
#: Days and months, which English gives a capital, and feasts.
_CALENDAR = bag(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december noel christmas easter
    """
)


def _in_line(reading: Reading, start: int, end: int, before: list[Word]) -> Iterator[str]:
    """Whether the passage stands where a project is told in short for one of its parts: "A sit-in lasts for days. Black
    Spring, three hours, Sorrel, Lille."."""
    if before and before[-1].text in words.ARTICLES and next_to(reading, before[-1].end, start):
        start = before[-1].at
        before = before[:-1]
    led = start == 0 or not before
    if not led and before[-1].text in _BY:  # ", par Sorrel, "
        start = before[-1].at
    text = reading.folded
    tail = _TRADE_TAIL.match(text, end)
    end = tail.end() if tail else end
    lead = text[max(0, start - 4) : start]
    if not (led or re.search(r"[,;:/|(\n\"]\s?$|[.!?]\s$|\s-\s$|^$", lead)):
        return
    mark = re.compile(r"[\"']?").match(text, end)
    sign = _PART.match(text, mark.end() if mark else end)
    if not sign and text[end:].strip(" .!?\"')\n"):
        return
    closes = sign is None or _ENDS_PART.match(text, sign.start()) is not None
    following, leading = (
        _told_in_part(reading, sign.end() if sign and not closes else None),
        _told_before(reading, start),
    )
    if following and led:
        yield "heads_line"
    if following or leading:
        yield "part_of_line"
    if leading and closes:
        yield "closes_line"
    if leading and sign and not closes:
        place = reading.after(sign.end(), 1)
        if place and place[0].capital and _ENDS_PART.match(text, place[0].end):
            yield "closes_line"  # "…, Sorrel, Lille."


def _told_in_part(reading: Reading, at: int | None) -> bool:
    """Whether a part that begins there says what sort of work, or how long it is."""
    if at is None or at >= len(reading.folded):
        return False
    sign = _PART.search(reading.folded, at)
    end = sign.start() if sign else len(reading.folded)
    return _says_what(reading, at, end)


def _told_before(reading: Reading, start: int) -> bool:
    """Whether one of the two parts before says so."""
    text = reading.folded
    first = max(0, start - 120)
    ends = list(_PART.finditer(text, first, start))
    bounds = [first, *(found.end() for found in ends)]
    stops = [*(found.start() for found in ends), start]
    parts = [(one, other) for one, other in zip(bounds, stops, strict=True) if text[one:other].strip()]
    return any(_says_what(reading, one, other) for one, other in parts[-2:])


def _says_what(reading: Reading, start: int, end: int) -> bool:
    told = reading.between(start, end) if end > start else []
    if not 0 < len(told) < 8:
        return False
    return bool({word.text for word in told} & _GENRE) or _FORMAT.search(reading.folded, start, end) is not None


def _alone(reading: Reading, start: int, end: int) -> Iterator[str]:
    """Whether the passage is a whole sentence, as a heading is, or signs the text."""
    text = reading.folded
    before = reading.before(start, 2)
    if len(before) == 1 and before[0].text in words.ARTICLES:
        start, before = before[0].at, []
    head = not text[:start].strip(" \"'-\n")
    if not before and not reading.after(end, 1):
        yield "alone_heading" if head and text[end:].strip() else "alone_in_sentence"
    line = text.rfind("\n", 0, start) + 1
    if line and "\n" not in text[end:].strip() and len(text) - line < 70 and text[line - 1 :].strip():
        yield "last_line"


def _led(reading: Reading, before: list[Word], start: int, end: int) -> Iterator[str]:
    """By the words before, the nearest ones first."""
    near = [word.text for word in before]
    determiner = None
    if before and _determines(reading, before[-1].text) and next_to(reading, before[-1].end, start):
        determiner = near.pop()
        yield "indefinite" if determiner in _INDEFINITE else "determined"
        if determiner in ("du", "des", "au", "aux"):
            yield "in_before" if determiner in ("au", "aux") else "of_before"
    led = reading.folded[max(0, start - 40) : start]
    if _IN_NAME.search(led):
        yield "in_name_of"
    if _SURNAME_TOLD.search(led):
        yield "surname_told"
    if _US_BEFORE.search(led[-30:]):
        yield "introduces_itself"
        yield "us_before"
    if not near:
        return
    last = near[-1]
    gap = reading.folded[before[len(near) - 1].end : start]
    if last in ADDED and re.fullmatch(r"\.?[\s-]", gap):
        yield "trade_prefix"  # "Prod. Tilleul"
    if determiner is None and not re.fullmatch(r"[\s'\"-]{0,2}", gap) and not (last in CIVIL and gap == ". "):
        last = ""
    if last == "a" and not reading.french:
        last = ""
    facts = (
        ("through_before", _THROUGH), ("in_before", _IN), ("of_before", ("de", "d", "of")), ("civil_before", CIVIL),
        ("rank_before", _RANK), ("place_noun_before", _PLACE_NOUN), ("named_before", _NAMED),
        ("company_noun_before", _COMPANY_NOUN), ("company_does_before", _COMPANY_DOES), ("naming_before", NAMING),
        ("about_before", ABOUT), ("names_itself_before", _NAMES_ITSELF), ("and_before", ("et", "and", "ou", "or")),
    )  # fmt: skip
    told = [fact for fact, bag_of in facts if last in bag_of]
    yield from told
    if last in _NAMED and set(near[-6:]) & (_WE | _I | {"on"}):
        yield "named_by_us"
    if set(near[-4:]) & _TITLE_WORD:
        yield "title_word_near"
    if last in _SAYING:
        yield "as_word_before"
    if last in _PLAYS:
        yield "played_before"
    if last in ("at", "chez", "behind", "derriere") and near[-2:-1] and near[-2] in _CREW:
        yield "company_noun_before"
    if set(near[-3:]) & _DOOR:
        yield "door_near"
    if set(near[-4:]) & _COMPANY_NOUN:
        yield "company_noun_in_front"
    if set(near[-4:]) & _AT:
        yield "somebody_at"
    said = reading.between(start, start + 1)
    small = bool(said) and not said[0].capital and reading.french and not reading.hurried
    if said and said[0].text in _OF_DATES and (determiner or last in _BEFORE_DATES or last.isdigit() or small):
        yield "as_date"
    if last in ("de", "d", "from", "by", "par", "chez") and near[-2:-1] and near[-2] in _WORK:
        yield "work_from_before"
    elif last in ("de", "d", "du", "from", "by") and set(near[-4:-1]) & _GENRE:
        yield "genre_from_before"
        if _SIGNED.match(reading.cased, end) and reading.cased[start].isupper():
            yield "genre_from_closes"  # "Comédie policière de l'Hirondelle, Annecy."
    opens = last in ("in", "dans") and determiner is None and len(near) == 1 and reading.cased[start].isupper()
    if opens and _IN_A_WORK.match(reading.folded, end):
        yield "in_work"
        if all(word.text in words.places() for word in said):
            yield "in_a_place"
    if last in _NAMED | {"nomme", "appelle", "called"} and set(near[-4:]) & ABOUT:
        yield "work_named_before"
    if determiner is None and last in _WORK and near[-2:-1] and near[-2] in ("un", "une", "a", "an"):
        yield "a_work_before"
    if last == "chez":
        yield "chez_before"
    if last in ("a", "in", "near", "vers", "at") and determiner is None and set(near[-6:-1]) & _HAPPENS:
        yield "place_of_action"
    if last in ("for", "pour", "with", "about") and set(near[-3:-1]) & _FELT:
        yield "felt_for"
    if determiner is None and last in _GENRE and said and not said[0].capital:
        yield "genre_before"  # "polar maritime"
    back = [word for word in near if word not in _LINKS and word not in words.DETERMINERS]
    while len(back) > 1 and (back[-1].isdigit() or back[-1] in ("et", "and", "a", "to")):
        back.pop()  # "les épisodes 3 et 4 de …"
    if last in _LINKS and back:
        if back[-1] in _PLACE_NOUN:
            yield "place_noun_before"
        if back[-1] in _COMPANY_NOUN:
            yield "company_noun_near"
        if back[-1] in ABOUT:
            yield "about_near"
    if last in ("par", "by") and determiner is None and re.match(r"\s?[,.;)]|\s?$", reading.folded[end : end + 2]):
        yield "bare_through"
    if last in _THROUGH and back[-2:-1] and back[-2] in _COMPANY_DOES:
        yield "done_through"
    if near[-2:] in (["it", "s"], ["that", "s"], ["c", "est"]) and len(reading.between(0, start)) < 6:
        yield "introduces_itself"
    if last in _ELSEWHERE or (near[-2:-1] and near[-2] in _ELSEWHERE and last in _WORK | ABOUT):
        yield "from_elsewhere"
    if last in _NAMES_ITSELF and set(near[-3:]) & (_WE | _I | {"ici", "here", "this", "c"}):
        yield "introduces_itself"
    if set(near[-3:]) & NAMING:
        yield "naming_near"
    if set(near[-2:]) & _ASK_FOR:
        yield "ask_for_before"
    if set(near[-3:]) & _STAFF:
        yield "staff_near"
        if set(near[-4:]) & (_WE | _I):
            yield "our_staff_near"
    if set(near[-3:]) & _WE:
        yield "we_near"
    if set(near) & REFERENCE:
        yield "reference_near"
    following = reading.folded[end : end + 2]
    if last in _GREETS and determiner is None and re.match(r"\s?[,!.]|\s?$|\n", following):
        yield "addressed"
    greets = last in _NAMES_ITSELF and len(reading.between(0, start)) < 6 and not reading.sentence(start)[0]
    if greets and not set(near[-4:]) & ABOUT:
        yield "greets_as"
    modified = determiner is None and last and words.common(last) and set(near[-2:-1]) & words.ARTICLES
    if modified and last not in ABOUT | _WORK | _COMPANY_NOUN | _GENRE | NAMING | _TITLE_WORD | {
        "name",
        "nom",
        "label",
    }:
        yield "noun_modified"  # "a working Linotype"
    if set(near[-3:]) & {"comme", "like"}:
        yield "like_before"
    plain = last not in words.FUNCTION_WORDS and last not in words.DETERMINERS | _ASK_FOR
    if determiner is None and last and plain and not told:
        yield "noun_before" if words.common(last) else "unknown_before"


#: Behind a work whose story is told: "In Anvil, a smith …".
_IN_A_WORK = re.compile(r"['\"]?,\s(?:an?|une?|the|le|la|les|two|three|deux|trois|four|quatre|some|des)\s")
#: What is done at a place: "le tournage se fait à …", "she lives in …".
_HAPPENS = bag(
    """
    tourner tourne tournera tournage tourneront filmer filme shoot shooting shot film filming situe situee set
    vit vivent habite habitent lives live living arrive arriver reperages reperage recce scout decor decors passe
    deroule faire fait aller retour train gare
    """
)
#: What readers of a script do with its people: "we all fell for …".
_FELT = bag("fell fall falls feel felt feels care cares cared root rooting love cry craque pleure tremble fond")


def _determines(reading: Reading, word: str) -> bool:
    """ "À" and "de" are prepositions."""
    return word in words.DETERMINERS and word not in ("de", "d") and not (word == "a" and reading.french)


def _followed(reading: Reading, after: list[Word], end: int) -> Iterator[str]:
    text = reading.folded
    if _AGED.match(text, end):
        yield "aged"
    if _DATED.match(text, end):
        yield "dated"
    if _YEAR_AFTER.match(reading.cased, end):
        yield "work_of_year"
    if _VERSION.match(text, end):
        yield "version_behind"
    possessive = re.match(r"'s(?![a-z0-9'])", text[end : end + 3]) is not None
    if possessive:
        yield "possessive"
        if {word.text for word in after[:5]} & _WORK:
            yield "possessive_of_work"
    elif after and next_to(reading, end, after[0].at) and {word.text for word in after[:3]} & _WORK:
        yield "work_behind"
    if {word.text for word in after[:5]} & _TITLE_WORD:
        yield "title_word_behind"
    dashed = _DASHED.match(text, end)
    if dashed and set(re.findall("[a-z]+", dashed["inside"])) & (_STAFF | _COMPANY_NOUN):
        yield "apposed_staff"
    for fact, form in (
        ("or_how", _OR_HOW), ("makes_behind", _MAKES), ("speaks_behind", _SPEAKS), ("in_copy", _IN_COPY),
        ("taken_up", _TAKEN_UP),
    ):  # fmt: skip
        if form.match(text, end):
            yield fact
    if _LABELLED.match(text, end):
        yield "labelled"
    here = reading.between(end - 1, end)
    if here and numbers.is_number(here[-1].text) and _DATE_GOES_ON.match(text, end):
        yield "as_date"  # "la nuit du 4 au 5 août"
    if _ROLE.match(text, end):
        yield "role_behind"
    if _LISTED.match(reading.cased, end) and not _told_in_part(reading, text.find(",", end) + 2):
        yield "listed"
    if {word.text for word in after[:6]} & _CHARACTER:
        yield "character_behind"
    if after and next_to(reading, end, after[0].at) and not after[0].capital:
        if after[0].text not in words.FUNCTION_WORDS and words.common(after[0].text):
            yield "common_behind"
        does = after[1:2] if after[0].text in ("ne", "n") else after[:1]
        if does and does[0].text in _CHARACTER_DOES:
            yield "character_does"
    epithet = _EPITHET.match(text, end)
    if epithet and reading.cased[epithet.start() : epithet.end()].islower():
        yield "epithet_behind"
    yield from _put_first(reading, after, end)
    closing = _CLOSING.match(text, end)
    described = set(re.findall("[a-z]+", closing["inside"])[:3]) if closing else set()
    if described & _GENRE:
        yield "genre_closes"
    if described & (_STAFF | _COMPANY_NOUN):
        yield "staff_closes"
    apposed = _IN_BRACKETS.match(text, end) or _APPOSITION.match(text, end)
    if apposed:
        small = not reading.cased[apposed.start("inside")].isupper() and text[apposed.start("inside")].isalpha()
        told = set(re.findall("[a-z]+", apposed["inside"]))
        if small:
            yield "apposed"
            if not told & (_STAFF | _COMPANY_NOUN) and apposed["inside"].split()[0].split("'")[0] in words.ARTICLES:
                yield "apposed_article"
        if told & (_STAFF | _COMPANY_NOUN):
            yield "apposed_staff"
        if told & _GENRE:
            yield "apposed_genre"
        if told & _YOURS and not told & (_STAFF | _COMPANY_NOUN):
            yield "apposed_yours"  # "Nadine, votre infirmière, …"
        elif told & (_WE | _I | _YOU):
            yield "apposed_speaking"
        rest = [word for word in after if word.at >= apposed.end()] or reading.after(apposed.end(), 3)
        following = [word.text for word in rest[:3]]
    else:
        following = [word.text for word in after] if after and next_to(reading, end, after[0].at) else []
        following = following[1:] if possessive else following
    if not following:
        return
    if following[0] in _TELLS or (following[0] == "ne" or following[0] == "n"):
        yield "tells_after"
    if following[0] in ("est", "is", "was", "sera", "etait"):
        yield "is_after"
    if following[0] in ("a", "has", "ont", "have", "had", "avait"):
        yield "has_after"
    if following[0] in ("de", "of", "du", "des"):
        yield "of_after"
    if following[0] in ("et", "and", "ou", "or"):
        yield "and_after"
    if following[0] in ("et", "and") and set(following[1:3]) & _WRITERS:
        yield "and_writer_behind"
    if following[0] in _PLACE_AFTER:
        yield "place_noun_after"
    asked = next((place for place, word in enumerate(following[:4]) if word in _YOU | {"nous", "us"}), None)
    if asked is not None:
        clause = re.search("[,;:]", text[end : (apposed.end() if apposed else end) + 60].split(following[asked])[0])
        yield "asks_reader_apart" if clause and asked and not apposed else "asks_reader"
    verbs = list(following)
    while verbs and verbs[0] in _AUXILIARY | {"la", "le", "les"}:
        verbs.pop(0)
    if verbs and verbs[0] in _COMPANY_VERB:
        yield "company_verb_after"
    if verbs and verbs[0] in _PRESENTS:
        yield "presents_after"
    if following[0] in ("will", "would", "va", "vous"):
        yield "modal_after"
    if verbs and verbs[0] in CHOOSES:
        yield "chooses_after"
    if following[0] in ("m", "me", "te", "t"):
        yield "me_after"
    if set(following) & _TRADE:
        yield "trade_after"
    predicate = re.split(r"[:;.!?]", text[apposed.end() if apposed else end :][:80])[0]
    named = _works(reading).intersection(re.findall("[a-z]+", predicate)[1:7])
    if following[0] in ("est", "is", "sera", "was", "c", "cest") and named:
        yield "is_a_work"
    if following[0] in _PRESENTS and named:
        yield "presents_a_work"
    if following[0] in ("est", "is", "sommes", "are") and set(following[1:6]) & (_COMPANY_NOUN - {"people", "gens"}):
        yield "is_a_company"
    if following[:2] in _WORK_DOES:
        yield "work_does_after"
    if following[0] in ("et", "and", "ou", "or") and following[1:2] and following[1] in ("moi", "me", "i", "myself"):
        yield "and_me_behind"
    if not apposed and following[0] in _ONE_DOES:
        yield from _agrees(reading, after[0].at)
    if not apposed and reading.french and after and _SEVERAL_DO.fullmatch(verbs[0] if verbs else following[0]):
        yield "several_do"


#: What works do, or has been done to them.
_WORK_DOES = (
    *(["a", "ete"], ["has", "been"], ["s", "adresse"], ["se", "deroule"], ["takes", "place"], ["was", "created"]),
    *(["vise", "un"], ["vise", "le"], ["vise", "les"], ["se", "passe"], ["is", "set"], ["is", "told"], ["tells", "of"]),
    *(["est", "ne"], ["est", "nee"], ["se", "decline"], ["se", "compose"], ["compte", "parmi"], ["is", "written"]),
)


def _works(reading: Reading) -> frozenset[str]:
    """Words for works; "part" is also a verb in French."""
    return _GENRE - {"part", "titre", "title", "jeu", "format"} if reading.french else _GENRE - {"time", "talk"}


def _put_first(reading: Reading, after: list[Word], end: int) -> Iterator[str]:
    """What is said of a name behind a sign, as behind headings: ", c'est nous", ": six portraits", "(3 x 52')"."""
    said = _THIS_IS.match(reading.folded, end)
    if said:
        yield "this_is_behind"
        told = {word.text for word in reading.after(said.end(), 4)}
        if told & _WE:
            yield "this_is_us"
        if told & _GENRE or _FORMAT.search(reading.folded, said.end(), said.end() + 20):
            yield "this_is_a_work"
    sign = _AFTER_SIGN.match(reading.folded, end)
    if sign:
        told = {word.text for word in after[:4]}
        if told & _GENRE:
            yield "genre_next"
        if _FORMAT.search(reading.folded, sign.end(), sign.end() + 14):
            yield "format_next"


def _agrees(reading: Reading, at: int) -> Iterator[str]:
    """With a verb, which stands in the singular behind a title whatever that is: "Les Fils de la brique suit …",
    "Sous la dune a …"."""
    first, _ = reading.sentence(at)
    opening = reading.between(first, at)[:1]
    if not opening or len(reading.between(first, at)) > 7 or re.search(r"[,;:(]", reading.folded[first:at]):
        return
    if opening[0].text in _PLURAL:
        yield "plural_with_singular"
    if opening[0].text in _PREPOSITION:
        yield "phrase_with_verb"


#: Verbs in the third person of the plural, and nouns that end like them.
_SEVERAL_DO = re.compile(
    r"(?!argent|parent|agent|vent|dent|accent|moment|serpent|client|patient|talent)[a-z]{2,}(?:ent|ont)"
)


def _said_in(reading: Reading, start: int, end: int) -> Iterator[str]:
    first, last = reading.sentence(start)
    told = reading.vocabulary(first, last) - {word.text for word in reading.between(start, end)}
    whole = reading.vocabulary(0, len(reading.folded))
    for fact, bag_of in (
        ("we", _WE), ("i", _I), ("you", _YOU), ("trade", _TRADE), ("page", _ON_THE_PAGE), ("story", _OF_A_STORY),
    ):  # fmt: skip
        if told & bag_of:
            yield f"{fact}_in_sentence"
        elif whole & bag_of:
            yield f"{fact}_in_text"
    if len(told & _OF_A_STORY) > 1:
        yield "story_in_sentence_often"
    if any(_PAST_YEAR.fullmatch(word) for word in told):
        yield "year_in_sentence"
