import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failed, Loading } from "@/design/States";

interface Props<Page, Item> {
  query: UseInfiniteQueryResult<InfiniteData<Page>>;
  items: (page: Page) => readonly Item[];
  /** What is shown while there is none at all. */
  empty: ReactNode;
  children: (all: Item[]) => ReactNode;
}

/** A list that comes page by page: on its way, failed, empty, or there with what asks for more. A page may hold nothing
 * while there are others. */
export function Paged<Page, Item>({ query, items, empty, children }: Props<Page, Item>) {
  const { t } = useTranslation();
  if (!query.data) return query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : <Loading />;
  const all = query.data.pages.flatMap(items);
  return (
    <>
      {all.length > 0 && children(all)}
      {all.length === 0 && !query.hasNextPage && empty}
      {query.isError && <Failed error={query.error} retry={() => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())} />}
      {query.hasNextPage && !query.isError && (
        <Button variant="default" mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
