import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { Tone } from "@/design/Notice";
import { conversationQuery, nowStands, type Conversation } from "./conversations";

export interface Said {
  tone: Tone;
  title: string;
  text?: string;
}

/** Says at the head of the screen what has just happened, and brings the reader there. */
export const Tell = createContext<(said: Said) => void>(() => undefined);

/** Whether somebody else's act came first: the screen is then brought up to date by itself. */
export const cameTooLate = (error: unknown) => isProblem(error) && (error.status === 409 || error.status === 412);

/** One act in a conversation, or the one that begins it. What stood in its way because the conversation has changed is
 * told with how it stands. */
export function useAct<Given = void>({ conversation, send, said, sent, done, keeps = () => false }: {
  conversation: Pick<Conversation, "project_id"> & Partial<Pick<Conversation, "conversation_id">>;
  send: (given: Given) => Promise<Conversation>;
  said: (now: Conversation) => string | Omit<Said, "tone">;
  /** It went: called before the conversation is shown as it stands now, which may take the form away. */
  sent?: (given: Given) => void;
  /** It went, or somebody else’s act came first. */
  done?: () => void;
  /** Refusals that the caller deals with. */
  keeps?: (error: unknown) => boolean;
}) {
  const { t } = useTranslation("conversation");
  const cache = useQueryClient();
  const tell = useContext(Tell);
  return useMutation({
    mutationFn: send,
    onSuccess: async (now, given) => {
      sent?.(given);
      done?.();
      await nowStands(cache, now);
      const what = said(now);
      tell({ tone: "good", ...(typeof what === "string" ? { title: what } : what) });
    },
    onError: async (error) => {
      if (!cameTooLate(error) || keeps(error)) return;
      done?.();
      await Promise.all([
        conversation.conversation_id
          ? cache.invalidateQueries({ queryKey: conversationQuery(conversation.conversation_id).queryKey })
          : undefined,
        cache.invalidateQueries({ queryKey: ["conversations"] }),
        cache.invalidateQueries({ queryKey: ["projects", conversation.project_id] }),
      ]);
      tell({ tone: "warning", title: error.message || t("changed.title"), text: t("changed.what") });
    },
  });
}
