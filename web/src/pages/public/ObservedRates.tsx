import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { Loaded } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import classes from "./Rates.module.css";

/** What confirmed engagements in a role were budgeted at, where that points to nobody. */
export function ObservedRates({ role }: { role: string }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { euroRange, month } = useFormats();
  const query = useQuery({
    queryKey: ["rates", "observed", role],
    queryFn: ({ signal }) => ask(api.GET("/rates/observed", { params: { query: { role } }, signal })),
    staleTime: 300_000,
  });
  return (
    <Loaded query={query}>
      {({ pools, rule, label }) => (
        <>
          <p className={classes.quiet}>{bilingual(label)}</p>
          {pools.length === 0 && <p>{t("observed_none")}</p>}
          <ul className={classes.levels}>
            {pools.map(({ level, unit, figures, withheld }) => (
              <li key={`${level}/${unit}`}>
                <span className={classes.level}>{taxonomy.label("seniority", level)}</span>
                {figures ? (
                  <>
                    <span className={classes.amount}>
                      <strong>{euroRange(figures.minimum, figures.maximum)}</strong> {t(`unit.${unit}`)}
                    </span>
                    <span className={classes.detail}>
                      {t("observed_from", {
                        count: figures.at_least,
                        since: month(figures.since),
                        until: month(figures.until),
                      })}
                    </span>
                  </>
                ) : (
                  <span className={classes.detail}>{withheld && bilingual(withheld.message)}</span>
                )}
              </li>
            ))}
          </ul>
          <p className={classes.quiet}>
            {t("observed_rule", { engagements: rule.engagements, companies: rule.companies, months: rule.months_old })}
          </p>
        </>
      )}
    </Loaded>
  );
}
