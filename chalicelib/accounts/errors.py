from chalicelib.platform.errors import DomainError
from chalicelib.vocabulary.text import Bilingual


class RoleAlreadyChosen(DomainError):
    status = 409
    code = "role_already_chosen"
    message = Bilingual(
        "Ce compte a déjà un rôle ; il ne se change pas ici.",
        "This account already has a role; it cannot be changed here.",
    )
