import { queryOptions } from "@tanstack/react-query";
import { api, askVersion, type Shape } from "@/api/client";
import type { Role } from "@/session/session";

export type Preferences = Shape<"PreferencesShape">;
export type Kind = keyof Preferences["kinds"];
export type Channels = Preferences["kinds"][Kind];
/** What somebody chooses: what a PUT takes. */
export type Choices = Pick<Preferences, "kinds" | "language">;

export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: ({ signal }) => askVersion(api.GET("/me/preferences", { signal })),
});

const VERIFICATION = ["verification_answers", "verification_steps"] as const;
const KINDS: Record<Role, readonly Kind[]> = {
  producer: ["shortlist", "shortlist_changes", "contacts", "answers", "deadlines", ...VERIFICATION],
  freelancer: ["projects", "contacts", "answers", ...VERIFICATION],
  admin: [],
};

/** The e-mails that an account of that side may get, those that matter most first. */
export const kindsOf = (role: Role | null): readonly Kind[] => (role ? KINDS[role] : []);

/** The same choices with all of these kinds by those channels. */
export function all(choices: Choices, kinds: readonly Kind[], channels: Channels): Choices {
  return { ...choices, kinds: { ...choices.kinds, ...Object.fromEntries(kinds.map((kind) => [kind, channels])) } };
}

/** Which of the four words tells by which channels something comes. */
export const wordOf = ({ email, digest }: Channels) =>
  email ? (digest ? "both" : "email") : digest ? "digest" : "neither";

/** The kinds about which two sets of choices differ. */
export function differing(mine: Choices, theirs: Choices, kinds: readonly Kind[]): Kind[] {
  return kinds.filter((kind) => wordOf(mine.kinds[kind]) !== wordOf(theirs.kinds[kind]));
}
