import { Button } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Page } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { useFormats } from "@/i18n/format";
import { OneOf } from "@/design/Choices";
import { Chosen } from "./Chosen";
import { Closed } from "./Closed";
import { Filters } from "./Filters";
import { mineQuery } from "@/pages/shared/mine";
import { ProjectRow } from "./ProjectRow";
import classes from "./Projects.module.css";
import { about, awaitsVerification, projectsQuery, useAllConversations } from "./projects";
import { narrowing, ORDERS, paramsOf, searchOf, widened, type Search } from "./search";

/** Every project online, those that fit the reader first; what is looked for is in the address. */
export default function Projects() {
  const { t } = useTranslation(["projects", "common"]);
  const { number } = useFormats();
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => searchOf(params), [params]);
  const query = useInfiniteQuery({ ...projectsQuery(search), placeholderData: keepPreviousData });
  const own = useQuery(mineQuery).data?.value ?? null;
  const { all } = useAllConversations();
  const count = useRef<HTMLHeadingElement>(null);
  const look = (next: Search) => setParams(paramsOf(next), { preventScrollReset: true });
  const projects = query.data?.pages.flatMap((page) => page.projects) ?? [];
  if (awaitsVerification(query.error)) {
    return (
      <Page title={t("title")} lead={t("lead")}>
        <Closed />
      </Page>
    );
  }
  const found = () => {
    if (query.isPending || query.isPlaceholderData) return t("searching");
    if (!query.data) return null;
    return query.hasNextPage ? t("found_more", { number: number(projects.length) }) : t("found", { count: projects.length });
  };
  return (
    <Page title={t("title")} lead={t("lead")} width="wide">
      <div className={classes.columns}>
        <Filters search={search} onChange={look} own={own} />
        <div className={classes.results}>
          <div className={classes.over}>
            <h2 ref={count} tabIndex={-1} className={classes.count}>
              <span role="status">{found()}</span>
            </h2>
            <OneOf
              id="order"
              label={t("order.name")}
              choices={ORDERS.map((value) => ({ value, label: t(`order.${value}`) }))}
              value={search.order}
              onChange={(order) => look({ ...search, order: order as Search["order"] })}
            />
          </div>
          <Chosen
            search={search}
            onChange={(next) => {
              look(next);
              count.current?.focus();
            }}
          />
          {query.isPending && <Loading />}
          {!query.data && query.isError && <Failed error={query.error} retry={() => void query.refetch()} />}
          {query.data && !query.hasNextPage && projects.length === 0 && (
            <Nothing narrowed={narrowing(search) > 0} onWiden={() => look(widened(search))} />
          )}
          <ul className={classes.rows} aria-busy={query.isPlaceholderData}>
            {projects.map((card) => (
              <ProjectRow key={card.project_id} card={card} conversation={about(card.project_id, all)} />
            ))}
          </ul>
          {query.isFetchNextPageError && <Failed error={query.error} />}
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("more", { ns: "common" })}
            </Button>
          )}
        </div>
      </div>
    </Page>
  );
}

function Nothing({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  const { t } = useTranslation("projects");
  if (!narrowed) {
    return (
      <Empty title={t("none.title")}>
        <p>{t("none.what")}</p>
      </Empty>
    );
  }
  return (
    <Empty title={t("none_such.title")} action={<Button onClick={onWiden}>{t("none_such.all")}</Button>}>
      <p>{t("none_such.what")}</p>
    </Empty>
  );
}
