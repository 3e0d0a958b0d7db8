/** What is said of one project of a production, around each of its screens. */
const words = {
  untitled: "Projet sans nom de code",
  back: "Mes projets",
  sections: "Le projet",
  proposals: "Profils proposés",
  conversations: "Échanges",
  edit: "Le projet",
  preview: "Vu par un indépendant",
  answers: "Réponses et clôture",
  option: "l’option",
  status: {
    draft: "Brouillon",
    live: "En ligne",
    closed: "Clos",
    filled: "Pourvu",
    expired: "Arrivé à échéance",
    returned: "Renvoyé par la modération",
  },
} as const;

export default words;
