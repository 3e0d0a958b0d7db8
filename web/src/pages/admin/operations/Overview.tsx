import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, ask, type Shape } from "@/api/client";
import { Notice } from "@/design/Notice";
import { Section } from "@/design/Page";
import { Loaded, Loading } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { Frame } from "./Frame";
import classes from "./Frame.module.css";
import { Notices } from "./Notices";
import { failuresQuery, noticesQuery } from "./operations";

/** Whether the service does what it should, and what waits for an administrator. */
export default function Overview() {
  const { t } = useTranslation("operations");
  const health = useQuery({ queryKey: ["health"], queryFn: ({ signal }) => ask(api.GET("/health", { signal })) });
  const failures = useInfiniteQuery(failuresQuery({ status: "parked", consumer: "", reason: "" }));
  const waiting = failures.data?.pages.some((page) => page.failures.length > 0 || page.cursor !== null);
  const statistics = useQuery({
    queryKey: ["verification", "statistics"],
    queryFn: ({ signal }) => ask(api.GET("/verification/statistics", { signal })),
  });
  const notices = useInfiniteQuery(noticesQuery("open"));
  // Each part pushes the next. Together at once, nothing moves under whoever reads; below the last one there is nothing.
  if ([health, failures, notices].some((query) => query.isPending)) {
    return (
      <Frame title={t("title")} lead={t("lead")}>
        <Loading />
      </Frame>
    );
  }
  return (
    <Frame title={t("title")} lead={t("lead")}>
      {health.isError && <Notice tone="danger" live title={t("health.down")} />}
      {health.data && (
        <Notice tone="good" title={t("health.ok")}>
          <p>{t(`health.environment.${health.data.environment}`)}</p>
        </Notice>
      )}
      {waiting !== undefined && (
        <Notice tone={waiting ? "warning" : "plain"} title={t(waiting ? "todo.failures_some" : "todo.failures_none")}>
          {waiting && <Link to="/admin/operations/failures">{t("todo.failures_see")}</Link>}
        </Notice>
      )}
      <Notices />
      <Section title={t("verification.title")}>
        <Loaded query={statistics}>{(of) => <Verification of={of} />}</Loaded>
      </Section>
    </Frame>
  );
}

function Verification({ of }: { of: Shape<"StatisticsShape"> }) {
  const { t } = useTranslation("operations");
  const bilingual = useBilingual();
  const { day, duration, number } = useFormats();
  const lasts = (minutes: number | null) => (minutes === null ? t("verification.nothing") : duration(minutes * 60));
  const decided = (outcome: keyof typeof of.decided) => of.decided[outcome] ?? 0;
  const all = decided("verified") + decided("partly_verified") + decided("refused");
  return (
    <>
      {of.shortage && <Notice tone="warning" title={bilingual(of.shortage.message)} />}
      <p>{t("verification.hint", { since: day(of.since), until: day(of.until) })}</p>
      <dl className={classes.figures}>
        <Figure name={t("verification.waiting")} value={number(of.waiting)} />
        <Figure name={t("verification.overdue")} value={number(of.overdue)} late={of.overdue > 0} />
        <Figure name={t("verification.oldest")} value={lasts(of.oldest_minutes)} />
        <Figure name={t("verification.median_waiting")} value={lasts(of.median_waiting_minutes)} />
        <Figure
          name={t("verification.decided")}
          value={number(all)}
          more={t("verification.decided_how", {
            verified: number(decided("verified")),
            partly: number(decided("partly_verified")),
            refused: number(decided("refused")),
          })}
        />
        <Figure name={t("verification.median")} value={lasts(of.median_minutes_to_decision)} />
        <Figure name={t("verification.overturned")} value={number(of.overturned)} />
        <Figure
          name={t("verification.appeals")}
          value={number(of.appeals)}
          more={t("verification.appeals_changed", { count: of.appeals_changed })}
        />
      </dl>
    </>
  );
}

/** One number, with what it counts. `late`: it should not be so. */
export function Figure({ name, value, more, late = false }: { name: string; value: string; more?: string; late?: boolean }) {
  return (
    <div data-late={late || undefined}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {more && <span>{more}</span>}
      </dd>
    </div>
  );
}
