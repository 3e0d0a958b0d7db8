import { expect, test } from "vitest";

type Words = { readonly [key: string]: unknown };
const sets = import.meta.glob<Words>("./{fr,en}/*.ts", { import: "default", eager: true });

/** Every sentence, by its whole key. Plurals are told apart by nobody: English has fewer. */
function sentences(words: Words, before = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[before + key, value]] : sentences(value as Words, `${before}${key}.`),
  );
}

const singular = (key: string) => key.replace(/_(one|many|other)$/, "");
const keys = (words: Words) => [...new Set(sentences(words).map(([key]) => singular(key)))].sort();
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const names = Object.keys(sets)
  .filter((path) => path.startsWith("./fr/"))
  .map((path) => path.slice("./fr/".length));

test.each(names)("%s says the same in both languages", (name) => {
  const [french, english] = [sets[`./fr/${name}`], sets[`./en/${name}`]];
  if (!french || !english) throw new Error(`${name} is in one language alone`);
  expect(keys(english)).toEqual(keys(french));
  const translated = Object.fromEntries(sentences(english));
  for (const [key, text] of sentences(french)) {
    const other = translated[key] ?? translated[`${singular(key)}_other`] ?? "";
    expect.soft(other.trim(), key).not.toBe("");
    expect.soft(text.trim(), key).not.toBe("");
    // « un jour » may do without its figure.
    if (!/_(one|many)$/.test(key)) expect.soft(holes(other), key).toEqual(holes(text));
  }
});

test("no set of words is in English alone", () => {
  const english = Object.keys(sets).filter((path) => path.startsWith("./en/"));
  expect(english.map((path) => path.slice("./en/".length)).sort()).toEqual([...names].sort());
});
