import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Failure = Shape<"FailureShape">;
export type Suppression = Shape<"SuppressionShape">;
export type AdminNotice = Shape<"NoticeShape">;
export type Status = Failure["status"];
export type NoticeState = AdminNotice["state"];

export const STATUSES = ["parked", "replaying", "replayed", "dismissed"] as const satisfies readonly Status[];

/** What works on records, by its name in the service. */
export const CONSUMERS = [
  "match_on_brief_events",
  "match_on_profile_events",
  "settle_brief_obligations",
  "settle_conversations",
  "settle_verified_companies",
  "settle_verified_profiles",
  "queue_verification_steps",
  "run_verification_steps",
  "settle_ended_cases",
  "plan_emails",
  "send_emails",
  "take_mail_feedback",
  "follow_promise",
  "observe_engagements",
  "erase_people",
] as const;

/** Why a record could not be used, by its code. */
export const REASONS = [
  "payload_does_not_fit",
  "newer_schema",
  "not_json",
  "not_an_object",
  "no_image",
  "undecodable_image",
  "replay_parked_again",
  "replay_handed_back",
  "replay_refused",
  "replay_crashed",
  "replay_unanswered",
  "replay_interrupted",
] as const;

/** That code if there are words for it; what has none is « other ». */
export function known<Code extends string>(code: string | null, codes: readonly Code[]): Code | "other" {
  return codes.find((one) => one === code) ?? "other";
}

export interface FailureFilter {
  status: Status;
  consumer: string;
  reason: string;
}

/** What an address asks to see of them; those that wait, where it says nothing. */
export const failureFilterOf = (search: URLSearchParams): FailureFilter => ({
  status: STATUSES.find((one) => one === search.get("status")) ?? "parked",
  consumer: CONSUMERS.find((one) => one === search.get("consumer")) ?? "",
  reason: REASONS.find((one) => one === search.get("reason")) ?? "",
});

/** The same as the end of an address. */
export const searchOf = ({ status, ...narrowed }: FailureFilter) =>
  new URLSearchParams(Object.entries({ ...(status !== "parked" && { status }), ...narrowed }).filter(([, value]) => value));

const upToDate = { initialPageParam: undefined as string | undefined } as const;

export const failuresQuery = ({ status, consumer, reason }: FailureFilter) =>
  infiniteQueryOptions({
    ...upToDate,
    queryKey: ["admin", "failures", { status, consumer, reason }],
    queryFn: ({ pageParam, signal }) =>
      ask(
        api.GET("/admin/failures", {
          params: { query: { status, consumer: consumer || undefined, reason: reason || undefined, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.cursor ?? undefined,
  });

const EVERY_MS = 3_000;

/** One failure with its record; read again while it is being replayed. */
export const failureQuery = (failureId: string) =>
  queryOptions({
    queryKey: ["admin", "failure", failureId],
    queryFn: ({ signal }) => ask(api.GET("/admin/failures/{failure_id}", { params: { path: { failure_id: failureId } }, signal })),
    refetchInterval: ({ state }) => (state.data?.status === "replaying" && !state.data.interrupted ? EVERY_MS : false),
  });

export const noticesQuery = (state: NoticeState) =>
  infiniteQueryOptions({
    ...upToDate,
    queryKey: ["admin", "notices", state],
    queryFn: ({ pageParam, signal }) => ask(api.GET("/admin/notices", { params: { query: { state, cursor: pageParam } }, signal })),
    getNextPageParam: (last) => last.cursor ?? undefined,
  });

export const suppressionsQuery = infiniteQueryOptions({
  ...upToDate,
  queryKey: ["admin", "suppressions"],
  queryFn: ({ pageParam, signal }) => ask(api.GET("/admin/suppressions", { params: { query: { cursor: pageParam } }, signal })),
  getNextPageParam: (last) => last.cursor ?? undefined,
});

/** What stands for an address in the list: its digest, as the service makes it. */
export async function suppressionIdOf(address: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address.trim().toLowerCase()));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
