import { useTranslation } from "react-i18next";
import { useTaxonomy } from "@/api/taxonomy";
import { Section } from "@/design/Page";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import type { Grid, Minimum } from "./grid";
import classes from "./Rates.module.css";

/** What binds an employer, apart from what is only a mark. */
export function Minima({ label, groups, agreements }: {
  label: Grid["minima"]["label"];
  groups: { title: string; items: Minimum[] }[];
  agreements: Grid["minima"]["agreements"];
}) {
  const { t } = useTranslation("rates");
  const bilingual = useBilingual();
  return (
    <Section title={t("minima")} hint={bilingual(label)}>
      {groups.length === 0 && <p>{t("minima_none")}</p>}
      {groups.map(({ title, items }) => (
        <div key={title} className={classes.minimum}>
          <h3>{title}</h3>
          {items.map((one) => (
            <OneMinimum key={one.id} minimum={one} agreement={agreements.find((each) => each.id === one.agreement)} />
          ))}
        </div>
      ))}
    </Section>
  );
}

function OneMinimum({ minimum, agreement }: { minimum: Minimum; agreement?: Grid["minima"]["agreements"][number] }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { day, exactEuros } = useFormats();
  return (
    <div className={classes.oneMinimum}>
      <p>
        {[
          ...taxonomy.labels("contract-forms", minimum.contract_forms),
          ...(agreement ? [bilingual(agreement.labels)] : []),
          ...(minimum.category ? [t("category", { category: minimum.category })] : []),
        ].join(" · ")}{" "}
        {minimum.outdated && <Tag tone="warning">{t("outdated")}</Tag>}
      </p>
      <ul className={classes.amounts}>
        {minimum.amounts.map((one) => (
          <li key={one.basis}>
            <strong>{exactEuros(one.cents)}</strong> {t("gross")}, {t(`basis.${one.basis}`)}
          </li>
        ))}
      </ul>
      <p className={classes.quiet}>
        {minimum.in_force_since && t(minimum.outdated ? "outdated_what" : "since", { day: day(minimum.in_force_since) })}{" "}
        {minimum.roles_assumed && t("close_to")}
      </p>
      <details className={classes.sources}>
        <summary>{t("sources")}</summary>
        {minimum.note && <p>{bilingual(minimum.note)}</p>}
        {minimum.source && <p>{bilingual(minimum.source)}</p>}
      </details>
    </div>
  );
}
