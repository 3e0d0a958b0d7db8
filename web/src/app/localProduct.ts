import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";

interface Account {
  email: string;
  [more: string]: unknown;
}

/** The accounts that may be tried on a product of one machine; null anywhere else, where they do not exist. */
export interface LocalProduct {
  password: string;
  producers: Account[];
  freelancers: Account[];
  administrators: Account[];
}

/** Names that never lead off a machine (RFC 6761). */
const STAYS_HERE = /^(127\.0\.0\.1|localhost|.+\.(localhost|test))$/;

const localQuery = queryOptions({
  queryKey: ["local"],
  enabled: STAYS_HERE.test(location.hostname),
  staleTime: Infinity,
  retry: false,
  queryFn: async () => {
    const answer = await fetch("/local/accounts.json");
    return answer.ok ? ((await answer.json()) as LocalProduct) : null;
  },
});

/** Asked for before the first screen is there, so that it comes whole. */
export async function askForLocalProduct(queries: QueryClient): Promise<void> {
  if (localQuery.enabled) await queries.prefetchQuery(localQuery);
}

export function useLocalProduct(): LocalProduct | null {
  return useQuery(localQuery).data ?? null;
}
