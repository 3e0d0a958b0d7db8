import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import type { Tone } from "@/design/Notice";

export type Alarm = Shape<"AlarmShape">;
export type ListedAlarm = Shape<"AlarmSummary">;
export type Reason = Shape<"PrepareAlarmInput">["reason"];
export type Basis = Shape<"PrepareAlarmInput">["basis"];
export type OpenState = "draft" | "raised" | "answered" | "in_force" | "appealed";

export const OPEN_STATES: readonly OpenState[] = ["draft", "raised", "answered", "in_force", "appealed"];

/** Those of a state that are not over, or all that are (`over`). */
export const alarmsQuery = (state: OpenState | "over" | undefined, kind: Alarm["kind"] | undefined) =>
  infiniteQueryOptions({
    queryKey: ["admin", "alarms", "list", state ?? "", kind ?? ""],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/admin/alarms", {
          params: { query: { ...(state === "over" ? { status: state } : { state }), kind, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export const alarmQuery = (alarmId: string) =>
  queryOptions({
    queryKey: ["admin", "alarms", alarmId],
    queryFn: ({ signal }) => ask(api.GET("/admin/alarms/{alarm_id}", { params: { path: { alarm_id: alarmId } }, signal })),
  });

/** On whose word an alarm of each reason may rest: nothing that nobody signs. */
export const BASES: Record<Reason, readonly Basis[]> = {
  forged_credit_or_identity: ["own_finding", "signed_report", "competent_body"],
  confidentiality_breach: ["own_finding", "signed_report", "competent_body"],
  non_payment: ["signed_report", "competent_body"],
  harassment_upheld: ["competent_body"],
};

type Act = "raise" | "withdraw" | "put_in_force" | "dismiss" | "lift" | "uphold";

const POSSIBLE: Partial<Record<Alarm["state"], readonly Act[]>> = {
  draft: ["raise", "withdraw"],
  raised: ["put_in_force", "dismiss", "withdraw"],
  answered: ["put_in_force", "dismiss", "withdraw"],
  in_force: ["lift"],
  appealed: ["uphold", "lift"],
};
const OF_WHO_PREPARED: readonly Act[] = ["raise", "withdraw"];

/** What may be done about an alarm, and what of it is for somebody else. Who prepared it raises it and may take it back;
 * a second person decides, a third reads an appeal or ends it. Of colleagues and oneself the server alone knows. */
export function actsOn(one: Pick<Alarm, "state" | "prepared_by" | "rulings" | "may_be_decided">, me: string | null) {
  const tookPart = one.prepared_by === me || one.rulings.some(({ by }) => by === me);
  const acts = POSSIBLE[one.state] ?? [];
  const mine = (act: Act) => (OF_WHO_PREPARED.includes(act) ? one.prepared_by === me : !tookPart);
  const ripe = (act: Act) => one.may_be_decided || (act !== "put_in_force" && act !== "dismiss");
  return {
    may: acts.filter((act) => mine(act) && ripe(act)),
    forAnother: acts.filter((act) => !mine(act) && !OF_WHO_PREPARED.includes(act)),
    waits: (one.state === "raised" || one.state === "answered") && !one.may_be_decided,
  };
}

export const toneOf = (state: Alarm["state"]): Tone =>
  (({ answered: "warning", appealed: "warning", in_force: "danger", raised: "plain" }) as Partial<Record<Alarm["state"], Tone>>)[state] ??
  "plain";
