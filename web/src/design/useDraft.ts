import { useCallback, useEffect, useRef, useState } from "react";
import { currentSession } from "@/session/session";
import { draftKey, followDraft, keepDraft, readDraft, sentDraft, type Gone } from "./drafts";

/** What somebody is writing, kept on this device until it was sent: it outlives a reload, a crash, a session that ends.
 * Each account has its own; nothing else of the account is kept with it. */
export function useDraft<T>(name: string, initial: T) {
  const key = keyOf(name);
  const [first] = useState(initial);
  const [value, setValue] = useState<T>(() => readDraft<T>(key) ?? initial);
  const [kept, setKept] = useState(() => readDraft(key) !== null);
  useEffect(() => {
    if (kept) keepDraft(key, value);
  }, [key, kept, value]);

  // What stands in the form, for an answer that comes later; once the form is gone, what is kept.
  const now = useRef({ value, gone: false });
  now.current.value = value;
  useEffect(() => {
    const shows = now.current;
    shows.gone = false;
    const leave = followDraft<T>(key, (left) => {
      setKept(left !== null);
      setValue(left ?? first);
    });
    return () => {
      leave();
      shows.gone = true;
    };
  }, [key, first]);

  return {
    value,
    /** Whether it was found on this device, or has been changed since. */
    kept,
    set: useCallback((next: T | ((before: T) => T)) => {
      setValue(next);
      setKept(true);
    }, []),
    /** It is given up, or what it was about is settled for good. */
    clear: useCallback(() => {
      keepDraft(key, null);
      setKept(false);
      setValue(first);
    }, [first, key]),
    /** It was sent: what was written since stays. For the `onSuccess` of the mutation itself, which is called when the
     * form is gone too. */
    sent: useCallback(
      (sent: Gone<T>) => sentDraft(key, now.current.gone ? (readDraft<T>(key) ?? first) : now.current.value, sent),
      [first, key],
    ),
  };
}
/** What was begun under that name and is not sent yet; null for nothing. */
export const begunDraft = <T>(name: string): T | null => readDraft<T>(keyOf(name));

const keyOf = (name: string) => draftKey(currentSession().sub, name);
