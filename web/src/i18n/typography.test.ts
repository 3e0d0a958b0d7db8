import { describe, expect, test } from "vitest";
import { french, typeset } from "./typography";

describe("French typography", () => {
  test.each([
    ["Pas encore de compte ?", "Pas encore de compte\u202f?"],
    ["Attention !", "Attention\u202f!"],
    ["deux temps ; trois mouvements", "deux temps\u202f; trois mouvements"],
    ["Minimum : 3 €", "Minimum\u202f: 3\u202f€"],
    ["20 %", "20\u202f%"],
    ["« Goémon »", "«\u202fGoémon\u202f»"],
    ["à 8 h 30, puis à 21 h.", "à 8\u202fh\u202f30, puis à 21\u202fh."],
    ["3 heures, 2 histoires", "3 heures, 2 histoires"],
    ["l'option", "l’option"],
  ])("%s", (written, set) => {
    expect(french(written)).toBe(set);
  });

  test("leaves colons alone where no space was written", () => {
    expect(french("https://plot-point.test à 14:30")).toBe("https://plot-point.test à 14:30");
  });

  test("does the same twice as once", () => {
    const once = french("« Qui ? » : l'autre");
    expect(french(once)).toBe(once);
  });

  test("goes through a whole set of words, lists and all", () => {
    expect(typeset({ a: "Oui ?", deep: { b: "Non !" }, list: ["« x »"], count: 3 })).toEqual({
      a: "Oui\u202f?",
      deep: { b: "Non\u202f!" },
      list: ["«\u202fx\u202f»"],
      count: 3,
    });
  });
});
