import { useCallback, useEffect, useRef, useState } from "react";
import { isProblem } from "@/api/problem";
import { mediaTypeOf, post, wrongBeforehand, type FileTypes, type Place } from "./upload";

/** One file on its way. `why`: in the words of whoever refused it, or what failed. */
export interface Upload {
  id: number;
  file: File;
  step: "waiting" | "sending" | "checking" | "refused" | "failed";
  share: number;
  why: { own: "type" | "size" | "empty" } | { said: string } | { error: unknown } | null;
}

export interface Sending<P extends Place> {
  types: FileTypes;
  maximumBytes: number;
  /** Gets a place for the file. The key is the same for every try at the same file, for `Idempotency-Key`. */
  offer: (file: File, mediaType: string, key: string) => Promise<P>;
  /** Says that the file has arrived. What comes back is why it is not kept, in the reader's words; null when it is. */
  confirm: (place: P) => Promise<string | null>;
  /** The file has arrived and was kept. */
  onKept: (file: File) => void;
}

/** Sends files, one after the other. Those that were kept leave the list; the others stay with why, to be tried again or
 * put away. */
export function useUploads<P extends Place>(sending: Sending<P>) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const how = useRef(sending);
  how.current = sending;
  const next = useRef(1);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const under = useRef(new Map<number, { stop: AbortController; offer: Sending<P>["offer"]; key: string; place?: P; sent?: boolean }>());

  const change = useCallback((id: number, to: Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...to } : one)));
  }, []);

  const forget = useCallback((id: number) => {
    under.current.get(id)?.stop.abort();
    under.current.delete(id);
    setUploads((all) => all.filter((one) => one.id !== id));
  }, []);

  const send = useCallback(
    async (id: number, file: File) => {
      const mine = under.current.get(id);
      if (!mine) return;
      const { signal } = mine.stop;
      try {
        change(id, { step: "sending", share: 0, why: null });
        mine.place ??= await mine.offer(file, mediaTypeOf(file.name, how.current.types) ?? "", mine.key);
        if (signal.aborted) return;
        if (!mine.sent) {
          await post(mine.place, file, (share) => change(id, { share }), signal);
          mine.sent = true;
        }
        change(id, { step: "checking", share: 1 });
        const why = await how.current.confirm(mine.place);
        if (signal.aborted) return;
        if (why === null) {
          forget(id);
          how.current.onKept(file);
        } else {
          change(id, { step: "refused", why: { said: why } });
        }
      } catch (error) {
        if (signal.aborted) return;
        // A place that refuses the file would refuse it again: the next try begins anew.
        if (mine.place && !mine.sent && isProblem(error) && error.status >= 400) {
          delete mine.place;
          mine.key = crypto.randomUUID();
        }
        change(id, { step: "failed", why: { error } });
      }
    },
    [change, forget],
  );

  const queue = useCallback(
    (id: number, file: File) => {
      line.current = line.current.then(() => send(id, file));
    },
    [send],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      const fresh = files.map((file): Upload => {
        const own = wrongBeforehand(file, how.current.types, how.current.maximumBytes);
        return { id: next.current++, file, step: own ? "refused" : "waiting", share: 0, why: own && { own } };
      });
      setUploads((all) => [...all, ...fresh]);
      for (const { id, file, step } of fresh) {
        if (step !== "waiting") continue;
        // What is said of the file beside it, its kind for one, is what was said when it was chosen.
        under.current.set(id, { stop: new AbortController(), offer: how.current.offer, key: crypto.randomUUID() });
        queue(id, file);
      }
    },
    [queue],
  );

  const retry = useCallback(
    (id: number, file: File) => {
      change(id, { step: "waiting", why: null });
      queue(id, file);
    },
    [change, queue],
  );

  // Whoever leaves the screen gives up what has not left.
  useEffect(() => {
    const all = under.current;
    return () => all.forEach(({ stop }) => stop.abort());
  }, []);

  const busy = uploads.some(({ step }) => step === "waiting" || step === "sending" || step === "checking");
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [busy]);

  return { uploads, busy, add, retry, forget };
}
