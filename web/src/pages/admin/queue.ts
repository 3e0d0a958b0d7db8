import type { operations } from "@/api/schema";
import type { CaseSummary } from "./cases";

type Asked = NonNullable<operations["list_queue"]["parameters"]["query"]>;

/** What of the queue is looked at. `second`: the proposals that wait to be confirmed, which the queue holds among the
 * others. */
export type Filters = Omit<Asked, "cursor"> & { second?: "true" };

export const KINDS = ["profile", "credit", "company"] as const;
export const ROUTES = ["fast_lane", "normal", "two_reviewers"] as const;
export const STATES = ["queued", "in_review", "information_requested", "appealed", "appeal_review", "reopened"] as const;

/** What one most often wants to see of it. */
export const VIEWS = {
  all: {},
  mine: { mine: "true" },
  second: { second: "true" },
  appeals: { state: "appealed" },
  asked: { state: "information_requested" },
  overdue: { overdue: "true" },
  pressing: { pressing: "true" },
} as const satisfies Record<string, Filters>;
export type View = keyof typeof VIEWS;

const CLOSED = { kind: KINDS, route: ROUTES, state: STATES, mine: ["true"], overdue: ["true"], pressing: ["true"], second: ["true"] } as const;
const NAMES = Object.keys(CLOSED) as (keyof Filters)[];

/** What an address asks to see; what it says beside that is nothing. */
export function filtersOf(search: URLSearchParams): Filters {
  const found = NAMES.filter((name) => (CLOSED[name] as readonly string[]).includes(search.get(name) ?? ""));
  return Object.fromEntries(found.map((name) => [name, search.get(name)]));
}

/** The same as the end of an address; nothing for the whole queue. */
export function searchOf(filters: Filters): string {
  const given = NAMES.flatMap((name) => (filters[name] ? [[name, filters[name]]] : []));
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

/** What the API can be asked of it. */
export function apiFilter({ second: _, ...asked }: Filters): Omit<Asked, "cursor"> {
  return asked;
}

/** Of what the API gave, what is to be seen. */
export const seen = (filters: Filters, cases: readonly CaseSummary[]) =>
  filters.second ? cases.filter((one) => one.awaits_second) : [...cases];

export type Urgency = "over" | "now" | "soon" | "calm";
const HOUR = 3_600;

/** How soon its subject must hear from us. One that waits for its subject presses nobody here. */
export function urgencyOf({ clock }: Pick<CaseSummary, "clock">): Urgency {
  if (!clock) return "calm";
  if (clock.seconds_left < 0) return "over";
  return clock.seconds_left <= HOUR ? "now" : clock.seconds_left <= 4 * HOUR ? "soon" : "calm";
}

/** In whose hands it is. A lease that has run out holds nothing. */
export function holderOf({ lease }: Pick<CaseSummary, "lease">, now: Date): "mine" | "another" | "nobody" {
  if (!lease || Date.parse(lease.until) <= now.getTime()) return "nobody";
  return lease.mine ? "mine" : "another";
}

const CLAIMABLE: readonly CaseSummary["state"][] = ["queued", "reopened", "appealed", "in_review", "appeal_review"];

/** Whether one may try to take it: some refuse it to whoever had a part in it, which only the server knows. */
export const mayClaim = (one: Pick<CaseSummary, "state" | "lease">, now: Date) =>
  CLAIMABLE.includes(one.state) && holderOf(one, now) === "nobody";

/** The case to go to after this one: the soonest due that nobody else has. */
export function nextOf(cases: readonly CaseSummary[], after: string, now: Date): CaseSummary | undefined {
  return cases.find((one) => one.case_id !== after && (mayClaim(one, now) || holderOf(one, now) === "mine"));
}
