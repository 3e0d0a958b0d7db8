import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, askVersion, type Shape } from "@/api/client";

export type Brief = Shape<"BriefShape">;

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

export const toneOf = (status: Brief["status"]) =>
  (({ live: "good", draft: "warning", returned: "danger" }) as const)[status as "live" | "draft" | "returned"] ?? "plain";
