import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { device } from "./device";

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

it("is kept by the device where that can be", () => {
  device.set("a", "1");
  expect(localStorage.getItem("a")).toBe("1");
  localStorage.setItem("a", "2");
  expect(device.get("a")).toBe("2");
  device.remove("a");
  expect([device.get("a"), localStorage.length]).toEqual([null, 0]);
});

it("lives as long as the page where it cannot", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => "an older one",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  });
  device.set("a", "1");
  expect([device.get("a"), device.keys().includes("a")]).toEqual(["1", true]);
  device.remove("a");
  expect(device.keys()).not.toContain("a");
});
