import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { briefQuery, keepBrief, type Brief } from "./briefs";

const of = (version: number) => ({ value: { brief_id: "x", version } as Brief, version: `"${version}"` });
const { queryKey } = briefQuery("x");

it("keeps what was saved when a reading that began before comes after it", async () => {
  const cache = new QueryClient();
  cache.setQueryData(queryKey, of(3));
  let answer = (_: ReturnType<typeof of>) => {};
  const reading = cache.fetchQuery({ queryKey, queryFn: () => new Promise<ReturnType<typeof of>>((go) => (answer = go)) }).catch(() => null);
  await keepBrief(cache, of(4));
  answer(of(3));
  await reading;
  expect(cache.getQueryData(queryKey)).toEqual(of(4));
});

it("keeps the later of two", async () => {
  const cache = new QueryClient();
  cache.setQueryData(queryKey, of(5));
  await keepBrief(cache, of(4));
  expect(cache.getQueryData(queryKey)).toEqual(of(5));
});
