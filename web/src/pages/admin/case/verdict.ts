import type { Shape } from "@/api/client";
import type { Case, CreditReview } from "../cases";

export type Verdict = Omit<Shape<"VerdictInput">, "lease_token">;
export type Outcome = Verdict["outcome"];
export type Ground = Verdict["ground"];
export type Level = "work" | "participation" | "function";

export const LEVELS = ["work", "participation", "function"] as const satisfies readonly Level[];
/** From the most that can be granted to the least. */
export const OUTCOMES = ["verified", "partly_verified", "refused"] as const satisfies readonly Outcome[];
export const GROUNDS = [
  "all_confirmed",
  "confirmed_in_part",
  "junior_path_confirmed",
  "company_confirmed",
  "documents_missing",
  "documents_contradict",
  "sources_contradict",
  "forged_document",
  "same_person_twice",
  "not_a_production_company",
  "mandate_not_shown",
  "established_wrongly",
] as const satisfies readonly Ground[];

/** A decision while it is prepared. What is not said follows from what the sources show. */
export interface Draft {
  outcome: Outcome | null;
  ground: Ground | null;
  /** null: the model of the ground, as long as nobody has written anything else. */
  text: string | null;
  levels: Record<string, Level | null>;
  removals: Record<string, Level>;
  junior: boolean;
}

export const NOTHING_YET: Draft = { outcome: null, ground: null, text: null, levels: {}, removals: {}, junior: false };

const rank = (level: Level | null) => (level ? LEVELS.indexOf(level) + 1 : 0);

/** The highest fact of a credit that anything found shows. */
export function shownOf({ findings }: Pick<CreditReview, "findings">): Level | null {
  return findings.reduce<Level | null>((most, { proves }) => (rank(proves) > rank(most) ? proves : most), null);
}

/** The credits that a decision can speak of: those that were checked, and that are still claimed. */
export const judged = (found: Pick<Case, "credits_in_review" | "checks">) =>
  found.credits_in_review.filter(
    ({ claim, credit_id }) => claim !== null && found.checks.some((check) => check.check === "credit" && check.credit_id === credit_id),
  );

/** What the decision would establish of a credit. A refusal establishes at most that the work exists. */
export function levelOf(draft: Draft, credit: CreditReview): Level | null {
  const chosen = credit.credit_id in draft.levels ? (draft.levels[credit.credit_id] ?? null) : shownOf(credit);
  return draft.outcome === "refused" && chosen ? "work" : chosen;
}

/** What a case was given the last time; null when nobody decided it yet. */
const stood = ({ earlier_decisions }: Pick<Case, "earlier_decisions">) => earlier_decisions.at(-1) ?? null;

/** Whether it takes back something that had been granted. */
export function takesAway(draft: Draft, found: Pick<Case, "earlier_decisions">): boolean {
  if (Object.keys(draft.removals).length > 0) return true;
  const before = stood(found);
  if (!before || !draft.outcome) return false;
  return OUTCOMES.indexOf(draft.outcome) > OUTCOMES.indexOf(before.outcome) || (before.junior_path && !draft.junior);
}

/** Whether it counts only once another administrator has confirmed it. An appeal is decided by one person: it cannot
 * make anything worse. */
export const needsSecond = (draft: Draft, found: Pick<Case, "earlier_decisions" | "state">) =>
  found.state !== "appeal_review" && (draft.outcome === "refused" || takesAway(draft, found));

/** The outcomes that the case can be given: a company is verified or not, an appeal makes nothing worse. */
export function outcomesOf(found: Pick<Case, "kind" | "state" | "decision">): Outcome[] {
  const standing = found.state === "appeal_review" ? found.decision?.outcome : undefined;
  return OUTCOMES.filter(
    (one) =>
      !(found.kind === "company" && one === "partly_verified") &&
      (!standing || OUTCOMES.indexOf(one) <= OUTCOMES.indexOf(standing)),
  );
}

const CONFIRMING: readonly Ground[] = ["all_confirmed", "confirmed_in_part", "junior_path_confirmed", "company_confirmed"];
const OF_COMPANIES: readonly Ground[] = ["company_confirmed", "not_a_production_company", "mandate_not_shown"];
const OF_PEOPLE: readonly Ground[] = ["confirmed_in_part", "junior_path_confirmed", "same_person_twice"];

