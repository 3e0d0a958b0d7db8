import { useRef } from "react";
import { flushSync } from "react-dom";
import { useShortcuts } from "../useShortcuts";
import type { Draft, Level } from "./verdict";

/** Keys that go from credit to credit, and that settle the one where one is before they go on. Away from any credit they
 * only lead to the first: nothing is settled that one does not look at. `credits`: those that the decision can speak of. */
export function useCreditKeys(credits: readonly string[], draft: Draft | null, setDraft: (change: (before: Draft) => Draft) => void) {
  const list = useRef<HTMLDivElement>(null);
  const choices = (id: string) => `input[name="level-${id}"]`;
  const here = () => credits.find((id) => list.current?.querySelector(`[data-credit="${id}"]:focus-within`));
  const goTo = (id: string | undefined) => {
    if (!id || !list.current) return;
    (list.current.querySelector<HTMLElement>(`${choices(id)}:checked`) ?? list.current.querySelector<HTMLElement>(choices(id)))?.focus();
  };
  const after = (id: string | undefined) => credits[id ? Math.min(credits.indexOf(id) + 1, credits.length - 1) : 0];
  const settle = (level: Level | null) => () => {
    if (!draft || credits.length === 0) return false;
    const now = here();
    const refused = draft.outcome === "refused" && level !== null && level !== "work";
    if (now && !refused) flushSync(() => setDraft((before) => ({ ...before, levels: { ...before.levels, [now]: level } })));
    goTo(refused ? now : after(now));
  };
  useShortcuts({
    s: () => {
      if (!draft || credits.length === 0) return false;
      goTo(after(here()));
    },
    f: settle("function"),
    p: settle("participation"),
    o: settle("work"),
    x: settle(null),
  });
  return list;
}
