import type french from "../fr/letters";
import type { Translated } from "../types";

const words: Translated<typeof french> = {
  all_confirmed: "Hello,\n\nEverything you declared is confirmed. Producers now see it as verified.",
  confirmed_in_part:
    "Hello,\n\nPart of what you declared is established. The rest is not held to be false: it is shown as declared, and can be verified as soon as a document or an attestation shows it.",
  junior_path_confirmed:
    "Hello,\n\nYour beginnings are confirmed: the documents you sent show your training and your first experience of reading or development.",
  company_confirmed: "Hello,\n\nYour company and your mandate are confirmed. You can publish your projects.",
  documents_missing:
    "Hello,\n\nWe do not have enough to establish what you declared. A contract with the amounts hidden, a capture of the end credits or an attestation from somebody at the production would do. This is no judgement on your career: you can ask for a verification again at any time.",
  documents_contradict:
    "Hello,\n\nThe documents you sent do not say the same as your declaration. In detail: [what the document says, and what is declared]. If the document or the declaration needs correcting, do so and ask for a verification again.",
  sources_contradict:
    "Hello,\n\nThe sources we consulted do not say the same as your declaration. In detail: [what the source says, and what is declared]. A source can be wrong: a document or an attestation that shows otherwise will be read.",
  forged_document:
    "Hello,\n\nOne of the documents you sent is not authentic: [which one, and what shows it]. It therefore establishes nothing. You can contest this decision and tell us how the document came to you.",
  same_person_twice:
    "Hello,\n\nYou already have a profile on Plot Point, and a person has only one. Sign in with your first address; if you no longer have access to it, write to us.",
  not_a_production_company:
    "Hello,\n\nAccording to the public register, the company does not produce screen drama, and Plot Point is for production companies. If its business has changed, an up-to-date extract of the register is enough to reopen the case.",
  mandate_not_shown:
    "Hello,\n\nThe company is known, but nothing shows yet that you act for it. A signed power of attorney, an employment contract or an extract of the register in your name would do.",
  established_wrongly:
    "Hello,\n\nOn reading your case again, we saw that a fact had been established by mistake: [which one, and why]. It is no longer shown as verified. The mistake is ours, and will not be held against you.",
  established: "Established:",
  open: "Not established yet:",
  line: "– “{{title}}” ({{year}}): {{fact}}",
  line_open: "– “{{title}}” ({{year}})",
  fact: { work: "the work exists", participation: "your participation", function: "your function" },
  ask: {
    contact: "Hello,\n\nWho was your contact at the production company, and over which period?",
    paper:
      "Hello,\n\nCould you send a document that names your function: a contract with the amounts hidden, a capture of the end credits, a payslip or an attestation from the production?",
    dates: "Hello,\n\nOn which episodes and dates did you work, from which stage of the text to which?",
    mandate: "Hello,\n\nWhat shows that you act for the company: a signed power of attorney, an employment contract, an extract of the register in your name?",
  },
};

export default words;
