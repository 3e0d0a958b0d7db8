import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { DELAYS, SHARES, type Metrics } from "@/pages/public/metrics";
import { Section } from "@/design/Page";
import { Empty, Loaded } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { language } from "@/i18n";
import lists from "../Lists.module.css";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";
import { InTime } from "./InTime";
import { Figure } from "./Overview";

type Week = Shape<"MetricsWeekShape">;
type Plot = "proposed" | "mutual" | "engaged" | "answered_in_time" | "juniors";

/** Which pictures there are, and what they show of a week. */
const OF_A_WEEK = {
  proposed: "first_proposal",
  mutual: "first_mutual_interest",
  engaged: "engagement",
  answered_in_time: "answered_in_time",
  juniors: "junior_seats",
} as const satisfies Record<Plot, keyof Week>;
const PLOTS = Object.keys(OF_A_WEEK) as Plot[];

/** How long projects wait and whether people are answered, week by week and as it is published. */
export default function Figures() {
  const { t } = useTranslation("operations");
  const query = useQuery({
    queryKey: ["admin", "metrics"],
    queryFn: ({ signal }) => ask(api.GET("/admin/metrics", { signal })),
  });
  return (
    <Frame title={t("figures.title")} lead={t("figures.lead")}>
      <InTime />
      <Loaded query={query}>
        {({ published, weeks }) => (
          <>
            <Weeks weeks={weeks} />
            <Published metrics={published} />
          </>
        )}
      </Loaded>
    </Frame>
  );
}

function Weeks({ weeks }: { weeks: readonly Week[] }) {
  const { t } = useTranslation("operations");
  const [plot, setPlot] = useState<Plot>("mutual");
  if (weeks.length === 0) {
    return (
      <Empty title={t("figures.nothing")}>
        <p>{t("figures.nothing_what")}</p>
      </Empty>
    );
  }
  return (
    <Section>
      <div className={lists.filters}>
        <NativeSelect
          id="figures-plot"
          label={t("figures.which")}
          value={plot}
          onChange={(event) => setPlot(event.currentTarget.value as Plot)}
          data={PLOTS.map((value) => ({ value, label: t(`figures.names.${value}`) }))}
        />
      </div>
      <Picture plot={plot} />
      <WeekTable weeks={weeks} plot={plot} />
    </Section>
  );
}

/** The picture is another way to see the table, so a missing one takes nothing away. */
function Picture({ plot }: { plot: Plot }) {
  const { t } = useTranslation("operations");
  const spoken = language();
  const query = useQuery({
    queryKey: ["admin", "metrics", "plot", plot, spoken],
    queryFn: ({ signal }) =>
      ask(api.GET("/admin/metrics/plots/{figure}", { params: { path: { figure: plot } }, parseAs: "text", signal })),
  });
  if (query.isError) return <p className={lists.calm}>{t("figures.no_picture")}</p>;
  if (query.data === undefined) return null;
  return (
    <img
      className={classes.picture}
      src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(query.data)}`}
      alt={t("figures.picture", { name: t(`figures.names.${plot}`) })}
    />
  );
}

function WeekTable({ weeks, plot }: { weeks: readonly Week[]; plot: Plot }) {
  const { t } = useTranslation("operations");
  const { day, duration, number, percent } = useFormats();
  const isShare = plot === "answered_in_time" || plot === "juniors";
  return (
    <table className={lists.table}>
      <caption>{t("figures.caption", { name: t(`figures.names.${plot}`) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("figures.week")}</th>
          <th scope="col">{t(isShare ? "figures.share" : "figures.median")}</th>
          {!isShare && <th scope="col">{t("figures.p90")}</th>}
          <th scope="col">{t(isShare ? "figures.of" : "figures.projects")}</th>
        </tr>
      </thead>
      <tbody>
        {weeks.toReversed().map((week) => {
          const figure = week[OF_A_WEEK[plot]];
          return (
            <tr key={week.monday}>
              <th scope="row">{day(week.monday)}</th>
              {figure === null && <td colSpan={isShare ? 2 : 3}>–</td>}
              {figure !== null && "percent" in figure && (
                <>
                  <td>{percent(figure.percent / 100)}</td>
                  <td>{number(figure.whole)}</td>
                </>
              )}
              {figure !== null && "median_seconds" in figure && (
                <>
                  <td>{duration(figure.median_seconds)}</td>
                  <td>{duration(figure.p90_seconds)}</td>
                  <td>{number(figure.n)}</td>
                </>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Published({ metrics }: { metrics: Metrics }) {
  const { t } = useTranslation("operations");
  const bilingual = useBilingual();
  const { duration, percent } = useFormats();
  const year = metrics.last_twelve_months;
  return (
    <Section title={t("figures.level")} hint={t("figures.level_hint", { fewest: metrics.fewest })}>
      <dl className={classes.figures}>
        {DELAYS.map((name) => {
          const { label, median_seconds, p90_seconds } = year[name];
          return (
            <Figure
              key={name}
              name={bilingual(label)}
              value={median_seconds === null ? t("figures.withheld") : duration(median_seconds)}
              more={p90_seconds === null ? undefined : `${t("figures.p90")} ${duration(p90_seconds)}`}
            />
          );
        })}
        {SHARES.map((name) => {
          const { label, percent: share } = year[name];
          return <Figure key={name} name={bilingual(label)} value={share === null ? t("figures.withheld") : percent(share / 100)} />;
        })}
      </dl>
      <p>
        <Link to="/promise">{t("figures.public")}</Link>
      </p>
    </Section>
  );
}
