import { expect, it } from "vitest";
import { late, toKeep, type Waiting } from "./answers";

const waits = (id: string, more: Partial<Waiting> = {}, conversation = {}): Waiting =>
  ({ conversation: { conversation_id: id, answer: null, answer_due_at: null, ...conversation }, reason: null, text: null, ...more }) as Waiting;
const sentence = (reason: string) => (reason === "other_dates" ? "Nos dates ne s’accordent pas." : "");

it("keeps what was written here rather than what was kept before", () => {
  const kept = waits("a", { reason: "other_dates", text: "Trop tard." });
  const each = { a: { reason: "other_budget", text: "Trop cher." } } as const;
  expect(toKeep([kept], {}, sentence)).toEqual([{ conversation_id: "a", reason: "other_dates", text: "Trop tard." }]);
  expect(toKeep([kept], each, sentence)).toEqual([{ conversation_id: "a", reason: "other_budget", text: "Trop cher." }]);
});

it("leaves the sentence of a reason in both languages where nobody changed it", () => {
  const each = { a: { reason: "other_dates", text: " Nos dates ne s’accordent pas. " } } as const;
  expect(toKeep([waits("a")], each, sentence)).toEqual([{ conversation_id: "a", reason: "other_dates", text: null }]);
});

it("leaves words without a reason to that of how the project ends, and says nothing for whoever was written nothing", () => {
  const each = { a: { reason: "", text: "Merci à vous." } } as const;
  expect(toKeep([waits("a"), waits("b")], each, sentence)).toEqual([{ conversation_id: "a", reason: null, text: "Merci à vous." }]);
});

it("counts as late only who has no answer yet at the date that was given", () => {
  const now = new Date("2026-12-08T17:00:00Z");
  const due = "2026-12-08T17:00:00Z";
  const those = [waits("a", {}, { answer_due_at: due }), waits("b", {}, { answer_due_at: "2026-12-08T17:00:01Z" }), waits("c", {}, { answer_due_at: due, answer: {} }), waits("d")];
  expect(late(those, now).map((one) => one.conversation.conversation_id)).toEqual(["a"]);
});
