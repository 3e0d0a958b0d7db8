import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTaxonomy } from "@/api/taxonomy";
import { Page, Section } from "@/design/Page";
import { Loaded, Loading } from "@/design/States";
import { useBilingual, useFormats } from "@/i18n/format";
import { byRole, ends, minimaOf, ratesQuery, type Grid } from "@/pages/public/grid";
import { ObservedRates } from "@/pages/public/ObservedRates";
import { Minima } from "@/pages/public/RatesMinima";
import { RoleRanges } from "@/pages/public/RoleRanges";
import { mineQuery, type MyProfile } from "@/pages/shared/mine";
import classes from "./MyRates.module.css";
import { OwnCost } from "./OwnCost";

/** What is usual in one's own roles at one's own level, what binds employers, and what one needs oneself. */
export default function MyRates() {
  const { t } = useTranslation("myRates");
  const { t: common } = useTranslation();
  const grid = useQuery(ratesQuery);
  const mine = useQuery(mineQuery);
  const { ready } = useTaxonomy();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button variant="default" onClick={() => window.print()}>
          {common("print")}
        </Button>
      }
    >
      <Loaded query={grid}>
        {(grid) => (
          <>
            {ready ? <Loaded query={mine}>{(held) => <Marks grid={grid} profile={held?.value ?? null} />}</Loaded> : <Loading />}
            <OwnCost grid={grid} />
            {ready && (
              <Minima
                label={grid.minima.label}
                groups={minimaOf(grid, mine.data?.value.roles ?? null)}
                agreements={grid.minima.agreements}
              />
            )}
            <p>
              <Link to="/rates">{t("whole")}</Link>
            </p>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Marks({ grid, profile }: { grid: Grid; profile: MyProfile | null }) {
  const { t } = useTranslation("myRates");
  const { t: rates } = useTranslation("rates");
  const taxonomy = useTaxonomy();
  const bilingual = useBilingual();
  const { day } = useFormats();
  const most = ends(grid);
  const shown = byRole(grid).filter((one) => profile === null || profile.roles.includes(one.role));
  return (
    <>
      <Section
        plain
        title={profile ? t("ranges", { count: profile.roles.length }) : t("every_range")}
        hint={`${bilingual(grid.label)}. ${bilingual(grid.basis)}. ${rates("over", { day: day(grid.as_of), version: grid.version })}`}
      >
        <OwnPrice profile={profile} />
        {shown.map((one) => {
          const level = profile?.levels[one.role];
          return <RoleRanges key={one.role} {...one} most={most} own={level ? { level, words: t("your_level") } : undefined} />;
        })}
        {shown.some(({ ranges }) => ranges.some((one) => one.assumption)) && <p className={classes.quiet}>{rates("assumed")}</p>}
      </Section>
      {profile && (
        <Section plain title={rates("observed")}>
          {profile.roles.map((role) => (
            <div key={role} className={classes.observed}>
              {profile.roles.length > 1 && <h3>{taxonomy.label("roles", role)}</h3>}
              <ObservedRates role={role} />
            </div>
          ))}
        </Section>
      )}
    </>
  );
}

/** What one asks today, beside the marks and not judged by them. */
function OwnPrice({ profile }: { profile: MyProfile | null }) {
  const { t } = useTranslation("myRates");
  const { euros, euroRange } = useFormats();
  const asked = profile?.day_rate;
  const amount = asked && (asked.min === asked.max ? euros(asked.min) : euroRange(asked.min, asked.max));
  return (
    <p className={classes.asked}>
      {profile === null ? t("no_profile") : amount ? t("asked", { amount }) : t("not_asked")}{" "}
      <Link to="/profile" data-screen-only>
        {profile === null ? t("begin") : amount ? t("change") : t("add")}
      </Link>
    </p>
  );
}
