"""Why a person has a seat, in two to four sentences of facts, in French and in English.

    reasons(brief, candidate, why, scored, taxonomy=, today=) -> tuple[Reason, ...]
    summary(candidate, scored, taxonomy=) -> Bilingual     the score in one sentence: what weighed most

Only facts: counts, titles, years, functions, dates, places, all taken from *verified* credits or from what
the profile states about availability. No adjective, no judgement, no rate. Each reason has a code and the
facts it states, so that a test can derive them again:

    genre_credits          genre, count, in_role (of these, in the role wanted), credit_ids, example (an id),
                           adaptations (ids of the credits of the project's source material)
    related_genre_credits  the same, when the genre is only a neighbour of one the project wants
    common_ground          credit_id, entries (`universes/seaside`) that the closest work shares with the
    project tasks                  credit_id, entries: tasks asked for that were done on that work
    declared               entries: declared specialities that the project wants; without verified work only
    level, junior          role, level, years (verified), credits (verified, in the role), status
    availability           from, until, modes, region
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chalicelib.matching.eligibility import first_useful_day, start_window
from chalicelib.matching.scores import Scored
from chalicelib.matching.seats import JUNIOR_SEAT
from chalicelib.matching.snapshots import BriefSnapshot, CandidateSnapshot, CreditSnapshot
from chalicelib.matching.wording import NARROW, day, join, number, phrase, title
from chalicelib.vocabulary.taxonomy import Taxonomy
from chalicelib.vocabulary.text import Bilingual

#: Sentences of one seat, at most; entries named in one sentence, at most.
MOST_SENTENCES = 4
MOST_ENTRIES = 4

AND = Bilingual(" et ", " and ")
OR = Bilingual(" ou ", " or ")

#: Broadcaster ids that name no broadcaster.
_NOBODY = frozenset({"other-broadcaster", "none-yet"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence. `facts` is plain JSON: what the sentence states, by ids."""

    code: str
    text: Bilingual
    facts: dict[str, Any]

    def to_item(self) -> dict[str, Any]:
        return {"code": self.code, "text": {"fr": self.text.fr, "en": self.text.en}, "facts": self.facts}


def reasons(
    brief: BriefSnapshot,
    candidate: CandidateSnapshot,
    why: str,
    scored: Scored,
    *,
    taxonomy: Taxonomy,
    today: date,
) -> tuple[Reason, ...]:
    """Two to four sentences: the works (genre, then what the closest one shares with the project), the
    experience in the role, the availability."""
    return _Facts(brief, candidate, why, scored, taxonomy, today).sentences()


def summary(candidate: CandidateSnapshot, scored: Scored, *, taxonomy: Taxonomy) -> Bilingual:
    """The score in one sentence: the two works that gave most, what they share with the project, the project's words
    that were found there. Of somebody without verified work, what they declare, and that it is only said."""
    titles = {credit.credit_id: credit for credit in candidate.credits}
    works = [titles[one] for one in scored.deciding if one in titles]
    parts = [_deciding(works)]
    criteria = {part.criterion: part.evidence for part in scored.contributions if part.points}
    shared = [
        entry
        for criterion in ("genre", "universe", "stakes", "tone")
        if criterion in criteria
        for entry in criteria[criterion].shared
    ]
    if shared:
        listed = _listed(taxonomy, shared[:MOST_ENTRIES])
        parts.append(
            Bilingual(f"en commun avec le projet{NARROW}: {listed.fr}", f"shared with the project: {listed.en}")
        )
    else:
        near = [pair[1] for criterion in criteria for pair in criteria[criterion].related]
        if near:
            listed = _listed(taxonomy, list(dict.fromkeys(near))[:MOST_ENTRIES])
            parts.append(Bilingual(f"proche du projet{NARROW}: {listed.fr}", f"close to the project: {listed.en}"))
    words = criteria["text"].terms[:MOST_ENTRIES] if "text" in criteria else ()
    if words:
        said = join(list(words), Bilingual(", ", ", "))
        parts.append(
            Bilingual(f"mots du projet retrouvés{NARROW}: {said.fr}", f"words of the project found there: {said.en}")
        )
    french, english = f"{NARROW}; ".join(part.fr for part in parts), "; ".join(part.en for part in parts)
    return Bilingual(f"{_capital(french)}.", f"{_capital(english)}.")


def _deciding(works: list[CreditSnapshot]) -> Bilingual:
    if not works:
        return Bilingual(
            "aucune œuvre vérifiée ne décide encore, le rang tient à ce que le profil déclare",
            "no verified work decides yet, the rank rests on what the profile declares",
        )
    first, *others = [
        Bilingual(f"{title(work.title).fr} ({work.year})", f"{title(work.title).en} ({work.year})") for work in works
    ]
    if not others:
        return Bilingual(f"{first.fr} a décidé", f"{first.en} decided")
    return Bilingual(f"{first.fr} a décidé, puis {others[0].fr}", f"{first.en} decided, then {others[0].en}")


