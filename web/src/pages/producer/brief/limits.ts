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
