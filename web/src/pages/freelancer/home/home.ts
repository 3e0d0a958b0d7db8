import { mayAnswer, type Alarm, type CaseSummary } from "../../shared/verification/cases";
import type { Conversation } from "../../shared/conversations";
import type { ProjectCard } from "../../shared/useProjectWords";
import type { MyProfile } from "@/pages/shared/mine";

export interface Step {
  name: "profile" | "credits" | "submit";
  at: "done" | "now" | "later";
  to: string;
}

/** What somebody does before they may be proposed, and how far they have come. */
export function stepsOf(profile: Pick<MyProfile, "credits"> | null, latest: CaseSummary | null): Step[] {
  const done = { profile: profile !== null, credits: (profile?.credits.length ?? 0) > 0, submit: false };
  const to = {
    profile: "/profile",
    credits: "/profile/credits/new",
    submit: latest?.state === "draft" ? `/verification/${latest.case_id}` : "/profile",
  };
  const names = ["profile", "credits", "submit"] as const;
  const now = names.find((name) => !done[name]);
  return names.map((name) => ({ name, at: done[name] ? "done" : name === now ? "now" : "later", to: to[name] }));
}

/** The verification of one's profile that counts: the latest, of those that were not taken back. The list is given the
 * latest first. */
export const ofProfile = (cases: readonly CaseSummary[]): CaseSummary | null =>
  cases.find((one) => one.kind === "profile" && one.state !== "withdrawn" && one.state !== "expired") ?? null;

/** What of one's profile is to be known or done before anything else; null where all is well. `steps`: it has never
 * been submitted. */
export type Standing = "steps" | "suspended" | "paused" | "refused" | "submitted" | "partly" | null;

export function standingOf(
  profile: Pick<MyProfile, "status" | "pause" | "suspended"> | null,
  latest: CaseSummary | null,
): Standing {
  if (profile?.suspended) return "suspended";
  if (profile === null) return "steps";
  if (profile.status === "draft") return latest?.outcome === "refused" ? "refused" : "steps";
  if (profile.status === "submitted") return latest?.outcome === "refused" ? "refused" : "submitted";
  if (profile.pause) return "paused";
  return profile.status === "partly_verified" ? "partly" : null;
}

/** Whether projects are open to whoever has this profile. */
export const mayRead = (profile: Pick<MyProfile, "status"> | null) =>
  profile?.status === "verified" || profile?.status === "partly_verified";

/** What was asked about one's own cases, and alarms that one has not answered yet. */
export const asked = (cases: readonly CaseSummary[], alarms: readonly Alarm[]) => ({
  questions: cases.filter((one) => one.state === "information_requested"),
  alarms: alarms.filter(mayAnswer),
});

/** The answers that one is owed, the soonest due first. */
export const owed = (conversations: readonly Conversation[]): (Conversation & { answer_due_at: string })[] =>
  conversations
    .filter(
      (one): one is Conversation & { answer_due_at: string } =>
        one.answer_due_at !== null && !one.answer && !one.opposite_deleted && (one.state === "interested" || one.state === "revealed"),
    )
    .sort((a, b) => a.answer_due_at.localeCompare(b.answer_due_at));

/** So many projects are proposed at once on the start page. */
export const AT_ONCE = 4;

/** Projects that are new to somebody: those that they have not been invited to or answered already. */
export function news(projects: readonly ProjectCard[], conversations: readonly Conversation[]): ProjectCard[] {
  const known = new Set(conversations.filter((one) => one.state !== "open").map((one) => one.project_id));
  return projects.filter((one) => !known.has(one.project_id)).slice(0, AT_ONCE);
}
