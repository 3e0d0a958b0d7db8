import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Editor.module.css";
import { wire, type Fields, type Name } from "./fields";

/** What decides who can be proposed at all; the rest orders them. */
const COUNTED: readonly Name[] = ["role", "languages", "start_window", "estimated_days", "option_end_date", "broadcaster_date"];

/** How many people could be proposed for what is written so far, and what keeps most of the others out. */
export function Eligible({ fields }: { fields: Fields }) {
  const { t } = useTranslation("brief");
  const both = useBilingual();
  const { list } = useFormats();
  const wanted = Object.fromEntries(COUNTED.map((name) => [name, wire(name, fields[name]) ?? null]));
  const [asked] = useDebouncedValue(JSON.stringify(wanted), 400);
  const body = JSON.parse(asked) as Shape<"EstimateInput">;
  const { data, isError } = useQuery({
    queryKey: ["briefs", "estimate", asked],
    queryFn: ({ signal }) => ask(api.POST("/briefs/estimate", { body, signal })),
    // What is asked lags behind what is written.
    enabled: Boolean(body.role),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const strictest = data?.left_out.find((one) => one.rule === data.strictest);
  return (
    <section className={classes.eligible} aria-label={t("eligible.title")}>
      <div role="status">
        {!fields.role ? (
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
          <p>{isError ? t("eligible.unknown") : t("eligible.counting")}</p>
        )}
      </div>
    </section>
  );
}
