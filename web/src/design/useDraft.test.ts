import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { draftKey, forgetDrafts } from "./drafts";
import { useDraft } from "./useDraft";

const form = () => renderHook(() => useDraft("message/1", { text: "" }));
const written = (shown: ReturnType<typeof form>, text: string) => act(() => shown.result.current.set({ text }));

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

it("is empty once what stands in it was sent", () => {
  const shown = form();
  written(shown, "Bonjour.");
  act(() => shown.result.current.sent({ text: "Bonjour." }));
  expect(shown.result.current.value.text).toBe("");
  expect(shown.result.current.kept).toBe(false);
  expect(form().result.current.value.text).toBe("");
});

it("keeps what was written while it was being sent", () => {
  const shown = form();
  written(shown, "Bonjour.");
  const { sent } = shown.result.current;
  written(shown, "Bonjour. Encore un mot.");
  act(() => sent({ text: "Bonjour." }));
  expect(shown.result.current.value.text).toBe("Bonjour. Encore un mot.");
  expect(form().result.current.value.text).toBe("Bonjour. Encore un mot.");
});

it("leaves nothing on the device when its form was gone before the answer came", () => {
  const shown = form();
  written(shown, "Bonjour.");
  const { sent } = shown.result.current;
  shown.unmount();
  sent({ text: "Bonjour." });
  expect(localStorage.length).toBe(0);
});

it("leaves the form that one came back to meanwhile, with what was written there", () => {
  const first = form();
  written(first, "Bonjour.");
  const { sent } = first.result.current;
  first.unmount();
  const second = form();
  act(() => sent({ text: "Bonjour." }));
  expect(second.result.current.value.text).toBe("");
  written(second, "Autre chose.");
  act(() => sent({ text: "Bonjour." }));
  expect(second.result.current.value.text).toBe("Autre chose.");
});

it("keeps the part that was not sent", () => {
  const shown = form();
  written(shown, "a b");
  act(() => shown.result.current.sent((now) => ({ text: now.text.replace("a ", "") })));
  expect(shown.result.current.value.text).toBe("b");
  expect(form().result.current.value.text).toBe("b");
});

it("goes on where nothing can be kept or what is kept cannot be read", () => {
  localStorage.setItem(draftKey(null, "message/1"), "{broken");
  const shown = form();
  expect(shown.result.current.value.text).toBe("");
  vi.stubGlobal("localStorage", {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  written(shown, "Bonjour.");
  expect(shown.result.current.value.text).toBe("Bonjour.");
});

it("is forgotten with its account, and with no other", () => {
  localStorage.setItem(draftKey("a", "x"), "1");
  localStorage.setItem(draftKey("ab", "x"), "1");
  forgetDrafts("a");
  expect(Object.keys(localStorage)).toEqual([draftKey("ab", "x")]);
});
