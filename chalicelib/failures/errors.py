"""What cannot be done with a failure, and what the store answers."""

from __future__ import annotations

from chalicelib.platform.errors import DomainError
from chalicelib.vocabulary.text import Bilingual


class ReplayUnderWay(DomainError):
    status = 409
    code = "replay_under_way"
    message = Bilingual(
        "Un rejeu de cet échec est déjà demandé ou en cours.",
        "A replay of this failure has already been asked for or is under way.",
    )


class AlreadySettled(DomainError):
    status = 409
    code = "already_settled"
    message = Bilingual(
        "Cet échec est déjà réglé : il a été rejoué avec succès ou classé.",
        "This failure is settled: it was replayed with success or dismissed.",
    )


class NotReplayable(DomainError):
    status = 409
    code = "not_replayable"
    message = Bilingual(
        "Cet enregistrement ne peut pas être rejoué : son contenu n’a pas été gardé, ou son traitement ne se rejoue "
        "pas. Classez-le une fois l’affaire réglée.",
        "This record cannot be replayed: its content was not kept, or its handling is not one to repeat. Dismiss it "
        "once the matter is settled.",
    )


class TakenMeanwhile(Exception):
    """Somebody else changed the failure since it was read: theirs stands."""


class NotAsked(Exception):
    """This replay is not owed (any more): it has begun, or the failure has moved on since it was asked for."""
