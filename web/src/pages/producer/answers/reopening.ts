import { daysUntil } from "@/i18n/format";
import type { Brief } from "../briefs";
import { rootOf, type Fields, type Name } from "../brief/fields";

/** What may keep a project offline that was online before: a date that has passed, or a text that says too much of a
 * company known by more names since. */
export const MENDABLE = [
  "option_end_date",
  "broadcaster_date",
  "start_window",
  "code_name",
  "logline",
  "pitch",
  "detailed_tasks",
] as const satisfies readonly Name[];
export type Mendable = (typeof MENDABLE)[number];
export type Mended = Partial<Pick<Fields, Mendable>>;

export const isOver = (brief: Brief) => brief.status === "closed" || brief.status === "filled" || brief.status === "expired";

const isPast = (day: string | null | undefined, now: Date) => Boolean(day) && daysUntil(day!, now) < 0;

/** The fields to mend before it can go back online: those whose date has passed, those the server refused, and those
 * that somebody has begun to mend. In the order in which they stand. */
export function toMend(brief: Brief, refused: readonly string[], begun: Mended, now = new Date()): Mendable[] {
  const past: Record<string, boolean> = {
    option_end_date: isPast(brief.option_end_date, now),
    broadcaster_date: isPast(brief.broadcaster_date, now),
    start_window: isPast(brief.start_window?.until, now),
  };
  const said = refused.map(rootOf);
  return MENDABLE.filter((name) => past[name] || said.includes(name) || name in begun);
}
