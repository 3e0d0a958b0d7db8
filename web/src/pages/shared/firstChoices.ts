/** What is chosen most often in French television fiction stands first; everything else is a word away. */
export const FIRST = {
  genres: ["crime", "police-procedural", "regional-crime", "thriller", "drama", "family-saga", "social-drama", "medical-drama", "comedy", "dramedy", "romantic-comedy", "historical", "fantastique", "youth"],
  tones: ["dark", "realistic", "light", "feel-good", "moving", "bittersweet", "tense", "mysterious", "offbeat", "romanesque", "intimate", "mainstream"],
  universes: ["police-force", "justice-system", "hospital", "school", "business", "rural", "seaside", "mountain", "suburbs", "provincial-town", "family-home", "contemporary"],
  stakes: ["investigation", "family-secret", "injustice", "emancipation", "couple-crisis", "betrayal", "moral-dilemma", "grief", "parenthood", "friendship", "disappearance", "reinvention"],
  tasks: ["coverage", "concept-development", "bible-supervision", "arc-design", "writers-room-lead", "script-notes", "dialogue-polish", "continuity-check", "adaptation-advice", "script-doctoring", "pitch-material", "funding-files"],
} as const;
