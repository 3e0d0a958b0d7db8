import { useRef } from "react";

/** A key for `Idempotency-Key`: the same for every try at the same thing, another once it was done or changed. */
export function useOnce() {
  const last = useRef<{ of: string; key: string } | null>(null);
  return {
    keyFor(content: unknown): string {
      const of = JSON.stringify(content);
      if (last.current?.of !== of) last.current = { of, key: crypto.randomUUID() };
      return last.current.key;
    },
    done(): void {
      last.current = null;
    },
  };
}
