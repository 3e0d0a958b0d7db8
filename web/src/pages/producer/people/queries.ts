import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Shortlist = Shape<"MatchesShape">;
export type Match = Shape<"MatchShape">;
export type Why = Shape<"WhyShape">;
export type Outreach = Shape<"OutreachShape">;

/** Whoever reads a shortlist is noted for the people on it, so nothing here asks again without a reason to. */
const ONCE = { staleTime: 60_000, refetchOnWindowFocus: false } as const;

export const shortlistQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "matches"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/matches", { params: { path: { brief_id: briefId } }, signal })),
    ...ONCE,
  });

/** Why somebody has the place that they have, or none, and what would change it. */
export const whyQuery = (briefId: string, profileId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "matches", profileId],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/briefs/{brief_id}/matches/{profile_id}", {
          params: { path: { brief_id: briefId, profile_id: profileId } },
          signal,
        }),
      ),
    ...ONCE,
  });

export const profileQuery = (profileId: string) =>
  queryOptions({
    queryKey: ["profiles", profileId],
    queryFn: ({ signal }) =>
      ask(api.GET("/profiles/{profile_id}", { params: { path: { profile_id: profileId } }, signal })),
    ...ONCE,
  });

/** Everyone the project is in touch with. */
export const contactsQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "conversations"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/conversations", { params: { path: { brief_id: briefId } }, signal })),
  });

export const outreachQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId, "outreach"],
    queryFn: ({ signal }) =>
      ask(api.GET("/briefs/{brief_id}/outreach", { params: { path: { brief_id: briefId } }, signal })),
  });
