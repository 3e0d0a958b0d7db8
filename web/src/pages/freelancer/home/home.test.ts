import { describe, expect, it } from "vitest";
import type { Alarm, CaseSummary } from "../../shared/verification/cases";
import type { Conversation } from "../../shared/conversations";
import type { ProjectCard } from "../../shared/useProjectWords";
import { asked, AT_ONCE, mayRead, news, ofProfile, owed, standingOf, stepsOf } from "./home";
import type { MyProfile } from "@/pages/shared/mine";

const profile = (changes: Partial<MyProfile> = {}) =>
  ({ status: "verified", pause: null, suspended: false, credits: [], ...changes }) as MyProfile;
const aCase = (changes: Partial<CaseSummary>) =>
  ({ case_id: "1", kind: "profile", state: "verified", outcome: "verified", ...changes }) as CaseSummary;
const talk = (changes: Partial<Conversation>) =>
  ({ state: "interested", answer: null, answer_due_at: "2026-12-08T17:00:00Z", opposite_deleted: false, ...changes }) as Conversation;
const credit = {} as MyProfile["credits"][number];

describe("the first steps", () => {
  it("begin with the profile", () => {
    expect(stepsOf(null, null).map((one) => one.at)).toEqual(["now", "later", "later"]);
  });
  it("go on with credits, then with the verification", () => {
    expect(stepsOf(profile(), null).map((one) => one.at)).toEqual(["done", "now", "later"]);
    expect(stepsOf(profile({ credits: [credit] }), null).map((one) => one.at)).toEqual(["done", "done", "now"]);
  });
  it("lead to the request that was prepared", () => {
    expect(stepsOf(profile(), aCase({ case_id: "7", state: "draft" }))[2]?.to).toBe("/verification/7");
    expect(stepsOf(profile(), aCase({ case_id: "7", state: "refused" }))[2]?.to).toBe("/profile");
  });
});

describe("where a profile stands", () => {
  const pause = { since: "2026-11-01T09:00:00Z", until: null };
  const refused = aCase({ state: "refused", outcome: "refused" });
  it.each([
    ["steps", null, null],
    ["steps", profile({ status: "draft" }), aCase({ state: "draft", outcome: null })],
    ["refused", profile({ status: "draft" }), refused],
    ["submitted", profile({ status: "submitted" }), aCase({ state: "queued", outcome: null })],
    ["suspended", profile({ suspended: true, pause }), null],
    ["paused", profile({ status: "partly_verified", pause }), null],
    ["partly", profile({ status: "partly_verified" }), null],
    [null, profile(), refused],
  ] as const)("is %s", (standing, one, latest) => expect(standingOf(one, latest)).toBe(standing));

  it("opens projects once it is verified, even in part", () => {
    expect([null, profile({ status: "submitted" }), profile({ status: "partly_verified" }), profile()].map(mayRead)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

it("the verification that counts is the latest of the profile that was not taken back", () => {
  const cases = [aCase({ case_id: "3", kind: "credit" }), aCase({ case_id: "2", state: "withdrawn" }), aCase({ case_id: "1" })];
  expect(ofProfile(cases)?.case_id).toBe("1");
  expect(ofProfile([])).toBeNull();
});

it("what was asked is a question on a case and an alarm without a reply", () => {
  const alarms = [{ state: "raised", reply: null }, { state: "raised", reply: {} }, { state: "lifted", reply: null }] as Alarm[];
  const found = asked([aCase({}), aCase({ state: "information_requested" })], alarms);
  expect(found.questions).toHaveLength(1);
  expect(found.alarms).toEqual([alarms[0]]);
});

it("answers that are owed come the soonest due first, and those given or lost do not", () => {
  const soon = talk({ answer_due_at: "2026-12-04T17:00:00Z", state: "revealed" });
  const late = talk({});
  const given = talk({ answer: {} as Conversation["answer"] });
  expect(owed([late, given, talk({ state: "invited" }), talk({ opposite_deleted: true }), talk({ answer_due_at: null }), soon])).toEqual([
    soon,
    late,
  ]);
});

it("projects that were answered or declined are not news; one with a first question only still is", () => {
  const projects = Array.from({ length: AT_ONCE + 3 }, (_, id) => ({ project_id: `${id}` }) as ProjectCard);
  const known = [talk({ project_id: "0", state: "declined" }), talk({ project_id: "1", state: "open" })];
  const shown = news(projects, known).map((one) => one.project_id);
  expect(shown[0]).toBe("1");
  expect(shown).toHaveLength(AT_ONCE);
});
