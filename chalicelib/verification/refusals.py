"""Why a file is not kept, in words for whoever sent it."""

from __future__ import annotations

from chalicelib.platform import file_refusals
from chalicelib.vocabulary.text import Bilingual

#: Reason → what its sender is told.
REFUSALS = {
    **file_refusals.REFUSALS,
    "too_large": Bilingual(
        "Le fichier dépasse 10 Mo : allégez-le ou envoyez les seules pages utiles.",
        "The file is over 10 MB: make it lighter or send only the pages that matter.",
    ),
    "unknown_type": Bilingual(
        "Ce n’est ni un PDF, ni une image JPEG ou PNG.", "This is neither a PDF nor a JPEG or PNG image."
    ),
}
