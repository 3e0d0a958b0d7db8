import { queryOptions } from "@tanstack/react-query";
import { api, askVersion, type Shape } from "@/api/client";

export type Grid = Shape<"GridDocument-Input">;
export type Difference = Shape<"RateDifferenceShape">;
type Versions = Shape<"RateVersionsShape">;

/** The grid in force with its history, or an earlier version; with the version of the one in force. */
export const gridVersionsQuery = (number: number | undefined) =>
  queryOptions({
    queryKey: ["admin", "rates", number ?? null],
    queryFn: ({ signal }): Promise<{ value: Versions; version: string }> =>
      askVersion(api.GET("/admin/rates", { params: { query: { number } }, signal })),
  });
