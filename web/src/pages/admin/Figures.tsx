import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { useFormats } from "@/i18n/format";
import classes from "./Queue.module.css";

/** How the queue is doing, at a glance; the rest behind it. */
export function Figures({ of }: { of: Shape<"StatisticsShape"> }) {
  const { t } = useTranslation("queue");
  const { number, duration, day } = useFormats();
  const lasts = (minutes: number | null) => (minutes === null ? t("figures.nothing") : duration(minutes * 60));
  const count = (outcome: keyof typeof of.decided) => number(of.decided[outcome] ?? 0);
  return (
    <section className={classes.figures} aria-label={t("figures.name")}>
      <dl>
        <Figure name={t("figures.waiting", { count: of.waiting })} value={number(of.waiting)} />
        <Figure name={t("figures.overdue")} value={number(of.overdue)} late={of.overdue > 0} />
        <Figure name={t("figures.oldest")} value={lasts(of.oldest_minutes)} />
        <Figure name={t("figures.median")} value={lasts(of.median_minutes_to_decision)} />
      </dl>
      <details>
        <summary>{t("figures.more")}</summary>
        <p>{t("figures.period", { since: day(of.since), until: day(of.until) })}</p>
        <ul>
          <li>{t("figures.decided", { verified: count("verified"), partly: count("partly_verified"), refused: count("refused") })}</li>
          {of.median_waiting_minutes !== null && <li>{t("figures.waits", { duration: lasts(of.median_waiting_minutes) })}</li>}
          <li>{t("figures.overturned", { count: of.overturned })}</li>
          <li>{t("figures.appeals", { count: of.appeals, changed: number(of.appeals_changed) })}</li>
        </ul>
      </details>
    </section>
  );
}

function Figure({ name, value, late = false }: { name: string; value: string; late?: boolean }) {
  return (
    <div data-late={late || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
