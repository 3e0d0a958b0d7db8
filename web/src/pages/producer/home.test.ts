import { describe, expect, it } from "vitest";
import type { Brief } from "./briefs";
import { nextOf, sorted, type Outreach } from "./home";

const brief = (more: Partial<Brief> = {}) => ({ brief_id: "B", status: "live", deadline: null, ...more }) as Brief;
const outreach = (more: Partial<Outreach> = {}): Outreach => ({
  shown: 8,
  invited: 0,
  waiting: 0,
  answered: 0,
  interested: 0,
  wave: { now: 0, next_on: "2026-12-08", later: 5 },
  danger: null,
  ...more,
});
const danger = (silence: "nobody_shown" | "nobody_invited") => ({ short: "days" as const, silence, message: { fr: "Peu de jours.", en: "Few days." } });
const interested = (project_id: string, answer_due_at: string) =>
  ({ project_id, state: "interested", answer_due_at }) as Parameters<typeof nextOf>[2][number];

describe("what a live project needs next", () => {
  it("is an answer to whoever waits for one, by the earliest day it is due", () => {
    const waiting = [interested("B", "2026-12-09"), interested("C", "2026-12-01"), interested("B", "2026-12-08")];
    const next = nextOf(brief(), outreach({ interested: 2, danger: danger("nobody_invited") }), waiting);
    expect(next).toEqual({ kind: "answer", count: 2, day: "2026-12-08", to: "/briefs/B/conversations" });
  });

  it("is to get out of danger, where that is done", () => {
    expect(nextOf(brief(), outreach({ danger: danger("nobody_invited") }), [])).toMatchObject({ kind: "danger", to: "/briefs/B" });
    expect(nextOf(brief(), outreach({ danger: danger("nobody_shown") }), []).to).toBe("/briefs/B/edit?step=3");
  });

  it("is to invite, then to widen, then to wait, then to follow what goes on", () => {
    const kind = (more: Partial<Outreach>) => nextOf(brief(), outreach(more), []).kind;
    expect(kind({ wave: { now: 3, next_on: null, later: 0 }, waiting: 2 })).toBe("invite");
    expect(kind({ shown: 0 })).toBe("widen");
    expect(nextOf(brief(), outreach({ waiting: 2 }), [])).toMatchObject({ kind: "wait", count: 2, day: "2026-12-08" });
    expect(kind({ answered: 2 })).toBe("follow");
  });
});

describe("a company’s projects", () => {
  it("stand by what is to be done with them, the nearest end first", () => {
    const all = [
      brief({ brief_id: "late", deadline: "2027-06-01" }),
      brief({ brief_id: "open" }),
      brief({ brief_id: "soon", deadline: "2027-01-01" }),
      brief({ brief_id: "draft", status: "draft" }),
      brief({ brief_id: "back", status: "returned" }),
      brief({ brief_id: "done", status: "filled" }),
      brief({ brief_id: "over", status: "expired" }),
    ];
    const ids = Object.fromEntries(Object.entries(sorted(all)).map(([name, some]) => [name, some.map((one: Brief) => one.brief_id)]));
    expect(ids).toEqual({ live: ["soon", "late", "open"], returned: ["back"], drafts: ["draft"], past: ["done", "over"] });
  });
});