/** The reasons that go with an outcome, by the rules that the server holds decisions to. */
export function groundsOf(outcome: Outcome, kind: Case["kind"], takingAway: boolean): Ground[] {
  const others = kind === "company" ? OF_PEOPLE : OF_COMPANIES;
  return GROUNDS.filter((one) => {
    if (others.includes(one)) return false;
    if (outcome === "refused") return !CONFIRMING.includes(one);
    if (outcome === "partly_verified") return one !== "all_confirmed";
    return takingAway || (CONFIRMING.includes(one) && one !== "confirmed_in_part");
  });
}

/** The reason of a decision as it is prepared: the one that was chosen if it still fits, or the obvious one. A refusal
 * has no obvious reason. */
export function groundOf(draft: Draft, found: Case): Ground | null {
  if (!draft.outcome) return null;
  const away = takesAway(draft, found);
  const fitting = groundsOf(draft.outcome, found.kind, away);
  if (draft.ground && fitting.includes(draft.ground)) return draft.ground;
  if (draft.outcome === "refused") return null;
  if (away) return "established_wrongly";
  if (draft.outcome === "partly_verified") return "confirmed_in_part";
  if (found.kind === "company") return "company_confirmed";
  const onlyPath = draft.junior && judged(found).every((credit) => levelOf(draft, credit) === null);
  return onlyPath ? "junior_path_confirmed" : "all_confirmed";
}

export type Trouble = "no_outcome" | "no_ground" | "no_text" | "no_detail" | "nothing_confirmed" | "function_not_confirmed";

/** What a model leaves to whoever writes: « [lequel, et pourquoi] ». */
const BLANK = /\[[^\]]+\]/;

/** What is still wrong with it, in the order in which it is filled in. */
export function troublesOf(draft: Draft, found: Case, text: string): Trouble[] {
  if (!draft.outcome) return ["no_outcome"];
  const troubles: Trouble[] = [];
  if (draft.outcome !== "refused" && found.kind !== "company") {
    const levels = judged(found).map((credit) => levelOf(draft, credit));
    if (found.kind === "credit" && draft.outcome === "verified" && levels.some((one) => one !== null && one !== "function")) {
      troubles.push("function_not_confirmed");
    } else if (!levels.some(Boolean) && !confirmsOtherwise(draft, found, levels.length)) {
      troubles.push("nothing_confirmed");
    }
  }
  if (!groundOf(draft, found)) troubles.push("no_ground");
  if (!text.trim()) troubles.push("no_text");
  else if (BLANK.test(text)) troubles.push("no_detail");
  return troubles;
}

/** What a profile's decision may rest on when no credit is confirmed. */
function confirmsOtherwise(draft: Draft, found: Case, credits: number): boolean {
  if (found.kind !== "profile") return false;
  if (Object.keys(draft.removals).length > 0) return true;
  return draft.outcome === "verified" ? draft.junior : credits === 0;
}

/** The decision as it is sent; nothing as long as it is not whole. */
export function verdictOf(draft: Draft, found: Case, text: string): Verdict | null {
  const ground = groundOf(draft, found);
  if (!draft.outcome || !ground || troublesOf(draft, found, text).length > 0) return null;
  return {
    outcome: draft.outcome,
    ground,
    text: text.trim(),
    credits: judged(found).map((credit) => ({ credit_id: credit.credit_id, level: levelOf(draft, credit) })),
    removals: Object.entries(draft.removals).map(([credit_id, level]) => ({ credit_id, level })),
    junior_path: draft.outcome !== "refused" && found.kind === "profile" && draft.junior,
  };
}

const WEIGHTS: Record<string, number> = { contradicts: 0, confirms: 1, partial: 2, noticed: 3, error: 4, silent: 5 };

/** What was found, what matters most first: what speaks against it, then what speaks for it. */
export const ordered = <Found extends { verdict: string }>(findings: readonly Found[]) =>
  findings.toSorted((one, other) => (WEIGHTS[one.verdict] ?? 6) - (WEIGHTS[other.verdict] ?? 6));
