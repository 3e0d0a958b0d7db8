import { queryOptions } from "@tanstack/react-query";
import { api, ask, askVersion, type Shape } from "@/api/client";

export type Brief = Shape<"BriefShape">;

/** A project of one's own company, with the version that a change of it is made to. */
export const briefQuery = (briefId: string) =>
  queryOptions({
    queryKey: ["briefs", briefId],
    queryFn: ({ signal }) =>
      askVersion(api.GET("/briefs/{brief_id}", { params: { path: { brief_id: briefId } }, signal })),
  });

/** The company's projects, those changed last first. */
export const briefsQuery = queryOptions({
  queryKey: ["briefs"],
  queryFn: ({ signal }) => ask(api.GET("/briefs", { signal })),
});

export const toneOf = (status: Brief["status"]) =>
  (({ live: "good", draft: "warning", returned: "danger" }) as const)[status as "live" | "draft" | "returned"] ?? "plain";
