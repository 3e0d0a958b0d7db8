import { describe, expect, it } from "vitest";
import { ahead, freeFrom, isFree, plus, plusMonths, tidy, weeksOf, withFree, withTaken } from "./availability";

const spring = { from: "2027-03-01", until: "2027-05-31" };

describe("the calendar", () => {
  it("counts days over the end of a month, and of a year", () => {
    expect(plus("2026-12-31", 1)).toBe("2027-01-01");
    expect(plus("2028-03-01", -1)).toBe("2028-02-29");
  });
  it("has no 31 February", () => {
    expect(plusMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(plusMonths("2027-01-31", -2)).toBe("2026-11-30");
  });
  it("has weeks from Monday to Sunday", () => {
    const weeks = weeksOf("2026-11-29");
    expect(weeks[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
    expect(weeks[5]).toEqual(["2026-11-30", null, null, null, null, null, null]);
    expect(weeks.flat().filter(Boolean)).toHaveLength(30);
  });
});

describe("days that are free", () => {
  it("have both ends", () => {
    expect(isFree([spring], "2027-03-01")).toBe(true);
    expect(isFree([spring], "2027-05-31")).toBe(true);
    expect(isFree([spring], "2027-06-01")).toBe(false);
    expect(isFree([{ from: "2027-03-01", until: null }], "2040-01-01")).toBe(true);
  });
  it("beside one another are one period", () => {
    expect(withFree([spring], "2027-06-01", "2027-06-10")).toEqual([{ from: "2027-03-01", until: "2027-06-10" }]);
    expect(withFree([spring], "2027-06-02", "2027-06-10")).toHaveLength(2);
    expect(withFree([spring], "2027-01-01", null)).toEqual([{ from: "2027-01-01", until: null }]);
  });
  it("within others change nothing", () => expect(withFree([spring], "2027-04-01", "2027-04-02")).toEqual([spring]));
  it("stay what they were given as", () => {
    const given = [spring, { from: "2027-01-01", until: "2027-01-31" }];
    tidy(withFree(given, "2027-02-01", "2027-02-28"));
    expect(given[0]).toEqual({ from: "2027-03-01", until: "2027-05-31" });
  });
});

describe("days that are taken", () => {
  it("cut a period in two", () => {
    expect(withTaken([spring], "2027-04-05", "2027-04-09")).toEqual([
      { from: "2027-03-01", until: "2027-04-04" },
      { from: "2027-04-10", until: "2027-05-31" },
    ]);
  });
  it("cut one without an end", () => {
    expect(withTaken([{ from: "2027-03-01", until: null }], "2027-03-01", "2027-03-31")).toEqual([{ from: "2027-04-01", until: null }]);
  });
  it("without an end are all that follow", () => {
    expect(withTaken([spring, { from: "2027-09-01", until: null }], "2027-05-01", null)).toEqual([{ from: "2027-03-01", until: "2027-04-30" }]);
  });
  it("leave alone what they do not touch, and nothing of what they cover", () => {
    expect(withTaken([spring], "2027-01-01", "2027-02-28")).toEqual([spring]);
    expect(withTaken([spring], "2027-06-01", "2027-06-02")).toEqual([spring]);
    expect(withTaken([spring], "2027-02-01", "2027-06-30")).toEqual([]);
  });
});

it("being free from a day on keeps the days before that have an end, and moves what was open", () => {
  expect(freeFrom([spring], "2027-07-01")).toEqual([spring, { from: "2027-07-01", until: null }]);
  expect(freeFrom([{ from: "2027-01-01", until: null }], "2027-07-01")).toEqual([{ from: "2027-07-01", until: null }]);
  expect(freeFrom([spring], "2027-04-01")).toEqual([{ from: "2027-03-01", until: null }]);
});

it("what is over is not ahead", () => {
  expect(ahead([{ from: "2026-01-01", until: "2026-02-01" }, spring], "2026-02-02")).toEqual([spring]);
  expect(ahead([{ from: "2026-01-01", until: "2026-02-01" }], "2026-02-01")).toHaveLength(1);
});
