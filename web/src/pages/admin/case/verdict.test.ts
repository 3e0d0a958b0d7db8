import { describe, expect, test } from "vitest";
import type { Case, CreditReview, Decision, Finding } from "../cases";
import { letterOf, textOf } from "./letters";
import { numberLink, safe } from "./links";
import { groundOf, groundsOf, judged, levelOf, needsSecond, NOTHING_YET, ordered, outcomesOf, shownOf, takesAway, troublesOf, verdictOf, type Draft, type Level } from "./verdict";

const finding = (verdict: string, proves: Level | null = null) => ({ verdict, proves }) as Finding;
const credit = (credit_id: string, proves: Level | null, claim: object | null = { title: `Marée ${credit_id}`, year: 2024 }) =>
  ({ credit_id, claim, findings: [finding("confirms", proves)], facts: [] }) as unknown as CreditReview;

const found = (given: object = {}) => {
  const credits = [credit("a", "function"), credit("b", null)];
  return {
    kind: "profile",
    state: "in_review",
    language: "fr",
    credits_in_review: credits,
    checks: credits.map(({ credit_id }) => ({ check: "credit", credit_id })),
    earlier_decisions: [],
    decision: null,
    ...given,
  } as unknown as Case;
};
const draft = (given: Partial<Draft> = {}): Draft => ({ ...NOTHING_YET, ...given });
const before = (given: Partial<Decision>) => [{ outcome: "verified", junior_path: false, ...given } as Decision];
const of = (outcome: string) => ({ outcome }) as Decision;

describe("what is established of a credit", () => {
  test("is what the sources show at most, until somebody says otherwise", () => {
    const shown = { ...credit("a", "work"), findings: [finding("confirms", "participation"), finding("confirms", "work"), finding("silent")] };
    expect(shownOf(shown)).toBe("participation");
    expect(levelOf(draft(), shown)).toBe("participation");
    expect(levelOf(draft({ levels: { a: "function" } }), shown)).toBe("function");
    expect(levelOf(draft({ levels: { a: null } }), shown)).toBeNull();
  });

  test("is by a refusal no more than that the work exists", () => {
    expect(levelOf(draft({ outcome: "refused" }), credit("a", "function"))).toBe("work");
    expect(levelOf(draft({ outcome: "refused" }), credit("b", null))).toBeNull();
  });

  test("is said of credits that were checked and are still claimed", () => {
    const more = [credit("a", "work"), credit("gone", "work", null), credit("new", null)];
    expect(judged(found({ credits_in_review: more })).map(({ credit_id }) => credit_id)).toEqual(["a"]);
  });
});

describe("the outcomes of a case", () => {
  test("a company is verified or not", () => expect(outcomesOf(found({ kind: "company" }))).toEqual(["verified", "refused"]));

  test("an appeal makes nothing worse", () => {
    const appealed = found({ state: "appeal_review", decision: of("partly_verified") });
    expect(outcomesOf(appealed)).toEqual(["verified", "partly_verified"]);
  });
});

describe("the reasons that go with an outcome", () => {
  test("a refusal confirms nothing", () => {
    expect(groundsOf("refused", "profile", false)).toEqual([
      "documents_missing",
      "documents_contradict",
      "sources_contradict",
      "forged_document",
      "same_person_twice",
      "established_wrongly",
    ]);
  });

  test("companies have their own", () => {
    expect(groundsOf("verified", "company", false)).toEqual(["all_confirmed", "company_confirmed"]);
    expect(groundsOf("refused", "company", false)).toContain("mandate_not_shown");
  });

  test("what is taken away explains itself", () => {
    expect(groundsOf("verified", "credit", false)).not.toContain("established_wrongly");
    expect(groundsOf("verified", "credit", true)).toContain("established_wrongly");
  });

  test("the obvious one is there at once, and a refusal has none", () => {
    expect(groundOf(draft({ outcome: "verified" }), found())).toBe("all_confirmed");
    expect(groundOf(draft({ outcome: "partly_verified" }), found())).toBe("confirmed_in_part");
    expect(groundOf(draft({ outcome: "verified" }), found({ kind: "company" }))).toBe("company_confirmed");
    expect(groundOf(draft({ outcome: "refused" }), found())).toBeNull();
  });

  test("a beginner without credits is confirmed by their background", () => {
    const beginner = found({ credits_in_review: [], checks: [] });
    expect(groundOf(draft({ outcome: "verified", junior: true }), beginner)).toBe("junior_path_confirmed");
  });

  test("one that fits no longer gives way", () => {
    expect(groundOf(draft({ outcome: "verified", ground: "documents_missing" }), found())).toBe("all_confirmed");
  });
});

