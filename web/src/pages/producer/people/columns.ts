import type { Contribution, Match, Person, Why } from "./queries";

/** What is known of one person when several are side by side. */
export interface Column {
  person: Person;
  reasons: { fr: string; en: string }[];
  contributions: Contribution[];
  deciding: string[];
  /** null for whoever cannot be proposed as things stand. */
  score: number | null;
}

export const columnOfMatch = (match: Match): Column => ({
  person: match.profile,
  reasons: match.reasons.map((one) => one.text),
  contributions: match.contributions,
  deciding: match.deciding_credit_ids,
  score: match.score,
});

/** Of somebody who is not on the shortlist: in the place of what speaks for them, why they are not on it. */
export function columnOfWhy({ profile, match, standing, obstacle, decided_by: decided }: Why): Column {
  if (match) return { ...columnOfMatch(match), person: profile };
  return {
    person: profile,
    reasons: [obstacle ?? decided].flatMap((one) => (one ? [one.text] : [])),
    contributions: standing?.contributions ?? [],
    deciding: standing?.deciding_credit_ids ?? [],
    score: standing?.score ?? null,
  };
}
