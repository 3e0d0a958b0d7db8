import { describe, expect, it } from "vitest";
import { conflictsOf, edited, keepMine, NO_EDITS, sendable, settled, shown, spared, taken, takeTheirs } from "./edits";
import { BLANK, type Fields } from "./fields";

const server: Fields = { ...BLANK, code_name: "Projet Goémon", genres: ["crime"] };

describe("what is written and not yet saved", () => {
  it("stands over what the server holds, and alone is sent", () => {
    const edits = edited(NO_EDITS, server, "code_name", "Projet Varech");
    expect(shown(server, edits)).toEqual({ ...server, code_name: "Projet Varech" });
    expect(sendable(edits, server)).toEqual({ code_name: "Projet Varech" });
  });

  it("is not sent when it says the same, but keeps the space that is being typed", () => {
    const edits = edited(NO_EDITS, server, "code_name", "Projet Goémon ");
    expect(sendable(edits, server)).toEqual({});
    expect(shown(server, settled(edits, server)).code_name).toBe("Projet Goémon ");
    expect(settled(edits, server, false)).toEqual(NO_EDITS);
  });

  it("waits while a budget has one of its two amounts, and clears with null", () => {
    const half = edited(NO_EDITS, server, "budget", { min: 300, max: null, unit: "day" });
    expect(sendable(half, server)).toEqual({});
    const whole = edited(half, server, "budget", { min: 300, max: 400, unit: "day" });
    expect(sendable(whole, server)).toEqual({ budget: { min: 300, max: 400, unit: "day" } });
    const held = { ...server, budget: { min: 300, max: 400, unit: "day" } as const };
    const cleared = edited(NO_EDITS, held, "budget", { min: null, max: null, unit: "day" });
    expect(sendable(cleared, held)).toEqual({ budget: null });
  });

  it("goes once the server has taken it, and not what was written meanwhile", () => {
    let edits = edited(NO_EDITS, server, "code_name", "Projet V");
    edits = edited(edits, server, "role", "script-reader");
    const sent = Object.keys(sendable(edits, server));
    edits = edited(edits, server, "code_name", "Projet Varech");
    const held = { ...server, code_name: "Projet V", role: "script-reader" };
    const rest = taken(edits, sent, held);
    expect(rest.changes).toEqual({ code_name: "Projet Varech" });
    expect(conflictsOf(rest, held)).toEqual([]);
    expect(sendable(rest, held)).toEqual({ code_name: "Projet Varech" });
  });
});

describe("what somebody else changed meanwhile", () => {
  const edits = edited(edited(NO_EDITS, server, "code_name", "Le mien"), server, "role", "script-reader");

  it("is no conflict in another field, nor when both wrote the same", () => {
    expect(conflictsOf(edits, { ...server, genres: ["thriller"] })).toEqual([]);
    expect(conflictsOf(edits, { ...server, code_name: "Le mien" })).toEqual([]);
  });

  it("is a conflict as well in a field that was empty when one began", () => {
    const mine = edited(edited(NO_EDITS, server, "role", "script-reader"), server, "option_end_date", "2027-01-04");
    const theirs = { ...server, role: "script-editor", option_end_date: "2027-02-01" };
    expect(conflictsOf(mine, theirs)).toEqual(["option_end_date", "role"]);
    expect(sendable(mine, theirs)).toEqual({});
  });

  it("is shown and holds its field back until one is chosen", () => {
    const theirs = { ...server, code_name: "Le leur" };
    expect(conflictsOf(edits, theirs)).toEqual(["code_name"]);
    expect(sendable(edits, theirs)).toEqual({ role: "script-reader" });
    expect(sendable(keepMine(edits, theirs, "code_name"), theirs)).toEqual({ code_name: "Le mien", role: "script-reader" });
    const given = takeTheirs(edits, "code_name");
    expect(shown(theirs, given).code_name).toBe("Le leur");
    expect(sendable(given, theirs)).toEqual({ role: "script-reader" });
  });
});

describe("a refusal", () => {
  it("spares the fields that were not refused", () => {
    const body = { option_end_date: "2020-01-01", code_name: "Projet" };
    expect(spared(body, ["/option_end_date"])).toEqual({ code_name: "Projet" });
    expect(spared(body, ["/option_end_date", "/code_name"])).toBeNull();
    expect(spared(body, ["/start_window/until"])).toBeNull();
  });
});
