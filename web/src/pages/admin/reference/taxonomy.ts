import { queryOptions } from "@tanstack/react-query";
import { api, askVersion, type Shape } from "@/api/client";

export type Document = Shape<"TaxonomyDocument">;
export type Entry = Shape<"TaxonomyEntry">;
export type Change = Shape<"TaxonomyChangeShape">;
type Versions = Shape<"TaxonomyVersionsShape">;

/** The words in force with the draft and the history, or an earlier version; with the version of all that. */
export const taxonomyVersionsQuery = (number: number | undefined) =>
  queryOptions({
    queryKey: ["admin", "taxonomy", number ?? null],
    queryFn: ({ signal }): Promise<{ value: Versions; version: string }> =>
      askVersion(api.GET("/admin/taxonomy", { params: { query: { number } }, signal })),
  });

export const entriesOf = (document: Document, dimension: string): readonly Entry[] => document.dimensions[dimension]?.items ?? [];

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

function withEntries(document: Document, dimension: string, items: Entry[]): Document {
  const of = document.dimensions[dimension];
  return of ? { ...document, dimensions: { ...document.dimensions, [dimension]: { ...of, items } } } : document;
}

/** The document with that entry as it now is. */
export const changed = (document: Document, dimension: string, entry: Entry): Document =>
  withEntries(document, dimension, entriesOf(document, dimension).map((one) => (one.id === entry.id ? entry : one)));

/** The document without an entry that was never published, nor anything that refers to it. */
export const dropped = (document: Document, dimension: string, id: string): Document =>
  withEntries(
    document,
    dimension,
    entriesOf(document, dimension)
      .filter((one) => one.id !== id)
      .map((one) => ({
        ...one,
        parent: one.parent === id ? null : one.parent,
        related: one.related.filter((other) => other.id !== id),
      })),
  );

/** The document with a new entry at the end of its list, under an id of its own made of its English name. */
export function added(document: Document, dimension: string, labels: Entry["labels"], parent: string | null): Document {
  const there = entriesOf(document, dimension);
  const id = freeId(labels.en, there.map((one) => one.id));
  return withEntries(document, dimension, [
    ...there,
    { id, labels, parent, retired: false, related: [], synonyms: { fr: [], en: [] } },
  ]);
}

function freeId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-+|-+$/g, "");
  const first = plain || "entry";
  const all = [first, ...taken.map((_, index) => `${first}-${index + 2}`)];
  return all.find((one) => !taken.includes(one)) ?? first;
}

/** As it is sent: without the spaces around what was typed, nor empty lines. */
export function tidied(document: Document): Document {
  const words = (lines: readonly string[]) => [...new Set(lines.map((one) => one.trim()).filter(Boolean))];
  const entry = (one: Entry): Entry => ({
    ...one,
    labels: { fr: one.labels.fr.trim(), en: one.labels.en.trim() },
    synonyms: { fr: words(one.synonyms.fr), en: words(one.synonyms.en) },
  });
  return {
    ...document,
    dimensions: Object.fromEntries(
      Object.entries(document.dimensions).map(([name, of]) => [name, { ...of, items: of.items.map(entry) }]),
    ),
  };
}

/** What an entry is against the version in force. */
export function standing(entry: Entry, inForce: Document, dimension: string): "fresh" | "changed" | "same" {
  const before = entriesOf(inForce, dimension).find((one) => one.id === entry.id);
  if (!before) return "fresh";
  return same(before, entry) ? "same" : "changed";
}

export interface Difference {
  dimension: string;
  id: string;
  here: Entry | null;
  there: Entry | null;
}

/** The entries that two documents do not say alike. */
export function apart(mine: Document, theirs: Document): Difference[] {
  return Object.keys({ ...mine.dimensions, ...theirs.dimensions }).flatMap((dimension) => {
    const here = new Map(entriesOf(mine, dimension).map((one) => [one.id, one]));
    const there = new Map(entriesOf(theirs, dimension).map((one) => [one.id, one]));
    return [...new Set([...here.keys(), ...there.keys()])]
      .map((id) => ({ dimension, id, here: here.get(id) ?? null, there: there.get(id) ?? null }))
      .filter((one) => !same(one.here, one.there));
  });
}
