import { expect, it } from "vitest";
import { cut, passagesIn } from "./passages";

const at = (start: number, end: number, pointer = "/text") => ({ pointer, code: "identity_leak", message: "", start, end });
const marked = (typed: string, ...errors: ReturnType<typeof at>[]) =>
  passagesIn(typed, errors, "/text").map(({ start, end }) => typed.slice(start, end));

it("finds a passage behind the space that is not sent", () => {
  expect(marked("  Ici Sémaphore Récits", at(4, 20))).toEqual(["Sémaphore Récits"]);
});

it("counts a character outside of the first plane once, as the server does", () => {
  expect(marked("🎬🎬 chez Sémaphore", at(8, 17))).toEqual(["Sémaphore"]);
});

it("leaves out what belongs to another field, or was rewritten since", () => {
  expect(marked("la production", at(0, 3, "/answers/0/text"), at(20, 29))).toEqual([]);
});

it("marks passages in their order, and those that overlap once", () => {
  const text = "Claire Aubin, de Sémaphore";
  const passages = passagesIn(text, [at(17, 26), at(0, 12), at(7, 14)], "/text");
  expect(cut(text, passages)).toEqual([
    { text: "Claire Aubin", marked: true },
    { text: ", ", marked: true },
    { text: "de ", marked: false },
    { text: "Sémaphore", marked: true },
  ]);
});
