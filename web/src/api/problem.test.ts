import { expect, it, vi } from "vitest";
import { Problem } from "./problem";

const reader = vi.hoisted(() => ({ language: "fr" }));
vi.mock("@/i18n", () => ({ language: () => reader.language }));

const GATEWAY = { status: 429, code: "too_many_requests", title: "Trop de demandes : patientez quelques secondes. / Too many requests: wait a few seconds." };

it("says what the gateway refuses in the reader’s language alone", () => {
  reader.language = "fr";
  expect(new Problem(429, GATEWAY).message).toBe("Trop de demandes\u202f: patientez quelques secondes.");
  reader.language = "en";
  expect(new Problem(429, GATEWAY).message).toBe("Too many requests: wait a few seconds.");
});

it("leaves alone what the API says in one language", () => {
  reader.language = "fr";
  expect(new Problem(409, { code: "wrong_state", title: "Le projet « Nord / Sud » est clos." }).message).toContain("Nord / Sud");
});
