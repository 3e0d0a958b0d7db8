import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, ask, askVersion, type Shape } from "@/api/client";
import { apiFilter, nextOf, seen, type Filters } from "./queue";

export type Case = Shape<"CaseShape">;
export type CaseSummary = Shape<"CaseSummary">;
export type Decision = Shape<"DecisionShape">;
export type CreditReview = Shape<"CreditReviewShape">;
export type Finding = Shape<"FindingShape">;

/** How often the queue is looked at again while nobody does anything there. */
const LOOK_AGAIN_MS = 60_000;

export const queueQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["admin", "cases", filters],
    queryFn: ({ pageParam, signal }) =>
      ask(api.GET("/verification/cases", { params: { query: { ...apiFilter(filters), cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });

/** The case to look at after that one, as the queue is now; nothing when none of its pages has one. */
export async function soonest(filters: Filters, after: string): Promise<CaseSummary | undefined> {
  let cursor: string | undefined;
  do {
    const page = await ask(api.GET("/verification/cases", { params: { query: { ...apiFilter(filters), cursor } } }));
    const found = nextOf(seen(filters, page.cases), after, new Date());
    if (found) return found;
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return undefined;
}

export const statisticsQuery = queryOptions({
  queryKey: ["admin", "statistics"],
  queryFn: ({ signal }) => ask(api.GET("/verification/statistics", { signal })),
});

const DAY_MS = 86_400_000;
const WEEKS = 13;

/** The same of the last three months, week by week. */
export const weeksQuery = queryOptions({
  queryKey: ["admin", "statistics", "weeks"],
  queryFn: ({ signal }) => {
    const since = new Date(Date.now() - WEEKS * 7 * DAY_MS).toISOString();
    return ask(api.GET("/verification/statistics", { params: { query: { since } }, signal }));
  },
});

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["admin", "case", caseId],
    queryFn: ({ signal }) =>
      askVersion(api.GET("/verification/cases/{case_id}", { params: { path: { case_id: caseId } }, signal })),
  });

/** Takes a case, or an appeal, for half an hour. */
export const claim = ({ case_id, state }: Pick<CaseSummary, "case_id" | "state">) => {
  const params = { path: { case_id } };
  return askVersion(
    state === "appealed" || state === "appeal_review"
      ? api.POST("/verification/cases/{case_id}/appeal/claim", { params })
      : api.POST("/verification/cases/{case_id}/claim", { params }),
  );
};
