from __future__ import annotations

from chalicelib.platform.errors import DomainError, FieldRule
from chalicelib.vocabulary.text import Bilingual

ONE_OF_THREE = FieldRule(
    "one_of_three",
    Bilingual(
        "Indiquez le nom de la société, son SIREN ou l’échange : un seul des trois.",
        "Give the company’s name, its SIREN or the conversation: one of the three.",
    ),
)
WRONG_SIREN = FieldRule(
    "wrong_siren", Bilingual("Ce numéro SIREN n’est pas valide.", "This SIREN number is not valid.")
)
NAMES_NOBODY = FieldRule(
    "names_nobody",
    Bilingual(
        "Ce nom ne désigne aucune société : écrivez-le en entier.", "This names no company: write the name in full."
    ),
)


class TooManyBlocks(DomainError):
    status = 409
    code = "too_many_blocks"
    message = Bilingual(
        "Vous tenez déjà {limit} sociétés à distance : levez un blocage avant d’en poser un autre.",
        "You keep {limit} companies away already: lift a block before you set another.",
    )
    sample = {"limit": 30}
