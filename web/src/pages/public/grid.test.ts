import { expect, test } from "vitest";
import { byRole, ends, minimaOf, onTrack, type Grid } from "./grid";

const source = (fr: string) => ({ fr, en: fr });
const range = (role: string, level: string, low: number, from = "Hypothèse") => ({
  ...{ role, level, low, median: low + 40, high: low + 90, unit: "day", assumption: true },
  ...{ source: source(from), dated: "2026-11-01", note: null, sample_size: null },
});
const minimum = (id: string, title: string, roles: string[]) => ({ id, title, roles });

const grid = {
  ranges: [
    range("script-reader", "senior", 210),
    range("script-reader", "junior", 130),
    range("literary-director", "mid", 380, "Enquête"),
    range("script-reader", "mid", 165, "Relevé"),
  ],
  minima: {
    items: [
      minimum("a", "Coordinateur d’écriture", ["literary-director"]),
      minimum("b", "Producteur artistique", ["artistic-producer"]),
      minimum("c", "Coordinateur d’écriture", ["literary-director"]),
    ],
  },
} as unknown as Grid;

test("roles stand in the order of the grid, levels from junior to senior", () => {
  expect(byRole(grid).map((one) => [one.role, one.ranges.map((each) => each.level)])).toEqual([
    ["script-reader", ["junior", "mid", "senior"]],
    ["literary-director", ["mid"]],
  ]);
});

test("a source of several amounts is told once", () => {
  expect(byRole(grid)[0]?.sources.map((one) => one.words.fr)).toEqual(["Hypothèse", "Relevé"]);
});

test("minima of one title stand together, those of another role apart", () => {
  expect(minimaOf(grid, ["literary-director"])).toEqual([
    { title: "Coordinateur d’écriture", items: [minimum("a", "Coordinateur d’écriture", ["literary-director"]), minimum("c", "Coordinateur d’écriture", ["literary-director"])] },
  ]);
  expect(minimaOf(grid, null).map((one) => one.title)).toEqual(["Coordinateur d’écriture", "Producteur artistique"]);
  expect(minimaOf(grid, ["script-reader"])).toEqual([]);
  expect(minimaOf(grid, ["script-reader", "artistic-producer"]).map((one) => one.title)).toEqual(["Producteur artistique"]);
});

test("a range lies on its track by its amounts", () => {
  expect(onTrack({ low: 200, median: 300, high: 500 }, 1000)).toEqual({ from: 20, width: 30, median: 30 });
  expect(onTrack({ low: 200, median: null, high: 500 }, 1000).median).toBeNull();
  expect(ends(grid)).toEqual({ day: 470 });
});
