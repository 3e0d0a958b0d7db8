/** Days free, both included; without an end, for as long as one can see. */
export interface Period {
  from: string;
  until: string | null;
}

/** How many periods a profile carries, as the contract has it. */
export const MOST_PERIODS = 24;

/** The day so many days later. */
export function plus(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day of another month, or its last one where that month is shorter. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}

/** 0 for Monday. */
export const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** The weeks of the month that a day is of, from Monday to Sunday; null for days of the months beside it. */
export function weeksOf(day: string): (string | null)[][] {
  const first = `${day.slice(0, 7)}-01`;
  const next = plusMonths(first, 1);
  const cells: (string | null)[] = Array<null>(weekday(first)).fill(null);
  for (let one = first; one < next; one = plus(one, 1)) cells.push(one);
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

export const isFree = (periods: readonly Period[], day: string) =>
  periods.some(({ from, until }) => from <= day && (until === null || day <= until));

/** The same days in as few periods as say it, the earliest first. */
export function tidy(periods: readonly Period[]): Period[] {
  const tidied: Period[] = [];
  for (const one of [...periods].sort((a, b) => a.from.localeCompare(b.from))) {
    const last = tidied[tidied.length - 1];
    if (last && (last.until === null || one.from <= plus(last.until, 1))) {
      if (last.until !== null) last.until = one.until === null || one.until > last.until ? one.until : last.until;
    } else tidied.push({ ...one });
  }
  return tidied;
}

/** With these days free as well. */
export const withFree = (periods: readonly Period[], from: string, until: string | null) => tidy([...periods, { from, until }]);

/** With every day free from that one on: in place of what was open before, and beside the days that have an end. */
export const freeFrom = (periods: readonly Period[], from: string) =>
  tidy([...periods.filter(({ until }) => until !== null), { from, until: null }]);

/** With these days taken; without an end, all of them from then on. */
export const withTaken = (periods: readonly Period[], from: string, until: string | null) =>
  tidy(
    periods.flatMap((one) => {
      const before = one.from < from && { from: one.from, until: one.until === null || one.until >= from ? plus(from, -1) : one.until };
      const after =
        until !== null &&
        (one.until === null || one.until > until) && { from: one.from > until ? one.from : plus(until, 1), until: one.until };
      return [before, after].filter((each) => each !== false);
    }),
  );

/** Those that are not over. */
export const ahead = (periods: readonly Period[], today: string) =>
  tidy(periods).filter(({ until }) => until === null || until >= today);
