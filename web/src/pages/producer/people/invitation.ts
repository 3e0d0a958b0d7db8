import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask } from "@/api/client";
import { useDraft } from "@/design/useDraft";
import { contactsQuery, outreachQuery } from "./queries";

interface Written {
  chosen: string[];
  text: string;
}

/** Whom one has ticked for a project and what one writes to them: the same on every screen of it. */
export function useInvitation(briefId: string) {
  const draft = useDraft<Written>(`invitation/${briefId}`, { chosen: [], text: "" });
  const { chosen, text } = draft.value;
  return {
    chosen,
    text,
    choose(profileId: string, on: boolean): void {
      draft.set((before) => ({
        ...before,
        chosen: on ? [...before.chosen.filter((one) => one !== profileId), profileId] : before.chosen.filter((one) => one !== profileId),
      }));
    },
    chooseNobody: () => draft.set((before) => ({ ...before, chosen: [] })),
    write: (words: string) => draft.set((before) => ({ ...before, text: words })),
    /** It went to these people: whoever else is ticked stays so, and what was written since. */
    sent: (to: readonly string[], text: string) => draft.sent((now) => leftAfter(now, to, text)),
  };
}

/** What stays of an invitation that went to these people with this text; null for nothing. */
export function leftAfter(now: Written, to: readonly string[], text: string): Written | null {
  const left = { chosen: now.chosen.filter((one) => !to.includes(one)), text: now.text === text ? "" : now.text };
  return left.chosen.length > 0 || left.text ? left : null;
}

export type Invitation = ReturnType<typeof useInvitation>;

interface Asked {
  to: string[];
  /** As it was written. */
  text: string;
  /** Of those it goes to. */
  names: string;
}

/** Asks these people. Sent twice, it asks nobody twice: the API knows whom it asked. `onSent` comes before the screen
 * shows whom it went to, which may take the form away. */
export function useInviting(briefId: string, onSent: (asked: Asked) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ to, text }: Asked) =>
      ask(
        api.POST("/briefs/{brief_id}/invitations", {
          params: { path: { brief_id: briefId } },
          body: { profile_ids: to, text: text.trim() === "" ? null : text },
        }),
      ),
    onSuccess: (_, asked) => {
      onSent(asked);
      return Promise.all([
        cache.invalidateQueries({ queryKey: contactsQuery(briefId).queryKey }),
        cache.invalidateQueries({ queryKey: outreachQuery(briefId).queryKey }),
      ]);
    },
  });
}
