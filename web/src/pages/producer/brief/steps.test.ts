import { describe, expect, it } from "vitest";
import { BLANK, NAMES, type Fields } from "./fields";
import { FIELDS, isNeeded, missing, nextStep, progress, stepAt, stepOf, STEPS } from "./steps";

const whole: Fields = {
  ...BLANK,
  code_name: "Projet Goémon",
  format: "single-90",
  genres: ["crime"],
  tones: ["dark"],
  universes: ["seaside"],
  audiences: ["general"],
  development_stage: "treatment",
  source_material: "original",
  rights_status: "owned",
  logline: { fr: "Une gendarme enquête.", en: "" },
  pitch: { fr: "Vingt ans après…", en: "" },
  stakes: ["family-secret"],
  role: "literary-director",
  tasks: ["script-notes"],
  levels: ["mid"],
  languages: ["fr"],
  working_mode: "remote",
  start_window: { from: "2027-01-04", until: "2027-01-29" },
  estimated_days: 20,
  contract_forms: ["freelance-invoice"],
  budget: { min: 300, max: 400, unit: "day" },
};

describe("the five steps", () => {
  it("hold every field once", () => {
    const all = STEPS.flatMap((step) => FIELDS[step]);
    expect([...all].sort()).toEqual([...NAMES].sort());
    expect(stepOf("/budget/max")).toBe("money");
    expect(stepOf("/pitch/fr")).toBe("story");
    expect([stepAt("2"), stepAt(null), stepAt("12")]).toEqual(["story", "project", "project"]);
  });

  it("are complete with what publishing needs, and not a field more", () => {
    expect(missing(whole)).toEqual([]);
    expect(progress(whole)).toMatchObject({ there: 21, of: 21, share: 1 });
    expect(nextStep(whole)).toBe("publish");
    for (const name of NAMES.filter((one) => isNeeded(one, whole)))
      expect(missing({ ...whole, [name]: BLANK[name] })).toContain(name);
  });

  it("begin with everything missing", () => {
    expect(nextStep(BLANK)).toBe("project");
    expect(progress(BLANK).there).toBe(0);
  });

  it("ask for the option’s end where rights lapse or a notice is counted from it", () => {
    expect(missing({ ...whole, rights_status: "optioned" })).toEqual(["option_end_date"]);
    expect(missing({ ...whole, renewal_notice_days: 0 })).toEqual(["option_end_date"]);
  });

  it("ask for a place only where there is one", () => {
    expect(missing({ ...whole, working_mode: "hybrid" })).toEqual(["region"]);
  });

  it("take neither an English text alone nor a budget of nothing", () => {
    expect(missing({ ...whole, logline: { fr: " ", en: "A gendarme." } })).toEqual(["logline"]);
    expect(missing({ ...whole, budget: { min: 0, max: 0, unit: "day" } })).toEqual(["budget"]);
  });
});
