import { describe, expect, test } from "vitest";
import { addressOf, asFilter, searchOf, thingOf, type Entry } from "./audit";

const NOTHING = { thing: "", reference: "", since: "", until: "" } as const;

describe("what is looked for", () => {
  test("is the same after it was in an address", () => {
    const search = { thing: "alarm_id", reference: "01M89XGSW89Z82DJGTDM2HZJTC", since: "2026-11-01", until: "" } as const;
    expect(searchOf(addressOf(search))).toEqual(search);
  });

  test("is everything without a reference, or about something unheard of", () => {
    expect(addressOf({ ...NOTHING, thing: "brief_id" }).toString()).toBe("");
    expect(searchOf(new URLSearchParams("about=weather&reference=x")).thing).toBe("");
  });

  test("takes whole days of Paris, in winter and in summer", () => {
    expect(asFilter({ ...NOTHING, since: "2026-11-01", until: "2026-11-30" })).toEqual({
      since: "2026-11-01T00:00:00+01:00",
      until: "2026-12-01T00:00:00+01:00",
    });
    expect(asFilter({ ...NOTHING, since: "2026-07-14" })).toEqual({ since: "2026-07-14T00:00:00+02:00" });
  });

  test("names the thing by the API’s filter", () => {
    expect(asFilter({ ...NOTHING, thing: "person", reference: " a1 " })).toEqual({ person: "a1" });
  });
});

describe("what a line happened to", () => {
  const entry = (event: string, details: Record<string, unknown>): Entry =>
    ({ about: "X", actor: null, at: "", event, event_id: "", label: { fr: "", en: "" }, details });

  test("is what its details call by that name", () => {
    expect(thingOf(entry("verification.alarm_raised", { alarm_id: "X", subject_id: "Y" }))).toBe("alarm_id");
  });

  test("is told by the family of the fact otherwise", () => {
    expect(thingOf(entry("brief.published", {}))).toBe("brief_id");
  });

  test("is nothing that can be asked for, of a version of the words", () => {
    expect(thingOf(entry("taxonomy.published", {}))).toBeNull();
  });
});
