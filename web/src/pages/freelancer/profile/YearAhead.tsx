import { useTranslation } from "react-i18next";
import { today, useFormats } from "@/i18n/format";
import { ahead, plusMonths, type Period } from "./availability";
import { usePeriodWords } from "./usePeriodWords";
import classes from "./Availability.module.css";

const MONTHS = 12;

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The twelve months to come, what is free of them drawn, and written under it. */
export function YearAhead({ periods }: { periods: readonly Period[] }) {
  const { t } = useTranslation("profile");
  const { list } = useFormats();
  const shortMonth = useShortMonth();
  const period = usePeriodWords();
  const now = today();
  const start = `${now.slice(0, 7)}-01`;
  const end = plusMonths(start, MONTHS);
  const place = (day: string) => (100 * Math.min(Math.max(days(start, day), 0), days(start, end))) / days(start, end);
  const due = ahead(periods, now);
  if (due.length === 0) return null;
  return (
    <figure className={classes.year}>
      <svg role="img" aria-label={t("year.name", { periods: list(due.map(period)) })}>
        <line x1="0" x2="100%" y1="22" y2="22" />
        {due
          .filter(({ from }) => from < end)
          .map(({ from, until }) => {
            const left = place(from < now ? now : from);
            return <rect key={from} x={`${left}%`} y="15" width={`${Math.max(place(until ?? end) - left, 0.6)}%`} height="14" rx="3" />;
          })}
      </svg>
      <div className={classes.months} aria-hidden="true">
        {Array.from({ length: MONTHS }, (_, index) => plusMonths(start, index)).map((month) => (
          <span key={month}>{shortMonth(month)}</span>
        ))}
      </div>
      <figcaption className={classes.periods}>
        <ul>
          {due.map((one) => (
            <li key={one.from}>{t("year.period", { period: period(one) })}</li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

function useShortMonth() {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : "fr-FR", { month: "narrow", timeZone: "UTC" });
  return (day: string) => format.format(new Date(day));
}
