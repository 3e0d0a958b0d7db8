import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** Follows a link to a part of the page, as often as it is pressed: once everything on the page has its place, the part
 * is brought into view and one goes on in it. */
export function useHash(): void {
  const { hash, key } = useLocation();
  const calm = useIsFetching() === 0;
  const followed = useRef<string | null>(null);
  useEffect(() => {
    const part = hash && calm && followed.current !== key && document.getElementById(hash.slice(1));
    if (!part) return;
    followed.current = key;
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  }, [hash, key, calm]);
}
