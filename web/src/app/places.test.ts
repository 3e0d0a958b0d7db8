import { expect, test } from "vitest";
import { isWithin } from "./places";

test.each([
  ["/", "/", true],
  ["/projects", "/", false],
  ["/projects/x", "/projects", true],
  ["/projects-x", "/projects", false],
  ["/admin/cases/x", "/", true],
  ["/admin/measures", "/admin/moderation", true],
  ["/admin/measures/x", "/admin/moderation", true],
  ["/admin/identity-requests", "/admin/moderation", true],
  ["/admin/alarms", "/admin/moderation", false],
  ["/admin/taxonomy", "/admin/reference", true],
])("%s within %s: %s", (pathname, place, within) => {
  expect(isWithin(pathname, place)).toBe(within);
});
