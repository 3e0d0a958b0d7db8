import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, ask, type Shape } from "@/api/client";
import { Page, Section } from "@/design/Page";
import { Loaded } from "@/design/States";
import { useBilingual } from "@/i18n/format";
import classes from "./HowOrdered.module.css";

type Criteria = Shape<"CriteriaShape">;

export default function HowOrdered() {
  const { t } = useTranslation("ordered");
  const query = useQuery({
    queryKey: ["criteria"],
    queryFn: ({ signal }) => ask(api.GET("/matching/criteria", { signal })),
    staleTime: 3_600_000,
  });
  return (
    <Page title={t("title")} lead={t("lead")} width="narrow">
      <Loaded query={query}>{(criteria) => <Order {...criteria} />}</Loaded>
    </Page>
  );
}

function Order({ criteria, eligibility, shortlist, never_counts, version }: Criteria) {
  const { t } = useTranslation("ordered");
  const bilingual = useBilingual();
  const heaviestFirst = Object.entries(criteria).sort(([, one], [, other]) => other.weight - one.weight);
  const heaviest = heaviestFirst[0]?.[1].weight ?? 1;
  return (
    <>
      <Section plain title={t("criteria")} hint={t("criteria_what")}>
        <ol className={classes.criteria}>
          {heaviestFirst.map(([name, one]) => (
            <li key={name}>
              <p className={classes.name}>
                <strong>{bilingual(one.labels)}</strong>
                <span>{t("points", { count: one.weight })}</span>
              </p>
              <div className={classes.track} aria-hidden="true">
                <div style={{ width: `${(100 * one.weight) / heaviest}%` }} />
              </div>
              <p className={classes.what}>{bilingual(one.explanation)}</p>
            </li>
          ))}
        </ol>
      </Section>
      <Section plain title={t("eligibility")} hint={t("eligibility_what")}>
        <Rules rules={eligibility} />
      </Section>
      <Section plain title={t("shortlist")}>
        <Rules rules={shortlist} />
      </Section>
      <Section plain title={t("never")}>
        <Rules rules={never_counts} never />
      </Section>
      <Section title={t("decides")}>
        {t("decides_what", { returnObjects: true }).map((one) => (
          <p key={one} className={classes.paragraph}>
            {one}
          </p>
        ))}
        <p className={classes.version}>{t("version", { version })}</p>
      </Section>
    </>
  );
}

function Rules({ rules, never = false }: { rules: Criteria["shortlist"]; never?: boolean }) {
  const { t } = useTranslation("ordered");
  const bilingual = useBilingual();
  return (
    <ul className={classes.rules} data-never={never}>
      {rules.map((one) => (
        <li key={one.id} data-junior={one.id === "junior_seat"}>
          {one.id === "junior_seat" && <strong>{t("junior")}</strong>}
          {bilingual(one)}
        </li>
      ))}
    </ul>
  );
}
