import { expect, test } from "vitest";
import { french, typeset } from "./typography";

test("French punctuation stands off by a narrow space that does not break", () => {
  expect(french("Qui ? « Marée haute » : 12 % ou 300 € !")).toBe("Qui\u202f? «\u202fMarée haute\u202f»\u202f: 12\u202f% ou 300\u202f€\u202f!");
});

test("hours and addresses keep their colons", () => {
  expect(french("à 14:30, https://plot-point.test")).toBe("à 14:30, https://plot-point.test");
});

test("every sentence of a set, however deep", () => {
  expect(typeset({ a: { b: "Oui ?" } })).toEqual({ a: { b: "Oui\u202f?" } });
});
