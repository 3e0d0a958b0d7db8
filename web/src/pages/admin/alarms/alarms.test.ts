import { describe, expect, it } from "vitest";
import { actsOn, BASES } from "./alarms";

const ruling = (by: string) => ({ act: "put_in_force" as const, at: "2026-12-01T00:00:00Z", by, text: null });

describe("who may do what about an alarm", () => {
  it("is raised and taken back by whoever prepared it", () => {
    const draft = { state: "draft" as const, prepared_by: "a", rulings: [], may_be_decided: false };
    expect(actsOn(draft, "a").may).toEqual(["raise", "withdraw"]);
    expect(actsOn(draft, "b")).toEqual({ may: [], forAnother: [], waits: false });
  });
  it("is decided by somebody else, once its subject has had their say", () => {
    const raised = { state: "raised" as const, prepared_by: "a", rulings: [], may_be_decided: false };
    expect(actsOn(raised, "b")).toEqual({ may: [], forAnother: [], waits: true });
    expect(actsOn({ ...raised, may_be_decided: true }, "b").may).toEqual(["put_in_force", "dismiss"]);
    expect(actsOn({ ...raised, may_be_decided: true }, "a")).toMatchObject({
      may: ["withdraw"],
      forAnother: ["put_in_force", "dismiss"],
    });
  });
  it("has a third person read an appeal, and end one in force", () => {
    const appealed = { state: "appealed" as const, prepared_by: "a", rulings: [ruling("b")], may_be_decided: false };
    expect(actsOn(appealed, "b").forAnother).toEqual(["uphold", "lift"]);
    expect(actsOn(appealed, "c").may).toEqual(["uphold", "lift"]);
    expect(actsOn({ ...appealed, state: "in_force" }, "a").may).toEqual([]);
    expect(actsOn({ ...appealed, state: "expired" }, "c").may).toEqual([]);
  });
});

it("rests on nothing that nobody signs", () => {
  expect(BASES.harassment_upheld).toEqual(["competent_body"]);
  expect(BASES.non_payment).not.toContain("own_finding");
});
