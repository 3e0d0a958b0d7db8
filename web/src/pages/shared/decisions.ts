import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Report = Shape<"MyReportShape">;
export type Measure = Shape<"MyMeasureShape">;

export const reportsQuery = queryOptions({
  queryKey: ["reports"],
  queryFn: ({ signal }) => ask(api.GET("/reports", { signal })),
});

export const measuresQuery = queryOptions({
  queryKey: ["measures"],
  queryFn: ({ signal }) => ask(api.GET("/moderation/mine", { signal })),
});

export const measureQuery = (id: string) =>
  queryOptions({
    queryKey: ["measures", id],
    queryFn: ({ signal }) => ask(api.GET("/moderation/mine/{measure_id}", { params: { path: { measure_id: id } }, signal })),
  });

export const toneOf = (state: Measure["state"]) =>
  (({ in_force: "danger", appealed: "warning", proposed: "warning", lifted: "good" }) as const)[
    state as "in_force" | "appealed" | "proposed" | "lifted"
  ] ?? "plain";
