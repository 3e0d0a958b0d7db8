import { describe, expect, test } from "vitest";
import type { CaseSummary } from "./cases";
import { apiFilter, filtersOf, holderOf, mayClaim, nextOf, searchOf, seen, urgencyOf, VIEWS } from "./queue";

const NOW = new Date("2026-11-26T10:00:00Z");
const LATER = "2026-11-26T10:20:00Z";
const BEFORE = "2026-11-26T09:59:00Z";

const one = (given: Partial<CaseSummary>) =>
  ({ case_id: "a", state: "queued", lease: null, awaits_second: false, ...given }) as CaseSummary;
const lease = (mine: boolean, until: string) => ({ mine, until, token: null, reviewer_sub: "x" });

describe("what an address asks to see", () => {
  test("is read from it, and what is unknown is nothing", () => {
    expect(filtersOf(new URLSearchParams("kind=company&state=done&mine=yes&route=fast_lane&3"))).toEqual({
      kind: "company",
      route: "fast_lane",
    });
  });

  test.each(Object.values(VIEWS))("a view is the same after a way through an address: %j", (view) => {
    expect(filtersOf(new URLSearchParams(searchOf(view)))).toEqual(view);
  });

  test("is the whole queue without anything", () => expect(searchOf({})).toBe(""));

  test("proposals are told apart here, for the API does not", () => {
    expect(apiFilter({ second: "true", kind: "credit" })).toEqual({ kind: "credit" });
    const cases = [one({}), one({ case_id: "b", awaits_second: true })];
    expect(seen({ second: "true" }, cases).map(({ case_id }) => case_id)).toEqual(["b"]);
    expect(seen({}, cases)).toHaveLength(2);
  });
});

test.each([
  [-1, "over"],
  [0, "now"],
  [3_600, "now"],
  [3_601, "soon"],
  [14_401, "calm"],
])("with %i seconds left it is %s", (seconds_left, urgency) => {
  expect(urgencyOf({ clock: { seconds_left, due_at: "", words: { fr: "", en: "" } } })).toBe(urgency);
});

test("what waits for its subject presses nobody", () => expect(urgencyOf({ clock: null })).toBe("calm"));

describe("in whose hands a case is", () => {
  test.each([
    [null, "nobody"],
    [lease(true, LATER), "mine"],
    [lease(false, LATER), "another"],
    [lease(true, BEFORE), "nobody"],
    [lease(false, BEFORE), "nobody"],
  ])("%j: %s", (held, holder) => expect(holderOf({ lease: held }, NOW)).toBe(holder));

  test("one that nobody has may be taken, unless it waits for its subject or is over", () => {
    expect(mayClaim(one({ state: "in_review", lease: lease(false, BEFORE) }), NOW)).toBe(true);
    expect(mayClaim(one({ lease: lease(false, LATER) }), NOW)).toBe(false);
    expect(mayClaim(one({ state: "information_requested" }), NOW)).toBe(false);
    expect(mayClaim(one({ state: "final" }), NOW)).toBe(false);
  });
});

describe("the next case", () => {
  const taken = one({ case_id: "b", state: "in_review", lease: lease(false, LATER) });

  test("is the soonest due that nobody else has", () => {
    expect(nextOf([taken, one({}), one({ case_id: "c" })], "", NOW)?.case_id).toBe("a");
  });

  test("is not the one that one comes from", () => {
    expect(nextOf([one({}), taken, one({ case_id: "c" })], "a", NOW)?.case_id).toBe("c");
  });

  test("may be one’s own", () => {
    expect(nextOf([one({ state: "in_review", lease: lease(true, LATER) })], "", NOW)?.case_id).toBe("a");
  });

  test("is none where all are taken", () => expect(nextOf([taken], "", NOW)).toBeUndefined());
});
