import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, ask, askVersion } from "@/api/client";
import type { Brief } from "@/pages/shared/person/shapes";

export type { Brief };

/** A project of one's own company, with the version that a change of it is made to. */
export const briefQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId],
    queryFn: ({ signal }) =>
      askVersion(api.GET("/briefs/{brief_id}", { params: { path: { brief_id: briefId } }, signal })),
  });

/** The company's projects, those changed last first, page after page. Stale once anything of a project is. */
export const briefsQuery = infiniteQueryOptions({
  queryKey: ["briefs", "of the company"],
  queryFn: ({ signal, pageParam }) =>
    ask(api.GET("/briefs", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.cursor,
});

/** What was written of a project is what every screen of it shows from now on: a reading that was asked for before does
 * not come over it. */
export async function keepBrief(cache: QueryClient, read: { value: Brief; version: string }): Promise<void> {
  const { queryKey } = briefQuery(read.value.brief_id);
  await cache.cancelQueries({ queryKey, exact: true });
  cache.setQueryData(queryKey, (before) => (before && before.value.version > read.value.version ? before : read));
}

/** A project went online as it is now: whom it is shown is worked out anew, and what was read of that holds no more. */
export function chosenAnew(cache: QueryClient, briefId: string): void {
  for (const part of ["matches", "outreach"]) void cache.invalidateQueries({ queryKey: ["briefs", briefId, part] });
}

export const toneOf = (status: Brief["status"]) =>
  (({ live: "good", draft: "warning", returned: "danger" }) as const)[status as "live" | "draft" | "returned"] ?? "plain";
