import { describe, expect, it } from "vitest";
import type { Conversation } from "../shared/conversations";
import type { ProjectCard } from "../shared/useProjectWords";
import { replyOf } from "./projects";

const card = (changes: Partial<ProjectCard> = {}) => ({ live: true, reply_by: "2026-12-30", ...changes }) as ProjectCard;
const talk = (changes: Partial<Conversation>) => ({ reply_by: null, ...changes }) as Conversation;

describe("the answer that a project waits for", () => {
  it("has the card’s day before there is a conversation, and while nothing was asked in it", () => {
    expect(replyOf(card(), undefined)).toEqual({ day: "2026-12-30" });
    expect(replyOf(card(), talk({ state: "open" }))).toEqual({ day: "2026-12-30" });
  });

  it("has the invitation’s own day", () => {
    expect(replyOf(card(), talk({ state: "invited", reply_by: "2026-12-08" }))).toEqual({ day: "2026-12-08" });
  });

  it("has no day once the start window has passed, and is none once it was given or the project is over", () => {
    expect(replyOf(card({ reply_by: null }), undefined)).toEqual({ day: null });
    expect(replyOf(card({ live: false, reply_by: null }), undefined)).toBeNull();
    for (const state of ["interested", "declined", "not_retained"] as const) expect(replyOf(card(), talk({ state }))).toBeNull();
  });
});
