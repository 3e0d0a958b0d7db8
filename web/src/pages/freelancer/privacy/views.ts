import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, ask, type Shape } from "@/api/client";

export type View = Shape<"ViewShape">;
export type Viewer = View["viewer"];

export const viewsQuery = infiniteQueryOptions({
  queryKey: ["views"],
  queryFn: ({ signal, pageParam }) =>
    ask(api.GET("/me/views", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: "",
  getNextPageParam: (page) => page.cursor,
});

/** What was seen, by day: the order of the days, and within one of the projects, stays as it came. */
export function byDay(views: readonly View[]): { day: string; views: View[] }[] {
  const days: { day: string; views: View[] }[] = [];
  for (const view of views) {
    const last = days.at(-1);
    if (last?.day === view.day) last.views.push(view);
    else days.push({ day: view.day, views: [view] });
  }
  return days;
}
