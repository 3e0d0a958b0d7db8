import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { cameTooLate, Tell } from "../shared/useAct";

/** One step of a decision. Everything under `key` is read again; where somebody else was faster, it is told at the head
 * of the screen, which then shows how things stand, and nothing typed is lost. */
export function useStep<Given, Now>({ key, send, said, done, nowStands }: {
  key: QueryKey;
  send: (given: Given) => Promise<Now>;
  said: (now: Now) => string;
  done?: (now: Now) => void;
  /** How what was acted on stands, in words, once it was read again. */
  nowStands?: () => string | undefined;
}) {
  const { t } = useTranslation("adminModeration");
  const cache = useQueryClient();
  const tell = useContext(Tell);
  return useMutation({
    mutationFn: send,
    onSuccess: async (now) => {
      done?.(now);
      await cache.invalidateQueries({ queryKey: key });
      tell({ tone: "good", title: said(now) });
    },
    onError: async (error) => {
      if (!cameTooLate(error)) return;
      await cache.invalidateQueries({ queryKey: key });
      const state = nowStands?.();
      tell({
        tone: "warning",
        title: error.message || t("changed.title"),
        text: state ? t("changed.now", { state }) : t("changed.what"),
      });
    },
  });
}
