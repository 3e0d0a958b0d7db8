const PARIS = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });
/** The server's own bound: whoever is away for longer sets no day. */
const LONGEST_DAYS = 731;

function dayIn(days: number, now: Date): string {
  const today = new Date(`${PARIS.format(now)}T00:00:00Z`);
  today.setUTCDate(today.getUTCDate() + days);
  return today.toISOString().slice(0, 10);
}

/** The first and the last day on which a profile that is paused now may come back. */
export const firstDayBack = (now = new Date()) => dayIn(1, now);
export const lastDayBack = (now = new Date()) => dayIn(LONGEST_DAYS, now);
