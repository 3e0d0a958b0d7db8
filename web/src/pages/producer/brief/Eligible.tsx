import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { Unknown } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Editor.module.css";
import { wire, type Fields, type Name } from "./fields";

/** What decides who can be proposed at all; the rest orders them. */
const COUNTED: readonly Name[] = ["role", "languages", "start_window", "estimated_days", "option_end_date", "broadcaster_date"];

/** How many people could be proposed for what is written so far. What is asked lags behind what is written. */
export function useEligible(fields: Fields) {
  const wanted = Object.fromEntries(COUNTED.map((name) => [name, wire(name, fields[name]) ?? null]));
  const [asked] = useDebouncedValue(JSON.stringify(wanted), 400);
  const body = JSON.parse(asked) as Shape<"EstimateInput">;
  return useQuery({
    queryKey: ["briefs", "estimate", asked],
    queryFn: ({ signal }) => ask(api.POST("/briefs/estimate", { body, signal })),
    enabled: Boolean(body.role),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** That number, and what keeps most of the others out. */
export function Eligible({ role, query }: { role: string | null; query: ReturnType<typeof useEligible> }) {
  const { t } = useTranslation("brief");
  const both = useBilingual();
  const { list } = useFormats();
  const { data } = query;
  const strictest = data?.left_out.find((one) => one.rule === data.strictest);
  const unknown = Boolean(role) && !data && query.isError;
  return (
    <section className={classes.eligible} aria-label={t("eligible.title")}>
      <div role="status">
        {!role ? (
          <p>{t("eligible.role_first")}</p>
        ) : data ? (
          <>
            <p className={classes.figure}>{t("eligible.count", { count: data.eligible })}</p>
            {data.levels.length > 0 && (
              <p>{list(data.levels.map((one) => t("eligible.level", { people: one.people, level: both(one.labels) })))}</p>
            )}
            {strictest && strictest.people > 0 && (
              <p>{t(`eligible.strictest.${strictest.rule}`, { count: strictest.people })}</p>
            )}
          </>
        ) : (
          !unknown && <p>{t("eligible.counting")}</p>
        )}
      </div>
      {unknown && <Unknown retry={query.refetch}>{t("eligible.unknown")}</Unknown>}
    </section>
  );
}
