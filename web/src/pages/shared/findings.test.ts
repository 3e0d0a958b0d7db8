import { describe, expect, it } from "vitest";
import { marksIn, merged, placeOf, replaced, runsOf, utf16At, type Finding } from "./findings";

const finding = (passage: string, start: number, more: Partial<Finding> = {}): Finding => ({
  pointer: "/logline/fr",
  severity: "block",
  concern: "identity",
  passage,
  start,
  end: start + [...passage].length,
  reason: { fr: "Nomme la société.", en: "Names the company." },
  wording: null,
  companies: null,
  ...more,
});

describe("places counted in code points", () => {
  it("are those of the browser, past what takes two of its units", () => {
    const text = "🎬🎬 Écrit pour Falaise Films";
    const start = [...text].indexOf("F");
    expect(utf16At(text, start)).toBe(text.indexOf("Falaise"));
    expect(utf16At("abc", 12)).toBe(3);
    expect(placeOf(text, finding("Falaise Films", start))).toEqual({ from: 16, to: 29 });
  });

  it("follow their passage when the text before it changes, to the nearest one", () => {
    expect(placeOf("Au bord, Falaise puis encore Falaise", finding("Falaise", 3))).toEqual({ from: 9, to: 16 });
    expect(placeOf("Falaise, et loin après Falaise", finding("Falaise", 21))).toEqual({ from: 23, to: 30 });
  });

  it("are nowhere once the passage is gone", () => {
    expect(placeOf("Une maison de production", finding("Falaise", 3))).toBeNull();
    expect(marksIn("Une maison", [finding("Falaise", 0)])).toEqual([]);
  });
});

describe("a text with its marks", () => {
  it("is whole in its runs, and what blocks shows over what warns", () => {
    const text = "Chez Falaise Films à Lorient";
    const marks = marksIn(text, [finding("Films à Lorient", 13, { severity: "warn" }), finding("Falaise Films", 5)]);
    const runs = runsOf(text, marks);
    expect(runs.map((run) => run.text).join("")).toBe(text);
    expect(runs).toEqual([
      { text: "Chez ", severity: null },
      { text: "Falaise ", severity: "block" },
      { text: "Films", severity: "block" },
      { text: " à Lorient", severity: "warn" },
    ]);
    expect(runsOf("", [])).toEqual([]);
  });

  it("takes other words for a passage, or closes up over it", () => {
    const text = "Écrit pour Falaise Films à Lorient";
    expect(replaced(text, { from: 11, to: 24 }, "la société de production")).toBe("Écrit pour la société de production à Lorient");
    expect(replaced(text, { from: 11, to: 24 }, "")).toBe("Écrit pour à Lorient");
    expect(replaced("Falaise", { from: 0, to: 7 }, "")).toBe("");
  });
});

describe("the reading over and a refusal", () => {
  const read = { ...finding("Falaise", 5), language: "fr" as const, kind: "company" };
  const text = () => "Chez Falaise, à Lorient";

  it("say the same passage once", () => {
    const refused = [{ pointer: "/logline/fr", code: "identity_leak", message: "…", start: 5, end: 12 }];
    expect(merged([read], refused, text)).toHaveLength(1);
  });

  it("hold no longer once the passage was rewritten", () => {
    expect(merged([read], [], () => "Chez nous, à Lorient")).toEqual([]);
  });

  it("add up otherwise, and a refusal without a passage is no finding", () => {
    const refused = [
      { pointer: "/logline/fr", code: "discriminatory_wording", message: "Ne se demande pas.", start: 16, end: 23 },
      { pointer: "/budget", code: "required", message: "Manque." },
    ];
    const all = merged([read], refused, text);
    expect(all.map((one) => [one.passage, one.concern])).toEqual([
      ["Falaise", "identity"],
      ["Lorient", "wording"],
    ]);
  });

  it("offers the safer words of a refusal like those of the reading over", () => {
    const wording = { fr: "la société de production", en: "the production company" };
    const refused = [{ pointer: "/logline/fr", code: "identity_leak", message: "…", start: 5, end: 12 }];
    expect(merged([], [{ ...refused[0]!, wording }], text)[0]!.wording).toEqual(wording);
    expect(merged([], refused, text)[0]!.wording).toBeNull();
  });
});
