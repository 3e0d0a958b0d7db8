import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type PrivacyNotice = Shape<"PrivacyNoticeShape">;

export const noticeQuery = queryOptions({
  queryKey: ["privacy-notice"],
  queryFn: ({ signal }) => ask(api.GET("/privacy", { signal })),
  staleTime: 3_600_000,
});
