import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import type { paths } from "@/api/schema";

export type Entry = Shape<"AuditEntryShape">;

/** What the audit may be asked about, by the name of its filter. */
export const THINGS = [
  "person",
  "case_id",
  "alarm_id",
  "brief_id",
  "profile_id",
  "company_id",
  "conversation_id",
  "report_id",
  "measure_id",
  "identity_id",
  "failure_id",
  "notice_id",
  "suppression_id",
] as const satisfies readonly (keyof NonNullable<paths["/admin/audit"]["get"]["parameters"]["query"]>)[];
export type Thing = (typeof THINGS)[number];

/** What one looks for. Days are those of Paris, both included. */
export interface Search {
  thing: Thing | "";
  reference: string;
  since: string;
  until: string;
}

export const isThing = (name: string | null): name is Thing => (THINGS as readonly (string | null)[]).includes(name);

/** What the address of the page asks for. */
export function searchOf(parameters: URLSearchParams): Search {
  const thing = parameters.get("about");
  const reference = parameters.get("reference") ?? "";
  return {
    thing: isThing(thing) && reference ? thing : "",
    reference,
    since: parameters.get("since") ?? "",
    until: parameters.get("until") ?? "",
  };
}

/** The same as an address; what is not looked for is not in it. */
export function addressOf({ thing, reference, since, until }: Search): URLSearchParams {
  const asked = { about: reference.trim() && thing, reference: thing && reference.trim(), since, until };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ""));
}

/** By how much the clock of Paris is ahead of UTC at the beginning of that day, as « +01:00 ». */
function ahead(day: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: "Europe/Paris", timeZoneName: "longOffset" }).formatToParts(
    new Date(`${day}T00:00:00Z`),
  );
  return parts.find((one) => one.type === "timeZoneName")?.value.replace("GMT", "") || "+00:00";
}

/** The search as the API takes it. The end of a day is the beginning of the next. */
export function asFilter({ thing, reference, since, until }: Search) {
  const next = until && new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return {
    ...(thing && { [thing]: reference.trim() }),
    ...(since && { since: `${since}T00:00:00${ahead(since)}` }),
    ...(next && { until: `${next}T00:00:00${ahead(next)}` }),
  };
}

/** What a line happened to, as what one may look for; null where its history cannot be asked for. */
export function thingOf({ about, details, event }: Entry): Thing | null {
  const named = THINGS.find((name) => name !== "person" && details[name] === about);
  if (named) return named;
  const family = { brief: "brief_id", profile: "profile_id", company: "company_id", conversation: "conversation_id", failure: "failure_id" };
  const first = event.split(".")[0] as keyof typeof family;
  return (family[first] as Thing | undefined) ?? null;
}

export const auditQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", search],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/admin/audit", { params: { query: { ...asFilter(search), cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor ?? undefined,
  });
