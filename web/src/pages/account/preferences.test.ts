import { expect, test } from "vitest";
import { all, differing, kindsOf, wordOf, type Choices } from "./preferences";

const on = { email: true, digest: true };
const off = { email: false, digest: false };
const choices = {
  language: null,
  kinds: {
    ...{ shortlist: on, shortlist_changes: on, contacts: on, answers: off },
    ...{ deadlines: on, projects: on, verification_answers: on, verification_steps: off },
  },
} satisfies Choices;

test("each side is asked about the e-mails that it may get, and no other", () => {
  expect(kindsOf("producer")).not.toContain("projects");
  expect(kindsOf("freelancer")).not.toContain("shortlist");
  expect(kindsOf("admin")).toEqual([]);
  expect(kindsOf(null)).toEqual([]);
});

test("what a side is not asked about stays as it was", () => {
  const changed = all(choices, kindsOf("freelancer"), off);
  expect(changed.kinds.projects).toEqual(off);
  expect(changed.kinds.shortlist).toEqual(on);
  expect(choices.kinds.projects).toEqual(on);
});

test("two channels are told in a word", () => {
  expect([on, off, { email: true, digest: false }, { email: false, digest: true }].map(wordOf)).toEqual([
    "both",
    "neither",
    "email",
    "digest",
  ]);
});

test("only what differs is shown of two sets of choices", () => {
  const theirs = { ...choices, kinds: { ...choices.kinds, contacts: off, shortlist: off } };
  expect(differing(choices, theirs, kindsOf("freelancer"))).toEqual(["contacts"]);
});
