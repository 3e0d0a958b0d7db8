import { describe, expect, it } from "vitest";
import { byStage, expectedOf, sorted, withEarlier, withLatest, type Conversation, type Message } from "./conversations";

const NOW = new Date("2026-12-05T12:00:00Z");
const calm = { mine_at: null, theirs_at: null, since: null };
const theirs = { ...calm, theirs_at: "2026-12-04T09:00:00Z" };
const one = (changes: Partial<Conversation>): Conversation =>
  ({ side: "producer", state: "interested", may: [], answer: null, answer_due_at: null, reveal: calm, engagement: calm, opposite_deleted: false, ...changes }) as Conversation;

describe("what is expected of the reader", () => {
  it.each([
    ["answer", { may: ["answer"], answer_due_at: "2026-12-08T17:00:00Z" }],
    ["overdue", { may: ["answer"], answer_due_at: "2026-12-05T11:59:00Z" }],
    ["reply", { side: "freelancer", state: "invited", may: ["show_interest", "decline"] }],
    ["reply_by", { side: "freelancer", state: "invited", may: ["show_interest"], reply_by: "2026-12-05" }],
    ["reply_late", { side: "freelancer", state: "invited", may: ["show_interest"], reply_by: "2026-12-04" }],
    ["reveal", { side: "freelancer", may: ["agree_to_reveal"], reveal: theirs }],
    ["engagement", { state: "revealed", may: ["confirm_engagement"], engagement: theirs }],
    [null, { may: ["agree_to_reveal", "write"] }],
    // The date of an answer binds the production, never the freelancer who waits for it.
    [null, { side: "freelancer", may: ["decline"], answer_due_at: "2026-12-08T17:00:00Z" }],
  ] as const)("is %s", (name, changes) => {
    expect(expectedOf(one(changes as unknown as Partial<Conversation>), NOW)).toBe(name);
  });

  it("comes first, the soonest due before the others", () => {
    const late = one({ conversation_id: "late", may: ["answer"], answer_due_at: "2026-12-09T17:00:00Z" });
    const soon = one({ conversation_id: "soon", may: ["answer"], answer_due_at: "2026-12-06T17:00:00Z" });
    const asked = one({ conversation_id: "asked", may: ["agree_to_reveal"], reveal: theirs });
    const invited = one({ conversation_id: "invited", side: "freelancer", state: "invited", may: ["show_interest"], reply_by: "2026-12-08" });
    const calmly = one({ conversation_id: "calm" });
    const over = one({ conversation_id: "over", state: "declined" });
    const groups = sorted([asked, over, late, invited, calmly, soon], NOW);
    const ids = (those: Conversation[]) => those.map((each) => each.conversation_id);
    expect([ids(groups.expected), ids(groups.going), ids(groups.over)]).toEqual([["soon", "invited", "late", "asked"], ["calm"], ["over"]]);
  });

  it("is grouped by how far it has come, without empty groups", () => {
    const stages = byStage([one({ state: "invited" }), one({ state: "lapsed" }), one({ state: "engaged" }), one({ opposite_deleted: true })]);
    expect(stages.map(([stage, those]) => [stage, those.length])).toEqual([["engaged", 1], ["invited", 1], ["over", 2]]);
  });
});

describe("messages, page by page", () => {
  const page = (ids: string, cursor: string | null = null) => ({ messages: [...ids].map((id) => ({ message_id: id, text: "" }) as Message), cursor });
  const ids = (known: { messages: readonly Message[] }) => known.messages.map((each) => each.message_id).join("");

  it("are shown from the oldest to the newest", () => {
    const known = withEarlier(withLatest(null, page("dc", "before-c")), page("ba"));
    expect([ids(known), known.cursor]).toEqual(["abcd", null]);
  });

  it("keep the earlier ones when new ones come", () => {
    const known = withLatest(withEarlier(withLatest(null, page("dc", "x")), page("ba", "y")), page("ed", "z"));
    expect([ids(known), known.cursor]).toEqual(["abcde", "y"]);
  });

  it("begin anew where more came than a page holds", () => {
    const known = withLatest(withLatest(null, page("ba")), page("zy", "x"));
    expect([ids(known), known.cursor]).toEqual(["yz", "x"]);
  });

  it("take what changed in those that are known", () => {
    const unmasked = { messages: [{ message_id: "b", text: "06 00 00 00 00" } as Message], cursor: "x" };
    expect(withLatest(withLatest(null, page("ba")), unmasked).messages.map((each) => each.text)).toEqual(["", "06 00 00 00 00"]);
  });
});
