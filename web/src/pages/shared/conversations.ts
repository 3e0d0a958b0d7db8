import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { daysUntil } from "@/i18n/format";

export type Conversation = Shape<"ConversationShape">;
export type Message = Shape<"MessageShape">;
export type Act = Conversation["may"][number];

/** How long what the other side does may take to appear, on a screen that is looked at. */
const LOOK_AGAIN_MS = 10_000;

export const conversationsQuery = infiniteQueryOptions({
  queryKey: ["conversations"],
  queryFn: ({ signal, pageParam }) =>
    ask(api.GET("/conversations", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: "",
  getNextPageParam: (page) => page.cursor,
});

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversation", id],
    queryFn: ({ signal }) =>
      ask(api.GET("/conversations/{conversation_id}", { params: { path: { conversation_id: id } }, signal })),
    refetchInterval: LOOK_AGAIN_MS,
  });

export const messagesQuery = (id: string, cursor?: string) =>
  queryOptions({
    queryKey: ["conversation", id, "messages", cursor ?? ""],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/conversations/{conversation_id}/messages", {
          params: { path: { conversation_id: id }, query: cursor ? { cursor } : {} },
          signal,
        }),
      ),
    ...(cursor ? {} : { refetchInterval: LOOK_AGAIN_MS }),
  });

export const projectConversationsQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "conversations"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/conversations", { params: { path: { brief_id: briefId } }, signal })),
  });

export const answersQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "answers"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/answers", { params: { path: { brief_id: briefId } }, signal })),
  });

/** A conversation as an act has left it, and everything else that told of it. */
export async function nowStands(cache: QueryClient, now: Conversation): Promise<void> {
  cache.setQueryData(conversationQuery(now.conversation_id).queryKey, now);
  await Promise.all([
    cache.invalidateQueries({ queryKey: ["conversation", now.conversation_id, "messages"] }),
    cache.invalidateQueries({ queryKey: ["conversations"] }),
    cache.invalidateQueries({ queryKey: ["briefs", now.project_id] }),
    cache.invalidateQueries({ queryKey: ["projects", now.project_id] }),
  ]);
}

/** What waits for the reader in a conversation, by its name in `conversation.expected`; null for nothing. */
export type Expected = "overdue" | "answer" | "reply" | "reply_by" | "reply_late" | "engagement" | "reveal";

export function expectedOf(one: Conversation, now = new Date()): Expected | null {
  if (owesAnswer(one)) return Date.parse(one.answer_due_at ?? "") <= now.getTime() ? "overdue" : "answer";
  if (one.state === "invited" && one.may.includes("show_interest")) {
    if (!one.reply_by) return "reply";
    return daysUntil(one.reply_by, now) < 0 ? "reply_late" : "reply_by";
  }
  if (one.may.includes("confirm_engagement") && one.engagement.theirs_at) return "engagement";
  if (one.may.includes("agree_to_reveal") && one.reveal.theirs_at) return "reveal";
  return null;
}

/** Whether the reader's side owes an answer with a date. */
export const owesAnswer = (one: Conversation) =>
  one.side === "producer" && one.may.includes("answer") && !one.answer && one.answer_due_at !== null;

/** Until when what is expected of the reader is to be done, where that has a date. */
export const dueOf = (one: Conversation): string | null => (owesAnswer(one) ? one.answer_due_at : one.reply_by);

const OVER: readonly Conversation["state"][] = ["broken", "declined", "not_retained", "lapsed"];

export const isOver = (one: Conversation) => OVER.includes(one.state) || one.opposite_deleted;

/** What is expected of the reader, the soonest due first; what goes on; what is over. The last changed first in both. */
export function sorted(all: readonly Conversation[], now = new Date()) {
  const waiting = all.filter((one) => expectedOf(one, now));
  const due = (one: Conversation) => Date.parse(dueOf(one) ?? "") || Infinity;
  return {
    // Sorting is stable: what has no date keeps the order of the last change.
    expected: [...waiting].sort((a, b) => (due(a) === due(b) ? 0 : due(a) - due(b))),
    going: all.filter((one) => !waiting.includes(one) && !isOver(one)),
    over: all.filter((one) => !waiting.includes(one) && isOver(one)),
  };
}

/** The stages of a project's conversations, the most advanced first. */
export const STAGES = ["engaged", "revealed", "interested", "invited", "open", "over"] as const;

export function byStage(all: readonly Conversation[]) {
  const stageOf = (one: Conversation) => (isOver(one) ? "over" : one.state);
  return STAGES.map((stage) => [stage, all.filter((one) => stageOf(one) === stage)] as const).filter(
    ([, those]) => those.length > 0,
  );
}

export interface Known {
  /** The oldest first. */
  messages: readonly Message[];
  /** What leads to those before; null when there are none. */
  cursor: string | null;
}

/** What is known of a conversation's messages with its latest page, which begins with the newest. */
export function withLatest(known: Known | null, page: Shape<"MessageList">): Known {
  const latest = [...page.messages].reverse();
  const first = latest[0];
  const at = known && first ? known.messages.findIndex((one) => one.message_id === first.message_id) : -1;
  // More was written meanwhile than a page holds: what was known before would leave a gap.
  if (!known || at < 0) return { messages: latest, cursor: page.cursor };
  return { messages: [...known.messages.slice(0, at), ...latest], cursor: at === 0 ? page.cursor : known.cursor };
}

/** The same with the page before. */
export const withEarlier = (known: Known, page: Shape<"MessageList">): Known => ({
  messages: [...[...page.messages].reverse(), ...known.messages],
  cursor: page.cursor,
});

export const toneOf = (state: Conversation["state"]) =>
  (({ engaged: "good", revealed: "good", interested: "warning", broken: "danger" }) as const)[
    state as "engaged" | "revealed" | "interested" | "broken"
  ] ?? "plain";
