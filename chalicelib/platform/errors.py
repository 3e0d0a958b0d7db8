"""Errors that say what they are: each carries its HTTP status, a stable code and a sentence in both languages.

Served as RFC 9457 `application/problem+json`. `fields` point into the request's body (RFC 6901 pointers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from chalicelib.vocabulary.text import Bilingual, Language


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field. `pointer` is a JSON pointer such as `/budget/max`; `code` is stable."""

    pointer: str
    code: str
    message: Bilingual

    def to_json(self, language: Language) -> dict[str, str]:
        return {"pointer": self.pointer, "code": self.code, "message": self.message.in_(language)}


class DomainError(Exception):
    """Base of every error that a caller may see. Subclasses set the class attributes."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"
    message: ClassVar[Bilingual] = Bilingual("La demande est refusée.", "The request was refused.")

    def __init__(self, fields: Sequence[FieldError] = (), **values: object) -> None:
        super().__init__(self.code)
        self.fields = tuple(fields)
        self.values = values

    def to_problem(self, language: Language) -> dict[str, Any]:
        """The body of the answer: `type`, `title`, `status`, `code` and, when there are any, `errors`."""
        values = {
            name: value.in_(language) if isinstance(value, Bilingual) else value for name, value in self.values.items()
        }
        body: dict[str, Any] = {
            "type": f"urn:plot-point:error:{self.code}",
            "title": self.message.in_(language).format(**values),
            "status": self.status,
            "code": self.code,
        }
        if self.fields:
            body["errors"] = [field.to_json(language) for field in self.fields]
        return body


class Retryable(Exception):
    """The work failed for a reason that passes by itself: do it again later. The message is a code."""


class MalformedBody(DomainError):
    status = 400
    code = "malformed_body"
    message = Bilingual(
        "Le corps de la demande doit être un objet JSON valide.",
        "The request body must be a valid JSON object.",
    )


class BodyTooLarge(DomainError):
    status = 413
    code = "body_too_large"
    message = Bilingual("La demande est trop volumineuse.", "The request is too large.")


class Invalid(DomainError):
    status = 422
    code = "invalid"
    message = Bilingual("Certains champs sont à corriger.", "Some fields need correcting.")


class WrongCursor(Invalid):
    """A cursor that this list did not give."""

    def __init__(self) -> None:
        message = Bilingual("Ce curseur n’est pas de cette liste.", "This cursor does not belong to this list.")
        super().__init__([FieldError("?cursor", "wrong_cursor", message)])


class Unauthenticated(DomainError):
    status = 401
    code = "unauthenticated"
    message = Bilingual("Connectez-vous pour continuer.", "Sign in to continue.")


class Forbidden(DomainError):
    status = 403
    code = "forbidden"
    message = Bilingual("Votre compte ne donne pas accès à cette action.", "Your account does not allow this.")


class NotFound(DomainError):
    status = 404
    code = "not_found"
    message = Bilingual("Introuvable.", "Not found.")


class Conflict(DomainError):
    status = 409
    code = "conflict"
    message = Bilingual(
        "Quelqu’un a modifié cet élément entre-temps : rechargez-le.",
        "Someone changed this in the meantime: reload it.",
    )


class PreconditionFailed(DomainError):
    status = 412
    code = "precondition_failed"
    message = Bilingual(
        "La version indiquée par If-Match n’est plus la version en cours : rechargez-la.",
        "The version given in If-Match is no longer current: reload it.",
    )


class MethodNotAllowed(DomainError):
    status = 405
    code = "method_not_allowed"
    message = Bilingual("Cette adresse n’accepte pas cette méthode.", "This address does not accept this method.")


class UnsupportedMediaType(DomainError):
    status = 415
    code = "unsupported_media_type"
    message = Bilingual("Envoyez du JSON (application/json).", "Send JSON (application/json).")


class Unavailable(DomainError):
    status = 503
    code = "unavailable"
    message = Bilingual(
        "Le service est momentanément indisponible : réessayez dans un instant.",
        "The service is briefly unavailable: try again in a moment.",
    )


class InternalError(DomainError):
    status = 500
    code = "internal_error"
    message = Bilingual("Une erreur est survenue de notre côté.", "Something went wrong on our side.")
