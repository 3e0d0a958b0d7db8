import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { readAgain, unread } from "./pages";

/** A list of pages named 1, 2, 3… that is read, and may be told to fail. */
function list() {
  const asked: string[] = [];
  const line = { up: true };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const observer = new InfiniteQueryObserver(client, {
    queryKey: ["pages"],
    queryFn: ({ pageParam }) => {
      asked.push(pageParam);
      return line.up ? Promise.resolve({ name: pageParam }) : Promise.reject(new Error("no line"));
    },
    initialPageParam: "1",
    getNextPageParam: (last: { name: string }) => (last.name === "1" ? "2" : null),
  });
  const now = () => observer.getCurrentResult() as unknown as Parameters<typeof unread>[0];
  return { asked, line, now, observer };
}

describe("a list that comes page by page", () => {
  it("is unread when its first page failed, and read from the beginning again", async () => {
    const { line, now, observer, asked } = list();
    line.up = false;
    await observer.refetch();
    expect(unread(now())?.message).toBe("no line");
    readAgain(now());
    expect(asked).toEqual(["1", "1"]);
  });

  it("says nothing when a later look at it fails: what was read stays, and is read again as it is", async () => {
    const { line, now, observer, asked } = list();
    await observer.refetch();
    line.up = false;
    await observer.refetch();
    expect(now().isError).toBe(true);
    expect(unread(now())).toBeNull();
    readAgain(now());
    expect(asked).toEqual(["1", "1", "1"]);
  });

  it("asks for the further page alone when that one failed", async () => {
    const { line, now, observer, asked } = list();
    await observer.refetch();
    line.up = false;
    await observer.fetchNextPage();
    expect(unread(now())?.message).toBe("no line");
    readAgain(now());
    expect(asked).toEqual(["1", "2", "2"]);
  });
});
