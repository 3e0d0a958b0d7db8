import { describe, expect, it } from "vitest";
import { begun, fieldsOf, inputOf, isComplete, nameOf, part, settle, stepsOf, writtenSince } from "./fields";
import type { MyProfile } from "@/pages/shared/mine";

const profile = {
  display_name: "Inès Kerbrat",
  roles: ["literary-director"],
  languages: ["fr"],
  work_modes: ["remote"],
  region: "bretagne",
  bio: { fr: "Lectrice.", en: null },
  specialities: { genres: ["noir"], tones: [], universes: [], stakes: [], formats: [], tasks: [], development_stages: [] },
  availability: [{ from: "2026-11-25", until: null }],
  day_rate: { min: 320, max: 380 },
  external_ids: { isni: null, wikidata: null, bnf: null, imdb: "nm90000011" },
  credits: [{}],
} as unknown as MyProfile;

describe("a profile that is saved", () => {
  it("says what it said", () => {
    const { credits: _, ...content } = profile;
    expect(inputOf(fieldsOf(profile))).toEqual(content);
  });
  it("has no text of spaces, and one end of a rate for both", () => {
    const sent = inputOf({ ...begun(" Inès "), bio_fr: "  ", rate_min: 300 });
    expect(sent.display_name).toBe("Inès");
    expect(sent.bio).toEqual({ fr: null, en: null });
    expect(sent.day_rate).toEqual({ min: 300, max: 300 });
    expect(inputOf(begun("Inès")).day_rate).toBeNull();
  });
});

describe("a refusal", () => {
  it("is of its field, or of the list that it is in", () => {
    expect(nameOf("/bio/fr")).toBe("bio_fr");
    expect(nameOf("/specialities/genres/2")).toBe("genres");
    expect(nameOf("/availability/0/until")).toBe("availability");
  });
  it("of something else is of no field", () => expect(nameOf("/roles_of")).toBeUndefined());
});

describe("what is written while somebody else saves", () => {
  const base = part(begun("Inès"), "identity");
  it("keeps what each has changed alone", () => {
    const { merged, contested } = settle({ form: { ...base, region: "bretagne" }, base }, { ...base, roles: ["script-reader"] });
    expect(merged).toEqual({ ...base, region: "bretagne", roles: ["script-reader"] });
    expect(contested).toEqual([]);
  });
  it("is contested where both have changed it, unless they say the same", () => {
    const writing = { form: { ...base, region: "bretagne" }, base };
    expect(settle(writing, { ...base, region: "corse" }).contested).toEqual(["region"]);
    expect(settle(writing, { ...base, region: "bretagne" }).contested).toEqual([]);
  });
});

describe("what is to be filled in", () => {
  const lacking = (step: string) => stepsOf({ ...profile, ...LACKS[step] } as MyProfile).find((one) => one.step === step)?.state;
  const LACKS: Record<string, Partial<MyProfile>> = {
    identity: { region: null },
    bio: { bio: { fr: null, en: "Reader." } },
    availability: { availability: [] },
    credits: { credits: [] },
  };
  it("is nothing of a whole profile", () => {
    expect(stepsOf(profile).every(({ state }) => state === "done")).toBe(true);
    expect(isComplete(profile)).toBe(true);
  });
  it("is told by what it stands in the way of", () => {
    expect(lacking("identity")).toBe("needed");
    expect(lacking("bio")).toBe("needed");
    expect(lacking("availability")).toBe("for_projects");
    expect(lacking("credits")).toBe("helps");
  });
  it("keeps verification back only where that needs it", () => {
    expect(isComplete({ ...profile, ...LACKS.bio })).toBe(false);
    expect(isComplete({ ...profile, ...LACKS.availability, ...LACKS.credits })).toBe(true);
  });
});

describe("what is written in a section while it is being saved", () => {
  const base = { display_name: "Inès", region: "bretagne" };
  const sent = { base, form: { display_name: "Inès K.", region: "bretagne" } };
  const now = { display_name: "Inès K.", region: "occitanie" };

  it("stays, upon what now stands", () => {
    const later = { base, form: { display_name: "Inès Kerbrat", region: "bretagne" } };
    expect(writtenSince(later, sent, now)).toEqual({ base: now, form: { display_name: "Inès Kerbrat", region: "occitanie" } });
  });

  it("is nothing where nothing was", () => {
    expect(writtenSince(sent, sent, now)).toBeNull();
    expect(writtenSince(null, sent, now)).toBeNull();
  });
});
