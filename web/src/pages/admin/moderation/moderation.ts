import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import type { Tone } from "@/design/Notice";

export type Report = Shape<"ReportInFull">;
export type ListedReport = Shape<"ReportShape">;
export type Measure = Shape<"MeasureInFull">;
export type ListedMeasure = Shape<"MeasureShape">;
export type OnlineProject = Shape<"OnlineProjectInFull">;
export type IdentityRequest = Shape<"IdentityRequestShape">;
export type Ground = Shape<"SuspensionInput">["ground"];

const HOUR_MS = 3_600_000;

// ---- what is read

export const reportsQuery = (status: "waiting" | "settled", about: Report["about"] | undefined) =>
  infiniteQueryOptions({
    queryKey: ["admin", "reports", "list", status, about ?? ""],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/admin/reports", { params: { query: { status, about, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const reportQuery = (reportId: string) =>
  queryOptions({
    queryKey: ["admin", "reports", reportId],
    queryFn: ({ signal }) => ask(api.GET("/admin/reports/{report_id}", { params: { path: { report_id: reportId } }, signal })),
  });

export const measuresQuery = (status: "open" | "over", kind: Measure["kind"] | undefined) =>
  infiniteQueryOptions({
    queryKey: ["admin", "measures", "list", status, kind ?? ""],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/admin/measures", { params: { query: { status, kind, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const measureQuery = (measureId: string) =>
  queryOptions({
    queryKey: ["admin", "measures", measureId],
    queryFn: ({ signal }) =>
      ask(api.GET("/admin/measures/{measure_id}", { params: { path: { measure_id: measureId } }, signal })),
  });

/** The projects that are online, the latest published first; `text`: what their code name has in it. */
export const onlineQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: ["admin", "projects", "list", text],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/admin/briefs", { params: { query: { text: text || undefined, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const onlineProjectQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["admin", "projects", briefId],
    queryFn: ({ signal }) => ask(api.GET("/admin/briefs/{brief_id}", { params: { path: { brief_id: briefId } }, signal })),
  });

export const identityRequestsQuery = infiniteQueryOptions({
  queryKey: ["admin", "identity-requests", "list"],
  queryFn: ({ pageParam, signal }) =>
    ask(api.GET("/admin/identity-requests", { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.cursor ?? undefined,
});

export const identityRequestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["admin", "identity-requests", requestId],
    queryFn: ({ signal }) =>
      ask(api.GET("/admin/identity-requests/{request_id}", { params: { path: { request_id: requestId } }, signal })),
  });

// ---- what may be done

/** Whose a report is for now. A claim that has run out is nobody's. */
export function holderOf(one: Pick<Report, "claimed_by" | "claimed_until">, me: string | null, now: number): "nobody" | "me" | "another" {
  if (!one.claimed_by || !one.claimed_until || Date.parse(one.claimed_until) <= now) return "nobody";
  return one.claimed_by === me ? "me" : "another";
}

/** How pressing something is that is due at a moment. */
export function urgencyOf(due: string, now: number): Tone {
  const left = Date.parse(due) - now;
  return left < 0 ? "danger" : left < 6 * HOUR_MS ? "warning" : "good";
}

type MeasureAct = "confirm" | "decline" | "lift" | "uphold";

/** What may be done about a decision, and what of it is for somebody who took no part in it. Of colleagues and oneself
 * the server alone knows: it may still refuse. */
export function actsOn(one: Pick<Measure, "state" | "decided_by" | "rulings">, me: string | null) {
  const tookPart = one.decided_by === me || one.rulings.some(({ by }) => by === me);
  const possible: Record<string, readonly MeasureAct[]> = {
    proposed: ["confirm", "decline"],
    in_force: ["lift"],
    appealed: ["lift", "uphold"],
  };
  const others: readonly MeasureAct[] = one.state === "appealed" ? ["lift", "uphold"] : ["confirm"];
  const acts = possible[one.state] ?? [];
  return {
    may: acts.filter((act) => !tookPart || !others.includes(act)),
    forAnother: acts.filter((act) => tookPart && others.includes(act)),
  };
}

/** What may be done about a request to know who is behind a project. */
export function actsOnRequest(one: IdentityRequest, me: string | null, now: number) {
  const waits = one.state === "asked" && Date.parse(one.agree_until) > now;
  const ofTheTwo = me === one.asked_by || me === one.settled_by;
  const readable = one.state === "granted" && one.readable_until !== null && Date.parse(one.readable_until) > now;
  return {
    waits,
    grant: waits && me !== one.asked_by,
    refuse: waits,
    readable,
    open: readable && ofTheTwo,
  };
}

const AGAINST: Record<Ground, readonly Measure["kind"][]> = {
  identity_told: ["brief"],
  discriminatory: ["brief", "user", "company"],
  misleading: ["brief", "user", "company"],
  unpaid_work: ["brief", "user", "company"],
  rights_not_held: ["brief", "company"],
  not_a_project: ["brief"],
  harassment: ["user", "company"],
  contact_outside: ["user", "company"],
  false_identity: ["user", "company"],
  repeated_breach: ["user", "company"],
};

/** For what a decision may be taken against a project, an account or a company. */
export const groundsFor = (kind: Measure["kind"]) =>
  (Object.keys(AGAINST) as Ground[]).filter((ground) => AGAINST[ground].includes(kind));

/** How long a suspension may last, in days; null for one without an end. */
export const LASTS = [1, 3, 7, 30, 90, null] as const;
const ALONE_AT_MOST = 7;

/** Whether it waits for a second administrator however recent the last one is. */
export const needsSecond = (days: number | null) => days === null || days > ALONE_AT_MOST;

/** The reference in an address of the site, or one that was typed by itself; null where there is none. */
export function referenceIn(typed: string): string | null {
  return /(?:^|\/)([0-9A-HJKMNP-TV-Z]{26})(?:$|[/?#])/i.exec(typed.trim())?.[1]?.toUpperCase() ?? null;
}

/** The texts of a project that freelancers read before the reveal, each where it stands. */
export function textsOf({ read }: Pick<OnlineProject, "read">) {
  const written = (["logline", "pitch", "detailed_tasks"] as const).flatMap((field) =>
    (["fr", "en"] as const).flatMap((language) => {
      const text = read[field]?.[language];
      return text ? [{ field, language, text, pointer: `/${field}/${language}` }] : [];
    }),
  );
  return [...(read.code_name ? [{ field: "code_name" as const, language: null, text: read.code_name, pointer: "/code_name" }] : []), ...written];
}
