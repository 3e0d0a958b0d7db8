import { useSyncExternalStore } from "react";
import { isProblem } from "@/api/problem";
import { channel, tab } from "./device";
import { idp } from "./idp";
import { KEPT } from "./kept";

/** Who is signed in, for this visit: tokens live in the tab (sessionStorage) and in no lasting storage. Another tab of
 * the same browser is given them when it asks, and signs out with this one. */

export type Role = "producer" | "freelancer" | "admin";

/** What an account may have or not. */
export type Own = "company" | "profile" | "erasure";

interface Kept {
  email: string;
  id_token: string;
  access_token?: string;
  refresh_token: string;
  has?: Own[];
}

/** `expired`: somebody was signed in, and must give their password again; what they were writing stays. */
export type State = "restoring" | "out" | "in" | "expired";

export interface Session {
  state: State;
  email: string | null;
  name: string | null;
  sub: string | null;
  /** null: the account has not chosen a side yet. */
  role: Role | null;
}

const others = channel(KEPT);
const ANSWER_WITHIN_MS = 200;

let kept: Kept | null = read();
let state: State = kept ? "in" : others ? "restoring" : "out";
let shown: Session = show();
const listeners = new Set<() => void>();
let renewing: Promise<void> | null = null;

if (others) {
  others.onmessage = ({ data }: MessageEvent<{ kind: "ask" | "out" } | { kind: "session"; kept: Kept }>) => {
    if (data.kind === "ask" && kept && state === "in") others.postMessage({ kind: "session", kept });
    if (data.kind === "session" && state === "restoring") become(data.kept, "in");
    if (data.kind === "out" && kept) become(null, "out");
  };
  if (state === "restoring") {
    others.postMessage({ kind: "ask" });
    setTimeout(() => state === "restoring" && become(null, "out"), ANSWER_WITHIN_MS);
  }
}

function read(): Kept | null {
  return JSON.parse(tab.get(KEPT) ?? "null") as Kept | null;
}

function become(now: Kept | null, as: State): void {
  kept = now;
  state = as;
  if (now) tab.set(KEPT, JSON.stringify(now));
  else tab.remove(KEPT);
  shown = show();
  for (const listener of listeners) listener();
}

function show(): Session {
  const claims = kept ? claimsOf(kept.id_token) : {};
  const groups = claims["cognito:groups"] ?? [];
  const role = groups.includes("admins")
    ? "admin"
    : groups.includes("producers")
      ? "producer"
      : groups.includes("freelancers")
        ? "freelancer"
        : null;
  return { state, email: kept?.email ?? null, name: claims.name ?? null, sub: claims.sub ?? null, role };
}

interface Claims {
  sub?: string;
  name?: string;
  exp?: number;
  "cognito:groups"?: string[];
}

function claimsOf(token: string): Claims {
  const part = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}

export function useSession(): Session {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
    () => shown,
  );
}

export const currentSession = (): Session => shown;

/** The bearer token for a request, renewed when it is about to end. null for whoever is not signed in. */
export async function bearer(): Promise<string | null> {
  if (!kept) return null;
  const ends = claimsOf(kept.id_token).exp;
  if (ends && ends * 1000 - Date.now() < 30_000) await renew().catch(() => undefined);
  return kept?.id_token ?? null;
}

/** Whether the account is known to have that. */
export const hasAlready = (what: Own): boolean => kept?.has?.includes(what) ?? false;

/** What it has is known for the whole session. */
export function noteHas(known: Record<Own, boolean>): void {
  const has = (Object.keys(known) as Own[]).filter((what) => known[what]);
  if (kept) become({ ...kept, has }, state);
}

export async function signIn(email: string, password: string): Promise<void> {
  const given = await idp.signIn(email, password);
  become(
    { email, id_token: given.IdToken, access_token: given.AccessToken, refresh_token: given.RefreshToken ?? "" },
    "in",
  );
}

/** New tokens, which say what has changed about the account. Raises Problem; the session is `expired` when it cannot be
 * renewed any more. */
export function renew(): Promise<void> {
  renewing ??= renewed().finally(() => (renewing = null));
  return renewing;
}

async function renewed(): Promise<void> {
  if (!kept) return;
  const before = kept;
  try {
    const given = await idp.refresh(before.refresh_token);
    become(
      {
        ...before,
        id_token: given.IdToken,
        access_token: given.AccessToken,
        refresh_token: given.RefreshToken ?? before.refresh_token,
      },
      "in",
    );
  } catch (error) {
    if (isProblem(error) && error.status >= 400 && error.status < 500 && error.status !== 429) become(before, "expired");
    throw error;
  }
}

export function signOut(): void {
  become(null, "out");
  others?.postMessage({ kind: "out" });
}

/** Ends every session of the account, on every device. */
export async function signOutEverywhere(): Promise<void> {
  if (!kept?.access_token) await renew();
  if (kept?.access_token) await idp.signOutEverywhere(kept.access_token);
  signOut();
}
