import type { Shape } from "@/api/client";
import type { Brief } from "../briefs";

type Input = Shape<"BriefInput">;
export type Unit = Shape<"BudgetInput">["unit"];
export type Texts = { fr: string; en: string };
/** Being written: one of the two may not be there yet. */
export type Budget = { min: number | null; max: number | null; unit: Unit };
export type Window = { from: string; until: string };

/** A project as its form holds it: everything that may be half written. */
export interface Fields extends Omit<Input, "budget" | "start_window" | "logline" | "pitch" | "detailed_tasks" | "code_name" | "confidential_title"> {
  code_name: string;
  confidential_title: string;
  budget: Budget;
  start_window: Window;
  logline: Texts;
  pitch: Texts;
  detailed_tasks: Texts;
}

export type Name = keyof Fields;

const NOTHING: Texts = { fr: "", en: "" };

/** A project without anything. */
export const BLANK: Fields = {
  audiences: [],
  broadcaster_date: null,
  budget: { min: null, max: null, unit: "day" },
  code_name: "",
  company_affinity: null,
  confidential_title: "",
  contract_forms: [],
  detailed_tasks: NOTHING,
  development_stage: null,
  episode_count: null,
  estimated_days: null,
  format: null,
  genres: [],
  junior_seats: null,
  languages: [],
  levels: [],
  logline: NOTHING,
  option_end_date: null,
  pitch: NOTHING,
  region: null,
  renewal_notice_days: null,
  rights_status: null,
  role: null,
  source_material: null,
  stakes: [],
  start_window: { from: "", until: "" },
  targeted_broadcaster: null,
  tasks: [],
  tones: [],
  universes: [],
  working_mode: null,
};

/** A project that is begun: French is what nearly every one of them is worked on in. */
export const BEGUN: Fields = { ...BLANK, languages: ["fr"] };

export const NAMES = Object.keys(BLANK) as Name[];

const texts = (given: { fr: string | null; en: string | null } | null): Texts => ({ fr: given?.fr ?? "", en: given?.en ?? "" });

/** What the server holds, as the form does. */
export function fieldsOf(brief: Brief): Fields {
  const plain = Object.fromEntries(NAMES.map((name) => [name, brief[name]]));
  return {
    ...(plain as unknown as Fields),
    code_name: brief.code_name ?? "",
    confidential_title: brief.confidential_title ?? "",
    budget: brief.budget ? { min: brief.budget.min, max: brief.budget.max, unit: brief.budget.unit } : BLANK.budget,
    start_window: brief.start_window ? { from: brief.start_window.from, until: brief.start_window.until } : BLANK.start_window,
    logline: texts(brief.logline),
    pitch: texts(brief.pitch),
    detailed_tasks: texts(brief.detailed_tasks),
  };
}

const clean = (text: string) => text.normalize("NFC").replaceAll("\r\n", "\n").trim();

/** One field as it is sent; undefined while it is not whole (a budget with one of its two amounts). */
export function wire(name: Name, value: Fields[Name]): unknown {
  if (name === "budget") {
    const { min, max, unit } = value as Budget;
    if (min === null && max === null) return null;
    return min === null || max === null ? undefined : { min, max, unit };
  }
  if (name === "start_window") {
    const { from, until } = value as Window;
    if (!from && !until) return null;
    return from && until ? { from, until } : undefined;
  }
  if (name === "logline" || name === "pitch" || name === "detailed_tasks") {
    const given = value as Texts;
    const [fr, en] = [clean(given.fr) || null, clean(given.en) || null];
    return fr || en ? { fr, en } : null;
  }
  return typeof value === "string" ? clean(value) || null : value;
}

/** Whether both say the same to the server. */
export const same = (name: Name, one: Fields[Name], other: Fields[Name]) =>
  JSON.stringify(one) === JSON.stringify(other) || toWire(name, one) === toWire(name, other);

// What is not whole is like nothing else.
const toWire = (name: Name, value: Fields[Name]) => JSON.stringify(wire(name, value)) ?? JSON.stringify(value);

/** The field that a pointer of the contract leads into. */
export const rootOf = (pointer: string) => pointer.split("/")[1] ?? "";
