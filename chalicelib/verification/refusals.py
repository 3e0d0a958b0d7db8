"""Why a file is not kept, in words for whoever sent it."""

from __future__ import annotations

from chalicelib.vocabulary.text import Bilingual

#: Reason → what its sender is told. The first words of each say what is wrong, the last what to do.
REFUSALS = {
    "never_arrived": Bilingual(
        "Le fichier n’est jamais arrivé : envoyez-le de nouveau.", "The file never arrived: please send it again."
    ),
    "empty": Bilingual("Le fichier est vide.", "The file is empty."),
    "too_large": Bilingual(
        "Le fichier dépasse 10 Mo : allégez-le ou envoyez les seules pages utiles.",
        "The file is over 10 MB: make it lighter or send only the pages that matter.",
    ),
    "unknown_type": Bilingual(
        "Ce n’est ni un PDF, ni une image JPEG ou PNG.", "This is neither a PDF nor a JPEG or PNG image."
    ),
    "another_type": Bilingual(
        "Le contenu du fichier n’est pas du type annoncé : renvoyez-le sous sa véritable extension.",
        "The file’s content is not of the type announced: send it again under its true extension.",
    ),
    "damaged": Bilingual(
        "Le fichier est incomplet ou abîmé : exportez-le de nouveau.",
        "The file is incomplete or damaged: export it again.",
    ),
    "something_else_inside": Bilingual(
        "Le fichier en contient un autre (archive, page web, programme) : exportez le document seul.",
        "The file holds another one (archive, web page, program): export the document by itself.",
    ),
    "encrypted": Bilingual(
        "Le PDF est protégé par un mot de passe ou par des droits : enregistrez-en une copie sans protection.",
        "The PDF is protected by a password or by permissions: save a copy without protection.",
    ),
    "script": Bilingual(
        "Le PDF contient du JavaScript : imprimez-le dans un nouveau PDF.",
        "The PDF contains JavaScript: print it into a new PDF.",
    ),
    "acts_by_itself": Bilingual(
        "Le PDF déclenche une action (ouverture, envoi, lancement) : imprimez-le dans un nouveau PDF.",
        "The PDF triggers an action (on opening, form submission, launching): print it into a new PDF.",
    ),
    "attached_files": Bilingual(
        "Le PDF contient des pièces jointes : envoyez le document seul.",
        "The PDF carries attachments: send the document by itself.",
    ),
    "unreadable": Bilingual(
        "Une partie du PDF ne peut pas être contrôlée : imprimez-le dans un nouveau PDF.",
        "Part of the PDF cannot be checked: print it into a new PDF.",
    ),
    "too_many_pixels": Bilingual(
        "L’image a trop de pixels : réduisez-la sous 100 millions.",
        "The image has too many pixels: bring it under 100 million.",
    ),
}
