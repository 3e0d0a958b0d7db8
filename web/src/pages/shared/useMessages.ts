import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messagesQuery, withEarlier, withLatest, type Known } from "./conversations";

/** A conversation's messages: the latest page, read again and again, and those before that were asked for. `since`: when
 * both revealed who they are; what was masked until then is read anew. */
export function useMessages(id: string, since: string | null) {
  const cache = useQueryClient();
  const query = useQuery(messagesQuery(id));
  const [seen, setSeen] = useState<{ page: typeof query.data; since: string | null; known: Known | null }>({ page: undefined, since, known: null });
  if (query.data && (query.data !== seen.page || since !== seen.since)) {
    setSeen({ page: query.data, since, known: withLatest(since === seen.since ? seen.known : null, query.data) });
  }
  return {
    query,
    known: seen.known,
    /** How many messages before those that are known have come. */
    async earlier(): Promise<number> {
      const cursor = seen.known?.cursor;
      if (!cursor) return 0;
      const page = await cache.fetchQuery({ ...messagesQuery(id, cursor), staleTime: 0 });
      setSeen((now) => (now.known?.cursor === cursor ? { ...now, known: withEarlier(now.known, page) } : now));
      return page.messages.length;
    },
  };
}
