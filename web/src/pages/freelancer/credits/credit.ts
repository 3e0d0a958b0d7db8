import type { Shape } from "@/api/client";
import { isOpen, type CaseSummary } from "../../shared/verification/cases";
import { same } from "../profile/fields";
import type { Credit, MyProfile } from "@/pages/shared/mine";

/** A past work as it is typed in. */
export interface Typed {
  title: string;
  year: number | null;
  started_year: number | null;
  function: string;
  format: string;
  company: string;
  broadcaster: string;
  genres: string[];
  tones: string[];
  universes: string[];
  stakes: string[];
  tasks: string[];
  source_material: string;
  language: string;
  synopsis: string;
  contribution: string;
  isan: string;
}

export type Field = keyof Typed;

/** What a credit is not one without, in the order of the screen. */
export const NEEDED = ["title", "year", "function", "format", "company", "synopsis", "contribution", "language"] as const satisfies readonly Field[];

/** How many of a list may be chosen, as the contract has it. */
export const MOST = { genres: 5, tones: 5, universes: 6, stakes: 6, tasks: 12 } as const;

/** A new one begins in the function of the one before it, or of the profile. */
export const blank = (profile: Pick<MyProfile, "roles" | "credits">): Typed => {
  const last = [...profile.credits].sort((one, other) => other.added_at.localeCompare(one.added_at))[0];
  return {
    title: "",
    year: null,
    started_year: null,
    function: last?.function ?? profile.roles[0] ?? "",
    format: "",
    company: "",
    broadcaster: "",
    genres: [],
    tones: [],
    universes: [],
    stakes: [],
    tasks: [],
    source_material: "",
    language: last?.language ?? "fr",
    synopsis: "",
    contribution: "",
    isan: "",
  };
};

export const typed = (credit: Credit): Typed => ({
  title: credit.title,
  year: credit.year,
  started_year: credit.started_year,
  function: credit.function,
  format: credit.format,
  company: credit.company,
  broadcaster: credit.broadcaster ?? "",
  genres: credit.genres,
  tones: credit.tones,
  universes: credit.universes,
  stakes: credit.stakes,
  tasks: credit.tasks,
  source_material: credit.source_material ?? "",
  language: credit.language,
  synopsis: credit.synopsis,
  contribution: credit.contribution,
  isan: credit.isan ?? "",
});

/** Which needed fields are still empty, in the order of the screen. */
export const lacking = (form: Typed): Field[] => NEEDED.filter((field) => (field === "year" ? form.year === null : !form[field].trim()));

/** As the contract takes it, once nothing is lacking. */
export const inputOf = (form: Typed): Shape<"CreditInput"> => ({
  ...form,
  title: form.title.trim(),
  year: form.year ?? 0,
  company: form.company.trim(),
  synopsis: form.synopsis.trim(),
  contribution: form.contribution.trim(),
  broadcaster: form.broadcaster || null,
  source_material: form.source_material || null,
  isan: form.isan.trim() || null,
});

export const differing = (one: Typed, other: Typed): Field[] =>
  (Object.keys(one) as Field[]).filter((field) => !same(one[field], other[field]));

/** The field that a refusal is about; an entry of a list is the list's. */
export const fieldOf = (pointer: string): Field | undefined => {
  const [, name = ""] = pointer.split("/");
  return (Object.keys(blank({ roles: [], credits: [] })) as Field[]).find((field) => field === name);
};

const FACTS = ["work", "participation", "function"] as const;
export type Fact = (typeof FACTS)[number];
type Badges = Shape<"CreditBadgesShape">;

/** What is established of a credit: as verification has it, or as the profile says while verification does not know the
 * credit yet. `label` is left to whoever shows it. */
export function badgesOf(credit: Credit, known: readonly Badges[]): Badges {
  const { credit_id, title, year, level, facts } = credit;
  const found = known.find((one) => one.credit_id === credit_id);
  if (found) return found;
  return {
    credit_id,
    title,
    year,
    level,
    badges: FACTS.flatMap((fact) => {
      const { holds, source, checked_at, expires_at } = facts[fact];
      if (!holds || !source || !checked_at || !expires_at) return [];
      return [{ fact, source, checked_at, expires_at, label: { fr: "", en: "" } }];
    }),
  };
}

/** The facts that are still to be shown. */
export const open = (badges: Badges): Fact[] => FACTS.filter((fact) => !badges.badges.some((one) => one.fact === fact));

/** The verification in which a credit is being looked at: its own, or that of the whole profile. */
export const caseOf = (creditId: string, cases: readonly CaseSummary[]): CaseSummary | undefined =>
  cases.find((one) => isOpen(one) && one.credit_id === creditId) ?? cases.find((one) => isOpen(one) && one.kind === "profile");

/** The latest work first. */
export const inOrder = (credits: readonly Credit[]) =>
  [...credits].sort((one, other) => other.year - one.year || one.title.localeCompare(other.title));
