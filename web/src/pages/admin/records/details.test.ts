import { expect, test } from "vitest";
import type { Entry } from "./audit";
import { detailsOf, legible } from "./details";

const ID = "01M89XGS6KT5NKXGWS5266WMRZ";
const recorded = (details: Record<string, unknown>, event = "verification.alarm_withdrawn"): Entry =>
  ({ about: "X", actor: null, at: "", event, event_id: "", label: { fr: "", en: "" }, details });
const held = (details: Record<string, unknown>, event?: string) => Object.fromEntries(detailsOf(recorded(details, event)));

test("ids lead to the screen of what they are ids of, or to its history", () => {
  const found = held({ case_id: ID, profile_id: ID, evidence_id: ID, subject_id: `${ID}/credit`, kind: "credit" });
  expect(found["case_id"]).toEqual([{ is: "reference", value: ID, to: `/admin/cases/${ID}` }]);
  expect(found["profile_id"]).toEqual([{ is: "reference", value: ID, to: `/admin/audit?about=profile_id&reference=${ID}` }]);
  expect(found["evidence_id"]).toEqual([{ is: "reference", value: ID, to: null }]);
  expect(found["subject_id"]).toEqual([
    { is: "reference", value: `${ID}/credit`, to: `/admin/audit?about=profile_id&reference=${ID}` },
  ]);
  expect(held({ request_id: ID }, "moderation.identity_asked")["request_id"]).toMatchObject([{ to: `/admin/identity-requests/${ID}` }]);
  expect(held({ request_id: ID }, "failure.replay_asked")["request_id"]).toMatchObject([{ to: null }]);
});

test("an account is somebody, and an empty one nobody", () => {
  const found = held({ decided_by: "a1", withdrawn_by: "", subject_id: "b2", kind: "user" });
  expect(found["decided_by"]).toEqual([{ is: "account", value: "a1", to: "/admin/audit?about=person&reference=a1" }]);
  expect(found["withdrawn_by"]).toEqual([{ is: "nobody" }]);
  expect(found["subject_id"]).toEqual([{ is: "account", value: "b2", to: "/admin/audit?about=person&reference=b2" }]);
});

test("the side of a conversation is a word, a count a number, a day a day", () => {
  const found = held({ by: "producer", steps: 3, appealed: false, last_active_on: "2026-11-30" });
  expect(found).toEqual({
    by: [{ is: "word", value: "producer" }],
    steps: [{ is: "number", value: 3 }],
    appealed: [{ is: "yes or no", value: false }],
    last_active_on: [{ is: "day", value: "2026-11-30" }],
  });
});

test("nothing of what a later version wrote is lost", () => {
  expect(held({ new_thing: { deep: [1] }, many: ["a", "b"] })).toEqual({
    new_thing: [{ is: "word", value: '{"deep":[1]}' }],
    many: [{ is: "word", value: "a" }, { is: "word", value: "b" }],
  });
  expect(legible("new_thing")).toBe("new thing");
  expect(legible('{"a_b":1}')).toBe('{"a_b":1}');
});
