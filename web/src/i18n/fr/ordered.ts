/** How profiles are ordered, for whoever is ordered and whoever reads the order. */
const words = {
  title: "Comment les profils sont classés",
  lead: "Pour chaque projet, un calcul ordonne les profils vérifiés et dit pourquoi. Il ne choisit personne : voici tout ce qu’il compte, ce qu’il ne compte jamais, et qui décide.",
  criteria: "Ce qui compte",
  criteria_what: "Cent points en tout. Chaque profil en reçoit une part sur chaque critère, à partir des œuvres vérifiées de son parcours.",
  points_one: "{{count}} point",
  points_many: "{{count}} points",
  points_other: "{{count}} points",
  eligibility: "Qui peut être proposé",
  eligibility_what: "Tout le reste affine l’ordre sans écarter personne.",
  shortlist: "Comment la sélection se compose",
  junior: "La place des juniors",
  never: "Ce qui ne compte jamais",
  decides: "Qui décide",
  decides_what: [
    "La production lit la sélection, compare, invite qui elle veut ; le classement complet lui est ouvert, avec les points de chacun.",
    "Chaque profil proposé l’est avec ses raisons. Une personne peut lire, pour chaque projet, ce qui l’en rapproche, ce qui l’en éloigne et ce que changerait un détail de son profil.",
    "Les vérifications sont tranchées par des personnes. Un refus en demande deux, il est motivé, et une troisième peut le revoir.",
  ],
  version: "Poids en vigueur : version {{version}}. Chaque sélection garde la version avec laquelle elle a été calculée : la refaire donne le même ordre.",
} as const;

export default words;
