import { expect, test } from "vitest";
import { sentEmails } from "./sentEmails";

const NONE = { emails: [], letters: [], alarms: [], contacts: [], accounts: [], rulings: [], cursor: null };
const COMMON = { held_for: null, due_at: null, attempts: 1, error_code: null, created_at: "", sent_at: null };

test("e-mails of every kind are one list, last changed first", () => {
  const found = sentEmails({
    ...NONE,
    emails: [{ ...COMMON, dedup_key: "a", kind: "shortlist", brief_id: null, publication_no: 1, state: "sent", updated_at: "2026-11-01" }],
    accounts: [{ ...COMMON, dedup_key: "b", kind: "receipt", state: "sent", updated_at: "2026-11-03" }],
    alarms: [{ ...COMMON, dedup_key: "c", alarm_id: "", alarm_step: "lifted", state: "refused", updated_at: "2026-11-02" }],
  });
  expect(found.map(({ key, kind }) => [key, kind])).toEqual([["b", "receipt"], ["c", "alarm"], ["a", "shortlist"]]);
});

test.each([
  ["raised", "refused", "alarm"],
  ["raised", "suppressed", "alarm"],
  ["raised", "delivered", null],
  ["answered", "refused", null],
] as const)("an alarm’s e-mail « %s » that is %s leaves somebody to be told otherwise: %s", (alarm_step, state, unread) => {
  const [found] = sentEmails({ ...NONE, alarms: [{ ...COMMON, dedup_key: "c", alarm_id: "", alarm_step, state, updated_at: "" }] });
  expect(found?.unread).toBe(unread);
});

test.each([
  ["suspended", "refused", "ruling"],
  ["report_received", "refused", null],
] as const)("an e-mail of moderation « %s » that is %s leaves somebody to be told otherwise: %s", (ruling_step, state, unread) => {
  const [found] = sentEmails({ ...NONE, rulings: [{ ...COMMON, dedup_key: "r", ruling_id: "", ruling_step, state, updated_at: "" }] });
  expect(found?.unread).toBe(unread);
});
