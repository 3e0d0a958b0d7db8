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
    /** It went to these people: whoever else is ticked stays so. */
    sent(profileIds: readonly string[]): void {
      const left = chosen.filter((one) => !profileIds.includes(one));
      if (left.length) draft.set({ chosen: left, text: "" });
      else draft.clear();
    },
  };
}

export type Invitation = ReturnType<typeof useInvitation>;

/** Asks these people. Sent twice, it asks nobody twice: the API knows whom it asked. */
export function useInviting(briefId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (sent: { profile_ids: string[]; text: string | null }) =>
      ask(api.POST("/briefs/{brief_id}/invitations", { params: { path: { brief_id: briefId } }, body: sent })),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: contactsQuery(briefId).queryKey }),
        cache.invalidateQueries({ queryKey: outreachQuery(briefId).queryKey }),
      ]),
  });
}
