"""Errors that say what they are: each carries its HTTP status, a stable code and a sentence in both languages.

Served as RFC 9457 `application/problem+json`. `fields` point into the request's body (RFC 6901 pointers).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from chalicelib.vocabulary.text import Bilingual, Language

_FIELD_RULES: list[FieldRule] = []


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A rule that a field can break: its stable code, and what is said to whoever broke it."""

    code: str
    message: Bilingual

    def __post_init__(self) -> None:
        _FIELD_RULES.append(self)

    def broken_at(self, pointer: str, **values: object) -> FieldError:
        """The refusal of that field; `values` take the places left open in the message."""
        return FieldError(pointer, self.code, self.message.format(**values) if values else self.message)


def field_rules() -> list[FieldRule]:
    """Every rule of the contexts that have been imported, by code."""
    return sorted(set(_FIELD_RULES), key=lambda rule: (rule.code, rule.message.en))


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field. `pointer` is a JSON pointer such as `/budget/max`; `code` is stable. `span`: which passage of
    its text is wrong, when it is one: from which code point, counted from 0, to before which. `wording`: what may take
    that passage's place, in each language that the text may be in; None where it can only be taken out."""

    pointer: str
    code: str
    message: Bilingual
    span: tuple[int, int] | None = None
    wording: Bilingual | None = None

    def to_json(self, language: Language) -> dict[str, Any]:
        where = {} if self.span is None else dict(zip(("start", "end"), self.span, strict=True))
        better = {} if self.wording is None else {"wording": {"fr": self.wording.fr, "en": self.wording.en}}
        return {"pointer": self.pointer, "code": self.code, "message": self.message.in_(language), **where, **better}


class DomainError(Exception):
    """Base of every error that a caller may see. Subclasses set the class attributes."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"
    message: ClassVar[Bilingual] = Bilingual("La demande est refusée.", "The request was refused.")
    #: When asking again makes sense by itself: in how many seconds (`Retry-After`).
    retry_after_seconds: ClassVar[int | None] = None
    #: Values for the places left open in the message, for the example in the contract.
    sample: ClassVar[Mapping[str, object]] = {}

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


#: An entry of the taxonomy that may stand where it was chosen before, and is not to be chosen any more.
NO_LONGER_OFFERED = FieldRule(
    "no_longer_offered",
    Bilingual("Cette entrée ne se choisit plus.", "This entry can no longer be chosen."),
)


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


_WRONG_CURSOR = FieldRule(
    "wrong_cursor", Bilingual("Ce curseur n’est pas de cette liste.", "This cursor does not belong to this list.")
)


class WrongCursor(Invalid):
    """A cursor that this list did not give."""

    def __init__(self) -> None:
        super().__init__([_WRONG_CURSOR.broken_at("?cursor")])


class Unauthenticated(DomainError):
    status = 401
    code = "unauthenticated"
    message = Bilingual("Connectez-vous pour continuer.", "Sign in to continue.")


class Forbidden(DomainError):
    status = 403
    code = "forbidden"
    message = Bilingual("Votre compte ne donne pas accès à cette action.", "Your account does not allow this.")


class AccountClosed(DomainError):
    """Whoever holds it asked that it be deleted, or did not use it for years."""

    status = 403
    code = "account_closed"
    message = Bilingual(
        "Ce compte est supprimé, ou sur le point de l’être : plus rien ne s’y enregistre.",
        "This account is deleted, or about to be: nothing is recorded for it any more.",
    )


class AccountSuspended(Forbidden):
    """The account, or the company that it acts for, is suspended: this act waits."""

    code = "account_suspended"
    message = Bilingual(
        "Votre compte est suspendu : cette action n’est pas possible. Pour lire pourquoi, répondre ou contester la "
        "décision : GET /moderation/mine.",
        "Your account is suspended: this action is not possible. To read why, to reply or to contest the decision: "
        "GET /moderation/mine.",
    )


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


class PreconditionRequired(DomainError):
    status = 428
    code = "precondition_required"
    message = Bilingual(
        "Plusieurs personnes peuvent modifier cet élément : indiquez dans If-Match la version lue (son ETag).",
        "Several people may change this: say in If-Match which version you read (its ETag).",
    )


class IdempotencyKeyReused(DomainError):
    status = 422
    code = "idempotency_key_reused"
    message = Bilingual(
        "Cette clé Idempotency-Key a déjà servi pour une autre demande : prenez-en une nouvelle.",
        "This Idempotency-Key has served for another request: take a new one.",
    )


class RequestInProgress(DomainError):
    """The same request, under the same key, is being carried out right now."""

    status = 409
    code = "request_in_progress"
    message = Bilingual(
        "Cette demande est en cours de traitement : redemandez dans un instant.",
        "This request is being carried out: ask again in a moment.",
    )
    retry_after_seconds = 1


class Refused(DomainError):
    """What the gateway refuses without saying why: a request that is no HTTP."""

    status = 400
    code = "refused"


class TooManyRequests(DomainError):
    """Said by the gateway alone."""

    status = 429
    code = "too_many_requests"
    message = Bilingual(
        "Trop de demandes : patientez quelques secondes.",
        "Too many requests: wait a few seconds.",
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
    retry_after_seconds = 2


class InternalError(DomainError):
    status = 500
    code = "internal_error"
    message = Bilingual("Une erreur est survenue de notre côté.", "Something went wrong on our side.")
