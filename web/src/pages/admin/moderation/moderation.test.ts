import { describe, expect, it } from "vitest";
import { actsOn, actsOnRequest, groundsFor, holderOf, needsSecond, referenceIn, urgencyOf, type IdentityRequest } from "./moderation";

const NOW = Date.parse("2026-12-02T12:00:00Z");
const by = (act: "impose" | "propose" | "confirm", who: string) => ({ act, by: who, at: "2026-12-01T00:00:00Z", text: null });

describe("a report that somebody has taken", () => {
  const until = "2026-12-02T12:10:00Z";
  it("is theirs until the half hour is over", () => {
    expect(holderOf({ claimed_by: "me", claimed_until: until }, "me", NOW)).toBe("me");
    expect(holderOf({ claimed_by: "you", claimed_until: until }, "me", NOW)).toBe("another");
    expect(holderOf({ claimed_by: "me", claimed_until: until }, "me", Date.parse(until))).toBe("nobody");
    expect(holderOf({ claimed_by: null, claimed_until: null }, "me", NOW)).toBe("nobody");
  });
});

it("is late once its time is over, and pressing in the last hours", () => {
  expect(urgencyOf("2026-12-02T11:59:00Z", NOW)).toBe("danger");
  expect(urgencyOf("2026-12-02T17:59:00Z", NOW)).toBe("warning");
  expect(urgencyOf("2026-12-02T18:01:00Z", NOW)).toBe("good");
});

describe("who may do what about a decision", () => {
  it("has a suspension confirmed by another; who proposed it may take it back", () => {
    const proposed = { state: "proposed", decided_by: "a", rulings: [by("propose", "a")] } as const;
    expect(actsOn({ ...proposed, rulings: [...proposed.rulings] }, "a")).toEqual({ may: ["decline"], forAnother: ["confirm"] });
    expect(actsOn({ ...proposed, rulings: [...proposed.rulings] }, "b").may).toEqual(["confirm", "decline"]);
  });
  it("has an appeal read by somebody who took no part", () => {
    const appealed = { state: "appealed" as const, decided_by: "a", rulings: [by("propose", "a"), by("confirm", "b")] };
    expect(actsOn(appealed, "a").may).toEqual([]);
    expect(actsOn(appealed, "b").forAnother).toEqual(["lift", "uphold"]);
    expect(actsOn(appealed, "c").may).toEqual(["lift", "uphold"]);
  });
  it("lets anybody end one that nobody contests, and nothing happen to one that is over", () => {
    const one = { decided_by: "a", rulings: [by("impose", "a")] };
    expect(actsOn({ ...one, state: "in_force" }, "a")).toEqual({ may: ["lift"], forAnother: [] });
    expect(actsOn({ ...one, state: "lifted" }, "b")).toEqual({ may: [], forAnother: [] });
  });
});

describe("a request to know who is behind a project", () => {
  const asked: IdentityRequest = {
    request_id: "r", brief_id: "b", authority: "", basis: "", reference: "", version: 1,
    state: "asked", asked_by: "a", asked_at: "2026-12-01T00:00:00Z", agree_until: "2026-12-08T00:00:00Z",
    settled_by: null, settled_at: null, readable_until: null,
  };
  it("is granted by another, and taken back by whoever asked", () => {
    expect(actsOnRequest(asked, "a", NOW)).toMatchObject({ grant: false, refuse: true, open: false });
    expect(actsOnRequest(asked, "b", NOW)).toMatchObject({ grant: true, refuse: true });
    expect(actsOnRequest(asked, "b", Date.parse("2026-12-09T00:00:00Z"))).toMatchObject({ waits: false, grant: false, refuse: false });
  });
  it("is read by the two, for a day", () => {
    const granted: IdentityRequest = { ...asked, state: "granted", settled_by: "b", readable_until: "2026-12-02T20:00:00Z" };
    expect(actsOnRequest(granted, "a", NOW).open).toBe(true);
    expect(actsOnRequest(granted, "b", NOW).open).toBe(true);
    expect(actsOnRequest(granted, "c", NOW)).toMatchObject({ readable: true, open: false });
    expect(actsOnRequest(granted, "a", Date.parse("2026-12-03T00:00:00Z")).open).toBe(false);
  });
});

it("offers the grounds that hold against each", () => {
  expect(groundsFor("brief")).toContain("identity_told");
  expect(groundsFor("user")).not.toContain("rights_not_held");
  expect(groundsFor("company")).toContain("rights_not_held");
});

it("needs a second administrator beyond seven days", () => {
  expect([1, 7, 30, null].map(needsSecond)).toEqual([false, false, true, true]);
});

it("finds the reference in an address", () => {
  const id = "01M8MAG2FDYC7S1F1J368TBPZ3";
  expect(referenceIn(`https://plot-point.test/projects/${id}?from=mail`)).toBe(id);
  expect(referenceIn(` ${id.toLowerCase()} `)).toBe(id);
  expect(referenceIn("Projet Goémon")).toBeNull();
});
