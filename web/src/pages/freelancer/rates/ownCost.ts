import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import type { Grid } from "@/pages/public/grid";

export type OwnCost = Shape<"OwnCostShape">;
export type Input = OwnCost["inputs"][number]["input"];
/** What somebody has typed, as they typed it; what they left alone is not in it. */
export type Typed = Partial<Record<Input, string>>;

/** What is asked, in the order of the calculation, and in which unit. */
export const PARTS = [
  { part: "needs", inputs: [["desired_net", "euros"], ["expenses", "euros"]] },
  { part: "charges", inputs: [["charges_on_net_percent", "percent"], ["charges_on_billed_percent", "percent"]] },
  {
    part: "days",
    inputs: [
      ["weekdays", "days"],
      ["public_holidays", "days"],
      ["holidays", "days"],
      ["other_absences", "days"],
      ["unbilled_days", "days"],
    ],
  },
] as const satisfies readonly { part: string; inputs: readonly (readonly [Input, string])[] }[];

export type Unit = (typeof PARTS)[number]["inputs"][number][1];

/** What the calculation takes; null where it starts from the grid's default. */
export type Figures = Record<Input, number | null>;

const INPUTS: readonly Input[] = PARTS.flatMap(({ inputs }) => inputs.map(([input]) => input));

/** A number as it is typed in France or elsewhere: « 26 400,50 », "26,400.50", « 24,6 ». null when it is none. */
export function numberOf(text: string): number | null {
  // Nothing here has three decimals: what stands before three digits parts thousands.
  const plain = text.replace(/[\s€%]/g, "").replace(/[.,](?=\d{3}(?:\D|$))/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** What is typed, as the calculation takes it: a field that was emptied starts from its default again, `unread` are
 * those that no number can be read from. */
export function read(typed: Typed): { figures: Figures; unread: Input[] } {
  const figures = Object.fromEntries(INPUTS.map((input) => [input, null])) as Figures;
  const unread: Input[] = [];
  for (const input of INPUTS) {
    const text = typed[input]?.trim();
    if (!text) continue;
    const figure = numberOf(text);
    if (figure === null) unread.push(input);
    else figures[input] = figure;
  }
  return { figures, unread };
}

/** Where a field starts, and why there. */
export const startOf = (grid: Grid, input: Input) => grid.own_cost.find((one) => one.input === input);

export const ownCostQuery = (figures: Figures) =>
  queryOptions({
    queryKey: ["rates", "own-cost", figures],
    queryFn: ({ signal }) => ask(api.POST("/rates/own-cost", { body: figures, signal })),
    staleTime: 300_000,
  });
