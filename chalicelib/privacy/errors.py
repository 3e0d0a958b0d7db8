from __future__ import annotations

from chalicelib.platform.errors import DomainError
from chalicelib.vocabulary.text import Bilingual


class NoErasure(DomainError):
    status = 404
    code = "no_erasure"
    message = Bilingual("Aucune suppression n’a été demandée.", "No deletion was asked for.")


class AlreadyRequested(Exception):
    """The account is being deleted already."""


class TakenMeanwhile(Exception):
    """Somebody else wrote it since it was read."""
