import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type Metrics = Shape<"MetricsShape">;
export type Period = Shape<"MetricsPeriodShape">;

/** What is promised to everybody, as it is kept. */
export const metricsQuery = queryOptions({
  queryKey: ["metrics"],
  queryFn: ({ signal }) => ask(api.GET("/metrics", { signal })),
  staleTime: 300_000,
});

export const DELAYS = ["first_proposal", "first_mutual_interest", "engagement"] as const;
export const SHARES = ["answered_in_time", "junior_seats"] as const;

interface Words {
  fr: string;
  en: string;
}

/** One published figure: a delay in seconds or a share in percent, and how many projects or answers it rests on. */
export interface Figure {
  name: (typeof DELAYS)[number] | (typeof SHARES)[number];
  label: Words;
  seconds?: number;
  percent?: number;
}

/** The figures of a period that may be told, delays first. */
export function published(period: Period): Figure[] {
  const delays = DELAYS.map((name): Figure => ({ name, label: period[name].label, seconds: period[name].median_seconds ?? undefined }));
  const shares = SHARES.map((name): Figure => ({ name, label: period[name].label, percent: period[name].percent ?? undefined }));
  return [...delays, ...shares].filter((one) => one.seconds !== undefined || one.percent !== undefined);
}
