import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { hasOwn } from "@/api/me";
import type { Tone } from "@/design/Notice";

export type Case = Shape<"MyCaseShape">;
export type CaseSummary = Shape<"MyCaseSummary">;
export type Alarm = Shape<"MyAlarmShape">;
type State = Case["state"];

/** How often a screen looks again while checks are under way. */
const LOOK_AGAIN_MS = 2_500;

export const casesQuery = infiniteQueryOptions({
  queryKey: ["verification", "cases"],
  queryFn: ({ pageParam, signal }) => ask(api.GET("/verification/mine", { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.cursor ?? undefined,
});

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["verification", "cases", caseId],
    queryFn: ({ signal }) => ask(api.GET("/verification/mine/{case_id}", { params: { path: { case_id: caseId } }, signal })),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? LOOK_AGAIN_MS : false),
  });

export const filesQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["verification", "files", caseId],
    queryFn: async ({ signal }) =>
      (await ask(api.GET("/verification/mine/{case_id}/evidence", { params: { path: { case_id: caseId } }, signal }))).files,
  });

export const attestationsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["verification", "attestations", caseId],
    queryFn: async ({ signal }) =>
      (await ask(api.GET("/verification/mine/{case_id}/attestations", { params: { path: { case_id: caseId } }, signal })))
        .attestations,
  });

export const alarmsQuery = queryOptions({
  queryKey: ["verification", "alarms"],
  queryFn: async ({ signal }) => (await ask(api.GET("/verification/mine/alarms", { signal }))).alarms,
});

export const alarmQuery = (alarmId: string) =>
  queryOptions({
    queryKey: ["verification", "alarms", alarmId],
    queryFn: ({ signal }) =>
      ask(api.GET("/verification/mine/alarms/{alarm_id}", { params: { path: { alarm_id: alarmId } }, signal })),
  });

/** What is established of each of one's own credits; null while there is no profile to have any. */
export const badgesQuery = queryOptions({
  queryKey: ["verification", "badges"],
  queryFn: async ({ signal }) =>
    (await hasOwn("profile")) ? ask(api.GET("/verification/mine/badges", { signal })) : null,
});

const DECIDED: readonly State[] = ["verified", "partly_verified", "refused"];
const ENDED: readonly State[] = ["final", "withdrawn", "expired"];

/** Whether something may still be added to it. */
export const isOpen = ({ state }: { state: State }) => !DECIDED.includes(state) && !ENDED.includes(state);

/** Whether automatic checks will change it soon, by themselves. */
export const isRunning = (one: Pick<Case, "state" | "checks">) =>
  one.state === "submitted" ||
  one.state === "checks_running" ||
  (isOpen(one) && one.state !== "draft" && one.checks.some(({ status }) => status === "under_way"));

/** Whether it waits for its subject. */
export const awaitsSubject = ({ state }: { state: State }) => state === "draft" || state === "information_requested";

/** Whether it may be taken back: as long as nobody has decided anything. */
export const mayWithdraw = (one: Pick<Case, "state" | "appeal" | "decision">) =>
  isOpen(one) && one.state !== "reopened" && one.appeal === null && one.decision === null;

export const PHASES = ["prepared", "checks", "reading", "decision", "appeal"] as const;
export type Phase = (typeof PHASES)[number];

const REACHED: Partial<Record<State, Phase>> = {
  draft: "prepared",
  submitted: "checks",
  checks_running: "checks",
  queued: "reading",
  in_review: "reading",
  information_requested: "reading",
  reopened: "reading",
  appealed: "appeal",
  appeal_review: "appeal",
};

/** What a case goes through, and where it stands in it. Nothing for one that ended without a decision. */
export function phasesOf(one: Pick<Case, "state" | "appeal">): { phase: Phase; at: "done" | "now" | "later" }[] {
  if (one.state === "withdrawn" || one.state === "expired") return [];
  const phases = PHASES.filter((phase) => phase !== "appeal" || one.appeal !== null);
  const reached = REACHED[one.state];
  const now = reached ? phases.indexOf(reached) : phases.length;
  return phases.map((phase, index) => ({ phase, at: index < now ? "done" : index === now ? "now" : "later" }));
}

export function toneOf({ state, outcome }: Pick<CaseSummary, "state" | "outcome">): Tone {
  if (awaitsSubject({ state })) return "warning";
  if (isOpen({ state }) || outcome === null) return "plain";
  return outcome === "refused" ? "danger" : "good";
}

/** One's own cases by what they ask of one: those that wait for oneself first. */
export function grouped<One extends { state: State }>(cases: readonly One[]) {
  return {
    yours: cases.filter(awaitsSubject),
    underway: cases.filter((one) => isOpen(one) && !awaitsSubject(one)),
    over: cases.filter((one) => !isOpen(one)),
  };
}

/** Whether an alarm may still be answered. */
export const mayAnswer = (alarm: Pick<Alarm, "state" | "reply">) => alarm.state === "raised" && alarm.reply === null;
