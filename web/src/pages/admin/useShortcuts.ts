import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { device } from "@/session/device";

const KEPT = "plot-point-shortcuts";
const listeners = new Set<() => void>();
const on = () => device.get(KEPT) !== "off";

/** Whether single keys do something: whoever speaks to their computer, or touches keys by accident, turns them off
 * (WCAG 2.1.4). Kept on this device. */
export function useShortcutsOn(): [boolean, (on: boolean) => void] {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, on);
  return [
    now,
    (wanted) => {
      device.set(KEPT, wanted ? "on" : "off");
      for (const listener of listeners) listener();
    },
  ];
}

/** Whether what is typed there is text, or moves a choice. */
const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button])"));

/** The figure that is printed on the key: a French keyboard types « & » with the 1 unless Shift is held. */
const digitOf = ({ code, shiftKey }: KeyboardEvent) => (shiftKey ? "" : (/^Digit([1-9])$/.exec(code)?.[1] ?? ""));

/** What single keys do on this screen: nothing while somebody writes, nor under a dialog. A key that did nothing
 * (`false`) is left to the browser. */
export function useShortcuts(keys: Record<string, () => void | false>): void {
  const [active] = useShortcutsOn();
  const now = useRef(keys);
  useLayoutEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isWriting(event.target) || document.querySelector("[role=dialog]")) return;
      const act = now.current[event.key] ?? now.current[digitOf(event)];
      if (act && act() !== false) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [active]);
}
