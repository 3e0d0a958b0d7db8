export const NUMBERS = ["isni", "wikidata", "bnf", "imdb"] as const;
export type NumberOf = (typeof NUMBERS)[number];

const PAGES: Record<NumberOf, (number: string) => string> = {
  isni: (number) => `https://isni.org/isni/${number}`,
  wikidata: (number) => `https://www.wikidata.org/wiki/${number}`,
  bnf: (number) => `https://data.bnf.fr/${number}`,
  imdb: (number) => `https://www.imdb.com/name/${number}/`,
};

/** Where a catalogue of people says what it knows under a number. */
export const numberLink = (of: NumberOf, number: string) => PAGES[of](encodeURI(number.trim()));

/** The public register's page of a company. */
export const companyLink = (siren: string) => `https://annuaire-entreprises.data.gouv.fr/entreprise/${encodeURIComponent(siren)}`;

export { safe } from "@/design/links";
