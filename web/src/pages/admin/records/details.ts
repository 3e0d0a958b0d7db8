import { addressOf, type Entry, type Thing } from "./audit";

/** What a fact's field holds. `reference`: the id of something, with where it is read; `account`: that of somebody. */
export type Held =
  | { is: "yes or no"; value: boolean }
  | { is: "number"; value: number }
  | { is: "day"; value: string }
  | { is: "nobody" }
  | { is: "account"; value: string; to: string }
  | { is: "reference"; value: string; to: string | null }
  /** A word of a closed list, or what this version does not know, as it was written. */
  | { is: "word"; value: string };

/** Fields that hold an account without saying so at their end. */
const ACCOUNTS = ["member_sub", "reviewer_sub", "reader", "account_id"];
const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

const history = (thing: Thing, reference: string) => `/admin/audit?${addressOf({ thing, reference, since: "", until: "" })}`;

/** Where something is read: its own screen, or else its history. */
const READ_AT: Record<string, (id: string) => string> = {
  case_id: (id) => `/admin/cases/${id}`,
  alarm_id: (id) => `/admin/alarms/${id}`,
  report_id: (id) => `/admin/reports/${id}`,
  measure_id: (id) => `/admin/measures/${id}`,
  failure_id: (id) => `/admin/operations/failures/${id}`,
  brief_id: (id) => `/admin/projects/${id}`,
  profile_id: (id) => history("profile_id", id),
  profile_ids: (id) => history("profile_id", id),
  company_id: (id) => history("company_id", id),
  thread_id: (id) => history("conversation_id", id),
  notice_id: (id) => history("notice_id", id),
  suppression_id: (id) => history("suppression_id", id),
};

/** What `subject_id` and `about_id` are ids of, by the kind that stands beside them. */
const OF_KIND: Record<string, string> = {
  profile: "profile_id",
  credit: "profile_id",
  company: "company_id",
  brief: "brief_id",
  conversation: "thread_id",
  user: "account_id",
};

function referred(name: string, value: string, { event, details }: Entry): Held {
  const beside = name === "subject_id" ? details["kind"] : name === "about_id" ? details["about"] : null;
  const named = typeof beside === "string" ? (OF_KIND[beside] ?? name) : name;
  if (named === "account_id") return { is: "account", value, to: history("person", value) };
  // Of a request to an administrator; that of a replay is none.
  if (name === "request_id" && event.startsWith("moderation.")) return { is: "reference", value, to: `/admin/identity-requests/${value}` };
  // One credit is `profile/credit`.
  return { is: "reference", value, to: READ_AT[named]?.(value.split("/")[0] ?? value) ?? null };
}

function held(name: string, value: unknown, entry: Entry): Held {
  if (typeof value === "boolean") return { is: "yes or no", value };
  if (typeof value === "number") return { is: "number", value };
  if (typeof value !== "string") return { is: "word", value: JSON.stringify(value) };
  if (ACCOUNTS.includes(name) || name.endsWith("_by")) return value ? { is: "account", value, to: history("person", value) } : { is: "nobody" };
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return { is: "day", value };
  if (value && (name.endsWith("_id") || ULID.test(value) || name in READ_AT)) return referred(name, value, entry);
  return { is: "word", value };
}

/** What was recorded of a fact, field by field; nothing of it is left out. */
export function detailsOf(entry: Entry): [name: string, values: Held[]][] {
  return Object.entries(entry.details).map(([name, value]) => [
    name,
    (Array.isArray(value) ? value : [value]).map((one) => held(name, one, entry)),
  ]);
}

/** The end of an id, by which one is told from the next. */
export const endOf = (reference: string) => reference.slice(-6);

/** A name or a value that this version has no word for: `as_this`, or anything else as it is. */
export const legible = (name: string) => (/^\w+$/.test(name) ? name.replaceAll("_", " ") : name);
