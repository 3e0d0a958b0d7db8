/** What is chosen most often in French television fiction stands first; everything else is a word away. */
export const FIRST = {
  genres: ["crime", "police-procedural", "regional-crime", "thriller", "drama", "family-saga", "social-drama", "medical-drama", "comedy", "dramedy", "romantic-comedy", "historical", "fantastique", "youth"],
  tones: ["dark", "realistic", "light", "feel-good", "moving", "bittersweet", "tense", "mysterious", "offbeat", "romanesque", "intimate", "mainstream"],
  universes: ["police-force", "justice-system", "hospital", "school", "business", "rural", "seaside", "mountain", "suburbs", "provincial-town", "family-home", "contemporary"],
  stakes: ["investigation", "family-secret", "injustice", "emancipation", "couple-crisis", "betrayal", "moral-dilemma", "grief", "parenthood", "friendship", "disappearance", "reinvention"],
  tasks: ["coverage", "concept-development", "bible-supervision", "arc-design", "writers-room-lead", "script-notes", "dialogue-polish", "continuity-check", "adaptation-advice", "script-doctoring", "pitch-material", "funding-files"],
} as const;

/** How many of a list may be chosen, as the contract has it. */
export const MOST = {
  audiences: 7,
  contract_forms: 7,
  genres: 5,
  languages: 5,
  levels: 3,
  stakes: 6,
  tasks: 12,
  tones: 5,
  universes: 6,
} as const;

export const LONGEST = { code_name: 80, confidential_title: 200, logline: 600, pitch: 8000, detailed_tasks: 4000 } as const;

/** The id of a field on the screen, by its name: what a list of what is missing leads to. */
export const idOf = (name: string) => `f-${name}`;
