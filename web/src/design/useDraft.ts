import { useCallback, useEffect, useState } from "react";
import { currentSession } from "@/session/session";

const PREFIX = "plot-point-draft";

/** What somebody is writing, kept on this device until it was sent: it outlives a reload, a crash, a session that ends.
 * Each account has its own; nothing else of the account is kept with it. */
export function useDraft<T>(name: string, initial: T) {
  const key = keyOf(name);
  const [first] = useState(initial);
  const [value, setValue] = useState<T>(() => read(key) ?? initial);
  const [kept, setKept] = useState(() => read(key) !== null);
  useEffect(() => {
    if (kept) localStorage.setItem(key, JSON.stringify(value));
  }, [key, kept, value]);
  return {
    value,
    /** Whether it was found on this device, or has been changed since. */
    kept,
    set: useCallback((next: T | ((before: T) => T)) => {
      setValue(next);
      setKept(true);
    }, []),
    /** It was sent, or given up. */
    clear: useCallback(() => {
      localStorage.removeItem(key);
      setKept(false);
      setValue(first);
    }, [first, key]),
  };
}

/** What was begun under that name and is not sent yet; null for nothing. */
export const begunDraft = <T>(name: string): T | null => read(keyOf(name));

const keyOf = (name: string) => `${PREFIX}/${currentSession().sub ?? "nobody"}/${name}`;

function read<T>(key: string): T | null {
  return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
}
