import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Shape } from "@/api/client";
import { Unknown } from "@/design/States";
import { useFormats } from "@/i18n/format";
import classes from "./Queue.module.css";

type Statistics = Shape<"StatisticsShape">;

/** How the queue is doing, at a glance; the rest behind it. Its place is kept until it is there, for the cases below are
 * being read already. */
export function Figures({ query }: { query: UseQueryResult<Statistics> }) {
  const { t } = useTranslation(["queue", "common"]);
  const { number } = useFormats();
  const lasts = useLasts("at_once_short");
  const of = query.data;
  const waiting = of?.waiting ?? null;
  return (
    <section className={classes.figures} aria-label={t("figures.name")} aria-busy={query.isPending}>
      <dl>
        <Figure name={t("figures.waiting", { count: waiting ?? 2 })} value={waiting === null ? t("figures.nothing") : number(waiting)} />
        <Figure name={t("figures.overdue")} value={of ? number(of.overdue) : t("figures.nothing")} late={of && of.overdue > 0} />
        <Figure name={t("figures.oldest")} value={lasts(of?.oldest_minutes ?? null)} />
        <Figure name={t("figures.median")} value={lasts(of?.median_minutes_to_decision ?? null)} />
      </dl>
      {query.isError && !of ? (
        <Unknown retry={query.refetch}>{t("figures.unknown")}</Unknown>
      ) : (
        <details>
          <summary>{t("figures.more")}</summary>
          {of ? <Detail of={of} /> : <p>{t("common:state.loading")}</p>}
        </details>
      )}
    </section>
  );
}

function Detail({ of }: { of: Statistics }) {
  const { t } = useTranslation("queue");
  const { number, day } = useFormats();
  const lasts = useLasts("at_once");
  const count = (outcome: keyof typeof of.decided) => number(of.decided[outcome] ?? 0);
  return (
    <>
      <p>{t("figures.period", { since: day(of.since), until: day(of.until) })}</p>
      <ul>
        <li>{t("figures.decided", { verified: count("verified"), partly: count("partly_verified"), refused: count("refused") })}</li>
        {of.median_waiting_minutes !== null && <li>{t("figures.waits", { duration: lasts(of.median_waiting_minutes) })}</li>}
        <li>{t("figures.overturned", { count: of.overturned })}</li>
        <li>{t("figures.appeals", { count: of.appeals, changed: number(of.appeals_changed) })}</li>
      </ul>
    </>
  );
}

/** `soon`: how less than a minute is said. */
function useLasts(soon: "at_once" | "at_once_short") {
  const { t } = useTranslation("queue");
  const { duration } = useFormats();
  return (minutes: number | null) => {
    if (minutes === null) return t("figures.nothing");
    return minutes < 1 ? t(`figures.${soon}`) : duration(minutes * 60);
  };
}

function Figure({ name, value, late = false }: { name: string; value: string; late?: boolean }) {
  return (
    <div data-late={late || undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
