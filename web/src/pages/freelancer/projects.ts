import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, ask, type Shape } from "@/api/client";
import { readAgain, unread } from "@/api/pages";
import { isProblem } from "@/api/problem";
import { conversationsQuery, type Conversation } from "../shared/conversations";
import type { ProjectCard } from "../shared/useProjectWords";
import { asked, type Search } from "./search";

export type Fit = Shape<"FitShape">;

export const projectsQuery = (search: Search) =>
  infiniteQueryOptions({
    queryKey: ["projects", "list", search],
    queryFn: ({ pageParam, signal }) => ask(api.GET("/projects", { params: { query: asked(search, pageParam) }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.cursor,
  });

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ["projects", id],
    queryFn: ({ signal }) => ask(api.GET("/projects/{project_id}", { params: { path: { project_id: id } }, signal })),
  });

/** Why one's own profile has the place that it has for a project. */
export const fitQuery = (id: string) =>
  queryOptions({
    queryKey: ["projects", id, "fit"],
    queryFn: ({ signal }) => ask(api.GET("/projects/{project_id}/fit", { params: { path: { project_id: id } }, signal })),
    staleTime: 60_000,
  });

/** Whether projects are closed to the reader until their profile is verified. */
export const awaitsVerification = (error: unknown) => isProblem(error) && error.code === "profile_not_verified";

/** All of one's own conversations, read to the last page: `complete` once there are no more, and from then on, whatever
 * a later look at them brings: what is being written beside them stays where it is. */
export function useAllConversations() {
  const query = useInfiniteQuery(conversationsQuery);
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  return {
    all: query.data?.pages.flatMap((page) => page.conversations) ?? [],
    complete: query.data !== undefined && !hasNextPage,
    error: unread(query),
    retry: () => readAgain(query),
  };
}

/** The answer that the reader has still to give to a project, with the last day on which it is of use: the invitation's
 * own where there is one, else the card's; null for as soon as possible. Nothing once it was given. */
export function replyOf(card: ProjectCard, conversation: Conversation | undefined): { day: string | null } | null {
  if (!card.live || (conversation && conversation.state !== "open" && conversation.state !== "invited")) return null;
  return { day: conversation?.reply_by ?? card.reply_by };
}

/** The conversation about a project. There is at most one of each freelancer. */
export const about = (projectId: string, all: readonly Conversation[]) => all.find((one) => one.project_id === projectId);
