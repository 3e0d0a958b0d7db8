import { describe, expect, test } from "vitest";
import { added, apart, changed, dropped, entriesOf, standing, tidied, type Document, type Entry } from "./taxonomy";

const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  labels: { fr: id, en: id },
  parent: null,
  related: [],
  retired: false,
  synonyms: { fr: [], en: [] },
  ...more,
});
const document = (...items: Entry[]): Document => ({
  dimensions: { tones: { labels: { fr: "Tons", en: "Tones" }, multiple: true, note: null, provenance: null, items } },
});
const ids = (of: Document) => entriesOf(of, "tones").map((one) => one.id);

describe("a new entry", () => {
  test("is last, under an id made of its English name", () => {
    expect(ids(added(document(entry("dark")), "tones", { fr: "Doux-amer", en: "Bitter-sweet, Été" }, null))).toEqual([
      "dark",
      "bitter-sweet-ete",
    ]);
  });

  test("never takes the id of another", () => {
    const twice = added(document(entry("dark"), entry("dark-2")), "tones", { fr: "Noir", en: "Dark" }, null);
    expect(ids(twice)).toEqual(["dark", "dark-2", "dark-3"]);
  });

  test("has an id when its name has no Latin letter", () => {
    expect(ids(added(document(), "tones", { fr: "?", en: "?" }, null))).toEqual(["entry"]);
  });

  test("is deleted with what refers to it", () => {
    const before = document(entry("dark", { parent: "new", related: [{ id: "new", weight: 0.5 }] }), entry("new"));
    expect(dropped(before, "tones", "new")).toEqual(document(entry("dark")));
  });
});

test("an entry stands as new, changed or the same against what is in force", () => {
  const inForce = document(entry("dark"), entry("light"));
  expect(standing(entry("dark"), inForce, "tones")).toBe("same");
  expect(standing(entry("light", { retired: true }), inForce, "tones")).toBe("changed");
  expect(standing(entry("new"), inForce, "tones")).toBe("fresh");
});

test("what is sent has no space around a word, no empty line and no word twice", () => {
  const typed = document(entry("dark", { labels: { fr: " Sombre ", en: "Dark" }, synonyms: { fr: ["noir ", "", "noir"], en: [] } }));
  expect(entriesOf(tidied(typed), "tones")[0]).toMatchObject({ labels: { fr: "Sombre" }, synonyms: { fr: ["noir"] } });
});

test("two documents differ by the entries that they do not say alike", () => {
  const mine = changed(document(entry("dark"), entry("light")), "tones", entry("light", { retired: true }));
  const theirs = document(entry("dark"), entry("light"), entry("new"));
  expect(apart(mine, theirs).map(({ id, here, there }) => [id, here?.retired ?? null, there?.retired ?? null])).toEqual([
    ["light", true, false],
    ["new", null, false],
  ]);
});
