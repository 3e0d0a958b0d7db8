import { describe, expect, it } from "vitest";
import { asked, isDay, narrowing, paramsOf, rateOf, searchOf, widened } from "./search";

const of = (link: string) => searchOf(new URLSearchParams(link));
const LINK = "role=literary-director&genre=regional-crime,noir&from=2027-01-04&until=2027-03-31&rate=320&unit=day&order=pressing";

describe("a link to projects", () => {
  it("says the same once it was read", () => {
    expect(decodeURIComponent(paramsOf(of(LINK)).toString())).toBe(LINK);
  });
  it("of nothing is the shortest", () => expect(paramsOf(of("")).toString()).toBe(""));
  it("puts what fits first unless it says otherwise", () => {
    expect(of("").order).toBe("fits_me");
    expect(of("order=random").order).toBe("fits_me");
    expect(of("order=pressing").order).toBe("pressing");
  });
  it("is read without what cannot be looked for", () => {
    const search = of("genre=noir,<b>,noir&from=2027-02-31&until=soon&rate=-4&unit=hour");
    expect(search).toMatchObject({ genre: ["noir"], from: "", until: "", rate: null, unit: "day" });
    expect(narrowing(search)).toBe(1);
  });
  it("keeps how one is paid without an amount", () => {
    expect(paramsOf({ ...of(""), unit: "flat" }).toString()).toBe("unit=flat");
    expect(of("unit=flat")).toMatchObject({ unit: "flat", rate: null });
  });
  it("looks for no days the wrong way round", () => {
    expect(of("from=2027-03-01&until=2027-02-01")).toMatchObject({ from: "2027-03-01", until: "" });
    expect(of("from=2027-03-01&until=2027-03-01").until).toBe("2027-03-01");
  });
});

describe("what the API is asked", () => {
  it("has where, how and in which language one works", () => {
    const link = "level=junior&language=fr,br&working_mode=remote&region=brittany";
    expect(decodeURIComponent(paramsOf(of(link)).toString())).toBe(link);
    expect(asked(of(link))).toEqual({
      level: "junior",
      language: "fr,br",
      working_mode: "remote",
      region: "brittany",
      order: "fits_me",
    });
    expect(narrowing(of(link))).toBe(5);
  });
  it("has a unit where it has a rate, and only there", () => {
    expect(asked(of(LINK), "next")).toEqual({
      role: "literary-director",
      genre: "regional-crime,noir",
      start_from: "2027-01-04",
      start_until: "2027-03-31",
      rate_min: 320,
      rate_unit: "day",
      order: "pressing",
      cursor: "next",
    });
    expect(asked(of("unit=week"))).toEqual({ order: "fits_me" });
  });
});

it("counts what narrows the list, and opens it again in the same order", () => {
  expect(narrowing(of(LINK))).toBe(6);
  const open = widened(of(LINK));
  expect(narrowing(open)).toBe(0);
  expect(open.order).toBe("pressing");
});

it.each([
  ["320", 320],
  ["1\u202f200 €", 1200],
  ["", null],
  ["0", null],
  ["3,5", null],
  ["2000000", null],
])("reads « %s » as an amount", (typed, rate) => expect(rateOf(typed)).toBe(rate));

it.each([
  ["2027-02-28", true],
  ["2027-02-30", false],
  ["0002-01-01", false],
  ["28/02/2027", false],
])("knows whether %s is a day", (text, is) => expect(isDay(text)).toBe(is));
