import { expect, it } from "vitest";
import { leftAfter } from "./invitation";

it("leaves nothing of an invitation that went as it was written", () => {
  expect(leftAfter({ chosen: ["a", "b"], text: "Bonjour." }, ["a", "b"], "Bonjour.")).toBeNull();
});

it("leaves whom one ticked and what one wrote while it was being sent", () => {
  expect(leftAfter({ chosen: ["a", "c"], text: "Bonjour." }, ["a"], "Bonjour.")).toEqual({ chosen: ["c"], text: "" });
  expect(leftAfter({ chosen: ["a"], text: "Bonjour. Et aussi." }, ["a"], "Bonjour.")).toEqual({ chosen: [], text: "Bonjour. Et aussi." });
});
