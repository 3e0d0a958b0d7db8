import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Grid = Shape<"RatesShape">;
export type Range = Grid["ranges"][number];
export type Minimum = Grid["minima"]["items"][number];
type Words = { fr: string; en: string };

export const ratesQuery = queryOptions({
  queryKey: ["rates"],
  queryFn: ({ signal }) => ask(api.GET("/rates", { signal })),
  staleTime: 300_000,
});

const LEVELS = ["junior", "mid", "senior"];

/** What the grid says of one role, juniors first. */
export interface RoleRates {
  role: string;
  ranges: Range[];
  /** Where its amounts come from, each once. */
  sources: { words: Words; dated: string | null }[];
}

/** The grid by role, in the order in which it gives them. */
export function byRole(grid: Grid): RoleRates[] {
  const roles = [...new Set(grid.ranges.map((one) => one.role))];
  return roles.map((role) => {
    const ranges = grid.ranges
      .filter((one) => one.role === role)
      .sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
    const sources = new Map(
      ranges.flatMap((one) => (one.source ? [[one.source.fr, { words: one.source, dated: one.dated ?? null }] as const] : [])),
    );
    return { role, ranges, sources: [...sources.values()] };
  });
}

/** The highest amount of each unit: where its tracks end, whichever roles are shown. */
export function ends(grid: Grid): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { unit, high } of grid.ranges) found[unit] = Math.max(found[unit] ?? 0, high);
  return found;
}

/** From where to where a range goes on a track that ends at `end`, in percent. */
export function onTrack({ low, median, high }: Pick<Range, "low" | "median" | "high">, end: number) {
  const percent = (amount: number) => Math.round((1000 * amount) / end) / 10;
  return { from: percent(low), width: percent(high) - percent(low), median: median === null ? null : percent(median) };
}

/** The minima that bind an employer of these roles, those of one title together. */
export function minimaOf(grid: Grid, roles: readonly string[] | null): { title: string; items: Minimum[] }[] {
  const mine = grid.minima.items.filter((one) => roles === null || one.roles.some((role) => roles.includes(role)));
  const titles = [...new Set(mine.map((one) => one.title))];
  return titles.map((title) => ({ title, items: mine.filter((one) => one.title === title) }));
}
