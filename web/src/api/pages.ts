import type { UseInfiniteQueryResult } from "@tanstack/react-query";

/** Why a list that comes page by page could not be read so far: its first page, or a further one. What was read stays
 * as it is when a later look at it fails, and nothing is said. */
export const unread = ({ data, error, isFetchNextPageError }: UseInfiniteQueryResult): Error | null =>
  data === undefined || isFetchNextPageError ? error : null;

/** Reads again what could not be read: the further page alone, or everything that is there. */
export const readAgain = ({ isFetchNextPageError, fetchNextPage, refetch }: UseInfiniteQueryResult): void =>
  void (isFetchNextPageError ? fetchNextPage() : refetch());
