/** Words that are chosen from a list. */
const words = {
  seek: "Chercher parmi {{count}}",
  all: "Tout afficher ({{count}})",
  none: "Rien de ce nom. Essayez un autre mot.",
  full: "{{count}} au plus : retirez-en un pour en choisir un autre.",
} as const;

export default words;