def _listed(taxonomy: Taxonomy, entries: list[str]) -> Bilingual:
    return join([_noun(taxonomy, *entry.split("/", 1)) for entry in entries], Bilingual(", ", ", "))


def _noun(taxonomy: Taxonomy, dimension: str, entry: str) -> Bilingual:
    """An entry as one of a list of things: a tone is an adjective, and no thing by itself."""
    name = phrase(taxonomy, dimension, entry)
    return Bilingual(f"ton {name.fr}", f"{name.en} tone") if dimension == "tones" else name


class _Facts:
    def __init__(
        self,
        brief: BriefSnapshot,
        candidate: CandidateSnapshot,
        why: str,
        scored: Scored,
        taxonomy: Taxonomy,
        today: date,
    ) -> None:
        self._brief = brief
        self._candidate = candidate
        self._why = why
        self._scored = scored
        self._taxonomy = taxonomy
        self._today = today
        self._credits = sorted(
            (credit for credit in candidate.credits if credit.verified), key=lambda credit: credit.credit_id
        )
        closest = scored.closest_credit_id
        self._closest = next((credit for credit in self._credits if credit.credit_id == closest), None)

    def sentences(self) -> tuple[Reason, ...]:
        always = [self._experience(), self._availability()]
        works = [self._genre(), self._common_ground(), self._tasks(), self._declared()]
        said = [reason for reason in works if reason is not None]
        return (*said[: MOST_SENTENCES - len(always)], *always)

    def _genre(self) -> Reason | None:
        """How many verified credits in a genre of the project, or in its nearest neighbour, with one
        example."""
        code, genre, counted = "genre_credits", *self._most_frequent(self._brief.genres)
        if not counted:
            code, genre, counted = "related_genre_credits", *self._most_frequent(self._neighbours())
        if not counted:
            return None
        example = min(counted, key=self._telling)
        adapted = self._adaptations()
        name = phrase(self._taxonomy, "genres", genre)
        many = number(
            len(counted),
            Bilingual("Un crédit vérifié", "One verified credit"),
            Bilingual("crédits vérifiés", "verified credits"),
        )
        if code == "genre_credits":
            head = Bilingual(f"{many.fr} en {name.fr}", f"{many.en} in {name.en}")
        else:
            head = Bilingual(
                f"{many.fr} dans un genre voisin ({name.fr})",
                f"{many.en} in a neighbouring genre ({name.en})",
            )
        in_role = sum(credit.function == self._brief.role for credit in counted)
        if 0 < in_role < len(counted):
            trade = phrase(self._taxonomy, "roles", self._brief.role)
            some = Bilingual("un", "one") if in_role == 1 else Bilingual(str(in_role), str(in_role))
            head = Bilingual(f"{head.fr} ({some.fr} en {trade.fr})", f"{head.en} ({some.en} in {trade.en})")
        link = Bilingual(f"{NARROW}: ", ": ") if len(counted) == 1 else Bilingual(", dont ", ", including ")
        work = self._work(example)
        tail = self._adapted(len(adapted))
        return Reason(
            code,
            Bilingual(f"{head.fr}{link.fr}{work.fr}{tail.fr}.", f"{head.en}{link.en}{work.en}{tail.en}."),
            {
                "genre": genre,
                "count": len(counted),
                "in_role": in_role,
                "credit_ids": [credit.credit_id for credit in counted],
                "example": example.credit_id,
                "adaptations": adapted,
            },
        )

    def _common_ground(self) -> Reason | None:
        """What the closest work and the project both are about."""
        work = self._closest
        if work is None:
            return None
        universes = self._shared("universes", self._brief.universes, work.universes)
        stakes = self._shared("stakes", self._brief.stakes, work.stakes)
        tones = self._shared("tones", self._brief.tones, work.tones)
        entries = [("universes", one) for one in universes] + [("stakes", one) for one in stakes]
        entries = entries[:MOST_ENTRIES]
        parts = [phrase(self._taxonomy, dimension, entry) for dimension, entry in entries]
        tones = tones[: max(1, MOST_ENTRIES - len(entries))]
        if tones:
            names = join([phrase(self._taxonomy, "tones", tone) for tone in tones], AND)
            plural = "s" if len(tones) > 1 else ""
            parts.append(Bilingual(f"ton{plural} {names.fr}", f"{names.en} tone{plural}"))
        if not parts:
            return None
        name = title(work.title)
        listed = join(parts, Bilingual(", ", ", "))
        return Reason(
            "common_ground",
            Bilingual(
                f"En commun entre {name.fr} ({work.year}) et le projet{NARROW}: {listed.fr}.",
                f"{name.en} ({work.year}) and the project share: {listed.en}.",
            ),
            {
                "credit_id": work.credit_id,
                "entries": [f"{dimension}/{entry}" for dimension, entry in entries]
                + [f"tones/{tone}" for tone in tones],
            },
        )

    def _tasks(self) -> Reason | None:
        work = self._closest
        if work is None:
            return None
        tasks = self._shared("tasks", self._brief.tasks, work.tasks)[:MOST_ENTRIES]
        if not tasks:
            return None
        name = title(work.title)
        listed = join([phrase(self._taxonomy, "tasks", task) for task in tasks], Bilingual(", ", ", "))
        head = (
            Bilingual("Mission demandée et déjà assurée", "Task asked for and already done")
            if len(tasks) == 1
            else Bilingual("Missions demandées et déjà assurées", "Tasks asked for and already done")
        )
        return Reason(
            "tasks",
            Bilingual(
                f"{head.fr} sur {name.fr} ({work.year}){NARROW}: {listed.fr}.",
                f"{head.en} on {name.en} ({work.year}): {listed.en}.",
            ),
            {"credit_id": work.credit_id, "entries": [f"tasks/{task}" for task in tasks]},
        )

    def _declared(self) -> Reason | None:
        """For who has no verified work: what the profile says it knows, and that it is only said."""
        if self._credits:
            return None
        wanted = {
            "genres": self._brief.genres,
            "universes": self._brief.universes,
            "stakes": self._brief.stakes,
        }
        entries = [
            (dimension, entry)
            for dimension, ids in wanted.items()
            for entry in self._shared(dimension, ids, self._candidate.specialities.get(dimension, ()))
        ][:MOST_ENTRIES]
        if not entries:
            return None
        listed = join([phrase(self._taxonomy, *entry) for entry in entries], Bilingual(", ", ", "))
        return Reason(
            "declared",
            Bilingual(
                f"Spécialités déclarées, communes au projet{NARROW}: {listed.fr}.",
                f"Declared specialities, shared with the project: {listed.en}.",
            ),
            {"entries": [f"{dimension}/{entry}" for dimension, entry in entries]},
        )

    def _experience(self) -> Reason:
        """Level and verified years in the role; for a junior, that this is a junior's profile and how far it
        is checked."""
        role = self._brief.role
        level = self._candidate.level(role)
        years = self._candidate.verified_years.get(role, 0)
        in_role = sum(credit.function == role for credit in self._credits)
        trade = phrase(self._taxonomy, "roles", role)
        facts = {
            "role": role,
            "level": level,
            "years": years,
            "credits": in_role,
            "status": self._candidate.verification,
        }
        done = self._done(years, in_role)
        since = Bilingual(f"{done.fr} en {trade.fr}", f"{done.en} in {trade.en}")
        if level != "junior":
            name = phrase(self._taxonomy, "seniority", level)
            return Reason(
                "level",
                Bilingual(f"{_capital(since.fr)}, niveau {name.fr}.", f"{_capital(since.en)}, {name.en} level."),
                facts,
            )
        head = (
            Bilingual("Place réservée à un profil junior", "Place kept for a junior profile")
            if self._why == JUNIOR_SEAT
            else Bilingual("Profil junior", "Junior profile")
        )
        checked = (
            Bilingual("parcours vérifié", "background verified")
            if self._candidate.verification == "verified"
            else Bilingual("parcours vérifié en partie", "background partly verified")
        )
        return Reason(
            "junior",
            Bilingual(f"{head.fr}{NARROW}: {checked.fr}, {since.fr}.", f"{head.en}: {checked.en}, {since.en}."),
            facts,
        )

    @staticmethod
    def _done(years: int, in_role: int) -> Bilingual:
        if years:
            return number(
                years,
                Bilingual("un an vérifié", "one verified year"),
                Bilingual("ans vérifiés", "verified years"),
            )
        if in_role:
            return number(
                in_role,
                Bilingual("un crédit vérifié", "one verified credit"),
                Bilingual("crédits vérifiés", "verified credits"),
            )
        return Bilingual("pas encore de crédit vérifié", "no verified credit yet")

    def _availability(self) -> Reason:
        """From when, until when, how and where: as the profile states it."""
        first, last = start_window(self._brief, self._today)
        useful = first_useful_day(self._candidate, first, last)
        windows = [
            (begins, ends)
            for begins, ends in self._candidate.availability
            if useful is not None and begins <= useful and (ends is None or ends >= useful)
        ]
        begins, ends = min(windows, key=lambda window: window[0], default=(first, None))
        if not windows:
            return Reason(
                "availability",
                Bilingual("Disponibilité à préciser.", "Availability to be confirmed."),
                {"from": None, "until": None, "modes": [], "region": None},
            )
        start = day(begins)
        when = (
            Bilingual("Disponible dès maintenant", "Available now")
            if begins <= self._today
            else Bilingual(f"Disponible dès le {start.fr}", f"Available from {start.en}")
        )
        if ends is not None:
            end = day(ends)
            when = Bilingual(f"{when.fr} et jusqu’au {end.fr}", f"{when.en} until {end.en}")
        known = self._taxonomy.dimensions["work-modes"].entries
        modes = [mode for mode in known if mode in self._candidate.work_modes]
        region = self._candidate.region if self._brief.working_mode != "remote" else None
        parts = [when]
        if modes:
            parts.append(join([phrase(self._taxonomy, "work-modes", mode) for mode in modes], OR))
        if region:
            parts.append(phrase(self._taxonomy, "regions", region))
        listed = join(parts, Bilingual(", ", ", "))
        return Reason(
            "availability",
            Bilingual(f"{listed.fr}.", f"{listed.en}."),
            {
                "from": begins.isoformat(),
                "until": None if ends is None else ends.isoformat(),
                "modes": modes,
                "region": region,
            },
        )

    def _most_frequent(self, genres: tuple[str, ...]) -> tuple[str, list[CreditSnapshot]]:
        """The genre that most verified credits have, among those given in order of preference, and these
        credits."""
        counted = [
            (genre, [credit for credit in self._credits if genre in credit.genres])
            for genre in dict.fromkeys(genres)
            if self._taxonomy.knows("genres", genre)
        ]
        # The genre of the closest work first: it is the one that gave the points.
        near = self._closest.genres if self._closest else ()
        return min(counted, key=lambda pair: (-len(pair[1]), pair[0] not in near, pair[0]), default=("", []))

    def _neighbours(self) -> tuple[str, ...]:
        """The genres most alike those of the project, among those of the closest work."""
        pairs = [
            pair
            for part in self._scored.contributions
            if part.criterion == "genre" and part.evidence.credit_ids
            for pair in part.evidence.related
        ]
        return tuple(theirs.removeprefix("genres/") for _, theirs in pairs)

    def _telling(self, credit: CreditSnapshot) -> tuple[bool, bool, bool, int, str]:
        """Orders examples: in the role wanted, the closest work, in the format wanted, the latest."""
        return (
            credit.function != self._brief.role,
            credit is not self._closest,
            credit.format != self._brief.format,
            -credit.year,
            credit.credit_id,
        )

    def _work(self, credit: CreditSnapshot) -> Bilingual:
        """ "un unitaire 90′ pour France 3 en 2024", with the function when it is not the one wanted."""
        form = (
            phrase(self._taxonomy, "formats", credit.format)
            if credit.format and self._taxonomy.knows("formats", credit.format)
            else title(credit.title)
        )
        text = form
        if credit.broadcaster and credit.broadcaster not in _NOBODY:
            for_whom = (
                self._taxonomy.dimensions["broadcasters"].entries[credit.broadcaster].labels
                if self._taxonomy.knows("broadcasters", credit.broadcaster)
                else dict.fromkeys(("fr", "en"), credit.broadcaster)
            )
            text = Bilingual(f"{text.fr} pour {for_whom['fr']}", f"{text.en} for {for_whom['en']}")
        text = Bilingual(f"{text.fr} en {credit.year}", f"{text.en} in {credit.year}")
        if credit.function != self._brief.role:
            trade = phrase(self._taxonomy, "roles", credit.function)
            text = Bilingual(f"{text.fr}, en {trade.fr}", f"{text.en}, in {trade.en}")
        return text

    def _adaptations(self) -> list[str]:
        source = self._brief.source_material
        if source in (None, "original"):
            return []
        return [credit.credit_id for credit in self._credits if credit.source_material == source]

    def _adapted(self, count: int) -> Bilingual:
        """What to add about works of the same origin as the project."""
        if not count:
            return Bilingual("", "")
        origin = phrase(self._taxonomy, "source-material", str(self._brief.source_material))
        works = number(
            count,
            Bilingual("un crédit vérifié", "one verified credit"),
            Bilingual("crédits vérifiés", "verified credits"),
        )
        return Bilingual(f"{NARROW}; {works.fr} sur {origin.fr}", f"; {works.en} on {origin.en}")

    def _shared(self, dimension: str, wanted: tuple[str, ...], had: tuple[str, ...]) -> list[str]:
        """Entries of both, in alphabetical order of id: no order of a form may change a sentence."""
        return sorted(entry for entry in set(wanted) & set(had) if self._taxonomy.knows(dimension, entry))


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
