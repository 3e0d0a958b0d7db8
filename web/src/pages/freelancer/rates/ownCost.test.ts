import { expect, test } from "vitest";
import { numberOf, read } from "./ownCost";

test("a number is read as it is written in French and in English", () => {
  expect(["26 400,50", "26\u202f400 €", "24,6 %", "0"].map(numberOf)).toEqual([26400.5, 26400, 24.6, 0]);
  expect(["26,400.50", "26,400", "1,000,000", "24.6"].map(numberOf)).toEqual([26400.5, 26400, 1_000_000, 24.6]);
});

test("what is no number is not guessed at", () => {
  expect(["", "beaucoup", "-5", "1,2,3", "12k"].map(numberOf)).toEqual([null, null, null, null, null]);
});

test("an emptied field is left to its default, an unreadable one is named", () => {
  const { figures, unread } = read({ desired_net: "30 000", expenses: "  ", holidays: "trente", unbilled_days: "90" });
  expect(figures).toMatchObject({ desired_net: 30000, expenses: null, holidays: null, unbilled_days: 90 });
  expect(unread).toEqual(["holidays"]);
});
