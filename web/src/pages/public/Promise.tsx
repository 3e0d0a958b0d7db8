import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { DELAYS, metricsQuery, published, SHARES, type Metrics, type Period } from "./metrics";
import classes from "./Promise.module.css";

export default function Promise() {
  const { t } = useTranslation("promise");
  const query = useQuery(metricsQuery);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Section plain title={t("promises")}>
        <ul className={classes.promises}>
          {(["proposal", "verification", "answer", "junior", "appeal"] as const).map((name) => (
            <li key={name}>
              <h3>{t(`promised.${name}`)}</h3>
              <p>{t(`promised.${name}_what`)}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Section plain title={t("figures")}>
        <Loaded query={query}>{(metrics) => <Kept metrics={metrics} />}</Loaded>
      </Section>
    </Page>
  );
}

function Kept({ metrics }: { metrics: Metrics }) {
  const { t } = useTranslation("promise");
  const bilingual = useBilingual();
  const { moment } = useFormats();
  const nothing = published(metrics.last_twelve_months).length + published(metrics.since_the_start).length === 0;
  return (
    <>
      {nothing ? (
        <p>{t("figures_none", { count: metrics.fewest })}</p>
      ) : (
        <>
          <OnePeriod title={t("year")} period={metrics.last_twelve_months} />
          <OnePeriod title={t("start")} period={metrics.since_the_start} />
        </>
      )}
      <h3>{t("measured")}</h3>
      <p className={classes.method}>{bilingual(metrics.method)}</p>
      <p className={classes.quiet}>{t("as_of", { moment: moment(metrics.as_of) })}</p>
    </>
  );
}

function OnePeriod({ title, period }: { title: string; period: Period }) {
  const { t } = useTranslation("promise");
  const bilingual = useBilingual();
  const { duration, percent } = useFormats();
  return (
    <div className={classes.period}>
      <h3>{title}</h3>
      <dl>
        {DELAYS.map((name) => {
          const { label, median_seconds, p90_seconds, n, withheld } = period[name];
          return (
            <div key={name}>
              <dt>{bilingual(label)}</dt>
              {median_seconds === null ? (
                <Withheld reason={withheld} />
              ) : (
                <dd>
                  <strong>{duration(median_seconds)}</strong>
                  <span>
                    {t("median")}
                    {p90_seconds !== null && `, ${t("p90", { duration: duration(p90_seconds) })}`}
                  </span>
                  {n !== null && <span>{t("of_projects", { count: n })}</span>}
                </dd>
              )}
            </div>
          );
        })}
        {SHARES.map((name) => {
          const { label, percent: share, n, withheld } = period[name];
          return (
            <div key={name}>
              <dt>{bilingual(label)}</dt>
              {share === null ? (
                <Withheld reason={withheld} />
              ) : (
                <dd>
                  <strong>{percent(share / 100)}</strong>
                  {n !== null && <span>{t(name === "answered_in_time" ? "of_answers" : "of_projects", { count: n })}</span>}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Withheld({ reason }: { reason: Period["engagement"]["withheld"] }) {
  const { t } = useTranslation("promise");
  const bilingual = useBilingual();
  return (
    <dd>
      <strong className={classes.none}>{t("withheld")}</strong>
      {reason && <span>{bilingual(reason.message)}</span>}
    </dd>
  );
}
