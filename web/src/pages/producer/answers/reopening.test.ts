import { expect, it } from "vitest";
import type { Brief } from "../briefs";
import { toMend } from "./reopening";

const brief = (changes: Partial<Brief>) =>
  ({ option_end_date: null, broadcaster_date: null, start_window: null, ...changes }) as Brief;
const now = new Date("2026-12-08T10:00:00Z");

it("asks for the dates that have passed, and for no other", () => {
  const dated = brief({ option_end_date: "2026-12-07", broadcaster_date: "2027-01-01", start_window: { from: "2026-11-01", until: "2026-12-07" } });
  expect(toMend(dated, [], {}, now)).toEqual(["option_end_date", "start_window"]);
  expect(toMend(brief({ option_end_date: "2026-12-08" }), [], {}, now)).toEqual([]);
});

it("asks for what was refused and what one has begun to mend", () => {
  expect(toMend(brief({}), ["/pitch/fr", "/start_window/from"], {}, now)).toEqual(["start_window", "pitch"]);
  expect(toMend(brief({}), [], { broadcaster_date: "2027-01-01" }, now)).toEqual(["broadcaster_date"]);
});
