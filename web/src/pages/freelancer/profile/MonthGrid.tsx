import { Button } from "@mantine/core";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { today, useFormats } from "@/i18n/format";
import { isFree, plus, plusMonths, weekday, weeksOf, withFree, withTaken, type Period } from "./availability";
import classes from "./Availability.module.css";
import { usePeriodWords } from "./usePeriodWords";

/** Any Monday: the days of the week are named from it. */
const MONDAY = "2027-03-01";

/** A month of days, free or not. Two presses, on the first and on the last day of a stretch, set it free, or take it
 * where its first day was free. With the keyboard: arrows by days and weeks, Page Up and Down by months. */
export function MonthGrid({ periods, onChange }: { periods: readonly Period[]; onChange: (periods: Period[]) => void }) {
  const { t } = useTranslation("profile");
  const { day: written, month, weekday: named } = useDayNames();
  const period = usePeriodWords();
  const now = today();
  const [at, setAt] = useState(now);
  const [begun, setBegun] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus();
    moved.current = false;
  }, [at]);

  const go = (day: string) => {
    moved.current = true;
    setAt(day < now ? now : day);
  };
  const press = (day: string) => {
    setAt(day);
    if (begun === null) {
      setBegun(day);
      setSaid(t(isFree(periods, day) ? "grid.begun_taken" : "grid.begun_free", { day: written(day) }));
      return;
    }
    const [from, until] = begun < day ? [begun, day] : [day, begun];
    const taken = isFree(periods, begun);
    onChange(taken ? withTaken(periods, from, until) : withFree(periods, from, until));
    setBegun(null);
    setSaid(t(taken ? "grid.taken" : "grid.free", { period: period({ from, until }) }));
  };
  const steer = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: () => plus(at, -1),
      ArrowRight: () => plus(at, 1),
      ArrowUp: () => plus(at, -7),
      ArrowDown: () => plus(at, 7),
      Home: () => plus(at, -weekday(at)),
      End: () => plus(at, 6 - weekday(at)),
      PageUp: () => plusMonths(at, -1),
      PageDown: () => plusMonths(at, 1),
    }[event.key];
    if (event.key === "Escape" && begun !== null) {
      setBegun(null);
      setSaid(t("grid.given_up"));
      event.preventDefault();
    }
    if (!to) return;
    event.preventDefault();
    go(to());
  };
  const turn = (months: number) => {
    const first = `${plusMonths(at, months).slice(0, 7)}-01`;
    setAt(first < now ? now : first);
  };
  const within = (day: string) => begun !== null && ((begun <= day && day <= at) || (at <= day && day <= begun));
  return (
    <div className={classes.month}>
      <div className={classes.monthHead}>
        <Button variant="default" disabled={at.slice(0, 7) <= now.slice(0, 7)} onClick={() => turn(-1)} aria-label={t("grid.before")}>
          <span aria-hidden="true">←</span>
        </Button>
        <p id="month" className={classes.monthName} aria-live="polite">
          {month(at)}
        </p>
        <Button variant="default" onClick={() => turn(1)} aria-label={t("grid.after")}>
          <span aria-hidden="true">→</span>
        </Button>
      </div>
      <table ref={grid} role="grid" className={classes.grid} aria-labelledby="month" onKeyDown={steer}>
        <thead>
          <tr>
            {Array.from({ length: 7 }, (_, index) => plus(MONDAY, index)).map((day) => (
              <th key={day} scope="col" abbr={named(day, "long")}>
                {named(day, "short")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week, index) => (
            <tr key={index}>
              {week.map((day, place) =>
                day === null ? (
                  <td key={place} role="gridcell" />
                ) : (
                  <td key={place} role="gridcell" aria-selected={isFree(periods, day)}>
                    <button
                      type="button"
                      data-day={day}
                      data-free={isFree(periods, day) || undefined}
                      data-within={within(day) || undefined}
                      tabIndex={day === at ? 0 : -1}
                      disabled={day < now}
                      aria-current={day === now ? "date" : undefined}
                      aria-label={t(isFree(periods, day) ? "grid.day_free" : "grid.day", { day: written(day) })}
                      onClick={() => press(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status" className={classes.said}>
        {said || t("grid.how")}
      </p>
    </div>
  );
}

function useDayNames() {
  const { i18n } = useTranslation();
  const { day, month } = useFormats();
  const locale = i18n.language === "en" ? "en-GB" : "fr-FR";
  return {
    day,
    month,
    weekday: (of: string, style: "long" | "short") =>
      new Intl.DateTimeFormat(locale, { weekday: style, timeZone: "UTC" }).format(new Date(of)),
  };
}
