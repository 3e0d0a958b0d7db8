import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { readAgain } from "@/api/pages";
import { Section } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { Tags } from "@/design/Tag";
import { useFormats } from "@/i18n/format";
import { byDay, viewsQuery, type View } from "./views";
import classes from "./Privacy.module.css";

/** To whom one's profile was given, by day and project. Whoever they are is told only after the reveal. */
export function Views() {
  const { t } = useTranslation("visibility");
  const { t: common } = useTranslation();
  const { day } = useFormats();
  const query = useInfiniteQuery(viewsQuery);
  const all = query.data?.pages.flatMap((page) => page.views) ?? [];
  return (
    <Section title={t("views.title")} hint={t("views.hint")} id="views">
      {query.isPending && <Loading />}
      {query.data && all.length === 0 && (
        <Empty
          title={t("views.none")}
          action={
            <Button component={Link} to="/profile" variant="default">
              {t("views.complete")}
            </Button>
          }
        >
          <p>{t("views.none_what")}</p>
        </Empty>
      )}
      {byDay(all).map((one) => (
        <section key={one.day} className={classes.day}>
          <h3>{day(one.day)}</h3>
          <ul className={classes.list}>
            {one.views.map((view, index) => (
              <OneView key={index} view={view} />
            ))}
          </ul>
        </section>
      ))}
      {query.isError && <Failed error={query.error} retry={() => readAgain(query)} />}
      {query.hasNextPage && !query.isError && (
        <Button variant="default" mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {common("more")}
        </Button>
      )}
    </Section>
  );
}

function OneView({ view: { viewer, shown } }: { view: View }) {
  const { t } = useTranslation("visibility");
  const project = viewer.code_name ?? t("views.gone");
  return (
    <li>
      <span className={classes.who}>
        {viewer.project_id ? <Link to={`/projects/${viewer.project_id}`}>{project}</Link> : project}
        {viewer.company && <small>{viewer.company}</small>}
      </span>
      <Tags label={t("views.seen")} items={shown.map((one) => t(`views.shown.${one}`))} />
    </li>
  );
}
