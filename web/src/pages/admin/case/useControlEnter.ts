import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

/** Ctrl + Enter, or ⌘ + Enter, from anywhere on the screen, a text of that form that is being written too. Not from
 * another form, which is somebody's other sentence, nor under a dialog, unless it is the one that `confirms`. */
export function useControlEnter(act: () => void, { form, confirms }: { form: RefObject<HTMLFormElement | null>; confirms: boolean }): void {
  const now = useRef({ act, confirms });
  useLayoutEffect(() => {
    now.current = { act, confirms };
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!isControlEnter(event) || event.repeat) return;
      const within = event.target instanceof Element ? event.target.closest("form") : null;
      if (within && within !== form.current) return;
      if (!now.current.confirms && document.querySelector("[role=dialog]")) return;
      event.preventDefault();
      now.current.act();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [form]);
}

export const isControlEnter = (event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">) =>
  event.key === "Enter" && (event.ctrlKey || event.metaKey);
