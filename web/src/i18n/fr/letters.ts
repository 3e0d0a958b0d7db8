/** What administrators write to whom a case is about: models, in that person's language, that they correct. */
const words = {
  all_confirmed: "Bonjour,\n\nTout ce que vous avez déclaré est confirmé. Les productions le voient désormais comme vérifié.",
  confirmed_in_part:
    "Bonjour,\n\nUne partie de ce que vous avez déclaré est établie. Le reste n’est pas tenu pour faux : il s’affiche comme déclaré, et pourra être vérifié dès qu’une pièce ou une attestation le montrera.",
  junior_path_confirmed:
    "Bonjour,\n\nVos débuts sont confirmés : les pièces envoyées montrent votre formation et vos premières expériences de lecture ou de développement.",
  company_confirmed: "Bonjour,\n\nVotre société et votre mandat sont confirmés. Vous pouvez publier vos projets.",
  documents_missing:
    "Bonjour,\n\nIl nous manque de quoi établir ce que vous avez déclaré. Un contrat aux montants masqués, une capture du générique ou l’attestation d’une personne de la production suffirait. Ce n’est pas un jugement sur votre parcours : vous pouvez redemander une vérification à tout moment.",
  documents_contradict:
    "Bonjour,\n\nLes pièces envoyées ne disent pas la même chose que votre déclaration. Précisons : [ce que dit la pièce, et ce qui est déclaré]. Si la pièce ou la déclaration est à corriger, faites-le et redemandez une vérification.",
  sources_contradict:
    "Bonjour,\n\nLes sources consultées ne disent pas la même chose que votre déclaration. Précisons : [ce que dit la source, et ce qui est déclaré]. Une source peut se tromper : une pièce ou une attestation qui montre le contraire sera lue.",
  forged_document:
    "Bonjour,\n\nUne des pièces envoyées n’est pas authentique : [laquelle, et ce qui le montre]. Elle n’établit donc rien. Vous pouvez contester cette décision et nous dire comment cette pièce vous est parvenue.",
  same_person_twice:
    "Bonjour,\n\nVous avez déjà un profil sur Plot Point, et une personne n’en a qu’un. Connectez-vous avec votre première adresse ; si vous n’y avez plus accès, écrivez-nous.",
  not_a_production_company:
    "Bonjour,\n\nD’après le registre public, la société ne produit pas de fiction audiovisuelle, et Plot Point s’adresse aux productions. Si son activité a changé, un extrait Kbis à jour suffit à rouvrir le dossier.",
  mandate_not_shown:
    "Bonjour,\n\nLa société est bien connue, mais rien ne montre encore que vous agissez pour elle. Un pouvoir signé, un contrat de travail ou un extrait Kbis à votre nom suffirait.",
  established_wrongly:
    "Bonjour,\n\nEn relisant votre dossier, nous avons vu qu’un fait avait été établi par erreur : [lequel, et pourquoi]. Il ne s’affiche plus comme vérifié. L’erreur est la nôtre, et ne vous sera pas reprochée.",
  established: "Établi :",
  open: "Pas encore établi :",
  line: "– « {{title}} » ({{year}}) : {{fact}}",
  line_open: "– « {{title}} » ({{year}})",
  fact: { work: "l’œuvre existe", participation: "votre participation", function: "votre fonction" },
  ask: {
    contact: "Bonjour,\n\nQui était votre interlocuteur ou votre interlocutrice à la production, et sur quelle période ?",
    paper:
      "Bonjour,\n\nPourriez-vous envoyer une pièce qui nomme votre fonction : contrat aux montants masqués, capture du générique, bulletin de paie ou attestation de la production ?",
    dates: "Bonjour,\n\nSur quels épisodes et à quelles dates avez-vous travaillé, de quelle étape à quelle étape du texte ?",
    mandate: "Bonjour,\n\nQu’est-ce qui montre que vous agissez pour la société : un pouvoir signé, un contrat de travail, un extrait Kbis à votre nom ?",
  },
} as const;

export default words;
