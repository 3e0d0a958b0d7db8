import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useTranslation } from "react-i18next";
import { isProblem } from "@/api/problem";
import type { Tone } from "@/design/Notice";
import { caseQuery, type Case } from "../cases";

export interface Said {
  tone: Tone;
  title: string;
  text?: string;
}

/** Says at the head of the case what has just happened, and brings the reader there. */
export const Tell = createContext<(said: Said) => void>(() => undefined);

/** Whether the case is not as it was on the screen: it is then shown as it is. */
const hasChanged = (error: unknown) => isProblem(error) && [403, 409, 412].includes(error.status);

/** One act on a case. What stood in its way because the case has changed is told with how it stands. `writes`: whether
 * something that was written goes with it. */
export function useCaseAct<Given = void>({ found, send, said, done, failed, writes = false }: {
  found: Case;
  send: (given: Given) => Promise<{ value: Case; version: string }>;
  said: (now: Case) => string;
  done?: () => void;
  /** The case has changed: what was about to be confirmed is no longer. */
  failed?: () => void;
  writes?: boolean;
}) {
  const { t } = useTranslation("review");
  const cache = useQueryClient();
  const tell = useContext(Tell);
  const { queryKey } = caseQuery(found.case_id);
  return useMutation({
    mutationFn: send,
    onSuccess: (now) => {
      done?.();
      cache.setQueryData(queryKey, now);
      void cache.invalidateQueries({ queryKey: ["admin", "cases"] });
      void cache.invalidateQueries({ queryKey: ["admin", "statistics"] });
      tell({ tone: "good", title: said(now.value) });
    },
    onError: async (error) => {
      if (!hasChanged(error)) return;
      failed?.();
      await cache.invalidateQueries({ queryKey });
      tell({ tone: "warning", title: error.message || t("changed.title"), ...(writes && { text: t("changed.what") }) });
    },
  });
}

/** What a refusal says that is not told at the head of the case. */
export const unsaid = (error: unknown) => (hasChanged(error) ? null : error);
