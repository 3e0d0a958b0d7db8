import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { isProblem } from "@/api/problem";

export type Erasure = Shape<"ErasureShape">;

const EVERY_MS = 3_000;

/** How far the deletion of one's account has come; null while none was asked for. */
export const erasureQuery = queryOptions({
  queryKey: ["erasure"],
  queryFn: ({ signal }): Promise<Erasure | null> =>
    ask(api.GET("/me/erasure", { signal })).catch((error: unknown) => {
      if (isProblem(error) && error.status === 404) return null;
      throw error;
    }),
  refetchInterval: ({ state }) => (state.data?.state === "under_way" ? EVERY_MS : false),
});
