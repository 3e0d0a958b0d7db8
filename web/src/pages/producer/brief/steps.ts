import { rootOf, type Fields, type Name } from "./fields";

export const STEPS = ["project", "story", "need", "money", "publish"] as const;
export type Step = (typeof STEPS)[number];

/** Which fields are written in which step, in the order in which they stand there. */
export const FIELDS: Record<Step, readonly Name[]> = {
  project: [
    "code_name",
    "confidential_title",
    "format",
    "development_stage",
    "episode_count",
    "genres",
    "tones",
    "universes",
    "audiences",
    "source_material",
    "rights_status",
    "option_end_date",
    "targeted_broadcaster",
  ],
  story: ["logline", "stakes", "pitch"],
  need: [
    "role",
    "tasks",
    "detailed_tasks",
    "levels",
    "languages",
    "working_mode",
    "region",
    "start_window",
    "estimated_days",
    "contract_forms",
  ],
  money: ["budget", "renewal_notice_days", "broadcaster_date", "junior_seats", "company_affinity"],
  publish: [],
};

const OPTIONAL: readonly Name[] = [
  "confidential_title",
  "episode_count",
  "targeted_broadcaster",
  "detailed_tasks",
  "renewal_notice_days",
  "broadcaster_date",
  "junior_seats",
  "company_affinity",
];

/** The dimension of the taxonomy that a field has its words from. */
export const DIMENSION: Partial<Record<Name, string>> = {
  role: "roles",
  levels: "seniority",
  genres: "genres",
  tones: "tones",
  universes: "universes",
  stakes: "stakes",
  format: "formats",
  audiences: "audiences",
  development_stage: "development-stages",
  tasks: "tasks",
  source_material: "source-material",
  rights_status: "rights-status",
  working_mode: "work-modes",
  region: "regions",
  languages: "languages",
  contract_forms: "contract-forms",
  targeted_broadcaster: "broadcasters",
};

/** Whether publishing needs this field, as the others stand. */
export function isNeeded(name: Name, fields: Fields): boolean {
  if (name === "option_end_date") return fields.rights_status === "optioned" || fields.renewal_notice_days !== null;
  if (name === "region") return fields.working_mode !== "remote";
  return !OPTIONAL.includes(name);
}

function isThere(name: Name, fields: Fields): boolean {
  if (name === "logline" || name === "pitch") return fields[name].fr.trim() !== "";
  if (name === "budget") return fields.budget.min !== null && Boolean(fields.budget.max);
  if (name === "start_window") return Boolean(fields.start_window.from && fields.start_window.until);
  const value = fields[name];
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
}

/** What publishing needs and is not there, step after step. */
export const missing = (fields: Fields, step?: Step): Name[] =>
  (step ? FIELDS[step] : STEPS.flatMap((one) => FIELDS[one])).filter((name) => isNeeded(name, fields) && !isThere(name, fields));

/** How far a project has come: of the fields that publishing needs, how many are there. */
export function progress(fields: Fields): { there: number; of: number; share: number } {
  const needed = STEPS.flatMap((one) => FIELDS[one]).filter((name) => isNeeded(name, fields));
  const there = needed.length - missing(fields).length;
  return { there, of: needed.length, share: there / needed.length };
}

/** Where one goes on writing: the first step that lacks something, else the last. */
export const nextStep = (fields: Fields): Step => STEPS.find((step) => missing(fields, step).length > 0) ?? "publish";

/** The step that holds a field, by the pointer or the name of it. */
export function stepOf(pointer: string): Step {
  const name = pointer.startsWith("/") ? rootOf(pointer) : pointer;
  return STEPS.find((step) => (FIELDS[step] as readonly string[]).includes(name)) ?? "project";
}

/** The step of an address: `?step=2`. */
export const stepAt = (query: string | null): Step => STEPS[Number(query) - 1] ?? "project";

export const numberOf = (step: Step) => STEPS.indexOf(step) + 1;

/** Where a project is written on. */
export const addressOf = (briefId: string, step: Step) => `/briefs/${briefId}/edit${within(step)}`;

/** The same on the screen that one is on. */
export const within = (step: Step, field?: Name) => `?step=${numberOf(step)}${field ? `&field=${field}` : ""}`;
