import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Notice } from "@/design/Notice";
import { Unknown } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { ratesQuery } from "@/pages/public/grid";
import { useForm } from "./Fields";
import { useCheck } from "./useBriefEditor";
import classes from "./Editor.module.css";

/** What is usual for the role and the levels that are wanted. It guides; nothing follows from it. */
export function RateGuide() {
  const { t } = useTranslation("brief");
  const { editor } = useForm();
  const { role, levels } = editor.fields;
  const both = useBilingual();
  const words = useTaxonomy();
  const formats = useFormats();
  const grid = useQuery(ratesQuery);
  const rates = grid.data;
  const { brief } = editor;
  const { data: read } = useCheck(brief, editor.waiting, Boolean(brief?.budget ?? editor.waiting.budget));
  if (!role) return <p className={classes.guide}>{t("rates.role_first")}</p>;
  const ranges = rates?.ranges.filter((one) => one.role === role && (levels.length === 0 || levels.includes(one.level))) ?? [];
  return (
    <aside className={classes.guide} aria-label={t("rates.title")}>
      <p className={classes.guideTitle}>{rates ? both(rates.label) : t("rates.title")}</p>
      {!rates && grid.isError && <Unknown retry={grid.refetch}>{t("rates.unknown")}</Unknown>}
      {ranges.length > 0 ? (
        <dl className={classes.ranges}>
          {ranges.map((one) => (
            <div key={one.level}>
              <dt>{words.label("seniority", one.level)}</dt>
              <dd>
                {t("rates.range", { low: formats.euros(one.low), high: formats.euros(one.high) })} {t(`per.${one.unit}`)}
                {one.assumption && <small> {t("rates.assumption")}</small>}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        rates && <p>{t("rates.none")}</p>
      )}
      {rates && <p>{both(rates.basis)}</p>}
      {read?.rate_notice && <Notice live>{both(read.rate_notice)}</Notice>}
      <p>
        {t("rates.never")} <Link to="/rates">{t("rates.more")}</Link>
      </p>
    </aside>
  );
}
