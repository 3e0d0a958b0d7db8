import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messagesQuery, withEarlier, withLatest, type Known } from "./conversations";

/** A conversation's messages: the latest page, read again and again, and those before that were asked for. */
export function useMessages(id: string) {
  const cache = useQueryClient();
  const query = useQuery(messagesQuery(id));
  const [seen, setSeen] = useState<{ page: typeof query.data; known: Known | null }>({ page: undefined, known: null });
  if (query.data && query.data !== seen.page) {
    setSeen({ page: query.data, known: withLatest(seen.known, query.data) });
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
