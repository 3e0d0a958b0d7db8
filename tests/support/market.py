"""Twenty invented people at once: six producers of four companies, thirteen freelancers, an administrator. They do
anything, in any order; what they then may know of each other is kept here, apart from the product, and every byte that
somebody receives is held against it.

    market = Market(stage)         everybody where `Stage` left them: verified, some projects online
    market.happens(act, a, b, c)   one of `ACTS`; the numbers choose who, which project, which variant
    market.ends()                  all deliveries made, and what must then be true

Nothing here asks the product who may know what. Whoever is told too much, or a conversation that is half of something,
is an AssertionError that names them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from boto3.dynamodb.types import TypeDeserializer
from ulid import ULID

from chalicelib.conversations.models import Thread, thread_id_of
from chalicelib.vocabulary.clock import paris_day
from chalicelib.vocabulary.taxonomy import taxonomy
from infra.local.population import approval
from infra.local.settled_cases import settle
from tests.support.api import ADMIN, Answer, Api, Person
from tests.support.environment import ATTACHMENTS_BUCKET, forget
from tests.support.evidence_fakes import a_pdf
from tests.support.examples import brief_body, company_body, profile_body
from tests.support.giveaways import DISTINCTIVE, squeezed, told
from tests.support.quick_account import Letter, QuickAccount
from tests.support.world import World, _actor, done

START = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ROLES = ("literary-director", "artistic-producer", "development-executive")
BROADCASTERS = ("13eme-rue", "polar-plus", "paramount-plus", "cine-plus-ocs", "outre-mer-la-1ere", "france-tv-slash")
GENRES = ("regional-crime", "family-saga", "dystopia", "dramedy")

#: What a company is, and every way to recognise it: invented, and nowhere else.
COMPANIES: tuple[dict[str, Any], ...] = (
    {
        "legal_name": "Quenouille Vermeille Productions",
        "email_domain": "quenouille-vermeille.test",
        "other_names": ["La Vermeillerie"],
        "acronyms": ["QVERP"],
        "people": ["Solveig Quarantelle", "Ambroise Tournepique"],
        "addresses": ["17 passage des Sabliers-Verts, 93310 Ombreval"],
        "website": "https://www.vermeillerie-atelier.test/equipe",
        "domains": ["qverp-films.test"],
        "handles": ["quenouille.vermeille", "vermeillerie_off"],
    },
    {
        "legal_name": "Harfang & Brisebarre",
        "email_domain": "harfang-brisebarre.test",
        "other_names": ["Maison Harfangue"],
        "acronyms": ["HRFBB"],
        "people": ["Théodule Harfangeau", "Maëlle Brisebarrois"],
        "addresses": ["4 bis quai des Corroyeurs-Gris, 76990 Saint-Ombrin"],
        "website": "https://harfangue.test",
        "domains": ["brisebarre-images.test"],
        "handles": ["harfang_brisebarre"],
    },
    {
        "legal_name": "Septième Lanternier SAS",
        "email_domain": "septieme-lanternier.test",
        "other_names": ["Lanternier Fictions"],
        "acronyms": ["SPLTN"],
        "people": ["Éléonore Cachalotte"],
        "addresses": ["230 rue du Puits-aux-Merles, 33870 Verdelong"],
        "website": None,
        "domains": [],
        "handles": ["lanternier7fictions"],
    },
    {
        "legal_name": "Ogrinval Pictures",
        "email_domain": "ogrinval.test",
        "other_names": [],
        "acronyms": ["OGVPX"],
        "people": ["Barnabé Ogrinvalais", "Ysoline Trémouille-Darc"],
        "addresses": ["9 allée de la Buse-Fauve, 29770 Kerdréoul"],
        "website": "https://ogrinvalpictures.test/fr",
        "domains": [],
        "handles": [],
    },
)
MEMBERS = (2, 2, 1, 1)
FREELANCERS = 13

_SYLLABLES = (
    "bru",
    "zor",
    "vel",
    "mak",
    "ti",
    "gon",
    "pla",
    "xu",
    "ner",
    "dal",
    "fo",
    "qui",
    "sar",
    "lem",
    "jo",
    "vax",
)


def invented(number: int) -> str:
    """A word of at least eight letters that nobody uses, another one for each number."""
    parts = [_SYLLABLES[(number >> shift) % 16] for shift in (0, 4, 8)]
    return "".join(parts).capitalize() + "quenzir"


@dataclass(frozen=True, slots=True)
class Secret:
    """`stage`: from where on it may be known: `never`, `revealed`, `full` (terms accepted) or, of a freelancer's
    address, `contact`. `project`: of one project alone."""

    what: str
    text: str
    company: int
    stage: str
    project: int | None = None


@dataclass
class Project:
    number: int
    company: int
    brief_id: str
    secrets: list[Secret] = field(default_factory=list)


@dataclass
class Link:
    """What a freelancer and a project have done with each other, as far as it decides who may know what."""

    accepted: bool = False
    consents: set[str] = field(default_factory=set)
    revealed: bool = False


@dataclass
class Model:
    """Everything that a run knows by itself. Freelancers and companies are numbers."""

    projects: list[Project]
    secrets: list[Secret]
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    cursors: list[tuple[str, str]] = field(default_factory=list)
    said: list[tuple[int, str]] = field(default_factory=list)
    """(company, something that it wrote and that is no name of it yet)."""
    words: int = 100

    def link(self, freelancer: int, project: int) -> Link:
        return self.links.setdefault((freelancer, project), Link())

    def copy(self) -> Model:
        projects = [Project(one.number, one.company, one.brief_id, list(one.secrets)) for one in self.projects]
        return Model(projects, list(self.secrets), words=self.words)

    def word(self) -> str:
        self.words += 1
        return invented(self.words)


# ---- who they are

PRODUCERS: list[Person] = []
COMPANY_OF: list[int] = []
for _number, (_company, _members) in enumerate(zip(COMPANIES, MEMBERS, strict=True)):
    for _member in range(_members):
        _name = (_company["people"] + ["Colin Vasseroy"])[_member]
        _local = re.sub("[^a-z]", ".", _name.lower().replace("é", "e").replace("ë", "e"))
        PRODUCERS.append(
            Person(f"sub-de-production-{_number}{_member}-xq", f"{_local}@{_company['email_domain']}", ("producers",))
        )
        COMPANY_OF.append(_number)
PEOPLE = [
    Person(f"sub-pigiste-{number}", f"{invented(2000 + number).lower()}@courriel-libre.test", ("freelancers",))
    for number in range(FREELANCERS)
]


def siren(number: int) -> str:
    """A number whose check digit is right."""
    for last in range(10):
        digits = f"{83417259 + number * 101:08d}{last}"
        total = sum(sum(divmod(int(one) * (1 + place % 2), 10)) for place, one in enumerate(reversed(digits)))
        if total % 10 == 0:
            return digits
    raise AssertionError


class Stage:
    """The account with everybody in it, made once; each run begins from a copy."""

    def __init__(self, account: QuickAccount) -> None:
        self.account = account
        self.api = Api()
        account.people |= {person.sub: person.email for person in [*PRODUCERS, *PEOPLE, ADMIN]}
        with numbered_ids():
            self._prepare()
        self._state = account.tables.state()

    def _prepare(self) -> None:
        world, self.company_ids, secrets = World(self.api), [], list[Secret]()
        for number, described in enumerate(COMPANIES):
            first = COMPANY_OF.index(number)
            founder = PRODUCERS[first]
            body = self.body(number)
            company_id = done(self.api.put("/companies/mine", body, founder))["company_id"]
            world.verify_company(founder)
            for colleague in PRODUCERS[first + 1 : first + MEMBERS[number]]:
                done(self.api.post("/companies/mine/members", {"email": colleague.email}, founder))
                done(self.api.post("/companies/join", {}, colleague))
            self.company_ids.append(company_id)
            secrets += self._secrets(number, described, body, company_id)
        self.profile_ids = []
        for number, person in enumerate(PEOPLE):
            profile = world.profile(
                person,
                verified=number < FREELANCERS - 1,
                display_name=f"{('Inès', 'Noé', 'Lila', 'Yann')[number % 4]} Perrochet-{number}",
                roles=[ROLES[number % 2], ROLES[2]],
                credits=({"function": ROLES[number % 2], "title": f"La Marée {number}"},),
            )
            self.profile_ids.append(profile["profile_id"])
            secrets.append(Secret(f"address of freelancer {number}", person.email, number, "contact"))
        self.model = Model([], secrets)
        market = Market(self, Model([], secrets))
        for number in range(8):
            project = market.draft(PRODUCERS[number % len(PRODUCERS)], number, number)
            if number < 6:
                done(self.api.post(f"/briefs/{project.brief_id}/publish", person=PRODUCERS[number % len(PRODUCERS)]))
        self.account.settle()
        self.model = market.model

    def body(self, number: int) -> dict[str, Any]:
        return company_body(
            **COMPANIES[number], siren=siren(number), mandate=f"Gérance de {COMPANIES[number]['people'][0]}"
        )

    def _secrets(
        self, number: int, described: Mapping[str, Any], body: Mapping[str, Any], company_id: str
    ) -> list[Secret]:
        texts: list[tuple[str, str]] = [("legal name", described["legal_name"]), ("SIREN", body["siren"])]
        texts += [("domain", one) for one in [described["email_domain"], *described["domains"]]]
        for name in ("other_names", "acronyms", "people", "addresses", "handles"):
            texts += [(name, one) for one in described[name]]
        if described["website"]:
            texts.append(("website", described["website"].split("//")[1].split("/")[0].removeprefix("www.")))
        first = COMPANY_OF.index(number)
        members = PRODUCERS[first : first + MEMBERS[number]]
        texts += [("a member's address", one.email) for one in members]
        hidden = [Secret(f"{what} of company {number}", text, number, "revealed") for what, text in texts]
        hidden += [Secret(f"a member's account of company {number}", one.sub, number, "never") for one in members]
        return [*hidden, Secret(f"id of company {number}", company_id, number, "never")]

    def begin(self) -> Market:
        """Everybody where they were at first."""
        self.account.tables.restore(self._state)
        self.account.empty()
        self.account.clock.now = START + timedelta(hours=1)
        forget()
        return Market(self, self.model.copy())


class numbered_ids:  # noqa: N801 (read as the word it is)
    """While it lasts, new ids are the same in every run; of one instant, they are in no order, as always."""

    def __init__(self) -> None:
        self._random = Random(20261130)
        self._patch = patch.object(ULID, "from_datetime", self._made)

    def _made(self, moment: datetime) -> ULID:
        return ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + self._random.randbytes(10))

    def __enter__(self) -> None:
        self._patch.start()

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


# ---- what they do

#: A file that nobody offered.
_NO_FILE = "01M842S0RBNNSS9DXA8NAVEFTT"

Act = Callable[["Market", int, int, int], None]
Learn = Callable[[], None]
ACTS: dict[str, Act] = {}
#: An act as often as it is to happen among the others.
OFTEN: list[str] = []


def act(often: int = 1) -> Callable[[Act], Act]:
    def named(function: Act) -> Act:
        name = function.__name__.removeprefix("_")
        ACTS[name] = function
        OFTEN.extend([name] * often)
        return function

    return named


#: How somebody who wants to be recognised could write a name. Of a company's name in small letters, which may be
#: words of a story, `benchmarks/leak_check.py` says how many are told apart.
DISGUISES: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.upper(),
    lambda text: "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)),
    lambda text: " ".join(text),
    lambda text: "\u200b".join(text),
    lambda text: text.replace("a", "а").replace("e", "е").replace("o", "о"),  # Cyrillic
    lambda text: text.replace(" ", ""),
    lambda text: ".".join(text),
)


class Market:
    def __init__(self, stage: Stage, model: Model) -> None:
        self.stage, self.model = stage, model
        self.api, self.account = stage.api, stage.account
        self.happened: list[str] = []
        self._searched: tuple[int, list[str], dict[str, list[Secret]]] = (-1, [], {})
        self._read = len(self.account.letters)

    # ---- the machine's own

    def happens(self, name: str, a: int, b: int, c: int) -> None:
        self.account.clock.advance(timedelta(seconds=7, milliseconds=b))
        ACTS[name](self, a, b, c)
        self.read_letters()

    def ends(self) -> None:
        """Everything is delivered; then nobody waits for what has ended, nothing is half, nothing was set aside."""
        self.settle()
        parked = self.account.tables.images("FailuresTable")
        assert not parked, parked
        self.read_letters()
        self.look_at_conversations(settled=True)

    # ---- what somebody receives

    def freelancer(
        self,
        number: int,
        method: str,
        path: str,
        body: object = None,
        about: int | None = None,
        learn: Learn | None = None,
        **options: Any,
    ) -> Answer:
        """A call of theirs. `about`: the project that it is about, where one is; `learn`: what follows from it for who
        may know what, before the answer is read."""
        answer = self._call(PEOPLE[number], method, path, body, **options)
        if learn is not None and answer.status < 300:
            learn()
        for project, content in _portions(answer, about, self._numbers):
            self.search(number, project, content, f"{method} {path} → {answer.status}")
        return answer

    def producer(
        self, number: int, method: str, path: str, body: object = None, learn: Learn | None = None, **options: Any
    ) -> Answer:
        answer = self._call(PRODUCERS[number], method, path, body, **options)
        if learn is not None and answer.status < 300:
            learn()
        company = COMPANY_OF[number]
        addresses = {one.text: one for one in self.model.secrets if one.stage == "contact"}
        for text in told(_bytes(answer), addresses):
            freelancer = addresses[text].company
            knows = any(
                link.revealed and self.model.projects[project].company == company
                for (person, project), link in self.model.links.items()
                if person == freelancer
            )
            assert knows, f"producer {number} was told the address of freelancer {freelancer}: {method} {path}"
        return answer

    def _call(self, person: Person, method: str, path: str, body: object = None, **options: Any) -> Answer:
        answer = self.api.call(method, path, body, person=person, **options)
        self.happened.append(f"{person.sub}: {method} {path} {json.dumps(body, ensure_ascii=False)} → {answer.status}")
        assert answer.status < 500, self.happened[-1]
        return answer

    def search(self, freelancer: int, project: int | None, content: bytes, where: str) -> None:
        """That the content tells this freelancer nothing that they may not know yet. `project`: it is about that one
        and no other."""
        for text in told(content, self._needles()):
            standing = self._searched[2][text]
            assert any(self.may_know(freelancer, project, secret) for secret in standing), (
                f"freelancer {freelancer} was told {standing[0].what} ({text!r})"
                f"{'' if project is None else f', about project {project}'}: {where}\n{content[:3000]!r}"
            )

    def may_know(self, freelancer: int, about: int | None, secret: Secret) -> bool:
        links = self.model.links
        if secret.stage == "contact":
            return secret.company == freelancer
        if secret.stage == "never":
            return False
        if secret.project is not None:
            link = links.get((freelancer, secret.project), Link())
            known = link.accepted if secret.stage == "full" else link.revealed
            return known and about in (None, secret.project)
        revealed = {project for (person, project), link in links.items() if person == freelancer and link.revealed}
        of_company = {project for project in revealed if self.model.projects[project].company == secret.company}
        return about in of_company if about is not None else bool(of_company)

    def _needles(self) -> list[str]:
        count = len(self.model.secrets) + sum(len(one.secrets) for one in self.model.projects)
        if self._searched[0] != count:
            by_text: dict[str, list[Secret]] = {}
            for secret in [*self.model.secrets, *(one for project in self.model.projects for one in project.secrets)]:
                by_text.setdefault(secret.text, []).append(secret)
            self._searched = (count, list(by_text), by_text)
        return self._searched[1]

    def read_letters(self) -> None:
        """Every e-mail that came since, by whoever it came to."""
        by_address = {person.email: number for number, person in enumerate(PEOPLE)}
        for letter in self.account.letters[self._read :]:
            if letter.to in by_address:
                self.search(by_address[letter.to], self._about(letter), letter.raw, "an e-mail")
        self._read = len(self.account.letters)

    def _about(self, letter: Letter) -> int | None:
        text = letter.raw.decode("utf-8", "replace")
        named = [one.number for one in self.model.projects if one.brief_id in text]
        return named[0] if len(named) == 1 else None

    @property
    def _numbers(self) -> dict[str, int]:
        return {one.brief_id: one.number for one in self.model.projects}

    # ---- conversations, as they are stored

    def thread(self, freelancer: int, project: int) -> Thread | None:
        thread_id = thread_id_of(self.model.projects[project].brief_id, self.stage.profile_ids[freelancer])
        return self._thread(thread_id)

    def _thread(self, thread_id: str) -> Thread | None:
        item = self.account.tables.get_item(
            TableName="ConversationsTable", Key={"pk": {"S": f"THREAD#{thread_id}"}, "sk": {"S": "THREAD"}}
        ).get("Item")
        return None if item is None else Thread.model_validate(_plain(item))

    def _thread_path(self, freelancer: int, project: int, rest: str = "") -> str:
        thread_id = thread_id_of(self.model.projects[project].brief_id, self.stage.profile_ids[freelancer])
        return f"/conversations/{thread_id}{rest}"

    def acts(
        self,
        side: str,
        who: int,
        freelancer: int,
        project: int,
        method: str,
        rest: str,
        body: object = None,
        learn: Learn | None = None,
    ) -> Answer:
        """Somebody acts in a conversation: refused, it must be as it was; over, it stays as it is."""
        before = self._stored(freelancer, project)
        path = self._thread_path(freelancer, project, rest)
        if side == "producer":
            answer = self.producer(who, method, path, body, learn)
        else:
            answer = self.freelancer(who, method, path, body, project, learn)
        after = self._stored(freelancer, project)
        if answer.status >= 400:
            assert after == before, f"half of it was done: {self.happened[-1]}"
        party = who == freelancer if side == "freelancer" else COMPANY_OF[who] == self.model.projects[project].company
        assert party or answer.status in (403, 404), f"not theirs: {self.happened[-1]}"
        if "THREAD" in before and self._is_over(Thread.model_validate(before["THREAD"])):
            taken_back = method == "DELETE" and rest.startswith("/attachments/")
            assert after == before or rest == "/reports" or taken_back, f"it was over: {self.happened[-1]}"
        return answer

    def _is_over(self, thread: Thread) -> bool:
        """And the project did not come back since: then the two may begin again."""
        came_back = self._brief(thread.brief_id)["publication_no"] > thread.round.publication_no
        return thread.state in ("declined", "broken", "not_retained") and not came_back

    def _brief(self, brief_id: str) -> dict[str, Any]:
        [brief] = [
            one for one in self.account.tables.images("BriefsTable", f"BRIEF#{brief_id}") if one["sk"]["S"] == "BRIEF"
        ]
        return _plain(brief)

    def _stored(self, freelancer: int, project: int) -> dict[str, Any]:
        thread_id = thread_id_of(self.model.projects[project].brief_id, self.stage.profile_ids[freelancer])
        images = self.account.tables.images("ConversationsTable", f"THREAD#{thread_id}")
        return {image["sk"]["S"]: _plain(image) for image in images}

    def look_at_conversations(self, *, settled: bool = False) -> None:
        """That none is half of something, and that each says what both did."""
        for freelancer in range(FREELANCERS):
            for project in self.model.projects:
                stored = self._stored(freelancer, project.number)
                link = self.model.links.get((freelancer, project.number), Link())
                if "THREAD" not in stored:
                    assert not link.consents, (freelancer, project.number)
                    continue
                self._look_at(Thread.model_validate(stored["THREAD"]), stored, link)
        if settled:
            for project in self.model.projects:
                brief = self._brief(project.brief_id)
                if brief["state"] not in ("closed", "filled"):
                    continue
                for freelancer in range(FREELANCERS):
                    thread = self.thread(freelancer, project.number)
                    waits = thread is not None and thread.state in ("interested", "revealed", "invited")
                    assert not waits, f"freelancer {freelancer} still waits for project {project.number}"

    def _look_at(self, thread: Thread, stored: Mapping[str, Any], link: Link) -> None:
        reveal, engagement, now = thread.reveal, thread.round.engagement, thread.round
        consents = {side for side in ("producer", "freelancer") if reveal.by(side)}
        assert (reveal.since is not None) == (len(consents) == 2), f"one of two is revealed: {thread}"
        assert (engagement.since is not None) == bool(engagement.producer_at and engagement.freelancer_at), thread
        assert engagement.since is None or reveal.since is not None, f"engaged without names: {thread}"
        assert thread.is_revealed == link.revealed, f"revealed {thread.is_revealed}, agreed {link}: {thread}"
        assert link.revealed or consents == link.consents, f"consents {consents}, given {link.consents}: {thread}"
        owes = thread.state in ("interested", "revealed") and now.answer is None
        assert (now.answer_due_at is not None) == owes, f"an answer is owed or is not: {thread}"
        assert ("OWED#answer" in stored) == owes, f"a reminder is owed or is not: {thread}"
        assert sum(sk.startswith("MESSAGE#") for sk in stored) == thread.messages, f"messages lost: {thread}"
        if now.answer is not None:
            assert now.answer.decision == "retained" or thread.state in ("not_retained", "broken"), thread
        happened = [one["event_type"] for sk, one in stored.items() if sk.startswith("EVENT#")]
        assert happened.count("conversation.revealed") == int(link.revealed), thread
        files = happened.count("conversation.file_added")
        assert happened.count("conversation.message_sent") + files == thread.messages, thread
        held = [one for sk, one in stored.items() if sk.startswith("ATTACHMENT#")]
        assert link.revealed or not held, f"a file before the reveal: {thread}"
        assert sum(one["status"] == "added" for one in held) == thread.files, f"files lost: {thread}"
        assert ("OWED#files" in stored) == (thread.files_due is not None), f"files are owed or are not: {thread}"

    def sends_a_file(self, side: str, who: int, freelancer: int, project: int, c: int) -> None:
        """Offers one, posts it, confirms it; now and then not all of that, or takes it back."""
        content = a_pdf(info=f"/Producer ({c})")
        producer = side == "producer"
        name = self.a_secret(self.model.projects[project], c)[:100].replace("/", "-") if producer else "Traitement"
        body = {"name": f"{name}.pdf", "media_type": "application/pdf", "size": len(content) + (c % 7 == 0)}
        offered = self.acts(side, who, freelancer, project, "POST", "/attachments", body)
        is_revealed = self.model.link(freelancer, project).revealed
        assert is_revealed or offered.status >= 400, f"a file before the reveal: {self.happened[-1]}"
        known = [sk for sk in self._stored(freelancer, project) if sk.startswith("ATTACHMENT#")]
        if offered.status == 201 and c % 5:
            self.account.put_object(ATTACHMENTS_BUCKET, offered.json["upload"]["fields"]["key"], content)
        one = offered.json["attachment"]["attachment_id"] if offered.status == 201 else _NO_FILE
        if c % 3 == 0 and known:
            one = known[c % len(known)].removeprefix("ATTACHMENT#")
        for method, rest in (("POST", "/confirm"), ("GET", ""), ("DELETE", ""))[: 2 + c % 2]:
            answer = self.acts(side, who, freelancer, project, method, f"/attachments/{one}{rest}")
            assert is_revealed or answer.status >= 400, f"a file before the reveal: {self.happened[-1]}"

    # ---- choosing

    def _link_of(self, number: int, b: int) -> tuple[int, int]:
        """A freelancer's conversation, mostly; now and then somebody else's, or none."""
        mine = [key for key in self.model.links if key[0] == number]
        if b % 8 and mine:
            return mine[b % len(mine)]
        return (b // 8) % FREELANCERS if b % 3 == 0 else number, b % len(self.model.projects)

    def _link_with(self, number: int, b: int) -> tuple[int, int]:
        """A conversation of a producer's company, mostly."""
        ours = [key for key in self.model.links if self.model.projects[key[1]].company == COMPANY_OF[number]]
        if b % 8 and ours:
            return ours[b % len(ours)]
        return b % FREELANCERS, b % len(self.model.projects)

    def _own_project(self, number: int, b: int) -> Project:
        """A project of the producer's company, mostly."""
        own = [one for one in self.model.projects if one.company == COMPANY_OF[number]]
        return own[b % len(own)] if b % 11 and own else self.model.projects[b % len(self.model.projects)]

    def _members_of(self, company: int) -> list[int]:
        return [number for number, one in enumerate(COMPANY_OF) if one == company]

    def a_secret(self, project: Project, c: int) -> str:
        """Something that tells who is behind it, written in one way or another."""
        secrets = [one for one in self.model.secrets if one.company == project.company and one.stage == "revealed"]
        secrets += [one for one in project.secrets if one.what.startswith("title")][-1:]
        secret, disguise = secrets[c % len(secrets)], DISGUISES[c // len(secrets) % len(DISGUISES)]
        if secret.what.startswith("handles"):
            return f"@{secret.text}"
        # Five letters are told by their form alone.
        return secret.text if secret.what.startswith("acronyms") else disguise(secret.text)

    # ---- acts of both

    def draft(self, producer: Person, b: int, c: int) -> Project:
        number, company = len(self.model.projects), COMPANY_OF[PRODUCERS.index(producer)]
        word, title = self.model.word(), f"Les Noyeurs de {self.model.word()}"
        broadcaster = BROADCASTERS[number % len(BROADCASTERS)]
        today = paris_day(self.account.clock.now)
        option = date(2027, 9, 1) + timedelta(days=7 * number)  # apart: a whole day of a calendar ends on the next
        owned = number % 4 == 3
        body = brief_body(
            code_name=f"Projet Amarante {number}",
            confidential_title=title,
            role=ROLES[c % 2],
            genres=[GENRES[number % len(GENRES)]],
            start_window={
                "from": (today + timedelta(days=10)).isoformat(),
                "until": (today + timedelta(days=20 if owned else 60)).isoformat(),
            },
            rights_status="owned" if owned else "optioned",
            option_end_date=None if owned else option.isoformat(),
            broadcaster_date=None if owned else (option + timedelta(days=300)).isoformat(),
            targeted_broadcaster=broadcaster,
            logline={"fr": "Une archiviste retrouve les carnets de son père.", "en": None},
            pitch={"fr": f"Le personnage de {word} revient au pays.", "en": None},
            detailed_tasks={"fr": f"Suivre le personnage de {word}.", "en": None},
        )
        brief = done(self.api.post("/briefs", body, producer))
        project = Project(number, company, brief["brief_id"])
        self.model.projects.append(project)
        of = {"company": company, "project": number}
        project.secrets += [
            Secret(f"title of project {number}", title, stage="revealed", **of),
            Secret(f"pitch of project {number}", word, stage="full", **of),
        ]
        label = taxonomy().label("broadcasters", broadcaster, "fr")
        # A short label, such as « Polar+ », is read as any word.
        for text in dict.fromkeys((broadcaster, label) if len(squeezed(label)) >= DISTINCTIVE else (broadcaster,)):
            project.secrets.append(Secret(f"broadcaster of project {number}", text, stage="revealed", **of))
        if not owned:
            project.secrets += _of_day(f"end of the option of project {number}", option, stage="full", **of)
            later = option + timedelta(days=300)
            project.secrets += _of_day(f"broadcaster's date of project {number}", later, stage="never", **of)
        return project

    def agrees(self, side: str, who: int, freelancer: int, project: int) -> Answer:
        def learn() -> None:
            link = self.model.link(freelancer, project)
            if not link.revealed:
                link.consents.add(side)
                link.revealed = len(link.consents) == 2

        return self.acts(side, who, freelancer, project, "POST", "/reveal", learn=learn)

    def takes_back(self, freelancer: int, project: int, sides: Iterable[str] = ("producer", "freelancer")) -> None:
        """What was agreed alone is over."""
        link = self.model.link(freelancer, project)
        if not link.revealed:
            link.consents -= set(sides)

    def shows_interest(self, number: int, project: int, c: int) -> Answer:
        words = f"Mon adresse : {PEOPLE[number].email}" if c % 5 == 0 else "Ce sujet me parle."
        body: dict[str, Any] = {} if c % 3 else {"text": words}
        if c % 4 == 1:
            body["answers"] = [{"question": "why_this_story", "text": "Pour la mer."}]
        path = f"/projects/{self.model.projects[project].brief_id}/interest"
        return self.freelancer(number, "POST", path, body, project, lambda: self._begins(number, project))

    def _begins(self, freelancer: int, project: int) -> None:
        self.model.link(freelancer, project)

    def accepts(self, number: int, project: int) -> None:
        path = f"/projects/{self.model.projects[project].brief_id}/confidentiality"
        terms = self.freelancer(number, "GET", path, about=project)

        def learn() -> None:
            self.model.link(number, project).accepted = True

        if terms.status == 200:
            self.freelancer(number, "POST", path, {"version": terms.json["version"]}, project, learn)

    # ---- deliveries

    def deliver(self, name: str, most: int, *, again: bool = False, order: Random | None = None) -> None:
        """As the account does. Whoever waited, and hears that the project has ended, has nothing agreed any more."""
        waited = self._waiting() if name == "settle_conversations" else set()
        self.account.deliver(name, most, again=again, order=order)
        for freelancer, project in waited - self._waiting() if waited else ():
            self.takes_back(freelancer, project)

    def settle(self) -> None:
        while waiting := self.account.waiting:
            for name in waiting:
                self.deliver(name, 25)

    def _waiting(self) -> set[tuple[int, int]]:
        return {key for key in self.model.links if (thread := self.thread(*key)) and thread.awaits_an_answer}


_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def _of_day(what: str, day: date, **more: Any) -> list[Secret]:
    texts = [day.isoformat(), f"{day.day} {_MONTHS[day.month - 1]} {day.year}"]
    return [Secret(what, text, **more) for text in texts]


def _bytes(answer: Answer) -> bytes:
    headers = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return f"{answer.status}\n{headers}\n".encode() + answer.content


def _portions(answer: Answer, about: int | None, numbers: Mapping[str, int]) -> list[tuple[int | None, bytes]]:
    """An answer by the project that each part of it is about."""
    if about is not None or not answer.headers.get("Content-Type", "").startswith("application/json"):
        return [(about, _bytes(answer))]
    body = answer.json
    if not isinstance(body, dict):
        return [(None, _bytes(answer))]
    found: list[tuple[int | None, bytes]] = []
    for name in ("projects", "conversations"):
        found += [(numbers.get(one["project_id"]), json.dumps(one).encode()) for one in body.get(name) or ()]
    if not found:
        return [(numbers.get(body.get("project_id", "")), _bytes(answer))]
    rest = {name: value for name, value in body.items() if name not in ("projects", "conversations")}
    return [*found, (None, _bytes(Answer(answer.status, answer.headers, json.dumps(rest).encode())))]


def _plain(image: Mapping[str, Any]) -> dict[str, Any]:
    read = TypeDeserializer().deserialize
    return {name: _whole(read(value)) for name, value in image.items()}


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return value if isinstance(value, (str, bool, bytes)) or value is None else int(value)


# ---- acts: of freelancers

_LISTS = (
    "",
    "?order=fits_me",
    "?order=pressing",
    "?role=literary-director",
    "?role=artistic-producer,literary-director&order=fits_me",
    "?genre=crime",
    "?tone=dark&universe=seaside",
    "?format=single-90",
    "?rate_min=100&rate_unit=day&order=fits_me",
    "?start_from=2026-12-01&start_until=2027-03-01",
    "?rate_min=100",
    "?order=by_company",
    "?company=harfang",
    "?cursor=eyJyb2xlIjoibGl0ZXJhcnktZGlyZWN0b3IifQ.c2lnbmF0dXJl",
)


def _listed(market: Market, number: int, path: str, about: int | None = None, **options: Any) -> None:
    answer = market.freelancer(number, "GET", path, about=about, **options)
    if answer.status == 200 and answer.json.get("cursor"):
        market.model.cursors.append((path.partition("?cursor=")[0], answer.json["cursor"]))


@act(5)
def _lists_projects(market: Market, a: int, b: int, c: int) -> None:
    _listed(market, a % FREELANCERS, f"/projects{_LISTS[c % len(_LISTS)]}")


@act(3)
def _goes_on_by_a_cursor(market: Market, a: int, b: int, c: int) -> None:
    """One of their own or of somebody else, in its list or in another."""
    if not market.model.cursors:
        return _lists_projects(market, a, b, 0)
    path, cursor = market.model.cursors[b % len(market.model.cursors)]
    if c % 4 == 0:
        path = ("/projects", "/conversations", market.model.cursors[c % len(market.model.cursors)][0])[c // 4 % 3]
    if c % 5 == 0:
        cursor = cursor[: c % len(cursor)] + cursor[c % len(cursor) + 1 :]
    _listed(market, a % FREELANCERS, f"{path}{'&' if '?' in path else '?'}cursor={cursor}")
    return None


@act(6)
def _reads_a_project(market: Market, a: int, b: int, c: int) -> None:
    project = market.model.projects[b % len(market.model.projects)]
    rest = ("", "", "/fit", "/confidentiality", "/calendar", "/calendar")[c % 6]
    language = {"Accept-Language": "en"} if c % 2 else {}
    market.freelancer(
        a % FREELANCERS, "GET", f"/projects/{project.brief_id}{rest}", None, project.number, headers=language
    )


@act(4)
def _lists_conversations(market: Market, a: int, b: int, c: int) -> None:
    _listed(market, a % FREELANCERS, "/conversations")


@act(12)
def _reads_a_conversation(market: Market, a: int, b: int, c: int) -> None:
    freelancer, project = market._link_of(a % FREELANCERS, b)
    rest = "/messages" if c % 3 else ""
    _listed(market, a % FREELANCERS, market._thread_path(freelancer, project, rest), project)


_OWN = (
    "/me",
    "/me/preferences",
    "/profiles/mine",
    "/verification/mine",
    "/verification/mine/badges",
    "/verification/mine/alarms",
)


@act(2)
def _reads_their_own(market: Market, a: int, b: int, c: int) -> None:
    market.freelancer(a % FREELANCERS, "GET", _OWN[c % len(_OWN)])


@act(3)
def _goes_where_they_may_not(market: Market, a: int, b: int, c: int) -> None:
    """What belongs to producers and administrators, other methods, bodies and headers that are none."""
    project = market.model.projects[b % len(market.model.projects)]
    profile, thread = market.stage.profile_ids[b % FREELANCERS], market._thread_path(b % FREELANCERS, project.number)
    brief, card = f"/briefs/{project.brief_id}", f"/projects/{project.brief_id}"
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", brief, {}),
        ("GET", f"{brief}/matches", {}),
        ("GET", f"{brief}/matches/{profile}", {}),
        ("GET", f"{brief}/conversations", {}),
        ("GET", f"{brief}/answers", {}),
        ("GET", f"{brief}/calendar", {}),
        ("PATCH", brief, {"body": {"code_name": "Projet Autre"}}),
        ("POST", f"{brief}/publish", {}),
        ("GET", "/companies/mine", {}),
        ("GET", "/admin/audit", {}),
        ("GET", "/admin/reports", {}),
        ("GET", "/admin/exposure", {}),
        ("GET", f"/profiles/{profile}", {}),
        ("POST", f"{thread}/answer", {"body": {"decision": "retained", "reason": "to_meet"}}),
        ("PUT", card, {"body": {}}),
        ("DELETE", "/projects", {}),
        ("POST", f"{card}/interest", {"raw": b"{"}),
        ("POST", f"{card}/interest", {"raw": b"[]", "headers": {"Content-Type": "text/plain"}}),
        ("POST", f"{card}/interest", {"body": {"text": "x", "company": "?"}}),
        ("POST", f"{card}/confidentiality", {"body": {"version": "1900-01"}}),
        ("GET", f"/projects/{profile}", {}),
        ("GET", f"/projects/{project.brief_id.lower()}", {}),
        ("GET", "/projects/%00", {}),
        ("GET", f"/conversations/{project.brief_id}", {}),
        ("POST", f"{thread}/messages", {"body": {"text": "x" * 4001}}),
        ("POST", f"{thread}/messages", {"body": {"text": "Bonjour"}, "headers": {"Idempotency-Key": "é"}}),
        ("GET", card, {"headers": {"Accept-Language": "x" * 300, "X-Forwarded-Host": "ailleurs.test"}}),
    ]
    method, path, options = calls[c % len(calls)]
    body = options.pop("body", None)
    market.freelancer(a % FREELANCERS, method, path, body, project.number, **options)


@act(5)
def _shows_interest(market: Market, a: int, b: int, c: int) -> None:
    market.shows_interest(a % FREELANCERS, b % len(market.model.projects), c)


@act(3)
def _accepts_the_terms(market: Market, a: int, b: int, c: int) -> None:
    _, project = market._link_of(a % FREELANCERS, b)
    market.accepts(a % FREELANCERS, project)


@act(1)
def _declines(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    _, project = market._link_of(number, b)

    def learn() -> None:
        market._begins(number, project)
        market.takes_back(number, project)

    path = f"/projects/{market.model.projects[project].brief_id}/decline"
    market.freelancer(number, "POST", path, None, project, learn)


@act(4)
def _freelancer_writes(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    text = (
        "Merci, à bientôt.",
        f"Écrivez-moi : {PEOPLE[number].email}",
        f"Mon mail, c’est {PEOPLE[number].email.replace('@', ' arobase ').replace('.', ' point ')}",
    )[c % 3]
    market.acts("freelancer", number, *market._link_of(number, b), "POST", "/messages", {"text": text})


@act(2)
def _freelancer_sends_a_file(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    market.sends_a_file("freelancer", number, *market._link_of(number, b), c)


@act(3)
def _freelancer_agrees(market: Market, a: int, b: int, c: int) -> None:
    market.agrees("freelancer", a % FREELANCERS, *market._link_of(a % FREELANCERS, b))


@act(1)
def _freelancer_withdraws(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    freelancer, project = market._link_of(number, b)
    market.acts(
        "freelancer",
        number,
        freelancer,
        project,
        "DELETE",
        "/reveal",
        learn=lambda: market.takes_back(freelancer, project, ["freelancer"]),
    )


_OUTCOMES = ("engaged", "engaged", "engagement_withdrawn", "broken", "not_engaged", "continued_with_another")


@act(2)
def _freelancer_tells_the_outcome(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    freelancer, project = market._link_of(number, b)
    outcome = _OUTCOMES[c % len(_OUTCOMES)]

    def learn() -> None:
        if outcome in ("not_engaged", "continued_with_another"):
            market.takes_back(freelancer, project)

    market.acts("freelancer", number, freelancer, project, "POST", "/outcome", {"outcome": outcome}, learn)


@act(1)
def _freelancer_reports(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    body = {"reason": ("identity_sought", "unpaid_work", "other")[c % 3], "text": "À regarder."}
    market.acts("freelancer", number, *market._link_of(number, b), "POST", "/reports", body)


@act(2)
def _edits_their_profile(market: Market, a: int, b: int, c: int) -> None:
    number = a % FREELANCERS
    body = profile_body(
        display_name=f"{('Inès', 'Noé', 'Lila', 'Yann')[number % 4]} Perrochet-{number}",
        roles=[ROLES[number % 2], ROLES[2]],
        region=("bretagne", "normandie", "occitanie")[c % 3],
        bio={"fr": ("Lectrice.", "Lectrice, puis directrice littéraire.")[b % 2], "en": None},
    )
    market.freelancer(number, "PUT", "/profiles/mine", body)


@act(1)
def _says_twice_what_it_said(market: Market, a: int, b: int, c: int) -> None:
    """The same message under the same key: one message, and the same answer as far as it may still be given."""
    number = a % FREELANCERS
    freelancer, project = market._link_of(number, b)
    path = market._thread_path(freelancer, project, "/messages")
    for _ in range(2):
        market.freelancer(
            number,
            "POST",
            path,
            {"text": "Une seule fois."},
            project,
            headers={"Idempotency-Key": f"clé-{c}".replace("é", "e")},
        )


# ---- of producers


@act(4)
def _moves_a_project(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    verb = ("publish", "publish", "reopen", "close", "fill", "reopen")[c % 6]
    market.producer(number, "POST", f"/briefs/{market._own_project(number, b).brief_id}/{verb}")


@act(1)
def _drafts(market: Market, a: int, b: int, c: int) -> None:
    if len(market.model.projects) < 16:
        market.draft(PRODUCERS[a % len(PRODUCERS)], b, c)


@act(4)
def _revises(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    project = market._own_project(number, b)
    word, of = market.model.word(), {"company": project.company, "project": project.number}
    changes: list[tuple[dict[str, Any], list[Secret]]] = [
        ({"pitch": {"fr": f"{word} rentre chez elle."}}, [Secret("a new pitch", word, stage="full", **of)]),
        (
            {"confidential_title": f"Le Verger de {word}"},
            [Secret("title, a new one", f"Le Verger de {word}", stage="revealed", **of)],
        ),
        ({"code_name": f"Projet Sarrasin {c % 50}"}, []),
        ({"logline": {"fr": "Un facteur ouvre une lettre qui n’est pas pour lui."}}, []),
        ({"budget": {"min": 200, "max": 300 + c, "unit": "day"}}, []),
        ({"levels": ["junior"], "genres": [GENRES[c % len(GENRES)]]}, []),
        ({"company_affinity": False, "junior_seats": 2}, []),
        ({"logline": None}, []),
        ({"logline": {"fr": _gives_away(market, project, c // 13)}}, []),
        ({"pitch": {"fr": _gives_away(market, project, c // 13)}}, []),
        ({"detailed_tasks": {"fr": _gives_away(market, project, c // 13)}}, []),
        ({"code_name": market.a_secret(project, c // 13)[:60]}, []),
        (
            {
                "logline": {"fr": "Un facteur ouvre une lettre."},
                "pitch": {"fr": f"{word} s’en va."},
                "detailed_tasks": None,
            },
            [Secret("a new pitch", word, stage="full", **of)],
        ),
    ]
    changed, secrets = changes[c % len(changes)]
    market.producer(
        number, "PATCH", f"/briefs/{project.brief_id}", changed, learn=lambda: project.secrets.extend(secrets)
    )


def _gives_away(market: Market, project: Project, c: int) -> str:
    return f"Une fiction de {market.a_secret(project, c)} pour l’hiver."


@act(1)
def _has_it_read_over(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    market.producer(number, "POST", f"/briefs/{market._own_project(number, b).brief_id}/check")


@act(3)
def _reads_as_a_producer(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    brief = f"/briefs/{market._own_project(number, b).brief_id}"
    profile = market.stage.profile_ids[b % FREELANCERS]
    thread = market._thread_path(*market._link_with(number, b))
    paths = (
        brief,
        f"{brief}/matches",
        f"{brief}/matches?view=all",
        f"{brief}/matches/{profile}",
        f"{brief}/conversations",
        f"{brief}/answers",
        f"{brief}/outreach",
        f"{brief}/calendar",
        f"/profiles/{profile}",
        "/briefs",
        "/conversations",
        "/companies/mine",
        thread,
        f"{thread}/messages",
        f"{thread}/messages",
    )
    market.producer(number, "GET", paths[c % len(paths)])


@act(4)
def _invites(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    project = market._own_project(number, b)
    shortlist = market.producer(number, "GET", f"/briefs/{project.brief_id}/matches")
    proposed = (
        [one["profile"]["profile_id"] for one in shortlist.json.get("matches", ())] if shortlist.status == 200 else []
    )
    if c % 5 == 0 or not proposed:
        proposed = [market.stage.profile_ids[c % FREELANCERS], *proposed]
    chosen = proposed[c % len(proposed) :][: 1 + c % 3]
    text = (None, "Votre lecture nous intéresse.", market.a_secret(project, c))[c % 3]

    def learn() -> None:
        for profile_id in chosen:
            market._begins(market.stage.profile_ids.index(profile_id), project.number)

    body: dict[str, Any] = {"profile_ids": chosen, "text": text}
    path = f"/briefs/{project.brief_id}/invitations"
    if c % 2:
        chosen, body, path = chosen[:1], {"text": text}, f"/briefs/{project.brief_id}/matches/{chosen[0]}/invite"
    market.producer(number, "POST", path, body, learn)


def _words(market: Market, project: int, c: int) -> str:
    """What a producer writes: something harmless, something that tells who they are, or something that is harmless as
    long as the company does not call itself so."""
    if c % 4 == 0:
        return f"Nous sommes {market.a_secret(market.model.projects[project], c // 4)} !"
    if c % 4 == 1:
        name = f"Maison {market.model.word()}"
        market.model.said.append((market.model.projects[project].company, name))
        return f"Demandez donc {name} à votre libraire."
    return "Le sujet vous parle-t-il ? Nous avançons vite."


@act(8)
def _producer_writes(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    freelancer, project = market._link_with(number, b)
    text = _words(market, project, c)
    market.acts("producer", number, freelancer, project, "POST", "/messages", {"text": text})


@act(3)
def _producer_sends_a_file(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    market.sends_a_file("producer", number, *market._link_with(number, b), c)


@act(5)
def _answers(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    freelancer, project = market._link_with(number, b)
    decision, reason = (("retained", "to_meet"), ("retained", "story_shared"), ("not_retained", "other_dates"))[c % 3]
    text = None if c % 2 else _words(market, project, c // 2)

    def learn() -> None:
        if decision == "not_retained":
            market.takes_back(freelancer, project)

    body = {"decision": decision, "reason": reason, "text": text}
    market.acts("producer", number, freelancer, project, "POST", "/answer", body, learn)


@act(2)
def _prepares_answers(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    project = market._own_project(number, b)
    waiting = market.producer(number, "GET", f"/briefs/{project.brief_id}/answers")
    found = [one["conversation"]["conversation_id"] for one in waiting.json.get("waiting", ())]
    answers = [
        {
            "conversation_id": one,
            "reason": "project_stopped",
            "text": None if c % 2 else _words(market, project.number, c // 2),
        }
        for one in found
    ]
    market.producer(number, "PUT", f"/briefs/{project.brief_id}/answers", {"answers": answers})


@act(3)
def _producer_agrees(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    market.agrees("producer", number, *market._link_with(number, b))


@act(1)
def _producer_withdraws(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    freelancer, project = market._link_with(number, b)
    market.acts(
        "producer",
        number,
        freelancer,
        project,
        "DELETE",
        "/reveal",
        learn=lambda: market.takes_back(freelancer, project, ["producer"]),
    )


@act(2)
def _producer_tells_the_outcome(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    freelancer, project = market._link_with(number, b)
    outcome = _OUTCOMES[c % len(_OUTCOMES)]

    def learn() -> None:
        if outcome in ("not_engaged", "continued_with_another"):
            market.takes_back(freelancer, project)

    body = {"outcome": outcome, "text": None if c % 2 else _words(market, project, c // 2)}
    market.acts("producer", number, freelancer, project, "POST", "/outcome", body, learn)


@act(1)
def _producer_reports(market: Market, a: int, b: int, c: int) -> None:
    number = a % len(PRODUCERS)
    body = {"reason": "contact_outside", "text": "Il ou elle veut un numéro."}
    market.acts("producer", number, *market._link_with(number, b), "POST", "/reports", body)


@act(4)
def _calls_itself_otherwise(market: Market, a: int, b: int, c: int) -> None:
    """By a name that stands in what it wrote, where there is one; now and then by another legal name, which has to be
    checked anew."""
    number = a % len(PRODUCERS)
    company = COMPANY_OF[number]
    body = {**market.producer(number, "GET", "/companies/mine").json}
    body = {name: body[name] for name in market.stage.body(company) if name in body}
    said = [name for owner, name in market.model.said if owner == company and name not in body["other_names"]]
    name = said[b % len(said)] if said and b % 3 else f"Ateliers {market.model.word()}"
    if c % 6 == 0:
        body["legal_name"] = name
    elif len(body["other_names"]) < 20:
        body["other_names"] = [*body["other_names"], name]
    secret = Secret(f"a new name of company {company}", name, company, "revealed")
    market.producer(number, "PUT", "/companies/mine", body, lambda: market.model.secrets.append(secret))


# ---- of administrators, of time, and of what lies between


@act(1)
def _verifies_companies(market: Market, a: int, b: int, c: int) -> None:
    waiting = market._call(ADMIN, "GET", "/admin/companies").json["companies"]
    for company in waiting:
        founder = PRODUCERS[COMPANY_OF.index(market.stage.company_ids.index(company["company_id"]))]
        settle(_actor(founder), "company", ADMIN.sub, lambda _: approval("company_confirmed"))


@act(1)
def _administers(market: Market, a: int, b: int, c: int) -> None:
    reports = market._call(ADMIN, "GET", "/admin/reports").json["reports"]
    if reports:
        report_id = reports[b % len(reports)]["report_id"]
        market._call(ADMIN, "POST", f"/admin/reports/{report_id}/settle", {"ruling": "Vu."})
    market._call(ADMIN, "GET", ("/admin/audit", "/admin/exposure", "/admin/notifications")[c % 3])


@act(3)
def _time_passes(market: Market, a: int, b: int, c: int) -> None:
    market.account.clock.advance(timedelta(hours=(1, 5, 26, 49)[c % 4], minutes=b % 60))
    market.account.sweep()


@act(16)
def _something_arrives(market: Market, a: int, b: int, c: int) -> None:
    """In the order of a stream, in any of a queue; sometimes twice."""
    waiting = market.account.waiting
    if waiting:
        market.deliver(waiting[b % len(waiting)], 1 + c % 10, again=c % 5 == 0, order=Random(c))


@act(2)
def _everything_arrives(market: Market, a: int, b: int, c: int) -> None:
    market.settle()


@act(22)
def _it_goes_on(market: Market, a: int, b: int, c: int) -> None:
    """The next step of two who mean it: interest, terms, both consents, both confirmations."""
    links = [key for key in market.model.links if key[0] < FREELANCERS - 1]
    if not links or c % 9 == 0:
        market.shows_interest(a % FREELANCERS, b % len(market.model.projects), c)
        return
    freelancer, project = links[b % len(links)]
    producer = market._members_of(market.model.projects[project].company)[0]
    link, thread = market.model.link(freelancer, project), market.thread(freelancer, project)
    if thread is None or thread.state in ("open", "invited", "declined", "lapsed"):
        market.shows_interest(freelancer, project, c)
    elif not link.accepted:
        market.accepts(freelancer, project)
    elif not link.revealed and thread.state == "interested":
        missing = [side for side in ("producer", "freelancer") if side not in link.consents]
        side = missing[c % len(missing)]
        market.agrees(side, producer if side == "producer" else freelancer, freelancer, project)
    else:
        side = ("producer", "freelancer")[c % 2]
        who = producer if side == "producer" else freelancer
        outcome = ("engaged", "engaged", "broken", "engagement_withdrawn")[c // 2 % 4]
        market.acts(side, who, freelancer, project, "POST", "/outcome", {"outcome": outcome})
