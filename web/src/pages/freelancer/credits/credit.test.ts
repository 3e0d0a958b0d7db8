import { describe, expect, it } from "vitest";
import type { CaseSummary } from "../../shared/verification/cases";
import type { Credit } from "@/pages/shared/mine";
import { badgesOf, blank, caseOf, differing, fieldOf, inOrder, inputOf, lacking, open, typed } from "./credit";

const nothing = { holds: null, source: null, by: null, checked_at: null, expires_at: null };
const credit: Credit = {
  credit_id: "one",
  level: 1,
  facts: {
    work: { holds: true, source: "wikidata", by: "source", checked_at: "2026-11-24T10:12:00Z", expires_at: "2031-11-23T10:12:00Z" },
    participation: nothing,
    function: nothing,
  },
  added_at: "2026-11-25T04:52:59Z",
  title: "Marée de quatre heures",
  year: 2024,
  started_year: 2023,
  function: "script-reader",
  format: "single-90",
  genres: ["noir"],
  tones: [],
  universes: [],
  stakes: [],
  tasks: [],
  source_material: null,
  language: "en",
  company: "Ateliers du Phare",
  broadcaster: "arte",
  synopsis: "Un naufrage.",
  contribution: "Notes.",
  isan: null,
};

describe("a credit that is begun", () => {
  it("is in the function and the language of the last one", () => {
    const begun = blank({ roles: ["literary-director"], credits: [credit, { ...credit, added_at: "2020-01-01T00:00:00Z", function: "script-consultant" }] });
    expect([begun.function, begun.language]).toEqual(["script-reader", "en"]);
  });
  it("or of the profile, for the first", () => {
    const begun = blank({ roles: ["literary-director"], credits: [] });
    expect([begun.function, begun.language]).toEqual(["literary-director", "fr"]);
    expect(lacking(begun)).toEqual(["title", "year", "format", "company", "synopsis", "contribution"]);
  });
});

describe("a credit that is corrected", () => {
  it("is sent as it was read", () => {
    const { credit_id: _, level: __, facts: ___, added_at: ____, ...content } = credit;
    expect(inputOf(typed(credit))).toEqual(content);
    expect(lacking(typed(credit))).toEqual([]);
  });
  it("differs where it says something else, not by spaces at its ends", () => {
    expect(differing(typed(credit), { ...typed(credit), title: " Marée de quatre heures ", genres: [] })).toEqual(["genres"]);
  });
});

it("a refusal is of the field that it points to", () => {
  expect(fieldOf("/genres/1")).toBe("genres");
  expect(fieldOf("/isan")).toBe("isan");
  expect(fieldOf("/nothing")).toBeUndefined();
});

describe("what is established", () => {
  it("is what verification says, where it knows the credit", () => {
    const known = { credit_id: "one", title: "x", year: 2024, level: 0 as const, badges: [] };
    expect(badgesOf(credit, [known])).toBe(known);
  });
  it("is else what the profile says, and the rest is open", () => {
    const badges = badgesOf(credit, []);
    expect(badges.badges.map((one) => one.fact)).toEqual(["work"]);
    expect(open(badges)).toEqual(["participation", "function"]);
  });
});

describe("the verification of a credit", () => {
  const one = (kind: CaseSummary["kind"], state: CaseSummary["state"], credit_id: string | null = null) =>
    ({ case_id: `${kind} ${state}`, kind, state, credit_id }) as CaseSummary;
  it("is its own before that of the profile", () => {
    const cases = [one("profile", "in_review"), one("credit", "draft", "one"), one("credit", "queued", "two")];
    expect(caseOf("one", cases)?.case_id).toBe("credit draft");
    expect(caseOf("three", cases)?.case_id).toBe("profile in_review");
  });
  it("is none that is over", () => {
    expect(caseOf("one", [one("profile", "verified"), one("credit", "withdrawn", "one")])).toBeUndefined();
  });
});

it("the latest work comes first", () => {
  const old = { ...credit, credit_id: "old", year: 1999 };
  expect(inOrder([old, credit]).map((each) => each.credit_id)).toEqual(["one", "old"]);
});
