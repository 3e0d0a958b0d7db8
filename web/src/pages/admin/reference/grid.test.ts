import { expect, test } from "vitest";
import { apart, numberOf, withEntry, type Grid } from "./grid";

const SOURCED = { assumption: true, dated: null, source: null };
const GRID: Grid = {
  as_of: "2026-11-01",
  currency: "EUR",
  basis: { fr: "Hors taxes", en: "Excluding VAT" },
  ranges: [{ ...SOURCED, role: "reader", level: "junior", unit: "day", low: 290, median: 330, high: 380, sample_size: null, note: null }],
  flat_amounts: [{ ...SOURCED, id: "coverage", labels: { fr: "Fiche", en: "Coverage" }, low: 50, median: 75, high: 120 }],
  agreements: [],
  minima: [],
  contract_forms: [],
  own_cost: [{ ...SOURCED, input: "holidays", value: 25 }],
};

test("one entry changes and no other", () => {
  const [range] = GRID.ranges;
  const next = withEntry(GRID, "ranges", 0, { ...range!, low: 300 });
  expect(next.ranges[0]?.low).toBe(300);
  expect(apart(GRID, next).map(({ part, key, before, after }) => [part, key, before?.low, after?.low])).toEqual([
    ["ranges", "reader/junior/day", 290, 300],
  ]);
});

test("what only one of two grids has differs too", () => {
  const [found] = apart(GRID, { ...GRID, own_cost: [] });
  expect(found).toMatchObject({ part: "own_cost", key: "holidays", after: null });
  expect(apart(GRID, GRID)).toEqual([]);
});

test.each([
  ["300", 300],
  ["1 200,50", 1200.5],
  ["12.5", 12.5],
  ["", null],
  ["douze", null],
  ["-3", null],
])("« %s » is the number %s", (typed, number) => {
  expect(numberOf(typed)).toBe(number);
});
