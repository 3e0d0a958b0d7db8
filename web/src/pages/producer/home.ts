import type { Shape } from "@/api/client";
import type { Brief } from "./briefs";

export type Outreach = Shape<"OutreachShape">;
type Conversation = Shape<"ConversationShape">;

/** What a live project needs next of its production: one thing, and where it is done. */
export type Next =
  | { kind: "answer"; count: number; day: string | null; to: string }
  | { kind: "danger"; words: { fr: string; en: string }; to: string }
  | { kind: "invite"; count: number; to: string }
  | { kind: "widen"; to: string }
  | { kind: "wait"; count: number; day: string | null; to: string }
  | { kind: "follow"; to: string };

/** People who wait for an answer come first, then danger, then whom to invite, then what only takes time. */
export function nextOf(brief: Brief, outreach: Outreach, conversations: readonly Conversation[]): Next {
  const place = `/briefs/${brief.brief_id}`;
  if (outreach.interested > 0) {
    const due = conversations
      .filter((one) => one.project_id === brief.brief_id && one.state === "interested" && one.answer_due_at)
      .map((one) => one.answer_due_at!)
      .sort();
    return { kind: "answer", count: outreach.interested, day: due[0] ?? null, to: `${place}/conversations` };
  }
  if (outreach.danger) {
    const to = outreach.danger.silence === "nobody_shown" ? `${place}/edit?step=3` : place;
    return { kind: "danger", words: outreach.danger.message, to };
  }
  if (outreach.wave && outreach.wave.now > 0) return { kind: "invite", count: outreach.wave.now, to: place };
  if (outreach.shown === 0) return { kind: "widen", to: `${place}/edit?step=3` };
  if (outreach.waiting > 0)
    return { kind: "wait", count: outreach.waiting, day: outreach.wave?.next_on ?? null, to: `${place}/conversations` };
  return { kind: "follow", to: `${place}/conversations` };
}

export interface Sorted {
  /** Online, the nearest end first; those without any last. */
  live: Brief[];
  /** Returned by moderation: to be corrected. */
  returned: Brief[];
  drafts: Brief[];
  past: Brief[];
}

/** The company's projects by what is to be done with them. */
export function sorted(briefs: readonly Brief[]): Sorted {
  const of = (...statuses: Brief["status"][]) => briefs.filter((one) => statuses.includes(one.status));
  const end = (one: Brief) => one.deadline ?? "9999";
  return {
    live: of("live").sort((one, other) => end(one).localeCompare(end(other))),
    returned: of("returned"),
    drafts: of("draft"),
    past: of("filled", "closed", "expired"),
  };
}