describe("what needs a second person", () => {
  test.each<[string, Partial<Draft>, object, boolean]>([
    ["a refusal", { outcome: "refused" }, {}, true],
    ["a fact taken away", { outcome: "verified", removals: { a: "function" } }, {}, true],
    ["less than it had", { outcome: "partly_verified" }, { earlier_decisions: before({}) }, true],
    ["a background that had been confirmed", { outcome: "verified" }, { earlier_decisions: before({ junior_path: true }) }, true],
    ["as much as it had", { outcome: "verified", junior: true }, { earlier_decisions: before({ junior_path: true }) }, false],
    ["what confirms", { outcome: "verified" }, {}, false],
    ["an appeal that upholds a refusal", { outcome: "refused" }, { state: "appeal_review" }, false],
  ])("%s", (_, given, of, second) => expect(needsSecond(draft(given), found(of))).toBe(second));

  test("only a removal takes away from what was never decided", () => {
    expect(takesAway(draft({ outcome: "refused" }), found())).toBe(false);
  });
});

describe("what is still wrong with a decision", () => {
  const troubles = (given: Partial<Draft>, case_: Case = found()) => {
    const now = draft(given);
    return troublesOf(now, case_, textOf(now, case_));
  };

  test.each<[string, Partial<Draft>, Case, string[]]>([
    ["no outcome", {}, found(), ["no_outcome"]],
    ["a refusal without a reason", { outcome: "refused" }, found(), ["no_ground", "no_text"]],
    ["an empty text", { outcome: "verified", text: "  " }, found(), ["no_text"]],
    ["a model that was not filled in", { outcome: "refused", ground: "forged_document" }, found(), ["no_detail"]],
    ["nothing confirmed", { outcome: "verified", levels: { a: null } }, found(), ["nothing_confirmed"]],
    ["a credit without its function", { outcome: "verified", levels: { a: "work" } }, found({ kind: "credit" }), ["function_not_confirmed"]],
    ["a profile without credits, in part", { outcome: "partly_verified" }, found({ credits_in_review: [], checks: [] }), []],
    ["a profile without credits, whole", { outcome: "verified" }, found({ credits_in_review: [], checks: [] }), ["nothing_confirmed"]],
    ["a company", { outcome: "verified" }, found({ kind: "company", credits_in_review: [] }), []],
    ["a refusal with its reason", { outcome: "refused", ground: "documents_missing" }, found(), []],
  ])("%s", (_, given, of, expected) => expect(troubles(given, of)).toEqual(expected));
});

describe("a decision as it is sent", () => {
  test("says of every credit what it establishes", () => {
    expect(verdictOf(draft({ outcome: "partly_verified", removals: { b: "work" } }), found(), " Voilà. ")).toEqual({
      outcome: "partly_verified",
      ground: "established_wrongly",
      text: "Voilà.",
      credits: [
        { credit_id: "a", level: "function" },
        { credit_id: "b", level: null },
      ],
      removals: [{ credit_id: "b", level: "work" }],
      junior_path: false,
    });
  });

  test("confirms no background by a refusal, nor that of a single credit", () => {
    const refused = draft({ outcome: "refused", ground: "documents_missing", junior: true });
    expect(verdictOf(refused, found(), "Non.")?.junior_path).toBe(false);
    expect(verdictOf(draft({ outcome: "verified", junior: true }), found({ kind: "credit" }), "Oui.")?.junior_path).toBe(false);
  });

  test("is nothing as long as it is not whole", () => expect(verdictOf(draft({ outcome: "refused" }), found(), "Non.")).toBeNull());
});

describe("what the subject is written", () => {
  test("is in their language, with what is established and what is not", () => {
    const now = draft({ outcome: "partly_verified" });
    expect(letterOf(now, found())).toContain("Établi\u202f:\n– «\u202fMarée a\u202f» (2024)\u202f: votre fonction");
    expect(letterOf(now, found({ language: "en" }))).toContain("Not established yet:\n– “Marée b” (2024)");
  });

  test("is what was written once anything was", () => {
    expect(textOf(draft({ outcome: "verified", text: "À ma façon." }), found())).toBe("À ma façon.");
  });

  test("is nothing before there is a reason", () => expect(letterOf(draft({ outcome: "refused" }), found())).toBe(""));
});

test("what speaks against a claim is read first, and silence last", () => {
  const all = ["silent", "noticed", "confirms", "unheard", "contradicts"].map((verdict) => finding(verdict));
  expect(ordered(all).map(({ verdict }) => verdict)).toEqual(["contradicts", "confirms", "noticed", "silent", "unheard"]);
});

describe("links", () => {
  test("lead to the catalogue that gave the number", () => {
    expect(numberLink("bnf", "ark:/12148/cb900000229")).toBe("https://data.bnf.fr/ark:/12148/cb900000229");
    expect(numberLink("imdb", "nm90000011")).toBe("https://www.imdb.com/name/nm90000011/");
  });

  test("lead nowhere but to the web", () => {
    expect(safe("javascript:alert(1)")).toBeNull();
    expect(safe(null)).toBeNull();
    expect(safe("https://catalogue.example/17")).toBe("https://catalogue.example/17");
  });
});
