import type { Brief, Contact, Contribution, Facts, Person } from "./shapes";

/** What one fact of a work rests on. */
export type Fact = Facts[keyof Facts];
export type FactName = keyof Facts;

/** The strongest fact that is established of a work: that of the function says the other two as well. */
export function strongest(facts: Facts): { name: FactName; fact: Fact } | null {
  const names = ["function", "participation", "work"] as const;
  const name = names.find((one) => facts[one].holds);
  return name ? { name, fact: facts[name] } : null;
}

/** Works in the order in which they speak for somebody: those that decided, then the most verified, the latest. */
export function inOrder<Work extends { credit_id: string; level: number; year: number }>(
  works: readonly Work[],
  deciding: readonly string[],
): Work[] {
  const place = ({ credit_id: id }: Work) => (deciding.includes(id) ? deciding.indexOf(id) : deciding.length);
  return [...works].sort((one, other) => place(one) - place(other) || other.level - one.level || other.year - one.year);
}

/** How a day rate lies to the budget; null where they cannot be told against one another. */
export function againstBudget(rate: Person["day_rate"], budget: Brief["budget"]): "within" | "above" | "below" | null {
  if (!rate || budget?.unit !== "day") return null;
  if (rate.min > budget.max) return "above";
  return rate.max < budget.min ? "below" : "within";
}

/** The period in which somebody is free next: one under way, else the first to come; null when they gave none. */
export function nextPeriod(periods: Person["availability"], today: string) {
  return [...periods]
    .filter(({ until }) => until === null || until >= today)
    .sort((one, other) => one.from.localeCompare(other.from))[0] ?? null;
}

/** Of every criterion what it gave, those that can give most first; those that could give nothing are left out. */
export function counted(contributions: readonly Contribution[]): Contribution[] {
  return contributions.filter((one) => one.maximum > 0).sort((one, other) => other.maximum - one.maximum);
}

export interface Strand {
  dimension: "genres" | "tones" | "universes" | "stakes" | "formats";
  id: string;
  /** The years of the works that have it, the earliest first. */
  years: number[];
}

/** What somebody's works are made of, year by year: what comes back most often first. */
export function fingerprint(
  works: readonly { year: number; genres: string[]; tones: string[]; universes: string[]; stakes: string[]; format: string }[],
  most = 4,
): Strand[] {
  return (["genres", "tones", "universes", "stakes", "formats"] as const).flatMap((dimension) => {
    const years = new Map<string, number[]>();
    for (const work of works) for (const id of dimension === "formats" ? [work.format] : work[dimension]) years.set(id, [...(years.get(id) ?? []), work.year]);
    return [...years]
      .map(([id, found]) => ({ dimension, id, years: found.sort((one, other) => one - other) }))
      .sort((one, other) => other.years.length - one.years.length || last(other.years) - last(one.years))
      .slice(0, most);
  });
}

const last = (years: readonly number[]) => years[years.length - 1] ?? 0;

/** The first and the last year of a scale that has all of them. */
export function span(strands: readonly Strand[]): { from: number; to: number } | null {
  const years = strands.flatMap((one) => one.years);
  return years.length ? { from: Math.min(...years), to: Math.max(...years) } : null;
}

export const FEWEST = 2;
export const MOST = 4;

/** Whom a link compares: at most four, nobody twice. */
export function compared(search: string): string[] {
  const asked = (new URLSearchParams(search).get("with") ?? "").split(",").filter((one) => /^\w+$/.test(one));
  return [...new Set(asked)].slice(0, MOST);
}

/** Whether somebody may be invited: not asked yet, or in a conversation that has not begun to be about working. */
export const mayBeInvited = (contact: Contact | undefined): boolean => contact === undefined || contact.state === "open";

/** Under which heading a conversation belongs. */
export function toneOfContact(state: Contact["state"]): "good" | "warning" | "plain" {
  if (state === "interested" || state === "revealed" || state === "engaged") return "good";
  return state === "invited" ? "warning" : "plain";
}
