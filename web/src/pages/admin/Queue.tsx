import { Button, NativeSelect } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Notice, Refusal } from "@/design/Notice";
import { Page } from "@/design/Page";
import { Empty, Failed, Loading } from "@/design/States";
import { useBilingual } from "@/i18n/format";
import { caseQuery, claim, queueQuery, soonest, statisticsQuery, type CaseSummary } from "./cases";
import { Figures } from "./Figures";
import { filtersOf, KINDS, mayClaim, ROUTES, searchOf, seen, STATES, VIEWS, type Filters, type View } from "./queue";
import classes from "./Queue.module.css";
import { QueueRow } from "./QueueRow";
import { Shortcuts } from "./Shortcuts";
import { useShortcuts } from "./useShortcuts";

/** What administrators have to look at, the soonest due first. */
export default function Queue() {
  const { t } = useTranslation("queue");
  const both = useBilingual();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [search] = useSearchParams();
  const filters = filtersOf(search);
  const queue = useInfiniteQuery(queueQuery(filters));
  const statistics = useQuery(statisticsQuery);
  const list = useRef<HTMLUListElement>(null);
  const first = useRef<HTMLSelectElement>(null);
  const cases = seen(filters, queue.data?.pages.flatMap((page) => page.cases) ?? []);
  const shortage = queue.data?.pages[0]?.shortage;

  // A page of a filtered list may hold nothing though the next one does.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  const searching = cases.length === 0 && hasNextPage;
  useEffect(() => {
    if (searching && !isFetchingNextPage && !queue.isError) void fetchNextPage();
  }, [searching, isFetchingNextPage, queue.isError, fetchNextPage]);

  const open = ({ case_id }: CaseSummary) => navigate(`/admin/cases/${case_id}`, { state: { queue: searchOf(filters) } });
  const take = useMutation({
    mutationFn: claim,
    onSuccess: (taken) => {
      cache.setQueryData(caseQuery(taken.value.case_id).queryKey, taken);
      void cache.invalidateQueries({ queryKey: ["admin", "cases"] });
      void open(taken.value);
    },
    onError: () => void cache.invalidateQueries({ queryKey: ["admin", "cases"] }),
  });
  const next = useMutation({
    mutationFn: () => soonest(filters, ""),
    onSuccess: (found) => (found ? open(found) : undefined),
  });
  const rows = () => [...(list.current?.querySelectorAll<HTMLAnchorElement>("a[data-case]") ?? [])];
  const reached = () => list.current?.querySelector("li:focus-within a[data-case]") as HTMLAnchorElement | null;
  const move = (by: 1 | -1) => {
    const all = rows();
    const now = reached();
    all[now ? Math.min(Math.max(all.indexOf(now) + by, 0), all.length - 1) : 0]?.focus();
  };
  // The arrows scroll the page as long as nobody is in the list.
  const arrow = (by: 1 | -1) => (reached() ? move(by) : false);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => arrow(1),
    ArrowUp: () => arrow(-1),
    n: () => next.mutate(),
    "/": () => first.current?.focus(),
    c: () => {
      const one = cases.find(({ case_id }) => case_id === reached()?.dataset["case"]);
      if (one && mayClaim(one, new Date())) take.mutate(one);
    },
  });

  return (
    <Page
      title={t("title")}
      lead={<p>{t("lead")}</p>}
      actions={
        <>
          <Button loading={next.isPending} onClick={() => next.mutate()} disabled={cases.length === 0}>
            {t("next")}
          </Button>
          <Shortcuts />
        </>
      }
    >
      <Figures query={statistics} />
      <Views filters={filters} />
      <Filtering filters={filters} first={first} />
      <Refusal error={take.error ?? next.error} />
      {next.isSuccess && !next.data && (
        <Notice live>
          <p>{t("no_next")}</p>
        </Notice>
      )}
      {shortage && (
        <Notice tone="warning" title={t("shortage")}>
          <p>{both(shortage.message)}</p>
        </Notice>
      )}
      {(queue.isPending || (searching && !queue.isError)) && <Loading />}
      {queue.isError && cases.length === 0 && <Failed error={queue.error} retry={() => void queue.refetch()} />}
      {queue.isSuccess && !searching && cases.length === 0 && <Nothing filters={filters} />}
      {cases.length > 0 && (
        <ul ref={list} className={classes.rows} aria-label={t("list")} role="list">
          {cases.map((one) => (
            <QueueRow
              key={one.case_id}
              one={one}
              search={searchOf(filters)}
              taking={take.isPending && take.variables.case_id === one.case_id}
              onTake={() => take.mutate(one)}
            />
          ))}
        </ul>
      )}
      {cases.length > 0 && hasNextPage && <More loading={isFetchingNextPage} more={() => void fetchNextPage()} />}
    </Page>
  );
}

function More({ loading, more }: { loading: boolean; more: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" mt="lg" loading={loading} onClick={more}>
      {t("more")}
    </Button>
  );
}

function Nothing({ filters }: { filters: Filters }) {
  const { t } = useTranslation("queue");
  if (searchOf(filters) === "") {
    return (
      <Empty title={t("empty.title")}>
        <p>{t("empty.what")}</p>
      </Empty>
    );
  }
  return (
    <Empty
      title={t("none.title")}
      action={
        <Button component={Link} to="/" variant="default">
          {t("none.all")}
        </Button>
      }
    >
      <p>{t("none.what")}</p>
    </Empty>
  );
}

function Views({ filters }: { filters: Filters }) {
  const { t } = useTranslation("queue");
  const now = searchOf(filters);
  return (
    <nav aria-label={t("views")} className={classes.views}>
      {(Object.keys(VIEWS) as View[]).map((view) => {
        const to = searchOf(VIEWS[view]);
        return (
          <Link key={view} to={{ pathname: "/", search: to }} aria-current={to === now ? "page" : undefined}>
            {t(`view.${view}`)}
          </Link>
        );
      })}
    </nav>
  );
}

function Filtering({ filters, first }: { filters: Filters; first: React.Ref<HTMLSelectElement> }) {
  const { t } = useTranslation("queue");
  const navigate = useNavigate();
  const choose = (name: "kind" | "route" | "state", value: string) =>
    void navigate({ pathname: "/", search: searchOf(filtersOf(new URLSearchParams({ ...filters, [name]: value }))) }, { replace: true });
  return (
    <div role="group" aria-label={t("filters")} className={classes.filters}>
      <NativeSelect
        ref={first}
        label={t("filter.kind")}
        value={filters.kind ?? ""}
        onChange={(event) => choose("kind", event.currentTarget.value)}
        data={[{ value: "", label: t("any.kind") }, ...KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))]}
      />
      <NativeSelect
        label={t("filter.state")}
        value={filters.state ?? ""}
        onChange={(event) => choose("state", event.currentTarget.value)}
        data={[{ value: "", label: t("any.state") }, ...STATES.map((one) => ({ value: one, label: t(`state.${one}`) }))]}
      />
      <NativeSelect
        label={t("filter.route")}
        value={filters.route ?? ""}
        onChange={(event) => choose("route", event.currentTarget.value)}
        data={[{ value: "", label: t("any.route") }, ...ROUTES.map((one) => ({ value: one, label: t(`route.${one}`) }))]}
      />
    </div>
  );
}
