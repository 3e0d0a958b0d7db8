import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

type Page = Shape<"EmailList">;
export type EmailState = Page["emails"][number]["state"];

export const STATES = [
  "refused",
  "bounced",
  "complained",
  "suppressed",
  "soft_bounced",
  "given_up",
  "planned",
  "sending",
  "sent",
  "delivered",
  "digested",
  "unwanted",
  "cancelled",
] as const satisfies readonly EmailState[];

/** Why an e-mail went no further, by its code. */
export const TROUBLES = [
  "no_recipient",
  "message_rejected",
  "turned_off",
  "nothing_left_to_tell",
  "project_no_longer_live",
  "newcomers_left",
  "case_moved_on",
  "alarm_moved_on",
  "ruling_moved_on",
  "conversation_moved_on",
  "used_again",
  "told_already",
  "no_longer_for_them",
  "date_no_longer_binds",
  "no_longer_asked",
  "hard_bounce",
  "soft_bounces",
  "complaint",
  "administrator",
] as const;

/** One e-mail, whatever it was about. `unread`: what it told runs all the same, and was not read. */
export interface SentEmail extends Pick<Page["emails"][number], "state" | "attempts" | "error_code" | "due_at" | "updated_at"> {
  key: string;
  kind: Page["emails"][number]["kind"] | Page["letters"][number]["kind"] | Page["contacts"][number]["kind"] | Page["accounts"][number]["kind"] | "alarm" | "ruling";
  held_for: Page["contacts"][number]["held_for"];
  unread: "alarm" | "ruling" | null;
}

const TELLS_OF_A_DECISION = ["returned", "suspended"];
const didNotCome = (state: EmailState) => state === "suppressed" || state === "refused";

/** All of a page in one list, last changed first. */
export function sentEmails(page: Page): SentEmail[] {
  const alarms = page.alarms.map((one) => ({
    ...one,
    kind: "alarm" as const,
    unread: one.alarm_step === "raised" && didNotCome(one.state) ? ("alarm" as const) : null,
  }));
  const rulings = page.rulings.map((one) => ({
    ...one,
    kind: "ruling" as const,
    unread: TELLS_OF_A_DECISION.includes(one.ruling_step) && didNotCome(one.state) ? ("ruling" as const) : null,
  }));
  const others = [...page.emails, ...page.letters, ...page.contacts, ...page.accounts].map((one) => ({ ...one, unread: null }));
  return [...others, ...alarms, ...rulings]
    .map(({ dedup_key, kind, state, attempts, error_code, due_at, updated_at, held_for, unread }) => ({
      key: dedup_key, kind, state, attempts, error_code, due_at, updated_at, held_for, unread,
    }))
    .sort((one, other) => other.updated_at.localeCompare(one.updated_at));
}

export const sentEmailsQuery = (state: EmailState) =>
  infiniteQueryOptions({
    queryKey: ["admin", "notifications", state],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/admin/notifications", { params: { query: { state, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.cursor ?? undefined,
  });
