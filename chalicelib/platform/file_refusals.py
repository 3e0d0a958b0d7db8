"""Why a file is not kept, in words for whoever sent it. How large and of which kinds files may be is for who takes them
to say."""

from __future__ import annotations

from chalicelib.vocabulary.text import Bilingual

#: Reason → what its sender is told. The first words of each say what is wrong, the last what to do.
REFUSALS = {
    "never_arrived": Bilingual(
        "Le fichier n’est jamais arrivé : envoyez-le de nouveau.", "The file never arrived: please send it again."
    ),
    "empty": Bilingual("Le fichier est vide.", "The file is empty."),
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
        "Le fichier est protégé par un mot de passe ou par des droits : enregistrez-en une copie sans protection.",
        "The file is protected by a password or by permissions: save a copy without protection.",
    ),
    "script": Bilingual(
        "Le fichier contient un programme (JavaScript, macros) : imprimez-le dans un nouveau PDF.",
        "The file holds a program (JavaScript, macros): print it into a new PDF.",
    ),
    "acts_by_itself": Bilingual(
        "Le fichier déclenche une action (ouverture, envoi, chargement) : imprimez-le dans un nouveau PDF.",
        "The file triggers an action (on opening, form submission, loading): print it into a new PDF.",
    ),
    "attached_files": Bilingual(
        "Le fichier en contient d’autres : envoyez le document seul.",
        "The file carries others: send the document by itself.",
    ),
    "unreadable": Bilingual(
        "Une partie du fichier ne peut pas être contrôlée : imprimez-le dans un nouveau PDF.",
        "Part of the file cannot be checked: print it into a new PDF.",
    ),
    "too_many_pixels": Bilingual(
        "L’image a trop de pixels : réduisez-la sous 100 millions.",
        "The image has too many pixels: bring it under 100 million.",
    ),
}
