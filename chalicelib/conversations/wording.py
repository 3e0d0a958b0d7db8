"""What a conversation is made of, in words: the guided questions, the reasons of an answer, who is opposite."""

from __future__ import annotations

from chalicelib.vocabulary.text import Bilingual

#: What to begin with, when one does not know how.
QUESTIONS: dict[str, Bilingual] = {
    "why_this_story": Bilingual("Qu’est-ce qui vous attire dans cette histoire ?", "What draws you to this story?"),
    "closest_work": Bilingual(
        "De vos travaux, lequel s’en approche le plus, et qu’y avez-vous fait ?",
        "Which of your works comes closest to it, and what did you do on it?",
    ),
    "how_to_work": Bilingual(
        "Comment aimeriez-vous travailler : par où commencer, à quel rythme, avec qui ?",
        "How would you like to work: where to begin, at what pace, with whom?",
    ),
}

#: Each reason as it is listed.
REASONS: dict[str, Bilingual] = {
    "story_shared": Bilingual("Votre lecture du projet", "Your reading of the project"),
    "experience_fits": Bilingual("Votre expérience", "Your experience"),
    "to_meet": Bilingual("Envie d’en parler de vive voix", "We would like to talk"),
    "another_profile": Bilingual("Un autre profil a été retenu", "Somebody else was chosen"),
    "closer_experience": Bilingual(
        "Une expérience plus proche de ce projet était cherchée", "Experience closer to this project was wanted"
    ),
    "other_dates": Bilingual("Les dates ne s’accordent pas", "The dates do not match"),
    "other_budget": Bilingual("Le budget ne s’accorde pas", "The budget does not match"),
    "other_working_mode": Bilingual("Le mode de travail ne s’accorde pas", "The working mode does not match"),
    "project_changed": Bilingual("Le projet a changé", "The project has changed"),
    "project_stopped": Bilingual("Le projet s’arrête", "The project has stopped"),
    "rights_lapsed": Bilingual("Les droits n’ont pas été conservés", "The rights were not kept"),
}

#: What is said to somebody where the producer wrote nothing of their own.
MESSAGES: dict[str, Bilingual] = {
    "story_shared": Bilingual(
        "Votre lecture du projet nous parle : poursuivons l’échange.",
        "Your reading of the project speaks to us: let us go on.",
    ),
    "experience_fits": Bilingual(
        "Votre expérience correspond à ce que nous cherchons : poursuivons l’échange.",
        "Your experience is what we are looking for: let us go on.",
    ),
    "to_meet": Bilingual("Nous aimerions vous parler de vive voix.", "We would like to talk to you."),
    "another_profile": Bilingual(
        "Merci de l’intérêt que vous avez porté à ce projet. Nous poursuivons avec un autre profil.",
        "Thank you for your interest in this project. We are going on with somebody else.",
    ),
    "closer_experience": Bilingual(
        "Merci de votre intérêt. Nous cherchions, pour ce projet, une expérience plus proche de son genre ou de son "
        "format.",
        "Thank you for your interest. For this project we were looking for experience closer to its genre or format.",
    ),
    "other_dates": Bilingual(
        "Merci de votre intérêt. Nos dates ne s’accordent malheureusement pas avec les vôtres.",
        "Thank you for your interest. Unfortunately our dates do not match yours.",
    ),
    "other_budget": Bilingual(
        "Merci de votre intérêt. Nous n’avons pas trouvé d’accord sur le budget.",
        "Thank you for your interest. We could not agree on the budget.",
    ),
    "other_working_mode": Bilingual(
        "Merci de votre intérêt. Le lieu ou le mode de travail ne s’accordent pas.",
        "Thank you for your interest. The place or the way of working does not match.",
    ),
    "project_changed": Bilingual(
        "Merci de votre intérêt. Le projet a changé de direction et demande un autre profil.",
        "Thank you for your interest. The project has changed direction and needs another profile.",
    ),
    "project_stopped": Bilingual(
        "Merci de l’intérêt que vous avez porté à ce projet. Il s’arrête pour le moment.",
        "Thank you for your interest in this project. It stops here for the moment.",
    ),
    "rights_lapsed": Bilingual(
        "Merci de l’intérêt que vous avez porté à ce projet. Les droits de l’œuvre n’ont pas été conservés.",
        "Thank you for your interest in this project. The rights to the work were not kept.",
    ),
}

BREAKS: dict[str, Bilingual] = {
    "project_stopped": Bilingual("Le projet s’est arrêté", "The project stopped"),
    "dates": Bilingual("Les dates n’ont pas tenu", "The dates did not hold"),
    "disagreement": Bilingual("Désaccord sur le travail", "Disagreement about the work"),
    "personal": Bilingual("Raison personnelle", "Personal reason"),
    "other": Bilingual("Autre raison", "Another reason"),
}

#: What in a conversation administrators may be asked to look at.
REPORT_REASONS: dict[str, Bilingual] = {
    "contact_outside": Bilingual("Cherche à sortir de la plateforme", "Tries to move outside the platform"),
    "identity_sought": Bilingual("Cherche à lever l’anonymat", "Tries to get round the anonymity"),
    "discrimination": Bilingual("Propos discriminatoires", "Discriminatory words"),
    "harassment": Bilingual("Harcèlement ou menace", "Harassment or threat"),
    "unpaid_work": Bilingual("Travail demandé sans rémunération", "Work asked for without pay"),
    "fraud": Bilingual("Tromperie", "Deceit"),
    "other": Bilingual("Autre", "Other"),
}


#: Who is opposite once their account is deleted.
DELETED_ACCOUNT = Bilingual("Compte supprimé", "Deleted account")


def masked_company(code_name: str) -> Bilingual:
    """Who is opposite a freelancer before the reveal: the project's code name, and nothing else."""
    return Bilingual(f"La production de « {code_name} »", f"The production of “{code_name}”")
