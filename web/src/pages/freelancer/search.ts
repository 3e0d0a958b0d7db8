import type { paths } from "@/api/schema";

/** What projects may be looked for by, and the words of the trade for each. */
export const DIMENSIONS = {
  role: "roles",
  genre: "genres",
  tone: "tones",
  universe: "universes",
  format: "formats",
  level: "seniority",
  language: "languages",
  working_mode: "work-modes",
  region: "regions",
} as const;
export type Dimension = keyof typeof DIMENSIONS;
export const FILTERS = Object.keys(DIMENSIONS) as Dimension[];

export const ORDERS = ["fits_me", "pressing"] as const;
export const UNITS = ["day", "week", "month", "flat"] as const;

export interface Search extends Record<Dimension, readonly string[]> {
  order: (typeof ORDERS)[number];
  /** The work may start on some day between the two; empty for any. */
  from: string;
  until: string;
  /** Whole euros that the budget goes up to, in `unit`; null for any. */
  rate: number | null;
  unit: (typeof UNITS)[number];
}

const ID = /^[a-z0-9-]+$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HIGHEST_RATE = 1_000_000;

/** What a link looks for. Whatever it says that cannot be looked for is left out: of two days the wrong way round, the
 * later one. */
export function searchOf(params: URLSearchParams): Search {
  const oneOf = <T extends string>(name: string, all: readonly [T, ...T[]]) => all.find((one) => one === params.get(name)) ?? all[0];
  const ids = (name: string) => [...new Set((params.get(name) ?? "").split(",").filter((one) => ID.test(one)))];
  const day = (name: string) => (isDay(params.get(name) ?? "") ? (params.get(name) ?? "") : "");
  const from = day("from");
  const until = day("until");
  return {
    ...(Object.fromEntries(FILTERS.map((name) => [name, ids(name)])) as Record<Dimension, string[]>),
    order: oneOf("order", ORDERS),
    from,
    until: inOrder(from, until) ? until : "",
    rate: rateOf(params.get("rate") ?? ""),
    unit: oneOf("unit", UNITS),
  };
}

/** The same as a link says it: nothing of what is left open. */
export function paramsOf(search: Search): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of FILTERS) if (search[name].length) params.set(name, search[name].join(","));
  for (const name of ["from", "until"] as const) if (search[name]) params.set(name, search[name]);
  if (search.rate !== null) params.set("rate", String(search.rate));
  // How one is paid may be chosen before the amount, and stays when that is taken away.
  if (search.rate !== null || search.unit !== UNITS[0]) params.set("unit", search.unit);
  if (search.order !== ORDERS[0]) params.set("order", search.order);
  return params;
}

type Query = NonNullable<paths["/projects"]["get"]["parameters"]["query"]>;

/** The same as the API is asked. */
export function asked(search: Search, cursor = ""): Query {
  const said = (name: Dimension) => search[name].join(",") || undefined;
  return {
    role: said("role"),
    genre: said("genre"),
    tone: said("tone"),
    universe: said("universe"),
    format: said("format"),
    level: said("level"),
    language: said("language"),
    working_mode: said("working_mode"),
    region: said("region"),
    start_from: search.from || undefined,
    start_until: search.until || undefined,
    ...(search.rate === null ? {} : { rate_min: search.rate, rate_unit: search.unit }),
    order: search.order,
    cursor: cursor || undefined,
  };
}

/** How many things the projects are chosen by. */
export const narrowing = (search: Search): number =>
  FILTERS.reduce((count, name) => count + search[name].length, 0) +
  [search.from, search.until].filter(Boolean).length +
  (search.rate === null ? 0 : 1);

/** Everything open again; the order stays. */
export const widened = (search: Search): Search => ({ ...searchOf(new URLSearchParams()), order: search.order });

/** Whole euros as they are typed, with or without spaces and the sign; null for what is no amount. */
export function rateOf(typed: string): number | null {
  const digits = typed.replace(/[\s\u00a0\u202f€]/g, "");
  const rate = Number(digits);
  return /^\d+$/.test(digits) && rate > 0 && rate <= HIGHEST_RATE ? rate : null;
}

/** Whether the work may start on some day between the two; either may be open. */
export const inOrder = (from: string, until: string): boolean => !from || !until || from <= until;

/** Whether that is a day of the calendar, of our times. */
export const isDay = (text: string): boolean =>
  DAY.test(text) && text >= "2000" && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
