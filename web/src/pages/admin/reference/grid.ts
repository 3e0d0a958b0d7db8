import { queryOptions } from "@tanstack/react-query";
import { api, askVersion, type Shape } from "@/api/client";

export type Grid = Shape<"GridDocument-Input">;
export type Difference = Shape<"RateDifferenceShape">;
type Versions = Shape<"RateVersionsShape">;

/** The grid in force with its history, or an earlier version; with the version of the one in force. */
export const gridVersionsQuery = (number: number | undefined) =>
  queryOptions({
    queryKey: ["admin", "rates", number ?? null],
    queryFn: ({ signal }): Promise<{ value: Versions; version: string }> =>
      askVersion(api.GET("/admin/rates", { params: { query: { number } }, signal })),
  });

/** The lists of a grid whose entries are changed here. */
export const PARTS = ["ranges", "flat_amounts", "minima", "contract_forms", "own_cost"] as const;
export type Part = (typeof PARTS)[number];
export type EntryOf<Name extends Part> = Grid[Name][number];

/** The grid with one entry as it now is. */
export const withEntry = <Name extends Part>(grid: Grid, part: Name, index: number, entry: EntryOf<Name>): Grid => ({
  ...grid,
  [part]: grid[part].map((one, at) => (at === index ? entry : one)),
});

type Values = Record<string, unknown>;

/** What tells an entry from the others of its list. */
function keyOf(entry: Values): string {
  if (typeof entry.role === "string") return [entry.role, entry.level, entry.unit].join("/");
  return String(entry.id ?? entry.input);
}

/** The entries that two grids do not say alike: `before` as the one has them, `after` as the other. */
export function apart(before: Grid, after: Grid): Difference[] {
  return PARTS.flatMap((part) => {
    const byKey = (grid: Grid) => new Map((grid[part] as Values[]).map((one) => [keyOf(one), one]));
    const [there, here] = [byKey(before), byKey(after)];
    return [...new Set([...there.keys(), ...here.keys()])]
      .map((key) => ({ part, key, before: there.get(key) ?? null, after: here.get(key) ?? null }))
      .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
  });
}

/** What was typed as a number, with a comma or a point; null for nothing and for what is none. */
export function numberOf(typed: string): number | null {
  const plain = typed.replace(/\s/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
