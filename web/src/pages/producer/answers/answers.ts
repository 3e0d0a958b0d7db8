import type { Shape } from "@/api/client";
import type { Negative } from "@/pages/shared/AnswerForm";
import { asSent } from "@/pages/shared/passages";

export type Waiting = Shape<"WaitingShape">;
export type HowItEnds = "filled" | "closed";

/** What one person is to read. `text`: null for the sentence that goes with the reason. */
export interface Prepared {
  reason: Negative | "";
  text: string | null;
}

/** What was written for somebody: on this device, else what the company keeps. */
export const writtenFor = (one: Waiting, each: Readonly<Record<string, Prepared>>): Prepared =>
  each[one.conversation.conversation_id] ?? { reason: one.reason ?? "", text: one.text };

/** The answers to keep for the end of a project. Without a reason of their own they go with that of how it ends, which
 * may be chosen later and by somebody else; whoever was written nothing hears its sentence. */
export function toKeep(
  waiting: readonly Waiting[],
  each: Readonly<Record<string, Prepared>>,
  sentence: (reason: string) => string,
): Shape<"PreparedInput">[] {
  return waiting.flatMap((one) => {
    const { reason, text } = writtenFor(one, each);
    const own = asSent(text ?? "");
    const words = own && own !== asSent(sentence(reason)) ? own : null;
    if (!reason && !words) return [];
    return [{ conversation_id: one.conversation.conversation_id, reason: reason || null, text: words }];
  });
}

/** Those whose answer should have come by now. */
export const late = (waiting: readonly Waiting[], now = new Date()) =>
  waiting.filter(({ conversation: { answer, answer_due_at: due } }) => !answer && due !== null && Date.parse(due) <= now.getTime());
