import { useEffect, useState } from "react";

const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The time; what shows it is shown again once `at` has passed. */
export function useNow(at: string | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const left = at ? Date.parse(at) - Date.now() : -1;
    if (left < 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left + 50, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [at]);
  return now;
}
