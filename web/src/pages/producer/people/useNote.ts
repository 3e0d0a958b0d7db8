import { useEffect, useRef, useState } from "react";
import { api, ask } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useDraft } from "@/design/useDraft";
import { useSession } from "@/session/session";
import { mayPass, SaveQueue } from "../brief/saveQueue";
import { remarkOf } from "./remarkList";
import type { Remarks } from "./remarks";

const TRY_AGAIN_MS = 10_000;

/** What was written and the company does not have yet, with the version of the note that it was written over. */
interface Unsaved {
  text: string;
  over: number;
}

/** The note about somebody as one writes it: on this device at once, with the company a moment later. */
export function useNote(briefId: string, profileId: string, remarks: Remarks) {
  const draft = useDraft<Unsaved | null>(`note/${briefId}/${profileId}`, null);
  const kept = remarks.of(profileId);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [contested, setContested] = useState(false);
  const { state: session } = useSession();
  const lapsed = useRef(false);

  // What a save reads while the note goes on being written.
  const now = useRef({ unsaved: draft.value, contested });
  now.current = { unsaved: draft.value, contested };
  const write = (unsaved: Unsaved | null) => {
    now.current.unsaved = unsaved;
    if (unsaved) draft.set(unsaved);
    else draft.clear();
  };
  const contest = (is: boolean) => {
    now.current.contested = is;
    setContested(is);
  };

  const save = async () => {
    const sent = now.current.unsaved;
    if (!sent || now.current.contested) return;
    setBusy(true);
    setError(null);
    try {
      const remark = await ask(
        api.PUT("/briefs/{brief_id}/matches/{profile_id}/note", {
          params: {
            path: { brief_id: briefId, profile_id: profileId },
            header: sent.over ? { "If-Match": `"${sent.over}"` } : {},
          },
          body: { text: sent.text },
        }),
      );
      await remarks.keep(remark);
      const { unsaved } = now.current;
      // The company has it trimmed: a space at the end stays in the field as long as one may go on from there.
      if (unsaved) write(unsaved.text === (remark.note ?? "") ? null : { text: unsaved.text, over: remark.version });
      setSaved(unsaved?.text === sent.text);
    } catch (refused) {
      if (isProblem(refused) && (refused.status === 412 || refused.status === 428)) {
        const { data, error: unread } = await remarks.query.refetch();
        setError(unread);
        if (unread) return;
        const theirs = remarkOf(data, profileId);
        // Two who wrote the same have nothing to choose.
        if ((theirs.note ?? "") === now.current.unsaved?.text.trim()) write(null);
        else contest(true);
      } else setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const latest = useRef(save);
  latest.current = save;
  const [queue] = useState(() => new SaveQueue(() => latest.current()));
  useEffect(() => {
    if (now.current.unsaved) queue.touch(0); // what was left on this device
    return () => void queue.flush();
  }, [queue]);
  useEffect(() => {
    // Without a session nothing goes through; with the next one it does, at once.
    const again = lapsed.current;
    lapsed.current = session === "expired";
    if (!mayPass(error) || session === "expired") return;
    if (isProblem(error) && error.wait) queue.rest(error.wait * 1000);
    queue.touch(again ? 0 : TRY_AGAIN_MS);
    const online = () => void queue.flush();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [error, session, queue]);

  const text = draft.value?.text ?? kept.note ?? "";
  return {
    text,
    /** `kept`: on this device only, for now. */
    state: busy ? "saving" : error ? "kept" : saved ? "saved" : draft.value ? "unsaved" : "clean",
    error: mayPass(error) ? null : error,
    /** The company's note, when somebody else has written another one meanwhile. */
    theirs: contested ? (kept.note ?? "") : null,
    set(words: string): void {
      setSaved(false);
      write({ text: words, over: now.current.unsaved?.over ?? kept.version });
      queue.touch();
    },
    /** One goes on elsewhere: what is due is saved now. */
    leave(): void {
      if (draft.value?.text.trim() === (kept.note ?? "")) write(null);
      else if (draft.value) void queue.flush();
    },
    keepMine(): void {
      contest(false);
      write({ text, over: kept.version });
      void queue.flush();
    },
    takeTheirs(): void {
      contest(false);
      write(null);
    },
  } as const;
}
