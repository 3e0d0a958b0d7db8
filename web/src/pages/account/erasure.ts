import { queryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";
import { hasOwn } from "@/api/me";

export type Erasure = Shape<"ErasureShape">;

const EVERY_MS = 3_000;

/** How far the deletion of one's account has come; null while none was asked for. */
export const erasureQuery = queryOptions({
  queryKey: ["erasure"],
  queryFn: async ({ signal }): Promise<Erasure | null> =>
    (await hasOwn("erasure")) ? ask(api.GET("/me/erasure", { signal })) : null,
  refetchInterval: ({ state }) => (state.data?.state === "under_way" ? EVERY_MS : false),
});
