import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Page, Section } from "@/design/Page";
import { Loaded, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { byRole, ends, minimaOf, ratesQuery, type Grid } from "./grid";
import { ObservedRates } from "./ObservedRates";
import { Minima } from "./RatesMinima";
import { RoleRanges } from "./RoleRanges";
import classes from "./Rates.module.css";

export default function Rates() {
  const { t } = useTranslation("rates");
  const { ready } = useTaxonomy();
  const query = useQuery(ratesQuery);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Loaded query={query}>{(grid) => (ready ? <WholeGrid grid={grid} /> : <Loading />)}</Loaded>
    </Page>
  );
}

function WholeGrid({ grid }: { grid: Grid }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { day } = useFormats();
  const [search] = useSearchParams();
  const roles = byRole(grid);
  const wished = search.get("role");
  const role = roles.some((one) => one.role === wished) ? wished : null;
  const shown = roles.filter((one) => role === null || one.role === role);
  const most = ends(grid);
  return (
    <>
      <nav className={classes.roles} aria-label={t("roles")}>
        <RoleLink to="/rates" here={role === null} label={t("every_role")} />
        {roles.map((one) => (
          <RoleLink key={one.role} to={`/rates?role=${one.role}`} here={one.role === role} label={taxonomy.label("roles", one.role)} />
        ))}
      </nav>
      <Section plain title={t("grid")} hint={`${bilingual(grid.basis)}. ${t("over", { day: day(grid.as_of), version: grid.version })}`}>
        {grid.ranges.some((one) => one.assumption) && <p className={classes.assumed}>{t("assumed")}</p>}
        {shown.map((one) => (
          <RoleRanges key={one.role} {...one} most={most} />
        ))}
      </Section>
      <FlatAmounts amounts={grid.flat_amounts} />
      <Section plain title={t("observed")}>
        {role ? <ObservedRates role={role} /> : <p className={classes.quiet}>{t("observed_choose")}</p>}
      </Section>
      <Minima label={grid.minima.label} groups={minimaOf(grid, role ? [role] : null)} agreements={grid.minima.agreements} />
      <Contracts grid={grid} role={role} />
      <Section title={t("method")}>
        <ul className={classes.method}>
          {t("method_what", { returnObjects: true }).map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function RoleLink({ to, here, label }: { to: string; here: boolean; label: string }) {
  return (
    <Link to={to} aria-current={here ? "true" : undefined} preventScrollReset>
      {label}
    </Link>
  );
}

function FlatAmounts({ amounts }: { amounts: Grid["flat_amounts"] }) {
  const { t } = useTranslation("rates");
  const bilingual = useBilingual();
  const { euros, euroRange } = useFormats();
  if (amounts.length === 0) return null;
  return (
    <Section plain title={t("flat")} hint={t("flat_what")}>
      <ul className={classes.flat}>
        {amounts.map((one) => (
          <li key={one.id}>
            <span>{bilingual(one.labels)}</span>
            <span className={classes.amount}>
              <strong>{euroRange(one.low, one.high)}</strong>
            </span>
            <span className={classes.detail}>
              {one.median !== null && t("median", { amount: euros(one.median) })} {one.assumption && <Tag>{t("assumption")}</Tag>}
              {one.source && <span className={classes.note}>{bilingual(one.source)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Contracts({ grid, role }: { grid: Grid; role: string | null }) {
  const { t } = useTranslation("rates");
  const bilingual = useBilingual();
  const { list } = useFormats();
  return (
    <Section plain title={t("contracts")}>
      {grid.contract_forms.map((form) => {
        const titles = role ? form.titles.find((one) => one.role === role)?.titles : undefined;
        return (
          <details key={form.id} className={classes.contract}>
            <summary>
              <strong>{bilingual(form.label)}</strong> <Tag>{t(`kind.${form.kind}`)}</Tag>
            </summary>
            <p>{bilingual(form.note)}</p>
            {titles && <p>{titles.length > 0 ? t("titles", { titles: list(titles) }) : t("untitled")}</p>}
            <p className={classes.quiet}>
              {form.assumption ? t("assumption") : ""}
              {form.source && bilingual(form.source)}
            </p>
          </details>
        );
      })}
    </Section>
  );
}
