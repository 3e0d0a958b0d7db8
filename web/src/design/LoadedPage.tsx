import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";
import { Page } from "./Page";
import { Loaded } from "./States";

/** A screen that is one thing read from the service. What is read has a page of its own; until it is there, and when it
 * cannot be, this one says where one is and leads back. */
export function LoadedPage<T>({ query, children, ...page }: Omit<ComponentProps<typeof Page>, "children"> & {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return (
    <Page {...page}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  );
}
