import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api, ask } from "@/api/client";
import { useTaxonomy } from "@/api/taxonomy";
import { Page, Section } from "@/design/Page";
import { Loaded, Loading } from "@/design/States";
import { Tag } from "@/design/Tag";
import { useBilingual, useFormats } from "@/i18n/format";
import { byRole, ends, minimaOf, onTrack, type Grid, type Range, type RoleRates } from "./grid";
import { ObservedRates } from "./ObservedRates";
import { Minima } from "./RatesMinima";
import classes from "./Rates.module.css";

export default function Rates() {
  const { t } = useTranslation("rates");
  const { ready } = useTaxonomy();
  const query = useQuery({
    queryKey: ["rates"],
    queryFn: ({ signal }) => ask(api.GET("/rates", { signal })),
    staleTime: 300_000,
  });
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
          <OneRole key={one.role} {...one} most={most} />
        ))}
      </Section>
      <FlatAmounts amounts={grid.flat_amounts} />
      <Section plain title={t("observed")}>
        {role ? <ObservedRates role={role} /> : <p className={classes.quiet}>{t("observed_choose")}</p>}
      </Section>
      <Minima label={grid.minima.label} groups={minimaOf(grid, role)} agreements={grid.minima.agreements} />
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

function OneRole({ role, ranges, sources, most }: RoleRates & { most: Record<string, number> }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { day } = useFormats();
  return (
    <div className={classes.role}>
      <h3>{taxonomy.label("roles", role)}</h3>
      <ul className={classes.levels}>
        {ranges.map((one) => (
          <Level key={`${one.level}/${one.unit}`} range={one} end={most[one.unit] ?? one.high} />
        ))}
      </ul>
      <details className={classes.sources}>
        <summary>{t("sources")}</summary>
        {sources.map((one) => (
          <p key={one.words.fr}>
            {bilingual(one.words)} {one.dated && t("dated", { day: day(one.dated) })}
          </p>
        ))}
      </details>
    </div>
  );
}

function Level({ range, end }: { range: Range; end: number }) {
  const { t } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { euros, euroRange } = useFormats();
  const { from, width, median } = onTrack(range, end);
  return (
    <li>
      <span className={classes.level}>{taxonomy.label("seniority", range.level)}</span>
      <span className={classes.amount}>
        <strong>{euroRange(range.low, range.high)}</strong> {t(`unit.${range.unit}`)}
      </span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.range} style={{ left: `${from}%`, width: `${width}%` }} />
        {median !== null && <span className={classes.median} style={{ left: `${median}%` }} />}
      </span>
      <span className={classes.detail}>
        {range.median !== null && t("median", { amount: euros(range.median) })} {range.assumption && <Tag>{t("assumption")}</Tag>}
        {range.note && <span className={classes.note}>{bilingual(range.note)}</span>}
      </span>
    </li>
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
