import type { Conversation } from "./conversations";

export interface Step {
  name: "invited" | "interested" | "revealed" | "engaged";
  /** When it was taken; null while it was not. */
  at: string | null;
  /** The next one to take, where the conversation goes on. */
  now: boolean;
}

/** How far a conversation has come. There was an invitation only where the production began it. */
export function stepsOf({ invited_at, interested_at, reveal, engagement, state }: Conversation): Step[] {
  const taken = [
    ...(invited_at ? [["invited", invited_at] as const] : []),
    ["interested", interested_at] as const,
    ["revealed", reveal.since] as const,
    ["engaged", engagement.since] as const,
  ];
  const goesOn = ["open", "invited", "interested", "revealed"].includes(state);
  const next = taken.findIndex(([, at]) => at === null);
  const all = taken.map(([name, at], index) => ({ name, at, now: goesOn && index === next }));
  // What will not come any more is no step.
  return goesOn ? all : all.filter((one) => one.at !== null);
}
