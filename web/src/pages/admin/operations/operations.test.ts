import { expect, test } from "vitest";
import { failureFilterOf, searchOf } from "./operations";

test("what is looked for among incidents is the end of an address, and comes back from it", () => {
  const filter = { status: "replayed", consumer: "plan_emails", reason: "not_json" } as const;
  const search = searchOf(filter);
  expect(search.toString()).toBe("status=replayed&consumer=plan_emails&reason=not_json");
  expect(failureFilterOf(search)).toEqual(filter);
});

test("what an address says beside that is nothing", () => {
  const nothing = { status: "parked", consumer: "", reason: "" } as const;
  expect(failureFilterOf(new URLSearchParams("status=lost&consumer=me&reason=x"))).toEqual(nothing);
  expect(searchOf(nothing).toString()).toBe("");
});
