import { describe, expect, it } from "vitest";
import { againstBudget, compared, counted, fingerprint, inOrder, nextPeriod, span, strongest } from "./reading";
import type { Contribution, Facts } from "./shapes";

const fact = (holds: true | null) => ({ holds, source: null, by: null, checked_at: null, expires_at: null });
const facts = (work: true | null, participation: true | null, done: true | null): Facts => ({
  work: fact(work),
  participation: fact(participation),
  function: fact(done),
});

describe("what is established of a work", () => {
  it("is the most that is known", () => {
    expect(strongest(facts(true, true, null))?.name).toBe("participation");
    expect(strongest(facts(true, null, null))?.name).toBe("work");
  });
  it("may be nothing", () => expect(strongest(facts(null, null, null))).toBeNull());
});

it("works that decided come first, then the most verified, then the latest", () => {
  const works = [
    { credit_id: "old", level: 3, year: 2001 },
    { credit_id: "declared", level: 0, year: 2025 },
    { credit_id: "new", level: 3, year: 2020 },
    { credit_id: "deciding", level: 1, year: 1999 },
  ];
  expect(inOrder(works, ["deciding"]).map((one) => one.credit_id)).toEqual(["deciding", "new", "old", "declared"]);
});

describe("a day rate and the budget", () => {
  const budget = { min: 300, max: 400, unit: "day" } as const;
  it("meet when they overlap, at their ends too", () => {
    expect(againstBudget({ min: 400, max: 500 }, budget)).toBe("within");
    expect(againstBudget({ min: 401, max: 500 }, budget)).toBe("above");
    expect(againstBudget({ min: 200, max: 299 }, budget)).toBe("below");
  });
  it("are not told against one another in other units, or without one of them", () => {
    expect(againstBudget({ min: 400, max: 500 }, { ...budget, unit: "flat" })).toBeNull();
    expect(againstBudget(null, budget)).toBeNull();
    expect(againstBudget({ min: 400, max: 500 }, null)).toBeNull();
  });
});

it("the next period is one under way or to come, never one that is over", () => {
  const periods = [
    { from: "2027-03-01", until: null },
    { from: "2026-01-01", until: "2026-02-01" },
    { from: "2026-11-01", until: "2026-12-31" },
  ];
  expect(nextPeriod(periods, "2026-12-01")?.from).toBe("2026-11-01");
  expect(nextPeriod(periods, "2027-01-01")?.from).toBe("2027-03-01");
  expect(nextPeriod([], "2027-01-01")).toBeNull();
});

it("criteria that could give nothing are not shown", () => {
  const one = (criterion: string, maximum: number) => ({ criterion, maximum }) as Contribution;
  expect(counted([one("tone", 6), one("company", 0), one("genre", 13)]).map((each) => each.criterion)).toEqual(["genre", "tone"]);
});

describe("a fingerprint", () => {
  const work = (year: number, genres: string[]) => ({ year, genres, tones: [], universes: [], stakes: [], format: "series-52" });
  const strands = fingerprint([work(2024, ["noir", "crime"]), work(2019, ["noir"]), work(2021, ["comedy"])]);
  it("begins with what comes back, then with what is latest", () => {
    expect(strands.filter((one) => one.dimension === "genres").map((one) => one.id)).toEqual(["noir", "crime", "comedy"]);
    expect(strands[0]?.years).toEqual([2019, 2024]);
  });
  it("has the format of every work", () => {
    expect(strands.filter((one) => one.dimension === "formats")).toEqual([
      { dimension: "formats", id: "series-52", years: [2019, 2021, 2024] },
    ]);
  });
  it("has a scale with every year", () => expect(span(strands)).toEqual({ from: 2019, to: 2024 }));
  it("of nobody’s works is empty", () => expect(span(fingerprint([]))).toBeNull());
});

describe("whom a link compares", () => {
  it("nobody twice and four at most", () => {
    expect(compared("?with=a,b,a,c,d,e")).toEqual(["a", "b", "c", "d"]);
  });
  it("nothing that is no id", () => expect(compared("?with=a,,../b,%22")).toEqual(["a"]));
  it("nobody without one", () => expect(compared("?1")).toEqual([]));
});
