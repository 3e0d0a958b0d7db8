import { device } from "@/session/device";

const PREFIX = "plot-point-draft";

/** Where a draft of this account is kept. */
export const draftKey = (sub: string | null, name: string) => `${PREFIX}/${sub ?? "nobody"}/${name}`;

/** What is kept of a draft; null where there is nothing that can be read. */
export function readDraft<T>(key: string): T | null {
  try {
    return JSON.parse(device.get(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Keeps a draft; null: nothing of it. On a device that keeps nothing, it lives as long as the page. */
export function keepDraft(key: string, value: unknown): void {
  if (value === null) device.remove(key);
  else device.set(key, JSON.stringify(value));
}

/** Takes away all that an account has begun to write on this device. */
export function forgetDrafts(sub: string | null): void {
  const own = draftKey(sub, "");
  for (const key of device.keys()) if (key.startsWith(own)) device.remove(key);
}

type Shown<T> = (left: T | null) => void;
const forms = new Map<string, Set<Shown<never>>>();

/** Tells a form what is left of its draft when it was sent from another one, or by one that is gone. */
export function followDraft<T>(key: string, shown: Shown<T>): () => void {
  const those = forms.get(key) ?? new Set();
  forms.set(key, those.add(shown as Shown<never>));
  return () => {
    those.delete(shown as Shown<never>);
    if (those.size === 0) forms.delete(key);
  };
}

/** What was sent of a draft: as it stood then, or what stays of it as it stands now (null: nothing). */
export type Gone<T> = T | ((now: T) => T | null);

/** Takes out of a draft what was sent. What was written since stays, and every form that shows it is told. */
export function sentDraft<T>(key: string, now: T, gone: Gone<T>): void {
  const left = typeof gone === "function" ? (gone as (now: T) => T | null)(now) : unlessChanged(now, gone);
  keepDraft(key, left);
  forms.get(key)?.forEach((shown) => (shown as Shown<T>)(left));
}

const unlessChanged = <T>(now: T, sent: T): T | null => (JSON.stringify(now) === JSON.stringify(sent) ? null : now);
