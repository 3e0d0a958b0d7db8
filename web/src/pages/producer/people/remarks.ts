import { useMemo, useSyncExternalStore } from "react";
import { currentSession } from "@/session/session";

export const ASIDE_REASONS = ["none", "works", "level", "dates", "rate", "known", "other"] as const;
export type AsideReason = (typeof ASIDE_REASONS)[number];

/** What somebody keeps to themselves about a person proposed for a project. */
export interface Remark {
  note: string;
  /** Why the person was set aside; null while they are on the list. */
  aside: AsideReason | null;
}

const NOTHING: Remark = { note: "", aside: null };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same account writes in the same place.
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

const read = (key: string) => JSON.parse(localStorage.getItem(key) ?? "{}") as Record<string, Remark>;

/** Remarks on the people of one project: on this device alone, of this account alone, the same in every tab. */
export function useRemarks(briefId: string) {
  const key = `plot-point-draft/${currentSession().sub ?? "nobody"}/remarks/${briefId}`;
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(key));
  const remarks = useMemo(() => JSON.parse(kept ?? "{}") as Record<string, Remark>, [kept]);
  return {
    of: (profileId: string): Remark => remarks[profileId] ?? NOTHING,
    keep(profileId: string, change: Partial<Remark>): void {
      const now = read(key);
      now[profileId] = { ...NOTHING, ...now[profileId], ...change };
      localStorage.setItem(key, JSON.stringify(now));
      for (const listener of listeners) listener();
    },
  };
}

export type Remarks = ReturnType<typeof useRemarks>;
