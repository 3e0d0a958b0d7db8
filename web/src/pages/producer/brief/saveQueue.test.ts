import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { mayPass, SaveQueue } from "./saveQueue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that takes one version after the other, as slowly as one lets it. */
function server() {
  const state = { written: "", version: 1, held: "", tried: [] as string[], under_way: 0, most: 0 };
  const answers: (() => void)[] = [];
  const save = async () => {
    const [sent, given] = [state.written, state.version];
    state.tried.push(sent);
    state.most = Math.max(state.most, (state.under_way += 1));
    await new Promise<void>((go) => answers.push(go));
    expect(given).toBe(state.version);
    state.version += 1;
    state.held = sent;
    state.under_way -= 1;
  };
  const answer = async () => {
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { state, save, answer };
}

it("waits for a pause and then sends the last of what was written", async () => {
  const { state, save, answer } = server();
  const queue = new SaveQueue(save, 900);
  for (const letter of "abc") {
    state.written += letter;
    queue.touch();
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(state.tried).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  await answer();
  expect(state.held).toBe("abc");
});

it("never has two saves under way, and each follows the version of the one before", async () => {
  const { state, save, answer } = server();
  const queue = new SaveQueue(save, 900);
  state.written = "first";
  void queue.flush();
  state.written = "second";
  queue.touch();
  await vi.advanceTimersByTimeAsync(900);
  expect(state.tried).toEqual(["first"]);
  await answer();
  await answer();
  expect(state.tried).toEqual(["first", "second"]);
  expect([state.most, state.version, state.held]).toEqual([1, 3, "second"]);
});

it("comes back from a flush once what was written during the save before is through as well", async () => {
  const { state, save, answer } = server();
  const queue = new SaveQueue(save);
  state.written = "first";
  void queue.flush();
  state.written = "second";
  let back = false;
  void queue.flush().then(() => (back = true));
  await answer();
  expect(back).toBe(false);
  await answer();
  expect([back, state.held]).toEqual([true, "second"]);
});

it("waits as long as the server asked for, however much is written meanwhile, unless somebody has it saved now", async () => {
  const { state, save, answer } = server();
  const queue = new SaveQueue(save, 900);
  queue.rest(30_000);
  for (let seconds = 0; seconds < 29; seconds += 1) {
    state.written += "a";
    queue.touch();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(state.tried).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(state.tried).toEqual(["a".repeat(29)]);
  await answer();
  queue.rest(30_000);
  queue.touch();
  void queue.flush();
  expect(state.tried).toHaveLength(2);
  await answer();
});

it.each([
  [new Problem(0, null), true],
  [new Problem(401, null), true],
  [new Problem(429, null), true],
  [new Problem(503, null), true],
  [new Problem(403, null), false],
  [new Problem(422, null), false],
  [new TypeError(), false],
])("knows what may pass by itself: %o", (error, passes) => {
  expect(mayPass(error)).toBe(passes);
});
