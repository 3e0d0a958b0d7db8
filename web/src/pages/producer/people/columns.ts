import type { Match, Why } from "./queries";
import type { Contribution, Person } from "@/pages/shared/person/shapes";

/** What is known of one person when several are side by side. */
export interface Column {
  person: Person;
  reasons: { fr: string; en: string }[];
  /** Why somebody who is not on the shortlist is not. */
  against: { fr: string; en: string } | null;
  contributions: Contribution[];
  deciding: string[];
  /** null for whoever cannot be proposed as things stand. */
  score: number | null;
}

export const columnOfMatch = (match: Match): Column => ({
  person: match.profile,
  reasons: match.reasons.map((one) => one.text),
  against: null,
  contributions: match.contributions,
  deciding: match.deciding_credit_ids,
  score: match.score,
});

export function columnOfWhy({ profile, match, standing, obstacle, decided_by: decided }: Why): Column {
  if (match) return { ...columnOfMatch(match), person: profile };
  return {
    person: profile,
    reasons: [],
    against: (obstacle ?? decided)?.text ?? null,
    contributions: standing?.contributions ?? [],
    deciding: standing?.deciding_credit_ids ?? [],
    score: standing?.score ?? null,
  };
}
