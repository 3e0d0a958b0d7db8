/** Sending a file. */
const words = {
  drop: "Ou déposez vos fichiers ici.",
  limits: "{{formats}}, {{size}} Mo au plus par fichier.",
  progress: "Envoi de {{name}}",
  kept: "{{name}} : reçu, contrôlé et conservé.",
  says: {
    sending: "{{name}} : envoi en cours.",
    checking: "{{name}} : reçu, contrôle en cours.",
    refused: "{{name}} : refusé.",
    failed: "{{name}} : l’envoi a échoué.",
  },
  step: { waiting: "En attente", checking: "Reçu, contrôle en cours…" },
  wrong: {
    type: "Ce format n’est pas accepté : {{formats}}.",
    size: "Ce fichier dépasse {{size}} Mo. Allégez-le, ou n’envoyez que les pages utiles.",
    empty: "Ce fichier est vide.",
  },
  offline: "La connexion s’est interrompue. Le fichier est resté ici : réessayez.",
  failed: "L’envoi n’a pas abouti. Réessayez dans un instant.",
  away: "Retirer de la liste",
  retry_one: "Réessayer d’envoyer {{name}}",
  cancel_one: "Annuler l’envoi de {{name}}",
  away_one: "Retirer {{name}} de la liste",
} as const;

export default words;
