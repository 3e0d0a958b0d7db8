import { useEffect, useState } from "react";
import type { Case } from "../cases";
import { holderOf } from "../queue";

const TICK_MS = 5_000;
const MINUTE = 60_000;
const SOON = 5;

/** Whose the case is now, and for how long it is still one's own. `lost`: it was, until the time ran out. */
export function useLease(found: Pick<Case, "lease">) {
  const [now, setNow] = useState(() => new Date());
  const { lease } = found;
  useEffect(() => {
    setNow(new Date());
    if (!lease) return;
    const ticking = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(ticking);
  }, [lease]);
  const minutes = lease ? Math.max(0, Math.ceil((Date.parse(lease.until) - now.getTime()) / MINUTE)) : 0;
  const holder = holderOf(found, now);
  return { holder, minutes, soon: holder === "mine" && minutes <= SOON, lost: lease?.mine === true && holder === "nobody" };
}
