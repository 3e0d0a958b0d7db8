import { describe, expect, it } from "vitest";
import { grouped, isRunning, mayWithdraw, phasesOf, toneOf, type Case } from "./cases";

const appeal = { text: "…", appealed_at: "", decision: null, changed: false };
const check = (status: Case["checks"][number]["status"]) => [{ status }] as Case["checks"];

describe("where a case stands", () => {
  it("is one phase at a time, with what comes after it", () => {
    const at = (state: Case["state"], with_: Case["appeal"] = null) => phasesOf({ state, appeal: with_ }).map((one) => one.at);
    expect(at("draft")).toEqual(["now", "later", "later", "later"]);
    expect(at("checks_running")).toEqual(["done", "now", "later", "later"]);
    expect(at("information_requested")).toEqual(["done", "done", "now", "later"]);
    expect(at("refused")).toEqual(["done", "done", "done", "done"]);
    expect(at("appealed", appeal)).toEqual(["done", "done", "done", "done", "now"]);
    expect(at("withdrawn")).toEqual([]);
  });

  it("is looked at again while checks run, and not while it waits to be submitted", () => {
    expect(isRunning({ state: "checks_running", checks: [] })).toBe(true);
    expect(isRunning({ state: "queued", checks: check("under_way") })).toBe(true);
    expect(isRunning({ state: "queued", checks: check("done") })).toBe(false);
    expect(isRunning({ state: "draft", checks: check("under_way") })).toBe(false);
    expect(isRunning({ state: "verified", checks: check("under_way") })).toBe(false);
  });

  it("may be taken back until something was decided", () => {
    expect(mayWithdraw({ state: "in_review", appeal: null, decision: null })).toBe(true);
    expect(mayWithdraw({ state: "appealed", appeal, decision: null })).toBe(false);
    expect(mayWithdraw({ state: "reopened", appeal: null, decision: null })).toBe(false);
    expect(mayWithdraw({ state: "expired", appeal: null, decision: null })).toBe(false);
  });

  it("says first what waits for oneself", () => {
    const cases = (["verified", "queued", "draft", "appealed", "information_requested"] as const).map((state) => ({ state }));
    const { yours, underway, over } = grouped(cases);
    expect([yours, underway, over].map((some) => some.map(({ state }) => state))).toEqual([
      ["draft", "information_requested"],
      ["queued", "appealed"],
      ["verified"],
    ]);
    expect(toneOf({ state: "information_requested", outcome: null })).toBe("warning");
    expect(toneOf({ state: "final", outcome: "refused" })).toBe("danger");
    expect(toneOf({ state: "withdrawn", outcome: null })).toBe("plain");
  });
});
